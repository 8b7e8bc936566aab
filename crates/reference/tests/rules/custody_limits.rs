//! Custody time limits: how they are counted, and what is said of them.

use super::court::{CATALOGUE, example, hearing, line, of, theft, warns, without};
use super::{has, said, set};
use domain::result::{
    HearingFacts, Held, ResultLine, SetLimit, Waiting, proposals, running_limit, time_limit,
};
use vocabulary::Day;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn held(from: &str, to: Option<&str>) -> Held {
    Held {
        from: day(from),
        to: to.map(day),
    }
}

/// When the limit expires, and the number of days of its stage.
fn expiry(mode: &str, held: &[Held], sent: Option<&str>) -> Option<(String, i64)> {
    let waiting = Waiting {
        mode_of_trial: mode,
        under_18: false,
        plea_on: None,
        sent_on: sent.map(day),
        held,
    };
    time_limit(&CATALOGUE.results.law, &waiting).map(|own| (own.expires.to_string(), own.days))
}

fn set_on(on: &str, expires: &str) -> Option<SetLimit> {
    Some(SetLimit {
        on: day(on),
        expires: day(expires),
    })
}

fn untried() -> HearingFacts {
    let mut own = hearing(vec![theft(1)]);
    own.offences[0].plea = None;
    own
}

fn offered(lines: &[ResultLine], hearing: &HearingFacts) -> Option<String> {
    proposals(&CATALOGUE.results, lines, hearing)
        .into_iter()
        .find(|own| own.field == "CTLDATE")
        .map(|own| own.answer)
}

#[test]
fn the_first_day_is_not_counted() {
    // Fifty-six days after Monday 2 November is Monday 28 December: a bank holiday.
    let from = [held("2026-11-03", None)];
    assert_eq!(
        expiry("Summary", &from, None),
        Some(("2026-12-29".to_owned(), 56))
    );
}

#[test]
fn a_limit_that_would_expire_on_a_day_of_rest_expires_on_the_working_day_before() {
    // 25 and 28 December are bank holidays, between them is the weekend.
    let from = [held("2026-11-02", None)];
    assert_eq!(
        expiry("Summary", &from, None),
        Some(("2026-12-24".to_owned(), 56))
    );
    // The example of the sending on Monday 2 November 2026: 3 May 2027 is Early May.
    let sent = expiry("Indictable", &from, Some("2026-11-02"));
    assert_eq!(sent, Some(("2027-04-30".to_owned(), 182)));
}

#[test]
fn an_either_way_offence_has_seventy_days_unless_summary_trial_is_decided_within_fifty_six() {
    let from = [held("2026-09-01", None)];
    assert_eq!(
        expiry("Either Way", &from, None),
        Some(("2026-11-10".to_owned(), 70))
    );
    let with_plea = |on: &str| {
        let waiting = Waiting {
            mode_of_trial: "Either Way",
            under_18: false,
            plea_on: Some(day(on)),
            sent_on: None,
            held: &from,
        };
        time_limit(&CATALOGUE.results.law, &waiting).unwrap().days
    };
    assert_eq!(with_plea("2026-10-27"), 56, "on the fifty-sixth day");
    assert_eq!(with_plea("2026-10-28"), 70, "a day too late");
}

#[test]
fn broken_periods_are_added_together() {
    // Ten days, bail, and again from 1 December: forty-six are left.
    let broken = [
        held("2026-11-02", Some("2026-11-12")),
        held("2026-12-01", None),
    ];
    assert_eq!(
        expiry("Summary", &broken, None),
        Some(("2027-01-15".to_owned(), 56))
    );
}

#[test]
fn the_crown_court_has_the_days_that_the_magistrates_court_did_not_use() {
    // Twenty days before the sending on Monday 23 November: 162 are left.
    let from = [held("2026-11-03", None)];
    let sent = expiry("Either Way", &from, Some("2026-11-23"));
    assert_eq!(sent, Some(("2027-05-04".to_owned(), 182)));
}

#[test]
fn nobody_who_is_free_has_a_limit_and_an_indictable_offence_has_none_before_it_is_sent() {
    assert_eq!(
        expiry("Summary", &[held("2026-11-02", Some("2026-11-03"))], None),
        None
    );
    assert_eq!(expiry("Summary", &[], None), None);
    assert_eq!(
        expiry("Indictable", &[held("2026-11-02", None)], None),
        None
    );
}

#[test]
fn the_longer_limit_of_2020_was_for_adults_first_in_custody_then() {
    let from = [held("2020-09-28", None)];
    assert_eq!(
        expiry("Indictable", &from, Some("2020-09-28")).unwrap().1,
        238
    );
    let before = [held("2020-09-27", None)];
    assert_eq!(
        expiry("Indictable", &before, Some("2020-09-28")).unwrap().1,
        182
    );
}

#[test]
fn the_date_of_the_limit_is_offered() {
    let mut lines = example("remand_in_custody");
    of(&mut lines, "CTL").answers.clear();
    // Seventy days after Tuesday 24 November 2026.
    assert_eq!(offered(&lines, &untried()).as_deref(), Some("2027-02-02"));
    set(&mut lines, "CTL", "CTLDATE", "2027-02-02");
    assert_eq!(offered(&lines, &untried()), None);
    // Whoever was held before has less left.
    let mut before = untried();
    before.defendants[0].held = vec![held("2026-11-10", None)];
    assert_eq!(offered(&lines, &before).as_deref(), Some("2027-01-19"));
    // Whoever admitted it waits for no trial.
    of(&mut lines, "CTL").answers.clear();
    assert_eq!(offered(&lines, &hearing(vec![theft(1)])), None);
}

#[test]
fn a_date_that_differs_from_the_record_warns() {
    let mut lines = example("remand_in_custody");
    assert!(!has(&warns(&lines, &untried()), "POA1985-22-LIMIT"));
    set(&mut lines, "CTL", "CTLDATE", "2027-02-03");
    let told = said(&lines, &untried(), "POA1985-22-LIMIT").unwrap();
    assert!(
        told.contains("expires on 2 February 2027 (70 days from 24 November 2026)"),
        "{told}"
    );
}

#[test]
fn a_next_hearing_after_the_limit_warns_unless_it_is_extended() {
    let mut lines = example("remand_in_custody");
    set(&mut lines, "NHMC", "HDATE", "2027-02-02");
    assert!(!has(&warns(&lines, &untried()), "POA1985-22"));
    set(&mut lines, "NHMC", "HDATE", "2027-02-03");
    assert!(has(&warns(&lines, &untried()), "POA1985-22"));
    // A limit that an earlier hearing set counts where none is typed.
    let mut before = untried();
    before.offences[0].time_limit = set_on("2026-09-14", "2026-11-23");
    let none = without(lines.clone(), "CTL");
    let told = said(&none, &before, "POA1985-22").unwrap();
    assert!(told.contains("expired on 23 November 2026"), "{told}");
    lines.push(line("CTLE", 1, &[]));
    assert!(!has(&warns(&lines, &untried()), "POA1985-22"));
}

#[test]
fn a_limit_that_runs_is_the_one_that_was_set_or_else_worked_out() {
    let law = &CATALOGUE.results.law;
    let mut own = untried();
    let now = |own: &HearingFacts| {
        running_limit(law, &own.defendants[0], &own.offences[0], day("2026-11-24"))
    };
    assert_eq!(now(&own), None, "nobody is held");
    own.defendants[0].held = vec![held("2026-11-10", None)];
    let limit = now(&own).unwrap();
    assert_eq!(limit.expires, day("2027-01-19"));
    assert_eq!(
        limit.reckoned.as_deref(),
        Some("70 days from 10 November 2026")
    );
    own.offences[0].time_limit = set_on("2026-11-10", "2027-01-05");
    assert_eq!(now(&own).unwrap().expires, day("2027-01-05"));
    let found = |verdict: &str| {
        let mut own = own.clone();
        own.offences[0].verdict = Some(verdict.to_owned());
        now(&own).is_none()
    };
    for verdict in ["GUILTY", "NOT_GUILTY", "FINDING"] {
        assert!(found(verdict), "{verdict}: no trial is waited for");
    }
    assert!(!found("NO_VERDICT"), "a jury that could not agree");
    own.offences[0].convicted_on = Some(day("2026-11-24"));
    assert_eq!(now(&own), None, "a conviction ends it");
}

#[test]
fn a_limit_set_before_a_sending_ends_with_it_and_the_crown_courts_is_shown() {
    // Held from Tuesday 1 September, limit set for seventy days; sent on Monday 12 October.
    let law = &CATALOGUE.results.law;
    let mut own = untried();
    own.defendants[0].held = vec![held("2026-09-01", None)];
    own.offences[0].time_limit = set_on("2026-09-01", "2026-11-10");
    let now = |own: &HearingFacts| {
        running_limit(law, &own.defendants[0], &own.offences[0], day("2026-11-24")).unwrap()
    };
    assert_eq!(now(&own).expires, day("2026-11-10"), "not sent");
    own.offences[0].sent_on = Some(day("2026-10-12"));
    // 182 days less the 41 in the magistrates' court, from the sending (reg.5(6B)).
    assert_eq!(now(&own).expires, day("2027-03-02"));
    assert_eq!(
        now(&own).reckoned.as_deref(),
        Some("182 days from 12 October 2026, less 41 days held before")
    );
    // What the court set at the sending itself is the Crown Court's limit.
    own.offences[0].time_limit = set_on("2026-10-12", "2027-02-26");
    assert_eq!(now(&own).expires, day("2027-02-26"));
    assert_eq!(now(&own).reckoned, None, "as the court set it");
}

#[test]
fn a_sending_in_custody_is_not_measured_by_the_limit_of_the_magistrates_court() {
    let mut own = untried();
    own.defendants[0].held = vec![held("2026-09-15", None)];
    own.offences[0].time_limit = set_on("2026-09-15", "2026-11-24");
    let next = |next: &str| line("NHCCS", 1, &[("fixedDate", next)]);
    let mut lines = vec![line("CCII", 1, &[]), next("2027-03-16")];
    // 182 days less 70 from today: 16 March 2027.
    assert!(!has(&warns(&lines, &own), "POA1985-22"));
    lines[1] = next("2027-03-17");
    let told = said(&lines, &own, "POA1985-22").unwrap();
    assert!(told.contains("expires on 16 March 2027"), "{told}");
    // Begun but not dated, the limit is offered.
    lines.push(line("CTL", 1, &[]));
    assert_eq!(offered(&lines, &own).as_deref(), Some("2027-03-16"));
    // A further remand without a sending is still measured by it.
    let remand = vec![line("RI", 1, &[]), next("2026-11-25")];
    let told = said(&remand, &own, "POA1985-22").unwrap();
    assert!(told.contains("expires on 24 November 2026"), "{told}");
}
