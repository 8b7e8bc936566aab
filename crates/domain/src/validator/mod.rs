//! The seven rules of the published results validator, for anybody who asks: our
//! own check before sharing ([`crate::result::check`]) and the published address.
//! Which results each speaks of, how severe it is and what it says are rows of
//! `validation_rules.csv`; the kinds of question are functions here. Nothing here
//! knows where a draft comes from or what becomes of the answer.
//!
//! To add a rule of a kind that exists: a row. A new kind: a variant of [`Kind`]
//! and its function in a file of its subject.

mod age;
mod draft;
mod issue;
mod offences;
mod orders;
mod rule;
mod terms;

pub use draft::{Draft, DraftDefendant, DraftLine, DraftOffence};
pub use issue::{Affected, Issue};
pub use rule::{DatesOf, Kind, Lowered, NotLowered, Reach, ValidatorRule, lower, stricter};

use draft::Groups;
use issue::Found;

/// What the rules say of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The rules that were asked, each once, in the order of their table.
    pub evaluated: Vec<String>,
    /// What they found, in the same order.
    pub issues: Vec<Issue>,
}

impl Verdict {
    /// Where the issues of this rule begin: those of its conditions stand together.
    fn of_family(&self, rule: &str) -> usize {
        let after = self.issues.iter().rposition(|own| own.rule != rule);
        after.map_or(0, |at| at + 1)
    }
}

/// Asks every rule that is in force on the day of the hearing.
#[must_use]
pub fn validate(rules: &[ValidatorRule], draft: &Draft) -> Verdict {
    let (people, defendants) = (Groups::of(draft), Groups::by_id(draft));
    let mut verdict = Verdict {
        evaluated: Vec::new(),
        issues: Vec::new(),
    };
    for rule in rules.iter().filter(|rule| rule.in_force(draft.day)) {
        if !verdict.evaluated.iter().any(|own| own == rule.family()) {
            verdict.evaluated.push(rule.family().to_owned());
        }
        let by_id = matches!(rule.kind, Kind::OrderEndsFirst | Kind::EndMissesPeriod);
        let groups = if by_id { &defendants } else { &people };
        let first = verdict.of_family(rule.family());
        let mut found = Found::new(rule, draft, groups, &mut verdict.issues);
        match rule.kind {
            Kind::TermsUnmarked => terms::unmarked(&mut found),
            Kind::TermMarkedTwice => terms::marked_twice(&mut found),
            Kind::NoPrimaryTerm => terms::no_primary(&mut found),
            Kind::RetestMissing => offences::retest_missing(&mut found),
            Kind::TimeLimitMissing => offences::time_limit_missing(&mut found),
            Kind::ConvictionMissing => offences::conviction_missing(&mut found),
            Kind::OrderEndsFirst => orders::ends_first(&mut found),
            Kind::EndMissesPeriod => orders::misses_period(&mut found),
            Kind::TooYoung => age::too_young(&mut found),
        }
        if rule.kind.is_of_defendants() {
            // All conditions of a rule of one defendant, then those of the next.
            verdict.issues[first..].sort_by_key(|own| groups.of_line[own.affected[0].line]);
        }
    }
    verdict
}
