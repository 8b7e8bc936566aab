//! The rows of the two files as they are written, with their lines. What cannot be read as its
//! column asks is said here; what it means is looked at in `check`.

use super::ImportFiles;
use contract::organisation::{Said, WrongRow};
use csv::{ReaderBuilder, StringRecord, Trim};
use std::{collections::HashMap, str::FromStr};
use vocabulary::{Group, OrganisationKind};

/// The name of the first file.
pub(super) const ORGANISATIONS: &str = "organisations";
/// The name of the second.
pub(super) const USERS: &str = "users";

/// Columns of the first file, in the order of the form.
const OF_ORGANISATIONS: &[&str] = &[
    "organisation_ref",
    "kind",
    "name",
    "office_of",
    "address_1",
    "address_2",
    "address_3",
    "address_4",
    "address_5",
    "postcode",
    "email",
    "phone",
    "laa_contracts",
    "regulator_number",
    "ou_code",
    "sole_practitioner",
    "jurisdiction",
    "local_justice_area",
    "courtrooms",
    "accountable_name",
    "accountable_email",
    "accountable_role",
    "terms_accepted",
];
/// Columns of the second.
const OF_USERS: &[&str] = &["organisation_ref", "name", "email", "role", "groups"];
/// The most rows of a file.
const MOST: usize = 5_000;

/// A row of the first file.
#[derive(Debug, Clone)]
pub(super) struct OrganisationRow {
    pub(super) line: u64,
    /// By which the rows of users name it.
    pub(super) key: String,
    /// The key of the head office, if it is another office.
    pub(super) office_of: String,
    pub(super) said: Said,
    pub(super) terms_accepted: bool,
}

/// A row of the second file.
#[derive(Debug, Clone)]
pub(super) struct UserRow {
    pub(super) line: u64,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) groups: Vec<Group>,
}

/// One row with what is wrong in it.
struct Row<'a> {
    file: &'static str,
    line: u64,
    columns: &'a HashMap<String, usize>,
    record: StringRecord,
    wrong: &'a mut Vec<WrongRow>,
}

impl Row<'_> {
    fn text(&self, column: &str) -> String {
        let at = self.columns.get(column);
        at.and_then(|at| self.record.get(*at))
            .unwrap_or_default()
            .to_owned()
    }

    fn some(&self, column: &str) -> Option<String> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    fn list(&self, column: &str) -> Vec<String> {
        let text = self.text(column);
        let parts = text.split(';').map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn say(&mut self, column: &str, what: impl Into<String>) {
        self.wrong.push(WrongRow {
            file: self.file.to_owned(),
            line: self.line,
            column: column.to_owned(),
            what: what.into(),
        });
    }

    /// A word of a closed list; empty is none.
    fn word<T: FromStr>(&mut self, column: &str, how: &str) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let found = text.parse().ok();
        if found.is_none() {
            self.say(column, how);
        }
        found
    }

    fn yes(&mut self, column: &str) -> bool {
        match self.text(column).to_lowercase().as_str() {
            "y" | "yes" | "true" => true,
            "" | "n" | "no" | "false" => false,
            _ => {
                self.say(column, "Write Y or N.");
                false
            }
        }
    }
}

/// What the files hold, and what cannot be read of them.
pub(super) fn read(files: &ImportFiles) -> (Vec<OrganisationRow>, Vec<UserRow>, Vec<WrongRow>) {
    let mut wrong = Vec::new();
    let organisations = each(
        ORGANISATIONS,
        &files.organisations,
        OF_ORGANISATIONS,
        &mut wrong,
        organisation,
    );
    let users = each(USERS, &files.users, OF_USERS, &mut wrong, user);
    (organisations, users, wrong)
}

fn each<T>(
    file: &'static str,
    text: &str,
    columns: &[&str],
    wrong: &mut Vec<WrongRow>,
    read: impl Fn(&mut Row<'_>) -> Option<T>,
) -> Vec<T> {
    let of_file = |line, column: &str, what: String| WrongRow {
        file: file.to_owned(),
        line,
        column: column.to_owned(),
        what,
    };
    // Spreadsheets put a mark before the first column.
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new()
        .trim(Trim::All)
        .flexible(false)
        .from_reader(text.as_bytes());
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(error) => {
            wrong.push(of_file(1, "", format!("The file cannot be read: {error}.")));
            return Vec::new();
        }
    };
    let found: HashMap<String, usize> = headers
        .iter()
        .enumerate()
        .map(|(at, name)| (name.to_lowercase(), at))
        .collect();
    let before = wrong.len();
    for column in columns
        .iter()
        .filter(|column| !found.contains_key(**column))
    {
        wrong.push(of_file(1, column, "This column is missing.".to_owned()));
    }
    for name in headers
        .iter()
        .filter(|name| !columns.contains(&name.to_lowercase().as_str()))
    {
        wrong.push(of_file(1, name, "There is no such column.".to_owned()));
    }
    if wrong.len() > before {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for (count, record) in reader.into_records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let what = "This line has more or fewer columns than the heading.".to_owned();
                wrong.push(of_file(line, "", what));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if count >= MOST {
            let what = format!("A file has at most {MOST} lines; split it.");
            wrong.push(of_file(line, "", what));
            break;
        }
        let mut row = Row {
            file,
            line,
            columns: &found,
            record,
            wrong,
        };
        rows.extend(read(&mut row));
    }
    rows
}

fn organisation(row: &mut Row<'_>) -> Option<OrganisationRow> {
    let kinds: Vec<&str> = OrganisationKind::ALL
        .iter()
        .map(|own| own.as_str())
        .collect();
    let how = format!("Write one of: {}.", kinds.join(", "));
    let kind: Option<OrganisationKind> = row.word("kind", &how);
    if row.text("kind").is_empty() {
        row.say("kind", how);
    }
    let jurisdiction = row.word("jurisdiction", "Write MAGISTRATES or CROWN.");
    let courtrooms = row.word("courtrooms", "Write a whole number.").unwrap_or(0);
    let key = row.text("organisation_ref");
    if key.is_empty() {
        row.say(
            "organisation_ref",
            "Give each organisation a reference of its own, for instance 1.",
        );
    }
    let address = (1..=5)
        .filter_map(|line| row.some(&format!("address_{line}")))
        .collect();
    let said = Said {
        kind: kind?,
        name: row.text("name"),
        address,
        postcode: row.text("postcode"),
        email: row.text("email"),
        phone: row.text("phone"),
        laa_contracts: row.list("laa_contracts"),
        regulator_number: row.some("regulator_number"),
        ou_code: row.some("ou_code"),
        sole_practitioner: row.yes("sole_practitioner"),
        jurisdiction,
        local_justice_area: row.some("local_justice_area"),
        courtrooms,
        accountable_name: row.text("accountable_name"),
        accountable_email: row.text("accountable_email"),
        accountable_role: row.text("accountable_role"),
        terms: String::new(),
    };
    Some(OrganisationRow {
        line: row.line,
        key,
        office_of: row.text("office_of"),
        said,
        terms_accepted: row.yes("terms_accepted"),
    })
}

fn user(row: &mut Row<'_>) -> Option<UserRow> {
    let mut groups = Vec::new();
    for name in row.list("groups") {
        match name.parse() {
            Ok(group) => groups.push(group),
            Err(_) => row.say("groups", format!("There is no role {name:?}.")),
        }
    }
    Some(UserRow {
        line: row.line,
        key: row.text("organisation_ref"),
        name: row.text("name"),
        email: row.text("email").to_lowercase(),
        role: row.text("role"),
        groups,
    })
}
