//! The catalogue as a whole: complete, and searched as people type.
#![allow(clippy::unwrap_used)]

use domain::result::{FieldKind, OF_THE_DIRECTORY, Origin, Rule};
use reference::Catalogue;
use std::{collections::HashSet, path::Path, sync::LazyLock};
use vocabulary::{Day, Jurisdiction};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());

fn today() -> Day {
    "2026-11-21".parse().unwrap()
}

#[test]
fn every_definition_prompt_document_and_subscription_is_there() {
    let catalogue = &*CATALOGUE;
    let report = catalogue.check();
    println!("{report}");
    assert!(report.complete(), "{report}");
    assert!(
        report
            .gaps
            .iter()
            .any(|gap| gap.what.contains("not published"))
    );
    assert!(report.gaps.iter().any(|gap| gap.what.contains("no Welsh")));
    assert!(report.gaps.iter().all(|gap| gap.row > 1));
    let idle: Vec<_> = report
        .gaps
        .iter()
        .filter(|gap| gap.what.contains("no row asks"))
        .collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn every_answer_of_a_definition_has_its_own_key() {
    let catalogue = &*CATALOGUE;
    for definition in catalogue.results.definitions() {
        let mut seen = HashSet::new();
        for reference in definition
            .fields
            .iter()
            .flat_map(|field| field.references())
        {
            assert!(!reference.is_empty(), "{}", definition.code);
            assert!(
                seen.insert(reference.to_owned()),
                "{} {reference}",
                definition.code
            );
        }
    }
}

#[test]
fn the_units_of_a_period_are_one_question_and_so_are_the_parts_of_an_address() {
    let catalogue = &*CATALOGUE;
    let total = catalogue.results.by_code("TIMP", today()).unwrap();
    let period = total.field("totalCustodialPeriod").unwrap();
    assert!(matches!(&period.kind, FieldKind::Duration { units, .. } if units.len() == 4));
    let prison = total.field("prison").unwrap();
    assert_eq!(prison.label, "Prison");
    assert!(matches!(&prison.kind, FieldKind::NameAddress { parts } if parts.len() == 9));
}

#[test]
fn a_list_that_must_be_answered_has_words_to_choose_from() {
    let report = CATALOGUE.check();
    let mut of_ours = Vec::new();
    for definition in CATALOGUE.results.definitions() {
        for field in definition.fields.iter().filter(|field| !field.hidden) {
            let FieldKind::List { list, .. } = &field.kind else {
                continue;
            };
            let asked = format!("{}/{}", definition.code, field.label);
            let key = field.reference_data_key.as_deref().unwrap_or_default();
            let directory = OF_THE_DIRECTORY.contains(&key);
            let words = list.as_ref().is_some_and(|own| !own.items.is_empty());
            if field.rule != Rule::Optional {
                assert!(words || directory, "{asked} has no list");
            }
            let unverified = list.as_ref().is_some_and(|own| own.unverified);
            if unverified || (list.is_none() && directory) {
                of_ours.push(asked);
            }
        }
    }
    // Whatever is ours is reported as not verified, question by question.
    for asked in &of_ours {
        let said = report
            .gaps
            .iter()
            .any(|gap| gap.unverified && gap.what.starts_with(&format!("{asked}: the list is")));
        assert!(said, "{asked} is ours and not reported");
    }
    for asked in ["VT/Reason for vacating trial", "RIBA48/Crown Court name"] {
        assert!(of_ours.iter().any(|own| own == asked), "{of_ours:?}");
    }
    // One that may be left out may still have none: that stays an open gap.
    assert!(report.gaps.iter().any(|gap| {
        !gap.unverified && gap.what.starts_with("NORDRC/Language: the list language")
    }));
}

#[test]
fn a_prompt_without_key_gets_one_from_its_label() {
    let catalogue = &*CATALOGUE;
    let remand = catalogue.results.by_code("RI", today()).unwrap();
    assert!(remand.field("bailExceptionReason").is_some());
    assert!(remand.field("tVLinkAtNextHearing").is_some());
}

#[test]
fn of_two_texts_of_one_code_the_one_in_force_on_the_day_of_the_hearing_is_used() {
    let catalogue = &*CATALOGUE;
    let on = |day: &str| catalogue.results.by_code("RESTRAOP", day.parse().unwrap());
    assert_eq!(
        on("2026-11-21").unwrap().start.unwrap().to_string(),
        "2019-10-25"
    );
    assert_eq!(
        on("2019-06-01").unwrap().start.unwrap().to_string(),
        "2019-01-10"
    );
    assert!(on("2018-01-01").is_none());
}

#[test]
fn an_exact_code_comes_first_then_codes_that_begin_so_then_words() {
    let catalogue = &*CATALOGUE;
    let codes = |text: &str| -> Vec<String> {
        let found = catalogue
            .results
            .search(text, today(), Jurisdiction::Magistrates, 8);
        found.iter().map(|own| own.code.clone()).collect()
    };
    assert_eq!(codes("imp")[0], "IMP");
    assert_eq!(codes("FO")[0], "FO");
    assert_eq!(codes("a")[0], "A");
    assert!(
        codes("fine").contains(&"FO".to_owned()),
        "{:?}",
        codes("fine")
    );
    assert!(
        codes("unpaid work").contains(&"UPWR".to_owned()),
        "{:?}",
        codes("unpaid work")
    );
    assert!(codes("restraining order").contains(&"RESTRAOP".to_owned()));
    assert!(
        codes("sent crown court").contains(&"CCIC".to_owned()),
        "{:?}",
        codes("sent crown court")
    );
    assert!(codes("zzzz").is_empty());
}

#[test]
fn what_the_supplement_adds_is_marked() {
    let catalogue = &*CATALOGUE;
    let sent = catalogue.results.by_code("CCII", today()).unwrap();
    assert_eq!(sent.origin, Origin::Supplement);
    assert_eq!(sent.cjs_code.as_deref(), Some("4560"));
}

#[test]
fn the_readme_names_every_table_that_is_not_read() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../reference"));
    let read = Catalogue::from_folder(folder).unwrap().overridden;
    let mut idle: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".csv") && !read.contains(name))
        .collect();
    idle.sort();
    let row = format!("| {} | not read;", idle.join(", "));
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    assert!(readme.contains(&row), "reference/README.md lacks: {row}");
}

#[test]
fn a_folder_overrides_the_embedded_data_file_by_file() {
    let folder = std::env::temp_dir().join(format!("reference-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let text = "cjs_offence_code,title,welsh_title,legislation,mode_of_trial,max_penalty,dvla_offence_code,endorsable,fixture_occurrences,source\nZZ00001,Testing,,,Summary,,,N,1,ours\n";
    std::fs::write(folder.join("offences.csv"), text).unwrap();
    let catalogue = Catalogue::from_folder(&folder).unwrap();
    assert_eq!(catalogue.overridden, ["offences.csv"]);
    assert!(catalogue.offence("zz00001").is_some());
    assert!(catalogue.offence("TH68010").is_none());
    assert!(catalogue.check().complete());
    std::fs::write(folder.join("offences.csv"), "nothing\n1\n").unwrap();
    let Err(error) = Catalogue::from_folder(&folder) else {
        panic!("a damaged file was accepted")
    };
    assert!(
        error.to_string().contains("offences.csv has no column"),
        "{error}"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_law_of_an_offence_reads_as_a_sentence() {
    let joined = |text: &str| {
        let mut words = text.split("section");
        words.next();
        words.any(|after| after.starts_with(|c: char| c.is_ascii_digit()))
    };
    for offence in &CATALOGUE.offences {
        assert!(
            !joined(&offence.legislation),
            "{}: {}",
            offence.code,
            offence.legislation
        );
    }
}

#[test]
fn a_nationality_is_a_word_and_every_code_has_one() {
    assert_eq!(CATALOGUE.nationalities["GBR"], "British");
    assert_eq!(CATALOGUE.nationalities["NGA"], "Nigerian");
    for (code, word) in &CATALOGUE.nationalities {
        assert!(
            code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase()),
            "{code}"
        );
        assert!(!word.trim().is_empty(), "{code}");
    }
}

#[test]
fn a_slip_of_the_pen_is_put_right_where_it_is_printed_and_its_reference_stays() {
    let all = CATALOGUE.results.definitions();
    let of = |code: &'static str| all.iter().filter(move |own| own.code == code);
    let labels: Vec<&str> = of("ABIDO")
        .flat_map(|own| own.fields.iter().map(|field| field.label.as_str()))
        .collect();
    assert!(labels.contains(&"Reasons why no other power is available to the court"));
    assert!(labels.contains(&"Duration of detention in youth detention accommodation"));
    let kept = "rreasonsWhyNoOtherPowerIsAvailableToTheCourt";
    assert!(of("ABIDO").any(|own| own.field(kept).is_some()));
    assert!(of("SMAC").all(|own| own.label.ends_with("aid to communication")));
    for own in all {
        let fields = own.fields.iter().map(|field| field.label.as_str());
        for label in fields.chain([own.label.as_str()]) {
            for slip in [
                "accomodation",
                "Rreasons",
                "requiremets",
                "addtional",
                "commumication",
            ] {
                assert!(!label.contains(slip), "{}: {label}", own.code);
            }
        }
    }
}

#[test]
fn a_day_that_belongs_to_another_result_names_one_that_asks_for_it() {
    let repairs = String::from_utf8(CATALOGUE.file("repairs.csv").unwrap().to_vec()).unwrap();
    for (value, why) in [
        ("FVS", "COLLO: FVS is no result that asks for a day"),
        (
            "PDATE collectionOrderType=NEVER",
            "COLLO: NEVER is no answer to collectionOrderType",
        ),
    ] {
        let changed = repairs.replace("PDATE collectionOrderType=PAY", value);
        assert_ne!(changed, repairs);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("repairs.csv"), changed).unwrap();
        let error = Catalogue::from_folder(folder.path()).err().unwrap();
        let told = error.to_string();
        assert!(told.contains("repairs.csv") && told.contains(why), "{told}");
    }
}

/// Where somebody lives is not what a co-defendant is ordered.
#[test]
fn an_address_to_live_at_is_asked_of_each_person() {
    for (code, question) in [
        ("PORR3", "Address"),
        ("LIVE", "Address"),
        ("RR", "Address"),
        ("YRR1", "Place to reside at"),
        ("YRP2", "Place to reside"),
        ("YRR2", "Name of person to live with"),
    ] {
        let own = CATALOGUE.results.by_code(code, today()).unwrap();
        let field = own.fields.iter().find(|field| field.label == question);
        assert!(field.is_some_and(|field| field.own), "{code} {question}");
    }
}
