//! What `docs/security.md` says is there: each test that it names, each file, and a line for
//! each requirement of the standard. A table of tests that nobody holds to the tests is a wish.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn security() -> String {
    fs::read_to_string(root().join("docs/security.md")).unwrap()
}

/// What stands in code marks, and in which line.
fn quoted(text: &str) -> Vec<(usize, &str)> {
    text.lines()
        .enumerate()
        .flat_map(|(number, line)| {
            let quoted = line.split('`').skip(1).step_by(2);
            quoted.map(move |quoted| (number + 1, quoted))
        })
        .collect()
}

/// Every file below a folder with one of these endings.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "node_modules", "dist", "gen"].contains(&name.as_str()) {
                    waiting.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found
}

/// The names of the tests of this repository.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in ["crates", "tests", "src-tauri", "xtask"] {
        for path in files(folder, &[".rs"]) {
            let text = fs::read_to_string(path).unwrap();
            for line in text.lines() {
                let line = line.trim_start();
                let line = line.strip_prefix("async ").unwrap_or(line);
                if let Some(rest) = line.strip_prefix("fn ") {
                    let name = rest.split(['(', '<']).next().unwrap_or_default();
                    names.insert(name.to_owned());
                }
            }
        }
    }
    names
}

fn is_test(quoted: &str) -> bool {
    quoted.matches('_').count() >= 3
        && quoted
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn is_file(quoted: &str) -> bool {
    let letters = quoted
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    quoted.contains('/') && quoted.contains('.') && letters && !quoted.starts_with('/')
}

#[test]
fn the_table_of_security_names_tests_and_files_that_there_are() {
    let (text, tests) = (security(), tests());
    let mut looked_at = 0;
    let mut missing = Vec::new();
    for (line, name) in quoted(&text) {
        if is_test(name) {
            looked_at += 1;
            if !tests.contains(name) {
                missing.push(format!("docs/security.md:{line}: no test {name}"));
            }
        } else if is_file(name) && !root().join(name).exists() {
            missing.push(format!("docs/security.md:{line}: no file {name}"));
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert!(looked_at > 150, "{looked_at}");
}

/// How many sections' requirements there are of level 1 and 2, in the order of the standard:
/// chapter, section, and the numbers that are not of level 3.
const REQUIREMENTS: &str = "1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 \
    2.4:1-1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2 4.1:1-3 4.2:1-1 4.3:1-2 4.4:1-4 5.1:1-1 \
    5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3 \
    7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1-1 8.4:1-1 9.1:1-3 9.2:1-4 \
    10.1:1-2 10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2 11.2:1-3 11.3:1-3 \
    11.4:1-4 11.5:1-1 11.6:1-1 12.1:1-3 12.2:1-2 12.3:1-4 13.1:1-1 13.2:1-5 13.3:1-2 13.4:1-5 \
    14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1-1 16.2:1-5 16.3:1-4 16.4:1-3 \
    16.5:1-3 17.1:1-1 17.2:1-4 17.3:1-2";

#[test]
fn every_requirement_of_level_one_and_two_has_one_line_that_says_how_it_stands() {
    let wanted: Vec<String> = REQUIREMENTS
        .split_whitespace()
        .flat_map(|section| {
            let (section, range) = section.split_once(':').unwrap();
            let (first, last) = range.split_once('-').unwrap();
            let range = first.parse::<u32>().unwrap()..=last.parse().unwrap();
            range.map(move |number| format!("V{section}.{number}"))
        })
        .collect();
    assert_eq!(wanted.len(), 253);
    let text = security();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("| V"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let named: Vec<&str> = rows
        .iter()
        .map(|row| row[0].split(' ').next().unwrap())
        .collect();
    assert_eq!(named, wanted);
    for row in rows {
        assert_eq!(row.len(), 4, "{row:?}");
        assert!(
            ["1", "2"].contains(&row[1]) && !row[2].is_empty(),
            "{row:?}"
        );
    }
}

#[test]
fn nothing_in_the_window_writes_markup() {
    let sources = files("ui/src", &[".svelte", ".ts"]);
    assert!(sources.len() > 40);
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        for written in [
            "{@html",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
        ] {
            assert!(!text.contains(written), "{} has {written}", path.display());
        }
    }
}

#[test]
fn every_field_of_a_password_is_masked_and_takes_a_paste() {
    let mut fields = 0;
    for path in files("ui/src/screens/account", &[".svelte"]) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("onpaste"), "{}", path.display());
        for (at, _) in text.match_indices("-password\"") {
            let field = text[..at].rfind("<input").map(|begin| &text[begin..]);
            let Some(field) = field.filter(|_| text[..at].ends_with(['t', 'w'])) else {
                continue;
            };
            let field = field.split("/>").next().unwrap_or_default();
            if field.contains("autocomplete=\"") && field.contains("-password\"") {
                fields += 1;
                let masked =
                    field.contains("type=\"password\"") || field.contains(": \"password\"}");
                assert!(masked, "{}: {field}", path.display());
            }
        }
    }
    assert!(fields >= 5, "{fields}");
}
