//! What was heard together is taken apart again: two people of one name were taken for one, or the
//! court hears the cases one by one after all. Only while nothing is shared: what was ordered at
//! one hearing was ordered there, and is put right by amending it.

use super::{Hearing, HearingEvent, HearingParty};
use crate::{Refusal, words::said};
use vocabulary::{HearingId, HearingState};

/// The longest reason.
const LONGEST: usize = 250;

/// Decides that some of those who are before the court are heard in another hearing: what this
/// one records.
///
/// # Errors
/// If they are not before the court, nobody would be left, results are shared, the hearing is not
/// in the list, or no reason is given.
pub fn take_apart(
    hearing: &Hearing,
    leaving: &[HearingParty],
    into: HearingId,
    reason: &str,
) -> Result<HearingEvent, Refusal> {
    if hearing.shared.is_some() {
        return Err(Refusal::new(
            "already_shared",
            "Results of this hearing are shared: what was ordered at one hearing stays there.",
            "Amend the results, and say there that they are two people: the documents that name \
             both are made again, one for each.",
        ));
    }
    let before = |own: &HearingParty| hearing.parties.contains(own);
    let all_here = !leaving.is_empty() && leaving.iter().all(before);
    if hearing.state == HearingState::Vacated || !all_here {
        return Err(Refusal::new(
            "not_heard_here",
            "That case is not before the court in this hearing.",
            "Look at the hearing again: somebody else may have taken it apart.",
        ));
    }
    if hearing.parties.iter().all(|own| leaving.contains(own)) {
        return Err(Refusal::new(
            "nobody_left",
            "Nobody would be left in this hearing.",
            "Take the other case out of it.",
        ));
    }
    let reason = said(reason);
    if reason.is_empty() || reason.chars().count() > LONGEST {
        return Err(Refusal::new(
            "reason_needed",
            format!("A reason of at most {LONGEST} characters is needed."),
            "Say why the cases are heard apart.",
        ));
    }
    Ok(HearingEvent::CasesTakenApart {
        into,
        parties: leaving.to_vec(),
        reason,
    })
}

/// What the hearing records into which they go: that it is in the list again, if it had left
/// that for this one, and how those attended who are heard there now.
#[must_use]
pub fn list_again(
    hearing: &Hearing,
    again: Option<&Hearing>,
    leaving: &[HearingParty],
) -> Vec<HearingEvent> {
    let listed = again.map(|_| HearingEvent::ListedAgain { from: hearing.id });
    let attended = leaving.iter().filter_map(|own| {
        let attendance = hearing.attendance_of(own.defendant_id)?;
        let known = again.and_then(|again| again.attendance_of(own.defendant_id));
        (known != Some(attendance)).then_some(HearingEvent::AttendanceRecorded {
            defendant_id: own.defendant_id,
            attendance,
        })
    });
    listed.into_iter().chain(attended).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hearing::join;
    use vocabulary::{
        Attendance, CaseId, CourtId, CourtroomId, DefendantId, Instant, Jurisdiction,
    };

    fn id<T: std::str::FromStr>(n: u32) -> T {
        match format!("00000000-0000-7000-8000-{n:012x}").parse() {
            Ok(id) => id,
            Err(_) => panic!("{n} made no id"),
        }
    }

    fn at(hour: i8) -> Instant {
        "2026-11-20".parse::<vocabulary::Day>().unwrap().at(hour, 0)
    }

    fn party(n: u32) -> HearingParty {
        HearingParty {
            case_id: id::<CaseId>(n),
            defendant_id: id::<DefendantId>(100 + n),
        }
    }

    fn listed(n: u32, hour: i8) -> Hearing {
        let listed = HearingEvent::HearingListed {
            hearing_id: id(n),
            jurisdiction: Jurisdiction::Magistrates,
            kind: "First hearing".to_owned(),
            court_id: id::<CourtId>(900),
            court_name: "Northbridge".to_owned(),
            courtroom_id: id::<CourtroomId>(901),
            courtroom_name: "Courtroom 1".to_owned(),
            starts_at: at(hour),
            parties: vec![party(n)],
        };
        Hearing::fold(None, &listed, at(9), "").unwrap()
    }

    fn after(hearing: Hearing, events: &[HearingEvent]) -> Hearing {
        events.iter().fold(hearing, |own, event| {
            Hearing::fold(Some(own), event, at(9), "").unwrap()
        })
    }

    fn heard_together() -> (Hearing, Hearing) {
        let (one, two) = (listed(1, 10), listed(2, 11));
        let (here, there) = join(&one, &two).unwrap();
        (after(one, &here), after(two, &there))
    }

    #[test]
    fn what_was_heard_together_is_two_hearings_again_as_they_were() {
        let (one, two) = heard_together();
        let present = HearingEvent::AttendanceRecorded {
            defendant_id: party(2).defendant_id,
            attendance: Attendance::InPerson,
        };
        let one = after(one, &[present]);
        let parted = take_apart(&one, &[party(2)], two.id, " Two cousins. ").unwrap();
        let again = list_again(&one, Some(&two), &[party(2)]);
        let (one, two) = (after(one, &[parted]), after(two, &again));
        assert_eq!(one.parties, [party(1)]);
        assert!(one.attendance.is_empty());
        assert_eq!(one.parted, [two.id]);
        assert_eq!((two.state, two.heard_in), (HearingState::Listed, None));
        assert_eq!(
            (two.parties.as_slice(), two.starts_at),
            ([party(2)].as_slice(), at(11))
        );
        // How somebody attended that day is known there as well.
        let attended = two.attendance_of(party(2).defendant_id);
        assert_eq!(attended, Some(Attendance::InPerson));
        // Together once more, they are nowhere apart.
        let (here, _) = join(&one, &two).unwrap();
        assert!(after(one, &here).parted.is_empty());
    }

    #[test]
    fn nobody_leaves_without_a_reason_or_to_leave_nobody_or_from_where_they_are_not() {
        let (one, two) = heard_together();
        let code = |leaving: &[HearingParty], reason: &str| {
            take_apart(&one, leaving, two.id, reason).unwrap_err().code
        };
        assert_eq!(code(&[party(2)], " \u{200b} "), "reason_needed");
        assert_eq!(code(&[party(2)], "a".repeat(251).as_str()), "reason_needed");
        assert_eq!(code(&[party(1), party(2)], "Two cousins."), "nobody_left");
        assert_eq!(code(&[party(3)], "Two cousins."), "not_heard_here");
        assert_eq!(code(&[], "Two cousins."), "not_heard_here");
        assert!(take_apart(&two, &[party(2)], one.id, "Two cousins.").is_err());
    }
}
