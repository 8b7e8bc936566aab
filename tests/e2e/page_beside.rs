//! The real page beside the typing: what is typed stands on it, character by
//! character, before anything is entered. How long each keystroke took to reach
//! the page is told as one line of JSON; `cargo xtask bench preview` reads it
//! from the app as it is shipped.

use crate::{harness::Trouble, path::Journey, typing::Typist};
use app::demo::LEGAL_ADVISER;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// Typed into the order, one key at a time: a sentence as long as courts write.
const SENTENCE: &str = " The defendant must not post anything about Imogen Farrow on any website, \
                        nor let another person do so on his behalf.";

/// Notes when a key goes down, when each step after it was done, and the frames after a page
/// that was drawn. The steps are seen by what the window fetches; the application knows
/// nothing of it.
const WATCH: &str = "\
    const seen = (window.__seen = { down: 0, frame: 0, steps: [], pages: [] }); \
    addEventListener('keydown', () => { \
        seen.down = performance.now(); seen.frame = 0; seen.steps = []; \
        requestAnimationFrame(() => requestAnimationFrame(() => { seen.frame = performance.now(); })); \
    }, true); \
    const fetched = window.fetch; \
    window.fetch = async (url, how) => { \
        const body = typeof how?.body === 'string' ? how.body.slice(0, 400) : ''; \
        const step = body.includes('hearing.preview') ? 'asked' : body.includes('\"do\":\"preview\"') ? 'set' \
            : String(url).includes('/picture/') ? 'picture' : String(url).includes('/preview/') ? 'bytes' : ''; \
        if (step) seen.steps.push([step, performance.now()]); \
        const answer = await fetched(url, how); \
        if (step) seen.steps.push([step + ' answered', performance.now()]); \
        return answer; \
    }; \
    new MutationObserver((changes) => { \
        if (!changes.some(({ target }) => target.dataset.page === '2' && target.dataset.drawn === 'true')) return; \
        const page = { drawn: performance.now(), first: 0, second: 0 }; \
        seen.pages.push(page); \
        requestAnimationFrame(() => { \
            page.first = performance.now(); \
            requestAnimationFrame(() => { page.second = performance.now(); }); \
        }); \
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-drawn'] });";

/// Milliseconds from the last key to the frame that shows it, to that after it, and to the
/// second frame whatever is in it; then each step.
const TOOK: &str = "\
    const { down, frame, pages, steps } = window.__seen; \
    const page = pages.find(({ drawn }) => drawn > down); \
    if (!page?.second || !frame) return null; \
    return [page.first - down, page.second - down, frame - down, \
        [...steps, ['drawn', page.drawn]].map(([step, at]) => [step, at - down])];";

/// In the same window nothing but a line to type into: what a frame takes at least.
const NOTHING: &str = "\
    document.head.replaceChildren(); \
    document.body.innerHTML = '<input id=\"alone\">'; \
    document.getElementById('alone').focus();";

/// Milliseconds from the last key to the second frame after it.
const FRAME: &str = "const { down, frame } = window.__seen; return frame ? frame - down : null;";

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
    // What was typed last may be saved before the page that it makes is there.
    window
        .wait_for_text("[data-test='preview-which']", which)
        .await?;
    window
        .wait_for_text("[data-test='preview-which']", "Notice of Financial Penalty")
        .await?;
    journey.page_is_drawn().await?;
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
    let mut took = Took::default();
    for key in SENTENCE.chars() {
        window.press(key.to_string()).await?;
        // A blank at the end changes nothing that is printed.
        if key == ' ' {
            continue;
        }
        let answer = window
            .until(
                "a keystroke did not reach the page",
                Duration::from_secs(10),
                async || {
                    let took = window.driver().execute(TOOK, Vec::new()).await?;
                    Ok(Some(took.json().clone()).filter(Value::is_array))
                },
            )
            .await?;
        took.note(&answer);
    }
    page_says(journey, "nor let another person do so on his behalf").await?;
    window.screenshot("page-beside").await?;
    window.script(NOTHING, Vec::new()).await?;
    for _ in 0..20 {
        window.press("a").await?;
        let frame = window
            .until(
                "an empty page had no frames",
                Duration::from_secs(10),
                async || {
                    let frame = window.driver().execute(FRAME, Vec::new()).await?;
                    Ok(frame.json().as_f64())
                },
            )
            .await?;
        took.nothing.push(frame);
    }
    took.tell();
    Ok(())
}

/// What was measured, in milliseconds from a key.
#[derive(Default)]
struct Took {
    /// To the beginning of the frame that shows it.
    page: Vec<f64>,
    /// To the beginning of the next, when the one that shows it is surely out.
    after: Vec<f64>,
    /// To the second frame after the key, whatever it shows.
    frame: Vec<f64>,
    /// The same where there is nothing else in the window.
    nothing: Vec<f64>,
    steps: BTreeMap<String, Vec<f64>>,
}

impl Took {
    fn note(&mut self, answer: &Value) {
        let number = |at: usize| answer[at].as_f64().unwrap_or(f64::NAN);
        self.page.push(number(0));
        self.after.push(number(1));
        self.frame.push(number(2));
        let mut seen = BTreeSet::new();
        for step in answer[3].as_array().into_iter().flatten() {
            let (Some(name), Some(at)) = (step[0].as_str(), step[1].as_f64()) else {
                continue;
            };
            // The first of its name is this key's.
            if seen.insert(name.to_owned()) {
                self.steps.entry(name.to_owned()).or_default().push(at);
            }
        }
    }

    fn tell(mut self) {
        let mut steps: Vec<(f64, f64, String)> = self
            .steps
            .iter_mut()
            .map(|(name, all)| (percentile(all, 50), percentile(all, 99), name.clone()))
            .collect();
        steps.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (half, most, name) in steps {
            println!("{half:>7} ms p50 {most:>7} ms p99  {name}");
        }
        println!(
            "{}",
            json!({
                "bench": "preview", "unit": "ms", "n": self.page.len(),
                "value": percentile(&mut self.page, 99), "p50": percentile(&mut self.page, 50),
                "frame_after": percentile(&mut self.after, 99),
                "frame_after_p50": percentile(&mut self.after, 50),
                "floor": percentile(&mut self.frame, 99),
                "floor_p50": percentile(&mut self.frame, 50),
                "empty_page": percentile(&mut self.nothing, 99),
                "empty_page_p50": percentile(&mut self.nothing, 50),
                "goal": "p99 <= 100 ms",
            })
        );
    }
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

fn percentile(all: &mut [f64], percent: usize) -> f64 {
    all.sort_by(f64::total_cmp);
    let at = (all.len() * percent).div_ceil(100).max(1) - 1;
    (all[at] * 10.0).round() / 10.0
}
