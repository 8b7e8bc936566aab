//! What a result asks: its questions, with lists and known organisations filled in.

use super::matched;
use crate::{App, Caller, Error, UseCase, hearing::Room};
use access::Action;
use async_trait::async_trait;
use contract::{
    Problem,
    result::{
        ChildView, Definition, DefinitionView, DirectoryEntry, FieldKind as Kind, FieldView,
        ListItem,
    },
};
use domain::{
    account::Organisation,
    result::{Field, FieldKind, Part, ResultCatalogue, ResultDefinition, Rule, chosen_among},
};
use vocabulary::{Day, DefinitionId, Jurisdiction, OrganisationKind};

#[async_trait]
impl UseCase for Definition {
    /// The questions of one result, and the results that belong under it.
    async fn answer(self, app: &App, who: &Caller) -> Result<DefinitionView, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::EditResults, self.hearing_id).await?;
        let hearing = &room.hearing;
        let results = &app.catalogue.results;
        let definition = results
            .definition(self.definition_id)
            .ok_or_else(Problem::not_found)?;
        let known = app.index.directory().await?;
        let day = hearing.starts_at.day();
        let children = results
            .children(definition, day)
            .filter_map(|(rule, child)| {
                let child = child?;
                let mut met_by = Vec::new();
                answers_for(results, child, day, &mut met_by);
                Some(ChildView {
                    rule: rule_word(rule.rule).to_owned(),
                    definition: matched(child),
                    met_by,
                })
            })
            .collect();
        let summary = matched(definition);
        Ok(DefinitionView {
            definition_id: definition.id,
            code: summary.code,
            label: summary.label,
            label_welsh: definition.welsh_label.clone(),
            category: summary.category,
            level: summary.level,
            fields: definition
                .fields
                .iter()
                .filter(|field| field.asked_in(hearing.jurisdiction))
                .filter(|field| leaves_a_choice(field, &known.organisations))
                .flat_map(|field| {
                    field_views(field, (hearing.jurisdiction, day), &known.organisations)
                })
                .collect(),
            children,
        })
    }
}

/// A definition, and what is under it if it is a heading; each once, since the
/// source's headings may name each other.
fn answers_for(
    results: &ResultCatalogue,
    definition: &ResultDefinition,
    day: Day,
    found: &mut Vec<DefinitionId>,
) {
    if found.contains(&definition.id) {
        return;
    }
    found.push(definition.id);
    if definition.is_heading() {
        for child in results.children(definition, day).filter_map(|(_, own)| own) {
            answers_for(results, child, day, found);
        }
    }
}

/// Which of several is told is asked only where there are several.
fn leaves_a_choice(field: &Field, organisations: &[Organisation]) -> bool {
    chosen_among(field.reference_data_key.as_deref()).is_none_or(|kind| {
        let of_kind = organisations.iter().filter(|own| own.kind == kind);
        of_kind.count() > 1
    })
}

const fn rule_word(rule: Rule) -> &'static str {
    match rule {
        Rule::Mandatory => "mandatory",
        Rule::Optional => "optional",
        Rule::OneOf => "oneOf",
        Rule::AtLeastOneOf => "atleastOneOf",
    }
}

/// One field as the form asks it; a name and address is asked part by part.
fn field_views(
    field: &Field,
    (jurisdiction, day): (Jurisdiction, Day),
    organisations: &[Organisation],
) -> Vec<FieldView> {
    let view = |reference: &str, label: &str, kind: Kind| FieldView {
        reference: reference.to_owned(),
        label: label.to_owned(),
        group: None,
        kind,
        rule: rule_word(field.rule).to_owned(),
        units: Vec::new(),
        items: Vec::new(),
        directory: Vec::new(),
        bounds: None,
        past: field.past,
        own: field.own,
    };
    let simple = |kind| view(&field.key, &field.label, kind);
    match &field.kind {
        FieldKind::NameAddress { parts } => name_address(field, parts, organisations),
        FieldKind::Text { max, .. } => {
            let mut one = simple(Kind::Text);
            one.bounds = max.map(|max| format!("at most {max} characters"));
            one.items = known_words(field, jurisdiction, organisations);
            if !one.items.is_empty() {
                one.kind = Kind::ListOther;
            }
            vec![one]
        }
        FieldKind::Number { min, max } => {
            let mut one = simple(Kind::Number);
            one.bounds = bounds(*min, *max, |n| n.to_string());
            vec![one]
        }
        FieldKind::Money { min, max } => {
            let mut one = simple(Kind::Money);
            one.bounds = bounds(*min, *max, |n| vocabulary::Pence(n).to_string());
            vec![one]
        }
        FieldKind::Date => vec![simple(Kind::Date)],
        FieldKind::Time => vec![simple(Kind::Time)],
        // A question that must be answered is answered yes or no; a tick left
        // empty would say neither.
        FieldKind::YesNo if field.rule == Rule::Mandatory => {
            let mut one = simple(Kind::List);
            one.items = [("yes", "Yes"), ("no", "No")]
                .map(|(code, label)| ListItem {
                    code: code.to_owned(),
                    label: label.to_owned(),
                })
                .to_vec();
            vec![one]
        }
        FieldKind::YesNo => vec![simple(Kind::Tick)],
        FieldKind::Duration { units, .. } => {
            let mut one = simple(Kind::Duration);
            one.units = units
                .iter()
                .map(|unit| format!("{}s", unit.singular()))
                .collect();
            vec![one]
        }
        FieldKind::List {
            list,
            multiple,
            other,
        } => {
            let mut one = simple(match (multiple, other) {
                (false, false) => Kind::List,
                (true, false) => Kind::ListMany,
                (false, true) => Kind::ListOther,
                (true, true) => Kind::ListManyOther,
            });
            one.items = match list {
                Some(list) => list
                    .on(day)
                    .map(|item| ListItem {
                        code: item.code.clone(),
                        label: item.value.clone(),
                    })
                    .collect(),
                None => known_words(field, jurisdiction, organisations),
            };
            // A list that the source leaves empty is answered in words.
            if one.items.is_empty() {
                one.kind = Kind::Text;
            }
            vec![one]
        }
    }
}

fn bounds(min: Option<i64>, max: Option<i64>, print: impl Fn(i64) -> String) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{} to {}", print(min), print(max))),
        (Some(min), None) => Some(format!("at least {}", print(min))),
        (None, Some(max)) => Some(format!("at most {}", print(max))),
        (None, None) => None,
    }
}

/// Words that live in other reference data: courts and their rooms, and whom the court tells.
pub(super) fn known_words(
    field: &Field,
    jurisdiction: Jurisdiction,
    organisations: &[Organisation],
) -> Vec<ListItem> {
    let item = |name: &str| ListItem {
        code: name.to_owned(),
        label: name.to_owned(),
    };
    let courts = organisations
        .iter()
        .filter_map(|o| Some((o, o.court.as_ref()?)));
    if let Some(kind) = chosen_among(field.reference_data_key.as_deref()) {
        let of_kind = organisations.iter().filter(|own| own.kind == kind);
        return of_kind.map(|own| item(&own.name)).collect();
    }
    match field.reference_data_key.as_deref() {
        Some("supervisingCourt" | "whichWasImpBy" | "courtHouse") => {
            courts.map(|(o, _)| item(&o.name)).collect()
        }
        Some("crownCourt") => courts
            .filter(|(_, court)| court.jurisdiction == Jurisdiction::Crown)
            .map(|(o, _)| item(&o.name))
            .collect(),
        Some("HCROOM") => {
            let mut rooms: Vec<String> = courts
                .filter(|(_, court)| court.jurisdiction == jurisdiction)
                .flat_map(|(_, court)| court.rooms.iter().map(|(_, name)| name.clone()))
                .collect();
            rooms.sort();
            rooms.dedup();
            rooms.iter().map(|name| item(name)).collect()
        }
        _ => Vec::new(),
    }
}

fn name_address(field: &Field, parts: &[Part], organisations: &[Organisation]) -> Vec<FieldView> {
    let key = field
        .reference_data_key
        .as_deref()
        .unwrap_or(&field.key)
        .to_lowercase();
    let directory: Vec<DirectoryEntry> = organisations
        .iter()
        .filter(|organisation| fits(&key, organisation))
        .map(|organisation| entry(organisation, parts))
        .collect();
    parts
        .iter()
        .filter(|part| !part.hidden)
        .enumerate()
        .map(|(index, part)| FieldView {
            reference: part.reference.clone(),
            label: part.label.clone(),
            group: Some(field.label.clone()),
            kind: Kind::Text,
            rule: match (field.rule, part.required) {
                (Rule::Mandatory, false) => "optional",
                (rule, _) => rule_word(rule),
            }
            .to_owned(),
            units: Vec::new(),
            items: Vec::new(),
            directory: if index == 0 {
                directory.clone()
            } else {
                Vec::new()
            },
            bounds: None,
            past: field.past,
            own: field.own,
        })
        .collect()
}

/// Which organisations may answer a family of prompts.
pub(super) fn fits(family: &str, organisation: &Organisation) -> bool {
    let kinds: &[OrganisationKind] = if family.contains("prison") {
        &[OrganisationKind::Prison]
    } else if family.contains("probationyot") {
        &[
            OrganisationKind::Probation,
            OrganisationKind::YouthOffendingTeam,
        ]
    } else if family.contains("youthoffendingteam") {
        &[OrganisationKind::YouthOffendingTeam]
    } else if family.contains("probation") {
        &[OrganisationKind::Probation]
    } else if family.contains("monitoring") {
        &[OrganisationKind::ElectronicMonitoring]
    } else if family.contains("conveyor") || family.contains("custodian") {
        return organisation.kind.does(OrganisationKind::Escort);
    } else if family.contains("house") || family.contains("court") {
        &[OrganisationKind::Court]
    } else if family.contains("police") {
        &[OrganisationKind::Police]
    } else {
        &[]
    };
    kinds.contains(&organisation.kind)
}

fn entry(organisation: &Organisation, parts: &[Part]) -> DirectoryEntry {
    DirectoryEntry {
        name: organisation.name.clone(),
        answers: part_answers(organisation, parts).collect(),
    }
}

/// What an organisation answers, part by part.
pub(super) fn part_answers<'a>(
    organisation: &'a Organisation,
    parts: &'a [Part],
) -> impl Iterator<Item = (String, String)> + use<'a> {
    let address = &organisation.address;
    parts.iter().filter_map(move |part| {
        let text = match part.part.as_str() {
            "OrganisationName" => organisation.name.clone(),
            "PostCode" => address.postcode.clone()?,
            "EmailAddress1" => organisation.email.clone()?,
            line => {
                let number: usize = line.strip_prefix("AddressLine")?.parse().ok()?;
                address.lines.get(number.checked_sub(1)?)?.clone()
            }
        };
        Some((part.reference.clone(), text))
    })
}
