//! What is read of a page whose picture is shown is what its PDF says, and pages look the
//! same exactly if nothing on them changed.

use crate::{fixtures, reader};
use contract::document::PlainPart;

fn closed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn what_is_read_beside_a_picture_is_what_the_document_says() {
    let view = fixtures::two_pages();
    let (bytes, reading) = documents::render_to_read(&view).expect("a document");
    assert_eq!(bytes, documents::render(&view).expect("a document"));
    let said: Vec<String> = reading
        .iter()
        .map(|page| {
            let meant = page.blocks.iter().filter(|block| block.tag != "Artifact");
            let pieces = meant.flat_map(|block| &block.pieces);
            closed(&pieces.map(|piece| piece.text.as_str()).collect::<String>())
        })
        .collect();
    let printed = reader::pages(&bytes);
    let printed: Vec<String> = printed.iter().map(|page| closed(page)).collect();
    assert_eq!(said, printed);
    let headings = reading[0].blocks.iter().filter(|block| block.tag == "H2");
    let headings: Vec<&str> = headings
        .map(|block| block.pieces[0].text.as_str())
        .collect();
    assert!(headings.contains(&"What you must do"), "{headings:?}");
}

#[test]
fn only_the_page_that_changed_looks_different() {
    let view = fixtures::two_pages();
    let looks = |view| -> Vec<String> {
        let (_, reading) = documents::render_to_read(view).expect("a document");
        reading.into_iter().map(|page| page.look).collect()
    };
    let before = looks(&view);
    assert_eq!(before, looks(&view));
    let mut typed = view.clone();
    let Some(PlainPart::Paragraph { text }) = typed.plain[0].parts.first_mut() else {
        panic!("the first part is a paragraph");
    };
    *text = text.replace("583.00", "584.00");
    let after = looks(&typed);
    assert_eq!(before.len(), after.len());
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1..], after[1..]);
}
