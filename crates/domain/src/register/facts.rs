//! What the subscriptions ask about a defendant, worked out once. Somebody who is
//! a defendant in two cases of the hearing, or the subject of an application, is
//! one person here: their custody and results are looked at together.

use super::{
    resulted::{Defendant, Hearing, JudicialResult},
    select::Candidate,
};
use vocabulary::Day;

/// The prompt that makes a result custodial: it names a prison.
const PRISON: &str = "prisonOrganisationName";

/// What the subscriptions ask about a defendant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CustodyFacts {
    /// Held in a prison.
    pub in_prison: bool,
    /// Held at a police station.
    pub in_police_cells: bool,
    /// A result names a prison.
    pub custodial_result: bool,
    /// A result says something else than a prison, or none names one.
    pub non_custodial_result: bool,
    /// Under eighteen.
    pub youth: bool,
    /// A court in Wales.
    pub welsh_court: bool,
    /// The CPS prosecutes a case of the hearing.
    pub cps_prosecuted: bool,
    /// They were in court.
    pub in_person: bool,
    /// They were seen by video.
    pub by_video: bool,
    /// Results of theirs are still to come.
    pub waits: bool,
}

/// The facts of one defendant at one hearing. All results count here, also
/// those that the register itself does not carry.
pub(super) fn facts_of(candidate: &Candidate<'_>, hearing: &Hearing) -> CustodyFacts {
    let own = same_person(candidate, hearing);
    let held = |place: &str| {
        own.iter()
            .filter_map(|one| one.person_defendant.as_ref())
            .chain(candidate.person)
            .filter_map(|person| person.custodial_establishment.as_ref()?.custody.as_deref())
            .any(|custody| custody.trim().eq_ignore_ascii_case(place))
    };
    let mut offences: Vec<_> = own.iter().flat_map(|one| &one.offences).collect();
    if own.is_empty() {
        offences.extend(candidate.offences);
    }
    let mut results: Vec<&JudicialResult> =
        offences.iter().flat_map(|o| &o.judicial_results).collect();
    for application in hearing.applications_about(candidate.master) {
        results.extend(&application.judicial_results);
        results.extend(application.offences().flat_map(|o| &o.judicial_results));
    }
    let references = || {
        results
            .iter()
            .flat_map(|result| &result.judicial_result_prompts)
            .filter_map(|prompt| prompt.prompt_reference.as_deref())
    };
    let custodial_result = references().any(|reference| reference == PRISON);
    let attendance = attendance(candidate, hearing);
    CustodyFacts {
        in_prison: held("Prison"),
        in_police_cells: held("Police Station"),
        custodial_result,
        non_custodial_result: !custodial_result || references().any(|other| other != PRISON),
        youth: candidate
            .is_youth
            .unwrap_or_else(|| is_under_eighteen(candidate, hearing.day())),
        welsh_court: hearing
            .court_centre
            .as_ref()
            .is_some_and(|court| court.welsh_court_centre == Some(true)),
        cps_prosecuted: hearing
            .prosecution_cases
            .iter()
            .filter_map(|case| case.prosecutor.as_ref())
            .any(|prosecutor| prosecutor.is_cps == Some(true)),
        in_person: attendance == Some("IN_PERSON"),
        by_video: attendance == Some("BY_VIDEO"),
        waits: false,
    }
}

/// How they attended on the day of the register, as the event has it.
pub(super) fn attendance<'a>(candidate: &Candidate<'_>, hearing: &'a Hearing) -> Option<&'a str> {
    let day = hearing.day()?.to_string();
    let id = candidate.id.to_string();
    hearing
        .defendant_attendance
        .iter()
        .filter(|one| {
            one.defendant_id
                .as_deref()
                .is_some_and(|other| other.eq_ignore_ascii_case(&id))
        })
        .flat_map(|one| &one.attendance_days)
        .find(|one| one.day.as_deref().and_then(|text| text.get(..10)) == Some(day.as_str()))?
        .attendance_type
        .as_deref()
}

/// This person as a defendant in every case of the hearing.
fn same_person<'a>(candidate: &Candidate<'_>, hearing: &'a Hearing) -> Vec<&'a Defendant> {
    hearing
        .prosecution_cases
        .iter()
        .flat_map(|case| &case.defendants)
        .filter(|one| match candidate.master {
            Some(master) => one.master_defendant_id.as_deref() == Some(master),
            None => one.id == candidate.id,
        })
        .collect()
}

/// Where the event does not say: by their age on the day.
fn is_under_eighteen(candidate: &Candidate<'_>, day: Option<Day>) -> bool {
    let born = candidate
        .person
        .and_then(|person| person.person_details.as_ref()?.date_of_birth);
    born.zip(day)
        .is_some_and(|(born, day)| born.is_under_18_on(day))
}
