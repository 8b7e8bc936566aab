//! What the agency was told, in order: the outbox that its own system will read. Of a
//! sensitive case the agency is told of defendants for whom an order of its own stands.

use crate::{App, Caller, Error, UseCase, case::veil, relation};
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
        let of_cases = found.iter().map(|message| message.case_id);
        let veils = veil::over_all(app, person, of_cases).await?;
        let messages = found
            .into_iter()
            .filter(|message| {
                let sensitive = veils.get(&message.case_id);
                sensitive.is_none_or(|(_, case)| {
                    let firm = case.firm_of(message.defendant_id);
                    firm.is_some_and(|firm| firm.order.is_some())
                })
            })
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
