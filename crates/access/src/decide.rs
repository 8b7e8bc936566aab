//! The one question.

use crate::{
    action::Action,
    load::{PolicyError, embedded},
};
use cedar_policy::{
    Authorizer, Context, Decision as Verdict, Entities, Entity, EntityId, EntityTypeName,
    EntityUid, PolicySet, Request, RestrictedExpression, Schema,
};
use hashbrown::Equivalent;
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};
use vocabulary::{AccountId, Group, OrganisationId, OrganisationKind};

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// Account.
    pub account: AccountId,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Groups.
    pub groups: &'a [Group],
}

/// How the person stands to the thing, worked out from the record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// Their organisation prosecutes.
    pub prosecuting: bool,
    /// Their firm is on record.
    pub associated: bool,
    /// A defendant has no firm on record.
    pub unrepresented: bool,
    /// Their organisation is a recipient.
    pub recipient: bool,
    /// They made the amendment themselves.
    pub amender: bool,
    /// Their court is the one that sits or sat.
    pub sitting: bool,
    /// Their organisation served the paper.
    pub served: bool,
    /// Groups that may read the section.
    pub readers: Arc<[String]>,
    /// Groups that may serve into it.
    pub uploaders: Arc<[String]>,
}

/// Yes or no, and by which policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is allowed.
    pub allowed: bool,
    /// The policies that allowed it; empty if none did.
    pub policies: Vec<String>,
}

impl Decision {
    /// The policy to record beside a reading.
    #[must_use]
    pub fn policy(&self) -> String {
        self.policies.join(", ")
    }
}

/// Decisions that are remembered at most; then all are forgotten.
const MOST_REMEMBERED: usize = 50_000;

/// All that a decision is made from: the policies never change while the server
/// runs, so the same question has the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Question {
    account: AccountId,
    organisation: OrganisationId,
    kind: OrganisationKind,
    groups: Vec<Group>,
    action: Action,
    facts: Facts,
}

/// The same as it is asked, nothing copied. Its hash is that of the [`Question`]:
/// same fields, same order.
#[derive(Hash)]
struct Asked<'a> {
    account: AccountId,
    organisation: OrganisationId,
    kind: OrganisationKind,
    groups: &'a [Group],
    action: Action,
    facts: &'a Facts,
}

impl Equivalent<Question> for Asked<'_> {
    fn equivalent(&self, known: &Question) -> bool {
        self.account == known.account
            && self.organisation == known.organisation
            && self.kind == known.kind
            && self.groups == known.groups
            && self.action == known.action
            && *self.facts == known.facts
    }
}

impl Asked<'_> {
    fn kept(&self) -> Question {
        Question {
            account: self.account,
            organisation: self.organisation,
            kind: self.kind,
            groups: self.groups.to_vec(),
            action: self.action,
            facts: self.facts.clone(),
        }
    }
}

/// The policies, ready to decide.
#[derive(Debug)]
pub struct Access {
    policies: HashMap<Action, PolicySet>,
    schema: Schema,
    authorizer: Authorizer,
    person: EntityTypeName,
    action: EntityTypeName,
    thing: EntityUid,
    /// A view asks some thirty questions, and each costs as much as a statement of SQL.
    remembered: RwLock<hashbrown::HashMap<Question, Decision>>,
}

impl Access {
    /// The embedded policies.
    ///
    /// # Errors
    /// If one of them is wrong.
    pub fn embedded() -> Result<Self, PolicyError> {
        let (all, schema) = embedded()?;
        let broken = |why: &dyn std::fmt::Display| PolicyError {
            file: "schema.cedarschema".to_owned(),
            why: why.to_string(),
        };
        let kind = |name: &str| name.parse::<EntityTypeName>().map_err(|e| broken(&e));
        let action_kind = kind("Action")?;
        // Evaluation is linear in the policies, so each action keeps only its own.
        let mut policies = HashMap::new();
        for action in Action::ALL {
            let uid = EntityUid::from_type_name_and_id(
                action_kind.clone(),
                EntityId::new(action.as_str()),
            );
            let mut slice = PolicySet::new();
            for policy in all.policies() {
                if covers(policy, &uid) {
                    slice.add(policy.clone()).map_err(|e| broken(&e))?;
                }
            }
            policies.insert(*action, slice);
        }
        Ok(Self {
            policies,
            schema,
            authorizer: Authorizer::new(),
            person: kind("Person")?,
            action: action_kind,
            thing: EntityUid::from_type_name_and_id(kind("Thing")?, EntityId::new("it")),
            remembered: RwLock::default(),
        })
    }

    /// May this person do this, standing to the thing as the facts say?
    /// Anything that goes wrong on the way is a no.
    #[must_use]
    pub fn decide(&self, who: Who<'_>, action: Action, facts: &Facts) -> Decision {
        let question = Asked {
            account: who.account,
            organisation: who.organisation,
            kind: who.kind,
            groups: who.groups,
            action,
            facts,
        };
        let remembered = self
            .remembered
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&question)
            .cloned();
        if let Some(decision) = remembered {
            return decision;
        }
        let Some(decision) = self.try_decide(who, action, facts) else {
            return Decision {
                allowed: false,
                policies: Vec::new(),
            };
        };
        let mut remembered = self
            .remembered
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(question.kept(), decision.clone());
        decision
    }

    fn try_decide(&self, who: Who<'_>, action: Action, facts: &Facts) -> Option<Decision> {
        let principal = EntityUid::from_type_name_and_id(
            self.person.clone(),
            EntityId::new(who.account.to_string()),
        );
        let groups = strings(who.groups.iter().map(|group| group.as_str()));
        let kind = RestrictedExpression::new_string(who.kind.as_str().to_owned());
        let entity = Entity::new(
            principal.clone(),
            HashMap::from([("groups".to_owned(), groups), ("kind".to_owned(), kind)]),
            HashSet::new(),
        )
        .ok()?;
        let entities = Entities::from_entities([entity], None).ok()?;
        let context = Context::from_pairs([
            (
                "prosecuting".to_owned(),
                RestrictedExpression::new_bool(facts.prosecuting),
            ),
            (
                "associated".to_owned(),
                RestrictedExpression::new_bool(facts.associated),
            ),
            (
                "unrepresented".to_owned(),
                RestrictedExpression::new_bool(facts.unrepresented),
            ),
            (
                "recipient".to_owned(),
                RestrictedExpression::new_bool(facts.recipient),
            ),
            (
                "amender".to_owned(),
                RestrictedExpression::new_bool(facts.amender),
            ),
            (
                "sitting".to_owned(),
                RestrictedExpression::new_bool(facts.sitting),
            ),
            (
                "served".to_owned(),
                RestrictedExpression::new_bool(facts.served),
            ),
            (
                "readers".to_owned(),
                strings(facts.readers.iter().map(String::as_str)),
            ),
            (
                "uploaders".to_owned(),
                strings(facts.uploaders.iter().map(String::as_str)),
            ),
        ])
        .ok()?;
        let uid =
            EntityUid::from_type_name_and_id(self.action.clone(), EntityId::new(action.as_str()));
        let request = Request::new(
            principal,
            uid,
            self.thing.clone(),
            context,
            Some(&self.schema),
        )
        .ok()?;
        let answer =
            self.authorizer
                .is_authorized(&request, self.policies.get(&action)?, &entities);
        let mut policies: Vec<String> = answer
            .diagnostics()
            .reason()
            .map(|id| AsRef::<str>::as_ref(id).to_owned())
            .collect();
        policies.sort();
        Some(Decision {
            allowed: answer.decision() == Verdict::Allow,
            policies,
        })
    }
}

fn strings<'a>(words: impl Iterator<Item = &'a str>) -> RestrictedExpression {
    RestrictedExpression::new_set(words.map(|w| RestrictedExpression::new_string(w.to_owned())))
}

fn covers(policy: &cedar_policy::Policy, action: &EntityUid) -> bool {
    use cedar_policy::ActionConstraint;
    match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::In(list) => list.contains(action),
        ActionConstraint::Eq(one) => one == *action,
    }
}

#[cfg(test)]
mod printouts;

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{DefaultHasher, Hash, Hasher};
    use vocabulary::{AccountId, OrganisationId};

    #[test]
    fn a_question_as_asked_is_the_question_as_kept() {
        let facts = Facts {
            associated: true,
            readers: ["CPS".to_owned()].into(),
            ..Facts::default()
        };
        let id = "00000000-0000-0000-0000-000000000001";
        let asked = Asked {
            account: id.parse().unwrap(),
            organisation: id.parse().unwrap(),
            kind: OrganisationKind::DefenceFirm,
            groups: &[Group::LegalAdvisers],
            action: Action::ViewCase,
            facts: &facts,
        };
        let kept = HashSet::from([asked.kept()]);
        let hash = |value: &dyn Fn(&mut DefaultHasher)| {
            let mut hasher = DefaultHasher::new();
            value(&mut hasher);
            hasher.finish()
        };
        for known in kept {
            assert!(asked.equivalent(&known));
            assert_eq!(hash(&|h| asked.hash(h)), hash(&|h| known.hash(h)));
            let other = Question {
                action: Action::ReadMaterial,
                ..known
            };
            assert!(!asked.equivalent(&other));
        }
    }

    pub(super) fn ask(
        kind: OrganisationKind,
        group: Group,
        action: Action,
        facts: &Facts,
    ) -> Decision {
        let access = Access::embedded().unwrap();
        let id = "00000000-0000-0000-0000-000000000001";
        access.decide(
            Who {
                account: id.parse::<AccountId>().unwrap(),
                organisation: id.parse::<OrganisationId>().unwrap(),
                kind,
                groups: &[group],
            },
            action,
            facts,
        )
    }

    #[test]
    fn a_firm_finds_a_case_while_a_defendant_has_no_firm_and_its_own_case_after() {
        let firm = |facts: &Facts| {
            ask(
                OrganisationKind::DefenceFirm,
                Group::DefenceLawyers,
                Action::FindCase,
                facts,
            )
        };
        let open = Facts {
            unrepresented: true,
            ..Facts::default()
        };
        assert_eq!(firm(&open).policies, ["defence.finds_unrepresented"]);
        let own = Facts {
            associated: true,
            ..Facts::default()
        };
        assert_eq!(firm(&own).policies, ["defence.sees_own_cases"]);
        assert!(!firm(&Facts::default()).allowed);
    }

    #[test]
    fn a_legal_adviser_shares_results_and_a_solicitor_does_not() {
        let facts = Facts {
            associated: true,
            ..Facts::default()
        };
        let shares = |kind, group| ask(kind, group, Action::ShareResults, &facts).allowed;
        assert!(shares(OrganisationKind::Court, Group::LegalAdvisers));
        assert!(!shares(
            OrganisationKind::DefenceFirm,
            Group::DefenceLawyers
        ));
        // A court group is worth nothing outside a court.
        assert!(!shares(OrganisationKind::DefenceFirm, Group::LegalAdvisers));
    }

    #[test]
    fn whoever_amends_results_does_not_approve_the_amendment() {
        let decides = |kind, group, amender| {
            let facts = Facts {
                amender,
                ..Facts::default()
            };
            ask(kind, group, Action::DecideAmendment, &facts).allowed
        };
        let court = OrganisationKind::Court;
        assert!(decides(court, Group::CourtAssociate, false));
        assert!(!decides(court, Group::CourtAssociate, true));
        assert!(!decides(OrganisationKind::Prosecutor, Group::Cps, false));
    }

    #[test]
    fn only_a_court_administrator_unlocks_results() {
        let unlocks = |group| {
            ask(
                OrganisationKind::Court,
                group,
                Action::UnlockResults,
                &Facts::default(),
            )
            .allowed
        };
        assert!(unlocks(Group::CourtAdministrators));
        assert!(!unlocks(Group::LegalAdvisers));
    }

    #[test]
    fn a_prison_reads_only_what_was_sent_to_it() {
        let prison = |facts: &Facts| {
            ask(
                OrganisationKind::Prison,
                Group::PrisonAdmin,
                Action::ReadDocument,
                facts,
            )
            .allowed
        };
        assert!(prison(&Facts {
            recipient: true,
            ..Facts::default()
        }));
        assert!(!prison(&Facts::default()));
        assert!(
            !ask(
                OrganisationKind::Prison,
                Group::PrisonAdmin,
                Action::ViewCase,
                &Facts {
                    recipient: true,
                    ..Facts::default()
                }
            )
            .allowed
        );
    }

    #[test]
    fn the_initial_details_are_read_before_association_and_other_sections_are_not() {
        let read = |readers: &[&str], unrepresented, associated| {
            let facts = Facts {
                unrepresented,
                associated,
                readers: readers.iter().map(|&r| r.to_owned()).collect(),
                ..Facts::default()
            };
            ask(
                OrganisationKind::DefenceFirm,
                Group::DefenceLawyers,
                Action::ReadMaterial,
                &facts,
            )
            .allowed
        };
        assert!(read(
            &["Defence Lawyers", "Defence before association"],
            true,
            false
        ));
        assert!(!read(&["Defence Lawyers"], true, false));
        assert!(read(&["Defence Lawyers"], false, true));
        assert!(!read(&["CPS"], false, true));
    }

    #[test]
    fn whoever_runs_the_service_sees_no_case() {
        let all = Facts {
            prosecuting: true,
            associated: true,
            unrepresented: true,
            recipient: true,
            amender: false,
            sitting: false,
            served: true,
            readers: ["System Administrators".to_owned()].into(),
            uploaders: ["System Administrators".to_owned()].into(),
        };
        for action in Action::ALL {
            let allowed = ask(
                OrganisationKind::Service,
                Group::SystemAdministrators,
                *action,
                &all,
            )
            .allowed;
            // Accounts, announcements and help are of no case.
            let of_no_case = matches!(
                action,
                Action::ViewNotices
                    | Action::ValidateOrganisations
                    | Action::AdministerAllAccounts
                    | Action::Announce
                    | Action::AskForHelp
                    | Action::AnswerHelp
            );
            assert_eq!(allowed, of_no_case, "{action:?}");
        }
    }

    #[test]
    fn an_administrator_looks_after_people_and_sees_no_case_for_it() {
        let all = Facts {
            associated: true,
            unrepresented: true,
            ..Facts::default()
        };
        let may = |kind, group, action| ask(kind, group, action, &all).allowed;
        let (firm, administrator) = (
            OrganisationKind::DefenceFirm,
            Group::OrganisationAdministrator,
        );
        assert!(may(firm, administrator, Action::AdministerAccounts));
        assert!(!may(firm, administrator, Action::AdministerAllAccounts));
        assert!(!may(firm, administrator, Action::ValidateOrganisations));
        assert!(!may(firm, administrator, Action::ViewCase));
        assert!(!may(
            firm,
            Group::DefenceLawyers,
            Action::AdministerAccounts
        ));
        // Worth nothing in the service, whose people come from the command line.
        assert!(!may(
            OrganisationKind::Service,
            administrator,
            Action::AdministerAccounts
        ));
        assert!(!may(
            firm,
            Group::SystemAdministrators,
            Action::ValidateOrganisations
        ));
    }
}
