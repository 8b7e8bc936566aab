//! Which layer refuses, and that the sentence says it.

use super::*;
use vocabulary::{AccountId, OrganisationId};

fn explained(kind: OrganisationKind, group: Group, action: Action, facts: &Facts) -> Explanation {
    let access = Access::embedded().unwrap();
    let who = Who {
        account: AccountId(uuid::Uuid::nil()),
        organisation: OrganisationId(uuid::Uuid::nil()),
        kind,
        groups: &[group],
    };
    access.explain(who, action, facts)
}

#[test]
fn what_no_policy_gives_to_a_group_is_refused_by_the_group_and_says_whose_it_is() {
    let why = explained(
        OrganisationKind::DefenceFirm,
        Group::DefenceLawyers,
        Action::ShareResults,
        &Facts {
            associated: true,
            ..Facts::default()
        },
    );
    assert_eq!(why.layer, Some(Layer::Group));
    assert!(
        why.sentence
            .contains("it is not for Defence Lawyers (defence firm)")
    );
    assert!(
        why.sentence
            .contains("Those who may: Legal Advisers, Court Clerks,"),
        "{why:?}"
    );
    assert!(why.sentence.ends_with("(court)."), "{why:?}");
    assert_eq!(why.reference(), "group: no policy permits it");
}

#[test]
fn a_firm_that_is_not_on_record_is_refused_by_the_relation() {
    let why = explained(
        OrganisationKind::DefenceFirm,
        Group::DefenceLawyers,
        Action::ReadDocument,
        &Facts::default(),
    );
    assert_eq!(why.layer, Some(Layer::Relation));
    assert!(why.sentence.contains("your firm is not on record for it"));
    assert!(why.policies.contains(&"defence.sees_own_cases".to_owned()));
}

#[test]
fn papers_of_a_section_for_others_are_refused_by_the_section() {
    let why = explained(
        OrganisationKind::Court,
        Group::LegalAdvisers,
        Action::ReadMaterial,
        &Facts {
            readers: ["CPS".to_owned()].into(),
            ..Facts::default()
        },
    );
    assert_eq!(why.layer, Some(Layer::Section));
    assert!(
        why.sentence
            .contains("papers of this section are not for Legal Advisers")
    );
}

#[test]
fn whoever_amends_is_refused_by_the_context() {
    let why = explained(
        OrganisationKind::Court,
        Group::LegalAdvisers,
        Action::DecideAmendment,
        &Facts {
            amender: true,
            sitting: true,
            ..Facts::default()
        },
    );
    assert_eq!(why.layer, Some(Layer::Context));
    assert!(why.sentence.contains("you made the amendment yourself"));
}

#[test]
fn a_sensitive_case_is_refused_by_the_policy_that_forbids_it() {
    let facts = Facts {
        sensitive: true,
        ..Facts::default()
    };
    let asks = |facts: &Facts| {
        explained(
            OrganisationKind::Court,
            Group::LegalAdvisers,
            Action::ViewCase,
            facts,
        )
    };
    let why = asks(&facts);
    assert_eq!(why.layer, Some(Layer::Context));
    assert_eq!(why.policies, ["access.sensitive_cases_are_closed"]);
    for open in [
        Facts {
            permitted: true,
            ..facts.clone()
        },
        Facts {
            reasoned: true,
            ..facts
        },
    ] {
        assert!(asks(&open).allowed);
    }
}

#[test]
fn what_is_allowed_names_the_policy_that_allows_it() {
    let why = explained(
        OrganisationKind::Court,
        Group::LegalAdvisers,
        Action::ShareResults,
        &Facts {
            sitting: true,
            ..Facts::default()
        },
    );
    assert!(why.allowed);
    assert_eq!(why.reference(), "court.runs_hearings");
}

#[test]
fn staff_of_another_court_are_refused_by_the_policy_that_says_where_the_work_is_done() {
    let why = explained(
        OrganisationKind::Court,
        Group::LegalAdvisers,
        Action::ShareResults,
        &Facts {
            elsewhere: true,
            stated: true,
            ..Facts::default()
        },
    );
    assert_eq!(why.layer, Some(Layer::Context));
    assert_eq!(why.policies, ["area.hearings_are_run_where_they_are"]);
    assert_eq!(
        why.sentence,
        "You may not share results: the hearing is at another court; you may read it, and its \
         own court works in it."
    );
}

/// Those to whom access is given, who are instructed or to whom a case is assigned may too.
#[test]
fn those_who_may_are_all_who_may_and_no_group_where_it_does_not_work() {
    let access = Access::embedded().unwrap();
    let may = access.who_may(Action::GrantAccess);
    assert_eq!(
        &*may,
        [
            "Defence Lawyers, Advocates (defence firm)",
            "Advocates, Chambers Admin, Chambers Clerk (chambers)"
        ]
    );
    for action in Action::ALL {
        let sentence = access.who_may(*action).join("; ");
        assert!(sentence.chars().count() < 700, "{action:?}: {sentence}");
    }
    let documents = access.who_may(Action::ReadDocument).join("; ");
    assert!(
        documents.contains("Prison Admin (prison); Probation Admin (probation); Police Admin"),
        "{documents}"
    );
    // Those who look after people alone, and to whom a search alone is published.
    for other in ["Organisation administrator", "Probation Caseworker"] {
        assert!(!documents.contains(other), "{documents}");
    }
    let notices = access.who_may(Action::ViewNotices);
    assert_eq!(&*notices, ["everybody who is signed in"]);
}

#[test]
fn every_policy_says_in_a_sentence_what_it_is_for() {
    let access = Access::embedded().unwrap();
    let mut all = BTreeSet::new();
    for action in Action::ALL {
        all.extend(access.policies_of(*action));
    }
    assert!(all.len() > 80, "{}", all.len());
    for policy in all {
        let says = access.says(policy).unwrap_or_default();
        assert!(says.split(' ').count() > 2, "{policy} says {says:?}");
        assert!(!says.ends_with('.'), "{policy}: {says:?}");
    }
}

/// For every group, kind and action: an explanation says what the decision says.
#[test]
fn an_explanation_never_says_anything_else_than_the_decision() {
    let access = Access::embedded().unwrap();
    for group in Group::ALL {
        for kind in OrganisationKind::ALL {
            let who = Who {
                account: AccountId(uuid::Uuid::nil()),
                organisation: OrganisationId(uuid::Uuid::nil()),
                kind: *kind,
                groups: &[*group],
            };
            for action in [Action::ViewCase, Action::ReadMaterial] {
                let facts = Facts::default();
                let why = access.explain(who, action, &facts);
                assert_eq!(why.allowed, access.decide(who, action, &facts).allowed);
                assert_eq!(why.allowed, why.layer.is_none());
            }
        }
    }
}
