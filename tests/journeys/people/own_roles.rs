//! Whoever administers an organisation gives roles to others. To themselves only if nobody
//! else could, and then those who validate organisations are told.

use super::{ADMINISTRATOR, PASSWORD, colleague, people, row, sign_in};
use app::account::{NewAccount, open_account};
use client::Client;
use contract::{
    Code,
    account::Current,
    notice::{List, Notice},
    organisation::ChangeRoles,
};
use testkit::TestCourt;
use vocabulary::{Group, OrganisationKind};

const BOTH: [Group; 2] = [Group::DefenceLawyers, Group::OrganisationAdministrator];

async fn change(asking: &Client, email: &str, groups: &[Group]) -> Result<(), Code> {
    let of = people(asking).await;
    let whom = row(&of, email);
    let change = ChangeRoles {
        account_id: whom.account_id,
        role: "Partner".to_owned(),
        groups: groups.to_vec(),
        organisation_id: whom.organisation_id,
    };
    let answer = asking.organisation_change_roles(&change).await;
    answer.map(|_| ()).map_err(|problem| problem.code)
}

async fn groups(client: &Client) -> Vec<Group> {
    let mut groups = client.account_current(&Current {}).await.unwrap().groups;
    groups.sort_unstable();
    groups
}

async fn told(court: &TestCourt) -> Vec<Notice> {
    let validator = court.as_administrator().await;
    let mut items = validator.notice_list(&List {}).await.unwrap().items;
    items.retain(|notice| notice.title.contains("gave themselves a role"));
    items
}

#[tokio::test]
async fn an_administrator_with_a_colleague_gets_a_role_from_them_alone() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let email = "gita.rowe@thornevale.example.test";
    colleague(&court, &administrator, email).await;
    let gita = sign_in(&court, email).await;
    change(&administrator, email, &BOTH).await.unwrap();

    let own = change(&administrator, ADMINISTRATOR, &BOTH).await;
    assert_eq!(own.unwrap_err(), Code::Refused);
    assert_eq!(
        groups(&administrator).await,
        [Group::OrganisationAdministrator]
    );
    change(&gita, ADMINISTRATOR, &BOTH).await.unwrap();
    let mut both = BOTH.to_vec();
    both.sort_unstable();
    assert_eq!(groups(&administrator).await, both);
    assert!(told(&court).await.is_empty());
}

#[tokio::test]
async fn an_administrator_who_is_alone_may_and_those_who_validate_are_told() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    assert!(told(&court).await.is_empty());
    change(&administrator, ADMINISTRATOR, &BOTH).await.unwrap();
    let told = told(&court).await;
    assert_eq!(told.len(), 1, "{told:?}");
    let said = format!("{} {}", told[0].title, told[0].body);
    for word in ["Hal Corbin", "Defence Lawyers", "Thorne & Vale Solicitors"] {
        assert!(said.contains(word), "{said}");
    }
}

#[tokio::test]
async fn the_operator_too_opens_an_account_only_where_people_of_its_group_work() {
    let court = TestCourt::open().await;
    let app = &court.state.app;
    let known = app.index.organisations().await.unwrap();
    let of = |kind: OrganisationKind| known.iter().find(|own| own.kind == kind).unwrap();
    let open = async |group: Group, kind: OrganisationKind| {
        let account = NewAccount {
            email: format!("jo.{kind}@elsewhere.example.test"),
            name: "Jo Marsh".to_owned(),
            role: "Somebody".to_owned(),
            organisation: of(kind).id,
            groups: vec![Group::OrganisationAdministrator, group],
            password: PASSWORD.to_owned(),
        };
        open_account(app, account).await.map(|_| ())
    };
    for (group, kind) in [
        (Group::LegalAdvisers, OrganisationKind::Prison),
        (Group::DefenceLawyers, OrganisationKind::Prosecutor),
        (Group::Advocates, OrganisationKind::Prosecutor),
    ] {
        let refused = open(group, kind).await.unwrap_err().to_string();
        assert!(refused.contains(group.as_str()), "{refused}");
    }
    open(Group::Cps, OrganisationKind::Prosecutor)
        .await
        .unwrap();
}
