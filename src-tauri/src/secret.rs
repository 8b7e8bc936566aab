//! The session's token in the keyring of the system: Keychain, Credential
//! Manager or Secret Service. It never reaches the window, a file or a log.

use keyring::{Entry, Error};
use std::time::Duration;

const SERVICE: &str = "common-platform";

/// Long enough for a person to unlock the keyring; a keyring that never answers
/// must not keep anybody from signing in.
const LONGEST: Duration = Duration::from_secs(60);

/// One place in the keyring: a profile at a server.
#[derive(Debug, Clone)]
pub(crate) struct Secret {
    user: String,
}

/// The keyring cannot be used; the person can still sign in for this run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the keyring of this computer cannot be used: {0}")]
pub(crate) struct Unavailable(&'static str);

impl Secret {
    pub(crate) fn new(profile: &str, server_url: &str) -> Self {
        Self {
            user: format!("{profile}@{server_url}"),
        }
    }

    /// The token kept here, if there is one.
    pub(crate) async fn get(&self) -> Result<Option<String>, Unavailable> {
        self.with(|entry| match entry.get_password() {
            Ok(token) => Ok(Some(token)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    /// Keeps a token in place of an earlier one.
    pub(crate) async fn set(&self, token: String) -> Result<(), Unavailable> {
        self.with(move |entry| entry.set_password(&token)).await
    }

    /// Forgets the token.
    pub(crate) async fn remove(&self) -> Result<(), Unavailable> {
        self.with(|entry| match entry.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
        .await
    }

    /// The keyring may ask the person for a password and wait, so it gets a
    /// thread that may wait.
    async fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let user = self.user.clone();
        let acting = tokio::task::spawn_blocking(move || Entry::new(SERVICE, &user).and_then(act));
        match tokio::time::timeout(LONGEST, acting).await {
            Ok(Ok(outcome)) => outcome.map_err(|error| Unavailable(kind(&error))),
            Ok(Err(_)) => Err(Unavailable("it broke off")),
            Err(_) => Err(Unavailable("it did not answer")),
        }
    }
}

/// The kind of an error only: some carry what they were asked to keep.
fn kind(error: &Error) -> &'static str {
    match error {
        Error::NoDefaultStore => "there is none",
        Error::NoStorageAccess(_) => "it is locked",
        Error::PlatformFailure(_) => "it failed",
        Error::NoEntry => "there is no such entry",
        _ => "it refused",
    }
}
