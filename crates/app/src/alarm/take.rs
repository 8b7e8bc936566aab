//! Taking an alarm on: from then on it has an owner, whom every colleague sees.

use super::{of_own_court, record};
use crate::{App, Caller, Error, UseCase};
use async_trait::async_trait;
use contract::alarm::{Alarms, Take};
use domain::document::take_alarm;

#[async_trait]
impl UseCase for Take {
    /// It is mine now, whoever had it before.
    async fn answer(self, app: &App, who: &Caller) -> Result<Alarms, Error> {
        let person = who.person()?;
        let document = of_own_court(app, person, self.delivery_id).await?;

        let owner = (person.account.id, person.account.name.as_str());
        let events = take_alarm(&document, self.delivery_id, owner, app.chance.now())?;

        record(app, who, &document, events).await
    }
}
