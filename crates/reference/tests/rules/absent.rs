//! An interim order against somebody who is not in court.

use super::{court::line, one, said};
use vocabulary::Attendance;

#[test]
fn an_interim_order_against_somebody_who_is_not_in_court_says_until_when_it_is_handed_over() {
    let lines = [line(
        "CRIMBI",
        1,
        &[("prohibitions", "Not to enter Quay Street")],
    )];
    let made = |day: &str, attendance| {
        let mut own = one();
        own.day = day.parse().unwrap();
        own.defendants[0].attendance = attendance;
        said(&lines, &own, "CRIMPR-31.2")
    };
    let absent = Some(Attendance::NotPresent);
    // Tuesday, and Tuesday again: the weekend does not count.
    let found = made("2026-11-24", absent).unwrap();
    assert!(found.ends_with("by 1 December 2026"), "{found}");
    assert!(found.contains("is not in court"), "{found}");
    // Over Christmas (25 and 28 December are holidays) and over New Year's Day.
    let found = made("2026-12-23", absent).unwrap();
    assert!(found.ends_with("by 4 January 2027"), "{found}");
    // Until it is recorded how somebody attends, nobody knows that they do not.
    assert!(made("2026-11-24", None).unwrap().contains("not recorded"));
    assert_eq!(made("2026-11-24", Some(Attendance::InPerson)), None);
    assert_eq!(made("2026-11-24", Some(Attendance::ByVideo)), None);
    // The full order binds whoever it is made against.
    let full = [line("CRIMBO", 1, &[])];
    assert_eq!(said(&full, &one(), "CRIMPR-31.2"), None);
}
