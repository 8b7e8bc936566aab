//! Lowering a rule, and giving it back what its table says.

use super::{LoweredRules, RulesEvent};
use crate::{
    Refusal,
    result::{AgeRule, DecidedBy, LawTables},
    validator::{Lowered, lower},
    words,
};
use vocabulary::Severity;

/// How severe a rule is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severities {
    /// Its name.
    pub rule: String,
    /// By its table (and the settings of the server).
    pub table: Lowered,
    /// Now.
    pub now: Lowered,
    /// What it asks, one sentence.
    pub about: String,
    /// What it rests on.
    pub source: String,
}

/// One of our own rules that may be lowered.
struct Ours<'l> {
    id: &'l str,
    severity: Severity,
    source: &'l str,
    about: String,
}

/// Our own rules that may be lowered: by their tables, and every rule about an age.
fn ours(law: &LawTables) -> impl Iterator<Item = Ours<'_>> {
    let rules = law.rules.iter().filter(|(_, rule)| rule.lowerable);
    let rules = rules.map(|(id, rule)| Ours {
        id,
        severity: rule.severity,
        source: &rule.source,
        about: sentence(&rule.why),
    });
    rules.chain(law.ages.iter().map(|rule| Ours {
        id: &rule.id,
        severity: rule.severity,
        source: &rule.source,
        about: of_age(rule),
    }))
}

/// Tables write half sentences.
fn sentence(text: &str) -> String {
    let mut letters = text.trim().trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), letters.as_str())
    })
}

/// Whom a result is for, by age.
fn of_age(rule: &AgeRule) -> String {
    let ages = match (rule.min, rule.max) {
        (Some(min), Some(max)) => format!("for those aged {min} to {max}"),
        (Some(min), None) => format!("only from the age of {min}"),
        (None, Some(max)) => format!("only to the age of {max}"),
        (None, None) => "at every age".to_owned(),
    };
    let day = match rule.on {
        DecidedBy::Offence => "offence",
        DecidedBy::Conviction => "conviction",
        DecidedBy::Order => "the hearing",
    };
    format!("{} {ages} on the day of {day}.", rule.results.join(", "))
}

/// The rules that can be lowered, as they stand.
#[must_use]
pub fn severities(law: &LawTables, lowered: &LoweredRules) -> Vec<Severities> {
    let now = |rule: &str, table: Lowered| {
        lowered
            .of(rule)
            .map_or(table, |lowered| lowered.to.min(table))
    };
    let published = law.validator.iter().map(|rule| {
        let table = match (rule.enabled, rule.severity) {
            (false, _) => Lowered::Off,
            (true, Severity::Warns) => Lowered::Warning,
            (true, Severity::Blocks) => Lowered::Error,
        };
        Severities {
            now: now(&rule.id, table),
            rule: rule.id.clone(),
            table,
            about: sentence(&rule.meaning),
            source: rule.rests_on.clone(),
        }
    });
    let ours = ours(law).map(|own| {
        let table = match own.severity {
            Severity::Warns => Lowered::Warning,
            Severity::Blocks => Lowered::Error,
        };
        Severities {
            now: now(own.id, table),
            rule: own.id.to_owned(),
            table,
            about: own.about,
            source: own.source.to_owned(),
        }
    });
    published.chain(ours).collect()
}

/// Lowers a rule, or one condition of it.
///
/// # Errors
/// If there is no such rule, it may not be lowered, it would be raised, or nobody says
/// who and why.
pub fn lower_rule(
    law: &LawTables,
    lowered: &LoweredRules,
    (rule, to): (&str, Lowered),
    by: &str,
    reason: &str,
) -> Result<RulesEvent, Refusal> {
    let (by, reason) = said(by, reason)?;
    let mut published = lowered.validator(&law.validator);
    let name = named(law, rule)?;
    let most = if published.iter().any(|own| own.is_called(&name)) {
        lower(&mut published, &name, to).map_err(|why| raised(why.to_string()))?;
        None
    } else {
        severities(law, lowered)
            .into_iter()
            .find(|own| own.rule == name)
            .map(|own| own.now)
    };
    if let Some(most) = most.filter(|most| to > *most) {
        return Err(raised(format!(
            "{name} cannot be raised to {}: it is {} now",
            to.word(),
            most.word()
        )));
    }
    Ok(RulesEvent::RuleLowered {
        rule: name,
        to,
        by,
        reason,
    })
}

/// Ends a lowering: the rule is again what its table says, and never more.
///
/// # Errors
/// If the rule is not lowered, or nobody says who and why.
pub fn restore_rule(
    lowered: &LoweredRules,
    rule: &str,
    by: &str,
    reason: &str,
) -> Result<RulesEvent, Refusal> {
    let (by, reason) = said(by, reason)?;
    let name = lowered
        .rules
        .keys()
        .find(|own| own.eq_ignore_ascii_case(rule.trim()))
        .ok_or_else(|| {
            Refusal::new(
                "not_lowered",
                format!("{} is not lowered by a command.", rule.trim()),
                "See which rules are lowered; what the setting `lower_rules` lowers is changed there.",
            )
        })?;
    Ok(RulesEvent::RuleRestored {
        rule: name.clone(),
        by,
        reason,
    })
}

/// The name as the tables write it.
fn named(law: &LawTables, rule: &str) -> Result<String, Refusal> {
    let rule = rule.trim();
    let published = law.validator.iter().flat_map(|own| {
        [own.id.as_str(), own.family()]
            .into_iter()
            .find(|name| name.eq_ignore_ascii_case(rule))
    });
    let ours = ours(law).map(|own| own.id);
    published
        .chain(ours.filter(|id| id.eq_ignore_ascii_case(rule)))
        .next()
        .map(str::to_owned)
        .ok_or_else(|| {
            Refusal::new(
                "no_such_rule",
                format!("{rule} is no rule that can be lowered."),
                "Choose one of the list of rules.",
            )
        })
}

fn said(by: &str, reason: &str) -> Result<(String, String), Refusal> {
    let (by, reason) = (words::said(by), words::said(reason));
    if by.is_empty() || reason.is_empty() {
        return Err(Refusal::new(
            "who_and_why",
            "A rule is not lowered without somebody who decides it and a reason.",
            "Say who decided it and why: both stay in the record.",
        ));
    }
    Ok((by, reason))
}

fn raised(why: String) -> Refusal {
    Refusal::new(
        "never_raised",
        format!("{why}."),
        "A rule can be lowered to WARNING or OFF, and given back what its table says.",
    )
}
