//! What asks for a proof of who is here: sharing results, and a case that the court
//! keeps off lists.

use super::{later, open_court};
use crate::steps::{all_guilty, example, look, path_case, save, start};
use client::Client;
use contract::{
    Code,
    case::{RestrictListing, View},
    hearing::ShareResults,
    security::Prove,
};
use testkit::TestCourt;
use vocabulary::CommandId;

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
