//! The reference data by configuration: what is built in, or a folder that
//! overrides some of it, and the validation rules that are lowered. A folder that
//! overrides nothing is refused: a court that misspelt it would otherwise work with
//! other tables than it believes. So is a rule that would be raised.

use crate::config::Config;
use domain::validator::{Lowered, lower};
use reference::Catalogue;

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
