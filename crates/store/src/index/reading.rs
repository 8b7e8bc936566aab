//! Who has read what, for the marks in the lists; who took a day on, and what was left. The readings themselves,
//! with the policy that allowed each, are in the ledger.

use super::tables::{DAY_OWNERS, DOCUMENTS_READ, MATERIALS_READ, OPENINGS, WORDS_LEFT};
use crate::rows::{Rows, Value};
use domain::{
    Recorded,
    reading::{GlassOpening, ReadingEvent},
};
use sha2::{Digest, Sha256};
use vocabulary::Instant;

/// Puts the mark that a reading leaves; a machine's reading leaves none.
pub(super) fn apply(rows: &mut Rows, recorded: &Recorded, event: &ReadingEvent) {
    let Some(account) = recorded.by.account() else {
        return;
    };
    match event {
        ReadingEvent::CaseViewed { .. }
        | ReadingEvent::CaseSearched { .. }
        | ReadingEvent::CaseFound { .. }
        | ReadingEvent::AuditRead { .. }
        | ReadingEvent::Refused { .. }
        | ReadingEvent::SignIn { .. }
        | ReadingEvent::Asked { .. }
        | ReadingEvent::LooksUsedUp { .. }
        | ReadingEvent::DocumentVerified { .. }
        | ReadingEvent::SubmissionRead { .. }
        | ReadingEvent::PrintoutMade { .. } => {}
        ReadingEvent::WordsLeft { shown: false, .. } => {}
        ReadingEvent::WordsLeft {
            hearing_id,
            cases,
            words,
            ..
        } => {
            let sha256 = hex::encode(Sha256::digest(words.as_bytes()));
            let cases = cases.iter().map(Value::text);
            for about in std::iter::once(Value::text(hearing_id)).chain(cases) {
                rows.put(
                    &WORDS_LEFT,
                    vec![
                        about,
                        Value::text(account),
                        sha256.as_str().into(),
                        recorded.by.name().into(),
                        recorded.at.micros().into(),
                        words.as_str().into(),
                    ],
                );
            }
        }
        // The stream is the court's.
        ReadingEvent::DayTaken { day, .. } => rows.put(
            &DAY_OWNERS,
            vec![
                Value::text(day),
                Value::text(recorded.stream.id),
                Value::text(account),
                recorded.by.name().into(),
                recorded.at.micros().into(),
            ],
        ),
        ReadingEvent::GlassBroken { opening, .. }
        | ReadingEvent::AreaReasonGiven { opening, .. }
        | ReadingEvent::SensitivityLifted { opening, .. } => put_opening(rows, opening, None),
        ReadingEvent::OpeningReviewed {
            opening,
            by,
            justified,
            note,
        } => {
            let found = if *justified {
                "Justified"
            } else {
                "Not justified"
            };
            let outcome = format!("{found}: {note}");
            let review = (recorded.at, by.as_str(), outcome, *justified);
            put_opening(rows, opening, Some(review));
        }
        ReadingEvent::MaterialRead {
            case_id,
            material_id,
            ..
        } => {
            rows.put(
                &MATERIALS_READ,
                vec![
                    Value::text(account),
                    Value::text(material_id),
                    Value::text(case_id),
                    recorded.at.micros().into(),
                ],
            );
        }
        ReadingEvent::DocumentRead { document_id, .. } => {
            rows.put(
                &DOCUMENTS_READ,
                vec![
                    Value::text(account),
                    Value::text(document_id),
                    recorded.at.micros().into(),
                ],
            );
        }
    }
}

fn put_opening(
    rows: &mut Rows,
    opening: &GlassOpening,
    review: Option<(Instant, &str, String, bool)>,
) {
    let (at, by, outcome, wrong) = match review {
        Some((at, by, outcome, justified)) => {
            (Some(at.micros()), Some(by), Some(outcome), !justified)
        }
        None => (None, None, None, false),
    };
    rows.put(
        &OPENINGS,
        vec![
            Value::text(opening.id),
            Value::text(opening.case_id),
            Value::text(opening.account),
            opening.name.as_str().into(),
            opening.reason.as_str().into(),
            opening.at.micros().into(),
            Value::Int(at),
            Value::maybe(by),
            Value::maybe(outcome),
            opening.kind.as_str().into(),
            opening.until().micros().into(),
            wrong.into(),
        ],
    );
}
