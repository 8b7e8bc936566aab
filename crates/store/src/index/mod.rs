//! What lists, searches and people's notices need, derived from each event in
//! the transaction that records it. A rebuild runs the same code over all
//! events again: whatever is here is a function of the events before it, in order.
//!
//! One file a noun. A noun's `apply` puts rows; it may read, through [`Desk`],
//! what earlier events have put.

mod account;
mod case;
mod document;
mod hearing;
mod notice;
mod opened;
mod own_roles;
mod reading;
mod standing;
mod submission;
pub(crate) mod support;
pub(crate) mod tables;
mod team;
mod translation;

use crate::{
    error::broken,
    keys::Keys,
    ledger::{known::Known, state::State},
    pen::Pen,
    query::{id, text},
    rows::{Rows, Value},
};
use app::ports::{Courts, Fault, KeptNotice, Touched};
use domain::{
    Event, Recorded, Stream, StreamKind,
    account::Account,
    case::{AccessChange, Case, CaseEvent},
    hearing::Hearing,
    reading::ReadingEvent,
};
use std::sync::Arc;
use vocabulary::{AccountId, CaseId, Group, HearingId, OrganisationId};

/// Active accounts of an organisation.
const OF_ORGANISATION: &str =
    "select body from account_index where organisation_id = $1 and active = 1 order by account_id";

/// What a command means for people who are looking.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    pub(crate) touched: Vec<Touched>,
    pub(crate) notices: Vec<(AccountId, KeptNotice)>,
    /// Whether a document waits to be made or delivered.
    pub(crate) documents: bool,
}

impl Effects {
    /// A view is stale for these.
    fn touch(&mut self, tag: String, whom: &Whom<'_>) {
        let at = self
            .touched
            .iter()
            .position(|touched| touched.tag == tag)
            .unwrap_or_else(|| {
                self.touched.push(Touched {
                    tag,
                    ..Touched::default()
                });
                self.touched.len() - 1
            });
        let touched = &mut self.touched[at];
        touched.courts.join(&whom.courts);
        add(&mut touched.organisations, whom.organisations);
        add(&mut touched.accounts, whom.accounts);
        add(&mut touched.cases, whom.cases);
        add(&mut touched.barred, whom.barred);
    }
}

/// For whom a view is stale.
#[derive(Default)]
struct Whom<'a> {
    organisations: &'a [OrganisationId],
    /// People of others.
    accounts: &'a [AccountId],
    courts: Courts,
    cases: &'a [CaseId],
    /// To whom of these organisations it is closed.
    barred: &'a [(AccountId, OrganisationId)],
}

fn add<T: Copy + PartialEq>(known: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !known.contains(one) {
            known.push(*one);
        }
    }
}

/// To whom of a firm on record a case is closed.
fn barred_from(case: &Case) -> Vec<(AccountId, OrganisationId)> {
    let barred = case.barred.iter();
    barred.map(|own| (own.account, own.organisation)).collect()
}

/// Somebody, as one of an organisation.
type As = (AccountId, OrganisationId);

/// The cases before one hearing, each with its organisations and to whom of them it is closed.
#[derive(Default)]
struct Closed(Vec<(Vec<OrganisationId>, Vec<As>)>);

impl Closed {
    fn is_in(&mut self, case: &Case, parties: &[OrganisationId]) {
        self.0.push((parties.to_vec(), barred_from(case)));
    }

    /// Those to whom none of the cases is open by their organisation.
    fn everywhere(&self) -> Vec<(AccountId, OrganisationId)> {
        let mut all = Vec::new();
        for (_, barred) in &self.0 {
            add(&mut all, barred);
        }
        let opens = |who: &(AccountId, OrganisationId)| {
            let mut cases = self.0.iter();
            cases.any(|(parties, barred)| parties.contains(&who.1) && !barred.contains(who))
        };
        all.retain(|who| !opens(who));
        all
    }
}

/// The courts that hear a case or heard it. Of a case of before that was kept, nobody knows.
fn sitting(case: &Case) -> Courts {
    if case.courts.is_empty() {
        Courts::All
    } else {
        Courts::These(case.courts.clone())
    }
}

/// Where a projection works: rows it puts, and what it may look up.
pub(crate) struct Desk<'a> {
    pub(crate) pen: &'a mut dyn Pen,
    pub(crate) rows: &'a mut Rows,
    pub(crate) known: &'a mut Known,
    pub(crate) keys: &'a Keys,
}

impl Desk<'_> {
    /// Everything that follows from one event.
    pub(crate) async fn project(
        &mut self,
        recorded: &Recorded,
        after: &State,
        effects: &mut Effects,
    ) -> Result<(), Fault> {
        match (&recorded.event, after) {
            (Event::Case(event), State::Case(state)) => {
                case::apply(self, event, state).await?;
                let parties = self.parties(state.id).await?;
                let mut people = self.people(state, recorded.at.day()).await?;
                let permitted = self.permitted(state, recorded.at.day()).await?;
                people.extend(&permitted);
                let tag = format!("case:{}", state.id);
                let barred = barred_from(state);
                let all = Whom {
                    organisations: &parties,
                    accounts: &people,
                    courts: sitting(state),
                    cases: &[state.id],
                    barred: &barred,
                };
                effects.touch(tag.clone(), &all);
                // Whoever lost it with this event is told once more: their window asks
                // again, and finds nothing.
                let mut lost = Whom::default();
                match event {
                    CaseEvent::DefenceDisassociated { organisation, .. } => {
                        lost.organisations = std::slice::from_ref(organisation);
                    }
                    CaseEvent::AccessRemoved { account, .. }
                    | CaseEvent::AdvocateRemoved { account, .. }
                    | CaseEvent::AccessChanged {
                        change: AccessChange::TakenBack { account, .. },
                    } => lost.accounts = std::slice::from_ref(account),
                    CaseEvent::HearingVacated { hearing_id, .. } => {
                        if let Some(hearing) = self.hearing(*hearing_id).await? {
                            lost.courts = Courts::These(vec![hearing.court_id]);
                        }
                    }
                    _ => {}
                }
                effects.touch(tag, &lost);
                // A hearing shows its cases: pleas, who is on record, bail.
                let all = Whom {
                    accounts: &permitted,
                    ..all
                };
                // Whoever looks at one that goes on without it is told as well.
                let apart = match event {
                    CaseEvent::HeardApart { hearing_id, .. } => Some(hearing_id),
                    _ => None,
                };
                for hearing in state.hearings.iter().chain(apart) {
                    effects.touch(format!("hearing:{hearing}"), &all);
                }
                notice::of_case(self, recorded, event, state, effects).await
            }
            (Event::Hearing(event), State::Hearing(state)) => {
                hearing::apply(self.rows, event, state);
                let (mut parties, mut people) = (Vec::new(), Vec::new());
                let own = Courts::These(vec![state.court_id]);
                let (mut courts, mut cases) = (own.clone(), Vec::new());
                let mut closed = Closed::default();
                for party in &state.parties {
                    let of_case = self.parties(party.case_id).await?;
                    add(&mut parties, &of_case);
                    add(&mut cases, &[party.case_id]);
                    if let Some(case) = self.case(party.case_id).await? {
                        closed.is_in(&case, &of_case);
                        people.extend(self.permitted(&case, recorded.at.day()).await?);
                        courts.join(&sitting(&case));
                    }
                }
                let barred = closed.everywhere();
                let listed = Whom {
                    organisations: &parties,
                    courts: own,
                    cases: &cases,
                    barred: &barred,
                    ..Whom::default()
                };
                let seen = Whom {
                    organisations: &parties,
                    accounts: &people,
                    courts,
                    cases: &cases,
                    barred: &barred,
                };
                effects.touch(format!("hearing:{}", state.id), &seen);
                effects.touch("hearings".to_owned(), &listed);
                notice::of_hearing(self, recorded, event, state, effects).await
            }
            (Event::Document(event), State::Document(state)) => {
                document::apply(self.rows, event, state);
                effects.documents = true;
                let parties = self.parties(state.case_id).await?;
                let (mut people, mut permitted) = (Vec::new(), Vec::new());
                let mut courts = Courts::None;
                // A document is closed to whom any of its cases is.
                let mut barred = Vec::new();
                for party in state.parties() {
                    if let Some(case) = self.case(party.case_id).await? {
                        add(&mut barred, &barred_from(&case));
                    }
                }
                if let Some(case) = self.case(state.case_id).await? {
                    let on = recorded.at.day();
                    people = self.people(&case, on).await?;
                    permitted = self.permitted(&case, on).await?;
                    people.extend(&permitted);
                    courts = sitting(&case);
                }
                let of_case = Whom {
                    organisations: &parties,
                    accounts: &people,
                    courts,
                    cases: &[state.case_id],
                    barred: &barred,
                };
                effects.touch(format!("case:{}", state.case_id), &of_case);
                let of_hearing = Whom {
                    accounts: &permitted,
                    ..of_case
                };
                effects.touch(format!("hearing:{}", state.hearing_id), &of_hearing);
                let recipients: Vec<OrganisationId> = state
                    .deliveries
                    .iter()
                    .filter_map(|d| d.request.organisation)
                    .collect();
                if !recipients.is_empty() {
                    let inboxes = Whom {
                        organisations: &recipients,
                        barred: &barred,
                        ..Whom::default()
                    };
                    effects.touch("inbox".to_owned(), &inboxes);
                }
                let (welsh, alarms) = (
                    state.welsh.is_some(),
                    document::alarms(event, state, recorded.at),
                );
                if welsh {
                    translation::apply(self.rows, state);
                }
                if welsh || alarms {
                    // Either list is of what a court itself sent.
                    let hearing = self.hearing(state.hearing_id).await?;
                    let own = Whom {
                        courts: hearing
                            .map_or(Courts::None, |own| Courts::These(vec![own.court_id])),
                        ..Whom::default()
                    };
                    for (tag, so) in [("translations", welsh), ("alarms", alarms)] {
                        if so {
                            effects.touch(tag.to_owned(), &own);
                        }
                    }
                }
                notice::of_document(self, recorded, event, state, effects).await
            }
            (Event::Submission(_), State::Submission(state)) => {
                submission::apply(self.rows, state);
                Ok(())
            }
            // A register is read by the hearing it is of, lowered rules and Welsh words by
            // their stream: no list asks for one. Whoever is sent one is told.
            (Event::Register(event), State::Register(_)) => {
                notice::of_register(self, recorded, event, effects).await
            }
            (Event::Rules(_), State::Rules(_)) | (Event::Words(_), State::Words(_)) => Ok(()),
            (Event::Account(event), _) => account::apply(self, recorded, event, effects).await,
            (Event::Support(event), _) => support::apply(self, recorded, event, effects).await,
            (Event::Reading(event), _) => {
                reading::apply(self.rows, recorded, event);
                if let ReadingEvent::WordsLeft { hearing_id, .. } = event {
                    self.left(*hearing_id, effects).await?;
                }
                if let ReadingEvent::LooksUsedUp { .. } = event {
                    own_roles::tell_of_looks(self, recorded, effects).await?;
                }
                opened::of_reading(self, recorded, event, effects).await
            }
            _ => Err(Fault::Broken(format!(
                "{} folded to something else",
                recorded.stream
            ))),
        }
    }

    /// The windows of a court that show a hearing ask again: something was left there.
    async fn left(&mut self, hearing: HearingId, effects: &mut Effects) -> Result<(), Fault> {
        let Some(hearing) = self.hearing(hearing).await? else {
            return Ok(());
        };
        let cases: Vec<CaseId> = hearing.parties.iter().map(|own| own.case_id).collect();
        let whom = Whom {
            courts: Courts::These(vec![hearing.court_id]),
            cases: &cases,
            ..Whom::default()
        };
        effects.touch(format!("hearing:{}", hearing.id), &whom);
        Ok(())
    }

    /// Organisations that may see a case: the prosecutor's and the firms on record.
    async fn parties(&mut self, case: CaseId) -> Result<Arc<[OrganisationId]>, Fault> {
        if let Some(parties) = self.known.parties.get(&case) {
            return Ok(Arc::clone(parties));
        }
        let parties: Arc<[OrganisationId]> = match self.case(case).await? {
            Some(case) => {
                let parties = case::parties(self, &case).await?;
                parties.into_iter().map(|(party, _)| party).collect()
            }
            None => Arc::default(),
        };
        self.known.parties.insert(case, Arc::clone(&parties));
        Ok(parties)
    }

    /// Active accounts of chambers that clerk.
    async fn clerks_of(&mut self, chambers: OrganisationId) -> Result<Vec<AccountId>, Fault> {
        let sql = "select body from account_index where organisation_id = $1 and active = 1 \
             order by account_id";
        let mut clerks = Vec::new();
        for row in self.pen.all(sql, vec![Value::text(chambers)]).await? {
            let account: Account = serde_json::from_str(&text(&row, 0)?).map_err(broken)?;
            let clerks_for =
                |group: &Group| matches!(group, Group::ChambersClerk | Group::ChambersAdmin);
            if account.groups.iter().any(clerks_for) {
                clerks.push(account.id);
            }
        }
        Ok(clerks)
    }

    /// Organisations with an OU code.
    async fn with_ou_code(&mut self, ou_code: &str) -> Result<Arc<[OrganisationId]>, Fault> {
        if let Some(found) = self.known.ou_codes.get(ou_code) {
            return Ok(Arc::clone(found));
        }
        let found: Arc<[OrganisationId]> = self
            .ids(
                // A code that somebody else's organisation was registered with tells it nothing.
                "select organisation_id from organisation_index \
                 where ou_code = $1 and kind = 'prosecutor' order by organisation_id",
                ou_code,
            )
            .await?
            .into();
        self.known
            .ou_codes
            .insert(ou_code.to_owned(), Arc::clone(&found));
        Ok(found)
    }

    /// Active accounts of an organisation that act on what is sent to it.
    async fn recipients_at(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Arc<[AccountId]>, Fault> {
        if let Some(accounts) = self.known.recipients.get(&organisation) {
            return Ok(Arc::clone(accounts));
        }
        let all: Vec<Account> = self
            .bodies(OF_ORGANISATION, &organisation.to_string())
            .await?;
        let acts = |own: &Account| own.groups.iter().any(|group| group.acts_on_documents());
        let accounts: Arc<[AccountId]> = all.into_iter().filter(acts).map(|own| own.id).collect();
        self.known
            .recipients
            .insert(organisation, Arc::clone(&accounts));
        Ok(accounts)
    }

    /// Active accounts of an organisation that do more there than look after its people:
    /// whoever does that alone opens no case, and is told of none.
    async fn case_workers_of(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Arc<[AccountId]>, Fault> {
        if let Some(accounts) = self.known.case_workers.get(&organisation) {
            return Ok(Arc::clone(accounts));
        }
        let all: Vec<Account> = self
            .bodies(OF_ORGANISATION, &organisation.to_string())
            .await?;
        let works = |own: &Account| own.groups != [Group::OrganisationAdministrator];
        let accounts: Arc<[AccountId]> = all.into_iter().filter(works).map(|own| own.id).collect();
        self.known
            .case_workers
            .insert(organisation, Arc::clone(&accounts));
        Ok(accounts)
    }

    /// Whole rows of accounts or organisations.
    async fn bodies<T: serde::de::DeserializeOwned>(
        &mut self,
        sql: &'static str,
        key: &str,
    ) -> Result<Vec<T>, Fault> {
        self.flush().await?;
        let rows = self.pen.all(sql, vec![key.into()]).await?;
        rows.iter()
            .map(|row| serde_json::from_str(&text(row, 0)?).map_err(broken))
            .collect()
    }

    /// Ids of one kind that belong to a key.
    async fn ids<T>(&mut self, sql: &'static str, key: &str) -> Result<Vec<T>, Fault>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        let rows = self.pen.all(sql, vec![key.into()]).await?;
        rows.iter().map(|row| id(row, 0)).collect()
    }

    async fn case(&mut self, id: CaseId) -> Result<Option<Arc<Case>>, Fault> {
        let stream = Stream::new(StreamKind::Case, id.0);
        self.known.load_heads(self.pen, self.keys, [stream]).await?;
        Ok(self.known.case(stream))
    }

    async fn hearing(&mut self, id: HearingId) -> Result<Option<Arc<Hearing>>, Fault> {
        let stream = Stream::new(StreamKind::Hearing, id.0);
        self.known.load_heads(self.pen, self.keys, [stream]).await?;
        Ok(self.known.hearing(stream))
    }

    /// Writes what is put so far, so that it can be read by SQL.
    async fn flush(&mut self) -> Result<(), Fault> {
        self.rows.flush(self.pen).await
    }
}
