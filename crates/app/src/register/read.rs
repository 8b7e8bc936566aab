//! What a prison's system reads: the registers of a defendant whom it holds, or
//! to whom a result sends them. Every reading is recorded.

use crate::{
    App, Error,
    account::Sender,
    ports::{Append, Expected, StreamAppend},
};
use contract::{Code, Problem};
use domain::{
    Event, Moment, Stream, StreamKind,
    account::Organisation,
    register::{RegisterEntry, RegisterEvent},
};
use uuid::Uuid;
use vocabulary::{CommandId, Instant, OrganisationKind, fold_name};

/// What was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The prison that reads.
    pub prison: Organisation,
    /// Its registers, oldest first, each with when it was made.
    pub entries: Vec<(Instant, RegisterEntry)>,
    /// When results were shared that call for none of this prison's any more: the last one
    /// stands no longer.
    pub ended: Option<Instant>,
}

/// The registers of a defendant at a hearing; none, if none was called for.
///
/// # Errors
/// `not_permitted` to whoever is no prison; `not_found`, if there is no such
/// case, hearing or defendant, or it is another prison's.
pub async fn read(
    app: &App,
    by: &Sender,
    case_urn: &str,
    hearing: Uuid,
    defendant: Uuid,
) -> Result<Reading, Error> {
    let prison = prison_of(app, by).await?;

    let register = app.ledger.register(hearing).await?;
    let register = register.ok_or_else(Problem::not_found)?;
    let known = register
        .of(case_urn, defendant)
        .ok_or_else(Problem::not_found)?;
    let called_for = !known.is_empty();
    let name = fold_name(&prison.name);
    let entries: Vec<(Instant, RegisterEntry)> = register
        .entries
        .iter()
        .filter(|(_, entry)| known.contains(&entry))
        .filter(|(_, entry)| entry.sheet.prisons.iter().any(|own| fold_name(own) == name))
        .cloned()
        .collect();
    let ended = register.ended(|entry| {
        known.contains(&entry) && entry.sheet.prisons.iter().any(|own| fold_name(own) == name)
    });
    if called_for && entries.is_empty() {
        return Err(Problem::not_found().into());
    }

    app.ledger
        .append_soon(Append {
            command: CommandId(app.chance.id()),
            moment: Moment {
                at: app.chance.now(),
                by: by.actor(),
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Register, hearing),
                expected: Expected::Any,
                key: hearing,
                events: vec![Event::Register(RegisterEvent::RegisterRead {
                    case_urn: case_urn.to_owned(),
                    defendant,
                })],
            }],
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(Reading {
        prison,
        entries,
        ended,
    })
}

/// The prison whose OU code the credential is bound to.
async fn prison_of(app: &App, by: &Sender) -> Result<Organisation, Error> {
    let organisations = app.index.organisations().await?;
    let prison = organisations.into_iter().find(|one| {
        one.kind == OrganisationKind::Prison
            && one
                .ou_code
                .as_deref()
                .is_some_and(|code| code.eq_ignore_ascii_case(&by.ou_code))
    });
    prison.ok_or_else(|| {
        Problem::new(
            Code::NotPermitted,
            "Only a prison's system may read the prison court register.",
            "Use a credential that was issued for the prison's OU code.",
        )
        .into()
    })
}
