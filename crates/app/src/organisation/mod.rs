//! Organisations that join, and the people of those that have: registered, validated or
//! refused by HMCTS staff; people invited, moved, suspended, let in again, gone. Whoever
//! administers an organisation reaches its people and nobody else's; to them others are not
//! there. What a person does with a link is in `account::activate`.

mod alone;
mod change;
mod factor;
mod idle;
mod import;
mod leaving;
mod link;
mod list;
mod mail;
mod naming;
mod people;
mod person;
mod queue;
mod register;
mod said;
mod who_opens;

pub use idle::{watch_idle, watch_idle_by};
pub use import::{ImportFiles, import_files};
pub use link::renew_link;
pub use mail::send_mail;

pub(crate) use link::{hash as code_hash, not_good};
pub(crate) use register::admit;

use crate::{
    App, Error,
    account::proof::must_be_proven,
    caller::SignedIn,
    ports::{Append, Expected, StreamAppend},
    relation,
};
use access::{Action, Facts};
use contract::Problem;
use domain::{
    Event, Moment, Stream, StreamKind,
    account::{Account, AccountEvent, Organisation},
};
use uuid::Uuid;
use vocabulary::{AccountId, CommandId, Group, OrganisationId, OrganisationKind};

/// The namespace of the ids of invited accounts.
const ACCOUNTS: Uuid = Uuid::from_u128(0x8a1f_53c7_90de_4b62_a7c4_3e19_d06b_8f25);

/// Whose accounts a person administers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Everybody's.
    All,
    /// Those of an organisation with its offices, by its head office.
    Own(OrganisationId),
}

impl Reach {
    /// As the policies have it.
    fn of(app: &App, person: &SignedIn) -> Result<Self, Error> {
        let facts = Facts::default();
        if relation::passes(app, person, Action::AdministerAllAccounts, &facts) {
            return Ok(Self::All);
        }
        relation::must(app, person, Action::AdministerAccounts, &facts)?;
        Ok(Self::Own(person.organisation.head()))
    }

    /// The groups that may be given to people of a kind of organisation; whoever runs the service
    /// also takes whatever somebody has.
    fn gives(self, app: &App, kind: OrganisationKind, had: &[Group]) -> Vec<Group> {
        let rules = &app.catalogue.people;
        match self {
            Self::Own(_) => rules.held(kind),
            Self::All => {
                let mut given = rules.given(kind);
                let more = had.iter().filter(|group| !given.contains(group)).copied();
                let more: Vec<Group> = more.collect();
                given.extend(more);
                given
            }
        }
    }

    fn has(self, organisation: &Organisation) -> bool {
        match self {
            Self::All => true,
            Self::Own(head) => organisation.head() == head,
        }
    }

    /// An organisation within it; another is not there.
    async fn organisation(self, app: &App, id: OrganisationId) -> Result<Organisation, Error> {
        let found = app.index.organisation(id).await?;
        let found = found.filter(|organisation| self.has(organisation));
        found.ok_or_else(|| Problem::not_found().into())
    }

    /// An account within it, with its organisation and the version of its stream.
    async fn account(self, app: &App, id: AccountId) -> Result<Standing, Error> {
        // The version first: what is read after it is no older.
        let version = version_of(app, id.0).await?;
        let account = app
            .index
            .account(id)
            .await?
            .ok_or_else(Problem::not_found)?;
        let organisation = self.organisation(app, account.organisation).await?;
        Ok(Standing {
            account,
            organisation,
            version,
        })
    }
}

/// An account as it stands.
struct Standing {
    account: Account,
    organisation: Organisation,
    version: u64,
}

/// How many events the stream of an account or organisation has.
pub(crate) async fn version_of(app: &App, id: Uuid) -> Result<u64, Error> {
    let stream = Stream::new(StreamKind::Account, id);
    let mut version = 0;
    loop {
        let page = app.ledger.events(stream, version).await?;
        match page.last() {
            Some(last) => version = last.version,
            None => return Ok(version),
        }
    }
}

/// What a stream must look like if it has so many events.
const fn expected(version: u64) -> Expected {
    if version == 0 {
        Expected::New
    } else {
        Expected::Version(version)
    }
}

/// Events for the stream of an account or organisation.
pub(crate) fn to_stream(id: Uuid, version: u64, events: Vec<AccountEvent>) -> StreamAppend {
    StreamAppend {
        stream: Stream::new(StreamKind::Account, id),
        expected: expected(version),
        key: id,
        events: events.into_iter().map(Event::Account).collect(),
    }
}

/// Records them as one.
pub(crate) async fn record(
    app: &App,
    command: CommandId,
    moment: Moment,
    streams: Vec<StreamAppend>,
    answer: serde_json::Value,
) -> Result<serde_json::Value, Error> {
    let appended = app
        .ledger
        .append(Append {
            command,
            moment,
            streams,
            answer,
        })
        .await?;
    Ok(appended.answer)
}

/// The id of the account of an address: the same for everybody who invites it at the same
/// moment, so that one of them is first.
fn account_id(email: &str) -> AccountId {
    AccountId::derived(&ACCOUNTS, email)
}

/// An organisation with its offices, the head office first.
async fn offices(app: &App, head: OrganisationId) -> Result<Vec<Organisation>, Error> {
    let mut offices = app.index.organisations().await?;
    offices.retain(|one| one.head() == head);
    offices.sort_by(|a, b| (a.id != head, &a.name).cmp(&(b.id != head, &b.name)));
    Ok(offices)
}

/// The firms of solicitors that said that they have a number of a contract with the Legal Aid
/// Agency; of those of one organisation the head office, or the first that has it.
pub(crate) fn heads_with_contract<'a>(
    known: &'a [Organisation],
    contract: &str,
) -> Vec<&'a Organisation> {
    let mut firms: Vec<&Organisation> = known
        .iter()
        .filter(|own| own.kind == OrganisationKind::DefenceFirm)
        .filter(|own| own.profile.laa_contracts.iter().any(|one| one == contract))
        .collect();
    firms.sort_by_key(|own| (own.head(), own.head() != own.id, own.id));
    firms.dedup_by_key(|own| own.head());
    firms
}

/// Groups of support reach further than the organisation: whoever gives one proves anew who they
/// are.
fn must_be_proven_to_give(
    app: &App,
    asking: &SignedIn,
    asked: &[Group],
    had: &[Group],
) -> Result<(), Error> {
    let new = |group: &&Group| group.is_given_by_the_service() && !had.contains(group);
    match asked.iter().any(|group| new(&group)) {
        true => must_be_proven(app, asking),
        false => Ok(()),
    }
}

/// A kind of organisation, in words.
const fn kind_in_words(kind: OrganisationKind) -> &'static str {
    use OrganisationKind as Kind;
    match kind {
        Kind::Court => "Court house",
        Kind::Prosecutor => "Prosecuting authority",
        Kind::DefenceFirm => "Firm of solicitors",
        Kind::Chambers => "Barristers' chambers",
        Kind::Prison => "Prison",
        Kind::Probation => "Probation team",
        Kind::Police => "Police force",
        Kind::ElectronicMonitoring => "Electronic monitoring contractor",
        Kind::Escort => "Prisoner escort contractor",
        Kind::FinesOffice => "Fines office",
        Kind::YouthOffendingTeam => "Youth offending team",
        Kind::WitnessCare => "Witness care unit",
        Kind::LegalAid => "Legal Aid Agency",
        Kind::Media => "News organisation",
        Kind::Service => "This service",
    }
}
