//! No room: whatever cannot be stored is refused in a sentence with the next step, nothing
//! of it is half done, and once there is room the same goes through. In the ledger, in
//! working state, and where bytes are kept.

use crate::{
    intake::System,
    steps::{all_guilty, example, look, path_case, pdf, save, share, start},
    uploads::walk,
};
use app::demo::PATH_URN;
use contract::{
    Code, Problem,
    account::SignIn,
    case::{Find, View},
    hearing::{LogEvent, SaveDraft, ShareResults},
    inbox, material, notice,
};
use std::time::Duration;
use testkit::{Submission, TestCourt};
use vocabulary::{CommandId, DeliveryState, UploadId};

/// What everybody is told.
fn is_told(refused: &Problem) {
    assert_eq!(refused.code, Code::NoSpace, "{refused:?}");
    assert!(refused.title.contains("no room left"), "{refused:?}");
    assert!(
        refused.detail.contains("Nothing was recorded"),
        "{refused:?}"
    );
    assert!(
        refused
            .hint
            .contains("Tell the service centre now, and try again later"),
        "{refused:?}"
    );
    assert!(
        refused.hint.contains("What you typed is still here"),
        "{refused:?}"
    );
}

/// Asks while no event finds room.
async fn without_room<T: std::fmt::Debug>(
    court: &TestCourt,
    ask: impl Future<Output = Result<T, Problem>>,
) {
    court.faults.ledger_is_full(true);
    let refused = ask.await.expect_err("it is refused");
    court.faults.ledger_is_full(false);
    is_told(&refused);
}

async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    for _ in 0..400 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{what} did not happen within ten seconds");
}

#[tokio::test]
async fn without_room_for_results_nothing_is_shared_and_no_document_is_asked_for() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let prosecutor = court.as_cps().await;
    let prison = court.as_prison().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "imprisonment", &view, 0);
    lines.extend(example(&court, "withdrawn", &view, 1));
    let saved = save(&adviser, hearing_id, 0, lines).await;
    let told = async || {
        let list = prosecutor.notice_list(&notice::List {}).await.unwrap();
        list.items.len()
    };
    let told_before = told().await;

    let sharing = ShareResults {
        hearing_id,
        version: view.version,
        revision: saved.revision,
        targets: None,
    };
    let command = CommandId(uuid::Uuid::now_v7());
    without_room(&court, adviser.send(&sharing, command)).await;
    let after = look(&adviser, hearing_id).await;
    assert!(after.shared.is_none() && after.documents.is_empty());
    assert_eq!(after.version, view.version);
    assert_eq!(after.draft.revision, saved.revision);
    assert_eq!(told().await, told_before);

    // The same command, once there is room; and none again before documents are made.
    let shared = adviser.send(&sharing, command).await.unwrap();
    court.faults.ledger_is_full(true);
    let refused = court.faults.refused();
    until("a document that finds no room", || async {
        (court.faults.refused() > refused).then_some(())
    })
    .await;
    court.faults.ledger_is_full(false);
    let item = until("the warrant", || async {
        let list = prison.inbox_list(&inbox::List {}).await.unwrap();
        let warrant = "Warrant for custodial sentence";
        let mut own = list.items.into_iter().filter(|item| {
            item.name == warrant && item.cases.iter().any(|urn| urn.as_str() == PATH_URN)
        });
        own.next()
    })
    .await;
    let room = look(&adviser, hearing_id).await;
    assert_eq!(room.documents.len(), shared.documents as usize);

    // Opened and acknowledged are events too.
    let delivery_id = item.delivery_id;
    let state = async || {
        let room = look(&adviser, hearing_id).await;
        let mut all = room.documents.into_iter().flat_map(|one| one.deliveries);
        all.find(|one| one.delivery_id == delivery_id)
            .unwrap()
            .state
    };
    let open = inbox::Open { delivery_id };
    without_room(&court, prison.inbox_open(&open)).await;
    assert_eq!(state().await, DeliveryState::Received);
    prison.inbox_open(&open).await.unwrap();
    let acknowledge = inbox::Acknowledge { delivery_id };
    let command = CommandId(uuid::Uuid::now_v7());
    without_room(&court, prison.send(&acknowledge, command)).await;
    assert_eq!(state().await, DeliveryState::Opened);
    prison.send(&acknowledge, command).await.unwrap();
    assert_eq!(state().await, DeliveryState::Acknowledged);
    assert!(court.state.store.verify().await.unwrap().bad.is_none());
}

#[tokio::test]
async fn without_room_a_submission_is_refused_and_makes_one_case_when_it_is_sent_again() {
    let court = TestCourt::open().await;
    let system = System::of(&court, "GAAAA01").await;
    let submission = Submission::charge("29GD7410555", court.today());
    court.faults.ledger_is_full(true);
    let refused = system.send("GAAAA01", submission.body()).await;
    court.faults.ledger_is_full(false);
    assert_eq!(refused.status(), 507);
    let kind = refused.headers()["content-type"].to_str().unwrap();
    assert_eq!(kind, "application/problem+json");
    let problem: Problem = refused.json().await.unwrap();
    assert_eq!(problem.code, Code::NoSpace);
    assert!(problem.hint.contains("send it again later"), "{problem:?}");
    assert!(problem.hint.contains("makes one case"), "{problem:?}");
    let prosecutor = court.as_cps().await;
    let find = Find {
        reference: "29GD7410555".to_owned(),
    };
    let none = prosecutor.case_find(&find).await.unwrap_err();
    assert_eq!(none.code, Code::NotFound);

    let id = system.submit(&submission).await;
    assert_eq!(system.status(&id).await["status"], "SUCCESS");
    prosecutor.case_find(&find).await.unwrap();
    assert_eq!(system.submit(&submission).await, id);
}

#[tokio::test]
async fn without_room_for_working_state_nothing_typed_sent_or_proven_is_kept_by_halves() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let prosecutor = court.as_cps().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let saving = SaveDraft {
        hearing_id,
        revision: 0,
        lines: example(&court, "dismissed", &view, 0),
        unresolved: Vec::new(),
    };
    let file = pdf(50_000);
    let cancel = client::CancellationToken::new();
    let upload_id = UploadId(uuid::Uuid::now_v7());
    let serving = material::Serve {
        case_id,
        defendant_id: None,
        section: "IDPC bundle".to_owned(),
        name: "IDPC.pdf".to_owned(),
        upload_id,
    };
    let stranger = court.stranger();
    let sign_in = SignIn {
        email: "mina.oak@fallowdene.example.test".to_owned(),
        password: court.config.demo_password.clone(),
    };

    court.faults.work_is_full(true);
    is_told(&adviser.hearing_save_draft(&saving).await.unwrap_err());
    let sent = prosecutor.upload(file.path(), upload_id, |_, _| {}, &cancel);
    is_told(&sent.await.unwrap_err());
    is_told(&stranger.account_sign_in(&sign_in).await.unwrap_err());
    // Whoever is signed in goes on looking, and nothing of it is there.
    let after = look(&adviser, hearing_id).await;
    assert_eq!((after.draft.revision, after.draft.lines.len()), (0, 0));
    let kept = court.state.app.work.upload(upload_id).await.unwrap();
    assert!(kept.is_none(), "{kept:?}");
    let never = prosecutor.material_serve(&serving).await.unwrap_err();
    assert_eq!(never.code, Code::BadRequest, "{never:?}");
    court.faults.work_is_full(false);

    let saved = adviser.hearing_save_draft(&saving).await.unwrap();
    assert_eq!(saved.draft.revision, 1);
    prosecutor
        .upload(file.path(), upload_id, |_, _| {}, &cancel)
        .await
        .unwrap();
    prosecutor.material_serve(&serving).await.unwrap();
    let case = prosecutor.case_view(&View { case_id }).await.unwrap();
    let papers = case.materials.iter().filter(|one| one.name == "IDPC.pdf");
    assert_eq!(papers.count(), 1);
    stranger.account_sign_in(&sign_in).await.unwrap();
}

#[tokio::test]
async fn without_room_in_the_store_nothing_is_half_done_and_everybody_is_told() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let view = look(&adviser, hearing_id).await;
    let start = LogEvent {
        hearing_id,
        version: view.version,
        definition_id: view.log_choices[0].definition_id,
        defendant_id: None,
        note: None,
    };
    let command = CommandId(uuid::Uuid::now_v7());
    court.faults.no_space_in_append(1);
    let refused = adviser.send(&start, command).await.unwrap_err();
    assert_eq!(refused.code, Code::NoSpace);
    assert!(
        refused.hint.contains("What you typed is still here"),
        "{refused:?}"
    );
    let after = look(&adviser, hearing_id).await;
    assert_eq!((after.version, after.log.len()), (view.version, 0));
    // Room was made: the same command goes through.
    adviser.send(&start, command).await.unwrap();
    assert_eq!(look(&adviser, hearing_id).await.log.len(), 1);
}

#[tokio::test]
async fn without_room_for_a_file_nothing_of_it_is_kept_and_it_can_be_sent_again() {
    let court = TestCourt::open().await;
    let prosecutor = court.as_cps().await;
    let file = pdf(20_000_000);
    let cancel = client::CancellationToken::new();
    let upload_id = UploadId(uuid::Uuid::now_v7());
    let before = walk(&court.config.objects);
    court.faults.no_space_in_object(3);
    let refused = prosecutor
        .upload(file.path(), upload_id, |_, _| {}, &cancel)
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::NoSpace, "{refused:?}");
    assert_eq!(walk(&court.config.objects), before);
    prosecutor
        .upload(file.path(), upload_id, |_, _| {}, &cancel)
        .await
        .unwrap();
}

#[tokio::test]
async fn without_room_while_documents_are_made_they_are_made_later() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "imprisonment", &view, 0);
    lines.extend(example(&court, "withdrawn", &view, 1));
    let saved = save(&adviser, hearing_id, 0, lines).await;
    court.faults.no_space_in_object(1);
    let shared = share(&adviser, &view, &saved).await;
    for _ in 0..200 {
        let made = look(&adviser, hearing_id).await.documents;
        assert_eq!(made.len(), shared.documents as usize);
        if made.iter().all(|document| document.made) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the documents were not made within ten seconds");
}
