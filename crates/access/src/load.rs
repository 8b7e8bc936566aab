//! Reads the policies and checks them against their schema.

use cedar_policy::{Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};
use include_dir::{Dir, include_dir};

static POLICIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../policies");

/// A policy file is wrong; the server does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("policies/{file}: {why}")]
pub struct PolicyError {
    /// File.
    pub file: String,
    /// Why.
    pub why: String,
}

fn wrong(file: &str, why: impl ToString) -> PolicyError {
    PolicyError {
        file: file.to_owned(),
        why: why.to_string(),
    }
}

/// The embedded policies, each under the id of its `@id` annotation.
pub(crate) fn embedded() -> Result<(PolicySet, Schema), PolicyError> {
    let schema_file = "schema.cedarschema";
    let text = POLICIES
        .get_file(schema_file)
        .and_then(|file| file.contents_utf8())
        .ok_or_else(|| wrong(schema_file, "is missing"))?;
    let (schema, warnings) =
        Schema::from_cedarschema_str(text).map_err(|error| wrong(schema_file, error))?;
    if let Some(warning) = warnings.into_iter().next() {
        return Err(wrong(schema_file, warning));
    }
    let mut files: Vec<_> = POLICIES
        .files()
        .filter(|file| file.path().extension().is_some_and(|ext| ext == "cedar"))
        .collect();
    files.sort_by_key(|file| file.path());
    let mut set = PolicySet::new();
    for file in files {
        let name = file.path().display().to_string();
        let text = file
            .contents_utf8()
            .ok_or_else(|| wrong(&name, "is not UTF-8"))?;
        let parsed: PolicySet = text.parse().map_err(|error| wrong(&name, error))?;
        for policy in parsed.policies() {
            set.add(named(policy, &name)?)
                .map_err(|error| wrong(&name, error))?;
        }
    }
    let outcome = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
    if let Some(error) = outcome.validation_errors().next() {
        return Err(wrong(error.policy_id().as_ref(), error));
    }
    Ok((set, schema))
}

/// The policy under the id that a refusal or a reading names.
fn named(policy: &Policy, file: &str) -> Result<Policy, PolicyError> {
    let id = policy
        .annotation("id")
        .ok_or_else(|| wrong(file, "a policy has no @id"))?;
    Ok(policy.new_id(PolicyId::new(id)))
}
