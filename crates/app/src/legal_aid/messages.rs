//! What the agency was told, in order: the outbox that its own system will read. Of a
//! sensitive case it is told the reference, the firm and the basis; the defendant's name where an
//! order of its own stands for them.

use crate::{App, Caller, Error, UseCase, case::veil, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::legal_aid::{Message, MessageList, Messages};
use domain::case::Case;
use vocabulary::DefendantId;

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
        let named = found.iter().map(|message| message.case_id);
        person.circumstances.showed(named.clone());
        let veils = veil::over_all(app, person, named).await?;
        let messages = found
            .into_iter()
            .map(|message| Message {
                defendant: match veils.get(&message.case_id) {
                    Some((_, case)) if !ordered(case, message.defendant_id) => {
                        veil::SENSITIVE.to_owned()
                    }
                    _ => message.news.defendant,
                },
                position: message.position,
                at: message.at,
                case_id: message.case_id,
                urn: message.news.urn,
                defendant_id: message.defendant_id,
                firm: message.news.organisation_name,
                basis: message.news.basis,
                reason: message.news.reason.map(|r| r.in_words().to_owned()),
            })
            .collect();
        Ok(MessageList { messages, more })
    }
}

/// Whether an order of the agency stands for a defendant: it knows them.
fn ordered(case: &Case, defendant: DefendantId) -> bool {
    let firm = case.firm_of(defendant);
    firm.is_some_and(|firm| firm.order.is_some())
}
