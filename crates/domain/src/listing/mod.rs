//! What of a hearing a court list may show, and to whom. It is careful: what is
//! not known to be free to be shown is left out. Which restriction applies in a
//! hearing stays for the court to say.

#[cfg(test)]
mod tests;

use crate::case::{Case, DefendantState, Party};
use vocabulary::Day;

/// Who reads a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: the door of the court room, the internet.
    Public,
    /// The press, and agencies that are not of the case.
    Reporters,
    /// The bench, the court's staff, a prison for those whom it holds.
    Court,
}

/// What a list shows of one defendant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The name, or what stands in its place.
    pub name: String,
    /// Whether that is the name; nothing else that leads to the person is shown otherwise.
    pub named: bool,
    /// Reporting restrictions in the record, as the results say them.
    pub restrictions: Vec<String>,
}

/// Results that restrict nothing, though they stand in the same group: they lift a
/// restriction, or except from it. Whether one lifts another is for the court to say.
const LIFTING: [&str; 7] = ["D49", "D49Y", "DALLOW", "DP", "DPR", "DST", "DV"];

/// Whether a defendant is under 18 on a day; none, if nobody knows.
#[must_use]
pub fn is_youth(defendant: &DefendantState, day: Day) -> Option<bool> {
    match &defendant.charged.party {
        Party::Organisation { .. } => Some(false),
        Party::Person { date_of_birth, .. } => date_of_birth.map(|born| born.is_under_18_on(day)),
    }
}

/// Every result about reporting that stands, for the defendant or an offence.
fn of_reporting(defendant: &DefendantState) -> impl Iterator<Item = (&str, &str)> {
    let of_offences = defendant.offences.iter().flat_map(|o| &o.results);
    of_offences
        .chain(&defendant.results)
        .map(|(_, result)| result)
        .filter(|result| {
            result
                .groups
                .iter()
                .any(|group| group == "Press" || group == "PressOn")
        })
        .map(|result| (result.code.as_str(), result.label.as_str()))
}

/// Whether the whole of a hearing stays off a list for this audience: one of its
/// cases is kept off lists, or somebody in it is under 18 and the list is public.
#[must_use]
pub fn stays_off<'a>(
    parties: impl IntoIterator<Item = (&'a Case, &'a DefendantState)>,
    day: Day,
    audience: Audience,
) -> bool {
    parties.into_iter().any(|(case, defendant)| match audience {
        Audience::Court => false,
        Audience::Reporters => kept_off(case),
        Audience::Public => kept_off(case) || is_youth(defendant, day) == Some(true),
    })
}

/// A sensitive case is on no list that others than the court read.
fn kept_off(case: &Case) -> bool {
    case.kept_off_lists.is_some() || case.access.sensitive.is_some()
}

/// What a list shows of a defendant.
#[must_use]
pub fn shown(defendant: &DefendantState, day: Day, audience: Audience) -> Shown {
    let mut restrictions: Vec<String> = Vec::new();
    let mut restricted = false;
    for (code, label) in of_reporting(defendant) {
        restricted |= !LIFTING.contains(&code);
        if !restrictions.iter().any(|known| known == label) {
            restrictions.push(label.to_owned());
        }
    }
    let withheld = match (audience, is_youth(defendant, day)) {
        (Audience::Court, _) => None,
        (_, Some(true)) => Some("A person under 18"),
        (Audience::Public, _) if restricted => Some("Name withheld: reporting restriction"),
        (_, None) => Some("Name withheld: age not recorded"),
        _ => None,
    };
    Shown {
        name: withheld.map_or_else(|| defendant.charged.party.name(), str::to_owned),
        named: withheld.is_none(),
        restrictions,
    }
}
