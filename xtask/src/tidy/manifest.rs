//! What the manifests say: which packages there are, that each shared dependency says what it is
//! for, and that development dependencies do not change features.

use super::Finding;
use crate::{
    process::{self, Failure, Outcome, cargo},
    repository::Repository,
};
use serde::Deserialize;

/// A package of the workspace, as cargo describes it.
#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) dependencies: Vec<Dependency>,
    #[serde(default)]
    pub(crate) targets: Vec<Target>,
}

/// Something that cargo builds from a package.
#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    /// "lib", "bin", "test" and the like.
    pub(crate) kind: Vec<String>,
}

/// One line of a package's dependencies.
#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Absent for an ordinary one, else "dev" or "build".
    pub(crate) kind: Option<String>,
    /// Present for a room of the house.
    pub(crate) path: Option<String>,
    #[serde(default)]
    pub(crate) features: Vec<String>,
}

impl Dependency {
    pub(crate) fn is_for_development(&self) -> bool {
        self.kind.as_deref() == Some("dev")
    }

    fn is_ordinary(&self) -> bool {
        self.kind.is_none()
    }

    pub(crate) fn is_a_room(&self) -> bool {
        self.path.is_some()
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// The packages of the workspace, asked of cargo.
pub(crate) fn read(repository: &Repository) -> Outcome<Vec<Package>> {
    packages(&process::read(cargo(repository.root()).args([
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version",
        "1",
    ]))?)
}

/// Reads what `cargo metadata --no-deps` prints.
pub(crate) fn packages(json: &str) -> Outcome<Vec<Package>> {
    let metadata: Metadata = serde_json::from_str(json)
        .map_err(|error| Failure::new(format!("cargo metadata could not be read: {error}")))?;
    Ok(metadata.packages)
}

/// A development dependency must be an ordinary dependency too, of the same package or of `tests`,
/// with at least its features: else a build and a test run resolve different features, and the
/// whole tree is compiled twice.
pub(crate) fn check_features(packages: &[Package]) -> Vec<Finding> {
    let tests = packages.iter().find(|package| package.name == "tests");
    let mut findings = Vec::new();
    for package in packages {
        let elsewhere = tests.into_iter().chain([package]);
        let ordinary: Vec<&Dependency> = elsewhere
            .flat_map(|package| &package.dependencies)
            .filter(|dependency| dependency.is_ordinary())
            .collect();
        for dependency in package
            .dependencies
            .iter()
            .filter(|one| one.is_for_development())
        {
            let is_covered = ordinary.iter().any(|one| {
                one.name == dependency.name
                    && dependency
                        .features
                        .iter()
                        .all(|feature| one.features.contains(feature))
            });
            if !is_covered && !dependency.is_a_room() {
                findings.push(Finding::new(
                    format!("package {}", package.name),
                    format!(
                        "its development dependency {} is no ordinary dependency of `tests` with the same features; add it there, or everything is compiled twice",
                        dependency.name
                    ),
                ));
            }
        }
    }
    findings
}

/// Every shared dependency of the root manifest says what it is for.
pub(crate) fn check_purposes(manifest: &str) -> Vec<Finding> {
    let mut is_inside = false;
    let mut findings = Vec::new();
    for (index, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            is_inside = line == "[workspace.dependencies]";
            continue;
        }
        let Some((name, rest)) = line.split_once('=') else {
            continue;
        };
        let is_comment = line.starts_with('#');
        let is_a_room = rest.contains("path =");
        if is_inside && !is_comment && !is_a_room && !has_purpose(rest) {
            findings.push(Finding::new(
                format!("Cargo.toml:{}", index + 1),
                format!("{} has no comment that says what it is for", name.trim()),
            ));
        }
    }
    findings
}

/// Whether words follow a `#` that is not inside quotes.
fn has_purpose(rest: &str) -> bool {
    let mut is_quoted = false;
    for (index, letter) in rest.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '#' if !is_quoted => return rest[index + 1..].trim().len() > 2,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_without_a_purpose_is_found() {
        let manifest = "[workspace.dependencies]\nserde = \"1\" # one shape\ncsv = \"1\"\nurl = \"1#2\"\napp = { path = \"x\" }\n[package]\nname = \"x\"\n";
        let found: Vec<_> = check_purposes(manifest)
            .into_iter()
            .map(|one| one.place)
            .collect();
        assert_eq!(found, ["Cargo.toml:3", "Cargo.toml:4"]);
    }

    fn parsed(tests_features: &str) -> Vec<Package> {
        packages(&format!(
            r#"{{"packages":[
                {{"name":"domain","dependencies":[{{"name":"proptest","kind":"dev","features":["std"]}}]}},
                {{"name":"tests","dependencies":[{{"name":"proptest","kind":null,"features":[{tests_features}]}}]}}
            ]}}"#
        ))
        .unwrap()
    }

    #[test]
    fn a_development_dependency_that_tests_have_too_changes_no_features() {
        assert!(check_features(&parsed("\"std\"")).is_empty());
    }

    #[test]
    fn a_development_dependency_with_more_features_is_found() {
        assert_eq!(check_features(&parsed("")).len(), 1);
    }
}
