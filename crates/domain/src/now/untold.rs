//! Results of which somebody who has to act on them gets no document: it is said before sharing
//! who is to be told by the court itself. Which these are is data. It never blocks: the order
//! stands, and a telephone call carries it.

use super::ResultRef;
use crate::result::{Finding, JudicialResult};
use vocabulary::Severity;

/// Results of which this service does not tell everybody, and who must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The results.
    pub results: Vec<ResultRef>,
    /// Whom the court tells itself, in a sentence: `the other court`.
    pub whom: String,
}

/// What is to be said of these results, each once for a defendant.
#[must_use]
pub fn untold_results(untold: &[Untold], results: &[JudicialResult]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for result in results {
        let named = |own: &&Untold| own.results.iter().any(|one| one.names(result));
        let Some(own) = untold.iter().find(named) else {
            continue;
        };
        let message = format!(
            "Not everybody who must act on \u{201c}{}\u{201d} is told by this service.",
            result.label
        );
        let said = |f: &Finding| (f.defendant, &f.message) == (result.defendant, &message);
        if !findings.iter().any(said) {
            findings.push(Finding {
                line: Some(result.line),
                defendant: result.defendant,
                offence: result.offence,
                severity: Severity::Warns,
                code: "not_everybody_is_told".to_owned(),
                message,
                hint: format!("Tell {} yourself.", own.whom),
                field: None,
                source: None,
            });
        }
    }
    findings
}
