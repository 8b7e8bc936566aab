//! What the register's document prints beyond the published register: the whole
//! address, who was in court, and each result in its own sentence. The document
//! itself is made elsewhere; here are only its facts.

use super::{
    entry::{appearance, custody_after, results_of_defendant},
    resulted::{
        Address, Advocate, Alias, Hearing, HearingResulted, JudicialResult, Offence, PersonDetails,
    },
    select::Candidate,
};
use serde::{Deserialize, Serialize};
use vocabulary::{Day, Instant, fold_name};

/// The facts of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterSheet {
    /// Name of the court house.
    pub court: String,
    /// Its address, line by line.
    pub court_address: Vec<String>,
    /// Its local justice area.
    pub local_justice_area: Option<String>,
    /// The defendant's name.
    pub defendant: String,
    /// Address, line by line, post code last.
    pub address: Vec<String>,
    /// Date of birth.
    pub date_of_birth: Option<Day>,
    /// Age on the day of the hearing.
    pub age: Option<i64>,
    /// Gender, as the event has it.
    pub gender: Option<String>,
    /// Nationality.
    pub nationality: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Parent or guardian, with their address.
    pub parent_or_guardian: Option<(String, Vec<String>)>,
    /// Arrest or summons number.
    pub asn: Option<String>,
    /// The firm on record.
    pub solicitor: Option<String>,
    /// The prosecutor.
    pub prosecutor: Option<String>,
    /// Advocates of the prosecution.
    pub prosecution: Vec<Counsel>,
    /// Advocates of this defendant.
    pub defence: Vec<Counsel>,
    /// How they attended, in words.
    pub attendance: Option<String>,
    /// Custody after the hearing.
    pub custody_after: String,
    /// Every place that a result or the case names as holding them.
    pub prisons: Vec<String>,
    /// Offences, with their results in words.
    pub offences: Vec<SheetOffence>,
    /// Results of the defendant as a whole, in words.
    pub results_of_defendant: Vec<String>,
    /// Results of the case as a whole, in words.
    pub results_of_case: Vec<String>,
    /// Applications.
    pub applications: Vec<SheetApplication>,
    /// When and where they come to court next, by their own results; several, if
    /// their offences are heard apart.
    pub next_hearings: Vec<SheetNextHearing>,
}

/// When and where a defendant comes to court next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetNextHearing {
    /// When, if it is fixed.
    pub at: Option<Instant>,
    /// Court house.
    pub court: String,
    /// Its address, line by line.
    pub address: Vec<String>,
    /// Court room.
    pub room: Option<String>,
    /// Type of hearing, in words.
    pub kind: Option<String>,
}

/// An advocate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counsel {
    /// Name.
    pub name: String,
    /// Standing, such as `Leading junior`.
    pub status: Option<String>,
}

/// The results of an offence, in words; what else the document prints of it
/// stands in the published register, in the same order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetOffence {
    /// Each.
    pub results: Vec<String>,
}

/// The results of an application, in words, and those of its offences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetApplication {
    /// Its own.
    pub results: Vec<String>,
    /// Its offences.
    pub offences: Vec<SheetOffence>,
}

pub(super) fn sheet(candidate: &Candidate<'_>, event: &HearingResulted) -> RegisterSheet {
    let hearing = &event.hearing;
    let details = candidate
        .person
        .and_then(|person| person.person_details.as_ref())
        .cloned()
        .unwrap_or_default();
    let court = hearing.court_centre.as_ref();
    let born = details.date_of_birth;
    RegisterSheet {
        court: court.and_then(|c| c.name.clone()).unwrap_or_default(),
        court_address: lines(court.and_then(|court| court.address.as_ref())),
        local_justice_area: court.and_then(|c| c.lja.as_ref()?.lja_name.clone()),
        defendant: name_of(&details),
        address: lines(details.address.as_ref()),
        date_of_birth: born,
        age: born.zip(hearing.day()).map(|(b, day)| b.years_until(day)),
        gender: details.gender.clone(),
        nationality: details.nationality_description.clone(),
        aliases: candidate
            .defendant
            .iter()
            .flat_map(|defendant| &defendant.aliases)
            .map(alias)
            .filter(|name| !name.is_empty())
            .collect(),
        parent_or_guardian: parent_or_guardian(candidate),
        asn: candidate
            .person
            .and_then(|person| person.arrest_summons_number.clone()),
        solicitor: candidate.defendant.and_then(|defendant| {
            let firm = defendant.associated_defence_organisation.as_ref()?;
            firm.defence_organisation
                .as_ref()?
                .organisation
                .as_ref()?
                .name
                .clone()
        }),
        prosecutor: prosecutor(candidate),
        prosecution: prosecution(candidate, hearing),
        defence: hearing
            .defence_counsels
            .iter()
            .filter(|one| names(&one.defendants, &candidate.id.to_string()))
            .map(counsel)
            .collect(),
        attendance: appearance(candidate, hearing).map(str::to_owned),
        custody_after: custody_after(candidate).to_owned(),
        prisons: prisons(candidate, hearing),
        offences: candidate.offences.iter().map(of_offence).collect(),
        results_of_defendant: in_words(results_of_defendant(candidate, hearing)),
        results_of_case: in_words(candidate.case_results.iter()),
        applications: hearing
            .applications_about(candidate.master)
            .map(|application| SheetApplication {
                results: in_words(application.judicial_results.iter()),
                offences: application.offences().map(of_offence).collect(),
            })
            .collect(),
        next_hearings: next_hearings(candidate, hearing),
    }
}

/// Those that the defendant's own results name, each once, in their order.
fn next_hearings(candidate: &Candidate<'_>, hearing: &Hearing) -> Vec<SheetNextHearing> {
    let mut found: Vec<SheetNextHearing> = Vec::new();
    for next in own_results(candidate, hearing)
        .filter(|result| result.is_deleted != Some(true))
        .filter_map(|result| result.next_hearing.as_ref())
    {
        let court = next.court_centre.as_ref();
        let one = SheetNextHearing {
            at: next.listed_start_date_time,
            court: court.and_then(|c| c.name.clone()).unwrap_or_default(),
            address: lines(court.and_then(|court| court.address.as_ref())),
            room: court.and_then(|court| court.room_name.clone()),
            kind: next.kind.as_ref().and_then(|kind| kind.description.clone()),
        };
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// Results of their offences, then of the applications about them.
fn own_results<'a>(
    candidate: &Candidate<'a>,
    hearing: &'a Hearing,
) -> impl Iterator<Item = &'a JudicialResult> {
    let direct = candidate.offences.iter().flat_map(|o| &o.judicial_results);
    let linked = hearing
        .applications_about(candidate.master)
        .flat_map(|one| {
            one.judicial_results
                .iter()
                .chain(one.offences().flat_map(|o| &o.judicial_results))
        });
    direct.chain(linked)
}

fn of_offence(offence: &Offence) -> SheetOffence {
    SheetOffence {
        results: in_words(offence.judicial_results.iter()),
    }
}

/// Each result's own text; where it has none, its label.
fn in_words<'a>(results: impl Iterator<Item = &'a JudicialResult>) -> Vec<String> {
    results
        .filter(|result| result.is_registered())
        .filter_map(|result| result.result_text.as_deref().or(result.label.as_deref()))
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The place that holds them, then each prison that a result of theirs names.
fn prisons(candidate: &Candidate<'_>, hearing: &Hearing) -> Vec<String> {
    let held = candidate
        .person
        .and_then(|person| person.custodial_establishment.as_ref())
        .filter(|place| {
            // Police cells are no prison.
            place
                .custody
                .as_deref()
                .is_none_or(|kind| kind.trim().eq_ignore_ascii_case("prison"))
        })
        .and_then(|place| place.name.as_deref());
    let named = own_results(candidate, hearing)
        .chain(candidate.case_results)
        .chain(results_of_defendant(candidate, hearing))
        .filter(|result| result.is_deleted != Some(true))
        .flat_map(|result| &result.judicial_result_prompts)
        .filter(|prompt| prompt.prompt_reference.as_deref() == Some("prisonOrganisationName"))
        .filter_map(|prompt| prompt.value.as_deref());
    let mut found: Vec<String> = Vec::new();
    for name in held.into_iter().chain(named).map(str::trim) {
        let known = |own: &String| fold_name(own) == fold_name(name);
        if !name.is_empty() && !found.iter().any(known) {
            found.push(name.to_owned());
        }
    }
    found
}

fn parent_or_guardian(candidate: &Candidate<'_>) -> Option<(String, Vec<String>)> {
    let persons = &candidate.defendant?.associated_persons;
    let person = persons.iter().find_map(|one| {
        let role: String = one
            .role
            .as_deref()?
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        let is = role.eq_ignore_ascii_case("parentGuardian");
        is.then_some(one.person.as_ref()?)
    })?;
    Some((name_of(person), lines(person.address.as_ref())))
}

/// The authority whose case it is; by its own case, or that of the application.
fn prosecutor(candidate: &Candidate<'_>) -> Option<String> {
    if let Some(case) = candidate.case {
        let prosecutor = case.prosecutor.as_ref();
        let identifier = case.prosecution_case_identifier.as_ref();
        return prosecutor
            .and_then(|own| own.prosecutor_name.clone())
            .or_else(|| identifier?.authority_name.clone());
    }
    candidate
        .application?
        .court_application_cases
        .iter()
        .find_map(|case| {
            case.prosecution_case_identifier
                .as_ref()?
                .authority_name
                .clone()
        })
}

/// Advocates of this case; one who names no case speaks for all.
fn prosecution(candidate: &Candidate<'_>, hearing: &Hearing) -> Vec<Counsel> {
    let case = candidate.case.and_then(|case| case.id.as_deref());
    hearing
        .prosecution_counsels
        .iter()
        .filter(|one| {
            one.prosecution_cases.is_empty()
                || case.is_some_and(|case| names(&one.prosecution_cases, case))
        })
        .map(counsel)
        .collect()
}

fn names(ids: &[String], id: &str) -> bool {
    ids.iter().any(|one| one.eq_ignore_ascii_case(id))
}

fn counsel(one: &Advocate) -> Counsel {
    Counsel {
        name: joined([
            &one.title,
            &one.first_name,
            &one.middle_name,
            &one.last_name,
        ]),
        status: one
            .status
            .clone()
            .filter(|status| !status.trim().is_empty()),
    }
}

fn alias(one: &Alias) -> String {
    joined([
        &one.title,
        &one.first_name,
        &one.middle_name,
        &one.last_name,
    ])
}

fn name_of(one: &PersonDetails) -> String {
    joined([
        &one.title,
        &one.first_name,
        &one.middle_name,
        &one.last_name,
    ])
}

fn joined(parts: [&Option<String>; 4]) -> String {
    let parts = parts.into_iter().flatten().map(|part| part.trim());
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn lines(address: Option<&Address>) -> Vec<String> {
    let Some(own) = address else {
        return Vec::new();
    };
    [
        &own.address1,
        &own.address2,
        &own.address3,
        &own.address4,
        &own.address5,
        &own.postcode,
    ]
    .into_iter()
    .flatten()
    .map(|line| line.trim().to_owned())
    .filter(|line| !line.is_empty())
    .collect()
}
