//! Cases of one person that are listed apart at one court on one day, heard together: then their
//! sentences are held against the law as one occasion, and what is ordered is on one document.

use super::{Room, apart, log::recorded, present};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::veil::{Shown, over},
    ports::{Append, Expected, StreamAppend},
    relation,
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{AlsoListed, AlsoListedView, HearTogether, OtherHearing, Recorded},
};
use domain::{
    Event, Stream, StreamKind,
    case::{
        Case, CaseEvent, Defendant, DefendantState, are_told_apart, confirm_same_person,
        is_same_person, may_be_same_person,
    },
    hearing::{Hearing, HearingEvent, join},
};
use vocabulary::{CaseId, HearingId, name_keys};

#[async_trait]
impl UseCase for AlsoListed {
    /// Those that this person may take into the hearing, and what may be taken out of it again.
    async fn answer(self, app: &App, who: &Caller) -> Result<AlsoListedView, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::HearTogether, self.hearing_id).await?;
        let cases = cases_of_theirs(app, person, &room).await?;
        let mut ids: Vec<HearingId> = cases
            .iter()
            .flat_map(|case| &case.hearings)
            .copied()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut hearings = app.ledger.hearings(&ids).await?;
        hearings.retain(|other| join(&room.hearing, other).is_ok());
        hearings.sort_by_key(|other| (other.starts_at, other.id));
        let mut hearings: Vec<OtherHearing> = hearings
            .iter()
            .filter_map(|other| shown(&room, other, &cases))
            .collect();
        hearings.sort_by_key(|other| other.people.is_empty());
        Ok(AlsoListedView {
            hearings,
            parts: apart::parts(app, &room).await?,
            as_one: apart::as_one(app, &room).await?,
        })
    }
}

#[async_trait]
impl UseCase for HearTogether {
    /// The other hearing leaves the list, and its cases come into this one.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::HearTogether, self.hearing_id).await?;
        let other = Room::enter_to(app, person, Action::HearTogether, self.other_id).await?;
        room.at_version(self.version)?;
        let (here, there) = join(&room.hearing, &other.hearing)?;
        let mut confirmed = Vec::new();
        if people(&room, other.defendants(), is_same_person).is_empty() {
            let reason = self.reason.as_deref().unwrap_or_default();
            confirmed = one_person(&room, &other, reason)?;
        }
        nothing_typed(app, &other.hearing).await?;

        let version = room.hearing.version + here.len() as u64;
        let mut streams = vec![stream(&room.hearing, here), stream(&other.hearing, there)];
        streams.extend(
            other
                .cases
                .iter()
                .map(|case| moved(&room, &other, case, of_case(&confirmed, case))),
        );
        // What told them apart may stand in a case of this hearing.
        let here = room.cases.iter();
        let here = here.filter(|case| other.cases.iter().all(|own| own.id != case.id));
        streams.extend(here.filter_map(|case| {
            let own = of_case(&confirmed, case);
            (!own.is_empty()).then(|| of(case, own))
        }));
        let append = Append {
            command: who.command,
            moment: person.moment(app.chance.now()),
            streams,
            answer: serde_json::to_value(Recorded { version })?,
        };
        recorded(app, append).await
    }
}

/// The cases, besides those of the hearing, in which somebody of it is charged and which are
/// listed on its day, as far as the person may open them.
async fn cases_of_theirs(app: &App, person: &SignedIn, room: &Room) -> Result<Vec<Case>, Error> {
    let mut ids: Vec<CaseId> = Vec::new();
    for (_, defendant) in room.defendants() {
        let party = &defendant.charged.party;
        let Some(born) = party.date_of_birth() else {
            continue;
        };
        let sounds = name_keys(&party.name());
        let found = app.index.candidates_by_name(room.day(), &sounds).await?;
        let theirs = found.iter().filter(|one| one.date_of_birth == Some(born));
        ids.extend(theirs.map(|one| one.case_id));
    }
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| room.cases.iter().all(|case| case.id != *id));
    let mut cases = app.ledger.cases(&ids).await?;
    cases.retain(|case| {
        let facts = relation::to_case(person, case);
        relation::may(app, person, Action::ViewCase, &facts).allowed
            && over(app, person, case) == Shown::Whole
    });
    Ok(cases)
}

/// Another hearing, if somebody is before the court in both and all of its cases may be shown.
fn shown(room: &Room, other: &Hearing, cases: &[Case]) -> Option<OtherHearing> {
    let mut theirs: Vec<(&Case, &DefendantState)> = Vec::new();
    for party in &other.parties {
        let case = cases.iter().find(|case| case.id == party.case_id)?;
        theirs.push((case, case.defendant(party.defendant_id)?));
    }
    let mut urns: Vec<_> = theirs.iter().map(|(case, _)| case.urn.clone()).collect();
    urns.dedup();
    let certain = people(room, theirs.iter().copied(), is_same_person);
    let possible = people(room, theirs.iter().copied(), may_be_same_person);
    let told_apart = !people(room, theirs, are_told_apart).is_empty();
    (!certain.is_empty() || !possible.is_empty()).then(|| OtherHearing {
        hearing_id: other.id,
        time: other.starts_at.clock(),
        courtroom: other.courtroom_name.clone(),
        kind: other.kind.clone(),
        urns,
        people: certain,
        possible,
        told_apart,
    })
}

/// What the cases of the other hearing record of who is one person in both, as whoever takes
/// them along says.
fn one_person(room: &Room, other: &Room, reason: &str) -> Result<Vec<(CaseId, CaseEvent)>, Error> {
    let mut confirmed = Vec::new();
    for (case, theirs) in other.defendants() {
        let mut here = room.defendants();
        let may_be = |own: &&DefendantState| may_be_same_person(&own.charged, &theirs.charged);
        if let Some(ours) = here.find_map(|(_, own)| Some(own).filter(may_be)) {
            let told = confirm_same_person(&theirs.charged, &ours.charged, reason)?;
            // The second of them is of the case of this hearing.
            let whose = std::iter::once(case.id).chain(case_of(room, ours));
            confirmed.extend(whose.zip(told));
        }
    }
    if confirmed.is_empty() {
        return Err(Problem::new(
            Code::Refused,
            "Nobody is before the court in both hearings.",
            "Compare name, date of birth, police number and address in both cases.",
        )
        .into());
    }
    Ok(confirmed)
}

/// The case of somebody before the court.
fn case_of(room: &Room, own: &DefendantState) -> Option<CaseId> {
    room.defendant(own.charged.id).map(|(case, _)| case.id)
}

/// What one of the cases records of them.
fn of_case(confirmed: &[(CaseId, CaseEvent)], case: &Case) -> Vec<CaseEvent> {
    let own = confirmed.iter().filter(|(id, _)| *id == case.id);
    own.map(|(_, event)| event.clone()).collect()
}

/// The names of those of the others who are, or may be, somebody of the hearing.
fn people<'a>(
    room: &Room,
    others: impl IntoIterator<Item = (&'a Case, &'a DefendantState)>,
    are_one: impl Fn(&Defendant, &Defendant) -> bool,
) -> Vec<String> {
    let here = |own: &DefendantState| {
        let mut all = room.defendants();
        all.any(|(_, one)| are_one(&one.charged, &own.charged))
    };
    let others = others.into_iter();
    let mut names: Vec<String> = others
        .filter(|(_, own)| here(own))
        .map(|(_, own)| own.charged.party.name())
        .collect();
    names.dedup();
    names
}

/// What to do about results that are typed in a hearing that would leave the list.
pub(super) const SHARE_OR_CLEAR: &str =
    "Open that hearing: share what is typed there, or clear it, then try again.";

/// That results are typed in a hearing that would leave the list.
pub(super) fn typed_there(other: &Hearing) -> String {
    format!(
        "Results are being typed in the hearing of {} at {}, which would leave the list.",
        other.starts_at.day().in_words(),
        other.starts_at.clock()
    )
}

/// Whether anything is typed in a hearing.
pub(super) async fn is_typed_in(app: &App, hearing: &Hearing) -> Result<bool, Error> {
    let kept = app.work.draft(hearing.id).await?;
    let words = present::unresolved(kept.as_ref());
    let lines = kept.map_or_else(Vec::new, |kept| kept.lines);
    Ok(!lines.is_empty() || words.iter().any(|own| !own.text.trim().is_empty()))
}

/// What somebody typed in a hearing that leaves the list would be found nowhere any more.
pub(super) async fn nothing_typed(app: &App, other: &Hearing) -> Result<(), Error> {
    if !is_typed_in(app, other).await? {
        return Ok(());
    }
    Err(
        Problem::new(Code::Refused, typed_there(other), SHARE_OR_CLEAR)
            .because("Nothing was changed, and nothing typed is lost.")
            .into(),
    )
}

pub(super) fn stream(hearing: &Hearing, events: Vec<HearingEvent>) -> StreamAppend {
    StreamAppend {
        stream: Stream::new(StreamKind::Hearing, hearing.id.0),
        expected: Expected::Version(hearing.version),
        key: hearing.id.0,
        events: events.into_iter().map(Event::Hearing).collect(),
    }
}

/// What a case of the other hearing records: where it is listed now, and where no longer. A case
/// that was in both already only loses the second hearing.
fn moved(room: &Room, other: &Room, case: &Case, confirmed: Vec<CaseEvent>) -> StreamAppend {
    let (into, from) = (&room.hearing, &other.hearing);
    let mut events = confirmed;
    if room.cases.iter().all(|own| own.id != case.id) {
        events.push(added(into));
    }
    events.push(CaseEvent::HearingVacated {
        hearing_id: from.id,
        kind: from.kind.clone(),
        day: from.starts_at.day(),
        time: from.starts_at.clock(),
    });
    of(case, events)
}

/// What a case records.
pub(super) fn of(case: &Case, events: Vec<CaseEvent>) -> StreamAppend {
    StreamAppend {
        stream: Stream::new(StreamKind::Case, case.id.0),
        expected: Expected::Version(case.version),
        key: case.id.0,
        events: events.into_iter().map(Event::Case).collect(),
    }
}

/// That a case is listed for a hearing.
pub(super) fn added(hearing: &Hearing) -> CaseEvent {
    CaseEvent::HearingAdded {
        hearing_id: hearing.id,
        kind: hearing.kind.clone(),
        court: format!("{}, {}", hearing.court_name, hearing.courtroom_name),
        day: hearing.starts_at.day(),
        time: hearing.starts_at.clock(),
        court_id: Some(hearing.court_id),
    }
}
