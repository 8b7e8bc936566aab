//! Rules before sharing that whoever runs the service lowers while it runs: recorded
//! with who, when and why, in force for the next check on every server, and never
//! above what the tables say. Which rules there are and what they ask is no business
//! of this room ([`crate::validator`], [`crate::result`]).

mod lower;
mod record;
#[cfg(test)]
mod tests;

pub use lower::{Severities, lower_rule, restore_rule, severities};
pub use record::{LoweredRule, LoweredRules, RULES, RulesEvent};
