//! A delivery that did not arrive, or was not acknowledged, within its limit. The
//! alarm itself is nowhere stored: it follows from how far the delivery is and from
//! the clock. Stored is who takes it on, and that somebody was told otherwise.

use super::{CarriageState, Delivery, Document, DocumentEvent};
use crate::{Refusal, words::said};
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, Alarm, Channel, DeliveryId, DeliveryState, Instant};

/// The longest text that says who was told.
const LONGEST: usize = 200;

/// Somebody who took an alarm on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Since when.
    pub since: Instant,
}

/// That the recipient was told otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Who was told, and how.
    pub told: String,
    /// When they were told.
    pub told_at: Instant,
    /// Who says so.
    pub by: String,
    /// When that was recorded.
    pub at: Instant,
}

impl Delivery {
    /// Whether it arrived, as far as that can be known: it was received, or a letter was
    /// handed over, or a mail server took a message. What only lies in the inbox of
    /// somebody who wants it carried did not, nor did what failed after all.
    #[must_use]
    pub fn arrived(&self) -> bool {
        let handed_over = (self.request.channel.by_post() && self.state == DeliveryState::Sent)
            || self
                .carriage
                .as_ref()
                .is_some_and(|carriage| carriage.state == CarriageState::Sent);
        self.state != DeliveryState::Failed && (self.received_at.is_some() || handed_over)
    }

    /// Whether it still has to arrive or to be acknowledged, whatever its limit.
    #[must_use]
    pub fn outstanding(&self, document: &Document) -> Option<Alarm> {
        let nobody_waits = self.request.channel == Channel::FileOnly
            || self.state == DeliveryState::Stopped
            || self.settled.is_some();
        if nobody_waits {
            None
        } else if self.left_untold(document) {
            Some(Alarm::LeftAfterEnd)
        } else if self.state == DeliveryState::Failed {
            Some(Alarm::Failed)
        } else if !self.arrived() {
            Some(Alarm::NotDelivered)
        } else if self.request.acknowledgement_required
            && self.acknowledged.is_none()
            && document.superseded.is_none()
        {
            Some(Alarm::NotAcknowledged)
        } else {
            None
        }
    }

    /// Whether a mail server took it while the document was being ended, and whoever has the
    /// mailbox is told nothing of that.
    fn left_untold(&self, document: &Document) -> bool {
        let ended = document.superseded.as_ref();
        ended.is_some_and(|ended| ended.untold.contains(&self.request.id))
            && self.state == DeliveryState::Sent
    }

    /// What is or will be an alarm, and from when on. What failed is one at once.
    #[must_use]
    pub fn alarm(&self, document: &Document) -> Option<(Alarm, Instant)> {
        let what = self.outstanding(document)?;
        let limits = &self.request.limits;
        let from = match what {
            Alarm::Failed | Alarm::LeftAfterEnd => Some(self.since),
            Alarm::NotDelivered => match self.request.held {
                // A letter that cannot be addressed waits for more than its Welsh.
                Some(_) if limits.delivered == Some(0) => {
                    limits.delivered_by(document.requested_at)
                }
                Some(minutes) => Some(document.requested_at.plus_seconds(i64::from(minutes) * 60)),
                None => limits.delivered_by(document.requested_at),
            },
            Alarm::NotAcknowledged => limits.acknowledged_by(document.requested_at),
        };
        from.map(|from| (what, from))
    }
}

/// Decides that somebody takes an alarm on. Whoever takes it after another has it
/// from them; twice by one person is once.
///
/// # Errors
/// If the delivery is no alarm now.
pub fn take_alarm(
    document: &Document,
    delivery: DeliveryId,
    (account, name): (AccountId, &str),
    now: Instant,
) -> Result<Vec<DocumentEvent>, Refusal> {
    let current = in_alarm(document, delivery, now)?;
    if current
        .taken
        .as_ref()
        .is_some_and(|own| own.account == account)
    {
        return Ok(Vec::new());
    }
    Ok(vec![DocumentEvent::AlarmTaken {
        delivery_id: delivery,
        account,
        name: name.to_owned(),
    }])
}

/// Decides that an alarm ends because the recipient was told otherwise.
///
/// # Errors
/// If the delivery is no alarm now, it is not said who was told, or the time is not
/// between the document and now.
pub fn settle_alarm(
    document: &Document,
    delivery: DeliveryId,
    (told, told_at): (&str, Instant),
    by: &str,
    now: Instant,
) -> Result<Vec<DocumentEvent>, Refusal> {
    in_alarm(document, delivery, now)?;
    let told = said(told);
    if told.is_empty() || told.chars().count() > LONGEST {
        return Err(Refusal::new(
            "nobody_told",
            format!("Say who was told, in 1 to {LONGEST} characters."),
            "Write the name and office of the person who was told.",
        ));
    }
    if told_at > now || told_at < document.requested_at {
        return Err(Refusal::new(
            "told_at_no_such_time",
            "They can only have been told after the document was asked for, and not later than now.",
            "Put the time right.",
        ));
    }
    Ok(vec![DocumentEvent::AlarmSettled {
        delivery_id: delivery,
        told,
        told_at,
        by: by.to_owned(),
    }])
}

fn in_alarm(document: &Document, delivery: DeliveryId, now: Instant) -> Result<&Delivery, Refusal> {
    document
        .delivery(delivery)
        .filter(|own| own.alarm(document).is_some_and(|(_, from)| from <= now))
        .ok_or_else(|| {
            Refusal::new(
                "no_alarm",
                "This delivery is no alarm any more, or not yet.",
                "Look at the list again.",
            )
        })
}

#[cfg(test)]
mod tests;
