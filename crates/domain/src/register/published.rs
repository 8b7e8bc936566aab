//! The published register of one defendant at one hearing, field for field. What
//! is not known is left out; a list without entries is there and empty.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vocabulary::Day;

/// The register of one defendant at one hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrisonRegister {
    /// The case.
    pub prosecution_case: RegisterCase,
    /// The defendant.
    pub defendant: RegisterDefendant,
    /// Where they were held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custody_location: Option<CustodyLocation>,
    /// The hearing.
    pub hearing: RegisterHearing,
    /// When its results were shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_time: Option<String>,
    /// Their offences with results.
    pub offences: Vec<Offence>,
    /// Applications about them.
    pub court_applications: Vec<CourtApplication>,
}

/// The case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterCase {
    /// Its reference.
    #[serde(rename = "caseURN")]
    pub case_urn: String,
    /// Its markers.
    pub case_markers: Vec<CaseMarker>,
    /// Results of the case as a whole.
    pub results: Vec<RegisterResult>,
}

/// A marker of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseMarker {
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The defendant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterDefendant {
    /// In this case.
    pub id: Uuid,
    /// Across cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub master_defendant_id: Option<String>,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// First name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Middle name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Date of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<Day>,
    /// Address, of which the published register has three lines.
    pub address: PostalAddress,
    /// Gender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<String>,
    /// Nationality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nationality: Option<String>,
    /// Custody after the hearing.
    pub post_hearing_custody_status: String,
    /// Results of the defendant as a whole.
    pub results: Vec<RegisterResult>,
}

/// An address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PostalAddress {
    /// First line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address1: Option<String>,
    /// Second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address2: Option<String>,
    /// Third line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address3: Option<String>,
    /// Fourth line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address4: Option<String>,
    /// Fifth line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address5: Option<String>,
    /// Post code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_code: Option<String>,
}

/// Where a defendant was held at the time of the hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustodyLocation {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Prison`, `Police Station`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custody_type: Option<String>,
}

/// The hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterHearing {
    /// Its id.
    pub id: Uuid,
    /// Where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court_details: Option<CourtDetails>,
    /// The day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hearing_date: Option<Day>,
    /// The type, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hearing_type: Option<String>,
    /// `MAGISTRATES` or `CROWN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
    /// How the defendant attended, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defendant_appearance_details: Option<String>,
    /// The next hearing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_hearing: Option<NextHearing>,
}

/// The court house of the hearing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CourtDetails {
    /// The court house.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court: Option<CourtHouse>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court_address: Option<PostalAddress>,
    /// Its local justice area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lja_name: Option<String>,
}

/// A court house.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CourtHouse {
    /// Its id; the published register gives it for the next hearing only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court_house_id: Option<String>,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court_house_code: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court_house_name: Option<String>,
}

/// The next hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NextHearing {
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hearing_id: Option<String>,
    /// When, in UTC.
    pub date_time: String,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court: Option<CourtHouse>,
}

/// An offence with its results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offence {
    /// Code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Wording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Day>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Day>,
    /// Listing number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listing_number: Option<i64>,
    /// Day of conviction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conviction_date: Option<Day>,
    /// Plea.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plea_value: Option<String>,
    /// Day of the plea.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plea_date: Option<Day>,
    /// Verdict, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Legislation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offence_legislation: Option<String>,
    /// Why it is tried where it is, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allocation_decision: Option<String>,
    /// Indicated plea.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicated_plea_value: Option<String>,
    /// Results.
    pub results: Vec<RegisterResult>,
}

/// A result: its answered prompts, in the order of the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterResult {
    /// They.
    pub result_texts: Vec<ResultText>,
}

/// A prompt with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultText {
    /// The prompt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// An application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourtApplication {
    /// Its reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Its type, in words.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its own results.
    pub results: Vec<RegisterResult>,
    /// The offences it touches.
    pub offences: Vec<Offence>,
}
