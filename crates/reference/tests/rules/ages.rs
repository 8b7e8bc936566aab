//! How old somebody is for a result, on the day that the Act names.

use super::court::{blocks, hearing, line, theft, warns};
use super::{has, one};
use domain::result::HearingFacts;

/// Somebody of this date of birth, convicted on this day.
fn born(day: &str, convicted: Option<&str>) -> HearingFacts {
    let mut own = one();
    own.defendants[0].date_of_birth = day.parse().ok();
    own.offences[0].convicted_on = convicted.map(|day| day.parse().unwrap());
    own
}

#[test]
fn a_community_order_is_for_those_who_were_eighteen_when_convicted() {
    let lines = [line("COEW", 1, &[])];
    assert!(has(
        &blocks(&lines, &born("2008-11-25", None)),
        "SA2020-202"
    ));
    assert!(!has(
        &blocks(&lines, &born("2008-11-24", None)),
        "SA2020-202"
    ));
    // Eighteen now, and not when convicted.
    let before = born("2008-11-24", Some("2026-11-23"));
    assert!(has(&blocks(&lines, &before), "SA2020-202"));
}

#[test]
fn detention_in_a_young_offender_institution_is_from_eighteen_to_twenty() {
    let lines = [line("yoi", 1, &[])];
    assert!(has(
        &blocks(&lines, &born("2008-11-25", None)),
        "SA2020-262"
    ));
    assert!(!has(
        &blocks(&lines, &born("2005-11-25", None)),
        "SA2020-262"
    ));
    assert!(has(
        &blocks(&lines, &born("2005-11-24", None)),
        "SA2020-262"
    ));
    // Twenty when convicted, twenty-one now.
    let before = born("2005-11-24", Some("2026-11-23"));
    assert!(!has(&blocks(&lines, &before), "SA2020-262"));
}

#[test]
fn a_detention_and_training_order_is_from_twelve_to_seventeen() {
    let lines = [line("DTO", 1, &[])];
    for (birth, wrong) in [
        ("2014-11-25", true),
        ("2014-11-24", false),
        ("2008-11-25", false),
        ("2008-11-24", true),
    ] {
        assert_eq!(
            has(&blocks(&lines, &born(birth, None)), "SA2020-234"),
            wrong,
            "{birth}"
        );
    }
    assert!(has(&warns(&lines, &born("2011-11-25", None)), "SA2020-235"));
    assert!(!has(
        &warns(&lines, &born("2011-11-24", None)),
        "SA2020-235"
    ));
}

#[test]
fn a_referral_order_is_for_those_under_eighteen_when_convicted() {
    let lines = [line("YOP", 1, &[])];
    assert!(has(&blocks(&lines, &born("2008-11-24", None)), "SA2020-84"));
    assert!(!has(
        &blocks(&lines, &born("2008-11-25", None)),
        "SA2020-84"
    ));
}

#[test]
fn an_age_that_nobody_has_confirmed_only_warns() {
    let lines = [line("YROF", 1, &[])];
    let adult = born("1990-03-12", None);
    assert!(has(&warns(&lines, &adult), "SA2020-173"));
    assert!(!has(&blocks(&lines, &adult), "SA2020-173"));
}

#[test]
fn remands_for_young_people_are_not_for_adults_and_the_reverse() {
    let adult = one();
    let young = born("2010-03-12", None);
    assert!(has(
        &warns(&[line("RILAB", 1, &[])], &adult),
        "LASPO2012-91"
    ));
    assert!(!has(
        &warns(&[line("RILAB", 1, &[])], &young),
        "LASPO2012-91"
    ));
    assert!(has(
        &warns(&[line("RI", 1, &[])], &young),
        "LASPO2012-91-ADULT"
    ));
    assert!(!has(
        &warns(&[line("RI", 1, &[])], &adult),
        "LASPO2012-91-ADULT"
    ));
}

#[test]
fn unpaid_work_of_a_young_person_is_from_sixteen() {
    let lines = [line("YRUP1", 1, &[])];
    assert!(has(
        &blocks(&lines, &born("2010-11-25", None)),
        "SA2020-185"
    ));
    assert!(!has(
        &blocks(&lines, &born("2010-11-24", None)),
        "SA2020-185"
    ));
}

#[test]
fn nobody_is_judged_whose_date_of_birth_is_not_known() {
    let mut unknown = hearing(vec![theft(1)]);
    unknown.defendants[0].date_of_birth = None;
    assert!(!has(
        &blocks(&[line("DTO", 1, &[])], &unknown),
        "SA2020-234"
    ));
}
