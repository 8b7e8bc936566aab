//! The published problem codes that intake uses, and which of them stop a case.
//!
//! The principle: what the court cannot do without, or what would put the wrong
//! person, offence or day on the record, is an error and stops the case. What
//! is secondary (contact details, nationality, ethnicity, national numbers,
//! anything derived from reference data that is not complete) is a warning.
//! Of the 80 published codes the others belong to single justice procedure
//! cases, civil groups, applications, materials or the police XML route, or
//! need reference data that is not published (generic offences, offences that
//! need a place, days on which a court does not sit).

use domain::submission::SubmissionProblem;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal $weight:ident),* $(,)?) => {
        /// A published problem code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ProblemCode { $($(#[$doc])* $variant,)* }

        impl ProblemCode {
            /// Every code that intake uses.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as published.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Whether it stops the case.
            #[must_use]
            pub const fn stops(self) -> bool {
                match self { $(Self::$variant => codes!(@$weight),)* }
            }
        }
    };
    (@error) => { true };
    (@warning) => { false };
}

codes! {
    /// A reading is called for by the offence and was not given.
    AlcoholLevelMissing = "ALCOHOL_DRUG_LEVEL_AMOUNT_MISSING" warning,
    /// The method of a reading is unknown.
    AlcoholMethodInvalid = "ALCOHOL_DRUG_LEVEL_METHOD_INVALID" error,
    /// The method of a reading that is called for was not given.
    AlcoholMethodMissing = "ALCOHOL_DRUG_LEVEL_METHOD_MISSING" warning,
    /// Arrested tomorrow.
    ArrestDateInFuture = "ARREST_DATE_IN_FUTURE" error,
    /// A back duty period without an amount.
    BackDutyAmountMissing = "BACK_DUTY_AMOUNT_MISSING" warning,
    /// A back duty period that has one end only, or ends before it begins.
    BackDutyRangeInvalid = "BACK_DUTY_DATE_RANGE_INVALID" warning,
    /// Conditional bail without conditions.
    BailConditionsRequired = "BAIL_CONDITIONS_REQUIRED" error,
    /// An unknown case marker.
    MarkerInvalid = "CASE_MARKER_IS_INVALID" warning,
    /// Charged tomorrow.
    ChargeDateInFuture = "CHARGE_DATE_IN_FUTURE" error,
    /// No magistrates' court has this OU code.
    CourtInvalid = "COURT_HEARING_LOCATION_OUCODE_INVALID" error,
    /// Heard before it was committed.
    HearingBeforeOffence = "DATE_OF_HEARING_EARLIER_THAN_OFFENCE_COMMITTED_DATE" error,
    /// The first hearing has passed.
    HearingInPast = "DATE_OF_HEARING_IN_THE_PAST" error,
    /// The second nationality is no nationality code.
    SecondNationalityInvalid = "DEFENDANT_ADDITIONAL_NATIONALITY_INVALID" warning,
    /// An unknown custody status.
    CustodyStatusInvalid = "DEFENDANT_CUSTODY_STATUS_INVALID" error,
    /// Born tomorrow.
    BirthInFuture = "DEFENDANT_DOB_IN_FUTURE" error,
    /// A person without a date of birth.
    BirthNotPresent = "DEFENDANT_DOB_NOT_PRESENT" warning,
    /// A defendant without the prosecutor's reference.
    DefendantIdRequired = "DEFENDANT_ID_REQUIRED" error,
    /// The nationality is no nationality code.
    NationalityInvalid = "DEFENDANT_NATIONALITY_INVALID" warning,
    /// An unknown observed ethnicity.
    ObservedEthnicityInvalid = "DEFENDANT_OBSERVED_ETHNICITY_INVALID" warning,
    /// A parent or guardian born tomorrow.
    GuardianBirthInFuture = "DEFENDANT_PARENT_GUARDIAN_DATE_OF_BIRTH_IN_FUTURE" warning,
    /// A parent's or guardian's unknown observed ethnicity.
    GuardianObservedEthnicityInvalid = "DEFENDANT_PARENT_GUARDIAN_OBSERVED_ETHNICITY_INVALID" warning,
    /// A parent's or guardian's first e-mail address is none.
    GuardianEmailInvalid = "DEFENDANT_PARENT_GUARDIAN_PRIMARY_EMAIL_ADDRESS_INVALID" warning,
    /// A parent's or guardian's second e-mail address is none.
    GuardianSecondEmailInvalid = "DEFENDANT_PARENT_GUARDIAN_SECONDARY_EMAIL_ADDRESS_INVALID" warning,
    /// A parent's or guardian's unknown self-defined ethnicity.
    GuardianEthnicityInvalid = "DEFENDANT_PARENT_GUARDIAN_SELF_DEFINED_ETHNICITY_INVALID" warning,
    /// The first e-mail address is none.
    EmailInvalid = "DEFENDANT_PRIMARY_EMAIL_ADDRESS_INVALID" warning,
    /// The second e-mail address is none.
    SecondEmailInvalid = "DEFENDANT_SECONDARY_EMAIL_ADDRESS_INVALID" warning,
    /// An unknown self-defined ethnicity.
    EthnicityInvalid = "DEFENDANT_SELF_DEFINED_ETHNICITY_INVALID" warning,
    /// The reference belongs to another case.
    DuplicateProsecution = "DUPLICATED_PROSECUTION" error,
    /// Two defendants with one reference.
    DuplicateDefendant = "DUPLICATE_DEFENDANT" error,
    /// Whoever sends is not known.
    SenderNotRecognised = "HEADER_OUCODE_NOT_RECOGNISED" error,
    /// The CRO number is not of its form.
    CroInvalid = "INVALID_CRO_NUMBER" warning,
    /// The person's postcode is none.
    PersonPostcodeInvalid = "INVALID_DEFENDANT_INDIVIDUAL_POST_CODE" warning,
    /// The body's postcode is none.
    BodyPostcodeInvalid = "INVALID_DEFENDANT_POST_CODE" warning,
    /// The parent's or guardian's postcode is none.
    GuardianPostcodeInvalid = "INVALID_GUARDIAN_POST_CODE" warning,
    /// The PNC id is not of its form.
    PncInvalid = "INVALID_PNC_ID" warning,
    /// No such offence.
    OffenceInvalid = "OFFENCE_CODE_IS_INVALID" error,
    /// The date code and the dates do not go together.
    DateCodeInvalid = "OFFENCE_DATE_CODE_IS_INVALID" error,
    /// Committed before the Act.
    OffenceNotInEffect = "OFFENCE_NOT_IN_EFFECT_ON_OFFENCE_COMMITTED_DATE" warning,
    /// Begun later than six months after a summary offence.
    OffenceOutOfTime = "OFFENCE_OUT_OF_TIME" warning,
    /// Whoever prosecutes is not known, or is not who sends.
    ProsecutorNotRecognised = "PROSECUTOR_OUCODE_NOT_RECOGNISED" error,
    /// A summons under the Magistrates' Courts Act without facts.
    FactsRequired = "STATEMENT_OF_FACTS_REQUIRED" error,
    /// Facts in English only, for somebody who wants Welsh.
    FactsWelshRequired = "STATEMENT_OF_FACTS_WELSH_REQUIRED" warning,
    /// An unknown summons code.
    SummonsCodeInvalid = "SUMMONS_CODE_INVALID" error,
}

/// What the checks found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// What stops the case.
    pub errors: Vec<SubmissionProblem>,
    /// What deserves a look.
    pub warnings: Vec<SubmissionProblem>,
}

impl Found {
    /// Notes a problem; `defendant` is the prosecutor's reference, none means the case.
    pub fn note(&mut self, code: ProblemCode, values: &[(&str, &str)], defendant: Option<&str>) {
        let problem = SubmissionProblem {
            code: code.as_str().to_owned(),
            values: values
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            defendant: defendant.map(str::to_owned),
        };
        if code.stops() {
            self.errors.push(problem);
        } else {
            self.warnings.push(problem);
        }
    }

    /// Whether a code was found.
    #[cfg(test)]
    pub fn has(&self, code: ProblemCode) -> bool {
        self.errors
            .iter()
            .chain(&self.warnings)
            .any(|problem| problem.code == code.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_a_published_one() {
        let published = include_str!("../../../../reference/case_problem_codes.csv");
        let published: Vec<&str> = published
            .lines()
            .filter_map(|line| line.split(',').next())
            .collect();
        for code in ProblemCode::ALL {
            assert!(published.contains(&code.as_str()), "{code:?}");
        }
    }
}
