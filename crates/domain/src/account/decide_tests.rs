//! What may become of an account: a yes, a no, an edge.

use super::*;
use uuid::Uuid;
use vocabulary::{Instant, OrganisationKind};

const HELD: &[Group] = &[Group::DefenceLawyers, Group::OrganisationAdministrator];

fn id(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn account(standing: Standing) -> Account {
    Account {
        id: id(1),
        email: "gita@firm.example.test".to_owned(),
        name: "Gita Rowe".to_owned(),
        role: "Solicitor".to_owned(),
        organisation: OrganisationId(Uuid::from_u128(9)),
        groups: vec![Group::DefenceLawyers],
        active: standing == Standing::Active,
        life: super::super::Life {
            standing,
            ..Default::default()
        },
    }
}

fn invitee(groups: &[Group]) -> Invitee {
    Invitee {
        email: " Gita@Firm.example.test".to_owned(),
        name: "Gita  Rowe".to_owned(),
        role: "Solicitor".to_owned(),
        groups: groups.to_vec(),
    }
}

#[test]
fn a_joiner_is_invited_into_roles_of_the_kind_and_no_other() {
    let firm = OrganisationId(Uuid::from_u128(9));
    let ask = |groups: &[Group], before: Option<&Account>| {
        invite(id(1), firm, &invitee(groups), HELD, before)
    };
    let Ok(AccountEvent::AccountInvited(account)) = ask(&[Group::DefenceLawyers], None) else {
        panic!("invited");
    };
    assert_eq!(
        (account.email.as_str(), account.active),
        ("gita@firm.example.test", false)
    );
    assert_eq!(account.life.standing, Standing::Invited);
    let code = |groups: &[Group], before| ask(groups, before).unwrap_err().code;
    assert_eq!(code(&[Group::LegalAdvisers], None), "role_of_another_kind");
    assert_eq!(code(&[], None), "no_role");
    let (active, left) = (
        super::tests::account(Standing::Active),
        super::tests::account(Standing::Left),
    );
    assert_eq!(
        code(&[Group::DefenceLawyers], Some(&active)),
        "address_taken"
    );
    assert!(
        ask(&[Group::DefenceLawyers], Some(&left)).is_ok(),
        "whoever left may join again"
    );
}

#[test]
fn an_account_is_activated_once_and_only_with_todays_terms() {
    let invited = account(Standing::Invited);
    assert!(activate(&invited, "2", "2").is_ok());
    assert_eq!(
        activate(&invited, "1", "2").unwrap_err().code,
        "terms_not_accepted"
    );
    let event = activate(&invited, "2", "2").unwrap();
    let active = invited.after(&event, vocabulary::Instant::from_micros(0));
    assert!(active.active && active.life.terms.as_deref() == Some("2"));
    assert_eq!(
        activate(&active, "2", "2").unwrap_err().code,
        "stands_otherwise"
    );
    assert!(renew(&active).is_err() && renew(&account(Standing::Invited)).is_ok());
}

#[test]
fn whoever_is_suspended_comes_back_with_what_they_had_and_whoever_left_does_not() {
    let at = vocabulary::Instant::from_micros(0);
    let active = account(Standing::Active);
    let suspended = active
        .clone()
        .after(&suspend(&active, id(2), false).unwrap(), at);
    assert!(!suspended.active);
    let back = suspended
        .clone()
        .after(&reactivate(&suspended, false).unwrap(), at);
    assert_eq!(back, active);
    assert!(reactivate(&account(Standing::Idle), false).is_ok());
    assert!(reactivate(&account(Standing::Left), false).is_err());
    assert!(suspend(&suspended, id(2), false).is_err());
}

#[test]
fn nobody_suspends_or_dismisses_themselves_or_lays_down_their_own_administration() {
    let mut own = account(Standing::Active);
    own.groups = HELD.to_vec();
    assert_eq!(suspend(&own, own.id, false).unwrap_err().code, "oneself");
    assert_eq!(leave(&own, own.id, None).unwrap_err().code, "oneself");
    let roles = |by| {
        change_roles(
            &own,
            (by, true),
            "Solicitor",
            &[Group::DefenceLawyers],
            HELD,
        )
    };
    assert_eq!(roles(own.id).unwrap_err().code, "own_administration");
    assert!(roles(id(2)).unwrap().is_some());
    let same = change_roles(&own, (own.id, true), "Solicitor", HELD, HELD);
    assert_eq!(same.unwrap(), None, "nothing changes, nothing is recorded");
}

#[test]
fn nobody_gives_themselves_a_role_that_a_colleague_could_give() {
    let mut own = account(Standing::Active);
    own.groups = vec![Group::OrganisationAdministrator];
    let all = |by| change_roles(&own, by, "Solicitor", HELD, HELD);
    assert_eq!(all((own.id, false)).unwrap_err().code, "own_roles");
    assert!(all((id(2), false)).unwrap().is_some(), "a colleague does");
    assert!(all((own.id, true)).unwrap().is_some(), "nobody else could");
    // What they are called is no role that opens anything.
    let called = change_roles(&own, (own.id, false), "Partner", &own.groups, HELD);
    assert!(called.unwrap().is_some());
}

#[test]
fn a_leaver_hands_over_to_an_active_colleague_or_to_nobody() {
    let leaver = account(Standing::Active);
    let mut colleague = account(Standing::Active);
    colleague.id = id(3);
    assert!(leave(&leaver, id(2), Some(&colleague)).is_ok());
    assert!(leave(&leaver, id(2), None).is_ok());
    assert_eq!(
        leave(&leaver, id(2), Some(&leaver)).unwrap_err().code,
        "no_colleague"
    );
    colleague.active = false;
    assert_eq!(
        leave(&leaver, id(2), Some(&colleague)).unwrap_err().code,
        "no_colleague"
    );
    assert!(leave(&account(Standing::Left), id(2), None).is_err());
}

#[test]
fn whoever_carries_on_is_given_what_the_leaver_could_do_and_not_to_administer() {
    const MORE: &[Group] = &[
        Group::Advocates,
        Group::DefenceLawyers,
        Group::OrganisationAdministrator,
    ];
    let mut leaver = account(Standing::Active);
    leaver.groups = MORE.to_vec();
    let mut colleague = account(Standing::Active);
    (colleague.id, colleague.groups) = (id(3), vec![Group::Advocates]);
    let given = |by, held| take_over(&leaver, &colleague, by, held);
    let Ok(Some(AccountEvent::RolesChanged {
        account, groups, ..
    })) = given((id(2), false), MORE)
    else {
        panic!("given");
    };
    assert_eq!(account, id(3));
    assert_eq!(groups.len(), 2, "{groups:?}");
    assert!(groups.contains(&Group::DefenceLawyers), "{groups:?}");
    // What the organisation of the colleague may not give is not given.
    assert_eq!(given((id(2), false), &[Group::Advocates]).unwrap(), None);
    // To oneself only where nobody else could.
    assert_eq!(given((id(3), false), MORE).unwrap_err().code, "own_roles");
    assert!(given((id(3), true), MORE).unwrap().is_some());
    let same = take_over(&leaver, &leaver, (id(2), false), MORE);
    assert_eq!(same.unwrap(), None, "nothing is lacking");
}

#[test]
fn a_mover_goes_to_an_office_of_the_same_organisation_only() {
    let office = |n: u128, of: Option<u128>| Organisation {
        id: OrganisationId(Uuid::from_u128(n)),
        kind: OrganisationKind::DefenceFirm,
        name: format!("Office {n}"),
        address: crate::case::Address::default(),
        email: None,
        ou_code: None,
        court: None,
        route: Route::default(),
        profile: super::super::Profile {
            office_of: of.map(|of| OrganisationId(Uuid::from_u128(of))),
            ..Default::default()
        },
        signing_in: super::super::SigningIn::default(),
    };
    let (head, branch, other) = (office(9, None), office(10, Some(9)), office(11, None));
    let person = account(Standing::Active);
    assert!(move_to(&person, &head, &branch).unwrap().is_some());
    assert_eq!(move_to(&person, &head, &head).unwrap(), None);
    assert_eq!(
        move_to(&person, &head, &other).unwrap_err().code,
        "another_organisation"
    );
}

#[test]
fn whoever_may_not_give_a_group_neither_gives_it_nor_takes_it() {
    let mut own = account(Standing::Active);
    own.groups = vec![Group::DefenceLawyers, Group::DefenceUsers];
    let change = |groups: &[Group]| change_roles(&own, (id(2), false), "Partner", groups, HELD);
    let groups = |event: Result<Option<AccountEvent>, Refusal>| match event.unwrap().unwrap() {
        AccountEvent::RolesChanged { groups, .. } => groups,
        other => panic!("{other:?}"),
    };
    // A group that others gave is in nobody's way, whether it is named or not.
    let mut kept = own.groups.clone();
    kept.sort_unstable();
    assert_eq!(groups(change(&own.groups)), kept);
    assert_eq!(groups(change(&[Group::DefenceLawyers])), kept);
    assert_eq!(groups(change(&[])), [Group::DefenceUsers]);
    let more = change(&[Group::DefenceLawyers, Group::LegalAdvisers]);
    assert_eq!(more.unwrap_err().code, "role_of_another_kind");
    // Whoever may give it takes it.
    let all = [Group::DefenceLawyers, Group::DefenceUsers];
    let taken = change_roles(&own, (id(2), false), "Partner", &all[..1], &all);
    assert_eq!(groups(taken), [Group::DefenceLawyers]);
}

#[test]
fn nobody_makes_themselves_an_auditor_however_alone_they_are() {
    let mut own = account(Standing::Active);
    own.groups = vec![Group::SystemAdministrators];
    let asked = [Group::SystemAdministrators, Group::Auditors];
    let change = |by| change_roles(&own, by, "Runs it", &asked, &asked);
    assert_eq!(change((own.id, true)).unwrap_err().code, "own_roles");
    assert!(change((id(2), false)).unwrap().is_some());
}

#[test]
fn roles_go_with_the_work_to_a_colleague_of_the_same_office_alone() {
    let leaver = account(Standing::Active);
    let mut colleague = account(Standing::Active);
    (colleague.id, colleague.groups) = (id(3), vec![Group::OrganisationAdministrator]);
    let given = |colleague: &Account| take_over(&leaver, colleague, (id(2), false), HELD);
    assert!(given(&colleague).unwrap().is_some());
    colleague.organisation = OrganisationId(Uuid::from_u128(10));
    let refused = given(&colleague).unwrap_err();
    assert_eq!(refused.code, "colleague_of_another_office");
}

#[test]
fn whom_hmcts_staff_suspended_comes_back_by_them_alone() {
    let at = Instant::from_micros(0);
    let active = account(Standing::Active);
    let by_firm = active
        .clone()
        .after(&suspend(&active, id(2), false).unwrap(), at);
    // Also if the firm was first.
    for own in [active, by_firm.clone(), account(Standing::Idle)] {
        let suspended = own.clone().after(&suspend(&own, id(2), true).unwrap(), at);
        let refused = reactivate(&suspended, false).unwrap_err();
        assert_eq!(refused.code, "suspended_by_service");
        assert!(suspend(&suspended, id(2), true).is_err());
        let left = suspended
            .clone()
            .after(&leave(&suspended, id(2), None).unwrap(), at);
        let again = may_return(Some(&left), false).unwrap_err();
        assert_eq!(again.code, "address_taken");
        assert!(may_return(Some(&left), true).is_ok());
        let back = suspended
            .clone()
            .after(&reactivate(&suspended, true).unwrap(), at);
        assert!(back.active && !back.life.by_service);
    }
    assert!(reactivate(&by_firm, false).is_ok());
    assert!(may_return(Some(&account(Standing::Left)), false).is_ok());
    assert!(may_return(None, false).is_ok());
}
