//! The queue in which HMCTS staff decide on registrations. Validated, the organisation joins
//! and its accountable person is invited, in one transaction; refused, it is told why.

use super::{
    Reach, account_id, change::is_done, heads_with_contract, link, record, said, to_stream,
    version_of,
};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    legal_aid::awaited,
    ports::{KeptRegistration, StreamAppend},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    organisation::{Link, Queue, Refuse, Registrations, Validate, Waiting},
};
use domain::account::{
    Account, AccountEvent, Organisation, Standing,
    decide::{Invitee, invite},
    registration,
};
use vocabulary::{OrganisationId, OrganisationKind, fold_name};

/// The most in a view.
const MOST: i64 = 100;

#[async_trait]
impl UseCase for Queue {
    /// What waits, oldest first, with what somebody should look at.
    async fn answer(self, app: &App, who: &Caller) -> Result<Registrations, Error> {
        must(app, who.person()?)?;
        present(app, None).await
    }
}

#[async_trait]
impl UseCase for Validate {
    /// Lets it in.
    async fn answer(self, app: &App, who: &Caller) -> Result<Registrations, Error> {
        let person = who.person()?;
        must(app, person)?;

        if is_done(app, who).await? {
            return present(app, None).await;
        }
        let (kept, version) = load(app, self.organisation_id).await?;

        let registration = kept.registration;
        registration.must_wait()?;
        let said = &registration.said;
        let known = app.index.organisations().await?;
        if let Some(same) = same_name(&known, &said.name) {
            return Err(Problem::new(
                Code::Refused,
                format!("There is an organisation named {} already.", same.name),
                "Refuse this registration and say so, or have the other one renamed.",
            )
            .into());
        }
        let office_of = said.profile.office_of;
        if let Some(same) = same_code(&known, said.ou_code.as_deref(), office_of) {
            return Err(Problem::new(
                Code::Refused,
                format!("{} has this OU code already.", same.name),
                "Refuse this registration and say so, or have the code put right.",
            )
            .into());
        }
        let head = known
            .iter()
            .find(|own| Some(own.id) == said.profile.office_of);
        let organisation = said.organisation(registration.id).asking_as(head);
        let events = vec![AccountEvent::OrganisationAdded(organisation.clone())];
        let mut streams = vec![to_stream(organisation.id.0, version, events)];
        let office = said.profile.office_of.is_some();
        let mut invited = None;
        if !office {
            let (stream, account) = first_person(app, &organisation, said).await?;
            streams.push(stream);
            invited = Some(account);
        }
        // Orders that waited for it put it on record in the same moment.
        streams.extend(awaited::given_to(app, std::slice::from_ref(&organisation)).await?);

        let moment = person.moment(app.chance.now());
        record(app, who.command, moment, streams, serde_json::Value::Null).await?;

        let link = match invited {
            Some(account) if !app.mailer.is_set_up() => Some(link::make(app, &account).await?),
            _ => None,
        };
        present(app, link).await
    }
}

#[async_trait]
impl UseCase for Refuse {
    /// Does not, and says why.
    async fn answer(self, app: &App, who: &Caller) -> Result<Registrations, Error> {
        let person = who.person()?;
        must(app, person)?;

        if is_done(app, who).await? {
            return present(app, None).await;
        }
        let (kept, version) = load(app, self.organisation_id).await?;

        kept.registration.must_wait()?;
        let event = AccountEvent::RegistrationRefused {
            organisation: kept.registration.id,
            reason: registration::reason(&self.reason)?,
        };

        let streams = vec![to_stream(self.organisation_id.0, version, vec![event])];
        let moment = person.moment(app.chance.now());
        record(app, who.command, moment, streams, serde_json::Value::Null).await?;
        present(app, None).await
    }
}

fn must(app: &App, person: &SignedIn) -> Result<(), Error> {
    let facts = Facts::default();
    relation::must(app, person, Action::ValidateOrganisations, &facts).map(|_| ())
}

async fn load(app: &App, id: OrganisationId) -> Result<(KeptRegistration, u64), Error> {
    let version = version_of(app, id.0).await?;
    let kept = app.people.registration(id).await?;
    Ok((kept.ok_or_else(Problem::not_found)?, version))
}

/// The invitation of the accountable person, who administers the organisation.
async fn first_person(
    app: &App,
    organisation: &Organisation,
    said: &registration::Application,
) -> Result<(StreamAppend, Account), Error> {
    let who = &said.accountable;
    let rules = &app.catalogue.people;
    let invitee = Invitee {
        email: who.email.clone(),
        name: who.name.clone(),
        role: who.role.clone(),
        groups: rules.first(organisation.kind, said.profile.sole_practitioner),
    };
    let held = rules.held(organisation.kind);
    let before = app.index.account_by_email(&who.email).await?;
    let id = before.map_or(account_id(&who.email), |own| own.id);
    // The version first: what is read after it is no older.
    let version = version_of(app, id.0).await?;
    let before = app.index.account(id).await?;
    let event = invite(id, organisation.id, &invitee, &held, before.as_ref())?;
    let AccountEvent::AccountInvited(account) = &event else {
        return Err(Error::Broken(
            "an invitation that invites nobody".to_owned(),
        ));
    };
    let account = account.clone();
    Ok((to_stream(id.0, version, vec![event]), account))
}

fn same_name<'a>(known: &'a [Organisation], name: &str) -> Option<&'a Organisation> {
    let name = fold_name(name);
    known.iter().find(|own| fold_name(&own.name) == name)
}

/// Another organisation with the same OU code: by it a prosecutor is known. An office may
/// have that of its own organisation.
pub(super) fn same_code<'a>(
    known: &'a [Organisation],
    code: Option<&str>,
    office_of: Option<OrganisationId>,
) -> Option<&'a Organisation> {
    let code = code?;
    known
        .iter()
        .find(|own| own.ou_code.as_deref() == Some(code) && Some(own.head()) != office_of)
}

async fn present(app: &App, link: Option<Link>) -> Result<Registrations, Error> {
    let kept = app.people.registrations_waiting(MOST).await?;
    let known = app.index.organisations().await?;
    let mut items = Vec::with_capacity(kept.len());
    for one in &kept {
        let said = &one.registration.said;
        let mut kind = super::kind_in_words(said.kind).to_owned();
        if let Some(head) = said.profile.office_of {
            let head = known.iter().find(|own| own.id == head);
            let head = head.map_or("an organisation", |own| &own.name);
            kind = format!("Another office of {head}");
        }
        items.push(Waiting {
            organisation_id: one.registration.id,
            name: said.name.clone(),
            kind,
            at: one.at,
            said: said::in_words(said),
            warnings: warnings(app, &known, &kept, one).await?,
        });
    }
    Ok(Registrations {
        items,
        total: app.people.count_waiting().await?,
        link,
    })
}

/// What somebody should look at: only staff read it.
async fn warnings(
    app: &App,
    known: &[Organisation],
    waiting: &[KeptRegistration],
    one: &KeptRegistration,
) -> Result<Vec<String>, Error> {
    let said = &one.registration.said;
    let mut warnings = Vec::new();
    if let Some(same) = same_name(known, &said.name) {
        warnings.push(format!("{} is here already, under that name.", same.name));
    }
    let name = fold_name(&said.name);
    let twice = waiting.iter().any(|other| {
        other.registration.id != one.registration.id
            && fold_name(&other.registration.said.name) == name
    });
    if twice {
        warnings.push("Another registration in this queue has the same name.".to_owned());
    }
    if let Some(code) = &said.ou_code
        && let Some(same) = known.iter().find(|own| own.ou_code.as_ref() == Some(code))
    {
        warnings.push(format!("{} has the OU code {code} already.", same.name));
    }
    for contract in &said.profile.laa_contracts {
        let mut others = heads_with_contract(known, contract);
        others.retain(|own| Some(own.id) != said.profile.office_of);
        warnings.extend(others.iter().map(|own| {
            format!(
                "{} has the LAA account number {contract} already: no representation order goes \
                 to this one by it.",
                own.name
            )
        }));
        if waiting.iter().any(|other| {
            other.registration.id != one.registration.id
                && other
                    .registration
                    .said
                    .profile
                    .laa_contracts
                    .contains(contract)
        }) {
            warnings.push(format!(
                "Another registration in this queue has the LAA account number {contract}: the \
                 first that you validate gets what waits for it."
            ));
        }
    }
    let would_be = said.organisation(one.registration.id);
    let orders = awaited::count_given_to(app, &would_be).await?;
    if orders > 0 {
        warnings.push(format!(
            "Representation orders wait for this account number: {orders}. Validated, the firm is \
             on record by them at once. Make sure that the number is its own."
        ));
    }
    if said.kind == OrganisationKind::Prosecutor
        && let Some(code) = &said.ou_code
        && !app
            .catalogue
            .prosecutors
            .iter()
            .any(|own| own.ou_code.as_ref() == Some(code))
    {
        warnings.push(format!(
            "{code} is no OU code of the published list of prosecutors."
        ));
    }
    if said.profile.office_of.is_none()
        && let Some(account) = app.index.account_by_email(&said.accountable.email).await?
    {
        if account.life.standing != Standing::Left {
            let other = Reach::All.organisation(app, account.organisation).await?;
            warnings.push(format!(
                "The accountable person's address has an account at {}.",
                other.name
            ));
        }
        if account.life.by_service {
            warnings.push("HMCTS staff suspended the accountable person before.".to_owned());
        }
    }
    let host = |email: &str| email.rsplit('@').next().unwrap_or_default().to_owned();
    if host(&said.email) != host(&said.accountable.email) {
        warnings.push("The accountable person's address is not of the office's domain.".to_owned());
    }
    Ok(warnings)
}
