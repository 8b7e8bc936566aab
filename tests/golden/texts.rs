//! The texts against the catalogue: the documents they are for exist, and every
//! parameter is the reference of something that is asked in court.

use documents::text::Catalogue as Texts;
use domain::{
    now::NowDefinition,
    result::{ChildTarget, ResultDefinition},
};
use reference::Catalogue;
use std::collections::{BTreeSet, HashSet};

#[test]
fn every_text_is_for_a_document_that_exists() {
    let (texts, catalogue) = catalogues();
    for text in texts.iter() {
        for now in text.nows.iter().filter(|now| *now != "*") {
            let found = catalogue.nows.iter().find(|own| own.name == *now);
            let found = found.unwrap_or_else(|| panic!("{}: no document `{now}`", text.file));
            assert_eq!(text.file, format!("{}.md", found.text_key));
        }
    }
    for text in texts.in_welsh() {
        assert_eq!(text.file, format!("cy/{}", texts.of(&text.nows[0]).file));
        assert!(text.welsh_awaited, "{}: by whom was it checked?", text.file);
    }
}

#[test]
fn the_own_words_of_documents_without_a_mark_are_confirmed_by_the_terms() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../reference/welsh_terms.csv");
    let terms = std::fs::read_to_string(file)
        .expect("the terms")
        .to_lowercase();
    let confirmed: Vec<&str> = terms.lines().filter(|row| row.contains(",yes,")).collect();
    let known = |welsh: &str| {
        confirmed
            .iter()
            .any(|row| row.contains(&welsh.to_lowercase()))
    };
    let (marked, without): (Vec<_>, Vec<_>) = documents::OWN_WORDS
        .iter()
        .partition(|(.., certain)| !certain);
    for (english, welsh, _) in without {
        assert!(known(welsh), "{english}: {welsh} needs a mark");
    }
    assert!(!marked.is_empty());
}

#[test]
fn every_parameter_of_every_text_is_known() {
    let (texts, catalogue) = catalogues();
    let mut wrong = Vec::new();
    for text in texts.iter().chain(texts.in_welsh()) {
        let nows = catalogue
            .nows
            .iter()
            .filter(|own| text.nows.contains(&own.name));
        let allowed = nows.flat_map(|now| parameters(&catalogue, now)).collect();
        wrong.extend(text.check(&allowed).err().map(|error| error.to_string()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_welsh_title_is_one_that_was_read_beside_its_english() {
    let (texts, catalogue) = catalogues();
    let known: HashSet<String> = catalogue
        .welsh_terms
        .iter()
        .filter(|term| term.verified)
        .map(|term| term.welsh.to_lowercase())
        .collect();
    for text in texts.iter() {
        if let Some(welsh) = &text.title_welsh {
            assert!(
                known.contains(&welsh.to_lowercase()),
                "{}: {welsh}",
                text.file
            );
            assert!(
                text.welsh_awaited,
                "{}: no Welsh text, and none awaited",
                text.file
            );
        }
    }
}

fn catalogues() -> (Texts, Catalogue) {
    let texts = Texts::embedded().expect("the texts");
    (texts, Catalogue::embedded().expect("the catalogue"))
}

/// What the results of a document ask, and its results by code.
fn parameters(catalogue: &Catalogue, now: &NowDefinition) -> BTreeSet<String> {
    let all = catalogue.results.definitions();
    let named = now.triggers.iter().chain(&now.roots).chain(&now.children);
    let mut open: Vec<&ResultDefinition> = named
        .flat_map(|own| {
            all.iter()
                .filter(move |definition| own.names_definition(definition))
        })
        .collect();
    let (mut seen, mut parameters) = (HashSet::new(), BTreeSet::new());
    while let Some(definition) = open.pop() {
        if !seen.insert(definition.id) {
            continue;
        }
        parameters.insert(format!("result.{}", definition.code));
        for field in &definition.fields {
            parameters.insert(field.key.clone());
            parameters.extend(field.references().map(str::to_owned));
        }
        for child in &definition.children {
            open.extend(all.iter().filter(|own| match &child.target {
                ChildTarget::Code(code) => own.code.eq_ignore_ascii_case(code),
                ChildTarget::Id(id) => own.id == *id,
            }));
        }
    }
    parameters
}
