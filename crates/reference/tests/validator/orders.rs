//! When orders and requirements end: DR-YRO-004, DR-COEW-005.

use crate::drafts::*;
use vocabulary::Severity;

#[test]
fn a_youth_order_outlives_its_curfews() {
    for code in ["YROEW", "YRONI", "YROFEW", "YROISS", "YROINI"] {
        for (curfew, key) in [
            ("YRC1", "endDateOfTagging"),
            ("YRC2", "endDate"),
            ("YRC3", "endDate"),
        ] {
            let ends = |day: &str| order(code, "2027-05-22", curfew, &[(key, day)]);
            assert_eq!(
                told(&ends("2027-05-23")),
                ["DR-YRO-004 o1"],
                "{code} {curfew}"
            );
            assert_eq!(told(&ends("2027-05-22")), NOTHING, "the same day is right");
        }
    }
}

#[test]
fn a_community_order_outlives_its_requirements_and_each_kind_is_told_by_itself() {
    for code in ["COEW", "COS", "CONI"] {
        for (own, key) in [
            ("CUR", "endDate"),
            ("CURE", "endDateOfTagging"),
            ("CURA", "endDate"),
            ("AAR", "until"),
        ] {
            let ends = |day: &str| order(code, "2027-05-22", own, &[(key, day)]);
            assert_eq!(
                told(&ends("2027-05-23")),
                ["DR-COEW-005/AC2 o1"],
                "{code} {own}"
            );
            assert_eq!(told(&ends("2027-05-22")), NOTHING, "{code} {own}");
        }
    }
    let mut two = order("COEW", "2027-05-22", "CUR", &[("endDate", "2027-06-01")]);
    two.lines
        .push(with("AAR", "o1", &[("until", "2027-06-02")]));
    assert_eq!(told(&two), ["DR-COEW-005/AC2 o1", "DR-COEW-005/AC2 o1"]);
    assert_eq!(issues(&two)[0].codes, ["COEW", "CUR"]);
    assert_eq!(issues(&two)[1].codes, ["COEW", "AAR"]);
    let found = &issues(&two)[0];
    assert_eq!(found.severity, Severity::Blocks);
    assert_eq!(
        found.affected[0].message,
        "COEW ends on 22 May 2027, before its requirement CUR ends on 1 June 2027."
    );
}

#[test]
fn a_curfew_of_another_order_or_offence_does_not_count() {
    // An adult's curfew under a youth order, and the other way round.
    let other = order("YROEW", "2027-05-22", "CUR", &[("endDate", "2027-06-01")]);
    assert_eq!(told(&other), NOTHING);
    let other = order("COEW", "2027-05-22", "YRC2", &[("endDate", "2027-06-01")]);
    assert_eq!(told(&other), NOTHING);
    let mut elsewhere = order("COEW", "2027-05-22", "CUR", &[("endDate", "2027-06-01")]);
    elsewhere.lines[1].offence = Some("o2".to_owned());
    assert_eq!(told(&elsewhere), NOTHING);
}

#[test]
fn an_end_that_is_missing_or_cannot_be_read_is_not_compared() {
    for ends in ["", "soon", "22/05/2027", "2027-02-30", "20270522"] {
        let draft = order("COEW", ends, "CUR", &[("endDate", "2027-06-01")]);
        assert_eq!(told(&draft), NOTHING, "{ends}");
        let draft = order("COEW", "2027-05-22", "CUR", &[("endDate", ends)]);
        assert_eq!(told(&draft), NOTHING, "{ends}");
    }
    assert_eq!(told(&order("COEW", "2027-05-22", "CUR", &[])), NOTHING);
}

#[test]
fn several_offences_of_a_defendant_are_one_issue_and_several_defendants_several() {
    let two = |who: &str, offence: &str| {
        [
            of(with("COEW", offence, &[("endDate", "2027-05-22")]), who),
            of(with("CUR", offence, &[("endDate", "2027-06-01")]), who),
        ]
    };
    let mut draft = lines([two("d1", "o1"), two("d1", "o2")].concat());
    assert_eq!(told(&draft), ["DR-COEW-005/AC2 o1 o2"]);
    draft.defendants.push(defendant("d2", "Ada Fenwick"));
    draft.lines.extend(two("d2", "o3"));
    assert_eq!(
        told(&draft),
        ["DR-COEW-005/AC2 o1 o2", "DR-COEW-005/AC2 o3"]
    );
}

#[test]
fn a_requirement_ends_on_its_start_plus_its_period_less_a_day() {
    for (period, ends) in [
        ("30", "2027-03-01"),
        ("30 Days", "2027-03-01"),
        ("1 Days", "2027-01-31"),
        ("6 Weeks", "2027-03-13"),
        // 31 January and a month is 28 February, less a day.
        ("1 Months", "2027-02-27"),
        ("3 months", "2027-04-29"),
        ("1 Years", "2028-01-30"),
    ] {
        assert_eq!(told(&curfew(period, ends)), NOTHING, "{period}");
        let late = day(ends).plus_days(1).to_string();
        assert_eq!(
            told(&curfew(period, &late)),
            ["DR-COEW-005/DUR o1"],
            "{period}"
        );
        let early = day(ends).plus_days(-1).to_string();
        assert_eq!(
            told(&curfew(period, &early)),
            ["DR-COEW-005/DUR o1"],
            "{period}"
        );
    }
    let found = &issues(&curfew("30", "2027-03-02"))[0];
    assert_eq!(
        found.affected[0].message,
        "CUR: 30 days from 31 January 2027 end on 1 March 2027, not on 2 March 2027."
    );
    assert_eq!(found.affected[0].field.as_deref(), Some("endDate"));
}

#[test]
fn a_period_across_the_end_of_a_leap_february_counts_its_day() {
    let from = |start: &str, period: &str, ends: &str| {
        order(
            "COEW",
            "2030-01-01",
            "CURE",
            &[
                ("startDateOfTagging", start),
                ("curfewAndElectronicMonitoringPeriod", period),
                ("endDateOfTagging", ends),
            ],
        )
    };
    assert_eq!(told(&from("2028-02-01", "1 Months", "2028-02-29")), NOTHING);
    assert_eq!(told(&from("2028-02-28", "2 Days", "2028-02-29")), NOTHING);
    assert_eq!(
        told(&from("2028-02-28", "2 Days", "2028-03-01")),
        ["DR-COEW-005/DUR o1"]
    );
    assert_eq!(told(&from("2027-12-31", "2 Months", "2028-02-28")), NOTHING);
}

#[test]
fn abstinence_is_counted_from_the_day_of_the_hearing() {
    let until = |ends: &str| {
        order(
            "CONI",
            "2029-01-01",
            "AAR",
            &[
                ("numberOfDaysToAbstainFromConsumingAnyAlcohol", "120"),
                ("until", ends),
            ],
        )
    };
    assert_eq!(told(&until("2027-03-22")), NOTHING);
    assert_eq!(told(&until("2027-03-23")), ["DR-COEW-005/DUR o1"]);
}

#[test]
fn a_further_curfew_has_no_period_of_its_own() {
    let mut draft = curfew("30", "2027-03-09");
    draft.lines[1].code = "CURA".to_owned();
    assert_eq!(told(&draft), NOTHING);
}

#[test]
fn a_period_that_is_missing_or_cannot_be_read_is_not_compared() {
    for period in ["", "0", "0 Days", "-3", "a while", "3 Moons", "99999999999"] {
        assert_eq!(told(&curfew(period, "2027-03-09")), NOTHING, "{period}");
    }
    let mut unstarted = curfew("30", "2027-03-09");
    unstarted.lines[1].answers.remove(0);
    assert_eq!(told(&unstarted), NOTHING);
    // Nor is one that stands under no community order.
    let mut alone = curfew("30", "2027-03-09");
    alone.lines.remove(0);
    assert_eq!(told(&alone), NOTHING);
    // The end of the order does not matter to it.
    let mut endless = curfew("30", "2027-03-09");
    endless.lines[0].answers.clear();
    assert_eq!(told(&endless), ["DR-COEW-005/DUR o1"]);
}

#[test]
fn a_requirement_can_be_wrong_in_both_ways() {
    let mut draft = curfew("30", "2027-03-09");
    draft.lines[0].answers[0].1 = "2027-03-01".to_owned();
    assert_eq!(told(&draft), ["DR-COEW-005/AC2 o1", "DR-COEW-005/DUR o1"]);
}

#[test]
fn each_result_is_read_where_it_says_its_days_and_nowhere_else() {
    // A curfew that is monitored ends with its tag, another one by itself.
    let late = ("endDate", "2027-06-01");
    let late_tag = ("endDateOfTagging", "2027-06-01");
    for (order_code, code, own, other) in [
        ("COEW", "CUR", late, late_tag),
        ("COEW", "CURA", late, late_tag),
        ("COEW", "CURE", late_tag, late),
        ("COEW", "AAR", ("until", "2027-06-01"), late),
        ("YROEW", "YRC1", late_tag, late),
        ("YROEW", "YRC2", late, late_tag),
    ] {
        let ends = |answers: &[(&str, &str)]| told(&order(order_code, "2027-05-22", code, answers));
        assert_eq!(ends(&[own]).len(), 1, "{code}");
        assert_eq!(ends(&[other]), NOTHING, "{code}");
        // Beside it the other does not count, whichever comes first.
        let right = (own.0, "2027-05-01");
        assert_eq!(ends(&[other, right]), NOTHING, "{code}");
    }
    // An order ends by its own end date alone.
    let mut until = order("COEW", "2027-05-22", "CUR", &[late]);
    until.lines[0].answers = vec![("until".to_owned(), "2027-05-22".to_owned())];
    assert_eq!(told(&until), NOTHING);
    let mut tagged = curfew("30", "2027-03-09");
    tagged.lines[1].answers[0].0 = "startDateOfTagging".to_owned();
    assert_eq!(told(&tagged), NOTHING);
}

#[test]
fn orders_of_one_person_in_two_cases_are_told_case_by_case() {
    let late = [("endDate", "2027-06-01")];
    let mut draft = order("COEW", "2027-05-22", "CUR", &late);
    let other = order("COEW", "2027-05-22", "CUR", &late);
    draft.lines.extend(other.lines.into_iter().map(|own| {
        let mut own = of(own, "d2");
        own.offence = Some("o2".to_owned());
        own
    }));
    draft.defendants.push(domain::validator::DraftDefendant {
        master: Some("m-d1".to_owned()),
        ..defendant("d2", "Rufus Tilbury")
    });
    assert_eq!(told(&draft), ["DR-COEW-005/AC2 o1", "DR-COEW-005/AC2 o2"]);
}
