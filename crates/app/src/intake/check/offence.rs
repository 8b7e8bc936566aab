//! An offence: it exists, was an offence on that day, was charged in time, and
//! its dates, readings and facts go together.

use super::{Found, Looked, ProblemCode};
use crate::intake::{
    format::{Defendant, Offence, OffenceDetails},
    knowledge::OffenceFacts,
};
use vocabulary::{Day, InitiationCode};

/// A summary offence is charged within six months (Magistrates' Courts Act 1980 s.127).
const MONTHS_TO_CHARGE: i64 = 6;

/// Offences of a level above the limit: they cannot be tried without a reading.
const ABOVE_THE_LIMIT: [&str; 2] = ["DR10", "DR40"];

pub(super) fn check(
    looked: Looked<'_>,
    defendant: &Defendant,
    offence: &Offence,
    found: &mut Found,
) {
    let details = &offence.offence_details;
    let id = Some(defendant.defendant_details.prosecutor_defendant_id.as_str());
    match looked.known.offence(&details.cjs_offence_code) {
        None => note(found, ProblemCode::OffenceInvalid, details, id, &[]),
        Some(facts) => {
            in_effect(details, id, found);
            in_time(looked, offence, &facts, id, found);
            reading(details, &facts, id, found);
        }
    }
    dates(looked, offence, id, found);
    back_duty(details, id, found);
    facts_stated(looked, defendant, offence, id, found);
}

/// Notes a problem of this offence: its code and number come first among the values.
fn note(
    found: &mut Found,
    code: ProblemCode,
    details: &OffenceDetails,
    id: Option<&str>,
    more: &[(&str, &str)],
) {
    let number = details.offence_sequence_no.to_string();
    let mut values = vec![
        ("offenceCode", details.cjs_offence_code.as_str()),
        ("offenceSequenceNo", number.as_str()),
    ];
    values.extend_from_slice(more);
    found.note(code, &values, id);
}

/// The published offence data has no start dates, but a code names the year of
/// its Act in its third and fourth signs (`TH68010`: Theft Act 1968): before
/// that year nobody can have committed it. Acts of the nineteenth century share
/// their digits with the twentieth, hence a warning and no error.
fn in_effect(details: &OffenceDetails, id: Option<&str>, found: &mut Found) {
    let committed = i64::from(details.offence_committed_date.0.year());
    let Some(two_digits) = details
        .cjs_offence_code
        .get(2..4)
        .and_then(|digits| digits.parse::<i64>().ok())
    else {
        return;
    };
    // The latest year with these digits that a case of today can name.
    let century = if two_digits <= 49 { 2000 } else { 1900 };
    if committed < century + two_digits {
        let day = details.offence_committed_date.to_string();
        note(
            found,
            ProblemCode::OffenceNotInEffect,
            details,
            id,
            &[("offenceCommittedDate", &day)],
        );
    }
}

/// Six months run from the last day of the offence; the same day of the sixth
/// month is in time. Some summary offences have a longer limit of their own
/// that is not in the published data, hence a warning.
fn in_time(
    looked: Looked<'_>,
    offence: &Offence,
    facts: &OffenceFacts,
    id: Option<&str>,
    found: &mut Found,
) {
    if facts.mode_of_trial != "Summary" {
        return;
    }
    let details = &offence.offence_details;
    let committed = details
        .offence_committed_end_date
        .unwrap_or(details.offence_committed_date);
    // A summons has no charge: the information is laid by sending it.
    let begun = offence.charge_date.unwrap_or(looked.today);
    let last = committed.plus_months(MONTHS_TO_CHARGE);
    if begun > last {
        let overdue = days_between(last, begun).to_string();
        note(
            found,
            ProblemCode::OffenceOutOfTime,
            details,
            id,
            &[("daysOverdue", &overdue)],
        );
    }
}

fn days_between(from: Day, to: Day) -> i32 {
    from.0.until(to.0).map_or(0, |span| span.get_days())
}

fn reading(details: &OffenceDetails, facts: &OffenceFacts, id: Option<&str>, found: &mut Found) {
    match &details.alcohol_related_offence {
        Some(reading) => {
            let method = reading.alcohol_or_drug_level_method.as_str();
            if !["A", "B", "C"].contains(&method) {
                let value = [("alcoholOrDrugLevelMethod", method)];
                note(
                    found,
                    ProblemCode::AlcoholMethodInvalid,
                    details,
                    id,
                    &value,
                );
            }
        }
        None if facts
            .dvla_code
            .as_deref()
            .is_some_and(|code| ABOVE_THE_LIMIT.contains(&code)) =>
        {
            note(found, ProblemCode::AlcoholMethodMissing, details, id, &[]);
            note(found, ProblemCode::AlcoholLevelMissing, details, id, &[]);
        }
        None => {}
    }
}

fn dates(looked: Looked<'_>, offence: &Offence, id: Option<&str>, found: &mut Found) {
    let details = &offence.offence_details;
    let from = details.offence_committed_date;
    // "Between" has two ends, and no period ends before it begins.
    let wrong = match details.offence_committed_end_date {
        None => details.offence_date_code == 4,
        Some(to) => to < from,
    };
    if wrong {
        let code = details.offence_date_code.to_string();
        note(
            found,
            ProblemCode::DateCodeInvalid,
            details,
            id,
            &[("offenceDateCode", &code)],
        );
    }
    if let Some(day) = offence.charge_date.filter(|day| *day > looked.today) {
        let day = day.to_string();
        note(
            found,
            ProblemCode::ChargeDateInFuture,
            details,
            id,
            &[("chargeDate", &day)],
        );
    }
    if let Some(day) = offence.arrest_date.filter(|day| *day > looked.today) {
        let day = day.to_string();
        note(
            found,
            ProblemCode::ArrestDateInFuture,
            details,
            id,
            &[("arrestDate", &day)],
        );
    }
}

fn back_duty(details: &OffenceDetails, id: Option<&str>, found: &mut Found) {
    let range = (details.back_duty_date_from, details.back_duty_date_to);
    let wrong = match range {
        (None, None) => false,
        (Some(from), Some(to)) => to < from,
        _ => true,
    };
    if wrong {
        note(found, ProblemCode::BackDutyRangeInvalid, details, id, &[]);
    }
    if range != (None, None) && details.back_duty.is_none() {
        note(found, ProblemCode::BackDutyAmountMissing, details, id, &[]);
    }
}

/// A summons under the Magistrates' Courts Act (code M) is answered on its
/// statement of facts; whoever wants Welsh documents needs it in Welsh too.
fn facts_stated(
    looked: Looked<'_>,
    defendant: &Defendant,
    offence: &Offence,
    id: Option<&str>,
    found: &mut Found,
) {
    let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    let code = looked
        .prosecution
        .prosecution_submission_details
        .summons_code
        .as_deref();
    let needed = looked.kind == InitiationCode::Summons && code == Some("M");
    if needed && blank(&offence.statement_of_facts) {
        note(
            found,
            ProblemCode::FactsRequired,
            &offence.offence_details,
            id,
            &[],
        );
    }
    let welsh = defendant.defendant_details.documentation_language == "W";
    if welsh && !blank(&offence.statement_of_facts) && blank(&offence.statement_of_facts_welsh) {
        note(
            found,
            ProblemCode::FactsWelshRequired,
            &offence.offence_details,
            id,
            &[],
        );
    }
}
