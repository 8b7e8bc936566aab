//! Remands in custody before trial: how long a magistrates' court may remand
//! (Magistrates' Courts Act 1980 ss.128, 128A), and the custody time limit of each
//! offence (Prosecution of Offences Act 1985 s.22). The limit itself is worked out in
//! [`crate::result::time_limit`]; whether it is extended is for the court to say, so
//! all of this warns.

use super::{
    DefendantInHearing, Found, OffenceInHearing, Sheet,
    sheet::{Known, names, untried},
};
use crate::{
    result::{
        Held, LawTables, ResultDefinition, ResultLine, TimeLimit, Waiting, read_day, time_limit,
    },
    validator::Kind,
};
use vocabulary::{Day, Jurisdiction};

/// The answer that is the date of the limit.
pub(super) const LIMIT: &str = "CTLDATE";

pub(super) fn check(sheet: &mut Sheet<'_>) {
    length(sheet);
    for offence in &sheet.hearing.offences {
        date_of_the_limit(sheet, offence);
        beyond_the_limit(sheet, offence);
    }
}

/// The day of the next hearing that is typed for this line.
fn next_hearing(sheet: &Sheet<'_>, line: &ResultLine) -> Option<Day> {
    let own = sheet
        .at(line.defendant, line.offence)
        .chain(sheet.at(line.defendant, None));
    own.filter(|(_, own)| own.in_group("Next hearing"))
        .find_map(|(node, _)| {
            ["HDATE", "fixedDate", "weekCommencing"]
                .iter()
                .find_map(|key| node.line.answer(key).and_then(read_day))
        })
}

/// A first remand is for eight clear days, a later one with a day set for 28.
fn length(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("MCA1980-128") else {
        return;
    };
    if sheet.hearing.jurisdiction != Jurisdiction::Magistrates {
        return;
    }
    for (node, definition) in sheet.named(&rule.results) {
        let waits = sheet
            .offence(node.line.offence)
            .is_some_and(|offence| sheet.untried(offence));
        let Some(next) = next_hearing(sheet, node.line).filter(|_| waits) else {
            continue;
        };
        if sheet.has_at(node.line, &rule.others) {
            continue;
        }
        let before = sheet
            .defendant(node.line.defendant)
            .is_some_and(|own| !own.held.is_empty());
        let (name, which) = if before {
            ("later remand in custody", "a later remand")
        } else {
            ("first remand in custody", "a first remand")
        };
        let Some(limit) = sheet.limit(name, node.line.offence) else {
            continue;
        };
        let Some(most) = limit.max else { continue };
        // Clear days: neither the day of the remand nor that of the next hearing.
        let clear = sheet.hearing.day.days_until(next) - 1;
        if next.plus_days(-1) > most.last_day_from(sheet.hearing.day.plus_days(1)) {
            sheet.citing(
                node.line,
                Some(limit.source.clone()),
                Found {
                    severity: rule.severity.max(limit.severity),
                    code: "MCA1980-128",
                    message: format!(
                        "{}: the next hearing is {clear} clear days away; {which} in custody is \
                         for at most {most}",
                        definition.label
                    ),
                    hint:
                        "Set an earlier day, or be sure that the Act allows a longer remand here."
                            .to_owned(),
                    field: None,
                },
            );
        }
    }
}

/// What is typed today that holds the defendant on this offence before trial: a
/// remand, or a sending in custody. Which results those are is the published
/// validator's list.
fn holding<'a>(sheet: &Sheet<'a>, offence: &OffenceInHearing) -> Option<Known<'a>> {
    let validator = &sheet.catalogue.law.validator;
    let rule = validator
        .iter()
        .find(|rule| rule.kind == Kind::TimeLimitMissing)?;
    let dated = sheet.rule("POA1985-22-LIMIT").map(|rule| rule.results);
    let dates = |own: &ResultDefinition| dated.as_ref().is_some_and(|side| names(side, own));
    sheet
        .at(offence.defendant, Some(offence.id))
        .chain(sheet.at(offence.defendant, None))
        .find(|(_, own)| names(&rule.results, own) || names(&rule.others, own) && !dates(own))
}

/// The custody time limit of an offence that today's results leave in custody.
pub(super) fn limit_of(sheet: &Sheet<'_>, offence: &OffenceInHearing) -> Option<TimeLimit> {
    holding(sheet, offence).filter(|_| sheet.untried(offence))?;
    let defendant = sheet.defendant(offence.defendant)?;
    let today = sheet.hearing.day;
    let mut held = defendant.held.clone();
    if held.last().is_none_or(|last| last.to.is_some()) {
        held.push(Held {
            from: today,
            to: None,
        });
    }
    let held_and_sent = (held.as_slice(), sent_on(sheet, offence));
    reckoned(
        &sheet.catalogue.law,
        defendant,
        offence,
        held_and_sent,
        today,
    )
}

/// The day of the sending: before today, or today if one is typed.
fn sent_on(sheet: &Sheet<'_>, offence: &OffenceInHearing) -> Option<Day> {
    let sends = sheet.rule("CTL-SENT").is_some_and(|rule| {
        sheet
            .at(offence.defendant, Some(offence.id))
            .any(|(_, own)| names(&rule.results, own))
    });
    offence.sent_on.or(sends.then_some(sheet.hearing.day))
}

fn reckoned(
    law: &LawTables,
    defendant: &DefendantInHearing,
    offence: &OffenceInHearing,
    (held, sent_on): (&[Held], Option<Day>),
    today: Day,
) -> Option<TimeLimit> {
    let waiting = Waiting {
        mode_of_trial: &offence.mode_of_trial,
        under_18: defendant
            .date_of_birth
            .is_some_and(|born| born.is_under_18_on(today)),
        plea_on: offence.plea_on,
        sent_on,
        held,
    };
    time_limit(law, &waiting)
}

/// A custody time limit that runs before anything is resulted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningLimit {
    /// The last day.
    pub expires: Day,
    /// How it was worked out; none if a hearing set it.
    pub reckoned: Option<String>,
    /// Whether what it rests on was read.
    pub confirmed: bool,
}

/// The limit of an offence whose defendant is held and waits for trial: as the last
/// hearing of this stage set it, or worked out.
#[must_use]
pub fn running_limit(
    law: &LawTables,
    defendant: &DefendantInHearing,
    offence: &OffenceInHearing,
    today: Day,
) -> Option<RunningLimit> {
    let held = defendant.held.last().is_some_and(|last| last.to.is_none());
    if !held || !untried(law, offence) {
        return None;
    }
    let set = offence.time_limit.filter(|set| set.holds(offence.sent_on));
    if let Some(set) = set {
        return Some(RunningLimit {
            expires: set.expires,
            reckoned: None,
            confirmed: true,
        });
    }
    let own = (defendant.held.as_slice(), offence.sent_on);
    let limit = reckoned(law, defendant, offence, own, today)?;
    Some(RunningLimit {
        expires: limit.expires,
        reckoned: Some(limit.reckoning()),
        confirmed: limit.verified,
    })
}

/// The date that is typed is the one that the record gives.
fn date_of_the_limit(sheet: &mut Sheet<'_>, offence: &OffenceInHearing) {
    let Some(rule) = sheet.rule("POA1985-22-LIMIT") else {
        return;
    };
    let typed = sheet
        .at(offence.defendant, Some(offence.id))
        .find(|(_, own)| names(&rule.results, own));
    let Some((node, _)) = typed else { return };
    let day = node.line.answer(LIMIT).and_then(read_day);
    let (Some(day), Some(limit)) = (day, limit_of(sheet, offence)) else {
        return;
    };
    if day != limit.expires {
        sheet.on_line(
            node.line,
            Found {
                severity: rule.severity,
                code: "POA1985-22-LIMIT",
                message: format!(
                    "The custody time limit typed is {}; by the record it expires on {} ({})",
                    day.in_words(),
                    limit.expires.in_words(),
                    limit.reckoning()
                ),
                hint: "Correct it, or be sure that the record lacks a time in custody.".to_owned(),
                field: Some(LIMIT.to_owned()),
            },
        );
    }
}

/// Nobody waits in custody beyond the limit unless it is extended.
fn beyond_the_limit(sheet: &mut Sheet<'_>, offence: &OffenceInHearing) {
    let (Some(rule), Some(dated)) = (sheet.rule("POA1985-22"), sheet.rule("POA1985-22-LIMIT"))
    else {
        return;
    };
    let Some((node, definition)) = holding(sheet, offence) else {
        return;
    };
    let own: Vec<_> = sheet.at(offence.defendant, Some(offence.id)).collect();
    let extended = own.iter().any(|(_, own)| names(&rule.others, own));
    if !sheet.untried(offence) || extended {
        return;
    }
    let typed = own
        .iter()
        .filter(|(_, own)| names(&dated.results, own))
        .find_map(|(node, _)| node.line.answer(LIMIT).and_then(read_day));
    let sent = sent_on(sheet, offence);
    let set = offence.time_limit.filter(|set| set.holds(sent));
    let expires = typed
        .or(set.map(|set| set.expires))
        .or_else(|| Some(limit_of(sheet, offence)?.expires));
    let Some(expires) = expires else { return };
    let message = if expires < sheet.hearing.day {
        format!(
            "{}: the custody time limit for {} expired on {}",
            definition.label,
            offence.title,
            expires.in_words()
        )
    } else {
        match next_hearing(sheet, node.line).filter(|next| *next > expires) {
            Some(next) => format!(
                "{}: the next hearing on {} is after the custody time limit for {} expires on {}",
                definition.label,
                next.in_words(),
                offence.title,
                expires.in_words()
            ),
            None => return,
        }
    };
    sheet.on_line(
        node.line,
        Found {
            severity: rule.severity,
            code: "POA1985-22",
            message,
            hint: "Set an earlier day, grant bail, or extend the limit (CTLE) if the prosecution \
                   applied before it expired."
                .to_owned(),
            field: None,
        },
    );
}
