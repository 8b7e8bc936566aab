//! Proving who one is: passwords, second factors, sessions and their locks, an
//! organisation's own provider, tokens of systems.

mod doors;
mod factors;
mod letters;
mod machines;
mod operator;
mod passkeys;
mod passwords;
mod proofs;
mod provider;
mod recorded;
mod sessions;
mod taken_away;

use app::ports::Chance;
use client::Client;
use contract::{
    Code, Problem,
    account::{Current, SignIn, SignedIn},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use testkit::{Setting, TestCourt};
use vocabulary::Instant;

pub(crate) const ADVISER: &str = "ada.wren@court.example.test";
pub(crate) const PROSECUTOR: &str = "kofi.marsh@cps-ashmere.example.test";
pub(crate) const NEW: &str = "heron brass lintel";

/// Minutes by which the clocks of these courts are ahead.
static AHEAD: [AtomicI64; 27] = [const { AtomicI64::new(0) }; 27];

/// A clock that the test moves on.
struct Clock(Arc<dyn Chance>, usize);

impl Chance for Clock {
    fn now(&self) -> Instant {
        let ahead = AHEAD[self.1].load(Ordering::SeqCst);
        self.0.now().plus_seconds(ahead * 60)
    }

    fn id(&self) -> uuid::Uuid {
        self.0.id()
    }

    fn secret(&self) -> [u8; 32] {
        self.0.secret()
    }
}

fn clock<const N: usize>(state: &mut server::State) {
    state.app.chance = Arc::new(Clock(Arc::clone(&state.app.chance), N));
}

/// A court whose clock is the `N`th.
pub(crate) async fn court_of<const N: usize>() -> TestCourt {
    TestCourt::with(Setting {
        prepare: clock::<N>,
        cases: 0,
        ..Setting::default()
    })
    .await
}

/// The same with a case, in which windows do not lock.
pub(crate) async fn open_court<const N: usize>() -> TestCourt {
    TestCourt::with(Setting {
        prepare: clock::<N>,
        configure: |config| config.lock_minutes = 12 * 60,
        ..Setting::default()
    })
    .await
}

/// Moves the `N`th clock on.
pub(crate) fn later<const N: usize>(minutes: i64) {
    AHEAD[N].fetch_add(minutes, Ordering::SeqCst);
}

/// Somebody with a session, and the token of it.
pub(crate) async fn signed_in(court: &TestCourt, email: &str) -> (Client, SignedIn) {
    let with = SignIn {
        email: email.to_owned(),
        password: court.config.demo_password.clone(),
    };
    let signed_in = court.stranger().account_sign_in(&with).await.unwrap();
    (court.stranger().with_token(&signed_in.token), signed_in)
}

pub(crate) async fn with_password(
    court: &TestCourt,
    email: &str,
    password: &str,
) -> Result<SignedIn, Problem> {
    let sign_in = SignIn {
        email: email.to_owned(),
        password: password.to_owned(),
    };
    court.stranger().account_sign_in(&sign_in).await
}

/// With what a session is answered.
pub(crate) async fn answered(client: &Client) -> Result<(), Code> {
    let answer = client.account_current(&Current {}).await;
    answer.map(|_| ()).map_err(|problem| problem.code)
}
