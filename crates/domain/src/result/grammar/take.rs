//! What one question takes from some words: as a value, as an item of its list,
//! as a known name. The written form is that of [`crate::result::read`], so that
//! what is typed and what is checked cannot differ.

use super::{
    Context, How, Known, place,
    value::{self, Towards},
    words,
};
use crate::result::{Field, FieldKind, ResultLine, Rule, printed, read, read_day};
use std::collections::BTreeMap;
use vocabulary::{DefinitionId, fold_name};

/// The answers that some words give to a question.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub answers: BTreeMap<String, String>,
    pub how: How,
    /// Better fits first; of values all are equal.
    pub score: u32,
}

fn one(field: &Field, written: String, how: How) -> Taken {
    Taken {
        answers: BTreeMap::from([(field.key.clone(), written)]),
        how,
        score: 0,
    }
}

/// On which side of the hearing the day lies that a question asks for.
const fn towards(field: &Field) -> Towards {
    if field.past {
        Towards::Past
    } else {
        Towards::Coming
    }
}

/// Words that are nothing but a value: money, a number, a period, a day, a
/// clock, yes or no, or an item or name in full.
pub(super) fn value(
    field: &Field,
    typed: &str,
    context: &Context<'_>,
    named: bool,
) -> Option<Taken> {
    let written = |text: &str| {
        let written = read(field, text).ok()?;
        (!written.is_empty()).then(|| one(field, written, How::Typed))
    };
    match &field.kind {
        FieldKind::Money { .. } if !typed.contains(' ') => written(typed),
        FieldKind::Number { .. } if typed.starts_with(|c: char| c.is_ascii_digit()) => {
            written(typed)
        }
        FieldKind::Duration { units, .. } => {
            let period = value::period(typed, units)?;
            written(&period.to_string())
        }
        FieldKind::Date => match value::day(typed, context.day, towards(field)) {
            Some(day) => written(&day.to_string()),
            None => counted(field, typed, context),
        },
        FieldKind::Time => value::clock(typed).and_then(|time| written(&time)),
        // A tick that nobody asked for is not answered by a bare yes.
        FieldKind::YesNo if named || field.rule == Rule::Mandatory => {
            let known = matches!(typed.to_lowercase().as_str(), "yes" | "no" | "y" | "n");
            known.then(|| written(typed))?
        }
        FieldKind::List {
            list: Some(list),
            other,
            ..
        } => match list.item_on(typed, context.day) {
            Some(item) => Some(one(field, item.value.clone(), How::Typed)),
            None if *other => known_word(field, typed, context),
            None => None,
        },
        FieldKind::NameAddress { .. } => {
            let folded = fold_name(typed);
            let mut names = names(field, context).into_iter();
            let (known, how) = names.find(|(own, _)| {
                fold_name(&own.name) == folded || is_here(typed, &own.name, context)
            })?;
            Some(Taken {
                answers: known.answers,
                how,
                score: 0,
            })
        }
        FieldKind::Text { .. } | FieldKind::List { list: None, .. } => {
            known_word(field, typed, context)
        }
        _ => None,
    }
}

/// A word of other reference data, in full.
fn known_word(field: &Field, typed: &str, context: &Context<'_>) -> Option<Taken> {
    let folded = fold_name(typed);
    let mut words = context.book.words(field).into_iter();
    let word = words.find(|own| {
        (!folded.is_empty() && fold_name(own) == folded) || is_here(typed, own, context)
    })?;
    Some(one(field, read(field, &word).ok()?, How::Known))
}

fn is_here(typed: &str, name: &str, context: &Context<'_>) -> bool {
    typed.eq_ignore_ascii_case("here") && context.book.here().as_deref() == Some(name)
}

/// A period where a day is asked. An end is the period's own last day, which is
/// how the end of a community order is counted (rule COEW-005 of
/// `validation_rules.csv`); any other day is so long after the hearing.
fn counted(field: &Field, typed: &str, context: &Context<'_>) -> Option<Taken> {
    let period = value::in_order(typed, None)?;
    let after = value::after(period, context.day)?;
    let end = fold_name(&field.label)
        .split(' ')
        .any(|word| word == "end" || word == "ends");
    let day = if end { after.plus_days(-1) } else { after };
    Some(one(field, day.to_string(), How::Counted))
}

/// Words that fit an item of a list, a known name or, for a tick, its label.
pub(super) fn phrase(field: &Field, typed: &str, context: &Context<'_>) -> Option<Taken> {
    let folded = fold_name(typed);
    match &field.kind {
        FieldKind::List {
            list: Some(list),
            other,
            ..
        } => {
            let offered = list.on(context.day);
            let phrases = offered.map(|item| (item, fold_name(&item.value)));
            match words::best(&folded, phrases) {
                Some((score, item)) => Some(Taken {
                    score,
                    ..one(field, item.value.clone(), How::Typed)
                }),
                None if *other => known_phrase(field, &folded, context),
                None => None,
            }
        }
        FieldKind::NameAddress { .. } => {
            let names = names(field, context);
            let phrases = names.iter().map(|own| (own, fold_name(&own.0.name)));
            let (score, (known, how)) = words::best(&folded, phrases)?;
            Some(Taken {
                answers: known.answers.clone(),
                how: *how,
                score,
            })
        }
        FieldKind::Text { .. } | FieldKind::List { list: None, .. } => {
            known_phrase(field, &folded, context)
        }
        FieldKind::YesNo => {
            let (no, label) = match folded.split_once(' ') {
                Some(("no" | "not", rest)) => (true, rest),
                _ => (false, folded.as_str()),
            };
            let phrases = std::iter::once(((), fold_name(&field.label)));
            let (score, ()) = words::best(label, phrases)?;
            let written = if no { "no" } else { "yes" };
            Some(Taken {
                score,
                ..one(field, written.to_owned(), How::Typed)
            })
        }
        _ => None,
    }
}

fn known_phrase(field: &Field, folded: &str, context: &Context<'_>) -> Option<Taken> {
    let known = context.book.words(field);
    let phrases = known.iter().map(|own| (own, fold_name(own)));
    let (score, word) = words::best(folded, phrases)?;
    Some(Taken {
        score,
        ..one(field, read(field, word).ok()?, How::Known)
    })
}

/// Words of one's own: text, other words for a list, a name and address.
pub(super) fn text(field: &Field, typed: &str) -> Result<Option<Taken>, String> {
    // However many: what is understood must be understood the same when it is typed again.
    let typed = typed.trim_matches(|c: char| c == ',' || c.is_whitespace());
    match &field.kind {
        FieldKind::Text { .. }
        | FieldKind::List { list: None, .. }
        | FieldKind::List { other: true, .. } => match read(field, typed) {
            Ok(written) if written.is_empty() => Ok(None),
            Ok(written) => Ok(Some(one(field, written, How::Typed))),
            Err(problem) => Err(problem.message),
        },
        FieldKind::NameAddress { parts } => Ok(place::read(parts, typed).map(|answers| Taken {
            answers,
            how: How::Typed,
            score: 0,
        })),
        _ => Ok(None),
    }
}

/// Who may answer: the organisations of the reference data, and whoever this
/// defendant's earlier results name in the same place.
fn names(field: &Field, context: &Context<'_>) -> Vec<(Known, How)> {
    let mut found: Vec<(Known, How)> = context
        .book
        .names(field)
        .into_iter()
        .map(|known| (known, How::Known))
        .collect();
    let FieldKind::NameAddress { parts } = &field.kind else {
        return found;
    };
    for line in context.lines {
        let name: Vec<&str> = parts
            .iter()
            .filter(|part| part.is_name())
            .filter_map(|part| line.answer(&part.reference))
            .collect();
        let name = name.join(" ");
        if name.is_empty() || found.iter().any(|(own, _)| own.name == name) {
            continue;
        }
        let answers = earlier(field, line);
        found.push((Known { name, answers }, How::Earlier));
    }
    found
}

/// What this defendant answered to the same question in an earlier result.
pub(super) fn same(field: &Field, context: &Context<'_>) -> Option<Taken> {
    let words = matches!(
        field.kind,
        FieldKind::Text { .. } | FieldKind::List { list: None, .. } | FieldKind::NameAddress { .. }
    );
    let own = |line: &&ResultLine| line.defendant == context.defendant;
    let lines = context.lines.iter().rev().filter(own);
    let mut all = lines.map(|line| earlier(field, line));
    let answers = all.find(|answers| words && !answers.is_empty())?;
    Some(Taken {
        answers,
        how: How::Earlier,
        score: 0,
    })
}

fn earlier(field: &Field, line: &ResultLine) -> BTreeMap<String, String> {
    field
        .references()
        .filter_map(|own| Some((own.to_owned(), line.answer(own)?.to_owned())))
        .collect()
}

/// Where this defendant lives, for a question about an address of theirs; never
/// for the address of somebody whom the order protects.
pub(super) fn home(field: &Field, context: &Context<'_>) -> Option<Taken> {
    const OTHERS: [&str; 12] = [
        "person", "persons", "victim", "witness", "party", "partys", "creditor", "employer",
        "parent", "guardian", "owner", "surety",
    ];
    let label = fold_name(&field.label);
    let has = |words: &[&str]| label.split(' ').any(|own| words.contains(&own));
    let lines = context.book.home();
    let asks = matches!(field.kind, FieldKind::Text { .. })
        && has(&["address", "remain", "reside", "live"])
        && !has(&OTHERS)
        && !lines.is_empty();
    let written = asks.then(|| read(field, &lines.join(", ")).ok())??;
    Some(one(field, written, How::Known))
}

/// The answers of a field as people read them.
pub(super) fn shown(field: &Field, answers: &BTreeMap<String, String>) -> String {
    match &field.kind {
        FieldKind::NameAddress { parts } => {
            let part = |name: bool| {
                parts
                    .iter()
                    .filter(move |own| own.is_name() == name && !own.is_email())
                    .filter_map(|own| answers.get(&own.reference).map(String::as_str))
                    .collect::<Vec<_>>()
            };
            let name = part(true).join(" ");
            let all: Vec<&str> = Some(name.as_str())
                .filter(|own| !own.is_empty())
                .into_iter()
                .chain(part(false))
                .collect();
            all.join(", ")
        }
        FieldKind::Date => {
            let text = answers.get(&field.key).cloned().unwrap_or_default();
            read_day(&text).map_or(text, |day| day.in_words())
        }
        FieldKind::Money { .. } => {
            let line = line_of(answers.clone());
            printed(field, &line).unwrap_or_default()
        }
        _ => answers.get(&field.key).cloned().unwrap_or_default(),
    }
}

/// The answers on a line of their own, for what reads lines.
pub(super) fn line_of(answers: BTreeMap<String, String>) -> ResultLine {
    let nobody = uuid::Uuid::nil();
    ResultLine {
        id: vocabulary::ResultLineId(nobody),
        definition: DefinitionId(nobody),
        defendant: vocabulary::DefendantId(nobody),
        offence: None,
        parent: None,
        answers,
    }
}
