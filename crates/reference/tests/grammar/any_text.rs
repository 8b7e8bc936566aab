//! Whatever is typed: it is read without panic, every range is of the text, and
//! what was understood means the same when it is typed again.

use crate::{CATALOGUE, code, read};
use domain::result::{FieldKind, grammar::Piece};
use proptest::prelude::*;

/// Texts that are nearly the grammar: codes, values and marks in any order.
fn typed() -> impl Strategy<Value = String> {
    let codes: Vec<String> = CATALOGUE
        .results
        .definitions()
        .iter()
        .map(|own| own.code.clone())
        .collect();
    let values = [
        "250",
        "£85.50",
        "12m",
        "2y6m",
        "6 weeks",
        "+28d",
        "4/12",
        "4 dec",
        "monday",
        "1900",
        "7pm",
        "19:00-07:00",
        "yes",
        "no",
        "not",
        "same",
        "home",
        "here",
        "\"",
        "\u{201c}",
        "\u{201d}",
        "=",
        ",",
        ";",
        "\n",
        "Ashmere",
        "é",
        "\u{1f600}",
        "curfew",
        "attend",
        "reasons=",
        "0",
        "99999999999999999999",
        "99999y",
        "+99999m",
        "-",
        "+",
    ];
    let values: Vec<String> = values.iter().map(|own| (*own).to_owned()).collect();
    let word = prop_oneof![
        3 => proptest::sample::select(codes),
        4 => proptest::sample::select(values),
        1 => any::<String>(),
    ];
    let mark = proptest::sample::select(vec![" ", "; ", ", ", ""]);
    proptest::collection::vec((word, mark), 0..12).prop_map(|words| {
        words
            .into_iter()
            .map(|(word, mark)| format!("{word}{mark}"))
            .collect()
    })
}

/// A piece as one would type it again: its code, and each answer by its key.
fn again(piece: &Piece<'_>) -> String {
    let mut text = code(piece);
    let definition = piece.definition.unwrap();
    for given in &piece.given {
        let field = definition.field(&given.key).unwrap();
        for (reference, answer) in &given.answers {
            let many = matches!(field.kind, FieldKind::List { multiple: true, .. });
            if many {
                for item in answer.split("; ") {
                    text.push_str(&format!(" {reference}=\"{item}\""));
                }
            } else {
                text.push_str(&format!(" {reference}=\"{answer}\""));
            }
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn is_read_without_panic_and_every_range_is_of_the_text(text in typed()) {
        let mut end = 0;
        for piece in read(&text) {
            prop_assert!(piece.range.start >= end, "pieces overlap in {text:?}");
            end = piece.range.end;
            prop_assert!(text.get(piece.range.clone()).is_some_and(|own| !own.is_empty()));
            let mut ranges = vec![piece.name.clone()];
            ranges.extend(piece.given.iter().flat_map(|own| own.ranges.clone()));
            ranges.extend(piece.unread.iter().map(|own| own.range.clone()));
            for range in ranges {
                prop_assert!(range.start >= piece.range.start && range.end <= piece.range.end);
                prop_assert!(text.get(range).is_some());
            }
        }
    }

    #[test]
    fn means_the_same_when_what_was_understood_is_typed_again(text in typed()) {
        for piece in read(&text) {
            let quoted = piece.answers().values().any(|own| own.contains(['"', '\n', '\u{201c}']));
            if piece.definition.is_none() || quoted {
                continue;
            }
            let twice = again(&piece);
            let own = &read(&twice)[0];
            prop_assert_eq!(code(own), code(&piece), "{}", &twice);
            prop_assert_eq!(own.answers(), piece.answers(), "{} from {:?}", &twice, &text);
        }
    }
}

#[test]
fn words_lose_all_their_leading_commas_at_once() {
    let piece = &read("REPC courtOrPoliceStationWhichPreviouslyGrantedBail=\", , Ashmere\"")[0];
    let twice = again(piece);
    assert_eq!(read(&twice)[0].answers(), piece.answers(), "{twice}");
}

#[test]
fn a_direction_of_forty_thousand_characters_is_read_whole_from_the_line() {
    // Marks that end an answer or a result elsewhere, another script, a mark beside its letter.
    let sentence =
        "Tell \u{645}\u{62d}\u{645}\u{62f}, or Ade\u{301}bayo\u{300}; FO 250 is not meant. ";
    let direction = sentence.repeat(40_000 / sentence.chars().count() + 1) + "Last words.";
    assert!(direction.chars().count() > 40_000);
    let pieces = read(&format!("ORD \"{direction}\"; FO 250"));
    assert_eq!(pieces.len(), 2);
    assert_eq!(code(&pieces[0]), "ORD");
    assert_eq!(pieces[0].answers()["orderDetails"], direction);
    assert_eq!(code(&pieces[1]), "FO");
}
