//! Removing access takes effect for the very next request, whatever is asked for: for each
//! way of losing a case, everything by which it could be reached is tried before and after.
//! A copy for working offline there is none, so that none can go on.

use crate::{
    amending::sentenced,
    people::{ADMINISTRATOR, colleague},
    steps::{SOON, hears, look, path_case, serve, view},
};
use app::demo::PATH_URN;
use client::{Bytes, Client};
use contract::{
    access::{Give, TakeBack},
    account::Current,
    case::{Find, List, View},
    defence::{self, Associate, Disassociate, Grant, People, Remove},
    notice,
    organisation::ChangeRoles,
    printout,
    prosecution::{Assign, Unassign},
};
use std::{collections::BTreeMap, time::Duration};
use testkit::TestCourt;
use vocabulary::{
    AccountId, CaseId, CasePermission, DefendantId, DisassociationReason, DocumentId, DocumentKind,
    Group, HearingId, MaterialId, RepresentationBasis,
};

const ADVOCATE: &str = "rosalind.quaye@fivewells.example.test";
const CONTROLLER: &str = "delia.frome@court.example.test";
const FIRM: &str = "iris.thorne@thornevale.example.test";

/// A case with a paper, shared results and their documents.
struct Ground {
    court: TestCourt,
    case_id: CaseId,
    hearing_id: HearingId,
    defendant: DefendantId,
    name: String,
    paper: MaterialId,
    document: DocumentId,
}

async fn ground() -> Ground {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let prosecutor = court.as_cps().await;
    let (case_id, _) = path_case(&adviser).await;
    let glance = view(&prosecutor, case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 4_000).await;
    let hearing_id = sentenced(&court, &adviser).await;
    court.work().await;
    let room = look(&adviser, hearing_id).await;
    // Messages to agencies are closed to the defence.
    let mut open = room.documents.iter();
    let open = open.find(|own| own.kind != DocumentKind::Edt).unwrap();
    Ground {
        case_id,
        hearing_id,
        defendant: glance.defendants[0].defendant_id,
        name: glance.defendants[0].name.clone(),
        paper: view(&prosecutor, case_id).await.materials[0].material_id,
        document: open.document_id,
        court,
    }
}

/// By what somebody reaches the case at this moment.
async fn reach(ground: &Ground, client: &Client) -> BTreeMap<&'static str, bool> {
    let case_id = ground.case_id;
    let mut found = BTreeMap::new();
    let bytes = async |kind, which: String| match client.download(kind, &which).await {
        Ok(download) => download.all(5_000_000).await.is_ok(),
        Err(_) => false,
    };
    found.insert("case", client.case_view(&View { case_id }).await.is_ok());
    let hearing = contract::hearing::View {
        hearing_id: ground.hearing_id,
    };
    found.insert("hearing", client.hearing_view(&hearing).await.is_ok());
    found.insert(
        "paper",
        bytes(Bytes::Material, ground.paper.to_string()).await,
    );
    found.insert(
        "document",
        bytes(Bytes::Document, ground.document.to_string()).await,
    );
    let extract = format!("extract.{case_id}.{}", ground.defendant);
    found.insert("extract", bytes(Bytes::Printout, extract).await);
    let receipt = format!("document-receipt.{}", ground.document);
    found.insert("receipt", bytes(Bytes::Printout, receipt).await);
    let reference = PATH_URN.to_owned();
    let by_reference = client.case_find(&Find { reference }).await;
    found.insert("search by reference", by_reference.is_ok());
    let asked = defence::Find {
        reference: String::new(),
        name: ground.name.clone(),
        hearing_day: Some(ground.court.today()),
        date_of_birth: None,
    };
    let by_name = client.defence_find(&asked).await;
    let one = by_name.is_ok_and(|found| found.outcome == defence::Outcome::One);
    found.insert("search by name", one);
    let list = client.case_list(&List {}).await;
    let listed = list.is_ok_and(|list| list.cases.iter().any(|row| row.case_id == case_id));
    found.insert("list", listed);
    let people = client.defence_people(&People { case_id }).await;
    found.insert("people", people.is_ok());
    let offered = client.printout_of_case(&printout::OfCase { case_id }).await;
    found.insert(
        "printouts",
        offered.is_ok_and(|own| !own.printouts.is_empty()),
    );
    let told = client.notice_list(&notice::List {}).await.unwrap().items;
    let leads = told.iter().any(|one| one.case_id == Some(case_id));
    found.insert("notices", leads);
    // The number beside the bell is that of the list, no more.
    let unread = told.iter().filter(|one| !one.read).count();
    let person = client.account_current(&Current {}).await.unwrap();
    assert_eq!(person.unread as usize, unread, "{told:#?}");
    found
}

/// What each must have reached, loses, and is silent about.
async fn loses(
    ground: &Ground,
    client: &Client,
    must_reach: &[&str],
    lose: impl Future<Output = ()>,
) {
    let before = reach(ground, client).await;
    for what in must_reach {
        assert!(before[what], "{what} before: {before:?}");
    }
    let mut live = client.live(None);
    assert_eq!(live.next_live().await.unwrap().stale, ["everything"]);
    lose.await;
    let after = reach(ground, client).await;
    let still: Vec<_> = after.iter().filter(|(_, reached)| **reached).collect();
    assert!(still.is_empty(), "{still:?}, before: {before:?}");

    // What happens in the case from now on, the open window does not hear.
    let prosecutor = ground.court.as_cps().await;
    let mut heard = Vec::new();
    let settled = async |live: &mut client::LiveStream, heard: &mut Vec<_>| {
        let quiet = Duration::from_millis(700);
        while let Ok(Some(one)) = tokio::time::timeout(quiet, live.next_live()).await {
            heard.push(one);
        }
    };
    settled(&mut live, &mut heard).await;
    heard.clear();
    let glance = view(&prosecutor, ground.case_id).await;
    serve(&prosecutor, &glance, "Afterwards.pdf", 3_000).await;
    settled(&mut live, &mut heard).await;
    let of_case = format!("case:{}", ground.case_id);
    let told = heard
        .iter()
        .any(|one| one.notice.is_some() || one.stale.contains(&of_case));
    assert!(!told, "{heard:?}");
}

async fn account(court: &TestCourt, email: &str) -> AccountId {
    let account = court.state.app.index.account_by_email(email).await;
    account.unwrap().unwrap().id
}

async fn on_record(ground: &Ground, firm: &Client) {
    let associate = Associate {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed: false,
    };
    firm.defence_associate(&associate).await.unwrap();
}

#[tokio::test]
async fn a_firm_that_goes_off_record_reaches_nothing_of_the_case_with_its_next_request() {
    let ground = ground().await;
    let firm = ground.court.sign_in(FIRM).await;
    on_record(&ground, &firm).await;
    let colleague = ground.court.sign_in(FIRM).await;
    let glance = view(&ground.court.as_cps().await, ground.case_id).await;
    serve(&ground.court.as_cps().await, &glance, "Told.pdf", 3_500).await;
    // Another goes on record in its place: without one anybody may find the case.
    let replaced = async {
        let leave = Disassociate {
            case_id: ground.case_id,
            defendant_id: ground.defendant,
            reason: DisassociationReason::ALL[0],
            note: "The client has gone elsewhere.".to_owned(),
        };
        firm.defence_disassociate(&leave).await.unwrap();
        on_record(&ground, &ground.court.as_other_defence().await).await;
    };
    let all = [
        "case",
        "paper",
        "document",
        "extract",
        "search by reference",
        "search by name",
        "list",
        "people",
        "printouts",
        "notices",
    ];
    loses(&ground, &colleague, &all, replaced).await;
}

#[tokio::test]
async fn counsel_whose_access_ends_reaches_nothing_of_the_case_with_the_next_request() {
    let ground = ground().await;
    let firm = ground.court.sign_in(FIRM).await;
    on_record(&ground, &firm).await;
    let give = Grant {
        case_id: ground.case_id,
        defendant_id: Some(ground.defendant),
        email: ADVOCATE.to_owned(),
        until: None,
        confirmed: false,
    };
    firm.defence_grant(&give).await.unwrap();
    let counsel = ground.court.sign_in(ADVOCATE).await;
    let account_id = account(&ground.court, ADVOCATE).await;
    let ended = async {
        let remove = Remove {
            case_id: ground.case_id,
            defendant_id: ground.defendant,
            account_id,
        };
        firm.defence_remove(&remove).await.unwrap();
    };
    let all = [
        "case",
        "paper",
        "document",
        "extract",
        "search by reference",
        "list",
        "people",
        "notices",
    ];
    loses(&ground, &counsel, &all, ended).await;
}

#[tokio::test]
async fn an_advocate_from_whom_the_case_is_taken_reaches_nothing_with_the_next_request() {
    let ground = ground().await;
    let prosecutor = ground.court.as_cps().await;
    let assign = Assign {
        case_id: ground.case_id,
        email: ADVOCATE.to_owned(),
        until: None,
        confirmed: false,
    };
    prosecutor.prosecution_assign(&assign).await.unwrap();
    let advocate = ground.court.sign_in(ADVOCATE).await;
    let account_id = account(&ground.court, ADVOCATE).await;
    let taken = async {
        let take = Unassign {
            case_id: ground.case_id,
            account_id,
        };
        prosecutor.prosecution_unassign(&take).await.unwrap();
    };
    let all = [
        "case",
        "paper",
        "search by reference",
        "list",
        "people",
        "notices",
    ];
    loses(&ground, &advocate, &all, taken).await;
}

#[tokio::test]
async fn a_deputy_whose_permission_is_taken_back_reaches_nothing_with_the_next_request() {
    let ground = ground().await;
    let controller = ground.court.sign_in(CONTROLLER).await;
    let accounts = ground.court.state.app.index.accounts().await.unwrap();
    let deputy = accounts
        .iter()
        .find(|one| one.groups.contains(&Group::Deputies))
        .unwrap();
    let give = Give {
        case_id: ground.case_id,
        email: deputy.email.clone(),
        permission: CasePermission::ALL[0],
        defendant_id: None,
        until: None,
        reason: "They hear it.".to_owned(),
    };
    controller.access_give(&give).await.unwrap();
    let client = ground.court.sign_in(&deputy.email).await;
    let taken = async {
        let take = TakeBack {
            case_id: ground.case_id,
            account_id: deputy.id,
            defendant_id: None,
            reason: "Somebody else hears it.".to_owned(),
        };
        controller.access_take_back(&take).await.unwrap();
    };
    let all = [
        "case",
        "hearing",
        "paper",
        "document",
        "extract",
        "search by reference",
        "list",
    ];
    loses(&ground, &client, &all, taken).await;
}

#[tokio::test]
async fn whose_role_opens_no_case_any_more_hears_of_none_in_a_window_that_was_open() {
    let ground = ground().await;
    let firm = ground.court.sign_in(FIRM).await;
    on_record(&ground, &firm).await;
    let administrator = ground.court.sign_in(ADMINISTRATOR).await;
    let email = "gita.rowe@thornevale.example.test";
    let invited = colleague(&ground.court, &administrator, email).await;
    let gita = crate::people::sign_in(&ground.court, email).await;
    let (mut theirs, mut firms) = (gita.live(None), firm.live(None));
    assert!(
        hears(&mut theirs, "everything", SOON).await && hears(&mut firms, "everything", SOON).await
    );
    let of_case = format!("case:{}", ground.case_id);
    let prosecutor = ground.court.as_cps().await;
    let glance = view(&prosecutor, ground.case_id).await;
    serve(&prosecutor, &glance, "Before.pdf", 3_100).await;
    assert!(hears(&mut theirs, &of_case, SOON).await && hears(&mut firms, &of_case, SOON).await);

    let told = gita.notice_list(&contract::notice::List {}).await.unwrap();
    assert!(
        told.items.iter().any(|own| own.case_id.is_some()),
        "{told:?}"
    );

    // Who they are is asked anew within a second: the stream is cut, the window opens another.
    let manages = ChangeRoles {
        account_id: invited.account_id,
        role: "Office manager".to_owned(),
        groups: vec![Group::OrganisationAdministrator],
        organisation_id: invited.organisation_id,
    };
    administrator
        .organisation_change_roles(&manages)
        .await
        .unwrap();
    assert!(hears(&mut theirs, "everything", SOON).await);
    serve(&prosecutor, &glance, "Afterwards.pdf", 3_200).await;
    assert!(hears(&mut firms, &of_case, SOON).await);
    let quiet = Duration::from_millis(300);
    while let Ok(Some(one)) = tokio::time::timeout(quiet, theirs.next_live()).await {
        let told = one.stale.iter().any(|tag| tag.starts_with("case:"));
        assert!(!told && one.notice.is_none(), "{one:?}");
    }
    // What they were told before leads to cases that they open no more, and is gone with the role.
    let told = gita.notice_list(&contract::notice::List {}).await.unwrap();
    assert!(
        told.items.iter().all(|own| own.case_id.is_none()),
        "{told:?}"
    );
    let unread = told.items.iter().filter(|own| !own.read).count() as u64;
    assert_eq!(told.unread, unread);
}
