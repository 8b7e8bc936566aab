//! The repairs of `repairs.csv`, by file, row and field. Code asks for a repair
//! where it reads a field; it never repairs on its own.

use crate::{ReferenceError, source::Source};
use std::{cell::Cell, collections::HashMap};

/// One repair.
pub(crate) struct Repair {
    pub(crate) file: String,
    pub(crate) row: String,
    pub(crate) field: String,
    pub(crate) value: String,
    pub(crate) what: String,
    pub(crate) unverified: bool,
    used: Cell<u32>,
}

/// All of them.
pub(crate) struct Repairs {
    all: Vec<Repair>,
    by_key: HashMap<(String, String, String), usize>,
}

impl Repairs {
    pub(crate) fn load(source: &Source) -> Result<Self, ReferenceError> {
        let mut all = Vec::new();
        let mut by_key = HashMap::new();
        for row in source.table("repairs.csv")?.rows() {
            let (file, key, field) = (row.text("file")?, row.text("row")?, row.text("field")?);
            by_key.insert((file.clone(), key.clone(), field.clone()), all.len());
            all.push(Repair {
                file,
                row: key,
                field,
                value: row.text("value")?,
                what: row.text("what")?,
                unverified: row.flag("unverified")?,
                used: Cell::new(0),
            });
        }
        Ok(Self { all, by_key })
    }

    /// The value that replaces a field of a row, if a repair says so.
    pub(crate) fn value(&self, file: &str, row: &str, field: &str) -> Option<&str> {
        let at = self
            .by_key
            .get(&(file.to_owned(), row.to_owned(), field.to_owned()))?;
        let repair = &self.all[*at];
        repair.used.set(repair.used.get() + 1);
        Some(&repair.value)
    }

    /// Does the general repair (row `*`) hold? Asking counts as using it.
    pub(crate) fn general(&self, file: &str, field: &str, value: &str) -> bool {
        let found = self.all.iter().find(|repair| {
            repair.row == "*"
                && repair.file == file
                && repair.field == field
                && repair.value == value
        });
        found
            .inspect(|repair| repair.used.set(repair.used.get() + 1))
            .is_some()
    }

    /// The fault of the repair of this file and field that names this.
    pub(crate) fn broken(
        &self,
        (file, field, named): (&str, &str, &str),
        why: String,
    ) -> ReferenceError {
        let at = self.all.iter().position(|repair| {
            repair.file == file && repair.field == field && repair.value.contains(named)
        });
        ReferenceError::Broken {
            file: "repairs.csv".to_owned(),
            row: at.map_or(1, |at| at + 2),
            why,
        }
    }

    /// Each with how often it was used.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Repair, u32)> {
        self.all.iter().map(|repair| (repair, repair.used.get()))
    }
}
