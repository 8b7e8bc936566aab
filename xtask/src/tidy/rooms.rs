//! Rooms and arrows: which room may depend on which, and which crates it never holds.
//!
//! This is the table of the house. Someone who wants an arrow that is not here changes the table
//! and says why in docs/decisions. Only direct dependencies are looked at: what a neighbour needs
//! inside is its own affair.

use super::{
    Finding,
    manifest::{Dependency, Package},
};

struct Room {
    package: &'static str,
    /// The rooms that it may depend on.
    rooms: &'static [&'static str],
    crates: Crates,
}

enum Crates {
    /// Only these; for the rooms that everything stands on.
    Only(&'static [&'static str]),
    /// All but these.
    Never(&'static [&'static [&'static str]]),
}
use Crates::{Never, Only};

const DATABASE: &[&str] = &["sqlx", "libsqlite3-sys", "rusqlite", "tokio-postgres"];
const NETWORK: &[&str] = &["axum", "hyper", "hyper-util", "tower", "reqwest"];
const WINDOW: &[&str] = &[
    "tauri",
    "tauri-build",
    "wry",
    "tao",
    "keyring",
    "notify-rust",
    "rfd",
];
const RUNTIME: &[&str] = &["tokio", "tokio-util", "tokio-stream", "async-std", "smol"];
// fastrand is not among them: the demo court is drawn from a seed, which is an argument.
const CHANCE: &[&str] = &["getrandom", "rand"];
const ACCESS: &[&str] = &["cedar-policy"];

const ROOMS: &[Room] = &[
    Room {
        package: "vocabulary",
        rooms: &[],
        crates: Only(&[
            "jiff",
            "uuid",
            "thiserror",
            "serde",
            "ts-rs",
            "unicode-normalization",
        ]),
    },
    Room {
        package: "domain",
        rooms: &["vocabulary"],
        // uuid for the type of an id; that no id is made there is for `purity` to see.
        crates: Only(&["thiserror", "serde", "serde_json", "uuid"]),
    },
    Room {
        package: "reference",
        rooms: &["vocabulary", "domain"],
        crates: Never(&[DATABASE, NETWORK, WINDOW, RUNTIME, CHANCE, ACCESS]),
    },
    Room {
        package: "access",
        rooms: &["vocabulary"],
        crates: Never(&[DATABASE, NETWORK, WINDOW, RUNTIME, CHANCE]),
    },
    Room {
        package: "contract",
        rooms: &["vocabulary"],
        crates: Only(&["serde", "serde_json", "ts-rs", "thiserror"]),
    },
    Room {
        package: "documents",
        rooms: &["vocabulary", "contract"],
        crates: Never(&[DATABASE, NETWORK, WINDOW, RUNTIME, CHANCE, ACCESS]),
    },
    Room {
        package: "app",
        rooms: &[
            "vocabulary",
            "domain",
            "reference",
            "access",
            "contract",
            "documents",
        ],
        crates: Never(&[DATABASE, NETWORK, WINDOW, RUNTIME, CHANCE, ACCESS]),
    },
    Room {
        package: "store",
        rooms: &["vocabulary", "domain", "app"],
        crates: Never(&[NETWORK, WINDOW, ACCESS]),
    },
    Room {
        package: "server",
        // `domain` is for the composition of app's ports, which speak domain types.
        rooms: &[
            "vocabulary",
            "domain",
            "app",
            "contract",
            "store",
            "access",
            "reference",
            "documents",
        ],
        crates: Never(&[DATABASE, WINDOW, ACCESS]),
    },
    Room {
        package: "client",
        rooms: &["vocabulary", "contract"],
        crates: Never(&[WINDOW, ACCESS, &["axum", "hyper", "tower"]]),
    },
    Room {
        package: "common-platform",
        rooms: &["vocabulary", "client", "contract", "documents", "server"],
        crates: Never(&[DATABASE, ACCESS, &["axum", "hyper", "tower", "reqwest"]]),
    },
];

/// They may depend on anything, and nothing that is shipped may depend on them.
const WORKSHOP: &[&str] = &["testkit", "tests", "bench", "xtask"];

pub(crate) fn check(packages: &[Package]) -> Vec<Finding> {
    packages
        .iter()
        .filter(|package| !WORKSHOP.contains(&package.name.as_str()))
        .flat_map(|package| match ROOMS.iter().find(|room| room.package == package.name) {
            Some(room) => check_room(room, package),
            None => vec![Finding::new(
                format!("package {}", package.name),
                "is no room of the house; give it a line in xtask/src/tidy/rooms.rs and a reason in docs/decisions",
            )],
        })
        .collect()
}

fn check_room(room: &Room, package: &Package) -> Vec<Finding> {
    package
        .dependencies
        .iter()
        .filter_map(|dependency| complaint(room, dependency))
        .collect()
}

fn complaint(room: &Room, dependency: &Dependency) -> Option<Finding> {
    let name = dependency.name.as_str();
    let place = format!("package {}", room.package);
    if dependency.is_a_room() {
        return (!room.rooms.contains(&name)).then(|| {
            Finding::new(
                place,
                format!("may not depend on {name}: the house has no such arrow"),
            )
        });
    }
    // Tests of a room may use what the room itself may not.
    let is_free = dependency.is_for_development()
        || (room.package == "common-platform" && name == "tauri-build");
    let is_allowed = match room.crates {
        Only(allowed) => allowed.contains(&name),
        Never(groups) => !groups.iter().any(|group| group.contains(&name)),
    };
    (!is_free && !is_allowed)
        .then(|| Finding::new(place, format!("may not depend on the crate {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::manifest;

    fn package(name: &str, dependencies: &str) -> Vec<Package> {
        let json =
            format!(r#"{{"packages":[{{"name":"{name}","dependencies":[{dependencies}]}}]}}"#);
        manifest::packages(&json).unwrap()
    }

    fn sentences(name: &str, dependencies: &str) -> Vec<String> {
        check(&package(name, dependencies))
            .into_iter()
            .map(|one| one.sentence)
            .collect()
    }

    #[test]
    fn the_domain_may_use_the_vocabulary_and_nothing_that_does_input_or_output() {
        assert!(sentences("domain", r#"{"name":"vocabulary","path":"/v"}"#).is_empty());
        assert!(sentences("domain", r#"{"name":"serde"}"#).is_empty());
        assert_eq!(
            sentences("domain", r#"{"name":"tokio"}"#),
            ["may not depend on the crate tokio"]
        );
    }

    #[test]
    fn the_client_never_reaches_into_the_server() {
        assert_eq!(
            sentences("client", r#"{"name":"server","path":"/s"}"#),
            ["may not depend on server: the house has no such arrow"]
        );
    }

    #[test]
    fn use_cases_hold_no_sql_even_when_it_is_asked_for_politely() {
        assert_eq!(
            sentences("app", r#"{"name":"sqlx","kind":"build"}"#).len(),
            1
        );
        assert!(sentences("app", r#"{"name":"async-trait"}"#).is_empty());
    }

    #[test]
    fn nothing_that_is_shipped_depends_on_the_workshop() {
        assert_eq!(
            sentences("store", r#"{"name":"testkit","path":"/t","kind":"dev"}"#).len(),
            1
        );
    }

    #[test]
    fn the_workshop_may_depend_on_anything() {
        assert!(sentences("tests", r#"{"name":"store","path":"/s"},{"name":"sqlx"}"#).is_empty());
    }

    #[test]
    fn a_package_that_is_no_room_is_found() {
        assert_eq!(sentences("annexe", "").len(), 1);
    }
}
