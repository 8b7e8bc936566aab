//! Somebody who is charged in two cases that are listed apart: the hearing says so, and one press
//! makes it one hearing, with both cases in it, while the other is vacated. What follows
//! from that in the documents is in the journeys.

use crate::{harness::Trouble, path::Journey};
use app::demo::LEGAL_ADVISER;
use reqwest::StatusCode;
use testkit::{Submission, TestCourt};

const FIRST: &str = "29ZZ0000726";
const SECOND: &str = "29ZZ0000826";
const AUTHORITY: &str = "GAAAA01";

/// A court at which the same person's two charges were taken in for today.
pub(crate) async fn court() -> Result<TestCourt, Trouble> {
    let court = TestCourt::open().await;
    let secret = court.machine(AUTHORITY).await;
    for reference in [FIRST, SECOND] {
        let charge = Submission::charge(reference, court.today()).heard_on(court.today());
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
    window.wait_until_gone("[data-test='also-listed']").await?;
    window.wait_for_text("main", SECOND).await?;
    journey.picture("together-2-one-hearing").await?;

    // The day's list has one hearing of both, and says that the other was vacated.
    window.click("[data-test='nav-hearings']").await?;
    window
        .wait_for_text(&format!("[data-test='hearing-{SECOND}']"), "Vacated")
        .await?;
    window
        .wait_for_text(&format!("[data-test='hearing-{FIRST}']"), SECOND)
        .await?;
    journey.picture("together-3-todays-list").await
}
