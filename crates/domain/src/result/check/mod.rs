//! What stands between typed results and sharing them. Each rule is one small
//! function with its source; which results it speaks of, and whether it blocks
//! or warns, comes from data.

mod absent;
mod ages;
mod answers;
mod children;
mod contradictions;
mod custody;
mod dates;
mod default_terms;
mod driving;
mod magistrates;
mod mistaken;
mod money;
mod notification;
mod proposal;
mod published;
mod remand;
mod requirements;
mod sheet;
mod standing;
mod surcharge;
mod youth;

pub use proposal::{Proposal, proposals};
pub use remand::{RunningLimit, running_limit};

use super::{Held, ResultCatalogue, ResultLine, SetLimit};
use serde::{Deserialize, Serialize};
use sheet::{Found, Sheet, same_target};
use vocabulary::{Attendance, Day, DefendantId, Jurisdiction, OffenceId, ResultLineId, Severity};

/// A defendant of the hearing, as far as the rules look at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefendantInHearing {
    /// Who.
    pub id: DefendantId,
    /// Who the same person is in the first of their cases before the court; of one case their own.
    pub person: DefendantId,
    /// As the messages name them.
    pub name: String,
    /// Day of birth, if known.
    pub date_of_birth: Option<Day>,
    /// A company or other body.
    pub organisation: bool,
    /// The driver number on record.
    pub driver_number: Option<String>,
    /// How they attend today, if it is recorded.
    pub attendance: Option<Attendance>,
    /// The times in custody before this hearing, in order.
    pub held: Vec<Held>,
}

/// An offence of the hearing, as far as the rules look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceInHearing {
    /// Which.
    pub id: OffenceId,
    /// Whose.
    pub defendant: DefendantId,
    /// Its code.
    pub code: String,
    /// As the messages name it.
    pub title: String,
    /// When it was committed (the first day).
    pub committed_on: Option<Day>,
    /// The last day, of a period.
    pub committed_to: Option<Day>,
    /// The longest penalty, as the offence data writes it.
    pub max_penalty: Option<String>,
    /// `Summary`, `Either Way`, `Indictable`.
    pub mode_of_trial: String,
    /// The plea value, `GUILTY`, `NOT_GUILTY` …
    pub plea: Option<String>,
    /// The day of the plea.
    pub plea_on: Option<Day>,
    /// The day on which it was sent to the Crown Court, before this hearing.
    pub sent_on: Option<Day>,
    /// The custody time limit that an earlier hearing set last, of whichever stage.
    pub time_limit: Option<SetLimit>,
    /// The category type of the verdict, `GUILTY` …
    pub verdict: Option<String>,
    /// The day of conviction, if there is one already.
    pub convicted_on: Option<Day>,
    /// Disposed of on an earlier day: needs no result today.
    pub already_disposed: bool,
}

/// The hearing day that is being resulted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HearingFacts {
    /// The day.
    pub day: Day,
    /// Which court.
    pub jurisdiction: Jurisdiction,
    /// Its defendants.
    pub defendants: Vec<DefendantInHearing>,
    /// Its offences.
    pub offences: Vec<OffenceInHearing>,
}

/// Something to put right, or to know, before sharing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The line it is about.
    pub line: Option<ResultLineId>,
    /// The defendant it is about.
    pub defendant: DefendantId,
    /// The offence it is about.
    pub offence: Option<OffenceId>,
    /// Blocks or warns.
    pub severity: Severity,
    /// The rule.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The key of the answer to correct.
    pub field: Option<String>,
    /// What the rule rests on: the Act and section, where the catalogue names it.
    pub source: Option<String>,
}

/// Everything that is missing, contradictory or worth a second look, blocking
/// findings first.
#[must_use]
pub fn check(
    catalogue: &ResultCatalogue,
    lines: &[ResultLine],
    hearing: &HearingFacts,
) -> Vec<Finding> {
    let mut sheet = Sheet::new(catalogue, lines, hearing);
    answers::check(&mut sheet);
    children::check(&mut sheet);
    standing::check(&mut sheet);
    contradictions::check(&mut sheet);
    mistaken::check(&mut sheet);
    dates::check(&mut sheet);
    ages::check(&mut sheet);
    absent::check(&mut sheet);
    custody::check(&mut sheet);
    magistrates::check(&mut sheet);
    requirements::check(&mut sheet);
    youth::check(&mut sheet);
    money::check(&mut sheet);
    default_terms::check(&mut sheet);
    notification::check(&mut sheet);
    driving::check(&mut sheet);
    published::check(&mut sheet);
    remand::check(&mut sheet);
    surcharge::check(&mut sheet);
    let mut findings = sheet.findings;
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// May these results be shared?
#[must_use]
pub fn shareable(findings: &[Finding]) -> bool {
    findings
        .iter()
        .all(|finding| finding.severity != Severity::Blocks)
}
