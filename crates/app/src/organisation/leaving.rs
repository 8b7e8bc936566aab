//! What is in the hands of one person and ends when they leave, in the same action: access
//! that they were given themselves, by the defence, the prosecutor or a court; and shared
//! results that they are amending, which nobody else could change. A draft of results is
//! nobody's: it belongs to its hearing, and any colleague types on.
//!
//! Whoever moves to another office keeps their account; what they were given as one of the
//! office before does not count at the other (`Case::granted_at`).

use crate::{
    App, Error,
    caller::SignedIn,
    case::veil::{self, Shown},
    hearing,
    ports::{Expected, StreamAppend},
};
use contract::organisation::NeedsOwner;
use domain::{
    Event, Stream, StreamKind,
    account::Account,
    case::{AccessChange, Case, CaseEvent},
    hearing::{Hearing, unlock_results},
};
use vocabulary::CaseId;

/// The most cases of one person that end in one action; there is no court in which somebody
/// was given more.
const MOST: i64 = 1_000;

/// What somebody has in their own hands.
pub(super) struct InHand {
    /// Cases on which they were given access themselves.
    cases: Vec<Case>,
    /// Hearings whose results they are amending.
    hearings: Vec<Hearing>,
}

/// Looks.
pub(super) async fn in_hand(app: &App, account: &Account) -> Result<InHand, Error> {
    // A day on which whatever was given is good still, however soon it ends.
    let on = app.chance.now().day();
    let permitted = app.index.cases_permitted(account.id, MOST).await?;
    let granted = app.index.cases_granted(account.id, on, MOST).await?;
    let mut ids: Vec<CaseId> = permitted
        .iter()
        .chain(&granted)
        .map(|c| c.case_id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let hearings = app.index.hearings_amended_by(account.id).await?;
    Ok(InHand {
        cases: app.ledger.cases(&ids).await?,
        hearings: locked(app.ledger.hearings(&hearings).await?, account),
    })
}

fn locked(mut hearings: Vec<Hearing>, account: &Account) -> Vec<Hearing> {
    hearings.retain(|hearing| {
        let amendment = hearing.amendment.as_ref();
        amendment.is_some_and(|own| own.by.account == account.id)
    });
    hearings
}

impl InHand {
    /// As it is listed for whoever looks after the organisation's people.
    pub(super) fn listed(&self, app: &App, asking: &SignedIn) -> Vec<NeedsOwner> {
        let cases = self
            .cases
            .iter()
            .map(|case| match veil::over(app, asking, case) {
                // That something ends must be known, whichever case it is.
                Shown::Nothing => (veil::SENSITIVE, String::new()),
                _ => ("Case", case.urn.to_string()),
            });
        let cases = cases.map(|(what, reference)| NeedsOwner {
            what: format!("{what}: access that they were given themselves ends"),
            reference,
        });
        let hearings = self.hearings.iter().map(|hearing| NeedsOwner {
            what: "Shared results that they are amending are unlocked".to_owned(),
            reference: format!(
                "{}, {}, {}",
                hearing.court_name,
                hearing.courtroom_name,
                hearing.starts_at.day().in_words()
            ),
        });
        cases.chain(hearings).collect()
    }

    /// What is recorded of it when they leave.
    pub(super) fn ends(
        &self,
        asking: &SignedIn,
        account: &Account,
    ) -> Result<Vec<StreamAppend>, Error> {
        let cases = self.cases.iter().map(|case| StreamAppend {
            stream: Stream::new(StreamKind::Case, case.id.0),
            expected: Expected::Version(case.version),
            key: case.id.0,
            events: of_case(case, account)
                .into_iter()
                .map(Event::Case)
                .collect(),
        });
        let mut streams: Vec<StreamAppend> = cases.collect();
        for own in &self.hearings {
            let events =
                unlock_results(own, hearing::officer(asking), "Whoever amended them left.")?;
            streams.push(StreamAppend {
                stream: Stream::new(StreamKind::Hearing, own.id.0),
                expected: Expected::Version(own.version),
                key: own.id.0,
                events: events.into_iter().map(Event::Hearing).collect(),
            });
        }
        Ok(streams)
    }

    /// After it is recorded: the draft of an amendment does not outlive it.
    pub(super) async fn released(&self, app: &App, asking: &SignedIn) {
        for own in &self.hearings {
            hearing::released(app, asking, own).await;
        }
    }
}

fn of_case(case: &Case, account: &Account) -> Vec<CaseEvent> {
    let (id, name) = (account.id, &account.name);
    let grants = case.grants.iter().filter(|grant| grant.account == id);
    let grants = grants.map(|grant| CaseEvent::AccessRemoved {
        defendant_id: grant.defendant,
        account: id,
        name: name.clone(),
    });
    let assigned = case.advocates.iter().find(|one| one.account == id);
    let assigned = assigned.map(|_| CaseEvent::AdvocateRemoved {
        account: id,
        name: name.clone(),
    });
    let mut permissions = case.access.permissions.iter();
    let permitted = permissions.find(|own| own.account == id);
    let permitted = permitted.map(|_| CaseEvent::AccessChanged {
        change: AccessChange::TakenBack {
            account: id,
            name: name.clone(),
            defendant: None,
            reason: "They left.".to_owned(),
        },
    });
    grants.chain(assigned).chain(permitted).collect()
}
