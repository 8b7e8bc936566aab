//! The surcharge against its table: Sentencing Act 2020 s.42. The amount turns on the
//! day of the oldest offence dealt with, the age on the day of the offence, and the
//! disposal with the highest amount; it is ordered once. The court may cut it for want
//! of means, so this only warns. What rests on a row or a reading that nobody has
//! confirmed says so.

use super::{DefendantInHearing, Found, Sheet, custody::period, money::sum};
use crate::result::{CheckRule, Period, ResultDefinition, ResultLine, SurchargeRow, Unit};
use vocabulary::{Day, DefendantId, Jurisdiction, Pence, Severity};

/// The answer that is the amount.
pub(super) const AMOUNT: &str = "AOS";

/// The disposals of check_rules.csv that last for life.
const LIFE: &str = "life";
/// Longer than any row of the table asks for.
const LIFE_IN_YEARS: u32 = 100;

/// What is due, and why.
pub(super) struct Due {
    pub(super) amount: Pence,
    /// `custody of up to 6 months, offence of 1 September 2026`.
    pub(super) why: String,
    pub(super) source: String,
    /// What of it nobody has confirmed.
    pub(super) unconfirmed: Option<String>,
}

pub(super) fn check(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-42") else {
        return;
    };
    for defendant in sheet.people() {
        twice(sheet, defendant, &rule);
        let Some(due) = due(sheet, defendant) else {
            not_due(sheet, defendant, &rule);
            continue;
        };
        let line_of = |side: &[String]| {
            sheet
                .of_person(defendant.id)
                .find(|(_, own)| super::sheet::names(side, own))
        };
        let (ordered, waived) = (line_of(&rule.results), line_of(&rule.others));
        let unconfirmed = due
            .unconfirmed
            .as_ref()
            .map_or_else(String::new, |what| format!(" Not confirmed: {what}."));
        let (node, message, hint, field) = match (ordered, waived) {
            (Some((node, _)), _) => {
                let typed = node.line.answer(AMOUNT).and_then(Pence::parse);
                match typed.filter(|typed| *typed != due.amount) {
                    Some(typed) => (
                        node,
                        format!(
                            "The surcharge is {typed}; the table says {} ({}).{unconfirmed}",
                            due.amount, due.why
                        ),
                        "Correct it, or leave it if it is cut for want of means.".to_owned(),
                        Some(AMOUNT.to_owned()),
                    ),
                    None => continue,
                }
            }
            (None, Some(_)) => continue,
            (None, None) => {
                let Some((node, _)) = disposals(sheet, defendant.id).into_iter().next() else {
                    continue;
                };
                (
                    node,
                    format!(
                        "No surcharge is ordered; {} would be due ({}).{unconfirmed}",
                        due.amount, due.why
                    ),
                    "Add FVS, or NOVS with the reason.".to_owned(),
                    None,
                )
            }
        };
        sheet.citing(
            node.line,
            Some(format!("{}; {}", rule.source, due.source)),
            Found {
                severity: Severity::Warns,
                code: "SA2020-42",
                message,
                hint,
                field,
            },
        );
    }
}

/// It is one for all offences that are dealt with on one occasion (s.42): typed beside each, or in
/// each of two cases, it would be billed each time.
fn twice(sheet: &mut Sheet<'_>, defendant: &DefendantInHearing, rule: &CheckRule) {
    let lines = sheet.of_person(defendant.id);
    let more: Vec<_> = lines
        .filter(|(_, own)| super::sheet::names(&rule.results, own))
        .skip(1)
        .collect();
    for (node, _) in more {
        said(
            sheet,
            node.line,
            rule,
            (
                format!(
                    "The surcharge is ordered more than once for {}",
                    defendant.name
                ),
                "Keep one: it is one for everything that is dealt with on one occasion.",
            ),
        );
    }
}

/// What is dealt with carries none, and all that this hangs on is known.
fn not_due(sheet: &mut Sheet<'_>, defendant: &DefendantInHearing, rule: &CheckRule) {
    let dealt_with = disposals(sheet, defendant.id);
    let dated = dealt_with.iter().all(|(node, _)| {
        let offence = sheet.offence(node.line.offence);
        offence.is_some_and(|own| own.committed_on.is_some())
    });
    let known = dated && (defendant.organisation || defendant.date_of_birth.is_some());
    let mut lines = sheet.of_person(defendant.id);
    let ordered = lines.find(|(_, own)| super::sheet::names(&rule.results, own));
    drop(lines);
    if let Some((node, _)) = ordered.filter(|_| known && !dealt_with.is_empty()) {
        said(
            sheet,
            node.line,
            rule,
            (
                "A surcharge is ordered, and the table has none for what is dealt with".to_owned(),
                "Remove it, or check the results and the days of the offences.",
            ),
        );
    }
}

fn said(
    sheet: &mut Sheet<'_>,
    line: &ResultLine,
    rule: &CheckRule,
    (message, hint): (String, &str),
) {
    sheet.citing(
        line,
        Some(rule.source.clone()),
        Found {
            severity: Severity::Warns,
            code: "SA2020-42",
            message,
            hint: hint.to_owned(),
            field: None,
        },
    );
}

/// The lines that deal with an offence, whatever they carry.
fn disposals<'a>(sheet: &Sheet<'a>, defendant: DefendantId) -> Vec<super::sheet::Known<'a>> {
    sheet
        .of_person(defendant)
        .filter(|(_, own)| sheet.catalogue.law.disposals.contains_key(&own.code))
        .collect()
}

/// The one surcharge of this occasion; none if nothing that carries one is ordered or
/// a needed date is not known.
pub(super) fn due(sheet: &Sheet<'_>, defendant: &DefendantInHearing) -> Option<Due> {
    let law = &sheet.catalogue.law;
    let dealt_with = disposals(sheet, defendant.id);
    let mut first: Option<Day> = None;
    let mut last: Option<Day> = None;
    let (mut under, mut over) = (false, false);
    for (node, _) in &dealt_with {
        let offence = sheet.offence(node.line.offence)?;
        let day = offence.committed_on?;
        first = Some(first.map_or(day, |own| own.min(day)));
        let ended = offence.committed_to.unwrap_or(day);
        last = Some(last.map_or(ended, |own| own.max(ended)));
        if !defendant.organisation {
            let young = defendant.date_of_birth?.is_under_18_on(day);
            under |= young;
            over |= !young;
        }
    }
    let (first, last) = (first?, last?);
    let offender = match (defendant.organisation, under) {
        (true, _) => "organisation",
        (false, true) => "under_18",
        (false, false) => "adult",
    };
    let found = highest(sheet, &dealt_with, first, offender)?;
    let mut unconfirmed = Vec::new();
    if !found.row.verified {
        unconfirmed.push(format!("the row of {}", found.row.instrument));
    }
    if under && over {
        unconfirmed
            .push("that offences under and over 18 go by the table for those under 18".to_owned());
    }
    if found.life {
        unconfirmed.push("that a sentence of life counts as the longest custody".to_owned());
    }
    if found.alike > 1 {
        unconfirmed.push("that of several disposals of one kind the largest counts".to_owned());
    }
    // An offence of several days that straddles a change: which day counts is not known.
    let later = highest(sheet, &dealt_with, last, offender);
    let straddles = dealt_with.iter().any(|(node, _)| {
        sheet.offence(node.line.offence).is_some_and(|own| {
            own.committed_to
                .is_some_and(|to| Some(to) != own.committed_on)
        })
    });
    if straddles && later.as_ref().map(|own| own.amount) != Some(found.amount) {
        unconfirmed.push("that the first day of an offence of several days counts".to_owned());
    }
    let young = if offender == "under_18" {
        ", under 18 then"
    } else {
        ""
    };
    Some(Due {
        amount: Pence(found.amount),
        why: format!("{}, offence of {}{young}", found.words, first.in_words()),
        source: found.row.instrument.clone(),
        unconfirmed: (!unconfirmed.is_empty()).then(|| unconfirmed.join("; ")),
    })
    .filter(|due| law.rules.contains_key("SA2020-42") && due.amount.0 > 0)
}

struct Highest<'a> {
    amount: i64,
    row: &'a SurchargeRow,
    words: String,
    /// How many disposals of its kind there are.
    alike: usize,
    /// It is a sentence of life.
    life: bool,
}

/// The term that counts: of an extended sentence the whole, not the custodial term or the
/// extension alone.
pub(super) fn term_of(definition: &ResultDefinition, line: &ResultLine) -> Option<Period> {
    ["extended sentence", "term of sentence", "period"]
        .into_iter()
        .find_map(|words| period(definition, line, words))
        .map(|(_, term)| term)
}

/// The disposal with the highest amount, all by the table of one day.
fn highest<'a>(
    sheet: &Sheet<'a>,
    dealt_with: &[super::sheet::Known<'a>],
    day: Day,
    offender: &str,
) -> Option<Highest<'a>> {
    let law = &sheet.catalogue.law;
    let magistrates = sheet.hearing.jurisdiction == Jurisdiction::Magistrates;
    let mut most: Option<Highest<'a>> = None;
    for (node, definition) in dealt_with {
        let named = &law.disposals[&definition.code];
        let life = named == LIFE;
        let disposal = if life { "custody" } else { named.as_str() };
        // Custody by magistrates carries none if an offence is older than the order of 2014.
        let carries = law.limit("surcharge on magistrates' custody", |_| Some(day));
        if disposal == "custody" && magistrates && carries.is_none() {
            continue;
        }
        let fine = sum(definition, node.line).map_or(0, |(_, pence)| pence.0);
        let term = if life {
            Some(Period::of(LIFE_IN_YEARS, Unit::Years))
        } else {
            term_of(definition, node.line)
        };
        let Some(row) = law.surcharge_row(day, offender, disposal, term) else {
            continue;
        };
        let Some(amount) = row.due(fine) else {
            continue;
        };
        if most.as_ref().is_none_or(|most| amount > most.amount) {
            let alike = dealt_with
                .iter()
                .filter(|(_, own)| law.disposals.get(&own.code) == Some(named));
            most = Some(Highest {
                amount,
                row,
                words: if life {
                    "life".to_owned()
                } else {
                    words(row, disposal, fine, term)
                },
                alike: alike.count(),
                life,
            });
        }
    }
    most
}

fn words(row: &SurchargeRow, disposal: &str, fine: i64, term: Option<Period>) -> String {
    let disposal = disposal.replace('_', " ");
    match (row.percent, row.more_than_months, row.up_to_months, term) {
        (Some(percent), ..) => format!("{percent}% of the fine of {}", Pence(fine)),
        (_, Some(0) | None, Some(to), _) => format!("{disposal} of up to {to} months"),
        (_, Some(than), Some(to), _) => {
            format!("{disposal} of more than {than} and up to {to} months")
        }
        (_, Some(than), None, _) if than > 0 => format!("{disposal} of more than {than} months"),
        _ => disposal,
    }
}
