//! Ceilings of fines and compensation in a magistrates' court.

use super::court::{blocks, line, warns};
use super::{has, one, said};
use domain::result::HearingFacts;
use vocabulary::Jurisdiction;

fn fine(pounds: &str) -> Vec<domain::result::ResultLine> {
    vec![line("FO", 1, &[("AOF", pounds)])]
}

fn level(penalty: &str, committed: &str) -> HearingFacts {
    let mut own = one();
    own.offences[0].mode_of_trial = "Summary".to_owned();
    own.offences[0].max_penalty = Some(penalty.to_owned());
    own.offences[0].committed_on = committed.parse().ok();
    own
}

#[test]
fn a_fine_keeps_to_the_level_of_the_offence() {
    let three = level("S:L3 LE 3-6pp", "2026-09-01");
    assert!(!has(&blocks(&fine("1000.00"), &three), "SA2020-122"));
    assert!(has(&blocks(&fine("1000.01"), &three), "SA2020-122"));
    assert!(
        !has(&blocks(&fine("9000.00"), &one()), "SA2020-122"),
        "no level is known"
    );
    let mut crown = three;
    crown.jurisdiction = Jurisdiction::Crown;
    assert!(!has(&blocks(&fine("1000.01"), &crown), "SA2020-122"));
}

#[test]
fn the_day_of_the_offence_chooses_the_scale() {
    let five = |day| level("S:L5", day);
    assert!(has(
        &blocks(&fine("5001.00"), &five("2015-03-11")),
        "SA2020-122"
    ));
    assert!(!has(
        &blocks(&fine("5000.00"), &five("2015-03-11")),
        "SA2020-122"
    ));
    assert!(!has(
        &blocks(&fine("5001.00"), &five("2015-03-12")),
        "SA2020-122"
    ));
    let one_then = level("S:L1", "1992-09-30");
    assert!(has(&blocks(&fine("51.00"), &one_then), "SA2020-122"));
}

#[test]
fn an_older_fine_for_what_is_unlimited_now_warns_as_its_maximum_may_have_been_larger() {
    // LASPO Act 2012 s.85 lifted level 5 and every larger maximum (£20,000, say) alike.
    let unlimited = |day| level("S:6M &/or Ultd Fine", day);
    let told = |pounds, day| said(&fine(pounds), &unlimited(day), "SA2020-122");
    let blocked = blocks(&fine("20000.00"), &unlimited("2015-03-11"));
    assert!(!has(&blocked, "SA2020-122"), "it may be lawful");
    let warned = warns(&fine("20000.00"), &unlimited("2015-03-11"));
    assert!(has(&warned, "SA2020-122"));
    let sentence = told("5000.01", "2015-03-11").unwrap();
    assert!(sentence.contains("£5,000.00 on the day"), "{sentence}");
    assert_eq!(told("5000.00", "2015-03-11"), None);
    assert_eq!(told("5000.01", "2015-03-12"), None, "unlimited by then");
}

#[test]
fn a_fine_of_somebody_young_when_convicted_is_capped() {
    let mut young = one();
    young.defendants[0].date_of_birth = "2012-11-25".parse().ok();
    assert!(has(&blocks(&fine("251.00"), &young), "SA2020-123"));
    assert!(!has(&blocks(&fine("250.00"), &young), "SA2020-123"));
    // Fourteen today.
    young.defendants[0].date_of_birth = "2012-11-24".parse().ok();
    assert!(!has(&blocks(&fine("1000.00"), &young), "SA2020-123"));
    assert!(has(&blocks(&fine("1001.00"), &young), "SA2020-123"));
    young.defendants[0].date_of_birth = "2008-11-24".parse().ok();
    assert!(
        !has(&blocks(&fine("1001.00"), &young), "SA2020-123"),
        "eighteen today"
    );
}

#[test]
fn compensation_is_capped_for_the_young_and_for_old_offences() {
    let pay = |pounds: &str| vec![line("FCOMP", 1, &[("AOCOM", pounds)])];
    assert!(!has(&blocks(&pay("5001.00"), &one()), "SA2020-139"));
    let mut young = one();
    young.defendants[0].date_of_birth = "2010-11-24".parse().ok();
    assert!(has(&blocks(&pay("5001.00"), &young), "SA2020-139"));
    assert!(!has(&blocks(&pay("5000.00"), &young), "SA2020-139"));
    let mut old = one();
    old.offences[0].committed_on = "2013-12-10".parse().ok();
    assert!(has(&blocks(&pay("5001.00"), &old), "SA2020-139"));
    old.offences[0].committed_on = "2013-12-11".parse().ok();
    assert!(!has(&blocks(&pay("5001.00"), &old), "SA2020-139"));
}
