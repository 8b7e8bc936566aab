//! Adding or ending a document or a word of a list is a change of data with a day: what is called
//! for, offered and accepted is what the tables had on the day of the hearing.
#![allow(clippy::unwrap_used)]

mod court;

use court::{facts, hearing, line, results, theft};
use domain::{
    now::documents_called_for,
    result::{ResultLine, check},
};
use reference::Catalogue;
use std::fmt::Write;
use vocabulary::{Attendance, Day};

/// The table with two further columns, filled in the rows that begin so.
fn dated(file: &str, begins: &str, days: &str) -> String {
    let text = String::from_utf8(court::CATALOGUE.file(file).unwrap()).unwrap();
    let mut lines = text.lines();
    let mut out = format!("{},valid_from,valid_to\n", lines.next().unwrap());
    let mut found = false;
    for row in lines {
        let own = row.starts_with(begins);
        found |= own;
        writeln!(out, "{row},{}", if own { days } else { "," }).unwrap();
    }
    assert!(found, "{file} has no row {begins}");
    out
}

fn with(file: &str, text: &str) -> Result<Catalogue, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(file), text).unwrap();
    Catalogue::from_folder(folder.path()).map_err(|error| error.to_string())
}

fn called(catalogue: &Catalogue, lines: &[ResultLine], day: Day) -> Vec<String> {
    let mut facts = facts(Attendance::InPerson);
    facts.day = day;
    let all = documents_called_for(
        &catalogue.nows,
        &catalogue.subscriptions,
        &results(lines),
        &facts,
    );
    all.into_iter().map(|own| own.name).collect()
}

#[test]
fn a_document_is_made_of_hearings_from_its_first_day_to_its_last() {
    let name = "Notice that Proceedings Have Ended";
    let text = dated("nows_ours.csv", name, "2026-11-02,2026-11-20");
    let catalogue = with("nows_ours.csv", &text).unwrap();
    let lines = [line("DISM", 1, &[])];
    for (day, made) in [
        ("2026-11-01", false),
        ("2026-11-02", true),
        ("2026-11-20", true),
        ("2026-11-21", false),
    ] {
        let all = called(&catalogue, &lines, day.parse().unwrap());
        assert_eq!(all.iter().any(|own| own == name), made, "{day}: {all:?}");
    }
    let refused = with(
        "nows_ours.csv",
        &dated("nows_ours.csv", name, "2026-11-20,2026-11-02"),
    );
    let refused = refused.err().unwrap();
    assert!(
        refused.contains("nows_ours.csv") && refused.contains("valid_to"),
        "{refused}"
    );
}

#[test]
fn a_word_of_a_list_is_chosen_from_its_first_day_to_its_last_and_what_was_chosen_stays_readable() {
    // Why bail is refused: Strength of case.
    let list = "c0fb2ca5-7702-4f01-b344-33029cfdcd47,REMIL.bailExceptionReason";
    let text = String::from_utf8(court::CATALOGUE.file("fixed_lists.csv").unwrap()).unwrap();
    let begins = text
        .lines()
        .find(|row| row.starts_with(list) && row.contains(",SOCAS,"))
        .unwrap();
    let text = dated("fixed_lists.csv", begins, ",2026-11-20");
    let catalogue = with("fixed_lists.csv", &text).unwrap();
    let field = |day: Day| {
        let remand = catalogue.results.by_code("REMIL", day).unwrap();
        remand.field("bailExceptionReason").unwrap().clone()
    };
    let (last, after): (Day, Day) = ("2026-11-20".parse().unwrap(), "2026-11-21".parse().unwrap());
    let domain::result::FieldKind::List {
        list: Some(words), ..
    } = &field(last).kind
    else {
        panic!("no list");
    };
    assert!(words.item_on("SOCAS", last).is_some());
    assert!(words.item_on("Strength of case", after).is_none());
    assert!(words.on(after).all(|item| item.code != "SOCAS"));
    // What was chosen before is printed, in Welsh too.
    assert!(words.item("SOCAS").is_some());
}

#[test]
fn a_word_that_was_taken_off_its_list_by_the_day_of_the_hearing_stops_sharing() {
    let text = String::from_utf8(court::CATALOGUE.file("fixed_lists.csv").unwrap()).unwrap();
    let begins = text
        .lines()
        .find(|row| row.starts_with("4954dd1c") && row.contains(",SENT,"))
        .unwrap();
    let catalogue = with(
        "fixed_lists.csv",
        &dated("fixed_lists.csv", begins, ",2026-11-20"),
    )
    .unwrap();
    let lines = [line(
        "RILA",
        1,
        &[("remandBasis", "Sent to the Crown Court for trial")],
    )];
    let said = |day: &str| {
        let mut hearing = hearing(vec![theft(1)]);
        hearing.day = day.parse().unwrap();
        let all = check(&catalogue.results, &lines, &hearing).into_iter();
        all.filter(|own| own.message.contains("could not be chosen"))
            .count()
    };
    assert_eq!(said("2026-11-20"), 0);
    assert_eq!(said("2026-11-21"), 1);
}
