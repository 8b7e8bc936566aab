//! Signing in, and who is signed in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{AccountId, Day, Group, OrganisationId, OrganisationKind};

/// What service is this?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct About {}

/// The service, as anybody may know it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Service {
    /// Version of the server.
    pub version: String,
    /// The day in court.
    pub today: Day,
    /// Whether everything in it is invented.
    pub demo: bool,
    /// In a demo court only: the people one can be.
    pub demo_people: Vec<DemoPerson>,
    /// In a demo court only: the password that they share.
    pub demo_password: Option<String>,
    /// How the service centre is reached from outside this application, in words; none is said.
    pub service_centre: Option<String>,
    /// After how many seconds without a sign of its person a window locks itself.
    #[ts(type = "number")]
    pub lock_after: i64,
}

/// Somebody of the demo court.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DemoPerson {
    /// Signs in with this.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Court word for the role, for instance `Legal adviser`.
    pub role: String,
    /// Name of the organisation.
    pub organisation: String,
    /// What this person could do first, one sentence.
    pub suggestion: String,
}

/// Sign in with e-mail address and password.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignIn {
    /// E-mail address, in any case.
    pub email: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignIn { … }")
    }
}

/// Signed in. The token goes to the keyring, never to the window.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignedIn {
    /// Bearer token.
    pub token: String,
    /// Who.
    pub person: Person,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignedIn {{ person: {:?} }}", self.person.account_id)
    }
}

/// Sign out: the session ends now, everywhere it is used.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignOut {}

/// Sign out everywhere: every session of this account ends now, this one included.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignOutEverywhere {}

/// Done.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignedOut {}

/// Who am I?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Current {}

/// Where a person's work begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Home {
    /// Their cases, and finding one.
    Cases,
    /// Today's list of a court.
    Hearings,
    /// Documents that await them.
    Inbox,
    /// Lists and registers.
    Printouts,
    /// Who saw and did what.
    Audit,
    /// The people of their organisation.
    People,
    /// Organisations that registered.
    Organisations,
    /// Nothing of any case.
    Service,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Person {
    /// Account.
    pub account_id: AccountId,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Groups.
    pub groups: Vec<Group>,
    /// Court word for the role.
    pub role: String,
    /// Organisation.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation: String,
    /// Its kind.
    pub organisation_kind: OrganisationKind,
    /// Where to begin.
    pub home: Home,
    /// Screens this person has: `cases`, `hearings`, `inbox`, `notices`.
    pub screens: Vec<String>,
    /// Whether they answer requests for help.
    pub answers_help: bool,
    /// Whether they must set up a second factor before anything else.
    pub second_factor_missing: bool,
    /// Whether their organisation's own provider signs them in.
    pub by_provider: bool,
    /// Whether they have a passkey that is good.
    pub by_passkey: bool,
    /// Unread notices.
    #[ts(type = "number")]
    pub unread: u64,
}
