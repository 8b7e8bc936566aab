//! A defendant: national numbers, address, bail or custody; then the person.

use super::{
    Found, Looked, ProblemCode, person,
    shape::{is_cro_number, is_pnc_id, is_postcode},
};
use crate::intake::format::{Defendant, Individual};
use vocabulary::{BailStatus, InitiationCode};

pub(super) fn check(looked: Looked<'_>, defendant: &Defendant, found: &mut Found) {
    let details = &defendant.defendant_details;
    let id = Some(details.prosecutor_defendant_id.as_str());
    if let Some(pnc) = details
        .pnc_identifier
        .as_deref()
        .filter(|text| !is_pnc_id(text))
    {
        found.note(ProblemCode::PncInvalid, &[("pncIdentifier", pnc)], id);
    }
    if let Some(cro) = details
        .cro_number
        .as_deref()
        .filter(|text| !is_cro_number(text))
    {
        found.note(ProblemCode::CroInvalid, &[("croNumber", cro)], id);
    }
    if let Some(postcode) = details
        .address
        .postcode
        .as_deref()
        .filter(|text| !is_postcode(text))
    {
        let code = if defendant.individual.is_some() {
            ProblemCode::PersonPostcodeInvalid
        } else {
            ProblemCode::BodyPostcodeInvalid
        };
        found.note(code, &[("postcode", postcode)], id);
    }
    if let Some(individual) = &defendant.individual {
        bail(looked, individual, id, found);
        person::check(looked, individual, id, found);
    }
}

/// A charge says whether the defendant is on bail or in custody; conditional
/// bail without conditions is no order that anybody could keep.
fn bail(looked: Looked<'_>, individual: &Individual, id: Option<&str>, found: &mut Found) {
    let Some(code) = individual.custody_status.as_deref() else {
        if looked.kind == InitiationCode::Charge {
            found.note(
                ProblemCode::CustodyStatusInvalid,
                &[("custodyStatus", "")],
                id,
            );
        }
        return;
    };
    match code.parse::<BailStatus>() {
        Err(_) => found.note(
            ProblemCode::CustodyStatusInvalid,
            &[("custodyStatus", code)],
            id,
        ),
        Ok(BailStatus::Conditional | BailStatus::PreRelease)
            if individual
                .bail_conditions
                .as_deref()
                .is_none_or(|text| text.trim().is_empty()) =>
        {
            found.note(
                ProblemCode::BailConditionsRequired,
                &[("custodyStatus", code)],
                id,
            );
        }
        Ok(_) => {}
    }
}
