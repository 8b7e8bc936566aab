//! The command line and the application give one reason in one sentence.

use super::{DEPUTY, why};
use crate::{
    amending,
    steps::{find, serve, view},
};
use app::demo::PATH_URN;
use client::Client;
use contract::{
    Code,
    access::{Explain, Give, SetSensitive},
    case::View,
};
use testkit::{Program, TestCourt};
use vocabulary::{AmendmentKind, CasePermission, Group};

/// Somebody of the program's own court, signed in as in the application.
async fn signed_in(program: &Program, email: &str) -> Client {
    let client = Client::new(&format!("http://{}", program.address()));
    let sign_in = contract::account::SignIn {
        email: email.to_owned(),
        password: "a fictional court".to_owned(),
    };
    let signed_in = client.account_sign_in(&sign_in).await.unwrap();
    client.with_token(&signed_in.token)
}

/// What the command line says of somebody's doing something to the case of the path.
fn explained(program: &Program, email: &str, action: &str) -> (bool, String) {
    explained_on(program, email, action, PATH_URN)
}

fn explained_on(program: &Program, email: &str, action: &str, on: &str) -> (bool, String) {
    program.run(&[
        "access", "explain", "--as", email, "--do", action, "--on", on,
    ])
}

#[tokio::test]
async fn the_command_line_says_the_same_sentence() {
    const CPS: &str = "kofi.marsh@cps-ashmere.example.test";
    const FIRM: &str = "iris.thorne@thornevale.example.test";
    let mut program = Program::start(2, "2026-11-23").await;
    // What the application says to each of all that they may not do on the case.
    let mut said = Vec::new();
    for email in [
        CPS,
        FIRM,
        "ada.wren@court.example.test",
        "helena.strand@court.example.test",
    ] {
        let client = signed_in(&program, email).await;
        let case_id = find(&client, PATH_URN).await;
        let explained = client.access_explain(&Explain { case_id }).await.unwrap();
        let lines = explained.refused.into_iter();
        let of_case = lines.filter(|line| line.section.is_none());
        said.extend(of_case.map(|line| {
            let on = line.hearing_id.map(|id| id.to_string());
            let on = on.unwrap_or_else(|| PATH_URN.to_owned());
            (email, line.action, line.why, line.reference, on)
        }));
    }
    // And in a refusal, when somebody tries.
    let prosecutor = signed_in(&program, CPS).await;
    let case_id = find(&prosecutor, PATH_URN).await;
    let give = Give {
        case_id,
        email: DEPUTY.to_owned(),
        permission: CasePermission::Deputy,
        defendant_id: None,
        until: None,
        reason: why("Sits on it on Monday."),
    };
    let refused = prosecutor.access_give(&give).await.unwrap_err();
    said.push((
        CPS,
        "give_prosecution_access".to_owned(),
        refused.why.unwrap().into(),
        refused.reference.unwrap(),
        PATH_URN.to_owned(),
    ));
    // Where a reason would open it: the case becomes sensitive.
    let controller = signed_in(&program, "delia.frome@court.example.test").await;
    controller
        .access_set_sensitive(&SetSensitive {
            case_id,
            sensitive: true,
            reason: why("A witness is protected."),
        })
        .await
        .unwrap();
    let asked = prosecutor.case_view(&View { case_id }).await.unwrap_err();
    assert_eq!(asked.code, Code::ReasonNeeded);
    let challenge = (asked.why.unwrap(), asked.reference.unwrap());
    program.end().await;

    let (may, line) = explained(&program, CPS, "view_case");
    assert!(!may, "{line}");
    assert!(
        line.contains(&format!("No. {} ({})", challenge.0, challenge.1)),
        "{line}\n{challenge:?}"
    );
    program.serve().await;
    let controller = signed_in(&program, "delia.frome@court.example.test").await;
    controller
        .access_set_sensitive(&SetSensitive {
            case_id,
            sensitive: false,
            reason: why("It is over."),
        })
        .await
        .unwrap();
    program.end().await;
    for action in [
        "grant_access",
        "assign_advocate",
        "record_attendance",
        "read_receipt",
        "view_people",
        "lift_sensitivity",
        "record_order",
        "translate",
        "handle_alarm",
    ] {
        assert!(said.iter().any(|own| own.1 == action), "{action}: {said:?}");
    }
    for (email, action, sentence, reference, on) in said {
        let (may, line) = explained_on(&program, email, &action, &on);
        assert!(!may, "{email} {action}: {line}");
        let same = format!("No. {sentence} ({reference})");
        assert!(line.contains(&same), "{email} {action}: {line}\n{same}");
        assert!(sentence.chars().count() < 1_000, "{sentence}");
    }
    let (may, line) = explained(&program, "ada.wren@court.example.test", "share_results");
    assert!(
        may && line.contains("Yes.") && line.contains("court.runs_hearings"),
        "{line}"
    );
    let (may, line) = explained(&program, DEPUTY, "view_case");
    assert!(
        !may && line.contains("relation: judiciary.deputies_see_")
            && line.contains("judiciary.deputies_see_their_cases"),
        "{line}"
    );
    let (may, line) = explained(&program, "nobody@court.example.test", "view_case");
    assert!(!may && line.contains("no account"), "{line}");
    // The example of the help is of the demo court.
    let (_, help) = program.run(&["access", "explain", "--help"]);
    assert!(help.contains(&format!("--on {PATH_URN}")), "{help}");
}

/// Whoever typed an amendment may decide on others, and not on this one: it is the hearing that
/// says so, not the case.
#[tokio::test]
async fn what_is_done_in_a_hearing_is_explained_by_the_hearing() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let hearing_id = amending::sentenced(&court, &adviser).await;
    let case_id = find(&adviser, PATH_URN).await;
    let asked = async || {
        let explained = adviser.access_explain(&Explain { case_id }).await.unwrap();
        let mut refused = explained.refused.into_iter();
        refused.find(|line| line.action == "decide_amendment")
    };
    assert_eq!(asked().await, None);
    amending::begin(&adviser, hearing_id, AmendmentKind::UserError)
        .await
        .unwrap();
    let line = asked().await.expect("they may not decide on their own");
    assert_eq!(line.hearing_id, Some(hearing_id));
    assert!(line.reference.starts_with("context"), "{line:?}");
    // One hearing is all there are: nothing else needs to be said of it.
    assert_eq!(line.hearing, None);
    let other = court.person(Group::CourtAssociate, 0).await;
    let explained = other.access_explain(&Explain { case_id }).await.unwrap();
    let mut refused = explained.refused.iter();
    assert!(refused.all(|line| line.action != "decide_amendment"));
}

/// Whoever served a paper has its receipt, and is told that they have.
#[tokio::test]
async fn a_receipt_is_explained_to_whoever_served_a_paper() {
    let court = TestCourt::open().await;
    let prosecutor = court.as_cps().await;
    let case_id = find(&prosecutor, PATH_URN).await;
    let refused = async || {
        let ask = Explain { case_id };
        let refused = prosecutor.access_explain(&ask).await.unwrap().refused;
        refused.iter().any(|line| line.action == "read_receipt")
    };
    assert!(refused().await);
    let case = view(&prosecutor, case_id).await;
    serve(&prosecutor, &case, "IDPC.pdf", 2_000).await;
    assert!(!refused().await);
}
