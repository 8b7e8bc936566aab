//! Every kind of organisation that may register: it is validated, its first person takes the
//! account on and administers it, and gives each role that the kind may give, and no other.

use super::{activate, code_of, firm, invite, people, register, row, try_sign_in, validate};
use contract::{
    Code,
    account::Current,
    organisation::{Said, ShowLink},
};
use testkit::TestCourt;
use vocabulary::{Group, Jurisdiction, OrganisationKind};

/// What an organisation of a kind says of itself.
async fn said(court: &TestCourt, kind: OrganisationKind) -> Said {
    use OrganisationKind as Kind;
    let email = format!("first@{}.example.test", kind.as_str().replace('_', "-"));
    let mut said = firm(court, &format!("Newcomers of kind {kind}"), &email).await;
    said.kind = kind;
    if !matches!(kind, Kind::DefenceFirm | Kind::Chambers) {
        said.regulator_number = None;
        said.laa_contracts = Vec::new();
    }
    said.ou_code = match kind {
        Kind::Court => Some("B98ZZ00".to_owned()),
        Kind::Prosecutor => Some("B97ZZ00".to_owned()),
        Kind::Police => Some("B96ZZ00".to_owned()),
        _ => None,
    };
    if kind == Kind::Court {
        said.jurisdiction = Some(Jurisdiction::Magistrates);
        said.courtrooms = 1;
    }
    said
}

async fn joins(court: &TestCourt, kind: OrganisationKind) {
    let said = said(court, kind).await;
    let (name, email) = (said.name.clone(), said.accountable_email.clone());
    register(court, said).await;
    let link = validate(court, &name).await.unwrap();
    activate(court, &link.link).await.unwrap();
    let first = super::sign_in(court, &email).await;
    let person = first.account_current(&Current {}).await.unwrap();
    assert_eq!(person.groups, [Group::OrganisationAdministrator], "{kind}");
    assert!(person.screens.contains(&"people".to_owned()), "{kind}");

    let held = court.state.app.catalogue.people.held(kind);
    assert!(held.len() > 1, "{kind} gives nobody anything to do");
    for group in Group::ALL {
        let local = format!("{group:?}").to_lowercase();
        let email = format!("{local}@{}.example.test", kind.as_str().replace('_', "-"));
        let invited = invite(&first, &email, &[*group]).await;
        if !held.contains(group) {
            assert_eq!(code_of(invited), Code::Refused, "{group} at {kind}");
            continue;
        }
        let account_id = row(&invited.unwrap(), &email).account_id;
        let show = ShowLink { account_id };
        let link = first.organisation_show_link(&show).await.unwrap();
        activate(court, &link.link).await.unwrap();
        let signed_in = try_sign_in(court, &email).await.unwrap();
        assert_eq!(signed_in.person.groups, [*group], "{kind}");
        assert_eq!(signed_in.person.organisation, name, "{kind}");
    }
    assert_eq!(people(&first).await.people.len(), held.len() + 1, "{kind}");
}

/// Every kind but the service itself, in two halves: strangers at one address register ten an
/// hour.
fn kinds() -> Vec<OrganisationKind> {
    let all = OrganisationKind::ALL.iter().copied();
    all.filter(|kind| *kind != OrganisationKind::Service)
        .collect()
}

#[tokio::test]
async fn organisations_of_every_kind_register_and_give_their_roles() {
    let kinds = kinds();
    let court = TestCourt::open().await;
    for kind in &kinds[..kinds.len() / 2] {
        joins(&court, *kind).await;
    }
}

#[tokio::test]
async fn organisations_of_every_other_kind_register_and_give_their_roles() {
    let kinds = kinds();
    let court = TestCourt::open().await;
    for kind in &kinds[kinds.len() / 2..] {
        joins(&court, *kind).await;
    }
}
