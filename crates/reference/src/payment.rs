//! `ways_to_pay.csv`: how somebody can pay what a court ordered, as it is published, in the words
//! that the notices print. The account number is not known here: the fines office gives it.

use crate::{Gap, ReferenceError, source::Source};
use vocabulary::Day;

const FILE: &str = "ways_to_pay.csv";

/// One way to pay.
#[derive(Debug, Clone)]
pub struct WayToPay {
    /// What the notice says of it.
    pub said: String,
    /// The same in Welsh.
    pub said_welsh: String,
    /// The first and the last day on which it is printed; none is always.
    pub days: (Option<Day>, Option<Day>),
}

impl WayToPay {
    /// Whether it is printed on a day.
    #[must_use]
    pub fn is_open_on(&self, day: Day) -> bool {
        let (from, to) = self.days;
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    }
}

pub(crate) fn load(source: &Source, gaps: &mut Vec<Gap>) -> Result<Vec<WayToPay>, ReferenceError> {
    let mut ways = Vec::new();
    for row in source.table(FILE)?.rows() {
        let said = row.some("said")?.ok_or_else(|| row.bad("said"))?;
        let welsh = row.some("said_welsh")?;
        if row.flag("unverified")? {
            let what = format!("{}: {}", row.get("way")?, row.get("why")?);
            gaps.push(Gap::unverified("a way to pay", FILE, row.number, what));
        }
        let days = (row.day("from")?, row.day("to")?);
        if let (Some(from), Some(to)) = days
            && to < from
        {
            return Err(row.broken("it ends before it begins".to_owned()));
        }
        ways.push(WayToPay {
            said_welsh: welsh.ok_or_else(|| row.bad("said_welsh"))?,
            said,
            days,
        });
    }
    Ok(ways)
}
