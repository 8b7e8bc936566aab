//! The one list of what people's applications may ask of the server: request,
//! view, refusal and cache tags of every command and query.
//!
//! The server turns the list into routes, the client into methods, and
//! `typescript` into the front end's types; a missing piece does not compile.
//! To add a feature: write its request and view in `<noun>.rs`, and one line in
//! [`endpoints!`]. Nothing of the domain crosses the wire; views arrive finished.

pub mod access;
pub mod account;
pub mod activation;
pub mod alarm;
pub mod audit;
pub mod case;
pub mod defence;
pub mod delivery;
pub mod document;
pub mod hearing;
pub mod inbox;
pub mod legal_aid;
mod list;
pub mod live;
pub mod material;
pub mod notice;
pub mod organisation;
pub mod passkey;
pub mod printout;
pub mod problem;
pub mod prosecution;
pub mod result;
pub mod rules;
pub mod security;
pub mod support;
pub mod translation;
mod typescript;

pub use problem::{Code, Problem};
pub use typescript::typescript;

use serde::{Serialize, de::DeserializeOwned};

/// Whether asking changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Changes nothing; may be asked again at will.
    Query,
    /// Changes the record; carries a command id, so that sending it twice records it once.
    Command,
}

/// A request with its answer: one line of the list.
pub trait Endpoint: Serialize + DeserializeOwned + Send + 'static {
    /// What comes back.
    type View: Serialize + DeserializeOwned + Send + 'static;
    /// `noun.verb`, the last part of its address `/rpc/<noun>.<verb>`.
    const NAME: &'static str;
    /// Query or command.
    const KIND: Kind;
    /// Whether it may be asked before signing in, or while the session is locked.
    const OPEN: bool;
}
