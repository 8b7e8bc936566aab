//! What somebody in court might answer to the questions of a result. All names are invented.

use crate::called::asked_by;
use app::App;
use contract::{
    hearing::{self, HearingView},
    result::{Definition, FieldKind, FieldView},
};
use domain::result::{ResultCatalogue, ResultDefinition};
use std::collections::BTreeMap;
use uuid::Uuid;
use vocabulary::ResultLineId;

/// A result with every question answered, or only those that must be.
pub(crate) async fn line(
    (app, whom): (&App, &str),
    room: &HearingView,
    own: &ResultDefinition,
    (parent, nth): (Option<ResultLineId>, usize),
    whole: bool,
) -> hearing::Line {
    let asking = Definition {
        hearing_id: room.hearing_id,
        definition_id: own.id,
    };
    let view = asked_by(app, whom, asking).await;
    let defendant = &room.defendants[0];
    let once = ResultCatalogue::is_once(own);
    let mut answers = BTreeMap::new();
    let group = |field: &FieldView| {
        let own = field.group.clone();
        own.unwrap_or_else(|| field.reference.clone())
    };
    // Of what excludes each other the first, or, where only what must be is answered, the last.
    let mut alternatives = view.fields.iter().filter(|field| field.rule == "oneOf");
    let chosen = if whole {
        alternatives.next()
    } else {
        alternatives.next_back()
    };
    for field in &view.fields {
        let excluded = field.rule == "oneOf" && chosen.map(group) != Some(group(field));
        if excluded || (!whole && field.rule == "optional") {
            continue;
        }
        answers.insert(field.reference.clone(), answer(field));
    }
    // Who is known here is chosen by name, and answers the whole group: nothing of another stays.
    for field in &view.fields {
        let Some(known) = field.directory.first() else {
            continue;
        };
        for part in view.fields.iter().filter(|own| group(own) == group(field)) {
            answers.remove(&part.reference);
        }
        answers.extend(known.answers.iter().cloned());
    }
    hearing::Line {
        line_id: ResultLineId(Uuid::from_u128(nth as u128 + 1)),
        definition_id: own.id,
        defendant_id: defendant.defendant_id,
        offence_id: (!once).then(|| defendant.offences[0].offence_id),
        parent,
        answers,
    }
}

fn answer(field: &FieldView) -> String {
    let bounds = field.bounds.as_deref().unwrap_or_default();
    let number = |word: &str| word.trim_start_matches('£').split('.').next()?.parse().ok();
    let least: u32 = bounds.split(' ').find_map(number).unwrap_or(1).max(1);
    match field.kind {
        FieldKind::Text => {
            let most: Option<usize> = bounds.split(' ').find_map(|word| word.parse().ok());
            said(field)
                .chars()
                .take(most.unwrap_or(60).max(1))
                .collect()
        }
        FieldKind::Number => least.to_string(),
        FieldKind::Money => format!("{least}.00"),
        FieldKind::Date => "2027-01-04".to_owned(),
        FieldKind::Time => "10:30".to_owned(),
        FieldKind::Tick => "yes".to_owned(),
        FieldKind::Duration => {
            let unit = field.units.first().expect("a unit");
            format!("1 {}", unit.trim_end_matches('s'))
        }
        FieldKind::List | FieldKind::ListOther | FieldKind::ListMany | FieldKind::ListManyOther => {
            field.items.first().expect("a word to choose").code.clone()
        }
    }
}

/// Words of a fitting kind.
fn said(field: &FieldView) -> String {
    const KINDS: [(&str, &str); 14] = [
        ("organisationname", "Quayside Trust"),
        ("prison", "HMP Fallowdene"),
        ("nameofcourt", "Ashmere Magistrates' Court"),
        ("firstname", "Morwen"),
        ("middlename", "Tamsin"),
        ("lastname", "Pryce"),
        ("address1", "3 Quay Street"),
        ("address2", "Lower Ashmere"),
        ("address3", "Ashmere"),
        ("address4", "The Marches"),
        ("address5", "England"),
        ("postcode", "AM4 1BQ"),
        ("emailaddress", "post@quayside.example.test"),
        ("name", "Morwen Pryce"),
    ];
    let key = field.reference.to_lowercase();
    let mut kinds = KINDS.into_iter();
    let fitting = kinds.find(|(part, _)| key.contains(part));
    fitting.map_or_else(
        || format!("{}: as the court said", field.label),
        |(_, words)| words.to_owned(),
    )
}
