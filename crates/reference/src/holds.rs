//! `welsh_holds.csv`: what goes at once in English and what waits for its Welsh. A row that names
//! a recipient or document that there is not, or that holds without a limit, is refused: what is
//! held back must alarm somebody.

use crate::{Gap, ReferenceError, source::Source, table::Row};
use domain::{
    now::Subscription,
    translation::{Hold, HoldRow},
};

const FILE: &str = "welsh_holds.csv";

pub(crate) fn load(
    source: &Source,
    subscriptions: &[Subscription],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<HoldRow>, ReferenceError> {
    let mut rows = Vec::new();
    for row in source.table(FILE)?.rows() {
        let subscription = row.text("subscription")?;
        if subscription != "*" && !subscriptions.iter().any(|own| own.name == subscription) {
            return Err(row.bad("subscription"));
        }
        if row.flag("unverified")? {
            let what = format!("{subscription}: {}", row.get("why")?);
            gaps.push(Gap::unverified(
                "what waits for Welsh",
                FILE,
                row.number,
                what,
            ));
        }
        rows.push(HoldRow {
            subscription,
            now: row.text("now")?,
            kind: match row.get("kind")? {
                "" => None,
                kind => Some(kind.parse().map_err(|_| row.bad("kind"))?),
            },
            urgent: yes_or_no(row, "urgent")?,
            acknowledged: yes_or_no(row, "acknowledged")?,
            from: row.day("from")?.ok_or_else(|| row.bad("from"))?,
            then: match row.get("then")? {
                "at_once" => Hold::AtOnce,
                "hold" => match row.value::<u32>("minutes")? {
                    Some(minutes) if minutes > 0 => Hold::Until(minutes),
                    _ => return Err(row.bad("minutes")),
                },
                _ => return Err(row.bad("then")),
            },
        });
    }
    Ok(rows)
}

/// `Y`, `N`, or nothing for either.
fn yes_or_no(row: Row<'_>, column: &str) -> Result<Option<bool>, ReferenceError> {
    match row.get(column)? {
        "" => Ok(None),
        "Y" => Ok(Some(true)),
        "N" => Ok(Some(false)),
        _ => Err(row.bad(column)),
    }
}
