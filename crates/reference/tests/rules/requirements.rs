//! Requirements and suspended terms: who fits a tag, and how long each may last.

use super::court::{self, CATALOGUE, blocks, example, line, today, without};
use super::{has, one};

/// Whoever fits a tag is told of it, or the results are not shared.
#[test]
fn a_curfew_with_a_tag_names_who_fits_it() {
    let lines = example("community_order");
    assert!(!has(&blocks(&lines, &one()), "CP-EM-001"));
    assert!(has(&blocks(&without(lines, "NORDRC"), &one()), "CP-EM-001"));
}

/// The court says that it ordered or varied monitoring: then somebody is named who does it.
#[test]
fn an_order_that_is_amended_with_a_tag_names_who_fits_it() {
    let monitored = (
        "theCourtMadeANewOrVariedAnElectronicMonitoringRequirement",
        "yes",
    );
    let contractor = ("electronicMonitoringContractor", "Beacon Monitoring");
    for code in ["COV", "SUSPV", "SUSPVD"] {
        let asks = |answers: &[(&str, &str)]| {
            let lines = [line(code, 1, answers)];
            has(&blocks(&lines, &one()), "CP-EM-002")
        };
        assert!(asks(&[monitored]), "{code}");
        assert!(!asks(&[monitored, contractor]), "{code}");
        assert!(!asks(&[(monitored.0, "no")]), "{code}");
        let beside = [line(code, 1, &[monitored]), line("NORDRC", 1, &[])];
        assert!(!has(&blocks(&beside, &one()), "CP-EM-002"), "{code}");
    }
}

/// What is suspended for another part of the United Kingdom has the limits of any other.
#[test]
fn a_sentence_suspended_elsewhere_has_the_same_limits() {
    for code in ["SUSPSS", "SUSPSNI", "SUSPSDS", "SUSPSDNI"] {
        let definition = court::CATALOGUE
            .results
            .by_code(code, court::today())
            .unwrap();
        let period = definition
            .fields
            .iter()
            .find(|own| own.label.to_lowercase().contains("period"))
            .unwrap();
        let lines = [line(code, 1, &[(period.key.as_str(), "18 months")])];
        assert!(has(&blocks(&lines, &one()), "LIMIT"), "{code}");
    }
}

#[test]
fn a_requirement_between_two_days_has_the_limit_of_one_for_a_period() {
    for (code, from, until) in [
        ("CURA", "startDate", "endDate"),
        ("ERBD", "fromDate", "untilDate"),
    ] {
        let of = |last: &str| {
            let answers = [(from, "2026-11-24"), (until, last)];
            let lines = [line("COEW", 1, &[]), line(code, 1, &answers)];
            blocks(&lines, &one())
        };
        assert!(!has(&of("2028-11-24"), "LIMIT"), "{code}");
        assert!(has(&of("2028-11-25"), "LIMIT"), "{code}");
    }
}

#[test]
fn suspended_detention_is_of_twenty_one_days_at_least() {
    for code in ["SUSPSD", "SUSPSDS", "SUSPSDNI"] {
        let definition = CATALOGUE.results.by_code(code, today()).unwrap();
        let term = definition.fields.iter();
        let key = term
            .filter(|own| own.label.to_lowercase().contains("custodial period"))
            .map(|own| own.key.clone())
            .next()
            .unwrap();
        let of = |term: &str| blocks(&[line(code, 1, &[(key.as_str(), term)])], &one());
        assert!(has(&of("20 days"), "LIMIT"), "{code}");
        assert!(!has(&of("21 days"), "LIMIT"), "{code}");
    }
}
