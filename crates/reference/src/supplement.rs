//! Results of which the source publishes an id and a label alone, in what it shared elsewhere.

use crate::{
    Gap, ReferenceError,
    repairs::Repairs,
    results::{SUPPLEMENT, category, children, groups, word_groups},
    source::Source,
};
use domain::result::{Level, Origin, ResultDefinition, Unanswered};
use std::collections::HashSet;
use vocabulary::BailStatus;

/// Results known only by id and label, of which a repair says by what code they are typed.
pub(crate) fn load(
    source: &Source,
    repairs: &Repairs,
    definitions: &mut Vec<ResultDefinition>,
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    let known: HashSet<String> = definitions.iter().map(|own| own.code.clone()).collect();
    let ids: HashSet<String> = definitions.iter().map(|own| own.id.to_string()).collect();
    for row in source.table(SUPPLEMENT)?.rows() {
        let key = row.get("definition_id")?;
        if ids.contains(&key.to_lowercase()) {
            // A table of ours says what it is.
            continue;
        }
        let repaired = |field: &str| repairs.value(SUPPLEMENT, key, field);
        let label = row.text("label")?;
        let Some(code) = repaired("code").filter(|code| !known.contains(*code)) else {
            gaps.push(Gap::new(
                "a result known only by its id",
                SUPPLEMENT,
                row.number,
                format!("{} {label}: known only by its id", row.get("code")?),
            ));
            continue;
        };
        gaps.push(Gap::unverified(
            "a result completed by us",
            SUPPLEMENT,
            row.number,
            format!("{code} {label}: no prompts are published, code and children are ours"),
        ));
        let status = row.get("post_hearing_custody_status")?;
        definitions.push(ResultDefinition {
            id: row
                .value("definition_id")?
                .ok_or_else(|| row.bad("definition_id"))?,
            code: code.to_owned(),
            label,
            welsh_label: None,
            category: category(row.get("category")?).ok_or_else(|| row.bad("category"))?,
            level: Level::Offence,
            rank: repaired("rank")
                .and_then(|rank| rank.parse().ok())
                .unwrap_or(194_500),
            groups: groups(repaired("group").unwrap_or_default()),
            cjs_code: row.some("cjs_code")?,
            jurisdiction: None,
            convicted: false,
            adjournment: false,
            financial: false,
            terminates_proceedings: false,
            post_hearing_custody_status: status.parse().unwrap_or(BailStatus::NotApplicable),
            urgent: false,
            published_for_nows: false,
            d20: false,
            published_as_prompt: false,
            excluded_from_results: false,
            roll_up_prompts: false,
            court_extract: true,
            can_be_breached: false,
            can_be_varied: false,
            dvla_code: None,
            police_subject_line: None,
            word_groups: word_groups(repaired("word_groups").unwrap_or_default()),
            children: children(repaired("child_rules").unwrap_or_default())
                .ok_or_else(|| row.bad("definition_id"))?,
            fields: Vec::new(),
            prompt_count: 0,
            start: None,
            end: None,
            unanswered: Unanswered::Blocks,
            typed_day: None,
            only_for: Vec::new(),
            origin: Origin::Supplement,
        });
    }
    Ok(())
}
