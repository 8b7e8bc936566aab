//! Every document of the catalogue that a result calls for is made by the whole engine from the
//! answers of that result: it names who gets it, prints its own text with nothing lacking, and
//! becomes a PDF. The golden files show each text; this shows each document.

use crate::steps::{all_guilty, look, path_case, start, typed};
use contract::hearing::{Line, Preview};
use domain::{
    now::{NowDefinition, ResultRef},
    result::{Field, FieldKind, ResultCatalogue, ResultDefinition, ResultLine, Unit, chosen_among},
};
use std::collections::BTreeMap;
use testkit::TestCourt;
use vocabulary::{Day, DocumentKind, Jurisdiction, ResultLineId};

/// An answer of the right kind to each question of a result. Words say which question they
/// answer, so that a reader of a failed document sees where they came from.
fn answers(definition: &ResultDefinition, day: Day) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    // Which organisation is told is asked only where there are several.
    let asked = |field: &&Field| {
        !field.hidden && chosen_among(field.reference_data_key.as_deref()).is_none()
    };
    for field in definition.fields.iter().filter(asked) {
        if let FieldKind::NameAddress { parts } = &field.kind {
            for part in parts.iter().filter(|part| !part.hidden) {
                let text = match part.part.as_str() {
                    "PostCode" => "AM1 2CD".to_owned(),
                    own if own.starts_with("Email") => "office@fictional.example.test".to_owned(),
                    _ => part.label.chars().take(30).collect(),
                };
                answers.insert(part.reference.clone(), text);
            }
        } else {
            answers.insert(field.key.clone(), answer(field, day));
        }
    }
    answers
}

fn answer(field: &Field, day: Day) -> String {
    match &field.kind {
        FieldKind::Text { .. } => format!("{}, stated", field.label),
        FieldKind::Number { min, .. } => min.unwrap_or(1).max(1).to_string(),
        FieldKind::Money { .. } => "100.00".to_owned(),
        FieldKind::Date => day.plus_days(28).to_string(),
        FieldKind::Time => "10:00".to_owned(),
        FieldKind::YesNo => "yes".to_owned(),
        FieldKind::Duration { units, .. } => match units.first() {
            Some(Unit::Years) => "1 year".to_owned(),
            Some(Unit::Months) => "6 months".to_owned(),
            Some(Unit::Weeks) => "6 weeks".to_owned(),
            Some(Unit::Hours) => "60 hours".to_owned(),
            _ => "14 days".to_owned(),
        },
        FieldKind::List {
            list: Some(list), ..
        } => list
            .items
            .first()
            .map_or_else(|| "stated".to_owned(), |item| item.value.clone()),
        FieldKind::List { .. } | FieldKind::NameAddress { .. } => {
            format!("{}, stated", field.label)
        }
    }
}

/// The results that call for a document and can be typed, each by itself.
fn triggers<'a>(
    now: &NowDefinition,
    results: &'a ResultCatalogue,
    day: Day,
) -> Vec<&'a ResultDefinition> {
    now.triggers
        .iter()
        .filter_map(|own| match own {
            ResultRef::Code(code) => results.by_code(code, day),
            _ => None,
        })
        .collect()
}

/// Documents that one result by itself does not send to anybody, and why.
const NOT_BY_ITSELF: [(&str, &str); 6] = [
    (
        "Attendance Centre Requirement (Manager’s Information)",
        "its centre is named by a requirement under the order",
    ),
    (
        "Fine Notice to Parent or Guardian",
        "the defendant is no child",
    ),
    (
        "Notice to prison - authority to detain",
        "no result of its own names the prison",
    ),
    (
        "Prison court register",
        "the results name no prison, and the defendant came from home",
    ),
    (
        "Terms of Variation and Review Notice",
        "the same result with other answers",
    ),
    (
        "Notice of Review Hearing",
        "the same result with other answers",
    ),
];

#[tokio::test]
async fn each_document_whose_result_can_be_typed_is_made_with_nothing_lacking() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let app = &court.state.app;
    let (results, day) = (&app.catalogue.results, room.day);
    let defendant = &room.defendants[0];
    let (mut wrong, mut made) = (Vec::new(), 0);
    for now in &app.catalogue.nows {
        let here = now
            .jurisdiction
            .is_none_or(|own| own == Jurisdiction::Magistrates);
        let triggers = triggers(now, results, day);
        if !here || triggers.is_empty() || now.subscriptions.is_empty() {
            continue;
        }
        assert!(
            app.texts.has_own(&now.name),
            "{} has no text of its own",
            now.name
        );
        // Each trigger alone: every sentence of a text is for one of them.
        let mut sent = false;
        for definition in triggers {
            let lines: Vec<Line> = vec![typed(ResultLine {
                id: ResultLineId(uuid::Uuid::now_v7()),
                definition: definition.id,
                defendant: defendant.defendant_id,
                offence: (!ResultCatalogue::is_once(definition))
                    .then(|| defendant.offences[0].offence_id),
                parent: None,
                answers: answers(definition, day),
            })];
            let seen = adviser
                .hearing_preview(&Preview { hearing_id, lines })
                .await
                .unwrap();
            let own = seen
                .documents
                .into_iter()
                .filter(|own| own.name == now.name);
            for document in own {
                let said = serde_json::to_string(&document.view).unwrap();
                if said.contains("[not recorded]") {
                    wrong.push(format!(
                        "{} by {}: lacks a value",
                        now.name, definition.code
                    ));
                }
                if document.recipients.is_empty() {
                    wrong.push(format!(
                        "{} by {}: goes to nobody",
                        now.name, definition.code
                    ));
                }
                if !sent {
                    let pdf = app.printer.print(document.view).await.unwrap();
                    assert!(pdf.starts_with(b"%PDF-"), "{}", now.name);
                    sent = true;
                }
            }
        }
        if sent {
            made += 1;
        } else if !NOT_BY_ITSELF.iter().any(|(name, _)| *name == now.name)
            && now.kind != DocumentKind::Edt
        {
            wrong.push(format!("{}: is not made", now.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(made > 100, "only {made} documents were made");
}
