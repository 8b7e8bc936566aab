//! What the rows mean together and beside what is known: names and addresses that are taken,
//! references that lead nowhere, roles that a kind may not give.

use super::{
    super::{account_id, queue::same_code, said},
    rows::{ORGANISATIONS, OrganisationRow, USERS, UserRow},
};
use crate::{App, Error};
use contract::organisation::WrongRow;
use domain::account::{
    Account, AccountEvent, Organisation,
    decide::{Invitee, invite},
};
use std::collections::{HashMap, HashSet};
use vocabulary::{OrganisationId, fold_name};

/// What would be recorded, and what is wrong.
pub(super) struct Checked {
    pub(super) organisations: Vec<Organisation>,
    /// Who would be invited, with the account of their address as it was looked at.
    pub(super) accounts: Vec<(Account, Option<Account>)>,
    pub(super) wrong: Vec<WrongRow>,
}

fn wrong(file: &str, line: u64, column: &str, what: impl Into<String>) -> WrongRow {
    WrongRow {
        file: file.to_owned(),
        line,
        column: column.to_owned(),
        what: what.into(),
    }
}

/// The column of a field of the form.
fn column(field: &str) -> &str {
    match field {
        "address" => "address_1",
        "terms" => "terms_accepted",
        other => other,
    }
}

pub(super) async fn check(
    app: &App,
    rows: Vec<OrganisationRow>,
    users: Vec<UserRow>,
) -> Result<Checked, Error> {
    let mut checked = Checked {
        organisations: Vec::new(),
        accounts: Vec::new(),
        wrong: Vec::new(),
    };
    let mut people = users;
    let ids = organisations(app, &rows, &mut checked).await?;
    // Those without a row of their own, of the lines of the organisations.
    let mut first = Vec::new();
    for row in &rows {
        first_person(app, row, &mut people, &mut first);
    }
    let people = people.into_iter().map(|row| (USERS, row));
    let first = first.into_iter().map(|row| (ORGANISATIONS, row));
    accounts(app, &ids, people.chain(first).collect(), &mut checked).await?;
    Ok(checked)
}

/// The organisations by their keys.
async fn organisations(
    app: &App,
    rows: &[OrganisationRow],
    checked: &mut Checked,
) -> Result<HashMap<String, Organisation>, Error> {
    let terms = app.catalogue.people.terms(app.chance.now().day());
    let mut known = app.index.organisations().await?;
    let mut names: HashSet<String> = known.iter().map(|own| fold_name(&own.name)).collect();
    let mut keys: HashMap<String, Organisation> = HashMap::new();
    let id_of: HashMap<&str, OrganisationId> = rows
        .iter()
        .map(|row| (row.key.as_str(), OrganisationId(app.chance.id())))
        .collect();
    for row in rows {
        let mut say = |field: &str, what: String| {
            let found = wrong(ORGANISATIONS, row.line, column(field), what);
            checked.wrong.push(found);
        };
        let head = match row.office_of.as_str() {
            "" => None,
            key if key == row.key => {
                say(
                    "office_of",
                    "An office is not its own head office.".to_owned(),
                );
                None
            }
            key => match rows.iter().find(|other| other.key == key) {
                Some(head) if head.said.kind == row.said.kind && head.office_of.is_empty() => {
                    id_of.get(key).copied()
                }
                Some(_) => {
                    let what = "The head office must be of the same kind, and no office itself.";
                    say("office_of", what.to_owned());
                    None
                }
                None => {
                    say(
                        "office_of",
                        format!("There is no organisation_ref {key:?} in this file."),
                    );
                    None
                }
            },
        };
        let mut as_said = row.said.clone();
        if row.terms_accepted {
            as_said.terms.clone_from(&terms.version);
        }
        let application = said::application(as_said, head);
        for found in application.wrong(&terms.version) {
            let what = match found.field {
                "terms" => "The terms of use must be accepted: write Y.".to_owned(),
                _ => found.what,
            };
            say(found.field, what);
        }
        if !names.insert(fold_name(&application.name)) {
            say(
                "name",
                "There is an organisation of that name already.".to_owned(),
            );
        }
        let code = application.ou_code.as_deref();
        if let Some(same) = same_code(&known, code, application.profile.office_of) {
            say(
                "ou_code",
                format!("{} has this OU code already.", same.name),
            );
        }
        let Some(id) = id_of.get(row.key.as_str()) else {
            continue;
        };
        let organisation = application.organisation(*id);
        known.push(organisation.clone());
        checked.organisations.push(organisation.clone());
        if !row.key.is_empty() && keys.insert(row.key.clone(), organisation).is_some() {
            let what = format!("The reference {:?} stands in an earlier line too.", row.key);
            checked
                .wrong
                .push(wrong(ORGANISATIONS, row.line, "organisation_ref", what));
        }
    }
    Ok(keys)
}

/// The accountable person administers the organisation, with the roles of their own row too.
fn first_person(
    app: &App,
    row: &OrganisationRow,
    people: &mut [UserRow],
    others: &mut Vec<UserRow>,
) {
    if !row.office_of.is_empty() {
        return;
    }
    let sole = row.said.sole_practitioner;
    let first = app.catalogue.people.first(row.said.kind, sole);
    let email = row.said.accountable_email.trim().to_lowercase();
    let own = people
        .iter_mut()
        .find(|other| other.key == row.key && other.email == email);
    match own {
        Some(own) => own.groups.extend(first),
        None => others.push(UserRow {
            line: row.line,
            key: row.key.clone(),
            name: row.said.accountable_name.clone(),
            email,
            role: row.said.accountable_role.clone(),
            groups: first,
        }),
    }
}

async fn accounts(
    app: &App,
    organisations: &HashMap<String, Organisation>,
    people: Vec<(&'static str, UserRow)>,
    checked: &mut Checked,
) -> Result<(), Error> {
    let known = app.index.accounts().await?;
    let known: HashMap<&str, &Account> =
        known.iter().map(|own| (own.email.as_str(), own)).collect();
    let mut emails = HashSet::new();
    for (file, row) in people {
        let line = row.line;
        let mut say = |column: &str, what: String| {
            // What is wrong with the words of an accountable person is said already.
            let column = match (file, column) {
                (ORGANISATIONS, "email") => "accountable_email",
                (ORGANISATIONS, _) => return,
                (_, column) => column,
            };
            let said = |own: &WrongRow| {
                (own.file.as_str(), own.line, own.column.as_str()) == (file, line, column)
            };
            if !checked.wrong.iter().any(said) {
                checked.wrong.push(wrong(file, line, column, what));
            }
        };
        let Some(organisation) = organisations.get(&row.key) else {
            let what = format!(
                "There is no organisation_ref {:?} in the first file.",
                row.key
            );
            say("organisation_ref", what);
            continue;
        };
        let twice = !emails.insert(row.email.clone());
        let before = known.get(row.email.as_str()).copied();
        let id = before.map_or(account_id(&row.email), |own| own.id);
        let invitee = Invitee {
            email: row.email,
            name: row.name,
            role: row.role,
            groups: row.groups,
        };
        let held = app.catalogue.people.held(organisation.kind);
        let result = invite(id, organisation.id, &invitee, &held, before);
        let (column, what) = match result {
            Ok(_) if twice => (
                "email",
                "This address stands in these files more than once.".to_owned(),
            ),
            Ok(AccountEvent::AccountInvited(account)) => {
                checked.accounts.push((account, before.cloned()));
                continue;
            }
            Ok(_) => continue,
            Err(refusal) => {
                let column = match refusal.code {
                    "no_role" | "role_of_another_kind" => "groups",
                    "no_name" => "name",
                    _ => "email",
                };
                (column, refusal.message.into_owned())
            }
        };
        say(column, what);
    }
    Ok(())
}
