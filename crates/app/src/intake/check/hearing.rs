//! The first hearing: in a magistrates' court that exists, not before today,
//! and not before the offence.

use super::{Found, Looked, ProblemCode};

pub(super) fn check(looked: Looked<'_>, found: &mut Found) {
    let details = &looked.prosecution.prosecution_submission_details;
    let hearing = &details.hearing_details;
    // Every criminal case begins in a magistrates' court, so the code of a
    // Crown Court is as wrong here as one that nobody has.
    if looked
        .known
        .first_court(&hearing.court_hearing_location)
        .is_none()
    {
        found.note(
            ProblemCode::CourtInvalid,
            &[("courtHearingLocation", &hearing.court_hearing_location)],
            None,
        );
    }
    let day = hearing.date_of_hearing.to_string();
    if hearing.date_of_hearing < looked.today {
        found.note(ProblemCode::HearingInPast, &[("dateOfHearing", &day)], None);
    }
    for defendant in &looked.prosecution.defendants {
        for offence in &defendant.offences {
            let offence = &offence.offence_details;
            if hearing.date_of_hearing < offence.offence_committed_date {
                found.note(
                    ProblemCode::HearingBeforeOffence,
                    &[
                        ("dateOfHearing", &day),
                        (
                            "offenceCommittedDate",
                            &offence.offence_committed_date.to_string(),
                        ),
                        (
                            "offenceSequenceNo",
                            &offence.offence_sequence_no.to_string(),
                        ),
                    ],
                    Some(&defendant.defendant_details.prosecutor_defendant_id),
                );
            }
        }
    }
}
