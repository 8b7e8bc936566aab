//! Passwords with argon2id, off the threads that serve requests.

use app::ports::{Fault, Passwords};
use argon2::{
    Argon2, PasswordVerifier,
    password_hash::{PasswordHasher, phc::PasswordHash},
};
use async_trait::async_trait;
use std::sync::OnceLock;

/// argon2id with the crate's recommended cost (OWASP: 19 MiB, two passes).
#[derive(Debug, Clone, Default)]
pub(crate) struct Argon;

#[async_trait]
impl Passwords for Argon {
    fn hash(&self, password: &str) -> Result<String, Fault> {
        hash(password)
    }

    async fn fits(&self, password: &str, phc: Option<&str>) -> bool {
        let password = password.to_owned();
        let phc = phc.map(str::to_owned);
        tokio::task::spawn_blocking(move || {
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
