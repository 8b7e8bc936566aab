//! Lowering: what it does to findings and published rules, and what is refused. No
//! table is read here; the rules are invented.

use super::*;
use crate::{
    result::{AgeRule, Asked, CheckRule, DecidedBy, Finding, LawTables},
    validator::{Kind, Lowered, Reach, ValidatorRule},
};
use vocabulary::{DefendantId, Instant, Severity};

fn published(id: &str, severity: Severity) -> ValidatorRule {
    ValidatorRule {
        id: id.to_owned(),
        title: "Imprisonment under 21".to_owned(),
        meaning: "Defendant under 21 given imprisonment".to_owned(),
        kind: Kind::TooYoung,
        results: Vec::new(),
        others: Vec::new(),
        offences: Vec::new(),
        needs_master: false,
        enabled: true,
        severity,
        reach: Reach::Offence,
        message: String::new(),
        summary: String::new(),
        hint: String::new(),
        valid_from: None,
        rests_on: String::new(),
        dates: Vec::new(),
    }
}

fn law() -> LawTables {
    let ours = |lowerable| CheckRule {
        asked: Asked::default(),
        severity: Severity::Blocks,
        results: Vec::new(),
        others: Vec::new(),
        offences: Vec::new(),
        source: "Sentencing Act 2020 s.203".to_owned(),
        lowerable,
        why: "no community order with a suspended sentence".to_owned(),
    };
    let mut law = LawTables {
        validator: vec![
            published("DR-AGE-007", Severity::Blocks),
            published("DR-SENT-001/AC2", Severity::Blocks),
            published("DR-SENT-001/AC3", Severity::Warns),
        ],
        ..LawTables::default()
    };
    law.rules.insert("SA2020-203".to_owned(), ours(true));
    law.rules.insert("UI-SHARE-6".to_owned(), ours(false));
    law
}

fn with(lowered: &LoweredRules, rule: &str, to: Lowered) -> Result<LoweredRules, &'static str> {
    let event = lower_rule(&law(), lowered, (rule, to), "Ada Wren", "wrong here")
        .map_err(|refusal| refusal.code)?;
    let at = Instant::from_micros(1);
    Ok(LoweredRules::fold(Some(lowered.clone()), &event, at))
}

fn finding(code: &str) -> Finding {
    Finding {
        line: None,
        defendant: DefendantId(uuid::Uuid::nil()),
        offence: None,
        severity: Severity::Blocks,
        code: code.to_owned(),
        message: String::new(),
        hint: String::new(),
        field: None,
        source: None,
    }
}

#[test]
fn a_lowered_rule_warns_or_is_silent_and_every_other_stays() {
    let now = with(&LoweredRules::default(), "dr-age-007", Lowered::Warning).unwrap();
    let now = with(&now, "SA2020-203", Lowered::Off).unwrap();
    let left = now.soften(vec![
        finding("DR-AGE-007"),
        finding("SA2020-203"),
        finding("LIMIT"),
    ]);
    let left: Vec<_> = left
        .iter()
        .map(|own| (own.code.as_str(), own.severity))
        .collect();
    assert_eq!(
        left,
        [("LIMIT", Severity::Blocks), ("DR-AGE-007", Severity::Warns)]
    );
    let rules = now.validator(&law().validator);
    assert_eq!(rules[0].severity, Severity::Warns);
    assert_eq!(rules[1].severity, Severity::Blocks);
}

#[test]
fn all_conditions_of_a_rule_are_lowered_together_or_one_by_one() {
    let none = LoweredRules::default();
    let whole = with(&none, "DR-SENT-001", Lowered::Warning).unwrap();
    let left = whole.soften(vec![finding("DR-SENT-001/AC2")]);
    assert_eq!(left[0].severity, Severity::Warns);
    let one = with(&none, "DR-SENT-001/AC3", Lowered::Off).unwrap();
    let left = one.soften(vec![finding("DR-SENT-001/AC2")]);
    assert_eq!(left[0].severity, Severity::Blocks);
}

#[test]
fn a_rule_is_never_raised() {
    let none = LoweredRules::default();
    assert_eq!(
        with(&none, "DR-SENT-001/AC3", Lowered::Error),
        Err("never_raised")
    );
    let off = with(&none, "DR-AGE-007", Lowered::Off).unwrap();
    assert_eq!(
        with(&off, "DR-AGE-007", Lowered::Warning),
        Err("never_raised")
    );
    let ours = with(&none, "SA2020-203", Lowered::Warning).unwrap();
    assert_eq!(
        with(&ours, "SA2020-203", Lowered::Error),
        Err("never_raised")
    );
    // What the table lowers by itself later stays lowered.
    let warned = with(&none, "DR-AGE-007", Lowered::Warning).unwrap();
    let mut table = law().validator;
    table[0].enabled = false;
    assert!(!warned.validator(&table)[0].enabled);
}

#[test]
fn what_is_restored_is_what_its_table_says() {
    let off = with(&LoweredRules::default(), "DR-AGE-007", Lowered::Off).unwrap();
    let event = restore_rule(&off, "DR-AGE-007", "Ada Wren", "mended").unwrap();
    let now = LoweredRules::fold(Some(off.clone()), &event, Instant::from_micros(2));
    assert_eq!(now.of("DR-AGE-007"), None);
    let again = restore_rule(&now, "DR-AGE-007", "Ada Wren", "mended");
    assert_eq!(again.unwrap_err().code, "not_lowered");
}

#[test]
fn nothing_is_lowered_without_who_and_why_nor_what_may_not_be() {
    let none = LoweredRules::default();
    let law = law();
    let silent = lower_rule(&law, &none, ("DR-AGE-007", Lowered::Off), " ", "why");
    assert_eq!(silent.unwrap_err().code, "who_and_why");
    assert_eq!(with(&none, "UI-SHARE-6", Lowered::Off), Err("no_such_rule"));
    assert_eq!(with(&none, "DR-AGE-700", Lowered::Off), Err("no_such_rule"));
}

#[test]
fn a_list_says_what_each_rule_asks_what_it_rests_on_and_by_which_name_it_was_lowered() {
    let now = with(&LoweredRules::default(), "DR-SENT-001", Lowered::Warning).unwrap();
    let mut law = law();
    law.ages.push(AgeRule {
        id: "SA2020-262".to_owned(),
        results: vec!["yoi".to_owned()],
        min: Some(18),
        max: Some(20),
        on: DecidedBy::Conviction,
        severity: Severity::Blocks,
        source: "Sentencing Act 2020 s.262".to_owned(),
        hint: String::new(),
        asked: Asked::default(),
    });
    let all = severities(&law, &now);
    let of = |rule: &str| all.iter().find(|own| own.rule == rule).unwrap();
    let ours = of("SA2020-203");
    assert_eq!(
        (ours.about.as_str(), ours.source.as_str()),
        (
            "No community order with a suspended sentence.",
            "Sentencing Act 2020 s.203"
        )
    );
    assert_eq!(
        of("SA2020-262").about,
        "yoi for those aged 18 to 20 on the day of conviction."
    );
    assert_eq!(
        of("DR-AGE-007").about,
        "Defendant under 21 given imprisonment."
    );
    // What may not be lowered is no choice.
    assert!(all.iter().all(|own| own.rule != "UI-SHARE-6"));
    let condition = of("DR-SENT-001/AC2");
    assert_eq!(
        (condition.table, condition.now),
        (Lowered::Error, Lowered::Warning)
    );
    assert_eq!(now.of_name("DR-SENT-001/AC2").unwrap().0, "DR-SENT-001");
    assert_eq!(now.of_name("DR-AGE-007"), None);
}
