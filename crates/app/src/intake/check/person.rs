//! A person: date of birth, nationality, ethnicity, e-mail; the same of a
//! parent or guardian, under codes of their own.

use super::{
    Found, Looked, ProblemCode,
    shape::{is_email, is_postcode},
};
use crate::intake::format::{Contact, Individual, ParentGuardian};
use vocabulary::Day;

/// Observed ethnicity runs from 0 (not recorded) to 6 (police identity codes).
const LAST_OBSERVED_ETHNICITY: u32 = 6;

pub(super) fn check(looked: Looked<'_>, person: &Individual, id: Option<&str>, found: &mut Found) {
    match person.date_of_birth {
        None => found.note(ProblemCode::BirthNotPresent, &[], id),
        Some(day) => born(looked, day, ProblemCode::BirthInFuture, id, found),
    }
    nationality(
        person.nationality.as_deref(),
        ProblemCode::NationalityInvalid,
        id,
        found,
    );
    nationality(
        person.additional_nationality.as_deref(),
        ProblemCode::SecondNationalityInvalid,
        id,
        found,
    );
    observed(
        person.observed_ethnicity,
        ProblemCode::ObservedEthnicityInvalid,
        id,
        found,
    );
    let ethnicity = person.ethnicity.as_deref();
    defined(looked, ethnicity, ProblemCode::EthnicityInvalid, id, found);
    let codes = (ProblemCode::EmailInvalid, ProblemCode::SecondEmailInvalid);
    emails(person.contact_details.as_ref(), codes, id, found);
    if let Some(guardian) = &person.parent_guardian {
        parent_guardian(looked, guardian, id, found);
    }
}

fn parent_guardian(
    looked: Looked<'_>,
    guardian: &ParentGuardian,
    id: Option<&str>,
    found: &mut Found,
) {
    if let Some(postcode) = guardian
        .address
        .postcode
        .as_deref()
        .filter(|text| !is_postcode(text))
    {
        found.note(
            ProblemCode::GuardianPostcodeInvalid,
            &[("postcode", postcode)],
            id,
        );
    }
    let Some(person) = &guardian.individual else {
        return;
    };
    if let Some(day) = person.date_of_birth {
        born(looked, day, ProblemCode::GuardianBirthInFuture, id, found);
    }
    observed(
        person.observed_ethnicity,
        ProblemCode::GuardianObservedEthnicityInvalid,
        id,
        found,
    );
    let ethnicity = person.self_defined_ethnicity.as_deref();
    defined(
        looked,
        ethnicity,
        ProblemCode::GuardianEthnicityInvalid,
        id,
        found,
    );
    let codes = (
        ProblemCode::GuardianEmailInvalid,
        ProblemCode::GuardianSecondEmailInvalid,
    );
    emails(person.contact_details.as_ref(), codes, id, found);
}

fn born(looked: Looked<'_>, day: Day, code: ProblemCode, id: Option<&str>, found: &mut Found) {
    if day > looked.today {
        found.note(code, &[("dateOfBirth", &day.to_string())], id);
    }
}

fn nationality(text: Option<&str>, code: ProblemCode, id: Option<&str>, found: &mut Found) {
    if let Some(text) = text
        && !(text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()))
    {
        found.note(code, &[("nationality", text)], id);
    }
}

fn observed(number: Option<u32>, code: ProblemCode, id: Option<&str>, found: &mut Found) {
    if let Some(number) = number.filter(|number| *number > LAST_OBSERVED_ETHNICITY) {
        found.note(code, &[("observedEthnicity", &number.to_string())], id);
    }
}

fn defined(
    looked: Looked<'_>,
    text: Option<&str>,
    code: ProblemCode,
    id: Option<&str>,
    found: &mut Found,
) {
    if let Some(text) = text.filter(|text| !looked.known.listed("selfDefinedEthnicity", text)) {
        found.note(code, &[("ethnicity", text)], id);
    }
}

fn emails(
    contact: Option<&Contact>,
    (first, second): (ProblemCode, ProblemCode),
    id: Option<&str>,
    found: &mut Found,
) {
    let Some(contact) = contact else {
        return;
    };
    let wrong = |text: &&str| !is_email(text);
    if let Some(text) = contact.primary_email.as_deref().filter(wrong) {
        found.note(first, &[("primaryEmail", text)], id);
    }
    if let Some(text) = contact.secondary_email.as_deref().filter(wrong) {
        found.note(second, &[("secondaryEmail", text)], id);
    }
}

/// Whether an e-mail address may be kept: one that was warned about is left
/// out of the record, so that nothing is ever sent to it.
pub(in crate::intake) fn usable_email(text: &str) -> bool {
    is_email(text)
}
