//! The catalogue of results, for the person who types.

mod definition;
mod search;

pub(crate) use search::matched;
