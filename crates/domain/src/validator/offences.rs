//! What is asked of each offence by itself: an extended re-test (DR-DISQ-002), a
//! custody time limit (DR-CTL-003), a conviction (DR-CONV-006). One issue an
//! offence, however many are charged with it. A result counts as final only if its
//! category says so: without one it is not guessed.

use super::{
    draft::DraftOffence,
    issue::{Found, Part},
};
use crate::result::Category;
use std::collections::{HashMap, HashSet};

/// Each offence that is listed, once, with the lines on it.
fn each<'a>(found: &Found<'a>) -> Vec<(&'a DraftOffence, Vec<usize>)> {
    let draft = found.draft;
    let mut on: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, line) in draft.lines.iter().enumerate() {
        if let Some(offence) = line.offence.as_deref() {
            on.entry(offence).or_default().push(at);
        }
    }
    let mut seen = HashSet::new();
    draft
        .offences
        .iter()
        .filter(|own| seen.insert(own.id.as_str()))
        .map(|own| (own, on.remove(own.id.as_str()).unwrap_or_default()))
        .collect()
}

/// The lines that dispose of the offence: final, and none of those the rule leaves out.
fn final_ones(found: &Found<'_>, lines: &[usize]) -> Vec<usize> {
    lines
        .iter()
        .copied()
        .filter(|at| {
            let line = &found.draft.lines[*at];
            line.category == Some(Category::Final) && !line.is_one_of(&found.rule.others)
        })
        .collect()
}

fn say(found: &mut Found<'_>, offence: &DraftOffence, lines: &[usize]) {
    let Some(first) = lines.first() else { return };
    let groups = found.groups;
    let group = &groups.all[groups.of_line[*first]];
    let part = Part {
        id: &offence.id,
        line: *first,
        field: None,
        words: Vec::new(),
    };
    found.add(group, lines, vec![part]);
}

/// A dangerous or fatal driving offence is disposed of without DDOTE or DDOTEL,
/// whatever the category of the line that would hold it.
pub(super) fn retest_missing(found: &mut Found<'_>) {
    for (offence, lines) in each(found) {
        let code = offence.code.trim();
        let named = found.rule.offences.iter();
        let ordered = lines.iter().any(|line| found.speaks_of(*line));
        if !ordered && named.clone().any(|own| own.eq_ignore_ascii_case(code)) {
            let ends = final_ones(found, &lines);
            say(found, offence, &ends);
        }
    }
}

/// A remand on an offence without a limit of an earlier hearing or of this one.
/// A plea of guilty or a verdict stops its clock, so none is missed then.
pub(super) fn time_limit_missing(found: &mut Found<'_>) {
    for (offence, lines) in each(found) {
        let given = lines.iter().any(|at| {
            let line = &found.draft.lines[*at];
            line.is_one_of(&found.rule.others) || line.has_prompt("CTLDATE")
        });
        if given || offence.has_time_limit || offence.convicted {
            continue;
        }
        let remands: Vec<usize> = lines
            .into_iter()
            .filter(|line| found.speaks_of(*line))
            .collect();
        say(found, offence, &remands);
    }
}

/// A sentence on an offence of which nobody was convicted.
pub(super) fn conviction_missing(found: &mut Found<'_>) {
    for (offence, lines) in each(found) {
        if !offence.convicted {
            let ends = final_ones(found, &lines);
            say(found, offence, &ends);
        }
    }
}
