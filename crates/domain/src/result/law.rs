//! The tables that the checks read: which results a rule speaks of, which
//! limits hold from which conviction, what the surcharge is. All of it is data;
//! none of it is decided here.

use super::{Period, TimeLimitRow, Unit};
use crate::validator::ValidatorRule;
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};
use vocabulary::{BailStatus, Day, Pence, Severity};

/// One rule of `check_rules.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRule {
    /// Blocks or warns.
    pub severity: Severity,
    /// The results it speaks of: codes, or `group:` names.
    pub results: Vec<String>,
    /// The results it sets against them.
    pub others: Vec<String>,
    /// The offences it speaks of.
    pub offences: Vec<String>,
    /// The Act, or whatever else it rests on.
    pub source: String,
    /// Whoever runs the court's server may lower it.
    pub lowerable: bool,
    /// What it asks, in words.
    pub why: String,
    /// The hearings of which it is asked.
    pub asked: Asked,
}

/// Two sides of which only one can be said of an offence, or of a defendant
/// (`contradictions.csv`). It warns: what blocks is a rule of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// What its findings are called.
    pub id: String,
    /// Of the defendant, not of one offence.
    pub of_defendant: bool,
    /// One side: codes, or `group:` names.
    pub results: Vec<String>,
    /// The other.
    pub others: Vec<String>,
    /// The Act, or whatever else it rests on.
    pub source: String,
    /// The hearings of which it is asked.
    pub asked: Asked,
}

/// The days of the hearings of which a rule is asked; open where nothing is said. A
/// number that another date chooses is a row of the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// From this day.
    pub from: Option<Day>,
    /// To this day.
    pub to: Option<Day>,
}

impl Asked {
    /// Is the rule asked of a hearing on this day?
    #[must_use]
    pub fn on(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Which date chooses the row of a table (the Acts differ: some go by the day of
/// the offence, some by that of the conviction).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecidedBy {
    /// The day of the offence.
    Offence,
    /// The day of conviction.
    Conviction,
    /// The day on which the order is made.
    Order,
}

impl FromStr for DecidedBy {
    type Err = ();

    /// The words of the column `decided_by`.
    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "offence" => Self::Offence,
            "conviction" => Self::Conviction,
            "order" | "hearing" => Self::Order,
            _ => return Err(()),
        })
    }
}

/// A limit on a period or sum, from `limits.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What is limited.
    pub name: String,
    /// Which date chooses the row.
    pub by: DecidedBy,
    /// From this day.
    pub from: Option<Day>,
    /// To this day.
    pub to: Option<Day>,
    /// The least.
    pub min: Option<Period>,
    /// The most.
    pub max: Option<Period>,
    /// The most money.
    pub most: Option<Pence>,
    /// Blocks, or only warns because it is unverified.
    pub severity: Severity,
    /// The Act.
    pub source: String,
}

/// How old somebody is for a result, from `age_rules.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeRule {
    /// Its id.
    pub id: String,
    /// The results it speaks of.
    pub results: Vec<String>,
    /// The youngest.
    pub min: Option<i64>,
    /// The oldest.
    pub max: Option<i64>,
    /// The age on which day.
    pub on: DecidedBy,
    /// Blocks, or only warns.
    pub severity: Severity,
    /// The Act.
    pub source: String,
    /// What to do.
    pub hint: String,
    /// The hearings of which it is asked.
    pub asked: Asked,
}

/// A row of the surcharge table.
#[derive(Debug, Clone, PartialEq)]
pub struct SurchargeRow {
    /// From offences on this day.
    pub from: Day,
    /// To offences on this day.
    pub to: Option<Day>,
    /// `adult`, `under_18` or `organisation`.
    pub offender: String,
    /// `fine`, `community_order`, `custody` …
    pub disposal: String,
    /// A fixed sum, in pence.
    pub amount: Option<i64>,
    /// A part of the fine, in percent.
    pub percent: Option<i64>,
    /// Least, in pence.
    pub min: Option<i64>,
    /// Most, in pence.
    pub max: Option<i64>,
    /// For terms longer than so many months.
    pub more_than_months: Option<u32>,
    /// For terms up to so many months.
    pub up_to_months: Option<u32>,
    /// The instrument.
    pub instrument: String,
    /// Somebody read it.
    pub verified: bool,
}

/// A bail status with its weight, from `bail_statuses.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BailRow {
    /// Which.
    pub status: BailStatus,
    /// One is the most severe.
    pub severity_rank: u32,
    /// What it is called.
    pub description: String,
}

/// A row of `default_days.csv`: the longest term in default of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultTerm {
    /// `magistrates_schedule_4`, `crown_term_in_default`.
    pub scale: String,
    /// Of more than this.
    pub over: Pence,
    /// And not more than this.
    pub up_to: Option<Pence>,
    /// The longest term.
    pub term: Period,
    /// What it rests on.
    pub source: String,
    /// Somebody read it.
    pub verified: bool,
}

/// How long somebody who was sentenced so must notify the police.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationRow {
    /// Which sentence.
    pub code: String,
    /// For how many months; none is without end.
    pub months: Option<u32>,
    /// Half as long for somebody under 18.
    pub halved_if_under_18: bool,
}

/// Everything the checks read.
#[derive(Debug, Clone, Default)]
pub struct LawTables {
    /// Our own rules by id.
    pub rules: BTreeMap<String, CheckRule>,
    /// The rules of the published validator, in the order of their table.
    pub validator: Vec<ValidatorRule>,
    /// The limits.
    pub limits: Vec<Limit>,
    /// What cannot be said together.
    pub contradictions: Vec<Contradiction>,
    /// The ages.
    pub ages: Vec<AgeRule>,
    /// The custody time limits.
    pub time_limits: Vec<TimeLimitRow>,
    /// Bank holidays.
    pub holidays: BTreeSet<Day>,
    /// The longest terms in default of payment.
    pub default_terms: Vec<DefaultTerm>,
    /// How long somebody notifies the police.
    pub notification: Vec<NotificationRow>,
    /// The surcharge.
    pub surcharge: Vec<SurchargeRow>,
    /// The bail statuses, most severe first.
    pub bail: Vec<BailRow>,
    /// Plea values that admit guilt.
    pub guilty_pleas: BTreeSet<String>,
    /// Plea values that deny it.
    pub not_guilty_pleas: BTreeSet<String>,
    /// The surcharge's word for each result that carries one.
    pub disposals: BTreeMap<String, String>,
}

impl LawTables {
    /// The limit of this name on the day that chooses its rows; none if that day is
    /// not known.
    #[must_use]
    pub fn limit(&self, name: &str, decides: impl Fn(DecidedBy) -> Option<Day>) -> Option<&Limit> {
        self.limits.iter().find(|limit| {
            limit.name == name
                && decides(limit.by).is_some_and(|day| {
                    limit.from.is_none_or(|from| from <= day) && limit.to.is_none_or(|to| day <= to)
                })
        })
    }

    /// The row of this scale for a sum.
    #[must_use]
    pub fn default_term(&self, scale: &str, sum: Pence) -> Option<&DefaultTerm> {
        self.default_terms.iter().find(|row| {
            row.scale == scale
                && sum.0 > row.over.0
                && row.up_to.is_none_or(|up_to| sum.0 <= up_to.0)
        })
    }

    /// Does any row speak of this at all?
    #[must_use]
    pub fn limits_anything(&self, name: &str) -> bool {
        self.limits.iter().any(|limit| limit.name == name)
    }

    /// The day itself, or the last one before it that is neither a Saturday, a Sunday
    /// nor a bank holiday.
    #[must_use]
    pub fn working_day_until(&self, day: Day) -> Day {
        let mut day = day;
        while day.is_weekend() || self.holidays.contains(&day) {
            day = day.plus_days(-1);
        }
        day
    }

    /// The last of so many business days after a day: neither Saturdays, Sundays nor bank
    /// holidays count, and the day itself does not.
    #[must_use]
    pub fn working_days_after(&self, day: Day, count: u32) -> Day {
        let (mut day, mut left) = (day, count);
        while left > 0 {
            day = day.plus_days(1);
            if !day.is_weekend() && !self.holidays.contains(&day) {
                left -= 1;
            }
        }
        day
    }

    /// The most severe of several statuses; *not applicable* if there is none.
    #[must_use]
    pub fn most_severe(&self, statuses: impl IntoIterator<Item = BailStatus>) -> BailStatus {
        let rank = |status: BailStatus| {
            self.bail
                .iter()
                .find(|row| row.status == status)
                .map_or(u32::MAX, |row| row.severity_rank)
        };
        statuses
            .into_iter()
            .min_by_key(|status| rank(*status))
            .unwrap_or(BailStatus::NotApplicable)
    }

    /// The row of the surcharge table for one disposal.
    #[must_use]
    pub fn surcharge_row(
        &self,
        offence_day: Day,
        offender: &str,
        disposal: &str,
        term: Option<Period>,
    ) -> Option<&SurchargeRow> {
        let months = |count| Period::of(count, Unit::Months);
        self.surcharge.iter().find(|row| {
            row.from <= offence_day
                && row.to.is_none_or(|to| offence_day <= to)
                && row.offender == offender
                && row.disposal == disposal
                && row.more_than_months.is_none_or(|than| {
                    than == 0 || term.is_some_and(|t| t.longer_than(months(than), offence_day))
                })
                && row.up_to_months.is_none_or(|up_to| {
                    term.is_some_and(|term| !term.longer_than(months(up_to), offence_day))
                })
        })
    }
}

impl SurchargeRow {
    /// The surcharge in pence; `fine` is in pence.
    #[must_use]
    pub fn due(&self, fine: i64) -> Option<i64> {
        if let Some(amount) = self.amount {
            return Some(amount);
        }
        // To the nearest pound: the Acts of 2012 to 2020 say so.
        let part = (fine.saturating_mul(self.percent?) / 100).saturating_add(50) / 100 * 100;
        Some(
            part.max(self.min.unwrap_or(0))
                .min(self.max.unwrap_or(i64::MAX)),
        )
    }
}

impl CheckRule {
    /// Does one side of the rule name this result?
    #[must_use]
    pub fn names(side: &[String], code: &str, groups: &[String]) -> bool {
        side.iter().any(|name| match name.strip_prefix("group:") {
            Some(group) => groups.iter().any(|own| own.eq_ignore_ascii_case(group)),
            None => name.eq_ignore_ascii_case(code),
        })
    }
}
