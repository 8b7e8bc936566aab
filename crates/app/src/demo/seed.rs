//! Seeding: organisations, then people, then cases. A court to look around in is
//! made case by case, so that the same day makes the same record in the same order;
//! one to measure with, many cases at once. Seeding again does nothing twice; seeding
//! again for another day adds only cases whose references are free.

use super::{
    court, handed_on,
    moment::{DEMO, told},
    people, stage,
    story::{PATH_URN, Stage, Story, story},
    submission,
};
use crate::{
    App, Error,
    intake::{Arrival, Knowledge, Room, case_id, take_in},
    ports::{Append, Expected, Fault, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    account::{AccountEvent, Machine},
};
use futures::{StreamExt, TryStreamExt, stream};
use uuid::Uuid;
use vocabulary::{CaseId, CommandId, Day, Instant, MachineId, SubmissionId, SubmissionStatus, Urn};

/// How many cases of a large court are on their way at once: enough to fill a batch of
/// the appender. Which of them is recorded first is then chance.
const AT_ONCE: usize = 128;
/// The largest court that is made case by case. The order of the record is the order in
/// which notices and messages are listed.
const CASE_BY_CASE: usize = 1_000;
/// How long before the day of seeding the court opened.
const OPENED_DAYS_AGO: i64 = 180;

/// What to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeedOptions {
    /// The day on which it is today.
    pub today: Day,
    /// How many cases.
    pub cases: usize,
    /// Another seed makes another court.
    pub seed: u64,
}

impl SeedOptions {
    /// Some 40 cases at different stages.
    #[must_use]
    pub const fn on(today: Day) -> Self {
        Self {
            today,
            cases: 40,
            seed: 1,
        }
    }
}

/// What was made, or was there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeded {
    /// Organisations.
    pub organisations: usize,
    /// Accounts.
    pub accounts: usize,
    /// Cases of this seeding.
    pub cases: usize,
    /// Hearings whose results are shared.
    pub shared: usize,
    /// The case of the guided path.
    pub path_urn: &'static str,
}

/// Makes the demo court. Up to a thousand cases, the same options make the same record
/// in the same order; beyond that the same streams, in an order that is chance.
///
/// # Errors
/// If something could not be recorded, or a generated case is refused.
pub async fn seed(app: &App, options: &SeedOptions) -> Result<Seeded, Error> {
    let fresh = app.index.organisations().await?.is_empty();
    let opened = options.today.plus_days(-OPENED_DAYS_AGO).at(9, 0);
    let organisations = open_court(app, opened).await?;
    let accounts = open_accounts(app, opened).await?;

    let known = Knowledge::gather(app).await?;
    let SeedOptions { today, seed, cases } = *options;
    let at_once = if cases > CASE_BY_CASE { AT_ONCE } else { 1 };
    let made: Vec<Option<Stage>> = stream::iter(0..cases)
        .map(|number| {
            let (app, known) = (app.clone(), known.clone());
            async move {
                let story = story(number, seed, today);
                make(&app, &known, &story, seed, today, fresh).await
            }
        })
        .buffered(at_once)
        .try_collect()
        .await?;
    // Once: whatever was left of a seeding that was cut off is the jobs' to do.
    if fresh {
        let stories: Vec<Story> = (0..cases.min(CASE_BY_CASE))
            .map(|number| story(number, seed, today))
            .collect();
        handed_on::hand_on(app, &stories).await?;
    }

    let shared = |stage: &&Stage| matches!(stage, Stage::Shared(_));
    Ok(Seeded {
        organisations,
        accounts,
        cases: made.iter().flatten().count(),
        shared: made.iter().flatten().filter(shared).count(),
        path_urn: PATH_URN,
    })
}

/// One case: taken in, then brought as far as its story goes. None if its
/// reference belongs to a case of another seeding.
async fn make(
    app: &App,
    known: &Knowledge,
    story: &Story,
    seed: u64,
    today: Day,
    fresh: bool,
) -> Result<Option<Stage>, Error> {
    let submission_id =
        SubmissionId::derived(&DEMO, &format!("submission {} {today} {seed}", story.urn));
    let urn = Urn::parse(&story.urn).map_err(|error| Error::Broken(error.to_string()))?;
    let case = case_id(&urn);
    let ours = !fresh && app.ledger.submission(submission_id).await?.is_some();
    if !ours {
        if !fresh && app.ledger.case(case).await?.is_some() {
            return Ok(None);
        }
        submit(app, known, story, seed, submission_id).await?;
    }
    stage::bring_on(app, story, case, today).await?;
    Ok(Some(story.stage))
}

async fn submit(
    app: &App,
    known: &Knowledge,
    story: &Story,
    seed: u64,
    submission_id: SubmissionId,
) -> Result<CaseId, Error> {
    let body = submission::body(story, seed);
    let machine = machine();
    let arrival = Arrival {
        by: Actor::Machine {
            machine: machine.id,
            name: machine.name,
            from: None,
        },
        ou_code: court::PROSECUTOR,
        body: &body,
        submission_id,
        room: Room(story.room),
    };
    let then = told(app, story.received, &format!("intake {}", story.urn));
    let submitted = take_in(&then, known, arrival).await?;
    match (submitted.status, submitted.case_id) {
        (SubmissionStatus::Success | SubmissionStatus::SuccessWithWarnings, Some(case)) => Ok(case),
        (status, _) => {
            let kept = app.ledger.submission(submitted.submission_id).await?;
            let why = kept.map(|kept| kept.errors).unwrap_or_default();
            Err(Error::Broken(format!(
                "the demo case {} is {status}: {why:?}",
                story.urn
            )))
        }
    }
}

/// The system that the demo submissions come from. It has no secret: nobody can
/// use it until one is issued.
fn machine() -> Machine {
    Machine {
        id: MachineId::derived(&DEMO, "machine cps"),
        name: "CPS Ashmere case management".to_owned(),
        ou_code: court::PROSECUTOR.to_owned(),
        active: true,
    }
}

async fn open_court(app: &App, at: Instant) -> Result<usize, Error> {
    let organisations = court::organisations();
    let machine = machine();
    let count = organisations.len();
    let mut events: Vec<(Uuid, AccountEvent)> = organisations
        .into_iter()
        .map(|organisation| {
            (
                organisation.id.0,
                AccountEvent::OrganisationAdded(organisation),
            )
        })
        .collect();
    events.push((machine.id.0, AccountEvent::MachineIssued(machine)));
    record(app, at, "organisations", events).await?;
    Ok(count)
}

async fn open_accounts(app: &App, at: Instant) -> Result<usize, Error> {
    let accounts = people::accounts();
    let events = accounts
        .iter()
        .map(|account| (account.id.0, AccountEvent::AccountOpened(account.clone())))
        .collect();
    record(app, at, "accounts", events).await?;
    if let Some(password) = &app.service.demo_password {
        // They all have the same password, so hashing it once is enough.
        let phc = app.passwords.hash(password)?;
        for account in &accounts {
            app.work.set_password(account.id, &phc).await?;
        }
    }
    Ok(accounts.len())
}

async fn record(
    app: &App,
    at: Instant,
    what: &str,
    events: Vec<(Uuid, AccountEvent)>,
) -> Result<(), Fault> {
    let command = CommandId::derived(&DEMO, what);
    if app.ledger.answered(command).await?.is_some() {
        return Ok(());
    }
    let streams = events
        .into_iter()
        .map(|(id, event)| StreamAppend {
            stream: Stream::new(StreamKind::Account, id),
            expected: Expected::New,
            key: id,
            events: vec![Event::Account(event)],
        })
        .collect();
    app.ledger
        .append(Append {
            command,
            moment: Moment {
                at,
                by: Actor::Service,
            },
            streams,
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(())
}
