//! Rows on their way into tables: gathered through a batch, the last word for
//! each key, and written table by table.

use crate::pen::Pen;
use app::ports::Fault;
use sqlx::{Database as _, Sqlite, any::AnyArguments, query::Query};
use std::{collections::HashMap, fmt::Write};

/// A value of a column, in the type subset that both databases share.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Blob(Option<Vec<u8>>),
}

impl Value {
    /// The text of an id or word.
    pub(crate) fn text(word: impl ToString) -> Self {
        Self::from(word.to_string())
    }

    /// The text of an id or word that may be absent.
    pub(crate) fn maybe(word: Option<impl ToString>) -> Self {
        word.map_or(Self::Text(None), Self::text)
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(Some(n))
    }
}

impl From<u64> for Value {
    fn from(n: u64) -> Self {
        Self::Int(Some(i64::try_from(n).unwrap_or(i64::MAX)))
    }
}

impl From<usize> for Value {
    fn from(n: usize) -> Self {
        Self::Int(Some(i64::try_from(n).unwrap_or(i64::MAX)))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Int(Some(i64::from(yes)))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        // PostgreSQL's text cannot hold U+0000; the sealed event keeps what was typed.
        Self::Text(Some(if text.contains('\0') {
            text.replace('\0', "\u{fffd}")
        } else {
            text
        }))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(Some(bytes))
    }
}

/// What happens when a row with that key is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clash {
    /// The database refuses; the batch is rolled back.
    Refuse,
    /// The new row takes its place.
    Replace,
    /// The old row stays.
    Keep,
}

/// A table as it is written.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
    /// How many of the first columns are the key.
    pub(crate) key: usize,
    pub(crate) clash: Clash,
}

impl Table {
    /// The statement that writes so many rows.
    pub(crate) fn insert(&self, rows: usize, marks: Marks) -> String {
        let width = self.columns.len();
        let mut sql = format!(
            "insert into {} ({}) values ",
            self.name,
            self.columns.join(", ")
        );
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..width {
                let comma = if column == 0 { "" } else { ", " };
                // Writing to a string cannot fail.
                let _ = match marks {
                    Marks::Numbered => write!(sql, "{comma}${}", row * width + column + 1),
                    Marks::Plain => write!(sql, "{comma}?"),
                };
            }
            sql.push(')');
        }
        let key = self.columns[..self.key].join(", ");
        match self.clash {
            Clash::Refuse => {}
            Clash::Keep => {
                let _ = write!(sql, " on conflict ({key}) do nothing");
            }
            Clash::Replace => {
                let set: Vec<String> = self.columns[self.key..]
                    .iter()
                    .map(|column| format!("{column} = excluded.{column}"))
                    .collect();
                let _ = write!(sql, " on conflict ({key}) do update set {}", set.join(", "));
            }
        }
        sql
    }
}

/// How placeholders are written. SQLite takes `$7` for a name and searches the
/// list of names for each of them: in a statement of a thousand values that costs
/// more than the writing. PostgreSQL knows no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    Numbered,
    Plain,
}

impl Marks {
    pub(crate) fn of(backend: &str) -> Self {
        if backend == Sqlite::NAME {
            Self::Plain
        } else {
            Self::Numbered
        }
    }
}

/// Rows that wait to be written.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    tables: Vec<(&'static Table, Vec<Vec<Value>>)>,
    places: HashMap<(&'static str, Vec<Value>), usize>,
}

impl Rows {
    /// Puts a row; of two with one key the last counts, or the first in a table that keeps.
    pub(crate) fn put(&mut self, table: &'static Table, row: Vec<Value>) {
        debug_assert_eq!(row.len(), table.columns.len(), "{}", table.name);
        let at = self
            .tables
            .iter()
            .position(|(t, _)| t.name == table.name)
            .unwrap_or_else(|| {
                self.tables.push((table, Vec::new()));
                self.tables.len() - 1
            });
        let rows = &mut self.tables[at].1;
        if table.clash == Clash::Refuse {
            rows.push(row);
            return;
        }
        let key = (table.name, row[..table.key].to_vec());
        match self.places.get(&key) {
            Some(_) if table.clash == Clash::Keep => {}
            Some(&place) => rows[place] = row,
            None => {
                self.places.insert(key, rows.len());
                rows.push(row);
            }
        }
    }

    /// Writes them all.
    pub(crate) async fn flush(&mut self, pen: &mut dyn Pen) -> Result<(), Fault> {
        self.places.clear();
        for (table, rows) in std::mem::take(&mut self.tables) {
            pen.insert(table, rows).await?;
        }
        Ok(())
    }
}

/// Binds a value to the next placeholder.
pub(crate) fn bind(
    query: Query<'_, sqlx::Any, AnyArguments>,
    value: Value,
) -> Query<'_, sqlx::Any, AnyArguments> {
    match value {
        Value::Int(n) => query.bind(n),
        Value::Text(text) => query.bind(text),
        Value::Blob(bytes) => query.bind(bytes),
    }
}

/// Placeholders `$1, $2, …` for a list of keys, and the list filled up with its
/// last key to one of a few lengths, so that few statement texts exist.
pub(crate) fn in_list(keys: Vec<String>) -> (String, Vec<String>) {
    in_list_after(0, keys)
}

/// The same for a list that is bound after so many other values.
pub(crate) fn in_list_after(before: usize, mut keys: Vec<String>) -> (String, Vec<String>) {
    let wanted = [1, 4, 16, 64, 256]
        .into_iter()
        .find(|n| *n >= keys.len())
        .unwrap_or(keys.len());
    if let Some(last) = keys.last().cloned() {
        keys.resize(wanted, last);
    }
    let marks: Vec<String> = (1..=keys.len())
        .map(|n| format!("${}", before + n))
        .collect();
    (marks.join(", "), keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    static PAPER: Table = Table {
        name: "paper",
        columns: &["id", "title"],
        key: 1,
        clash: Clash::Replace,
    };

    #[test]
    fn the_last_word_for_a_key_is_the_one_written() {
        let mut rows = Rows::default();
        rows.put(&PAPER, vec!["a".into(), "first".into()]);
        rows.put(&PAPER, vec!["b".into(), "other".into()]);
        rows.put(&PAPER, vec!["a".into(), "last".into()]);
        assert_eq!(rows.tables[0].1.len(), 2);
        assert_eq!(rows.tables[0].1[0][1], "last".into());
    }

    #[test]
    fn one_statement_writes_many_rows() {
        assert_eq!(
            PAPER.insert(2, Marks::Numbered),
            "insert into paper (id, title) values ($1, $2), ($3, $4) \
             on conflict (id) do update set title = excluded.title"
        );
        assert!(
            PAPER
                .insert(2, Marks::Plain)
                .contains("values (?, ?), (?, ?) on conflict")
        );
    }

    #[test]
    fn a_list_of_keys_is_filled_up_to_a_common_length() {
        let (marks, keys) = in_list(vec!["a".into(), "b".into()]);
        assert_eq!(marks, "$1, $2, $3, $4");
        assert_eq!(keys, ["a", "b", "b", "b"]);
    }
}
