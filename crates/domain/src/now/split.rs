//! Into which copies a document is split: one for each distinct set of the answers that the
//! catalogue names for it, whether they stand in the result that calls for it or in one that is
//! printed under it (the attendance centre of a youth order). A copy prints nothing of another's.

use super::recipients::name_from;
use crate::result::JudicialResult;
use std::collections::BTreeMap;

/// The answers that set a copy apart, by the place of their question in the catalogue's list.
pub(super) type Values = BTreeMap<usize, String>;

/// The results that call for a document, together where the same answers set them apart. Without
/// such answers they are one.
pub(super) fn split<'a>(
    split_by: &[String],
    triggers: Vec<&'a JudicialResult>,
) -> Vec<(Values, Vec<&'a JudicialResult>)> {
    let mut parts: Vec<(Values, Vec<&JudicialResult>)> = Vec::new();
    for trigger in triggers {
        let own = values(split_by, trigger);
        match parts.iter_mut().find(|(values, _)| *values == own) {
            Some((_, group)) => group.push(trigger),
            None => parts.push((own, vec![trigger])),
        }
    }
    parts
}

/// The copies of what these results call for, each with what it prints: one for each distinct
/// set of answers among what is printed beside them, and one if there are none.
pub(super) fn apart<'a>(
    (split_by, of_triggers): (&[String], &Values),
    calls: impl Fn(&JudicialResult) -> bool,
    printed: Vec<&'a JudicialResult>,
) -> Vec<(Option<String>, Vec<&'a JudicialResult>)> {
    let of_copy: Vec<Values> = printed
        .iter()
        .map(|result| {
            if calls(result) {
                Values::new()
            } else {
                values(split_by, result)
            }
        })
        .collect();
    // What says the same as the result that calls for the document sets nothing apart; what says
    // otherwise is another copy's.
    let mut sets: Vec<Values> = Vec::new();
    for own in &of_copy {
        let further = further(own, of_triggers);
        if let Some(further) = further.filter(|own| !own.is_empty())
            && !sets.contains(&further)
        {
            sets.push(further);
        }
    }
    if sets.is_empty() {
        sets.push(Values::new());
    }
    sets.into_iter()
        .map(|set| {
            let mine = |own: &Values| {
                further(own, of_triggers).is_some_and(|own| own.is_empty() || own == set)
            };
            let results = printed.iter().zip(&of_copy);
            let results = results.filter(|(_, own)| mine(own));
            let results = results.map(|(result, _)| *result).collect();
            let key: Values = of_triggers.clone().into_iter().chain(set).collect();
            let key: Vec<String> = key.into_values().collect();
            ((!key.is_empty()).then(|| key.join(", ")), results)
        })
        .collect()
}

/// What these answers add to those of the results that call for the document; none, if they
/// say otherwise.
fn further(own: &Values, of_triggers: &Values) -> Option<Values> {
    let otherwise =
        |(at, value): (&usize, &String)| of_triggers.get(at).is_some_and(|wanted| wanted != value);
    if own.iter().any(otherwise) {
        return None;
    }
    let adds = own.iter().filter(|(at, _)| !of_triggers.contains_key(at));
    Some(adds.map(|(at, value)| (*at, value.clone())).collect())
}

fn values(split_by: &[String], result: &JudicialResult) -> Values {
    let answers = split_by.iter().enumerate();
    answers
        .filter_map(|(at, reference)| Some((at, name_from(result, reference)?)))
        .collect()
}
