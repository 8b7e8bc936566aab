//! The rules before sharing: each with a yes, a no and, where it has one, an edge.
#![allow(clippy::unwrap_used)]

mod absent;
mod ages;
#[path = "../court/mod.rs"]
mod court;
mod custody_limits;
mod default_terms;
mod driving;
mod money;
mod remands;
mod requirements;
mod sentences;
mod sharing;
mod surcharge;
mod table;

use court::{hearing, of, theft};
use domain::result::{HearingFacts, ResultLine};

fn one() -> HearingFacts {
    hearing(vec![theft(1)])
}

fn set(lines: &mut [ResultLine], code: &str, key: &str, text: &str) {
    of(lines, code)
        .answers
        .insert(key.to_owned(), text.to_owned());
}

fn has(codes: &[String], code: &str) -> bool {
    codes.iter().any(|own| own == code)
}

/// The sentence that a rule says.
fn said(lines: &[ResultLine], hearing: &HearingFacts, code: &str) -> Option<String> {
    court::findings(lines, hearing)
        .into_iter()
        .find(|own| own.code == code)
        .map(|own| own.message)
}
