//! Files as a reader meets them: a head that says why they exist, a length that can be read in one
//! sitting, and a name that says what is inside.

use super::{Finding, SourceFile};

/// A file longer than this holds a second thing.
const LONGEST: usize = 600;

/// Names that say nothing, so that everything ends up behind them.
const EMPTY_NAMES: &[&str] = &[
    "util", "utils", "helper", "helpers", "manager", "managers", "service", "services", "common",
    "misc",
];

pub(crate) fn check(sources: &[SourceFile]) -> Vec<Finding> {
    sources.iter().flat_map(check_file).collect()
}

fn check_file(source: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    if source.path.ends_with(".rs") && !source.text.starts_with("//!") {
        findings.push(Finding::new(
            &source.path,
            "opens without `//!`: say why the file exists and what it does not do",
        ));
    }
    let lines = source.text.lines().count();
    // Generated types are read by the compiler, not by people.
    if lines > LONGEST && !source.path.starts_with("ui/src/contract/") {
        findings.push(Finding::new(
            &source.path,
            format!(
                "has {lines} lines, more than {LONGEST}: split it where the second idea begins"
            ),
        ));
    }
    if let Some(name) = empty_name(&source.path) {
        findings.push(Finding::new(
            &source.path,
            format!("`{name}` says nothing: name it after the noun or the verb inside"),
        ));
    }
    findings
}

/// The first part of a path that is one of the empty names.
fn empty_name(path: &str) -> Option<&str> {
    path.split('/')
        .map(|part| part.split('.').next().unwrap_or(part))
        .find(|part| EMPTY_NAMES.contains(&part.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn a_file_without_a_head_is_found() {
        assert_eq!(check(&[file("crates/a/src/x.rs", "fn x() {}\n")]).len(), 1);
        assert!(check(&[file("crates/a/src/x.rs", "//! X.\n")]).is_empty());
        assert!(check(&[file("ui/src/x.ts", "export {}\n")]).is_empty());
    }

    #[test]
    fn six_hundred_lines_are_enough() {
        let lines = |count: usize| format!("//! X.\n{}", "\n".repeat(count - 1));
        assert!(check(&[file("crates/a/src/x.rs", &lines(600))]).is_empty());
        assert_eq!(check(&[file("crates/a/src/x.rs", &lines(601))]).len(), 1);
        assert!(check(&[file("ui/src/contract/index.ts", &lines(601))]).is_empty());
    }

    #[test]
    fn a_name_that_says_nothing_is_found_wherever_it_stands() {
        assert_eq!(check(&[file("ui/src/widgets/utils.ts", "")]).len(), 1);
        assert_eq!(
            check(&[file("crates/a/src/helpers/x.rs", "//! X.")]).len(),
            1
        );
        assert!(check(&[file("crates/a/src/community_service.rs", "//! X.")]).is_empty());
    }
}
