//! What an amendment puts right beside the results: how a defendant attended, a plea, a
//! verdict, and whether defendants of two cases are one person. It belongs to the amendment until that is shared, and goes with it if it is not.

use super::{Hearing, HearingEvent, amend::none, may_edit};
use crate::{Refusal, case::CaseEvent};
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, Attendance, CaseId, DefendantId, OffenceId};

/// One thing that is put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Whose.
    pub defendant: DefendantId,
    /// Of which offence; none for how they attended.
    pub offence: Option<OffenceId>,
    /// What it said, in words.
    pub was: Option<String>,
    /// What it is to say.
    pub is: Option<String>,
    /// What is recorded once the amendment is shared.
    pub to: Corrected,
}

/// What a correction records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Corrected {
    /// How the defendant attended.
    Attendance {
        /// How.
        attendance: Attendance,
    },
    /// A plea or a verdict, or that there is none; or that somebody is another person.
    Finding {
        /// The case.
        case: CaseId,
        /// What the case records.
        found: Box<CaseEvent>,
    },
}

/// What corrections are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// How the defendant attended.
    Attendance,
    /// A plea.
    Plea,
    /// A verdict.
    Verdict,
    /// Who the defendant is, beside those of other cases.
    Person,
}

/// What several corrections of one thing come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutRight {
    /// What.
    pub subject: Subject,
    /// Whose.
    pub defendant: DefendantId,
    /// Of which offence.
    pub offence: Option<OffenceId>,
    /// What it said before the first.
    pub was: Option<String>,
    /// What it says after the last.
    pub is: Option<String>,
}

impl Correction {
    fn subject(&self) -> Subject {
        match &self.to {
            Corrected::Attendance { .. } => Subject::Attendance,
            Corrected::Finding { found, .. } => match **found {
                CaseEvent::PleaEntered { .. } => Subject::Plea,
                CaseEvent::ToldApart { .. } => Subject::Person,
                _ => Subject::Verdict,
            },
        }
    }

    /// What it records of a case.
    #[must_use]
    pub fn for_case(&self, id: CaseId) -> Option<&CaseEvent> {
        match &self.to {
            Corrected::Finding { case, found } if *case == id => Some(found),
            Corrected::Finding { .. } | Corrected::Attendance { .. } => None,
        }
    }
}

/// What corrections come to, in the order in which each thing was first put right. What was
/// put back to what it was is not among it.
pub fn put_right<'a>(corrections: impl IntoIterator<Item = &'a Correction>) -> Vec<PutRight> {
    let mut all: Vec<PutRight> = Vec::new();
    for own in corrections {
        let of = (own.subject(), own.defendant, own.offence);
        let known = all
            .iter_mut()
            .find(|other| (other.subject, other.defendant, other.offence) == of);
        match known {
            Some(known) => known.is.clone_from(&own.is),
            None => all.push(PutRight {
                subject: of.0,
                defendant: of.1,
                offence: of.2,
                was: own.was.clone(),
                is: own.is.clone(),
            }),
        }
    }
    all.retain(|own| own.was != own.is);
    all
}

impl Hearing {
    /// What the amendment that is being made puts right beside the results.
    #[must_use]
    pub fn corrections(&self) -> &[Correction] {
        self.amendment
            .as_ref()
            .map_or(&[], |amendment| amendment.corrections.as_slice())
    }

    /// The same, with each defendant attending as the amendment says.
    #[must_use]
    pub fn corrected(&self) -> Self {
        let mut hearing = self.clone();
        for own in self.corrections() {
            if let Corrected::Attendance { attendance } = own.to {
                hearing.attended(own.defendant, attendance);
            }
        }
        hearing
    }

    pub(super) fn attended(&mut self, defendant: DefendantId, attendance: Attendance) {
        self.attendance.retain(|(id, _)| *id != defendant);
        self.attendance.push((defendant, attendance));
    }

    /// What sharing the amendment records of the hearing.
    pub(super) fn attendance_put_right(&self) -> impl Iterator<Item = HearingEvent> {
        self.corrections().iter().filter_map(|own| match own.to {
            Corrected::Attendance { attendance } => Some(HearingEvent::AttendanceRecorded {
                defendant_id: own.defendant,
                attendance,
            }),
            Corrected::Finding { .. } => None,
        })
    }
}

/// Decides whether a correction becomes part of the amendment.
///
/// # Errors
/// If nothing is being amended, somebody else amends it, or it waits for approval or has it.
pub fn correct(
    hearing: &Hearing,
    by: AccountId,
    correction: Correction,
) -> Result<Vec<HearingEvent>, Refusal> {
    if hearing.amendment.is_none() {
        return Err(none());
    }
    may_edit(hearing, by, &[])?;
    Ok(vec![HearingEvent::CorrectionProposed { correction }])
}
