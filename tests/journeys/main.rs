//! Journeys: given, when, then, through the real server on a record of its own.

mod demo;
mod faults;
mod intake;
#[cfg(unix)]
mod kills;
mod path;
