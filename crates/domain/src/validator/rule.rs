//! One rule as data, and how its severity is lowered: an operator may stop a rule
//! from blocking or switch it off, and may never make it stricter than its source.

use serde::{Deserialize, Serialize};
use std::str::FromStr;
use vocabulary::{Day, Severity};

/// What a rule asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Of several custodial terms more than one does not say how it runs.
    TermsUnmarked,
    /// A term says both.
    TermMarkedTwice,
    /// Every term says how it runs, so none is the primary sentence.
    NoPrimaryTerm,
    /// A driving offence is disposed of without an extended re-test.
    RetestMissing,
    /// A remand without a custody time limit.
    TimeLimitMissing,
    /// A final result without a conviction.
    ConvictionMissing,
    /// An order ends before a requirement of it.
    OrderEndsFirst,
    /// A requirement does not end when its period does.
    EndMissesPeriod,
    /// An adult custodial sentence for somebody under 21.
    TooYoung,
}

impl Kind {
    /// Is it asked of one defendant after another, and not of each offence?
    pub(super) fn is_of_defendants(self) -> bool {
        match self {
            Self::TermsUnmarked
            | Self::TermMarkedTwice
            | Self::NoPrimaryTerm
            | Self::OrderEndsFirst
            | Self::EndMissesPeriod
            | Self::TooYoung => true,
            Self::RetestMissing | Self::TimeLimitMissing | Self::ConvictionMissing => false,
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    /// The words of the column `check`.
    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "terms_unmarked" => Self::TermsUnmarked,
            "term_marked_twice" => Self::TermMarkedTwice,
            "no_primary_term" => Self::NoPrimaryTerm,
            "retest_missing" => Self::RetestMissing,
            "time_limit_missing" => Self::TimeLimitMissing,
            "conviction_missing" => Self::ConvictionMissing,
            "order_ends_first" => Self::OrderEndsFirst,
            "end_misses_period" => Self::EndMissesPeriod,
            "too_young" => Self::TooYoung,
            _ => return Err(()),
        })
    }
}

/// What an issue is told of (`validationLevel`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Each offence.
    Offence,
    /// The defendant as a whole.
    Defendant,
}

impl FromStr for Reach {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "OFFENCE" => Ok(Self::Offence),
            "DEFENDANT" => Ok(Self::Defendant),
            _ => Err(()),
        }
    }
}

/// Where a result says when it begins, how long it lasts and when it ends: references
/// of prompts, as the published format has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatesOf {
    /// Which result, by its code.
    pub result: String,
    /// Its first day; none if that is the day of the hearing.
    pub start: Option<String>,
    /// How long it lasts, where that is asked.
    pub period: Option<String>,
    /// Its last day.
    pub end: String,
}

impl FromStr for DatesOf {
    type Err = ();

    /// `COEW=endDate`, `CUR=startDate+curfewPeriod+endDate`, `AAR=+days+until`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (result, references) = text.split_once('=').ok_or(())?;
        let references: Vec<&str> = references.split('+').map(str::trim).collect();
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (start, period, end) = match references.as_slice() {
            [end] => (None, None, some(end)),
            [start, period, end] => (some(start), Some(some(period).ok_or(())?), some(end)),
            _ => return Err(()),
        };
        Ok(Self {
            result: some(result.trim()).ok_or(())?,
            start,
            period,
            end: end.ok_or(())?,
        })
    }
}

/// One row of `validation_rules.csv` that is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidatorRule {
    /// `DR-SENT-001/AC2`: the rule and, after a stroke, its condition.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it asks, in words.
    pub meaning: String,
    /// What it asks.
    pub kind: Kind,
    /// The results it speaks of.
    pub results: Vec<String>,
    /// The results it sets against them.
    pub others: Vec<String>,
    /// The offences it speaks of.
    pub offences: Vec<String>,
    /// It passes over whoever comes without a master defendant id.
    pub needs_master: bool,
    /// Whether it is asked at all.
    pub enabled: bool,
    /// Blocks or warns.
    pub severity: Severity,
    /// What its issues are told of.
    pub reach: Reach,
    /// What is said of each offence or defendant.
    pub message: String,
    /// What is said of all of them together; empty if the message says it.
    pub summary: String,
    /// What to do.
    pub hint: String,
    /// Hearings before this day are not asked.
    pub valid_from: Option<Day>,
    /// What it rests on.
    pub rests_on: String,
    /// Where its results say when they begin and end.
    pub dates: Vec<DatesOf>,
}

impl ValidatorRule {
    /// Where a result says when it begins and ends.
    #[must_use]
    pub fn dates_of(&self, code: &str) -> Option<&DatesOf> {
        let mut dates = self.dates.iter();
        dates.find(|own| own.result.eq_ignore_ascii_case(code))
    }

    /// The rule without its condition.
    #[must_use]
    pub fn family(&self) -> &str {
        self.id
            .split_once('/')
            .map_or(&self.id, |(family, _)| family)
    }

    /// The condition, if the rule has several.
    #[must_use]
    pub fn condition(&self) -> Option<&str> {
        self.id.split_once('/').map(|(_, condition)| condition)
    }

    /// Is it asked of a hearing on this day?
    #[must_use]
    pub fn in_force(&self, day: Day) -> bool {
        self.enabled && self.valid_from.is_none_or(|from| from <= day)
    }

    /// Does it say this id of itself, as a whole or as one condition?
    #[must_use]
    pub fn is_called(&self, id: &str) -> bool {
        self.id.eq_ignore_ascii_case(id) || self.family().eq_ignore_ascii_case(id)
    }

    fn lowered(&self) -> Lowered {
        match (self.enabled, self.severity) {
            (false, _) => Lowered::Off,
            (true, Severity::Warns) => Lowered::Warning,
            (true, Severity::Blocks) => Lowered::Error,
        }
    }
}

/// How severe a rule is at most; in this order, so that lower is less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lowered {
    /// It is not asked.
    Off,
    /// It warns.
    Warning,
    /// It blocks.
    Error,
}

impl Lowered {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "OFF",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
        }
    }
}

impl FromStr for Lowered {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Off, Self::Warning, Self::Error]
            .into_iter()
            .find(|own| own.word().eq_ignore_ascii_case(text.trim()))
            .ok_or(())
    }
}

/// Why a rule is not lowered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotLowered {
    /// There is no such rule.
    #[error("there is no validation rule {0}")]
    Unknown(String),
    /// That would raise it.
    #[error(
        "{rule} cannot be raised to {to}: its severity is {most}, and a validation rule can be \
         lowered, never raised"
    )]
    Raised {
        /// Which.
        rule: String,
        /// What it is.
        most: &'static str,
        /// What was asked for.
        to: &'static str,
    },
}

/// Lowers a rule, or one condition of it, to at most `to`: a condition that is
/// less severe already stays as it is.
///
/// # Errors
/// If no condition of that name is as severe as that: it would be raised.
pub fn lower(rules: &mut [ValidatorRule], id: &str, to: Lowered) -> Result<(), NotLowered> {
    let called = rules.iter().filter(|rule| rule.is_called(id));
    let most = called
        .map(ValidatorRule::lowered)
        .max()
        .ok_or_else(|| NotLowered::Unknown(id.to_owned()))?;
    if to > most {
        return Err(NotLowered::Raised {
            rule: id.to_owned(),
            most: most.word(),
            to: to.word(),
        });
    }
    for rule in rules.iter_mut().filter(|rule| rule.is_called(id)) {
        rule.enabled &= to != Lowered::Off;
        if to == Lowered::Warning {
            rule.severity = Severity::Warns;
        }
    }
    Ok(())
}

/// Is this rule, of an overriding table, stricter than the one it takes the place of?
#[must_use]
pub fn stricter(own: &ValidatorRule, than: &ValidatorRule) -> Option<NotLowered> {
    (own.lowered() > than.lowered()).then(|| NotLowered::Raised {
        rule: own.id.clone(),
        most: than.lowered().word(),
        to: own.lowered().word(),
    })
}
