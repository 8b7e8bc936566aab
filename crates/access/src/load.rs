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
            names_nobody(policy, &name)?;
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
    if policy
        .annotation("says")
        .is_none_or(|says| says.trim().is_empty())
    {
        return Err(wrong(
            file,
            format!("{id} has no @says: a refusal says why in a sentence"),
        ));
    }
    Ok(policy.new_id(PolicyId::new(id)))
}

/// Policies speak of what people are and how they stand to a thing, never of one
/// person, organisation or thing: an exception for somebody is a fact of the record,
/// with who gave it and until when. It is also why decisions can be remembered for all
/// who stand alike.
fn names_nobody(policy: &Policy, file: &str) -> Result<(), PolicyError> {
    let text = policy.to_string();
    for named in ["Person::", "Organisation::", "Thing::"] {
        if text.contains(named) {
            return Err(wrong(file, format!("a policy names one {named}\"…\"")));
        }
    }
    if !policy.is_static() {
        return Err(wrong(file, "a policy is a template"));
    }
    Ok(())
}
