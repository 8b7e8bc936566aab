//! The prison court register as a document: its own view, made from our sample
//! of a hearing by the same rules as everywhere, in golden files like the texts.

use crate::{
    expected::{compare, keep_for_looking_at, sha256},
    pages,
    reader::read,
};
use app::register::sheet_view;
use contract::document::Addressee;
use domain::register::{
    HearingResulted, PublishedSubscriptions, RegisterEntry, registers_called_for,
};
use serde_json::{Value, json};
use std::{fmt::Write, path::Path};

fn sample() -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/hearing-details.json");
    let text = std::fs::read_to_string(file).expect("our sample");
    serde_json::from_str(&text).expect("JSON")
}

fn entry(details: &Value) -> RegisterEntry {
    let event: HearingResulted = serde_json::from_value(details.clone()).expect("an event");
    let all: PublishedSubscriptions =
        serde_json::from_value(details.clone()).expect("subscriptions");
    registers_called_for(&event, &all.now_subscriptions)
        .called_for
        .remove(0)
}

fn printed(details: &Value, earlier: Option<&str>) -> Vec<u8> {
    let prison = Addressee {
        name: "HMP Fallowdene".to_owned(),
        address: vec!["Moor Road".to_owned(), "Ashmere".to_owned()],
    };
    let at = "2026-11-23T11:42:08Z".parse().expect("an instant");
    let earlier = earlier.map(|at| at.parse().expect("an instant"));
    documents::render(&sheet_view(&entry(details), at, earlier, &prison)).expect("a document")
}

/// The hearing as it is and amended, with many offences, and one with next to
/// nothing in it.
fn all() -> [(&'static str, Value, Option<&'static str>); 4] {
    let mut long = sample();
    let defendant = &mut long["hearing"]["prosecutionCases"][0]["defendants"][0];
    let offence = defendant["offences"][0].clone();
    let offences = defendant["offences"].as_array_mut().expect("offences");
    offences.extend((0..11).map(|_| offence.clone()));
    let mut bare = sample();
    for field in [
        "prosecutionCounsels",
        "defenceCounsels",
        "courtApplications",
        "defendantJudicialResults",
        "defendantAttendance",
        "type",
    ] {
        bare["hearing"][field] = Value::Null;
    }
    bare["hearing"]["prosecutionCases"][0]["defendants"][0] = json!({
        "id": "c2a8e4f0-61d7-4b3c-8e15-0a9d3f5b7c13",
        "personDefendant": {"personDetails": {"lastName": "Alder"}},
        "offences": [],
    });
    [
        ("published_register", sample(), None),
        (
            "published_register_amended",
            sample(),
            Some("2026-11-20T16:05:00Z"),
        ),
        ("published_register_long", long, None),
        ("published_register_bare", bare, None),
    ]
}

#[test]
fn the_register_prints_what_its_golden_file_says() {
    let mut differences = Vec::new();
    for (name, details, earlier) in all() {
        let pdf = printed(&details, earlier);
        keep_for_looking_at(name, &pdf);
        let found = read(&pdf);
        assert!(found.faults.is_empty(), "{name}: {:?}", found.faults);
        let mut text = found.tree.trim_start().to_owned();
        for artifact in &found.artifacts {
            let _ = write!(text, "\n--- {artifact}");
        }
        text.push('\n');
        differences.extend(compare(&format!("{name}.txt"), &text).err());
        let hash = format!("{}\n", sha256(&pdf));
        differences.extend(compare(&format!("{name}.sha256"), &hash).err());
        differences.extend(pages::compare(name, &pdf).err());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_same_register_is_the_same_file_and_an_email_address_is_never_printed() {
    let pdf = printed(&sample(), None);
    assert_eq!(printed(&sample(), None), pdf);
    // Where to write to a prison is for the post room, and no part of a result's text.
    assert!(!read(&pdf).tree.contains('@'));
}
