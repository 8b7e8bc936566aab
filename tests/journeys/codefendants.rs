//! A case with two defendants, each with a firm of their own: what one firm learns of the
//! other's client is what it learns of a case that is not there, by whatever way it asks.

mod permitted;

use crate::{
    defence::told,
    printouts::{of_case, text},
    steps::{find, serve, view},
};
use client::Client;
use contract::{
    Code, Problem,
    case::{CaseRow, List},
    defence::{Associate, Disassociate, Grant, Instruct},
    material::Serve,
};
use serde_json::{Value, json};
use testkit::TestCourt;
use vocabulary::{CaseId, DefendantId, DisassociationReason, RepresentationBasis, UploadId};

const AUTHORITY: &str = "GAAAA01";
const URN: &str = "29GD9555126";
/// Looks after the people of the first firm, and does nothing else there.
const MANAGER: &str = "hal.corbin@thornevale.example.test";

struct Ground {
    court: TestCourt,
    case_id: CaseId,
    /// The first firm's client, and the second's.
    ours: DefendantId,
    theirs: DefendantId,
}

/// The sample with a second defendant, of another name and another offence.
fn two() -> Value {
    let mut sent: Value = serde_json::from_str(include_str!("../../samples/charge.json")).unwrap();
    let mut second = sent["defendants"][0].clone();
    second["defendantDetails"]["prosecutorDefendantId"] = json!("29GD9555126-D2");
    second["defendantDetails"]["asn"] = json!("2629GD0100000090002L");
    second["individual"]["nameDetails"] =
        json!({"title": "Mr", "forename": "Cosmo", "surname": "Zedmarker"});
    second["individual"]["contactDetails"] = json!({});
    second["individual"]
        .as_object_mut()
        .unwrap()
        .remove("driverNumber");
    // Only the second is charged with theft.
    let mut offence = second["offences"][0].clone();
    offence["offenceDetails"]["cjsOffenceCode"] = json!("TH68001");
    second["offences"] = json!([offence]);
    let details = &mut sent["prosecutionSubmissionDetails"];
    details["urn"] = json!(URN);
    sent["defendants"].as_array_mut().unwrap().push(second);
    sent
}

async fn ground() -> Ground {
    let court = TestCourt::open().await;
    let answer = reqwest::Client::new()
        .post(format!("{}/v2/prosecutions/{AUTHORITY}", court.url))
        .bearer_auth(court.machine(AUTHORITY).await)
        .json(&two())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 202);
    let prosecutor = court.as_cps().await;
    let case_id = find(&prosecutor, URN).await;
    let glance = view(&prosecutor, case_id).await;
    let named = |name: &str| {
        let own = glance.defendants.iter().find(|own| own.name.contains(name));
        own.unwrap_or_else(|| panic!("{glance:?}")).defendant_id
    };
    let (ours, theirs) = (named("Kettlewick"), named("Zedmarker"));
    Ground {
        court,
        case_id,
        ours,
        theirs,
    }
}

impl Ground {
    async fn goes_on_record(&self, firm: &Client, defendant_id: DefendantId) {
        let wish = Associate {
            case_id: self.case_id,
            defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: false,
        };
        firm.defence_associate(&wish).await.unwrap();
    }

    async fn row(&self, client: &Client) -> CaseRow {
        let list = client.case_list(&List {}).await.unwrap();
        let mut rows = list.cases.into_iter();
        rows.find(|row| row.case_id == self.case_id).unwrap()
    }
}

#[tokio::test]
async fn a_firm_finds_in_its_list_those_defendants_alone_whom_it_finds_in_the_case() {
    let ground = ground().await;
    let (first, second) = (
        ground.court.as_defence().await,
        ground.court.as_other_defence().await,
    );
    ground.goes_on_record(&first, ground.ours).await;
    // Nobody acts for the other yet: the firm could take them on, and sees them.
    let row = ground.row(&first).await;
    assert_eq!(row.defendants.len(), 2);
    assert!(row.offences.ends_with("and 2 more"), "{}", row.offences);

    ground.goes_on_record(&second, ground.theirs).await;
    for (firm, name, other) in [
        (&first, "Kettlewick", "Zedmarker"),
        (&second, "Zedmarker", "Kettlewick"),
    ] {
        let seen = view(firm, ground.case_id).await;
        let in_case: Vec<String> = seen.defendants.into_iter().map(|own| own.name).collect();
        let row = ground.row(firm).await;
        assert_eq!(row.defendants, in_case);
        let all = format!("{row:?}");
        assert!(all.contains(name) && !all.contains(other), "{all}");
        // Nor with what the other is charged.
        assert_eq!(
            row.offences.contains("Theft"),
            name == "Zedmarker",
            "{row:?}"
        );
    }
    // Whoever prosecutes finds both.
    let row = ground.row(&ground.court.as_cps().await).await;
    assert_eq!(row.defendants.len(), 2);
}

#[tokio::test]
async fn of_anothers_client_a_firm_hears_what_is_said_of_a_defendant_whom_nobody_has() {
    let ground = ground().await;
    let first = ground.court.as_defence().await;
    ground.goes_on_record(&first, ground.ours).await;
    let second = ground.court.as_other_defence().await;
    ground.goes_on_record(&second, ground.theirs).await;

    let said = async |defendant_id: DefendantId| -> Vec<Problem> {
        let case_id = ground.case_id;
        let email = "rosalind.quaye@fivewells.example.test".to_owned();
        vec![
            first
                .material_serve(&Serve {
                    case_id,
                    defendant_id: Some(defendant_id),
                    section: "Defence statement".to_owned(),
                    name: "Statement.pdf".to_owned(),
                    upload_id: UploadId(uuid::Uuid::now_v7()),
                })
                .await
                .unwrap_err(),
            first
                .defence_associate(&Associate {
                    case_id,
                    defendant_id,
                    basis: RepresentationBasis::Private,
                    instructed_on: None,
                    confirmed: true,
                })
                .await
                .unwrap_err(),
            first
                .defence_disassociate(&Disassociate {
                    case_id,
                    defendant_id,
                    reason: DisassociationReason::InstructionsWithdrawn,
                    note: String::new(),
                })
                .await
                .unwrap_err(),
            first
                .defence_instruct(&Instruct {
                    case_id,
                    defendant_id,
                    email: email.clone(),
                    on: ground.court.today(),
                    confirmed: true,
                })
                .await
                .unwrap_err(),
            first
                .defence_grant(&Grant {
                    case_id,
                    defendant_id: Some(defendant_id),
                    email,
                    until: None,
                    confirmed: true,
                })
                .await
                .unwrap_err(),
        ]
    };
    let of_theirs = said(ground.theirs).await;
    let of_nobody = said(DefendantId(uuid::Uuid::now_v7())).await;
    assert_eq!(of_theirs, of_nobody);
    assert!(
        of_theirs.iter().all(|own| own.code == Code::NotFound),
        "{of_theirs:?}"
    );
}

#[tokio::test]
async fn whoever_looks_after_people_alone_is_told_of_no_case() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    let manager = ground.court.sign_in(MANAGER).await;
    ground.goes_on_record(&firm, ground.ours).await;
    let prosecutor = ground.court.as_cps().await;
    serve(
        &prosecutor,
        &view(&prosecutor, ground.case_id).await,
        "IDPC.pdf",
        2_000,
    )
    .await;
    let of_case = |titles: Vec<contract::notice::Notice>| -> Vec<String> {
        let of = titles.into_iter().map(|own| own.title);
        of.filter(|title| title.contains(URN)).collect()
    };
    assert_eq!(
        of_case(told(&firm).await),
        [format!("New material in {URN}")],
        "the solicitor is told"
    );
    assert_eq!(of_case(told(&manager).await), Vec::<String>::new());
}

#[tokio::test]
async fn what_conflicts_names_no_defendant_whom_the_asker_does_not_see() {
    let ground = ground().await;
    let (first, second) = (
        ground.court.as_defence().await,
        ground.court.as_other_defence().await,
    );
    ground.goes_on_record(&first, ground.ours).await;
    ground.goes_on_record(&second, ground.theirs).await;
    let give = |defendant_id, confirmed| Grant {
        case_id: ground.case_id,
        defendant_id: Some(defendant_id),
        email: "rosalind.quaye@fivewells.example.test".to_owned(),
        until: None,
        confirmed,
    };
    second
        .defence_grant(&give(ground.theirs, false))
        .await
        .unwrap();
    let shown = first.defence_grant(&give(ground.ours, false)).await;
    let shown = shown.unwrap_err();
    assert_eq!(
        shown.title,
        "The same person has access for another defendant in this case."
    );
    assert!(!format!("{shown:?}").contains("Zedmarker"), "{shown:?}");

    // A firm that acts for both sees both, and is told whom.
    let leaves = Disassociate {
        case_id: ground.case_id,
        defendant_id: ground.theirs,
        reason: DisassociationReason::InstructionsWithdrawn,
        note: String::new(),
    };
    second.defence_disassociate(&leaves).await.unwrap();
    let wish = Associate {
        case_id: ground.case_id,
        defendant_id: ground.theirs,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed: false,
    };
    let shown = first.defence_associate(&wish).await.unwrap_err();
    assert!(shown.title.contains("Kettlewick"), "{shown:?}");
}

#[tokio::test]
async fn a_firm_that_had_gone_off_record_was_not_served() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    ground.goes_on_record(&firm, ground.ours).await;
    let prosecutor = ground.court.as_cps().await;
    let receipt = async |name: &str| {
        serve(
            &prosecutor,
            &view(&prosecutor, ground.case_id).await,
            name,
            name.len() + 900,
        )
        .await;
        let offered = of_case(&prosecutor, ground.case_id).await;
        let of_this = |one: &&contract::printout::Offered| one.about.starts_with(name);
        text(&prosecutor, &offered.iter().find(of_this).unwrap().printout).await
    };
    let before = receipt("Before.pdf").await;
    assert!(before.contains("Thorne & Vale"), "{before}");
    let wish = Disassociate {
        case_id: ground.case_id,
        defendant_id: ground.ours,
        reason: DisassociationReason::InstructionsWithdrawn,
        note: String::new(),
    };
    firm.defence_disassociate(&wish).await.unwrap();
    let after = receipt("After it.pdf").await;
    assert!(!after.contains("Thorne & Vale"), "{after}");
    assert!(after.contains("No firm was on record"), "{after}");
}
