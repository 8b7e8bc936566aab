//! Which Welsh the tables give, what they only suggest, what they never say, and who waits.
#![allow(clippy::unwrap_used)]

use domain::translation::{Going, Hold, Kind, Word, hold_for};
use reference::{Catalogue, FromTables};
use std::sync::LazyLock;
use vocabulary::{Day, DocumentKind};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());

fn of(kind: Kind, english: &str) -> FromTables {
    CATALOGUE.welsh_of(&Word::new(kind, english))
}

#[test]
fn a_court_has_the_welsh_name_that_a_source_gives_and_no_other() {
    let welsh = |own: &str| FromTables::Certain(own.to_owned());
    let court = |english| of(Kind::Court, english);
    assert_eq!(
        court("Cardiff Magistrates' Court"),
        welsh("Llys Ynadon Caerdydd")
    );
    assert_eq!(
        court("Merthyr Tydfil Magistrates’ Court"),
        welsh("Llys Ynadon Merthyr Tudful")
    );
    assert_eq!(
        court("Porthgarreg Magistrates' Court"),
        welsh("Llys Ynadon Porthgarreg")
    );
    // A place that no source names has none: nothing is put together from a pattern.
    assert_eq!(court("Newport Magistrates' Court"), FromTables::Unknown);
    assert_eq!(court("Ashmere Magistrates' Court"), FromTables::Unknown);
    // The name of a court is no label of a result.
    assert_eq!(
        of(Kind::Label, "Cardiff Magistrates' Court"),
        FromTables::Unknown
    );
}

#[test]
fn what_was_seen_once_is_offered_and_a_wrong_pairing_never() {
    let once = CATALOGUE
        .welsh_terms
        .iter()
        .find(|own| own.context == "result or prompt label on orders [seen once]" && own.verified);
    let once = once.expect("a label seen once");
    let found = of(Kind::Label, &once.english);
    assert!(
        matches!(&found, FromTables::Perhaps(welsh) if *welsh == once.welsh)
            || matches!(&found, FromTables::Certain(welsh) if *welsh != once.welsh),
        "{once:?}: {found:?}"
    );
    let mut wrong = 0;
    for term in CATALOGUE.welsh_terms.iter().filter(|own| own.is_wrong()) {
        wrong += 1;
        for kind in [
            Kind::Court,
            Kind::Label,
            Kind::Question,
            Kind::Choice,
            Kind::Offence,
        ] {
            let given = match of(kind, &term.english) {
                FromTables::Certain(welsh) | FromTables::Perhaps(welsh) => welsh,
                FromTables::Unknown => continue,
            };
            assert_ne!(given, term.welsh, "{} is said to be wrong", term.english);
        }
        // Nor where a table of results has it beside its English.
        let beside = CATALOGUE.welsh_beside(&term.english, Some(&term.welsh));
        assert_eq!(beside, None, "{}", term.english);
    }
    assert!(wrong > 0);
}

#[test]
fn what_somebody_is_held_tagged_or_kept_safe_by_never_waits() {
    let day: Day = "2026-11-23".parse().unwrap();
    let going = |subscription, now, kind, urgent, acknowledged| {
        let going = Going {
            subscription,
            now,
            kind,
            urgent,
            acknowledged,
        };
        hold_for(&CATALOGUE.welsh_holds, going, day)
    };
    let warrant = DocumentKind::Warrant;
    for held in [
        going(
            "Prison",
            "Warrant for custodial sentence",
            warrant,
            true,
            true,
        ),
        // Not even a letter to the defendant, of an order that is urgent.
        going(
            "Defendant",
            "Restraining Order",
            DocumentKind::Order,
            true,
            false,
        ),
        going("Defendant", "Remand Warrant", warrant, false, false),
        going(
            "Electronic Monitoring Contractor",
            "x",
            DocumentKind::Edt,
            false,
            false,
        ),
        going(
            "Defendant",
            "Notice of Grant of Bail",
            DocumentKind::Notice,
            false,
            false,
        ),
        going(
            "DVLA",
            "Notice of disqualification from driving",
            DocumentKind::Notice,
            false,
            false,
        ),
    ] {
        assert_eq!(held, Hold::AtOnce);
    }
    // A letter to a person waits, with a limit.
    let order = going(
        "Defendant",
        "Community order",
        DocumentKind::Order,
        false,
        false,
    );
    assert_eq!(order, Hold::Until(2_880));
    // Before the table was in force nothing waited.
    let going = Going {
        subscription: "Defendant",
        now: "Community order",
        kind: DocumentKind::Order,
        urgent: false,
        acknowledged: false,
    };
    let before: Day = "2026-10-30".parse().unwrap();
    assert_eq!(
        hold_for(&CATALOGUE.welsh_holds, going, before),
        Hold::AtOnce
    );
}

#[test]
fn a_table_that_holds_without_a_limit_or_for_nobody_is_refused() {
    let head =
        "subscription,now,kind,urgent,acknowledged,then,minutes,from,why,source,unverified\n";
    for (name, row, said) in [
        (
            "limit",
            "Defendant,*,,,,hold,,2026-11-01,x,y,N\n",
            "minutes",
        ),
        (
            "zero",
            "Defendant,*,,,,hold,0,2026-11-01,x,y,N\n",
            "minutes",
        ),
        ("word", "Defendant,*,,,,later,5,2026-11-01,x,y,N\n", "then"),
        (
            "nobody",
            "Nobody,*,,,,hold,5,2026-11-01,x,y,N\n",
            "subscription",
        ),
        (
            "document",
            "Defendant,No such order,,,,hold,5,2026-11-01,x,y,N\n",
            "No such order",
        ),
        ("day", "Defendant,*,,,,hold,5,,x,y,N\n", "from"),
    ] {
        let folder = std::env::temp_dir().join(format!("holds-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("welsh_holds.csv"), format!("{head}{row}")).unwrap();
        let Err(error) = Catalogue::from_folder(&folder) else {
            panic!("{name}: a damaged table was accepted")
        };
        let error = error.to_string();
        assert!(
            error.contains("welsh_holds.csv") && error.contains(said),
            "{error}"
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
