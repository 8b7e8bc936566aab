//! Use cases: one file a command or query, each told as a story: who may, load,
//! decide, save, present.
//!
//! To add one: its request and view in `contract`, then `impl UseCase for` that
//! request in `<noun>/<verb>.rs` here. The clock, chance, the record and the
//! object store come in through [`ports`]; nothing here reads or writes files.

pub mod account;
pub mod alarm;
pub mod asks;
pub mod audit;
pub mod caller;
pub mod case;
pub mod defence;
pub mod delivery;
pub mod demo;
pub mod document;
mod error;
pub mod hearing;
pub mod inbox;
pub mod intake;
pub mod legal_aid;
pub mod material;
pub mod notice;
pub mod organisation;
pub mod permission;
pub mod ports;
pub mod printout;
pub mod prosecution;
pub(crate) mod reading;
pub mod register;
pub(crate) mod relation;
pub mod result;
pub mod rules;
pub mod support;
pub mod translation;
pub mod upload;

pub use asks::{Asks, AsksOf};
pub use audit::{Asked, Refusals};
pub use caller::Caller;
pub use document::texts;
pub use error::{Error, no_space, stale};
pub use reading::{Looks, submission_read};

use async_trait::async_trait;
use contract::{Endpoint, Kind};
use domain::Actor;
use ports::{
    Authenticators, Carrier, Carrying, Chance, Heard, Index, Ledger, Mailer, Objects, Passkeys,
    Passwords, People, Printer, Providers, Reckoning, SignIns, Work,
};
use std::sync::Arc;

/// What the service is, as far as use cases care.
#[derive(Debug, Clone)]
pub struct Service {
    /// Version of the server.
    pub version: String,
    /// Whether everything in it is invented.
    pub demo: bool,
    /// The password of the demo people.
    pub demo_password: Option<String>,
    /// After how many seconds without a sign of its person a window locks itself.
    pub lock_after: i64,
    /// How the service centre is reached from outside the application, in words.
    pub service_centre: Option<String>,
    /// How old, in seconds, a person's last proof may be for what asks for one.
    pub proof_lasts: i64,
    /// Who gives commands from the command line, where this is one.
    pub operator: Option<String>,
}

/// Everything that use cases need.
#[derive(Clone)]
pub struct App {
    /// The ledger.
    pub ledger: Arc<dyn Ledger>,
    /// The index.
    pub index: Arc<dyn Index>,
    /// Working state.
    pub work: Arc<dyn Work>,
    /// Working state of signing in.
    pub sign_ins: Arc<dyn SignIns>,
    /// Passkeys, and ceremonies on their way.
    pub passkeys: Arc<dyn Passkeys>,
    /// Who knows WebAuthn.
    pub authenticators: Arc<dyn Authenticators>,
    /// The object store.
    pub objects: Arc<dyn Objects>,
    /// Deliveries on their way out of here.
    pub carrying: Arc<dyn Carrying>,
    /// Takes them there.
    pub carrier: Arc<dyn Carrier>,
    /// Registrations, codes, uses, and what support holds.
    pub people: Arc<dyn People>,
    /// Days whose deliveries were reckoned.
    pub reckoning: Arc<dyn Reckoning>,
    /// What was asked and refused, until it is in the ledger.
    pub heard: Arc<dyn Heard>,
    /// Takes mail to people on.
    pub mailer: Arc<dyn Mailer>,
    /// Sets documents.
    pub printer: Arc<dyn Printer>,
    /// Clock and chance.
    pub chance: Arc<dyn Chance>,
    /// Passwords.
    pub passwords: Arc<dyn Passwords>,
    /// Organisations' identity providers.
    pub providers: Arc<dyn Providers>,
    /// Who may do what.
    pub access: Arc<access::Access>,
    /// The catalogue.
    pub catalogue: Arc<reference::Catalogue>,
    /// The texts of documents.
    pub texts: Arc<documents::text::Catalogue>,
    /// What was refused, until it is kept.
    pub refusals: Arc<Refusals>,
    /// What was asked for, until it is kept.
    pub asked: Arc<Asked>,
    /// Which actions each command was heard to ask about.
    pub asks: Arc<Asks>,
    /// Who looks at what, again and again.
    pub looks: Arc<Looks>,
    /// The service.
    pub service: Service,
}

impl App {
    /// Who does what nobody who is signed in does: whoever gave the command, or the service.
    #[must_use]
    pub fn acting(&self) -> Actor {
        match &self.service.operator {
            Some(name) => Actor::Operator { name: name.clone() },
            None => Actor::Service,
        }
    }
}

/// A command or query of the contract, answered.
#[async_trait]
pub trait UseCase: Endpoint {
    /// Answers for a caller.
    async fn answer(self, app: &App, who: &Caller) -> Result<Self::View, Error>;
}

/// Answers a request as a server does. A command that was recorded before, whose
/// answer was lost, is answered as the first time: by the ledger itself, or here
/// where what it did then would refuse it now.
///
/// # Errors
/// Those of the use case.
pub async fn answer<U: UseCase>(app: &App, who: &Caller, request: U) -> Result<U::View, Error> {
    let refused = match request.answer(app, who).await {
        Err(refused) if U::KIND == Kind::Command => refused,
        outcome => return outcome,
    };
    match app.ledger.answered(who.command).await? {
        Some(recorded) if !recorded.is_null() => {
            if let Some(person) = &who.person {
                person.circumstances.asked.repeats();
            }
            Ok(serde_json::from_value(recorded)?)
        }
        _ => Err(refused),
    }
}
