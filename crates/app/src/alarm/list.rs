//! The alarms of the person's court.

use super::{
    days,
    present::{mark, veiled},
};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::veil::{CasesOf, Shown},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    alarm::{AlarmItem, Alarms, List},
};

/// The most alarms in a view.
const MOST: i64 = 200;

#[async_trait]
impl UseCase for List {
    /// Urgent ones first, then the oldest: the first of them, and how many there are in all.
    async fn answer(self, app: &App, who: &Caller) -> Result<Alarms, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ViewAlarms, &Facts::default())?;
        of_court(app, person).await
    }
}

pub(super) async fn of_court(app: &App, person: &SignedIn) -> Result<Alarms, Error> {
    let court = person.organisation.court.as_ref();
    let court = court.ok_or_else(Problem::not_found)?;
    let now = app.chance.now();
    let found = app.index.alarms_of(court.id, now, MOST).await?;
    let mut ids: Vec<_> = found.first.iter().map(|row| row.document_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let documents = app.ledger.documents(&ids).await?;
    let cases = CasesOf::documents(app, &documents).await?;

    let mut items = Vec::new();
    for row in found.first {
        let document = documents.iter().find(|d| d.id == row.document_id);
        let Some(document) = document else { continue };
        let delivery = document.delivery(row.delivery_id);
        let (Ok(case), Some(delivery)) = (cases.first(document), delivery) else {
            continue;
        };
        let defendant = case.defendant(document.defendant_id);
        let Some(alarm) = mark(document, delivery, person, now) else {
            continue;
        };
        let item = AlarmItem {
            delivery_id: delivery.request.id,
            document_id: document.id,
            name: document.name.clone(),
            hearing_id: document.hearing_id,
            defendant: defendant
                .map(|d| d.charged.party.name())
                .unwrap_or_default(),
            case: case.urn.clone(),
            recipient: delivery.request.name.clone(),
            urgent: delivery.request.limits.urgent,
            alarm,
        };
        let item = match cases.over(app, person, document) {
            Shown::Whole => item,
            Shown::Reference => veiled(item),
            Shown::Nothing => continue,
        };
        items.push(item);
    }
    items.sort_by_key(|item| (!item.urgent, item.alarm.since));
    Ok(Alarms {
        unowned: found.unowned,
        total: found.total,
        items,
        days: days::of_court(app, person, court.id, now).await?,
    })
}
