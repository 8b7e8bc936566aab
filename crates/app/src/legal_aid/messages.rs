//! What the agency was told, in order: the outbox that its own system will read.

use crate::{App, Caller, Error, UseCase, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::legal_aid::{Message, MessageList, Messages};

/// Messages in one view.
const MOST: i64 = 50;

#[async_trait]
impl UseCase for Messages {
    /// Newest first.
    async fn answer(self, app: &App, who: &Caller) -> Result<MessageList, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ViewLegalAid, &Facts::default())?;
        let mut found = app.index.legal_aid_messages(self.before, MOST + 1).await?;
        let most = usize::try_from(MOST).unwrap_or_default();
        let more = found.len() > most;
        found.truncate(most);
        let messages = found
            .into_iter()
            .map(|message| Message {
                position: message.position,
                at: message.at,
                case_id: message.case_id,
                urn: message.news.urn,
                defendant_id: message.defendant_id,
                defendant: message.news.defendant,
                firm: message.news.organisation_name,
                basis: message.news.basis,
                reason: message.news.reason.map(|r| r.in_words().to_owned()),
            })
            .collect();
        Ok(MessageList { messages, more })
    }
}
