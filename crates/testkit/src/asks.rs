//! The table of commands and actions, and what a server was heard to ask, held against each
//! other. Every court of a test does so when it goes, so that no journey passes in which a
//! command asks what the table does not say, or answers without having asked what it says.

use access::Action;
use app::AsksOf;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::LazyLock,
};

/// One row of `reference/access_commands.csv`.
#[derive(Debug, Clone)]
pub struct AskRow {
    /// The command, query or address.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// To whom it is open.
    pub open_to: String,
    /// What is asked before every answer.
    pub asks: BTreeSet<Action>,
    /// What is asked about for what is shown, or for what the request holds.
    pub also: BTreeSet<Action>,
    /// What is asked besides the policies.
    pub besides: String,
}

/// Where the table is.
#[must_use]
pub fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../reference/access_commands.csv")
}

fn actions(cell: &str) -> BTreeSet<Action> {
    let names = cell.split("; ").filter(|name| !name.is_empty());
    names
        .map(|name| Action::named(name).unwrap_or_else(|| panic!("{name} is no action")))
        .collect()
}

/// Its rows.
///
/// # Panics
/// If it is no such table.
#[must_use]
pub fn table() -> &'static [AskRow] {
    static TABLE: LazyLock<Vec<AskRow>> = LazyLock::new(|| {
        let text = std::fs::read_to_string(file()).expect("the table");
        let rows = text.lines().skip(1).map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let [name, kind, open_to, asks, also, besides] = cells[..] else {
                panic!("not six cells: {line}");
            };
            AskRow {
                name: name.to_owned(),
                kind: kind.to_owned(),
                open_to: open_to.to_owned(),
                asks: actions(asks),
                also: actions(also),
                besides: besides.to_owned(),
            }
        });
        rows.collect()
    });
    &TABLE
}

/// What was heard and is not as the table says.
#[must_use]
pub fn untrue(heard: &BTreeMap<String, AsksOf>) -> Vec<String> {
    let names = |actions: Vec<Action>| {
        let names: Vec<&str> = actions.iter().map(|action| action.as_str()).collect();
        names.join("; ")
    };
    let mut found = Vec::new();
    for (name, own) in heard {
        let Some(row) = table().iter().find(|row| row.name == *name) else {
            found.push(format!("{name} has no row"));
            continue;
        };
        let known = |action: &Action| row.asks.contains(action) || row.also.contains(action);
        let more: Vec<Action> = own.ever.iter().copied().filter(|a| !known(a)).collect();
        if !more.is_empty() {
            found.push(format!(
                "{name} asks, and its row does not say: {}",
                names(more)
            ));
        }
        let not = row.asks.iter().copied();
        let not: Vec<Action> = not.filter(|a| !own.always.contains(a)).collect();
        if own.answers > 0 && !not.is_empty() {
            found.push(format!("{name} answered and had not asked: {}", names(not)));
        }
    }
    found
}
