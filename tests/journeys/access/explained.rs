//! The command line and the application give one reason in one sentence.

use super::{DEPUTY, why};
use crate::steps::find;
use app::demo::PATH_URN;
use client::Client;
use contract::{
    Code,
    access::{Explain, Give, SetSensitive},
    case::View,
};
use testkit::Program;
use vocabulary::CasePermission;

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
    program.run(&[
        "access", "explain", "--as", email, "--do", action, "--on", PATH_URN,
    ])
}

#[tokio::test]
async fn the_command_line_says_the_same_sentence() {
    const CPS: &str = "kofi.marsh@cps-ashmere.example.test";
    const FIRM: &str = "iris.thorne@thornevale.example.test";
    let mut program = Program::start(2, "2026-11-23").await;
    // What the application says to each of all that they may not do on the case.
    let mut said = Vec::new();
    for email in [CPS, FIRM, "ada.wren@court.example.test"] {
        let client = signed_in(&program, email).await;
        let case_id = find(&client, PATH_URN).await;
        let explained = client.access_explain(&Explain { case_id }).await.unwrap();
        let lines = explained.refused.into_iter();
        let of_case = lines.filter(|line| line.section.is_none());
        said.extend(of_case.map(|line| (email, line.action, line.why, line.reference)));
    }
    // And in a refusal, when somebody tries.
    let prosecutor = signed_in(&program, CPS).await;
    let case_id = find(&prosecutor, PATH_URN).await;
    let give = Give {
        case_id,
        email: DEPUTY.to_owned(),
        permission: CasePermission::Deputy,
        defendant_id: None,
        reason: why("Sits on it on Monday."),
    };
    let refused = prosecutor.access_give(&give).await.unwrap_err();
    said.push((
        CPS,
        "give_access".to_owned(),
        refused.why.unwrap().into(),
        refused.reference.unwrap(),
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
    for action in ["grant_access", "assign_advocate", "record_attendance"] {
        assert!(said.iter().any(|own| own.1 == action), "{action}: {said:?}");
    }
    for (email, action, sentence, reference) in said {
        let (may, line) = explained(&program, email, &action);
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
