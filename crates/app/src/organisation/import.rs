//! The onboarding form as two files: organisations, and their people. Everything is looked at
//! before anything is recorded, every mistake is said with its line and column, and then all of
//! it is recorded as one, or nothing. The published form is a spreadsheet with two tabs whose
//! columns are not published; these are ours (docs/decisions/0023).

mod check;
mod rows;

use super::{link, record, to_stream, version_of};
use crate::{App, Caller, Error, UseCase, legal_aid::awaited, ports::StreamAppend, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use check::{Checked, check};
use contract::organisation::{Import, Imported, WrongRow};
use domain::{
    Moment,
    account::{Account, AccountEvent},
};
use vocabulary::CommandId;

/// The two files.
#[derive(Debug, Clone)]
pub struct ImportFiles {
    /// Organisations, as CSV.
    pub organisations: String,
    /// Their people, as CSV.
    pub users: String,
    /// Whether it is only looked at.
    pub check_only: bool,
}

#[async_trait]
impl UseCase for Import {
    /// By HMCTS staff: what is taken in here is validated by that.
    async fn answer(self, app: &App, who: &Caller) -> Result<Imported, Error> {
        let person = who.person()?;
        let facts = Facts::default();
        relation::must(app, person, Action::ValidateOrganisations, &facts)?;
        let files = ImportFiles {
            organisations: self.organisations,
            users: self.users,
            check_only: self.check_only,
        };
        let moment = person.moment(app.chance.now());
        let (imported, _) = take_in(app, who.command, moment, files).await?;
        Ok(imported)
    }
}

/// The same from the command line; with the links, where no mail brings them.
///
/// # Errors
/// If the record cannot be read or written.
pub async fn import_files(
    app: &App,
    files: ImportFiles,
) -> Result<(Imported, Vec<contract::organisation::Link>), Error> {
    let moment = Moment {
        at: app.chance.now(),
        by: app.acting(),
    };
    let (imported, invited) = take_in(app, CommandId(app.chance.id()), moment, files).await?;
    let mut links = Vec::new();
    if !app.mailer.is_set_up() {
        for account in &invited {
            links.push(link::make(app, account).await?);
        }
    }
    Ok((imported, links))
}

async fn take_in(
    app: &App,
    command: CommandId,
    moment: Moment,
    files: ImportFiles,
) -> Result<(Imported, Vec<Account>), Error> {
    // Sent again because the answer was lost: what it recorded is no mistake of its rows now.
    if let Some(answer) = app.ledger.answered(command).await? {
        return Ok((serde_json::from_value(answer)?, Vec::new()));
    }
    let (organisations, users, mut wrong) = rows::read(&files);
    let Checked {
        organisations,
        accounts,
        wrong: more,
    } = check(app, organisations, users).await?;
    wrong.extend(more);
    wrong.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut imported = Imported {
        organisations: organisations.len(),
        people: accounts.len(),
        recorded: false,
        wrong,
    };
    if files.check_only || !imported.wrong.is_empty() || organisations.is_empty() {
        return Ok((imported, Vec::new()));
    }
    // Representation orders that waited for one of them.
    let given = awaited::given_to(app, &organisations).await?;
    let mut streams = Vec::with_capacity(organisations.len() + accounts.len());
    for organisation in organisations {
        let id = organisation.id.0;
        let event = AccountEvent::OrganisationAdded(organisation);
        streams.push(to_stream(id, 0, vec![event]));
    }
    for (account, before) in &accounts {
        streams.push(invitation(app, account, before.as_ref()).await?);
    }
    streams.extend(given);
    imported.recorded = true;
    let answer = serde_json::to_value(&imported)?;
    record(app, command, moment, streams, answer).await?;
    let invited = accounts.into_iter().map(|(account, _)| account);
    Ok((imported, invited.collect()))
}

/// The invitation of somebody whose account, if they had one, is still as it was looked at:
/// whoever was invited elsewhere meanwhile is not moved.
async fn invitation(
    app: &App,
    account: &Account,
    before: Option<&Account>,
) -> Result<StreamAppend, Error> {
    let id = account.id;
    let version = match before {
        None => 0,
        Some(before) => {
            // The version first: what is read after it is no older.
            let version = version_of(app, id.0).await?;
            if app.index.account(id).await?.as_ref() != Some(before) {
                return Err(Error::Stale);
            }
            version
        }
    };
    let event = AccountEvent::AccountInvited(account.clone());
    Ok(to_stream(id.0, version, vec![event]))
}

/// Organisations before users, then line by line.
fn order(wrong: &WrongRow) -> (bool, u64, &str) {
    (wrong.file != rows::ORGANISATIONS, wrong.line, &wrong.column)
}
