//! One CSV file in memory, read by column name. Its rows are numbered as an
//! editor shows them, so that every gap can be found.

use crate::ReferenceError;
use csv::StringRecord;
use std::{collections::HashMap, str::FromStr};
use vocabulary::Day;

/// A file of rows.
pub(crate) struct Table {
    file: String,
    columns: HashMap<String, usize>,
    rows: Vec<StringRecord>,
}

/// One row of a file.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    table: &'a Table,
    record: &'a StringRecord,
    /// The heading is row 1.
    pub(crate) number: usize,
}

impl Table {
    pub(crate) fn parse(file: &str, text: &[u8]) -> Result<Self, ReferenceError> {
        let unreadable = |e: csv::Error| ReferenceError::Unreadable {
            file: file.to_owned(),
            reason: e.to_string(),
        };
        let mut reader = csv::Reader::from_reader(text);
        let headers = reader.headers().map_err(unreadable)?;
        let columns = headers
            .iter()
            .enumerate()
            .map(|(at, name)| (name.to_owned(), at))
            .collect();
        let rows = reader
            .records()
            .collect::<Result<_, _>>()
            .map_err(unreadable)?;
        Ok(Self {
            file: file.to_owned(),
            columns,
            rows,
        })
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().enumerate().map(|(at, record)| Row {
            table: self,
            record,
            number: at + 2,
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

impl<'a> Row<'a> {
    /// The text of a column, trimmed; a column that is not there is a fault.
    pub(crate) fn get(&self, column: &str) -> Result<&'a str, ReferenceError> {
        let at = self
            .table
            .columns
            .get(column)
            .ok_or_else(|| ReferenceError::MissingColumn {
                file: self.table.file.clone(),
                column: column.to_owned(),
            })?;
        Ok(self.record.get(*at).unwrap_or_default().trim())
    }

    /// The same as owned text.
    pub(crate) fn text(&self, column: &str) -> Result<String, ReferenceError> {
        Ok(self.get(column)?.to_owned())
    }

    /// The text, if there is any.
    pub(crate) fn some(&self, column: &str) -> Result<Option<String>, ReferenceError> {
        let text = self.get(column)?;
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    /// `Y`, `yes`, `Yes`, `True`.
    pub(crate) fn flag(&self, column: &str) -> Result<bool, ReferenceError> {
        Ok(matches!(
            self.get(column)?.to_ascii_lowercase().as_str(),
            "y" | "yes" | "true"
        ))
    }

    /// A value of its type; empty is `None`, anything unreadable a fault.
    pub(crate) fn value<T: FromStr>(&self, column: &str) -> Result<Option<T>, ReferenceError> {
        let text = self.get(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| self.bad(column))
    }

    /// A day; empty is `None`.
    pub(crate) fn day(&self, column: &str) -> Result<Option<Day>, ReferenceError> {
        self.value(column)
    }

    /// The same of a column that the table may do without.
    pub(crate) fn day_if_any(&self, column: &str) -> Result<Option<Day>, ReferenceError> {
        if self.table.columns.contains_key(column) {
            self.day(column)
        } else {
            Ok(None)
        }
    }

    /// From when to when a row counts: columns that the source has not and whoever adds or ends
    /// a row gives. Both days count; an empty one is open.
    pub(crate) fn period(&self) -> Result<(Option<Day>, Option<Day>), ReferenceError> {
        let (from, to) = (self.day_if_any("valid_from")?, self.day_if_any("valid_to")?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(self.bad("valid_to"));
        }
        Ok((from, to))
    }

    /// The text of a column that the table may do without.
    pub(crate) fn text_if_any(&self, column: &str) -> Result<&str, ReferenceError> {
        if self.table.columns.contains_key(column) {
            self.get(column)
        } else {
            Ok("")
        }
    }

    /// The parts between semicolons.
    pub(crate) fn list(&self, column: &str) -> Result<Vec<String>, ReferenceError> {
        Ok(split(self.get(column)?))
    }

    /// The fault that this row names what is nowhere, or what is there already.
    pub(crate) fn broken(&self, why: String) -> ReferenceError {
        ReferenceError::Broken {
            file: self.table.file.clone(),
            row: self.number,
            why,
        }
    }

    /// The fault that this column holds something it must not.
    pub(crate) fn bad(&self, column: &str) -> ReferenceError {
        ReferenceError::BadValue {
            file: self.table.file.clone(),
            row: self.number,
            column: column.to_owned(),
            value: self.get(column).unwrap_or_default().to_owned(),
        }
    }
}

/// The parts between semicolons, trimmed, none of them empty.
pub(crate) fn split(text: &str) -> Vec<String> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
