//! Permission of one person on one defendant of a case: what is the other's stays closed, by
//! whatever way it is asked for.

use super::{Ground, ground};
use crate::{
    steps::{pdf, view},
    veil::{ADVISER, SENSITIVE, break_glass, controller, make_sensitive, opens},
};
use client::{Bytes, CancellationToken, Client};
use contract::{
    Code, Problem,
    access::{CaseAccess, Give, TakeBack},
    audit::{Report, Subject},
    hearing,
    material::{Serve, Served},
};
use std::collections::BTreeSet;
use vocabulary::{CasePermission, DefendantId, Group, MaterialId, UploadId};

const DEPUTY: &str = "imogen.vasey@court.example.test";
const PROSECUTOR: &str = "kofi.marsh@cps-ashmere.example.test";

/// Serves a paper of one defendant, or of the whole case.
async fn paper(ground: &Ground, defendant_id: Option<DefendantId>, name: &str) -> MaterialId {
    let prosecutor = ground.court.as_cps().await;
    let file = pdf(name.len() + 900);
    let upload_id = UploadId(uuid::Uuid::now_v7());
    let stop = CancellationToken::new();
    let sent = prosecutor.upload(file.path(), upload_id, |_, _| {}, &stop);
    sent.await.unwrap();
    let serve = Serve {
        case_id: ground.case_id,
        defendant_id,
        section: "IDPC bundle".to_owned(),
        name: name.to_owned(),
        upload_id,
    };
    let Served { material_id, .. } = prosecutor.material_serve(&serve).await.unwrap();
    material_id
}

async fn give(
    ground: &Ground,
    email: &str,
    defendant_id: Option<DefendantId>,
) -> Result<CaseAccess, Problem> {
    let give = Give {
        case_id: ground.case_id,
        email: email.to_owned(),
        permission: CasePermission::Access,
        defendant_id,
        until: None,
        reason: "Works on this defendant alone.".to_owned(),
    };
    controller(&ground.court).await.access_give(&give).await
}

async fn reads(client: &Client, paper: MaterialId) -> Option<Code> {
    let read = client.download(Bytes::Material, &paper.to_string()).await;
    read.err().map(|problem| problem.code)
}

/// What somebody finds of the case who has permission on the first defendant; `closed` is said of
/// a paper of the other.
async fn finds_the_first_alone(
    ground: &Ground,
    client: &Client,
    papers: [MaterialId; 3],
    closed: Code,
) {
    let [ours, theirs, common] = papers;
    let seen = view(client, ground.case_id).await;
    let ids: Vec<_> = seen.defendants.iter().map(|own| own.defendant_id).collect();
    assert_eq!(ids, [ground.ours]);
    let all = format!("{seen:?}");
    assert!(
        !all.contains("Zedmarker") && !all.contains("Theirs.pdf"),
        "{all}"
    );
    assert_eq!(reads(client, ours).await, None);
    assert_eq!(reads(client, common).await, None);
    assert_eq!(reads(client, theirs).await, Some(closed));
    // In a hearing both stand: it does not open, and is not offered.
    assert!(seen.hearings.iter().all(|own| !own.may_open), "{seen:?}");
    let look = hearing::View {
        hearing_id: seen.hearings[0].hearing_id,
    };
    assert!(client.hearing_view(&look).await.is_err());
}

#[tokio::test]
async fn of_a_sensitive_case_permission_on_one_defendant_opens_what_is_theirs() {
    let ground = ground().await;
    let papers = [
        paper(&ground, Some(ground.ours), "Ours.pdf").await,
        paper(&ground, Some(ground.theirs), "Theirs.pdf").await,
        paper(&ground, None, "Common.pdf").await,
    ];
    make_sensitive(&ground.court, ground.case_id).await;
    let adviser = ground.court.sign_in(ADVISER).await;
    assert_eq!(
        opens(&adviser, ground.case_id).await,
        Err(Code::ReasonNeeded)
    );

    let nobody = DefendantId(uuid::Uuid::now_v7());
    let refused = give(&ground, ADVISER, Some(nobody)).await.unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("no_such_defendant"));
    let given = give(&ground, ADVISER, Some(ground.ours)).await.unwrap();
    // A controller opens no case, and is not told who is charged.
    let called: Vec<_> = given.defendants.iter().map(|own| &*own.called).collect();
    assert_eq!(called, ["Defendant 1", "Defendant 2"]);
    assert!(given.permissions[0].defendant.is_some(), "{given:?}");
    // A reason would open the rest to them, as to every adviser of the court.
    finds_the_first_alone(&ground, &adviser, papers, Code::ReasonNeeded).await;
    // Where both stand in a list there is a neutral line, as for whoever has no permission.
    let row = ground.row(&adviser).await;
    assert_eq!(row.defendants, [SENSITIVE]);
    // The same again, or on all of it while there is one on a part, is refused.
    for again in [Some(ground.ours), None] {
        let refused = give(&ground, ADVISER, again).await.unwrap_err();
        assert_eq!(refused.reference.as_deref(), Some("permitted_already"));
    }
    // Who must see the rest says why, as everybody does.
    break_glass(&adviser, ground.case_id).await.unwrap();
    assert_eq!(view(&adviser, ground.case_id).await.defendants.len(), 2);
}

#[tokio::test]
async fn a_prosecutor_with_permission_on_one_defendant_is_asked_why_for_the_other() {
    let ground = ground().await;
    let papers = [
        paper(&ground, Some(ground.ours), "Ours.pdf").await,
        paper(&ground, Some(ground.theirs), "Theirs.pdf").await,
        paper(&ground, None, "Common.pdf").await,
    ];
    make_sensitive(&ground.court, ground.case_id).await;
    let prosecutor = ground.court.as_cps().await;
    assert_eq!(
        opens(&prosecutor, ground.case_id).await,
        Err(Code::ReasonNeeded)
    );
    let given = give(&ground, PROSECUTOR, Some(ground.ours)).await.unwrap();
    assert!(given.permissions[0].in_force, "{given:?}");
    finds_the_first_alone(&ground, &prosecutor, papers, Code::ReasonNeeded).await;
    let row = ground.row(&prosecutor).await;
    assert_eq!(row.defendants, [SENSITIVE]);
    // They serve on whom they have permission, and on nobody else.
    paper(&ground, Some(ground.ours), "A further paper.pdf").await;
    let on_the_other = Serve {
        case_id: ground.case_id,
        defendant_id: Some(ground.theirs),
        section: "IDPC bundle".to_owned(),
        name: "Theirs too.pdf".to_owned(),
        upload_id: UploadId(uuid::Uuid::now_v7()),
    };
    let refused = prosecutor.material_serve(&on_the_other).await.unwrap_err();
    assert_eq!(refused.code, Code::ReasonNeeded);
}

#[tokio::test]
async fn a_deputy_sees_the_defendant_on_whom_they_have_permission_until_it_is_taken_back() {
    let ground = ground().await;
    let papers = [
        paper(&ground, Some(ground.ours), "Ours.pdf").await,
        paper(&ground, Some(ground.theirs), "Theirs.pdf").await,
        paper(&ground, None, "Common.pdf").await,
    ];
    let deputy = ground.court.sign_in(DEPUTY).await;
    assert_eq!(opens(&deputy, ground.case_id).await, Err(Code::NotFound));
    give(&ground, DEPUTY, Some(ground.ours)).await.unwrap();
    finds_the_first_alone(&ground, &deputy, papers, Code::NotFound).await;
    let row = format!("{:?}", ground.row(&deputy).await);
    assert!(
        row.contains("Kettlewick") && !row.contains("Zedmarker"),
        "{row}"
    );

    // On both of them is more than on one, and still no hearing.
    let given = give(&ground, DEPUTY, Some(ground.theirs)).await.unwrap();
    assert_eq!(given.permissions.len(), 2);
    assert_eq!(view(&deputy, ground.case_id).await.defendants.len(), 2);
    assert_eq!(reads(&deputy, papers[1]).await, None);
    // One is taken back and the other stays; the whole case was never theirs.
    let giver = controller(&ground.court).await;
    let account_id = given.permissions[0].account_id;
    let back = async |defendant_id| {
        let back = TakeBack {
            case_id: ground.case_id,
            account_id,
            defendant_id,
            reason: "Another judge sits.".to_owned(),
        };
        let answer = giver.access_take_back(&back).await;
        answer.map_err(|problem| problem.reference.unwrap_or_default())
    };
    let none = Err("no_permission".to_owned());
    assert_eq!(back(None).await.map(|_| ()), none);
    let left = back(Some(ground.theirs)).await.unwrap().permissions;
    let on: Vec<_> = left.iter().map(|own| own.defendant_id).collect();
    assert_eq!(on, [Some(ground.ours)]);
    finds_the_first_alone(&ground, &deputy, papers, Code::NotFound).await;
    assert_eq!(back(Some(ground.theirs)).await.map(|_| ()), none);
    // With the last of them all is gone with the next request.
    back(Some(ground.ours)).await.unwrap();
    assert_eq!(opens(&deputy, ground.case_id).await, Err(Code::NotFound));
    assert_eq!(reads(&deputy, papers[0]).await, Some(Code::NotFound));
    give(&ground, DEPUTY, None).await.unwrap();
    let whole = view(&deputy, ground.case_id).await;
    assert!(whole.hearings.iter().any(|own| own.may_open), "{whole:?}");
    back(None).await.unwrap();
    assert_eq!(opens(&deputy, ground.case_id).await, Err(Code::NotFound));

    // The report of the case says of whom, on whom.
    let auditor = ground.court.person(Group::Auditors, 0).await;
    let report = Report {
        about: Subject::Case,
        which: whole.urn.to_string(),
        from: ground.court.today(),
        to: ground.court.today(),
        after: None,
    };
    let lines = auditor.audit_report(&report).await.unwrap().lines;
    let said = |what: &str| -> BTreeSet<String> {
        let lines = lines.iter().filter(|line| line.what == what);
        let said = lines.filter_map(|line| line.to.split_once(": "));
        said.map(|(_, detail)| detail.to_owned()).collect()
    };
    let back = said("permission taken back");
    let expected = ["", ", on defendant 1", ", on defendant 2"];
    let expected = expected.map(|on| format!("Imogen Vasey{on}: Another judge sits."));
    assert_eq!(back, expected.into());
    let given = said("permission given");
    assert!(
        given.iter().any(|own| own.contains(", on defendant 2: ")),
        "{given:?}"
    );
}
