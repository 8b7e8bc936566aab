//! Each result that matters most, typed in one line, says the same as the example
//! that is filled in question by question, and can be shared as it stands.

use crate::{
    CATALOGUE,
    court::{defendant, example, findings, hearing, offence, theft},
    read,
};
use domain::result::{ResultCatalogue, ResultLine, grammar::Under, shareable};
use std::collections::BTreeMap;
use vocabulary::ResultLineId;

/// The lines that a text adds.
fn lines(text: &str) -> Vec<ResultLine> {
    let pieces = read(text);
    let id = |at: usize| ResultLineId::derived(&defendant().0, &format!("typed {at}"));
    pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| {
            let definition = piece
                .definition
                .unwrap_or_else(|| panic!("{text}: {piece:?}"));
            assert_eq!(piece.unread, [], "{text}");
            let once = ResultCatalogue::is_once(definition);
            ResultLine {
                id: id(at),
                definition: definition.id,
                defendant: defendant(),
                offence: (!once).then(|| offence(1)),
                parent: match piece.under {
                    Some(Under::Piece(at)) => Some(id(at)),
                    Some(Under::Line(line)) => Some(line),
                    None => None,
                },
                answers: piece.answers(),
            }
        })
        .collect()
}

/// What is typed says what the example says, and can be shared as it stands.
fn types(name: &str, text: &str) {
    let typed = lines(text);
    let expected = example(name);
    let plain = |lines: &[ResultLine]| -> Vec<(String, BTreeMap<String, String>)> {
        let of = |own: &ResultLine| {
            let code = CATALOGUE
                .results
                .definition(own.definition)
                .unwrap()
                .code
                .clone();
            (code, own.answers.clone())
        };
        let mut all: Vec<_> = lines.iter().map(of).collect();
        all.sort();
        all
    };
    assert_eq!(plain(&typed), plain(&expected), "{name}");
    let findings = findings(&typed, &hearing(vec![theft(1)]));
    assert!(shareable(&findings), "{name}: {findings:#?}");
}

#[test]
fn an_adjournment_is_typed_in_one_line() {
    types(
        "adjournment",
        "A attend; TRIAL; NHMC +28d 10:00 30m here, courtroom 1 Trial",
    );
}

#[test]
fn conditional_bail_is_typed_in_one_line() {
    types(
        "conditional_bail",
        "A attend; PLEA; NHMC 15/12 10am 30m Ashmere Magistrates, courtroom 1 Plea; \
         RC not excused TEA, prevent offending; PORR3 14 Larch Close, Ashmere, AM5 6TR; PORE3 Rowan Tilbury",
    );
}

#[test]
fn unconditional_bail_is_typed_in_one_line() {
    types(
        "unconditional_bail",
        "REMUB attend; PLEA; NHMC +21d 10:00 30min here, courtroom 1 Plea",
    );
}

#[test]
fn a_remand_in_custody_is_typed_in_one_line() {
    types(
        "remand_in_custody",
        "A attend; PLEA; NHMC tuesday 10:00 30min here, courtroom 1 Plea; \
         RI SBA LTA PRC LCTIE RIC Fallowdene; CTL 2/2/27 1",
    );
}

#[test]
fn a_fine_with_compensation_costs_surcharge_and_collection_order_is_typed_in_one_line() {
    types(
        "fine",
        "FO 200; FCOMP £150 minor=Imogen Farrow, 7 Orchard Way, Ashmere, AM6 3PL; FCPC 85; FVS 80; \
         COLLO PAY; PDATE 28d",
    );
}

#[test]
fn a_community_order_with_its_requirements_is_typed_in_one_line() {
    types(
        "community_order",
        "COEW 12m PROV here, Ashmere Probation; UPWR 80h; RAR 15d; \
         CURE 3m start date today, 1900-0700 end date 23/2/27 \"14 Larch Close, Ashmere, AM5 6TR\" \
         \"Every day from 19:00 to 07:00\"; NORDRC Beacon, first, yes no no; FVS 114; COLLO PAY; PDATE +28d",
    );
}

#[test]
fn a_suspended_sentence_is_typed_in_one_line() {
    types(
        "suspended_sentence",
        "SUSPS 16w 18m SS 0; STIMP 16w, suspended period 18m, supervision 12m Ashmere Probation \
         because=\"There is a realistic prospect of rehabilitation\"; RAR 20d; UPWR 120h; FVS 154; COLLO PAY; PDATE 28d",
    );
}

#[test]
fn imprisonment_is_typed_in_one_line() {
    types(
        "imprisonment",
        "IMP 9m SS 0 no; TIMP 9m Fallowdene, Northway, Ashmere Probation; FVS 187; COLLO PAY; PDATE 28d",
    );
}

#[test]
fn a_driving_disqualification_is_typed_in_one_line() {
    types(
        "driving_disqualification",
        "FO 400; DDO 16m licence number=TILBU903125RJ9AB; FCPC 85; FVS 160; COLLO PAY; PDATE 28d",
    );
}

#[test]
fn a_restraining_order_is_typed_in_one_line() {
    types(
        "restraining_order",
        "FO 250; RESTRAOP 2y CON \"7 Orchard Way, Ashmere, AM6 3PL\" \"Imogen Farrow\" \
         \"Not to contact Imogen Farrow directly or indirectly, and not to go to Orchard Way, Ashmere\"; \
         FVS 100; COLLO PAY; PDATE 28d",
    );
}

#[test]
fn a_sending_to_the_crown_court_is_typed_in_one_line() {
    types(
        "sending_on_bail",
        "CCIC; SCC 51B ING 0 no indication given yes, psr no; NHCCS 22/12 10:00 20min Ashmere Crown, \
         Plea & Trial Preparation; RC no TEA prevent offending; PORR3 home; PORE3 Rowan Tilbury",
    );
    types(
        "sending_in_custody",
        "CCII; SCC 51B ING 0 no indication given yes, psr no; NHCCS 22/12 10:00 20min Ashmere Crown, \
         Plea & Trial Preparation; RI SBA LTA PRC LCTIE RIC Fallowdene",
    );
}

#[test]
fn withdrawn_and_dismissed_are_one_word_and_a_reason() {
    types("withdrawn", "WDRN not in the public interest");
    types("withdrawn", "withdrawn PUBINT");
    types("dismissed", "dism");
    types("dismissed", "Dismissed");
}

#[test]
fn monitored_bail_is_typed_in_one_line() {
    types(
        "electronic_monitoring_of_bail",
        "A attend; PLEA; NHMC 15/12 10:00 30m here, courtroom 1 Plea; RC not excused TEA prevent offending; \
         PORR3 home; PORE3 Rowan Tilbury; PORCU2 19:00-07:00 Beacon Monitoring, Daily",
    );
}
