//! What the policies of an action look at. A decision is remembered for all who stand alike in that,
//! however else they differ: whoever is of three groups of which no policy of the action speaks
//! asks what somebody of none asks.
//!
//! It is read from the policies as Cedar has parsed them, never from their text. A use that is
//! not known here counts as a look at all of it, so that what is not understood makes two
//! questions of one and never one of two.

use crate::{
    action::Action,
    facts::{FLAGS, Facts},
};
use cedar_policy::Policy;
use serde_json::{Map, Value};
use std::sync::Arc;
use vocabulary::{Group, OrganisationKind};

const _: () = assert!(
    Group::ALL.len() <= 64 && OrganisationKind::ALL.len() <= 32 && FLAGS.len() <= 32,
    "they are bits below"
);

/// What is looked at, as bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    kinds: u32,
    groups: u64,
    flags: u32,
    readers: bool,
    uploaders: bool,
}

/// All that a decision is made from: the policies never change while the server
/// runs, so the same question has the same answer. Which person asks is no part of
/// it, because no policy names one (`load.rs` sees to that): two colleagues who stand
/// alike get one answer, and somebody who is given or loses a group asks another question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    action: Action,
    kind: Option<OrganisationKind>,
    groups: u64,
    flags: u32,
    readers: Option<Arc<[String]>>,
    uploaders: Option<Arc<[String]>>,
}

fn bit_of_group(group: Group) -> u64 {
    1 << group as u32
}

fn bit_of_kind(kind: OrganisationKind) -> u32 {
    1 << kind as u32
}

impl Needs {
    /// Of policies that nobody could read.
    pub(crate) const ALL: Self = Self {
        kinds: u32::MAX,
        groups: u64::MAX,
        flags: u32::MAX,
        readers: true,
        uploaders: true,
    };

    /// What is left of a question of what is looked at.
    pub(crate) fn of(
        &self,
        action: Action,
        kind: OrganisationKind,
        groups: &[Group],
        facts: &Facts,
    ) -> Question {
        let own = groups.iter().copied().map(bit_of_group);
        Question {
            action,
            kind: (self.kinds & bit_of_kind(kind) != 0).then_some(kind),
            groups: own.fold(0, |all, one| all | one) & self.groups,
            flags: facts.bits() & self.flags,
            readers: self.readers.then(|| Arc::clone(&facts.readers)),
            uploaders: self.uploaders.then(|| Arc::clone(&facts.uploaders)),
        }
    }

    /// Adds what one more policy looks at.
    pub(crate) fn add(&mut self, policy: &Policy) {
        match policy.to_json() {
            Ok(Value::Object(policy)) => self.policy(&policy),
            _ => *self = Self::ALL,
        }
    }

    fn policy(&mut self, policy: &Map<String, Value>) {
        for (part, value) in policy {
            match part.as_str() {
                // What is said about it, and which action it is of.
                "effect" | "annotations" | "action" => {}
                "principal" | "resource" if value["op"] == "All" => {}
                "conditions" => self.look(value),
                _ => *self = Self::ALL,
            }
        }
    }

    /// Looks through an expression.
    fn look(&mut self, at: &Value) {
        match at {
            Value::Array(all) => all.iter().for_each(|own| self.look(own)),
            Value::Object(all) => all.iter().for_each(|(name, own)| self.part(name, own)),
            _ => {}
        }
    }

    fn part(&mut self, name: &str, own: &Value) {
        let (left, right) = (&own["left"], &own["right"]);
        match name {
            // A constant.
            "Value" => {}
            "Var" if own == "action" || own == "resource" => {}
            "Var" => *self = Self::ALL,
            "." | "has" if is_var(left, "context") => self.fact(&own["attr"]),
            "." | "has" if is_var(left, "principal") && own["attr"] == "groups" => {
                self.groups = u64::MAX;
            }
            "." | "has" if is_var(left, "principal") && own["attr"] == "kind" => {
                self.kinds = u32::MAX;
            }
            // Of a set of words it matters only which of these are in it.
            "contains" | "containsAny" | "containsAll"
                if is_own(left, "groups") && words(right).is_some() =>
            {
                let words = words(right).unwrap_or_default();
                let named = words.iter().filter_map(|word| word.parse().ok());
                self.groups |= named.map(bit_of_group).fold(0, |all, one| all | one);
            }
            "contains" if is_own(right, "kind") && words(left).is_some() => self.kind(left),
            "==" if is_own(left, "kind") && words(right).is_some() => self.kind(right),
            "==" if is_own(right, "kind") && words(left).is_some() => self.kind(left),
            _ => self.look(own),
        }
    }

    fn kind(&mut self, among: &Value) {
        let words = words(among).unwrap_or_default();
        let named = words.iter().filter_map(|word| word.parse().ok());
        self.kinds |= named.map(bit_of_kind).fold(0, |all, one| all | one);
    }

    fn fact(&mut self, name: &Value) {
        let place = FLAGS.iter().position(|flag| name == flag.name);
        match (place, name.as_str()) {
            (Some(place), _) => self.flags |= 1 << place,
            (None, Some("readers")) => self.readers = true,
            (None, Some("uploaders")) => self.uploaders = true,
            _ => *self = Self::ALL,
        }
    }
}

fn is_var(expression: &Value, name: &str) -> bool {
    expression["Var"] == name
}

/// Whether it is `principal.name`.
fn is_own(expression: &Value, name: &str) -> bool {
    let of = &expression["."];
    is_var(&of["left"], "principal") && of["attr"] == name
}

/// The words of a constant: one, or a set of them.
fn words(expression: &Value) -> Option<Vec<&str>> {
    if let Some(word) = expression["Value"].as_str() {
        return Some(vec![word]);
    }
    match (&expression["Set"], &expression["Value"]) {
        (Value::Array(set), _) => set.iter().map(|own| own["Value"].as_str()).collect(),
        (_, Value::Array(set)) => set.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Access, Who};
    use uuid::Uuid;
    use vocabulary::{AccountId, OrganisationId};

    fn needs(condition: &str) -> Needs {
        let text = format!("permit (principal, action, resource) when {{ {condition} }};");
        let mut needs = Needs::default();
        needs.add(&text.parse().unwrap());
        needs
    }

    fn flag(name: &str) -> u32 {
        1 << FLAGS.iter().position(|flag| flag.name == name).unwrap()
    }

    #[test]
    fn a_policy_looks_at_what_it_names() {
        let found = needs(
            r#"["court", "service"].contains(principal.kind) && context.sitting &&
            principal.groups.containsAny(["Legal Advisers", "Auditors"]) &&
            !(context.permitted || action == Action::"view_case")"#,
        );
        let kinds = [OrganisationKind::Court, OrganisationKind::Service];
        let groups = [Group::LegalAdvisers, Group::Auditors];
        let expected = Needs {
            kinds: kinds.map(bit_of_kind).iter().sum(),
            groups: groups.map(bit_of_group).iter().sum(),
            flags: flag("sitting") | flag("permitted"),
            ..Needs::default()
        };
        assert_eq!(found, expected);
        assert_eq!(
            needs(r#"principal.kind == "court""#).kinds,
            bit_of_kind(kinds[0])
        );
    }

    #[test]
    fn what_is_not_understood_is_a_look_at_all_of_it() {
        let found = needs("principal.groups.containsAny(context.readers)");
        assert_eq!(
            (found.groups, found.readers, found.uploaders),
            (u64::MAX, true, false)
        );
        assert_eq!(needs(r#"principal.kind like "c*""#).kinds, u32::MAX);
        assert_eq!(needs("principal.groups.isEmpty()").groups, u64::MAX);
        assert_eq!(
            needs(r#"["a"].containsAny(principal.groups)"#).groups,
            u64::MAX
        );
        assert_eq!(needs("principal in resource"), Needs::ALL);
        assert_eq!(needs("context == context"), Needs::ALL);
        assert_eq!(needs("context.nowhere"), Needs::ALL);
        let scoped = r#"permit (principal == Person::"a", action, resource);"#;
        let mut found = Needs::default();
        found.add(&scoped.parse().unwrap());
        assert_eq!(found, Needs::ALL);
    }

    /// Small and always the same.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695);
            usize::try_from(self.0 >> 33).unwrap() % most
        }
    }

    #[test]
    fn of_what_no_policy_of_an_action_looks_at_nothing_changes_a_decision() {
        let access = Access::embedded().unwrap();
        let mut dice = Dice(7);
        let mut alike = 0;
        for action in Action::ALL {
            for _ in 0..12 {
                let mut asked = || {
                    let mut facts = Facts::default();
                    for flag in FLAGS {
                        (flag.set)(&mut facts, dice.below(3) == 0);
                    }
                    let kind = OrganisationKind::ALL[dice.below(OrganisationKind::ALL.len())];
                    let groups = [0; 3].map(|_| Group::ALL[dice.below(Group::ALL.len())]);
                    (kind, groups.to_vec(), facts)
                };
                let (one, other) = (asked(), asked());
                let needs = access.needs(*action);
                // Of the first what is looked at, of the other the rest.
                let mut facts = other.2.clone();
                for (place, flag) in FLAGS.iter().enumerate() {
                    if needs.flags >> place & 1 == 1 {
                        (flag.set)(&mut facts, (flag.get)(&one.2));
                    }
                }
                let looked = |group: &Group| needs.groups & bit_of_group(*group) != 0;
                let mut groups: Vec<_> = one.1.iter().copied().filter(looked).collect();
                groups.extend(other.1.iter().filter(|group| !looked(group)));
                let free = |kind| needs.kinds & bit_of_kind(kind) == 0;
                let kind = if free(one.0) && free(other.0) {
                    other.0
                } else {
                    one.0
                };
                let question = needs.of(*action, one.0, &one.1, &one.2);
                assert_eq!(question, needs.of(*action, kind, &groups, &facts));
                let decided = |kind, groups: &[Group], facts: &Facts| {
                    let who = Who {
                        account: AccountId(Uuid::nil()),
                        organisation: OrganisationId(Uuid::nil()),
                        kind,
                        groups,
                    };
                    access.decide_anew(who, *action, facts)
                };
                let first = decided(one.0, &one.1, &one.2);
                assert_eq!(first, decided(kind, &groups, &facts), "{action:?}");
                alike += usize::from((kind, &groups, &facts) != (one.0, &one.1, &one.2));
            }
        }
        assert!(alike > Action::ALL.len(), "{alike}");
    }
}
