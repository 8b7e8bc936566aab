//! The hearings that shared results make: an adjournment, a remand or a sending
//! names court and day, and the case is listed there in the same transaction.
//! A hearing whose day is still to be fixed is listed later, by listing.

use super::{Room, joined, known::Known};
use crate::{
    App, Error,
    ports::{Expected, StreamAppend},
};
use domain::{
    Event, Stream, StreamKind,
    account::{Court, Organisation},
    case::CaseEvent,
    hearing::{Hearing, HearingEvent, HearingParty, NextListed, vacate},
    result::{Finding, JudicialResult, NextHearing},
};
use vocabulary::{
    CaseId, CourtId, CourtroomId, DefendantId, HearingId, Instant, Severity, fold_name,
};

/// The time of a hearing for which the court named none.
const USUAL_TIME: (i8, i8) = (10, 0);

/// What shared results do to the list: hearings that come into it, those of an
/// earlier version that stay, and those that leave it.
pub(super) struct Calendar {
    new: Vec<Listed>,
    stays: Vec<NextListed>,
    vacated: Vec<Hearing>,
    /// For whoever else was to be heard in those: they are listed again as they were.
    again: Vec<Listed>,
}

impl Calendar {
    /// The hearings that the results now list.
    pub(super) fn listed(&self) -> Vec<NextListed> {
        let new = self.new.iter().map(Listed::kept);
        self.stays.iter().cloned().chain(new).collect()
    }

    /// What it means for one case.
    pub(super) fn for_case(&self, case: CaseId) -> Vec<CaseEvent> {
        let left = self
            .vacated
            .iter()
            .filter(|hearing| hearing.parties.iter().any(|party| party.case_id == case))
            .map(|hearing| CaseEvent::HearingVacated {
                hearing_id: hearing.id,
                kind: hearing.kind.clone(),
                day: hearing.starts_at.day(),
                time: hearing.starts_at.clock(),
            });
        let new = self.new.iter().chain(&self.again);
        let new = new.filter_map(|next| next.for_case(case));
        new.chain(left).collect()
    }

    /// What is recorded of each hearing, because the results of `amended` say so; and of each case
    /// that is heard with one of its cases, and is none of its own.
    pub(super) fn streams(&self, amended: &Room) -> Vec<StreamAppend> {
        let all = self.new.iter().chain(&self.again);
        let new = all.map(|next| StreamAppend {
            stream: Stream::new(StreamKind::Hearing, next.id.0),
            expected: Expected::New,
            key: next.id.0,
            events: vec![Event::Hearing(next.event.clone())],
        });
        let left = self.vacated.iter().map(|hearing| StreamAppend {
            stream: Stream::new(StreamKind::Hearing, hearing.id.0),
            expected: Expected::Version(hearing.version),
            key: hearing.id.0,
            events: vacate(hearing, amended.hearing.id)
                .into_iter()
                .map(Event::Hearing)
                .collect(),
        });
        let own = |case: &CaseId| amended.cases.iter().any(|own| own.id == *case);
        let parties = self.again.iter().flat_map(|next| &next.parties);
        let mut others: Vec<CaseId> = parties.map(|party| party.case_id).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|case| !own(case));
        let others = others.into_iter().map(|case| StreamAppend {
            stream: Stream::new(StreamKind::Case, case.0),
            expected: Expected::Any,
            key: case.0,
            events: self.for_case(case).into_iter().map(Event::Case).collect(),
        });
        new.chain(left).chain(others).collect()
    }
}

/// Works the list out for results that are about to be shared.
pub(super) async fn calendar(
    app: &App,
    room: &Room,
    results: &[JudicialResult],
) -> Result<Calendar, Error> {
    let known = app.index.directory().await?;
    let mut new = listed(app, room, results, &known.organisations);
    let mut stays = Vec::new();
    let mut vacated = Vec::new();
    let mut again = Vec::new();
    let before = room.hearing.shared.iter().flat_map(|s| &s.listed);
    for earlier in before {
        if let Some(at) = new.iter().position(|next| next.is(earlier)) {
            new.remove(at);
            stays.push(earlier.clone());
            continue;
        }
        let mut begun = false;
        for hearing in heard_for(app, earlier).await? {
            if vacate(&hearing, room.hearing.id).is_empty() {
                begun = true;
                continue;
            }
            joined::nothing_typed(app, &hearing).await?;
            again.extend(the_rest(app, &hearing, &earlier.defendants));
            vacated.push(hearing);
        }
        // What has begun is not undone.
        if begun {
            stays.push(earlier.clone());
        }
    }
    Ok(Calendar {
        new,
        stays,
        vacated,
        again,
    })
}

/// How often in a row a hearing is heard in another one before nobody follows any more.
const MOST_IN_A_ROW: usize = 20;

/// The hearing in which what this one was listed for is heard now: cases may have been taken
/// into another one of that day.
pub(super) async fn heard_in(app: &App, id: HearingId) -> Result<Option<Hearing>, Error> {
    let mut hearing = app.ledger.hearing(id).await?;
    for _ in 0..MOST_IN_A_ROW {
        let Some(into) = hearing.as_ref().and_then(|own| own.heard_in) else {
            break;
        };
        hearing = app.ledger.hearing(into).await?;
    }
    Ok(hearing)
}

/// The hearings in which those are heard now for whom one was listed: cases that were listed in it
/// together may have been taken apart since.
async fn heard_for(app: &App, listed: &NextListed) -> Result<Vec<Hearing>, Error> {
    let mut wait = vec![listed.hearing_id];
    let mut found: Vec<Hearing> = Vec::new();
    for _ in 0..MOST_IN_A_ROW {
        let Some(id) = wait.pop() else {
            break;
        };
        let Some(hearing) = heard_in(app, id).await? else {
            continue;
        };
        if found.iter().all(|own| own.id != hearing.id) {
            wait.extend(&hearing.parted);
            found.push(hearing);
        }
    }
    let theirs = |own: &Hearing| listed.defendants.iter().any(|one| own.concerns(*one));
    found.retain(theirs);
    Ok(found)
}

/// The same hearing for whoever else was to be heard in it: it leaves the list for those whose
/// results no longer name it, and for nobody else.
fn the_rest(app: &App, hearing: &Hearing, gone: &[DefendantId]) -> Option<Listed> {
    let parties = hearing.parties.iter();
    let stays: Vec<HearingParty> = parties
        .filter(|party| !gone.contains(&party.defendant_id))
        .copied()
        .collect();
    if stays.is_empty() {
        return None;
    }
    let id = HearingId(app.chance.id());
    Some(Listed {
        id,
        event: HearingEvent::HearingListed {
            hearing_id: id,
            jurisdiction: hearing.jurisdiction,
            kind: hearing.kind.clone(),
            court_id: hearing.court_id,
            court_name: hearing.court_name.clone(),
            courtroom_id: hearing.courtroom_id,
            courtroom_name: hearing.courtroom_name.clone(),
            starts_at: hearing.starts_at,
            parties: stays.clone(),
        },
        added: Added {
            kind: hearing.kind.clone(),
            court: format!("{}, {}", hearing.court_name, hearing.courtroom_name),
            court_id: hearing.court_id,
            courtroom: hearing.courtroom_id,
            starts_at: hearing.starts_at,
        },
        parties: stays,
    })
}

/// A hearing to be listed.
struct Listed {
    id: HearingId,
    event: HearingEvent,
    added: Added,
    parties: Vec<HearingParty>,
}

struct Added {
    kind: String,
    court: String,
    court_id: CourtId,
    courtroom: CourtroomId,
    starts_at: Instant,
}

impl Listed {
    fn kept(&self) -> NextListed {
        NextListed {
            hearing_id: self.id,
            courtroom_id: self.added.courtroom,
            kind: self.added.kind.clone(),
            starts_at: self.added.starts_at,
            defendants: self.parties.iter().map(|p| p.defendant_id).collect(),
        }
    }

    /// Whether an earlier version listed the same.
    fn is(&self, earlier: &NextListed) -> bool {
        let own = self.kept();
        NextListed {
            hearing_id: earlier.hearing_id,
            ..own
        } == *earlier
    }

    /// What it means for one case, if that case is in it.
    fn for_case(&self, case: CaseId) -> Option<CaseEvent> {
        self.parties
            .iter()
            .any(|party| party.case_id == case)
            .then(|| CaseEvent::HearingAdded {
                hearing_id: self.id,
                kind: self.added.kind.clone(),
                court: self.added.court.clone(),
                day: self.added.starts_at.day(),
                time: self.added.starts_at.clock(),
                court_id: Some(self.added.court_id),
            })
    }
}

/// One hearing for each court, room and time that the results name.
fn listed(
    app: &App,
    room: &Room,
    results: &[JudicialResult],
    organisations: &[Organisation],
) -> Vec<Listed> {
    let mut wanted: Vec<(&NextHearing, Vec<DefendantId>)> = Vec::new();
    for result in results {
        let Some(next) = result
            .next_hearing
            .as_ref()
            .filter(|next| next.day.is_some())
        else {
            continue;
        };
        match wanted
            .iter_mut()
            .find(|(known, _)| same_place_and_time(known, next))
        {
            Some((_, defendants)) if defendants.contains(&result.defendant) => {}
            Some((_, defendants)) => defendants.push(result.defendant),
            None => wanted.push((next, vec![result.defendant])),
        }
    }
    wanted
        .into_iter()
        .filter_map(|(next, defendants)| list(app, room, next, &defendants, organisations))
        .collect()
}

/// The hearings that were listed by results shared before, and in which results are typed already.
pub(super) async fn typed_ahead(
    app: &App,
    room: &Room,
) -> Result<Vec<(NextListed, Hearing)>, Error> {
    let mut found = Vec::new();
    for earlier in room.hearing.shared.iter().flat_map(|s| &s.listed) {
        for hearing in heard_for(app, earlier).await? {
            if !vacate(&hearing, room.hearing.id).is_empty()
                && joined::is_typed_in(app, &hearing).await?
            {
                found.push((earlier.clone(), hearing));
            }
        }
    }
    Ok(found)
}

/// What is typed in a hearing that the results list no more: it would be found nowhere.
pub(super) fn strands(
    app: &App,
    room: &Room,
    results: &[JudicialResult],
    known: &Known,
) -> Vec<Finding> {
    if known.typed_ahead.is_empty() {
        return Vec::new();
    }
    let listed = listed(app, room, results, &known.organisations);
    let left = known.typed_ahead.iter().filter_map(|(earlier, hearing)| {
        let stays = listed.iter().any(|next| next.is(earlier));
        let defendant = *earlier.defendants.first().filter(|_| !stays)?;
        Some(Finding {
            line: None,
            defendant,
            offence: None,
            severity: Severity::Blocks,
            code: "typed_in_next_hearing".to_owned(),
            message: joined::typed_there(hearing),
            hint: joined::SHARE_OR_CLEAR.to_owned(),
            field: None,
            source: None,
        })
    });
    left.collect()
}

/// What a next hearing names that is not known here: of a court that nobody here knows the case
/// is in no list, and of a room that is not there it would be in the list of another.
pub(super) fn not_listed(
    results: &[JudicialResult],
    organisations: &[Organisation],
) -> Vec<Finding> {
    let finding = |result: &JudicialResult, severity, code: &str, message, hint| Finding {
        line: Some(result.line),
        defendant: result.defendant,
        offence: result.offence,
        severity,
        code: code.to_owned(),
        message,
        hint,
        field: None,
        source: None,
    };
    let of = |result: &JudicialResult| {
        let next = result.next_hearing.as_ref()?;
        next.day?;
        if next.court.trim().is_empty() {
            return None;
        }
        let Some(court) = court_named(&next.court, organisations) else {
            return Some(finding(
                result,
                Severity::Warns,
                "next_hearing_in_no_list",
                format!(
                    "\u{201c}{}\u{201d} keeps no list here, so the next hearing is in none.",
                    next.court.trim()
                ),
                "Choose a court that is known here, or ask that court to list it.".to_owned(),
            ));
        };
        let room = typed_room(next)?;
        if room_of(court, &room).is_some() {
            return None;
        }
        let rooms: Vec<&str> = court.rooms.iter().map(|(_, name)| name.as_str()).collect();
        Some(finding(
            result,
            Severity::Blocks,
            "no_such_courtroom",
            format!(
                "{} has no courtroom \u{201c}{}\u{201d}.",
                next.court.trim(),
                next.courtroom.as_deref().unwrap_or_default().trim()
            ),
            format!(
                "Choose one of these: {}; or leave the room out.",
                rooms.join("; ")
            ),
        ))
    };
    results.iter().filter_map(of).collect()
}

fn court_named<'a>(name: &str, organisations: &'a [Organisation]) -> Option<&'a Court> {
    let name = fold_name(name);
    let mut courts = organisations.iter().filter(|o| fold_name(&o.name) == name);
    courts.find_map(|house| house.court.as_ref())
}

/// A room as it was typed, by name or by number.
fn typed_room(next: &NextHearing) -> Option<String> {
    let typed = fold_name(next.courtroom.as_deref()?);
    (!typed.is_empty()).then_some(typed)
}

fn room_of<'a>(court: &'a Court, typed: &str) -> Option<&'a (CourtroomId, String)> {
    court.rooms.iter().find(|(_, name)| {
        let name = fold_name(name);
        name == typed || name.ends_with(&format!(" {typed}"))
    })
}

fn same_place_and_time(one: &NextHearing, other: &NextHearing) -> bool {
    fold_name(&one.court) == fold_name(&other.court)
        && one.courtroom == other.courtroom
        && one.day == other.day
        && one.time == other.time
}

/// The hearing, if the court is one of this system's.
fn list(
    app: &App,
    room: &Room,
    next: &NextHearing,
    defendants: &[DefendantId],
    organisations: &[Organisation],
) -> Option<Listed> {
    let name = fold_name(&next.court);
    let house = organisations
        .iter()
        .find(|o| o.court.is_some() && fold_name(&o.name) == name)?;
    let court = house.court.as_ref()?;
    // Without a room it is the first one.
    let typed = typed_room(next);
    let (courtroom_id, courtroom_name) = typed
        .and_then(|typed| room_of(court, &typed))
        .or_else(|| court.rooms.first())?;
    let starts_at = starts_at(next)?;
    let parties: Vec<HearingParty> = room
        .hearing
        .parties
        .iter()
        .filter(|party| defendants.contains(&party.defendant_id))
        .copied()
        .collect();
    let id = HearingId(app.chance.id());
    let kind = next
        .hearing_type
        .clone()
        .unwrap_or_else(|| "Hearing".to_owned());
    Some(Listed {
        id,
        event: HearingEvent::HearingListed {
            hearing_id: id,
            jurisdiction: court.jurisdiction,
            kind: kind.clone(),
            court_id: court.id,
            court_name: house.name.clone(),
            courtroom_id: *courtroom_id,
            courtroom_name: courtroom_name.clone(),
            starts_at,
            parties: parties.clone(),
        },
        added: Added {
            kind,
            court: format!("{}, {courtroom_name}", house.name),
            court_id: court.id,
            courtroom: *courtroom_id,
            starts_at,
        },
        parties,
    })
}

/// When a hearing begins that results name; none, if its day is not fixed.
pub(crate) fn starts_at(next: &NextHearing) -> Option<Instant> {
    let (hour, minute) = next.time.as_deref().and_then(clock).unwrap_or(USUAL_TIME);
    Some(next.day?.at(hour, minute))
}

fn clock(text: &str) -> Option<(i8, i8)> {
    let (hour, minute) = text.split_once(':')?;
    Some((hour.parse().ok()?, minute.parse().ok()?))
}
