//! The tables that the checks read.

use crate::{Gap, ReferenceError, source::Source, table::Row};
use domain::result::{
    AgeRule, Asked, BailRow, CheckRule, CommonResult, Contradiction, DefaultTerm, LawTables, Limit,
    NotificationRow, Period, SurchargeRow, TimeLimitRow,
};
use vocabulary::{Pence, Severity};

pub(crate) fn load(source: &Source, gaps: &mut Vec<Gap>) -> Result<LawTables, ReferenceError> {
    let mut law = LawTables {
        validator: crate::validation::load(source, gaps)?,
        ..LawTables::default()
    };
    for row in source.table("check_rules.csv")?.rows() {
        let id = row.text("rule")?;
        let results = row.list("results")?;
        if let Some(disposal) = id.strip_prefix("DISPOSAL:") {
            law.disposals
                .extend(results.into_iter().map(|code| (code, disposal.to_owned())));
            continue;
        }
        // What is not verified may warn, never block.
        let verified = row.flag("verified")?;
        if !verified {
            gaps.push(Gap::unverified(
                "a rule that rests on general knowledge",
                "check_rules.csv",
                row.number,
                format!("{id}: {}", row.get("why")?),
            ));
        }
        let severity: Severity = row.value("severity")?.ok_or_else(|| row.bad("severity"))?;
        let rule = CheckRule {
            severity: if verified { severity } else { Severity::Warns },
            results,
            others: row.list("others")?,
            offences: row.list("offences")?,
            source: row.text("source")?,
            lowerable: row.flag("lowerable")?,
            why: row.text("why")?,
            asked: asked(row)?,
        };
        if law.rules.contains_key(&id) {
            return Err(row.broken(format!("the rule {id} stands twice")));
        }
        law.rules.insert(id, rule);
    }
    for row in source.table("limits.csv")?.rows() {
        // A sum of money is written with its sign.
        let money = row.some("max")?.filter(|text| text.starts_with('£'));
        let period = |column: &str| -> Result<Option<Period>, ReferenceError> {
            match row.some(column)?.filter(|text| !text.starts_with('£')) {
                None => Ok(None),
                Some(text) => Period::parse(&text, None)
                    .map(Some)
                    .ok_or_else(|| row.bad(column)),
            }
        };
        if !row.flag("verified")? {
            let what = format!("{}: {}", row.get("limit")?, row.get("source")?);
            gaps.push(Gap::unverified(
                "a limit that rests on general knowledge",
                "limits.csv",
                row.number,
                what,
            ));
        }
        law.limits.push(Limit {
            name: row.text("limit")?,
            by: row
                .value("decided_by")?
                .ok_or_else(|| row.bad("decided_by"))?,
            from: row.day("from")?,
            to: row.day("to")?,
            min: period("min")?,
            max: period("max")?,
            most: match money {
                None => None,
                Some(text) => Some(Pence::parse(&text).ok_or_else(|| row.bad("max"))?),
            },
            severity: if row.flag("verified")? {
                Severity::Blocks
            } else {
                Severity::Warns
            },
            source: row.text("source")?,
        });
    }
    for row in source.table("surcharge.csv")?.rows() {
        let pounds = |column: &str| -> Result<Option<i64>, ReferenceError> {
            match row.some(column)? {
                None => Ok(None),
                Some(text) => Pence::parse(&text)
                    .map(|p| Some(p.0))
                    .ok_or_else(|| row.bad(column)),
            }
        };
        law.surcharge.push(SurchargeRow {
            from: row
                .day("offence_from")?
                .ok_or_else(|| row.bad("offence_from"))?,
            to: row.day("offence_to")?,
            offender: row.text("offender")?,
            disposal: row.text("disposal")?,
            amount: pounds("amount_gbp")?,
            percent: row.value("fine_percent")?,
            min: pounds("fine_min_gbp")?,
            max: pounds("fine_max_gbp")?,
            more_than_months: row.value("term_months_more_than")?,
            up_to_months: row.value("term_months_up_to_incl")?,
            instrument: row.text("instrument")?,
            verified: row.flag("verified")?,
        });
    }
    ages(source, gaps, &mut law)?;
    default_terms(source, &mut law)?;
    notification(source, &mut law)?;
    contradictions(source, gaps, &mut law)?;
    for row in source.table("custody_time_limits.csv")?.rows() {
        // The rows RULE_… say how days are counted, which is in the program.
        let stage = row.text("stage")?;
        let Some(days) = row.value("days")?.filter(|_| !stage.starts_with("RULE")) else {
            continue;
        };
        law.time_limits.push(TimeLimitRow {
            stage,
            days,
            from: row.day("in_force_from")?,
            to: row.day("in_force_to")?,
            provision: row.text("provision")?,
            verified: row.flag("verified")?,
        });
    }
    for row in source.table("bank_holidays.csv")?.rows() {
        law.holidays
            .insert(row.day("date")?.ok_or_else(|| row.bad("date"))?);
    }
    for row in source.table("bail_statuses.csv")?.rows() {
        law.bail.push(BailRow {
            status: row.value("code")?.ok_or_else(|| row.bad("code"))?,
            severity_rank: row
                .value("severity_rank_1_is_most_severe")?
                .ok_or_else(|| row.bad("severity_rank_1_is_most_severe"))?,
            description: row.text("description")?,
        });
    }
    law.bail.sort_by_key(|row| row.severity_rank);
    for row in source.table("plea_values.csv")?.rows() {
        let value = row.text("plea_value")?;
        let denies = value.contains("NOT_GUILTY") || value == "DENIES";
        // Some rows have no flag; their names say what they are.
        let admits = row.flag("guilty_flag")?
            || row.get("kind")? == "plea" && value.contains("GUILTY") && !denies;
        if admits {
            law.guilty_pleas.insert(value);
        } else if denies {
            law.not_guilty_pleas.insert(value);
        }
    }
    Ok(law)
}

/// The longest terms in default of payment.
fn default_terms(source: &Source, law: &mut LawTables) -> Result<(), ReferenceError> {
    for row in source.table("default_days.csv")?.rows() {
        let pounds = |column: &str| -> Result<Option<Pence>, ReferenceError> {
            let Some(text) = row.some(column)? else {
                return Ok(None);
            };
            Pence::parse(&text).map(Some).ok_or_else(|| row.bad(column))
        };
        let term = format!(
            "{} {}",
            row.text("max_term_value")?,
            row.text("max_term_unit")?
        );
        law.default_terms.push(DefaultTerm {
            scale: row.text("scale")?,
            over: pounds("more_than_gbp")?.ok_or_else(|| row.bad("more_than_gbp"))?,
            up_to: pounds("not_more_than_gbp")?,
            term: Period::parse(&term, None).ok_or_else(|| row.bad("max_term_value"))?,
            source: row.text("source")?,
            verified: row.flag("verified")?,
        });
    }
    Ok(())
}

/// The rows that are a sentence; the others say how the Act counts.
fn notification(source: &Source, law: &mut LawTables) -> Result<(), ReferenceError> {
    for row in source.table("notification_periods.csv")?.rows() {
        let code = row.text("code")?;
        let indefinite = row.get("period")? == "indefinite";
        let months: Option<u32> = row.value("months")?;
        if code.starts_with("RULE_") || !(indefinite || months.is_some()) {
            continue;
        }
        law.notification.push(NotificationRow {
            code,
            months,
            halved_if_under_18: row.flag("halved_if_under_18")?,
        });
    }
    Ok(())
}

/// What cannot be said together.
fn contradictions(
    source: &Source,
    gaps: &mut Vec<Gap>,
    law: &mut LawTables,
) -> Result<(), ReferenceError> {
    for row in source.table("contradictions.csv")?.rows() {
        let id = row.text("rule")?;
        if !row.flag("verified")? {
            gaps.push(Gap::unverified(
                "a rule that rests on general knowledge",
                "contradictions.csv",
                row.number,
                format!("{id}: {}", row.get("why")?),
            ));
        }
        if law.contradictions.iter().any(|own| own.id == id) || law.rules.contains_key(&id) {
            return Err(row.broken(format!("the rule {id} stands twice")));
        }
        law.contradictions.push(Contradiction {
            id,
            of_defendant: match row.get("where")? {
                "offence" => false,
                "defendant" => true,
                _ => return Err(row.bad("where")),
            },
            results: row.list("results")?,
            others: row.list("others")?,
            source: row.text("source")?,
            asked: asked(row)?,
        });
    }
    Ok(())
}

/// How old somebody is for a result.
fn ages(source: &Source, gaps: &mut Vec<Gap>, law: &mut LawTables) -> Result<(), ReferenceError> {
    for row in source.table("age_rules.csv")?.rows() {
        let id = row.text("rule")?;
        let verified = row.flag("verified")?;
        if !verified {
            gaps.push(Gap::unverified(
                "a rule that rests on general knowledge",
                "age_rules.csv",
                row.number,
                format!("{id}: {}", row.get("source")?),
            ));
        }
        let severity: Severity = row.value("severity")?.ok_or_else(|| row.bad("severity"))?;
        if law.ages.iter().any(|own| own.id == id) {
            return Err(row.broken(format!("the rule {id} stands twice")));
        }
        law.ages.push(AgeRule {
            id,
            results: row.list("results")?,
            min: row.value("min_age")?,
            max: row.value("max_age")?,
            on: row.value("age_on")?.ok_or_else(|| row.bad("age_on"))?,
            severity: if verified { severity } else { Severity::Warns },
            source: row.text("source")?,
            hint: row.text("hint")?,
            asked: asked(row)?,
        });
    }
    Ok(())
}

/// What is ordered every day, and what else it is called.
pub(crate) fn common(source: &Source) -> Result<Vec<CommonResult>, ReferenceError> {
    let mut common: Vec<CommonResult> = Vec::new();
    for row in source.table("common_results.csv")?.rows() {
        let result = row.text("result")?;
        if common.iter().any(|own| own.result == result) {
            return Err(row.broken(format!("the result {result} stands twice")));
        }
        common.push(CommonResult {
            result,
            order: row.value("order")?.ok_or_else(|| row.bad("order"))?,
            called: row.list("called")?,
        });
    }
    Ok(common)
}

/// The hearings of which a rule is asked.
fn asked(row: Row<'_>) -> Result<Asked, ReferenceError> {
    let asked = Asked {
        from: row.day_if_any("from")?,
        to: row.day_if_any("to")?,
    };
    if asked.from.zip(asked.to).is_some_and(|(from, to)| to < from) {
        return Err(row.bad("to"));
    }
    Ok(asked)
}
