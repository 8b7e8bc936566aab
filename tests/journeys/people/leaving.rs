//! Whoever leaves: what was in their own hands ends in the same action, is listed, and does not
//! come back with them.

use super::{activate, code_of, row, sign_in};
use crate::{
    amending::{begin, sentenced},
    steps::{path_case, view},
};
use app::demo::PATH_URN;
use contract::{
    Code,
    case::View,
    defence::{Associate, Grant, People},
    organisation::{Invite, Leave, Person, ShowLink},
};
use testkit::TestCourt;
use vocabulary::{AccountId, AmendmentKind, Group, RepresentationBasis, ResultsState};

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
