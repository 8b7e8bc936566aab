//! Every definition of the catalogue, answered in the form as the server describes it:
//! no question of it is left open, none of its answers is refused, and what is saved
//! reads back as the sentence.

use crate::steps::{look, path_case, save, start, typed};
use contract::result::{Definition, DefinitionView, FieldKind, FieldView};
use domain::result::{ResultCatalogue, ResultLine};
use std::collections::BTreeMap;
use testkit::TestCourt;
use vocabulary::{Jurisdiction, ResultLineId};

/// What the form sends for a question, and what stands in the sentence for it.
fn answer(field: &FieldView, nth: usize) -> (String, Vec<String>) {
    let first_number = |text: &str| -> Option<u32> {
        let number = text.split(' ').find(|word| !word.is_empty())?;
        number
            .trim_start_matches('£')
            .split('.')
            .next()?
            .parse()
            .ok()
    };
    let least = field
        .bounds
        .as_deref()
        .and_then(first_number)
        .unwrap_or(1)
        .max(1);
    let one = |sent: String, said: &str| (sent, vec![said.to_owned()]);
    match field.kind {
        FieldKind::Text => {
            let most = field.bounds.as_deref().and_then(|text| {
                let mut words = text.split(' ');
                words.find_map(|word| word.parse::<usize>().ok())
            });
            let text: String = format!("words{nth}")
                .chars()
                .take(most.unwrap_or(60).max(1))
                .collect();
            one(text.clone(), &text)
        }
        FieldKind::Number => one(least.to_string(), &least.to_string()),
        FieldKind::Money => one(format!("{least}.00"), &format!("£{least}.00")),
        FieldKind::Date => one("2027-01-04".to_owned(), "4 January 2027"),
        FieldKind::Time => one("10:30".to_owned(), "10:30"),
        FieldKind::Tick => (String::from("yes"), Vec::new()),
        FieldKind::Duration => {
            let unit = field
                .units
                .first()
                .expect("a unit")
                .trim_end_matches('s')
                .to_owned();
            one(format!("1 {unit}"), &format!("1 {unit}"))
        }
        FieldKind::List | FieldKind::ListOther => {
            let item = field.items.first().expect("a word to choose");
            // A statement that is true stands there by itself; a question is answered.
            if item.code == "yes" && !field.label.ends_with('?') {
                return (item.code.clone(), Vec::new());
            }
            one(item.code.clone(), &item.label)
        }
        FieldKind::ListMany | FieldKind::ListManyOther => {
            let items: Vec<_> = field.items.iter().take(2).collect();
            let codes: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
            (
                codes.join("; "),
                items.iter().map(|item| item.label.clone()).collect(),
            )
        }
    }
}

/// The questions that are answered: of those that exclude each other the first. A name
/// and address is one of them, whole.
fn asked(view: &DefinitionView) -> Vec<&FieldView> {
    let key = |field: &FieldView| {
        field
            .group
            .clone()
            .unwrap_or_else(|| field.reference.clone())
    };
    let chosen = view
        .fields
        .iter()
        .find(|field| field.rule == "oneOf")
        .map(key);
    view.fields
        .iter()
        .filter(|field| field.rule != "oneOf" || Some(key(field)) == chosen)
        .collect()
}

#[tokio::test]
async fn every_definition_is_answered_in_the_form_and_reads_back_as_the_sentence() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let results = &court.state.app.catalogue.results;
    let here = room.jurisdiction;
    assert_eq!(here, Jurisdiction::Magistrates);
    let (mine, others): (Vec<_>, Vec<_>) = results.definitions().iter().partition(|own| {
        let current = results.by_code(&own.code, room.day);
        own.made_by(here) && current.is_some_and(|text| text.id == own.id)
    });
    // The others are the Crown Court's, or texts that a later one replaced.
    for own in &others {
        let current = results.by_code(&own.code, room.day);
        assert!(
            !own.made_by(here) || current.is_some_and(|text| text.id != own.id),
            "{}",
            own.code
        );
    }
    assert!(mine.len() > 550, "{} of {}", mine.len(), others.len());

    let defendant = &room.defendants[0];
    let mut revision = room.draft.revision;
    for some in mine.chunks(80) {
        let mut lines = Vec::new();
        let mut views = BTreeMap::new();
        for own in some {
            let asking = Definition {
                hearing_id,
                definition_id: own.id,
            };
            let view = adviser.result_definition(&asking).await.unwrap();
            let answers = asked(&view)
                .iter()
                .enumerate()
                .map(|(nth, field)| (field.reference.clone(), answer(field, nth).0))
                .collect();
            let once = ResultCatalogue::is_once(own);
            let line = ResultLine {
                id: ResultLineId(uuid::Uuid::now_v7()),
                definition: own.id,
                defendant: defendant.defendant_id,
                offence: (!once).then(|| defendant.offences[0].offence_id),
                parent: None,
                answers,
            };
            views.insert(line.id, view);
            lines.push(typed(line));
        }
        let draft = save(&adviser, hearing_id, revision, lines).await;
        revision = draft.revision;
        for finding in &draft.readiness.findings {
            let of_an_answer = finding.code == "UI-SHARE-1"
                || finding.code == "UI-SHARE-2"
                || finding.code == "UI-SHARE-3" && finding.field.is_some();
            assert!(!of_an_answer, "{finding:#?}");
        }
        for line in &draft.lines {
            let view = &views[&line.line.line_id];
            let (code, mut said) = (&view.code, line.text.lines());
            assert_eq!(said.next(), Some(view.label.as_str()), "{code}");
            for (nth, field) in asked(view).iter().enumerate() {
                let own = results.definition(view.definition_id).unwrap();
                let kept = own.fields.iter().find(|one| {
                    one.references()
                        .any(|reference| reference == field.reference)
                });
                let kept = kept.unwrap_or_else(|| panic!("{code}: {}", field.reference));
                // An address that steers a delivery and a mail address are never printed.
                if kept.printed != domain::result::Printed::Whole
                    || field.reference.contains("EmailAddress")
                {
                    continue;
                }
                assert!(line.text.contains(&kept.label), "{code}: {}", kept.label);
                for words in answer(field, nth).1 {
                    assert!(
                        line.text.contains(&words),
                        "{code}: {words} not in {}",
                        line.text
                    );
                }
            }
        }
        // Whatever of it calls for documents is drawn without fault.
        let lines = draft.lines.into_iter().map(|own| own.line).collect();
        let preview = contract::hearing::Preview { hearing_id, lines };
        adviser.hearing_preview(&preview).await.unwrap();
    }
}
