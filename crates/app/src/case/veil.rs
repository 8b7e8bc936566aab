//! The veil over sensitive cases. Every list, register, alarm, notice and message that shows
//! something of a case to somebody who does not open it asks here how much of it that is:
//! all, its reference with a neutral line, or nothing, so that for them there is no such case
//! (docs/decisions/0028 has the table of places). Opening a case, its papers and its printouts
//! is decided by the policies themselves.

use crate::{App, Error, caller::SignedIn, relation};
use access::{Action, Facts};
use domain::case::Case;
use std::collections::HashMap;
use vocabulary::CaseId;

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

/// How much of a case a person is shown wherever it stands beside others: all if they may
/// open it; that it is there if a reason would open it to them.
pub(crate) fn over(app: &App, person: &SignedIn, case: &Case) -> Shown {
    if !case.is_sensitive() {
        return Shown::Whole;
    }
    let facts = relation::to_case(person, case);
    let opens = |facts: &Facts| relation::may(app, person, Action::ViewCase, facts).allowed;
    if opens(&facts) {
        return Shown::Whole;
    }
    let reasoned = Facts {
        reasoned: true,
        ..facts
    };
    if opens(&reasoned) {
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
