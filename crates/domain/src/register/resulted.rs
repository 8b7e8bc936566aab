//! The published hearing-resulted event, as far as a register reads it. What it
//! does not read it lets pass: the event has a few hundred fields, and more come
//! with every version. A list that is absent or null is empty.

use serde::{Deserialize, Deserializer};
use std::collections::BTreeSet;
use uuid::Uuid;
use vocabulary::{Day, Instant};

/// A list, or what stands for none.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(from)?.unwrap_or_default())
}

/// The event: a hearing with its results, and when they were shared.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HearingResulted {
    pub(super) hearing: Hearing,
    pub(super) shared_time: Option<Instant>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Hearing {
    pub(super) id: Uuid,
    #[serde(default, deserialize_with = "list")]
    pub(super) court_applications: Vec<Application>,
    pub(super) court_centre: Option<CourtCentre>,
    #[serde(default, deserialize_with = "list")]
    pub(super) defence_counsels: Vec<Advocate>,
    #[serde(default, deserialize_with = "list")]
    pub(super) defendant_attendance: Vec<Attendance>,
    #[serde(default, deserialize_with = "list")]
    pub(super) defendant_judicial_results: Vec<ResultOfDefendant>,
    #[serde(default, deserialize_with = "list")]
    pub(super) hearing_days: Vec<HearingDay>,
    pub(super) jurisdiction_type: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) prosecution_cases: Vec<Case>,
    #[serde(default, deserialize_with = "list")]
    pub(super) prosecution_counsels: Vec<Advocate>,
    #[serde(rename = "type")]
    pub(super) kind: Option<Described>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Described {
    pub(super) description: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CourtCentre {
    pub(super) address: Option<Address>,
    pub(super) code: Option<String>,
    pub(super) id: Option<String>,
    pub(super) lja: Option<Lja>,
    pub(super) name: Option<String>,
    pub(super) room_name: Option<String>,
    pub(super) welsh_court_centre: Option<bool>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Lja {
    pub(super) lja_name: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Address {
    pub(super) address1: Option<String>,
    pub(super) address2: Option<String>,
    pub(super) address3: Option<String>,
    pub(super) address4: Option<String>,
    pub(super) address5: Option<String>,
    pub(super) postcode: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Advocate {
    pub(super) first_name: Option<String>,
    pub(super) middle_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) title: Option<String>,
    pub(super) status: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) defendants: Vec<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) prosecution_cases: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attendance {
    pub(super) defendant_id: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) attendance_days: Vec<AttendanceDay>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AttendanceDay {
    pub(super) attendance_type: Option<String>,
    pub(super) day: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultOfDefendant {
    pub(super) master_defendant_id: Option<String>,
    pub(super) judicial_result: Option<JudicialResult>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HearingDay {
    pub(super) sitting_day: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Case {
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) case_markers: Vec<Marker>,
    #[serde(default, deserialize_with = "list")]
    pub(super) defendants: Vec<Defendant>,
    pub(super) prosecution_case_identifier: Option<CaseIdentifier>,
    pub(super) prosecutor: Option<Prosecutor>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Marker {
    pub(super) marker_type_description: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct CaseIdentifier {
    #[serde(rename = "caseURN")]
    pub(super) case_urn: Option<String>,
    #[serde(rename = "prosecutionAuthorityReference")]
    pub(super) authority_reference: Option<String>,
    #[serde(rename = "prosecutionAuthorityName")]
    pub(super) authority_name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Prosecutor {
    pub(super) is_cps: Option<bool>,
    pub(super) prosecutor_name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Defendant {
    pub(super) id: Uuid,
    pub(super) master_defendant_id: Option<String>,
    pub(super) is_youth: Option<bool>,
    #[serde(default, deserialize_with = "list")]
    pub(super) aliases: Vec<Alias>,
    pub(super) associated_defence_organisation: Option<AssociatedDefence>,
    #[serde(default, deserialize_with = "list")]
    pub(super) associated_persons: Vec<AssociatedPerson>,
    #[serde(default, deserialize_with = "list")]
    pub(super) defendant_case_judicial_results: Vec<JudicialResult>,
    #[serde(default, deserialize_with = "list")]
    pub(super) offences: Vec<Offence>,
    pub(super) person_defendant: Option<PersonDefendant>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Alias {
    pub(super) title: Option<String>,
    pub(super) first_name: Option<String>,
    pub(super) middle_name: Option<String>,
    pub(super) last_name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssociatedDefence {
    pub(super) defence_organisation: Option<DefenceOrganisation>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct DefenceOrganisation {
    pub(super) organisation: Option<Named>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    pub(super) name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct AssociatedPerson {
    pub(super) role: Option<String>,
    pub(super) person: Option<PersonDetails>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonDefendant {
    pub(super) arrest_summons_number: Option<String>,
    pub(super) custodial_establishment: Option<Establishment>,
    pub(super) person_details: Option<PersonDetails>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Establishment {
    pub(super) custody: Option<String>,
    pub(super) name: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonDetails {
    pub(super) address: Option<Address>,
    pub(super) date_of_birth: Option<Day>,
    pub(super) title: Option<String>,
    pub(super) first_name: Option<String>,
    pub(super) middle_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) gender: Option<String>,
    pub(super) nationality_description: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Offence {
    pub(super) offence_code: Option<String>,
    pub(super) offence_title: Option<String>,
    pub(super) wording: Option<String>,
    pub(super) start_date: Option<Day>,
    pub(super) end_date: Option<Day>,
    pub(super) listing_number: Option<i64>,
    pub(super) conviction_date: Option<Day>,
    pub(super) plea: Option<Plea>,
    pub(super) verdict: Option<Verdict>,
    pub(super) offence_legislation: Option<String>,
    pub(super) allocation_decision: Option<AllocationDecision>,
    pub(super) indicated_plea: Option<IndicatedPlea>,
    #[serde(default, deserialize_with = "list")]
    pub(super) judicial_results: Vec<JudicialResult>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Plea {
    pub(super) plea_value: Option<String>,
    pub(super) plea_date: Option<Day>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Verdict {
    pub(super) verdict_type: Option<Described>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AllocationDecision {
    pub(super) mot_reason_description: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct IndicatedPlea {
    pub(super) indicated_plea_value: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct JudicialResult {
    pub(super) cjs_code: Option<String>,
    pub(super) is_deleted: Option<bool>,
    #[serde(default, deserialize_with = "list")]
    pub(super) judicial_result_prompts: Vec<Prompt>,
    pub(super) judicial_result_type_id: Option<String>,
    pub(super) label: Option<String>,
    pub(super) next_hearing: Option<Adjourned>,
    pub(super) post_hearing_custody_status: Option<String>,
    pub(super) published_for_nows: Option<bool>,
    pub(super) result_text: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Prompt {
    pub(super) label: Option<String>,
    pub(super) prompt_reference: Option<String>,
    pub(super) value: Option<String>,
}

/// Where a result sends the case next.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Adjourned {
    pub(super) booking_reference: Option<String>,
    pub(super) court_centre: Option<CourtCentre>,
    pub(super) listed_start_date_time: Option<Instant>,
    #[serde(rename = "type")]
    pub(super) kind: Option<Described>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Application {
    pub(super) application_reference: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) court_application_cases: Vec<ApplicationCase>,
    pub(super) court_order: Option<CourtOrder>,
    #[serde(default, deserialize_with = "list")]
    pub(super) judicial_results: Vec<JudicialResult>,
    pub(super) subject: Option<ApplicationParty>,
    #[serde(rename = "type")]
    pub(super) kind: Option<ApplicationType>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct ApplicationType {
    #[serde(rename = "type")]
    pub(super) name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApplicationCase {
    #[serde(default, deserialize_with = "list")]
    pub(super) offences: Vec<Offence>,
    pub(super) prosecution_case_id: Option<String>,
    pub(super) prosecution_case_identifier: Option<CaseIdentifier>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CourtOrder {
    #[serde(default, deserialize_with = "list")]
    pub(super) court_order_offences: Vec<CourtOrderOffence>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct CourtOrderOffence {
    pub(super) offence: Option<Offence>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApplicationParty {
    pub(super) master_defendant: Option<MasterDefendant>,
}

/// A defendant as an application knows them: one person, with their cases.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MasterDefendant {
    pub(super) master_defendant_id: Option<String>,
    pub(super) is_youth: Option<bool>,
    #[serde(default, deserialize_with = "list")]
    pub(super) defendant_case: Vec<DefendantCase>,
    pub(super) person_defendant: Option<PersonDefendant>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DefendantCase {
    pub(super) case_id: Option<String>,
    pub(super) defendant_id: Option<Uuid>,
}

impl HearingResulted {
    /// The hearing.
    #[must_use]
    pub const fn hearing_id(&self) -> Uuid {
        self.hearing.id
    }

    /// The code of the court that sat.
    #[must_use]
    pub fn court_code(&self) -> Option<&str> {
        self.hearing.court_centre.as_ref()?.code.as_deref()
    }

    /// When the results were shared.
    #[must_use]
    pub const fn shared_at(&self) -> Option<Instant> {
        self.shared_time
    }
}

impl Hearing {
    /// The day that the register is for: the first sitting day, as written.
    pub(super) fn day(&self) -> Option<Day> {
        let written = self.hearing_days.first()?.sitting_day.as_deref()?;
        written.get(..10)?.parse().ok()
    }

    /// Applications about a defendant: those whose subject they are. Applicant
    /// and respondent do not count; a prosecutor may be either.
    pub(super) fn applications_about<'a>(
        &'a self,
        master: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Application> {
        self.court_applications
            .iter()
            .filter(move |one| master.is_some() && one.master_id() == master)
    }
}

impl Application {
    pub(super) fn subject(&self) -> Option<&MasterDefendant> {
        self.subject.as_ref()?.master_defendant.as_ref()
    }

    fn master_id(&self) -> Option<&str> {
        self.subject()?.master_defendant_id.as_deref()
    }

    /// The offences it touches: those of its cases, then those of the order that
    /// it is about (a breach is heard with the offences of the order).
    pub(super) fn offences(&self) -> impl Iterator<Item = &Offence> {
        let of_cases = self
            .court_application_cases
            .iter()
            .flat_map(|c| &c.offences);
        let of_order = self.court_order.iter().flat_map(|order| {
            order
                .court_order_offences
                .iter()
                .filter_map(|one| one.offence.as_ref())
        });
        of_cases.chain(of_order)
    }

    /// The defendant that it names, in the case that it is about: the only case
    /// they have, or the one of their cases that the application names too.
    pub(super) fn defendant_id(&self) -> Option<Uuid> {
        let cases = &self.subject()?.defendant_case;
        if let [only] = cases.as_slice() {
            return only.defendant_id;
        }
        let named: BTreeSet<&str> = self
            .court_application_cases
            .iter()
            .filter_map(|one| one.prosecution_case_id.as_deref())
            .collect();
        cases
            .iter()
            .find(|one| one.case_id.as_deref().is_some_and(|id| named.contains(id)))?
            .defendant_id
    }
}

impl JudicialResult {
    /// Whether the register carries it. A result that is published for notices
    /// says in parts what its parent says as a whole; one that was deleted is
    /// none any more.
    pub(super) fn is_registered(&self) -> bool {
        self.published_for_nows != Some(true) && self.is_deleted != Some(true)
    }
}

impl Offence {
    /// The verdict, in words.
    pub(super) fn verdict_in_words(&self) -> Option<&str> {
        let kind = self.verdict.as_ref()?.verdict_type.as_ref()?;
        kind.description.as_deref()
    }
}
