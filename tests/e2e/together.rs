//! Somebody who is charged in two cases that are listed apart: the hearing says so, and one press
//! makes it one hearing, with both cases in it, while the other is vacated. A third, of somebody who
//! may be the same person, is taken along once somebody says why; and, as one was a mistake, it is a
//! hearing of its own again. What follows from that in the documents is in the journeys.

use crate::{harness::Trouble, path::Journey};
use app::demo::LEGAL_ADVISER;
use reqwest::StatusCode;
use serde_json::json;
use testkit::{Submission, TestCourt};

const FIRST: &str = "29ZZ0000726";
const SECOND: &str = "29ZZ0000826";
const THIRD: &str = "29ZZ0000926";
const AUTHORITY: &str = "GAAAA01";

const DETAILS: &str = "/defendants/0/defendantDetails";

/// A court at which the same person's two charges were taken in for today, and a third of
/// somebody with the same name and birth at another address.
pub(crate) async fn court() -> Result<TestCourt, Trouble> {
    let court = TestCourt::open().await;
    let secret = court.machine(AUTHORITY).await;
    for reference in [FIRST, SECOND, THIRD] {
        let mut charge = Submission::charge(reference, court.today()).heard_on(court.today());
        if reference == THIRD {
            charge = charge
                .with(&format!("{DETAILS}/address/address1"), json!("3 Mill Lane"))
                .without(&format!("{DETAILS}/pncIdentifier"))
                .without(&format!("{DETAILS}/croNumber"));
        }
        let answer = reqwest::Client::new()
            .post(format!("{}/v2/prosecutions/{AUTHORITY}", court.url))
            .bearer_auth(&secret)
            .header(
                "content-type",
                "application/vnd.hmcts.cjs.charge-prosecution.v2+json",
            )
            .body(charge.body())
            .send()
            .await
            .map_err(unanswered)?;
        if answer.status() != StatusCode::ACCEPTED {
            let said = answer.text().await.map_err(unanswered)?;
            return Err(Trouble(format!("{reference}: {said}")));
        }
    }
    Ok(court)
}

fn unanswered(error: reqwest::Error) -> Trouble {
    Trouble(error.to_string())
}

pub(crate) async fn hears_both(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    journey.sign_in(LEGAL_ADVISER).await?;
    window.click("[data-test='nav-hearings']").await?;
    window
        .find(&format!("[data-test='open-hearing-{SECOND}']"))
        .await?;
    window
        .click(&format!("[data-test='open-hearing-{FIRST}']"))
        .await?;
    window
        .wait_for_text("[data-test='also-listed']", SECOND)
        .await?;
    journey.picture("together-1-also-listed").await?;
    window.click("[data-test='hear-together']").await?;
    window
        .wait_until_gone("[data-test='also-listed'] ~ [data-test='also-listed']")
        .await?;
    window.wait_for_text("main", SECOND).await?;
    journey.picture("together-2-one-hearing").await?;

    window
        .wait_for_text("[data-test='also-listed']", THIRD)
        .await?;
    let why = "She moved in May: she and her solicitor said so.";
    window.type_into("[data-test='same-person']", why).await?;
    window.click("[data-test='hear-together']:enabled").await?;
    window.wait_until_gone("[data-test='also-listed']").await?;
    window.wait_for_text("main", THIRD).await?;
    journey.picture("together-2-a-third-with-a-reason").await?;

    // The day's list has one hearing of all, and says that the others were vacated.
    window.click("[data-test='nav-hearings']").await?;
    for other in [SECOND, THIRD] {
        window
            .wait_for_text(&format!("[data-test='hearing-{other}']"), "Vacated")
            .await?;
    }
    window
        .wait_for_text(&format!("[data-test='hearing-{FIRST}']"), SECOND)
        .await?;
    journey.picture("together-3-todays-list").await?;

    // One was a mistake: they are two people, and its hearing is in the list again.
    window
        .click(&format!("[data-test='open-hearing-{FIRST}']"))
        .await?;
    window
        .find("[data-test='heard-with'] ~ [data-test='heard-with']")
        .await?;
    let first = window.text("[data-test='heard-with']").await?;
    let apart = if first.contains(SECOND) {
        SECOND
    } else {
        THIRD
    };
    window.click("[data-test='open-take-apart']").await?;
    window.click("[data-test='two-people']").await?;
    window
        .type_into(
            "[data-test='why-apart']",
            "Two cousins: each showed a passport.",
        )
        .await?;
    journey.picture("together-4-why-apart").await?;
    window.click("[data-test='take-apart']").await?;
    window
        .wait_until_gone("[data-test='heard-with'] ~ [data-test='heard-with']")
        .await?;
    window
        .wait_for_text("[data-test='also-listed']", "another person")
        .await?;
    window.click("[data-test='nav-hearings']").await?;
    window
        .wait_for_text(&format!("[data-test='hearing-{apart}']"), "Listed")
        .await?;
    journey.picture("together-5-on-its-own-again").await
}
