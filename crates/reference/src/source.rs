//! Where the files come from: embedded in the program, or a folder that
//! overrides them file by file. The demo court has a folder of its own in the program,
//! as an operator would give one.

use crate::{ReferenceError, table::Table};
use include_dir::{Dir, include_dir};
use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../reference");

/// The folder of the demo court among them.
const DEMO: &str = "demo";

/// The files.
pub(crate) struct Source {
    folder: Option<PathBuf>,
    /// Whether the tables of the demo court come before those built in.
    demo: bool,
    /// What was read from the folder: a table that is there and that nobody asks
    /// for overrides nothing.
    overridden: Mutex<BTreeSet<String>>,
}

impl Source {
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            demo: false,
            overridden: Mutex::default(),
        }
    }

    /// The same for the demo court.
    pub(crate) fn of_demo_court(folder: Option<PathBuf>) -> Self {
        Self {
            demo: true,
            ..Self::new(folder)
        }
    }

    /// The tables that the folder gave instead of those built in.
    ///
    /// # Errors
    /// If there is a folder and it gave none: it is misspelt, or another one.
    pub(crate) fn overridden(&self) -> Result<Vec<String>, ReferenceError> {
        let read = self
            .overridden
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match &self.folder {
            Some(folder) if !folder.is_dir() => Err(ReferenceError::NoFolder {
                folder: folder.display().to_string(),
            }),
            Some(folder) if read.is_empty() => Err(ReferenceError::NoTable {
                folder: folder.display().to_string(),
            }),
            _ => Ok(read.iter().cloned().collect()),
        }
    }

    /// Did the folder give this table?
    pub(crate) fn gave(&self, file: &str) -> bool {
        let read = self
            .overridden
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        read.contains(file)
    }

    /// A table as it is built in, whatever the folder holds.
    pub(crate) fn embedded_table(&self, file: &str) -> Result<Table, ReferenceError> {
        Table::parse(file, &embedded(file)?)
    }

    /// The bytes of a file: of the folder if it is there, otherwise embedded, the demo
    /// court's own first.
    pub(crate) fn bytes(&self, file: &str) -> Result<Vec<u8>, ReferenceError> {
        if let Some(path) = self.folder.as_ref().map(|folder| folder.join(file))
            && path.is_file()
        {
            let mut overridden = self
                .overridden
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            overridden.insert(file.to_owned());
            return fs::read(&path).map_err(|e| ReferenceError::Unreadable {
                file: path.display().to_string(),
                reason: e.to_string(),
            });
        }
        let own = format!("{DEMO}/{file}");
        if self.demo && EMBEDDED.contains(&own) {
            return embedded(&own);
        }
        embedded(file)
    }

    pub(crate) fn table(&self, file: &str) -> Result<Table, ReferenceError> {
        Table::parse(file, &self.bytes(file)?)
    }
}

fn embedded(file: &str) -> Result<Vec<u8>, ReferenceError> {
    EMBEDDED
        .get_file(file)
        .map(|file| file.contents().to_vec())
        .ok_or_else(|| ReferenceError::MissingFile(file.to_owned()))
}
