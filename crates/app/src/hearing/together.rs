//! One person, several cases, one document: what a court orders of somebody in two cases at one
//! hearing, and what goes to exactly the same people, is written once, with the cases beside each
//! other, so that a prison has one warrant with all of it and a fines office one sum. Who may
//! read it is as before: nobody gets a document who would not have had each part of it.

use super::documents::Called;
use domain::{
    case::{Case, DefendantState, are_written_together},
    now::DocumentCalledFor,
};

/// Puts documents of one person together, in the order of the cases. What comes alone stays as
/// it is.
pub(super) fn together(called: Vec<Called<'_>>) -> Vec<Called<'_>> {
    let mut all: Vec<Called<'_>> = Vec::with_capacity(called.len());
    for next in called {
        match all.iter_mut().find(|first| belongs(first, &next)) {
            Some(first) => join(first, next),
            None => all.push(next),
        }
    }
    all
}

fn belongs(first: &Called<'_>, next: &Called<'_>) -> bool {
    let other_case = first.parties().all(|(case, _)| case.id != next.case.id);
    let of_one =
        |own: (&Case, &DefendantState)| are_written_together(own, (next.case, next.defendant));
    other_case && says_alike(&first.document, &next.document) && first.parties().all(of_one)
}

/// Whether two documents differ in nothing but the results that they print.
fn says_alike(one: &DocumentCalledFor, other: &DocumentCalledFor) -> bool {
    one.now == other.now
        && one.split_key == other.split_key
        && one.withheld == other.withheld
        && one.recipients == other.recipients
}

fn join<'a>(first: &mut Called<'a>, next: Called<'a>) {
    first.beside.push((next.case, next.defendant));
    for line in next.document.results {
        if !first.document.results.contains(&line) {
            first.document.results.push(line);
        }
    }
    first.document.prints_urgent |= next.document.prints_urgent;
}
