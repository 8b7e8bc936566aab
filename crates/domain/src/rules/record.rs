//! What was lowered, and what that does to what the rules find.

use crate::{
    result::Finding,
    validator::{Lowered, ValidatorRule, lower},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;
use vocabulary::{Instant, Severity};

/// The one stream of these events; it is of no case, so that nothing forgets it.
pub const RULES: Uuid = Uuid::from_u128(0x5ce1_7a2e_0b6d_4c53_9f0a_72d1_8e44_0c9b);

/// What happens to the severity of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RulesEvent {
    /// A rule became less severe.
    RuleLowered {
        /// Rule, or one condition of it.
        rule: String,
        /// To what.
        to: Lowered,
        /// Who decided it.
        by: String,
        /// Why.
        reason: String,
    },
    /// A rule is again what its table says.
    RuleRestored {
        /// Rule, or one condition of it.
        rule: String,
        /// Who decided it.
        by: String,
        /// Why.
        reason: String,
    },
}

/// A rule that is lowered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoweredRule {
    /// To what.
    pub to: Lowered,
    /// Who decided it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub at: Instant,
}

/// The rules that are lowered now, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoweredRules {
    /// Number of events so far.
    pub version: u64,
    /// Rules.
    pub rules: BTreeMap<String, LoweredRule>,
}

impl LoweredRules {
    /// Folds one event.
    #[must_use]
    pub fn fold(state: Option<Self>, event: &RulesEvent, at: Instant) -> Self {
        let mut now = state.unwrap_or_default();
        now.version += 1;
        match event {
            RulesEvent::RuleLowered {
                rule,
                to,
                by,
                reason,
            } => {
                let lowered = LoweredRule {
                    to: *to,
                    by: by.clone(),
                    reason: reason.clone(),
                    at,
                };
                now.rules.insert(rule.clone(), lowered);
            }
            RulesEvent::RuleRestored { rule, .. } => {
                now.rules.remove(rule);
            }
        }
        now
    }

    /// What a rule is lowered to: by its own name, or with all conditions of its rule.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<&LoweredRule> {
        self.of_name(id).map(|(_, rule)| rule)
    }

    /// The same, with the name that was lowered: it is the one that is given back.
    #[must_use]
    pub fn of_name(&self, id: &str) -> Option<(&str, &LoweredRule)> {
        let family = id.split_once('/').map(|(family, _)| family);
        let own = self.rules.get_key_value(id);
        let whole = family.and_then(|family| self.rules.get_key_value(family));
        let both = own.into_iter().chain(whole);
        both.map(|(name, rule)| (name.as_str(), rule))
            .min_by_key(|(_, rule)| rule.to)
    }

    /// The published rules, none of them more severe than they are lowered to.
    #[must_use]
    pub fn validator(&self, rules: &[ValidatorRule]) -> Vec<ValidatorRule> {
        let mut rules = rules.to_vec();
        for (id, lowered) in &self.rules {
            // One that its table lowers further since then stays as the table says.
            let _ = lower(&mut rules, id, lowered.to);
        }
        rules
    }

    /// What is left of what the rules found: what is switched off goes, what is
    /// lowered warns. Nothing becomes more severe.
    #[must_use]
    pub fn soften(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let mut left: Vec<Finding> = findings
            .into_iter()
            .filter_map(|mut finding| {
                match self.of(&finding.code).map(|rule| rule.to) {
                    Some(Lowered::Off) => return None,
                    Some(Lowered::Warning) => finding.severity = Severity::Warns,
                    Some(Lowered::Error) | None => {}
                }
                Some(finding)
            })
            .collect();
        left.sort_by_key(|finding| finding.severity);
        left
    }
}
