//! What became of the deliveries of a day, agency by agency. A court's administrators
//! ask of what their court sent, an agency of what was sent to it. Once a day the server
//! reckons the day before from the ledger alone, keeps that and says where they differ;
//! `deliveries reconcile` does the same at any time and names what differs.

mod due;
mod kept;

pub use due::{due_day, due_days};

use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::{
        present::channel,
        veil::{self, CasesOf, Shown},
    },
    ports::{DeliverySum, Whose},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::delivery::{AgencyFigures, Figures, OutstandingDelivery, Reconcile, Reconciliation};
use domain::account::Organisation;
use vocabulary::{Channel, Day, Instant};

/// The most outstanding deliveries in a view.
const MOST: i64 = 200;

#[async_trait]
impl UseCase for Reconcile {
    /// By agency and channel, with what is outstanding.
    async fn answer(self, app: &App, who: &Caller) -> Result<Reconciliation, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ViewDeliveries, &Facts::default())?;
        let today = app.chance.now().day();
        let day = self.day.unwrap_or(today);
        let (from, to) = of_day(day);
        let whose = match &person.organisation.court {
            Some(court) => Whose::SentBy(court.id),
            None => Whose::SentTo(person.organisation.id),
        };
        let sums = app.index.deliveries_added_up(whose, from, to).await?;
        let organisations = app.index.organisations().await?;
        let agencies = agencies(&sums, &organisations);
        let mut total = Figures::default();
        for agency in &agencies {
            add(&mut total, &agency.figures);
        }
        Ok(Reconciliation {
            day,
            today,
            agencies,
            total,
            outstanding: outstanding(app, person, whose, (from, to)).await?,
            kept: kept::of_day(app, whose, day, &organisations).await?,
            days: kept::days(app, whose).await?,
        })
    }
}

/// The moments between which a day lies.
#[must_use]
pub fn of_day(day: Day) -> (Instant, Instant) {
    (day.at(0, 0), day.plus_days(1).at(0, 0))
}

fn add(total: &mut Figures, one: &Figures) {
    total.requested += one.requested;
    total.delivered += one.delivered;
    total.acknowledged += one.acknowledged;
    total.failed += one.failed;
    total.stopped += one.stopped;
    total.settled += one.settled;
    total.outstanding += one.outstanding;
}

fn agencies(sums: &[DeliverySum], organisations: &[Organisation]) -> Vec<AgencyFigures> {
    let mut agencies: Vec<AgencyFigures> = sums
        .iter()
        .map(|sum| {
            let own = organisations
                .iter()
                .find(|o| Some(o.id) == sum.organisation);
            AgencyFigures {
                organisation_id: sum.organisation,
                name: own.map_or_else(|| others(sum.channel).to_owned(), |o| o.name.clone()),
                channel: channel(sum.channel).to_owned(),
                figures: Figures {
                    requested: sum.requested,
                    delivered: sum.delivered,
                    acknowledged: sum.acknowledged,
                    failed: sum.failed,
                    stopped: sum.stopped,
                    settled: sum.settled,
                    outstanding: sum.outstanding,
                },
            }
        })
        .collect();
    agencies.sort_by(|a, b| {
        (a.organisation_id.is_none(), &a.name, &a.channel).cmp(&(
            b.organisation_id.is_none(),
            &b.name,
            &b.channel,
        ))
    });
    agencies
}

/// What recipients are together that are no organisation of this system.
const fn others(channel: Channel) -> &'static str {
    match channel {
        Channel::FileOnly => "Case files",
        _ => "Defendants and others without an inbox",
    }
}

/// An agency's own are shown to it as they are: they were sent to it to be acted on. Those
/// that a court sent go through the veil.
async fn outstanding(
    app: &App,
    person: &SignedIn,
    whose: Whose,
    (from, to): (Instant, Instant),
) -> Result<Vec<OutstandingDelivery>, Error> {
    let found = app
        .index
        .deliveries_outstanding(whose, from, to, MOST)
        .await?;
    let mut ids: Vec<_> = found.iter().map(|row| row.document_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let documents = app.ledger.documents(&ids).await?;
    let cases = CasesOf::documents(app, &documents).await?;
    Ok(found
        .iter()
        .filter_map(|row| {
            let document = documents.iter().find(|d| d.id == row.document_id)?;
            let case = cases.first(document).ok()?;
            let delivery = document.delivery(row.delivery_id)?;
            let what = delivery.outstanding(document)?;
            let defendant = case.defendant(document.defendant_id);
            let own = (person.account.id, person.organisation.id);
            let shown = match whose {
                // Whoever the case is closed to reads of it neither here nor in the inbox.
                Whose::SentTo(_) if cases.of(document).any(|case| case.bars(own)) => Shown::Nothing,
                Whose::SentTo(_) => {
                    person
                        .circumstances
                        .showed(cases.of(document).map(|case| case.id));
                    Shown::Whole
                }
                Whose::SentBy(_) => cases.over(app, person, document),
            };
            if shown == Shown::Nothing {
                return None;
            }
            let named = |real: String, neutral: &str| match shown {
                Shown::Whole => real,
                _ => neutral.to_owned(),
            };
            Some(OutstandingDelivery {
                delivery_id: row.delivery_id,
                document_id: document.id,
                hearing_id: document.hearing_id,
                name: named(document.name.clone(), "A document"),
                defendant: named(
                    defendant
                        .map(|d| d.charged.party.name())
                        .unwrap_or_default(),
                    veil::SENSITIVE,
                ),
                case: case.urn.clone(),
                recipient: named(delivery.request.name.clone(), "A recipient"),
                state: delivery.state,
                what,
                requested_at: document.requested_at,
            })
        })
        .collect())
}
