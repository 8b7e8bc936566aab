//! The outline of a document: its headings, in order and nested, in the language in
//! which they stand. That every golden document has one is for the reader to say.

use crate::{fixtures::two_pages, reader::read};
use lopdf::{Document, Object};

#[test]
fn headings_stand_in_the_outline_as_they_are_nested_and_lead_to_their_pages() {
    let mut view = two_pages();
    view.title = "Gorchymyn cymunedol \u{175}yn \u{2013} \u{177}d".to_owned();
    let found = read(&documents::render(&view).expect("a document"));
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    let (depth, title, page) = &found.outline[0];
    assert_eq!((*depth, title.as_str(), *page), (0, view.title.as_str(), 0));
    let plain: Vec<&str> = view.plain.iter().map(|own| own.heading.as_str()).collect();
    let listed: Vec<&str> = found.outline.iter().map(|own| own.1.as_str()).collect();
    assert_eq!(listed[1..=plain.len()], plain);
    assert!(found.outline.iter().skip(1).all(|(depth, ..)| *depth > 0));
    assert_eq!(found.outline.last().map(|own| own.2), Some(1));
}

#[test]
fn an_entry_that_is_lost_named_otherwise_or_leads_elsewhere_is_found_out() {
    let pdf = documents::render(&two_pages()).expect("a document");
    let broken = |change: &dyn Fn(&mut Document)| {
        let mut document = Document::load_mem(&pdf).expect("a PDF");
        change(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("a PDF");
        read(&bytes).faults
    };
    assert!(broken(&|_| ()).is_empty());
    let entry = |document: &mut Document, change: &dyn Fn(&mut lopdf::Dictionary)| {
        let mut entries = document
            .objects
            .values_mut()
            .filter_map(|own| own.as_dict_mut().ok());
        change(entries.find(|own| own.has(b"Dest")).expect("an entry"));
    };
    let named = broken(&|document| {
        entry(document, &|own| {
            own.set("Title", Object::string_literal("Another"))
        });
    });
    let elsewhere = broken(&|document| {
        entry(document, &|own| {
            own.set(
                "Dest",
                vec![
                    Object::Reference((9_999, 0)),
                    "XYZ".into(),
                    Object::Null,
                    0.into(),
                    Object::Null,
                ],
            )
        });
    });
    let lost = broken(&|document| {
        document
            .catalog_mut()
            .expect("a catalog")
            .remove(b"Outlines");
    });
    let mode = broken(&|document| {
        let catalog = document.catalog_mut().expect("a catalog");
        catalog.set("PageMode", Object::string_literal("UseOutlines"));
    });
    for faults in [named, elsewhere, lost, mode] {
        assert!(!faults.is_empty());
    }
}
