//! A submission that may stand becomes what the record says: a case with its
//! defendants and offences, and its first hearing. Pure, and every id follows
//! from the reference of the case or the id of the submission, so that the
//! same submission always makes the same case.

use super::{
    check::usable_email,
    format::{self, Prosecution},
    knowledge::Knowledge,
};
use domain::{
    case::{Address, CaseEvent, Defendant, Offence, ParentGuardian, Party, PersonName, Prosecutor},
    hearing::{HearingEvent, HearingParty},
};
use uuid::Uuid;
use vocabulary::{
    BailStatus, CaseId, Day, DefendantId, HearingId, InitiationCode, Jurisdiction, OffenceId,
    SubmissionId, Urn,
};

/// The namespace of ids that follow from a case reference.
const CASES: Uuid = Uuid::from_u128(0x6f1d_09c4_2a55_4c0b_9d0e_51a7_7e4b_83c2);

/// What a first hearing is called in the list of hearing types.
const FIRST_HEARING: &str = "First hearing";

/// The id of the case that has, or would have, this reference. Because it
/// follows from the reference, two submissions of one reference meet in one
/// stream, and only one of them can begin it.
#[must_use]
pub fn case_id(urn: &Urn) -> CaseId {
    CaseId::derived(&CASES, urn.as_str())
}

/// What is to be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCase {
    /// Case.
    pub case_id: CaseId,
    /// Its events.
    pub case_events: Vec<CaseEvent>,
    /// First hearing.
    pub hearing_id: HearingId,
    /// Its events.
    pub hearing_events: Vec<HearingEvent>,
}

/// Where the first hearing goes inside its court house.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Room(
    /// Which room, from 0. The published format names no room, so a submission
    /// is listed in the first one; listing moves it from there.
    pub usize,
);

/// Makes the events of a case. `None` if something that the checks ask for is
/// missing after all: the court, the offence or the custody status.
#[must_use]
pub fn new_case(
    kind: InitiationCode,
    prosecution: &Prosecution,
    urn: &Urn,
    submission: SubmissionId,
    known: &Knowledge,
    room: Room,
) -> Option<NewCase> {
    let details = &prosecution.prosecution_submission_details;
    let case_id = case_id(urn);
    let defendants: Vec<Defendant> = prosecution
        .defendants
        .iter()
        .enumerate()
        .map(|(at, given)| defendant(at, given, submission, known))
        .collect::<Option<_>>()?;
    let hearing = &details.hearing_details;
    let (court_name, court) = known.first_court(&hearing.court_hearing_location)?;
    let (courtroom_id, courtroom_name) = court.rooms.get(room.0).or(court.rooms.first())?.clone();
    let (hour, minute) = clock(&hearing.time_of_hearing)?;
    let hearing_id = HearingId::derived(&submission.0, "first hearing");
    let parties = defendants
        .iter()
        .map(|defendant| HearingParty {
            case_id,
            defendant_id: defendant.id,
        })
        .collect();
    let ou_code = details.prosecuting_authority.to_ascii_uppercase();
    let created = CaseEvent::CaseCreated {
        case_id,
        urn: urn.clone(),
        initiation: kind,
        prosecutor: Prosecutor {
            name: known.prosecutor(&ou_code)?.to_owned(),
            ou_code,
            informant: details.informant.clone(),
        },
        markers: markers(details.case_marker.as_deref(), known),
        defendants,
        submission: Some(submission),
    };
    let starts_at = hearing.date_of_hearing.at(hour, minute);
    let listed = CaseEvent::HearingAdded {
        hearing_id,
        kind: FIRST_HEARING.to_owned(),
        court: format!("{court_name}, {courtroom_name}"),
        day: hearing.date_of_hearing,
        time: starts_at.clock(),
        court_id: Some(court.id),
    };
    let hearing_listed = HearingEvent::HearingListed {
        hearing_id,
        jurisdiction: Jurisdiction::Magistrates,
        kind: FIRST_HEARING.to_owned(),
        court_id: court.id,
        court_name: court_name.to_owned(),
        courtroom_id,
        courtroom_name,
        starts_at,
        parties,
    };
    Some(NewCase {
        case_id,
        case_events: vec![created, listed],
        hearing_id,
        hearing_events: vec![hearing_listed],
    })
}

/// Hour and minute of a clock in court: `10:00`, `10:00:00`, `10:00:00.000`.
#[must_use]
pub fn clock(text: &str) -> Option<(i8, i8)> {
    let mut parts = text.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

/// Markers of the list; an unknown one was warned about and is left out.
fn markers(text: Option<&str>, known: &Knowledge) -> Vec<String> {
    text.into_iter()
        .flat_map(str::split_whitespace)
        .filter(|marker| known.listed("caseMarker", marker))
        .map(str::to_owned)
        .collect()
}

fn defendant(
    at: usize,
    given: &format::Defendant,
    submission: SubmissionId,
    known: &Knowledge,
) -> Option<Defendant> {
    let details = &given.defendant_details;
    let individual = given.individual.as_deref();
    let contact = individual.and_then(|person| person.contact_details.as_ref());
    let party = match (individual, &given.organisation) {
        (Some(individual), _) => person(individual),
        (None, Some(body)) => Party::Organisation {
            name: body.organisation_name.clone(),
            aliases: body.alias_organisation_names.clone(),
        },
        (None, None) => return None,
    };
    // Who is summoned or requisitioned, and a body, is neither on bail nor in custody.
    let bail = match individual.and_then(|person| person.custody_status.as_deref()) {
        Some(code) => code.parse().ok()?,
        None => BailStatus::NotApplicable,
    };
    let telephone = match (contact, &given.organisation) {
        (Some(contact), _) => contact
            .mobile_telephone_number
            .clone()
            .or_else(|| contact.home_telephone_number.clone())
            .or_else(|| contact.work_telephone_number.clone()),
        (None, Some(body)) => body.company_telephone_number.clone(),
        (None, None) => None,
    };
    let offences = given
        .offences
        .iter()
        .enumerate()
        .map(|(number, given)| {
            let id = OffenceId::derived(&submission.0, &format!("defendant {at} offence {number}"));
            offence(id, given, known)
        })
        .collect::<Option<_>>()?;
    Some(Defendant {
        id: DefendantId::derived(&submission.0, &format!("defendant {at}")),
        prosecutor_reference: details.prosecutor_defendant_id.clone(),
        asn: details.asn.clone(),
        pnc_id: details.pnc_identifier.clone(),
        cro_number: details.cro_number.clone(),
        confirmed_as: Vec::new(),
        told_apart: Vec::new(),
        party,
        address: address(&details.address),
        email: contact.and_then(|contact| {
            [&contact.primary_email, &contact.secondary_email]
                .into_iter()
                .flatten()
                .find(|text| usable_email(text))
                .cloned()
        }),
        telephone,
        documents_in_welsh: details.documentation_language == "W",
        hearing_in_welsh: details.hearing_language == "W",
        bail,
        bail_conditions: individual
            .and_then(|person| person.bail_conditions.clone())
            .filter(|text| !text.trim().is_empty()),
        offences,
    })
}

fn person(given: &format::Individual) -> Party {
    Party::Person {
        name: name(&given.name_details),
        aliases: given.aliases.iter().map(name).collect(),
        date_of_birth: given.date_of_birth,
        gender: given.gender,
        nationality: given.nationality.clone(),
        language_needs: given.language_requirement.clone(),
        specific_needs: given.specific_requirements.clone(),
        national_insurance_number: given.national_insurance_number.clone(),
        driver_number: given.driver_number.clone(),
        ethnicity: given.ethnicity.clone(),
        // Nought says that none was recorded.
        observed_ethnicity: given.observed_ethnicity.filter(|seen| *seen > 0),
        parent_guardian: given
            .parent_guardian
            .as_ref()
            .map(|guardian| ParentGuardian {
                name: match (&guardian.individual, &guardian.organisation) {
                    (Some(person), _) => name(&person.name_details).full(),
                    (None, Some(body)) => body.organisation_name.clone(),
                    (None, None) => String::new(),
                },
                address: address(&guardian.address),
            }),
    }
}

fn name(given: &format::Name) -> PersonName {
    PersonName {
        title: given.title.clone(),
        forenames: [&given.forename, &given.forename2, &given.forename3]
            .into_iter()
            .flatten()
            .filter(|part| !part.trim().is_empty())
            .cloned()
            .collect(),
        surname: given.surname.clone(),
    }
}

fn address(given: &format::Address) -> Address {
    let more = [
        &given.address2,
        &given.address3,
        &given.address4,
        &given.address5,
    ];
    Address {
        lines: std::iter::once(&given.address1)
            .chain(more.into_iter().flatten())
            .filter(|line| !line.trim().is_empty())
            .cloned()
            .collect(),
        postcode: given.postcode.clone(),
    }
}

fn offence(id: OffenceId, given: &format::Offence, known: &Knowledge) -> Option<Offence> {
    let details = &given.offence_details;
    let facts = known.offence(&details.cjs_offence_code)?;
    let charged_on: Option<Day> = given.charge_date;
    Some(Offence {
        id,
        number: details.offence_sequence_no,
        code: details.cjs_offence_code.to_ascii_uppercase(),
        title: facts.title,
        title_welsh: facts.title_welsh,
        legislation: facts.legislation,
        wording: details.offence_wording.clone(),
        wording_welsh: details.offence_wording_welsh.clone(),
        mode_of_trial: facts.mode_of_trial,
        max_penalty: facts.max_penalty,
        dvla_code: facts.dvla_code,
        committed_from: details.offence_committed_date,
        committed_to: details.offence_committed_end_date,
        date_code: details.offence_date_code,
        location: details.offence_location.clone(),
        charged_on,
        arrested_on: given.arrest_date,
        vehicle_registration: details.vehicle_registration_mark.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::check::tests::{charge, known};
    use serde_json::{Value, json};

    fn made(value: Value) -> NewCase {
        let prosecution: Prosecution = serde_json::from_value(value).unwrap();
        let urn = Urn::parse("29GD7410126").unwrap();
        let submission = SubmissionId(Uuid::from_u128(9));
        let kind = InitiationCode::Charge;
        new_case(
            kind,
            &prosecution,
            &urn,
            submission,
            &known(),
            Room::default(),
        )
        .unwrap()
    }

    fn defendants(case: &NewCase) -> &[Defendant] {
        match &case.case_events[0] {
            CaseEvent::CaseCreated { defendants, .. } => defendants,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_same_submission_makes_the_same_case_to_the_last_id() {
        assert_eq!(made(charge()), made(charge()));
    }

    #[test]
    fn a_reference_names_its_case_however_it_is_written() {
        let one = Urn::parse("29GD7410126").unwrap();
        let other = Urn::parse("29 gd 74101 26").unwrap();
        assert_eq!(case_id(&one), case_id(&other));
        assert_ne!(case_id(&one), case_id(&Urn::parse("29GD7410127").unwrap()));
    }

    #[test]
    fn a_first_hearing_is_listed_in_the_first_room_with_every_defendant() {
        let case = made(charge());
        let HearingEvent::HearingListed {
            courtroom_name,
            kind,
            starts_at,
            parties,
            ..
        } = &case.hearing_events[0]
        else {
            panic!("{:?}", case.hearing_events);
        };
        assert_eq!(courtroom_name, "Courtroom 1");
        assert_eq!(kind, "First hearing");
        assert_eq!(starts_at.to_string(), "2026-12-01T10:00:00Z");
        assert_eq!(parties.len(), defendants(&case).len());
        assert_eq!(parties[0].defendant_id, defendants(&case)[0].id);
    }

    #[test]
    fn an_address_that_was_warned_about_is_never_written_to() {
        let mut value = charge();
        value["defendants"][0]["individual"]["contactDetails"] =
            json!({"primaryEmail": "nobody", "secondaryEmail": "ffion@post.example.test"});
        let case = made(value);
        assert_eq!(
            defendants(&case)[0].email.as_deref(),
            Some("ffion@post.example.test")
        );
    }

    #[test]
    fn what_the_prosecutor_says_of_a_person_and_a_vehicle_is_kept() {
        let mut value = charge();
        value["defendants"][0]["offences"][0]["offenceDetails"]["vehicleRegistrationMark"] =
            json!("FW21 XYZ");
        let case = made(value);
        let defendant = &defendants(&case)[0];
        let Party::Person {
            ethnicity,
            observed_ethnicity,
            ..
        } = &defendant.party
        else {
            panic!("{:?}", defendant.party);
        };
        assert_eq!(ethnicity.as_deref(), Some("W1"));
        assert_eq!(*observed_ethnicity, Some(1));
        let vehicle = &defendant.offences[0].vehicle_registration;
        assert_eq!(vehicle.as_deref(), Some("FW21 XYZ"));
    }

    #[test]
    fn an_unknown_marker_is_left_out_of_the_record() {
        let mut value = charge();
        value["prosecutionSubmissionDetails"]["caseMarker"] = json!("DV QQ");
        let case = made(value);
        assert!(
            matches!(&case.case_events[0], CaseEvent::CaseCreated { markers, .. } if markers == &["DV"])
        );
    }

    #[test]
    fn a_clock_is_read_with_or_without_its_seconds() {
        assert_eq!(clock("10:05"), Some((10, 5)));
        assert_eq!(clock("09:01:01.001"), Some((9, 1)));
        assert_eq!(clock("24:00"), None);
        assert_eq!(clock("ten"), None);
    }
}
