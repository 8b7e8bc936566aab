//! The veil over sensitive cases. Every list, register, alarm, notice and message that shows
//! something of a case to somebody who does not open it asks here how much of it that is:
//! all, its reference with a neutral line, or nothing, so that for them there is no such case
//! (docs/decisions/0028 has the table of places). Opening a case, its papers and its printouts
//! is decided by the policies themselves; whatever opens one of them comes through here as well,
//! so that no way into it passes by what the case asks before it opens.

use crate::{App, Error, account::proof::must_be_proven_for, caller::SignedIn, relation};
use access::{Action, Decision, Facts};
use contract::Problem;
use domain::{case::Case, document::Document};
use std::collections::HashMap;
use vocabulary::CaseId;

pub(crate) use domain::case::SENSITIVE;

/// How much of a case somebody is shown, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shown {
    /// As it is.
    Whole,
    /// That it is there: its reference, and a neutral line.
    Reference,
    /// Nothing: its being there is not theirs to know.
    Nothing,
}

/// Lets the person into cases, or into something of theirs, or gives the answer for what does not
/// exist. They may do this; where a reason would let them in, they gave one; and of a case that is
/// sensitive or kept off lists, they proved lately who they are.
///
/// # Errors
/// As [`relation::must_see`]; if that proof is missing.
pub(crate) fn must_open<'a>(
    app: &App,
    person: &SignedIn,
    action: Action,
    facts: &Facts,
    cases: impl IntoIterator<Item = &'a Case>,
) -> Result<Decision, Error> {
    let decision = relation::must_see(app, person, action, facts)?;
    for case in cases {
        must_be_proven_for(app, person, case)?;
    }
    Ok(decision)
}

/// Lets the person do something with a document: every case that it is written in must open it to
/// them, and each asks the proof that it asks for itself. What was sent to them each of its cases
/// opens, but one that is closed to them since.
///
/// # Errors
/// As [`must_open`].
pub(crate) async fn must_open_document(
    app: &App,
    person: &SignedIn,
    action: Action,
    document: &Document,
) -> Result<(CasesOf, Decision), Error> {
    let cases = CasesOf::documents(app, std::slice::from_ref(document)).await?;
    let sits = cases.sits(app, person, action, document).await?;
    let asked = cases.asked(app, person, action, document, sits);
    let facts = asked.ok_or_else(Problem::not_found)?.1;
    let decision = must_open(app, person, action, &facts, cases.of(document))?;
    Ok((cases, decision))
}

/// The cases that documents are written in. Here alone it is decided whether somebody may have a
/// document, or what is told of it, wherever that is asked.
#[derive(Debug)]
pub struct CasesOf(Vec<Case>);

impl CasesOf {
    /// All cases of all of the documents.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub async fn documents(app: &App, documents: &[Document]) -> Result<Self, Error> {
        let parties = documents.iter().flat_map(Document::parties);
        let mut ids: Vec<CaseId> = parties.map(|party| party.case_id).collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(Self(app.ledger.cases(&ids).await?))
    }

    /// Those of one of the documents, the one it is filed under first.
    pub(crate) fn of<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = &'a Case> {
        let own = |id| self.0.iter().find(move |case| case.id == id);
        document
            .parties()
            .filter_map(move |party| own(party.case_id))
    }

    /// The case that a document is filed under.
    ///
    /// # Errors
    /// [`Problem::not_found`].
    pub(crate) fn first(&self, document: &Document) -> Result<&Case, Problem> {
        let own = self.0.iter().find(|case| case.id == document.case_id);
        own.ok_or_else(Problem::not_found)
    }

    /// Of what the court does that sent a document, whether that is the person's; of all else
    /// each case says itself whose court sits.
    async fn sits(
        &self,
        app: &App,
        person: &SignedIn,
        action: Action,
        document: &Document,
    ) -> Result<Option<bool>, Error> {
        if !is_of_the_sender(action) {
            return Ok(None);
        }
        let hearing = app.ledger.hearing(document.hearing_id).await?;
        let hearing = hearing.ok_or_else(Problem::not_found)?;
        Ok(Some(relation::to_hearing(person, &hearing).sitting))
    }

    /// Of which case a person is asked who wants to do something with a document, with the facts
    /// about it there: the first that does not let them, and if all do the one it is filed under.
    /// Nothing if one of them is not in the record: it opens to nobody.
    pub(crate) fn asked<'a>(
        &'a self,
        app: &App,
        person: &SignedIn,
        action: Action,
        document: &'a Document,
        sits: Option<bool>,
    ) -> Option<(&'a Case, Facts)> {
        let mut all = Vec::new();
        for party in document.parties() {
            let case = self.0.iter().find(|case| case.id == party.case_id)?;
            let mut facts = relation::to_document(person, case, document);
            facts.sitting = sits.unwrap_or(facts.sitting);
            all.push((case, facts));
        }
        let closes =
            |(_, facts): &(&Case, Facts)| !relation::may(app, person, action, facts).allowed;
        let by = all.iter().position(closes).unwrap_or_default();
        (!all.is_empty()).then(|| all.swap_remove(by))
    }

    /// Whether a person may do something with a document, `sits` as in [`Self::asked`].
    pub(crate) fn open(
        &self,
        app: &App,
        person: &SignedIn,
        action: Action,
        document: &Document,
        sits: Option<bool>,
    ) -> bool {
        let asked = self.asked(app, person, action, document, sits);
        asked.is_some_and(|(_, facts)| relation::may(app, person, action, &facts).allowed)
    }

    /// Those of the documents that a person reads.
    pub(crate) fn readable(
        &self,
        app: &App,
        person: &SignedIn,
        documents: impl IntoIterator<Item = Document>,
    ) -> Vec<Document> {
        let reads = |own: &Document| self.open(app, person, Action::ReadDocument, own, None);
        documents.into_iter().filter(reads).collect()
    }

    /// How much of a document a person is shown where it stands beside others: as little as of
    /// that of its cases of which they are shown least. The record notes that they were shown them.
    pub(crate) fn over(&self, app: &App, person: &SignedIn, document: &Document) -> Shown {
        let least = self.of(document).map(|case| over(app, person, case)).max();
        let shown = least.unwrap_or(Shown::Nothing);
        if shown != Shown::Nothing {
            let shown = self.of(document).map(|case| case.id);
            person.circumstances.showed(shown);
        }
        shown
    }
}

impl CasesOf {
    /// Refuses whoever is not shown the whole of a document where it stands beside others: what a
    /// neutral line stands for is acted on by those who open what is behind it.
    ///
    /// # Errors
    /// As [`relation::must_see`] of the first of its cases that is closed.
    pub(crate) fn must_be_whole(
        &self,
        app: &App,
        person: &SignedIn,
        document: &Document,
    ) -> Result<(), Error> {
        for case in self.of(document) {
            if over(app, person, case) != Shown::Whole {
                let facts = Facts {
                    partly: false,
                    ..relation::to_case(person, case)
                };
                relation::must_see(app, person, Action::ViewCase, &facts)?;
            }
        }
        Ok(())
    }
}

/// Whether this is done with a document by the court that sent it.
pub(crate) const fn is_of_the_sender(action: Action) -> bool {
    matches!(action, Action::Translate | Action::HandleAlarm)
}

/// How much of a case a person is shown wherever it stands beside others: all if they may
/// open it; that it is there if a reason would open it to them. Whoever has permission on one
/// defendant knows that it is there: where all of them stand they are shown none.
pub(crate) fn over(app: &App, person: &SignedIn, case: &Case) -> Shown {
    if !case.is_sensitive() {
        return Shown::Whole;
    }
    let facts = relation::to_case(person, case);
    let partly = facts.partly;
    let facts = Facts {
        partly: false,
        ..facts
    };
    let opens = |facts: &Facts| relation::may(app, person, Action::ViewCase, facts).allowed;
    if opens(&facts) {
        return Shown::Whole;
    }
    let reasoned = Facts {
        reasoned: true,
        ..facts
    };
    if partly || opens(&reasoned) {
        Shown::Reference
    } else {
        Shown::Nothing
    }
}

/// The same for cases of which a list knows only the ids. Few cases are sensitive: only
/// those are opened for it. What is not among them is shown whole.
pub(crate) async fn over_all(
    app: &App,
    person: &SignedIn,
    ids: impl IntoIterator<Item = CaseId>,
) -> Result<HashMap<CaseId, (Shown, Case)>, Error> {
    let mut ids: Vec<CaseId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sensitive = app.index.sensitive_among(&ids).await?;
    if sensitive.is_empty() {
        return Ok(HashMap::new());
    }
    let cases = app.ledger.cases(&sensitive).await?;
    Ok(cases
        .into_iter()
        .map(|case| (case.id, (over(app, person, &case), case)))
        .collect())
}
