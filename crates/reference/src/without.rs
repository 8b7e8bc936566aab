//! `now_without.csv`: why a result calls for no document. Each result either calls for one or has
//! its reason there, so that nobody is told nothing by oversight: a result with neither is
//! reported, and is treated as one that the court must tell itself.

use crate::{Gap, ReferenceError, nows::reference, results::file_of, source::Source};
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
    // A document that every result calls for tells nobody of this one, and one that is made
    // only when something ended tells nobody of it otherwise.
    let documents = nows.iter().filter(|now| {
        !now.subscriptions.is_empty()
            && !now.triggers.contains(&ResultRef::Any)
            && now.ends.is_none()
    });
    let triggers: Vec<&ResultRef> = documents.flat_map(|now| &now.triggers).collect();
    let called = |own: &ResultDefinition| triggers.iter().any(|one| one.names_definition(own));

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
            if !definitions.iter().any(|own| one.names_definition(own)) {
                return Err(row.broken(format!("{one:?} is no result")));
            }
            if reasons.contains(one) {
                return Err(row.broken(format!("{one:?} has a reason already")));
            }
            let code = matches!(one, ResultRef::Code(_));
            if code
                && kind != OFFICE
                && definitions
                    .iter()
                    .any(|own| one.names_definition(own) && called(own))
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
    let mut forgotten: Vec<&ResultDefinition> = definitions
        .iter()
        .filter(|own| !called(own) && !reasons.iter().any(|one| one.names_definition(own)))
        .collect();
    forgotten.dedup_by(|own, before| own.code == before.code);
    for own in &forgotten {
        let (file, row) = defined(source, own)?;
        let what = format!("{}: calls for no document, and no row says why", own.code);
        gaps.push(Gap::new(
            "a result of which nobody is told",
            file,
            row,
            what,
        ));
    }
    if !forgotten.is_empty() {
        untold.push(Untold {
            results: forgotten.iter().map(|own| reference(&own.code)).collect(),
            whom: "whoever must act on it".to_owned(),
        });
    }
    Ok(untold)
}

/// Where a result is defined: its file, and the row.
pub(crate) fn defined(
    source: &Source,
    own: &ResultDefinition,
) -> Result<(&'static str, usize), ReferenceError> {
    let file = file_of(own.origin);
    let id = own.id.to_string();
    for row in source.table(file)?.rows() {
        if row.get("definition_id")?.eq_ignore_ascii_case(&id) {
            return Ok((file, row.number));
        }
    }
    // It was read from there.
    Ok((file, 0))
}
