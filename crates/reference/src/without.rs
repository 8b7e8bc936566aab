//! `now_without.csv`: why a result calls for no document. Each result either calls for one or has
//! its reason there, so that nobody is told nothing by oversight: a result with neither is
//! reported, and is treated as one that the court must tell itself.

use crate::{Gap, ReferenceError, nows::reference, source::Source};
use domain::{
    now::{NowDefinition, ResultRef, Untold},
    result::ResultDefinition,
};

const FILE: &str = "now_without.csv";
/// Why none is made: it is printed on another; it opens others; it is for the record; it is said
/// in court and nobody else acts; the court office tells those who act, of whom some may get one.
const KINDS: [&str; 5] = ["part", "heading", "record", "court", OFFICE];
const OFFICE: &str = "office";

/// The results that the court must tell itself.
pub(crate) fn load(
    source: &Source,
    definitions: &[ResultDefinition],
    nows: &[NowDefinition],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Untold>, ReferenceError> {
    // A document that every result calls for tells nobody of this one.
    let documents = nows
        .iter()
        .filter(|now| !now.subscriptions.is_empty() && !now.triggers.contains(&ResultRef::Any));
    let triggers: Vec<&ResultRef> = documents.flat_map(|now| &now.triggers).collect();
    let called = |own: &ResultDefinition| triggers.iter().any(|one| names(one, own));

    let mut untold = Vec::new();
    let mut reasons = Vec::new();
    for row in source.table(FILE)?.rows() {
        let results: Vec<_> = row
            .list("results")?
            .iter()
            .map(|own| reference(own))
            .collect();
        let kind = row.get("kind")?;
        if results.is_empty() {
            return Err(row.bad("results"));
        }
        if !KINDS.contains(&kind) {
            return Err(row.bad("kind"));
        }
        for one in &results {
            if !definitions.iter().any(|own| names(one, own)) {
                return Err(row.broken(format!("{one:?} is no result")));
            }
            if reasons.contains(one) {
                return Err(row.broken(format!("{one:?} has a reason already")));
            }
            let code = matches!(one, ResultRef::Code(_));
            if code
                && kind != OFFICE
                && definitions.iter().any(|own| names(one, own) && called(own))
            {
                let what = format!("{one:?} calls for a document; its reason is not needed");
                gaps.push(Gap::new(
                    "a reason for a document that is made",
                    FILE,
                    row.number,
                    what,
                ));
            }
            reasons.push(one.clone());
        }
        let whom = row.get("whom")?;
        if whom.is_empty() == (kind == OFFICE) {
            return Err(row.bad("whom"));
        }
        if row.flag("unverified")? {
            let what = format!("{}: {}", row.get("results")?, row.get("why")?);
            gaps.push(Gap::unverified(
                "results without a document",
                FILE,
                row.number,
                what,
            ));
        }
        if kind == OFFICE {
            untold.push(Untold {
                results,
                whom: whom.to_owned(),
            });
        }
    }
    let mut forgotten: Vec<&str> = definitions
        .iter()
        .filter(|own| !called(own) && !reasons.iter().any(|one| names(one, own)))
        .map(|own| own.code.as_str())
        .collect();
    forgotten.dedup();
    for code in &forgotten {
        let what = format!("{code}: calls for no document, and no row says why");
        gaps.push(Gap::new("a result of which nobody is told", FILE, 0, what));
    }
    if !forgotten.is_empty() {
        untold.push(Untold {
            results: forgotten.into_iter().map(reference).collect(),
            whom: "whoever must act on it".to_owned(),
        });
    }
    Ok(untold)
}

fn names(one: &ResultRef, own: &ResultDefinition) -> bool {
    match one {
        ResultRef::Code(code) => own.code.eq_ignore_ascii_case(code),
        ResultRef::IdPrefix(prefix) => own.id.to_string().starts_with(prefix.as_str()),
        ResultRef::Group(group) => own.groups.iter().any(|g| g.eq_ignore_ascii_case(group)),
        ResultRef::Any => true,
    }
}
