//! As fast as the court speaks: Enter, and the next result is typed before the first was understood.
//! What was shared goes to the defendant by post, the letter comes back, and the court
//! records it where it sees its documents.

use crate::{by_keyboard, harness::Trouble, path::Journey, typing::Typist};
use app::demo::LEGAL_ADVISER;
use client::Client;
use contract::hearing::HearingView;
use testkit::TestCourt;
use thirtyfour::Key;

/// What stands in the line that has the cursor, and which line that is.
const AT_THE_CURSOR: &str = "const at = document.activeElement;
    return `${at.dataset.test ?? ''}: ${at.value ?? ''}`;";

/// More turns than there are steps from sharing to a letter.
const TURNS: usize = 100;

pub(crate) async fn comes_back(journey: &Journey, court: &TestCourt) -> Result<(), Trouble> {
    let window = &journey.window;
    journey.sign_in(LEGAL_ADVISER).await?;
    journey.open_hearing().await?;
    window.click("[data-control='start']").await?;
    window.find("[data-control='end']").await?;
    by_keyboard::attendance_and_pleas(journey).await?;
    window.click("[data-test='tab-results']").await?;
    let adviser = journey.person(LEGAL_ADVISER).await?;
    let view = journey.hearing(&adviser).await?;
    let numbers: Vec<_> = view.defendants[0]
        .offences
        .iter()
        .map(|o| o.number)
        .collect();
    fined_without_waiting(journey, numbers[0]).await?;
    let typist = Typist::at(window)?;
    for number in &numbers[1..] {
        let text = "WDRN not in the public interest reasons=\"No evidence is offered\"";
        typist
            .in_one_line(&number.to_string(), text, &["WDRN"], async || Ok(()))
            .await?;
    }
    window
        .find("[data-test='readiness'][data-ready='true']")
        .await?;
    window.click("[data-test='share']").await?;
    window.click("[data-test='share-confirm']").await?;
    window.find("[data-test='shared']").await?;

    is_posted(journey, court, &adviser).await?;
    window.click("[data-test='tab-documents']").await?;
    window.click("[data-test='came-back']").await?;
    window
        .type_into("[data-test='came-back-why']", "gone away")
        .await?;
    journey.picture("letter-1-it-came-back").await?;
    window.press(Key::Enter).await?;
    window
        .wait_for_text("[data-test='delivery-alarm']", "gone away")
        .await?;
    window
        .wait_until_gone("[data-test='came-back-form']")
        .await?;
    journey.picture("letter-2-the-alarm").await?;
    window.click("[data-test='delivery-alarm'] a").await?;
    window
        .wait_for_text("[data-test='alarm']", "gone away")
        .await?;
    journey.picture("letter-3-where-it-is-seen-to").await
}

/// A fine by two lines that are typed in one go: the second stays in the line, with the cursor in it.
async fn fined_without_waiting(journey: &Journey, number: u32) -> Result<(), Trouble> {
    let window = &journey.window;
    let entry = format!("result-entry-{number}");
    let next = "FCPC 85; FVS 100; COLLO 28d";
    window.click(&format!("[data-test='{entry}']")).await?;
    by_keyboard::keys(window, format!("FO 250{}{next}", char::from(Key::Enter))).await?;
    window.find("[data-line='FO']").await?;
    Typist::at(window)?
        .understood(&number.to_string(), &["FCPC", "FVS", "COLLO"])
        .await?;
    let stands = window.script(AT_THE_CURSOR, Vec::new()).await?;
    if stands != format!("{entry}: {next}") {
        return Err(Trouble(format!("at the cursor stands {stands}")));
    }
    by_keyboard::keys(window, Key::Enter).await?;
    window.find("[data-line='PDATE']").await?;
    journey.picture("letter-0-typed-in-one-go").await
}

/// Until the court's post was printed and taken along.
async fn is_posted(journey: &Journey, court: &TestCourt, adviser: &Client) -> Result<(), Trouble> {
    let app = &court.state.app;
    for _ in 0..TURNS {
        court.work().await;
        while let Some(batch) = app::document::post_batch(app).await.map_err(failed)? {
            app::document::posted(app, &batch).await.map_err(failed)?;
        }
        let view: HearingView = journey.hearing(adviser).await?;
        let mut deliveries = view.documents.iter().flat_map(|own| &own.deliveries);
        if deliveries.any(|own| own.may_come_back) {
            return Ok(());
        }
    }
    Err(Trouble("no letter was posted".to_owned()))
}

fn failed(error: impl std::fmt::Debug) -> Trouble {
    Trouble(format!("{error:?}"))
}
