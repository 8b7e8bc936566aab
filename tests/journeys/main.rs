//! Journeys: given, when, then, through the real server on a record of its own.

mod demo;
mod faults;
mod intake;
mod path;
