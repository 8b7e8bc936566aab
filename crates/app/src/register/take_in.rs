//! Takes in the results of a hearing and records the registers they call for.

use crate::{
    App, Error,
    account::Sender,
    ports::{Append, Expected, StreamAppend},
};
use contract::{Code, Problem};
use domain::{
    Event, Moment, Stream, StreamKind,
    register::{
        HearingResulted, PublishedSubscription, RegisterEntry, RegisterEvent, Registers,
        registers_called_for,
    },
};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use vocabulary::{CommandId, HearingId, OrganisationKind};

/// The namespace of command ids that follow from what was sent.
const REGISTERS: Uuid = Uuid::from_u128(0x7c41_0b8e_5d2f_4a93_9e60_1f5a_c3d8_26b7);

/// What the results of a hearing came to.
#[derive(Debug, Clone)]
pub struct TakenIn {
    /// The registers.
    pub registers: Registers,
    /// Whether the same was recorded before.
    pub repeated: bool,
}

/// Takes in the results of a hearing. Whoever calls has made sure that the body
/// fits its schema. Without subscriptions of the sender, ours apply.
///
/// # Errors
/// `not_permitted`, if the credential is not bound to the court that sat.
pub async fn take_in(
    app: &App,
    by: &Sender,
    body: &[u8],
    event: &HearingResulted,
    subscriptions: Option<&[PublishedSubscription]>,
) -> Result<TakenIn, Error> {
    let same = event
        .court_code()
        .is_some_and(|code| code.eq_ignore_ascii_case(&by.ou_code));
    if !same || !is_of_a_court(app, by).await? {
        return Err(not_its_court().into());
    }

    must_not_be_kept_here(app, by, event.hearing_id()).await?;

    let own;
    let subscriptions = match subscriptions {
        Some(given) => given,
        None => {
            own = subscriptions_of(app);
            &own
        }
    };
    let registers = registers_called_for(event, subscriptions);

    let hearing = event.hearing_id();
    let known = app.ledger.register(hearing).await?;
    let before_any = known.is_none();
    let before = known.as_ref().map_or(0, |known| known.entries.len());
    if let Some(known) = known {
        must_have_sat(by, known.court.as_deref())?;
        // What is delivered again calls for nothing new, however it is written. What is
        // put back to what it was does: the latest counts.
        let is_known = |new: &RegisterEntry| {
            let latest = known.entries.iter().rev().map(|(_, old)| old);
            latest
                .into_iter()
                .find(|old| old.is_of_the_same(new))
                .is_some_and(|old| old == new)
        };
        let nobody_new = registers
            .not_called_for
            .iter()
            .all(|one| known.without.contains(one));
        if registers.called_for.iter().all(is_known) && nobody_new {
            return Ok(TakenIn {
                registers,
                repeated: true,
            });
        }
    }
    let sha256 = hex::encode(Sha256::digest(body));
    let appended = app
        .ledger
        .append(Append {
            command: CommandId::derived(&REGISTERS, &format!("{hearing}:{before}:{sha256}")),
            moment: Moment {
                at: app.chance.now(),
                by: by.actor(),
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Register, hearing),
                expected: if before_any {
                    Expected::New
                } else {
                    Expected::Any
                },
                key: hearing,
                events: vec![Event::Register(RegisterEvent::HearingRegistered {
                    hearing_id: hearing,
                    court: Some(by.ou_code.clone()),
                    sha256,
                    entries: registers.called_for.clone(),
                    without: registers.not_called_for.clone(),
                    untouched: Vec::new(),
                })],
            }],
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(TakenIn {
        registers,
        repeated: appended.repeated,
    })
}

/// Whether the registers of a hearing are made, for the court that asks.
///
/// # Errors
/// `not_permitted`, if the credential is no court's.
pub async fn is_registered(app: &App, by: &Sender, hearing: Uuid) -> Result<bool, Error> {
    if !is_of_a_court(app, by).await? {
        return Err(not_its_court().into());
    }
    match app.ledger.register(hearing).await? {
        Some(known) => {
            must_have_sat(by, known.court.as_deref())?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// Another court adds nothing to the registers of a hearing, and is told nothing of it.
fn must_have_sat(by: &Sender, court: Option<&str>) -> Result<(), Error> {
    if court.is_none_or(|court| court.eq_ignore_ascii_case(&by.ou_code)) {
        Ok(())
    } else {
        Err(not_its_court().into())
    }
}

/// A hearing of a court that works here is resulted here: what is shared in its court room
/// counts, and nothing is brought in beside it. Another court is told nothing of it.
async fn must_not_be_kept_here(app: &App, by: &Sender, hearing: Uuid) -> Result<(), Error> {
    let Some(kept) = app.ledger.hearing(HearingId(hearing)).await? else {
        return Ok(());
    };
    let organisations = app.index.organisations().await?;
    let mut courts = organisations.iter();
    let court = courts.find(|own| own.court.as_ref().is_some_and(|c| c.id == kept.court_id));
    let code = court.and_then(|court| court.ou_code.as_deref());
    must_have_sat(by, Some(code.unwrap_or_default()))?;
    Err(Problem::new(
        Code::Refused,
        "This hearing is kept here: its results are shared in its court room.",
        "Share or amend its results there. The prison reads them at the same address.",
    )
    .because("Nothing was recorded.")
    .into())
}

/// Courts have codes with B (magistrates) or C (Crown) in front; the code of
/// another organisation is no court's, whatever it begins with.
async fn is_of_a_court(app: &App, by: &Sender) -> Result<bool, Error> {
    let of_another = app.index.organisations().await?.iter().any(|one| {
        one.kind != OrganisationKind::Court
            && one
                .ou_code
                .as_deref()
                .is_some_and(|code| code.eq_ignore_ascii_case(&by.ou_code))
    });
    Ok(by.ou_code.starts_with(['B', 'C']) && !of_another)
}

fn not_its_court() -> Problem {
    Problem::new(
        Code::NotPermitted,
        "The credential is not bound to the court that sat.",
        "Use a credential that was issued for the OU code in hearing.courtCentre.code.",
    )
    .because("Nothing was recorded.")
}

/// The subscriptions of our own table.
pub(super) fn subscriptions_of(app: &App) -> Vec<PublishedSubscription> {
    app.catalogue
        .subscriptions
        .iter()
        .filter(|one| one.for_prison_register)
        .map(|one| {
            PublishedSubscription::with_conditions(one.vocabulary.iter().map(String::as_str))
        })
        .collect()
}
