//! An event as a line of a report: who, when, from where, what, to what, and why they might.

use super::names::Names;
use contract::audit::AuditLine;
use domain::{
    Actor, Event, Recorded, StreamKind,
    account::AccountEvent,
    case::CaseEvent,
    reading::{AskedFor, ReadingEvent, RefusalCount},
};
use vocabulary::{DefendantId, Instant};

/// The line of an event.
pub(super) fn of(recorded: &Recorded, names: &Names) -> AuditLine {
    let (what, detail) = said(&recorded.event, names);
    let why = match (policy(&recorded.event), &recorded.by) {
        (Some(named), _) => named.to_owned(),
        (None, Actor::Person { under, .. }) => under.clone().unwrap_or_default(),
        (None, Actor::Machine { machine, .. }) => format!("credential {machine}"),
        (None, Actor::Operator { .. }) => "runs the service".to_owned(),
        (None, Actor::Stranger { .. } | Actor::Service) => String::new(),
    };
    let thing = names
        .get(&recorded.stream.id)
        .cloned()
        .unwrap_or_else(|| recorded.stream.to_string());
    let to = match detail {
        Some(detail) => format!("{thing}: {detail}"),
        None => thing,
    };
    AuditLine {
        at: moment(recorded.at),
        who: recorded.by.name().to_owned(),
        from: whence(recorded),
        what,
        to,
        why,
        position: recorded.position,
    }
}

/// The line of something that was asked for.
pub(super) fn of_asked(recorded: &Recorded, asked: &AskedFor, names: &Names) -> AuditLine {
    let named = asked.about.parse().ok().and_then(|id| names.get(&id));
    AuditLine {
        at: moment(asked.first),
        who: recorded.by.name().to_owned(),
        from: whence(recorded),
        what: format!("asked for {}{}", asked.what, often(asked.times, asked.last)),
        to: named.unwrap_or(&asked.about).clone(),
        why: asked.under.clone().unwrap_or_default(),
        position: recorded.position,
    }
}

/// From where, with what their application says that it is.
fn whence(recorded: &Recorded) -> String {
    if let Actor::Operator { .. } = recorded.by {
        return "the server's command line".to_owned();
    }
    let from = recorded.by.from().map(|from| match &from.device {
        Some(device) => format!("{}, {device}", from.address),
        None => from.address.clone(),
    });
    from.unwrap_or_default()
}

/// `, 3 times until 2026-11-23 10:03:07`.
fn often(times: u64, last: Instant) -> String {
    match times {
        1 => String::new(),
        times => format!(", {times} times until {}", moment(last)),
    }
}

/// The line of a refusal.
pub(super) fn of_refusal(recorded: &Recorded, refusal: &RefusalCount, names: &Names) -> AuditLine {
    let named = refusal.about.parse().ok().and_then(|id| names.get(&id));

    let times = often(refusal.times, refusal.last);
    AuditLine {
        at: moment(refusal.first),
        who: refusal.name.clone(),
        from: refusal.address.clone(),
        what: format!("refused: {}{times}", refusal.asked),
        to: named.unwrap_or(&refusal.about).clone(),
        why: if refusal.why.is_empty() {
            refusal.code.clone()
        } else {
            format!("{}; {}", refusal.code, refusal.why)
        },
        position: recorded.position,
    }
}

fn moment(at: Instant) -> String {
    format!("{} {}", at.day(), at.clock_with_seconds())
}

/// What happened, and to which part of its thing.
fn said(event: &Event, names: &Names) -> (String, Option<String>) {
    let name = event.name();
    let verb = name.split_once('.').map_or(name.as_str(), |(_, verb)| verb);
    let (noun, verb) = (noun(event), verb.replace('_', " "));
    // Some events name their thing themselves: a case is created, not a case case.
    let plain = if verb.split(' ').next() == Some(noun) {
        verb
    } else {
        format!("{noun} {verb}")
    };
    match event {
        Event::Reading(reading) => match reading {
            ReadingEvent::CaseViewed { .. } => ("case viewed".to_owned(), None),
            ReadingEvent::CaseFound { .. } => ("case found by its reference".to_owned(), None),
            ReadingEvent::CaseSearched { asked, outcome, .. } => (
                "case looked for".to_owned(),
                Some(format!("{asked}: {outcome}")),
            ),
            ReadingEvent::MaterialRead {
                material_id,
                section,
                ..
            } => (
                "paper opened".to_owned(),
                Some(format!("{section}, {material_id}")),
            ),
            ReadingEvent::DocumentRead { document_id, .. } => {
                ("document opened".to_owned(), Some(document_id.to_string()))
            }
            ReadingEvent::DocumentVerified { document_id } => (
                "document found to be genuine".to_owned(),
                Some(document_id.to_string()),
            ),
            ReadingEvent::SubmissionRead { submission_id } => (
                "outcome of a submission read".to_owned(),
                Some(submission_id.to_string()),
            ),
            ReadingEvent::PrintoutMade { name, .. } => {
                ("printout made".to_owned(), Some(name.clone()))
            }
            ReadingEvent::GlassBroken { opening, .. } => (
                "sensitive case opened without permission".to_owned(),
                Some(opening.reason.clone()),
            ),
            ReadingEvent::AreaReasonGiven { opening, .. } => (
                "case of another court opened".to_owned(),
                Some(opening.reason.clone()),
            ),
            ReadingEvent::SensitivityLifted { opening, .. } => (
                "opened to everybody: sensitive no longer".to_owned(),
                Some(opening.reason.clone()),
            ),
            ReadingEvent::OpeningReviewed {
                opening,
                justified,
                note,
                ..
            } => (
                "opening reviewed".to_owned(),
                Some(format!(
                    "{}, {}: {note}",
                    opening.name,
                    if *justified {
                        "justified"
                    } else {
                        "not justified"
                    }
                )),
            ),
            ReadingEvent::AuditRead {
                about,
                from,
                to,
                lines,
                ..
            } => (
                "audit report read".to_owned(),
                Some(format!("{about}, {from} to {to}, {lines} lines")),
            ),
            ReadingEvent::SignIn { step, .. } => (
                step.in_words().to_owned(),
                step.session().map(|session| format!("session {session}")),
            ),
            ReadingEvent::WordsLeft { hearing_id, .. } => (
                "typed and not sent: left with the court".to_owned(),
                Some(format!("hearing {hearing_id}")),
            ),
            ReadingEvent::LooksUsedUp { .. } => ("look-ups of a day used up".to_owned(), None),
            ReadingEvent::Asked { .. } => ("asked for".to_owned(), None),
            ReadingEvent::DayTaken {
                day,
                requested,
                differing,
                before,
                ..
            } => (
                "alarm of a day taken on".to_owned(),
                Some(match before {
                    Some(before) => format!(
                        "{day}, {differing} of {requested} deliveries differ; {before} had it"
                    ),
                    None => format!("{day}, {differing} of {requested} deliveries differ"),
                }),
            ),
            ReadingEvent::Refused { others, .. } => {
                (format!("{others} more requests refused"), None)
            }
        },
        Event::Case(CaseEvent::MaterialServed {
            section,
            name,
            material_id,
            ..
        }) => (
            "paper served".to_owned(),
            Some(format!("{section}, {name}, {material_id}")),
        ),
        Event::Account(AccountEvent::NameCorrected {
            name,
            before,
            reason,
            ..
        }) => (
            "name put right".to_owned(),
            Some(format!("{before}, now {name}: {reason}")),
        ),
        Event::Account(AccountEvent::SecondFactorTakenAway { reason, .. }) => (
            "every second factor taken away".to_owned(),
            Some(reason.clone()),
        ),
        Event::Account(AccountEvent::OrganisationRenamed {
            name,
            before,
            reason,
            ..
        }) => (
            "organisation renamed".to_owned(),
            Some(format!("{before}, now {name}: {reason}")),
        ),
        Event::Case(CaseEvent::AccessChanged { change }) => {
            use domain::case::AccessChange;
            match change {
                AccessChange::Given {
                    name,
                    permission,
                    defendant,
                    until,
                    reason,
                    ..
                } => (
                    "permission given".to_owned(),
                    Some(format!(
                        "{name}, {permission}{}{}: {reason}",
                        only_on(*defendant, names),
                        until.map_or_else(String::new, |day| format!(", until {}", day.in_words())),
                    )),
                ),
                AccessChange::TakenBack {
                    name,
                    defendant,
                    reason,
                    ..
                } => (
                    "permission taken back".to_owned(),
                    Some(match name.is_empty() {
                        true => reason.clone(),
                        false => format!("{name}{}: {reason}", only_on(*defendant, names)),
                    }),
                ),
                AccessChange::Sensitive { sensitive, reason } => (
                    if *sensitive {
                        "made sensitive"
                    } else {
                        "sensitive no longer"
                    }
                    .to_owned(),
                    Some(reason.clone()),
                ),
            }
        }
        _ => (plain, None),
    }
}

/// `, on defendant 2`: by their place, for whoever reads reports need not know who is charged.
fn only_on(defendant: Option<DefendantId>, names: &Names) -> String {
    match defendant.map(|id| names.get(&id.0)) {
        None => String::new(),
        Some(Some(called)) => format!(", on {called}"),
        Some(None) => ", on one defendant".to_owned(),
    }
}

fn noun(event: &Event) -> &'static str {
    match event {
        Event::Case(_) => StreamKind::Case.as_str(),
        Event::Hearing(_) => StreamKind::Hearing.as_str(),
        Event::Document(_) => StreamKind::Document.as_str(),
        Event::Submission(_) => StreamKind::Submission.as_str(),
        Event::Account(_) => StreamKind::Account.as_str(),
        Event::Reading(_) => StreamKind::Reading.as_str(),
        Event::Register(_) => StreamKind::Register.as_str(),
        Event::Rules(_) => StreamKind::Rules.as_str(),
        Event::Support(_) => StreamKind::Support.as_str(),
        Event::Words(_) => StreamKind::Words.as_str(),
    }
}

/// The policy that a reading names itself, or how somebody proved who they are.
fn policy(event: &Event) -> Option<&str> {
    match event {
        Event::Reading(reading) => reading.policy(),
        _ => None,
    }
}
