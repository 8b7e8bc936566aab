//! What a computer keeps of what somebody typed, when the case is theirs no longer: it goes from
//! there at the next contact, and what reached the server stays with the hearing.

use crate::{
    steps::{example, look, path_case, save, start},
    veil::{controller, make_sensitive, permit},
};
use client::Local;
use contract::{access::TakeBack, account::Current, hearing::Closed};
use serde_json::{Value, json};
use std::{fs, path::Path};
use testkit::TestCourt;
use vocabulary::HearingId;

const DEPUTY: &str = "imogen.vasey@court.example.test";
/// What nobody else would write.
const WORDS: &str = "curfew at the house of the witness in Larkspur Row";

/// Whether the files of a folder hold the words.
fn hold(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().any(|file| {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        bytes
            .windows(WORDS.len())
            .any(|some| some == WORDS.as_bytes())
    })
}

#[tokio::test]
async fn what_a_computer_keeps_of_a_case_that_somebody_lost_goes_at_the_next_contact() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    // What is on the server is the hearing's.
    let room = look(&adviser, hearing_id).await;
    let lines = example(&court, "withdrawn", &room, 0);
    save(&adviser, hearing_id, room.draft.revision, lines).await;

    permit(&court, case_id, DEPUTY).await;
    let deputy = court.sign_in(DEPUTY).await;
    let own = deputy
        .account_current(&Current {})
        .await
        .unwrap()
        .account_id;
    let theirs = adviser
        .account_current(&Current {})
        .await
        .unwrap()
        .account_id;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desktop.sqlite");
    let local = Local::open(&file).await.unwrap();
    let other_window = Local::open(&file).await.unwrap();
    let draft = json!({ "unresolved": [{ "text": WORDS }] });
    for window in [&local, &other_window] {
        window.keep_draft(hearing_id, own, &draft).await.unwrap();
    }
    let another = json!({ "unresolved": [{ "text": "of a colleague at the same computer" }] });
    local
        .keep_draft(hearing_id, theirs, &another)
        .await
        .unwrap();
    assert_eq!(local.forget_lost(&deputy, own).await.unwrap(), 0);
    assert!(hold(folder.path()));

    let back = TakeBack {
        case_id,
        account_id: own,
        defendant_id: None,
        reason: "Sits elsewhere.".to_owned(),
    };
    let giver = controller(&court).await;
    giver.access_take_back(&back).await.unwrap();
    assert_eq!(local.forget_lost(&deputy, own).await.unwrap(), 1);
    assert_eq!(
        local.kept_drafts(hearing_id, own).await.unwrap(),
        [] as [Value; 0]
    );
    assert!(!hold(folder.path()), "it is gone from the files as well");
    // The colleague's is theirs, and the hearing has what was saved.
    assert_eq!(local.forget_lost(&adviser, theirs).await.unwrap(), 0);
    assert_eq!(
        local.kept_drafts(hearing_id, theirs).await.unwrap(),
        [another]
    );
    assert!(!look(&adviser, hearing_id).await.draft.lines.is_empty());
}

#[tokio::test]
async fn a_hearing_that_asks_for_a_reason_first_is_not_lost_and_one_that_there_is_not_is_closed() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    let nowhere = HearingId(uuid::Uuid::now_v7());
    let hearings = vec![hearing_id, nowhere];
    let ask = Closed { hearings };
    let closed = adviser.hearing_closed(&ask).await.unwrap().closed;
    assert_eq!(closed, [nowhere]);
    make_sensitive(&court, case_id).await;
    let closed = adviser.hearing_closed(&ask).await.unwrap().closed;
    assert_eq!(closed, [nowhere], "they may say why, and go on");
    // To whom no hearing is open, both are the same.
    let firm = court.as_defence().await;
    let closed = firm.hearing_closed(&ask).await.unwrap().closed;
    assert_eq!(closed, ask.hearings);
    let many = Closed {
        hearings: vec![nowhere; 201],
    };
    assert!(adviser.hearing_closed(&many).await.is_err());
}
