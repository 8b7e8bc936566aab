//! An organisation's own identity provider, in the real window: the system's browser is opened at
//! the provider's page, comes back to a port of this computer, and the window is signed in, and
//! later unlocked. The provider is a real one; the browser is a program that notes where it was
//! sent, and what a person would do there is done for it.

use crate::{harness::Trouble, passkeys::sent_to, path::Journey};
use app::account::{organisation_named, set_provider};
use domain::account::Provider;
use reqwest::Url;
use std::path::Path;
use testkit::{IdentityProvider, TestCourt};

const IRIS: &str = "iris.thorne@thornevale.example.test";
/// A colleague of hers.
const HAL: &str = "hal.corbin@thornevale.example.test";
const CLIENT: &str = "common-platform";

/// A court in which the firm of Iris signs its people in by itself, where she is `iris`.
pub(crate) async fn court() -> Result<(TestCourt, IdentityProvider), Trouble> {
    let people = [&*format!("iris={IRIS}"), &format!("hal={HAL}")];
    let provider = IdentityProvider::start(CLIENT, &people).await;
    let court = TestCourt::open().await;
    let app = &court.state.app;
    let firm = organisation_named(app, "Thorne & Vale Solicitors")
        .await
        .map_err(|error| Trouble(error.to_string()))?;
    let domains = ["thornevale.example.test".to_owned()];
    let own = Provider::new(&provider.issuer(), CLIENT, &domains)
        .map_err(|refusal| Trouble(refusal.message.into_owned()))?;
    set_provider(app, &firm, Some(own))
        .await
        .map_err(|error| Trouble(error.to_string()))?;
    Ok((court, provider))
}

pub(crate) async fn walk(
    journey: &Journey,
    provider: &IdentityProvider,
    browser: &Path,
) -> Result<(), Trouble> {
    let window = &journey.window;
    window
        .type_into("[data-test='sign-in-email']", IRIS)
        .await?;

    // Who says no there is told so here, and nobody is signed in.
    window.click("[data-test='sign-in-provider']").await?;
    window.find("[data-test='browsing']").await?;
    journey.picture("provider-1-browsing").await?;
    let link: Url = parsed(&sent_to(browser).await?)?;
    let asked = |name: &str| {
        let found = link.query_pairs().find(|(other, _)| other == name);
        found
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    if asked("code_challenge_method") != "S256" {
        return Err(Trouble(format!(
            "the sign-in is not bound to this computer: {link}"
        )));
    }
    let mut back: Url = parsed(&asked("redirect_uri"))?;
    if back.host_str() != Some("127.0.0.1") {
        return Err(Trouble(format!("the browser comes back to {back}")));
    }
    back.query_pairs_mut()
        .append_pair("error", "access_denied")
        .append_pair("state", &asked("state"));
    comes_back(back).await?;
    window.find("[data-test='error-summary']").await?;
    journey.picture("provider-2-refused").await?;

    window.click("[data-test='sign-in-provider']").await?;
    signs_in_there(provider, browser, "iris").await?;
    window.wait_for_text("[data-test='person']", "Iris").await?;
    journey.picture("provider-3-signed-in").await?;

    // The lock opens in the same way, in place.
    window.click("[data-test='nav-cases']").await?;
    window
        .type_into("[data-test='find-reference']", "76GD64")
        .await?;
    window.click("[data-test='lock-now']").await?;
    window.find("[data-test='lock']").await?;
    journey.picture("provider-4-locked").await?;
    // To a colleague it stays shut.
    window.click("[data-test='prove-provider']").await?;
    signs_in_there(provider, browser, "hal").await?;
    window
        .wait_for_text("[data-test='problem']", "not theirs")
        .await?;
    window.find("[data-test='lock']").await?;
    window.click("[data-test='prove-provider']").await?;
    signs_in_there(provider, browser, "iris").await?;
    window.wait_until_gone("[data-test='lock']").await?;
    let typed = "return document.querySelector(arguments[0])?.value ?? null;";
    let field = "[data-test='find-reference']".into();
    let kept = window.script(typed, vec![field]).await?;
    if kept != "76GD64" {
        return Err(Trouble(format!("after the lock the field holds {kept}")));
    }
    Ok(())
}

/// What the person does at the provider, and what the browser does then.
async fn signs_in_there(
    provider: &IdentityProvider,
    browser: &Path,
    subject: &str,
) -> Result<(), Trouble> {
    let link = sent_to(browser).await?;
    comes_back(provider.sign_in_as(&link, subject).await).await
}

async fn comes_back(to: Url) -> Result<(), Trouble> {
    let end = reqwest::get(to)
        .await
        .map_err(|error| Trouble(format!("nobody waited for the browser: {error}")))?;
    if end.status() == reqwest::StatusCode::OK {
        Ok(())
    } else {
        Err(Trouble(format!("the browser ended on {}", end.status())))
    }
}

fn parsed(address: &str) -> Result<Url, Trouble> {
    let parsed = address.parse();
    parsed.map_err(|error| Trouble(format!("{address:?} is no address: {error}")))
}
