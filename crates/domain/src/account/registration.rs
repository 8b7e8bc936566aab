//! An organisation that asks to join: what it says of itself, what is wrong with that, and
//! what HMCTS staff made of it. Until it is validated it is no organisation: nobody finds it,
//! and no document reaches it. Whether what it says is true is for the staff to find out.

use super::{Court, Organisation, Profile, Route};
use crate::{
    Refusal,
    case::Address,
    words::{said, words},
};
use serde::{Deserialize, Serialize};
use vocabulary::{CourtId, CourtroomId, Jurisdiction, OrganisationId, OrganisationKind};

/// An organisation as it registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The organisation that it becomes.
    pub id: OrganisationId,
    /// With which whoever registered asks what became of it.
    pub reference: String,
    /// What it said.
    pub said: Application,
    /// How it stands.
    pub standing: RegistrationStanding,
}

/// How a registration stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum RegistrationStanding {
    /// Nobody has decided on it.
    #[default]
    Waiting,
    /// The organisation joined.
    Validated,
    /// It did not.
    Refused {
        /// Why.
        reason: String,
    },
}

/// What an organisation says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// What it is.
    pub kind: OrganisationKind,
    /// Name.
    pub name: String,
    /// Address of the head office, or of this office.
    pub address: Address,
    /// E-mail address of the office.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// What else it said.
    pub profile: Profile,
    /// OU code of a court, prosecutor, police force.
    pub ou_code: Option<String>,
    /// The court house, if it is one.
    pub court: Option<CourtSaid>,
    /// Who is accountable for it, and administers its accounts.
    pub accountable: Accountable,
    /// The version of the terms that were accepted for it.
    pub terms: String,
}

/// A court house as it registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourtSaid {
    /// Jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Local justice area.
    pub local_justice_area: Option<String>,
    /// How many courtrooms.
    pub rooms: u32,
}

/// The person who answers for an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accountable {
    /// Full name.
    pub name: String,
    /// E-mail address, lower case.
    pub email: String,
    /// Their role there, in words.
    pub role: String,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field, by the name of its column.
    pub field: &'static str,
    /// What, and how to write it.
    pub what: String,
}

/// The longest line of text.
const LONGEST: usize = 200;
/// The most courtrooms of a court house.
const MOST_ROOMS: u32 = 60;

impl Application {
    /// The same, tidied: no spaces around words, addresses in small letters, codes in capitals.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let tidy = |text: &mut String| *text = words(text);
        let code = |text: &mut String| *text = words(text).replace(' ', "").to_uppercase();
        tidy(&mut self.name);
        tidy(&mut self.phone);
        tidy(&mut self.accountable.name);
        tidy(&mut self.accountable.role);
        self.address.lines.iter_mut().for_each(tidy);
        self.address.lines.retain(|line| !line.is_empty());
        self.email = self.email.trim().to_lowercase();
        self.accountable.email = self.accountable.email.trim().to_lowercase();
        self.address.postcode = self.address.postcode.map(|p| words(&p).to_uppercase());
        self.profile.laa_contracts.iter_mut().for_each(code);
        self.profile.laa_contracts.retain(|own| !own.is_empty());
        let filled = |text: Option<String>| {
            let mut text = text?;
            code(&mut text);
            (!text.is_empty()).then_some(text)
        };
        self.profile.regulator_number = filled(self.profile.regulator_number);
        self.ou_code = filled(self.ou_code);
        self
    }

    /// Everything that is wrong with it; `terms` is the version that must be accepted.
    #[must_use]
    pub fn wrong(&self, terms: &str) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut say = |field, what: &str| {
            wrong.push(Wrong {
                field,
                what: what.to_owned(),
            });
        };
        let line = |text: &str| !text.is_empty() && text.chars().count() <= LONGEST;
        if self.kind == OrganisationKind::Service {
            say("kind", "The service itself does not register here.");
        }
        if !line(&self.name) || vocabulary::fold_name(&self.name).is_empty() {
            say(
                "name",
                "Give the name of the organisation, up to 200 characters.",
            );
        } else if !is_latin(&self.name) {
            say(
                "name",
                "Write the name in letters of the Latin alphabet: others look like them and are not.",
            );
        }
        if self.address.lines.is_empty()
            || self.address.lines.len() > 5
            || !self.address.lines.iter().all(|own| line(own))
        {
            say("address", "Give the address, in one to five lines.");
        }
        if !self.address.postcode.as_deref().is_some_and(is_postcode) {
            say("postcode", "Give the postcode, for instance AM1 4TV.");
        }
        if Route::email(&self.email).is_err() {
            say(
                "email",
                "Give one e-mail address, for instance office@firm.example.",
            );
        }
        let digits = self.phone.chars().filter(char::is_ascii_digit).count();
        let dialled = |c: char| c.is_ascii_digit() || " +()-".contains(c);
        if !(7..=15).contains(&digits) || !self.phone.chars().all(dialled) {
            say(
                "phone",
                "Give the telephone number, for instance 01632 960001.",
            );
        }
        if !line(&self.accountable.name) {
            say(
                "accountable_name",
                "Give the full name of the accountable person.",
            );
        }
        if !line(&self.accountable.role) {
            say(
                "accountable_role",
                "Say what the accountable person is there, for instance Partner.",
            );
        }
        if Route::email(&self.accountable.email).is_err() {
            say(
                "accountable_email",
                "Give the accountable person's own e-mail address, for instance name@firm.example.",
            );
        }
        if self.terms != terms {
            say("terms", "Read the terms of use and accept them.");
        }
        self.wrong_of_kind(&mut say);
        wrong
    }

    /// What the kind of the organisation asks for.
    fn wrong_of_kind(&self, say: &mut impl FnMut(&'static str, &str)) {
        use OrganisationKind as Kind;
        let code = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
        };
        let profile = &self.profile;
        let defence = matches!(self.kind, Kind::DefenceFirm | Kind::Chambers);
        if !profile.laa_contracts.iter().all(|own| code(own, 4..=12)) {
            say(
                "laa_contracts",
                "An LAA account number has letters and digits alone, for instance 0A123B.",
            );
        }
        match &profile.regulator_number {
            Some(number) if !code(number, 4..=12) => {
                say(
                    "regulator_number",
                    "An SRA or Bar number has letters and digits alone.",
                );
            }
            None if defence => say(
                "regulator_number",
                "Give the number under which the SRA, or the Bar Standards Board, knows it.",
            ),
            _ => {}
        }
        if profile.sole_practitioner && !defence {
            say(
                "sole_practitioner",
                "Only a firm of solicitors or chambers is of one person.",
            );
        }
        match &self.ou_code {
            Some(ou_code) if !code(ou_code, 7..=7) => {
                say("ou_code", "An OU code has seven letters and digits.");
            }
            None if matches!(self.kind, Kind::Court | Kind::Prosecutor | Kind::Police) => {
                say("ou_code", "Give its OU code: seven letters and digits.");
            }
            _ => {}
        }
        match (&self.court, self.kind) {
            (None, Kind::Court) => say(
                "jurisdiction",
                "Say whether it is a magistrates' court or the Crown Court, and how many courtrooms it has.",
            ),
            (Some(_), kind) if kind != Kind::Court => {
                say(
                    "jurisdiction",
                    "Only a court house has a jurisdiction and courtrooms.",
                );
            }
            (Some(court), _) if court.rooms == 0 || court.rooms > MOST_ROOMS => {
                say(
                    "courtrooms",
                    "Say how many courtrooms it has, from 1 to 60.",
                );
            }
            _ => {}
        }
    }

    /// The organisation that it becomes.
    #[must_use]
    pub fn organisation(&self, id: OrganisationId) -> Organisation {
        let court = self.court.as_ref().map(|said| Court {
            id: CourtId::derived(&id.0, "court"),
            jurisdiction: said.jurisdiction,
            local_justice_area: said.local_justice_area.clone(),
            rooms: (1..=said.rooms)
                .map(|room| {
                    let name = format!("Courtroom {room}");
                    (CourtroomId::derived(&id.0, &name), name)
                })
                .collect(),
        });
        Organisation {
            id,
            kind: self.kind,
            name: self.name.clone(),
            address: self.address.clone(),
            email: Some(self.email.clone()),
            ou_code: self.ou_code.clone(),
            court,
            route: Route::default(),
            profile: self.profile.clone(),
            signing_in: super::SigningIn::default(),
        }
    }
}

impl Registration {
    /// Whether somebody may still decide on it.
    ///
    /// # Errors
    /// If somebody has.
    pub fn must_wait(&self) -> Result<(), Refusal> {
        if self.standing == RegistrationStanding::Waiting {
            return Ok(());
        }
        Err(Refusal::new(
            "already_decided",
            "Somebody has decided on this registration already.",
            "Look at the queue again.",
        ))
    }
}

/// A reason in words, fit for whoever registered.
///
/// # Errors
/// If it says nothing, or too much.
pub fn reason(text: &str) -> Result<String, Refusal> {
    let text = words(&said(text));
    if text.chars().count() < 3 || text.chars().count() > 500 {
        return Err(Refusal::new(
            "no_reason",
            "A refusal needs a reason that whoever registered can act on.",
            "Write one or two sentences, up to 500 characters.",
        ));
    }
    Ok(text)
}

/// Whether a name is written in letters that nobody takes for others: of the Latin alphabet,
/// whatever marks they have. HMCTS staff decide by what they see, and documents reach an
/// organisation by its name.
fn is_latin(name: &str) -> bool {
    vocabulary::fold_name(name)
        .chars()
        .all(|c| c == ' ' || c.is_ascii_alphanumeric() || "ßæœøđðþłŋħ".contains(c))
}

fn is_postcode(text: &str) -> bool {
    let Some((outward, inward)) = text.split_once(' ') else {
        return false;
    };
    let inward: Vec<char> = inward.chars().collect();
    (2..=4).contains(&outward.len())
        && outward.starts_with(|c: char| c.is_ascii_uppercase())
        && outward.chars().all(|c| c.is_ascii_alphanumeric())
        && matches!(inward[..], [d, a, b] if d.is_ascii_digit() && a.is_ascii_uppercase() && b.is_ascii_uppercase())
}

#[cfg(test)]
#[path = "registration_tests.rs"]
mod tests;
