//! The register against hearings of our own. Every rule has a yes, a no and an
//! edge; everybody in them is invented.

mod waits;

use super::*;
use serde_json::{Value, json};

const ROBIN: &str = "c2a8e4f0-61d7-4b3c-8e15-0a9d3f5b7c13";
const MAIR: &str = "d4c2b0a8-9e7f-4c6d-8b5a-4f3e2d1c0b16";

fn sample() -> Value {
    serde_json::from_str(include_str!("../../../../samples/hearing-details.json")).unwrap()
}

fn broad() -> Value {
    json!({"anyAppearance": true, "anyCourtHearing": true, "adultOrYouthDefendant": true,
           "ignoreCustody": true, "ignoreResults": true})
}

fn subscription(conditions: &Value) -> Vec<PublishedSubscription> {
    let one = json!({"isPrisonCourtRegisterSubscription": true, "applySubscriptionRules": true,
                     "subscriptionVocabulary": conditions});
    vec![serde_json::from_value(one).unwrap()]
}

fn registers(event: &Value, conditions: &Value) -> Registers {
    let event: HearingResulted = serde_json::from_value(event.clone()).unwrap();
    registers_called_for(&event, &subscription(conditions))
}

fn published(event: &Value) -> Vec<Value> {
    registers(event, &broad())
        .published()
        .map(|one| serde_json::to_value(one).unwrap())
        .collect()
}

/// Whether the only defendant of the sample gets a register.
fn called_for(event: &Value, conditions: &Value) -> bool {
    !registers(event, conditions).called_for.is_empty()
}

/// The broad subscription with some of its conditions changed.
fn broad_but(changes: &Value) -> Value {
    let mut conditions = broad();
    for (word, value) in changes.as_object().unwrap() {
        conditions[word.as_str()] = value.clone();
    }
    conditions
}

fn defendant(event: &mut Value) -> &mut Value {
    &mut event["hearing"]["prosecutionCases"][0]["defendants"][0]
}

fn remove(value: &mut Value, field: &str) {
    value.as_object_mut().unwrap().remove(field);
}

/// A second defendant in the case, with a next hearing and none of the rest.
fn with_mair(mut event: Value) -> Value {
    let mair = json!({
        "id": MAIR, "masterDefendantId": MAIR,
        "personDefendant": {"personDetails": {"firstName": "Mair", "lastName": "Ysgubor"}},
        "offences": [{"offenceCode": "TH68010", "judicialResults": [{
            "label": "Adjournment",
            "nextHearing": {
                "bookingReference": "0d9c8b7a-6f5e-4d3c-8b2a-190807060517",
                "listedStartDateTime": "2026-12-07T10:30:00.000Z",
                "courtCentre": {"code": "B29AM00", "name": "Ashmere Magistrates' Court"}}}]}],
    });
    let defendants = &mut event["hearing"]["prosecutionCases"][0]["defendants"];
    defendants.as_array_mut().unwrap().push(mair);
    event
}

#[test]
fn the_register_of_our_sample_is_this_and_nothing_else() {
    let [register] = &published(&sample())[..] else {
        panic!("one register");
    };
    let text = |label: &str, value: &str| json!({"label": label, "value": value});
    let expected = json!({
        "prosecutionCase": {
            "caseURN": "29GD9000326",
            "caseMarkers": [{"description": "Domestic Violence"}],
            "results": [{"resultTexts": [text("Amount of costs", "£85.00")]}],
        },
        "defendant": {
            "id": ROBIN, "masterDefendantId": ROBIN,
            "title": "Mr", "firstName": "Robin", "middleName": "Eamon", "lastName": "Alder",
            "dateOfBirth": "1994-02-11", "gender": "MALE", "nationality": "British",
            "address": {"address1": "14 Tannery Row", "address2": "Weirside",
                        "address3": "Ashmere", "postCode": "AM2 4QT"},
            "postHearingCustodyStatus": "A",
            "results": [{"resultTexts": [
                text("Collection order type", "Make payments as ordered")]}],
        },
        "custodyLocation": {"name": "HMP & YOI Larkstoke", "custodyType": "Prison"},
        "hearing": {
            "id": "5f0c1f5a-7b1e-4f0a-9c58-2d2f7d8f6a10",
            "courtDetails": {
                "court": {"courtHouseCode": "B29AM00",
                          "courtHouseName": "Ashmere Magistrates' Court"},
                "courtAddress": {"address1": "1 Castle Street", "address2": "Ashmere",
                                 "postCode": "AM1 1AA"},
                "ljaName": "Ashmere and Marches",
            },
            "hearingDate": "2026-11-23", "hearingType": "Sentence",
            "jurisdiction": "MAGISTRATES", "defendantAppearanceDetails": "In person",
        },
        "sharedTime": "2026-11-23T11:42:07.250Z",
        "offences": [{
            "code": "TH68010", "title": "Theft from a shop",
            "wording": "On 2 November 2026 at Ashmere stole goods to the value of £148.00 belonging to Harrow and Finch Limited.",
            "startDate": "2026-11-02", "listingNumber": 2, "convictionDate": "2026-11-09",
            "pleaValue": "GUILTY", "pleaDate": "2026-11-09", "verdict": "Found guilty",
            "offenceLegislation": "Contrary to sections 1(1) and 7 of the Theft Act 1968.",
            "allocationDecision": "Either way and consents to summary trial",
            "indicatedPleaValue": "INDICATED_GUILTY",
            "results": [{"resultTexts": [
                text("Imprisonment Period", "12 Weeks"),
                text("Prison organisation name", "HMP Fallowdene"),
                text("Prison email address 1", "custody@fallowdene.example.test")]}],
        }],
        "courtApplications": [{
            "reference": "29GD9000326", "type": "Breach of a community order",
            "results": [{"resultTexts": [text("Order revoked", "community order")]},
                        {"resultTexts": [text("Reason", "Enforcement of the costs")]}],
            "offences": [{
                "code": "CJ88116", "title": "Common assault",
                "wording": "On 3 March 2026 at Ashmere assaulted Petra Holloway by beating her.",
                "startDate": "2026-03-03", "listingNumber": 1, "convictionDate": "2026-04-20",
                "pleaValue": "GUILTY", "pleaDate": "2026-04-20",
                "results": [{"resultTexts": [text("Imprisonment Period", "6 Weeks")]}],
            }],
        }],
    });
    assert_eq!(register, &expected);
}

#[test]
fn every_defendant_of_a_case_has_a_register_of_their_own_in_the_order_of_the_event() {
    let both = published(&with_mair(sample()));
    let ids: Vec<_> = both.iter().map(|one| &one["defendant"]["id"]).collect();
    assert_eq!(ids, [ROBIN, MAIR]);
    // The application is Robin's alone.
    assert_eq!(both[0]["courtApplications"].as_array().unwrap().len(), 1);
    assert_eq!(both[1]["courtApplications"], json!([]));
    assert_eq!(both[1]["defendant"]["results"], json!([]));
}

#[test]
fn two_subscriptions_and_a_defendant_named_twice_make_one_register() {
    let mut event = sample();
    let again = defendant(&mut event).clone();
    let defendants = &mut event["hearing"]["prosecutionCases"][0]["defendants"];
    defendants.as_array_mut().unwrap().push(again);
    let event: HearingResulted = serde_json::from_value(event).unwrap();
    let mut twice = subscription(&broad());
    twice.extend(subscription(&broad()));
    assert_eq!(registers_called_for(&event, &twice).called_for.len(), 1);
}

#[test]
fn somebody_in_two_cases_has_a_register_for_each_and_the_application_in_both() {
    let mut event = sample();
    let mut second = event["hearing"]["prosecutionCases"][0].clone();
    second["prosecutionCaseIdentifier"]["caseURN"] = json!("29GD9000426");
    second["defendants"][0]["id"] = json!(MAIR);
    let cases = &mut event["hearing"]["prosecutionCases"];
    cases.as_array_mut().unwrap().push(second);
    let both = published(&event);
    assert_eq!(both[0]["prosecutionCase"]["caseURN"], "29GD9000326");
    assert_eq!(both[1]["prosecutionCase"]["caseURN"], "29GD9000426");
    assert_eq!(both[0]["courtApplications"], both[1]["courtApplications"]);
}

#[test]
fn a_hearing_of_applications_alone_has_a_register_under_the_applications_reference() {
    let mut event = sample();
    remove(&mut event["hearing"], "prosecutionCases");
    let application = &mut event["hearing"]["courtApplications"][0];
    application["applicationReference"] = json!("29GD9000326,29GD9000426");
    application["judicialResults"][0]["nextHearing"] =
        json!({"listedStartDateTime": "2027-01-05T10:00:00Z"});
    let subject = &mut application["subject"]["masterDefendant"];
    subject["personDefendant"] =
        json!({"personDetails": {"lastName": "Alder"}, "custodialEstablishment": null});
    let [register] = &published(&event)[..] else {
        panic!("one register");
    };
    let urn = &register["prosecutionCase"]["caseURN"];
    assert_eq!(urn, "29GD9000326,29GD9000426");
    assert_eq!(register["defendant"]["id"], ROBIN);
    assert_eq!(register["offences"], json!([]));
    let offences = &register["courtApplications"][0]["offences"];
    assert_eq!(offences.as_array().unwrap().len(), 1);
    let next = &register["hearing"]["nextHearing"];
    assert_eq!(next, &json!({"dateTime": "2027-01-05T10:00:00Z"}));

    // Of several cases it is the one that the application names; without one
    // that it names nobody knows which defendant is meant.
    let application = &mut event["hearing"]["courtApplications"][0];
    let cases = &mut application["subject"]["masterDefendant"]["defendantCase"];
    let other = json!({"caseId": "00000000-0000-4000-8000-000000000018", "defendantId": MAIR});
    cases.as_array_mut().unwrap().insert(0, other);
    assert_eq!(published(&event)[0]["defendant"]["id"], ROBIN);
    let application = &mut event["hearing"]["courtApplications"][0];
    application["courtApplicationCases"] = json!([]);
    assert_eq!(published(&event), Vec::<Value>::new());
}

#[test]
fn the_subject_of_an_application_beside_somebody_elses_case_has_a_register_too() {
    let mut event = sample();
    let subject = &mut event["hearing"]["courtApplications"][0]["subject"]["masterDefendant"];
    *subject = json!({"masterDefendantId": MAIR, "defendantCase": [{"defendantId": MAIR}],
                      "personDefendant": {"personDetails": {"lastName": "Ysgubor"}}});
    let both = published(&event);
    let ids: Vec<_> = both.iter().map(|one| &one["defendant"]["id"]).collect();
    assert_eq!(ids, [ROBIN, MAIR]);
    assert_eq!(both[0]["courtApplications"], json!([]));
    assert_eq!(both[1]["prosecutionCase"]["caseMarkers"], json!([]));
}

#[test]
fn a_company_has_none() {
    let mut event = sample();
    remove(defendant(&mut event), "personDefendant");
    defendant(&mut event)["legalEntityDefendant"] =
        json!({"organisation": {"name": "Tarn Haulage Limited"}});
    assert_eq!(published(&event), Vec::<Value>::new());
}

#[test]
fn the_least_that_an_event_can_say_is_enough() {
    let event = json!({"hearing": {
        "id": ROBIN, "courtCentre": null, "courtApplications": null,
        "prosecutionCases": [{
            "prosecutionCaseIdentifier": {"caseURN": "29GD9000526"},
            "defendants": [{"id": MAIR, "personDefendant": {}, "offences": [{}]}]}]}});
    let expected = json!({
        "prosecutionCase": {"caseURN": "29GD9000526", "caseMarkers": [], "results": []},
        "defendant": {"id": MAIR, "address": {}, "results": [],
                      "postHearingCustodyStatus": "Not Applicable"},
        "hearing": {"id": ROBIN},
        "offences": [{"results": []}],
        "courtApplications": [],
    });
    assert_eq!(published(&event), [expected]);
}

#[test]
fn a_result_published_for_notices_or_deleted_is_left_out_and_one_without_prompts_is_not() {
    let mut event = sample();
    let results = &mut defendant(&mut event)["offences"][0]["judicialResults"];
    results[0]["isDeleted"] = json!(true);
    results[1]["publishedForNows"] = json!(false);
    remove(&mut results[1], "judicialResultPrompts");
    let register = &published(&event)[0];
    let results = &register["offences"][0]["results"];
    assert_eq!(results, &json!([{"resultTexts": []}]));
}

#[test]
fn an_answer_stays_as_it_was_given_empty_or_not_there() {
    let mut event = sample();
    let prompts = json!([{"label": "Adjournment reasons", "value": ""}, {"label": "Bail"},
                         {"value": "one\ntwo"}]);
    let result = &mut defendant(&mut event)["offences"][0]["judicialResults"][0];
    result["judicialResultPrompts"] = prompts.clone();
    let register = &published(&event)[0];
    let texts = &register["offences"][0]["results"][0]["resultTexts"];
    assert_eq!(texts, &prompts);
}

#[test]
fn the_next_hearing_is_the_first_that_a_case_names_with_a_day() {
    // As published: the first of the hearing, whoever's it is.
    let both = published(&with_mair(sample()));
    let expected = json!({
        "hearingId": "0d9c8b7a-6f5e-4d3c-8b2a-190807060517",
        "dateTime": "2026-12-07T10:30:00Z",
        "court": {"courtHouseCode": "B29AM00", "courtHouseName": "Ashmere Magistrates' Court"},
    });
    assert_eq!(both[0]["hearing"]["nextHearing"], expected);
    assert_eq!(both[1]["hearing"]["nextHearing"], expected);
    // One that is to be fixed later is none yet.
    let mut event = with_mair(sample());
    let mair = &mut event["hearing"]["prosecutionCases"][0]["defendants"][1];
    let next = &mut mair["offences"][0]["judicialResults"][0]["nextHearing"];
    remove(next, "listedStartDateTime");
    assert_eq!(published(&event)[0]["hearing"].get("nextHearing"), None);
}

#[test]
fn times_are_in_utc_with_thousandths_or_none() {
    let shared = |text: &str| {
        let mut event = sample();
        event["sharedTime"] = json!(text);
        published(&event)[0]["sharedTime"].clone()
    };
    assert_eq!(shared("2026-07-01T10:00:00.000Z"), "2026-07-01T10:00:00Z");
    assert_eq!(
        shared("2026-07-01T10:00:00.18Z"),
        "2026-07-01T10:00:00.180Z"
    );
    assert_eq!(
        shared("2026-07-01T10:00:00.000200Z"),
        "2026-07-01T10:00:00.000200Z"
    );
    assert_eq!(shared("2026-07-01T10:00:00+01:00"), "2026-07-01T09:00:00Z");
    // The day of the hearing is the one that is written, and the first of several.
    let mut event = sample();
    event["hearing"]["hearingDays"] =
        json!([{"sittingDay": "2026-07-01"}, {"sittingDay": "2026-07-02T09:00:00Z"}]);
    assert_eq!(published(&event)[0]["hearing"]["hearingDate"], "2026-07-01");
}

#[test]
fn attendance_is_this_defendants_on_that_day() {
    let details = |event: &Value| {
        let register = published(event).remove(0);
        register["hearing"]
            .get("defendantAppearanceDetails")
            .cloned()
    };
    let with = |kind: &str| {
        let mut event = sample();
        let attendance = &mut event["hearing"]["defendantAttendance"][0];
        attendance["attendanceDays"][0]["attendanceType"] = json!(kind);
        details(&event)
    };
    assert_eq!(with("BY_VIDEO"), Some(json!("By video link")));
    assert_eq!(with("NOT_PRESENT"), Some(json!("Not present")));
    assert_eq!(with("BY_TELEPHONE"), None);
    let mut event = sample();
    event["hearing"]["defendantAttendance"][0]["attendanceDays"][0]["day"] = json!("2026-11-24");
    assert_eq!(details(&event), None);
    let mut event = sample();
    event["hearing"]["defendantAttendance"][0]["defendantId"] = json!(MAIR);
    assert_eq!(details(&event), None);
}

#[test]
fn the_custody_status_is_the_first_of_the_case_that_says_something() {
    let status = |given: Value| {
        let mut event = sample();
        defendant(&mut event)["defendantCaseJudicialResults"] = given;
        published(&event)[0]["defendant"]["postHearingCustodyStatus"].clone()
    };
    let one = |status: &str| json!({"postHearingCustodyStatus": status});
    assert_eq!(
        status(json!([one("Not Applicable"), one("C"), one("B")])),
        "C"
    );
    assert_eq!(status(json!([{}, one("Not Applicable")])), "Not Applicable");
    assert_eq!(status(Value::Null), "Not Applicable");
}

#[test]
fn only_subscriptions_to_registers_count_and_those_without_rules_ask_nothing() {
    let event: HearingResulted = serde_json::from_value(sample()).unwrap();
    let called = |one: Value| {
        let one: PublishedSubscription = serde_json::from_value(one).unwrap();
        registers_called_for(&event, &[one]).called_for.len()
    };
    assert_eq!(
        called(json!({"isPrisonCourtRegisterSubscription": true})),
        1
    );
    assert_eq!(
        called(json!({"isPrisonCourtRegisterSubscription": true, "applySubscriptionRules": true})),
        1
    );
    assert_eq!(called(json!({"isNowSubscription": true})), 0);
    // With rules, what is not stated is not met.
    assert_eq!(
        called(
            json!({"isPrisonCourtRegisterSubscription": true, "applySubscriptionRules": true,
                      "subscriptionVocabulary": {}})
        ),
        0
    );
    assert!(registers_called_for(&event, &[]).called_for.is_empty());
    assert_eq!(registers_called_for(&event, &[]).not_called_for.len(), 1);
}

#[test]
fn custody_is_asked_for_by_place() {
    let held = |place: Value, conditions: Value| {
        let mut event = sample();
        defendant(&mut event)["personDefendant"]["custodialEstablishment"] = place;
        let mut conditions = broad_but(&conditions);
        conditions["ignoreCustody"] = json!(false);
        called_for(&event, &conditions)
    };
    let prison = || json!({"custody": "Prison", "name": "HMP Fallowdene"});
    let cells = || json!({"custody": "Police Station", "name": "Watch House"});
    let any = || json!({"inCustody": true});
    let in_prison = || json!({"inCustody": true, "custodyLocationIsPrison": true});
    let in_cells = || json!({"inCustody": true, "custodyLocationIsPolice": true});
    assert!(held(prison(), any()) && held(cells(), any()) && !held(Value::Null, any()));
    assert!(held(prison(), in_prison()) && !held(cells(), in_prison()));
    assert!(held(cells(), in_cells()) && !held(prison(), in_cells()));
    // Without asking for custody, or for two places at once, nobody is meant.
    assert!(!held(prison(), json!({"custodyLocationIsPrison": true})));
    let both = json!({"inCustody": true, "custodyLocationIsPrison": true,
                      "custodyLocationIsPolice": true});
    assert!(!held(prison(), both));
}

#[test]
fn custody_in_one_case_counts_for_the_same_person_in_the_other() {
    let mut event = sample();
    let mut second = event["hearing"]["prosecutionCases"][0].clone();
    second["defendants"][0]["id"] = json!(MAIR);
    remove(
        &mut second["defendants"][0]["personDefendant"],
        "custodialEstablishment",
    );
    second["prosecutionCaseIdentifier"]["caseURN"] = json!("29GD9000426");
    let cases = &mut event["hearing"]["prosecutionCases"];
    cases.as_array_mut().unwrap().push(second);
    let asks = broad_but(&json!({"ignoreCustody": false, "inCustody": true}));
    let both = registers(&event, &asks);
    assert_eq!(both.called_for.len(), 2);
    // The register itself says only what this case knows.
    assert_eq!(both.called_for[1].register.custody_location, None);
}

#[test]
fn age_attendance_and_court_are_asked_for() {
    let mut young = sample();
    remove(defendant(&mut young), "isYouth");
    let born = |event: &mut Value, day: &str| {
        defendant(event)["personDefendant"]["personDetails"]["dateOfBirth"] = json!(day);
    };
    born(&mut young, "2008-11-24");
    let youth = broad_but(&json!({"adultOrYouthDefendant": false, "youthDefendant": true}));
    let adult = broad_but(&json!({"adultOrYouthDefendant": false, "adultDefendant": true}));
    assert!(called_for(&young, &youth) && !called_for(&young, &adult));
    // Eighteen on the day of the hearing.
    born(&mut young, "2008-11-23");
    assert!(!called_for(&young, &youth) && called_for(&young, &adult));
    // What the event says goes before what can be reckoned.
    defendant(&mut young)["isYouth"] = json!(true);
    assert!(called_for(&young, &youth));

    let person = broad_but(&json!({"anyAppearance": false, "appearedInPerson": true}));
    let video = broad_but(&json!({"anyAppearance": false, "appearedByVideoLink": true}));
    assert!(called_for(&sample(), &person) && !called_for(&sample(), &video));

    let welsh = broad_but(&json!({"anyCourtHearing": false, "welshCourtHearing": true}));
    let english = broad_but(&json!({"anyCourtHearing": false, "englishCourtHearing": true}));
    assert!(!called_for(&sample(), &welsh) && called_for(&sample(), &english));
    let mut in_wales = sample();
    in_wales["hearing"]["courtCentre"]["welshCourtCentre"] = json!(true);
    assert!(called_for(&in_wales, &welsh) && !called_for(&in_wales, &english));
}

#[test]
fn a_custodial_result_is_one_that_names_a_prison() {
    let asks = |words: &[&str]| {
        let mut conditions = broad();
        conditions["ignoreResults"] = json!(false);
        for word in words {
            conditions[*word] = json!(true);
        }
        conditions
    };
    let mut free = sample();
    defendant(&mut free)["offences"][0]["judicialResults"] = json!([{"label": "Fine"}]);
    let custodial = ["atleastOneCustodialResult", "atleastOneNonCustodialResult"];
    assert!(called_for(&sample(), &asks(&custodial)));
    assert!(!called_for(&free, &asks(&custodial)));
    assert!(called_for(&free, &asks(&["allNonCustodialResults"])));
    assert!(!called_for(&sample(), &asks(&["allNonCustodialResults"])));
    // Of custody alone, without asking also for something else, nobody is told.
    assert!(!called_for(
        &sample(),
        &asks(&["atleastOneCustodialResult"])
    ));
}

#[test]
fn prompts_and_results_are_asked_for_by_name() {
    let with = |changes: Value| called_for(&sample(), &broad_but(&changes));
    let prompt = |name: &str| json!([{"resultPromptReference": name}]);
    assert!(with(
        json!({"includedPrompts": prompt("IMPRISONMENTPERIOD")})
    ));
    // A name and address is asked for as a whole.
    assert!(with(json!({"includedPrompts": prompt("prison")})));
    assert!(!with(json!({"includedPrompts": prompt("pris")})));
    assert!(!with(json!({"excludedPrompts": prompt("prison")})));
    assert!(with(
        json!({"includedPrompts": [], "excludedPrompts": null})
    ));
    // Only a result that the register carries can be asked for.
    assert!(!with(
        json!({"includedPrompts": prompt("totalCustodialPeriod")})
    ));
    assert!(with(json!({"includedResults": ["1002"]})));
    assert!(with(
        json!({"includedResults": ["A0000005-1111-4111-8111-111111111111"]})
    ));
    assert!(!with(json!({"includedResults": ["9999"]})));
    assert!(!with(json!({"excludedResults": ["1002"]})));
}

#[test]
fn who_asks_for_cps_cases_gets_them_whatever_else_is_asked() {
    let asks = json!({"isCpsProsecuted": true});
    assert!(!called_for(&sample(), &asks));
    let mut event = sample();
    event["hearing"]["prosecutionCases"][0]["prosecutor"] = json!({"isCps": true});
    assert!(called_for(&event, &asks));
    assert!(!called_for(&event, &json!({})));
    // No register knows a creditor.
    let creditor = broad_but(&json!({"prosecutorMajorCreditor": true}));
    assert!(!called_for(&sample(), &creditor));
    let any = broad_but(&json!({"prosecutorMajorCreditor": true, "anyMajorCreditor": true}));
    assert!(called_for(&sample(), &any));
}

#[test]
fn the_document_says_who_was_there_and_where_the_defendant_goes() {
    let registers = registers(&sample(), &broad());
    let sheet = &registers.called_for[0].sheet;
    assert_eq!(sheet.defendant, "Mr Robin Eamon Alder");
    assert_eq!(sheet.address.last().unwrap(), "AM2 4QT");
    assert_eq!(sheet.address.len(), 5);
    assert_eq!(sheet.age, Some(32));
    assert_eq!(sheet.aliases, ["Robbie Alder"]);
    assert_eq!(sheet.solicitor.as_deref(), Some("Thorne & Vale Solicitors"));
    assert_eq!(sheet.prosecution[0].name, "Odile Farthingale");
    assert_eq!(sheet.defence[0].name, "Mr Tobias Quennell");
    assert_eq!(sheet.prisons, ["HMP & YOI Larkstoke", "HMP Fallowdene"]);
    assert_eq!(sheet.offences[0].results.len(), 1);
    // Their own next hearing, on the clock of the court, and nobody else's.
    let next = &sheet.next_hearings[0];
    assert_eq!(
        (sheet.next_hearings.len(), next.court.as_str()),
        (1, "Ashmere Magistrates' Court")
    );
    assert_eq!(next.at.unwrap().clock(), "10:30");
    let both = self::registers(&with_mair(sample()), &broad());
    assert_eq!(both.called_for[0].sheet.next_hearings, sheet.next_hearings);
    assert_ne!(both.called_for[1].sheet.next_hearings, sheet.next_hearings);
    // Nobody else's advocate, and police cells are no prison.
    let mut event = sample();
    event["hearing"]["defenceCounsels"][0]["defendants"] = json!([MAIR]);
    event["hearing"]["prosecutionCounsels"][0]["prosecutionCases"] = json!([MAIR]);
    defendant(&mut event)["personDefendant"]["custodialEstablishment"]["custody"] =
        json!("Police Station");
    let registers = self::registers(&event, &broad());
    let sheet = &registers.called_for[0].sheet;
    assert!(sheet.defence.is_empty() && sheet.prosecution.is_empty());
    assert_eq!(sheet.prisons, ["HMP Fallowdene"]);
}

#[test]
fn results_that_are_shared_again_add_a_register_and_a_reading_adds_none() {
    let hearing = ROBIN.parse().unwrap();
    let at = "2026-11-23T11:42:08Z".parse().unwrap();
    let registered = |registers: Registers| RegisterEvent::HearingRegistered {
        hearing_id: hearing,
        court: Some("B29AM00".to_owned()),
        sha256: String::new(),
        entries: registers.called_for,
        without: registers.not_called_for,
        untouched: Vec::new(),
    };
    let first = registered(registers(&sample(), &broad()));
    let none = registered(registers(&sample(), &json!({})));
    let read = RegisterEvent::RegisterRead {
        case_urn: String::new(),
        defendant: hearing,
    };
    assert_eq!(HearingRegister::fold(None, &read, at), None);
    let state = HearingRegister::fold(None, &none, at).unwrap();
    assert_eq!(state.of("29gd9000326", hearing), Some(Vec::new()));
    assert_eq!(state.of("29GD9000326", MAIR.parse().unwrap()), None);
    let state = HearingRegister::fold(Some(state), &first, at).unwrap();
    let state = HearingRegister::fold(Some(state), &read, at).unwrap();
    let state = HearingRegister::fold(Some(state), &first, at).unwrap();
    assert_eq!(state.of("29GD9000326", hearing).unwrap().len(), 2);
    assert_eq!(state.of("29GD9000426", hearing), None);
}
