//! DR-SENT-001: how custodial terms run.

use crate::drafts::*;
use domain::validator::{DraftDefendant, Reach};
use vocabulary::Severity;

#[test]
fn of_several_terms_one_alone_may_say_nothing() {
    let two = lines(vec![line("IMP", "o1"), line("IMP", "o2")]);
    assert_eq!(told(&two), ["DR-SENT-001/AC2 o1 o2"]);
    let found = &issues(&two)[0];
    assert_eq!(found.severity, Severity::Blocks);
    assert_eq!(found.reach, Reach::Offence);
    assert_eq!(found.codes, ["IMP"]);
    assert!(
        found.message().ends_with("This affects Rufus Tilbury."),
        "{}",
        found.message()
    );
    let primary = lines(vec![line("IMP", "o1"), concurrent(line("IMP", "o2"))]);
    assert_eq!(told(&primary), NOTHING);
    let after = lines(vec![consecutive(line("DTO", "o1")), line("yoi", "o2")]);
    assert_eq!(told(&after), NOTHING);
}

#[test]
fn the_term_that_says_how_it_runs_is_not_among_those_that_do_not() {
    let three = lines(vec![
        line("IMP", "o1"),
        concurrent(line("SPECC", "o2")),
        line("STSDY", "o3"),
    ]);
    assert_eq!(told(&three), ["DR-SENT-001/AC2 o1 o3"]);
    assert_eq!(issues(&three)[0].codes, ["IMP", "STSDY"]);
}

#[test]
fn terms_on_one_offence_are_one_term() {
    let one = lines(vec![line("IMP", "o1"), line("IMP", "o1")]);
    assert_eq!(told(&one), NOTHING);
    let both = concurrent(consecutive(line("IMP", "o1")));
    assert_eq!(told(&lines(vec![both])), NOTHING);
    // A mark on one of its lines is a mark on the offence.
    let marked = lines(vec![
        line("IMP", "o1"),
        line("IMP", "o2"),
        concurrent(line("IMP", "o2")),
    ]);
    assert_eq!(told(&marked), NOTHING);
}

#[test]
fn a_result_that_is_no_custodial_term_is_not_counted() {
    let fine = lines(vec![
        line("IMP", "o1"),
        line("FO", "o2"),
        line("SUSPS", "o3"),
    ]);
    assert_eq!(told(&fine), NOTHING);
}

#[test]
fn a_term_that_is_marked_both_ways_warns() {
    let both = concurrent(consecutive(line("IMP", "o2")));
    let draft = lines(vec![line("IMP", "o1"), both]);
    assert_eq!(told(&draft), ["DR-SENT-001/AC3 o2"]);
    assert_eq!(issues(&draft)[0].severity, Severity::Warns);
}

#[test]
fn without_a_primary_sentence_the_defendant_is_told_of() {
    let draft = lines(vec![
        concurrent(line("IMP", "o1")),
        consecutive(line("IMP", "o2")),
    ]);
    assert_eq!(told(&draft), ["DR-SENT-001/AC4 m-d1"]);
    let found = &issues(&draft)[0];
    assert_eq!(found.severity, Severity::Warns);
    assert_eq!(found.reach, Reach::Defendant);
    assert!(found.message().contains("Rufus Tilbury"));
}

#[test]
fn each_defendant_has_a_primary_sentence_of_their_own() {
    let mut draft = lines(vec![line("IMP", "o1"), of(line("IMP", "o2"), "d2")]);
    draft.defendants.push(defendant("d2", "Ada Fenwick"));
    assert_eq!(told(&draft), NOTHING);
    draft.lines.push(of(line("IMP", "o3"), "d2"));
    assert_eq!(told(&draft), ["DR-SENT-001/AC2 o2 o3"]);
    assert!(issues(&draft)[0].message().ends_with("Ada Fenwick."));
}

#[test]
fn one_person_in_two_cases_is_one_defendant() {
    let mut draft = lines(vec![line("IMP", "o1"), of(line("IMP", "o2"), "d2")]);
    draft.defendants.push(DraftDefendant {
        master: Some("m-d1".to_owned()),
        ..defendant("d2", "Rufus Tilbury")
    });
    assert_eq!(told(&draft), ["DR-SENT-001/AC2 o1 o2"]);
}

#[test]
fn somebody_who_is_not_listed_is_still_one_defendant() {
    let draft = lines(vec![
        of(line("IMP", "o1"), "d9"),
        of(line("IMP", "o2"), "d9"),
    ]);
    assert_eq!(told(&draft), ["DR-SENT-001/AC2 o1 o2"]);
}

#[test]
fn issues_come_defendant_after_defendant_and_not_condition_after_condition() {
    let both = |offence: &str, who: &str| of(concurrent(consecutive(line("IMP", offence))), who);
    let mut draft = lines(vec![
        both("o2", "d2"),
        both("o3", "d2"),
        both("o1", "d1"),
        both("o4", "d1"),
    ]);
    draft.defendants.push(defendant("d2", "Ada Fenwick"));
    assert_eq!(
        told(&draft),
        [
            "DR-SENT-001/AC3 o2 o3",
            "DR-SENT-001/AC4 m-d2",
            "DR-SENT-001/AC3 o1 o4",
            "DR-SENT-001/AC4 m-d1"
        ]
    );
}
