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
