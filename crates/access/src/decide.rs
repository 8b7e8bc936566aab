//! The one question.

use crate::{
    action::Action,
    facts::{Facts, strings},
    load::{PolicyError, embedded},
    needs::{Needs, Question},
};
use cedar_policy::{
    Authorizer, Context, Decision as Verdict, Entities, Entity, EntityId, EntityTypeName,
    EntityUid, PolicySet, Request, RestrictedExpression, Schema,
};
use std::{
    collections::{HashMap, HashSet},
    sync::{PoisonError, RwLock},
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

/// Yes or no, and by which policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is allowed.
    pub allowed: bool,
    /// The policies that allowed it, or those that forbid it; empty if none permits it.
    pub policies: Vec<String>,
}

impl Decision {
    /// Of what went wrong on the way.
    const fn no() -> Self {
        Self {
            allowed: false,
            policies: Vec::new(),
        }
    }

    /// The policy to record beside a reading.
    #[must_use]
    pub fn policy(&self) -> String {
        self.policies.join(", ")
    }
}

/// Decisions that are remembered at most; then all are forgotten.
const MOST_REMEMBERED: usize = 50_000;

/// What decides one action.
#[derive(Debug)]
struct OfAction {
    uid: EntityUid,
    policies: PolicySet,
    needs: Needs,
}

/// The policies, ready to decide.
#[derive(Debug)]
pub struct Access {
    actions: HashMap<Action, OfAction>,
    schema: Schema,
    authorizer: Authorizer,
    person: EntityTypeName,
    /// Whoever asks, where it does not matter who it is.
    somebody: EntityUid,
    thing: EntityUid,
    /// What a policy says of itself, by its id.
    says: HashMap<String, String>,
    /// To whom each action is permitted, once somebody was told.
    pub(crate) told: RwLock<HashMap<Action, std::sync::Arc<[String]>>>,
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
        let says = all
            .policies()
            .filter_map(|policy| {
                let says = policy.annotation("says")?;
                Some((
                    AsRef::<str>::as_ref(policy.id()).to_owned(),
                    says.to_owned(),
                ))
            })
            .collect();
        let kind = |name: &str| name.parse::<EntityTypeName>().map_err(|e| broken(&e));
        let action_kind = kind("Action")?;
        // Evaluation is linear in the policies, so each action keeps only its own.
        let mut actions = HashMap::new();
        for action in Action::ALL {
            let uid = EntityUid::from_type_name_and_id(
                action_kind.clone(),
                EntityId::new(action.as_str()),
            );
            let (mut policies, mut needs) = (PolicySet::new(), Needs::default());
            for policy in all.policies() {
                if covers(policy, &uid) {
                    needs.add(policy);
                    policies.add(policy.clone()).map_err(|e| broken(&e))?;
                }
            }
            let of_action = OfAction {
                uid,
                policies,
                needs,
            };
            actions.insert(*action, of_action);
        }
        let person = kind("Person")?;
        let somebody = EntityUid::from_type_name_and_id(person.clone(), EntityId::new("somebody"));
        let thing = EntityUid::from_type_name_and_id(kind("Thing")?, EntityId::new("it"));
        // Facts have one form, whatever they say: that it is the schema's is seen here, once.
        for own in actions.values() {
            let form = Facts {
                readers: ["CPS".to_owned()].into(),
                uploaders: ["CPS".to_owned()].into(),
                ..Facts::default()
            };
            let context = Context::from_pairs(form.pairs()).map_err(|e| broken(&e))?;
            let (who, what) = (somebody.clone(), own.uid.clone());
            Request::new(who, what, thing.clone(), context, Some(&schema))
                .map_err(|e| broken(&e))?;
        }
        Ok(Self {
            actions,
            schema,
            authorizer: Authorizer::new(),
            person,
            somebody,
            thing,
            says,
            told: RwLock::default(),
            remembered: RwLock::default(),
        })
    }

    /// May this person do this, standing to the thing as the facts say?
    /// Anything that goes wrong on the way is a no.
    #[must_use]
    pub fn decide(&self, who: Who<'_>, action: Action, facts: &Facts) -> Decision {
        let needs = self.needs(action);
        let question = needs.of(action, who.kind, who.groups, facts);
        let remembered = self
            .remembered
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&question)
            .cloned();
        if let Some(decision) = remembered {
            return decision;
        }
        let somebody = self.somebody.clone();
        let decision = self.asked(somebody, who, action, facts, None);
        let decision = decision.unwrap_or_else(Decision::no);
        let mut remembered = self
            .remembered
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(question, decision.clone());
        decision
    }

    /// The same, asked of the policies themselves, by whoever it is and with everything held
    /// against the schema: nothing is remembered. What [`Access::decide`] must never differ from.
    #[must_use]
    pub fn decide_anew(&self, who: Who<'_>, action: Action, facts: &Facts) -> Decision {
        let person = EntityUid::from_type_name_and_id(
            self.person.clone(),
            EntityId::new(who.account.to_string()),
        );
        self.asked(person, who, action, facts, Some(&self.schema))
            .unwrap_or_else(Decision::no)
    }

    /// What its policies look at.
    pub(crate) fn needs(&self, action: Action) -> Needs {
        let own = self.actions.get(&action);
        own.map_or(Needs::ALL, |own| own.needs)
    }

    /// What a policy says of itself.
    #[must_use]
    pub fn says(&self, policy: &str) -> Option<&str> {
        self.says.get(policy).map(String::as_str)
    }

    /// Every policy that speaks about an action.
    pub fn policies_of(&self, action: Action) -> impl Iterator<Item = &str> {
        let own = self.actions.get(&action).into_iter();
        own.flat_map(|own| {
            own.policies
                .policies()
                .map(|policy| AsRef::<str>::as_ref(policy.id()))
        })
    }

    fn asked(
        &self,
        principal: EntityUid,
        who: Who<'_>,
        action: Action,
        facts: &Facts,
        schema: Option<&Schema>,
    ) -> Option<Decision> {
        let own = self.actions.get(&action)?;
        let groups = strings(who.groups.iter().map(|group| group.as_str()));
        let kind = RestrictedExpression::new_string(who.kind.as_str().to_owned());
        let entity = Entity::new(
            principal.clone(),
            HashMap::from([("groups".to_owned(), groups), ("kind".to_owned(), kind)]),
            HashSet::new(),
        )
        .ok()?;
        let entities = Entities::from_entities([entity], None).ok()?;
        let context = Context::from_pairs(facts.pairs()).ok()?;
        let request = Request::new(
            principal,
            own.uid.clone(),
            self.thing.clone(),
            context,
            schema,
        )
        .ok()?;
        let answer = self
            .authorizer
            .is_authorized(&request, &own.policies, &entities);
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

fn covers(policy: &cedar_policy::Policy, action: &EntityUid) -> bool {
    use cedar_policy::ActionConstraint;
    match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::In(list) => list.contains(action),
        ActionConstraint::Eq(one) => one == *action,
    }
}

#[cfg(test)]
mod association;
#[cfg(test)]
mod printouts;

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{AccountId, OrganisationId};

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
            sitting: true,
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
                sitting: true,
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
            let facts = Facts {
                sitting: true,
                ..Facts::default()
            };
            ask(
                OrganisationKind::Court,
                group,
                Action::UnlockResults,
                &facts,
            )
            .allowed
        };
        assert!(unlocks(Group::CourtAdministrators));
        assert!(!unlocks(Group::LegalAdvisers));
    }

    #[test]
    fn staff_work_where_the_hearing_is_and_nothing_that_lets_them_read_lets_them_work() {
        let elsewhere = Facts {
            elsewhere: true,
            stated: true,
            reasoned: true,
            permitted: true,
            ..Facts::default()
        };
        let here = Facts {
            sitting: true,
            ..Facts::default()
        };
        let court = OrganisationKind::Court;
        let adviser = |action, facts| ask(court, Group::LegalAdvisers, action, facts);
        assert!(adviser(Action::ViewHearing, &elsewhere).allowed);
        for action in [
            Action::LogEvent,
            Action::RecordAttendance,
            Action::HearTogether,
            Action::EnterPlea,
            Action::EnterVerdict,
            Action::EditResults,
            Action::ShareResults,
            Action::AmendResults,
            Action::DecideAmendment,
        ] {
            assert!(adviser(action, &here).allowed, "{action:?}");
            let refused = adviser(action, &elsewhere);
            assert!(!refused.allowed, "{action:?}");
            assert_eq!(refused.policies, ["area.hearings_are_run_where_they_are"]);
        }
        let lists = adviser(Action::RestrictListing, &elsewhere);
        let keeps = ["area.cases_are_kept_off_lists_where_they_are_heard"];
        assert_eq!(
            (lists.allowed, lists.policies),
            (false, keeps.map(str::to_owned).to_vec())
        );
        assert!(adviser(Action::RestrictListing, &here).allowed);
        // A judge sits where they are sent.
        assert!(ask(court, Group::DistrictJudge, Action::LogEvent, &elsewhere).allowed);
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
            sitting: true,
            served: true,
            permitted: true,
            reasoned: true,
            granted: true,
            instructed: true,
            assigned: true,
            readers: ["System Administrators".to_owned()].into(),
            uploaders: ["System Administrators".to_owned()].into(),
            ..Facts::default()
        };
        for action in Action::ALL {
            let allowed = ask(
                OrganisationKind::Service,
                Group::SystemAdministrators,
                *action,
                &all,
            )
            .allowed;
            // Accounts, announcements, rules and help are of no case.
            let of_no_case = matches!(
                action,
                Action::ViewNotices
                    | Action::ValidateOrganisations
                    | Action::AdministerAllAccounts
                    | Action::Announce
                    | Action::LowerRules
                    | Action::AskForHelp
                    | Action::AnswerHelp
            );
            assert_eq!(allowed, of_no_case, "{action:?}");
        }
    }

    #[test]
    fn those_who_act_on_documents_have_the_inbox_of_their_organisation_and_nobody_else_there() {
        let sent = Facts {
            recipient: true,
            ..Facts::default()
        };
        let access = Access::embedded().unwrap();
        let id = "00000000-0000-0000-0000-000000000001";
        let (account, organisation) = (id.parse().unwrap(), id.parse().unwrap());
        for kind in OrganisationKind::ALL {
            use OrganisationKind::{Chambers, Court, Media, Service};
            let receives = !matches!(kind, Chambers | Court | Media | Service);
            for group in Group::ALL.iter().filter(|own| own.works_at(*kind)) {
                let acts = receives && group.acts_on_documents();
                for action in [
                    Action::ViewInbox,
                    Action::OpenDelivery,
                    Action::AcknowledgeDelivery,
                    Action::ReadDocument,
                ] {
                    let who = Who {
                        account,
                        organisation,
                        kind: *kind,
                        groups: &[*group],
                    };
                    let opens = access.decide(who, action, &sent).allowed;
                    // Whoever works on cases at a court reads its documents as that.
                    let of_court = *kind == Court && action == Action::ReadDocument;
                    assert!(opens == acts || of_court, "{group} at {kind}: {action:?}");
                }
            }
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
