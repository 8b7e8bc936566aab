//! `cargo xtask tidy`: the order of the house, checked.
//!
//! Every rule is a pure function from what was read to what was found, with tests of its own; this
//! file reads the tree once and prints the findings. A rule that cannot say in one sentence what to
//! do about its finding does not belong here.

mod files;
pub(crate) mod manifest;
mod migrations;
mod purity;
mod rooms;
mod screens;
mod walkthroughs;

use crate::{
    process::{Failure, Outcome},
    repository::Repository,
};
use std::{fmt, fs, path::Path};

/// A file of the tree, with its path relative to the root, always with forward slashes.
pub(crate) struct SourceFile {
    path: String,
    text: String,
}

/// Something that is not in order, and where.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    place: String,
    sentence: String,
}

impl Finding {
    fn new(place: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            sentence: sentence.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.sentence)
    }
}

/// Where code is looked for. Built and fetched things are never entered.
const FOLDERS: &[&str] = &[
    "crates",
    "src-tauri",
    "tests",
    "xtask",
    "ui/src",
    "ui/tests",
];
const NOT_OURS: &[&str] = &["target", "node_modules", "dist", "gen"];

pub(crate) fn tidy(repository: &Repository) -> Outcome {
    let sources = read_sources(repository)?;
    let packages = manifest::read(repository)?;
    let root_manifest = fs::read_to_string(repository.path("Cargo.toml"))?;

    let mut findings = Vec::new();
    findings.extend(rooms::check(&packages));
    findings.extend(manifest::check_features(&packages));
    findings.extend(manifest::check_purposes(&root_manifest));
    findings.extend(files::check(&sources));
    findings.extend(purity::check(&sources));
    findings.extend(screens::check(&sources));
    findings.extend(migrations::check(
        &names(&repository.path("migrations/sqlite")),
        &names(&repository.path("migrations/postgres")),
    ));
    if let Ok(map) = fs::read_to_string(repository.path("ARCHITECTURE.md")) {
        findings.extend(walkthroughs::check(&map, |path| {
            repository.path(path).exists()
        }));
    }

    findings.sort();
    findings.dedup();
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!(
            "tidy: {} files and {} packages are in order",
            sources.len(),
            packages.len()
        );
        Ok(())
    } else {
        Err(Failure::new(format!(
            "tidy found {} things out of order",
            findings.len()
        )))
    }
}

fn read_sources(repository: &Repository) -> Outcome<Vec<SourceFile>> {
    let mut sources = Vec::new();
    for folder in FOLDERS {
        read_folder(repository.root(), &repository.path(folder), &mut sources)?;
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn read_folder(root: &Path, folder: &Path, sources: &mut Vec<SourceFile>) -> Outcome {
    let Ok(entries) = folder.read_dir() else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_str()) && !name.starts_with('.') {
                read_folder(root, &path, sources)?;
            }
        } else if [".rs", ".ts", ".svelte"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            sources.push(SourceFile {
                path: relative.to_string_lossy().replace('\\', "/"),
                text: fs::read_to_string(&path)?,
            });
        }
    }
    Ok(())
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = folder.read_dir() else {
        return Vec::new();
    };
    entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// The lines of a file that are code, with their numbers; lines that are only a comment are not.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| {
            let line = line.trim_start();
            !line.starts_with("//") && !line.starts_with('*') && !line.starts_with("/*")
        })
}

#[cfg(test)]
fn file(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
