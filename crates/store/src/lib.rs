//! The store room: the ledger with its ordered appender, the index derived from
//! it, working state, and the bytes of materials, on SQLite and PostgreSQL
//! through one SQL text. It decides nothing about law or access.
//!
//! [`Store::open`], [`Store::migrate`], then use it through the ports of `app`
//! (`Ledger`, `Index`, `Work`, `Objects`, `Carrying`), all of which [`Store`] implements.
//!
//! * To add an event: write it in `domain`; it is stored without a change here.
//! * To add a list or a search: a table in `migrations/*/`, its columns in
//!   `index/tables.rs`, what puts its rows in `index/<noun>.rs`, what reads it in
//!   `query/<noun>.rs`, and a sentence in `tests/conformance`. Then run a rebuild.
//! * To add working state: a table in `migrations/*/` and its statements in `work/`.

mod carrying;
mod database;
mod error;
mod gather;
mod heard;
mod index;
mod keyed;
mod keys;
mod ledger;
mod objects;
mod pen;
mod people;
pub mod private;
mod query;
mod readers;
mod rows;
mod serving;
mod settings;
mod store;
mod work;

pub use error::StoreError;
pub use ledger::{Checkpoint, Compared, FirstBad, Rebuilt, Reconciled, Verification, Wrong};
pub use objects::{Incoming, Inspect, Objection, ReceiveError, Received};
pub use serving::AtWork;
pub use settings::{Faults, Settings, sqlite_url};
pub use store::Store;
