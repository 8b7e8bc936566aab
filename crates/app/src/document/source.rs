//! What the view of a document is made from: the person in each of its cases, the results that it
//! prints, the court, and the amendment that it is made by.

use crate::App;
use contract::document::Replaced;
use domain::{
    account::Organisation,
    case::{Case, DefendantState, OffenceState},
    hearing::Hearing,
    now::DocumentCalledFor,
    result::{JudicialResult, ResultDefinition},
    translation::Words,
};
use vocabulary::{AmendmentReason, Day, DocumentId, Instant, OffenceId};

/// What a view is made from.
pub(crate) struct Source<'a> {
    pub(crate) app: &'a App,
    /// The Welsh that translators gave.
    pub(crate) words: &'a Words,
    pub(crate) id: DocumentId,
    pub(crate) called: &'a DocumentCalledFor,
    pub(crate) case: &'a Case,
    pub(crate) defendant: &'a DefendantState,
    /// The same person in other cases of the hearing, of which it speaks as well.
    pub(crate) beside: &'a [(&'a Case, &'a DefendantState)],
    pub(crate) hearing: &'a Hearing,
    pub(crate) court: Option<&'a Organisation>,
    /// Where what is to be paid is collected, if that is known.
    pub(crate) fines_office: Option<&'a Organisation>,
    pub(crate) results: &'a [JudicialResult],
    pub(crate) legal_adviser: &'a str,
    pub(crate) at: Instant,
    /// Set when it is made because shared results were amended.
    pub(crate) amends: Option<Amends>,
}

/// The amendment that a document is made by.
#[derive(Debug, Clone)]
pub(crate) struct Amends {
    pub(crate) on: Day,
    pub(crate) replaces: Option<Replaced>,
    pub(crate) ended: Option<Ended>,
}

/// A document that no longer applies, of which a notice tells.
#[derive(Debug, Clone)]
pub(crate) struct Ended {
    pub(crate) document_id: DocumentId,
    pub(crate) name: String,
    pub(crate) issued_on: Day,
    pub(crate) reason: AmendmentReason,
}

impl Source<'_> {
    /// The results that the document prints, in order.
    pub(super) fn printed(&self) -> impl Iterator<Item = &JudicialResult> {
        self.called
            .results
            .iter()
            .filter_map(|line| self.results.iter().find(|result| result.line == *line))
    }

    /// The results to print of an offence, or of none: those that say something. The name of a
    /// group, of which one result had to be chosen, says nothing beside the one that was.
    pub(super) fn shown(&self, offence: Option<OffenceId>) -> Vec<&JudicialResult> {
        let all = || self.printed().filter(|own| own.offence == offence);
        let said: Vec<_> = all().filter(|own| !self.only_names_a_group(own)).collect();
        if said.is_empty() {
            return all().collect();
        }
        said
    }

    /// All of them, in order.
    pub(super) fn all_shown(&self) -> impl Iterator<Item = &JudicialResult> {
        self.printed().filter(|result| {
            let mut shown = self.shown(result.offence).into_iter();
            shown.any(|own| own.line == result.line)
        })
    }

    fn only_names_a_group(&self, result: &JudicialResult) -> bool {
        let results = &self.app.catalogue.results;
        let definition = results.definition(result.definition);
        definition.is_some_and(ResultDefinition::only_names_a_group)
    }

    /// The person in each case that it speaks of.
    pub(super) fn parties(&self) -> impl Iterator<Item = (&Case, &DefendantState)> {
        let first = std::iter::once((self.case, self.defendant));
        first.chain(self.beside.iter().copied())
    }

    /// The offences that it prints, each with its case.
    pub(super) fn offences(&self) -> impl Iterator<Item = (&Case, &OffenceState)> {
        let all = self.parties().flat_map(|(case, own)| {
            let offences = own.offences.iter();
            offences.map(move |offence| (case, offence))
        });
        all.filter(|(_, offence)| {
            self.printed()
                .any(|r| r.offence == Some(offence.charged.id))
        })
    }

    /// The day of the conviction that stands once these results do.
    pub(super) fn convicted_on(&self, offence: &OffenceState) -> Option<Day> {
        let own = |result: &&JudicialResult| result.offence == Some(offence.charged.id);
        offence.convicted_beside(self.results.iter().filter(own))
    }

    /// Whether a result is of this person.
    pub(super) fn is_theirs(&self, result: &JudicialResult) -> bool {
        let mut own = self.parties();
        own.any(|(_, own)| own.charged.id == result.defendant)
    }

    /// The references of its cases.
    pub(super) fn references(&self) -> Vec<String> {
        self.parties()
            .map(|(case, _)| case.urn.to_string())
            .collect()
    }

    /// Whether its definition prints what this flag names.
    pub(super) fn includes(&self, flag: &str) -> bool {
        self.app
            .catalogue
            .now(self.called.now)
            .is_some_and(|now| now.include_flags.contains(flag))
    }
}
