//! A hearing without a mouse: started, attended, pleaded to, resulted, shared, amended
//! and ended by keys alone, in the real window. Nothing here clicks; where the cursor
//! goes is what is tested, so that keys go to wherever it is and never to an element.

use crate::{
    harness::{Trouble, Window},
    path::Journey,
    typing::Typist,
};
use app::demo::{LEGAL_ADVISER, PATH_URN};
use thirtyfour::Key;

/// More stops than any of these pages has between two that are wanted.
const MOST_STOPS: usize = 250;

pub(crate) async fn works_through_a_hearing(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    journey.sign_in(LEGAL_ADVISER).await?;
    let row = format!("[data-test='open-hearing-{PATH_URN}']");
    window.find(&row).await?;
    reach(window, &row).await?;
    keys(window, Key::Enter).await?;
    window.find("[data-control='start']").await?;
    reach(window, "[data-control='start']").await?;
    keys(window, Key::Enter).await?;
    window.find("[data-control='end']").await?;

    attendance_and_pleas(journey).await?;
    results(journey).await?;
    shares(window).await?;
    amends(journey).await?;

    reach(window, "[data-control='end']").await?;
    keys(window, Key::Enter).await?;
    window.wait_until_gone("[data-control='end']").await?;
    journey.picture("by-keyboard-4-ended").await
}

pub(crate) async fn attendance_and_pleas(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    alt(window, '2').await?;
    let here = "[data-test='attendance-IN_PERSON']";
    window.find(here).await?;
    reach(window, here).await?;
    keys(window, " ").await?;
    window.find(&format!("{here}[aria-pressed='true']")).await?;
    let adviser = journey.person(LEGAL_ADVISER).await?;
    let view = journey.hearing(&adviser).await?;
    for offence in &view.defendants[0].offences {
        let field = format!("[data-test='plea-{}']", offence.number);
        reach(window, &field).await?;
        keys(window, "Guilty").await?;
        keys(window, Key::Enter).await?;
        window
            .find(&format!("{field}[data-recorded='GUILTY']"))
            .await?;
    }
    journey.picture("by-keyboard-1-pleas").await
}

async fn results(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    let adviser = journey.person(LEGAL_ADVISER).await?;
    let view = journey.hearing(&adviser).await?;
    alt(window, '3').await?;
    let typist = Typist::at(window)?;
    for (nth, offence) in view.defendants[0].offences.iter().enumerate() {
        let entry = format!("[data-test='result-entry-{}']", offence.number);
        window.find(&entry).await?;
        reach(window, &entry).await?;
        let (text, codes): (&str, &[&str]) = match nth {
            0 => (
                "FO 250; FCPC 85; FVS 100; COLLO 28d",
                &["FO", "FCPC", "FVS", "COLLO", "PDATE"],
            ),
            _ => (
                "WDRN not in the public interest reasons=\"No evidence is offered\"",
                &["WDRN"],
            ),
        };
        keys(window, text).await?;
        typist
            .understood(&offence.number.to_string(), codes)
            .await?;
        below_what_was_understood(window, &entry).await?;
        keys(window, Key::Enter).await?;
        for code in codes {
            window.find(&format!("[data-line='{code}']")).await?;
        }
    }
    window
        .find("[data-test='saving'][data-status='saved']")
        .await?;
    window
        .find("[data-test='readiness'][data-ready='true']")
        .await?;
    journey.picture("by-keyboard-2-results").await
}

/// No suggestion lies over what was understood of the line.
async fn below_what_was_understood(window: &Window, entry: &str) -> Result<(), Trouble> {
    let over = "const combo = document.querySelector(arguments[0]).closest('.combo');
        const said = combo.querySelector(\"[data-test='understood']\").getBoundingClientRect();
        const lists = [...combo.querySelectorAll('.combo-list.shown, .combo-empty')];
        return lists.some((list) => list.getBoundingClientRect().top < said.bottom);";
    let over = window.script(over, vec![entry.into()]).await?;
    if over.as_bool() == Some(false) {
        Ok(())
    } else {
        Err(Trouble(
            "suggestions lie over what was understood".to_owned(),
        ))
    }
}

async fn shares(window: &Window) -> Result<(), Trouble> {
    chord(window, Key::Control, Key::Enter).await?;
    let confirm = "[data-test='share-confirm']";
    window.find(confirm).await?;
    on(window, confirm).await?;
    keys(window, Key::Enter).await?;
    window.find("[data-test='shared']").await?;
    on(window, ".court-tab, .court-tab *").await
}

async fn amends(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    alt(window, '3').await?;
    window.find("[data-test='amend']").await?;
    reach(window, "[data-test='amend']").await?;
    keys(window, Key::Enter).await?;
    let kind = "[data-test='amend-kind-ADMIN_ERROR']";
    on(window, kind).await?;
    keys(window, " ").await?;
    // Radio buttons are one stop: its first is reached by Tab, the others by arrows.
    reach(window, "[name='amend-reason']").await?;
    keys(window, " ").await?;
    reach(window, "[data-test='amend-note']").await?;
    keys(window, "The bench said 200.").await?;
    reach(window, "[data-test='amend-begin']").await?;
    keys(window, Key::Enter).await?;
    let fine = "[data-line='FO'] [data-field='AOF']";
    window.find(fine).await?;
    on(window, ".court-tab [data-stop], .court-tab [data-entry]").await?;
    reach(window, fine).await?;
    chord(window, Key::Control, 'a').await?;
    keys(window, "200").await?;
    keys(window, Key::Enter).await?;
    window
        .find("[data-test='saving'][data-status='saved']")
        .await?;
    journey.picture("by-keyboard-3-amending").await?;
    shares(window).await
}

/// Keys to wherever the cursor is.
pub(crate) async fn keys(
    window: &Window,
    typed: impl Into<thirtyfour::TypingData>,
) -> Result<(), Trouble> {
    window
        .driver()
        .action_chain()
        .send_keys(typed)
        .perform()
        .await?;
    Ok(())
}

async fn chord(
    window: &Window,
    held: impl Into<char>,
    pressed: impl Into<char>,
) -> Result<(), Trouble> {
    let (held, pressed) = (held.into(), pressed.into());
    window
        .driver()
        .action_chain()
        .key_down(held)
        .key_down(pressed)
        .key_up(pressed)
        .key_up(held)
        .perform()
        .await?;
    Ok(())
}

async fn alt(window: &Window, pressed: char) -> Result<(), Trouble> {
    chord(window, Key::Alt, pressed).await
}

/// Is the cursor in an element of this selector, soon?
async fn on(window: &Window, css: &str) -> Result<(), Trouble> {
    window.find(&format!(":is({css}):focus")).await.map(|_| ())
}

/// Goes on by Tab until the cursor is there.
async fn reach(window: &Window, css: &str) -> Result<(), Trouble> {
    let there = "return !!document.activeElement?.matches(arguments[0]);";
    for _ in 0..MOST_STOPS {
        let found = window.script(there, vec![css.into()]).await?;
        if found.as_bool() == Some(true) {
            return Ok(());
        }
        keys(window, Key::Tab).await?;
    }
    Err(Trouble(format!("`{css}` is not reached by Tab")))
}
