//! A case of the demo court in the published format, as a prosecutor's system
//! would send it. Intake takes it like any other.

use super::{
    court,
    names::{self, Name},
    offences::Charge,
    story::{Story, rng},
};
use fastrand::Rng;
use serde_json::{Value, json};
use vocabulary::{BailStatus, Day, InitiationCode};

const NATIONALITIES: [&str; 6] = ["GBR", "GBR", "GBR", "POL", "IRL", "NGA"];
const INTERPRETERS: [&str; 2] = ["Polish interpreter", "Arabic interpreter (Levantine)"];
const MAKES: [&str; 4] = ["Ford", "Vauxhall", "Skoda", "Toyota"];

/// The body of the submission.
pub(super) fn body(story: &Story, seed: u64) -> Vec<u8> {
    // Apart from the chance that decided the story itself.
    let mut rng = rng(!seed, story.number);
    let defendants: Vec<Value> = story
        .defendants
        .iter()
        .enumerate()
        .map(|(at, charges)| defendant(story, at, charges, &mut rng))
        .collect();
    let (hour, minute) = story.clock;
    let mut details = json!({
        "urn": story.urn,
        "prosecutingAuthority": court::PROSECUTOR,
        "informant": format!("PC {} Marches Constabulary", rng.u32(1_100..9_900)),
        "hearingDetails": {
            "courtHearingLocation": story.court,
            "dateOfHearing": story.hearing.to_string(),
            "timeOfHearing": format!("{hour:02}:{minute:02}:00.000"),
        },
    });
    if story.domestic {
        details["caseMarker"] = json!("DV");
    }
    match story.kind {
        InitiationCode::Requisition => {
            details["writtenChargePostingDate"] = json!(story.charged.to_string());
        }
        InitiationCode::Summons => details["summonsCode"] = json!("E"),
        InitiationCode::Charge => {}
    }
    let whole = json!({"prosecutionSubmissionDetails": details, "defendants": defendants});
    whole.to_string().into_bytes()
}

fn defendant(story: &Story, at: usize, charges: &[Charge], rng: &mut Rng) -> Value {
    let name = names::name(rng);
    let (town, postcode) = names::town(rng);
    // The guided path and every eighth defendant of the Welsh court want Welsh.
    let welsh = story.court == court::SECOND_MAGISTRATES && rng.u8(..8) == 0;
    let language = if welsh { "W" } else { "E" };
    let year = story.charged.0.year();
    let committed = story.charged.plus_days(-match story.kind {
        InitiationCode::Charge => 1,
        _ => rng.i64(30..90),
    });
    let address = json!({"address1": names::street(rng), "address2": town, "postcode": postcode});
    let mut details = json!({
        "prosecutorDefendantId": format!("{}-D{}", story.urn, at + 1),
        "documentationLanguage": language,
        "hearingLanguage": language,
        "address": address,
        "numPreviousConvictions": rng.u8(..4),
        "prosecutorCosts": "85.00",
    });
    let offences: Vec<Value> = charges
        .iter()
        .enumerate()
        .map(|(number, charge)| offence(story, number + 1, *charge, committed, town, rng))
        .collect();
    if story.company {
        return json!({
            "defendantDetails": details,
            "organisation": {
                "organisationName": format!("{} Haulage {}", name.surname, rng.u16(2..90)),
                "companyTelephoneNumber": telephone(rng),
            },
            "offences": offences,
        });
    }
    if story.kind == InitiationCode::Charge {
        let serial = rng.u32(..10_000_000);
        details["asn"] = json!(format!("{:02}29GD01{serial:011}K", year % 100));
        details["pncIdentifier"] = json!(format!("{}/{serial:07}L", i64::from(year) - 2));
        details["croNumber"] = json!(format!(
            "{:06}/{:02}M",
            serial % 1_000_000,
            (year - 2) % 100
        ));
    }
    let individual = individual(story, &name, charges, &address, welsh, rng);
    json!({"defendantDetails": details, "individual": individual, "offences": offences})
}

fn individual(
    story: &Story,
    name: &Name,
    charges: &[Charge],
    address: &Value,
    welsh: bool,
    rng: &mut Rng,
) -> Value {
    let years = if story.youth { 17 } else { rng.i64(19..68) };
    // Seventeen today as well: nobody turns eighteen on the way to court.
    let days = if story.youth {
        rng.i64(100..300)
    } else {
        rng.i64(1..360)
    };
    let born = story.hearing.plus_months(-12 * years).plus_days(-days);
    let mut forenames = json!({
        "title": name.title,
        "forename": name.forename,
        "surname": name.surname,
    });
    if let Some(second) = name.second {
        forenames["forename2"] = json!(second);
    }
    let mut person = json!({
        "nameDetails": forenames,
        "contactDetails": {
            "mobileTelephoneNumber": telephone(rng),
            "primaryEmail": format!("{}@post.example.test", story.urn.to_lowercase()),
        },
        "nationality": NATIONALITIES[rng.usize(..NATIONALITIES.len())],
        "dateOfBirth": born.to_string(),
        "gender": name.gender,
        "ethnicity": "NS",
    });
    if !welsh && rng.u8(..12) == 0 {
        person["languageRequirement"] = json!(INTERPRETERS[rng.usize(..INTERPRETERS.len())]);
    }
    if rng.u8(..20) == 0 {
        person["specificRequirements"] = json!("Uses a wheelchair");
    }
    if charges.iter().any(|charge| charge.driving) {
        person["driverNumber"] = json!(driver_number(name, born));
    }
    if story.youth {
        person["parentGuardian"] = json!({
            "individual": {
                "nameDetails": {"title": "Ms", "forename": "Marged", "surname": name.surname},
                "gender": 2,
            },
            "address": address,
        });
    }
    if story.kind == InitiationCode::Charge {
        person["observedEthnicity"] = json!(0);
        person["custodyStatus"] = json!(story.bail.as_str());
        if story.bail == BailStatus::Conditional {
            person["bailConditions"] = json!(
                "To live and sleep each night at the address given; not to contact directly or indirectly any prosecution witness."
            );
        }
    }
    person
}

fn offence(
    story: &Story,
    number: usize,
    charge: Charge,
    committed: Day,
    town: &str,
    rng: &mut Rng,
) -> Value {
    let place = format!("{}, {town}", names::street(rng));
    let (wording, sum) = charge.worded(committed, &place, rng);
    let mut details = json!({
        "cjsOffenceCode": charge.code,
        "offenceSequenceNo": number,
        "offenceCommittedDate": committed.to_string(),
        "offenceDateCode": 1,
        "offenceLocation": place,
        "offenceWording": wording,
    });
    if charge.reading {
        details["alcoholRelatedOffence"] =
            json!({"alcoholOrDrugLevelMethod": "B", "alcoholOrDrugLevelAmount": sum});
    }
    if charge.driving {
        details["vehicleMake"] = json!(MAKES[rng.usize(..MAKES.len())]);
        let letter = |rng: &mut Rng| char::from(b'A' + rng.u8(..24));
        details["vehicleRegistrationMark"] = json!(format!(
            "QZ{:02} {}{}{}",
            rng.u8(10..75),
            letter(rng),
            letter(rng),
            letter(rng)
        ));
    }
    let charged = story.charged.to_string();
    match story.kind {
        InitiationCode::Charge => json!({
            "offenceDetails": details,
            "chargeDate": charged,
            "arrestDate": committed.to_string(),
        }),
        InitiationCode::Requisition => json!({"offenceDetails": details, "chargeDate": charged}),
        InitiationCode::Summons => json!({
            "offenceDetails": details,
            "statementOfFacts": wording,
            "statementOfFactsWelsh": "Fel y nodir yng ngeiriad y cyhuddiad.",
        }),
    }
}

/// A number that is never given out.
fn telephone(rng: &mut Rng) -> String {
    format!("01632 960{:03}", rng.u32(..1_000))
}

/// In the form that driver numbers have: five of the surname, six of the date of birth.
fn driver_number(name: &Name, born: Day) -> String {
    let mut letters: String = vocabulary::fold_name(name.surname)
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_uppercase())
        .take(5)
        .collect();
    while letters.len() < 5 {
        letters.push('9');
    }
    let (year, month, day) = (born.0.year() % 100, born.0.month(), born.0.day());
    let month = if name.gender == 2 { month + 50 } else { month };
    format!("{letters}{}{month:02}{day:02}{}A99ZZ", year / 10, year % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        demo::{court, story::story},
        intake::{Knowledge, Looked, check, read},
    };
    use std::sync::Arc;

    #[test]
    fn intake_has_nothing_to_say_about_a_demo_submission() {
        let catalogue = Arc::new(reference::Catalogue::embedded().unwrap());
        let known = Knowledge::of(&court::organisations(), catalogue);
        for number in 0..600 {
            let story = story(number, 1, "2026-11-23".parse().unwrap());
            let (kind, prosecution) = read(&body(&story, 1)).unwrap();
            assert_eq!(kind, story.kind);
            let found = check(Looked {
                kind,
                sender: court::PROSECUTOR,
                prosecution: &prosecution,
                today: story.received.day(),
                known: &known,
            });
            assert_eq!(found, crate::intake::Found::default(), "{}", story.urn);
        }
    }

    #[test]
    fn a_youth_is_seventeen_when_heard_and_has_a_parent() {
        let today: Day = "2026-11-23".parse().unwrap();
        let story = (0..40)
            .map(|n| story(n, 1, today))
            .find(|story| story.youth)
            .unwrap();
        let body: Value = serde_json::from_slice(&body(&story, 1)).unwrap();
        let person = &body["defendants"][0]["individual"];
        let born: Day = person["dateOfBirth"].as_str().unwrap().parse().unwrap();
        assert_eq!(born.years_until(story.hearing), 17);
        assert!(person["parentGuardian"]["individual"].is_object());
    }

    #[test]
    fn the_same_story_is_always_submitted_in_the_same_bytes() {
        let today: Day = "2026-11-23".parse().unwrap();
        for number in 0..40 {
            let story = story(number, 1, today);
            assert_eq!(body(&story, 1), body(&story, 1));
            assert_ne!(body(&story, 1), body(&story, 2));
        }
    }
}
