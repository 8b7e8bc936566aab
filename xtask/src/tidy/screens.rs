//! The front end's two walls: only ui/src/platform knows Tauri, and nothing but it speaks to a
//! network.

use super::{Finding, SourceFile, code_lines};

const PLATFORM: &str = "ui/src/platform/";

/// Ways to the network that a screen must not take.
const NETWORK: &[&str] = &["fetch", "XMLHttpRequest", "WebSocket", "EventSource"];

pub(crate) fn check(sources: &[SourceFile]) -> Vec<Finding> {
    sources
        .iter()
        .filter(|source| source.path.starts_with("ui/src/") && !source.path.starts_with(PLATFORM))
        .flat_map(check_file)
        .collect()
}

fn check_file(source: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in code_lines(&source.text) {
        let place = || format!("{}:{number}", source.path);
        if line.contains("@tauri-apps/") {
            findings.push(Finding::new(
                place(),
                "only ui/src/platform imports the Tauri API; use what it offers",
            ));
        }
        for name in NETWORK.iter().filter(|name| calls(line, name)) {
            findings.push(Finding::new(
                place(),
                format!("`{name}(` goes around the platform; ask by a command of the contract"),
            ));
        }
    }
    findings
}

/// Whether a line calls a function of exactly that name.
fn calls(line: &str, name: &str) -> bool {
    let call = format!("{name}(");
    line.match_indices(&call).any(|(index, _)| {
        !line[..index]
            .ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn a_screen_does_not_import_tauri() {
        let text = "import { invoke } from '@tauri-apps/api/core';";
        assert_eq!(
            check(&[file("ui/src/screens/hearing/Hearing.svelte", text)]).len(),
            1
        );
        assert!(check(&[file("ui/src/platform/desktop.ts", text)]).is_empty());
    }

    #[test]
    fn a_screen_does_not_fetch() {
        assert_eq!(
            check(&[file("ui/src/screens/a.ts", "await window.fetch(url)")]).len(),
            1
        );
        assert!(check(&[file("ui/src/screens/a.ts", "prefetch(url); // fetch later")]).is_empty());
    }
}
