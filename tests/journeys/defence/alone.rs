//! Whoever works alone, or only as advocate in a firm of solicitors: they find a case and go on
//! record as its solicitors do. Chambers do not.

use super::{Ground, all_named, associate, ground, has, off, on_record};
use crate::people::{ADMINISTRATOR, activate, firm, invite, register, row, sign_in, validate};
use client::Client;
use contract::{
    Code,
    defence::{Outcome, People},
    organisation::ShowLink,
};
use vocabulary::{DisassociationReason, Group, OrganisationKind, RepresentationBasis};

/// Finds the case, goes on record and off it.
async fn acts(client: &Client, ground: &Ground) {
    let found = all_named(client, ground).await;
    assert_eq!(found.outcome, Outcome::One);
    // What conflicts is shown before.
    let before = People {
        case_id: ground.case_id,
    };
    client.defence_people(&before).await.unwrap();
    on_record(client, ground, RepresentationBasis::Private).await;
    assert!(has(client, ground.case_id).await);
    let reason = DisassociationReason::ProfessionalReasons;
    off(client, ground, reason).await.unwrap();
    assert!(!has(client, ground.case_id).await);
}

#[tokio::test]
async fn a_solicitor_advocate_of_a_firm_goes_on_record_as_its_solicitors_do() {
    let ground = ground().await;
    let court = &ground.court;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let email = "gita.rowe@thornevale.example.test";
    let people = invite(&administrator, email, &[Group::Advocates])
        .await
        .unwrap();
    let account_id = row(&people, email).account_id;
    let link = administrator
        .organisation_show_link(&ShowLink { account_id })
        .await;
    activate(court, &link.unwrap().link).await.unwrap();
    acts(&sign_in(court, email).await, &ground).await;
}

#[tokio::test]
async fn a_sole_practitioner_finds_a_case_and_goes_on_record_if_they_registered_as_a_firm() {
    let ground = ground().await;
    let court = &ground.court;
    let registered = async |kind, name: &str, email: &str| {
        let mut said = firm(court, name, email).await;
        said.kind = kind;
        said.sole_practitioner = true;
        register(court, said).await;
        let link = validate(court, name).await.unwrap();
        activate(court, &link.link).await.unwrap();
        sign_in(court, email).await
    };
    let kind = OrganisationKind::DefenceFirm;
    let solicitor = registered(kind, "Gwen Tolliver", "gwen@tolliver.example.test").await;
    acts(&solicitor, &ground).await;

    // A barrister alone is instructed by a firm, and goes on record nowhere.
    let kind = OrganisationKind::Chambers;
    let barrister = registered(kind, "Ansel Weir", "ansel@weir.example.test").await;
    assert_eq!(all_named(&barrister, &ground).await.outcome, Outcome::None);
    let basis = RepresentationBasis::Private;
    let refused = associate(&barrister, ground.case_id, ground.defendant, basis, false).await;
    let code = refused.unwrap_err().code;
    assert!(
        matches!(code, Code::NotFound | Code::NotPermitted),
        "{code:?}"
    );
}
