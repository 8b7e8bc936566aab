//! What asks for a proof of who is here: sharing results, and a case that the court
//! keeps off lists.

use super::{later, open_court};
use crate::steps::{all_guilty, example, look, path_case, save, start};
use client::{Bytes, Client};
use contract::{
    Code,
    access::{Give, SetSensitive},
    case::{RestrictListing, View},
    hearing::{self, ShareResults},
    result::Parse,
    security::Prove,
};
use testkit::TestCourt;
use vocabulary::{CasePermission, CommandId};

async fn proven(court: &TestCourt, client: &Client) -> Client {
    let prove = Prove {
        password: Some(court.config.demo_password.clone()),
        code: None,
    };
    let token = client.account_prove(&prove).await.unwrap().token;
    court.stranger().with_token(&token)
}

#[tokio::test]
async fn results_are_shared_by_whoever_proved_who_they_are_within_four_hours() {
    let court = open_court::<8>().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "imprisonment", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    let share = ShareResults {
        hearing_id,
        version: look(&adviser, hearing_id).await.version,
        revision: saved.revision,
        targets: None,
    };
    later::<8>(4 * 60 + 1);
    let command = CommandId(uuid::Uuid::now_v7());
    let refused = adviser.send(&share, command).await.unwrap_err();
    assert_eq!(refused.code, Code::ProofNeeded);
    assert!(look(&adviser, hearing_id).await.shared.is_none());
    // In place: the same command under the new token, recorded once.
    let adviser = proven(&court, &adviser).await;
    let shared = adviser.send(&share, command).await.unwrap();
    assert!(shared.documents > 0);
    later::<8>(4 * 60 + 1);
    let again = adviser.send(&share, command).await.unwrap();
    assert_eq!(
        again.version, shared.version,
        "what was recorded is answered as the first time"
    );
}

#[tokio::test]
async fn a_case_that_is_kept_off_lists_asks_for_a_proof_and_another_does_not() {
    let court = open_court::<9>().await;
    let adviser = court.as_legal_adviser().await;
    let prosecutor = court.as_cps().await;
    let stranger = court.as_prison().await;
    let (case_id, _) = path_case(&adviser).await;
    let restrict = RestrictListing {
        case_id,
        kept_off: true,
        reason: "A witness would be in danger.".to_owned(),
    };
    later::<9>(4 * 60 + 1);
    assert!(prosecutor.case_view(&View { case_id }).await.is_ok());
    adviser.case_restrict_listing(&restrict).await.unwrap();
    let refused = prosecutor.case_view(&View { case_id }).await.unwrap_err();
    assert_eq!(refused.code, Code::ProofNeeded);
    // Whoever may not see it is not told that it is anything.
    let nothing = stranger.case_view(&View { case_id }).await.unwrap_err();
    assert_eq!(nothing.code, Code::NotFound);
    let prosecutor = proven(&court, &prosecutor).await;
    assert!(prosecutor.case_view(&View { case_id }).await.is_ok());
}

/// Whatever leads into such a case asks: its hearing, what is typed there, and what is printed of it.
#[tokio::test]
async fn no_other_way_into_such_a_case_passes_the_proof_by() {
    let court = open_court::<19>().await;
    let adviser = court.as_legal_adviser().await;
    let prosecutor = court.as_cps().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    let case = crate::steps::view(&prosecutor, case_id).await;
    crate::steps::serve(&prosecutor, &case, "IDPC.pdf", 900).await;
    let paper = crate::steps::view(&prosecutor, case_id).await.materials[0].material_id;
    let defendant = case.defendants[0].defendant_id;
    let restrict = RestrictListing {
        case_id,
        kept_off: true,
        reason: "A witness would be in danger.".to_owned(),
    };
    adviser.case_restrict_listing(&restrict).await.unwrap();
    let view = hearing::View { hearing_id };
    let typed = Parse {
        hearing_id,
        defendant_id: defendant,
        offence_id: None,
        text: "PORR3 home".to_owned(),
        caret: None,
        lines: Vec::new(),
    };
    let printouts = [
        format!("extract.{case_id}.{defendant}"),
        format!("receipt.{paper}"),
    ];
    let codes = async |client: &Client| {
        let mut codes = vec![
            client.hearing_view(&view).await.err().map(|own| own.code),
            client.result_parse(&typed).await.err().map(|own| own.code),
        ];
        for printout in &printouts {
            let printed = client.download(Bytes::Printout, printout).await;
            codes.push(printed.err().map(|own| own.code));
        }
        codes
    };
    assert_eq!(codes(&adviser).await, [None; 4]);
    later::<19>(4 * 60 + 1);
    assert_eq!(codes(&adviser).await, [Some(Code::ProofNeeded); 4]);
    // Nor does it help to let the case be as others are first, or to give somebody permission.
    let back = RestrictListing {
        kept_off: false,
        ..restrict
    };
    let refused = adviser.case_restrict_listing(&back).await.unwrap_err();
    assert_eq!(refused.code, Code::ProofNeeded);
    let controller = court.sign_in("delia.frome@court.example.test").await;
    let sensitive = |sensitive| SetSensitive {
        case_id,
        sensitive,
        reason: "A witness is protected.".to_owned(),
    };
    let made = controller.access_set_sensitive(&sensitive(true)).await;
    made.unwrap();
    let give = Give {
        case_id,
        email: "osric.penhale@court.example.test".to_owned(),
        permission: CasePermission::ALL[0],
        defendant_id: None,
        until: None,
        reason: "He hears it.".to_owned(),
    };
    later::<19>(4 * 60 + 1);
    let refused = controller.access_give(&give).await.unwrap_err();
    assert_eq!(refused.code, Code::ProofNeeded);
    let lift = controller.access_set_sensitive(&sensitive(false)).await;
    assert_eq!(lift.unwrap_err().code, Code::ProofNeeded);
    let controller = proven(&court, &controller).await;
    let given = controller.access_give(&give).await;
    given.unwrap();
    let lifted = controller.access_set_sensitive(&sensitive(false)).await;
    lifted.unwrap();
    let adviser = proven(&court, &adviser).await;
    assert_eq!(codes(&adviser).await, [None; 4]);
    adviser.case_restrict_listing(&back).await.unwrap();
}
