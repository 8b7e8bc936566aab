//! Result definitions, prompts and fixed lists, put together and repaired.

use crate::{
    Gap, ReferenceError, named,
    repairs::Repairs,
    source::Source,
    table::{Row, split},
};
use domain::result::{
    Category, ChildRule, ChildTarget, FixedList, Level, ListItem, OF_THE_DIRECTORY, Origin,
    Printed, Prompt, PromptKind, ResultDefinition, Rule, TypedDay, Unanswered, Unit, chosen_among,
    fields_of,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use vocabulary::{BailStatus, DefinitionId, Jurisdiction};

pub(crate) const DEFINITIONS: &str = "result_definitions.csv";
const PROMPTS: &str = "result_prompts.csv";
/// Prompts that the source lacks although its own subscriptions read their answers.
const OUR_PROMPTS: &str = "result_prompts_ours.csv";
pub(crate) const SUPPLEMENT: &str = "result_definitions_supplement.csv";
/// Results that the source names by code or id, and of which it publishes no text.
pub(crate) const OURS: &str = "result_definitions_ours.csv";
const LISTS: &str = "fixed_lists.csv";

/// What was loaded.
pub(crate) struct Loaded {
    pub(crate) definitions: Vec<ResultDefinition>,
    pub(crate) prompts: usize,
    pub(crate) lists: usize,
    pub(crate) derived_references: usize,
}

pub(crate) fn load(
    source: &Source,
    repairs: &Repairs,
    gaps: &mut Vec<Gap>,
) -> Result<Loaded, ReferenceError> {
    let lists = lists(source)?;
    let prompt_table = source.table(PROMPTS)?;
    let mut by_definition: HashMap<&str, Vec<Row<'_>>> = HashMap::new();
    let our_prompts = source.table(OUR_PROMPTS)?;
    for row in prompt_table.rows().chain(our_prompts.rows()) {
        by_definition
            .entry(row.get("definition_id")?)
            .or_default()
            .push(row);
    }
    for row in our_prompts.rows() {
        let what = format!("{}: {}", row.get("result_code")?, row.get("label")?);
        gaps.push(Gap::unverified(
            "a prompt of ours",
            OUR_PROMPTS,
            row.number,
            what,
        ));
    }
    let mut derived_references = 0;
    let table = source.table(DEFINITIONS)?;
    let ours = source.table(OURS)?;
    let mut definitions = Vec::with_capacity(table.len() + ours.len());
    let published = table.rows().map(|row| (Origin::Published, row));
    for (origin, row) in published.chain(ours.rows().map(|row| (Origin::Ours, row))) {
        let rows = by_definition
            .remove(row.get("definition_id")?)
            .unwrap_or_default();
        let prompts = prompts(&rows, repairs, &lists, gaps, &mut derived_references)?;
        if origin == Origin::Ours && row.flag("unverified")? {
            gaps.push(Gap::unverified(
                "a result of ours",
                OURS,
                row.number,
                format!("{}: {}", row.get("code")?, row.get("why")?),
            ));
        }
        definitions.push(definition((origin, row), &prompts, &lists, repairs, gaps)?);
    }
    let nobodys = by_definition.values().map(|rows| rows[0]);
    if let Some(row) = nobodys.min_by_key(|row| row.number) {
        return Err(row.broken(format!(
            "this is asked by no result: there is no definition {}",
            row.get("definition_id")?
        )));
    }
    crate::supplement::load(source, repairs, &mut definitions, gaps)?;
    crate::traits::mark(source, &mut definitions, gaps)?;
    named::each_once(&definitions, (&table, &ours))?;
    named::unpublished_children(&definitions, (&table, &ours), repairs, gaps)?;
    named::typed_days(&definitions, repairs)?;
    Ok(Loaded {
        definitions,
        prompts: prompt_table.len(),
        lists: lists.len(),
        derived_references,
    })
}

type Lists = HashMap<String, Arc<FixedList>>;

/// The source's lists, then ours for those it has not.
fn lists(source: &Source) -> Result<Lists, ReferenceError> {
    let mut lists: HashMap<String, FixedList> = HashMap::new();
    let published = source.table(LISTS)?;
    for row in published.rows() {
        add_item(&mut lists, row, false)?;
    }
    let known: HashSet<String> = lists.keys().cloned().collect();
    for row in source.table("repairs_fixed_lists.csv")?.rows() {
        if !known.contains(&row.get("fixed_list_id")?.to_lowercase()) {
            add_item(&mut lists, row, true)?;
        }
    }
    Ok(lists
        .into_iter()
        .map(|(id, list)| (id, Arc::new(list)))
        .collect())
}

fn add_item(
    lists: &mut HashMap<String, FixedList>,
    row: Row<'_>,
    unverified: bool,
) -> Result<(), ReferenceError> {
    let id = row.get("fixed_list_id")?.to_lowercase();
    let (start, end) = row.period()?;
    let list = lists.entry(id.clone()).or_insert_with(|| FixedList {
        id,
        items: Vec::new(),
        unverified,
    });
    list.items.push(ListItem {
        code: row.text("element_code")?,
        value: row.text("element_value")?,
        welsh_value: row.some("welsh_value")?,
        start,
        end,
    });
    Ok(())
}

fn prompts(
    rows: &[Row<'_>],
    repairs: &Repairs,
    lists: &Lists,
    gaps: &mut Vec<Gap>,
    derived: &mut usize,
) -> Result<Vec<Prompt>, ReferenceError> {
    let mut prompts: Vec<Prompt> = Vec::with_capacity(rows.len());
    for row in rows {
        // References are made of what the source wrote, its slips of the pen included.
        let written = row.get("label")?;
        let key = format!("{}/{written}", row.get("result_code")?);
        let repaired = |field: &str| repairs.value(PROMPTS, &key, field);
        let label = repaired("label").unwrap_or(written);
        let column = |field: &str| row.get(field).map(|own| repaired(field).unwrap_or(own));
        let kind = PromptKind::parse(column("type")?).ok_or_else(|| row.bad("type"))?;
        let rule = match rule(column("rule")?) {
            Some(rule) => rule,
            None if row.get("rule")?.is_empty() && repairs.general(PROMPTS, "rule", "optional") => {
                Rule::Optional
            }
            None => return Err(row.bad("rule")),
        };
        let unit = match row.get("duration_unit")? {
            text if kind == PromptKind::Number && !text.is_empty() => {
                Some(Unit::parse(text).ok_or_else(|| row.bad("duration_unit"))?)
            }
            _ => None,
        };
        let mut reference = column("reference")?.to_owned();
        if reference.is_empty() {
            if !repairs.general(PROMPTS, "reference", "derive") {
                return Err(row.bad("reference"));
            }
            *derived += 1;
            reference = shared_reference(&prompts, label, unit)
                .unwrap_or_else(|| free(&prompts, derive_reference(written)));
        }
        let part = match row.some("part_name")? {
            None if kind == PromptKind::NameAddressPart
                && repairs.general(PROMPTS, "part_name", "derive") =>
            {
                Some(part_of(&reference))
            }
            own => own,
        };
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let list = some(column("fixed_list_id")?).map(|id| id.to_lowercase());
        let elsewhere = some(column("reference_data_key")?);
        let is_list = matches!(kind, PromptKind::List { .. });
        let missing = is_list && list.as_ref().is_none_or(|id| !lists.contains_key(id));
        let known = |key: &String| OF_THE_DIRECTORY.contains(&key.as_str());
        if missing && elsewhere.as_ref().is_some_and(known) {
            gaps.push(Gap::unverified(
                "a list of ours",
                PROMPTS,
                row.number,
                format!("{key}: the list is the directory of courts; other words are taken"),
            ));
        } else if missing {
            let named = elsewhere
                .clone()
                .or_else(|| list.clone())
                .unwrap_or_else(|| "no list".to_owned());
            gaps.push(Gap::new(
                "a list that is not published",
                PROMPTS,
                row.number,
                format!("{key}: the list {named} is not published: any words are taken"),
            ));
        } else if is_list
            && list
                .as_ref()
                .and_then(|id| lists.get(id))
                .is_some_and(|own| own.unverified)
        {
            gaps.push(Gap::unverified(
                "a list of ours",
                PROMPTS,
                row.number,
                format!("{key}: the list is ours (repairs_fixed_lists.csv)"),
            ));
        }
        let (min, max) = (
            bound(row, "min", column("min")?, repairs)?,
            bound(row, "max", column("max")?, repairs)?,
        );
        // A maximum of nought in the source means that none was set.
        if min
            .zip(max)
            .is_some_and(|(min, max)| max > 0.0 && min > max)
        {
            return Err(row.bad("max"));
        }
        prompts.push(Prompt {
            sequence: row.value("sequence")?.unwrap_or(0),
            reference,
            label: label.to_owned(),
            welsh_label: row.some("welsh_label")?,
            kind,
            rule,
            min,
            max,
            unit,
            list,
            reference_data_key: elsewhere,
            part,
            component: row.some("component_label")?,
            hidden: row.flag("hidden")?,
            printed: match repaired("printed") {
                Some("name") => Printed::NameOnly,
                Some("nothing") => Printed::Nothing,
                // Who is told is no part of what is ordered.
                _ if chosen_among(row.some("reference_data_key")?.as_deref()).is_some() => {
                    Printed::Nothing
                }
                _ => Printed::Whole,
            },
            court_extract: row.flag("court_extract")?,
            jurisdiction: jurisdiction(row, column("jurisdiction")?)?,
            group: row.some("prompt_group")?,
            only_for: only_for(row.list("user_groups")?),
        });
    }
    // The source is in order already; sorting keeps rows of one sequence together.
    prompts.sort_by_key(|prompt| prompt.sequence);
    Ok(prompts)
}

/// The groups that copies of documents are made for (`user_group_variants` of
/// now_subscriptions.csv). The other groups of the column, of a result as of a question, say who
/// works with it on the real system's screens, and keep it from nobody's copy.
const GROUPS_OF_COPIES: [&str; 7] = [
    "CPS",
    "Defence",
    "Judiciary",
    "NCES",
    "Probation",
    "Prosecuting Authorities",
    "YOTs",
];

fn only_for(mut groups: Vec<String>) -> Vec<String> {
    groups.retain(|group| GROUPS_OF_COPIES.contains(&group.as_str()));
    groups
}

/// The units of one period share the reference of its first unit.
fn shared_reference(before: &[Prompt], label: &str, unit: Option<Unit>) -> Option<String> {
    let last = before.last().filter(|last| {
        last.label == label && last.kind == PromptKind::Number && last.unit.is_some()
    })?;
    let same: Vec<_> = before
        .iter()
        .rev()
        .take_while(|own| own.reference == last.reference)
        .collect();
    let again = unit.is_some_and(|unit| same.iter().any(|own| own.unit == Some(unit)));
    (!again).then(|| last.reference.clone())
}

/// The rule of repairs.csv: `Defendant's mobile number` is `defendantsMobileNumber`.
fn derive_reference(label: &str) -> String {
    let plain: String = label.chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let mut key = String::new();
    for word in plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let mut letters = word.chars();
        if let Some(first) = letters.next() {
            if key.is_empty() {
                key.extend(first.to_lowercase());
            } else {
                key.extend(first.to_uppercase());
            }
            key.push_str(letters.as_str());
        }
    }
    key
}

/// The key itself, or with the first number that is free.
fn free(before: &[Prompt], key: String) -> String {
    let taken = |key: &str| before.iter().any(|own| own.reference == key);
    if !taken(&key) {
        return key;
    }
    (2..)
        .map(|n| format!("{key}{n}"))
        .find(|numbered| !taken(numbered))
        .unwrap_or(key)
}

/// `conveyorcustodiannameAddress1` is `AddressLine1` of `conveyorcustodianname`.
fn part_of(reference: &str) -> String {
    const PARTS: [(&str, &str); 13] = [
        ("OrganisationName", "OrganisationName"),
        ("Title", "Title"),
        ("FirstName", "FirstName"),
        ("MiddleName", "MiddleName"),
        ("LastName", "LastName"),
        ("EmailAddress1", "EmailAddress1"),
        ("EmailAddress2", "EmailAddress2"),
        ("Address1", "AddressLine1"),
        ("Address2", "AddressLine2"),
        ("Address3", "AddressLine3"),
        ("Address4", "AddressLine4"),
        ("Address5", "AddressLine5"),
        ("PostCode", "PostCode"),
    ];
    PARTS
        .iter()
        .find(|(end, _)| reference.ends_with(end))
        .map_or("", |(_, part)| part)
        .to_owned()
}

fn rule(text: &str) -> Option<Rule> {
    Some(match text {
        "mandatory" => Rule::Mandatory,
        "optional" => Rule::Optional,
        "oneOf" => Rule::OneOf,
        "atleastOneOf" => Rule::AtLeastOneOf,
        _ => return None,
    })
}

pub(crate) fn jurisdiction(
    row: &Row<'_>,
    text: &str,
) -> Result<Option<Jurisdiction>, ReferenceError> {
    match text.to_ascii_uppercase().as_str() {
        "C" | "CROWN" => Ok(Some(Jurisdiction::Crown)),
        "M" | "MAGISTRATES" => Ok(Some(Jurisdiction::Magistrates)),
        "" | "B" | "BOTH" => Ok(None),
        _ => Err(row.bad("jurisdiction")),
    }
}

fn definition(
    (origin, row): (Origin, Row<'_>),
    prompts: &[Prompt],
    lists: &Lists,
    repairs: &Repairs,
    gaps: &mut Vec<Gap>,
) -> Result<ResultDefinition, ReferenceError> {
    let code = row.text("code")?;
    let repaired = |field: &str| repairs.value(DEFINITIONS, &code, field);
    let welsh_label = row.some("welsh_label")?;
    if welsh_label.is_none() {
        gaps.push(Gap::new(
            "no Welsh words",
            file_of(origin),
            row.number,
            format!("{code}: no Welsh label"),
        ));
    }
    let status =
        repaired("post_hearing_custody_status").unwrap_or(row.get("post_hearing_custody_status")?);
    let (start, end) = (row.day("start_date")?, row.day_if_any("end_date")?);
    if start.zip(end).is_some_and(|(start, end)| end < start) {
        return Err(row.bad("end_date"));
    }
    Ok(ResultDefinition {
        id: row
            .value("definition_id")?
            .ok_or_else(|| row.bad("definition_id"))?,
        label: match repaired("label") {
            Some(label) => label.to_owned(),
            None => row.text("label")?,
        },
        welsh_label,
        category: category(row.get("category")?).ok_or_else(|| row.bad("category"))?,
        level: match row.get("level")? {
            "Offence" => Level::Offence,
            "Defendant" => Level::Defendant,
            "Case" => Level::Case,
            _ => return Err(row.bad("level")),
        },
        rank: row.value("rank")?.unwrap_or(u32::MAX),
        groups: groups(row.get("group")?),
        cjs_code: row.some("cjs_code")?,
        jurisdiction: jurisdiction(&row, row.get("jurisdiction")?)?,
        convicted: row.flag("convicted")?,
        adjournment: row.flag("adjournment")?,
        financial: row.flag("financial")?,
        terminates_proceedings: row.flag("terminates_offence_proceedings")?,
        post_hearing_custody_status: custody_status(row, status)?,
        urgent: row.flag("urgent")?,
        published_for_nows: row.flag("published_for_nows")?,
        d20: row.flag("d20")?,
        published_as_prompt: row.flag("published_as_prompt")?,
        excluded_from_results: row.flag("excluded_from_results")?,
        roll_up_prompts: row.flag("roll_up_prompts")?,
        court_extract: row.flag("court_extract")?,
        can_be_breached: row.flag("can_be_breached")?,
        can_be_varied: row.flag("can_be_varied")?,
        dvla_code: row.some("dvla_code")?,
        police_subject_line: row.some("police_subject_line")?,
        word_groups: word_groups(row.get("word_groups")?),
        children: children(repaired("child_rules").unwrap_or(row.get("child_rules")?))
            .ok_or_else(|| row.bad("child_rules"))?,
        fields: fields_of(prompts, |id| lists.get(id).cloned()),
        prompt_count: prompts.len(),
        start,
        // The source has no end dates: a newer text of the same code replaces an older
        // one. Whoever ends a result adds the column.
        end,
        unanswered: match repaired("unanswered") {
            Some("means_no") => Unanswered::MeansNo,
            Some("warns") => Unanswered::Warns,
            _ => Unanswered::Blocks,
        },
        typed_day: repaired("typed_day").map(typed_day),
        only_for: only_for(row.list("user_groups")?),
        origin,
        code,
    })
}

/// Where results of this origin are defined.
pub(crate) const fn file_of(origin: Origin) -> &'static str {
    match origin {
        Origin::Published => DEFINITIONS,
        Origin::Ours => OURS,
        Origin::Supplement => SUPPLEMENT,
    }
}

/// `PDATE collectionOrderType=PAY`: the result that asks for the day, and what is meant by it.
fn typed_day(text: &str) -> TypedDay {
    let (result, means) = text.split_once(' ').unwrap_or((text, ""));
    let means = means.split_once('=');
    TypedDay {
        result: result.to_owned(),
        means: means.map(|(key, typed)| (key.to_owned(), typed.to_owned())),
    }
}

/// Empty is not applicable; a word that is none would let somebody go.
fn custody_status(row: Row<'_>, text: &str) -> Result<BailStatus, ReferenceError> {
    match text {
        "" => Ok(BailStatus::NotApplicable),
        text => text
            .parse()
            .map_err(|_| row.bad("post_hearing_custody_status")),
    }
}

/// A bound of a prompt; one that is no number is a mistake, unless a repair says that
/// it is none.
fn bound(
    row: &Row<'_>,
    column: &str,
    text: &str,
    repairs: &Repairs,
) -> Result<Option<f64>, ReferenceError> {
    let number = text.parse().ok();
    match number.filter(|bound: &f64| bound.is_finite() && *bound >= 0.0) {
        None if text == "ALL" && repairs.general(PROMPTS, column, "none") => Ok(None),
        None if !text.is_empty() => Err(row.bad(column)),
        bound => Ok(bound),
    }
}

pub(crate) fn category(text: &str) -> Option<Category> {
    Some(match text {
        "Final" => Category::Final,
        "Intermediary" => Category::Intermediary,
        "Ancillary" => Category::Ancillary,
        _ => return None,
    })
}

pub(crate) fn groups(text: &str) -> Vec<String> {
    text.split(',')
        .map(str::trim)
        .filter(|own| !own.is_empty())
        .map(str::to_owned)
        .collect()
}

pub(crate) fn word_groups(text: &str) -> Vec<Vec<String>> {
    text.split('|')
        .map(|group| {
            group
                .split([' ', ','])
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        })
        .filter(|group: &Vec<String>| !group.is_empty())
        .collect()
}

pub(crate) fn children(text: &str) -> Option<Vec<ChildRule>> {
    let child = |item: String| {
        let (target, own) = item.rsplit_once(':')?;
        let target = match target.parse::<DefinitionId>() {
            Ok(id) => ChildTarget::Id(id),
            Err(_) => ChildTarget::Code(target.to_owned()),
        };
        Some(ChildRule {
            target,
            rule: rule(own)?,
        })
    };
    split(text).into_iter().map(child).collect()
}
