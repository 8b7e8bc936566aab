//! The defence in the real window: a case found by name, the conflict seen before going
//! on record, counsel instructed, counsel reading, and who of the firm can open it. By keyboard
//! where people type.

use crate::{
    harness::Trouble,
    path::{Journey, told},
};
use app::demo::{LEGAL_ADVISER, SOLICITORS};
use contract::case::{CaseAtAGlance, List, View};
use thirtyfour::Key;

const COUNSEL: &str = "rosalind.quaye@fivewells.example.test";
/// Who looks after the people of the first firm.
const MANAGER: &str = "hal.corbin@thornevale.example.test";

pub(crate) async fn finds_instructs_and_counsel_reads(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    let (glance, free, firm) = conflicted(journey).await?;
    let defendant = &glance.defendants[free];
    let day = glance.hearings[0].day;
    let mut solicitor = None;
    for email in SOLICITORS {
        let client = journey.person(email).await?;
        let current = contract::account::Current {};
        let person = client.account_current(&current).await.map_err(told)?;
        if person.organisation == firm {
            solicitor = Some(email);
        }
    }
    let solicitor = solicitor.ok_or_else(|| Trouble(format!("nobody of {firm}")))?;

    journey.sign_in(solicitor).await?;
    window.click("[data-test='nav-cases']").await?;
    // A letter is missing; the day is typed as people type it.
    let mut name = defendant.name.to_lowercase();
    name.remove(name.len() - 2);
    window.type_into("[data-test='find-name']", &name).await?;
    window
        .type_into("[data-test='find-day']", &day.plus_days(1).to_string())
        .await?;
    window.press(Key::Enter).await?;
    window
        .find("[data-test='find-answer'][data-outcome='none']")
        .await?;
    journey.picture("defence-1-none").await?;
    window
        .type_into("[data-test='find-day']", &day.to_string())
        .await?;
    window.press(Key::Enter).await?;
    window
        .wait_for_text("[data-test='case-urn']", glance.urn.as_str())
        .await?;

    window.find("[data-test='conflict']").await?;
    journey.picture("defence-2-conflict").await?;
    window.click("[data-test='basis-PRIVATE']").await?;
    window.click("[data-test='associate-confirm']").await?;
    window.click("[data-test='associate']").await?;
    window
        .wait_until_gone("[data-test='associate-form']")
        .await?;

    let own = format!("[data-test='people-of'][data-name=\"{}\"]", defendant.name);
    window
        .click(&format!("{own} [data-test='open-instruct']"))
        .await?;
    window
        .type_into(&format!("{own} [data-test='instruct-email']"), COUNSEL)
        .await?;
    window.press(Key::Enter).await?;
    // The chambers act for nobody else here: there is nothing to confirm.
    window
        .find(&format!(
            "{own} [data-test='people-person'][data-name='Rosalind Quaye']"
        ))
        .await?;
    journey.picture("defence-3-counsel-instructed").await?;
    journey.sign_out().await?;

    journey.sign_in(COUNSEL).await?;
    window
        .click(&format!("[data-test='case-{}']", glance.urn.as_str()))
        .await?;
    window
        .wait_for_text("[data-test='case-urn']", glance.urn.as_str())
        .await?;
    window.find("[data-test='material']").await?;
    journey.picture("defence-4-counsel").await?;
    window.click("[data-test='open-material']").await?;
    window
        .find("[data-test='viewer'][data-ready='true']")
        .await?;
    journey.picture("defence-5-counsel-reads").await?;
    journey.sign_out().await?;

    // Whoever administers the firm asks who of it can open it, and why.
    journey.sign_in(MANAGER).await?;
    window.click("[data-test='nav-people']").await?;
    window
        .type_into("[id='opened-case']", glance.urn.as_str())
        .await?;
    window.press(Key::Enter).await?;
    window
        .wait_for_text("[data-test='case-opener']", "Iris Thorne")
        .await?;
    journey.picture("defence-6-who-can-open-it").await
}

/// A case in which one defendant has a firm and another has none, with papers.
async fn conflicted(journey: &Journey) -> Result<(CaseAtAGlance, usize, String), Trouble> {
    let adviser = journey.person(LEGAL_ADVISER).await?;
    let list = adviser.case_list(&List {}).await.map_err(told)?;
    for row in list.cases {
        let case_id = row.case_id;
        let glance = adviser.case_view(&View { case_id }).await.map_err(told)?;
        let free = glance
            .defendants
            .iter()
            .position(|d| d.represented_by.is_none());
        let firm = glance
            .defendants
            .iter()
            .find_map(|d| d.represented_by.clone());
        if let (Some(free), Some(firm), false) = (free, firm, glance.materials.is_empty()) {
            return Ok((glance, free, firm));
        }
    }
    Err(Trouble("no case with a free defendant".to_owned()))
}
