//! Lowering a rule, and giving it back what its table says.

use super::{LoweredRules, RulesEvent};
use crate::{
    Refusal,
    result::LawTables,
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
    /// What it is about.
    pub about: String,
}

/// Our own rules that may be lowered: by their tables, and every rule about an age.
fn ours(law: &LawTables) -> impl Iterator<Item = (&str, Severity, &str)> {
    let rules = law.rules.iter().filter(|(_, rule)| rule.lowerable);
    let rules = rules.map(|(id, rule)| (id.as_str(), rule.severity, rule.source.as_str()));
    let ages = law.ages.iter();
    rules.chain(ages.map(|rule| (rule.id.as_str(), rule.severity, rule.source.as_str())))
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
        (rule.id.clone(), table, rule.title.clone())
    });
    let ours = ours(law).map(|(id, severity, source)| {
        let table = match severity {
            Severity::Warns => Lowered::Warning,
            Severity::Blocks => Lowered::Error,
        };
        (id.to_owned(), table, source.to_owned())
    });
    published
        .chain(ours)
        .map(|(rule, table, about)| Severities {
            now: now(&rule, table),
            rule,
            table,
            about,
        })
        .collect()
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
                "See `rules list`; what the setting `lower_rules` lowers is changed there.",
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
    let ours = ours(law).map(|(id, ..)| id);
    published
        .chain(ours.filter(|id| id.eq_ignore_ascii_case(rule)))
        .next()
        .map(str::to_owned)
        .ok_or_else(|| {
            Refusal::new(
                "no_such_rule",
                format!("{rule} is no rule that can be lowered."),
                "Choose one that `rules list` shows.",
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
