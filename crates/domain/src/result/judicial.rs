//! Results as they are shared: each line with everything that documents,
//! agencies and registers need to know of it, so that nobody opens the
//! catalogue again.

use super::{Category, Level, Period, ResultCatalogue, ResultDefinition, ResultLine, Tree, Unit};
use super::{printed, read_day, result_text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{
    BailStatus, Day, DefendantId, DefinitionId, Jurisdiction, OffenceId, ResultLineId,
};

/// One answered prompt, ready to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudicialPrompt {
    /// The key of the field.
    pub reference: String,
    /// What was asked.
    pub label: String,
    /// What was answered; empty for a tick, which prints its label only.
    pub value: String,
    /// The user groups on whose copies of a document it stands; none is everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_for: Vec<String>,
}

/// Where and when the offence is heard next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextHearing {
    /// In which court.
    pub jurisdiction: Jurisdiction,
    /// The court house.
    pub court: String,
    /// Its address.
    pub address: Vec<String>,
    /// The room, if said.
    pub courtroom: Option<String>,
    /// The kind of hearing.
    pub hearing_type: Option<String>,
    /// The day, if fixed.
    pub day: Option<Day>,
    /// The time, `10:00`.
    pub time: Option<String>,
    /// The week in which it will be, if no day is fixed.
    pub week_commencing: Option<Day>,
    /// Day and time are still to be fixed.
    pub to_be_fixed: bool,
    /// Estimated length, in minutes.
    pub minutes: Option<u32>,
    /// Day and time as printed.
    pub when: String,
}

/// A shared result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudicialResult {
    /// The line it was made of.
    pub line: ResultLineId,
    /// Which result.
    pub definition: DefinitionId,
    /// Its code.
    pub code: String,
    /// Its label.
    pub label: String,
    /// Its Welsh label, if the source has one.
    pub welsh_label: Option<String>,
    /// How it leaves its offence.
    pub category: Category,
    /// What it is attached to.
    pub level: Level,
    /// Order of display and in documents.
    pub rank: u32,
    /// The national code.
    pub cjs_code: Option<String>,
    /// Its groups (`Bail conditions`, `Community Requirement` …).
    pub groups: Vec<String>,
    /// Its text.
    pub text: String,
    /// Its answered prompts.
    pub prompts: Vec<JudicialPrompt>,
    /// The same as typed, by prompt reference.
    pub answers: BTreeMap<String, String>,
    /// Whose.
    pub defendant: DefendantId,
    /// On which offence.
    pub offence: Option<OffenceId>,
    /// The line it belongs under.
    pub parent: Option<ResultLineId>,
    /// How the defendant leaves the hearing.
    pub post_hearing_custody_status: BailStatus,
    /// Makes or needs a conviction.
    pub convicted: bool,
    /// Goes to enforcement.
    pub financial: bool,
    /// The offence comes back.
    pub adjournment: bool,
    /// The offence is disposed of.
    pub is_final: bool,
    /// Ends the proceedings for the offence.
    pub terminates_proceedings: bool,
    /// Shortens distribution.
    pub urgent: bool,
    /// For DVLA.
    pub d20: bool,
    /// Where it is heard next.
    pub next_hearing: Option<NextHearing>,
    /// The user groups on whose copies of a document it stands; none is everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_for: Vec<String>,
}

impl JudicialResult {
    /// The key under which a copy leaves out the whole result, beside those of single answers.
    #[must_use]
    pub fn withheld_as(&self) -> String {
        format!("result.{}", self.code)
    }

    /// The same without these answers, as somebody reads it for whom they are not.
    #[must_use]
    pub fn without(&self, keys: &[String]) -> Self {
        let of = |reference: &String, key: &String| {
            let head = reference.get(..key.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(key))
        };
        let mut rest = self.clone();
        rest.prompts.retain(|own| !keys.contains(&own.reference));
        // The parts of a name and address begin with the key of the whole.
        rest.answers
            .retain(|reference, _| !keys.iter().any(|key| of(reference, key)));
        rest
    }
}

/// The results of a day, in order of rank, each followed by what stands under
/// it. Questions of the form are left out,
/// and so is a line whose definition the catalogue does not hold.
#[must_use]
pub fn judicial_results(
    catalogue: &ResultCatalogue,
    lines: &[ResultLine],
    day: Day,
) -> Vec<JudicialResult> {
    let tree = Tree::new(catalogue, lines, day);
    let mut results: Vec<JudicialResult> = tree
        .nodes
        .iter()
        .filter_map(|node| {
            let definition = node.definition.filter(|own| !own.excluded_from_results)?;
            let parent = node.parent.map(|at| tree.nodes[at].line.id);
            Some(judicial_result(definition, node.line, parent))
        })
        .collect();
    results.sort_by_key(|result| result.rank);
    in_order(results)
}

/// Each result is followed by what stands under it, all by rank.
fn in_order(ranked: Vec<JudicialResult>) -> Vec<JudicialResult> {
    let there = |parent: Option<ResultLineId>| {
        parent.filter(|id| ranked.iter().any(|result| result.line == *id))
    };
    let parents: Vec<Option<ResultLineId>> =
        ranked.iter().map(|result| there(result.parent)).collect();
    let mut left: Vec<Option<JudicialResult>> = ranked.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(left.len());
    // The next result under `open.last()`, or else one level up.
    let mut open: Vec<Option<ResultLineId>> = vec![None];
    while let Some(parent) = open.last().copied() {
        let next = (0..left.len()).find(|at| left[*at].is_some() && parents[*at] == parent);
        match next.and_then(|at| left[at].take()) {
            Some(result) => {
                open.push(Some(result.line));
                ordered.push(result);
            }
            None => {
                open.pop();
            }
        }
    }
    // Parents that form a circle are cut by the tree, so nothing is left over;
    // if anything were, it must not be lost.
    ordered.extend(left.into_iter().flatten());
    ordered
}

fn judicial_result(
    definition: &ResultDefinition,
    line: &ResultLine,
    parent: Option<ResultLineId>,
) -> JudicialResult {
    let prompts = definition
        .fields
        .iter()
        .filter(|field| !field.hidden)
        .filter_map(|field| {
            Some(JudicialPrompt {
                reference: field.key.clone(),
                label: field.label.clone(),
                value: printed(field, line)?,
                only_for: field.only_for.clone(),
            })
        })
        .collect();
    // The heading of that group names no court and no day: what stands under it does.
    let names_one = definition.in_group("Next hearing") && !definition.is_heading();
    let next_hearing = names_one.then(|| next_hearing(definition, line));
    JudicialResult {
        line: line.id,
        definition: definition.id,
        code: definition.code.clone(),
        label: definition.label.clone(),
        welsh_label: definition.welsh_label.clone(),
        category: definition.category,
        level: definition.level,
        rank: definition.rank,
        cjs_code: definition.cjs_code.clone(),
        groups: definition.groups.clone(),
        text: result_text(definition, line),
        prompts,
        answers: line.answers.clone(),
        defendant: line.defendant,
        offence: line.offence,
        parent,
        post_hearing_custody_status: definition.post_hearing_custody_status,
        convicted: definition.convicted,
        financial: definition.financial,
        adjournment: definition.adjournment || next_hearing.is_some(),
        is_final: definition.category == Category::Final,
        terminates_proceedings: definition.terminates_proceedings,
        urgent: definition.urgent,
        d20: definition.d20,
        next_hearing,
        only_for: definition.only_for.clone(),
    }
}

fn next_hearing(definition: &ResultDefinition, line: &ResultLine) -> NextHearing {
    let answer = |reference: &str| line.answer(reference).map(str::to_owned);
    let day = line
        .answer("HDATE")
        .or_else(|| line.answer("fixedDate"))
        .and_then(read_day);
    let week_commencing = line.answer("weekCommencing").and_then(read_day);
    let time = answer("timeOfHearing");
    let to_be_fixed = line
        .answer("dateToBeFixed")
        .is_some_and(|text| text != "no");
    let when = match (day, week_commencing, &time) {
        (Some(day), _, Some(time)) => format!("{} at {time}", day.in_words()),
        (Some(day), _, None) => day.in_words(),
        (None, Some(week), _) => format!("week commencing {}", week.in_words()),
        (None, None, _) => "on a day to be fixed".to_owned(),
    };
    let estimate = line
        .answer("HEST")
        .and_then(|text| Period::parse(text, Some(Unit::Minutes)));
    // A court day has five hours, a court week five days.
    let minutes = estimate.map(|period| {
        [
            (Unit::Weeks, 1500),
            (Unit::Days, 300),
            (Unit::Hours, 60),
            (Unit::Minutes, 1),
        ]
        .into_iter()
        .map(|(unit, minutes)| period.count(unit).saturating_mul(minutes))
        .sum()
    });
    let crown = definition.label.contains("Crown Court");
    NextHearing {
        jurisdiction: if crown {
            Jurisdiction::Crown
        } else {
            Jurisdiction::Magistrates
        },
        court: answer("hCHOUSEOrganisationName").unwrap_or_default(),
        address: (1..=5)
            .filter_map(|n| answer(&format!("hCHOUSEAddress{n}")))
            .chain(answer("hCHOUSEPostCode"))
            .collect(),
        courtroom: answer("HCROOM"),
        hearing_type: answer("HTYPE"),
        day,
        time,
        week_commencing,
        to_be_fixed,
        minutes,
        when,
    }
}

/// How a defendant leaves the hearing: the most severe status that any of the
/// results gives.
#[must_use]
pub fn post_hearing_bail_status(
    catalogue: &ResultCatalogue,
    results: &[JudicialResult],
    defendant: DefendantId,
) -> BailStatus {
    catalogue.law.most_severe(
        results
            .iter()
            .filter(|result| result.defendant == defendant)
            .map(|result| result.post_hearing_custody_status),
    )
}
