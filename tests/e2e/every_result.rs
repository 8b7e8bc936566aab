//! Every named result, typed by keyboard: what the server keeps is what was
//! typed, nothing blocks the sharing of it, and the first document that it
//! calls for is drawn beside the typing.

use crate::{
    harness::Trouble,
    path::{Journey, told},
    typing::Typist,
};
use app::demo::LEGAL_ADVISER;
use contract::hearing::{EnterPlea, HearingView};
use reference::examples;
use std::{collections::BTreeMap, time::Duration};

/// Results that end the matter without a document.
const NO_DOCUMENT: [&str; 2] = ["withdrawn", "dismissed"];

pub(crate) async fn type_each(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    let adviser = journey.person(LEGAL_ADVISER).await?;
    journey.sign_in(LEGAL_ADVISER).await?;
    journey.open_hearing().await?;
    window.click("[data-control='start']").await?;
    window.find("[data-control='end']").await?;
    window.click("[data-test='tab-pleas']").await?;
    window.click("[data-test='attendance-IN_PERSON']").await?;
    window
        .find("[data-test='attendance-IN_PERSON'][aria-pressed='true']")
        .await?;
    let view = journey.hearing(&adviser).await?;
    for offence in &view.defendants[0].offences {
        adviser
            .hearing_enter_plea(&EnterPlea {
                hearing_id: view.hearing_id,
                version: journey.hearing(&adviser).await?.version,
                offence_id: offence.offence_id,
                plea: "GUILTY".to_owned(),
            })
            .await
            .map_err(told)?;
    }
    window.click("[data-test='tab-results']").await?;
    let typist = Typist::at(window)?;
    for other in 1..view.defendants[0].offences.len() {
        typist.example(&view, "withdrawn", other).await?;
    }
    for name in examples::NAMES {
        let typed = typist.example(&view, name, 0).await;
        let kept = async {
            typed?;
            window
                .find("[data-test='readiness'][data-ready='true']")
                .await?;
            kept_as_typed(journey, &typist, &view, name).await
        };
        kept.await
            .map_err(|trouble| Trouble(format!("{name}: {trouble}")))?;
        journey.picture(&format!("results-{name}")).await?;
        if !NO_DOCUMENT.contains(&name) {
            window.click("[data-test='tab-documents']").await?;
            window.click("[data-test='preview-document']").await?;
            journey.page_is_drawn().await?;
            journey.picture(&format!("results-{name}-document")).await?;
            window.click("[data-test='tab-results']").await?;
        }
        typist.clear(view.defendants[0].offences[0].number).await?;
    }
    Ok(())
}

/// Waits until the draft on the server is the example, answer by answer.
async fn kept_as_typed(
    journey: &Journey,
    typist: &Typist<'_>,
    view: &HearingView,
    name: &str,
) -> Result<(), Trouble> {
    let adviser = journey.person(LEGAL_ADVISER).await?;
    let first = view.defendants[0].offences[0].offence_id;
    let sheet = |of, answers: BTreeMap<String, String>| {
        let written = |(key, text): (String, String)| {
            let text = typist.written(of, &key, &text);
            (key, text)
        };
        answers.into_iter().map(written).collect::<BTreeMap<_, _>>()
    };
    let wanted: Sheet = typist
        .lines(view, name, 0)
        .into_iter()
        .map(|line| (typist.code(&line), sheet(line.definition, line.answers)))
        .collect();
    let mut last = String::new();
    for _ in 0..100 {
        let draft = journey.hearing(&adviser).await?.draft;
        let kept: Sheet = draft
            .lines
            .into_iter()
            .filter(|line| line.line.offence_id.is_none_or(|id| id == first))
            .map(|line| {
                let answers = sheet(line.line.definition_id, line.line.answers);
                (line.definition.code, answers)
            })
            .collect();
        last = differences(&wanted, &kept).join("; ");
        if last.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(Trouble(format!("the server keeps something else: {last}")))
}

/// Answers by reference, by the code of their line.
type Sheet = BTreeMap<String, BTreeMap<String, String>>;

/// What was typed and is not kept so. An organisation's address is answered by
/// its name, from the demo court's own directory.
fn differences(wanted: &Sheet, kept: &Sheet) -> Vec<String> {
    let mut found: Vec<_> = kept
        .keys()
        .filter(|code| !wanted.contains_key(*code))
        .map(|code| format!("{code} was not typed"))
        .collect();
    for (code, answers) in wanted {
        let Some(own) = kept.get(code) else {
            found.push(format!("{code} is missing"));
            continue;
        };
        for (reference, answer) in answers {
            let named = reference.contains("nameandaddress") || Typist::is_part(reference);
            let known = reference.ends_with("OrganisationName");
            if !named && !known && own.get(reference) != Some(answer) {
                found.push(format!(
                    "{code} {reference}: typed {answer:?}, kept {:?}",
                    own.get(reference)
                ));
            }
        }
    }
    found
}
