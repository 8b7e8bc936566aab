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
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use vocabulary::{CaseId, DocumentId};

pub(crate) use domain::case::SENSITIVE;

/// How much of a case somebody is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Lets the person into a document: by the first of its cases that opens it to them, and with the
/// proof that each of its cases asks for. What one case closes, no other opens: a case that became
/// sensitive since is closed with all that it is written in.
///
/// # Errors
/// As [`must_open`].
pub(crate) async fn must_open_document(
    app: &App,
    person: &SignedIn,
    document: &Document,
) -> Result<(Arc<Case>, Decision), Error> {
    let mut cases = Vec::new();
    for party in document.parties() {
        let case = app.ledger.case(party.case_id).await?;
        cases.push(case.ok_or_else(Problem::not_found)?);
    }
    let by = cases
        .iter()
        .find(|case| closes(app, person, case, document));
    let by = by.or_else(|| cases.iter().find(|case| opens(app, person, case, document)));
    let by = by.or(cases.first()).ok_or_else(Problem::not_found)?;
    let facts = relation::to_document(person, by, document);
    let all = cases.iter().map(AsRef::as_ref);
    let decision = must_open(app, person, Action::ReadDocument, &facts, all)?;
    Ok((Arc::clone(by), decision))
}

/// Those of the documents of a case that another case closes of which they speak: they are as
/// little in its lists as they open.
///
/// # Errors
/// If the record cannot be read.
pub(crate) async fn closed_beside(
    app: &App,
    person: &SignedIn,
    case: CaseId,
    documents: &[Document],
) -> Result<HashSet<DocumentId>, Error> {
    let parties = documents.iter().flat_map(Document::parties);
    let mut others: Vec<CaseId> = parties.map(|party| party.case_id).collect();
    others.retain(|other| *other != case);
    if others.is_empty() {
        return Ok(HashSet::new());
    }
    others.sort_unstable();
    others.dedup();
    let others = app.ledger.cases(&others).await?;
    let is_closed = |document: &&Document| {
        document.parties().any(|party| {
            let other = others.iter().find(|other| other.id == party.case_id);
            other.is_some_and(|other| closes(app, person, other, document))
        })
    };
    Ok(documents
        .iter()
        .filter(is_closed)
        .map(|document| document.id)
        .collect())
}

/// Whether one of its cases closes a document to somebody, whatever another opens.
fn closes(app: &App, person: &SignedIn, case: &Case, document: &Document) -> bool {
    let own = (person.account.id, person.organisation.id);
    (case.is_sensitive() || case.bars(own)) && !opens(app, person, case, document)
}

fn opens(app: &App, person: &SignedIn, case: &Case, document: &Document) -> bool {
    let facts = relation::to_document(person, case, document);
    relation::may(app, person, Action::ReadDocument, &facts).allowed
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
