//! The next hearings that a document prints, and as a phrase of its text, in English and in
//! Welsh. The tables of their particulars are not made here.

use contract::document::{NextHearing, Tongue};
use domain::result::JudicialResult;
use vocabulary::Day;

/// Each next hearing once, the earliest first; one whose day is still to be fixed last.
pub(super) fn next_hearings<'a>(
    printed: impl Iterator<Item = &'a JudicialResult>,
) -> Vec<NextHearing> {
    let mut all: Vec<NextHearing> = Vec::new();
    for next in printed.filter_map(next_hearing) {
        if !all.contains(&next) {
            all.push(next);
        }
    }
    let when = |next: &NextHearing| {
        let day = next.day.or(next.week_commencing);
        (day.is_none(), day, next.time.clone())
    };
    all.sort_by_key(when);
    all
}

fn next_hearing(result: &JudicialResult) -> Option<NextHearing> {
    let next = result.next_hearing.as_ref()?;
    Some(NextHearing {
        court: next.court.clone(),
        address: next.address.clone(),
        room: next.courtroom.clone(),
        day: next.day,
        time: next.time.clone(),
        week_commencing: next.week_commencing,
        hearing_type: next.hearing_type.clone(),
        notes: if next.to_be_fixed {
            vec!["The court will write with the day and time.".to_owned()]
        } else {
            Vec::new()
        },
    })
}

/// Every next hearing, one after the other.
pub(super) fn phrases(all: &[NextHearing], tongue: Tongue) -> String {
    let each: Vec<String> = all.iter().map(|next| phrase(next, tongue)).collect();
    each.join(if tongue == Tongue::Welsh {
        "; a hefyd "
    } else {
        "; and also "
    })
}

/// Day, time, court and room in one phrase. What was typed in court, as the name of the
/// court, stays as it was typed.
fn phrase(next: &NextHearing, tongue: Tongue) -> String {
    let welsh = tongue == Tongue::Welsh;
    let day = |day: Day| {
        if welsh {
            day.in_welsh()
        } else {
            day.in_words()
        }
    };
    let mut phrase = match (next.day, &next.time, next.week_commencing) {
        (Some(on), Some(time), _) => {
            format!("{} {} {time}", day(on), if welsh { "am" } else { "at" })
        }
        (Some(on), None, _) => day(on),
        (None, _, Some(week)) if welsh => {
            format!("yn yr wythnos sy'n dechrau ar {}", day(week))
        }
        (None, _, Some(week)) => format!("in the week beginning {}", day(week)),
        (None, _, None) if welsh => "ar ddyddiad i'w bennu".to_owned(),
        (None, _, None) => "on a day to be fixed".to_owned(),
    };
    if !next.court.is_empty() {
        phrase.push_str(", ");
        phrase.push_str(&next.court);
    }
    if let Some(room) = &next.room {
        // A room known by its number alone would read as part of an address.
        let number = room.chars().all(|c| c.is_ascii_digit());
        phrase.push_str(match (number, welsh) {
            (false, _) => ", ",
            (true, false) => ", courtroom ",
            (true, true) => ", ystafell llys ",
        });
        phrase.push_str(room);
    }
    phrase
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(day: Option<&str>, room: &str) -> NextHearing {
        NextHearing {
            court: "Ashmere Magistrates' Court".to_owned(),
            address: vec!["1 Castle Street".to_owned()],
            room: Some(room.to_owned()),
            day: day.map(|day| day.parse::<Day>().unwrap()),
            time: Some("10:00".to_owned()),
            week_commencing: None,
            hearing_type: None,
            notes: Vec::new(),
        }
    }

    #[test]
    fn several_hearings_are_all_said() {
        let all = [next(Some("2026-12-02"), "1"), next(None, "2")];
        let said = phrases(&all, Tongue::English);
        let (first, second) = said.split_once("; and also ").expect("both");
        assert!(first.starts_with("2 December 2026 at 10:00"));
        assert!(second.starts_with("on a day to be fixed"));
        assert_eq!(phrases(&[], Tongue::Welsh), "");
    }

    #[test]
    fn a_room_that_is_a_number_is_called_a_courtroom() {
        let numbered = next(Some("2026-12-02"), "1");
        assert_eq!(
            phrase(&numbered, Tongue::English),
            "2 December 2026 at 10:00, Ashmere Magistrates' Court, courtroom 1"
        );
        let named = next(Some("2026-12-02"), "Courtroom 1");
        assert_eq!(
            phrase(&named, Tongue::English),
            "2 December 2026 at 10:00, Ashmere Magistrates' Court, Courtroom 1"
        );
    }

    #[test]
    fn the_welsh_phrase_has_no_english_words_of_ours() {
        let known = next(Some("2026-12-02"), "1");
        assert_eq!(
            phrase(&known, Tongue::Welsh),
            "2 Rhagfyr 2026 am 10:00, Ashmere Magistrates' Court, ystafell llys 1"
        );
        let open = phrase(&next(None, "Courtroom 1"), Tongue::Welsh);
        assert!(open.starts_with("ar ddyddiad i'w bennu, "), "{open}");
    }
}
