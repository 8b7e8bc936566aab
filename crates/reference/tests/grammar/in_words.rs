//! What a clerk types who knows no codes: the plain result is offered first, and what
//! is rare is found as before.

use crate::{CATALOGUE, court::today, read};
use vocabulary::Jurisdiction;

/// The codes that a text offers, best first.
fn offered(text: &str) -> Vec<String> {
    let court = Jurisdiction::Magistrates;
    let found = CATALOGUE.results.search(text, today(), court, 12);
    found.iter().map(|own| own.code.clone()).collect()
}

/// What is offered for a whole line as it is typed, values and all.
fn typed(text: &str) -> Vec<String> {
    let pieces = read(text);
    let piece = &pieces[0];
    let first = piece.definition.into_iter();
    let others = piece.candidates.iter().copied();
    first.chain(others).map(|own| own.code.clone()).collect()
}

#[test]
fn what_is_ordered_every_day_is_offered_before_what_is_rare() {
    let mut wrong = Vec::new();
    for (text, first) in [
        ("adjourn", "A"),
        ("adjourned to 5 january", "A"),
        ("absolute discharge", "AD"),
        ("attachment of earnings", "AEOC"),
        ("bail conditions", "RC"),
        ("bind over", "BOCOND"),
        ("bound over", "BOCOND"),
        ("collection order", "COLLO"),
        ("commit for sentence", "CCSU"),
        ("community order 12 months", "COEW"),
        ("community", "COEW"),
        ("compensation £100", "FCOMP"),
        ("compensation order", "FCOMP"),
        ("conditional bail", "RC"),
        ("conditional discharge 12 months", "CD"),
        ("costs £85", "FCOST"),
        ("criminal behaviour order 2 years", "CRIMBO"),
        ("curfew", "CURE"),
        ("deduct from benefits", "ABDC"),
        ("dismissed", "DISM"),
        ("disqualified from driving", "DDO"),
        ("disqualified from driving 12 months", "DDO"),
        ("disqualification", "DDO"),
        ("driving ban 18 months", "DDO"),
        ("endorsed", "LEP"),
        ("fine £200", "FO"),
        ("fined £200", "FO"),
        ("football banning order", "FBO"),
        ("forfeiture", "FDEST"),
        ("forfeit and destroy", "FDEST"),
        ("guilty plea credit", "GPTAC"),
        ("imprisonment 6 months", "IMP"),
        ("interim disqualification", "DDRI"),
        ("no costs", "NCOSTS"),
        ("no evidence offered", "DINE"),
        ("no separate penalty", "NSP"),
        ("not to contact", "PORE3"),
        ("penalty points 6", "LEP"),
        ("prison 6 months", "IMP"),
        ("prison sentence 6 months", "IMP"),
        ("programme requirement", "PR"),
        ("prosecution costs £85", "FCOST"),
        ("referral order 9 months", "YOP"),
        ("rehabilitation activity requirement", "RAR"),
        ("remand in custody", "RI"),
        ("remanded in custody", "RI"),
        ("restraining order", "RESTRAOP"),
        ("restraining order 2 years", "RESTRAOP"),
        ("send to crown court", "CCIU"),
        ("suspended sentence 6 months", "SUSPS"),
        ("totting", "DDP"),
        ("unconditional bail", "REMUB"),
        ("unpaid work 100 hours", "UPWR"),
        ("upw 100 hours", "UPWR"),
        ("victim surcharge", "FVS"),
        ("warrant", "WOFN"),
        ("warrant backed for bail", "WOFD"),
        ("withdrawn", "WDRN"),
        ("youth rehabilitation order", "YRO"),
    ] {
        let all = typed(text);
        if all.first().map(String::as_str) != Some(first) {
            wrong.push(format!("{text}: {all:?}, not {first}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn whoever_types_the_words_of_a_rare_result_still_gets_that() {
    for (text, first) in [
        ("community order amended", "COV"),
        ("community order scotland", "COS"),
        ("restraining order until further order", "RESTRAOF"),
        ("restraining order varied", "RESTRAV"),
        ("disqualification until extended test passed", "DDOTE"),
        ("life imprisonment second", "LIMP2"),
        ("warrant withdrawn", "WWDN"),
    ] {
        let crown = CATALOGUE
            .results
            .search(text, today(), Jurisdiction::Crown, 3);
        assert_eq!(crown[0].code, first, "{text}");
    }
}

#[test]
fn a_code_comes_before_every_word() {
    assert_eq!(offered("a")[0], "A");
    assert_eq!(offered("imp")[0], "IMP");
    // Beginnings of codes come before words, what is ordered more often first among them.
    let all = offered("susp");
    assert_eq!(all[0], "SUSPS", "{all:?}");
    assert!(
        all.iter().take(10).all(|own| own.starts_with("SUSP")),
        "{all:?}"
    );
}

#[test]
fn a_name_that_one_result_alone_has_is_that_result_and_one_of_several_is_asked() {
    let named = |text: &str| read(text)[0].definition.map(|own| own.code.clone());
    assert_eq!(named("prison 6 months").as_deref(), Some("IMP"));
    assert_eq!(named("community order 12 months").as_deref(), Some("COEW"));
    assert_eq!(
        named("driving ban 12 months"),
        None,
        "obligatory, points or discretionary?"
    );
    assert_eq!(named("commit for sentence"), None, "on bail or in custody?");
    // Although one label, of what nobody orders, has all these words.
    assert_eq!(named("send to crown court"), None, "on bail or in custody?");
}

#[test]
fn the_answers_behind_a_name_are_read() {
    let pieces = read("prison sentence 6 months");
    assert_eq!(pieces[0].unread, [], "{:?}", pieces[0]);
    let answers = pieces[0].answers();
    assert!(answers.values().any(|own| own == "6 months"), "{answers:?}");
}
