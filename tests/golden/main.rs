//! Golden documents: what each text prints for an invented case, as a screen
//! reader reads it, what its pages look like, and the exact bytes. After a wanted change run
//! `UPDATE_GOLDEN=1 cargo test --test golden` and read the difference.

mod access;
mod answers;
mod bytes;
mod called;
mod cases;
mod expected;
mod fixtures;
mod layout;
mod outline;
mod pages;
mod part;
mod printouts;
mod reader;
mod reading;
mod register;
mod texts;
