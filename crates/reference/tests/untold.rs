//! Of every result somebody is told by a document, or a row says why not.
#![allow(clippy::unwrap_used)]

mod court;

use court::{CATALOGUE, line, results};
use domain::now::untold_results;
use reference::Catalogue;
use std::path::{Path, PathBuf};
use vocabulary::Severity;

const FORGOTTEN: &str = "a result of which nobody is told";

#[test]
fn every_result_calls_for_a_document_or_says_why_it_does_not() {
    let gaps = CATALOGUE.check().gaps;
    let about = gaps
        .iter()
        .filter(|gap| [FORGOTTEN, "a reason for a document that is made"].contains(&gap.kind));
    let about: Vec<_> = about.map(|gap| &gap.what).collect();
    assert!(about.is_empty(), "{about:#?}");
}

#[test]
fn whom_the_court_must_tell_itself_is_said_once_and_never_blocks() {
    let lines = [
        line("SURDIS", 1, &[("suretysName", "Morwen Pryce")]),
        line("SURDIS", 2, &[("suretysName", "Morwen Pryce")]),
        line("NSP", 1, &[]),
    ];
    let found = untold_results(&CATALOGUE.untold, &results(&lines));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].severity, Severity::Warns);
    assert!(found[0].message.contains("Surety discharged"));
    assert_eq!(found[0].hint, "Tell the surety yourself.");
    assert_eq!(found[0].line, Some(lines[0].id));
}

fn reference() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference")
}

/// The table of a folder, with one change to ours.
fn with(change: impl Fn(&str) -> String) -> Result<Catalogue, String> {
    let text = std::fs::read_to_string(reference().join("now_without.csv")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("now_without.csv"), change(&text)).unwrap();
    Catalogue::from_folder(folder.path()).map_err(|error| error.to_string())
}

#[test]
fn a_result_that_was_forgotten_is_reported_and_the_court_is_told_to_tell() {
    let catalogue = with(|text| {
        let kept = text.lines().filter(|row| !row.starts_with("SURDIS,"));
        kept.map(|row| format!("{row}\n")).collect()
    });
    let catalogue = catalogue.unwrap();
    let gaps = catalogue.check().gaps;
    let forgotten: Vec<_> = gaps.iter().filter(|gap| gap.kind == FORGOTTEN).collect();
    assert_eq!(forgotten.len(), 1, "{forgotten:?}");
    assert!(forgotten[0].what.starts_with("SURDIS"));
    // It is reported where it is defined, so that the row can be found.
    let (file, row) = (forgotten[0].file.as_str(), forgotten[0].row);
    let table = std::fs::read_to_string(reference().join(file)).unwrap();
    let defined = table.lines().nth(row - 1).unwrap();
    assert!(
        defined.starts_with("SURDIS,"),
        "{file}, row {row}: {defined}"
    );
    let found = untold_results(&catalogue.untold, &results(&[line("SURDIS", 1, &[])]));
    assert_eq!(found[0].hint, "Tell whoever must act on it yourself.");
}

#[test]
fn a_row_that_says_nothing_is_refused_with_its_place() {
    for (from, to, said) in [
        ("SURDIS,", "SURDISS,", "is no result"),
        ("ASBOV,", "SURDIS,", "has a reason already"),
        ("SURDIS,office", "SURDIS,nobody", "kind cannot be"),
        ("SURDIS,office", ",office", "results cannot be"),
        (",the surety,", ",,", "whom cannot be"),
    ] {
        let Err(why) = with(|text| text.replace(from, to)) else {
            panic!("{to} was accepted");
        };
        assert!(
            why.starts_with("now_without.csv, row ") && why.contains(said),
            "{why}"
        );
    }
}
