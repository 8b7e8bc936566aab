//! Who has read what, for the marks in the lists. The readings themselves,
//! with the policy that allowed each, are in the ledger.

use super::tables::{DOCUMENTS_READ, MATERIALS_READ};
use crate::rows::{Rows, Value};
use domain::{Recorded, reading::ReadingEvent};

/// Puts the mark that a reading leaves; a machine's reading leaves none.
pub(super) fn apply(rows: &mut Rows, recorded: &Recorded, event: &ReadingEvent) {
    let Some(account) = recorded.by.account() else {
        return;
    };
    match event {
        ReadingEvent::CaseViewed { .. } | ReadingEvent::PrintoutMade { .. } => {}
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
