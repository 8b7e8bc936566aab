//! Which documents the results of one defendant call for, and what each prints.

use super::{
    DefendantFacts, Ends, NowDefinition, Recipient, RecipientsOf, ResultRef, Subscription,
    addressed::separate,
    split::{apart, split},
};
use crate::result::{JudicialResult, in_force};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use vocabulary::{DefendantId, DocumentKind, NowId, OffenceId, ResultLineId};

/// A document that the results call for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentCalledFor {
    /// Its definition.
    pub now: NowId,
    /// Its name.
    pub name: String,
    /// Notice, order, warrant or electronic notification.
    pub kind: DocumentKind,
    /// About whom.
    pub defendant: DefendantId,
    /// The file of its text.
    pub text_key: String,
    /// The results it prints, in order.
    pub results: Vec<ResultLineId>,
    /// To be distributed within so many minutes.
    pub urgent_minutes: Option<u32>,
    /// It prints a result that the catalogue calls urgent.
    #[serde(default)]
    pub prints_urgent: bool,
    /// Whose copy it is, when one definition makes several documents: the
    /// answers that set it apart (the protected person's name).
    pub split_key: Option<String>,
    /// Keys of answers, and `result.CODE` of whole results, that this copy leaves out: they are
    /// for user groups to which nobody who gets it belongs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<String>,
    /// Who gets it.
    pub recipients: Vec<Recipient>,
}

/// The documents that the results of one defendant call for, in order of rank.
/// A document that nobody would receive is not made.
#[must_use]
pub fn documents_called_for(
    nows: &[NowDefinition],
    subscriptions: &[Subscription],
    results: &[JudicialResult],
    facts: &DefendantFacts,
) -> Vec<DocumentCalledFor> {
    let own: Vec<&JudicialResult> = results
        .iter()
        .filter(|result| result.defendant == facts.defendant)
        .collect();
    let mut called = Vec::new();
    for copy in copies((nows, subscriptions), &own, facts) {
        let now = copy.now;
        let of = RecipientsOf {
            now,
            printed: &copy.printed,
            own: &own,
            facts,
            split_key: copy.split_key.as_deref(),
        };
        // That something ended says nothing of the results by which it did: what they keep for
        // some groups makes no further copies, and an amendment of them changes nothing.
        let told = match now.ends {
            Some(_) => [].as_slice(),
            None => copy.printed.as_slice(),
        };
        for part in separate(told, of.all(subscriptions)) {
            let apart = copy.split_key.iter().chain(&part.apart);
            let apart: Vec<&str> = apart.map(String::as_str).collect();
            called.push((
                now.rank,
                DocumentCalledFor {
                    now: now.id,
                    name: now.name.clone(),
                    kind: now.kind,
                    defendant: facts.defendant,
                    text_key: now.text_key.clone(),
                    results: copy.printed.iter().map(|result| result.line).collect(),
                    urgent_minutes: now.urgent_minutes,
                    prints_urgent: copy.printed.iter().any(|result| result.urgent),
                    split_key: (!apart.is_empty()).then(|| apart.join(", ")),
                    withheld: part.withheld,
                    recipients: part.recipients,
                },
            ));
        }
    }
    called.sort_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)));
    called.into_iter().map(|(_, document)| document).collect()
}

/// One copy of a document that results call for, before it is known who gets it.
pub(super) struct Copy<'a> {
    pub(super) now: &'a NowDefinition,
    pub(super) printed: Vec<&'a JudicialResult>,
    pub(super) split_key: Option<String>,
}

/// Every copy that the results of one defendant call for.
pub(super) fn copies<'a>(
    (nows, subscriptions): (&'a [NowDefinition], &[Subscription]),
    own: &[&'a JudicialResult],
    facts: &DefendantFacts,
) -> Vec<Copy<'a>> {
    let sits = |now: &&NowDefinition| now.jurisdiction.is_none_or(|c| c == facts.jurisdiction);
    let in_force = |now: &&NowDefinition| in_force(now.period, facts.day);
    let ended = |now: &&NowDefinition| now.ends.is_none_or(|ends| ends.ended(own, facts));
    nows.iter()
        .filter(sits)
        .filter(in_force)
        .filter(ended)
        .flat_map(|now| {
            // What is made because something ended names no trigger.
            let calls = |result: &JudicialResult| {
                now.ends
                    .map_or_else(|| any(&now.triggers, result), |_| Ends::by(result))
            };
            let triggers = own.iter().copied().filter(|own| calls(own)).collect();
            let triggers = left_to_it(now, subscriptions, triggers, own);
            let parts = split(&now.split_by, triggers).into_iter();
            parts.flat_map(move |(values, triggers)| {
                let all = printed(now, &triggers, own, !values.is_empty());
                let calls = |result: &JudicialResult| any(&now.triggers, result);
                let copies = apart((&now.split_by, &values), calls, all).into_iter();
                copies.map(move |(split_key, printed)| Copy {
                    now,
                    printed,
                    split_key,
                })
            })
        })
        .collect()
}

/// What is left to a document where its recipients get some of the offences by another: whoever
/// is committed in custody for one offence and remanded for another is on a warrant for each. If
/// all are on the other, its recipients say that nobody gets this one.
fn left_to_it<'a>(
    now: &NowDefinition,
    subscriptions: &[Subscription],
    mut triggers: Vec<&'a JudicialResult>,
    own: &[&JudicialResult],
) -> Vec<&'a JudicialResult> {
    let named = |one: &&Subscription| one.rules_applied && now.subscriptions.contains(&one.name);
    let excluding: Vec<&ResultRef> = subscriptions
        .iter()
        .filter(named)
        .flat_map(|one| &one.excluded_results)
        .collect();
    let on_another = |trigger: &&JudicialResult| {
        own.iter().any(|other| {
            (other.offence.is_none() || other.offence == trigger.offence)
                && excluding.iter().any(|one| one.names(other))
        })
    };
    if !triggers.iter().all(on_another) {
        triggers.retain(|trigger| !on_another(trigger));
    }
    triggers
}

fn any(refs: &[ResultRef], result: &JudicialResult) -> bool {
    refs.iter().any(|one| one.names(result))
}

/// What the document prints, in the order of the results.
fn printed<'a>(
    now: &NowDefinition,
    triggers: &[&'a JudicialResult],
    own: &[&'a JudicialResult],
    is_split: bool,
) -> Vec<&'a JudicialResult> {
    if now.include_all {
        return own.to_vec();
    }
    let is_trigger = |result: &JudicialResult| triggers.iter().any(|t| t.line == result.line);
    let offences: BTreeSet<Option<OffenceId>> = triggers.iter().map(|t| t.offence).collect();
    // A result about the defendant touches every offence.
    let touches = |result: &JudicialResult| {
        result.offence.is_none() || offences.contains(&result.offence) || offences.contains(&None)
    };
    let stands_under = |result: &JudicialResult| {
        let mut at = result.parent;
        // No chain of parents is longer than there are results.
        for _ in 0..own.len() {
            let Some(parent) = at else { return false };
            if triggers.iter().any(|trigger| trigger.line == parent) {
                return true;
            }
            at = own
                .iter()
                .find(|other| other.line == parent)
                .and_then(|other| other.parent);
        }
        false
    };
    own.iter()
        .copied()
        .filter(|result| {
            // Another person's copy does not print this person's order.
            let other_copy = is_split && any(&now.triggers, result) && !is_trigger(result);
            let named = any(&now.roots, result) || any(&now.children, result);
            !other_copy
                && (is_trigger(result)
                    || (named && touches(result))
                    || (now.children_cut_short && stands_under(result)))
        })
        .collect()
}
