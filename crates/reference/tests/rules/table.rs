//! What the tables of law promise as a whole.

use super::court::{CATALOGUE, example, findings};
use super::{has, one, set};
use domain::{
    result::Finding,
    rules::{LoweredRules, lower_rule, severities},
    validator::Lowered,
};
use vocabulary::{Instant, Severity};

#[test]
fn what_nobody_has_confirmed_never_blocks() {
    let law = &CATALOGUE.results.law;
    // Read from the files as they are, so that the loader cannot hide it.
    for (file, id) in [("check_rules.csv", "rule"), ("age_rules.csv", "rule")] {
        let text = CATALOGUE.file(file).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_slice());
        let columns = reader.headers().unwrap().clone();
        let at = |name: &str| columns.iter().position(|own| own == name).unwrap();
        for row in reader.records() {
            let row = row.unwrap();
            if &row[at("verified")] != "no" {
                continue;
            }
            let name = &row[at(id)];
            let severity = law
                .rules
                .get(name)
                .map(|rule| rule.severity)
                .or_else(|| Some(law.ages.iter().find(|rule| rule.id == name)?.severity));
            assert_eq!(severity, Some(Severity::Warns), "{name}");
        }
    }
    for limit in &law.limits {
        let read = limit.severity == Severity::Blocks;
        assert!(read || !limit.source.is_empty(), "{}", limit.name);
    }
}

#[test]
fn every_rule_names_what_it_rests_on() {
    let law = &CATALOGUE.results.law;
    let unnamed: Vec<_> = law
        .rules
        .iter()
        .filter(|(_, rule)| rule.source.is_empty())
        .map(|(id, _)| id.as_str())
        .collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
    assert!(law.ages.iter().all(|rule| !rule.source.is_empty()));
    let contradictions = &law.contradictions;
    assert!(!contradictions.is_empty());
    assert!(contradictions.iter().all(|rule| !rule.source.is_empty()));
    assert!(law.limits.iter().all(|limit| !limit.source.is_empty()));
}

#[test]
fn a_finding_says_which_act_it_rests_on() {
    let mut lines = example("community_order");
    set(&mut lines, "UPWR", "numberOfHours", "301 hours");
    let found = findings(&lines, &one());
    let limit = found.iter().find(|own| own.code == "LIMIT").unwrap();
    assert_eq!(
        limit.source.as_deref(),
        Some("Sentencing Act 2020 Sch.9 paras 1, 2")
    );
    let published = super::court::without(example("remand_in_custody"), "CTL");
    let mut waiting = one();
    waiting.offences[0].plea = None;
    let found = findings(&published, &waiting);
    let own = found.iter().find(|own| own.code == "DR-CTL-003").unwrap();
    assert!(own.source.as_deref().unwrap().contains("1985 s.22"));
}

#[test]
fn what_may_be_lowered_is_what_findings_are_called() {
    // A rule whose findings are called LIMIT could be lowered without any effect.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/src/result/check");
    let code: String = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let law = &CATALOGUE.results.law;
    for (id, _) in law.rules.iter().filter(|(_, rule)| rule.lowerable) {
        let called = [format!("code: \"{id}\""), format!("limit, \"{id}\"")];
        assert!(called.iter().any(|own| code.contains(own)), "{id}");
    }
}

/// The rules when one of them is lowered.
fn lowered(rule: &str, to: Lowered) -> LoweredRules {
    let law = &CATALOGUE.results.law;
    let none = LoweredRules::default();
    let event = lower_rule(law, &none, (rule, to), "Ada Wren", "wrong here").unwrap();
    LoweredRules::fold(None, &event, Instant::from_micros(1))
}

fn blocking(found: Vec<Finding>) -> Vec<String> {
    let blocking = found
        .into_iter()
        .filter(|own| own.severity == Severity::Blocks);
    blocking.map(|own| own.code).collect()
}

#[test]
fn a_limit_is_lowered_by_the_name_of_its_finding() {
    let mut lines = example("community_order");
    set(&mut lines, "UPWR", "numberOfHours", "301 hours");
    let found = findings(&lines, &one());
    assert!(has(&blocking(found.clone()), "LIMIT"));
    let warned = lowered("limit", Lowered::Warning).soften(found.clone());
    assert!(!has(&blocking(warned.clone()), "LIMIT"));
    assert!(
        warned.iter().any(|own| own.code == "LIMIT"),
        "it still warns"
    );
    let silent = lowered("LIMIT", Lowered::Off).soften(found);
    assert!(silent.iter().all(|own| own.code != "LIMIT"));
}

#[test]
fn every_rule_about_an_age_is_listed_and_lowered_by_its_name() {
    let law = &CATALOGUE.results.law;
    let listed = severities(law, &LoweredRules::default());
    for age in &law.ages {
        let named = listed.iter().filter(|own| own.rule == age.id);
        assert_eq!(named.count(), 1, "{}", age.id);
        assert!(lowered(&age.id, Lowered::Off).of(&age.id).is_some());
    }
    // A community order of somebody who is seventeen: s.202.
    let mut young = one();
    young.defendants[0].date_of_birth = "2009-01-02".parse().ok();
    let found = findings(&example("community_order"), &young);
    assert!(has(&blocking(found.clone()), "SA2020-202"));
    let left = lowered("SA2020-202", Lowered::Off).soften(found);
    assert!(left.iter().all(|own| own.code != "SA2020-202"));
}
