//! A letter came back: it was posted and did not arrive. Whoever opens the post at the court says
//! so, and it is an alarm from then on, until its recipient was told otherwise.

use super::{of_own_court, record};
use crate::{App, Caller, Error, UseCase};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    alarm::{Alarms, CameBack},
};
use domain::document::{Passage, carry};

/// The longest reason.
const LONGEST: usize = 200;

#[async_trait]
impl UseCase for CameBack {
    /// Records it, with what the post wrote on it.
    async fn answer(self, app: &App, who: &Caller) -> Result<Alarms, Error> {
        let person = who.person()?;
        let document = of_own_court(app, person, self.delivery_id).await?;

        let why = self.why.trim();
        if why.is_empty() || why.chars().count() > LONGEST || why.chars().any(char::is_control) {
            return Err(Problem::new(
                Code::BadRequest,
                format!("Say why it came back, in 1 to {LONGEST} characters."),
                "Write what the post wrote on it, for example: gone away.",
            )
            .into());
        }
        let by_post = document.delivery(self.delivery_id);
        if by_post.is_some_and(|own| !own.request.channel.by_post()) {
            return Err(Problem::new(
                Code::Refused,
                "This delivery is no letter.",
                "What a mail server gives back is recorded by itself.",
            )
            .into());
        }
        let why = format!("It came back: {why}. Recorded by {}.", person.account.name);
        let events = carry(&document, self.delivery_id, &Passage::Failed { why })?;

        record(app, who, &document, events).await
    }
}
