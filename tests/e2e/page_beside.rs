//! The real page beside the typing: what is typed stands on it, character by
//! character, before anything is entered. How long each keystroke took to reach
//! the page is told as one line of JSON; `cargo xtask bench preview` reads it
//! from the app as it is shipped.

use crate::{harness::Trouble, path::Journey, typing::Typist};
use app::demo::LEGAL_ADVISER;
use serde_json::{Value, json};
use std::time::Duration;

/// Typed into the order, one key at a time: a sentence as long as courts write.
const SENTENCE: &str = " The defendant must not post anything about Imogen Farrow on any website, \
                        nor let another person do so on his behalf.";

/// Notes when a key goes down, and the first frame after a page that was drawn.
const WATCH: &str = "\
    const seen = (window.__seen = { down: 0, frame: 0, pages: [] }); \
    addEventListener('keydown', () => { \
        seen.down = performance.now(); seen.frame = 0; \
        requestAnimationFrame(() => requestAnimationFrame(() => { seen.frame = performance.now(); })); \
    }, true); \
    new MutationObserver((changes) => { \
        if (changes.some(({ target }) => target.dataset.page === '2' && target.dataset.drawn === 'true')) \
            requestAnimationFrame(() => seen.pages.push(performance.now())); \
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-drawn'] });";

/// Milliseconds from the last key to the page that shows it, and to the next frame.
const TOOK: &str = "\
    const { down, frame, pages } = window.__seen; \
    const page = pages.find((at) => at > down); \
    return page && frame ? [page - down, frame - down] : null;";

/// All that the second page says, without blanks: there is none where a line ends.
const PAGE: &str = "\
    const page = document.querySelector(\"[data-test='preview-beside'] [data-page='2'] .textLayer\"); \
    return page ? page.textContent.replace(/\\s/g, '') : '';";

pub(crate) async fn shows_every_keystroke(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    let adviser = journey.person(LEGAL_ADVISER).await?;
    journey.sign_in(LEGAL_ADVISER).await?;
    journey.open_hearing().await?;
    window.click("[data-control='start']").await?;
    window.find("[data-control='end']").await?;
    window.click("[data-test='tab-results']").await?;
    window.click("[data-test='page-beside']").await?;
    window.find("[data-test='preview-beside']").await?;
    let view = journey.hearing(&adviser).await?;
    let typist = Typist::at(window)?;

    // Understood, not entered: the page is there already.
    let entry = format!("result-entry-{}", view.defendants[0].offences[1].number);
    let entry = format!("[data-test='{entry}']");
    window.type_into(&entry, "cd 12 months").await?;
    window
        .wait_for_text("[data-test='preview-which']", "Conditional Discharge")
        .await?;
    journey.page_is_drawn().await?;
    window.type_into(&entry, "").await?;
    window
        .wait_until_gone("[data-test='preview-which']")
        .await?;

    typist.example(&view, "restraining_order", 0).await?;
    window
        .find("[data-test='saving'][data-status='saved']")
        .await?;
    // The terms of the order stand on the second page of what the police get.
    let choose = "const which = document.querySelector(\"[data-test='preview-which']\"); \
        which.value = [...which.options].findIndex((one) => one.text.startsWith(arguments[0])); \
        which.dispatchEvent(new Event('change', { bubbles: true }));";
    let which = "Notification of Restraining Order";
    window.script(choose, vec![which.into()]).await?;
    window
        .click("[data-test='preview-beside'] [data-test='page-next']")
        .await?;
    page_says(journey, "Orchard Way").await?;
    let field = "[data-line='RESTRAOP'] [data-field='orderDetails']";
    let focus = "const field = document.querySelector(arguments[0]); field.focus(); \
                 field.setSelectionRange(field.value.length, field.value.length);";
    window.script(focus, vec![field.into()]).await?;
    window.script(WATCH, Vec::new()).await?;
    let (mut to_page, mut to_frame) = (Vec::new(), Vec::new());
    for key in SENTENCE.chars() {
        window.press(key.to_string()).await?;
        // A blank at the end changes nothing that is printed.
        if key == ' ' {
            continue;
        }
        let (page, frame) = window
            .until(
                "a keystroke did not reach the page",
                Duration::from_secs(10),
                async || {
                    let took = window.driver().execute(TOOK, Vec::new()).await?;
                    Ok(pair(took.json()))
                },
            )
            .await?;
        to_page.push(page);
        to_frame.push(frame);
    }
    page_says(journey, "nor let another person do so on his behalf").await?;
    window.screenshot("page-beside").await?;
    println!(
        "{}",
        json!({
            "bench": "preview", "unit": "ms", "n": to_page.len(),
            "value": percentile(&mut to_page, 99), "p50": percentile(&mut to_page, 50),
            "floor": percentile(&mut to_frame, 99), "floor_p50": percentile(&mut to_frame, 50),
            "goal": "p99 <= 100 ms",
        })
    );
    Ok(())
}

async fn page_says(journey: &Journey, words: &str) -> Result<(), Trouble> {
    let window = &journey.window;
    let closed: String = words.split_whitespace().collect();
    window
        .until(
            &format!("the page beside the typing does not say {words:?}"),
            Duration::from_secs(10),
            async || {
                let said = window.driver().execute(PAGE, Vec::new()).await?;
                let found = said
                    .json()
                    .as_str()
                    .is_some_and(|said| said.contains(&closed));
                Ok(found.then_some(()))
            },
        )
        .await
}

fn pair(took: &Value) -> Option<(f64, f64)> {
    let took = took.as_array()?;
    Some((took.first()?.as_f64()?, took.get(1)?.as_f64()?))
}

fn percentile(all: &mut [f64], percent: usize) -> f64 {
    all.sort_by(f64::total_cmp);
    let at = (all.len() * percent).div_ceil(100).max(1) - 1;
    (all[at] * 10.0).round() / 10.0
}
