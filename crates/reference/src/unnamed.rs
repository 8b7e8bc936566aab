//! `now_unnamed.csv`: recipients of the source to whom no document goes, and why. One that the
//! table forgot is reported: whoever gets nothing and should is how an order does not arrive.

use crate::{Gap, ReferenceError, source::Source};
use domain::now::{NowDefinition, Subscription};

const FILE: &str = "now_unnamed.csv";
const SUBSCRIPTIONS: &str = "now_subscriptions.csv";

pub(crate) fn unnamed(
    source: &Source,
    nows: &[NowDefinition],
    subscriptions: &[Subscription],
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    const KIND: &str = "a recipient that no document goes to";
    let goes = |name: &str| {
        let mut nows = nows.iter();
        nows.any(|now| now.subscriptions.iter().any(|own| own == name))
    };
    let mut said = Vec::new();
    let reasons = source.table(FILE)?;
    for row in reasons.rows() {
        let name = row.get("subscription")?;
        if !subscriptions.iter().any(|own| own.name == name) {
            return Err(row.bad("subscription"));
        }
        if goes(name) {
            return Err(row.broken(format!("{name} gets a document")));
        }
        let why = row.some("why")?.ok_or_else(|| row.bad("why"))?;
        gaps.push(Gap::unverified(
            KIND,
            FILE,
            row.number,
            format!("{name}: {why}"),
        ));
        said.push(name);
    }
    let table = source.table(SUBSCRIPTIONS)?;
    for (row, own) in table.rows().zip(subscriptions) {
        let forgotten = !goes(&own.name) && !said.contains(&own.name.as_str());
        if forgotten && !own.for_prison_register {
            let what = format!("{}: no document names it, and no row says why", own.name);
            gaps.push(Gap::new(KIND, SUBSCRIPTIONS, row.number, what));
        }
    }
    Ok(())
}
