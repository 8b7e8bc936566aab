//! Why somebody may do something, or may not: which of the four layers refuses, in a
//! sentence for people. It is found by asking again with one thing different, so that
//! it can never say anything else than what the policies decide.
//!
//! Whoever may not even see a thing must not be given this about it: whether a case
//! is there is told by no explanation. That is for the use case to see to.

use crate::{Access, Action, Decision, FLAGS, Facts, Flag, Who};
use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError},
};
use vocabulary::{Group, OrganisationKind};

/// A layer of access, in the order in which they are explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// No policy permits it to people of these groups and this kind of organisation.
    Group,
    /// They do not stand to the case as they must.
    Relation,
    /// Papers of this section are not for them.
    Section,
    /// Something about this case or this moment is against it.
    Context,
}

impl Layer {
    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Relation => "relation",
            Self::Section => "section",
            Self::Context => "context",
        }
    }
}

/// Why, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Whether it is allowed.
    pub allowed: bool,
    /// The layer that refuses; none if it is allowed.
    pub layer: Option<Layer>,
    /// The policies that allow it; else those that forbid it, or that would permit it.
    pub policies: Vec<String>,
    /// The reason in one sentence.
    pub sentence: String,
}

impl Explanation {
    /// Layer and policies, as a refusal names them.
    #[must_use]
    pub fn reference(&self) -> String {
        let policies = match self.policies.as_slice() {
            [] => "no policy permits it".to_owned(),
            some => some.join(", "),
        };
        match self.layer {
            None => policies,
            Some(layer) => format!("{}: {policies}", layer.as_str()),
        }
    }
}

impl Access {
    /// Why this person may do this, standing to the thing as the facts say, or why not.
    #[must_use]
    pub fn explain(&self, who: Who<'_>, action: Action, facts: &Facts) -> Explanation {
        let decision = self.decide(who, action, facts);
        let does = action.in_words();
        if decision.allowed {
            let said = self.said(&decision.policies);
            return Explanation {
                allowed: true,
                layer: None,
                sentence: format!("You may {does}{said}."),
                policies: decision.policies,
            };
        }
        let no = |layer, policies, sentence| Explanation {
            allowed: false,
            layer: Some(layer),
            policies,
            sentence,
        };
        if !decision.policies.is_empty() {
            let said = self.said(&decision.policies);
            return no(
                Layer::Context,
                decision.policies,
                format!("You may not {does}{said}."),
            );
        }
        let open = with_sections(who, facts);
        let in_section = self.decide(who, action, &open);
        if in_section.allowed {
            return no(
                Layer::Section,
                in_section.policies,
                format!(
                    "You may not {does}: papers of this section are not for {}.",
                    groups(who)
                ),
            );
        }
        // What would have to be otherwise: one thing, or else two.
        for from in [facts, &open] {
            if let Some((policies, wanting)) = self.otherwise(who, action, from) {
                let layer = if wanting.contains(AMENDER) {
                    Layer::Context
                } else {
                    Layer::Relation
                };
                let wanting: Vec<&str> = wanting.into_iter().collect();
                return no(
                    layer,
                    policies,
                    format!("You may not {does}: {}.", wanting.join(", and ")),
                );
            }
        }
        let others = self.who_may(action);
        let others = if others.is_empty() {
            "Nobody may".to_owned()
        } else {
            format!("Those who may: {}", others.join("; "))
        };
        no(
            Layer::Group,
            Vec::new(),
            format!(
                "You may not {does}: it is not for {}. {others}.",
                groups(who)
            ),
        )
    }

    /// To whom some policy permits the action: groups where their people work, in words.
    /// Worked out once: whoever is refused often is not answered slowly.
    #[must_use]
    pub fn who_may(&self, action: Action) -> Arc<[String]> {
        let told = self.told.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = told.get(&action) {
            return Arc::clone(known);
        }
        drop(told);
        let may: Arc<[String]> = self.work_out_who_may(action).into();
        let mut told = self.told.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(told.entry(action).or_insert(may))
    }

    fn work_out_who_may(&self, action: Action) -> Vec<String> {
        let every: Arc<[String]> = Group::ALL
            .iter()
            .map(|group| group.as_str().to_owned())
            .collect();
        let allows = |groups: &[Group], kind: OrganisationKind| {
            standings().any(|facts| {
                let facts = Facts {
                    readers: Arc::clone(&every),
                    uploaders: Arc::clone(&every),
                    ..facts
                };
                let who = Who {
                    account: vocabulary::AccountId(uuid::Uuid::nil()),
                    organisation: vocabulary::OrganisationId(uuid::Uuid::nil()),
                    kind,
                    groups,
                };
                self.decide_anew(who, action, &facts).allowed
            })
        };
        // Kinds of organisation at which the same people may, said together.
        let mut may: Vec<(String, Vec<String>)> = Vec::new();
        for kind in OrganisationKind::ALL {
            // Where a group does not work, what a policy would say of it means nothing.
            let (can, not): (Vec<Group>, Vec<Group>) = Group::ALL
                .iter()
                .copied()
                .filter(|group| group.works_at(*kind))
                .partition(|group| allows(std::slice::from_ref(group), *kind));
            let people = match (can.as_slice(), not.as_slice()) {
                ([], _) => continue,
                (_, []) => "everybody".to_owned(),
                (some, _) => {
                    let names: Vec<&str> = some.iter().map(|group| group.as_str()).collect();
                    names.join(", ")
                }
            };
            let kind = kind.as_str().replace('_', " ");
            match may.iter_mut().find(|(known, _)| *known == people) {
                Some((_, kinds)) => kinds.push(kind),
                None => may.push((people, vec![kind])),
            }
        }
        // What nobody may who is in one group alone.
        let alone = !may.is_empty();
        for kind in OrganisationKind::ALL {
            if alone {
                break;
            }
            let works = Group::ALL.iter().filter(|group| group.works_at(*kind));
            let works: Vec<Group> = works.copied().collect();
            let pairs = works.iter().enumerate();
            let pairs = pairs.flat_map(|(at, one)| works[at + 1..].iter().map(|two| [*one, *two]));
            let pairs = pairs.filter(|pair| allows(pair, *kind));
            let names: Vec<String> = pairs
                .map(|[one, two]| format!("{} and {}", one.as_str(), two.as_str()))
                .collect();
            if !names.is_empty() {
                may.push((names.join(", "), vec![kind.as_str().replace('_', " ")]));
            }
        }
        // A rule for everybody names nobody.
        match may.as_slice() {
            [(people, kinds)]
                if people == "everybody" && kinds.len() == OrganisationKind::ALL.len() =>
            {
                vec!["everybody who is signed in".to_owned()]
            }
            some => some
                .iter()
                .map(|(people, kinds)| format!("{people} ({})", kinds.join(", ")))
                .collect(),
        }
    }

    /// The fewest facts that would have to be otherwise, and the policies that would
    /// then permit it.
    fn otherwise(
        &self,
        who: Who<'_>,
        action: Action,
        facts: &Facts,
    ) -> Option<(Vec<String>, BTreeSet<&'static str>)> {
        let turned = |flags: &[&Flag]| -> Option<Decision> {
            let mut other = facts.clone();
            for flag in flags {
                (flag.set)(&mut other, !(flag.get)(facts));
            }
            let decision = self.decide(who, action, &other);
            decision.allowed.then_some(decision)
        };
        let mut policies = BTreeSet::new();
        let mut wanting = BTreeSet::new();
        for flag in FLAGS {
            if let Some(decision) = turned(&[flag]) {
                policies.extend(decision.policies);
                wanting.insert(flag.wanting);
            }
        }
        if wanting.is_empty() {
            for (at, one) in FLAGS.iter().enumerate() {
                for other in &FLAGS[at + 1..] {
                    if let Some(decision) = turned(&[one, other]) {
                        policies.extend(decision.policies);
                        wanting.extend([one.wanting, other.wanting]);
                    }
                }
            }
        }
        (!wanting.is_empty()).then(|| (policies.into_iter().collect(), wanting))
    }

    /// What policies say of themselves, or their names.
    fn said(&self, policies: &[String]) -> String {
        let said: Vec<&str> = policies.iter().filter_map(|id| self.says(id)).collect();
        match said.first() {
            Some(says) => format!(": {says}"),
            None => format!(", by {}", policies.join(" and ")),
        }
    }
}

const AMENDER: &str = "you made the amendment yourself";

/// The same facts about a section that all of the person's groups read and serve into.
fn with_sections(who: Who<'_>, facts: &Facts) -> Facts {
    let all: Vec<String> = who
        .groups
        .iter()
        .map(|group| group.as_str().to_owned())
        .collect();
    Facts {
        readers: all.as_slice().into(),
        uploaders: all.into(),
        ..facts.clone()
    }
}

/// Ways to stand to a thing at best: what permits one thing may forbid another.
fn standings() -> impl Iterator<Item = Facts> {
    let best = Facts {
        prosecuting: true,
        associated: true,
        unrepresented: true,
        recipient: true,
        sitting: true,
        served: true,
        permitted: true,
        reasoned: true,
        granted: true,
        instructed: true,
        assigned: true,
        named: true,
        ..Facts::default()
    };
    [best, Facts::default()].into_iter()
}

/// `Defence Lawyers at a defence firm`.
fn groups(who: Who<'_>) -> String {
    let names: Vec<&str> = who.groups.iter().map(|group| group.as_str()).collect();
    let names = if names.is_empty() {
        "people in no group".to_owned()
    } else {
        names.join(" and ")
    };
    let kind = who.kind.as_str().replace('_', " ");
    format!("{names} ({kind})")
}

#[cfg(test)]
mod tests;
