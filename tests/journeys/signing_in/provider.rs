//! Signing in by an organisation's own identity provider: a real one, spoken to by the
//! real server, with somebody in a browser between them.

use super::{answered, court_of, later, signed_in};
use crate::audit::{line, of_person};
use app::account::{organisation_named, set_provider};
use contract::{
    Code, Problem,
    account::SignedIn,
    organisation::{ChangeRoles, RegisterOffice},
    security::{BeginProviderSignIn, EndProviderSignIn, ViewSecurity},
};
use domain::account::Provider;
use reqwest::Url;
use testkit::{Browser, IdentityProvider, TestCourt};

const IRIS: &str = "iris.thorne@thornevale.example.test";
const REDIRECT: &str = "http://127.0.0.1:49152/signed-in";
const CLIENT: &str = "common-platform";

/// A court in which Iris's firm signs its people in by itself, where she is `iris`.
async fn court_with<const N: usize>(people: &[&str]) -> (TestCourt, IdentityProvider) {
    let provider = IdentityProvider::start(CLIENT, people).await;
    let court = court_of::<N>().await;
    let app = &court.state.app;
    let account = app.index.account_by_email(IRIS).await.unwrap().unwrap();
    let firm = app
        .index
        .organisation(account.organisation)
        .await
        .unwrap()
        .unwrap();
    let firm = organisation_named(app, &firm.name).await.unwrap();
    let domains = ["thornevale.example.test".to_owned()];
    let own = Provider::new(&provider.issuer(), CLIENT, &domains).unwrap();
    set_provider(app, &firm, Some(own)).await.unwrap();
    (court, provider)
}

async fn begin(court: &TestCourt, email: &str) -> Result<(String, String), Problem> {
    let begin = BeginProviderSignIn {
        email: email.to_owned(),
        redirect: REDIRECT.to_owned(),
    };
    let begun = court
        .stranger()
        .account_begin_provider_sign_in(&begin)
        .await?;
    Ok((begun.url, begun.secret))
}

fn brought(back: &Url, secret: &str) -> EndProviderSignIn {
    let given = |name: &str| {
        let found = back.query_pairs().find(|(other, _)| other == name);
        found
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    EndProviderSignIn {
        secret: secret.to_owned(),
        state: given("state"),
        code: given("code"),
        unlocks: None,
    }
}

async fn end(court: &TestCourt, end: &EndProviderSignIn) -> Result<SignedIn, Problem> {
    court.stranger().account_end_provider_sign_in(end).await
}

/// Signs in as somebody at the provider, all the way.
async fn as_somebody(
    court: &TestCourt,
    provider: &IdentityProvider,
    subject: &str,
) -> Result<SignedIn, Problem> {
    let (url, secret) = begin(court, IRIS).await?;
    let back = provider.sign_in_as(&url, subject).await;
    assert!(back.as_str().starts_with(REDIRECT), "{back}");
    end(court, &brought(&back, &secret)).await
}

#[tokio::test]
async fn a_firms_own_provider_signs_its_people_in() {
    let (court, provider) = court_with::<2>(&[&format!("iris={IRIS}")]).await;
    let (url, _) = begin(&court, &IRIS.to_uppercase()).await.unwrap();
    let url: Url = url.parse().unwrap();
    let asked: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["code_challenge_method"], "S256");
    assert_eq!(asked["redirect_uri"], REDIRECT);
    assert!(asked["state"].len() > 20 && asked["nonce"].len() > 20);
    assert_eq!((&*asked["prompt"], &*asked["max_age"]), ("login", "0"));

    let signed_in = as_somebody(&court, &provider, "iris").await.unwrap();
    assert_eq!(signed_in.person.email, IRIS);
    assert!(signed_in.person.by_provider);
    let client = court.stranger().with_token(&signed_in.token);
    assert_eq!(answered(&client).await, Ok(()));
    let security = client.account_security(&ViewSecurity {}).await.unwrap();
    assert_eq!(security.provider, Some(provider.issuer()));
    let recorded = of_person(&court, IRIS).await;
    let line = line(&recorded, "signed in");
    assert_eq!(line.why, "the organisation's own provider");
    // And again, by what was bound the first time.
    assert!(as_somebody(&court, &provider, "iris").await.is_ok());
}

#[tokio::test]
async fn who_comes_back_is_matched_by_a_verified_address_of_that_firm_alone() {
    let others = "mallory=ada.wren@court.example.test";
    let (court, provider) =
        court_with::<2>(&[&format!("iris={IRIS}"), others, &format!("usurper={IRIS}")]).await;
    // Not verified; verified, but of another organisation.
    for nobody in ["stranger", "mallory"] {
        let refused = as_somebody(&court, &provider, nobody).await.unwrap_err();
        assert_eq!(refused.code, Code::WrongPassword, "{nobody}");
    }
    assert!(as_somebody(&court, &provider, "iris").await.is_ok());
    // Somebody else there who has her address now is not who the account is bound to.
    let refused = as_somebody(&court, &provider, "usurper").await.unwrap_err();
    assert_eq!(refused.code, Code::WrongPassword);
}

#[tokio::test]
async fn a_colleague_at_the_same_provider_opens_nobody_elses_window() {
    let hal = "hal.corbin@thornevale.example.test";
    let people = [&*format!("iris={IRIS}"), &format!("hal={hal}")];
    let (court, provider) = court_with::<2>(&people).await;
    let here = as_somebody(&court, &provider, "iris").await.unwrap();
    let sessions = "select count(*) from session";
    let before = crate::people::number(&court, sessions).await;
    let back = async |subject: &str| {
        let (url, secret) = begin(&court, IRIS).await.unwrap();
        let back = provider.sign_in_as(&url, subject).await;
        EndProviderSignIn {
            unlocks: Some(here.person.account_id),
            ..brought(&back, &secret)
        }
    };
    let refused = end(&court, &back("hal").await).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert!(refused.title.contains("not theirs"), "{refused:?}");
    assert_eq!(crate::people::number(&court, sessions).await, before);
    // She opens it again herself; he signs in where nobody is.
    assert!(end(&court, &back("iris").await).await.is_ok());
    assert_eq!(
        as_somebody(&court, &provider, "hal")
            .await
            .unwrap()
            .person
            .email,
        hal
    );
}

#[tokio::test]
async fn the_provider_of_an_organisation_signs_in_the_people_of_its_offices() {
    let provider = IdentityProvider::start(CLIENT, &[&format!("iris={IRIS}")]).await;
    let court = court_of::<2>().await;
    let app = &court.state.app;
    let account = app.index.account_by_email(IRIS).await.unwrap().unwrap();
    let firm = app.index.organisation(account.organisation).await.unwrap();
    let firm = firm.unwrap();
    let hal = court.sign_in("hal.corbin@thornevale.example.test").await;
    let name = format!("{}, Porthgarreg", firm.name);
    let said = crate::people::firm(&court, &name, "hal.corbin@thornevale.example.test").await;
    let office = RegisterOffice { said };
    hal.organisation_register_office(&office).await.unwrap();
    crate::people::validate(&court, &name).await;
    let office = organisation_named(app, &name).await.unwrap();
    let moves = ChangeRoles {
        account_id: account.id,
        role: account.role.clone(),
        groups: account.groups.clone(),
        organisation_id: office.id,
    };
    hal.organisation_change_roles(&moves).await.unwrap();
    let domains = ["thornevale.example.test".to_owned()];
    let own = Provider::new(&provider.issuer(), CLIENT, &domains).unwrap();
    set_provider(app, &firm, Some(own)).await.unwrap();

    // No password of theirs opens beside it, and the provider does.
    let password = court.config.demo_password.clone();
    let refused = super::with_password(&court, IRIS, &password).await;
    assert_eq!(refused.unwrap_err().code, Code::Refused);
    let signed_in = as_somebody(&court, &provider, "iris").await.unwrap();
    assert_eq!(signed_in.person.organisation, name);
    assert!(signed_in.person.by_provider);
    assert!(as_somebody(&court, &provider, "iris").await.is_ok());
}

#[tokio::test]
async fn what_the_browser_brings_back_is_good_once_and_for_whoever_began() {
    let (court, provider) = court_with::<2>(&[&format!("iris={IRIS}")]).await;
    let (url, secret) = begin(&court, IRIS).await.unwrap();
    let back = provider.sign_in_as(&url, "iris").await;
    let good = brought(&back, &secret);
    // Whoever catches the code on its way has not begun the sign-in.
    let (_, of_thief) = begin(&court, IRIS).await.unwrap();
    for bad in [brought(&back, &of_thief), brought(&back, "0000")] {
        assert_eq!(end(&court, &bad).await.unwrap_err().code, Code::Refused);
    }
    assert!(end(&court, &good).await.is_ok());
    assert_eq!(
        end(&court, &good).await.unwrap_err().code,
        Code::Refused,
        "again"
    );

    // With the right state and another sign-in's code the verifier does not fit.
    let (first, first_secret) = begin(&court, IRIS).await.unwrap();
    let (second, _) = begin(&court, IRIS).await.unwrap();
    let first = brought(&provider.sign_in_as(&first, "iris").await, &first_secret);
    let second = brought(&provider.sign_in_as(&second, "iris").await, "");
    let mixed = EndProviderSignIn {
        code: second.code,
        ..first
    };
    assert_eq!(end(&court, &mixed).await.unwrap_err().code, Code::Refused);
    let wrong_state = begin(&court, IRIS).await.unwrap();
    let back = provider.sign_in_as(&wrong_state.0, "iris").await;
    let wrong_state = EndProviderSignIn {
        state: "x".to_owned(),
        ..brought(&back, &wrong_state.1)
    };
    assert_eq!(
        end(&court, &wrong_state).await.unwrap_err().code,
        Code::Refused
    );
}

#[tokio::test]
async fn a_sign_in_that_takes_too_long_or_goes_elsewhere_is_none() {
    let (court, provider) = court_with::<1>(&[&format!("iris={IRIS}")]).await;
    let (url, secret) = begin(&court, IRIS).await.unwrap();
    let back = provider.sign_in_as(&url, "iris").await;
    later::<1>(11);
    let late = end(&court, &brought(&back, &secret)).await.unwrap_err();
    assert_eq!(late.code, Code::Refused);
    for redirect in [
        "https://evil.example/signed-in",
        "http://localhost:1/signed-in",
    ] {
        let begin = BeginProviderSignIn {
            email: IRIS.to_owned(),
            redirect: redirect.to_owned(),
        };
        let refused = court
            .stranger()
            .account_begin_provider_sign_in(&begin)
            .await;
        assert_eq!(refused.unwrap_err().code, Code::Refused, "{redirect}");
    }
    // Whether there is an account is not read off it: the domain alone counts.
    assert!(
        begin(&court, "nobody@thornevale.example.test")
            .await
            .is_ok()
    );
    let elsewhere = begin(&court, super::ADVISER).await.unwrap_err();
    let unknown = begin(&court, "nobody@court.example.test")
        .await
        .unwrap_err();
    assert_eq!(elsewhere, unknown);
    // Others' passwords go on as before.
    signed_in(&court, super::ADVISER).await;
}

/// The address of a sign-in with what it asks of the provider exchanged, as whoever sits
/// before the browser may do.
fn altered(url: &str, max_age: Option<&str>) -> String {
    let mut url: Url = url.parse().unwrap();
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .into_owned()
        .filter(|(name, _)| name != "prompt" && name != "max_age")
        .chain(max_age.map(|age| ("max_age".to_owned(), age.to_owned())))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept);
    url.into()
}

#[tokio::test]
async fn a_browser_that_is_still_signed_in_at_the_provider_proves_nothing() {
    let (court, provider) = court_with::<2>(&[&format!("iris={IRIS}")]).await;
    let mut browser = Browser::default();
    // She signed in there a quarter of an hour ago, and left.
    provider.set_back(15 * 60).await;
    let (url, _) = begin(&court, IRIS).await.unwrap();
    provider.sign_in_in(&mut browser, &url, "iris").await;
    provider.set_back(0).await;

    // Somebody at her desk asks the provider for no fresh proof: it says nothing of when she
    // proved it, or how long ago that was.
    for max_age in [None, Some("86400")] {
        let (url, secret) = begin(&court, IRIS).await.unwrap();
        let url = altered(&url, max_age);
        // The name is of nobody: a provider that asked would sign in another.
        let back = provider.sign_in_in(&mut browser, &url, "somebody").await;
        let refused = end(&court, &brought(&back, &secret)).await.unwrap_err();
        assert_eq!(refused.code, Code::Refused, "{max_age:?}");
    }
    // Asked as it is meant, the provider has her prove it, signed in or not.
    let (url, secret) = begin(&court, IRIS).await.unwrap();
    let back = provider.sign_in_in(&mut browser, &url, "iris").await;
    assert!(end(&court, &brought(&back, &secret)).await.is_ok());
}
