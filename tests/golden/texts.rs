//! The texts against the catalogue: the documents they are for exist, and every
//! parameter is the reference of something that is asked in court. What a text points at is
//! there, and it fits whoever it is about and for.

use contract::document::{Block, PlainPart, Tongue};
use documents::text::{Catalogue as Texts, Record, Text, fill};
use domain::{
    now::NowDefinition,
    result::{ChildTarget, ResultDefinition},
};
use reference::Catalogue;
use std::collections::{BTreeMap, BTreeSet, HashSet};

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

/// Texts of a child's warrants, which are looked at by themselves.
const OF_A_CHILD: [&str; 5] = [
    "committal_warrant_crown_court_youth_detention_accommodation.md",
    "committal_warrant_crown_crt_local_authority_accommodation.md",
    "remand_warrant_local_authority_accommodation.md",
    "remand_warrant_youth_detention_accommodation.md",
    "warrant_of_detention_in_youth_detention_accomodation_breach.md",
];

#[test]
fn no_text_points_at_a_time_a_place_or_conditions_that_it_does_not_hold() {
    let pointing = [
        "time stated",
        "place stated",
        "hearing stated",
        " as stated",
        "court named above",
        "place named above",
        "these conditions",
        "conditions on this page",
        "yr amser a nodwyd",
        "yn y lle a nodwyd",
        "lle a enwir uchod",
        "yr amodau hyn",
    ];
    let (texts, catalogue) = catalogues();
    let mut wrong = Vec::new();
    for text in texts.iter().chain(texts.in_welsh()) {
        if OF_A_CHILD.iter().any(|own| text.file.ends_with(own)) {
            continue;
        }
        let triggers = catalogue
            .nows
            .iter()
            .filter(|now| text.nows.contains(&now.name));
        let triggers = triggers.flat_map(|now| &now.triggers);
        let results = catalogue.results.definitions().iter();
        let codes: BTreeSet<&str> = triggers
            .flat_map(|own| results.clone().filter(|one| own.names_definition(one)))
            .map(|one| one.code.as_str())
            .collect();
        // With none of its results, and with each of them alone.
        for code in codes.into_iter().map(Some).chain([None]) {
            let result = code.map(|code| format!("result.{code}"));
            let said = said(text, result.as_deref().into_iter()).to_lowercase();
            let found = pointing.iter().find(|one| said.contains(*one));
            wrong.extend(found.map(|one| format!("{} by {code:?}: {one}", text.file)));
        }
    }
    // The court stands at the head of what orders that somebody be brought before it.
    wrong.retain(|one| !(one.starts_with("warrant_") && one.ends_with("court named above")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whoever_must_pass_a_test_reads_it_on_the_first_page() {
    let (texts, catalogue) = catalogues();
    for name in [
        "Notice of disqualification from driving",
        "Notice of reduction in Disqualification (defendant's copy)",
    ] {
        let now = catalogue
            .nows
            .iter()
            .find(|now| now.name == name)
            .expect("it");
        let results = catalogue.results.definitions().iter();
        let tested = results.filter(|one| {
            one.label.to_lowercase().contains("test")
                && now.triggers.iter().any(|own| own.names_definition(one))
        });
        let tested: BTreeSet<&str> = tested.map(|one| one.code.as_str()).collect();
        assert!(tested.contains("DDRCOT"), "{name}: {tested:?}");
        for code in tested {
            let result = format!("result.{code}");
            let both = [Some(texts.of(name)), texts.welsh_of(name)];
            for text in both.into_iter().flatten() {
                let said = said(text, [result.as_str()].into_iter());
                let told = said.contains("driving test") || said.contains("prawf gyrru");
                assert!(told, "{} by {code}", text.file);
            }
        }
    }
}

#[test]
fn a_company_that_is_sent_for_trial_reads_nothing_of_bail() {
    let (texts, _) = catalogues();
    let name = "Notice of Sending to the Crown Court for Trial";
    let both = [Some(texts.of(name)), texts.welsh_of(name)];
    for text in both.into_iter().flatten() {
        let given = ["organisation", "magistratesCourt", "result.CCICORP"];
        let said = said(text, given.into_iter()).to_lowercase();
        for word in [
            "bail",
            "arrest",
            "prison",
            "fechnïaeth",
            "arestio",
            "carchar",
        ] {
            assert!(!said.contains(word), "{}: {word}", text.file);
        }
    }
}

#[test]
fn no_text_says_what_was_not_ordered() {
    let (texts, _) = catalogues();
    for (name, given, words) in [
        ("Criminal Behaviour Order", "result.CRIMBI", "is satisfied"),
        ("Suspended sentence order", "inCustody", "not go to prison"),
        ("Suspended sentence order", "inCustody", "fyddwch yn mynd"),
        (
            "Warrant for Arrest for a Breach of a Community Penalty",
            "magistratesCourt",
            "duty to surrender",
        ),
        (
            "Sexual Harm Prevention Order",
            "magistratesCourt",
            "Sentencing Act",
        ),
        ("Ending of Court Order", "result.FGMPOD", "electronic tag"),
        ("Notice of Refusal of Bail", "inCare", "in custody"),
    ] {
        let both = [Some(texts.of(name)), texts.welsh_of(name)];
        for text in both.into_iter().flatten() {
            let said = said(text, [given].into_iter());
            assert!(!said.contains(words), "{} with {given}: {words}", text.file);
        }
    }
    let renewed = texts.of("Sexual Harm Prevention Order");
    let power = said(renewed, ["result.SHPOR"].into_iter());
    assert!(power.contains("section 350 of the Sentencing Act 2020"));
    let both = ["inCare", "careFor", "custodyFor"];
    let refusal = texts.of("Notice of Refusal of Bail");
    let both = said(refusal, both.into_iter());
    assert!(both.contains("stay in custody: yes") && both.contains("places you: yes"));
    let warrant = texts.of("Warrant for Arrest for a Breach of a Community Penalty");
    let given = "result.WCPU";
    assert!(said(warrant, [given].into_iter()).contains("the court will notify"));
}

#[test]
fn somebody_outside_reads_neither_offence_nor_plea() {
    let (texts, _) = catalogues();
    for name in [
        "Attachment of Earnings Order",
        "Attendance Centre Requirement (Manager’s Information)",
        "BASS",
        "Change of Football Banning Order",
        "Contingent Destruction Order",
        "Defence Costs Order",
        "Disqualification Order against an Individual (DQ01)",
        "Disqualification against a Corporate body or firm (DQ02)",
        "Termination of Football Banning Order",
        "Third Party Costs Order",
        "Wasted Costs Order Solicitor to Pay",
        "Witness Summons",
    ] {
        assert!(texts.has_own(name), "{name}");
        assert!(!texts.of(name).prints_offences(), "{name}");
    }
    let employer = texts.of("Attachment of Earnings Order");
    assert!(!employer.prints_orders(), "what else was ordered");
}

/// What the wording of a text says with the least that a document knows, and with these set.
fn said<'a>(text: &Text, given: impl Iterator<Item = &'a str>) -> String {
    let known = ["courtName", "defendantName", "orderDate", "caseReferences"];
    let values: BTreeMap<String, String> = known
        .into_iter()
        .chain(given)
        .map(|name| (name.to_owned(), "yes".to_owned()))
        .collect();
    let filled = fill(text, Tongue::English, &values, &Record::default());
    let plain = filled.plain.into_iter().flat_map(|section| section.parts);
    let plain = plain.flat_map(|part| match part {
        PlainPart::Paragraph { text } => vec![text],
        PlainPart::List { items } => items,
    });
    let legal = filled.legal.into_iter().flat_map(|block| match block {
        Block::Paragraph { text, .. } => vec![text],
        Block::List { items, .. } => items,
        _ => Vec::new(),
    });
    plain.chain(legal).collect::<Vec<_>>().join("\n")
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
