//! How people prove who they are: passwords, second factors, devices, an
//! organisation's own provider. What carries a secret prints nothing of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{AccountId, Instant, SessionId};

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
    ConfirmSignIn,
    Prove,
    ChangePassword,
    ResetPassword,
    Enrolment,
    ConfirmSecondFactor,
    RecoveryCodes,
    ProviderSignIn,
    EndProviderSignIn,
);

/// Sign in with the second factor as well.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ConfirmSignIn {
    /// E-mail address, in any case.
    pub email: String,
    /// Password.
    pub password: String,
    /// The code that the authenticator shows, or a recovery code.
    pub code: String,
}

/// Prove anew who you are: unlocks the window, and is the proof that sharing asks
/// for. By password or by a code of the second factor; the answer holds a new token.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Prove {
    /// Password.
    pub password: Option<String>,
    /// The code that the authenticator shows, or a recovery code.
    pub code: Option<String>,
}

/// Lock this session: it answers nothing until its person proves who they are.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Lock {}

/// Locked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SessionLocked {}

/// Choose another password. Every other session ends.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ChangePassword {
    /// The password until now.
    pub current: String,
    /// The password from now on.
    pub new: String,
}

/// Done.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PasswordChanged {
    /// How many other sessions were ended.
    #[ts(type = "number")]
    pub ended: u64,
}

/// Ask for a letter with which a new password can be chosen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestReset {
    /// E-mail address, in any case.
    pub email: String,
}

/// If there is such an account, a letter is on its way to it; where no mail leaves, there is
/// none, and whoever runs the service makes the code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResetRequested {
    /// Whether mail leaves here at all.
    pub mail: bool,
    /// For how many minutes its code is good.
    #[ts(type = "number")]
    pub minutes: i64,
}

/// Choose a new password with the code of the letter.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ResetPassword {
    /// The code.
    pub code: String,
    /// The password from now on.
    pub new: String,
}

/// Done; sign in with it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PasswordReset {}

/// How do I sign in, and where?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ViewSecurity {}

/// How a person signs in, and where.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Security {
    /// Whether there is a password.
    pub password: bool,
    /// Since when a second factor is asked for.
    pub second_factor_since: Option<Instant>,
    /// Whether the organisation asks for one.
    pub second_factor_required: bool,
    /// How many recovery codes are left.
    #[ts(type = "number")]
    pub recovery_codes: u64,
    /// Passkeys, in the order in which they were added.
    pub passkeys: Vec<crate::passkey::Passkey>,
    /// Whether passkeys can be had at this service's address.
    pub passkeys_possible: bool,
    /// The issuer of the organisation's own provider.
    pub provider: Option<String>,
    /// Where the account is signed in, the latest used first.
    pub devices: Vec<Device>,
}

/// Where an account is signed in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Device {
    /// Session.
    pub session_id: SessionId,
    /// What the application says it runs on.
    pub device: String,
    /// From which address it was used last.
    pub from: String,
    /// Since when.
    pub opened_at: Instant,
    /// When it was last noted as used, to within a few minutes.
    pub seen_at: Instant,
    /// Whether it is locked.
    pub locked: bool,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// End one session of this account, wherever it is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EndSession {
    /// Session.
    pub session_id: SessionId,
}

/// End every session of this account but this one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EndOtherSessions {}

/// Begin to set up a second factor: a secret for an authenticator.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnrolSecondFactor {}

/// What an authenticator needs. The secret is shown this once.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Enrolment {
    /// The address that authenticators open (`otpauth:`).
    pub uri: String,
    /// The secret, to type.
    pub secret: String,
    /// The address as a QR code.
    pub qr: QrCode,
}

/// A QR code, to draw.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QrCode {
    /// How many squares wide and high it is, its quiet border included.
    #[ts(type = "number")]
    pub size: u32,
    /// Its dark squares as the path of an SVG.
    pub path: String,
}

/// End setting it up, with the code that the authenticator shows.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ConfirmSecondFactor {
    /// The code.
    pub code: String,
}

/// Codes for when the authenticator is lost, each good once. Shown this once.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RecoveryCodes {
    /// The codes.
    pub codes: Vec<String>,
}

/// Make new recovery codes; the old ones are good for nothing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RenewRecoveryCodes {}

/// Remove the second factor.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RemoveSecondFactor {}

/// Begin to sign in by an organisation's own provider.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BeginProviderSignIn {
    /// E-mail address: its domain says which organisation.
    pub email: String,
    /// Where on this computer the browser comes back to.
    pub redirect: String,
}

/// Where the browser goes.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ProviderSignIn {
    /// The provider's address for this sign-in.
    pub url: String,
    /// Ends this sign-in, with what the browser brings back.
    pub secret: String,
}

/// End signing in by an organisation's own provider.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct EndProviderSignIn {
    /// From its beginning.
    pub secret: String,
    /// What the browser brought back.
    pub state: String,
    /// What the browser brought back.
    pub code: String,
    /// Whose window it opens again, if somebody is signed in there: nobody else is let in to it.
    pub unlocks: Option<AccountId>,
}
