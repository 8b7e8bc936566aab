//! What a disqualification from driving makes of the licence. One for a fixed period of 56 days
//! or more ends it; after a shorter one it has effect again (Road Traffic Offenders Act 1988
//! s.37(1), (1A)). Of one without a fixed period nothing is said here.

use super::{JudicialResult, Period, Unit};
use vocabulary::Day;

/// The answer that says for how long.
const PERIOD: &str = "disqualificationPeriod";
/// The answer by which custody for the same offence makes it longer (s.35A).
const EXTENSION: &str = "extensionPeriodSection35AImmediateCustodialSentence";
/// The longest after which a licence has effect again, in days.
const SHORT: u32 = 55;

/// What becomes of a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Licence {
    /// It has effect again when the disqualification is over.
    Revives,
    /// It has ended.
    Ends,
}

/// What these results make of the licence from a day on; of several the longest counts.
/// Nothing, if none disqualifies from driving for a fixed period.
#[must_use]
pub fn licence_after<'a>(
    results: impl Iterator<Item = &'a JudicialResult>,
    from: Day,
) -> Option<Licence> {
    let period = |result: &JudicialResult, key: &str| {
        let answer = result.answers.get(key)?;
        Period::parse(answer, None)
    };
    let of = |result: &JudicialResult| {
        let fixed = period(result, PERIOD)?;
        let whole = period(result, EXTENSION).map_or(fixed, |more| fixed.plus(more));
        Some(if whole.longer_than(Period::of(SHORT, Unit::Days), from) {
            Licence::Ends
        } else {
            Licence::Revives
        })
    };
    results.filter_map(of).max()
}
