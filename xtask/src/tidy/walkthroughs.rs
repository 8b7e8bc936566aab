//! Every path that ARCHITECTURE.md names is there: a map with wrong streets is worse than none.

use super::{Finding, code_lines};

/// Made by builds; absent in a fresh checkout and named all the same.
const BUILT: &[&str] = &[
    "target/",
    "target-win/",
    "ui/dist",
    "ui/node_modules",
    ".tools",
];

pub(crate) fn check(map: &str, exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    code_lines(map)
        .flat_map(|(number, line)| {
            line.split('`')
                .skip(1)
                .step_by(2)
                .map(move |quoted| (number, quoted))
        })
        .filter(|(_, quoted)| is_path(quoted) && !exists(quoted))
        .map(|(number, quoted)| {
            Finding::new(
                format!("ARCHITECTURE.md:{number}"),
                format!("names `{quoted}`, which does not exist"),
            )
        })
        .collect()
}

fn is_path(quoted: &str) -> bool {
    quoted.contains('/')
        && !quoted.starts_with('/')
        && !BUILT.iter().any(|built| quoted.starts_with(built))
        && quoted
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '.' | '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_gone_is_found_with_its_line() {
        let map = "See `crates/app` and\n`crates/gone/src`.\n";
        let found = check(map, |path| path == "crates/app");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "ARCHITECTURE.md:2");
    }

    #[test]
    fn what_only_looks_like_a_path_is_left_alone() {
        let map =
            "`POST /rpc/<noun>.<verb>`, `/v2/x`, `target/tour/a.png`, `crates/*`, `view -> PDF`";
        assert!(check(map, |_| false).is_empty());
    }
}
