//! What can be wrong with reference data as a whole. A gap in one row is no
//! error: it is reported (see [`crate::Report`]).

/// The catalogue cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// The folder that overrides is no folder.
    #[error("there is no folder {folder}")]
    NoFolder {
        /// Which.
        folder: String,
    },
    /// The folder that overrides holds nothing that could override.
    #[error("{folder} holds none of the tables that this program reads")]
    NoTable {
        /// Which.
        folder: String,
    },
    /// A file is neither in the folder nor embedded.
    #[error("the reference data has no file {0}")]
    MissingFile(String),
    /// A file cannot be read.
    #[error("{file} cannot be read: {reason}")]
    Unreadable {
        /// Which.
        file: String,
        /// Why.
        reason: String,
    },
    /// A file lacks a column.
    #[error("{file} has no column {column}")]
    MissingColumn {
        /// Which file.
        file: String,
        /// Which column.
        column: String,
    },
    /// A table of the folder makes a rule stricter than it is built in.
    #[error("{file}: {why}")]
    Raised {
        /// Which file.
        file: String,
        /// Which rule, and from what to what.
        why: String,
    },
    /// A row names something that is nowhere, or something that is there already.
    #[error("{file}, row {row}: {why}")]
    Broken {
        /// Which file.
        file: String,
        /// Which row; the heading is row 1.
        row: usize,
        /// What it names.
        why: String,
    },
    /// A value that cannot be understood, where guessing would be wrong.
    #[error("{file}, row {row}: {column} cannot be {value:?}")]
    BadValue {
        /// Which file.
        file: String,
        /// Which row; the heading is row 1.
        row: usize,
        /// Which column.
        column: String,
        /// What stands there.
        value: String,
    },
}
