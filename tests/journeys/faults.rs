//! Bad days: two people on one hearing, a command sent twice, results that contradict
//! themselves, a server that stops, a ledger that somebody altered. Bad files are in
//! `uploads`, full disks in `no_room`, killed servers in `kills` and `kills_between`.

use crate::steps::{all_guilty, example, look, path_case, pdf, save, share, start};
use app::demo::PATH_URN;
use contract::{
    Code,
    case::View,
    hearing::{self, LogEvent, SaveDraft, ShareResults, Unresolved},
    inbox, notice,
};
use testkit::TestCourt;
use vocabulary::{CommandId, Severity, UploadId};

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
    let defendant = &view.defendants[0];
    let draft = |revision, name: &str, words: &str| SaveDraft {
        hearing_id,
        revision,
        lines: example(&court, name, &view, 0),
        unresolved: vec![Unresolved {
            defendant_id: defendant.defendant_id,
            offence_id: Some(defendant.offences[1].offence_id),
            text: words.to_owned(),
        }],
    };
    one.hearing_save_draft(&draft(0, "dismissed", "fo 2"))
        .await
        .unwrap();
    let conflict = two
        .hearing_save_draft(&draft(0, "withdrawn", "coew"))
        .await
        .unwrap_err();
    assert_eq!(conflict.code, Code::Stale);
    assert!(
        conflict.title.contains("saved these results at"),
        "{conflict:?}"
    );
    // Who, when, and what differs: whose result, of which offence, and what is half typed.
    let (name, number) = (&defendant.name, defendant.offences[0].number);
    for said in [
        format!("{name}, offence {number}: DISM only in theirs, WDRN only in yours."),
        format!(
            "{name}, offence {}: typed there \u{201c}fo 2\u{201d}, by you \u{201c}coew\u{201d}.",
            defendant.offences[1].number
        ),
        "Nothing was overwritten.".to_owned(),
    ] {
        assert!(conflict.detail.contains(&said), "{said} in {conflict:?}");
    }
    let kept = look(&one, hearing_id).await.draft;
    assert_eq!(kept.lines[0].definition.code, "DISM");
}

/// What blocks sharing, by its code.
fn blocking<'a>(draft: &'a hearing::Draft, code: &str) -> Vec<&'a hearing::Finding> {
    let findings = draft.readiness.findings.iter();
    findings
        .filter(|found| found.severity == Severity::Blocks && found.code == code)
        .collect()
}

#[tokio::test]
async fn results_that_contradict_themselves_or_are_unfinished_are_not_shared() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let fine = example(&court, "fine", &view, 0);
    let withdrawn = |offence| example(&court, "withdrawn", &view, offence);
    let refused = async |draft: &hearing::Draft| {
        assert!(!draft.readiness.ready);
        let share = ShareResults {
            hearing_id,
            version: view.version,
            revision: draft.revision,
            targets: None,
        };
        let refused = adviser.hearing_share_results(&share).await.unwrap_err();
        assert_eq!(refused.code, Code::NotReady);
        assert!(!refused.title.is_empty() && !refused.hint.is_empty());
        let after = look(&adviser, hearing_id).await;
        assert!(after.shared.is_none() && after.documents.is_empty());
    };

    // Both offences have a result, so that nothing but the contradiction is in the way.
    let both = [fine.clone(), withdrawn(0), withdrawn(1)].concat();
    let contradicting = save(&adviser, hearing_id, 0, both).await;
    let found = blocking(&contradicting, "CP-EXCL-001");
    assert!(!found.is_empty(), "{:#?}", contradicting.readiness.findings);
    for finding in found {
        assert_eq!(
            finding.offence_id,
            Some(view.defendants[0].offences[0].offence_id)
        );
        assert!(
            finding.message.contains("exclude each other"),
            "{finding:?}"
        );
        assert!(finding.hint.contains("Remove WDRN or "), "{finding:?}");
    }
    assert!(blocking(&contradicting, "NO-RESULT").is_empty());
    refused(&contradicting).await;

    let half = save(&adviser, hearing_id, contradicting.revision, fine.clone()).await;
    let found = blocking(&half, "NO-RESULT");
    assert_eq!(found.len(), 1, "{:#?}", half.readiness.findings);
    assert_eq!(
        found[0].offence_id,
        Some(view.defendants[0].offences[1].offence_id)
    );
    assert!(found[0].hint.contains("Type a result"), "{found:?}");
    refused(&half).await;

    let whole = [fine, withdrawn(1)].concat();
    let ready = save(&adviser, hearing_id, half.revision, whole).await;
    assert!(ready.readiness.ready, "{:#?}", ready.readiness.findings);
    let unsaved = ShareResults {
        hearing_id,
        version: view.version,
        revision: ready.revision + 7,
        targets: None,
    };
    let stale = adviser.hearing_share_results(&unsaved).await.unwrap_err();
    assert_eq!(stale.code, Code::Stale);
    share(&adviser, &view, &ready).await;
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
    let serve_as = async |name: &str, size: usize| {
        let upload_id = UploadId(uuid::Uuid::now_v7());
        let cancel = client::CancellationToken::new();
        prosecutor
            .upload(pdf(size).path(), upload_id, |_, _| {}, &cancel)
            .await
            .unwrap();
        let serving = contract::material::Serve {
            case_id,
            defendant_id: Some(glance.defendants[0].defendant_id),
            section: "IDPC bundle".to_owned(),
            name: name.to_owned(),
            upload_id,
        };
        prosecutor.material_serve(&serving).await
    };
    serve_as("Exhibit.pdf", 12_345).await.unwrap();
    let before = prosecutor.case_view(&View { case_id }).await.unwrap();
    let refused = serve_as("Exhibit again.pdf", 12_345).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused, "{refused:?}");
    assert!(refused.title.contains("Exhibit.pdf"), "{refused:?}");
    assert!(!refused.hint.is_empty(), "{refused:?}");
    let after = prosecutor.case_view(&View { case_id }).await.unwrap();
    assert_eq!(before.materials.len(), after.materials.len());
    // Other bytes under the same name are another file.
    serve_as("Exhibit.pdf", 12_346).await.unwrap();
}
