//! The shared backend: adapters around the use cases. Sessions, uploads, live
//! events, jobs and the published interfaces live here; court rules do not.
//!
//! How a request travels: `http::rpc` finds the caller by the bearer token,
//! hands the request to its use case in `app`, and turns what comes back into
//! JSON or `application/problem+json`.

mod alarms;
mod bounce;
mod carrying;
mod catalogue;
pub mod chance;
pub mod commands;
pub mod config;
mod doors;
pub mod embedded;
mod heard;
mod http;
mod jobs;
mod letters;
mod live;
pub mod logs;
mod passkeys;
mod passwords;
mod patience;
mod people;
mod printing;
mod providers;
mod published;
mod pulse;
mod reckoning;
mod registers;
mod scanning;
mod serve;
mod state;
mod tls;
mod uploading;

pub use serve::{Running, serve};
pub use state::State;
