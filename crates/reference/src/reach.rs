//! `now_unsent.csv`: whose name a court is asked for, and who is sent nothing by that result. A
//! question that names a recipient stands in a result which calls for, or is printed on, a
//! document that goes to that recipient; or the court is told to tell them itself
//! (`now_without.csv`); or a row here says why not. One that none of these covers is reported:
//! somebody would be named on the screen and never hear of it. So is a result that calls for a
//! document and asks for nobody to whom it goes: the document would never be made.

use crate::{Gap, ReferenceError, nows::Loaded, nows::reference, source::Source, without::defined};
use domain::{
    now::{NowDefinition, RecipientSource, ResultRef, Subscription, Untold},
    result::ResultDefinition,
};
use std::collections::BTreeMap;
use vocabulary::{Channel, DocumentKind};

const FILE: &str = "now_unsent.csv";
const NOBODY: &str = "a result that calls for a document and names nobody for it";
const KIND: &str = "a question that names somebody who is sent nothing";

/// Why the answers of a family reach nobody: those of some results, or of all.
struct Reason {
    row: usize,
    results: Vec<ResultRef>,
    family: String,
    needed: bool,
}

pub(crate) fn check(
    source: &Source,
    definitions: &[ResultDefinition],
    documents: &Loaded,
    untold: &[Untold],
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    let mut reasons = reasons(source, definitions, gaps)?;
    let told_by_hand = |own: &ResultDefinition| {
        let mut results = untold.iter().flat_map(|own| &own.results);
        results.any(|one| one.names_definition(own))
    };
    let mut said: Vec<(&str, String)> = Vec::new();
    for own in definitions {
        for (family, sent) in asked(own, documents) {
            if sent || told_by_hand(own) {
                continue;
            }
            let speaks = |reason: &&mut Reason| {
                let of = |one: &ResultRef| one.names_definition(own);
                reason.family == family
                    && (reason.results.is_empty() || reason.results.iter().any(of))
            };
            if let Some(reason) = reasons.iter_mut().find(speaks) {
                reason.needed = true;
                continue;
            }
            let once = (own.code.as_str(), family);
            if said.contains(&once) {
                continue;
            }
            let (file, row) = defined(source, own)?;
            let what = format!(
                "{}: asks for {}, to whom no document goes that it calls for or is printed on, \
                 and no row says why",
                own.code, once.1
            );
            gaps.push(Gap::new(KIND, file, row, what));
            said.push(once);
        }
    }
    for own in definitions {
        for now in documents.nows.iter().filter(|now| triggers(now, own)) {
            if names_somebody(now, own, definitions, documents) {
                continue;
            }
            let (file, row) = defined(source, own)?;
            let what = format!(
                "{}: calls for {}, and asks for nobody to whom that goes",
                own.code, now.name
            );
            gaps.push(Gap::new(NOBODY, file, row, what));
        }
    }
    for reason in reasons.iter().filter(|own| !own.needed) {
        gaps.push(Gap::new(
            "a reason for an answer that reaches somebody",
            FILE,
            reason.row,
            format!("{}: its reason is not needed", reason.family),
        ));
    }
    Ok(())
}

fn reasons(
    source: &Source,
    definitions: &[ResultDefinition],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Reason>, ReferenceError> {
    let mut reasons = Vec::new();
    for row in source.table(FILE)?.rows() {
        let results: Vec<_> = row
            .list("results")?
            .iter()
            .map(|own| reference(own))
            .collect();
        for one in &results {
            if !definitions.iter().any(|own| one.names_definition(own)) {
                return Err(row.broken(format!("{one:?} is no result")));
            }
        }
        let family = row.text("family")?.to_lowercase();
        let why = row.some("why")?.ok_or_else(|| row.bad("why"))?;
        if row.flag("unverified")? {
            let what = format!("{} {family}: {why}", row.get("results")?);
            let kind = "answers that name somebody and reach nobody";
            gaps.push(Gap::unverified(kind, FILE, row.number, what));
        }
        reasons.push(Reason {
            row: row.number,
            results,
            family,
            needed: false,
        });
    }
    Ok(reasons)
}

/// The families of recipients for which a result asks, each with whether a document of the
/// result goes to one of those who read it. What a recipient to whom no document goes at all
/// would read is said in `now_unnamed.csv`, and what is only filed reaches nobody.
fn asked(own: &ResultDefinition, documents: &Loaded) -> BTreeMap<String, bool> {
    let mut asked: BTreeMap<String, bool> = BTreeMap::new();
    let references: Vec<&str> = own.fields.iter().flat_map(|f| f.references()).collect();
    for one in &documents.subscriptions {
        let mut included = one.included_results.iter();
        let for_others = one.rules_applied
            && !one.included_results.is_empty()
            && !included.any(|result| result.names_definition(own));
        if one.channel == Channel::FileOnly || one.for_prison_register || for_others {
            continue;
        }
        let goes: Vec<&NowDefinition> = documents.nows.iter().filter(|now| to(now, one)).collect();
        if goes.is_empty() {
            continue;
        }
        for family in one.families() {
            if references.iter().any(|own| one.reads(own, family)) {
                let sent = goes.iter().any(|now| prints(now, own));
                *asked.entry(family.to_lowercase()).or_default() |= sent;
            }
        }
    }
    asked
}

/// Whether a document, or a notification, goes to this recipient.
fn to(now: &NowDefinition, own: &Subscription) -> bool {
    now.subscriptions.contains(&own.name) && own.for_edt == (now.kind == DocumentKind::Edt)
}

/// Whether it is called for by this result.
fn triggers(now: &NowDefinition, own: &ResultDefinition) -> bool {
    let mut triggers = now.triggers.iter();
    triggers.any(|one| *one != ResultRef::Any && one.names_definition(own))
}

/// Whether a document can go to somebody by this result: to whom it goes is known without an
/// answer; or the result asks for one of them, or one that the document names beside it does.
fn names_somebody(
    now: &NowDefinition,
    own: &ResultDefinition,
    definitions: &[ResultDefinition],
    documents: &Loaded,
) -> bool {
    let beside = |other: &&ResultDefinition| {
        let mut named = now.roots.iter().chain(&now.children);
        named.any(|one| {
            let one_result = matches!(one, ResultRef::Code(_) | ResultRef::IdPrefix(_));
            one_result && one.names_definition(other)
        })
    };
    let asks = |one: &Subscription, of: &ResultDefinition| {
        let references = of.fields.iter().flat_map(|field| field.references());
        let mut families = one.families().iter();
        let references: Vec<&str> = references.collect();
        families.any(|family| references.iter().any(|own| one.reads(own, family)))
    };
    let mut recipients = documents.subscriptions.iter().filter(|one| to(now, one));
    recipients.any(|one| {
        !matches!(one.source, RecipientSource::Prompts(_))
            || asks(one, own)
            || definitions
                .iter()
                .filter(beside)
                .any(|other| asks(one, other))
    })
}

/// Whether it is called for by this result, or prints it.
fn prints(now: &NowDefinition, own: &ResultDefinition) -> bool {
    let mut named = now.triggers.iter().chain(&now.roots).chain(&now.children);
    named.any(|one| *one != ResultRef::Any && one.names_definition(own))
}
