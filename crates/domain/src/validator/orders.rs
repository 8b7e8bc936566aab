//! When orders and their requirements end: an order outlives its requirements
//! (DR-YRO-004, DR-COEW-005), and a requirement ends on its start date plus its
//! period less a day (DR-COEW-005). To end on the same day is right. One issue for
//! each kind of requirement of a defendant. What is not answered, or cannot be
//! read, is somebody else's to ask for.

use super::{
    draft::Group,
    issue::{Found, Part},
};
use vocabulary::Day;

/// The codes of one side of the rule, each on its own.
fn codes(side: &[String]) -> Vec<Vec<String>> {
    side.iter().map(|code| vec![code.clone()]).collect()
}

/// The last day of a line, and where it says so.
fn end<'a>(found: &Found<'a>, line: usize) -> Option<(&'a str, Day)> {
    let line = &found.draft.lines[line];
    let dates = found.rule.dates_of(&line.code)?;
    Some((&dates.end, line.day(&dates.end)?))
}

/// An order that ends before a requirement on the same offence.
pub(super) fn ends_first(found: &mut Found<'_>) {
    let groups = found.groups;
    for group in &groups.all {
        for code in codes(&found.rule.others) {
            let mut lines = Vec::new();
            let mut parts = Vec::new();
            for (offence, on) in group.by_offence(found.draft, |_| true) {
                let end = |at: usize| Some((at, end(found, at)?));
                let mut orders = on.iter().filter(|at| found.speaks_of(**at));
                let Some((order, (field, order_end))) = orders.find_map(|at| end(*at)) else {
                    continue;
                };
                let mut longer = on
                    .iter()
                    .filter(|at| found.draft.lines[**at].is_one_of(&code))
                    .filter_map(|at| end(*at))
                    .filter(|(_, (_, day))| *day > order_end);
                let Some((requirement, (_, day))) = longer.next() else {
                    continue;
                };
                lines.extend([order, requirement]);
                parts.push(Part {
                    id: offence,
                    line: order,
                    field: Some(field),
                    words: vec![
                        ("{order}", found.draft.lines[order].named()),
                        ("{order_end}", order_end.in_words()),
                        ("{requirement}", found.draft.lines[requirement].named()),
                        ("{end}", day.in_words()),
                    ],
                });
            }
            found.add(group, &lines, parts);
        }
    }
}

/// A requirement whose last day is another than its period says.
pub(super) fn misses_period(found: &mut Found<'_>) {
    let groups = found.groups;
    for group in &groups.all {
        if !has_order(found, group) {
            continue;
        }
        for code in codes(&found.rule.results) {
            let mut lines = Vec::new();
            let mut parts = Vec::new();
            for (offence, on) in group.by_offence(found.draft, |line| line.is_one_of(&code)) {
                let wrong = on.into_iter().find_map(|at| {
                    let line = &found.draft.lines[at];
                    let dates = found.rule.dates_of(&line.code)?;
                    let period = line.period(dates.period.as_deref()?)?;
                    let start = match &dates.start {
                        Some(start) => line.day(start)?,
                        None => found.draft.day,
                    };
                    let (field, end) = end(found, at)?;
                    let should = period.last_day_from(start);
                    (should != end).then_some((at, field, start, period, end, should))
                });
                let Some((at, field, start, period, end, should)) = wrong else {
                    continue;
                };
                lines.push(at);
                parts.push(Part {
                    id: offence,
                    line: at,
                    field: Some(field),
                    words: vec![
                        ("{requirement}", found.draft.lines[at].named()),
                        ("{period}", period.to_string()),
                        ("{start}", start.in_words()),
                        ("{should}", should.in_words()),
                        ("{end}", end.in_words()),
                    ],
                });
            }
            found.add(group, &lines, parts);
        }
    }
}

/// Does this defendant have an order of the kind that the rule speaks of? A rule
/// that names none asks wherever a requirement stands.
fn has_order(found: &Found<'_>, group: &Group) -> bool {
    let orders = &found.rule.others;
    orders.is_empty()
        || group
            .lines
            .iter()
            .any(|line| found.draft.lines[*line].is_one_of(orders))
}
