//! Where the files come from: embedded in the program, or a folder that
//! overrides them file by file.

use crate::{ReferenceError, table::Table};
use include_dir::{Dir, include_dir};
use std::{fs, path::PathBuf};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../reference");

/// The files.
pub(crate) struct Source {
    folder: Option<PathBuf>,
}

impl Source {
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// The bytes of a file: of the folder if it is there, otherwise embedded.
    pub(crate) fn bytes(&self, file: &str) -> Result<Vec<u8>, ReferenceError> {
        if let Some(path) = self.folder.as_ref().map(|folder| folder.join(file))
            && path.is_file()
        {
            return fs::read(&path).map_err(|e| ReferenceError::Unreadable {
                file: path.display().to_string(),
                reason: e.to_string(),
            });
        }
        let embedded = EMBEDDED.get_file(file);
        embedded
            .map(|file| file.contents().to_vec())
            .ok_or_else(|| ReferenceError::MissingFile(file.to_owned()))
    }

    pub(crate) fn table(&self, file: &str) -> Result<Table, ReferenceError> {
        Table::parse(file, &self.bytes(file)?)
    }
}
