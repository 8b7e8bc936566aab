//! What the pure rooms never do: read a clock, throw dice, open a file; and that only one file of
//! the desktop host knows how to start a server.
//!
//! It reads words, not types: good enough to stop an accident, and it gives a line number.

use super::{Finding, SourceFile, code_lines};

/// Rooms that take the time, the ids and the randomness as arguments.
const PURE: &[&str] = &[
    "crates/domain/src/",
    "crates/app/src/",
    "crates/documents/src/",
];

const FORBIDDEN: &[(&str, &str)] = &[
    (
        "SystemTime::now",
        "reads the clock; take the instant as an argument",
    ),
    (
        "Timestamp::now",
        "reads the clock; take the instant as an argument",
    ),
    (
        "Instant::now",
        "reads the clock; take the instant as an argument",
    ),
    (
        "Zoned::now",
        "reads the clock; take the instant as an argument",
    ),
    (
        "Utc::now",
        "reads the clock; take the instant as an argument",
    ),
    (
        "Uuid::now_v7",
        "makes an id from the clock; take the id as an argument",
    ),
    (
        "Uuid::new_v4",
        "makes an id by chance; take the id as an argument",
    ),
    (
        "Rng::new()",
        "draws by chance; use a seed that is an argument",
    ),
    ("std::fs", "opens files; give the bytes to it"),
    ("std::net", "opens connections; declare a port"),
    ("std::process", "starts programs; declare a port"),
    (
        "std::env::",
        "reads the environment; take the value as an argument",
    ),
];

pub(crate) fn check(sources: &[SourceFile]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = sources
        .iter()
        .filter(|source| PURE.iter().any(|room| source.path.starts_with(room)))
        .flat_map(check_pure)
        .collect();
    findings.extend(check_starter(sources));
    findings
}

fn check_pure(source: &SourceFile) -> Vec<Finding> {
    code_lines(&source.text)
        .flat_map(|(number, line)| {
            FORBIDDEN
                .iter()
                .filter(move |(words, _)| line.contains(words))
                .map(move |(words, reason)| {
                    Finding::new(
                        format!("{}:{number}", source.path),
                        format!("`{words}` {reason}"),
                    )
                })
        })
        .collect()
}

/// The desktop host speaks HTTP to every server; it names the `server` crate in one file only.
fn check_starter(sources: &[SourceFile]) -> Vec<Finding> {
    let starters: Vec<&str> = sources
        .iter()
        .filter(|source| source.path.starts_with("src-tauri/"))
        .filter(|source| code_lines(&source.text).any(|(_, line)| names_the_server(line)))
        .map(|source| source.path.as_str())
        .collect();
    if starters.len() <= 1 {
        return Vec::new();
    }
    starters
        .iter()
        .map(|path| {
            Finding::new(
                *path,
                format!(
                    "one file of the host may start the embedded server, and {} name its crate",
                    starters.len()
                ),
            )
        })
        .collect()
}

/// `server::` as a path of its own, not the end of a longer name.
fn names_the_server(line: &str) -> bool {
    line.match_indices("server::").any(|(index, _)| {
        !line[..index]
            .ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn the_domain_reads_no_clock() {
        let found = check(&[file(
            "crates/domain/src/x.rs",
            "//! x\nlet t = Timestamp::now();\n",
        )]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "crates/domain/src/x.rs:2");
    }

    #[test]
    fn a_comment_about_the_clock_is_no_clock() {
        assert!(check(&[file("crates/app/src/x.rs", "// never Timestamp::now\n")]).is_empty());
    }

    #[test]
    fn the_server_may_read_the_clock() {
        assert!(check(&[file("crates/server/src/x.rs", "Timestamp::now()")]).is_empty());
    }

    #[test]
    fn only_one_file_of_the_host_starts_the_server() {
        let one = || file("src-tauri/src/embedded.rs", "server::serve().await");
        let other = |text| file("src-tauri/src/rpc.rs", text);
        assert!(check(&[one(), other("my_server::x()")]).is_empty());
        assert_eq!(check(&[one(), other("use server::Config;")]).len(), 2);
    }
}
