//! Who can see what: what somebody was given themselves is in it, whoever's case it is; and what
//! whoever asks gave a reason for is theirs alone.

use super::{PASSWORD, activate, colleague, firm, joined, people, row, sign_in, validate};
use crate::{
    steps::{path_case, view},
    veil::{break_glass, make_sensitive, permit},
};
use app::{account::NewAccount, demo::PATH_URN};
use client::Client;
use contract::{
    Code,
    defence::{Associate, Grant, Instruct},
    organisation::{ChangeRoles, Leave, Person, RegisterOffice, WhatTheySee, WhoOpens},
};
use testkit::TestCourt;
use vocabulary::{AccountId, Group, RepresentationBasis};

const COUNSEL: &str = "rosalind.quaye@fivewells.example.test";
const CLERK: &str = "orla.finch@fivewells.example.test";
const RECORDER: &str = "rafe.oduya@court.example.test";
const PROSECUTOR: &str = "kofi.marsh@cps-ashmere.example.test";

async fn account(court: &TestCourt, email: &str) -> domain::account::Account {
    let found = court.state.app.index.account_by_email(email).await;
    found.unwrap().unwrap()
}

async fn sees(asking: &Client, account_id: AccountId) -> WhatTheySee {
    let person = Person { account_id };
    asking.organisation_person(&person).await.unwrap()
}

/// Why somebody sees the case, as it is said.
fn why(seen: &WhatTheySee) -> Option<&str> {
    let own = seen.cases.iter().find(|case| case.urn == PATH_URN);
    own.map(|case| case.why.as_str())
}

#[tokio::test]
async fn grants_instructions_and_permissions_are_in_what_a_person_sees() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let solicitor = court.as_defence().await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    let mut ids = Vec::new();
    for email in [COUNSEL, CLERK, RECORDER] {
        let own = account(&court, email).await;
        assert_eq!(why(&sees(&staff, own.id).await), None, "{email}");
        ids.push(own);
    }

    let defendant = view(&solicitor, case_id).await.defendants[0].defendant_id;
    let associate = Associate {
        case_id,
        defendant_id: defendant,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed: false,
    };
    solicitor.defence_associate(&associate).await.unwrap();
    let instruct = Instruct {
        case_id,
        defendant_id: defendant,
        email: CLERK.to_owned(),
        on: court.today(),
        confirmed: false,
    };
    solicitor.defence_instruct(&instruct).await.unwrap();
    let grant = Grant {
        case_id,
        defendant_id: Some(defendant),
        email: COUNSEL.to_owned(),
        until: None,
        confirmed: false,
    };
    solicitor.defence_grant(&grant).await.unwrap();
    // The recorder sits at another court house.
    permit(&court, case_id, RECORDER).await;

    let [counsel, clerk, recorder] = &ids[..] else {
        panic!("three people")
    };
    let said = sees(&staff, counsel.id).await;
    assert_eq!(
        why(&said),
        Some("They were given access to it."),
        "{said:?}"
    );
    let said = sees(&staff, clerk.id).await;
    assert_eq!(why(&said), Some("Their chambers are instructed in it."));
    let said = sees(&staff, recorder.id).await;
    assert_eq!(why(&said), Some("They were given permission on it."));
}

async fn openers(asking: &Client, reference: &str) -> Result<Vec<(String, String)>, Code> {
    let asked = WhoOpens {
        reference: reference.to_owned(),
        organisation_id: None,
    };
    let answer = asking.organisation_who_opens(&asked).await;
    let people = answer.map_err(|refused| refused.code)?.people;
    Ok(people.into_iter().map(|own| (own.name, own.why)).collect())
}

#[tokio::test]
async fn who_of_a_firm_can_open_a_case_is_asked_by_its_reference_and_of_no_other_firms_case() {
    let court = TestCourt::open().await;
    let manager = court.sign_in(super::ADMINISTRATOR).await;
    let solicitor = court.as_defence().await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    // Before the firm is on record it is as if there were no such case.
    let none = openers(&manager, "29ZZ0099926").await.unwrap_err();
    assert_eq!(none, Code::NotFound);
    assert_eq!(openers(&manager, PATH_URN).await, Err(Code::NotFound));
    assert_eq!(openers(&manager, "no reference").await, Err(Code::NotFound));
    let defendant = view(&solicitor, case_id).await.defendants[0].defendant_id;
    let associate = Associate {
        case_id,
        defendant_id: defendant,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed: false,
    };
    solicitor.defence_associate(&associate).await.unwrap();
    let own = openers(&manager, PATH_URN).await.unwrap();
    let iris = own.iter().find(|(name, _)| name == "Iris Thorne").unwrap();
    assert!(iris.1.contains("is on record"), "{own:?}");
    // Whoever only looks after people opens nothing, and is not told who is charged.
    assert!(
        own.iter()
            .all(|(_, why)| !why.contains(" for ") || why.ends_with("a defendant."))
    );
    let by_hand = format!(" {} ", PATH_URN.to_lowercase());
    assert_eq!(openers(&manager, &by_hand).await.unwrap(), own);
    // Whoever administers nobody asks in vain.
    let refused = openers(&solicitor, PATH_URN).await;
    assert_eq!(refused, Err(Code::NotPermitted));
}

#[tokio::test]
async fn a_reason_of_whoever_asks_opens_nothing_to_the_person_they_look_at() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let kofi = account(&court, PROSECUTOR).await;
    // Prosecutes, and looks after the people as well.
    let both = ChangeRoles {
        account_id: kofi.id,
        role: kofi.role.clone(),
        groups: vec![Group::Cps, Group::OrganisationAdministrator],
        organisation_id: kofi.organisation,
    };
    staff.organisation_change_roles(&both).await.unwrap();
    let other = NewAccount {
        email: "gita.rowe@cps-ashmere.example.test".to_owned(),
        name: "Gita Rowe".to_owned(),
        role: "Crown prosecutor".to_owned(),
        organisation: kofi.organisation,
        groups: vec![Group::Cps],
        password: PASSWORD.to_owned(),
    };
    let email = other.email.clone();
    let gita = app::account::open_account(&court.state.app, other).await;
    let gita = gita.unwrap();
    let asking = court.sign_in(PROSECUTOR).await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    assert!(why(&sees(&asking, gita.id).await).is_some());

    make_sensitive(&court, case_id).await;
    break_glass(&asking, case_id).await.unwrap();
    let of_others = sees(&asking, gita.id).await;
    assert_eq!(why(&of_others), None, "{of_others:?}");
    assert!(why(&sees(&asking, kofi.id).await).is_some(), "their own");
    // Nor does the list of who acts name somebody to whom it is closed.
    let of = contract::defence::People { case_id };
    let acting = asking.defence_people(&of).await.unwrap();
    assert!(
        acting.colleagues.iter().all(|own| !own.contains("Gita")),
        "{acting:?}"
    );
    // What she said herself counts.
    break_glass(&sign_in(&court, &email).await, case_id)
        .await
        .unwrap();
    assert!(why(&sees(&asking, gita.id).await).is_some());
}

#[tokio::test]
async fn roles_are_not_handed_to_a_colleague_of_another_office_where_they_open_nothing() {
    let court = TestCourt::open().await;
    let partner = joined(&court, "Pryce Adeyemi LLP").await;
    let name = "Pryce Adeyemi LLP, Porthgarreg";
    let said = firm(&court, name, "other@else.example.test").await;
    let office = RegisterOffice { said };
    partner.organisation_register_office(&office).await.unwrap();
    validate(&court, name).await;
    let leaver = colleague(&court, &partner, "gita@pryceadeyemi.example.test").await;
    // Looks after people, in the other office.
    let heir = "ines@pryceadeyemi.example.test";
    let offices = people(&partner).await.offices;
    let invite = contract::organisation::Invite {
        organisation_id: offices[1].organisation_id,
        email: heir.to_owned(),
        name: "Ines Rowe".to_owned(),
        role: "Office manager".to_owned(),
        groups: vec![Group::OrganisationAdministrator],
    };
    let after = partner.organisation_invite(&invite).await.unwrap();
    let account_id = row(&after, heir).account_id;
    let show = contract::organisation::ShowLink { account_id };
    let link = partner.organisation_show_link(&show).await.unwrap();
    activate(&court, &link.link).await.unwrap();

    // It is not offered, and refused if it is asked for.
    let seen = sees(&partner, leaver.account_id).await;
    let offered = seen
        .colleagues
        .iter()
        .find(|own| own.account_id == account_id);
    assert_eq!(offered.unwrap().lacks, [], "{seen:?}");
    let leave = |with_roles| Leave {
        account_id: leaver.account_id,
        colleague: Some(account_id),
        with_roles,
    };
    let refused = partner.organisation_leave(&leave(true)).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert_eq!(
        refused.reference.as_deref(),
        Some("colleague_of_another_office")
    );
    let own = people(&partner).await;
    assert_eq!(
        row(&own, "gita@pryceadeyemi.example.test").standing,
        "active"
    );
    let left = partner.organisation_leave(&leave(false)).await.unwrap();
    assert_eq!(left.roles, []);
}
