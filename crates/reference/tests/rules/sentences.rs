//! Sentences and their limits, by the date that chooses the law.

use super::court::{self, blocks, example, hearing, line, theft, warns, without};
use super::{has, one, said, set};
use domain::result::{HearingFacts, ResultLine};
use vocabulary::Jurisdiction;

#[test]
fn no_community_order_with_a_suspended_sentence() {
    let mut lines = example("community_order");
    for mut own in example("suspended_sentence") {
        own.offence = own.offence.map(|_| court::offence(2));
        lines.push(own);
    }
    assert!(has(
        &blocks(&lines, &hearing(vec![theft(1), theft(2)])),
        "SA2020-203"
    ));
    assert!(!has(
        &blocks(&example("community_order"), &one()),
        "SA2020-203"
    ));
}

#[test]
fn a_community_order_lasts_three_years_at_most() {
    let mut lines = example("community_order");
    set(&mut lines, "COEW", "endDate", "2029-11-24");
    assert!(!has(&blocks(&lines, &one()), "SA2020-209"));
    set(&mut lines, "COEW", "endDate", "2029-11-25");
    assert!(has(&blocks(&lines, &one()), "SA2020-209"));
}

#[test]
fn a_community_order_has_a_requirement() {
    let mut lines = example("community_order");
    for code in ["UPWR", "RAR", "CURE"] {
        lines = without(lines, code);
    }
    assert!(has(&blocks(&lines, &one()), "SA2020-208"));
}

#[test]
fn unpaid_work_is_between_forty_and_three_hundred_hours() {
    let mut lines = example("community_order");
    for (hours, wrong) in [
        ("39 hours", true),
        ("40 hours", false),
        ("300 hours", false),
        ("301 hours", true),
    ] {
        set(&mut lines, "UPWR", "numberOfHours", hours);
        assert_eq!(has(&blocks(&lines, &one()), "LIMIT"), wrong, "{hours}");
    }
}

#[test]
fn the_day_of_conviction_chooses_the_longest_suspended_term() {
    let mut lines = example("suspended_sentence");
    for (key, text) in [
        ("imprisonmentPeriod", "30 months"),
        ("suspendedPeriod", "2 years"),
    ] {
        set(&mut lines, "SUSPS", key, text);
    }
    set(&mut lines, "STIMP", "totalCustodialPeriod", "30 months");
    let mut crown = one();
    crown.jurisdiction = Jurisdiction::Crown;
    assert!(
        !has(&blocks(&lines, &crown), "LIMIT"),
        "three years from 22 March 2026"
    );
    crown.offences[0].convicted_on = "2026-03-21".parse().ok();
    assert!(has(&blocks(&lines, &crown), "LIMIT"), "two years before");
    crown.offences[0].convicted_on = "2026-03-22".parse().ok();
    assert!(!has(&blocks(&lines, &crown), "LIMIT"));
    set(&mut lines, "SUSPS", "suspendedPeriod", "30 months");
    assert!(
        !has(&blocks(&lines, &crown), "LIMIT"),
        "a long term allows a long operational period"
    );
    set(&mut lines, "SUSPS", "imprisonmentPeriod", "24 months");
    assert!(
        has(&blocks(&lines, &crown), "LIMIT"),
        "a term of two years does not"
    );
}

#[test]
fn magistrates_pass_no_more_than_their_power_for_one_offence() {
    let mut lines = example("imprisonment");
    set(&mut lines, "IMP", "imprisonmentPeriod", "12 months");
    assert!(!has(&blocks(&lines, &one()), "LIMIT"));
    set(&mut lines, "IMP", "imprisonmentPeriod", "13 months");
    assert!(has(&blocks(&lines, &one()), "LIMIT"));
    let mut summary = theft(1);
    summary.mode_of_trial = "Summary".to_owned();
    set(&mut lines, "IMP", "imprisonmentPeriod", "7 months");
    assert!(has(&blocks(&lines, &hearing(vec![summary])), "LIMIT"));
}

#[test]
fn a_short_term_is_suspended_unless_there_is_a_reason() {
    let mut lines = example("imprisonment");
    assert!(has(&warns(&lines, &one()), "SA2026-1"));
    set(&mut lines, "IMP", "imprisonmentPeriod", "13 months");
    assert!(!has(&warns(&lines, &one()), "SA2026-1"));
    let mut before = theft(1);
    before.convicted_on = "2026-03-21".parse().ok();
    set(&mut lines, "IMP", "imprisonmentPeriod", "9 months");
    assert!(!has(&warns(&lines, &hearing(vec![before])), "SA2026-1"));
}

#[test]
fn nobody_under_twenty_one_is_imprisoned() {
    let mut young = one();
    young.defendants[0].date_of_birth = "2005-11-25".parse().ok();
    assert!(has(&blocks(&example("imprisonment"), &young), "DR-AGE-007"));
    young.defendants[0].date_of_birth = "2005-11-24".parse().ok();
    assert!(!has(
        &blocks(&example("imprisonment"), &young),
        "DR-AGE-007"
    ));
}

/// A term on an offence, said to run after the others or not.
fn term(code: &str, number: u8, how_long: &str, after: bool) -> ResultLine {
    let key = if code == "yoi" {
        "custodialPeriod"
    } else {
        "imprisonmentPeriod"
    };
    let mut own = line(code, number, &[(key, how_long)]);
    if after {
        own.answers
            .insert("consecutiveToOffenceNumber".to_owned(), "1".to_owned());
    }
    own
}

#[test]
fn detention_of_those_under_twenty_one_is_within_the_same_power() {
    let mut young = one();
    young.defendants[0].date_of_birth = "2007-03-12".parse().ok();
    assert!(has(
        &blocks(&[term("yoi", 1, "13 months", false)], &young),
        "LIMIT"
    ));
    assert!(!has(
        &blocks(&[term("yoi", 1, "12 months", false)], &young),
        "LIMIT"
    ));
    // Three weeks at least.
    assert!(has(
        &blocks(&[term("yoi", 1, "20 days", false)], &young),
        "LIMIT"
    ));
    assert!(!has(
        &blocks(&[term("yoi", 1, "21 days", false)], &young),
        "LIMIT"
    ));
}

#[test]
fn magistrates_imprison_for_five_days_at_least() {
    assert!(has(
        &blocks(&[term("IMP", 1, "4 days", false)], &one()),
        "LIMIT"
    ));
    assert!(!has(
        &blocks(&[term("IMP", 1, "5 days", false)], &one()),
        "LIMIT"
    ));
}

#[test]
fn the_day_of_conviction_chooses_the_power_of_magistrates() {
    let lines = [term("IMP", 1, "7 months", false)];
    for (convicted, wrong) in [
        ("2022-05-02", false),
        ("2023-03-29", false),
        ("2023-03-30", true),
        ("2024-11-17", true),
        ("2024-11-18", false),
    ] {
        let mut own = one();
        own.offences[0].convicted_on = convicted.parse().ok();
        assert_eq!(has(&blocks(&lines, &own), "LIMIT"), wrong, "{convicted}");
    }
    let mut before = one();
    before.offences[0].convicted_on = "2022-05-01".parse().ok();
    assert!(
        has(&warns(&lines, &before), "LIMIT"),
        "which rests on general knowledge"
    );
}

#[test]
fn terms_one_after_the_other_warn_beyond_what_magistrates_may_pass() {
    let lines = |second| {
        [
            term("IMP", 1, "6 months", false),
            term("IMP", 2, second, true),
        ]
    };
    let two = hearing(vec![theft(1), theft(2)]);
    assert!(!has(&warns(&lines("6 months"), &two), "MCA1980-133"));
    assert!(has(&warns(&lines("7 months"), &two), "MCA1980-133"));
    assert!(
        !has(&blocks(&lines("7 months"), &two), "MCA1980-133"),
        "not confirmed"
    );
    // Two summary offences: not over the longest for one of them.
    let mut summary = two.clone();
    for offence in &mut summary.offences {
        offence.mode_of_trial = "Summary".to_owned();
    }
    assert!(has(&warns(&lines("1 month"), &summary), "MCA1980-133"));
    let mut together = lines("7 months");
    together[1].answers.remove("consecutiveToOffenceNumber");
    together[1]
        .answers
        .insert("concurrent".to_owned(), "yes".to_owned());
    assert!(!has(&warns(&together, &two), "MCA1980-133"));
}

#[test]
fn a_summary_offence_is_not_punished_beyond_its_own_maximum() {
    let mut own = one();
    own.offences[0].mode_of_trial = "Summary".to_owned();
    own.offences[0].max_penalty = Some("S:3M &/or Ultd Fine".to_owned());
    assert!(!has(
        &warns(&[term("IMP", 1, "3 months", false)], &own),
        "OFFENCE-MAX"
    ));
    assert!(has(
        &warns(&[term("IMP", 1, "4 months", false)], &own),
        "OFFENCE-MAX"
    ));
    own.offences[0].max_penalty = Some("S:L3".to_owned());
    let told = said(&[term("IMP", 1, "1 month", false)], &own, "OFFENCE-MAX").unwrap();
    assert!(told.contains("is not punished with custody"), "{told}");
    own.offences[0].max_penalty = None;
    assert!(!has(
        &warns(&[term("IMP", 1, "4 months", false)], &own),
        "OFFENCE-MAX"
    ));
}

#[test]
fn a_long_total_is_not_presumed_to_be_suspended() {
    let two = hearing(vec![theft(1), theft(2)]);
    let lines = [
        term("IMP", 1, "9 months", false),
        term("IMP", 2, "4 months", true),
    ];
    assert!(
        !has(&warns(&lines, &two), "SA2026-1"),
        "thirteen months together"
    );
    let lines = [
        term("IMP", 1, "9 months", false),
        term("IMP", 2, "3 months", true),
    ];
    assert!(
        has(&warns(&lines, &two), "SA2026-1"),
        "twelve months together"
    );
}

#[test]
fn a_supervision_period_is_not_longer_than_the_operational_period() {
    let mut lines = example("suspended_sentence");
    set(&mut lines, "STIMP", "suspendedPeriod", "18 months");
    set(&mut lines, "STIMP", "supervisionPeriod", "18 months");
    assert!(!has(&blocks(&lines, &one()), "LIMIT"));
    set(&mut lines, "STIMP", "supervisionPeriod", "19 months");
    assert!(has(&blocks(&lines, &one()), "LIMIT"));
    set(&mut lines, "STIMP", "supervisionPeriod", "5 months");
    assert!(has(&blocks(&lines, &one()), "LIMIT"));
}

#[test]
fn suspended_terms_together_keep_to_the_limit_of_their_conviction() {
    let mut lines = example("suspended_sentence");
    set(&mut lines, "STIMP", "totalCustodialPeriod", "30 months");
    set(&mut lines, "STIMP", "suspendedPeriod", "2 years");
    let mut crown = one();
    crown.jurisdiction = Jurisdiction::Crown;
    crown.offences[0].convicted_on = "2026-03-22".parse().ok();
    assert!(!has(&blocks(&lines, &crown), "LIMIT"));
    crown.offences[0].convicted_on = "2026-03-21".parse().ok();
    assert!(has(&blocks(&lines, &crown), "LIMIT"));
}

#[test]
fn nothing_is_suspended_beside_an_extended_sentence() {
    let lines = [line("SUSPS", 1, &[]), line("EXTIVS", 2, &[])];
    let mut two = hearing(vec![theft(1), theft(2)]);
    two.jurisdiction = Jurisdiction::Crown;
    assert!(has(&blocks(&lines, &two), "SA2020-277-3A"));
    two.offences[0].convicted_on = "2026-03-21".parse().ok();
    assert!(!has(&blocks(&lines, &two), "SA2020-277-3A"));
}

#[test]
fn alcohol_abstinence_is_not_imposed_with_alcohol_treatment() {
    let lines = [line("AAR", 1, &[]), line("ATRNR", 1, &[])];
    assert!(has(&blocks(&lines, &one()), "SA2020-SCH9-26"));
    let apart = [line("AAR", 1, &[]), line("ATRNR", 2, &[])];
    assert!(!has(
        &blocks(&apart, &hearing(vec![theft(1), theft(2)])),
        "SA2020-SCH9-26"
    ));
}

#[test]
fn a_curfew_is_monitored_electronically_or_warns() {
    assert!(has(
        &warns(&[line("CUR", 1, &[])], &one()),
        "SA2020-SCH9-10"
    ));
    let lines = [line("CUR", 1, &[]), line("EMW", 1, &[])];
    assert!(!has(&warns(&lines, &one()), "SA2020-SCH9-10"));
}

#[test]
fn a_curfew_lasts_as_long_as_the_day_of_conviction_allows() {
    let lines = [line("CUR", 1, &[("curfewPeriod", "13 months")])];
    let mut own = one();
    own.offences[0].convicted_on = "2022-06-27".parse().ok();
    assert!(has(&blocks(&lines, &own), "LIMIT"));
    own.offences[0].convicted_on = "2022-06-28".parse().ok();
    assert!(!has(&blocks(&lines, &own), "LIMIT"));
}

#[test]
fn unpaid_work_of_several_orders_is_three_hundred_hours_together() {
    let lines = |second: &str| {
        [
            line("UPWR", 1, &[("numberOfHours", "200 hours")]),
            line("UPWR", 2, &[("numberOfHours", second)]),
        ]
    };
    let two = hearing(vec![theft(1), theft(2)]);
    assert!(!has(&blocks(&lines("100 hours"), &two), "LIMIT"));
    assert!(has(&blocks(&lines("101 hours"), &two), "LIMIT"));
    let mut concurrent = lines("200 hours");
    concurrent[1].answers.insert(
        "additionalConcurrentToWhat".to_owned(),
        "Concurrent to offence 1".to_owned(),
    );
    assert!(!has(&blocks(&concurrent, &two), "LIMIT"));
}

#[test]
fn exclusion_is_limited_in_a_community_order_only() {
    let key = "periodOfExclusion";
    let excluded = line("ERP", 1, &[(key, "25 months")]);
    let community = [line("COEW", 1, &[]), excluded.clone()];
    assert!(has(&blocks(&community, &one()), "LIMIT"));
    let suspended = [line("SUSPS", 1, &[]), excluded];
    assert!(!has(&blocks(&suspended, &one()), "LIMIT"));
}

#[test]
fn an_attendance_centre_belongs_to_older_convictions() {
    let lines = [line("ACR", 1, &[])];
    let mut young = one();
    young.defendants[0].date_of_birth = "2004-03-12".parse().ok();
    assert!(has(&warns(&lines, &young), "LIMIT"));
    young.offences[0].convicted_on = "2022-06-27".parse().ok();
    assert!(!has(&warns(&lines, &young), "LIMIT"));
}

#[test]
fn a_conditional_discharge_lasts_three_years_at_most() {
    let key = "periodofConditionalDischarge";
    assert!(!has(
        &blocks(&[line("CD", 1, &[(key, "3 years")])], &one()),
        "LIMIT"
    ));
    assert!(has(
        &blocks(&[line("CD", 1, &[(key, "37 months")])], &one()),
        "LIMIT"
    ));
}

#[test]
fn a_referral_order_bars_other_sentences_for_connected_offences() {
    let two = hearing(vec![theft(1), theft(2)]);
    let fined = [line("YOP", 1, &[]), line("FO", 2, &[])];
    assert!(has(&blocks(&fined, &two), "SA2020-89"));
    let discharged = [line("YOP", 1, &[]), line("AD", 2, &[])];
    assert!(!has(&blocks(&discharged, &two), "SA2020-89"));
}

#[test]
fn a_referral_order_is_for_three_to_twelve_months() {
    for (period, wrong) in [
        ("2 months", true),
        ("3 months", false),
        ("12 months", false),
        ("13 months", true),
    ] {
        let lines = [line("YOP", 1, &[("referralPeriod", period)])];
        assert_eq!(has(&blocks(&lines, &one()), "LIMIT"), wrong, "{period}");
    }
}

#[test]
fn detention_and_training_had_seven_lengths_before_june_2022() {
    let lines = [line(
        "DTO",
        1,
        &[("periodOfDetentionAndTraining", "5 months")],
    )];
    let mut young = one();
    young.defendants[0].date_of_birth = "2010-03-12".parse().ok();
    assert!(!has(&blocks(&lines, &young), "SA2020-236"));
    young.offences[0].convicted_on = "2022-06-27".parse().ok();
    assert!(has(&blocks(&lines, &young), "SA2020-236"));
    let lines = [line(
        "DTO",
        1,
        &[("periodOfDetentionAndTraining", "25 months")],
    )];
    assert!(has(&blocks(&lines, &young), "LIMIT"));
}

#[test]
fn a_youth_rehabilitation_order_ends_within_three_years() {
    let ends = |code, day| [line(code, 1, &[("endDate", day)])];
    assert!(!has(
        &blocks(&ends("YROF", "2029-11-24"), &one()),
        "SA2020-187"
    ));
    assert!(has(
        &blocks(&ends("YROF", "2029-11-25"), &one()),
        "SA2020-187"
    ));
    assert!(has(
        &blocks(&ends("YROINI", "2027-05-22"), &one()),
        "SA2020-187"
    ));
    assert!(!has(
        &blocks(&ends("YROINI", "2027-05-23"), &one()),
        "SA2020-187"
    ));
}

#[test]
fn how_long_somebody_notifies_the_police_follows_from_the_sentence() {
    let notice = |length: &str| line("NORR", 1, &[("notificationPeriod", length)]);
    let indefinite = || line("NORRI", 1, &[]);
    let custody = |term: &str| line("IMP", 1, &[("imprisonmentPeriod", term)]);
    let wrong =
        |lines: &[ResultLine], hearing: &HearingFacts| has(&warns(lines, hearing), "SOA2003-82");
    let adult = one();
    for (term, years) in [
        ("4 months", "7 years"),
        ("6 months", "7 years"),
        ("8 months", "10 years"),
        ("29 months", "10 years"),
    ] {
        assert!(!wrong(&[custody(term), notice(years)], &adult), "{term}");
        assert!(wrong(&[custody(term), notice("5 years")], &adult), "{term}");
        assert!(wrong(&[custody(term), indefinite()], &adult), "{term}");
    }
    assert!(!wrong(&[custody("30 months"), indefinite()], &adult));
    assert!(wrong(&[custody("30 months"), notice("10 years")], &adult));
    let community = || line("COEW", 1, &[]);
    assert!(!wrong(&[community(), notice("5 years")], &adult));
    let mut child = one();
    child.defendants[0].date_of_birth = "2010-06-01".parse().ok();
    let order = || line("YOP", 1, &[]);
    assert!(
        !wrong(&[order(), notice("30 months")], &child),
        "half of five years"
    );
    assert!(wrong(&[order(), notice("5 years")], &child));
    // No sentence, no period to hold it against.
    assert!(!wrong(&[notice("1 year")], &adult));
}

/// Two cases of one person before the court together are one occasion; two people are two.
#[test]
fn what_one_person_gets_in_two_cases_counts_together() {
    let other = "5f0c7f0e-0000-4000-8000-000000000002".parse().unwrap();
    let mut two = hearing(vec![theft(1), theft(2)]);
    two.offences[1].defendant = other;
    let mut beside = two.defendants[0].clone();
    beside.id = other;
    two.defendants.push(beside);
    let mut lines = [
        term("IMP", 1, "6 months", false),
        term("IMP", 2, "7 months", true),
    ];
    lines[1].defendant = other;
    assert!(has(&warns(&lines, &two), "MCA1980-133"));
    let twice = |name: &str| {
        let moved =
            |id: vocabulary::ResultLineId| vocabulary::ResultLineId::derived(&id.0, "beside");
        let mut lines = example(name);
        for mut own in example(name) {
            own.id = moved(own.id);
            own.parent = own.parent.map(moved);
            own.defendant = other;
            own.offence = own.offence.map(|_| court::offence(2));
            lines.push(own);
        }
        lines
    };
    let fines = twice("fine");
    let ordered = |lines: &[ResultLine]| without(lines.to_vec(), "FVS");
    let due = |hearing: &HearingFacts| {
        let found = court::findings(&ordered(&fines), hearing);
        found.iter().filter(|own| own.code == "SA2020-42").count()
    };
    assert_eq!(due(&two), 1, "one surcharge for one person");

    let mut totals = twice("imprisonment");
    assert!(!has(&warns(&totals, &two), "CP-TOTAL-001"));
    let total = "totalCustodialPeriod";
    let last = totals.iter_mut().rfind(|own| own.answer(total).is_some());
    let answers = &mut last.unwrap().answers;
    answers.insert(total.to_owned(), "12 months".to_owned());
    assert!(has(&warns(&totals, &two), "CP-TOTAL-001"));

    two.defendants[1].person = other;
    assert!(!has(&warns(&totals, &two), "CP-TOTAL-001"));
    assert!(!has(&warns(&lines, &two), "MCA1980-133"));
    assert_eq!(due(&two), 2);
}
