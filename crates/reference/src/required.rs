//! Whom a document must reach before results are shared: `now_required.csv`, each row held
//! against the documents and subscriptions that it names. A row that could never hold is
//! refused, and so is one that blocks on what nobody confirmed.

use crate::{Gap, ReferenceError, source::Source, table::Row};
use domain::now::{Needs, NowDefinition, Requirement, Subscription};
use vocabulary::Severity;

const FILE: &str = "now_required.csv";

/// Puts each requirement with its subscription, in the order of the table: the first that
/// speaks of a document holds.
pub(crate) fn required(
    source: &Source,
    nows: &[NowDefinition],
    subscriptions: &mut [Subscription],
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    for row in source.table(FILE)?.rows() {
        let name = row.get("subscription")?;
        let requirement = requirement(row)?;
        if !subscriptions.iter().any(|own| own.name == name) {
            return Err(row.bad("subscription"));
        }
        let now = &requirement.now;
        let named = nows.iter().find(|own| own.name == *now);
        match named {
            None if now != "*" => return Err(row.bad("now")),
            Some(named) if !named.subscriptions.iter().any(|own| own == name) => {
                return Err(row.broken(format!("{now} does not go to {name}")));
            }
            _ => {}
        }
        for own in subscriptions.iter_mut().filter(|own| own.name == name) {
            let mut before = own.requires.iter();
            if let Some(before) = before.find(|own| own.now == "*" || own.now == *now) {
                let why = format!("{name}: what a row above says of {} holds", before.now);
                return Err(row.broken(why));
            }
            own.requires.push(requirement.clone());
        }
        if row.flag("unverified")? {
            let what = format!("{name}: {}", row.get("why")?);
            let kind = "a required recipient";
            gaps.push(Gap::unverified(kind, FILE, row.number, what));
        }
    }
    Ok(())
}

fn requirement(row: Row<'_>) -> Result<Requirement, ReferenceError> {
    let severity = row.value("severity")?.ok_or_else(|| row.bad("severity"))?;
    // What nobody confirmed warns. That an order reaches somebody is a rule of this service.
    let rests_on_nothing = row.flag("unverified")? || row.get("source")?.is_empty();
    if severity == Severity::Blocks && rests_on_nothing {
        let why = "it blocks, and names no source or is not verified: such a rule warns";
        return Err(row.broken(why.to_owned()));
    }
    Ok(Requirement {
        now: row.some("now")?.ok_or_else(|| row.bad("now"))?,
        needs: match row.get("needs")? {
            "organisation" => Needs::Organisation,
            "address" => Needs::Address,
            _ => return Err(row.bad("needs")),
        },
        severity,
        noun: row.some("noun")?.ok_or_else(|| row.bad("noun"))?,
    })
}
