//! The reference data by configuration: what is built in, or a folder that
//! overrides some of it, and the validation rules that are lowered. A demo court has
//! the few tables that its operator would give. A folder that
//! overrides nothing is refused: a court that misspelt it would otherwise work with
//! other tables than it believes. So is a rule that would be raised.

use crate::config::Config;
use documents::text::Catalogue as Texts;
use domain::validator::{Lowered, lower};
use reference::{Catalogue, ReferenceError};
use std::{collections::BTreeMap, fs, path::Path};

/// The folder of texts in a folder that overrides.
const TEXTS: &str = "texts";

/// Loads it, and logs which tables and rules are not those built in.
///
/// # Errors
/// A sentence that names the folder or the rule and what to do.
pub(crate) fn load(config: &Config) -> Result<Catalogue, String> {
    let mut catalogue = tables(config)?;
    for setting in &config.lower_rules {
        lowered(&mut catalogue, setting).map_err(|why| {
            format!(
                "The validation rules cannot be set: {why}. Correct the setting `lower_rules`: \
                 a rule of validation_rules.csv, or one condition of it, with WARNING or OFF, \
                 for instance DR-AGE-007=WARNING."
            )
        })?;
    }
    if !config.lower_rules.is_empty() {
        tracing::warn!(
            rules = config.lower_rules.join(", "),
            "these validation rules are less severe than they are published"
        );
    }
    Ok(catalogue)
}

/// The texts of documents: those built in, or of the folder `texts` in the folder that
/// overrides. They are held against the tables.
///
/// # Errors
/// A sentence that names file and line.
pub(crate) fn texts(config: &Config, catalogue: &Catalogue) -> Result<Texts, String> {
    let own = match config.reference.as_ref().map(|folder| folder.join(TEXTS)) {
        Some(folder) if folder.is_dir() => read_texts(&folder)?,
        _ => BTreeMap::new(),
    };
    if !own.is_empty() {
        let names: Vec<&str> = own.keys().map(String::as_str).collect();
        tracing::info!(
            texts = names.join(", "),
            "these texts override those built in"
        );
    }
    app::document::texts(catalogue, &own).map_err(|error| {
        format!(
            "The texts of documents cannot be used: {error}. Correct that line; the README of \
             the folder `reference/texts` of the source says what may stand there."
        )
    })
}

/// Every text of a folder and of its folders, by its path in it.
fn read_texts(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut texts = BTreeMap::new();
    for place in ["", "cy", "printouts"] {
        let Ok(entries) = fs::read_dir(folder.join(place)) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(name) = name.filter(|name| name.ends_with(".md") && *name != "README.md")
            else {
                continue;
            };
            let source = fs::read_to_string(&path)
                .map_err(|error| format!("The text {} cannot be read: {error}.", path.display()))?;
            let key = Path::new(place).join(name);
            texts.insert(key.to_string_lossy().replace('\\', "/"), source);
        }
    }
    Ok(texts)
}

fn lowered(catalogue: &mut Catalogue, setting: &str) -> Result<(), String> {
    let (rule, to) = setting
        .split_once('=')
        .ok_or_else(|| format!("{setting:?} names no severity"))?;
    let to: Lowered = to
        .parse()
        .map_err(|()| format!("{setting:?} names no severity that there is"))?;
    lower(&mut catalogue.results.law.validator, rule.trim(), to).map_err(|why| why.to_string())
}

fn tables(config: &Config) -> Result<Catalogue, String> {
    let Some(folder) = &config.reference else {
        return embedded(config).map_err(|error| {
            format!("The reference data built in is damaged: {error}. Build the program again.")
        });
    };
    let given = if config.demo {
        Catalogue::of_demo_court(Some(folder))
    } else {
        Catalogue::from_folder(folder)
    };
    let catalogue = match given {
        // Somebody who edits sentences needs no table.
        Err(ReferenceError::NoTable { .. }) if holds_texts(folder) => embedded(config),
        other => other,
    };
    let catalogue = catalogue.map_err(|error| {
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

fn embedded(config: &Config) -> Result<Catalogue, ReferenceError> {
    if config.demo {
        Catalogue::of_demo_court(None)
    } else {
        Catalogue::embedded()
    }
}

fn holds_texts(folder: &Path) -> bool {
    read_texts(&folder.join(TEXTS)).is_ok_and(|texts| !texts.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(rules: &[&str]) -> Result<Catalogue, String> {
        load(&Config {
            lower_rules: rules.iter().map(|&own| own.to_owned()).collect(),
            ..Config::default()
        })
    }

    #[test]
    fn a_rule_is_lowered_and_never_raised() {
        assert!(with(&["DR-AGE-007=WARNING", "dr-sent-001/ac2 = off"]).is_ok());
        let raised = with(&["DR-CONV-006=ERROR"]).err().unwrap();
        assert!(raised.contains("cannot be raised to ERROR"), "{raised}");
        // What was lowered once cannot be raised again by what comes after it.
        let again = with(&["DR-AGE-007=OFF", "DR-AGE-007=WARNING"]);
        assert!(again.is_err());
    }

    #[test]
    fn a_rule_or_a_severity_that_there_is_not_is_refused_with_what_to_write() {
        for wrong in ["DR-AGE-700=OFF", "DR-AGE-007", "DR-AGE-007=QUIET"] {
            let told = with(&[wrong]).err().unwrap();
            assert!(told.contains("DR-AGE-007=WARNING"), "{told}");
        }
    }
}
