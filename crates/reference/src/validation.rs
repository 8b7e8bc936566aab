//! `validation_rules.csv`: the published rules before sharing. The rows that name
//! a `check` are run; the others say what is checked elsewhere. A folder may lower
//! what is built in, and never raise it.

use crate::{
    Gap, ReferenceError,
    source::Source,
    table::{Row, Table},
};
use domain::validator::{ValidatorRule, stricter};
use vocabulary::Severity;

const FILE: &str = "validation_rules.csv";

/// The rules of the folder, or those built in.
pub(crate) fn load(
    source: &Source,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<ValidatorRule>, ReferenceError> {
    let mut rules = read(&source.table(FILE)?, gaps)?;
    let built_in = read(&source.embedded_table(FILE)?, &mut Vec::new())?;
    for rule in &mut rules {
        match built_in.iter().find(|own| own.id == rule.id) {
            Some(own) => {
                if let Some(raised) = stricter(rule, own) {
                    return Err(ReferenceError::Raised {
                        file: FILE.to_owned(),
                        why: raised.to_string(),
                    });
                }
            }
            // Nobody has confirmed the law of a rule that only the folder knows.
            None => rule.severity = Severity::Warns,
        }
    }
    Ok(rules)
}

fn read(table: &Table, gaps: &mut Vec<Gap>) -> Result<Vec<ValidatorRule>, ReferenceError> {
    let mut rules = Vec::new();
    for row in table.rows() {
        let Some(kind) = row.value("check")? else {
            continue;
        };
        let id = row.text("rule")?;
        // What is not verified may warn, never block.
        let verified = row.flag("verified")?;
        if !verified {
            gaps.push(Gap::unverified(
                "a rule that rests on general knowledge",
                FILE,
                row.number,
                format!("{id}: {}", row.get("rests_on")?),
            ));
        }
        let severity = severity(&row)?;
        rules.push(ValidatorRule {
            id,
            title: row.text("title")?,
            meaning: row.text("meaning")?,
            kind,
            results: row.list("results")?,
            others: row.list("others")?,
            offences: row.list("offences")?,
            needs_master: row.get("needs")? == "masterDefendantId",
            enabled: row.flag("enabled")?,
            severity: if verified { severity } else { Severity::Warns },
            reach: row.value("level")?.ok_or_else(|| row.bad("level"))?,
            message: row.text("message")?,
            summary: row.text("summary")?,
            hint: row.text("hint")?,
            valid_from: row.day("valid_from")?,
            rests_on: row.text("rests_on")?,
            dates: row
                .list("dates")?
                .iter()
                .map(|own| own.parse().map_err(|()| row.bad("dates")))
                .collect::<Result<_, _>>()?,
        });
    }
    Ok(rules)
}

/// `ERROR` or `WARNING`, as the validator writes it.
fn severity(row: &Row<'_>) -> Result<Severity, ReferenceError> {
    match row.get("severity")? {
        "ERROR" => Ok(Severity::Blocks),
        "WARNING" => Ok(Severity::Warns),
        _ => Err(row.bad("severity")),
    }
}
