//! A firm joins, in the real window: a stranger registers it, and HMCTS staff validate it and are
//! shown the link that no mail brings. Before that the Legal Aid Agency ordered representation by it,
//! and it is on record then. What follows is in `newcomers.rs`.

use crate::{harness::Trouble, path::Journey};
use app::demo::PATH_URN;

const STAFF: &str = "noor.hadley@example.test";
const CASEWORKER: &str = "sorcha.devlin@legal-aid.example.test";
const CONTRACT: &str = "0A123B";
const PARTNER: &str = "bola@pryceadeyemi.example.test";

/// Everybody in turn.
pub(crate) async fn walk(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    window.find("[data-test='sign-in-email']").await?;
    journey.picture("joining-01-before-signing-in").await?;
    agency_orders_by_its_contract(journey).await?;
    stranger_registers(journey).await?;

    window.click("[data-test='back-to-sign-in']").await?;
    journey.sign_in(STAFF).await?;
    window.click("[data-test='nav-organisations']").await?;
    window
        .find("[data-test='registration'][data-name='Pryce Adeyemi LLP']")
        .await?;
    journey.picture("joining-03-the-queue").await?;
    window.click("[data-test='validate']").await?;
    let link = window.text("[data-test='link']").await?;
    window.find("[data-test='queue-empty']").await?;
    journey.picture("joining-04-validated").await?;
    if !link.contains("/activate#") {
        return Err(Trouble(format!("no link was shown: {link}")));
    }
    journey.sign_out().await?;

    journey.sign_in(CASEWORKER).await?;
    window.click("[data-test='nav-legal_aid']").await?;
    window.find("[data-test='awaited-orders'] .empty").await?;
    look(journey).await?;
    window
        .wait_for_text("[data-test='order-form'] fieldset", "Pryce Adeyemi LLP")
        .await?;
    journey.picture("joining-05-on-record-by-the-order").await?;
    journey.sign_out().await
}

/// The order names a firm that is not here, by the number of its contract, and waits for it.
async fn agency_orders_by_its_contract(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    journey.sign_in(CASEWORKER).await?;
    window.click("[data-test='nav-legal_aid']").await?;
    look(journey).await?;
    window
        .find("[data-test='order-unregistered']")
        .await?
        .send_keys(" ")
        .await?;
    for (field, text) in [
        ("order-contract", CONTRACT),
        ("order-full-name", "Pryce Adeyemi"),
        ("order-reference", "7001234"),
    ] {
        window
            .type_into(&format!("[data-test='{field}']"), text)
            .await?;
    }
    window.click("[data-test='order-make']").await?;
    window
        .find(&format!(
            "[data-test='awaited-order'][data-contract='{CONTRACT}']"
        ))
        .await?;
    journey.picture("joining-01-an-order-that-waits").await?;
    journey.sign_out().await
}

/// Who represents the defendant of the case.
async fn look(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    window
        .type_into("[data-test='order-case']", PATH_URN)
        .await?;
    window.click("[data-test='order-look']:enabled").await?;
    window.find("[data-test='order-form']").await?;
    Ok(())
}

async fn stranger_registers(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    window.click("[data-test='to-register']").await?;
    window
        .click_text("[data-test='kind'] option", "Firm of solicitors")
        .await?;
    window.click("[data-test='register']").await?;
    window.find("[data-test='error-summary']").await?;
    journey.picture("joining-02-what-is-wrong").await?;
    for (field, text) in [
        ("name", "Pryce Adeyemi LLP"),
        ("address", "8 Weir Street"),
        ("postcode", "AM2 7PA"),
        ("office-email", "office@pryceadeyemi.example.test"),
        ("phone", "01632 960001"),
        ("regulator_number", "612345"),
        ("laa_contracts", CONTRACT),
        ("accountable_name", "Bola Adeyemi"),
        ("accountable_email", PARTNER),
        ("accountable_role", "Partner"),
    ] {
        window
            .type_into(&format!("[data-test='{field}']"), text)
            .await?;
    }
    window
        .find("[data-test='terms']")
        .await?
        .send_keys(" ")
        .await?;
    window.click("[data-test='register']").await?;
    window.find("[data-test='registration-reference']").await?;
    Ok(())
}
