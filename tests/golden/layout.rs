//! What happens to texts that no one planned for: long tables, endless
//! directions, names in other scripts.

use crate::{
    fixtures::{result, theft, two_pages, view},
    reader::{Read, read},
};
use contract::document::{Block, ChargeRow, Fact, OrderView};
use vocabulary::DocumentKind;

fn rendered(view: &OrderView) -> Read {
    let read = read(&documents::render(view).expect("a document"));
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    read
}

#[test]
fn a_long_table_shows_its_head_on_every_page_and_says_it_aloud_once() {
    let mut long = view("Order", DocumentKind::Order);
    let rows: Vec<ChargeRow> = (1..=40)
        .map(|number| ChargeRow {
            number,
            ..theft(vec![result("Fine", "Fined £50.00.", &[])])
        })
        .collect();
    long.legal = vec![Block::Charges { rows }];
    let read = rendered(&long);
    assert!(read.artifacts.len() > 4, "{} pages", read.artifacts.len());
    assert_eq!(read.tree.matches("What the court ordered").count(), 1);
    for (page, artifact) in read.artifacts.iter().enumerate().skip(1) {
        assert!(
            artifact.contains("What the court ordered"),
            "page {page}: {artifact}"
        );
    }
    assert_eq!(read.tree.matches("Theft from a shop").count(), 40);
}

#[test]
fn a_direction_of_forty_thousand_characters_is_printed_to_its_last_word() {
    let sentence = "The defendant must tell the officer before he leaves the county. ";
    let direction: String = sentence.repeat(40_000 / sentence.len() + 1) + "Last words.";
    assert!(direction.len() > 40_000);
    let mut long = view("Order", DocumentKind::Order);
    long.legal = vec![
        Block::paragraph(direction.as_str()),
        Block::Charges {
            rows: vec![ChargeRow {
                wording: direction.clone(),
                ..theft(vec![result("Direction", &direction, &[])])
            }],
        },
        Block::Facts {
            heading: None,
            facts: vec![Fact::new("Prohibitions", direction.as_str())],
        },
    ];
    let read = rendered(&long);
    assert!(read.artifacts.len() > 20, "{} pages", read.artifacts.len());
    assert_eq!(read.tree.matches("Last words.").count(), 4);
    let whole = direction.split_whitespace().count();
    assert!(read.tree.split_whitespace().count() >= 4 * whole);
}

#[test]
fn a_word_without_end_does_not_leave_the_page() {
    let mut long = view("Order", DocumentKind::Order);
    let word = "x".repeat(5_000);
    long.legal = vec![Block::Facts {
        heading: None,
        facts: vec![Fact::new("Reference", word.as_str())],
    }];
    let read = rendered(&long);
    assert_eq!(read.tree.matches('x').count(), 5_000);
}

#[test]
fn names_in_other_scripts_and_with_marks_are_drawn() {
    for (name, parts) in [
        (
            "محمد علی اکبر",
            vec!["محمد".chars().rev().collect::<String>()],
        ),
        ("Siân Ŵyn-Llŷr", vec!["Siân Ŵyn-Llŷr".to_owned()]),
        ("Nguyễn Thị Ánh", vec!["Nguyễn Thị Ánh".to_owned()]),
        ("Łukasz Żółć", vec!["Łukasz Żółć".to_owned()]),
        ("İpek Gökçe Şahin", vec!["İpek Gökçe Şahin".to_owned()]),
        ("Дарья Щукина", vec!["Дарья Щукина".to_owned()]),
        ("Ελένη Παππά", vec!["Ελένη Παππά".to_owned()]),
        (
            "O\u{0323}la\u{0301} Ade\u{0301}bayo\u{0300}",
            vec!["Ọ".to_owned(), "bayò".to_owned()],
        ),
        ("王小明", vec!["[U+738B][U+5C0F][U+660E]".to_owned()]),
    ] {
        let mut about = view("Order", DocumentKind::Order);
        about.defendant.name = name.to_owned();
        about.addressee.name = name.to_owned();
        let tree = rendered(&about).tree;
        for part in parts {
            assert!(tree.contains(&part), "{name}: {part} not in {tree}");
        }
    }
}

/// A row of half a dozen results with many answers each: more than a page.
fn tall(number: u32) -> ChargeRow {
    let answers: Vec<(String, String)> = (1..=14)
        .map(|n| {
            let label =
                format!("A long question about requirement {n} of this order and its place");
            (label, format!("value-{number}-{n}"))
        })
        .collect();
    let answers: Vec<(&str, &str)> = answers
        .iter()
        .map(|(label, value)| (label.as_str(), value.as_str()))
        .collect();
    let results = (1..=4).map(|n| result(&format!("Result-{n}"), "", &answers));
    ChargeRow {
        number,
        wording: "On 4 October 2026 at Northmoor stole perfume. ".repeat(25),
        ..theft(results.collect())
    }
}

#[test]
fn a_row_that_goes_on_says_which_it_is_and_parts_no_label_from_its_value() {
    let mut long = view("Order", DocumentKind::Order);
    long.legal = vec![Block::Charges {
        rows: vec![tall(1), tall(2)],
    }];
    let read = rendered(&long);
    let count = read.pages.len();
    assert!(count > 3, "{count} pages");
    let mut going_on = 0;
    for (page, text) in read.pages.iter().enumerate() {
        // A value is on the page of its question, and a result with its first answer.
        let labels = text.matches("A long question").count();
        assert_eq!(
            labels,
            text.matches("value-").count(),
            "page {page}: {text}"
        );
        assert!(!text.trim_end().ends_with("Result-1"), "page {page}");
        for number in [1, 2] {
            let said = format!("|{number}|Theft from a shop (continued)|");
            going_on += usize::from(read.artifacts[page].contains(&said));
        }
    }
    assert!(going_on >= count - 2, "{going_on} of {count}");
    // It is read aloud once.
    assert!(!read.tree.contains("continued"));
}

#[test]
fn nothing_leaves_the_page_however_tall_a_row_is() {
    let mut long = view("Order", DocumentKind::Order);
    long.legal = vec![
        Block::Charges {
            rows: vec![tall(1), tall(2), tall(3)],
        },
        Block::Facts {
            heading: None,
            facts: vec![Fact::new(
                "Prohibitions",
                "You must not go there. ".repeat(400),
            )],
        },
    ];
    let (_, pages) = documents::render_to_read(&long).expect("a document");
    for page in &pages {
        for block in page.blocks.iter().filter(|block| block.tag != "Artifact") {
            for piece in &block.pieces {
                assert!(piece.baseline < 780.0, "{piece:?}");
            }
        }
    }
}

#[test]
fn a_name_is_never_cut_from_the_head_of_a_page() {
    let mut long = two_pages();
    long.title = "Warrant of committal to the Crown Court for consideration of the question of \
                  bail on a charge of murder in youth detention accommodation"
        .to_owned();
    long.defendant.name = "Gethin Llewelyn Maximilian Karim-Žukas".to_owned();
    long.case_references = (1..=9).map(|n| format!("99NM061232{n}")).collect();
    long.copy_for = "Northway Escort Services; HMP Fallowdene; ".repeat(9);
    let read = rendered(&long);
    let head = &read.artifacts[1];
    assert!(
        head.contains("… · Gethin Llewelyn Maximilian Karim-Žukas|99NM0612321, 99NM0612322…|"),
        "{head}"
    );
    assert!(head.ends_with("HMP…|"), "{head}");
    // A name that is wider than the line is cut itself.
    long.defendant.name = "Anastasia ".repeat(60);
    let head = &rendered(&long).artifacts[1];
    assert!(head.starts_with("Anastasia Anastasia"), "{head}");
}

#[test]
fn every_page_says_that_a_document_no_longer_applies_or_was_amended() {
    let said = |read: &Read, words: &str| {
        let all = read.artifacts.iter().skip(1);
        all.map(|page| page.contains(words)).collect::<Vec<_>>()
    };
    let all = crate::cases::all();
    let of = |name: &str| {
        let found = all.iter().find(|(own, _)| own == name);
        found.expect("this document").1.clone()
    };
    let ended = of("community_order_superseded");
    let found = said(&rendered(&ended), "This document no longer applies.");
    assert_eq!(found, [true; 2]);
    let amended = of("community_order_amended");
    let words = "Amended. This document replaces an earlier one.";
    assert_eq!(said(&rendered(&amended), words), [true; 2]);
    let mut in_both = of("community_order_cy");
    in_both.superseded.clone_from(&ended.superseded);
    let found = said(
        &rendered(&in_both),
        "Nid yw'r ddogfen hon yn gymwys mwyach.*",
    );
    assert!(found.len() > 1 && found.iter().all(|own| *own), "{found:?}");
    assert!(!said(&rendered(&of("community_order")), "applies").contains(&true));
}

#[test]
fn no_page_is_for_a_signature_alone() {
    let mut signed = two_pages();
    signed.legal = signed.legal.split_off(signed.legal.len() - 1);
    let read = rendered(&signed);
    assert_eq!(read.pages.len(), 1);
    assert!(!read.tree.contains("notice in full"), "{}", read.tree);
}

#[test]
fn a_day_at_the_head_is_not_parted_from_its_month() {
    let mut issued = view("Order", DocumentKind::Order);
    issued.language = contract::document::PrintLanguage::Bilingual;
    let (_, pages) = documents::render_to_read(&issued).expect("a document");
    let blocks = pages[0].blocks.iter();
    let said = |piece: &documents::Piece| piece.text.trim() == "21 November 2026";
    let dates = blocks
        .flat_map(|block| &block.pieces)
        .filter(|piece| said(piece));
    assert_eq!(dates.count(), 1, "{:#?}", pages[0]);
}

#[test]
fn a_signature_is_not_parted_from_its_office() {
    // Whatever the height of what stands before, name and office stay on one page.
    for count in 1..60 {
        let mut signed = two_pages();
        signed.plain.clear();
        let signature = signed.legal.pop().expect("a signature");
        signed.legal = (0..count)
            .map(|i| Block::paragraph(format!("Paragraph {i}.")))
            .collect();
        signed.legal.push(signature);
        let pdf = documents::render(&signed).expect("a document");
        let document = lopdf::Document::load_mem(&pdf).expect("a PDF");
        let last = document.get_pages().len();
        let at = |words: &str| pages_with(&pdf, words);
        let (name, office) = (at("Imogen Thackray-Shaw"), at("Legal adviser"));
        assert_eq!(
            name.last(),
            office.last(),
            "{count} paragraphs, {last} pages"
        );
    }
}

/// The pages that show the words, from their marked text.
fn pages_with(pdf: &[u8], words: &str) -> Vec<usize> {
    crate::reader::pages(pdf)
        .iter()
        .enumerate()
        .filter(|(_, text)| text.contains(words))
        .map(|(page, _)| page)
        .collect()
}
