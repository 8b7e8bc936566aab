//! What was heard together is taken apart again, and who counted as one person is two: a mistake
//! of two people with one name must not stay for ever (docs/decisions/0070). Of cases it is done
//! while nothing is shared; of people, once results are shared, by amending them.

use super::{
    Room,
    joined::{added, of, stream},
    log::{record, recorded},
    parted,
};
use crate::{
    App, Caller, Error, UseCase,
    ports::{Append, Expected, StreamAppend},
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{CountsAsOne, HeardWith, Recorded, TakeApart, TellApart},
};
use domain::{
    case::{Case, CaseEvent, DefendantState, is_same_person, tell_apart},
    document::Document,
    hearing::{
        Corrected, Correction, Hearing, HearingEvent, HearingParty, correct, list_again, take_apart,
    },
};
use vocabulary::{CaseId, DefendantId, HearingId, HearingState};

#[async_trait]
impl UseCase for TakeApart {
    /// The case is heard by itself from now on, where it was listed before if it was.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::HearTogether, self.hearing_id).await?;
        room.at_version(self.version)?;
        let all = leaving(app, &room).await?;
        let of_it = |own: &Leaving| own.parties.iter().any(|one| one.case_id == self.case_id);
        let left = all.into_iter().find(of_it).unwrap_or_default();
        let next = Next::of(app, &room.hearing, &left)?;
        let apart = take_apart(&room.hearing, &left.parties, next.hearing.id, &self.reason)?;
        let told = match self.two_people {
            true => two_people(&room, &left, &self.reason)?,
            false => Vec::new(),
        };

        // First what is typed is there; then nothing of it is lost if this is as far as it comes.
        let (here, there) = (room.hearing.id, next.hearing.id);
        let whose: Vec<DefendantId> = left.parties.iter().map(|own| own.defendant_id).collect();
        parted::copied(app, (here, there), &whose).await?;
        let version = room.hearing.version + 1;
        let mut streams = vec![stream(&room.hearing, vec![apart])];
        streams.push(next.stream(&room.hearing, &left));
        streams.extend(room.cases.iter().filter_map(|case| {
            let mut events = events_of(&told, case.id);
            events.extend(moved(
                &room.hearing,
                &left,
                &next.hearing,
                case,
                &self.reason,
            ));
            (!events.is_empty()).then(|| of(case, events))
        }));
        let append = Append {
            command: who.command,
            moment: person.moment(app.chance.now()),
            streams,
            answer: serde_json::to_value(Recorded { version })?,
        };
        let answer = recorded(app, append).await?;
        parted::cleared(app, (here, there), &whose).await;
        Ok(answer)
    }
}

#[async_trait]
impl UseCase for TellApart {
    /// At once while nothing is shared; otherwise as part of the amendment, by which the
    /// documents that name both are made again.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::HearTogether, self.hearing_id).await?;
        room.at_version(self.version)?;
        let hearing = &room.hearing;
        if hearing.shared.is_some() && hearing.amendment.is_none() {
            return Err(Problem::new(
                Code::Refused,
                "Results of this hearing are shared, and documents name both as one person.",
                "Amend the results, and say it there: those documents are made again, one for each.",
            )
            .into());
        }
        let sat = room.as_sitting();
        let (_, own) = sat
            .defendant(self.defendant_id)
            .ok_or_else(Problem::not_found)?;
        let told =
            others(&sat, own).map(|(case, other)| told(&sat, own, (case, other), &self.reason));
        let told: Vec<Told> = told.collect::<Result<Vec<_>, _>>()?.concat();
        if told.is_empty() {
            return Err(Problem::new(
                Code::Refused,
                "Nobody else in this hearing counts as the same person.",
                "Look at the hearing again: somebody else may have told them apart.",
            )
            .into());
        }

        if hearing.amendment.is_some() {
            let mut events = Vec::new();
            for one in told {
                events.extend(correct(hearing, person.account.id, one.correction())?);
            }
            return record(app, who, person, &room, events).await;
        }
        // That nothing is shared meanwhile is a condition.
        let mut streams = vec![stream(hearing, Vec::new())];
        streams.extend(room.cases.iter().filter_map(|case| {
            let events = events_of(&told, case.id);
            (!events.is_empty()).then(|| of(case, events))
        }));
        let append = Append {
            command: who.command,
            moment: person.moment(app.chance.now()),
            streams,
            answer: serde_json::to_value(Recorded {
                version: hearing.version,
            })?,
        };
        recorded(app, append).await
    }
}

/// Who leaves a hearing together, and the hearing that is listed again for them; none, if they
/// were listed in this one.
#[derive(Default)]
struct Leaving {
    again: Option<Hearing>,
    parties: Vec<HearingParty>,
}

/// What may be taken out of a hearing: what came from another one, and of several cases that it
/// was listed for each but the first.
async fn leaving(app: &App, room: &Room) -> Result<Vec<Leaving>, Error> {
    let hearing = &room.hearing;
    let over = hearing.shared.is_some() || hearing.state == HearingState::Vacated;
    if over || room.cases.len() < 2 {
        return Ok(Vec::new());
    }
    let ids = room.cases.iter().flat_map(|case| &case.hearings);
    let mut ids: Vec<HearingId> = ids.filter(|id| **id != hearing.id).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut came = app.ledger.hearings(&ids).await?;
    came.retain(|own| own.heard_in == Some(hearing.id));
    came.sort_by_key(|own| (own.starts_at, own.id));
    let mut rest = hearing.parties.clone();
    let mut all = Vec::new();
    for own in came {
        let (parties, others): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|one| own.parties.contains(one));
        rest = others;
        if !parties.is_empty() {
            all.push(Leaving {
                again: Some(own),
                parties,
            });
        }
    }
    let mut cases: Vec<CaseId> = Vec::new();
    for own in &rest {
        if !cases.contains(&own.case_id) {
            cases.push(own.case_id);
        }
    }
    all.extend(cases.into_iter().skip(1).map(|case| {
        Leaving {
            again: None,
            parties: rest
                .iter()
                .filter(|own| own.case_id == case)
                .copied()
                .collect(),
        }
    }));
    Ok(all)
}

/// The hearing into which they go.
struct Next {
    hearing: Hearing,
    /// That it is listed, if there was none.
    listed: Option<HearingEvent>,
}

impl Next {
    fn of(app: &App, from: &Hearing, left: &Leaving) -> Result<Self, Error> {
        if let Some(again) = &left.again {
            return Ok(Self {
                hearing: again.clone(),
                listed: None,
            });
        }
        let listed = HearingEvent::HearingListed {
            hearing_id: HearingId(app.chance.id()),
            jurisdiction: from.jurisdiction,
            kind: from.kind.clone(),
            court_id: from.court_id,
            court_name: from.court_name.clone(),
            courtroom_id: from.courtroom_id,
            courtroom_name: from.courtroom_name.clone(),
            starts_at: from.starts_at,
            parties: left.parties.clone(),
        };
        let hearing = Hearing::fold(None, &listed, app.chance.now(), "");
        Ok(Self {
            hearing: hearing.ok_or_else(Problem::not_found)?,
            listed: Some(listed),
        })
    }

    fn stream(&self, from: &Hearing, left: &Leaving) -> StreamAppend {
        let again = list_again(from, left.again.as_ref(), &left.parties);
        let Some(listed) = &self.listed else {
            return stream(&self.hearing, again);
        };
        let events = std::iter::once(listed.clone()).chain(again);
        StreamAppend {
            expected: Expected::New,
            ..stream(&self.hearing, events.collect())
        }
    }
}

/// What a case records of where it is heard.
fn moved(
    from: &Hearing,
    left: &Leaving,
    into: &Hearing,
    case: &Case,
    reason: &str,
) -> Vec<CaseEvent> {
    let of_it = |own: &&HearingParty| own.case_id == case.id;
    if !left.parties.iter().any(|own| of_it(&own)) {
        return Vec::new();
    }
    let mut here = from.parties.iter().filter(of_it);
    let stays = here.any(|own| !left.parties.contains(own));
    let apart = (!stays).then(|| CaseEvent::HeardApart {
        hearing_id: from.id,
        kind: from.kind.clone(),
        day: from.starts_at.day(),
        time: from.starts_at.clock(),
        reason: domain::words::said(reason),
    });
    apart.into_iter().chain([added(into)]).collect()
}

/// That a defendant is another person than one of another case.
#[derive(Clone)]
struct Told {
    case: CaseId,
    defendant: DefendantId,
    /// What it said before, in words.
    was: String,
    event: CaseEvent,
}

impl Told {
    fn correction(self) -> Correction {
        Correction {
            defendant: self.defendant,
            offence: None,
            was: Some(self.was),
            is: Some("two people".to_owned()),
            to: Corrected::Finding {
                case: self.case,
                found: Box::new(self.event),
            },
        }
    }
}

fn told(
    room: &Room,
    own: &DefendantState,
    (other_case, other): (&Case, &DefendantState),
    reason: &str,
) -> Result<Vec<Told>, Error> {
    let (case, _) = room
        .defendant(own.charged.id)
        .ok_or_else(Problem::not_found)?;
    let [here, there] = tell_apart(&own.charged, &other.charged, reason)?;
    let was = format!("one person in {} and {}", case.urn, other_case.urn);
    let of = |(case, defendant): (&Case, &DefendantState), event| Told {
        case: case.id,
        defendant: defendant.charged.id,
        was: was.clone(),
        event,
    };
    Ok(vec![of((case, own), here), of((other_case, other), there)])
}

/// That those who leave are other people than those who stay, where they count as one.
fn two_people(room: &Room, left: &Leaving, reason: &str) -> Result<Vec<Told>, Error> {
    let leaves = |id: DefendantId| left.parties.iter().any(|own| own.defendant_id == id);
    let mut all = Vec::new();
    for (_, own) in room.defendants().filter(|(_, own)| leaves(own.charged.id)) {
        let stay = others(room, own).filter(|(_, other)| !leaves(other.charged.id));
        for other in stay {
            all.extend(told(room, own, other, reason)?);
        }
    }
    Ok(all)
}

fn events_of(told: &[Told], case: CaseId) -> Vec<CaseEvent> {
    let own = told.iter().filter(|own| own.case == case);
    own.map(|own| own.event.clone()).collect()
}

/// Those of other cases who count as the same person.
fn others<'a>(
    room: &'a Room,
    own: &'a DefendantState,
) -> impl Iterator<Item = (&'a Case, &'a DefendantState)> {
    let case = room.defendant(own.charged.id).map(|(case, _)| case.id);
    room.defendants().filter(move |(other_case, other)| {
        Some(other_case.id) != case && is_same_person(&own.charged, &other.charged)
    })
}

/// What may be taken out of a hearing, as the screen offers it.
pub(super) async fn parts(app: &App, room: &Room) -> Result<Vec<HeardWith>, Error> {
    let all = leaving(app, room).await?;
    let shown = all.iter().filter_map(|left| {
        let first = left.parties.first()?;
        let at = left.again.as_ref().unwrap_or(&room.hearing);
        let theirs = left.parties.iter();
        let theirs: Vec<_> = theirs
            .filter_map(|own| room.defendant(own.defendant_id))
            .collect();
        let mut urns: Vec<_> = theirs.iter().map(|(case, _)| case.urn.clone()).collect();
        urns.dedup();
        let people = theirs.iter().map(|(_, own)| own.charged.party.name());
        Some(HeardWith {
            case_id: first.case_id,
            urns,
            people: people.collect(),
            time: at.starts_at.clock(),
            courtroom: at.courtroom_name.clone(),
            kind: at.kind.clone(),
        })
    });
    Ok(shown.collect())
}

/// Who counts as one person with somebody of another case before the court, each but the first of
/// them, and what was made of both.
pub(super) async fn as_one(app: &App, room: &Room) -> Result<Vec<CountsAsOne>, Error> {
    let hearing = &room.hearing;
    let closed = hearing.shared.is_some() && hearing.amendment.is_none();
    if room.cases.len() < 2 || closed || hearing.state == HearingState::Vacated {
        return Ok(Vec::new());
    }
    let mut documents = Vec::new();
    if hearing.shared.is_some() {
        let ids = app.index.documents_of_hearing(hearing.id).await?;
        documents = app.ledger.documents(&ids).await?;
        documents.retain(|own| own.superseded.is_none());
    }
    let sat = room.as_sitting();
    let mut seen: Vec<&DefendantState> = Vec::new();
    let mut all = Vec::new();
    for (case, own) in sat.defendants() {
        let is_first = !seen
            .iter()
            .any(|one| is_same_person(&one.charged, &own.charged));
        seen.push(own);
        let theirs: Vec<_> = others(&sat, own).collect();
        if is_first || theirs.is_empty() {
            continue;
        }
        let names_both = |document: &&Document| {
            let names = |id| document.parties().any(|party| party.defendant_id == id);
            let mut theirs = theirs.iter();
            names(own.charged.id) && theirs.any(|(_, other)| names(other.charged.id))
        };
        all.push(CountsAsOne {
            defendant_id: own.charged.id,
            name: own.charged.party.name(),
            urn: case.urn.clone(),
            others: theirs.iter().map(|(case, _)| case.urn.clone()).collect(),
            documents: documents.iter().filter(names_both).map(sent).collect(),
        });
    }
    Ok(all)
}

/// A document and to whom it went.
fn sent(document: &Document) -> String {
    let to = document.deliveries.iter();
    let mut to: Vec<&str> = to.map(|own| own.request.name.as_str()).collect();
    to.dedup();
    format!("{}: {}", document.name, to.join(", "))
}
