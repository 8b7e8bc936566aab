//! Every definition of the catalogue, whatever court makes it and since when: each of
//! its questions is answered as people type answers, once in the form and once in the
//! grammar, and both read back as the sentence that is printed.

use crate::court::{CATALOGUE, defendant, offence, today};
use domain::result::{
    DefendantInHearing, Field, FieldKind, HearingFacts, OffenceInHearing, Printed, ResultCatalogue,
    ResultDefinition, ResultLine, Rule, Unit, check, grammar::Context, grammar::parse, problems,
    read, result_text,
};
use std::collections::BTreeMap;
use vocabulary::{Day, Jurisdiction, ResultLineId};

/// One answer: as it is typed, as it is kept, as it is printed.
struct Answer {
    reference: String,
    typed: Vec<String>,
    kept: String,
    printed: String,
}

impl Answer {
    fn new(reference: &str, typed: &str, kept: &str, printed: &str) -> Self {
        Self {
            reference: reference.to_owned(),
            typed: vec![typed.to_owned()],
            kept: kept.to_owned(),
            printed: printed.to_owned(),
        }
    }
}

/// The least number of a question that is more than nothing.
fn least(min: Option<i64>, max: Option<i64>) -> i64 {
    let least = min.unwrap_or(1).max(1);
    max.filter(|max| *max > 0)
        .map_or(least, |max| least.min(max))
}

fn words(nth: usize, min: Option<usize>, max: Option<usize>) -> String {
    let max = max.filter(|max| *max > 0).unwrap_or(60);
    let mut text: String = format!("W{nth} said aloud, in 2 parts; no more")
        .chars()
        .take(max)
        .collect();
    text.truncate(text.trim_end_matches([' ', ',', ';']).len());
    while text.chars().count() < min.unwrap_or(0) {
        text.push('x');
    }
    text
}

fn period(units: &[Unit], min: Option<u32>) -> Answer {
    let count = min.unwrap_or(1).max(1);
    let typed: String = units
        .iter()
        .map(|unit| match unit {
            Unit::Years => format!("{count}y"),
            Unit::Months => format!("{count}m"),
            Unit::Weeks => format!("{count}w"),
            Unit::Days => format!("{count}d"),
            Unit::Hours => format!("{count}h"),
            Unit::Minutes => format!("{count}min"),
        })
        .collect();
    let plural = if count == 1 { "" } else { "s" };
    let said: Vec<String> = units
        .iter()
        .map(|unit| format!("{count} {}{plural}", unit.singular()))
        .collect();
    let said = said.join(" ");
    Answer::new("", &typed, &said, &said)
}

fn part(kind: &str, nth: usize) -> String {
    match kind {
        "OrganisationName" => format!("Quill Stores {nth}"),
        "Title" => "Ms".to_owned(),
        "FirstName" => "Imogen".to_owned(),
        "MiddleName" => "Ada".to_owned(),
        "LastName" => "Farrow".to_owned(),
        "PostCode" => "AM6 3PL".to_owned(),
        "EmailAddress1" | "EmailAddress2" => "office@quill.example.test".to_owned(),
        line => format!("{nth} Orchard Way {}", &line[line.len() - 1..]),
    }
}

/// The answers to one question: one, or of a name and address one for each part.
fn answers(field: &Field, nth: usize, day: Day) -> Vec<Answer> {
    let key = &field.key;
    let one = |typed: &str, kept: &str, printed: &str| vec![Answer::new(key, typed, kept, printed)];
    match &field.kind {
        FieldKind::Text { min, max } => {
            let text = words(nth, *min, *max);
            one(&text, &text, &text)
        }
        FieldKind::Number { min, max } => {
            let number = least(*min, *max).to_string();
            one(&number, &number, &number)
        }
        FieldKind::Money { min, max } => {
            let pounds = least(min.map(|own| own / 100), max.map(|own| own / 100));
            let (kept, said) = (format!("{pounds}.00"), format!("£{pounds}.00"));
            one(&pounds.to_string(), &kept, &said)
        }
        FieldKind::Date => {
            let on = day.plus_days(40 + i64::try_from(nth).unwrap());
            let text = on.to_string();
            let parts: Vec<&str> = text.split('-').collect();
            let typed = format!("{}/{}/{}", parts[2], parts[1], parts[0]);
            one(&typed, &text, &on.in_words())
        }
        FieldKind::Time => {
            let (hour, minute) = (8 + nth % 10, 10 + nth % 50);
            let said = format!("{hour:02}:{minute:02}");
            one(&format!("{hour:02}{minute:02}"), &said, &said)
        }
        FieldKind::YesNo => {
            let asks = field.label.ends_with('?');
            one("y", "yes", if asks { "Yes" } else { "" })
        }
        FieldKind::Duration { units, min, .. } => {
            let own = period(units, *min);
            one(&own.typed[0], &own.kept, &own.printed)
        }
        FieldKind::List { list: None, .. } => {
            let text = format!("Word {nth}");
            one(&text, &text, &text)
        }
        FieldKind::List {
            list: Some(list),
            multiple,
            ..
        } => {
            let items: Vec<_> = list
                .items
                .iter()
                .take(if *multiple { 2 } else { 1 })
                .collect();
            let values: Vec<&str> = items.iter().map(|own| own.value.as_str()).collect();
            vec![Answer {
                reference: key.clone(),
                typed: items.iter().map(|own| own.code.clone()).collect(),
                kept: values.join("; "),
                printed: values.join(", "),
            }]
        }
        FieldKind::NameAddress { parts } => parts
            .iter()
            .filter(|own| !own.hidden)
            .map(|own| {
                let text = part(&own.part, nth);
                let printed = if own.is_email() { "" } else { &text };
                Answer::new(&own.reference, &text, &text, printed)
            })
            .collect(),
    }
}

/// A day on which the court uses this text of the result.
fn day_of(definition: &ResultDefinition) -> Day {
    let own = |day: &Day| {
        let current = CATALOGUE.results.by_code(&definition.code, *day);
        current.is_some_and(|own| own.id == definition.id)
    };
    let long_ago = "2012-01-01".parse().unwrap();
    [Some(today()), definition.start, Some(long_ago)]
        .into_iter()
        .flatten()
        .find(own)
        .unwrap_or_else(|| panic!("{} is used on no day", definition.code))
}

fn facts(day: Day, jurisdiction: Jurisdiction) -> HearingFacts {
    HearingFacts {
        day,
        jurisdiction,
        defendants: vec![DefendantInHearing {
            id: defendant(),
            person: defendant(),
            name: "Rufus Tilbury".to_owned(),
            date_of_birth: None,
            organisation: false,
            driver_number: None,
            attendance: None,
            held: Vec::new(),
        }],
        offences: vec![OffenceInHearing {
            id: offence(1),
            ..crate::court::theft(1)
        }],
    }
}

/// Every choice among questions of which exactly one is answered.
fn choices(definition: &ResultDefinition, jurisdiction: Jurisdiction) -> Vec<Vec<&Field>> {
    let asked: Vec<&Field> = definition
        .fields
        .iter()
        .filter(|field| field.asked_in(jurisdiction))
        .collect();
    let one_of: Vec<&Field> = asked
        .iter()
        .copied()
        .filter(|field| field.rule == Rule::OneOf)
        .collect();
    let with = |chosen: Option<&Field>| {
        asked
            .iter()
            .copied()
            .filter(|field| {
                field.rule != Rule::OneOf || chosen.is_some_and(|own| own.key == field.key)
            })
            .collect()
    };
    if one_of.is_empty() {
        return vec![with(None)];
    }
    one_of.into_iter().map(|own| with(Some(own))).collect()
}

fn recorded(definition: &ResultDefinition, jurisdiction: Jurisdiction, fields: &[&Field]) {
    let day = day_of(definition);
    let said = format!("{} in {jurisdiction:?}", definition.code);
    let given: Vec<(&Field, Vec<Answer>)> = fields
        .iter()
        .enumerate()
        .map(|(nth, field)| (*field, answers(field, nth + 1, day)))
        .collect();

    // The form: each question by itself.
    let mut kept = BTreeMap::new();
    for (field, answers) in &given {
        for answer in answers {
            let written = read(field, &answer.typed.join("; "));
            assert_eq!(
                written.as_ref(),
                Ok(&answer.kept),
                "{said}: {}",
                field.label
            );
            kept.insert(answer.reference.clone(), answer.kept.clone());
        }
    }

    // The grammar: all of it in one line.
    let mut text = definition.code.to_lowercase();
    for answer in given.iter().flat_map(|(_, answers)| answers) {
        for typed in &answer.typed {
            text.push_str(&format!(" {}=\"{typed}\"", answer.reference));
        }
    }
    let context = Context {
        day,
        jurisdiction,
        defendant: defendant(),
        offence: Some(offence(1)),
        lines: &[],
        book: &(),
    };
    let pieces = parse(&CATALOGUE.results, &context, &text, None);
    assert_eq!(pieces.len(), 1, "{said}: {text}");
    let piece = &pieces[0];
    assert_eq!(
        piece.definition.map(|own| own.id),
        Some(definition.id),
        "{text}"
    );
    assert_eq!(piece.unread, [], "{said}: {text}");
    assert_eq!(piece.missing, [], "{said}: {text}");
    assert_eq!(piece.answers(), kept, "{said}: {text}");

    // What is recorded lacks nothing and reads as the sentence.
    let once = ResultCatalogue::is_once(definition);
    let line = ResultLine {
        id: ResultLineId::derived(&defendant().0, &said),
        definition: definition.id,
        defendant: defendant(),
        offence: (!once).then(|| offence(1)),
        parent: None,
        answers: kept,
    };
    for field in fields {
        assert_eq!(problems(field, &line), [], "{said}: {}", field.label);
    }
    let lines = [line];
    let found = check(&CATALOGUE.results, &lines, &facts(day, jurisdiction));
    let asked = found.iter().find(|own| {
        matches!(own.code.as_str(), "UI-SHARE-1" | "UI-SHARE-2")
            || own.code == "UI-SHARE-3" && own.field.is_some()
    });
    assert_eq!(asked, None, "{said}");
    let sentence = result_text(definition, &lines[0]);
    let mut expected = vec![definition.label.clone()];
    for (field, answers) in &given {
        let name_only = field.printed == Printed::NameOnly;
        let parts: Vec<&str> = answers
            .iter()
            .filter(|own| !name_only || is_name(field, &own.reference))
            .map(|own| own.printed.as_str())
            .filter(|own| !own.is_empty() || answers.len() == 1)
            .collect();
        if field.printed == Printed::Nothing || parts.is_empty() {
            continue;
        }
        let value = one_breath(field, answers, &parts);
        expected.push(if value.is_empty() {
            field.label.clone()
        } else {
            format!("{}: {value}", field.label)
        });
    }
    assert_eq!(sentence.lines().collect::<Vec<_>>(), expected, "{said}");
}

fn is_name(field: &Field, reference: &str) -> bool {
    match &field.kind {
        FieldKind::NameAddress { parts } => parts
            .iter()
            .any(|own| own.reference == reference && own.is_name()),
        _ => true,
    }
}

/// A name as one, then the lines of the address; other answers as they are.
fn one_breath(field: &Field, answers: &[Answer], parts: &[&str]) -> String {
    if !matches!(field.kind, FieldKind::NameAddress { .. }) {
        return parts.join(" ");
    }
    let names = answers.iter().filter(|own| is_name(field, &own.reference));
    let name: Vec<&str> = names.map(|own| own.printed.as_str()).collect();
    let rest = parts.len() - name.len().min(parts.len());
    let mut all = vec![name.join(" ")];
    all.extend(
        parts[parts.len() - rest..]
            .iter()
            .map(|own| (*own).to_owned()),
    );
    all.retain(|own| !own.is_empty());
    all.join(", ")
}

#[test]
fn every_result_is_recorded_by_the_form_and_by_the_grammar_and_reads_back_as_the_sentence() {
    let mut recorded_ones = 0;
    for definition in CATALOGUE.results.definitions() {
        let mut courts = 0;
        for jurisdiction in [Jurisdiction::Magistrates, Jurisdiction::Crown] {
            if !definition.made_by(jurisdiction) {
                continue;
            }
            courts += 1;
            for fields in choices(definition, jurisdiction) {
                recorded(definition, jurisdiction, &fields);
            }
        }
        assert!(courts > 0, "{} is made by no court", definition.code);
        recorded_ones += 1;
    }
    assert!(recorded_ones >= 638, "{recorded_ones}");
}

#[test]
fn every_word_of_every_list_is_understood_by_its_code_and_as_it_is_printed() {
    let mut tried = 0;
    for definition in CATALOGUE.results.definitions() {
        for field in &definition.fields {
            let FieldKind::List {
                list: Some(list), ..
            } = &field.kind
            else {
                continue;
            };
            for item in &list.items {
                for typed in [&item.code, &item.value, &item.value.to_uppercase()] {
                    let written = read(field, typed);
                    assert_eq!(
                        written.as_ref(),
                        Ok(&item.value),
                        "{} {}: {typed}",
                        definition.code,
                        field.label
                    );
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

/// Bounds of the source that are the length of a number, not its value.
#[test]
fn a_telephone_number_is_recorded_as_it_is_dialled() {
    let mut asked = 0;
    for definition in CATALOGUE.results.definitions() {
        for field in &definition.fields {
            let label = field.label.to_lowercase();
            let asks = label.ends_with("mobile number") || label.ends_with("telephone number");
            if !asks || field.kind == FieldKind::Date {
                continue;
            }
            for dialled in ["07700 900123", "01632960001", "+44 7700 900123"] {
                let written = read(field, dialled);
                let said = format!("{} {}", definition.code, field.label);
                // One result has room for fewer characters.
                if definition.code == "ELMONDET" && dialled.len() > 15 {
                    continue;
                }
                assert_eq!(written.as_deref(), Ok(dialled), "{said}");
            }
            asked += 1;
        }
    }
    assert!(asked >= 8, "{asked}");
    let context = Context {
        day: today(),
        jurisdiction: Jurisdiction::Magistrates,
        defendant: defendant(),
        offence: Some(offence(1)),
        lines: &[],
        book: &(),
    };
    let pieces = parse(&CATALOGUE.results, &context, "PORO2 07700 900123", None);
    assert_eq!(pieces[0].answers()["mobileNumber"], "07700 900123");
    assert_eq!((&pieces[0].missing, &pieces[0].unread), (&vec![], &vec![]));
}

/// A question that must be answered in words and has room for one letter cannot be.
#[test]
fn every_question_that_is_answered_in_words_has_room_for_one() {
    for definition in CATALOGUE.results.definitions() {
        for field in &definition.fields {
            if let FieldKind::Text { max: Some(max), .. } = &field.kind {
                let said = format!("{} {}: {max}", definition.code, field.label);
                assert!(*max == 0 || *max >= 3, "{said}");
            }
        }
    }
    let animal = CATALOGUE.results.by_code("ADISQ", today()).unwrap();
    let animal = animal
        .fields
        .iter()
        .find(|own| own.label == "Type of animal");
    assert_eq!(read(animal.unwrap(), "All dogs").as_deref(), Ok("All dogs"));
}
