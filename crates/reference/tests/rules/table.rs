//! What the tables of law promise as a whole.

use super::court::{CATALOGUE, example, findings};
use super::{one, set};
use vocabulary::Severity;

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
