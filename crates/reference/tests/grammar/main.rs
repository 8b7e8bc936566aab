//! The typing grammar against the real catalogue: how results are named, where
//! answers go, what is told and what is kept.
#![allow(clippy::unwrap_used)]

mod all_results;
mod any_text;
#[path = "../court/mod.rs"]
mod court;
mod in_words;
mod one_line;

use court::{CATALOGUE, defendant, line, offence, today};
use domain::result::{
    Field, ResultLine,
    grammar::{Book, Context, How, Known, Piece, Under, parse},
};
use reference::examples::{Directory, Organisation, named};
use vocabulary::Jurisdiction;

/// The organisations of the examples, as the app offers them.
struct Organisations(Directory);

impl Organisations {
    fn fitting(&self, field: &Field) -> Vec<&Organisation> {
        let directory = &self.0;
        let key = field.key.to_lowercase();
        if key.contains("prison") {
            vec![&directory.prison]
        } else if key.contains("probation") {
            vec![&directory.probation]
        } else if key.contains("monitoring") {
            vec![&directory.monitoring]
        } else if key.contains("conveyor") {
            vec![&directory.escort, &directory.prison]
        } else if key.contains("house") || key.contains("court") {
            vec![&directory.magistrates_court, &directory.crown_court]
        } else {
            Vec::new()
        }
    }
}

impl Book for Organisations {
    fn names(&self, field: &Field) -> Vec<Known> {
        let known = |own: &Organisation| Known {
            name: own.name.clone(),
            answers: named(&field.key, own),
        };
        self.fitting(field).into_iter().map(known).collect()
    }

    fn words(&self, field: &Field) -> Vec<String> {
        let name = |own: &Organisation| own.name.clone();
        self.fitting(field).into_iter().map(name).collect()
    }

    fn here(&self) -> Option<String> {
        Some(self.0.magistrates_court.name.clone())
    }

    fn home(&self) -> Vec<String> {
        vec!["14 Larch Close".to_owned(), "Ashmere, AM5 6TR".to_owned()]
    }
}

fn read_after(lines: &[ResultLine], text: &str) -> Vec<Piece<'static>> {
    let book = Organisations(Directory::default());
    let context = Context {
        day: today(),
        jurisdiction: Jurisdiction::Magistrates,
        defendant: defendant(),
        offence: Some(offence(1)),
        lines,
        book: &book,
    };
    parse(&CATALOGUE.results, &context, text, None)
}

fn read(text: &str) -> Vec<Piece<'static>> {
    read_after(&[], text)
}

fn one(text: &str) -> Piece<'static> {
    let mut pieces = read(text);
    assert_eq!(pieces.len(), 1, "{text}: {pieces:#?}");
    pieces.remove(0)
}

fn code(piece: &Piece<'_>) -> String {
    piece
        .definition
        .map_or_else(|| "?".to_owned(), |own| own.code.clone())
}

fn codes(text: &str) -> Vec<String> {
    read(text).iter().map(code).collect()
}

fn labels(piece: &Piece<'_>) -> Vec<String> {
    let missing = piece.missing.iter();
    missing.map(|own| own.labels.join(" / ")).collect()
}

fn unread<'t>(text: &'t str, piece: &Piece<'_>) -> Vec<&'t str> {
    let unread = piece.unread.iter();
    unread.map(|own| &text[own.range.clone()]).collect()
}

#[test]
fn a_result_is_named_by_its_code_in_any_case_or_by_its_words_in_any_order() {
    for text in ["FO 250", "fo 250", "250 fo", "Fine 250", "fine £250.00"] {
        let piece = one(text);
        assert_eq!(code(&piece), "FO", "{text}");
        assert_eq!(piece.answers()["AOF"], "250.00", "{text}");
        assert_eq!(piece.missing, [], "{text}");
    }
    for (text, meant) in [
        ("custody remand", "RI"),
        ("bail live sleep 14 Larch Close", "PORR3"),
        ("costs cps 85", "FCPC"),
        ("cps costs 85", "FCPC"),
        ("conditional discharge 12m", "CD"),
        ("surcharge 80", "FVS"),
        // Whoever is sent in custody is not let go by words that say less.
        ("send to crown court in custody", "CCII"),
    ] {
        assert_eq!(codes(text), [meant], "{text}");
    }
}

#[test]
fn words_that_fit_several_results_name_none_of_them() {
    let piece = one("curfew 1900-0700");
    assert!(piece.definition.is_none());
    assert!(piece.candidates.len() > 3);
    // Nothing is dropped: the whole piece is still the person's.
    assert_eq!(piece.range, 0..16);
    let piece = one("wholly unknown words");
    assert!(piece.definition.is_none());
    assert!(piece.candidates.is_empty());
}

#[test]
fn what_was_typed_before_decides_what_words_mean() {
    assert_eq!(codes("RC no TEA; curfew 1900-0700"), ["RC", "PORCU1"]);
    assert_eq!(codes("COEW 12m; curfew 3m"), ["COEW", "CUR"]);
    assert_eq!(codes("COEW 12m; unpaid work 80h"), ["COEW", "UPWR"]);
    // The same where the line before is in the draft already.
    let bail = [line("RC", 1, &[])];
    let pieces = read_after(&bail, "curfew 1900-0700");
    assert_eq!(code(&pieces[0]), "PORCU1");
    assert_eq!(pieces[0].under, Some(Under::Line(bail[0].id)));
}

#[test]
fn a_result_goes_on_within_a_line_where_the_one_before_asks_for_it() {
    assert_eq!(codes("COEW 12m UPWR 100h RAR 20d"), ["COEW", "UPWR", "RAR"]);
    assert_eq!(codes("RC no TEA curfew 1900-0700"), ["RC", "PORCU1"]);
    // One that nobody asks for needs its semicolon, and that is said.
    let text = "FO 250 FCPC 85";
    let piece = one(text);
    assert_eq!(unread(text, &piece), ["FCPC 85"]);
    assert_eq!(
        piece.unread[0].hint.as_deref(),
        Some("FCPC is a result of its own: put ; before it.")
    );
}

#[test]
fn the_lines_that_a_court_says_are_results_one_after_the_other() {
    assert_eq!(codes("RC curfew 1900-0700"), ["RC", "PORCU1"]);
    assert_eq!(
        codes("COEW 12m; UPWR 100h; RAR 20d"),
        ["COEW", "UPWR", "RAR"]
    );
    let text = "FO 250; FCPC 85; FVS; COLLO 28d";
    assert_eq!(codes(text), ["FO", "FCPC", "FVS", "COLLO", "PDATE"]);
    let pieces = read(text);
    assert_eq!(labels(&pieces[2]), ["Amount of surcharge"]);
    for piece in &pieces {
        assert_eq!(unread(text, piece), Vec::<&str>::new());
    }
}

#[test]
fn a_day_behind_a_collection_order_is_the_day_to_pay_by() {
    for text in [
        "COLLO 28d",
        "COLLO +28d",
        "28d COLLO",
        "28d, COLLO",
        "COLLO PAY 28d",
        "COLLO, 22/12",
    ] {
        let pieces = read(text);
        let order = pieces.iter().find(|own| code(own) == "COLLO").unwrap();
        let day = pieces.iter().find(|own| code(own) == "PDATE").unwrap();
        assert_eq!(pieces.len(), 2, "{text}");
        assert_eq!(day.answers()["PBD"], "2026-12-22", "{text}");
        assert_eq!(
            order.answers()["collectionOrderType"],
            "Make payments as ordered",
            "{text}"
        );
        assert_eq!(
            (&order.missing[..], &day.missing[..]),
            (&[][..], &[][..]),
            "{text}"
        );
        assert_eq!((order.unread.len(), day.unread.len()), (0, 0), "{text}");
        assert_eq!((order.under, day.under), (None, None), "{text}");
    }
    // What nobody typed is told as such; what was typed is not written over.
    assert_eq!(one_of("COLLO 28d", "COLLO").given[0].how, How::Meant);
    assert_eq!(
        one_of("COLLO AEO 28d", "COLLO").answers()["collectionOrderType"],
        "Attachment of earnings"
    );
}

#[test]
fn a_number_behind_a_collection_order_is_no_day_and_a_day_is_said_once() {
    let text = "COLLO 28";
    assert_eq!(unread(text, &one(text)), ["28"]);
    let text = "COLLO 28d; PDATE 14d";
    let pieces = read(text);
    assert_eq!(unread(text, &pieces[0]), ["28d"]);
    assert!(
        pieces[0].unread[0]
            .hint
            .as_deref()
            .unwrap()
            .contains("PDATE")
    );
    let before = [line("PDATE", 1, &[("PBD", "2026-12-08")])];
    let pieces = read_after(&before, "COLLO 28d");
    assert_eq!(pieces.len(), 1);
    assert_eq!(pieces[0].unread.len(), 1);
    // A day in the middle is told, not taken out of it.
    let text = "COLLO 28d AEO";
    assert_eq!(unread(text, &one(text)), ["28d"]);
}

fn one_of(text: &str, wanted: &str) -> Piece<'static> {
    let found = read(text).into_iter().find(|own| code(own) == wanted);
    found.unwrap_or_else(|| panic!("{text}: no {wanted}"))
}

#[test]
fn an_order_and_its_requirements_are_typed_in_any_order() {
    let said = ["COEW 12m", "UPWR 100h", "RAR 20d"];
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let text = order.map(|at| said[at]).join("; ");
        let pieces = read(&text);
        let whole = pieces.iter().position(|own| code(own) == "COEW").unwrap();
        for (piece, at) in pieces.iter().zip(order) {
            assert_eq!(code(piece), said[at].split_once(' ').unwrap().0, "{text}");
            assert_eq!(unread(&text, piece), Vec::<&str>::new(), "{text}");
            let under = (at > 0).then_some(Under::Piece(whole));
            assert_eq!(piece.under, under, "{text}");
        }
        let answers: Vec<_> = pieces.iter().flat_map(|own| own.answers()).collect();
        assert!(
            answers.contains(&("endDate".to_owned(), "2027-11-23".to_owned())),
            "{answers:?}"
        );
        assert!(
            answers.iter().any(|(_, own)| own.starts_with("100")),
            "{answers:?}"
        );
        assert!(
            answers.iter().any(|(_, own)| own.starts_with("20")),
            "{answers:?}"
        );
    }
}

#[test]
fn a_condition_and_its_times_are_typed_in_any_order() {
    for text in [
        "RC curfew 1900-0700",
        "RC 1900-0700 curfew",
        "RC; curfew 1900-0700",
        "RC; 1900-0700 curfew",
    ] {
        let pieces = read(text);
        assert_eq!(codes(text), ["RC", "PORCU1"], "{text}");
        assert_eq!(pieces[1].under, Some(Under::Piece(0)), "{text}");
        let times: Vec<_> = pieces[1].answers().into_values().collect();
        assert_eq!(times, ["19:00", "07:00"], "{text}");
        for piece in &pieces {
            assert_eq!(unread(text, piece), Vec::<&str>::new(), "{text}");
        }
    }
    assert_eq!(codes("COEW 12m 100h UPWR 20d RAR"), ["COEW", "UPWR", "RAR"]);
    assert_eq!(one_of("COEW 12m 100h UPWR", "UPWR").unread, []);
}

#[test]
fn children_go_under_the_piece_that_asks_for_them_and_what_serves_all_offences_under_none() {
    let pieces = read("COEW 12m; UPWR 80h; FVS 114; COLLO PAY");
    let under: Vec<_> = pieces.iter().map(|piece| piece.under).collect();
    assert_eq!(under, [None, Some(Under::Piece(0)), None, None]);
}

#[test]
fn a_value_that_fits_two_questions_answers_the_first_and_says_so() {
    let piece = one("SUSPS 18m");
    let given = &piece.given[0];
    assert_eq!(given.key, "imprisonmentPeriod");
    assert_eq!(given.also, ["Suspended period"]);
    // Its name sends it to the other.
    let piece = one("SUSPS suspended 18m");
    assert_eq!(piece.given[0].key, "suspendedPeriod");
    assert_eq!(piece.given[0].how, How::Named);
    assert_eq!(
        labels(&piece),
        [
            "Imprisonment Period",
            "Imprisonment reasons",
            "Bail remand days to count (tagged days)"
        ]
    );
}

#[test]
fn two_ticks_that_fit_the_same_words_are_both_left_and_told() {
    let text = "A hearing";
    let piece = one(text);
    assert_eq!(piece.given, []);
    assert_eq!(unread(text, &piece), ["hearing"]);
    assert!(piece.unread[0].hint.as_deref().unwrap().contains(" or "));
    assert_eq!(
        labels(&piece),
        ["Defendant to attend the next hearing / Defendant excused attendance at next hearing"]
    );
}

#[test]
fn what_fits_nothing_is_kept() {
    let text = "FO 250 banana, 300";
    let piece = one(text);
    assert_eq!(piece.answers()["AOF"], "250.00");
    assert_eq!(unread(text, &piece), ["banana, 300"]);
    let text = "FO 0";
    assert_eq!(unread(text, &one(text)), ["0"]);
    let text = "FO colour=red";
    assert_eq!(unread(text, &one(text)), ["colour", "red"]);
}

#[test]
fn a_period_is_the_day_it_ends_where_a_day_is_asked() {
    let piece = one("COEW 12m");
    let given = &piece.given[0];
    // The order's first day is today (24 November 2026).
    assert_eq!(given.answers["endDate"], "2027-11-23");
    assert_eq!(given.how, How::Counted);
    let piece = one("PDATE 28d");
    assert_eq!(piece.given[0].answers["PBD"], "2026-12-22");
}

#[test]
fn what_is_missing_is_in_the_order_of_the_questions() {
    assert_eq!(
        labels(&one("NHMC")),
        [
            "Date of hearing",
            "Time of hearing",
            "Courthouse",
            "Hearing type",
            "Estimated duration"
        ]
    );
    assert_eq!(labels(&one("DISM")), Vec::<String>::new());
}

#[test]
fn earlier_answers_of_this_defendant_are_used_again() {
    let before = [
        line("PORR3", 1, &[("address", "2 Mill Rise, Ashmere")]),
        line(
            "TIMP",
            1,
            &[
                (
                    "probationteamtobenotifiedOrganisationName",
                    "Riverside Team",
                ),
                ("probationteamtobenotifiedAddress1", "1 Quay Side"),
            ],
        ),
    ];
    let piece = &read_after(&before, "COEW riverside")[0];
    let given = piece
        .given
        .iter()
        .find(|own| own.key == "probationteamtobenotified")
        .unwrap();
    assert_eq!(given.how, How::Earlier);
    assert_eq!(given.shown, "Riverside Team, 1 Quay Side");
    let piece = &read_after(&before, "PORR3 same")[0];
    assert_eq!(piece.answers()["address"], "2 Mill Rise, Ashmere");
    // Nobody else's: without an earlier answer the word is a word.
    assert_eq!(one("PORR3 same").answers()["address"], "same");
}

#[test]
fn the_defendants_home_is_never_the_protected_persons_address() {
    assert_eq!(
        one("PORR3 home").answers()["address"],
        "14 Larch Close, Ashmere, AM5 6TR"
    );
    let piece = one("RESTRAOP 2y CON home");
    assert!(!piece.answers().values().any(|own| own.contains("Larch")));
}

#[test]
fn the_crown_court_types_its_own_results() {
    let context = Context {
        day: today(),
        jurisdiction: Jurisdiction::Crown,
        defendant: defendant(),
        offence: None,
        lines: &[],
        book: &(),
    };
    // WDRN is a magistrates' court's result.
    let pieces = parse(&CATALOGUE.results, &context, "WDRN", None);
    assert!(pieces[0].definition.is_none());
    let pieces = parse(&CATALOGUE.results, &context, "FO 250", None);
    assert_eq!(code(&pieces[0]), "FO");
}

#[test]
fn every_result_of_the_catalogue_is_named_by_its_own_code_and_asks_what_it_needs() {
    for definition in CATALOGUE.results.definitions() {
        let current = CATALOGUE.results.by_code(&definition.code, today());
        if current.is_none_or(|own| own.id != definition.id)
            || !definition.made_by(Jurisdiction::Magistrates)
            || definition.code.contains([' ', ',', '='])
        {
            continue;
        }
        let piece = one(&definition.code.to_lowercase());
        assert_eq!(
            piece.definition.map(|own| own.id),
            Some(definition.id),
            "{}",
            definition.code
        );
        assert!(piece.exact);
        let needed = definition.fields.iter().any(|field| {
            field.rule == domain::result::Rule::Mandatory
                && field.asked_in(Jurisdiction::Magistrates)
        });
        assert_eq!(
            needed,
            piece.missing.iter().any(|own| own.labels.len() == 1),
            "{}",
            definition.code
        );
    }
}

#[test]
fn a_text_of_more_pieces_than_anybody_types_is_kept_as_it_stands() {
    let text = "community order work 12m hours; ".repeat(80);
    let pieces = read(&text);
    assert_eq!(pieces.len(), 61);
    let last = &pieces[60];
    assert!(last.definition.is_none());
    assert_eq!(
        &text[last.range.clone()],
        text[last.range.start..].trim_end()
    );
}

/// The examples of the page in the app that explains the grammar.
const HELP: &str = include_str!("../../../../ui/src/copy/en/grammar.ts");

#[test]
fn every_example_of_the_help_page_is_understood_to_the_last_word() {
    let rows = HELP
        .lines()
        .filter_map(|row| row.trim().strip_prefix("{ type: \""));
    let examples: Vec<String> = rows
        .map(|row| {
            row.split("\", means:")
                .next()
                .unwrap()
                .replace("\\\"", "\"")
        })
        .collect();
    assert!(examples.len() > 12, "{examples:?}");
    for text in examples {
        for piece in read(&text) {
            assert!(piece.definition.is_some(), "{text}: {piece:?}");
            assert_eq!(unread(&text, &piece), Vec::<&str>::new(), "{text}");
        }
    }
}
