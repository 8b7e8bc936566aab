//! The surcharge: which table, which row, and what is offered.

use super::court::{CATALOGUE, blocks, example, hearing, line, theft, warns, without};
use super::{has, one, said, set};
use domain::result::{HearingFacts, Proposal, ResultLine, proposals};
use vocabulary::Jurisdiction;

fn offered(lines: &[ResultLine], hearing: &HearingFacts) -> Option<Proposal> {
    proposals(&CATALOGUE.results, lines, hearing)
        .into_iter()
        .find(|own| own.field == "AOS")
}

/// The amount that is offered for results without one.
fn amount(lines: &[ResultLine], hearing: &HearingFacts) -> Option<String> {
    let mut lines = lines.to_vec();
    lines.push(line("FVS", 1, &[]));
    offered(&lines, hearing).map(|own| own.answer)
}

fn committed(day: &str) -> HearingFacts {
    let mut own = one();
    own.offences[0].committed_on = day.parse().ok();
    own
}

fn custody(term: &str) -> Vec<ResultLine> {
    vec![line("IMP", 1, &[("imprisonmentPeriod", term)])]
}

#[test]
fn the_surcharge_follows_the_table_of_the_day_of_the_offence() {
    let mut lines = example("fine");
    assert!(!has(&warns(&lines, &one()), "SA2020-42"), "40 % of £200");
    set(&mut lines, "FVS", "AOS", "79.00");
    assert!(has(&warns(&lines, &one()), "SA2020-42"));
    set(&mut lines, "FVS", "AOS", "34.00");
    assert!(
        !has(&warns(&lines, &committed("2022-06-15")), "SA2020-42"),
        "10 %, at least £34"
    );
    let none = without(example("fine"), "FVS");
    assert!(has(&warns(&none, &one()), "SA2020-42"));
    assert!(
        blocks(&none, &one()).is_empty(),
        "it is never more than a warning"
    );
}

#[test]
fn the_amount_is_offered_with_why() {
    let mut lines = custody("6 months");
    lines.push(line("FVS", 1, &[]));
    let offer = offered(&lines, &one()).unwrap();
    assert_eq!(offer.answer, "154.00");
    assert_eq!(
        offer.message,
        "The surcharge is £154.00: custody of up to 6 months, offence of 1 September 2026."
    );
    assert!(offer.source.contains("Sentencing Act 2020 s.42"));
    assert_eq!(offer.unconfirmed, None);
    // What is answered so already is not offered.
    set(&mut lines, "FVS", "AOS", "154.00");
    assert_eq!(offered(&lines, &one()), None);
    set(&mut lines, "FVS", "AOS", "150.00");
    assert!(offered(&lines, &one()).is_some());
}

#[test]
fn a_longer_term_carries_more() {
    for (term, due) in [
        ("6 months", "154.00"),
        ("7 months", "187.00"),
        ("24 months", "187.00"),
        ("25 months", "228.00"),
    ] {
        let mut crown = one();
        crown.jurisdiction = Jurisdiction::Crown;
        assert_eq!(
            amount(&custody(term), &crown).as_deref(),
            Some(due),
            "{term}"
        );
    }
}

#[test]
fn of_several_disposals_the_highest_amount_is_due_once() {
    let lines = vec![
        line("FO", 1, &[("AOF", "300.00")]),
        line("CD", 2, &[("periodofConditionalDischarge", "12 months")]),
    ];
    let two = hearing(vec![theft(1), theft(2)]);
    assert_eq!(amount(&lines, &two).as_deref(), Some("120.00"));
    let lines = vec![line("CD", 1, &[]), line("COEW", 2, &[])];
    assert_eq!(amount(&lines, &two).as_deref(), Some("114.00"));
}

#[test]
fn the_oldest_offence_dealt_with_chooses_the_table() {
    let lines = vec![line("COEW", 1, &[]), line("COEW", 2, &[])];
    let mut two = hearing(vec![theft(1), theft(2)]);
    two.offences[1].committed_on = "2022-06-15".parse().ok();
    assert_eq!(amount(&lines, &two).as_deref(), Some("95.00"));
    // An offence that is withdrawn is not dealt with.
    let lines = vec![line("COEW", 1, &[]), line("WDRN", 2, &[])];
    assert_eq!(amount(&lines, &two).as_deref(), Some("114.00"));
    // An absolute discharge deals with it, and carries nothing itself.
    let lines = vec![line("COEW", 1, &[]), line("AD", 2, &[])];
    assert_eq!(amount(&lines, &two).as_deref(), Some("95.00"));
    assert_eq!(amount(&[line("AD", 1, &[])], &one()), None);
}

#[test]
fn the_age_on_the_day_of_the_offence_chooses_the_table() {
    let lines = [line("COEW", 1, &[])];
    let mut young = one();
    // Eighteen on the day after the offence.
    young.defendants[0].date_of_birth = "2008-09-02".parse().ok();
    assert_eq!(amount(&lines, &young).as_deref(), Some("26.00"));
    young.defendants[0].date_of_birth = "2008-09-01".parse().ok();
    assert_eq!(amount(&lines, &young).as_deref(), Some("114.00"));
}

#[test]
fn offences_before_and_after_eighteen_go_by_the_younger_table_and_say_that_this_is_not_confirmed() {
    let mut lines = vec![line("COEW", 1, &[]), line("FO", 2, &[("AOF", "500.00")])];
    lines.push(line("FVS", 1, &[]));
    let mut two = hearing(vec![theft(1), theft(2)]);
    two.defendants[0].date_of_birth = "2008-09-02".parse().ok();
    two.offences[1].committed_on = "2026-09-02".parse().ok();
    let offer = offered(&lines, &two).unwrap();
    assert_eq!(offer.answer, "26.00");
    assert!(offer.unconfirmed.unwrap().contains("under and over 18"));
}

#[test]
fn a_row_that_nobody_has_confirmed_says_so() {
    let mut company = one();
    company.defendants[0].organisation = true;
    company.defendants[0].date_of_birth = None;
    let lines = vec![line("FO", 1, &[("AOF", "9000.00")]), line("FVS", 1, &[])];
    let offer = offered(&lines, &company).unwrap();
    assert_eq!(offer.answer, "2000.00", "the most that there is");
    assert!(offer.unconfirmed.unwrap().contains("the row of"));
    let warned = said(&lines[..1], &company, "SA2020-42").unwrap();
    assert!(warned.contains("Not confirmed"), "{warned}");
}

#[test]
fn an_offence_of_several_days_across_a_change_says_that_its_day_is_not_confirmed() {
    let lines = vec![line("COEW", 1, &[]), line("FVS", 1, &[])];
    let mut own = committed("2022-06-01");
    own.offences[0].committed_to = "2022-07-01".parse().ok();
    let offer = offered(&lines, &own).unwrap();
    assert_eq!(offer.answer, "95.00");
    assert!(offer.unconfirmed.unwrap().contains("several days"));
    own.offences[0].committed_to = "2022-06-15".parse().ok();
    assert_eq!(offered(&lines, &own).unwrap().unconfirmed, None);
}

#[test]
fn custody_by_magistrates_carries_none_for_an_offence_before_september_2014() {
    assert_eq!(amount(&custody("3 months"), &committed("2014-08-31")), None);
    assert_eq!(
        amount(&custody("3 months"), &committed("2014-09-01")).as_deref(),
        Some("80.00")
    );
    let mut crown = committed("2014-08-31");
    crown.jurisdiction = Jurisdiction::Crown;
    assert_eq!(
        amount(&custody("3 months"), &crown).as_deref(),
        Some("80.00")
    );
}

#[test]
fn nothing_is_due_for_an_offence_before_april_2007() {
    let lines = [line("FO", 1, &[("AOF", "100.00")])];
    let older = |day| {
        let mut own = committed(day);
        own.defendants[0].date_of_birth = "1980-03-12".parse().ok();
        own
    };
    assert_eq!(amount(&lines, &older("2007-03-31")), None);
    assert_eq!(
        amount(&lines, &older("2007-04-01")).as_deref(),
        Some("15.00")
    );
}

#[test]
fn an_extended_sentence_and_life_carry_the_surcharge_of_the_longest_custody() {
    let extended = || {
        line(
            "EXTIVS",
            1,
            &[
                ("extendedSentenceOfImprisonmentTerm", "6 years"),
                ("appropriateCustodialTerm", "4 years"),
                ("extensionPeriod", "2 years"),
            ],
        )
    };
    let mut crown = one();
    crown.jurisdiction = Jurisdiction::Crown;
    let longest = amount(&custody("3 years"), &crown);
    assert!(longest.is_some());
    assert_eq!(amount(&[extended()], &crown), longest);
    // A discharge beside it takes nothing away.
    assert_eq!(amount(&[line("CD", 1, &[]), extended()], &crown), longest);
    let mut life = vec![line("MLI", 1, &[("minimumTerm", "15 years")])];
    life.push(line("FVS", 1, &[]));
    let offer = offered(&life, &crown).unwrap();
    assert_eq!(Some(offer.answer), longest);
    assert!(offer.message.contains("life"), "{}", offer.message);
    assert!(offer.unconfirmed.is_some(), "no table has a row for life");
}

#[test]
fn one_is_ordered_once_and_none_where_none_is_payable() {
    let mut lines = example("fine");
    assert!(!has(&warns(&lines, &one()), "SA2020-42"));
    let mut again = lines
        .iter()
        .find(|own| own.answer("AOS").is_some())
        .unwrap()
        .clone();
    again.id = vocabulary::ResultLineId::derived(&again.id.0, "again");
    lines.push(again);
    let warned = said(&lines, &one(), "SA2020-42").unwrap();
    assert!(warned.contains("more than once"), "{warned}");

    let absolute = vec![line("AD", 1, &[]), line("FVS", 1, &[("AOS", "26.00")])];
    let warned = said(&absolute, &one(), "SA2020-42").unwrap();
    assert!(warned.contains("the table has none"), "{warned}");
    let mut undated = one();
    undated.offences[0].committed_on = None;
    assert_eq!(said(&absolute, &undated, "SA2020-42"), None);
}
