//! What a computer keeps of what somebody typed, when the case is theirs no longer: it is left with
//! the court at the next contact, and goes once it is in the record. What reached the server
//! before stays with the hearing.

use crate::{
    audited,
    intake::{AUTHORITY, System},
    steps::{self, example, look, path_case, save, start},
    veil::{controller, make_sensitive, permit},
};
use client::{Client, Local};
use contract::{
    Code,
    access::TakeBack,
    account::Current,
    hearing::{Closed, LeaveWords, LeftTyped, LeftWords},
};
use serde_json::{Value, json};
use std::{fs, path::Path};
use testkit::{Submission, TestCourt};
use vocabulary::{AccountId, HearingId};

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

async fn account(client: &Client) -> AccountId {
    let current = client.account_current(&Current {}).await.unwrap();
    current.account_id
}

/// What the window keeps while somebody types, with words on a defendant.
fn kept(defendant: &str) -> Value {
    json!({
        "revision": 3, "lines": [], "at": "2026-11-23T10:00:00Z", "aside": null,
        "unresolved": [{ "defendant_id": defendant, "offence_id": null, "text": WORDS }],
    })
}

#[tokio::test]
async fn what_a_computer_keeps_of_a_case_that_somebody_lost_is_left_with_the_court_and_goes() {
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
    let (own, theirs) = (account(&deputy).await, account(&adviser).await);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desktop.sqlite");
    let local = Local::open(&file).await.unwrap();
    let other_window = Local::open(&file).await.unwrap();
    let defendant = &room.defendants[0];
    let draft = kept(&defendant.defendant_id.to_string());
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
    // The note of a log event that was not logged is left as well.
    let note = "The interpreter left at noon";
    let of_note = local.keep_words((hearing_id, own), "log", note).await;
    of_note.unwrap();
    // A server that does not take it has not got it: it stays, and is tried again.
    let nowhere = HearingId(uuid::Uuid::now_v7());
    let words = String::new();
    let leave = LeaveWords {
        hearing_id: nowhere,
        words,
    };
    for _ in 0..120 {
        deputy.hearing_leave_words(&leave).await.unwrap();
    }
    let refused = local.forget_lost(&deputy, own).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries);
    assert!(hold(folder.path()));
    let work = &court.state.app.work;
    work.forget_tries(&format!("words {own}")).await.unwrap();
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
    let seen = look(&adviser, hearing_id).await;
    assert!(!seen.draft.lines.is_empty());
    // What was not sent is with the hearing too, beside its results: once, though two windows
    // had it, with whose it is and where it was typed.
    let is_note = |own: &&LeftWords| own.typed.iter().any(|typed| typed.text == note);
    let (notes, rest): (Vec<_>, Vec<_>) = seen.left.iter().partition(is_note);
    assert_eq!(notes.len(), 1);
    let [left] = &rest[..] else {
        panic!("{:?}", seen.left);
    };
    assert_eq!(left.by, "Imogen Vasey");
    let typed = LeftTyped {
        place: defendant.name.clone(),
        text: WORDS.to_owned(),
    };
    assert_eq!(left.typed, [typed]);
    assert!(seen.draft.unresolved.is_empty(), "it is no part of them");
    // The report of the case says that it was left, and by whom; not what.
    let lines = audited::of_case(&court).await;
    let found = lines
        .iter()
        .find(|own| own.what.contains("left with the court"));
    assert_eq!(found.unwrap().who, "Imogen Vasey");
    assert!(!format!("{lines:?}").contains(WORDS));
    // It is shown to those who type there, and to nobody else who opens it.
    permit(&court, case_id, DEPUTY).await;
    assert!(look(&deputy, hearing_id).await.left.is_empty());
}

#[tokio::test]
async fn words_of_a_hearing_that_a_restored_server_has_not_are_there_when_it_comes_again() {
    let reference = "29ZZ0000126";
    let before = TestCourt::open().await;
    let charged = Submission::charge(reference, before.today()).heard_on(before.today());
    let sent = async |court: &TestCourt| {
        let system = System::of(court, AUTHORITY).await;
        system.submit(&charged).await;
        let adviser = court.as_legal_adviser().await;
        let case = steps::view(&adviser, steps::find(&adviser, reference).await).await;
        look(&adviser, case.hearings[0].hearing_id).await
    };
    let room = sent(&before).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desktop.sqlite");
    let local = Local::open(&file).await.unwrap();
    let own = account(&before.as_legal_adviser().await).await;
    let defendant = room.defendants[0].defendant_id.to_string();
    let mut draft = kept(&defendant);
    // No name is kept on a computer; which defendant it was is.
    let place = format!("{defendant} ");
    draft["about"] = json!({
        "cases": [room.defendants[0].case_id], "places": { place: "Defendant 1" }
    });
    let hearing_id = room.hearing_id;
    local.keep_draft(hearing_id, own, &draft).await.unwrap();

    // The server of a backup that is older than the hearing. To it the hearing is closed.
    let restored = TestCourt::open().await;
    let adviser = restored.as_legal_adviser().await;
    let own_there = account(&adviser).await;
    assert_eq!(own, own_there, "the same person");
    assert_eq!(local.forget_lost(&adviser, own).await.unwrap(), 1);
    assert!(!hold(folder.path()));
    // The authority sends the case again, and the words are where they belong.
    let again = sent(&restored).await;
    assert_ne!(again.hearing_id, hearing_id, "it is another hearing to it");
    assert_eq!(again.left.len(), 1);
    let typed = LeftTyped {
        place: "Defendant 1".to_owned(),
        text: WORDS.to_owned(),
    };
    assert_eq!(again.left[0].typed, [typed]);
}

#[tokio::test]
async fn whoever_opens_no_hearing_leaves_words_that_nobody_is_shown() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let firm = court.as_defence().await;
    let leave = LeaveWords {
        hearing_id,
        words: WORDS.to_owned(),
    };
    // It is answered alike, whether there is such a hearing or not.
    firm.hearing_leave_words(&leave).await.unwrap();
    assert!(look(&adviser, hearing_id).await.left.is_empty());
    // What no application of this kind wrote is shown as it came.
    adviser.hearing_leave_words(&leave).await.unwrap();
    let left = look(&adviser, hearing_id).await.left;
    assert_eq!(left[0].typed[0].text, WORDS);
    let words = "x".repeat(2 * 1024 * 1024 + 1);
    let leave = LeaveWords { hearing_id, words };
    let refused = adviser.hearing_leave_words(&leave).await.unwrap_err();
    assert_eq!(refused.code, Code::BadRequest);
}

/// A few times as much as anybody types would fill the disk as well as very often a little.
#[tokio::test]
async fn what_one_person_leaves_within_a_day_is_counted_by_its_bytes_too() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let deputy = court.sign_in(DEPUTY).await;
    let of = |bytes: usize| LeaveWords {
        hearing_id,
        words: "x".repeat(bytes),
    };
    for _ in 0..16 {
        deputy
            .hearing_leave_words(&of(2 * 1024 * 1024))
            .await
            .unwrap();
    }
    let refused = deputy.hearing_leave_words(&of(9)).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries);
    // Nobody else is held up.
    adviser.hearing_leave_words(&of(9)).await.unwrap();
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
