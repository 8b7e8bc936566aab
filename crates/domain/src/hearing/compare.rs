//! What an amendment does to each line: new, changed, unchanged or deleted.

use super::LineChanged;
use crate::result::ResultLine;
use vocabulary::{LineChange, ResultLineId};

/// Compares two versions: the lines of the later one in order, then those that it
/// has no more. A line that was removed and typed again for the same offence is
/// the same line, not one deleted and one new.
#[must_use]
pub fn compare(before: &[ResultLine], after: &[ResultLine]) -> Vec<LineChanged> {
    let pairs = pairs(before, after);
    let was = |id: ResultLineId| {
        pairs
            .iter()
            .find(|(line, _)| line.id == id)?
            .1
            .map(|b| b.id)
    };
    let mut changes: Vec<LineChanged> = pairs
        .iter()
        .map(|(line, earlier)| {
            let Some(earlier) = earlier else {
                return LineChanged {
                    line: line.id,
                    change: LineChange::New,
                    was: None,
                };
            };
            let parent = line.parent.map(|id| was(id).unwrap_or(id));
            let same = says_the_same(earlier, line) && earlier.parent == parent;
            LineChanged {
                line: line.id,
                change: if same {
                    LineChange::Unchanged
                } else {
                    LineChange::Changed
                },
                was: Some(earlier.id),
            }
        })
        .collect();
    let gone = before.iter().filter(|line| {
        !pairs
            .iter()
            .any(|(_, earlier)| earlier.is_some_and(|earlier| earlier.id == line.id))
    });
    changes.extend(gone.map(|line| LineChanged {
        line: line.id,
        change: LineChange::Deleted,
        was: Some(line.id),
    }));
    changes
}

/// Whether nothing was changed at all.
#[must_use]
pub fn nothing_changed(changes: &[LineChanged]) -> bool {
    changes
        .iter()
        .all(|line| line.change == LineChange::Unchanged)
}

/// Each later line with the earlier one that it takes the place of.
fn pairs<'a>(
    before: &'a [ResultLine],
    after: &'a [ResultLine],
) -> Vec<(&'a ResultLine, Option<&'a ResultLine>)> {
    let mut free: Vec<&ResultLine> = before.iter().collect();
    let mut pairs: Vec<(&ResultLine, Option<&ResultLine>)> =
        after.iter().map(|line| (line, None)).collect();
    let alike: [fn(&ResultLine, &ResultLine) -> bool; 3] = [
        |one, other| one.id == other.id,
        says_the_same,
        |one, other| one.definition == other.definition && same_target(one, other),
    ];
    for alike in alike {
        for (line, earlier) in pairs.iter_mut().filter(|(_, earlier)| earlier.is_none()) {
            if let Some(at) = free.iter().position(|one| alike(one, line)) {
                *earlier = Some(free.remove(at));
            }
        }
    }
    pairs
}

fn same_target(one: &ResultLine, other: &ResultLine) -> bool {
    one.defendant == other.defendant && one.offence == other.offence
}

fn says_the_same(one: &ResultLine, other: &ResultLine) -> bool {
    one.definition == other.definition && same_target(one, other) && one.answers == other.answers
}
