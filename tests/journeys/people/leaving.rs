//! Whoever leaves: what was in their own hands ends in the same action, is listed, and does not
//! come back with them.

use super::{ADMINISTRATOR, SOLICITOR, activate, code_of, invite, people, row, sign_in};
use crate::{
    amending::{begin, sentenced},
    steps::{path_case, view},
};
use app::demo::PATH_URN;
use client::Client;
use contract::{
    Code,
    case::{List, View},
    defence::{Associate, Grant, People},
    notice,
    organisation::{ChangeRoles, Invite, Leave, Left, Person, ShowLink},
};
use std::collections::BTreeSet;
use testkit::TestCourt;
use vocabulary::{AccountId, AmendmentKind, Group, RepresentationBasis, ResultsState, Urn};

const COUNSEL: &str = "rosalind.quaye@fivewells.example.test";
const ADVISER: &str = "ada.wren@court.example.test";
const COLLEAGUE: &str = "tomasz.brandys@court.example.test";

async fn account(court: &TestCourt, email: &str) -> domain::account::Account {
    let found = court.state.app.index.account_by_email(email).await;
    found.unwrap().unwrap()
}

fn leave(account_id: AccountId) -> Leave {
    Leave {
        account_id,
        colleague: None,
        with_roles: false,
    }
}

#[tokio::test]
async fn access_that_a_leaver_was_given_ends_with_them_and_does_not_come_back() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let firm = court.as_defence().await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    let glance = view(&firm, case_id).await;
    let defendant = &glance.defendants[0];
    let associate = Associate {
        case_id,
        defendant_id: defendant.defendant_id,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed: false,
    };
    firm.defence_associate(&associate).await.unwrap();
    let grant = Grant {
        case_id,
        defendant_id: Some(defendant.defendant_id),
        email: COUNSEL.to_owned(),
        until: None,
        confirmed: false,
    };
    firm.defence_grant(&grant).await.unwrap();
    let counsel = court.sign_in(COUNSEL).await;
    counsel.case_view(&View { case_id }).await.unwrap();
    let own = account(&court, COUNSEL).await;

    // What would end is seen before, and listed after.
    let account_id = own.id;
    let seen = staff.organisation_person(&Person { account_id }).await;
    let before = seen.unwrap().needs_owner;
    let ends = |all: &[contract::organisation::NeedsOwner]| {
        all.iter()
            .any(|one| one.reference == PATH_URN && one.what.contains("given themselves"))
    };
    assert!(ends(&before), "{before:?}");
    let left = staff.organisation_leave(&leave(account_id)).await.unwrap();
    assert!(ends(&left.needs_owner), "{:?}", left.needs_owner);
    assert_eq!(row(&left.people, COUNSEL).standing, "left");
    let view = counsel.case_view(&View { case_id }).await;
    assert_eq!(code_of(view), Code::SignedOut);
    let people = firm.defence_people(&People { case_id }).await.unwrap();
    assert!(people.defendants[0].people.is_empty(), "{people:?}");

    // She comes back to the same chambers, with nothing of it.
    let invite = Invite {
        organisation_id: own.organisation,
        email: COUNSEL.to_owned(),
        name: own.name.clone(),
        role: own.role.clone(),
        groups: vec![Group::Advocates],
    };
    staff.organisation_invite(&invite).await.unwrap();
    let link = staff
        .organisation_show_link(&ShowLink { account_id })
        .await
        .unwrap();
    activate(&court, &link.link).await.unwrap();
    let again = sign_in(&court, COUNSEL).await;
    let view = again.case_view(&View { case_id }).await;
    assert_eq!(code_of(view), Code::NotFound);
}

#[tokio::test]
async fn results_that_a_leaver_was_amending_are_unlocked_with_them() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let adviser = court.sign_in(ADVISER).await;
    let colleague = court.sign_in(COLLEAGUE).await;
    let hearing_id = sentenced(&court, &adviser).await;
    begin(&adviser, hearing_id, AmendmentKind::UserError)
        .await
        .unwrap();
    let locked = begin(&colleague, hearing_id, AmendmentKind::UserError).await;
    assert_eq!(
        locked.unwrap_err().reference.as_deref(),
        Some("already_being_amended")
    );
    let account_id = account(&court, ADVISER).await.id;
    let left = staff.organisation_leave(&leave(account_id)).await.unwrap();
    let listed = |one: &&contract::organisation::NeedsOwner| one.what.contains("unlocked");
    assert_eq!(left.needs_owner.iter().filter(listed).count(), 1);

    let room = crate::steps::look(&colleague, hearing_id).await;
    assert_eq!(room.results_state, ResultsState::Shared);
    begin(&colleague, hearing_id, AmendmentKind::UserError)
        .await
        .unwrap();
    assert!(court.state.store.verify().await.unwrap().bad.is_none());
}

async fn cases(client: &Client) -> BTreeSet<Urn> {
    let list = client.case_list(&List {}).await.unwrap();
    list.cases.into_iter().map(|case| case.urn).collect()
}

/// Lets the only solicitor of the firm go, and hands her work to somebody of these addresses.
async fn hand_over(asking: &Client, to: &str, with_roles: bool) -> Result<Left, contract::Problem> {
    let own = people(asking).await;
    let leave = Leave {
        account_id: row(&own, SOLICITOR).account_id,
        colleague: Some(row(&own, to).account_id),
        with_roles,
    };
    asking.organisation_leave(&leave).await
}

#[tokio::test]
async fn in_a_firm_of_two_whoever_stays_carries_on_with_the_cases_of_whoever_leaves() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let iris = court.sign_in(SOLICITOR).await;
    let hers = cases(&iris).await;
    assert!(!hers.is_empty(), "the demo firm is on record somewhere");
    assert!(cases(&administrator).await.is_empty());
    // What would be left behind is said before, and what would help.
    let account_id = account(&court, SOLICITOR).await.id;
    let person = Person { account_id };
    let seen = administrator.organisation_person(&person).await.unwrap();
    assert_eq!(seen.needs_owner.len(), hers.len());
    let [hal] = &seen.colleagues[..] else {
        panic!("a firm of two: {:?}", seen.colleagues);
    };
    assert!(!hal.opens, "{hal:?}");
    assert_eq!(hal.lacks, [Group::DefenceLawyers]);

    let left = hand_over(&administrator, ADMINISTRATOR, true)
        .await
        .unwrap();
    assert_eq!(left.roles, [Group::DefenceLawyers]);
    assert_eq!(left.needs_owner, [], "whoever stays opens them");
    // From the very next request on.
    assert_eq!(cases(&administrator).await, hers);
    let list = administrator.case_list(&List {}).await.unwrap();
    for case in &list.cases {
        view(&administrator, case.case_id).await;
    }
    // Nobody else could give the role, so that those who validate are told.
    let staff = court.as_administrator().await;
    let told = staff.notice_list(&notice::List {}).await.unwrap().items;
    let own = |one: &&contract::notice::Notice| one.title.contains("gave themselves a role");
    assert_eq!(told.iter().filter(own).count(), 1, "{told:?}");
    // The notice to whoever takes over sends nobody to a page that is not theirs.
    let told = administrator.notice_list(&notice::List {}).await.unwrap();
    let left = told.items.iter().find(|one| one.title.ends_with(" left"));
    assert!(left.unwrap().body.contains("in your cases"), "{left:?}");
    assert!(court.state.store.verify().await.unwrap().bad.is_none());
}

#[tokio::test]
async fn roles_are_handed_over_only_if_asked_for_and_to_oneself_only_where_nobody_else_could() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let hers = cases(&court.sign_in(SOLICITOR).await).await;
    // A colleague who administers and opens no case.
    let email = "gita.rowe@thornevale.example.test";
    let after = invite(&administrator, email, &[Group::OrganisationAdministrator]).await;
    let account_id = row(&after.unwrap(), email).account_id;
    let link = administrator
        .organisation_show_link(&ShowLink { account_id })
        .await;
    activate(&court, &link.unwrap().link).await.unwrap();
    let gita = sign_in(&court, email).await;

    let outcome = hand_over(&administrator, ADMINISTRATOR, true).await;
    assert_eq!(outcome.unwrap_err().reference.as_deref(), Some("own_roles"));
    let own = people(&administrator).await;
    assert_eq!(row(&own, SOLICITOR).standing, "active", "nothing was done");
    // A suspended leaver has their cases in hand as before.
    let account_id = row(&own, SOLICITOR).account_id;
    let suspend = contract::organisation::Suspend { account_id };
    administrator.organisation_suspend(&suspend).await.unwrap();
    let left = hand_over(&administrator, email, false).await.unwrap();
    assert_eq!(left.roles, []);
    assert_eq!(left.needs_owner.len(), hers.len(), "{:?}", left.needs_owner);
    assert!(cases(&gita).await.is_empty());
}

#[tokio::test]
async fn of_two_who_administer_whoever_stays_is_alone_with_whoever_left() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let hers = cases(&court.sign_in(SOLICITOR).await).await;
    let own = people(&administrator).await;
    let iris = row(&own, SOLICITOR);
    let change = ChangeRoles {
        account_id: iris.account_id,
        role: iris.role.clone(),
        groups: vec![Group::DefenceLawyers, Group::OrganisationAdministrator],
        organisation_id: iris.organisation_id,
    };
    administrator
        .organisation_change_roles(&change)
        .await
        .unwrap();
    let left = hand_over(&administrator, ADMINISTRATOR, true)
        .await
        .unwrap();
    assert_eq!(left.roles, [Group::DefenceLawyers]);
    assert_eq!(cases(&administrator).await, hers);
}
