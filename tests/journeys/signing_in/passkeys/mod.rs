//! Passkeys: added in the browser, asked for after the password, good for the lock, and
//! refused whenever something about them is not as it must be.

mod adding;
mod attacks;
mod using;

use super::{ADVISER, clock, signed_in, with_password};
use client::Client;
use contract::{
    Code, Problem,
    account::SignedIn,
    passkey::{
        BeginPasskey, BeginPasskeySignIn, EndPasskey, EndPasskeySignIn, PasskeyAdded,
        PasskeyCeremony,
    },
};
use domain::{
    Event, Stream, StreamKind,
    account::{AccountEvent, PasskeyEvent},
};
use testkit::{Setting, TestCourt};
use tests::browser::{Back, Page, REDIRECT};
use webauthn_authenticator_rs::softtoken::SoftToken;

/// A court at an address of this computer, with the `N`th clock.
async fn court<const N: usize>() -> TestCourt {
    TestCourt::with(Setting {
        prepare: clock::<N>,
        configure: |config| config.public_url = "http://127.0.0.1:0".to_owned(),
        cases: 0,
        ..Setting::default()
    })
    .await
}

async fn begin(client: &Client, name: &str) -> Result<PasskeyCeremony, Problem> {
    let begin = BeginPasskey {
        name: name.to_owned(),
        redirect: REDIRECT.to_owned(),
    };
    client.account_begin_passkey(&begin).await
}

async fn end(client: &Client, secret: &str, back: &Back) -> Result<PasskeyAdded, Problem> {
    let end = EndPasskey {
        secret: secret.to_owned(),
        state: back.state.clone(),
        code: back.code.clone(),
    };
    client.account_end_passkey(&end).await
}

/// Adds a passkey, all the way.
async fn add(client: &Client, name: &str, device: &mut SoftToken) -> PasskeyAdded {
    let begun = begin(client, name).await.unwrap();
    let back = Page::open(&begun).with(device).await.unwrap();
    end(client, &begun.secret, &back).await.unwrap()
}

async fn begin_sign_in(court: &TestCourt, email: &str) -> Result<PasskeyCeremony, Problem> {
    let begin = BeginPasskeySignIn {
        email: email.to_owned(),
        password: court.config.demo_password.clone(),
        redirect: REDIRECT.to_owned(),
    };
    court.stranger().account_begin_passkey_sign_in(&begin).await
}

async fn end_sign_in(court: &TestCourt, secret: &str, back: &Back) -> Result<SignedIn, Problem> {
    let end = EndPasskeySignIn {
        secret: secret.to_owned(),
        state: back.state.clone(),
        code: back.code.clone(),
    };
    court.stranger().account_end_passkey_sign_in(&end).await
}

/// Signs in with a passkey, all the way; what the page or the application was told instead.
async fn sign_in(court: &TestCourt, device: &mut SoftToken) -> Result<SignedIn, String> {
    let begun = begin_sign_in(court, ADVISER).await.map_err(|p| p.title)?;
    let back = Page::open(&begun).with(device).await.map_err(|n| n.title)?;
    end_sign_in(court, &begun.secret, &back)
        .await
        .map_err(|problem| problem.title)
}

/// What the password alone is answered.
async fn password_alone(court: &TestCourt) -> Result<SignedIn, Code> {
    with_password(court, ADVISER, &court.config.demo_password)
        .await
        .map_err(|problem| problem.code)
}

/// What the record says of the passkeys of the adviser, in order.
async fn recorded(court: &TestCourt) -> Vec<PasskeyEvent> {
    let app = &court.state.app;
    let account = app.index.account_by_email(ADVISER).await.unwrap().unwrap();
    let stream = Stream::new(StreamKind::Account, account.id.0);
    let events = app.ledger.events(stream, 0).await.unwrap();
    let of_passkeys = events.into_iter().filter_map(|one| match one.event {
        Event::Account(AccountEvent::Passkey(event)) => Some(event),
        _ => None,
    });
    of_passkeys.collect()
}
