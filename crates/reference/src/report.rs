//! What `reference check` prints: the counts, and every open gap with its file
//! and row. A gap is known and lived with; a count that differs is a fault.

use std::fmt;

/// Something the data lacks, or that is ours and not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
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
    pub(crate) fn new(file: &str, row: usize, what: String) -> Self {
        Self {
            file: file.to_owned(),
            row,
            what,
            unverified: false,
        }
    }

    pub(crate) fn unverified(file: &str, row: usize, what: String) -> Self {
        Self {
            unverified: true,
            ..Self::new(file, row, what)
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
        for count in &self.counts {
            let must = match count.expected {
                Some(expected) if expected != count.found => format!("  WRONG: must be {expected}"),
                _ => String::new(),
            };
            writeln!(f, "{:>6}  {}{must}", count.found, count.what)?;
        }
        let (ours, missing): (Vec<_>, Vec<_>) = self.gaps.iter().partition(|gap| gap.unverified);
        writeln!(f, "\n{} gaps in the source:", missing.len())?;
        for gap in missing {
            writeln!(f, "  {}:{}  {}", gap.file, gap.row, gap.what)?;
        }
        writeln!(f, "\n{} things that are ours and not verified:", ours.len())?;
        for gap in ours {
            writeln!(f, "  {}:{}  {}", gap.file, gap.row, gap.what)?;
        }
        Ok(())
    }
}
