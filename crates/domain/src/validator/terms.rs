//! DR-SENT-001: of a defendant's custodial terms one is the primary sentence and
//! says nothing; each other says whether it runs with another or after it. Asked
//! only when there are terms on more than one offence. Terms on one offence count
//! as one.

use super::{
    draft::Group,
    issue::{Found, Part},
};

/// The terms on one offence, taken together.
struct Term<'a> {
    offence: &'a str,
    lines: Vec<usize>,
    concurrent: bool,
    consecutive: bool,
}

/// The terms of everybody who has some on more than one offence.
fn several<'a>(found: &Found<'a>) -> Vec<(&'a Group, Vec<Term<'a>>)> {
    let draft = found.draft;
    let terms = |group: &'a Group| -> Vec<Term<'a>> {
        group
            .by_offence(draft, |line| line.is_one_of(&found.rule.results))
            .into_iter()
            .map(|(offence, lines)| Term {
                offence,
                concurrent: lines.iter().any(|line| draft.lines[*line].concurrent),
                consecutive: lines.iter().any(|line| draft.lines[*line].consecutive),
                lines,
            })
            .collect()
    };
    found
        .groups
        .all
        .iter()
        .map(|group| (group, terms(group)))
        .filter(|(_, terms)| terms.len() > 1)
        .collect()
}

fn each<'a>(
    found: &mut Found<'a>,
    group: &'a Group,
    terms: &[Term<'a>],
    which: impl Fn(&Term<'_>) -> bool,
) {
    let those: Vec<&Term<'_>> = terms.iter().filter(|term| which(term)).collect();
    let lines: Vec<usize> = those.iter().flat_map(|term| term.lines.clone()).collect();
    let parts = those
        .iter()
        .map(|term| Part {
            id: term.offence,
            line: term.lines[0],
            field: Some("concurrent"),
            words: Vec::new(),
        })
        .collect();
    found.add(group, &lines, parts);
}

/// More than one term says nothing: which is the primary one?
pub(super) fn unmarked(found: &mut Found<'_>) {
    let silent = |term: &Term<'_>| !term.concurrent && !term.consecutive;
    for (group, terms) in several(found) {
        if terms.iter().filter(|term| silent(term)).count() > 1 {
            each(found, group, &terms, silent);
        }
    }
}

/// A term says both.
pub(super) fn marked_twice(found: &mut Found<'_>) {
    for (group, terms) in several(found) {
        each(found, group, &terms, |term| {
            term.concurrent && term.consecutive
        });
    }
}

/// Every term says how it runs.
pub(super) fn no_primary(found: &mut Found<'_>) {
    for (group, terms) in several(found) {
        if terms.iter().all(|term| term.concurrent || term.consecutive) {
            let lines: Vec<usize> = terms.iter().flat_map(|term| term.lines.clone()).collect();
            let part = Part {
                id: &group.key,
                line: lines[0],
                field: None,
                words: Vec::new(),
            };
            found.add(group, &lines, vec![part]);
        }
    }
}
