//! The prosecutor assigns cases to advocates: one by one, or every case of its own on a
//! court's list of one day. An assignment ends by itself.

use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::veil,
    defence::{
        both_sides::{Side, read_for},
        record, seen, somebody, stream_append,
    },
    ports::{Append, StreamAppend},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    defence::{Done, Granted},
    prosecution::{Assign, AssignList, AssignedCase, AssignedList, Unassign},
};
use domain::case::{ACT_BY_NAME, ASSIGNED_FOR, Assigning, Case, assign_advocate, remove_advocate};
use vocabulary::{CaseId, Day};

/// Cases that are assigned at once at most; also how many are opened at once.
const MOST: usize = 400;

#[async_trait]
impl UseCase for Assign {
    /// One case.
    async fn answer(self, app: &App, who: &Caller) -> Result<Granted, Error> {
        let person = who.person()?;
        let case = seen(app, person, self.case_id).await?;
        let facts = relation::to_case(person, &case);
        relation::must(app, person, Action::AssignAdvocate, &facts)?;
        let (to, _) = somebody(app, person, &self.email, &ACT_BY_NAME).await?;

        let today = app.chance.now().day();
        let until = self.until.unwrap_or_else(|| today.plus_days(ASSIGNED_FOR));
        let read = read_for(app, Side::Defence, to.account, std::iter::once(&*case)).await?;
        let wish = Assigning {
            until,
            today,
            confirmed: self.confirmed,
            read_other_side: read.contains(&case.id),
        };
        let events = assign_advocate(&case, &to, wish)?;

        let view = Granted {
            name: to.name,
            organisation: to.organisation_name,
        };
        record(app, who, &case, events, view).await
    }
}

#[async_trait]
impl UseCase for AssignList {
    /// Every case of the prosecutor's own on the list; what stands against one is said
    /// beside it, and hinders no other.
    async fn answer(self, app: &App, who: &Caller) -> Result<AssignedList, Error> {
        let person = who.person()?;
        let own = Facts {
            prosecuting: true,
            ..Facts::default()
        };
        relation::must(app, person, Action::AssignAdvocate, &own)?;
        let today = app.chance.now().day();
        if self.day < today {
            return Err(Problem::new(
                Code::BadRequest,
                "That day is over.",
                "Choose a day from today on.",
            )
            .into());
        }
        let (to, _) = somebody(app, person, &self.email, &ACT_BY_NAME).await?;
        let listed = listed(app, self.court_id, self.day).await?;

        let until = today.plus_days(ASSIGNED_FOR).max(self.day.plus_days(1));
        let mut at_once = AtOnce::default();
        let mut cases = Vec::new();
        let mut opened = Vec::with_capacity(listed.len());
        for some in listed.chunks(MOST) {
            opened.extend(app.ledger.cases(some).await?);
        }
        let read = read_for(app, Side::Defence, to.account, opened.iter()).await?;
        for case in opened {
            let facts = relation::to_case(person, &case);
            if !relation::may(app, person, Action::AssignAdvocate, &facts).allowed {
                continue;
            }
            let closed = match opens(app, person, &facts, &case) {
                Opens::Yes => None,
                Opens::No(why) => Some(why),
                Opens::Unknown => continue,
                Opens::Refused(error) => return Err(error),
            };
            if closed.is_some() {
                cases.push(AssignedCase {
                    urn: case.urn.clone(),
                    until: None,
                    why: closed,
                });
                continue;
            }
            let wish = Assigning {
                until,
                today,
                confirmed: self.confirmed,
                read_other_side: read.contains(&case.id),
            };
            let why = match assign_advocate(&case, &to, wish) {
                Ok(events) => {
                    if !at_once.takes(stream_append(&case, events)) {
                        continue;
                    }
                    None
                }
                Err(refusal) => Some(refusal.in_full()),
            };
            cases.push(AssignedCase {
                urn: case.urn.clone(),
                until: why.is_none().then_some(until),
                why,
            });
        }

        let view = AssignedList {
            name: to.name,
            cases,
            left_off: at_once.left_off,
        };
        let streams = at_once.streams;
        if streams.is_empty() {
            return Ok(view);
        }
        let appended = app
            .ledger
            .append(Append {
                command: who.command,
                moment: person.moment(app.chance.now()),
                streams,
                answer: serde_json::to_value(&view)?,
            })
            .await?;
        Ok(serde_json::from_value(appended.answer)?)
    }
}

#[async_trait]
impl UseCase for Unassign {
    /// Takes it back, at once. An advocate gives up their own: nobody prosecutes, and is so
    /// barred from defending, because others want them to.
    async fn answer(self, app: &App, who: &Caller) -> Result<Done, Error> {
        let person = who.person()?;
        let case = seen(app, person, self.case_id).await?;
        let facts = relation::to_case(person, &case);
        if self.account_id != person.account.id {
            relation::must(app, person, Action::AssignAdvocate, &facts)?;
        }

        let events = remove_advocate(&case, self.account_id)?;

        record(app, who, &case, events, Done {}).await
    }
}

/// Whether somebody who assigns a list opens one of its cases.
enum Opens {
    Yes,
    /// They would, if they did what this says.
    No(String),
    /// To them there is no such case.
    Unknown,
    /// They prove who they are first, for all of the list.
    Refused(Error),
}

/// Nobody lets others into what they would not be let into themselves: what stands against a
/// case says something of it.
fn opens(app: &App, person: &SignedIn, facts: &Facts, case: &Case) -> Opens {
    match veil::must_open(app, person, Action::ViewCase, facts, [case]) {
        Ok(_) => Opens::Yes,
        Err(Error::Problem(problem)) if problem.code == Code::NotFound => Opens::Unknown,
        Err(Error::Problem(problem)) if problem.code == Code::ReasonNeeded => {
            Opens::No(format!("{} {}", problem.title, problem.hint))
        }
        Err(error) => Opens::Refused(error),
    }
}

/// Cases on the list of a court on a day, each once.
async fn listed(app: &App, court: vocabulary::CourtId, day: Day) -> Result<Vec<CaseId>, Error> {
    let organisations = app.index.organisations().await?;
    let court = organisations
        .into_iter()
        .filter_map(|o| o.court)
        .find(|c| c.id == court)
        .ok_or_else(Problem::not_found)?;
    let mut cases: Vec<CaseId> = Vec::new();
    for (room, _) in court.rooms {
        for hearing in app.index.hearings_on(room, day).await? {
            cases.extend(hearing.cases);
        }
    }
    cases.sort_unstable();
    cases.dedup();
    Ok(cases)
}

/// What of a list is assigned in one command. What is too many is counted, and assigned when the
/// list is assigned again: by then the others are.
#[derive(Default)]
struct AtOnce {
    streams: Vec<StreamAppend>,
    left_off: usize,
}

impl AtOnce {
    /// Whether there was room.
    fn takes(&mut self, one: StreamAppend) -> bool {
        let room = self.streams.len() < MOST;
        if room {
            self.streams.push(one);
        } else {
            self.left_off += 1;
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Expected;
    use domain::{Stream, StreamKind};
    use uuid::Uuid;

    #[test]
    fn what_a_list_has_too_many_of_is_counted_and_not_forgotten() {
        let one = |number: usize| {
            let id = Uuid::from_u128(number as u128);
            StreamAppend {
                stream: Stream::new(StreamKind::Case, id),
                expected: Expected::Any,
                key: id,
                events: Vec::new(),
            }
        };
        let mut at_once = AtOnce::default();
        let taken = (0..MOST + 3).filter(|number| at_once.takes(one(*number)));
        assert_eq!(taken.count(), MOST);
        assert_eq!((at_once.streams.len(), at_once.left_off), (MOST, 3));
    }
}
