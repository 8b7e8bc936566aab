//! The catalogue of results, for the person who types.

mod definition;
mod parse;
mod present;

pub(crate) use present::matched;
