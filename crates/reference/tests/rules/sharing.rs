//! The rules before sharing that are about the form of results: what is missing, what
//! excludes what, what may stand alone.

use super::{
    court::{self, blocks, example, hearing, line, of, theft, today, warns, without},
    has, one, said, set,
};
use vocabulary::{Jurisdiction, Severity};

#[test]
fn a_mandatory_answer_that_is_missing_blocks_and_names_its_field() {
    let mut lines = example("fine");
    of(&mut lines, "FO").answers.clear();
    let findings = court::findings(&lines, &one());
    let missing = findings
        .iter()
        .find(|own| own.code == "UI-SHARE-2")
        .unwrap();
    assert_eq!(missing.field.as_deref(), Some("AOF"));
    assert_eq!(missing.message, "Fine: Amount of fine is missing");
    assert!(!domain::result::shareable(&findings));
}

#[test]
fn an_answer_outside_its_bounds_blocks() {
    let mut lines = example("fine");
    set(&mut lines, "FO", "AOF", "0.00");
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-2"));
    set(&mut lines, "FO", "AOF", "0.01");
    assert!(!has(&blocks(&lines, &one()), "UI-SHARE-2"));
    set(&mut lines, "FO", "AOF", "a lot");
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-2"));
}

#[test]
fn of_answers_that_exclude_each_other_exactly_one_is_given() {
    let mut lines = example("adjournment");
    set(
        &mut lines,
        "A",
        "defendantExcusedAttendanceAtNextHearing",
        "yes",
    );
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-3"));
    of(&mut lines, "A").answers.clear();
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-3"));
}

#[test]
fn a_word_that_its_list_does_not_hold_blocks() {
    let mut lines = example("withdrawn");
    set(&mut lines, "WDRN", "details", "because");
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-2"));
    set(&mut lines, "WDRN", "details", "INSUF");
    assert!(blocks(&lines, &one()).is_empty());
}

#[test]
fn a_company_is_not_sent_to_prison() {
    let lines = example("imprisonment");
    let mut company = one();
    assert!(!has(&blocks(&lines, &company), "CP-BODY-001"));
    company.defendants[0].organisation = true;
    assert!(has(&blocks(&lines, &company), "CP-BODY-001"));
    let fine = example("fine");
    assert!(!has(&blocks(&fine, &company), "CP-BODY-001"));
}

#[test]
fn an_admitted_offence_that_is_withdrawn_is_asked_about() {
    let lines = example("withdrawn");
    let mut day = one();
    for (plea, verdict, expected) in [
        (None, None, false),
        (Some("NOT_GUILTY"), None, false),
        (Some("GUILTY"), None, true),
        (Some("GUILTY"), Some("NOT_GUILTY"), false),
        (Some("NOT_GUILTY"), Some("GUILTY_CONVICTED"), true),
        (Some("NOT_GUILTY"), Some("NO_VERDICT"), false),
    ] {
        day.offences[0].plea = plea.map(str::to_owned);
        day.offences[0].verdict = verdict.map(str::to_owned);
        let asked = has(&warns(&lines, &day), "CP-PLEA-001");
        assert_eq!(asked, expected, "{plea:?} {verdict:?}");
    }
}

#[test]
fn a_name_without_address_is_no_recipient() {
    let mut lines = example("imprisonment");
    of(&mut lines, "TIMP").answers.remove("prisonAddress1");
    let findings = court::findings(&lines, &one());
    assert!(
        findings
            .iter()
            .any(|own| own.field.as_deref() == Some("prisonAddress1")),
        "{findings:?}"
    );
}

#[test]
fn an_adjournment_needs_a_next_hearing() {
    let lines = without(example("adjournment"), "NHMC");
    let findings = court::findings(&lines, &one());
    let missing = findings
        .iter()
        .find(|own| own.code == "UI-SHARE-4")
        .unwrap();
    assert_eq!(missing.message, "Adjournment needs Next hearing");
    assert_eq!(missing.hint, "Add NHCCS, NHMC.");
}

#[test]
fn two_next_hearings_in_different_courts_exclude_each_other() {
    let mut lines = example("adjournment");
    lines.extend(example("sending_on_bail"));
    let crown: Vec<_> = lines
        .iter()
        .filter(|own| {
            let id = court::CATALOGUE
                .results
                .by_code("NHCCS", today())
                .unwrap()
                .id;
            own.definition == id
        })
        .cloned()
        .collect();
    let mut lines = example("adjournment");
    lines.extend(crown);
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-3"));
}

#[test]
fn conditional_bail_needs_a_condition() {
    let lines = without(without(example("conditional_bail"), "PORR3"), "PORE3");
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-4"));
}

#[test]
fn imprisonment_needs_its_total_and_a_decision_on_the_surcharge() {
    assert!(has(
        &blocks(&without(example("imprisonment"), "TIMP"), &one()),
        "UI-SHARE-4"
    ));
    let mut lines = without(example("imprisonment"), "FVS");
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-4"));
    lines.push(line(
        "NOVS",
        1,
        &[("reasonForNoSurcharge", "Means do not allow it")],
    ));
    assert!(
        blocks(&lines, &one()).is_empty(),
        "{:?}",
        court::findings(&lines, &one())
    );
}

#[test]
fn surcharge_and_no_surcharge_exclude_each_other() {
    let mut lines = example("imprisonment");
    lines.push(line(
        "NOVS",
        1,
        &[("reasonForNoSurcharge", "Means do not allow it")],
    ));
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-3"));
}

#[test]
fn a_child_whose_definition_is_not_published_is_never_asked_for() {
    // INTD under DDO has only an unpublished child; EMREQ under COEW is a question.
    assert!(blocks(&example("driving_disqualification"), &one()).is_empty());
    let lines = without(without(example("community_order"), "NORDRC"), "CURE");
    assert!(
        blocks(&lines, &one()).is_empty(),
        "{:?}",
        court::findings(&lines, &one())
    );
}

#[test]
fn what_is_ordered_once_serves_every_offence() {
    let mut lines = example("fine");
    lines.push(line("FO", 2, &[("AOF", "50.00")]));
    let hearing = hearing(vec![theft(1), theft(2)]);
    assert!(
        blocks(&lines, &hearing).is_empty(),
        "{:?}",
        court::findings(&lines, &hearing)
    );
}

#[test]
fn every_offence_needs_a_result_unless_it_was_disposed_of_before() {
    let mut second = theft(2);
    assert!(has(
        &blocks(
            &example("dismissed"),
            &hearing(vec![theft(1), second.clone()])
        ),
        "NO-RESULT"
    ));
    second.already_disposed = true;
    assert!(blocks(&example("dismissed"), &hearing(vec![theft(1), second])).is_empty());
}

#[test]
fn a_direction_that_may_stand_alone_decides_no_offence() {
    let direction = line("D45", 2, &[]);
    let lines = [example("dismissed"), vec![direction]].concat();
    let two = hearing(vec![theft(1), theft(2)]);
    assert!(has(&blocks(&lines, &two), "NO-RESULT"));
    assert!(!has(&blocks(&lines, &two), "UI-SHARE-6"));
    // Nor does a heading under which nothing was ordered.
    let heading = [example("dismissed"), vec![line("NEXH", 2, &[])]].concat();
    assert!(has(&blocks(&heading, &two), "NO-RESULT"));
    let decided = [lines, vec![line("DISM", 2, &[])]].concat();
    assert!(!has(&blocks(&decided, &two), "NO-RESULT"));
}

#[test]
fn whoever_is_remanded_or_committed_has_a_next_hearing() {
    let warned = |lines: &[domain::result::ResultLine]| {
        let found = court::findings(lines, &one());
        found.iter().filter(|own| own.code == "CP-NEXT-001").count()
    };
    let mut committed = vec![
        line("CCSI", 1, &[]),
        line("RI", 1, &[("prison", "HMP Fallowdene")]),
    ];
    assert_eq!(warned(&committed), 1);
    committed.push(line("NEXH", 1, &[]));
    assert_eq!(warned(&committed), 1, "a heading names no hearing");
    committed.push(line("NHCCS", 1, &[("fixedDate", "2026-12-18")]));
    assert_eq!(warned(&committed), 0);
    // Bail, too, is to a day and a place.
    assert_eq!(warned(&[line("RC", 1, &[])]), 1);
    assert_eq!(warned(&example("remand_in_custody")), 0);
    assert_eq!(warned(&example("imprisonment")), 0);
}

#[test]
fn an_ancillary_result_does_not_stand_alone() {
    let mut lines = vec![line("DDO", 1, &[("disqualificationPeriod", "12 months")])];
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-6"));
    lines.push(line("FO", 1, &[("AOF", "100")]));
    assert!(!has(&blocks(&lines, &one()), "UI-SHARE-6"));
    // A final result on another offence does not carry it.
    let elsewhere = vec![lines[0].clone(), line("DISM", 2, &[])];
    assert!(has(
        &blocks(&elsewhere, &hearing(vec![theft(1), theft(2)])),
        "UI-SHARE-6"
    ));
}

#[test]
fn a_dismissed_offence_cannot_be_fined() {
    let mut lines = example("fine");
    lines.push(line("DISM", 1, &[]));
    assert!(has(&blocks(&lines, &one()), "CP-EXCL-001"));
    let mut other = example("fine");
    other.push(line("DISM", 2, &[]));
    assert!(!has(
        &blocks(&other, &hearing(vec![theft(1), theft(2)])),
        "CP-EXCL-001"
    ));
}

#[test]
fn a_discharge_and_a_custodial_sentence_on_one_offence_warn() {
    let two = hearing(vec![theft(1), theft(2)]);
    for (code, other, rule) in [
        ("CD", "IMP", "CP-EXCL-002"),
        ("CD", "FO", "CONTRA-DISCHARGE-FINE"),
        ("AD", "FO", "CONTRA-DISCHARGE-FINE"),
        ("CDN", "IMP", "CONTRA-DISCHARGE-OTHER"),
        ("CD", "YRO", "CONTRA-DISCHARGE-SENTENCE"),
        ("IMP", "YRO", "CONTRA-CUSTODY-SENTENCE"),
        ("REMUB", "RC", "CONTRA-BAIL-KINDS"),
        ("DDO", "NDSR", "CONTRA-DISQUALIFIED-OR-NOT"),
    ] {
        for [first, second] in [[code, other], [other, code]] {
            let lines = [line(first, 1, &[]), line(second, 1, &[])];
            let found = court::findings(&lines, &two);
            let told: Vec<_> = found.iter().filter(|own| own.code == rule).collect();
            assert_eq!(told.len(), 1, "{code} and {other}: {found:?}");
            assert_eq!(told[0].severity, Severity::Warns, "{rule}");
            assert!(told[0].source.is_some(), "{rule}");
            for code in [code, other] {
                assert!(told[0].hint.contains(code), "{}", told[0].hint);
            }
            // Each on its own offence is a sentence like any other.
            let apart = [line(first, 1, &[]), line(second, 2, &[])];
            assert!(!has(&warns(&apart, &two), rule), "{code} and {other}");
        }
    }
}

#[test]
fn a_collection_order_and_the_reason_for_none_contradict_each_other_for_a_defendant() {
    let mut lines = example("fine");
    assert!(!has(&warns(&lines, &one()), "CONTRA-COLLECTION"));
    lines.push(line(
        "NOCOLLO",
        1,
        &[("reasonForNoCollectionOrder", "impracticable")],
    ));
    assert!(has(&warns(&lines, &one()), "CONTRA-COLLECTION"));
}

#[test]
fn nobody_leaves_one_offence_both_in_custody_and_on_bail() {
    let mut lines = example("remand_in_custody");
    lines.push(line(
        "REMUB",
        1,
        &[("defendantToAttendTheNextHearing", "yes")],
    ));
    assert!(has(&blocks(&lines, &one()), "CP-BAIL-001"));
    let last = lines.len() - 1;
    lines[last] = line("REMUB", 2, &[("defendantToAttendTheNextHearing", "yes")]);
    let two = hearing(vec![theft(1), theft(2)]);
    assert!(!has(&blocks(&lines, &two), "CP-BAIL-001"));
    assert!(has(&warns(&lines, &two), "CP-BAIL-001"));
}

#[test]
fn a_sentence_on_a_denied_and_untried_offence_warns() {
    let mut denied = theft(1);
    denied.plea = Some("NOT_GUILTY".to_owned());
    assert!(has(
        &warns(&example("fine"), &hearing(vec![denied.clone()])),
        "DR-CONV-006"
    ));
    assert!(!has(
        &warns(&example("dismissed"), &hearing(vec![denied.clone()])),
        "DR-CONV-006"
    ));
    denied.verdict = Some("GUILTY".to_owned());
    assert!(!has(
        &warns(&example("fine"), &hearing(vec![denied])),
        "DR-CONV-006"
    ));
    assert!(!has(&warns(&example("fine"), &one()), "DR-CONV-006"));
}

#[test]
fn a_term_is_not_both_concurrent_and_consecutive() {
    let mut lines = example("imprisonment");
    let mut second = of(&mut lines, "IMP").clone();
    second.id = "5f0c7f0e-0000-4000-8000-000000000901".parse().unwrap();
    second.offence = Some(court::offence(2));
    lines.push(second);
    let two = hearing(vec![theft(1), theft(2)]);
    set(&mut lines, "IMP", "concurrent", "yes");
    assert!(!has(&warns(&lines, &two), "DR-SENT-001/AC3"));
    set(&mut lines, "IMP", "consecutiveToOffenceNumber", "2");
    assert!(has(&warns(&lines, &two), "DR-SENT-001/AC3"));
    // The published rule is asked of several terms only.
    lines.pop();
    assert!(!has(&warns(&lines, &one()), "DR-SENT-001/AC3"));
}

#[test]
fn of_two_terms_the_second_says_how_it_runs() {
    let mut lines = example("imprisonment");
    let mut second = of(&mut lines, "IMP").clone();
    second.id = "5f0c7f0e-0000-4000-8000-000000000901".parse().unwrap();
    second.offence = Some(court::offence(2));
    lines.push(second);
    let two = hearing(vec![theft(1), theft(2)]);
    assert!(has(&blocks(&lines, &two), "DR-SENT-001/AC2"));
    let last = lines.len() - 1;
    lines[last]
        .answers
        .insert("concurrent".to_owned(), "yes".to_owned());
    assert!(
        blocks(&lines, &two).is_empty(),
        "{:?}",
        court::findings(&lines, &two)
    );
    set(&mut lines, "IMP", "concurrent", "yes");
    assert!(has(&warns(&lines, &two), "DR-SENT-001/AC4"));
}

#[test]
fn nothing_ends_before_it_begins() {
    let mut lines = example("community_order");
    set(&mut lines, "CURE", "endDateOfTagging", "2026-11-20");
    assert!(has(&blocks(&lines, &one()), "CP-DATE-001"));
}

#[test]
fn a_requirement_ends_when_its_period_does() {
    let mut lines = example("community_order");
    assert!(!has(&blocks(&lines, &one()), "DR-COEW-005/DUR"));
    set(&mut lines, "CURE", "endDateOfTagging", "2027-02-24");
    assert!(has(&blocks(&lines, &one()), "DR-COEW-005/DUR"));
}

#[test]
fn a_community_order_outlives_its_requirements() {
    let mut lines = example("community_order");
    set(&mut lines, "COEW", "endDate", "2027-02-22");
    assert!(has(&blocks(&lines, &one()), "DR-COEW-005/AC2"));
    set(&mut lines, "COEW", "endDate", "2027-02-23");
    assert!(!has(&blocks(&lines, &one()), "DR-COEW-005/AC2"));
}

#[test]
fn a_period_is_checked_wherever_its_requirement_stands() {
    let mut lines = example("suspended_sentence");
    let mut curfew = of(&mut example("community_order"), "CURE").clone();
    curfew
        .answers
        .insert("endDateOfTagging".to_owned(), "2027-02-24".to_owned());
    lines.push(curfew);
    assert!(has(&blocks(&lines, &one()), "DR-COEW-005/DUR"));
}

#[test]
fn a_next_hearing_is_not_in_the_past() {
    let mut lines = example("adjournment");
    set(&mut lines, "NHMC", "HDATE", "2026-11-23");
    assert!(has(&blocks(&lines, &one()), "CP-DATE-002"));
    set(&mut lines, "NHMC", "HDATE", "2026-11-24");
    assert!(!has(&blocks(&lines, &one()), "CP-DATE-002"));
}

#[test]
fn a_hearing_on_a_day_off_is_asked_about() {
    let mut lines = example("adjournment");
    for (day, why) in [
        ("2026-12-24", None),
        ("2026-12-25", Some("bank holiday")),
        ("2027-01-02", Some("weekend")),
        ("2027-01-04", None),
    ] {
        set(&mut lines, "NHMC", "HDATE", day);
        let found = said(&lines, &one(), "CP-DATE-003");
        assert_eq!(found.is_some(), why.is_some(), "{day}: {found:?}");
        assert!(found.is_none_or(|own| own.contains(why.unwrap())), "{day}");
    }
}

#[test]
fn a_fine_without_collection_order_or_payment_terms_warns() {
    let lines = without(without(example("fine"), "COLLO"), "PDATE");
    assert!(
        blocks(&lines, &one()).is_empty(),
        "{:?}",
        court::findings(&lines, &one())
    );
    assert!(has(&warns(&lines, &one()), "CA2003-SCH5-12"));
    assert!(has(&warns(&lines, &one()), "UI-SHARE-4"));
}

#[test]
fn a_remand_in_custody_without_time_limit_warns_until_there_is_a_conviction() {
    let mut untried = theft(1);
    untried.plea = Some("NOT_GUILTY".to_owned());
    let hearing = hearing(vec![untried]);
    assert!(!has(
        &warns(&example("remand_in_custody"), &hearing),
        "DR-CTL-003"
    ));
    let without_limit = without(example("remand_in_custody"), "CTL");
    assert!(has(&warns(&without_limit, &hearing), "DR-CTL-003"));
    // One that was set before and still runs is not asked for again.
    let mut set_before = hearing.clone();
    set_before.offences[0].time_limit = Some(domain::result::SetLimit {
        on: "2026-10-01".parse().unwrap(),
        expires: "2027-01-20".parse().unwrap(),
    });
    assert!(!has(&warns(&without_limit, &set_before), "DR-CTL-003"));
    // Whoever has pleaded guilty waits for no trial.
    assert!(!has(&warns(&without_limit, &one()), "DR-CTL-003"));
}

#[test]
fn dangerous_driving_without_extended_retest_warns() {
    let mut driving = theft(1);
    driving.code = "RT88026".to_owned();
    assert!(has(
        &warns(&example("fine"), &hearing(vec![driving.clone()])),
        "DR-DISQ-002"
    ));
    assert!(!has(
        &warns(&example("dismissed"), &hearing(vec![driving])),
        "DR-DISQ-002"
    ));
}

#[test]
fn a_line_that_is_no_result_of_today_blocks() {
    let mut lines = example("dismissed");
    lines[0].definition = "00000000-0000-4000-8000-000000000000".parse().unwrap();
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-1"));
    let crown_only = court::CATALOGUE
        .results
        .definitions()
        .iter()
        .find(|own| own.jurisdiction == Some(Jurisdiction::Crown) && own.fields.is_empty())
        .unwrap();
    lines[0].definition = crown_only.id;
    assert!(has(&blocks(&lines, &one()), "UI-SHARE-1"));
}

#[test]
fn a_long_list_is_checked_while_it_is_typed() {
    let mut lines = Vec::new();
    let mut offences = Vec::new();
    for number in 1..=20 {
        offences.push(theft(number));
        for mut own in example("conditional_bail") {
            own.id = vocabulary::ResultLineId::derived(&own.id.0, &number.to_string());
            own.offence = Some(court::offence(number));
            lines.push(own);
        }
    }
    let hearing = hearing(offences);
    let best = (0..3)
        .map(|_| {
            let start = std::time::Instant::now();
            assert!(blocks(&lines, &hearing).is_empty());
            start.elapsed()
        })
        .min()
        .unwrap();
    println!("{} lines in {best:?}", lines.len());
    assert!(best.as_millis() < 900, "{best:?}");
}

/// The best of three checks of so many offences, each with its results.
fn checked(offences: usize) -> (usize, std::time::Duration) {
    let mut lines = Vec::new();
    let mut charged = Vec::new();
    for number in 0..offences {
        let mut own = theft(1);
        own.id = vocabulary::OffenceId::derived(&own.id.0, &number.to_string());
        for mut line in example("conditional_bail") {
            line.id = vocabulary::ResultLineId::derived(&line.id.0, &number.to_string());
            line.offence = Some(own.id);
            lines.push(line);
        }
        charged.push(own);
    }
    let hearing = hearing(charged);
    let once = || {
        let start = std::time::Instant::now();
        assert!(blocks(&lines, &hearing).is_empty());
        start.elapsed()
    };
    let best = (0..3).map(|_| once()).min().unwrap();
    (lines.len(), best)
}

#[test]
fn four_times_the_lines_take_about_four_times_as_long() {
    let (few, short) = checked(60);
    let (many, long) = checked(240);
    println!("{few} lines in {short:?}, {many} in {long:?}");
    // Sixteen times would be every line against every other.
    assert!(long < short * 10, "{few} in {short:?}, {many} in {long:?}");
}

#[test]
fn what_was_done_before_was_not_done_on_a_day_to_come() {
    let on = |day: &str| {
        warns(
            &[line("RESTRAV", 1, &[("dateOriginalOrderMade", day)])],
            &one(),
        )
    };
    assert!(has(&on("2027-03-04"), "CP-DATE-004"));
    assert!(!has(&on("2026-03-04"), "CP-DATE-004"));
    assert!(!has(&on("2026-11-24"), "CP-DATE-004"));
}
