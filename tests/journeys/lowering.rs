//! Whoever runs the service lowers a rule before sharing from a screen, and gives it back: who
//! did, when and why is in the record and beside each finding.

use crate::{
    signing_in::{later, open_court},
    steps::{all_guilty, example, look, path_case, save, start},
};
use client::Client;
use contract::{
    Code,
    hearing::{Finding, Line},
    rules::{List, Lower, LowerTo, Restore, RuleList, RuleSeverity, RuleView},
    security::Prove,
};
use testkit::TestCourt;
use vocabulary::{CommandId, HearingId, Severity};

const RULE: &str = "SA2020-203";

fn of<'a>(list: &'a RuleList, rule: &str) -> &'a RuleView {
    list.rules.iter().find(|own| own.rule == rule).unwrap()
}

fn to_warn(reason: &str) -> Lower {
    Lower {
        rule: RULE.to_owned(),
        to: LowerTo::Warning,
        reason: reason.to_owned(),
    }
}

/// A community order with a suspended sentence, which the rule is about.
async fn typed(court: &TestCourt, adviser: &Client) -> (HearingId, Vec<Line>) {
    let (_, hearing) = path_case(adviser).await;
    start(adviser, hearing).await;
    all_guilty(adviser, hearing).await;
    let seen = look(adviser, hearing).await;
    let mut lines = example(court, "community_order", &seen, 0);
    lines.extend(example(court, "suspended_sentence", &seen, 0));
    (hearing, lines)
}

async fn found(adviser: &Client, hearing: HearingId, lines: &[Line]) -> Finding {
    let revision = look(adviser, hearing).await.draft.revision;
    let draft = save(adviser, hearing, revision, lines.to_vec()).await;
    let mut findings = draft.readiness.findings.into_iter();
    findings.find(|own| own.code == RULE).unwrap()
}

#[tokio::test]
async fn whoever_runs_the_service_lowers_a_rule_and_each_finding_says_who_since_when_and_why() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let adviser = court.as_legal_adviser().await;
    let (hearing, lines) = typed(&court, &adviser).await;
    let before = found(&adviser, hearing, &lines).await;
    assert_eq!(before.severity, Severity::Blocks);
    assert_eq!(before.lowered, None);

    let list = staff.rules_list(&List {}).await.unwrap();
    let rule = of(&list, RULE);
    assert_eq!(rule.by_table, RuleSeverity::Error);
    assert_eq!(rule.to, [LowerTo::Warning, LowerTo::Off]);
    assert_eq!(rule.source, "Sentencing Act 2020 s.203");
    assert!(rule.says.starts_with("No community order"), "{}", rule.says);

    let list = staff.rules_lower(&to_warn("Incident 42")).await.unwrap();
    let rule = of(&list, RULE);
    assert_eq!(
        (rule.by_table, rule.now),
        (RuleSeverity::Error, RuleSeverity::Warning)
    );
    assert_eq!(rule.to, [LowerTo::Off]);
    let lowered = rule.lowered.clone().unwrap();
    assert_eq!(
        (lowered.by.as_str(), lowered.reason.as_str()),
        ("Noor Hadley", "Incident 42")
    );
    // The finding warns, and says so of itself.
    let now = found(&adviser, hearing, &lines).await;
    assert_eq!(now.severity, Severity::Warns);
    assert_eq!(now.lowered, Some(lowered));

    let restore = Restore {
        rule: RULE.to_owned(),
        reason: "It is mended".to_owned(),
    };
    let list = staff.rules_restore(&restore).await.unwrap();
    assert_eq!(of(&list, RULE).now, RuleSeverity::Error);
    assert_eq!(of(&list, RULE).lowered, None);
    let after = found(&adviser, hearing, &lines).await;
    assert_eq!((after.severity, after.lowered), (Severity::Blocks, None));

    // Who, when and why stay in the record.
    let stream = domain::Stream::new(domain::StreamKind::Rules, domain::rules::RULES);
    let ledger = &court.state.app.ledger;
    let events = ledger.events(stream, 0).await.unwrap();
    let names: Vec<_> = events.iter().map(|own| own.event.name()).collect();
    assert_eq!(names, ["rules.rule_lowered", "rules.rule_restored"]);
    assert!(events.iter().all(|own| own.by.name() == "Noor Hadley"));
}

#[tokio::test]
async fn a_rule_is_not_raised_nor_lowered_without_a_reason_nor_by_anybody_else() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let silent = staff.rules_lower(&to_warn(" ")).await.unwrap_err();
    assert_eq!(silent.code, Code::Refused);
    assert_eq!(silent.reference.as_deref(), Some("who_and_why"));
    staff
        .rules_lower(&Lower {
            to: LowerTo::Off,
            ..to_warn("Off")
        })
        .await
        .unwrap();
    let raised = staff.rules_lower(&to_warn("On again")).await.unwrap_err();
    assert_eq!(raised.reference.as_deref(), Some("never_raised"));
    let unknown = Lower {
        rule: "UI-SHARE-6".to_owned(),
        ..to_warn("May not be lowered")
    };
    let unknown = staff.rules_lower(&unknown).await.unwrap_err();
    assert_eq!(unknown.reference.as_deref(), Some("no_such_rule"));
    let restore = Restore {
        rule: "DR-AGE-007".to_owned(),
        reason: "Over".to_owned(),
    };
    let restored = staff.rules_restore(&restore).await.unwrap_err();
    assert_eq!(restored.reference.as_deref(), Some("not_lowered"));

    for other in [
        court.as_legal_adviser().await,
        court.as_cps().await,
        court.as_defence().await,
        court.as_prison().await,
    ] {
        let list = other.rules_list(&List {}).await.unwrap_err();
        let lowered = other.rules_lower(&to_warn("Mine")).await.unwrap_err();
        let restored = other.rules_restore(&restore).await.unwrap_err();
        for refused in [list, lowered, restored] {
            assert_eq!(refused.code, Code::NotPermitted);
        }
    }
    assert_eq!(
        of(&staff.rules_list(&List {}).await.unwrap(), RULE).now,
        RuleSeverity::Off
    );
}

#[tokio::test]
async fn lowering_asks_for_a_fresh_proof_and_is_recorded_once_if_it_is_sent_twice() {
    let court = open_court::<23>().await;
    let staff = court.as_administrator().await;
    later::<23>(4 * 60 + 1);
    assert!(
        staff.rules_list(&List {}).await.is_ok(),
        "looking asks none"
    );
    let command = CommandId(uuid::Uuid::now_v7());
    let lower = to_warn("Incident 42");
    let refused = staff.send(&lower, command).await.unwrap_err();
    assert_eq!(refused.code, Code::ProofNeeded);
    let prove = Prove {
        password: Some(court.config.demo_password.clone()),
        code: None,
    };
    let token = staff.account_prove(&prove).await.unwrap().token;
    let staff = court.stranger().with_token(&token);
    let first = staff.send(&lower, command).await.unwrap();
    let restore = Restore {
        rule: RULE.to_owned(),
        reason: "Over".to_owned(),
    };
    let given = CommandId(uuid::Uuid::now_v7());
    let back = staff.send(&restore, given).await.unwrap();
    // Its answer was lost: it is answered as the first time, and nothing is done again.
    assert_eq!(staff.send(&restore, given).await.unwrap(), back);
    assert_eq!(staff.send(&lower, command).await.unwrap(), first);
    let now = staff.rules_list(&List {}).await.unwrap();
    assert_eq!(of(&now, RULE).lowered, None);
}
