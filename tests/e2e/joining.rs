//! A firm joins, in the real window: a stranger registers it, HMCTS staff validate it, its partner
//! activates and invites a colleague, who sees nothing of others' cases. By keyboard where a person
//! would type, with a picture and axe at each stage.

use crate::{harness::Trouble, path::Journey};
use thirtyfour::Key;

const STAFF: &str = "noor.hadley@example.test";
const PARTNER: &str = "bola@pryceadeyemi.example.test";
const CHOSEN: &str = "three fictional words";

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
    announces(journey).await?;
    journey.sign_out().await?;

    activates(journey, &link, "joining-06-activation").await?;
    journey.sign_in_with(PARTNER, CHOSEN).await?;
    window.find("[data-test='announcement']").await?;
    let email = "gita@pryceadeyemi.example.test";
    let link = invites(journey, email).await?;
    journey.sign_out().await?;

    activates(journey, &link, "joining-09-a-colleague-activates").await?;
    journey.sign_in_with(email, CHOSEN).await?;
    window.click("[data-test='nav-cases']").await?;
    window.find("[data-test='find-reference']").await?;
    journey.picture("joining-10-the-colleague-works").await?;
    journey.sign_out().await?;

    journey.sign_in_with(PARTNER, CHOSEN).await?;
    leaves(journey, email).await?;
    asks_for_help(journey).await
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

async fn announces(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    window.click("[data-test='nav-announcements']").await?;
    window
        .type_into("[data-test='announce-title']", "Printing is slow")
        .await?;
    let details = "Orders may take ten minutes. Nothing is lost.";
    window
        .type_into("[data-test='announce-details']", details)
        .await?;
    window
        .type_into("[data-test='until-time']", "23:00")
        .await?;
    window.click("[data-test='announce']").await?;
    window
        .find("[data-test='announced'][data-standing='now']")
        .await?;
    journey.picture("joining-05-announced").await
}

async fn activates(journey: &Journey, link: &str, picture: &str) -> Result<(), Trouble> {
    let window = &journey.window;
    window.click("[data-test='to-activate']").await?;
    window
        .type_into("[data-test='activation-code']", link)
        .await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='invitation']").await?;
    window
        .type_into("[data-test='new-password']", CHOSEN)
        .await?;
    window
        .find("[data-test='accept-terms']")
        .await?
        .send_keys(" ")
        .await?;
    journey.picture(picture).await?;
    window.click("[data-test='activate']").await?;
    window.find("[data-test='activated']").await?;
    window.click("[data-test='back-to-sign-in']").await
}

async fn invites(journey: &Journey, email: &str) -> Result<String, Trouble> {
    let window = &journey.window;
    window.click("[data-test='nav-people']").await?;
    window.click("[data-test='invite']").await?;
    window
        .type_into("[data-test='invite-name']", "Gita Rowe")
        .await?;
    window
        .type_into("[data-test='invite-email']", email)
        .await?;
    window
        .type_into("[data-test='invite-role']", "Solicitor")
        .await?;
    window
        .find("[data-test='group-Defence Lawyers']")
        .await?
        .send_keys(" ")
        .await?;
    journey.picture("joining-07-a-joiner").await?;
    window.click("[data-test='send-invitation']").await?;
    let row = format!("[data-test='person-row'][data-email='{email}'][data-standing='invited']");
    window
        .click(&format!("{row} [data-test='show-link']"))
        .await?;
    let link = window.text("[data-test='link']").await?;
    journey.picture("joining-08-the-people").await?;
    Ok(link)
}

async fn leaves(journey: &Journey, email: &str) -> Result<(), Trouble> {
    let window = &journey.window;
    window.click("[data-test='nav-people']").await?;
    let row = format!("[data-test='person-row'][data-email='{email}']");
    window.click(&format!("{row} [data-test='sees']")).await?;
    window.find("[data-test='what-they-see']").await?;
    window.click(&format!("{row} [data-test='leave']")).await?;
    window
        .find("[data-test='colleague'] option:nth-child(2)")
        .await?;
    journey.picture("joining-11-a-leaver").await?;
    window.click("[data-test='confirm-leave']").await?;
    window.find("[data-test='left']").await?;
    window.find(&format!("{row}[data-standing='left']")).await?;
    Ok(())
}

async fn asks_for_help(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    window.click("[data-test='help-open']").await?;
    window
        .type_into("[data-test='ask-question']", "How do I add an office?")
        .await?;
    journey.picture("joining-12-help-on-every-screen").await?;
    window.click("[data-test='ask-send']").await?;
    window.find("[data-test='help-sent']").await?;
    Ok(())
}
