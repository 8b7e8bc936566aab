//! Groups of support are given and taken by whoever runs the service, who proves anew who they are
//! and never gives them to themselves; whoever holds one is looked after like anybody.

use super::row;
use crate::signing_in::{later, open_court};
use client::Client;
use contract::{
    Code, Problem,
    access::Openings,
    account::Current,
    notice::{List, Notice},
    organisation::{ChangeRoles, Invite, People, PeopleOf},
    security::Prove,
};
use domain::account::Account;
use testkit::TestCourt;
use vocabulary::Group;

const ADVISER: &str = "ada.wren@court.example.test";
const CONTROLLER: &str = "delia.frome@court.example.test";
const ASSOCIATE: &str = "tomasz.brandys@court.example.test";
const AUDITOR: &str = "yusuf.bramall@example.test";
const SERVICE: &str = "noor.hadley@example.test";

async fn account(court: &TestCourt, email: &str) -> Account {
    let found = court.state.app.index.account_by_email(email).await;
    found.unwrap().unwrap()
}

async fn change(
    court: &TestCourt,
    asking: &Client,
    (email, role): (&str, &str),
    groups: &[Group],
) -> Result<PeopleOf, Problem> {
    let own = account(court, email).await;
    let change = ChangeRoles {
        account_id: own.id,
        role: role.to_owned(),
        groups: groups.to_vec(),
        organisation_id: own.organisation,
    };
    asking.organisation_change_roles(&change).await
}

async fn told(client: &Client) -> Vec<Notice> {
    let mut items = client.notice_list(&List {}).await.unwrap().items;
    items.retain(|notice| notice.title.contains("role of support"));
    items
}

#[tokio::test]
async fn whoever_holds_a_role_of_support_is_changed_by_their_court_and_keeps_it() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let both = [Group::LegalAdvisers, Group::OrganisationAdministrator];
    change(&court, &staff, (ADVISER, "Legal adviser"), &both)
        .await
        .unwrap();
    let ada = court.sign_in(ADVISER).await;
    let own = People {
        organisation_id: None,
    };
    let offered = ada.organisation_people(&own).await.unwrap().roles;
    assert!(!offered.contains(&Group::AccessController), "{offered:?}");

    let role = "Access controller, second floor";
    let held = [Group::AccessController];
    let after = change(&court, &ada, (CONTROLLER, role), &held).await;
    assert_eq!(row(&after.unwrap(), CONTROLLER).role, role);
    // They are given another role; the one that the court did not give it does not take.
    let more = [Group::CourtAdministrators];
    let after = change(&court, &ada, (CONTROLLER, role), &more).await;
    let mut kept = vec![Group::AccessController, Group::CourtAdministrators];
    kept.sort_unstable();
    assert_eq!(row(&after.unwrap(), CONTROLLER).groups, kept);
    // Nor does it give it.
    let given = [Group::CourtAssociate, Group::AccessController];
    let refused = change(&court, &ada, (ASSOCIATE, "Court associate"), &given).await;
    let reference = refused.unwrap_err().reference;
    assert_eq!(reference.as_deref(), Some("role_of_another_kind"));
    // Whoever runs the service does take it.
    let after = change(&court, &staff, (CONTROLLER, role), &more).await;
    assert_eq!(row(&after.unwrap(), CONTROLLER).groups, more);
}

#[tokio::test]
async fn whoever_runs_the_service_makes_access_controllers_and_auditors_with_a_fresh_proof() {
    let court = open_court::<25>().await;
    let staff = court.as_administrator().await;
    let of = account(&court, ASSOCIATE).await.organisation;
    let of_court = People {
        organisation_id: Some(of),
    };
    let offered = staff.organisation_people(&of_court).await.unwrap().roles;
    for group in [Group::AccessController, Group::Auditors] {
        assert!(offered.contains(&group), "{offered:?}");
    }

    let associate = (ASSOCIATE, "Court associate");
    let given = [Group::CourtAssociate, Group::AccessController];
    let tomasz = court.sign_in(ASSOCIATE).await;
    assert!(tomasz.access_openings(&Openings {}).await.is_err());
    let invite = Invite {
        organisation_id: of,
        email: "ines.vale@court.example.test".to_owned(),
        name: "Ines Vale".to_owned(),
        role: "Auditor".to_owned(),
        groups: vec![Group::Auditors],
    };
    later::<25>(4 * 60 + 1);
    let refused = change(&court, &staff, associate, &given).await;
    assert_eq!(refused.unwrap_err().code, Code::ProofNeeded);
    let refused = staff.organisation_invite(&invite).await;
    assert_eq!(refused.unwrap_err().code, Code::ProofNeeded);
    // Other roles are given as before.
    let plain = [Group::CourtAssociate, Group::CourtClerks];
    change(&court, &staff, associate, &plain).await.unwrap();

    let prove = Prove {
        password: Some(court.config.demo_password.clone()),
        code: None,
    };
    let token = staff.account_prove(&prove).await.unwrap().token;
    let staff = court.stranger().with_token(&token);
    change(&court, &staff, associate, &given).await.unwrap();
    let mut groups = tomasz.account_current(&Current {}).await.unwrap().groups;
    groups.sort_unstable();
    let mut wanted = given.to_vec();
    wanted.sort_unstable();
    assert_eq!(groups, wanted);
    tomasz.access_openings(&Openings {}).await.unwrap();
    let after = staff.organisation_invite(&invite).await.unwrap();
    assert_eq!(row(&after, &invite.email).groups, [Group::Auditors]);
    // Whoever audits hears who looks after others' looking; whoever did it knows.
    let heard = told(&court.sign_in(AUDITOR).await).await;
    assert_eq!(heard.len(), 2, "{heard:?}");
    assert!(heard[1].title.starts_with("Tomasz Brandys"), "{heard:?}");
    assert!(heard[1].body.contains("Access Controller"), "{heard:?}");
    assert_eq!(told(&staff).await, []);

    // To themselves they give it neither way, although nobody else runs the service.
    let own = [Group::SystemAdministrators, Group::Auditors];
    let refused = change(&court, &staff, (SERVICE, "Runs the service"), &own).await;
    let reference = refused.unwrap_err().reference;
    assert_eq!(reference.as_deref(), Some("own_roles"));
}
