//! The checks, question by question: a yes, a no, and an edge of each.

use super::*;
use crate::intake::{format::Prosecution, knowledge::Knowledge};
use domain::account::{Court, Organisation};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};
use uuid::Uuid;
use vocabulary::{CourtId, CourtroomId, Jurisdiction, OrganisationId, OrganisationKind};

const AUTHORITY: &str = "GAAAA01";
const COURT: &str = "B29NB00";

fn organisation(
    kind: OrganisationKind,
    ou_code: &str,
    court: Option<Jurisdiction>,
) -> Organisation {
    Organisation {
        id: OrganisationId(Uuid::from_u128(1)),
        kind,
        name: ou_code.to_owned(),
        address: domain::case::Address::default(),
        email: None,
        ou_code: Some(ou_code.to_owned()),
        court: court.map(|jurisdiction| Court {
            id: CourtId(Uuid::from_u128(2)),
            jurisdiction,
            local_justice_area: None,
            rooms: vec![(CourtroomId(Uuid::from_u128(3)), "Courtroom 1".to_owned())],
        }),
        route: domain::account::Route::default(),
        profile: domain::account::Profile::default(),
        signing_in: domain::account::SigningIn::default(),
    }
}

/// Read once: the catalogue is large.
fn catalogue() -> Arc<reference::Catalogue> {
    static CATALOGUE: LazyLock<Arc<reference::Catalogue>> =
        LazyLock::new(|| Arc::new(reference::Catalogue::embedded().unwrap()));
    Arc::clone(&CATALOGUE)
}

pub(in crate::intake) fn known() -> Knowledge {
    let organisations = [
        organisation(
            OrganisationKind::Court,
            COURT,
            Some(Jurisdiction::Magistrates),
        ),
        organisation(
            OrganisationKind::Court,
            "C29NB00",
            Some(Jurisdiction::Crown),
        ),
        organisation(OrganisationKind::Prosecutor, AUTHORITY, None),
    ];
    Knowledge::of(&organisations, catalogue())
}

/// A charge in which nothing is wrong, on 21 November 2026.
pub(in crate::intake) fn charge() -> Value {
    json!({
        "prosecutionSubmissionDetails": {
            "urn": "29GD7410126",
            "prosecutingAuthority": AUTHORITY,
            "hearingDetails": {
                "courtHearingLocation": COURT,
                "dateOfHearing": "2026-12-01",
                "timeOfHearing": "10:00",
            },
        },
        "defendants": [{
            "defendantDetails": {
                "prosecutorDefendantId": "D1",
                "documentationLanguage": "E",
                "hearingLanguage": "E",
                "address": {"address1": "1 Quay Street", "postcode": "ZX1 1AA"},
            },
            "individual": {
                "nameDetails": {"forename": "Ffion", "surname": "Trevanion"},
                "nationality": "GBR",
                "dateOfBirth": "1990-05-01",
                "gender": 2,
                "observedEthnicity": 1,
                "ethnicity": "W1",
                "custodyStatus": "U",
            },
            "offences": [{
                "offenceDetails": {
                    "cjsOffenceCode": "CJ88116",
                    "offenceSequenceNo": 1,
                    "offenceCommittedDate": "2026-11-01",
                    "offenceDateCode": 1,
                    "offenceWording": "On 1 November 2026 assaulted a person by beating her.",
                },
                "chargeDate": "2026-11-02",
                "arrestDate": "2026-11-02",
            }],
        }],
    })
}

fn set(mut value: Value, path: &str, to: Value) -> Value {
    let (parent, last) = path.rsplit_once('/').unwrap();
    let parent = value.pointer_mut(parent).unwrap();
    match parent {
        Value::Object(fields) => {
            fields.insert(last.to_owned(), to);
        }
        Value::Array(items) => items.push(to),
        _ => panic!("{path}"),
    }
    value
}

fn look(kind: InitiationCode, value: Value) -> Found {
    let prosecution: Prosecution = serde_json::from_value(value).unwrap();
    check(Looked {
        kind,
        sender: AUTHORITY,
        prosecution: &prosecution,
        today: "2026-11-21".parse().unwrap(),
        known: &known(),
    })
}

/// What a charge is told when one thing in it is changed.
fn told(path: &str, to: Value) -> Vec<String> {
    codes(look(InitiationCode::Charge, set(charge(), path, to)))
}

fn codes(found: Found) -> Vec<String> {
    found
        .errors
        .into_iter()
        .chain(found.warnings)
        .map(|problem| problem.code)
        .collect()
}

const DETAILS: &str = "/prosecutionSubmissionDetails";
const HEARING: &str = "/prosecutionSubmissionDetails/hearingDetails";
const DEFENDANT: &str = "/defendants/0/defendantDetails";
const PERSON: &str = "/defendants/0/individual";
const OFFENCE: &str = "/defendants/0/offences/0";
const WHAT: &str = "/defendants/0/offences/0/offenceDetails";

fn at(parent: &str, field: &str) -> String {
    format!("{parent}/{field}")
}

#[test]
fn a_charge_in_which_nothing_is_wrong_is_told_nothing() {
    assert_eq!(look(InitiationCode::Charge, charge()), Found::default());
}

#[test]
fn only_a_magistrates_court_that_exists_hears_a_case_first() {
    let path = at(HEARING, "courtHearingLocation");
    assert_eq!(
        told(&path, json!("B99ZZ00")),
        ["COURT_HEARING_LOCATION_OUCODE_INVALID"]
    );
    assert_eq!(
        told(&path, json!("C29NB00")),
        ["COURT_HEARING_LOCATION_OUCODE_INVALID"]
    );
    assert!(told(&path, json!("b29nb00")).is_empty());
}

#[test]
fn a_first_hearing_may_be_today_but_not_yesterday() {
    let path = at(HEARING, "dateOfHearing");
    assert!(told(&path, json!("2026-11-21")).is_empty());
    assert_eq!(
        told(&path, json!("2026-11-20")),
        ["DATE_OF_HEARING_IN_THE_PAST"]
    );
}

#[test]
fn nothing_is_heard_before_it_was_committed() {
    let path = at(WHAT, "offenceCommittedDate");
    assert!(told(&path, json!("2026-12-01")).is_empty());
    assert_eq!(
        told(&path, json!("2026-12-02")),
        ["DATE_OF_HEARING_EARLIER_THAN_OFFENCE_COMMITTED_DATE"]
    );
}

#[test]
fn an_authority_sends_its_own_cases_only() {
    let path = at(DETAILS, "prosecutingAuthority");
    assert_eq!(
        told(&path, json!("GAFTL00")),
        ["PROSECUTOR_OUCODE_NOT_RECOGNISED"]
    );
    assert!(told(&path, json!("gaaaa01")).is_empty());
}

#[test]
fn a_sender_that_nobody_knows_is_not_recognised() {
    let prosecution: Prosecution = serde_json::from_value(charge()).unwrap();
    let found = check(Looked {
        kind: InitiationCode::Charge,
        sender: "ZZZZZ99",
        prosecution: &prosecution,
        today: "2026-11-21".parse().unwrap(),
        known: &known(),
    });
    assert!(found.has(ProblemCode::SenderNotRecognised));
    assert!(found.has(ProblemCode::ProsecutorNotRecognised));
}

#[test]
fn markers_are_of_the_list_and_do_not_stop_a_case() {
    let path = at(DETAILS, "caseMarker");
    assert!(told(&path, json!("DV VI")).is_empty());
    assert_eq!(told(&path, json!("DV QQ")), ["CASE_MARKER_IS_INVALID"]);
    assert!(
        look(InitiationCode::Charge, set(charge(), &path, json!("QQ")))
            .errors
            .is_empty()
    );
}

#[test]
fn one_reference_of_the_prosecutor_names_one_defendant() {
    let twice = set(charge(), "/defendants/1", charge()["defendants"][0].clone());
    assert_eq!(
        codes(look(InitiationCode::Charge, twice)),
        ["DUPLICATE_DEFENDANT"]
    );
    let path = at(DEFENDANT, "prosecutorDefendantId");
    assert_eq!(told(&path, json!("")), ["DEFENDANT_ID_REQUIRED"]);
}

#[test]
fn conditional_bail_has_conditions() {
    let path = at(PERSON, "custodyStatus");
    assert_eq!(told(&path, json!("B")), ["BAIL_CONDITIONS_REQUIRED"]);
    assert_eq!(told(&path, json!("P")), ["BAIL_CONDITIONS_REQUIRED"]);
    assert!(told(&path, json!("C")).is_empty());
    assert_eq!(
        told(&path, json!("X")),
        ["DEFENDANT_CUSTODY_STATUS_INVALID"]
    );
    let with = set(
        charge(),
        &at(PERSON, "bailConditions"),
        json!("Live at 1 Quay Street"),
    );
    assert!(codes(look(InitiationCode::Charge, set(with, &path, json!("B")))).is_empty());
}

#[test]
fn nobody_is_born_tomorrow() {
    let path = at(PERSON, "dateOfBirth");
    assert!(told(&path, json!("2026-11-21")).is_empty());
    assert_eq!(
        told(&path, json!("2026-11-22")),
        ["DEFENDANT_DOB_IN_FUTURE"]
    );
    assert_eq!(told(&path, Value::Null), ["DEFENDANT_DOB_NOT_PRESENT"]);
}

#[test]
fn national_numbers_and_addresses_out_of_form_deserve_a_look() {
    assert_eq!(
        told(&at(DEFENDANT, "pncIdentifier"), json!("2020/123")),
        ["INVALID_PNC_ID"]
    );
    assert_eq!(
        told(&at(DEFENDANT, "croNumber"), json!("1-20L")),
        ["INVALID_CRO_NUMBER"]
    );
    let address = json!({"address1": "1 Quay Street", "postcode": "QUAY"});
    assert_eq!(
        told(&at(DEFENDANT, "address"), address),
        ["INVALID_DEFENDANT_INDIVIDUAL_POST_CODE"]
    );
    let contact = json!({"primaryEmail": "nobody", "secondaryEmail": "no body@post.example"});
    assert_eq!(
        told(&at(PERSON, "contactDetails"), contact),
        [
            "DEFENDANT_PRIMARY_EMAIL_ADDRESS_INVALID",
            "DEFENDANT_SECONDARY_EMAIL_ADDRESS_INVALID"
        ]
    );
    assert_eq!(
        told(&at(PERSON, "nationality"), json!("gb")),
        ["DEFENDANT_NATIONALITY_INVALID"]
    );
    assert_eq!(
        told(&at(PERSON, "ethnicity"), json!("Z9")),
        ["DEFENDANT_SELF_DEFINED_ETHNICITY_INVALID"]
    );
    assert!(told(&at(PERSON, "observedEthnicity"), json!(6)).is_empty());
    assert_eq!(
        told(&at(PERSON, "observedEthnicity"), json!(7)),
        ["DEFENDANT_OBSERVED_ETHNICITY_INVALID"]
    );
}

#[test]
fn a_parent_is_looked_at_under_codes_of_their_own() {
    let guardian = json!({
        "individual": {
            "nameDetails": {"surname": "Trevanion"},
            "gender": 2,
            "dateOfBirth": "2030-01-01",
            "contactDetails": {"primaryEmail": "nobody"},
        },
        "address": {"address1": "1 Quay Street", "postcode": "QUAY"},
    });
    assert_eq!(
        told(&at(PERSON, "parentGuardian"), guardian),
        [
            "INVALID_GUARDIAN_POST_CODE",
            "DEFENDANT_PARENT_GUARDIAN_DATE_OF_BIRTH_IN_FUTURE",
            "DEFENDANT_PARENT_GUARDIAN_PRIMARY_EMAIL_ADDRESS_INVALID",
        ]
    );
}

#[test]
fn an_offence_is_one_of_the_catalogue_or_its_attempt() {
    let path = at(WHAT, "cjsOffenceCode");
    assert_eq!(told(&path, json!("ZZ99999")), ["OFFENCE_CODE_IS_INVALID"]);
    assert!(told(&path, json!("TH68023A")).is_empty());
    assert!(told(&path, json!("TH68010A")).is_empty());
    assert_eq!(told(&path, json!("TH68010Z")), ["OFFENCE_CODE_IS_INVALID"]);
}

#[test]
fn an_attempt_is_named_after_its_offence_and_a_conspiracy_is_tried_on_indictment() {
    let known = known();
    assert!(
        known
            .offence("TH68010A")
            .unwrap()
            .title
            .starts_with("Attempt: Theft")
    );
    assert_eq!(
        known.offence("TH68010C").unwrap().mode_of_trial,
        "Indictable"
    );
}

#[test]
fn nothing_is_an_offence_before_the_year_of_its_act() {
    let early = |day: &str| {
        let value = set(charge(), &at(WHAT, "cjsOffenceCode"), json!("SC15004"));
        codes(look(
            InitiationCode::Charge,
            set(value, &at(WHAT, "offenceCommittedDate"), json!(day)),
        ))
    };
    assert!(early("2015-01-01").is_empty());
    assert_eq!(
        early("2014-12-31"),
        ["OFFENCE_NOT_IN_EFFECT_ON_OFFENCE_COMMITTED_DATE"]
    );
}

#[test]
fn a_summary_offence_is_charged_within_six_months() {
    let charged = |day: &str| {
        let value = set(
            charge(),
            &at(WHAT, "offenceCommittedDate"),
            json!("2026-05-02"),
        );
        look(
            InitiationCode::Charge,
            set(value, &at(OFFENCE, "chargeDate"), json!(day)),
        )
    };
    assert!(codes(charged("2026-11-02")).is_empty());
    let late = charged("2026-11-03");
    assert!(late.errors.is_empty());
    assert_eq!(late.warnings[0].code, "OFFENCE_OUT_OF_TIME");
    assert!(
        late.warnings[0]
            .values
            .contains(&("daysOverdue".to_owned(), "1".to_owned()))
    );
}

#[test]
fn an_either_way_offence_is_never_out_of_time() {
    let value = set(charge(), &at(WHAT, "cjsOffenceCode"), json!("TH68010"));
    let value = set(
        value,
        &at(WHAT, "offenceCommittedDate"),
        json!("2019-05-02"),
    );
    assert!(codes(look(InitiationCode::Charge, value)).is_empty());
}

#[test]
fn an_offence_above_the_limit_needs_a_reading() {
    let value = set(charge(), &at(WHAT, "cjsOffenceCode"), json!("RT88007"));
    assert_eq!(
        codes(look(InitiationCode::Charge, value.clone())),
        [
            "ALCOHOL_DRUG_LEVEL_METHOD_MISSING",
            "ALCOHOL_DRUG_LEVEL_AMOUNT_MISSING"
        ]
    );
    let read = |method: &str| {
        let reading = json!({"alcoholOrDrugLevelMethod": method, "alcoholOrDrugLevelAmount": 61});
        let value = set(value.clone(), &at(WHAT, "alcoholRelatedOffence"), reading);
        codes(look(InitiationCode::Charge, value))
    };
    assert!(read("B").is_empty());
    assert_eq!(read("Q"), ["ALCOHOL_DRUG_LEVEL_METHOD_INVALID"]);
}

#[test]
fn between_has_two_ends_and_no_period_ends_before_it_begins() {
    assert_eq!(
        told(&at(WHAT, "offenceDateCode"), json!(4)),
        ["OFFENCE_DATE_CODE_IS_INVALID"]
    );
    let path = at(WHAT, "offenceCommittedEndDate");
    assert_eq!(
        told(&path, json!("2026-10-31")),
        ["OFFENCE_DATE_CODE_IS_INVALID"]
    );
    assert!(told(&path, json!("2026-11-01")).is_empty());
}

#[test]
fn nobody_is_charged_or_arrested_tomorrow() {
    assert!(told(&at(OFFENCE, "chargeDate"), json!("2026-11-21")).is_empty());
    assert_eq!(
        told(&at(OFFENCE, "chargeDate"), json!("2026-11-22")),
        ["CHARGE_DATE_IN_FUTURE"]
    );
    assert_eq!(
        told(&at(OFFENCE, "arrestDate"), json!("2026-11-22")),
        ["ARREST_DATE_IN_FUTURE"]
    );
}

#[test]
fn back_duty_has_a_period_and_an_amount() {
    let value = set(charge(), &at(WHAT, "backDutyDateFrom"), json!("2026-01-01"));
    assert_eq!(
        codes(look(InitiationCode::Charge, value.clone())),
        ["BACK_DUTY_DATE_RANGE_INVALID", "BACK_DUTY_AMOUNT_MISSING"]
    );
    let value = set(value, &at(WHAT, "backDutyDateTo"), json!("2026-01-01"));
    let value = set(value, &at(WHAT, "backDuty"), json!("12.50"));
    assert!(codes(look(InitiationCode::Charge, value)).is_empty());
}

#[test]
fn a_summons_under_the_magistrates_courts_act_states_its_facts() {
    let summons = |code: &str, facts: Option<&str>, language: &str| {
        let value = set(charge(), &at(DETAILS, "summonsCode"), json!(code));
        let value = set(
            value,
            &at(DEFENDANT, "documentationLanguage"),
            json!(language),
        );
        let value = set(value, &at(OFFENCE, "statementOfFacts"), json!(facts));
        codes(look(InitiationCode::Summons, value))
    };
    assert_eq!(summons("M", None, "E"), ["STATEMENT_OF_FACTS_REQUIRED"]);
    assert!(summons("M", Some("She was there."), "E").is_empty());
    assert!(summons("E", None, "E").is_empty());
    assert_eq!(
        summons("M", Some("She was there."), "W"),
        ["STATEMENT_OF_FACTS_WELSH_REQUIRED"]
    );
    assert_eq!(summons("X", None, "E"), ["SUMMONS_CODE_INVALID"]);
}
