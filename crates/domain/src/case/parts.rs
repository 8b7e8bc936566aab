//! What a case is made of, as the prosecutor's submission states it.

use serde::{Deserialize, Serialize};
use vocabulary::{BailStatus, Day, DefendantId, OffenceId};

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// One to five lines.
    pub lines: Vec<String>,
    /// Postcode.
    pub postcode: Option<String>,
}

impl Address {
    /// Lines as printed, postcode last.
    #[must_use]
    pub fn printed(&self) -> Vec<String> {
        self.lines
            .iter()
            .chain(self.postcode.as_ref())
            .filter(|line| !line.trim().is_empty())
            .cloned()
            .collect()
    }
}

/// A person's name in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// Title.
    pub title: Option<String>,
    /// Forenames, at least one.
    pub forenames: Vec<String>,
    /// Surname.
    pub surname: String,
}

impl PersonName {
    /// `Siân Eleri Vaughan`.
    #[must_use]
    pub fn full(&self) -> String {
        let mut parts = self.forenames.clone();
        parts.push(self.surname.clone());
        parts.retain(|part| !part.trim().is_empty());
        parts.join(" ")
    }
}

/// A parent or guardian of a defendant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParentGuardian {
    /// Name of the person or body.
    pub name: String,
    /// Address.
    pub address: Address,
}

/// Whether the defendant is a person or a body.
#[allow(
    clippy::large_enum_variant,
    reason = "nearly every defendant is a person, so a box would only add a step"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Party {
    /// A person.
    Person {
        /// Name.
        name: PersonName,
        /// Other names.
        aliases: Vec<PersonName>,
        /// Date of birth.
        date_of_birth: Option<Day>,
        /// `1` male, `2` female, `0` not known, `9` not specified (CJS standards 3.45).
        gender: u8,
        /// Nationality, three letters.
        nationality: Option<String>,
        /// Interpreter or other language needs.
        language_needs: Option<String>,
        /// Other needs.
        specific_needs: Option<String>,
        /// National Insurance number.
        national_insurance_number: Option<String>,
        /// Driver number.
        driver_number: Option<String>,
        /// How the person says that they are, by its code (`selfDefinedEthnicity` of
        /// reference_lists.csv).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ethnicity: Option<String>,
        /// How an officer saw the person, by its number (`observedEthnicity` of
        /// reference_lists.csv).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        observed_ethnicity: Option<u32>,
        /// Parent or guardian.
        parent_guardian: Option<ParentGuardian>,
    },
    /// A body.
    Organisation {
        /// Name.
        name: String,
        /// Other names.
        aliases: Vec<String>,
    },
}

impl Party {
    /// Name as printed.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Person { name, .. } => name.full(),
            Self::Organisation { name, .. } => name.clone(),
        }
    }

    /// Date of birth, if a person.
    #[must_use]
    pub const fn date_of_birth(&self) -> Option<Day> {
        match self {
            Self::Person { date_of_birth, .. } => *date_of_birth,
            Self::Organisation { .. } => None,
        }
    }
}

impl Defendant {
    /// The names to which letters to the defendant go: their own, and their parent's.
    #[must_use]
    pub fn addressees(&self) -> Vec<String> {
        let parent = match &self.party {
            Party::Person {
                parent_guardian, ..
            } => parent_guardian.as_ref().map(|parent| parent.name.clone()),
            Party::Organisation { .. } => None,
        };
        parent.into_iter().chain([self.party.name()]).collect()
    }
}

/// A defendant as charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defendant {
    /// Defendant.
    pub id: DefendantId,
    /// The prosecutor's own reference.
    pub prosecutor_reference: String,
    /// Arrest summons number.
    pub asn: Option<String>,
    /// Police National Computer id.
    pub pnc_id: Option<String>,
    /// Criminal Records Office number.
    pub cro_number: Option<String>,
    /// Who.
    pub party: Party,
    /// Where.
    pub address: Address,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub telephone: Option<String>,
    /// Whether documents are wanted in Welsh.
    pub documents_in_welsh: bool,
    /// Whether the hearing is wanted in Welsh.
    pub hearing_in_welsh: bool,
    /// On bail or in custody at charge.
    pub bail: BailStatus,
    /// Police bail conditions.
    pub bail_conditions: Option<String>,
    /// Offences charged.
    pub offences: Vec<Offence>,
    /// Defendants of other cases who are the same person, as somebody of the court said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmed_as: Vec<DefendantId>,
    /// Defendants of other cases who are somebody else, as somebody of the court said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told_apart: Vec<DefendantId>,
}

/// An offence as charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offence {
    /// Offence.
    pub id: OffenceId,
    /// Number on the charge sheet.
    pub number: u32,
    /// CJS offence code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Welsh title.
    pub title_welsh: Option<String>,
    /// Legislation.
    pub legislation: String,
    /// Wording of this charge.
    pub wording: String,
    /// Welsh wording.
    pub wording_welsh: Option<String>,
    /// Mode of trial (`Summary`, `Either Way`, `Indictable`).
    pub mode_of_trial: String,
    /// Longest penalty, compact, as the reference data writes it.
    pub max_penalty: Option<String>,
    /// DVLA code.
    pub dvla_code: Option<String>,
    /// First or only day.
    pub committed_from: Day,
    /// Last day, of a period.
    pub committed_to: Option<Day>,
    /// How the day is meant: 1 on or in, 2 before, 3 after, 4 between, 5 on or about, 6 on or before.
    pub date_code: u8,
    /// Where.
    pub location: Option<String>,
    /// Charge date.
    pub charged_on: Option<Day>,
    /// Arrest date.
    pub arrested_on: Option<Day>,
    /// Vehicle registration.
    pub vehicle_registration: Option<String>,
}

impl Offence {
    /// When committed, in words.
    #[must_use]
    pub fn committed(&self) -> String {
        let from = self.committed_from.in_words();
        let to = self.committed_to.map(vocabulary::Day::in_words);
        match (self.date_code, to) {
            (2, _) => format!("before {from}"),
            (3, _) => format!("after {from}"),
            (4, Some(to)) => format!("between {from} and {to}"),
            (5, _) => format!("on or about {from}"),
            (6, _) => format!("on or before {from}"),
            (_, Some(to)) => format!("from {from} to {to}"),
            _ => format!("on {from}"),
        }
    }
}

/// Who prosecutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prosecutor {
    /// Seven-character OU code.
    pub ou_code: String,
    /// Name.
    pub name: String,
    /// Informant named in the submission.
    pub informant: Option<String>,
}
