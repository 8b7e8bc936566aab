//! An organisation registers, before anybody there can sign in. Whether its name or somebody's
//! address is known here already is told to HMCTS staff in the queue and to nobody else: the
//! answer, and the work for it, are the same.

use super::{record, said, to_stream};
use crate::{App, Caller, Error, UseCase, account::token_hash, ports::TryLimit, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    organisation::{
        KindName, Register, RegisterOffice, Registered, RegistrationStatus, Status, Terms,
        TermsOfUse,
    },
};
use domain::{
    Actor, Moment,
    account::{
        AccountEvent, Registration, RegistrationStanding,
        registration::{Accountable, Application},
    },
};
use vocabulary::{OrganisationId, OrganisationKind};

/// Registrations from one address within an hour.
const FROM_ONE_ADDRESS: u64 = 10;
/// Questions of strangers from one address within a quarter of an hour.
const QUESTIONS: u64 = 60;

#[async_trait]
impl UseCase for Terms {
    /// The terms of today.
    async fn answer(self, app: &App, _who: &Caller) -> Result<TermsOfUse, Error> {
        let terms = app.catalogue.people.terms(app.chance.now().day());
        let kinds = OrganisationKind::ALL
            .iter()
            .filter(|kind| **kind != OrganisationKind::Service)
            .map(|kind| KindName {
                kind: *kind,
                name: super::kind_in_words(*kind).to_owned(),
            })
            .collect();
        Ok(TermsOfUse {
            version: terms.version.clone(),
            paragraphs: terms.paragraphs.clone(),
            kinds,
        })
    }
}

#[async_trait]
impl UseCase for Register {
    /// Puts it into the queue, or says all that is wrong with it.
    async fn answer(self, app: &App, who: &Caller) -> Result<Registered, Error> {
        let application = said::application(self.said, None);
        if let Some(wrong) = wrong(app, &application) {
            return Ok(wrong);
        }
        admit(app, who, "registers", FROM_ONE_ADDRESS, 60 * 60).await?;
        let moment = Moment {
            at: app.chance.now(),
            by: Actor::Stranger {
                from: who.from.clone(),
            },
        };
        put(app, who, moment, application).await
    }
}

#[async_trait]
impl UseCase for RegisterOffice {
    /// The same for another office of one's own organisation: HMCTS staff look at it too,
    /// because documents reach an organisation by its name.
    async fn answer(self, app: &App, who: &Caller) -> Result<Registered, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::AdministerAccounts, &Facts::default())?;
        let head = person.organisation.head();
        let mut application = said::application(self.said, Some(head));
        application.kind = person.organisation.kind;
        application.accountable = Accountable {
            name: person.account.name.clone(),
            email: person.account.email.clone(),
            role: person.account.role.clone(),
        };
        application.profile.sole_practitioner = false;
        if let Some(wrong) = wrong(app, &application) {
            return Ok(wrong);
        }
        admit(app, who, "registers", FROM_ONE_ADDRESS, 60 * 60).await?;
        put(app, who, person.moment(app.chance.now()), application).await
    }
}

#[async_trait]
impl UseCase for Status {
    /// What became of it, for whoever has the reference.
    async fn answer(self, app: &App, who: &Caller) -> Result<RegistrationStatus, Error> {
        admit(app, who, "asks for a registration", QUESTIONS, 15 * 60).await?;
        let reference = self.reference.trim().to_uppercase();
        let fits = reference.len() <= 40 && !reference.contains('\0');
        let found = match fits {
            true => app.people.registration_by_reference(&reference).await?,
            false => None,
        };
        let kept = found.ok_or_else(|| {
            Problem::new(
                Code::NotFound,
                "There is no registration with that reference.",
                "Check the reference that you were given when you registered.",
            )
        })?;
        let registration = kept.registration;
        let (standing, text) = match registration.standing {
            RegistrationStanding::Waiting => (
                "waiting",
                "HMCTS staff have not decided on it yet.".to_owned(),
            ),
            RegistrationStanding::Validated => (
                "validated",
                // Where no mail leaves, the link was shown to whoever validated it.
                if app.mailer.is_set_up() {
                    "It was validated. The accountable person was sent a link to activate their \
                     account."
                } else {
                    "It was validated. The accountable person gets a link to activate their account \
                     from HMCTS staff: no mail leaves this server."
                }
                .to_owned(),
            ),
            RegistrationStanding::Refused { reason } => {
                ("refused", format!("It was refused: {reason}"))
            }
        };
        Ok(RegistrationStatus {
            name: registration.said.name,
            at: kept.at,
            standing: standing.to_owned(),
            text,
        })
    }
}

fn wrong(app: &App, application: &Application) -> Option<Registered> {
    let terms = app.catalogue.people.terms(app.chance.now().day());
    let wrong = application.wrong(&terms.version);
    (!wrong.is_empty()).then(|| Registered {
        reference: None,
        wrong: wrong.into_iter().map(said::wrong_field).collect(),
    })
}

async fn put(
    app: &App,
    who: &Caller,
    moment: Moment,
    said: Application,
) -> Result<Registered, Error> {
    let id = OrganisationId(app.chance.id());
    let reference = reference(app);
    let registration = Registration {
        id,
        reference: reference.clone(),
        said,
        standing: RegistrationStanding::Waiting,
    };
    let events = vec![AccountEvent::OrganisationRegistered(registration)];
    let answer = serde_json::to_value(Registered {
        reference: Some(reference),
        wrong: Vec::new(),
    })?;
    let streams = vec![to_stream(id.0, 0, events)];
    let answer = record(app, who.command, moment, streams, answer).await?;
    Ok(serde_json::from_value(answer)?)
}

/// A reference that nobody guesses: eighty bits.
fn reference(app: &App) -> String {
    let secret = super::link::letters(app, 16);
    format!("R-{secret}")
}

/// Lets a stranger try, unless they have too often.
pub(crate) async fn admit(
    app: &App,
    who: &Caller,
    what: &str,
    most: u64,
    window_seconds: i64,
) -> Result<(), Error> {
    let limit = TryLimit {
        name: token_hash(&format!("{what} {}", who.address)),
        most,
        window_seconds,
    };
    if app.work.admit_try(&[limit], app.chance.now()).await? {
        return Ok(());
    }
    Err(Problem::new(
        Code::TooManyTries,
        "There were too many tries from where you are.",
        "Wait an hour, then try again.",
    )
    .into())
}
