//! Disqualification from driving.

use super::court::{CATALOGUE, blocks, example, hearing, line, of, theft, today, warns};
use super::{has, one, said, set};
use domain::result::{OffenceInHearing, proposals};

/// Driving with excess alcohol, admitted.
fn drink_driving() -> OffenceInHearing {
    let mut own = theft(1);
    own.code = "RT88333".to_owned();
    own.title = "Drive with excess alcohol".to_owned();
    own.mode_of_trial = "Summary".to_owned();
    own.max_penalty = Some("S:6M &/or Ultd Fine Oblig disq LE 3-11pp".to_owned());
    own
}

#[test]
fn a_disqualification_names_the_driver_number_or_that_there_is_none() {
    let mut lines = example("driving_disqualification");
    let key = "defendantDrivingLicenceNumber";
    assert!(!has(&blocks(&lines, &one()), "DVLA-DRIVER"));
    of(&mut lines, "DDO").answers.remove(key);
    assert!(has(&blocks(&lines, &one()), "DVLA-DRIVER"));
    set(&mut lines, "DDO", key, "None held");
    assert!(!has(&blocks(&lines, &one()), "DVLA-DRIVER"));
    assert!(!has(&warns(&lines, &one()), "DVLA-DRIVER"));
    set(&mut lines, "DDO", key, "TILBURY");
    assert!(has(&warns(&lines, &one()), "DVLA-DRIVER"), "not its form");
    assert!(!has(&blocks(&lines, &one()), "DVLA-DRIVER"));
}

#[test]
fn every_disqualification_from_driving_asks_for_it() {
    let law = &CATALOGUE.results.law;
    let rule = &law.rules["DVLA-DRIVER"];
    for code in &rule.results {
        let Some(own) = CATALOGUE.results.by_code(code, today()) else {
            continue;
        };
        let asks = own.field("defendantDrivingLicenceNumber").is_some();
        assert!(asks || own.code == "DDDR", "{code}");
    }
}

#[test]
fn the_driver_number_on_record_is_offered() {
    let mut lines = example("driving_disqualification");
    of(&mut lines, "DDO")
        .answers
        .remove("defendantDrivingLicenceNumber");
    let mut known = one();
    assert!(proposals(&CATALOGUE.results, &lines, &known).is_empty());
    known.defendants[0].driver_number = Some("TILBU903125RJ9AB".to_owned());
    let offered = proposals(&CATALOGUE.results, &lines, &known);
    assert_eq!(offered[0].answer, "TILBU903125RJ9AB");
}

#[test]
fn an_obligatory_disqualification_is_for_twelve_months_at_least() {
    let mut lines = example("driving_disqualification");
    set(&mut lines, "DDO", "disqualificationPeriod", "12 months");
    assert!(!has(&blocks(&lines, &one()), "LIMIT"));
    set(&mut lines, "DDO", "disqualificationPeriod", "11 months");
    assert!(has(&blocks(&lines, &one()), "LIMIT"));
}

#[test]
fn points_disqualify_for_six_months_at_least() {
    let points = |period: &str| vec![line("DDP", 1, &[("disqualificationPeriod", period)])];
    assert!(has(&blocks(&points("5 months"), &one()), "LIMIT"));
    assert!(!has(&blocks(&points("6 months"), &one()), "LIMIT"));
}

#[test]
fn an_offence_that_disqualifies_warns_without_one() {
    let drink = hearing(vec![drink_driving()]);
    let mut lines = vec![line("FO", 1, &[("AOF", "400.00")])];
    assert!(has(&warns(&lines, &drink), "RTOA1988-34"));
    assert!(!has(&warns(&lines, &one()), "RTOA1988-34"));
    lines.push(line("NDSR", 1, &[]));
    assert!(!has(&warns(&lines, &drink), "RTOA1988-34"));
    // What is not sentenced disqualifies nobody.
    assert!(!has(&warns(&[line("WDRN", 1, &[])], &drink), "RTOA1988-34"));
}

#[test]
fn a_disqualification_with_custody_for_the_same_offence_is_extended() {
    let key = "extensionPeriodSection35AImmediateCustodialSentence";
    let mut lines = vec![
        line("DDO", 1, &[("disqualificationPeriod", "16 months")]),
        line("IMP", 1, &[("imprisonmentPeriod", "6 months")]),
    ];
    let found = said(&lines, &one(), "RTOA1988-35A");
    assert!(found.is_some());
    let mut older = one();
    older.offences[0].committed_on = "2015-04-12".parse().ok();
    assert_eq!(said(&lines, &older, "RTOA1988-35A"), None);
    older.offences[0].committed_on = "2015-04-13".parse().ok();
    assert!(said(&lines, &older, "RTOA1988-35A").is_some());
    set(&mut lines, "DDO", key, "3 months");
    assert_eq!(said(&lines, &one(), "RTOA1988-35A"), None);
    // Suspended, there is no custody to wait out.
    let suspended = vec![
        line("DDO", 1, &[("disqualificationPeriod", "16 months")]),
        line("SUSPS", 1, &[("imprisonmentPeriod", "6 months")]),
    ];
    assert_eq!(said(&suspended, &one(), "RTOA1988-35A"), None);
}

#[test]
fn a_driver_number_that_is_not_theirs_is_told() {
    const OWN: &str = "TILBU903125RJ9AB";
    const OTHERS: &str = "FARRO805210I99AB";
    let key = "defendantDrivingLicenceNumber";
    let mut lines = example("driving_disqualification");
    let mut known = one();
    set(&mut lines, "DDO", key, OTHERS);
    assert!(
        !has(&warns(&lines, &known), "CP-DRIVER-001"),
        "none on record"
    );
    known.defendants[0].driver_number = Some(OWN.to_owned());
    assert!(has(&warns(&lines, &known), "CP-DRIVER-001"));
    set(&mut lines, "DDO", key, "tilbu 903125 rj9ab");
    assert!(!has(&warns(&lines, &known), "CP-DRIVER-001"));

    // Copied with the result to a co-defendant of whom none is on record.
    let mut second = known.defendants[0].clone();
    second.id = "5f0c7f0e-0000-4000-8000-000000000002".parse().unwrap();
    second.person = second.id;
    second.name = "Imogen Farrow".to_owned();
    second.driver_number = None;
    let mut copied = lines.clone();
    for line in &mut copied {
        line.defendant = second.id;
    }
    known.defendants.push(second);
    lines.extend(copied);
    let message = said(&lines, &known, "CP-DRIVER-001").unwrap();
    assert!(message.contains("Rufus Tilbury"), "{message}");
}

#[test]
fn every_obligatory_disqualification_has_its_least_period() {
    for (code, answer, least) in [
        ("DDO", "disqualificationPeriod", "12 months"),
        ("DDOTE", "disqualificationPeriod", "12 months"),
        ("DDRCO", "disqualificationPeriod", "12 months"),
        ("DDRCOT", "disqualificationPeriod", "12 months"),
        ("DDP", "disqualificationPeriod", "6 months"),
        ("DDPTE", "disqualificationPeriod", "6 months"),
    ] {
        let of = |period: &str| blocks(&[line(code, 1, &[(answer, period)])], &one());
        assert!(has(&of("5 months"), "LIMIT"), "{code}");
        assert!(!has(&of(least), "LIMIT"), "{code}");
    }
}
