//! Who gets a document: the subscriptions of its definition, each with its
//! conditions, its recipient and its channel.

use super::{DefendantFacts, NowDefinition, RecipientSource, ResultRef, Subscription};
use crate::{account::Route, result::JudicialResult};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use vocabulary::{Attendance, Channel, DocumentKind, OrganisationId, OrganisationKind, fold_name};

/// One recipient of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The subscription by which they get it.
    pub subscription: String,
    /// Their role in the case, or the family of prompts that names them.
    pub party: String,
    /// What kind of organisation they are, if they have an inbox here.
    pub organisation_kind: Option<OrganisationKind>,
    /// Their organisation, if the case knows it.
    pub organisation: Option<OrganisationId>,
    /// Name.
    pub name: String,
    /// Address, line by line, post code last.
    pub address: Vec<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// How it travels.
    pub channel: Channel,
    /// They must take responsibility for it.
    pub acknowledgement_required: bool,
    /// The answers that set this copy apart.
    pub split_key: Option<String>,
    /// User groups for whom answers may be kept that others do not read.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub user_groups: BTreeSet<String>,
}

impl Recipient {
    /// The mailbox to which it goes, if nobody here knows the recipient, the data sends it by
    /// e-mail and what was named is an address of one.
    #[must_use]
    pub fn mailbox(&self) -> Option<String> {
        let named = self.email.as_deref();
        let named = named.filter(|_| self.channel == Channel::Inbox)?;
        match Route::email(named) {
            Ok(Route::Email { address }) => Some(address),
            _ => None,
        }
    }
}

/// One document on the way to its recipients.
pub(super) struct RecipientsOf<'a> {
    pub(super) now: &'a NowDefinition,
    pub(super) printed: &'a [&'a JudicialResult],
    /// Every result of the defendant: a committal may forbid the remand warrant
    /// that does not print it.
    pub(super) own: &'a [&'a JudicialResult],
    pub(super) facts: &'a DefendantFacts,
    pub(super) split_key: Option<&'a str>,
}

impl RecipientsOf<'_> {
    /// Everybody who gets it, nobody twice.
    pub(super) fn all(&self, subscriptions: &[Subscription]) -> Vec<Recipient> {
        let mut found: Vec<Recipient> = Vec::new();
        for subscription in self.subscribed(subscriptions) {
            found.extend(self.recipients(subscription));
        }
        let copies = subscriptions
            .iter()
            .filter(|own| own.for_edt == self.is_edt() && own.copies_party.is_some());
        for copy in copies {
            let goes = found
                .iter()
                .any(|own| Some(&own.party) == copy.copies_party.as_ref());
            if goes && self.applies(copy) {
                found.extend(self.recipients(copy));
            }
        }
        let mut once: Vec<Recipient> = Vec::new();
        for recipient in found {
            let same = |other: &Recipient| {
                other.channel == recipient.channel
                    && other.organisation_kind == recipient.organisation_kind
                    && fold_name(&other.name) == fold_name(&recipient.name)
                    && other.address == recipient.address
            };
            if !once.iter().any(same) {
                once.push(recipient);
            }
        }
        once
    }

    fn is_edt(&self) -> bool {
        self.now.kind == DocumentKind::Edt
    }

    /// The subscriptions by which it goes to somebody, copies apart.
    pub(super) fn subscribed<'s>(
        &self,
        subscriptions: &'s [Subscription],
    ) -> impl Iterator<Item = &'s Subscription> {
        subscriptions
            .iter()
            .filter(|own| own.for_edt == self.is_edt() && own.copies_party.is_none())
            .filter(|own| self.now.subscriptions.contains(&own.name) && self.applies(own))
    }

    fn applies(&self, subscription: &Subscription) -> bool {
        if !subscription.rules_applied {
            return true;
        }
        let has = |refs: &[ResultRef]| {
            self.own
                .iter()
                .any(|result| refs.iter().any(|one| one.names(result)))
        };
        let answered = |family: &String| self.answered(family);
        subscription.vocabulary.iter().all(|word| self.holds(word))
            && (subscription.included_results.is_empty() || has(&subscription.included_results))
            && !self.excludes(subscription)
            && subscription.included_prompts.iter().all(answered)
            && !subscription.excluded_prompts.iter().any(answered)
    }

    /// Whether a result forbids it: one of an offence that is printed, or of the defendant as a
    /// whole. A committal of one offence takes the warrant of another from no prison.
    pub(super) fn excludes(&self, subscription: &Subscription) -> bool {
        let of_printed = |result: &JudicialResult| {
            let mut printed = self.printed.iter();
            result.offence.is_none()
                || printed.any(|own| own.offence.is_none() || own.offence == result.offence)
        };
        subscription.rules_applied
            && self.own.iter().any(|result| {
                let mut excluded = subscription.excluded_results.iter();
                of_printed(result) && excluded.any(|one| one.names(result))
            })
    }

    /// The conditions of the source's vocabulary; the words that ask for
    /// nothing (`anyAppearance`, `ignoreResults` …) always hold.
    fn holds(&self, word: &str) -> bool {
        let facts = self.facts;
        // As the source has it: a custodial result is one that names a prison.
        let custodial = |result: &JudicialResult| has_family(result, "prison");
        match word {
            "appearedInPerson" => facts.attendance == Some(Attendance::InPerson),
            "appearedByVideoLink" => facts.attendance == Some(Attendance::ByVideo),
            "englishCourtHearing" => !facts.welsh,
            "welshCourtHearing" => facts.welsh,
            "adultDefendant" => !facts.is_youth,
            "youthDefendant" => facts.is_youth,
            "inCustody" => facts.in_custody,
            "custodyLocationIsPrison" => facts.in_custody && !facts.held_by_police,
            "custodyLocationIsPolice" => facts.in_custody && facts.held_by_police,
            "atleastOneCustodialResult" => self.printed.iter().any(|result| custodial(result)),
            "allNonCustodialResults" => !self.printed.iter().any(|result| custodial(result)),
            "atleastOneNonCustodialResult" => self.printed.iter().any(|result| !custodial(result)),
            _ => true,
        }
    }

    fn answered(&self, family: &str) -> bool {
        self.printed.iter().any(|result| has_family(result, family))
    }

    fn recipients(&self, subscription: &Subscription) -> Vec<Recipient> {
        let named = self.named_by(subscription).into_iter();
        named.map(|(_, recipient)| recipient).collect()
    }

    /// The recipients of one subscription, each with the result that names them.
    pub(super) fn named_by(
        &self,
        subscription: &Subscription,
    ) -> Vec<(Option<&JudicialResult>, Recipient)> {
        let blank = Recipient {
            subscription: subscription.name.clone(),
            party: String::new(),
            organisation_kind: subscription.organisation_kind,
            organisation: None,
            name: String::new(),
            address: Vec::new(),
            email: None,
            channel: subscription.channel,
            acknowledgement_required: subscription.must_acknowledge(self.now),
            split_key: self.split_key.map(str::to_owned),
            user_groups: subscription.user_groups.clone(),
        };
        match &subscription.source {
            // Whoever enforced what ended is told that it did: the record knows them, and what
            // takes its place may name somebody else.
            RecipientSource::Case(role)
                if self.now.ends.is_some() && !self.of_the_case(role, &blank).is_empty() =>
            {
                self.of_the_case(role, &blank)
            }
            RecipientSource::Case(role) => {
                // What the court said comes before what the case can tell.
                let families = subscription.chosen_by.chunks(1);
                let chosen: Vec<_> = families
                    .flat_map(|family| self.answering(family, role, &blank))
                    .collect();
                if !chosen.is_empty() {
                    return chosen;
                }
                self.of_the_case(role, &blank)
            }
            RecipientSource::Prompts(families) => {
                let party = families.first().cloned().unwrap_or_default();
                let mut named = self.answering(families, &party, &blank);
                for (_, recipient) in &mut named {
                    // What the court said of where they are comes first.
                    if recipient.address.is_empty()
                        && recipient.email.is_none()
                        && let Some(known) = subscription.known_address(&recipient.name)
                    {
                        recipient.address.clone_from(&known.address);
                        recipient.email.clone_from(&known.email);
                    }
                }
                named
            }
            RecipientSource::Fixed => {
                let known = subscription.known_address("");
                let recipient = Recipient {
                    party: "Fixed".to_owned(),
                    name: agency(&subscription.name).to_owned(),
                    address: known.map(|own| own.address.clone()).unwrap_or_default(),
                    email: known.and_then(|own| own.email.clone()),
                    ..blank
                };
                vec![(None, recipient)]
            }
            RecipientSource::Nobody => {
                let recipient = Recipient {
                    party: "CaseFile".to_owned(),
                    name: "Case file".to_owned(),
                    channel: Channel::FileOnly,
                    ..blank
                };
                vec![(None, recipient)]
            }
        }
    }

    /// Those who have this role in the case.
    fn of_the_case(
        &self,
        role: &str,
        blank: &Recipient,
    ) -> Vec<(Option<&JudicialResult>, Recipient)> {
        let parties = self.facts.parties.iter();
        let of_role = parties.filter(|party| party.role == role).map(|party| {
            let recipient = Recipient {
                party: role.to_owned(),
                organisation: party.organisation,
                name: party.name.clone(),
                address: party.address.clone(),
                email: party.email.clone(),
                ..blank.clone()
            };
            (None, recipient)
        });
        of_role.collect()
    }

    /// Those whom answers of these families name, each with the result that does.
    fn answering(
        &self,
        families: &[String],
        party: &str,
        blank: &Recipient,
    ) -> Vec<(Option<&JudicialResult>, Recipient)> {
        let named = |result: &&JudicialResult| from_answers(result, families);
        let printed = self.printed.iter().copied();
        printed
            .filter_map(|result| {
                let (name, address, email) = named(&result)?;
                let recipient = Recipient {
                    party: party.to_owned(),
                    name,
                    address,
                    email,
                    ..blank.clone()
                };
                Some((Some(result), recipient))
            })
            .collect()
    }
}

/// The agency that a subscription is named after: how it travels is no part of its name.
fn agency(subscription: &str) -> &str {
    let name = subscription.strip_suffix(" - Email");
    name.or_else(|| subscription.strip_suffix(" Copy"))
        .unwrap_or(subscription)
}

/// Does the reference belong to the family (`prison` holds `prisonAddress1`)?
/// Letter case differs between the source's files. What follows the family
/// must be a part of a name and address, so that `nces` is not `ncesReason`.
pub(super) fn part_of<'a>(reference: &'a str, family: &str) -> Option<&'a str> {
    let head = reference.get(..family.len())?;
    let rest = &reference[family.len()..];
    let known = matches!(
        rest,
        "" | "OrganisationName" | "Title" | "FirstName" | "MiddleName" | "LastName" | "PostCode"
    ) || rest.starts_with("Address")
        || rest.starts_with("EmailAddress");
    (head.eq_ignore_ascii_case(family) && known).then_some(rest)
}

pub(super) fn has_family(result: &JudicialResult, family: &str) -> bool {
    result
        .answers
        .iter()
        .any(|(reference, text)| !text.trim().is_empty() && part_of(reference, family).is_some())
}

/// Name, address and e-mail of a recipient, from the answers of one result.
fn from_answers(
    result: &JudicialResult,
    families: &[String],
) -> Option<(String, Vec<String>, Option<String>)> {
    let answer = |wanted: &str| {
        families.iter().find_map(|family| {
            result.answers.iter().find_map(|(reference, text)| {
                let fits = part_of(reference, family) == Some(wanted) && !text.trim().is_empty();
                fits.then(|| text.trim().to_owned())
            })
        })
    };
    let person: Vec<String> = ["Title", "FirstName", "MiddleName", "LastName"]
        .into_iter()
        .filter_map(answer)
        .collect();
    let name = answer("OrganisationName")
        .or_else(|| (!person.is_empty()).then(|| person.join(" ")))
        .or_else(|| whole(result, families.first()?))?;
    let mut address: Vec<String> = (1..=5)
        .filter_map(|n| answer(&format!("Address{n}")))
        .chain(answer("PostCode"))
        .collect();
    if address.is_empty()
        && let Some(text) = families.get(1).and_then(|family| whole(result, family))
    {
        address = parts(&text);
    }
    let both = |family: &String| {
        let family = family.to_lowercase();
        ["nameandaddress", "nameaddress", "namecontact"]
            .iter()
            .any(|end| family.ends_with(end))
    };
    if address.is_empty() && families.first().is_some_and(both) {
        // One text for name and address: the first part is the name, and what is a mailbox or
        // a telephone is no line of an address.
        let mut all = parts(&name).into_iter();
        if let Some(first) = all.next() {
            let mailbox = |part: &&String| Route::email(part).is_ok();
            let rest: Vec<String> = all.collect();
            let email = answer("EmailAddress1").or_else(|| rest.iter().find(mailbox).cloned());
            let line = |part: &String| !mailbox(&part) && !is_telephone(part);
            address = rest.into_iter().filter(line).collect();
            return Some((first, address, email));
        }
    }
    Some((name, address, answer("EmailAddress1")))
}

/// `Tel 01632 960 001`, or the number alone.
fn is_telephone(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let words = part.to_lowercase();
    digits >= 7 && (words.starts_with("tel") || !part.chars().any(char::is_alphabetic))
}

/// The parts of one text: its commas and lines part them.
fn parts(text: &str) -> Vec<String> {
    text.split([',', '\n'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// The name that a family of answers gives, or the answer of that key.
pub(super) fn name_from(result: &JudicialResult, family: &str) -> Option<String> {
    let (name, _, _) = from_answers(result, std::slice::from_ref(&family.to_owned()))?;
    Some(name)
}

/// The answer to the family's own key: a name or an address in one text.
fn whole(result: &JudicialResult, family: &str) -> Option<String> {
    result.answers.iter().find_map(|(reference, text)| {
        let fits = reference.eq_ignore_ascii_case(family) && !text.trim().is_empty();
        fits.then(|| text.trim().to_owned())
    })
}
