//! How severe a rule is: it can be lowered, never raised.

use crate::drafts::*;
use domain::validator::{Lowered, NotLowered, lower, validate};
use reference::Catalogue;
use vocabulary::Severity;

#[test]
fn a_rule_is_lowered_but_never_raised() {
    let mut rules = CATALOGUE.results.law.validator.clone();
    lower(&mut rules, "DR-AGE-007", Lowered::Warning).unwrap();
    let issues = validate(&rules, &young("2005-11-24")).issues;
    assert_eq!(issues[0].severity, Severity::Warns);
    let raised = lower(&mut rules, "DR-AGE-007", Lowered::Error).unwrap_err();
    assert!(raised.to_string().contains("never raised"), "{raised}");
    lower(&mut rules, "DR-AGE-007", Lowered::Off).unwrap();
    let verdict = validate(&rules, &young("2005-11-24"));
    assert_eq!(verdict.issues, []);
    assert!(!verdict.evaluated.contains(&"DR-AGE-007".to_owned()));
    assert_eq!(
        lower(&mut rules, "DR-NONE-001", Lowered::Off),
        Err(NotLowered::Unknown("DR-NONE-001".to_owned()))
    );
}

#[test]
fn a_rule_with_several_conditions_is_lowered_to_a_ceiling_or_by_condition() {
    let mut rules = CATALOGUE.results.law.validator.clone();
    // The most severe condition blocks: to leave it so is no raising, and the others stay.
    lower(&mut rules, "DR-SENT-001", Lowered::Error).unwrap();
    assert_eq!(rules, CATALOGUE.results.law.validator);
    assert!(lower(&mut rules, "DR-SENT-001/AC3", Lowered::Error).is_err());
    lower(&mut rules, "DR-SENT-001/AC2", Lowered::Off).unwrap();
    let two = lines(vec![line("IMP", "o1"), line("IMP", "o2")]);
    let verdict = validate(&rules, &two);
    assert_eq!(verdict.issues, []);
    assert!(verdict.evaluated.contains(&"DR-SENT-001".to_owned()));
}

#[test]
fn a_rule_is_not_asked_of_hearings_before_it_is_valid() {
    let mut rules = CATALOGUE.results.law.validator.clone();
    for rule in &mut rules {
        rule.valid_from = Some(day("2026-11-24"));
    }
    assert_eq!(validate(&rules, &young("2005-11-24")).evaluated, NOTHING);
    for rule in &mut rules {
        rule.valid_from = Some(day("2026-11-23"));
    }
    assert_eq!(validate(&rules, &young("2005-11-24")).issues.len(), 1);
}

/// A folder with this text in place of the table of the rules.
fn folder(name: &str, text: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("validator-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("validation_rules.csv"), text).unwrap();
    folder
}

const TABLE: &str = include_str!("../../../../reference/validation_rules.csv");

/// The table with one row's severity changed.
fn changed(rule: &str, from: &str, to: &str) -> String {
    TABLE
        .lines()
        .map(|row| {
            let own = row.starts_with(rule);
            assert!(!own || row.contains(from), "{row}");
            let row = if own {
                row.replacen(from, to, 1)
            } else {
                row.to_owned()
            };
            row + "\n"
        })
        .collect()
}

#[test]
fn a_folder_may_lower_a_rule_and_not_raise_one() {
    let lowered = folder("lowered", &changed("DR-AGE-007,", ",ERROR,", ",WARNING,"));
    let catalogue = Catalogue::from_folder(&lowered).unwrap();
    let issues = validate(&catalogue.results.law.validator, &young("2005-11-24")).issues;
    assert_eq!(issues[0].severity, Severity::Warns);
    let raised = folder("raised", &changed("DR-CONV-006,", ",WARNING,", ",ERROR,"));
    let Err(error) = Catalogue::from_folder(&raised) else {
        panic!("a rule was raised")
    };
    assert!(
        error
            .to_string()
            .contains("DR-CONV-006 cannot be raised to ERROR"),
        "{error}"
    );
    for own in [lowered, raised] {
        std::fs::remove_dir_all(own).unwrap();
    }
}

#[test]
fn a_rule_that_rests_on_unconfirmed_law_warns_and_never_blocks() {
    // Column `verified` stands between `valid_from`, which is empty, and `rests_on`.
    let unsure = folder("unsure", &changed("DR-AGE-007,", ",,Y,", ",,N,"));
    let catalogue = Catalogue::from_folder(&unsure).unwrap();
    let issues = validate(&catalogue.results.law.validator, &young("2005-11-24")).issues;
    assert_eq!(issues[0].severity, Severity::Warns);
    let named = catalogue.check().to_string();
    assert!(named.contains("DR-AGE-007"), "{named}");
    // So does a rule that only the folder knows.
    let own = TABLE.replace("DR-AGE-007,", "XX-AGE-001,");
    std::fs::write(unsure.join("validation_rules.csv"), own).unwrap();
    let catalogue = Catalogue::from_folder(&unsure).unwrap();
    let issues = validate(&catalogue.results.law.validator, &young("2005-11-24")).issues;
    assert_eq!(issues[0].id, "XX-AGE-001");
    assert_eq!(issues[0].severity, Severity::Warns);
    std::fs::remove_dir_all(unsure).unwrap();
}
