//! Joiners, movers and leavers, each in one action. What is recorded holds for the very next
//! request: the account's state is asked of the record each time. Sessions are ended as well,
//! so that streams that are open are cut.

use super::{
    Reach, Standing, account_id, alone::is_alone, leaving, link, must_be_proven_to_give,
    people::present, person, record, to_stream, version_of,
};
use crate::{
    App, Caller, Error, UseCase,
    account::{DAY, token_hash},
    caller::SignedIn,
    defence::both_sides,
    ports::TryLimit,
};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    organisation::{
        ChangeRoles, Invite, Leave, Left, Link, PeopleOf, Reactivate, Resend, ShowLink, Suspend,
    },
};
use domain::{
    Refusal,
    account::{
        Account, AccountEvent,
        decide::{self, Invitee},
    },
};
use vocabulary::{AccountId, OrganisationId};

/// How often one person may ask, within a day, for addresses that have an account already:
/// enough for mistakes, too few to find out who has one.
const TAKEN: u64 = 20;
/// Letters with a link that are sent to one address within a day because somebody who
/// administers wants it. Whoever asks for themselves is counted apart (`account::activate`):
/// strangers who ask in somebody's name keep no administrator from sending a link.
const LETTERS: u64 = 5;
/// Invitations of an organisation with its offices within a day: a large firm that joins by
/// hand; more come as files.
const INVITED: u64 = 200;

#[async_trait]
impl UseCase for Invite {
    /// A joiner: an account that waits, and a link on its way.
    async fn answer(self, app: &App, who: &Caller) -> Result<PeopleOf, Error> {
        let asking = who.person()?;
        let reach = Reach::of(app, asking)?;

        let organisation = reach.organisation(app, self.organisation_id).await?;
        if is_done(app, who).await? {
            return present(app, asking, organisation.head()).await;
        }
        let email = self.email.trim().to_lowercase();
        let known = match email.contains('\0') {
            true => None,
            false => app.index.account_by_email(&email).await?,
        };
        let id = known.as_ref().map_or(account_id(&email), |own| own.id);
        let version = version_of(app, id.0).await?;
        let before = app.index.account(id).await?;

        let invitee = Invitee {
            email,
            name: self.name,
            role: self.role,
            groups: self.groups,
        };
        let held = reach.gives(app, organisation.kind, &[]);
        let by_service = reach == Reach::All;
        if let Err(refusal) = decide::may_return(before.as_ref(), by_service) {
            return Err(taken(app, asking, refusal).await?);
        }
        let event = match decide::invite(id, organisation.id, &invitee, &held, before.as_ref()) {
            Ok(event) => event,
            Err(refusal) => return Err(taken(app, asking, refusal).await?),
        };
        must_be_proven_to_give(app, asking, &invitee.groups, &[])?;
        let head = organisation.head();
        must_be_few(app, &invitee.email, Some(head)).await?;

        save(app, who, asking, id, version, vec![event]).await?;
        present(app, asking, organisation.head()).await
    }
}

#[async_trait]
impl UseCase for Resend {
    /// Another link; the one before is void from when it is made.
    async fn answer(self, app: &App, who: &Caller) -> Result<PeopleOf, Error> {
        let asking = who.person()?;
        let own = Reach::of(app, asking)?
            .account(app, self.account_id)
            .await?;
        if is_done(app, who).await? {
            return present(app, asking, own.organisation.head()).await;
        }
        let event = decide::renew(&own.account)?;
        must_be_few(app, &own.account.email, None).await?;
        app.people.end_code(own.account.id).await?;
        save(app, who, asking, self.account_id, own.version, vec![event]).await?;
        present(app, asking, own.organisation.head()).await
    }
}

#[async_trait]
impl UseCase for ShowLink {
    /// A link to be handed over by hand. Only where no mail leaves, as in the demo court: with
    /// mail, nobody but its person ever has a link.
    async fn answer(self, app: &App, who: &Caller) -> Result<Link, Error> {
        let asking = who.person()?;
        let own = Reach::of(app, asking)?
            .account(app, self.account_id)
            .await?;
        if app.mailer.is_set_up() {
            return Err(Problem::new(
                Code::Refused,
                "Links are sent by e-mail and shown to nobody.",
                "Send it again; it arrives within a minute.",
            )
            .into());
        }
        let event = decide::renew(&own.account)?;
        save(app, who, asking, self.account_id, own.version, vec![event]).await?;
        link::make(app, &own.account).await
    }
}

#[async_trait]
impl UseCase for ChangeRoles {
    /// A mover: other roles, another office, or both.
    async fn answer(self, app: &App, who: &Caller) -> Result<PeopleOf, Error> {
        let asking = who.person()?;
        let reach = Reach::of(app, asking)?;
        let own = reach.account(app, self.account_id).await?;
        let to = reach.organisation(app, self.organisation_id).await?;

        let held = reach.gives(app, to.kind, &own.account.groups);
        let by = asking.account.id;
        // Only of somebody's own roles does it matter.
        let alone = by == own.account.id && is_alone(app, asking, None).await?;
        let by = (by, alone);
        let roles = decide::change_roles(&own.account, by, &self.role, &self.groups, &held)?;
        must_be_proven_to_give(app, asking, &self.groups, &own.account.groups)?;
        let moved = decide::move_to(&own.account, &own.organisation, &to)?;
        let is_moved = moved.is_some();
        let events: Vec<AccountEvent> = roles.into_iter().chain(moved).collect();

        if !events.is_empty() {
            let mut streams = vec![to_stream(self.account_id.0, own.version, events)];
            if is_moved {
                streams.extend(both_sides::arising(app, &own.account, &to, None).await?);
            }
            let moment = asking.moment(app.chance.now());
            record(app, who.command, moment, streams, serde_json::Value::Null).await?;
        }
        if is_moved {
            // Open windows hear what concerns their office: they must connect anew.
            app.work.end_sessions(self.account_id).await?;
        }
        present(app, asking, own.organisation.head()).await
    }
}

#[async_trait]
impl UseCase for Suspend {
    /// Nothing is deleted; nobody signs in with it.
    async fn answer(self, app: &App, who: &Caller) -> Result<PeopleOf, Error> {
        let asking = who.person()?;
        let reach = Reach::of(app, asking)?;
        let own = reach.account(app, self.account_id).await?;
        if is_done(app, who).await? {
            return present(app, asking, own.organisation.head()).await;
        }
        let event = decide::suspend(&own.account, asking.account.id, reach == Reach::All)?;
        save(app, who, asking, self.account_id, own.version, vec![event]).await?;
        app.work.end_sessions(self.account_id).await?;
        present(app, asking, own.organisation.head()).await
    }
}

#[async_trait]
impl UseCase for Reactivate {
    /// With the password and the roles that it had.
    async fn answer(self, app: &App, who: &Caller) -> Result<PeopleOf, Error> {
        let asking = who.person()?;
        let reach = Reach::of(app, asking)?;
        let own = reach.account(app, self.account_id).await?;
        if is_done(app, who).await? {
            return present(app, asking, own.organisation.head()).await;
        }
        let event = decide::reactivate(&own.account, reach == Reach::All)?;
        // While they were away the firm may have gone on record, and they were not asked about.
        let mut streams = vec![to_stream(self.account_id.0, own.version, vec![event])];
        let away = both_sides::away_since(app, self.account_id, own.version).await?;
        let office = &own.organisation;
        streams.extend(both_sides::arising(app, &own.account, office, away).await?);
        let moment = asking.moment(app.chance.now());
        record(app, who.command, moment, streams, serde_json::Value::Null).await?;
        app.people
            .note_use(self.account_id, app.chance.now())
            .await?;
        present(app, asking, own.organisation.head()).await
    }
}

#[async_trait]
impl UseCase for Leave {
    /// A leaver: one action ends the sessions, the account and any link, access that they were
    /// given themselves and amendments that they hold, tells the colleague who takes over, gives
    /// them the roles that they lack for it if that is asked for, and lists what needs a new
    /// owner.
    async fn answer(self, app: &App, who: &Caller) -> Result<Left, Error> {
        let asking = who.person()?;
        let reach = Reach::of(app, asking)?;
        let own = reach.account(app, self.account_id).await?;
        let head = own.organisation.head();
        if is_done(app, who).await? {
            let taken_over = own.account.life.handed_to;
            let people = present(app, asking, head).await?;
            let named = |id| people.people.iter().find(|row| Some(row.account_id) == id);
            return Ok(Left {
                handed_to: named(taken_over).map(|row| row.name.clone()),
                roles: Vec::new(),
                needs_owner: Vec::new(),
                people,
            });
        }
        let colleague = match self.colleague {
            Some(id) => Some(reach.account(app, id).await?),
            None => None,
        };
        let colleague = colleague.filter(|other| other.organisation.head() == head);
        if self.colleague.is_some() && colleague.is_none() {
            return Err(Problem::not_found().into());
        }
        let in_hand = leaving::in_hand(app, &own.account).await?;

        let heir = colleague.as_ref().map(|other| &other.account);
        let event = decide::leave(&own.account, asking.account.id, heir)?;
        let given = match colleague.as_ref().filter(|_| self.with_roles) {
            Some(heir) => taken_over(app, asking, &own.account, heir).await?,
            None => None,
        };
        // What nobody can open is what nobody can open afterwards.
        let now = app.chance.now();
        let heir = heir.map(|heir| match &given {
            Some(event) => heir.clone().after(event, now),
            None => heir.clone(),
        });
        let (account, organisation) = (&own.account, &own.organisation);
        let needs_owner =
            person::needs_owner(app, asking, account, organisation, heir.as_ref()).await?;

        let mut streams = vec![to_stream(self.account_id.0, own.version, vec![event])];
        let mut roles = Vec::new();
        if let (Some(heir), Some(event)) = (&colleague, given) {
            let held = app.catalogue.people.held(heir.organisation.kind);
            roles = decide::lacks(&own.account, &heir.account, &held);
            streams.push(to_stream(heir.account.id.0, heir.version, vec![event]));
        }
        streams.extend(in_hand.ends(asking, &own.account)?);
        let moment = asking.moment(now);
        record(app, who.command, moment, streams, serde_json::Value::Null).await?;
        in_hand.released(app, asking).await;
        app.work.end_sessions(self.account_id).await?;
        app.people.end_code(self.account_id).await?;
        Ok(Left {
            people: present(app, asking, head).await?,
            handed_to: colleague.map(|own| own.account.name),
            roles,
            needs_owner,
        })
    }
}

/// What a colleague is given with a leaver's work, if they lack something. Whoever leaves gives
/// nobody a role any more: whoever stays may be alone in administering, and give it themselves.
async fn taken_over(
    app: &App,
    asking: &SignedIn,
    leaver: &Account,
    heir: &Standing,
) -> Result<Option<AccountEvent>, Error> {
    let held = app.catalogue.people.held(heir.organisation.kind);
    let by = asking.account.id;
    let alone = by == heir.account.id && is_alone(app, asking, Some(leaver.id)).await?;
    Ok(decide::take_over(
        leaver,
        &heir.account,
        (by, alone),
        &held,
    )?)
}

/// Whether this very command was recorded before and its answer was lost: then nothing is
/// decided again, and the people are shown as they are.
pub(super) async fn is_done(app: &App, who: &Caller) -> Result<bool, Error> {
    Ok(app.ledger.answered(who.command).await?.is_some())
}

/// The refusal; one that tells that an address has an account is given only so often.
async fn taken(app: &App, asking: &SignedIn, refusal: Refusal) -> Result<Error, Error> {
    if refusal.code != "address_taken" {
        return Ok(refusal.into());
    }
    let limit = TryLimit {
        name: token_hash(&format!("invites taken {}", asking.account.id)),
        most: TAKEN,
        window_seconds: DAY,
    };
    if app.work.admit_try(&[limit], app.chance.now()).await? {
        return Ok(refusal.into());
    }
    Ok(Problem::new(
        Code::TooManyTries,
        "Too many addresses were tried that cannot be invited.",
        "Try again tomorrow, or ask the service centre.",
    )
    .into())
}

/// Counts a letter with a link: by the address, and where somebody is invited by the organisation.
async fn must_be_few(
    app: &App,
    email: &str,
    inviting: Option<OrganisationId>,
) -> Result<(), Error> {
    let limit = |what: String, most| TryLimit {
        name: token_hash(&what),
        most,
        window_seconds: DAY,
    };
    let mut limits = vec![limit(format!("links sent to {email}"), LETTERS)];
    limits.extend(inviting.map(|head| limit(format!("invitations of {head}"), INVITED)));
    if app.work.admit_try(&limits, app.chance.now()).await? {
        return Ok(());
    }
    Err(Problem::new(
        Code::TooManyTries,
        "Too many letters were sent today: to this address, or to people of this organisation.",
        "Try again tomorrow, or ask the service centre.",
    )
    .into())
}

pub(super) async fn save(
    app: &App,
    who: &Caller,
    asking: &SignedIn,
    account: AccountId,
    version: u64,
    events: Vec<AccountEvent>,
) -> Result<(), Error> {
    let moment = asking.moment(app.chance.now());
    let streams = vec![to_stream(account.0, version, events)];
    record(app, who.command, moment, streams, serde_json::Value::Null)
        .await
        .map(|_| ())
}
