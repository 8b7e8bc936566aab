//! What stands between typed results and sharing them. Each rule is one small
//! function with its source; which results it speaks of, and whether it blocks
//! or warns, comes from data.

mod answers;
mod children;
mod contradictions;
mod custody;
mod dates;
mod published;
mod standing;
mod surcharge;

use super::{CheckRule, Node, ResultCatalogue, ResultDefinition, ResultLine, Tree};
use serde::{Deserialize, Serialize};
use vocabulary::{Day, DefendantId, Jurisdiction, OffenceId, ResultLineId, Severity};

/// A defendant of the hearing, as far as the rules look at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefendantInHearing {
    /// Who.
    pub id: DefendantId,
    /// As the messages name them.
    pub name: String,
    /// Day of birth, if known.
    pub date_of_birth: Option<Day>,
    /// A company or other body.
    pub organisation: bool,
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
    /// `Summary`, `Either Way`, `Indictable`.
    pub mode_of_trial: String,
    /// The plea value, `GUILTY`, `NOT_GUILTY` …
    pub plea: Option<String>,
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
}

/// Everything that is missing, contradictory or worth a second look, blocking
/// findings first.
#[must_use]
pub fn check(
    catalogue: &ResultCatalogue,
    lines: &[ResultLine],
    hearing: &HearingFacts,
) -> Vec<Finding> {
    let mut sheet = Sheet {
        catalogue,
        hearing,
        tree: Tree::new(catalogue, lines, hearing.day),
        findings: Vec::new(),
    };
    answers::check(&mut sheet);
    children::check(&mut sheet);
    standing::check(&mut sheet);
    contradictions::check(&mut sheet);
    dates::check(&mut sheet);
    custody::check(&mut sheet);
    published::check(&mut sheet);
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

/// The lines in their places, and what was found so far.
struct Sheet<'a> {
    catalogue: &'a ResultCatalogue,
    hearing: &'a HearingFacts,
    tree: Tree<'a>,
    findings: Vec<Finding>,
}

/// A finding in the making: severity, rule, sentence and next step.
struct Found<'a> {
    severity: Severity,
    code: &'a str,
    message: String,
    hint: String,
    field: Option<String>,
}

impl<'a> Sheet<'a> {
    /// Records a finding about a line, once.
    fn on_line(&mut self, line: &ResultLine, found: Found<'_>) {
        let finding = Finding {
            line: Some(line.id),
            defendant: line.defendant,
            offence: line.offence,
            severity: found.severity,
            code: found.code.to_owned(),
            message: found.message,
            hint: found.hint,
            field: found.field,
        };
        self.push(finding);
    }

    fn push(&mut self, finding: Finding) {
        // Two lines that ask for the same thing on the same offence ask once.
        let said = self.findings.iter().any(|other| {
            other.code == finding.code
                && other.message == finding.message
                && other.defendant == finding.defendant
                && other.offence == finding.offence
        });
        if !said {
            self.findings.push(finding);
        }
    }

    /// The lines whose definition is known.
    fn known(&self) -> Vec<(Node<'a>, &'a ResultDefinition)> {
        self.tree
            .nodes
            .iter()
            .filter_map(|node| Some((*node, node.definition?)))
            .collect()
    }

    /// The known lines whose result one side of a rule names.
    fn named(&self, side: &[String]) -> Vec<(Node<'a>, &'a ResultDefinition)> {
        let mut known = self.known();
        known.retain(|(_, own)| CheckRule::names(side, &own.code, &own.groups));
        known
    }

    fn rule(&self, id: &str) -> Option<CheckRule> {
        self.catalogue.law.rules.get(id).cloned()
    }

    fn offence(&self, id: Option<OffenceId>) -> Option<&'a OffenceInHearing> {
        self.hearing
            .offences
            .iter()
            .find(|offence| Some(offence.id) == id)
    }

    /// The day of conviction that chooses a limit: the recorded one, or today.
    fn convicted_on(&self, offence: Option<OffenceId>) -> Day {
        self.offence(offence)
            .and_then(|own| own.convicted_on)
            .unwrap_or(self.hearing.day)
    }
}

/// Do two lines speak of the same thing: the same defendant and, where both
/// name one, the same offence?
fn same_target(one: &ResultLine, other: &ResultLine) -> bool {
    one.defendant == other.defendant
        && (one.offence == other.offence || one.offence.is_none() || other.offence.is_none())
}
