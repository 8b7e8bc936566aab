//! A firm on record instructs counsel: the chambers, and the barrister if it is one
//! whose address was given. Their clerks give it to others of their own.

use super::{
    both_sides::{Side, read_for},
    named, record, seen, somebody,
};
use crate::{App, Caller, Error, UseCase, relation};
use access::Action;
use async_trait::async_trait;
use contract::defence::{Done, EndInstruction, Granted, Instruct};
use contract::{Code, Problem};
use domain::case::{Case, CaseEvent, Granting, end_instruction, grant, instruct};
use std::sync::Arc;
use vocabulary::{CaseId, DefendantId, Group, OrganisationKind};

#[async_trait]
impl UseCase for Instruct {
    /// Instructs chambers by the address of somebody there.
    async fn answer(self, app: &App, who: &Caller) -> Result<Granted, Error> {
        let (case, wish) = instructing(app, who, self.case_id, self.defendant_id).await?;
        let wish = Granting {
            confirmed: self.confirmed,
            ..wish
        };
        let groups = [Group::Advocates, Group::ChambersClerk, Group::ChambersAdmin];
        let (counsel, own) = somebody(app, who.person()?, &self.email, &groups).await?;
        let organisation = app.index.organisation(counsel.organisation).await?;
        if organisation.is_none_or(|o| o.kind != OrganisationKind::Chambers) {
            return Err(Problem::new(
                Code::Refused,
                "That is nobody of barristers' chambers.",
                "Give them access instead.",
            )
            .into());
        }

        let chambers = (counsel.organisation, counsel.organisation_name.as_str());
        let known = case.instructed(chambers.0, Some(self.defendant_id));
        let mut events = if known && own.contains(&Group::Advocates) {
            Vec::new()
        } else {
            instruct(&case, &wish, chambers, self.on)?
        };
        if own.contains(&Group::Advocates) {
            let cases = std::iter::once(&*case);
            let read = read_for(app, Side::Prosecution, counsel.account, cases).await?;
            let wish = Granting {
                read_other_side: read.contains(&case.id),
                ..wish
            };
            let granting = grant(&case, &wish, &counsel, None)?;
            // What was shown is recorded once.
            events.retain(|event| !matches!(event, CaseEvent::ConflictConfirmed { .. }));
            events.extend(granting);
        }

        let view = Granted {
            name: counsel.name,
            organisation: counsel.organisation_name,
        };
        record(app, who, &case, events, view).await
    }
}

#[async_trait]
impl UseCase for EndInstruction {
    /// Ends it, with the access of everybody of those chambers.
    async fn answer(self, app: &App, who: &Caller) -> Result<Done, Error> {
        let (case, wish) = instructing(app, who, self.case_id, self.defendant_id).await?;

        let events = end_instruction(&case, &wish, self.organisation_id)?;

        record(app, who, &case, events, Done {}).await
    }
}

/// The case, for somebody who may instruct for this defendant.
async fn instructing(
    app: &App,
    who: &Caller,
    case: CaseId,
    defendant: DefendantId,
) -> Result<(Arc<Case>, Granting), Error> {
    let person = who.person()?;
    let case = seen(app, person, case).await?;
    let facts = relation::to_defendant(person, &case, Some(defendant));
    relation::must_see(app, person, Action::ViewCase, &facts)?;
    relation::must(app, person, Action::InstructCounsel, &facts)?;
    let wish = Granting {
        defendant,
        by: person.organisation.id,
        by_name: person.organisation.name.clone(),
        confirmed: false,
        read_other_side: false,
        seen: named(app, person, &case),
        today: app.chance.now().day(),
    };
    Ok((case, wish))
}
