//! `now_filed.csv`: documents that go to the case file and to nobody else, and whom the court
//! must tell itself. One that the table forgot is reported, and warns: a warrant in a file that
//! nobody reads is how an order does not arrive.

use crate::{Gap, ReferenceError, source::Source};
use domain::now::{NowDefinition, Subscription};
use vocabulary::Channel;

const FILE: &str = "now_filed.csv";

pub(crate) fn filed(
    source: &Source,
    nows: &mut [NowDefinition],
    subscriptions: &[Subscription],
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    let only_filed = |now: &NowDefinition| {
        let mut own = subscriptions
            .iter()
            .filter(|own| now.subscriptions.contains(&own.name))
            .peekable();
        own.peek().is_some() && own.all(|own| own.channel == Channel::FileOnly)
    };
    let mut said = Vec::new();
    for row in source.table(FILE)?.rows() {
        let name = row.get("now")?;
        let Some(now) = nows.iter_mut().find(|own| own.name == name) else {
            return Err(row.bad("now"));
        };
        if !only_filed(now) {
            return Err(row.broken(format!("{name} goes to more than the file")));
        }
        now.told_by_hand = row.some("whom")?;
        said.push(now.id);
        if row.flag("unverified")? {
            let what = format!("{name}: {}", row.get("why")?);
            let kind = "a document that is only filed";
            gaps.push(Gap::unverified(kind, FILE, row.number, what));
        }
    }
    for now in nows.iter_mut().filter(|now| only_filed(now)) {
        if !said.contains(&now.id) {
            now.told_by_hand = Some("whoever must act on it".to_owned());
            let kind = "a document that is only filed";
            let what = format!("{}: nobody said who must know of it", now.name);
            gaps.push(Gap::new(kind, FILE, 0, what));
        }
    }
    Ok(())
}
