//! What a list shows, as sentences.

use super::*;
use crate::{
    case::{Address, CaseEvent, Defendant, Offence, PersonName, Prosecutor},
    result::JudicialResult,
};
use serde_json::json;
use vocabulary::{BailStatus, HearingId, InitiationCode, Instant, Urn};

const ID: &str = "00000000-0000-7000-8000-000000000001";

fn day() -> Day {
    "2026-11-23".parse().unwrap()
}

fn now() -> Instant {
    day().at(10, 0)
}

fn case(born: Option<&str>) -> Case {
    let offence: Offence = serde_json::from_value(json!({
        "id": ID, "number": 1, "code": "TH68010", "title": "Theft", "title_welsh": null,
        "legislation": "", "wording": "Stole a bicycle.", "wording_welsh": null,
        "mode_of_trial": "Either Way", "max_penalty": null, "dvla_code": null,
        "committed_from": "2026-10-01", "committed_to": null, "date_code": 1, "location": null,
        "charged_on": null, "arrested_on": null, "vehicle_registration": null,
    }))
    .unwrap();
    let defendant = Defendant {
        id: ID.parse().unwrap(),
        prosecutor_reference: "D1".to_owned(),
        asn: None,
        pnc_id: None,
        cro_number: None,
        confirmed_as: Vec::new(),
        told_apart: Vec::new(),
        party: Party::Person {
            name: PersonName {
                title: None,
                forenames: vec!["Robin".to_owned()],
                surname: "Alder".to_owned(),
            },
            aliases: Vec::new(),
            date_of_birth: born.map(|born| born.parse().unwrap()),
            gender: 0,
            nationality: None,
            language_needs: None,
            specific_needs: None,
            national_insurance_number: None,
            driver_number: None,
            ethnicity: None,
            observed_ethnicity: None,
            parent_guardian: None,
        },
        address: Address::default(),
        email: None,
        telephone: None,
        documents_in_welsh: false,
        hearing_in_welsh: false,
        bail: BailStatus::Unconditional,
        bail_conditions: None,
        offences: vec![offence],
    };
    let created = CaseEvent::CaseCreated {
        case_id: ID.parse().unwrap(),
        urn: Urn::parse("29GD0000126").unwrap(),
        initiation: InitiationCode::Charge,
        prosecutor: Prosecutor {
            ou_code: "GAAAA01".to_owned(),
            name: "CPS Ashmere".to_owned(),
            informant: None,
        },
        markers: Vec::new(),
        defendants: vec![defendant],
        submission: None,
    };
    Case::begin(&created, now()).unwrap()
}

/// The case with a result of the group that is about reporting.
fn restricted(case: Case, code: &str) -> Case {
    let result: JudicialResult = serde_json::from_value(json!({
        "line": ID, "definition": ID, "code": code, "label": format!("Direction {code}"),
        "welsh_label": null, "category": "ancillary", "level": "offence", "rank": 1,
        "cjs_code": null, "groups": ["Press"], "text": "", "prompts": [], "answers": {},
        "defendant": ID, "offence": ID, "parent": null, "post_hearing_custody_status": "A",
        "convicted": false, "financial": false, "adjournment": false, "is_final": false,
        "terminates_proceedings": false, "urgent": false, "d20": false, "next_hearing": null,
    }))
    .unwrap();
    let event = CaseEvent::CaseResulted {
        hearing_id: ID.parse::<HearingId>().unwrap(),
        day: day(),
        results: vec![result],
        bail: Vec::new(),
    };
    Case::fold(Some(case), &event, now()).unwrap()
}

fn off(case: &Case, audience: Audience) -> bool {
    stays_off([(case, &case.defendants[0])], day(), audience)
}

fn name(case: &Case, audience: Audience) -> String {
    shown(&case.defendants[0], day(), audience).name
}

#[test]
fn an_adult_is_named_on_every_list() {
    let case = case(Some("1990-01-01"));
    for audience in [Audience::Public, Audience::Reporters, Audience::Court] {
        assert!(!off(&case, audience));
        assert_eq!(name(&case, audience), "Robin Alder");
    }
}

#[test]
fn somebody_under_18_is_named_to_the_court_only_and_is_on_no_public_list() {
    let case = case(Some("2009-01-01"));
    assert!(off(&case, Audience::Public));
    assert!(!off(&case, Audience::Reporters));
    assert_eq!(name(&case, Audience::Reporters), "A person under 18");
    assert_eq!(name(&case, Audience::Court), "Robin Alder");
}

#[test]
fn the_eighteenth_birthday_counts() {
    assert!(off(&case(Some("2008-11-24")), Audience::Public));
    assert!(!off(&case(Some("2008-11-23")), Audience::Public));
}

#[test]
fn whose_age_nobody_recorded_is_named_to_the_court_only() {
    let case = case(None);
    for audience in [Audience::Public, Audience::Reporters] {
        assert_eq!(name(&case, audience), "Name withheld: age not recorded");
    }
    assert_eq!(name(&case, Audience::Court), "Robin Alder");
}

#[test]
fn a_restriction_withholds_the_name_in_public_and_is_said_to_reporters() {
    let case = restricted(case(Some("1990-01-01")), "D45A");
    assert_eq!(
        name(&case, Audience::Public),
        "Name withheld: reporting restriction"
    );
    let shown = shown(&case.defendants[0], day(), Audience::Reporters);
    assert!(shown.named);
    assert_eq!(shown.restrictions, ["Direction D45A"]);
}

#[test]
fn what_only_lifts_a_restriction_restricts_nothing_and_is_said() {
    let case = restricted(case(Some("1990-01-01")), "D49");
    assert_eq!(name(&case, Audience::Public), "Robin Alder");
    // One that lifts another does not count until somebody has looked.
    let both = restricted(case.clone(), "D39");
    assert_eq!(
        name(&both, Audience::Public),
        "Name withheld: reporting restriction"
    );
    let said = shown(&both.defendants[0], day(), Audience::Reporters);
    assert_eq!(said.restrictions.len(), 2);
}

#[test]
fn a_case_that_is_kept_off_lists_is_the_courts_alone() {
    let mut case = case(Some("1990-01-01"));
    case.kept_off_lists = Some("A witness would be in danger".to_owned());
    assert!(off(&case, Audience::Public) && off(&case, Audience::Reporters));
    assert!(!off(&case, Audience::Court));
}
