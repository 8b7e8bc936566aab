//! Words that no form was made for: a direction of forty thousand characters, names in
//! another script or with marks beside their letters. They are kept, saved, shared and
//! printed as they were typed, or told before anybody shares.

use crate::{
    printouts::{self, reader},
    steps::{all_guilty, example, look, path_case, save, share, start, typed},
};
use client::{Bytes, Client};
use contract::hearing::{HearingView, Line};
use domain::result::{ResultCatalogue, ResultLine};
use testkit::TestCourt;
use vocabulary::ResultLineId;

/// A result of the first defendant, on their first offence unless it is ordered once.
fn line(court: &TestCourt, view: &HearingView, code: &str, answers: &[(&str, &str)]) -> Line {
    let catalogue = &court.state.app.catalogue.results;
    let definition = catalogue.by_code(code, view.day).expect("a result");
    let defendant = &view.defendants[0];
    let once = ResultCatalogue::is_once(definition);
    typed(ResultLine {
        id: ResultLineId(uuid::Uuid::now_v7()),
        definition: definition.id,
        defendant: defendant.defendant_id,
        offence: (!once).then(|| defendant.offences[0].offence_id),
        parent: None,
        answers: answers
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect(),
    })
}

/// What a document of this name says, once it is made: as it is read aloud.
async fn document(court: &TestCourt, client: &Client, seen: &HearingView, name: &str) -> String {
    let made = look(client, seen.hearing_id).await.documents;
    let own = made.iter().find(|own| own.name == name);
    let id = own.expect("the document").document_id.to_string();
    for _ in 0..20 {
        court.work().await;
    }
    let pdf = client.download(Bytes::Document, &id).await.unwrap();
    reader::read(&pdf.all(10_000_000).await.unwrap()).tree
}

#[tokio::test]
async fn a_direction_of_forty_thousand_characters_is_kept_shared_and_read_back_whole() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let sentence = "The defendant must tell the officer before he leaves the county. ";
    let direction = sentence.repeat(40_000 / sentence.len() + 1) + "Last words.";
    assert!(direction.chars().count() > 40_000);

    let mut lines = example(&court, "adjournment", &view, 0);
    lines.extend(example(&court, "withdrawn", &view, 1));
    lines.push(line(&court, &view, "ORD", &[("orderDetails", &direction)]));
    let saved = save(&adviser, hearing_id, 0, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    let text = |lines: &[contract::hearing::DraftLine]| {
        let own = lines.iter().find(|own| own.definition.code == "ORD");
        own.expect("the direction").text.clone()
    };
    assert!(text(&saved.lines).ends_with(&direction));
    share(&adviser, &look(&adviser, hearing_id).await, &saved).await;
    let shared = look(&adviser, hearing_id).await.shared.unwrap();
    assert!(text(&shared.lines).ends_with(&direction));
    // Nobody but an applicant is sent this order: it is read in the extract of the case.
    let mut whole = 0;
    let offered = printouts::of_case(&adviser, case_id).await;
    for one in offered.iter().filter(|one| one.pdf) {
        let said = printouts::text(&adviser, &one.printout).await;
        let county = said.split_whitespace().filter(|word| *word == "county.");
        let printed = county.count() >= 40_000 / sentence.len();
        whole += usize::from(printed && said.contains("Last words."));
    }
    assert!(whole > 0, "{offered:?}");
}

#[tokio::test]
async fn a_direction_longer_than_its_question_takes_is_told_and_nothing_of_it_is_lost() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let long = "Not to go there. ".repeat(2_400);
    let own = line(&court, &view, "RESTRAOP", &[("orderDetails", &long)]);
    let saved = save(&adviser, hearing_id, 0, vec![own]).await;
    let told = saved
        .readiness
        .findings
        .iter()
        .find(|one| one.message.contains("4000 fit"));
    assert!(
        told.is_some_and(|one| one.field.as_deref() == Some("orderDetails")),
        "{:#?}",
        saved.readiness
    );
    let again = look(&adviser, hearing_id).await.draft;
    assert_eq!(again.lines[0].line.answers["orderDetails"], long);
}

#[tokio::test]
async fn names_in_arabic_or_with_marks_beside_their_letters_are_shared_as_they_were_typed() {
    // Arabic is drawn, and read back from the page, from right to left.
    for (name, drawn) in [
        (
            "\u{645}\u{62d}\u{645}\u{62f} \u{639}\u{644}\u{6cc}",
            "\u{62f}\u{645}\u{62d}\u{645}",
        ),
        ("O\u{323}la\u{301} Ade\u{301}bayo\u{300}", "bay\u{f2}"),
    ] {
        let court = TestCourt::open().await;
        let adviser = court.as_legal_adviser().await;
        let (_, hearing_id) = path_case(&adviser).await;
        start(&adviser, hearing_id).await;
        all_guilty(&adviser, hearing_id).await;
        let view = look(&adviser, hearing_id).await;
        let mut lines = example(&court, "restraining_order", &view, 0);
        lines.extend(example(&court, "withdrawn", &view, 1));
        for own in &mut lines {
            if let Some(protected) = own.answers.get_mut("protectedPersonsName") {
                name.clone_into(protected);
            }
        }
        let saved = save(&adviser, hearing_id, 0, lines).await;
        assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
        share(&adviser, &look(&adviser, hearing_id).await, &saved).await;
        let shared = look(&adviser, hearing_id).await.shared.unwrap();
        assert!(
            shared.lines.iter().any(|own| own.text.contains(name)),
            "{name}"
        );
        for order in ["Restraining Order", "Notice of Restraining Order"] {
            let said = document(&court, &adviser, &view, order).await;
            assert!(said.contains(drawn), "{order}: {drawn} not in {said}");
        }
    }
}
