//! Letters about accounts, taken to the mail server in the order in which they were
//! written. A letter that cannot be taken now is tried again until it is of no use any
//! more; one without an address is thrown away as if it had been sent.

use crate::State;
use app::ports::{AccountLetter, Outcome};
use std::time::Duration;
use tokio::{sync::watch, task::JoinHandle, time::timeout};

/// How often it is looked for letters.
const ROUND: Duration = Duration::from_millis(500);
/// How many are taken in one round.
const MOST: i64 = 16;
/// For how long a server holds what it claimed, in seconds.
const CLAIM: i64 = 120;
/// After how many seconds one that could not be taken is tried again.
const AGAIN: i64 = 20;

/// Sends what waits, until the server stops.
pub(crate) fn start(state: State, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            if let Err(error) = round(&state).await {
                tracing::error!(%error, "letters could not be sent; trying again");
            }
            if timeout(ROUND, stopped.changed()).await.is_ok() {
                break;
            }
        }
    })
}

async fn round(state: &State) -> Result<(), app::Error> {
    let app = &state.app;
    let now = app.chance.now();
    let claimed = app
        .sign_ins
        .claim_letters(now, now.plus_seconds(CLAIM), MOST)
        .await?;
    for letter in claimed {
        let outcome = if letter.to.is_empty() {
            Outcome::Taken {
                received: false,
                how: String::new(),
            }
        } else {
            state.carriers.letter(&letter).await
        };
        settle(state, &letter, outcome).await?;
    }
    Ok(())
}

async fn settle(state: &State, letter: &AccountLetter, outcome: Outcome) -> Result<(), app::Error> {
    let sign_ins = &state.app.sign_ins;
    match outcome {
        Outcome::Taken { .. } => sign_ins.forget_letter(letter.id).await?,
        Outcome::Never { why } => {
            tracing::warn!(id = %letter.id, why, "a letter about an account cannot be sent");
            sign_ins.forget_letter(letter.id).await?;
        }
        Outcome::NotNow { why, .. } => {
            tracing::debug!(id = %letter.id, why, "a letter about an account waits");
            let next = state.app.chance.now().plus_seconds(AGAIN);
            sign_ins.put_off_letter(letter.id, next).await?;
        }
    }
    Ok(())
}
