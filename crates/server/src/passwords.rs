//! Passwords with argon2id, off the threads that serve requests, and no more of
//! them at once than there are processors: each takes 19 MiB, and more at once
//! would be no sooner done.

use app::ports::{Fault, Passwords};
use argon2::{
    Argon2, PasswordVerifier,
    password_hash::{PasswordHasher, phc::PasswordHash},
};
use async_trait::async_trait;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// argon2id with the crate's recommended cost (OWASP: 19 MiB, two passes).
#[derive(Debug, Clone)]
pub(crate) struct Argon {
    room: Arc<Semaphore>,
}

impl Default for Argon {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Self::at_once(processors)
    }
}

impl Argon {
    fn at_once(most: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(most)),
        }
    }
}

#[async_trait]
impl Passwords for Argon {
    fn hash(&self, password: &str) -> Result<String, Fault> {
        hash(password)
    }

    async fn make(&self, password: &str) -> Result<String, Fault> {
        let password = password.to_owned();
        let turn = Arc::clone(&self.room).acquire_owned().await;
        let turn = turn.map_err(|error| Fault::Broken(error.to_string()))?;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            hash(&password)
        })
        .await
        .map_err(|error| Fault::Broken(error.to_string()))?
    }

    async fn fits(&self, password: &str, phc: Option<&str>) -> bool {
        let password = password.to_owned();
        let phc = phc.map(str::to_owned);
        let Ok(turn) = Arc::clone(&self.room).acquire_owned().await else {
            return false;
        };
        tokio::task::spawn_blocking(move || {
            // Held by the work itself: a caller that goes away does not end it.
            let _turn = turn;
            let known = phc.is_some();
            let phc = phc.unwrap_or_else(|| nobody().to_owned());
            let fits = PasswordHash::new(&phc).is_ok_and(|hash| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok()
            });
            fits && known
        })
        .await
        .unwrap_or(false)
    }
}

fn hash(password: &str) -> Result<String, Fault> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Fault::Broken(format!("argon2: {error}")))
}

/// The hash of a password that nobody has: an unknown address costs the same work.
fn nobody() -> &'static str {
    static NOBODY: OnceLock<String> = OnceLock::new();
    NOBODY.get_or_init(|| hash("nobody has this password").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{FutureExt, future::join_all};

    #[tokio::test]
    async fn a_password_waits_for_its_turn() {
        let argon = Argon::at_once(1);
        let phc = argon.hash("three random words").unwrap();
        let turn = argon.room.acquire().await.unwrap();
        let mut asked = argon.fits("three random words", Some(&phc));
        assert!(asked.as_mut().now_or_never().is_none(), "it has to wait");
        drop(turn);
        assert!(asked.await);
    }

    #[tokio::test]
    async fn many_at_once_are_all_answered() {
        let argon = Argon::at_once(2);
        let phc = argon.hash("three random words").unwrap();
        let asked = join_all((0..6).map(|n| {
            let (argon, phc) = (argon.clone(), phc.clone());
            async move {
                let typed = ["three random words", "four"][n % 2];
                argon.fits(typed, Some(&phc)).await
            }
        }));
        assert_eq!(asked.await, [true, false, true, false, true, false]);
        assert_eq!(argon.room.available_permits(), 2);
    }
}
