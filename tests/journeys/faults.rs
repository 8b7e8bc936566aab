//! Bad days: two people on one hearing, a command sent twice, bad files, a
//! server that is killed, a ledger that somebody altered.

use crate::steps::{all_guilty, example, look, path_case, pdf, save, serve, share, start};
use app::demo::PATH_URN;
use contract::{
    Code,
    case::View,
    hearing::{LogEvent, SaveDraft, ShareResults},
    inbox, notice,
};
use testkit::TestCourt;
use vocabulary::{CommandId, UploadId};

#[tokio::test]
async fn a_command_sent_twice_is_recorded_once() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let view = look(&adviser, hearing_id).await;
    let begin = LogEvent {
        hearing_id,
        version: view.version,
        definition_id: view.log_choices[0].definition_id,
        defendant_id: None,
        note: None,
    };
    let command = CommandId(uuid::Uuid::now_v7());
    let first = adviser.send(&begin, command).await.unwrap();
    let second = adviser.send(&begin, command).await.unwrap();
    assert_eq!(first.version, second.version);
    assert_eq!(look(&adviser, hearing_id).await.log.len(), 1);

    // The id is that person's own: another who sends it is answered for themselves.
    let other = court.sign_in("tomasz.brandys@court.example.test").await;
    let theirs = other.send(&begin, command).await.unwrap_err();
    assert_eq!(theirs.code, Code::Stale);
}

#[tokio::test]
async fn of_two_legal_advisers_on_one_hearing_the_second_is_told_and_loses_nothing() {
    let court = TestCourt::open().await;
    let one = court.as_legal_adviser().await;
    let two = court.sign_in("tomasz.brandys@court.example.test").await;
    let (_, hearing_id) = path_case(&one).await;
    let seen = look(&two, hearing_id).await;
    start(&one, hearing_id).await;

    let late = two
        .hearing_log_event(&LogEvent {
            hearing_id,
            version: seen.version,
            definition_id: seen.log_choices[0].definition_id,
            defendant_id: None,
            note: None,
        })
        .await
        .unwrap_err();
    assert_eq!(late.code, Code::Stale);

    let view = look(&one, hearing_id).await;
    let draft = |revision, name: &str| SaveDraft {
        hearing_id,
        revision,
        lines: example(&court, name, &view, 0),
        unresolved: Vec::new(),
    };
    one.hearing_save_draft(&draft(0, "dismissed"))
        .await
        .unwrap();
    let conflict = two
        .hearing_save_draft(&draft(0, "withdrawn"))
        .await
        .unwrap_err();
    assert_eq!(conflict.code, Code::Stale);
    assert!(
        conflict.title.contains("saved these results at"),
        "{conflict:?}"
    );
    let kept = look(&one, hearing_id).await.draft;
    assert_eq!(kept.lines[0].definition.code, "DISM");
}

#[tokio::test]
async fn results_that_contradict_themselves_or_are_unfinished_are_not_shared() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "fine", &view, 0);
    lines.extend(example(&court, "withdrawn", &view, 0));
    let saved = save(&adviser, hearing_id, 0, lines).await;
    assert!(!saved.readiness.ready);
    let share = ShareResults {
        hearing_id,
        version: view.version,
        revision: saved.revision,
    };
    let refused = adviser.hearing_share_results(&share).await.unwrap_err();
    assert_eq!(refused.code, Code::NotReady);
    let after = look(&adviser, hearing_id).await;
    assert!(after.shared.is_none() && after.documents.is_empty());

    let unsaved = ShareResults {
        revision: saved.revision + 7,
        ..share
    };
    let stale = adviser.hearing_share_results(&unsaved).await.unwrap_err();
    assert_eq!(stale.code, Code::Stale);
}

#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_refused_and_leaves_nothing() {
    let court = TestCourt::open().await;
    let prosecutor = court.as_cps().await;
    let token = court.token("kofi.marsh@cps-ashmere.example.test").await;
    let http = reqwest::Client::new();
    let body: Vec<u8> = b"%PDF-1.7\n"
        .iter()
        .chain(&[b' '; 5_000])
        .copied()
        .collect();
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&body));
    let send = |hash: String, name: &'static str, body: Vec<u8>| {
        let url = format!("{}/uploads/{}", court.url, UploadId(uuid::Uuid::now_v7()));
        http.put(url)
            .bearer_auth(&token)
            .header("content-sha256", hash)
            .header("file-name", name)
            .body(body)
            .send()
    };
    let code = |answer: reqwest::Response| async move {
        answer.json::<contract::Problem>().await.unwrap().code
    };
    let wrong_hash = send("0".repeat(64), "a.pdf", body.clone()).await.unwrap();
    assert_eq!(code(wrong_hash).await, Code::WrongHash);
    let wrong_type = send(hash.clone(), "a.png", body.clone()).await.unwrap();
    assert_eq!(code(wrong_type).await, Code::WrongType);
    assert!(
        send(hash, "a.pdf", body)
            .await
            .unwrap()
            .status()
            .is_success()
    );

    // What never arrived cannot be served.
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    let never = contract::material::Serve {
        case_id,
        defendant_id: None,
        section: "IDPC bundle".to_owned(),
        name: "never.pdf".to_owned(),
        upload_id: UploadId(uuid::Uuid::now_v7()),
    };
    let refused = prosecutor.material_serve(&never).await.unwrap_err();
    assert_eq!(refused.code, Code::BadRequest);
}

#[tokio::test]
async fn a_file_over_the_limit_and_a_truncated_one_are_refused() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let court = TestCourt::open().await;
    let token = court.token("kofi.marsh@cps-ashmere.example.test").await;
    let address = court.url.trim_start_matches("http://").to_owned();
    let head = |length: u64| {
        format!(
            "PUT /uploads/{} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\nfile-name: a.pdf\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n",
            UploadId(uuid::Uuid::now_v7())
        )
    };
    let mut large = tokio::net::TcpStream::connect(&address).await.unwrap();
    large
        .write_all(head(contract::material::MOST_BYTES + 1).as_bytes())
        .await
        .unwrap();
    large.write_all(b"%PDF-1.7\n").await.unwrap();
    let mut answer = vec![0; 64];
    let got = large.read(&mut answer).await.unwrap();
    assert!(
        String::from_utf8_lossy(&answer[..got]).starts_with("HTTP/1.1 413"),
        "{answer:?}"
    );

    let mut cut = tokio::net::TcpStream::connect(&address).await.unwrap();
    cut.write_all(head(1_000_000).as_bytes()).await.unwrap();
    cut.write_all(b"%PDF-1.7\nand then the line went dead")
        .await
        .unwrap();
    drop(cut);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let objects = court.config.objects.clone();
    let left = walk(&objects);
    assert!(
        left.iter()
            .all(|path| !path.to_string_lossy().contains("incoming/")),
        "{left:?}"
    );
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .flat_map(|entry| {
            if entry.path().is_dir() {
                walk(&entry.path())
            } else {
                vec![entry.path()]
            }
        })
        .collect()
}

#[tokio::test]
async fn a_server_that_stops_after_sharing_makes_and_delivers_when_it_is_back() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "community_order", &view, 0);
    lines.extend(example(&court, "withdrawn", &view, 1));
    let saved = save(&adviser, hearing_id, 0, lines).await;
    share(&adviser, &view, &saved).await;

    let court = court.restarted().await;
    court.work().await;
    let probation = court.as_probation().await;
    let monitoring = court.as_electronic_monitoring().await;
    for (who, client) in [
        ("probation", probation),
        ("electronic monitoring", monitoring),
    ] {
        let inbox = client.inbox_list(&inbox::List {}).await.unwrap();
        let item = inbox
            .items
            .iter()
            .find(|item| item.cases.iter().any(|urn| urn.as_str() == PATH_URN))
            .unwrap_or_else(|| panic!("{who} has nothing of {PATH_URN}: {inbox:?}"));
        client
            .inbox_open(&inbox::Open {
                delivery_id: item.delivery_id,
            })
            .await
            .unwrap();
        client
            .inbox_acknowledge(&inbox::Acknowledge {
                delivery_id: item.delivery_id,
            })
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn after_one_byte_of_one_event_is_altered_the_ledger_names_the_event() {
    let court = TestCourt::open().await;
    assert!(court.state.store.verify().await.unwrap().bad.is_none());
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&court.config.database_url)
        .await
        .unwrap();
    let body: Vec<u8> = sqlx::query_scalar("select body from ledger_event where position = 7")
        .fetch_one(&pool)
        .await
        .unwrap();
    let mut altered = body.clone();
    altered[3] ^= 1;
    sqlx::query("update ledger_event set body = $1 where position = 7")
        .bind(altered)
        .execute(&pool)
        .await
        .unwrap();
    let bad = court
        .state
        .store
        .verify()
        .await
        .unwrap()
        .bad
        .expect("it is noticed");
    assert_eq!(bad.position, 7);
    assert!(!bad.event_id.is_empty());
}

#[tokio::test]
async fn a_session_that_was_ended_is_refused_at_the_next_request() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    adviser.notice_list(&notice::List {}).await.unwrap();
    adviser
        .account_sign_out(&contract::account::SignOut {})
        .await
        .unwrap();
    let refused = adviser.notice_list(&notice::List {}).await.unwrap_err();
    assert_eq!(refused.code, Code::SignedOut);
}

#[tokio::test]
async fn too_many_wrong_passwords_stop_the_next_try_even_a_right_one() {
    let court = TestCourt::open().await;
    let email = "ada.wren@court.example.test".to_owned();
    let stranger = court.stranger();
    let wrong = |email: &str| contract::account::SignIn {
        email: email.to_owned(),
        password: "not the password".to_owned(),
    };
    let unknown = stranger
        .account_sign_in(&wrong("nobody@court.example.test"))
        .await
        .unwrap_err();
    let known = stranger.account_sign_in(&wrong(&email)).await.unwrap_err();
    assert_eq!(unknown, known, "nobody learns whether an account exists");
    for _ in 0..8 {
        let _ = stranger.account_sign_in(&wrong(&email)).await;
    }
    let right = contract::account::SignIn {
        email,
        password: court.config.demo_password.clone(),
    };
    let stopped = stranger.account_sign_in(&right).await.unwrap_err();
    assert_eq!(stopped.code, Code::TooManyTries);
}

#[tokio::test]
async fn serving_the_same_file_twice_is_refused_with_its_name() {
    let court = TestCourt::open().await;
    let prosecutor = court.as_cps().await;
    let (case_id, _) = path_case(&prosecutor).await;
    let glance = prosecutor.case_view(&View { case_id }).await.unwrap();
    serve(&prosecutor, &glance, "Exhibit.pdf", 12_345).await;
    let before = prosecutor
        .case_view(&View { case_id })
        .await
        .unwrap()
        .materials
        .len();
    let again =
        std::panic::AssertUnwindSafe(serve(&prosecutor, &glance, "Exhibit again.pdf", 12_345));
    let outcome = futures::FutureExt::catch_unwind(again).await;
    assert!(outcome.is_err());
    let after = prosecutor
        .case_view(&View { case_id })
        .await
        .unwrap()
        .materials
        .len();
    assert_eq!(before, after);
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
