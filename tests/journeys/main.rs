//! Journeys: given, when, then, through the real server on a record of its own.

mod amending;
mod attacks;
mod demo;
mod every_result;
mod faults;
mod intake;
#[cfg(unix)]
mod kills;
mod law;
mod operating;
mod path;
mod refusals;
mod register;
mod steps;
mod typing;
mod validation;
