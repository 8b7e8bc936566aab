//! DR-AGE-007: no adult imprisonment for somebody under 21 on the day of the hearing
//! (Sentencing Act 2020 s.227). Somebody is 21 on their birthday. Without a date of
//! birth nothing is said: that somebody is young is never guessed.

use super::issue::{Found, Part};

const ADULT: i64 = 21;

pub(super) fn too_young(found: &mut Found<'_>) {
    let groups = found.groups;
    for group in &groups.all {
        if found.rule.needs_master && !group.has_master {
            continue;
        }
        let Some(age) = group.born.map(|born| born.years_until(found.draft.day)) else {
            continue;
        };
        if age >= ADULT {
            continue;
        }
        let by = group.by_offence(found.draft, |line| line.is_one_of(&found.rule.results));
        let lines: Vec<usize> = by.iter().flat_map(|(_, lines)| lines.clone()).collect();
        let parts = by
            .iter()
            .map(|(offence, lines)| Part {
                id: offence,
                line: lines[0],
                field: None,
                words: vec![("{age}", age.to_string())],
            })
            .collect();
        found.add(group, &lines, parts);
    }
}
