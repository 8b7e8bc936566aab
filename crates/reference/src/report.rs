//! What `reference check` prints: every open gap with its file and row, those of
//! one kind together, and a summary at the end, where it is still to be seen. A gap
//! is known and lived with; a count that differs is a fault.

use std::{collections::BTreeMap, fmt};

/// Something the data lacks, or that is ours and not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What gaps of this kind have in common.
    pub kind: &'static str,
    /// The file.
    pub file: String,
    /// The row; the heading is row 1. 0 is the whole file.
    pub row: usize,
    /// What is missing or assumed.
    pub what: String,
    /// Ours, and not verified (rather than missing).
    pub unverified: bool,
}

impl Gap {
    pub(crate) fn new(kind: &'static str, file: &str, row: usize, what: String) -> Self {
        Self {
            kind,
            file: file.to_owned(),
            row,
            what,
            unverified: false,
        }
    }

    pub(crate) fn unverified(kind: &'static str, file: &str, row: usize, what: String) -> Self {
        Self {
            unverified: true,
            ..Self::new(kind, file, row, what)
        }
    }
}

/// One table and how many rows it must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub what: &'static str,
    /// How many there are.
    pub found: usize,
    /// How many there must be, if that is fixed.
    pub expected: Option<usize>,
}

/// The state of the reference data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The counts.
    pub counts: Vec<Count>,
    /// The open gaps, by file and row.
    pub gaps: Vec<Gap>,
}

impl Report {
    /// Are all counts as they must be?
    #[must_use]
    pub fn complete(&self) -> bool {
        self.counts.iter().all(|count| {
            count
                .expected
                .is_none_or(|expected| expected == count.found)
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ours, missing): (Vec<_>, Vec<_>) = self.gaps.iter().partition(|gap| gap.unverified);
        let parts = [
            ("Gap in the source", "gaps in the source", by_kind(&missing)),
            (
                "Ours, and not verified",
                "of ours and not verified",
                by_kind(&ours),
            ),
        ];
        for (part, _, kinds) in &parts {
            for (kind, gaps) in kinds {
                writeln!(f, "{part}: {kind} ({})", gaps.len())?;
                for gap in gaps {
                    writeln!(f, "  {}:{}  {}", gap.file, gap.row, gap.what)?;
                }
                writeln!(f)?;
            }
        }
        writeln!(f, "Summary")?;
        for count in &self.counts {
            let must = match count.expected {
                Some(expected) if expected != count.found => format!("  WRONG: must be {expected}"),
                _ => String::new(),
            };
            writeln!(f, "{:>6}  {}{must}", count.found, count.what)?;
        }
        for (_, together, kinds) in &parts {
            let all: usize = kinds.values().map(Vec::len).sum();
            writeln!(f, "\n{all:>6}  {together}:")?;
            for (kind, gaps) in kinds {
                writeln!(f, "{:>10}  {kind}", gaps.len())?;
            }
        }
        Ok(())
    }
}

/// Gaps of one kind together.
fn by_kind<'a>(gaps: &[&'a Gap]) -> BTreeMap<&'static str, Vec<&'a Gap>> {
    let mut kinds: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for gap in gaps {
        kinds.entry(gap.kind).or_default().push(*gap);
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_of_one_kind_stand_together_and_the_summary_comes_last() {
        let report = Report {
            counts: vec![Count {
                what: "prompts",
                found: 2,
                expected: Some(3),
            }],
            gaps: vec![
                Gap::new("no name", "a.csv", 2, "A".to_owned()),
                Gap::unverified("judged by us", "b.csv", 7, "B".to_owned()),
                Gap::new("no list", "a.csv", 3, "C".to_owned()),
                Gap::new("no name", "c.csv", 4, "D".to_owned()),
            ],
        };
        let said = report.to_string();
        let lines: Vec<&str> = said.lines().map(str::trim).collect();
        assert_eq!(
            lines,
            [
                "Gap in the source: no list (1)",
                "a.csv:3  C",
                "",
                "Gap in the source: no name (2)",
                "a.csv:2  A",
                "c.csv:4  D",
                "",
                "Ours, and not verified: judged by us (1)",
                "b.csv:7  B",
                "",
                "Summary",
                "2  prompts  WRONG: must be 3",
                "",
                "3  gaps in the source:",
                "1  no list",
                "2  no name",
                "",
                "1  of ours and not verified:",
                "1  judged by us",
            ]
        );
    }
}
