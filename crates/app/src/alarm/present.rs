//! An alarm in words: what is wrong, since when, whose it is and what to do.

use crate::{caller::SignedIn, case::veil::SENSITIVE};
use contract::alarm::{AlarmItem, AlarmMark};
use domain::document::{Delivery, Document};
use vocabulary::{Alarm, Channel, Instant};

/// The mark of a delivery that is an alarm now.
pub(crate) fn mark(
    document: &Document,
    delivery: &Delivery,
    person: &SignedIn,
    now: Instant,
) -> Option<AlarmMark> {
    let (what, since) = delivery
        .alarm(document)
        .filter(|(_, since)| *since <= now)?;
    let taken = delivery.taken.as_ref();
    Some(AlarmMark {
        what,
        text: text(document, delivery, (what, since), now),
        since,
        next: next(delivery, what, document.sha256.is_some()),
        owner: taken.map(|taken| format!("{}, {}", taken.name, when(taken.since, now))),
        mine: taken.is_some_and(|taken| taken.account == person.account.id),
    })
}

/// The same alarm for somebody to whom its case is closed: that somebody must see to it,
/// and nothing that leads to the defendant. A letter's recipient may be the defendant.
pub(super) fn veiled(item: AlarmItem) -> AlarmItem {
    AlarmItem {
        name: "A document".to_owned(),
        defendant: SENSITIVE.to_owned(),
        recipient: "A recipient".to_owned(),
        alarm: AlarmMark {
            text: match item.alarm.what {
                Alarm::NotDelivered => "Not delivered within its limit.",
                Alarm::NotAcknowledged => "Not acknowledged within its limit.",
                Alarm::Failed => "Could not be delivered.",
                Alarm::LeftAfterEnd => "Sent while it was being ended.",
            }
            .to_owned(),
            next: "Ask a colleague with permission on the case, or open it for a reason."
                .to_owned(),
            ..item.alarm
        },
        ..item
    }
}

/// Who was told otherwise, in words.
pub(crate) fn settled(delivery: &Delivery, now: Instant) -> Option<String> {
    let settled = delivery.settled.as_ref()?;
    Some(format!(
        "Told otherwise: {}, {}. Recorded by {}.",
        settled.told,
        when(settled.told_at, now),
        settled.by
    ))
}

fn text(
    document: &Document,
    delivery: &Delivery,
    (what, since): (Alarm, Instant),
    now: Instant,
) -> String {
    let late = age(since, now);
    let asked = when(document.requested_at, now);
    match what {
        Alarm::NotDelivered if delivery.request.held.is_some() => {
            format!("Waits for Welsh, {late} beyond its limit; asked for {asked}.")
        }
        Alarm::NotDelivered if document.sha256.is_none() => {
            format!("Not made yet, {late} beyond its limit; asked for {asked}.")
        }
        Alarm::NotDelivered => {
            format!("Not delivered, {late} beyond its limit; asked for {asked}.")
        }
        Alarm::NotAcknowledged => {
            let opened = match &delivery.opened {
                Some((who, at)) => format!("opened by {who}, {}", when(*at, now)),
                None => "nobody there has opened it".to_owned(),
            };
            format!("Not acknowledged, {late} beyond its limit; {opened}.")
        }
        Alarm::LeftAfterEnd => format!(
            "A mail server took it {late} ago, while it was being ended: whoever has it was not \
             told that it no longer applies."
        ),
        Alarm::Failed => match &delivery.note {
            Some(why) => format!("Could not be delivered {late} ago: {why}"),
            None => format!("Could not be delivered {late} ago."),
        },
    }
}

/// No telephone number is known in this version's data, so none is named.
fn next(delivery: &Delivery, what: Alarm, made: bool) -> String {
    let who = &delivery.request.name;
    let by_post = delivery.request.channel.by_post();
    let written = delivery.request.email.as_ref();
    // What failed or waits on its way to a mailbox is not written there once more.
    let written = written.filter(|_| delivery.request.channel != Channel::Email);
    let written = written.map_or_else(String::new, |email| format!(", or write to {email},"));
    match what {
        Alarm::NotDelivered if delivery.request.held.is_some() => format!(
            "See that it is translated (To translate), or tell {who}{written} what the court \
             ordered and record who was told."
        ),
        Alarm::NotDelivered if !made => format!(
            "Telephone {who}{written} with what the court ordered, and tell whoever runs the service."
        ),
        Alarm::NotDelivered if by_post && delivery.request.address.is_empty() => format!(
            "No address of {who} is known: hand it over or find out where it goes, then record \
             who was told."
        ),
        Alarm::NotDelivered if by_post => {
            "See that it is printed and posted, or hand it over.".to_owned()
        }
        Alarm::LeftAfterEnd => {
            let mailbox = delivery.request.email.as_ref();
            let written =
                mailbox.map_or_else(String::new, |email| format!(", or write to {email},"));
            format!("Telephone {who}{written} that it no longer applies, then record who was told.")
        }
        Alarm::NotDelivered | Alarm::Failed => {
            format!("Telephone {who}{written} and read it to them, then record who was told.")
        }
        Alarm::NotAcknowledged => {
            format!(
                "Telephone {who}{written} and ask for it to be acknowledged, or record who was told."
            )
        }
    }
}

pub(crate) fn when(at: Instant, now: Instant) -> String {
    if at.day() == now.day() {
        format!("at {}", at.clock())
    } else {
        format!("on {} at {}", at.day().in_words(), at.clock())
    }
}

/// `1 minute`, `25 minutes`, `3 hours`, `2 days`.
pub(crate) fn age(since: Instant, now: Instant) -> String {
    let minutes = (now.micros() - since.micros()).max(0) / 60_000_000;
    let (n, unit) = match minutes {
        0..=119 => (minutes, "minute"),
        120..=2_879 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    match n {
        0 => "less than a minute".to_owned(),
        1 => format!("1 {unit}"),
        n => format!("{n} {unit}s"),
    }
}
