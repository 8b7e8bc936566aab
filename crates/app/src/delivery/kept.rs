//! A day as it was reckoned from the ledger and kept, for whoever asks: a court of what it sent, an
//! agency of what was sent to it.

use super::{add, agencies};
use crate::{
    App, Error,
    alarm::when,
    ports::{self, Whose},
};
use contract::delivery::{Figures, KeptReckoning, ReckonedDay};
use domain::account::Organisation;
use vocabulary::Day;

/// How many of the latest days are named.
const LATEST: i64 = 14;

/// The latest days.
pub(super) async fn days(app: &App, whose: Whose) -> Result<Vec<ReckonedDay>, Error> {
    let found = app.reckoning.reckoned_days(whose, LATEST).await?;
    let shown = |own: &ports::ReckonedDay| ReckonedDay {
        day: own.day,
        agrees: own.differing == 0,
        requested: own.requested,
    };
    Ok(found.iter().map(shown).collect())
}

/// One day, if it is kept.
pub(super) async fn of_day(
    app: &App,
    whose: Whose,
    day: Day,
    organisations: &[Organisation],
) -> Result<Option<KeptReckoning>, Error> {
    let Some(found) = app.reckoning.reckoned_day(whose, day).await? else {
        return Ok(None);
    };
    let sums = app.reckoning.reckoned_sums(whose, day).await?;
    let agencies = agencies(&sums, organisations);
    let mut total = Figures::default();
    for agency in &agencies {
        add(&mut total, &agency.figures);
    }
    Ok(Some(KeptReckoning {
        at: found.at,
        agrees: found.differing == 0,
        text: text(&found, &when(found.at, app.chance.now())),
        agencies,
        total,
    }))
}

fn text(day: &ports::ReckonedDay, when: &str) -> String {
    let deliveries = match day.requested {
        0 => return none(day, when),
        1 => "of the one delivery".to_owned(),
        n => format!("of all {n} deliveries"),
    };
    match (day.differing, day.differed) {
        (0, 0) => format!("Reckoned {when}: the lists say {deliveries} what the ledger says."),
        (0, _) => format!(
            "Reckoned {when}: the lists say {deliveries} what the ledger says again. They had not."
        ),
        (n, _) => format!(
            "Reckoned {when}: the lists do not say {deliveries} what the ledger says. They differ in {n}."
        ),
    }
}

/// Of a day on which the ledger has no delivery.
fn none(day: &ports::ReckonedDay, when: &str) -> String {
    match day.differing {
        0 => format!("Reckoned {when}: there was no delivery, in the lists or in the ledger."),
        n => format!("Reckoned {when}: the ledger has no delivery, and the lists have {n}."),
    }
}
