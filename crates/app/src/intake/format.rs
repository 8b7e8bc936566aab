//! The published format of a charge, requisition or summons case, as we read
//! it: one set of shapes for the three, told apart by what only one of them
//! has. Shape only; whether what it says can be is asked in `check`.

use contract::{Code, Problem};
use serde::Deserialize;
use serde_json::Value;
use vocabulary::{Day, InitiationCode};

/// A submission.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prosecution {
    /// About the case.
    pub prosecution_submission_details: Details,
    /// Defendants, at least one.
    pub defendants: Vec<Defendant>,
}

/// About the case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Details {
    /// Case reference.
    pub urn: String,
    /// OU code of who prosecutes.
    pub prosecuting_authority: String,
    /// Informant.
    pub informant: Option<String>,
    /// Markers, with spaces between.
    pub case_marker: Option<String>,
    /// First hearing.
    pub hearing_details: HearingDetails,
    /// Requisition only: when the written charge was posted.
    pub written_charge_posting_date: Option<Day>,
    /// Summons only: what kind.
    pub summons_code: Option<String>,
}

/// First hearing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HearingDetails {
    /// OU code of the court house.
    pub court_hearing_location: String,
    /// Day.
    pub date_of_hearing: Day,
    /// Clock in court, `10:00` or `10:00:00.000`.
    pub time_of_hearing: String,
}

/// A defendant: a person or a body, never both.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Defendant {
    /// What persons and bodies share.
    pub defendant_details: DefendantDetails,
    /// A person.
    pub individual: Option<Box<Individual>>,
    /// A body.
    pub organisation: Option<Body>,
    /// Offences, at least one.
    pub offences: Vec<Offence>,
}

/// What persons and bodies share.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DefendantDetails {
    /// The prosecutor's own reference.
    pub prosecutor_defendant_id: String,
    /// Arrest summons number.
    pub asn: Option<String>,
    /// Police National Computer id.
    pub pnc_identifier: Option<String>,
    /// Criminal Records Office number.
    pub cro_number: Option<String>,
    /// `E` or `W`.
    pub documentation_language: String,
    /// `E` or `W`.
    pub hearing_language: String,
    /// Address.
    pub address: Address,
    /// Previous convictions cited.
    pub num_previous_convictions: Option<i64>,
    /// Costs claimed.
    pub prosecutor_costs: Option<String>,
}

/// An address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Address {
    /// First line.
    pub address1: String,
    /// Second line.
    pub address2: Option<String>,
    /// Third line.
    pub address3: Option<String>,
    /// Fourth line.
    pub address4: Option<String>,
    /// Fifth line.
    pub address5: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Individual {
    /// Name.
    pub name_details: Name,
    /// Telephone and e-mail.
    pub contact_details: Option<Contact>,
    /// Nationality, three letters.
    pub nationality: Option<String>,
    /// Second nationality.
    pub additional_nationality: Option<String>,
    /// Date of birth.
    pub date_of_birth: Option<Day>,
    /// 0, 1, 2 or 9.
    pub gender: u8,
    /// Occupation.
    pub occupation: Option<String>,
    /// Occupation code.
    pub occupation_code: Option<i64>,
    /// As an officer saw it; charge only.
    pub observed_ethnicity: Option<u32>,
    /// As the person says.
    pub ethnicity: Option<String>,
    /// Driver number.
    pub driver_number: Option<String>,
    /// National Insurance number.
    pub national_insurance_number: Option<String>,
    /// Parent or guardian.
    pub parent_guardian: Option<ParentGuardian>,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<Name>,
    /// Interpreter and other language needs.
    pub language_requirement: Option<String>,
    /// Other needs.
    pub specific_requirements: Option<String>,
    /// Bail or custody; charge only.
    pub custody_status: Option<String>,
    /// Bail conditions; charge only.
    pub bail_conditions: Option<String>,
}

/// A name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Name {
    /// Title.
    pub title: Option<String>,
    /// First forename; a parent or guardian may have none.
    pub forename: Option<String>,
    /// Second forename.
    pub forename2: Option<String>,
    /// Third forename.
    pub forename3: Option<String>,
    /// Surname.
    pub surname: String,
}

/// Telephone and e-mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contact {
    /// At work.
    pub work_telephone_number: Option<String>,
    /// At home.
    pub home_telephone_number: Option<String>,
    /// Mobile.
    pub mobile_telephone_number: Option<String>,
    /// First e-mail address.
    pub primary_email: Option<String>,
    /// Second e-mail address.
    pub secondary_email: Option<String>,
}

/// A parent or guardian: a person or a body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ParentGuardian {
    /// A person.
    pub individual: Option<Guardian>,
    /// A body, such as a local authority.
    pub organisation: Option<Body>,
    /// Address.
    pub address: Address,
}

/// A parent or guardian who is a person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Guardian {
    /// Name.
    pub name_details: Name,
    /// Telephone and e-mail.
    pub contact_details: Option<Contact>,
    /// Date of birth.
    pub date_of_birth: Option<Day>,
    /// 0, 1, 2 or 9.
    pub gender: u8,
    /// As an officer saw it.
    pub observed_ethnicity: Option<u32>,
    /// As the person says.
    pub self_defined_ethnicity: Option<String>,
}

/// A body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Body {
    /// Name.
    pub organisation_name: String,
    /// Telephone.
    pub company_telephone_number: Option<String>,
    /// Other names.
    #[serde(default)]
    pub alias_organisation_names: Vec<String>,
}

/// An offence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Offence {
    /// What.
    pub offence_details: OffenceDetails,
    /// Charge and requisition: when charged.
    pub charge_date: Option<Day>,
    /// Charge only: when arrested.
    pub arrest_date: Option<Day>,
    /// Requisition and summons.
    pub statement_of_facts: Option<String>,
    /// The same in Welsh.
    pub statement_of_facts_welsh: Option<String>,
}

/// What is charged.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OffenceDetails {
    /// CJS offence code.
    pub cjs_offence_code: String,
    /// Number on the charge sheet.
    pub offence_sequence_no: u32,
    /// First or only day.
    pub offence_committed_date: Day,
    /// Last day of a period.
    pub offence_committed_end_date: Option<Day>,
    /// How the day is meant, 1 to 6.
    pub offence_date_code: u8,
    /// Where.
    pub offence_location: Option<String>,
    /// Reading of alcohol or drugs.
    pub alcohol_related_offence: Option<Reading>,
    /// Wording.
    pub offence_wording: String,
    /// Wording in Welsh.
    pub offence_wording_welsh: Option<String>,
    /// Compensation claimed.
    pub prosecutor_compensation: Option<String>,
    /// Back duty.
    pub back_duty: Option<String>,
    /// From.
    pub back_duty_date_from: Option<Day>,
    /// To.
    pub back_duty_date_to: Option<Day>,
    /// Make of the vehicle.
    pub vehicle_make: Option<String>,
    /// Registration mark.
    pub vehicle_registration_mark: Option<String>,
}

/// A reading of alcohol or drugs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reading {
    /// `A` blood, `B` breath, `C` urine.
    pub alcohol_or_drug_level_method: String,
    /// How much.
    pub alcohol_or_drug_level_amount: u32,
}

/// Which of the three formats a body is in, by what only one of them has:
/// a posting date makes a requisition, a summons code a summons, an arrest
/// date a charge. None if it is none of them.
#[must_use]
pub fn told_apart(body: &Value) -> Option<InitiationCode> {
    let details = body.get("prosecutionSubmissionDetails")?;
    if details.get("writtenChargePostingDate").is_some() {
        return Some(InitiationCode::Requisition);
    }
    if details.get("summonsCode").is_some() {
        return Some(InitiationCode::Summons);
    }
    let charged = |offence: &Value| {
        offence.get("chargeDate").is_some() && offence.get("arrestDate").is_some()
    };
    body.get("defendants")?
        .as_array()?
        .iter()
        .filter_map(|defendant| defendant.get("offences")?.as_array())
        .flatten()
        .any(charged)
        .then_some(InitiationCode::Charge)
}

/// Reads a body.
///
/// # Errors
/// If it is no JSON, in none of the three formats, or not shaped as its format asks.
pub fn read(body: &[u8]) -> Result<(InitiationCode, Prosecution), Problem> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| not_in_format().because(format!("It is not JSON: {error}.")))?;
    let kind = told_apart(&value).ok_or_else(|| {
        not_in_format().because(
            "It has neither charge and arrest dates (a charge), nor a posting date (a requisition), nor a summons code (a summons).",
        )
    })?;
    let prosecution: Prosecution = serde_json::from_value(value)
        .map_err(|error| not_in_format().because(format!("{error}.")))?;
    Ok((kind, prosecution))
}

/// The one sentence for a body that cannot be read.
#[must_use]
pub fn not_in_format() -> Problem {
    Problem::new(
        Code::BadRequest,
        "The submission is not in the published format.",
        "Correct what is listed and send it again. Nothing was recorded.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_three_formats_are_told_apart_by_what_only_one_of_them_has() {
        let requisition =
            json!({"prosecutionSubmissionDetails": {"writtenChargePostingDate": "2026-01-01"}});
        assert_eq!(told_apart(&requisition), Some(InitiationCode::Requisition));
        let summons = json!({"prosecutionSubmissionDetails": {"summonsCode": "M"}});
        assert_eq!(told_apart(&summons), Some(InitiationCode::Summons));
        let charge = json!({
            "prosecutionSubmissionDetails": {},
            "defendants": [{"offences": [{"chargeDate": "2026-01-01", "arrestDate": "2026-01-01"}]}],
        });
        assert_eq!(told_apart(&charge), Some(InitiationCode::Charge));
        let none = json!({
            "prosecutionSubmissionDetails": {},
            "defendants": [{"offences": [{"chargeDate": "2026-01-01"}]}],
        });
        assert_eq!(told_apart(&none), None);
    }

    #[test]
    fn what_is_no_json_is_answered_with_a_sentence() {
        let problem = read(b"{").unwrap_err();
        assert_eq!(problem.code, Code::BadRequest);
        assert!(problem.detail.contains("not JSON"));
    }
}
