//! Signing in as the record has it: who came in and how they proved who they are, who left, and
//! what people changed about how they sign in. It stands with the readings of the account, not
//! in the account's own stream: who signs in must not get in the way of who administers. No
//! password, code or token is in any of it.

use serde::{Deserialize, Serialize};
use vocabulary::SessionId;

/// How somebody proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proven {
    /// By password alone.
    Password,
    /// By the code of an authenticator as well.
    Code,
    /// By a recovery code as well.
    RecoveryCode,
    /// By a passkey as well.
    Passkey,
    /// By their organisation's own provider.
    Provider,
    /// By a code that came by letter as well, in the place of second factors that were taken away.
    Letter,
}

impl Proven {
    /// Whether it was more than a password.
    #[must_use]
    pub const fn is_more_than_password(self) -> bool {
        !matches!(self, Self::Password)
    }

    /// As reports say it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code of an authenticator",
            Self::RecoveryCode => "recovery code",
            Self::Passkey => "passkey",
            Self::Provider => "the organisation's own provider",
            Self::Letter => "code by letter",
        }
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum SignInStep {
    /// They signed in.
    SignedIn {
        /// Into this session.
        session: SessionId,
        /// How they proved who they are.
        by: Proven,
    },
    /// They proved again who they are: a window was unlocked, or something asked for it.
    Proved {
        /// In this session.
        session: SessionId,
        /// How.
        by: Proven,
    },
    /// They locked the window, or it locked itself.
    Locked {
        /// This session.
        session: SessionId,
    },
    /// They signed out.
    SignedOut {
        /// Of this session.
        session: SessionId,
    },
    /// They ended another of their sessions.
    SessionEnded {
        /// This one.
        session: SessionId,
    },
    /// They ended all of their sessions but the one in which they asked.
    OtherSessionsEnded,
    /// All of them were ended, by themselves or by whoever runs the service.
    AllSessionsEnded,
    /// They chose another password, knowing the one before.
    PasswordChanged,
    /// Whoever runs the service made a code for them with which to choose another password.
    PasswordCodeMade,
    /// Whoever runs the service made a code for them with which to sign in once, in the place of
    /// second factors that were taken away.
    SignInCodeMade,
    /// They chose another password, with a code that came by letter or by hand.
    PasswordReset,
    /// An authenticator was set up.
    AuthenticatorAdded,
    /// It was taken away.
    AuthenticatorRemoved,
    /// New recovery codes took the place of the old.
    RecoveryCodesRenewed,
}

impl SignInStep {
    /// As reports say it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::SignedIn { .. } => "signed in",
            Self::Proved { .. } => "proved again who they are",
            Self::Locked { .. } => "window locked",
            Self::SignedOut { .. } => "signed out",
            Self::SessionEnded { .. } => "another session ended",
            Self::OtherSessionsEnded => "all other sessions ended",
            Self::AllSessionsEnded => "signed out everywhere",
            Self::PasswordChanged => "password changed",
            Self::PasswordCodeMade => "code for a new password made",
            Self::SignInCodeMade => "code to sign in once made",
            Self::PasswordReset => "password chosen with a code",
            Self::AuthenticatorAdded => "authenticator added",
            Self::AuthenticatorRemoved => "authenticator removed",
            Self::RecoveryCodesRenewed => "recovery codes renewed",
        }
    }

    /// How they proved who they are, if they did.
    #[must_use]
    pub const fn proven(self) -> Option<Proven> {
        match self {
            Self::SignedIn { by, .. } | Self::Proved { by, .. } => Some(by),
            _ => None,
        }
    }

    /// The session that it is about.
    #[must_use]
    pub const fn session(self) -> Option<SessionId> {
        match self {
            Self::SignedIn { session, .. }
            | Self::Proved { session, .. }
            | Self::Locked { session }
            | Self::SignedOut { session }
            | Self::SessionEnded { session } => Some(session),
            _ => None,
        }
    }
}
