//! The sections of the case file that this version uses, with who may read and
//! serve into each: decided for this product, because the published table is
//! test data (see `document_types.csv` for its shape).

use crate::{ReferenceError, source::Source};
use std::sync::Arc;

/// The word among a section's readers that lets a firm read it before it is on
/// record: initial details of the prosecution case (CrimPR Part 8).
pub const BEFORE_ASSOCIATION: &str = "Defence before association";

/// A section of the case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name, for instance `IDPC bundle`.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Groups that read it.
    pub readers: Arc<[String]>,
    /// Groups that serve into it.
    pub uploaders: Arc<[String]>,
}

pub(crate) fn load(source: &Source) -> Result<Vec<Section>, ReferenceError> {
    let table = source.table("sections.csv")?;
    table
        .rows()
        .map(|row| {
            let mut readers = row.list("readers")?;
            if row.text("initial_details")? == "yes" {
                readers.push(BEFORE_ASSOCIATION.to_owned());
            }
            Ok(Section {
                name: row.text("section")?,
                code: row.text("code")?,
                readers: readers.into(),
                uploaders: row.list("uploaders")?.into(),
            })
        })
        .collect()
}
