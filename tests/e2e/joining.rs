//! A firm joins, in the real window: a stranger registers it, and HMCTS staff validate it and are
//! shown the link that no mail brings. What follows is in `newcomers.rs`.

use crate::{harness::Trouble, path::Journey};

const STAFF: &str = "noor.hadley@example.test";
const PARTNER: &str = "bola@pryceadeyemi.example.test";

/// Everybody in turn.
pub(crate) async fn walk(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    window.find("[data-test='sign-in-email']").await?;
    journey.picture("joining-01-before-signing-in").await?;
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
    journey.sign_out().await
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
        ("laa_contracts", "0A123B"),
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
