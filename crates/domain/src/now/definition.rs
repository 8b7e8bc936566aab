//! What the catalogue of notices, orders and warrants says: which results call
//! for a document, which it prints, and who gets it. All of it is data.

use std::collections::BTreeSet;
use vocabulary::{
    Channel, Day, DefinitionId, DocumentKind, Jurisdiction, NowId, OrganisationKind, fold_name,
};

use super::{Ends, Requirement};
use crate::result::{JudicialResult, ResultDefinition};

/// A result that a document names: by code, by the beginning of its definition's
/// id (the source publishes some only so), or by group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultRef {
    /// Its code.
    Code(String),
    /// The first eight digits of its definition's id.
    IdPrefix(String),
    /// One of its groups.
    Group(String),
    /// Whatever the court orders.
    Any,
}

impl ResultRef {
    /// Does it name this result?
    #[must_use]
    pub fn names(&self, result: &JudicialResult) -> bool {
        self.is(&result.code, result.definition, &result.groups)
    }

    /// Does it name the results of this definition?
    #[must_use]
    pub fn names_definition(&self, own: &ResultDefinition) -> bool {
        self.is(&own.code, own.id, &own.groups)
    }

    fn is(&self, code: &str, id: DefinitionId, groups: &[String]) -> bool {
        match self {
            Self::Code(own) => own.eq_ignore_ascii_case(code),
            Self::IdPrefix(prefix) => id.to_string().starts_with(prefix.as_str()),
            Self::Group(group) => groups.iter().any(|own| own.eq_ignore_ascii_case(group)),
            Self::Any => true,
        }
    }
}

/// A definition of a notice, order or warrant.
#[derive(Debug, Clone)]
pub struct NowDefinition {
    /// Its id.
    pub id: NowId,
    /// Its name.
    pub name: String,
    /// Its Welsh name, if the source has one.
    pub welsh_name: Option<String>,
    /// The source has a form of it in both languages.
    pub bilingual: bool,
    /// Notice, order, warrant or electronic notification.
    pub kind: DocumentKind,
    /// `None` is both.
    pub jurisdiction: Option<Jurisdiction>,
    /// Order of documents.
    pub rank: u32,
    /// The file of its text.
    pub text_key: String,
    /// Any of these calls for it.
    pub triggers: Vec<ResultRef>,
    /// It is made if this ended, whatever ended it: then no trigger is named.
    pub ends: Option<Ends>,
    /// Printed with it, but do not call for it.
    pub roots: Vec<ResultRef>,
    /// Printed if they are there for the same offences.
    pub children: Vec<ResultRef>,
    /// The source cut the list of children short: whatever stands under a
    /// printed result is printed too.
    pub children_cut_short: bool,
    /// Prints every result of the defendant.
    pub include_all: bool,
    /// Each distinct set of answers to these prompts makes a document of its own.
    pub split_by: Vec<String>,
    /// What of the defendant it shows (`PNCID`, `Nationality` …).
    pub include_flags: BTreeSet<String>,
    /// Keys of standing texts.
    pub text_keys: Vec<String>,
    /// To be distributed within so many minutes.
    pub urgent_minutes: Option<u32>,
    /// The subscriptions that receive it.
    pub subscriptions: Vec<String>,
    /// Whom the court tells itself where it is only filed: `the hospital`; nobody, where the
    /// file is all that it is for.
    pub told_by_hand: Option<String>,
    /// The first and the last day of hearings whose results call for it; either may be open.
    pub period: (Option<Day>, Option<Day>),
    /// Ours, because the source has none.
    pub ours: bool,
}

/// Where a recipient's name and address come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecipientSource {
    /// The case knows them (`Defendant`, `ParentGuardian` …).
    Case(String),
    /// The answers whose references begin so.
    Prompts(Vec<String>),
    /// One address, always the same.
    Fixed,
    /// Nobody: it is filed.
    Nobody,
}

/// An address that whoever runs the service gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAddress {
    /// As the court names them; empty, where the subscription names one agency.
    pub name: String,
    /// Line by line, post code last.
    pub address: Vec<String>,
    /// Mailbox.
    pub email: Option<String>,
}

/// Who gets what, how, and when.
#[derive(Debug, Clone)]
pub struct Subscription {
    /// Its name.
    pub name: String,
    /// For electronic notifications rather than documents.
    pub for_edt: bool,
    /// For the prison court register, which is no document of the catalogue.
    pub for_prison_register: bool,
    /// How it travels.
    pub channel: Channel,
    /// Where the recipient comes from.
    pub source: RecipientSource,
    /// The answers by which the court says which it is, where the case knows several.
    pub chosen_by: Vec<String>,
    /// What kind of organisation the recipient is, if it has an inbox here.
    pub organisation_kind: Option<OrganisationKind>,
    /// Conditions on the hearing and the defendant (`appearedInPerson` …).
    pub vocabulary: BTreeSet<String>,
    /// Any of these results must be there.
    pub included_results: Vec<ResultRef>,
    /// None of these may be.
    pub excluded_results: Vec<ResultRef>,
    /// Every one of these prompt families must be answered.
    pub included_prompts: Vec<String>,
    /// None of these may be.
    pub excluded_prompts: Vec<String>,
    /// The rules above apply at all.
    pub rules_applied: bool,
    /// Where a recipient is that is always the same, or whom the court names without an address,
    /// if somebody said so.
    pub addresses: Vec<KnownAddress>,
    /// User groups whose copy the recipient gets; without one, the copy for everybody.
    pub user_groups: BTreeSet<String>,
    /// Added to every document that goes to this party of the case.
    pub copies_party: Option<String>,
    /// The recipient must take responsibility for these documents (`*` is all).
    pub acknowledges: BTreeSet<String>,
    /// The documents that must reach this recipient for results to be shared.
    pub requires: Vec<Requirement>,
}

/// Every condition on hearing and defendant that the engine knows; any other would hold always.
pub const VOCABULARY: [&str; 17] = [
    "adultDefendant",
    "adultOrYouthDefendant",
    "allNonCustodialResults",
    "anyAppearance",
    "anyCourtHearing",
    "appearedByVideoLink",
    "appearedInPerson",
    "atleastOneCustodialResult",
    "atleastOneNonCustodialResult",
    "custodyLocationIsPolice",
    "custodyLocationIsPrison",
    "englishCourtHearing",
    "ignoreCustody",
    "ignoreResults",
    "inCustody",
    "welshCourtHearing",
    "youthDefendant",
];

impl Subscription {
    /// Where somebody of this name is, as whoever runs the service said; an empty name is the
    /// agency that the subscription names.
    #[must_use]
    pub fn known_address(&self, name: &str) -> Option<&KnownAddress> {
        let name = fold_name(name);
        let mut known = self.addresses.iter();
        known.find(|own| fold_name(&own.name) == name)
    }

    /// The families of answers that name the recipient, or say which of several it is.
    #[must_use]
    pub fn families(&self) -> &[String] {
        match &self.source {
            RecipientSource::Prompts(families) => families,
            _ => &self.chosen_by,
        }
    }

    /// Does the answer of this reference belong to the family, as a name, an address or part of
    /// either?
    #[must_use]
    pub fn reads(&self, reference: &str, family: &str) -> bool {
        super::recipients::part_of(reference, family).is_some()
    }

    /// Must the recipient acknowledge this document?
    #[must_use]
    pub fn must_acknowledge(&self, now: &NowDefinition) -> bool {
        self.acknowledges.contains("*") || self.acknowledges.contains(&now.name)
    }

    /// What must be known of the recipient before results that call for this document
    /// are shared, if anything.
    #[must_use]
    pub fn requirement(&self, now: &NowDefinition) -> Option<&Requirement> {
        let mut requires = self.requires.iter();
        requires.find(|own| own.now == "*" || own.now == now.name)
    }
}
