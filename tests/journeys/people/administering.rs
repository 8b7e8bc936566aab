//! Whoever administers an organisation: what each step does at once, and whom it does not reach.

use super::{
    ADMINISTRATOR, SOLICITOR, code_of, colleague, invite, joined, number, people, row, sign_in,
    try_sign_in, validate,
};
use crate::audit;
use client::{Client, Heard};
use contract::{
    Code,
    account::Current,
    audit::Subject,
    case, notice,
    organisation::{
        ChangeRoles, Invite, Leave, List, People, Person, Reactivate, RegisterOffice, Resend,
        ShowLink, Suspend,
    },
};
use std::time::Duration;
use testkit::TestCourt;
use vocabulary::{CommandId, Group};

#[tokio::test]
async fn a_suspended_account_is_refused_at_the_next_request_and_comes_back_whole() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let email = "gita.rowe@thornevale.example.test";
    let invited = colleague(&court, &administrator, email).await;
    let account_id = invited.account_id;
    let gita = sign_in(&court, email).await;
    gita.case_list(&case::List {}).await.unwrap();
    let mut live = gita.live(None);
    assert_eq!(live.next().await, Some(Heard::Up));

    let after = administrator
        .organisation_suspend(&Suspend { account_id })
        .await
        .unwrap();
    assert_eq!(row(&after, email).standing, "suspended");
    assert_eq!(
        code_of(gita.case_list(&case::List {}).await),
        Code::SignedOut
    );
    assert_eq!(
        code_of(try_sign_in(&court, email).await),
        Code::WrongPassword
    );
    // A stream that was open is cut.
    let cut = async { while !matches!(live.next().await, None | Some(Heard::SignedOut(_))) {} };
    tokio::time::timeout(Duration::from_secs(10), cut)
        .await
        .expect("the stream is cut");

    let after = administrator
        .organisation_reactivate(&Reactivate { account_id })
        .await
        .unwrap();
    assert_eq!(row(&after, email).standing, "active");
    // The session is gone; the password and the roles are not.
    assert_eq!(
        code_of(gita.case_list(&case::List {}).await),
        Code::SignedOut
    );
    let again = sign_in(&court, email).await;
    let person = again.account_current(&Current {}).await.unwrap();
    assert_eq!(person.groups, [Group::DefenceLawyers]);
}

#[tokio::test]
async fn a_mover_has_other_roles_at_the_next_request() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let email = "gita.rowe@thornevale.example.test";
    let invited = colleague(&court, &administrator, email).await;
    let gita = sign_in(&court, email).await;
    assert!(gita.case_list(&case::List {}).await.unwrap().may_find);
    let change = |groups: &[Group]| ChangeRoles {
        account_id: invited.account_id,
        role: "Office manager".to_owned(),
        groups: groups.to_vec(),
        organisation_id: invited.organisation_id,
    };
    let manager = change(&[Group::OrganisationAdministrator]);
    administrator
        .organisation_change_roles(&manager)
        .await
        .unwrap();
    assert!(!gita.case_list(&case::List {}).await.unwrap().may_find);
    assert_eq!(people(&gita).await.name, "Thorne & Vale Solicitors");
    // No role of another kind of organisation, and not none.
    for groups in [
        &[Group::LegalAdvisers][..],
        &[Group::SystemAdministrators],
        &[],
    ] {
        let outcome = administrator
            .organisation_change_roles(&change(groups))
            .await;
        assert_eq!(code_of(outcome), Code::Refused, "{groups:?}");
    }
}

#[tokio::test]
async fn a_mover_goes_to_another_office_which_hmcts_staff_validated() {
    let court = TestCourt::open().await;
    let partner = joined(&court, "Pryce Adeyemi LLP").await;
    let said = super::firm(
        &court,
        "Pryce Adeyemi LLP, Porthgarreg",
        "other@else.example.test",
    )
    .await;
    let office = RegisterOffice { said };
    let registered = partner.organisation_register_office(&office).await.unwrap();
    assert_eq!(registered.wrong, []);
    assert_eq!(
        people(&partner).await.offices.len(),
        1,
        "not before it is validated"
    );
    assert!(
        validate(&court, "Pryce Adeyemi LLP, Porthgarreg")
            .await
            .is_none(),
        "nobody new"
    );
    let email = "gita@pryceadeyemi.example.test";
    let invited = colleague(&court, &partner, email).await;
    let own = people(&partner).await;
    assert_eq!(own.offices.len(), 2);
    let gita = sign_in(&court, email).await;
    let moved = ChangeRoles {
        account_id: invited.account_id,
        role: invited.role.clone(),
        groups: invited.groups.clone(),
        organisation_id: own.offices[1].organisation_id,
    };
    partner.organisation_change_roles(&moved).await.unwrap();
    assert_eq!(
        code_of(gita.case_list(&case::List {}).await),
        Code::SignedOut
    );
    let person = sign_in(&court, email)
        .await
        .account_current(&Current {})
        .await
        .unwrap();
    assert_eq!(person.organisation, "Pryce Adeyemi LLP, Porthgarreg");
    // To another organisation nobody is moved: to its administrator there is none.
    let theirs = court.sign_in(ADMINISTRATOR).await;
    let elsewhere = ChangeRoles {
        organisation_id: people(&theirs).await.organisation_id,
        ..moved
    };
    let outcome = partner.organisation_change_roles(&elsewhere).await;
    assert_eq!(code_of(outcome), Code::NotFound);
}

#[tokio::test]
async fn a_leaver_is_out_at_once_and_what_only_they_could_open_is_listed_or_handed_over() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let iris = court.sign_in(SOLICITOR).await;
    let mine = iris.case_list(&case::List {}).await.unwrap().cases;
    assert!(!mine.is_empty(), "the demo firm is on record somewhere");
    let own = people(&administrator).await;
    let iris_id = row(&own, SOLICITOR).account_id;

    // Who sees what, and why: the same cases that she opens.
    let sees = administrator
        .organisation_person(&Person {
            account_id: iris_id,
        })
        .await
        .unwrap();
    let mut seen: Vec<_> = sees.cases.iter().map(|own| own.urn.clone()).collect();
    let mut listed: Vec<_> = mine.iter().map(|own| own.urn.to_string()).collect();
    seen.sort();
    listed.sort();
    assert_eq!(seen, listed);
    // That it was named to the administrator is in the report of each.
    let told = audit::report(&court, Subject::Case, &seen[0]).await.lines;
    let told = audit::lines(&told, "asked for organisation.person");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        sees.cases
            .iter()
            .all(|own| own.why.contains("is on record for")),
        "{sees:?}"
    );
    assert_eq!(
        sees.needs_owner.len(),
        seen.len(),
        "she is the only solicitor"
    );

    let email = "gita.rowe@thornevale.example.test";
    let gita_id = colleague(&court, &administrator, email).await.account_id;
    let leave = Leave {
        account_id: iris_id,
        colleague: Some(gita_id),
        with_roles: false,
    };
    let left = administrator.organisation_leave(&leave).await.unwrap();
    assert_eq!(left.handed_to.as_deref(), Some("Gita Rowe"));
    assert_eq!(left.needs_owner, [], "a colleague can open them");
    assert_eq!(row(&left.people, SOLICITOR).standing, "left");
    assert_eq!(
        code_of(iris.case_list(&case::List {}).await),
        Code::SignedOut
    );
    let gita = sign_in(&court, email).await;
    let told = gita.notice_list(&notice::List {}).await.unwrap().items;
    assert!(
        told.iter().any(|own| own.title == "Iris Thorne left"),
        "{told:?}"
    );
    // Handed to nobody, what nobody could open is listed.
    let leave = Leave {
        account_id: gita_id,
        colleague: None,
        with_roles: false,
    };
    let left = administrator.organisation_leave(&leave).await.unwrap();
    assert_eq!(left.needs_owner.len(), seen.len());
    // What she did is still hers, and she can join again.
    let account = court
        .state
        .app
        .index
        .account(iris_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (account.name.as_str(), account.active),
        ("Iris Thorne", false)
    );
    let again = invite(&administrator, SOLICITOR, &[Group::DefenceLawyers])
        .await
        .unwrap();
    assert_eq!(row(&again, SOLICITOR).standing, "invited");
    assert_eq!(row(&again, SOLICITOR).account_id, iris_id);
}

#[tokio::test]
async fn another_organisations_people_are_not_there() {
    let court = TestCourt::open().await;
    let own = joined(&court, "Pryce Adeyemi LLP").await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let theirs = people(&administrator).await;
    let account_id = row(&theirs, SOLICITOR).account_id;
    let organisation_id = theirs.organisation_id;
    let invite = Invite {
        organisation_id,
        email: "gita@pryceadeyemi.example.test".to_owned(),
        name: "Gita Rowe".to_owned(),
        role: "Solicitor".to_owned(),
        groups: vec![Group::DefenceLawyers],
    };
    let roles = ChangeRoles {
        account_id,
        role: "Solicitor".to_owned(),
        groups: vec![Group::DefenceLawyers],
        organisation_id: people(&own).await.organisation_id,
    };
    let leave = Leave {
        account_id,
        colleague: None,
        with_roles: false,
    };
    let of = People {
        organisation_id: Some(organisation_id),
    };
    for code in [
        code_of(own.organisation_people(&of).await),
        code_of(own.organisation_person(&Person { account_id }).await),
        code_of(own.organisation_invite(&invite).await),
        code_of(own.organisation_change_roles(&roles).await),
        code_of(own.organisation_suspend(&Suspend { account_id }).await),
        code_of(
            own.organisation_reactivate(&Reactivate { account_id })
                .await,
        ),
        code_of(own.organisation_resend(&Resend { account_id }).await),
        code_of(own.organisation_show_link(&ShowLink { account_id }).await),
        code_of(own.organisation_leave(&leave).await),
    ] {
        assert_eq!(code, Code::NotFound);
    }
    let still = people(&administrator).await;
    assert_eq!(row(&still, SOLICITOR).standing, "active");
    // Whoever administers nothing may not even ask about their own.
    let iris = court.sign_in(SOLICITOR).await;
    let outcome = iris
        .organisation_people(&People {
            organisation_id: None,
        })
        .await;
    assert_eq!(code_of(outcome), Code::NotPermitted);
    // Nobody but staff sees every organisation.
    assert_eq!(
        code_of(own.organisation_list(&List {}).await),
        Code::NotPermitted
    );
}

#[tokio::test]
async fn hmcts_staff_reach_everybody() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let all = staff.organisation_list(&List {}).await.unwrap().items;
    let firm = all
        .iter()
        .find(|own| own.name == "Thorne & Vale Solicitors")
        .unwrap();
    assert_eq!((firm.active, firm.suspended), (2, 0));
    let of = People {
        organisation_id: Some(firm.organisation_id),
    };
    let theirs = staff.organisation_people(&of).await.unwrap();
    let account_id = row(&theirs, SOLICITOR).account_id;
    staff
        .organisation_suspend(&Suspend { account_id })
        .await
        .unwrap();
    let all = staff.organisation_list(&List {}).await.unwrap().items;
    let firm = all
        .iter()
        .find(|own| own.name == "Thorne & Vale Solicitors")
        .unwrap();
    assert_eq!((firm.active, firm.suspended), (1, 1));
    staff
        .organisation_reactivate(&Reactivate { account_id })
        .await
        .unwrap();
    court.sign_in(SOLICITOR).await;
}

#[tokio::test]
async fn an_administrator_does_not_lock_themselves_out() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let own = people(&administrator).await;
    let me = row(&own, ADMINISTRATOR);
    assert!(me.oneself && me.may == ["roles"]);
    let account_id = me.account_id;
    let leave = Leave {
        account_id,
        colleague: None,
        with_roles: false,
    };
    assert_eq!(
        code_of(administrator.organisation_leave(&leave).await),
        Code::Refused
    );
    let outcome = administrator
        .organisation_suspend(&Suspend { account_id })
        .await;
    assert_eq!(code_of(outcome), Code::Refused);
    let roles = ChangeRoles {
        account_id,
        role: me.role.clone(),
        groups: vec![Group::DefenceLawyers],
        organisation_id: me.organisation_id,
    };
    let outcome = administrator.organisation_change_roles(&roles).await;
    assert_eq!(code_of(outcome), Code::Refused);
}

#[tokio::test]
async fn whom_hmcts_staff_suspended_no_organisation_lets_in_again() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let email = "gita.rowe@thornevale.example.test";
    let account_id = colleague(&court, &administrator, email).await.account_id;
    staff
        .organisation_suspend(&Suspend { account_id })
        .await
        .unwrap();
    let seen = people(&administrator).await;
    let shown = row(&seen, email);
    assert!(shown.text.contains("by HMCTS staff"), "{shown:?}");
    assert!(!shown.may.contains(&"reactivate".to_owned()), "{shown:?}");
    let back = Reactivate { account_id };
    let refused = administrator.organisation_reactivate(&back).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("suspended_by_service"));
    // Nor by letting the person go first, here or at another organisation.
    let leave = Leave {
        account_id,
        colleague: None,
        with_roles: false,
    };
    administrator.organisation_leave(&leave).await.unwrap();
    assert_eq!(taken(&administrator, email).await, Code::Refused);
    let other = joined(&court, "Pryce Adeyemi LLP").await;
    assert_eq!(taken(&other, email).await, Code::Refused);
    assert_eq!(
        code_of(try_sign_in(&court, email).await),
        Code::WrongPassword
    );
    // Staff do; what its own organisation suspended, it lets in itself.
    let invite = Invite {
        organisation_id: seen.organisation_id,
        email: email.to_owned(),
        name: "Gita Rowe".to_owned(),
        role: "Solicitor".to_owned(),
        groups: vec![Group::DefenceLawyers],
    };
    staff.organisation_invite(&invite).await.unwrap();
    let solicitor = row(&seen, SOLICITOR).account_id;
    let suspend = Suspend {
        account_id: solicitor,
    };
    administrator.organisation_suspend(&suspend).await.unwrap();
    let back = Reactivate {
        account_id: solicitor,
    };
    administrator.organisation_reactivate(&back).await.unwrap();
}

async fn taken(client: &Client, email: &str) -> Code {
    code_of(invite(client, email, &[Group::DefenceLawyers]).await)
}

#[tokio::test]
async fn invitations_do_not_find_out_who_has_an_account() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    // It is told, for mistakes happen, but not often.
    for _ in 0..20 {
        assert_eq!(
            taken(&administrator, "joel.hart@hartfieldlaw.example.test").await,
            Code::Refused
        );
    }
    let adviser = "ada.wren@court.example.test";
    assert_eq!(taken(&administrator, adviser).await, Code::TooManyTries);
    // Others are invited all the same.
    let new = "new@thornevale.example.test";
    invite(&administrator, new, &[Group::DefenceLawyers])
        .await
        .unwrap();
}

#[tokio::test]
async fn of_two_who_invite_an_address_at_once_one_is_first() {
    let court = TestCourt::open().await;
    let first = court.sign_in(ADMINISTRATOR).await;
    let second = joined(&court, "Pryce Adeyemi LLP").await;
    let email = "both@example.test";
    let groups = [Group::DefenceLawyers];
    let both = tokio::join!(
        invite(&first, email, &groups),
        invite(&second, email, &groups)
    );
    let worked = [both.0.is_ok(), both.1.is_ok()];
    assert_eq!(worked.iter().filter(|own| **own).count(), 1, "{both:?}");
}

#[tokio::test]
async fn a_rebuild_makes_people_again_as_they_stand() {
    let court = TestCourt::open().await;
    let partner = joined(&court, "Pryce Adeyemi LLP").await;
    let email = "gita@pryceadeyemi.example.test";
    let account_id = colleague(&court, &partner, email).await.account_id;
    partner
        .organisation_suspend(&Suspend { account_id })
        .await
        .unwrap();
    super::register(
        &court,
        super::firm(&court, "Another LLP", "a@another.example.test").await,
    )
    .await;
    let before = people(&partner).await;
    let app = &court.state.app;
    let accounts = app.index.accounts().await.unwrap();
    let waiting = app.people.registrations_waiting(9).await.unwrap();
    let mail = "select count(*) from account_mail where state = 'waiting'";
    let letters = number(&court, mail).await;
    court.state.store.rebuild().await.unwrap();
    assert_eq!(app.index.accounts().await.unwrap(), accounts);
    assert_eq!(app.people.registrations_waiting(9).await.unwrap(), waiting);
    assert_eq!(number(&court, mail).await, letters);
    let after = people(&partner).await;
    assert_eq!(format!("{before:?}"), format!("{after:?}"));
}

#[tokio::test]
async fn a_command_whose_answer_was_lost_is_done_once_and_answered_again() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let own = people(&administrator).await;
    let email = "gita.rowe@thornevale.example.test";
    let invite = Invite {
        organisation_id: own.organisation_id,
        email: email.to_owned(),
        name: "Gita Rowe".to_owned(),
        role: "Solicitor".to_owned(),
        groups: vec![Group::DefenceLawyers],
    };
    let id = CommandId(uuid::Uuid::now_v7());
    for _ in 0..2 {
        let after = administrator.send(&invite, id).await.unwrap();
        assert_eq!(row(&after, email).standing, "invited");
    }
    let leave = Leave {
        account_id: row(&own, SOLICITOR).account_id,
        colleague: Some(row(&own, ADMINISTRATOR).account_id),
        with_roles: false,
    };
    let id = CommandId(uuid::Uuid::now_v7());
    for _ in 0..2 {
        let left = administrator.send(&leave, id).await.unwrap();
        assert_eq!(left.handed_to.as_deref(), Some("Hal Corbin"));
    }
    let mail = "select count(*) from account_mail";
    assert_eq!(number(&court, mail).await, 1);
}
