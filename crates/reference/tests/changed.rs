//! The catalogue is data: a result is added or ended by a row with a date, and a table
//! that names what is nowhere is refused with its file and row.
#![allow(clippy::unwrap_used)]

#[path = "court/mod.rs"]
mod court;

use court::{defendant, offence, theft, today};
use domain::result::{
    HearingFacts, ResultLine, check,
    grammar::{Context, parse},
};
use reference::Catalogue;
use std::{collections::BTreeMap, fs};
use tempfile::TempDir;
use vocabulary::{Day, Jurisdiction, ResultLineId};

/// The rows of a table: a row is its values by column.
type Rows = Vec<BTreeMap<String, String>>;

/// A table and what is changed of it.
type Changed<'a> = (&'a str, &'a dyn Fn(&mut Rows));

/// A folder with these tables, changed; a column that is not there is added.
fn changed(tables: &[Changed<'_>]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (file, change) in tables {
        let bytes = court::CATALOGUE.file(file).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let mut columns: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let mut rows: Rows = reader
            .records()
            .map(|row| {
                let row = row.unwrap();
                columns
                    .iter()
                    .cloned()
                    .zip(row.iter().map(str::to_owned))
                    .collect()
            })
            .collect();
        change(&mut rows);
        for own in rows.iter().flat_map(BTreeMap::keys) {
            if !columns.contains(own) {
                columns.push(own.clone());
            }
        }
        let mut writer = csv::Writer::from_path(folder.path().join(file)).unwrap();
        writer.write_record(&columns).unwrap();
        for row in &rows {
            let values = columns
                .iter()
                .map(|own| row.get(own).map_or("", String::as_str));
            writer.write_record(values).unwrap();
        }
        writer.flush().unwrap();
    }
    folder
}

fn set(rows: &mut Rows, (column, is): (&str, &str), (field, to): (&str, &str)) {
    let mut found = 0;
    for row in rows.iter_mut().filter(|row| row[column] == is) {
        row.insert(field.to_owned(), to.to_owned());
        found += 1;
    }
    assert!(found > 0, "no row has {is} in {column}");
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn on(day: Day) -> HearingFacts {
    HearingFacts {
        day,
        ..court::hearing(vec![theft(1)])
    }
}

fn line(catalogue: &Catalogue, code: &str, on: Day) -> ResultLine {
    ResultLine {
        id: ResultLineId::derived(&defendant().0, code),
        definition: catalogue.results.by_code(code, on).unwrap().id,
        defendant: defendant(),
        offence: Some(offence(1)),
        parent: None,
        answers: BTreeMap::new(),
    }
}

fn codes(catalogue: &Catalogue, lines: &[ResultLine], day: Day) -> Vec<String> {
    let found = check(&catalogue.results, lines, &on(day));
    found
        .into_iter()
        .map(|own| format!("{}: {}", own.code, own.message))
        .collect()
}

const LAST: &str = "2026-11-24";

#[test]
fn a_result_is_ended_by_a_date_and_is_ordered_until_that_day_and_not_after() {
    let folder = changed(&[("result_definitions.csv", &|rows| {
        set(rows, ("code", "RC"), ("end_date", LAST));
    })]);
    let catalogue = Catalogue::from_folder(folder.path()).unwrap();
    let (last, after) = (day(LAST), day("2026-11-25"));
    assert!(catalogue.results.by_code("RC", last).is_some());
    assert!(catalogue.results.by_code("RC", after).is_none());
    let offered = |on| {
        let found = catalogue
            .results
            .search("RC", on, Jurisdiction::Magistrates, 50);
        found.iter().any(|own| own.code == "RC")
    };
    assert!(offered(last) && !offered(after));
    // What was typed before it ended is told, and is not shared after.
    let typed = line(&catalogue, "RC", last);
    let told = |on| {
        let found = codes(&catalogue, std::slice::from_ref(&typed), on);
        found
            .iter()
            .any(|own| own.contains("cannot be ordered here today"))
    };
    assert!(!told(last) && told(after));
    // A result that needed it asks for it no more.
    let needs = |on| {
        let found = codes(&catalogue, &[line(&catalogue, "REMCBY", on)], on);
        found.iter().any(|own| own.starts_with("UI-SHARE-4"))
    };
    assert!(needs(last));
    assert!(
        !needs(after),
        "{:?}",
        codes(&catalogue, &[line(&catalogue, "REMCBY", after)], after)
    );
    // The record of the day on which it was ordered still knows it.
    assert_eq!(
        catalogue.results.definition(typed.definition).unwrap().code,
        "RC"
    );
}

#[test]
fn a_result_ends_on_no_day_before_it_begins() {
    let folder = changed(&[("result_definitions.csv", &|rows| {
        set(rows, ("code", "WDRN"), ("end_date", "2019-01-01"));
    })]);
    let error = Catalogue::from_folder(folder.path())
        .err()
        .unwrap()
        .to_string();
    assert!(
        error.contains("result_definitions.csv, row ") && error.contains("end_date"),
        "{error}"
    );
}

#[test]
fn a_result_is_added_by_rows_and_is_typed_and_asked_from_its_first_day() {
    let id = "7d7a3a52-5c0b-4a52-9a4e-2a3f6c1d9e01";
    let folder = changed(&[
        ("result_definitions.csv", &|rows| {
            let mut own = rows
                .iter()
                .find(|row| row["code"] == "WDRN")
                .unwrap()
                .clone();
            for (column, value) in [
                ("code", "NEWRES"),
                ("label", "Newly made order"),
                ("word_groups", "Newly made"),
                ("definition_id", id),
                ("start_date", "2026-11-25"),
                ("prompt_count", "1"),
                ("group", ""),
            ] {
                own.insert(column.to_owned(), value.to_owned());
            }
            rows.push(own);
        }),
        ("result_prompts.csv", &|rows| {
            let mut own = rows
                .iter()
                .find(|row| row["result_code"] == "UPWR")
                .unwrap()
                .clone();
            for (column, value) in [("result_code", "NEWRES"), ("definition_id", id)] {
                own.insert(column.to_owned(), value.to_owned());
            }
            rows.push(own);
        }),
    ]);
    let catalogue = Catalogue::from_folder(folder.path()).unwrap();
    // One row more than the source has is no fault of a court's own table.
    let report = catalogue.check();
    assert!(report.complete(), "{report}");
    assert!(
        report.to_string().contains("639  result definitions\n"),
        "{report}"
    );
    assert!(
        court::CATALOGUE
            .check()
            .to_string()
            .contains("638  result definitions\n")
    );
    let read = |on: Day, text: &str| {
        let context = Context {
            day: on,
            jurisdiction: Jurisdiction::Magistrates,
            defendant: defendant(),
            offence: Some(offence(1)),
            lines: &[],
            book: &(),
        };
        let mut pieces = parse(&catalogue.results, &context, text, None);
        let piece = pieces.remove(0);
        let code = piece.definition.map(|own| own.code.clone());
        (code, piece.answers(), piece.missing.len())
    };
    assert_eq!(
        read(today(), "newres 80h").0,
        None,
        "not before its first day"
    );
    let first = day("2026-11-25");
    for text in ["newres 80h", "newly made 80h"] {
        let (code, answers, missing) = read(first, text);
        assert_eq!(code.as_deref(), Some("NEWRES"), "{text}");
        assert_eq!(answers["numberOfHours"], "80 hours", "{text}");
        assert_eq!(missing, 0, "{text}");
    }
    assert_eq!(read(first, "newres").2, 1, "it asks for its hours");
}

#[test]
fn a_rule_is_dated_by_its_row_and_asked_until_its_last_day() {
    let folder = changed(&[
        ("check_rules.csv", &|rows| {
            set(rows, ("rule", "SA2020-203"), ("to", LAST))
        }),
        ("age_rules.csv", &|rows| {
            set(rows, ("rule", "SA2020-202"), ("from", "2026-11-25"));
        }),
    ]);
    let catalogue = Catalogue::from_folder(folder.path()).unwrap();
    let (last, after) = (day(LAST), day("2026-11-25"));
    let asked = |rule: &str, on_day: Day| {
        let both = ["COEW", "SUSPS"].map(|code| line(&catalogue, code, on_day));
        let mut hearing = on(on_day);
        hearing.defendants[0].date_of_birth = "2009-01-02".parse().ok();
        let found = check(&catalogue.results, &both, &hearing);
        found.iter().any(|own| own.code == rule)
    };
    assert!(asked("SA2020-203", last) && !asked("SA2020-203", after));
    assert!(!asked("SA2020-202", last) && asked("SA2020-202", after));
    // As built in, both are asked on both days.
    let built_in = &court::CATALOGUE.results.law;
    assert!(built_in.rules["SA2020-203"].asked.on(after));
    // The presumption of 2026 is asked from the day on which it began.
    let presumption = built_in.rules["SA2026-1"].asked;
    assert!(!presumption.on(day("2026-03-21")) && presumption.on(day("2026-03-22")));
    let folder = changed(&[("check_rules.csv", &|rows| {
        set(rows, ("rule", "SA2026-1"), ("to", "2026-03-21"));
    })]);
    let error = Catalogue::from_folder(folder.path())
        .err()
        .unwrap()
        .to_string();
    assert!(
        error.contains("check_rules.csv, row ") && error.contains("to cannot be"),
        "{error}"
    );
}

/// One thing that is wrong with a table, and what is said of it.
type Wrong<'a> = (&'a str, &'a dyn Fn(&mut Rows), &'a str);

#[test]
fn a_table_that_names_what_is_nowhere_is_refused_with_its_file_and_row() {
    let wrong: [Wrong<'_>; 21] = [
        (
            "result_definitions.csv",
            &|rows| {
                set(
                    rows,
                    ("code", "COLLOM"),
                    ("child_rules", "COLLOX:mandatory"),
                )
            },
            "COLLOM: its child COLLOX is no result",
        ),
        (
            "result_definitions.csv",
            &|rows| {
                let twice = rows
                    .iter()
                    .find(|row| row["code"] == "WDRN")
                    .unwrap()
                    .clone();
                rows.push(twice);
            },
            "stands twice",
        ),
        (
            "result_definitions.csv",
            &|rows| set(rows, ("code", "WDRN"), ("jurisdiction", "County")),
            "jurisdiction cannot be \"County\"",
        ),
        (
            "result_definitions.csv",
            &|rows| set(rows, ("code", "WDRN"), ("post_hearing_custody_status", "Q")),
            "post_hearing_custody_status cannot be \"Q\"",
        ),
        (
            "result_prompts.csv",
            &|rows| {
                set(
                    rows,
                    ("result_code", "UPWR"),
                    ("definition_id", "7d7a3a52-5c0b-4a52-9a4e-2a3f6c1d9e01"),
                )
            },
            "this is asked by no result",
        ),
        (
            "result_prompts.csv",
            &|rows| {
                set(
                    rows,
                    ("reference", "numberOfHours"),
                    ("duration_unit", "Fortnights"),
                )
            },
            "duration_unit cannot be \"Fortnights\"",
        ),
        (
            "result_prompts.csv",
            &|rows| set(rows, ("reference", "numberOfHours"), ("max", "lots")),
            "max cannot be \"lots\"",
        ),
        (
            "result_prompts.csv",
            &|rows| {
                set(rows, ("reference", "numberOfHours"), ("min", "900"));
                set(rows, ("reference", "numberOfHours"), ("max", "100"));
            },
            "max cannot be \"100\"",
        ),
        (
            "result_prompts.csv",
            &|rows| {
                set(
                    rows,
                    ("reference", "additionalInformation"),
                    ("reference", "numberOfHours"),
                )
            },
            "asks two questions under numberOfHours",
        ),
        (
            "check_rules.csv",
            &|rows| {
                set(
                    rows,
                    ("rule", "SA2020-208"),
                    ("others", "group:Community Demand"),
                )
            },
            "the group Community Demand: no result is in it",
        ),
        (
            "check_rules.csv",
            &|rows| {
                let twice = rows[3].clone();
                rows.push(twice);
            },
            "stands twice",
        ),
        (
            "limits.csv",
            &|rows| {
                set(
                    rows,
                    ("limit", "period of UPWR"),
                    ("limit", "period of UPWORK"),
                )
            },
            "the limit names UPWORK",
        ),
        (
            "now_acknowledgements.csv",
            &|rows| {
                set(
                    rows,
                    ("subscription", "Prison"),
                    ("subscription", "Prisons"),
                )
            },
            "Prisons",
        ),
        (
            "now_acknowledgements.csv",
            &|rows| {
                set(
                    rows,
                    ("subscription", "Police"),
                    ("now", "Notice of Nothing"),
                )
            },
            "Notice of Nothing",
        ),
        (
            "delivery_limits.csv",
            &|rows| {
                set(
                    rows,
                    ("subscription", "Prison"),
                    ("now", "Notice of Nothing"),
                )
            },
            "Notice of Nothing",
        ),
        (
            "now_recipients.csv",
            &|rows| set(rows, ("action", "link"), ("subscription", "Nobody at all")),
            "Nobody at all",
        ),
        (
            "now_triggers.csv",
            &|rows| set(rows, ("trigger", "RESTRAOP"), ("trigger", "RESTRAINX")),
            "trigger names RESTRAINX",
        ),
        (
            "now_triggers.csv",
            &|rows| set(rows, ("trigger", "RESTRAOP"), ("split_by", "nobodysName")),
            "split_by names nobodysName",
        ),
        (
            "nows_ours.csv",
            &|rows| {
                set(
                    rows,
                    ("name", "Notification of Community Order"),
                    ("triggers", "COEWX"),
                )
            },
            "triggers names COEWX",
        ),
        (
            "nows_ours.csv",
            &|rows| {
                set(
                    rows,
                    ("when_ended", "bail conditions"),
                    ("triggers", "DISM"),
                )
            },
            "it names no trigger",
        ),
        (
            "nows_ours.csv",
            &|rows| {
                set(
                    rows,
                    ("name", "Notification of Community Order"),
                    ("recipients", "Probations"),
                )
            },
            "Probations",
        ),
    ];
    for (file, change, why) in wrong {
        let folder = changed(&[(file, change)]);
        let Err(error) = Catalogue::from_folder(folder.path()) else {
            panic!("{file} was accepted: {why}");
        };
        let said = error.to_string();
        assert!(said.contains(why), "{said}, not {why}");
        assert!(said.contains(".csv, row "), "{said}");
    }
}

#[test]
fn the_notice_that_a_document_ended_is_marked_in_the_data_once() {
    let marked = court::CATALOGUE.now(court::CATALOGUE.ended_notice).unwrap();
    assert!(marked.triggers.is_empty() && marked.subscriptions.is_empty());
    let wrong: [Wrong<'_>; 4] = [
        (
            "nows_ours.csv",
            &|rows| set(rows, ("ends_another", "Y"), ("ends_another", "")),
            "no document says",
        ),
        (
            "nows_ours.csv",
            &|rows| {
                let mut other = rows
                    .iter()
                    .find(|row| row["ends_another"] == "Y")
                    .unwrap()
                    .clone();
                other.insert("name".to_owned(), "Notice that Another Ended".to_owned());
                rows.push(other);
            },
            "two documents say",
        ),
        (
            "nows_ours.csv",
            &|rows| set(rows, ("ends_another", "Y"), ("triggers", "COEW")),
            "no result calls for it",
        ),
        (
            "nows_ours.csv",
            &|rows| set(rows, ("ends_another", "Y"), ("recipients", "Probation")),
            "whoever has that document",
        ),
    ];
    for (file, change, why) in wrong {
        let folder = changed(&[(file, change)]);
        let error = Catalogue::from_folder(folder.path())
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains(why), "{error}");
    }
    // Another row may be the one: its name is in no code, and only the data need agree.
    const NAME: &str = "Notice of an Order that Ended";
    let renamed = |rows: &mut Rows| set(rows, ("ends_another", "Y"), ("name", NAME));
    let before = "Notice that a Document No Longer Applies";
    let held = |rows: &mut Rows| set(rows, ("now", before), ("now", NAME));
    let folder = changed(&[("nows_ours.csv", &renamed), ("welsh_holds.csv", &held)]);
    let catalogue = Catalogue::from_folder(folder.path()).unwrap();
    let own = catalogue.now(catalogue.ended_notice).unwrap();
    assert_eq!(own.name, "Notice of an Order that Ended");
}

/// Every Rust file below a folder.
fn code(folder: &str, all: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        if path.is_dir() {
            code(&name, all);
        } else if name.ends_with(".rs") {
            // Tests may name what they speak of.
            let text = fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            all.push((name, code.to_owned()));
        }
    }
}

#[test]
fn no_code_names_a_document_that_a_result_calls_for() {
    let mut files = Vec::new();
    for folder in ["app", "domain", "server", "store"] {
        code(
            &format!("{}/../{folder}/src", env!("CARGO_MANIFEST_DIR")),
            &mut files,
        );
    }
    assert!(files.len() > 200, "{}", files.len());
    for now in &court::CATALOGUE.nows {
        // The register is no document that a result calls for: it is all of a day.
        if now.include_all && now.name == "Prison court register" {
            continue;
        }
        let quoted = format!("\"{}\"", now.name);
        let naming = files.iter().find(|(_, text)| text.contains(&quoted));
        assert_eq!(naming.map(|(name, _)| name), None, "{}", now.name);
    }
}

#[test]
fn what_a_rule_of_ours_names_and_the_catalogue_has_not_is_reported() {
    let report = court::CATALOGUE.check();
    let told = |file: &str, what: &str| {
        let found = report.gaps.iter().any(|gap| {
            gap.file == file && gap.kind.contains("not published") && gap.what.contains(what)
        });
        assert!(found, "{file}: {what}\n{report}");
    };
    told("age_rules.csv", "CCIIB");
    told("validation_rules.csv", "SUSPSNR");
    told("nows.csv", "d4fa6715");
    let folder = changed(&[("check_rules.csv", &|rows| {
        set(rows, ("rule", "SA2020-203"), ("results", "COEW; COWE"));
    })]);
    let report = Catalogue::from_folder(folder.path()).unwrap().check();
    let misspelt = |gap: &reference::Gap| gap.what == "SA2020-203: COWE";
    assert!(report.gaps.iter().any(misspelt), "{report}");
}
