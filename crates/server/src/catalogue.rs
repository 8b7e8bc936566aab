//! The reference data by configuration: what is built in, or a folder that
//! overrides some of it. A folder that overrides nothing is refused: a court that
//! misspelt it would otherwise work with other tables than it believes.

use crate::config::Config;
use reference::Catalogue;

/// Loads it, and logs which tables are not those built in.
///
/// # Errors
/// A sentence that names the folder and what to do.
pub(crate) fn load(config: &Config) -> Result<Catalogue, String> {
    let Some(folder) = &config.reference else {
        return Catalogue::embedded().map_err(|error| {
            format!("The reference data built in is damaged: {error}. Build the program again.")
        });
    };
    let catalogue = Catalogue::from_folder(folder).map_err(|error| {
        format!(
            "The reference data cannot be used: {error}. Give --reference (or the setting \
             `reference`) a folder with tables named as in the folder `reference` of the source, \
             for instance offences.csv, or leave it out to use the tables built in."
        )
    })?;
    tracing::info!(
        folder = %folder.display(),
        tables = catalogue.overridden.join(", "),
        "these tables of reference data override those built in"
    );
    Ok(catalogue)
}
