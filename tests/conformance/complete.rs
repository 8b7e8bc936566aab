//! That nothing is left out: every function that others may call of the store is called
//! in these tests, all of which run on both databases. It reads the sources, and does not
//! know how well a function is tested.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut all: Vec<_> = entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => sources(&path),
            path => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect();
    all.sort();
    all
}

/// The name of a function that a line of an implementation of the store begins, if others
/// may call it.
fn offered(line: &str, of_a_port: bool) -> Option<&str> {
    let line = line.strip_prefix("    ")?;
    let line = match line.strip_prefix("pub ") {
        Some(line) => line,
        None if of_a_port => line,
        None => return None,
    };
    let line = line.strip_prefix("const ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    let name = line.strip_prefix("fn ")?;
    name.split(['(', '<']).next()
}

/// Functions of the store with the file that has them.
fn functions() -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/store/src");
    for path in sources(&room) {
        let text = fs::read_to_string(&path).unwrap();
        let mut of_a_port = None;
        for line in text.lines() {
            if line.starts_with("impl ") && line.ends_with("Store {") {
                of_a_port = Some(line.contains(" for Store {"));
            } else if line.starts_with('}') {
                of_a_port = None;
            }
            let name = of_a_port.and_then(|of_a_port| offered(line, of_a_port));
            if let Some(name) = name {
                found.insert(name.to_owned(), path.clone());
            }
        }
    }
    found
}

#[test]
fn every_function_of_the_store_is_called_on_both_databases() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance");
    let called: String = sources(&tests)
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let functions = functions();
    assert!(functions.len() > 150, "{}: {functions:?}", functions.len());
    let left_out: Vec<_> = functions
        .iter()
        .filter(|(name, _)| {
            [".", "::"]
                .iter()
                .all(|by| !called.contains(&format!("{by}{name}(")))
        })
        .collect();
    assert!(left_out.is_empty(), "no test calls {left_out:#?}");
}
