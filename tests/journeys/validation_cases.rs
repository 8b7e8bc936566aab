//! Drafts of results and what the published validator says of each, worked out from
//! its rules by hand: each rule with what it passes over, several defendants, and what
//! a sender may leave out.

use crate::validation::{System, issues};
use serde_json::{Value, json};
use testkit::TestCourt;

/// A hearing in July 2026 without results: two defendants of full age who were
/// convicted of a theft each, and a third offence of the first.
fn draft(lines: Value) -> Value {
    let offence = |id: &str| {
        json!({"offenceId": id, "offenceCode": "TH68010", "offenceTitle": "Theft from a shop",
            "isConvicted": true})
    };
    json!({
        "hearingId": "h1", "hearingDay": "2026-07-20", "courtType": "MAGISTRATES",
        "resultLines": lines,
        "defendants": [
            {"defendantId": "d1", "masterDefendantId": "m1", "firstName": "Rufus",
             "lastName": "Tilbury", "dateOfBirth": "1980-05-02"},
            {"defendantId": "d2", "masterDefendantId": "m2", "firstName": "Ada",
             "lastName": "Wren", "dateOfBirth": "1980-05-02"},
        ],
        "offences": [offence("o1"), offence("o2"), offence("o3")],
    })
}

fn line(code: &str, defendant: &str, offence: &str) -> Value {
    json!({"resultLineId": format!("{code}-{offence}"), "shortCode": code, "label": code,
        "defendantId": defendant, "offenceId": offence})
}

/// The line with these fields beside it.
fn with(mut line: Value, fields: &Value) -> Value {
    for (name, value) in fields.as_object().expect("an object") {
        line[name] = value.clone();
    }
    line
}

fn finally(code: &str, offence: &str) -> Value {
    with(line(code, "d1", offence), &json!({"category": "F"}))
}

fn prompts(line: Value, answers: &[(&str, &str)]) -> Value {
    let answers: Vec<Value> = answers
        .iter()
        .map(|(key, text)| json!({"promptRef": key, "promptValue": text}))
        .collect();
    with(line, &json!({ "prompts": answers }))
}

/// What is found: the list, the rule, and the ids of what is affected.
async fn found(system: &System, draft: &Value) -> Vec<String> {
    let answer = system.validated(draft).await;
    let blocks = issues(&answer, "errors").len();
    assert_eq!(answer["isValid"], json!(blocks == 0), "{answer}");
    let told = |list: &'static str| {
        issues(&answer, list).iter().map(move |issue| {
            let affected = |of: &str, id: &str| {
                let own = issue[of].as_array().expect("a list").iter();
                own.map(|one| one[id].as_str().expect("an id").to_owned())
                    .collect::<Vec<_>>()
            };
            let mut ids = affected("affectedOffences", "offenceId");
            ids.extend(affected("affectedDefendants", "defendantId"));
            let rule = issue["ruleId"].as_str().expect("a rule");
            format!("{list} {rule} {}", ids.join("+"))
        })
    };
    told("errors").chain(told("warnings")).collect()
}

#[tokio::test]
async fn each_rule_finds_what_it_is_for_and_passes_over_the_rest() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let concurrent = json!({"isConcurrent": true});
    let after = json!({"consecutiveToOffence": "o1"});
    let both = json!({"isConcurrent": true, "consecutiveToOffence": "o1"});
    let imp = |offence: &str| line("IMP", "d1", offence);
    let coew = |code: &str, end: &str| prompts(line(code, "d1", "o1"), &[("endDate", end)]);

    let cases: &[(&str, Value, &[&str])] = &[
        ("nothing is resulted", json!([]), &[]),
        ("one term alone", json!([imp("o1")]), &[]),
        (
            "two terms on one offence",
            json!([imp("o1"), imp("o1")]),
            &[],
        ),
        (
            "a primary term and one that runs with it",
            json!([imp("o1"), with(imp("o2"), &concurrent)]),
            &[],
        ),
        (
            "two terms that say nothing, and one that does",
            json!([imp("o1"), imp("o2"), with(imp("o3"), &after)]),
            &["errors DR-SENT-001 o1+o2"],
        ),
        (
            "a term of each of two defendants",
            json!([imp("o1"), line("IMP", "d2", "o2")]),
            &[],
        ),
        (
            "a term that says both, beside a primary one",
            json!([imp("o1"), with(imp("o2"), &both)]),
            &["warnings DR-SENT-001 o2"],
        ),
        (
            "no primary term, of two kinds and in small letters",
            json!([
                with(line("dto", "d1", "o1"), &concurrent),
                with(imp("o2"), &after)
            ]),
            &["warnings DR-SENT-001 m1"],
        ),
        (
            "a blank consecutive offence says nothing",
            json!([
                imp("o1"),
                with(imp("o2"), &json!({"consecutiveToOffence": " "}))
            ]),
            &["errors DR-SENT-001 o1+o2"],
        ),
        (
            "a remand after conviction",
            json!([line("RI", "d1", "o1")]),
            &[],
        ),
        (
            "a curfew beyond the order",
            json!([
                coew("COEW", "2027-01-01"),
                prompts(line("CUR", "d1", "o1"), &[("endDate", "2027-01-02")])
            ]),
            &["errors DR-COEW-005 o1"],
        ),
        (
            "a curfew until the last day of the order",
            json!([
                coew("COEW", "2027-01-01"),
                prompts(line("CUR", "d1", "o1"), &[("endDate", "2027-01-01")])
            ]),
            &[],
        ),
        (
            "a curfew on another offence than the order",
            json!([
                coew("COEW", "2027-01-01"),
                prompts(line("CUR", "d1", "o2"), &[("endDate", "2027-01-02")])
            ]),
            &[],
        ),
        (
            "an order whose end cannot be read",
            json!([
                coew("COEW", "soon"),
                prompts(line("CUR", "d1", "o1"), &[("endDate", "2027-01-02")])
            ]),
            &[],
        ),
        (
            "a youth order that ends before its tagged curfew",
            json!([
                coew("YROEW", "2027-01-01"),
                prompts(
                    line("YRC1", "d1", "o1"),
                    &[("endDateOfTagging", "2027-01-02")]
                )
            ]),
            &["errors DR-YRO-004 o1"],
        ),
        (
            "abstinence counted from the day of the hearing, a day too long",
            json!([
                coew("COEW", "2027-01-01"),
                prompts(
                    line("AAR", "d1", "o1"),
                    &[
                        ("numberOfDaysToAbstainFromConsumingAnyAlcohol", "30"),
                        ("until", "2026-08-19")
                    ]
                )
            ]),
            &["errors DR-COEW-005 o1"],
        ),
        (
            "abstinence that ends when it should",
            json!([
                coew("COEW", "2027-01-01"),
                prompts(
                    line("AAR", "d1", "o1"),
                    &[
                        ("numberOfDaysToAbstainFromConsumingAnyAlcohol", "30"),
                        ("until", "2026-08-18")
                    ]
                )
            ]),
            &[],
        ),
        (
            "a result that no rule knows",
            json!([line("NOSUCH", "d9", "o9")]),
            &[],
        ),
    ];
    for (case, lines, wanted) in cases {
        let told = found(&system, &draft(lines.clone())).await;
        assert_eq!(told, *wanted, "{case}");
    }
}

#[tokio::test]
async fn an_offence_is_looked_at_as_it_was_sent() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let unsaid = Value::Null;
    let cases: &[(&str, Value, Value, &[&str])] = &[
        (
            "a remand before conviction",
            json!([line("RI", "d1", "o1")]),
            json!({"isConvicted": false}),
            &["warnings DR-CTL-003 o1"],
        ),
        (
            "the same of which nothing was said",
            json!([line("RI", "d1", "o1")]),
            json!({"isConvicted": unsaid, "hasExistingCtlRecord": unsaid}),
            &["warnings DR-CTL-003 o1"],
        ),
        (
            "a remand with a limit of an earlier hearing",
            json!([line("RI", "d1", "o1")]),
            json!({"isConvicted": false, "hasExistingCtlRecord": true}),
            &[],
        ),
        (
            "a remand with a limit of this one",
            json!([line("RI", "d1", "o1"), line("CTL", "d1", "o1")]),
            json!({"isConvicted": false}),
            &[],
        ),
        (
            "a remand that asks for the date itself",
            json!([prompts(
                line("RI", "d1", "o1"),
                &[("CTLDATE", "2026-09-01")]
            )]),
            json!({"isConvicted": false}),
            &[],
        ),
        (
            "a sentence without conviction",
            json!([finally("FO", "o1")]),
            json!({"isConvicted": false}),
            &["warnings DR-CONV-006 o1"],
        ),
        (
            "a result without category is not final",
            json!([line("FO", "d1", "o1")]),
            json!({"isConvicted": false}),
            &[],
        ),
        (
            "withdrawn, without conviction",
            json!([finally("wdrn", "o1")]),
            json!({"isConvicted": false}),
            &[],
        ),
        (
            "dangerous driving without a re-test",
            json!([finally("COEW", "o1")]),
            json!({"offenceCode": "RT88026"}),
            &["warnings DR-DISQ-002 o1"],
        ),
        (
            "dangerous driving with one",
            json!([finally("COEW", "o1"), line("DDOTE", "d1", "o1")]),
            json!({"offenceCode": "RT88026"}),
            &[],
        ),
        (
            "dangerous driving, dismissed",
            json!([finally("DISM", "o1")]),
            json!({"offenceCode": "RT88026"}),
            &[],
        ),
    ];
    for (case, lines, facts, wanted) in cases {
        let mut draft = draft(lines.clone());
        draft["offences"][0] = with(draft["offences"][0].clone(), facts);
        assert_eq!(found(&system, &draft).await, *wanted, "{case}");
    }
}

#[tokio::test]
async fn somebody_is_twenty_one_on_their_birthday_and_nobody_is_guessed_to_be_younger() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let cases: &[(Value, &[&str])] = &[
        (
            json!({"dateOfBirth": "2005-07-21"}),
            &["errors DR-AGE-007 o1"],
        ),
        (json!({"dateOfBirth": "2005-07-20"}), &[]),
        (json!({ "dateOfBirth": Value::Null }), &[]),
        (
            json!({"dateOfBirth": "2005-07-21", "masterDefendantId": Value::Null}),
            &[],
        ),
    ];
    for (fields, wanted) in cases {
        let mut draft = draft(json!([line("IMP", "d1", "o1")]));
        draft["defendants"][0] = with(draft["defendants"][0].clone(), fields);
        assert_eq!(found(&system, &draft).await, *wanted, "{fields}");
    }
}

#[tokio::test]
async fn issues_of_a_rule_come_defendant_after_defendant() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let both = json!({"isConcurrent": true, "consecutiveToOffence": "o1"});
    let terms = |who: &str, one: &str, other: &str| {
        [
            with(line("IMP", who, one), &both),
            with(line("IMP", who, other), &both),
        ]
    };
    let lines = [terms("d2", "o2", "o3"), terms("d1", "o1", "o4")].concat();
    // Both terms say both, so that none is the primary one.
    assert_eq!(
        found(&system, &draft(json!(lines))).await,
        [
            "warnings DR-SENT-001 o2+o3",
            "warnings DR-SENT-001 m2",
            "warnings DR-SENT-001 o1+o4",
            "warnings DR-SENT-001 m1",
        ]
    );
}

#[tokio::test]
async fn terms_of_one_person_in_two_cases_are_looked_at_together_and_orders_apart() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let same = |mut draft: Value| {
        draft["defendants"][1]["masterDefendantId"] = json!("m1");
        draft
    };
    let terms = json!([line("IMP", "d1", "o1"), line("IMP", "d2", "o2")]);
    assert_eq!(
        found(&system, &same(draft(terms))).await,
        ["errors DR-SENT-001 o1+o2"]
    );
    let mut orders = Vec::new();
    for (who, offence) in [("d1", "o1"), ("d2", "o2")] {
        orders.push(prompts(
            line("COEW", who, offence),
            &[("endDate", "2027-01-01")],
        ));
        orders.push(prompts(
            line("CURA", who, offence),
            &[("endDate", "2027-01-02")],
        ));
    }
    assert_eq!(
        found(&system, &same(draft(json!(orders)))).await,
        ["errors DR-COEW-005 o1", "errors DR-COEW-005 o2"]
    );
}

#[tokio::test]
async fn what_a_sender_adds_or_leaves_out_does_not_matter_and_no_text_is_too_long() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let mut sent = draft(json!([with(
        line("FO", "d1", "o1"),
        &json!({"category": "F", "colour": "blue"})
    )]));
    sent["caseId"] = Value::Null;
    sent["offences"][0]["isConvicted"] = json!(false);
    sent["offences"][0]["bailStatus"] = json!("C");
    let title = "Theft ".repeat(6_667);
    sent["offences"][0]["offenceTitle"] = json!(title);
    let answer = system.validated(&sent).await;
    let affected = &answer["warnings"][0]["affectedOffences"][0];
    assert_eq!(affected["offenceTitle"], title);
    // A name that would be a word of the sentence stays a name.
    sent["defendants"][0]["firstName"] = json!("{defendants}");
    assert_eq!(found(&system, &sent).await, ["warnings DR-CONV-006 o1"]);
}
