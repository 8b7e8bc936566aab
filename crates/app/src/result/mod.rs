//! The catalogue of results, for the person who types.

mod definition;
mod parse;
mod search;

pub(crate) use search::matched;
