//! Results are shared: once per hearing day, and final until amended.

use super::{Hearing, HearingEvent};
use crate::{
    Refusal,
    result::{Finding, JudicialResult, ResultLine},
};
use vocabulary::{Day, HearingState, Severity};

/// What is to be shared.
#[derive(Debug, Clone)]
pub struct Sharing<'a> {
    /// Hearing day.
    pub day: Day,
    /// Lines as typed.
    pub lines: Vec<ResultLine>,
    /// Results that they make.
    pub results: Vec<JudicialResult>,
    /// What the check found.
    pub findings: &'a [Finding],
}

/// Decides whether the results are shared.
///
/// # Errors
/// If they were shared before, the hearing never started, a line concerns
/// somebody who is not before the court, there is no line, or a finding blocks.
pub fn share_results(
    hearing: &Hearing,
    sharing: Sharing<'_>,
) -> Result<Vec<HearingEvent>, Refusal> {
    if hearing.shared.is_some() {
        return Err(Refusal::new(
            "already_shared",
            "The results of this hearing are already shared.",
            "A shared result is changed by amending it, not by sharing again.",
        ));
    }
    if hearing.state == HearingState::Listed {
        return Err(Refusal::new(
            "not_started",
            "The hearing has not started.",
            "Start the hearing, then share its results.",
        ));
    }
    if let Some(line) = sharing
        .lines
        .iter()
        .find(|l| !hearing.concerns(l.defendant))
    {
        return Err(Refusal::new(
            "not_before_the_court",
            format!(
                "Line {} concerns a defendant who is not before the court.",
                line.id
            ),
            "Remove that line.",
        ));
    }
    if sharing.lines.is_empty() {
        return Err(Refusal::new(
            "nothing_to_share",
            "No result has been entered.",
            "Enter a result for each offence.",
        ));
    }
    let blocking = sharing
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Blocks)
        .count();
    if blocking > 0 {
        return Err(Refusal::new(
            "not_ready",
            format!("{blocking} things are missing or wrong; nothing was shared."),
            "See the list beside the results; each leads to its field.",
        ));
    }
    Ok(vec![HearingEvent::ResultsShared {
        day: sharing.day,
        lines: sharing.lines,
        results: sharing.results,
    }])
}
