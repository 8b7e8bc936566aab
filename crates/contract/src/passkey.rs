//! Passkeys: added, used and removed. The browser's part goes by a page of the service, not
//! by this list; what it brings back is good only together with the secret of whoever began.

use crate::security::Security;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{Instant, PasskeyId};

/// Requests and answers whose `Debug` says nothing.
macro_rules! unprinted {
    ($($name:ident),* $(,)?) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), " { … }"))
            }
        }
    )*};
}

unprinted!(
    BeginPasskeySignIn,
    PasskeyCeremony,
    EndPasskey,
    EndPasskeySignIn,
    EndPasskeyProof,
    PasskeyAdded,
);

/// A passkey as its person sees it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Passkey {
    /// Passkey.
    pub passkey_id: PasskeyId,
    /// How its person calls it.
    pub name: String,
    /// Since when.
    pub added_at: Instant,
    /// When it was last used.
    pub used_at: Option<Instant>,
    /// Since when it is good for nothing, because there may be a copy of it.
    pub refused_at: Option<Instant>,
}

/// Begin to add a passkey, in the system's browser.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BeginPasskey {
    /// How it will be called.
    pub name: String,
    /// Where on this computer the browser comes back to.
    pub redirect: String,
}

/// Where the browser goes.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct PasskeyCeremony {
    /// The page of the service, with the browser's ticket behind a `#`.
    pub url: String,
    /// What the browser brings back, so that it is known.
    pub state: String,
    /// Ends this, with what the browser brings back. It never goes to the browser.
    pub secret: String,
}

/// End adding a passkey.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct EndPasskey {
    /// From its beginning.
    pub secret: String,
    /// What the browser brought back.
    pub state: String,
    /// What the browser brought back.
    pub code: String,
}

/// Added.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct PasskeyAdded {
    /// How the person signs in now.
    pub security: Security,
    /// With the first second factor: codes for when it is lost. Shown this once.
    pub codes: Vec<String>,
}

/// Remove a passkey.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RemovePasskey {
    /// Passkey.
    pub passkey_id: PasskeyId,
}

/// Begin to sign in with a passkey as second factor.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct BeginPasskeySignIn {
    /// E-mail address, in any case.
    pub email: String,
    /// Password.
    pub password: String,
    /// Where on this computer the browser comes back to.
    pub redirect: String,
}

/// End signing in with a passkey.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct EndPasskeySignIn {
    /// From its beginning.
    pub secret: String,
    /// What the browser brought back.
    pub state: String,
    /// What the browser brought back.
    pub code: String,
}

/// Begin to prove by a passkey who is here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BeginPasskeyProof {
    /// Where on this computer the browser comes back to.
    pub redirect: String,
}

/// End proving by a passkey who is here.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct EndPasskeyProof {
    /// From its beginning.
    pub secret: String,
    /// What the browser brought back.
    pub state: String,
    /// What the browser brought back.
    pub code: String,
}
