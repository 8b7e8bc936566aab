//! Writes the published register of one defendant.
//!
//! The rules are those of the published register, its three-line address and its
//! next hearing included: that is the first which any result of the hearing's
//! cases names, also another defendant's. What concerns a defendant alone stands
//! in the texts of their own results.

use super::{
    facts::attendance,
    published::{
        CaseMarker, CourtApplication, CourtDetails, CourtHouse, CustodyLocation, NextHearing,
        Offence, PostalAddress, PrisonRegister, RegisterCase, RegisterDefendant, RegisterHearing,
        RegisterResult, ResultText,
    },
    resulted::{self, Address, CourtCentre, Hearing, HearingResulted, JudicialResult},
    select::Candidate,
};
use vocabulary::Instant;

/// What the register says where no result of the case tells of custody.
const NOT_APPLICABLE: &str = "Not Applicable";

pub(super) fn register(candidate: &Candidate<'_>, event: &HearingResulted) -> PrisonRegister {
    let hearing = &event.hearing;
    PrisonRegister {
        prosecution_case: RegisterCase {
            case_urn: candidate.case_urn.to_owned(),
            case_markers: candidate
                .case
                .iter()
                .flat_map(|case| &case.case_markers)
                .map(|marker| CaseMarker {
                    description: marker.marker_type_description.clone(),
                })
                .collect(),
            results: results(candidate.case_results),
        },
        defendant: defendant(candidate, hearing),
        custody_location: custody_location(candidate),
        hearing: RegisterHearing {
            id: hearing.id,
            court_details: hearing.court_centre.as_ref().and_then(court_details),
            hearing_date: hearing.day(),
            hearing_type: hearing.kind.as_ref().and_then(|k| k.description.clone()),
            jurisdiction: hearing.jurisdiction_type.clone(),
            defendant_appearance_details: appearance(candidate, hearing).map(str::to_owned),
            next_hearing: next_hearing(candidate, hearing),
        },
        shared_time: event.shared_time.map(written),
        offences: candidate.offences.iter().map(offence).collect(),
        court_applications: hearing
            .applications_about(candidate.master)
            .map(|application| CourtApplication {
                reference: application.application_reference.clone(),
                kind: application.kind.as_ref().and_then(|kind| kind.name.clone()),
                results: results(&application.judicial_results),
                offences: application.offences().map(offence).collect(),
            })
            .collect(),
    }
}

/// How somebody attended, in the words of the register; none for anything else.
pub(super) fn appearance(candidate: &Candidate<'_>, hearing: &Hearing) -> Option<&'static str> {
    match attendance(candidate, hearing)? {
        "IN_PERSON" => Some("In person"),
        "BY_VIDEO" => Some("By video link"),
        "NOT_PRESENT" => Some("Not present"),
        _ => None,
    }
}

/// The first status that a result of the case gives, unless it is none.
pub(super) fn custody_after<'a>(candidate: &Candidate<'a>) -> &'a str {
    candidate
        .case_results
        .iter()
        .filter_map(|result| result.post_hearing_custody_status.as_deref())
        .find(|status| *status != NOT_APPLICABLE)
        .unwrap_or(NOT_APPLICABLE)
}

/// Results of the defendant as a whole, whichever case they came from.
pub(super) fn results_of_defendant<'a>(
    candidate: &Candidate<'a>,
    hearing: &'a Hearing,
) -> impl Iterator<Item = &'a JudicialResult> {
    let master = candidate.master;
    hearing
        .defendant_judicial_results
        .iter()
        .filter(move |one| master.is_some() && one.master_defendant_id.as_deref() == master)
        .filter_map(|one| one.judicial_result.as_ref())
}

/// An instant as the published register writes it: thousandths, millionths or
/// none, but never a part of them.
pub(super) fn written(at: Instant) -> String {
    match at.0.subsec_nanosecond() {
        0 => format!("{:.0}", at.0),
        nanos if nanos % 1_000_000 == 0 => format!("{:.3}", at.0),
        nanos if nanos % 1_000 == 0 => format!("{:.6}", at.0),
        _ => format!("{:.9}", at.0),
    }
}

fn defendant(candidate: &Candidate<'_>, hearing: &Hearing) -> RegisterDefendant {
    let details = candidate.person.and_then(|p| p.person_details.as_ref());
    let details = details.cloned().unwrap_or_default();
    let address = details.address.unwrap_or_default();
    RegisterDefendant {
        id: candidate.id,
        master_defendant_id: candidate.master.map(str::to_owned),
        title: details.title,
        first_name: details.first_name,
        middle_name: details.middle_name,
        last_name: details.last_name,
        date_of_birth: details.date_of_birth,
        address: PostalAddress {
            address4: None,
            address5: None,
            ..postal(&address)
        },
        gender: details.gender,
        nationality: details.nationality_description,
        post_hearing_custody_status: custody_after(candidate).to_owned(),
        results: written_results(results_of_defendant(candidate, hearing)),
    }
}

fn custody_location(candidate: &Candidate<'_>) -> Option<CustodyLocation> {
    let place = candidate.person?.custodial_establishment.as_ref()?;
    (place.name.is_some() || place.custody.is_some()).then(|| CustodyLocation {
        name: place.name.clone(),
        custody_type: place.custody.clone(),
    })
}

fn postal(address: &Address) -> PostalAddress {
    PostalAddress {
        address1: address.address1.clone(),
        address2: address.address2.clone(),
        address3: address.address3.clone(),
        address4: address.address4.clone(),
        address5: address.address5.clone(),
        post_code: address.postcode.clone(),
    }
}

fn court_details(court: &CourtCentre) -> Option<CourtDetails> {
    let house = CourtHouse {
        court_house_id: None,
        ..court_house(court)
    };
    let details = CourtDetails {
        court: some(house),
        court_address: court.address.as_ref().map(postal).and_then(some),
        lja_name: court.lja.as_ref().and_then(|lja| lja.lja_name.clone()),
    };
    some(details)
}

fn court_house(court: &CourtCentre) -> CourtHouse {
    CourtHouse {
        court_house_id: court.id.clone(),
        court_house_code: court.code.clone(),
        court_house_name: court.name.clone(),
    }
}

/// Nothing, if nothing of it is known.
fn some<T: Default + PartialEq>(value: T) -> Option<T> {
    (value != T::default()).then_some(value)
}

/// The first that a result of any case of the hearing names. A hearing of
/// applications alone has no case: then the first of the applications about this
/// defendant. One without a day is not known yet.
fn next_hearing(candidate: &Candidate<'_>, hearing: &Hearing) -> Option<NextHearing> {
    let of = |offence: &resulted::Offence| {
        let mut results = offence.judicial_results.iter();
        results.find_map(|result| result.next_hearing.clone())
    };
    let next = if hearing.prosecution_cases.is_empty() {
        hearing
            .applications_about(candidate.master)
            .find_map(|application| {
                let mut own = application.judicial_results.iter();
                own.find_map(|result| result.next_hearing.clone())
                    .or_else(|| application.offences().find_map(of))
            })
    } else {
        hearing
            .prosecution_cases
            .iter()
            .flat_map(|case| &case.defendants)
            .flat_map(|defendant| &defendant.offences)
            .find_map(of)
    }?;
    Some(NextHearing {
        hearing_id: next.booking_reference,
        date_time: written(next.listed_start_date_time?),
        court: next
            .court_centre
            .as_ref()
            .and_then(|court| some(court_house(court))),
    })
}

fn offence(offence: &resulted::Offence) -> Offence {
    Offence {
        code: offence.offence_code.clone(),
        title: offence.offence_title.clone(),
        wording: offence.wording.clone(),
        start_date: offence.start_date,
        end_date: offence.end_date,
        listing_number: offence.listing_number,
        conviction_date: offence.conviction_date,
        plea_value: offence.plea.as_ref().and_then(|p| p.plea_value.clone()),
        plea_date: offence.plea.as_ref().and_then(|plea| plea.plea_date),
        verdict: offence.verdict_in_words().map(str::to_owned),
        offence_legislation: offence.offence_legislation.clone(),
        allocation_decision: offence
            .allocation_decision
            .as_ref()
            .and_then(|decision| decision.mot_reason_description.clone()),
        indicated_plea_value: offence
            .indicated_plea
            .as_ref()
            .and_then(|plea| plea.indicated_plea_value.clone()),
        results: results(&offence.judicial_results),
    }
}

fn results(results: &[JudicialResult]) -> Vec<RegisterResult> {
    written_results(results.iter())
}

/// A result without prompts stands there too: that it was made is something.
fn written_results<'a>(results: impl Iterator<Item = &'a JudicialResult>) -> Vec<RegisterResult> {
    results
        .filter(|result| result.is_registered())
        .map(|result| RegisterResult {
            result_texts: result
                .judicial_result_prompts
                .iter()
                .map(|prompt| ResultText {
                    label: prompt.label.clone(),
                    value: prompt.value.clone(),
                })
                .collect(),
        })
        .collect()
}
