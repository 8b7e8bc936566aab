//! What no court would do, and what a slip of the finger does: each is refused
//! with a sentence, or harmless, and nothing is left behind that could not be
//! opened again.

use crate::steps::{all_guilty, example, look, path_case, pdf, save, share, start};
use client::CancellationToken;
use contract::{
    Code,
    case::{Find, MarkSeen, View},
    hearing::{EnterPlea, Preview, SaveDraft},
    legal_aid::WithdrawOrder,
    material::Serve,
};
use testkit::{Submission, TestCourt};
use vocabulary::{CaseId, DefendantId, UploadId};

#[tokio::test]
async fn a_period_of_twenty_thousand_years_is_told_and_the_hearing_still_opens() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let mut revision = 0;
    for period in [
        "20000 years",
        "4294967295 months",
        "99999 years",
        "3000000000 days",
    ] {
        let mut lines = example(&court, "imprisonment", &view, 0);
        let sentence = lines
            .iter_mut()
            .find(|line| line.answers.contains_key("imprisonmentPeriod"))
            .unwrap();
        sentence
            .answers
            .insert("imprisonmentPeriod".to_owned(), period.to_owned());
        let draft = save(&adviser, hearing_id, revision, lines.clone()).await;
        assert!(!draft.readiness.ready, "{period}");
        revision = draft.revision;
        adviser
            .hearing_preview(&Preview { hearing_id, lines })
            .await
            .unwrap();
        assert_eq!(look(&adviser, hearing_id).await.draft.revision, revision);
    }
}

#[tokio::test]
async fn no_plea_is_entered_after_sharing_and_none_that_the_court_does_not_take() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;
    let plea = |value: &str, version| EnterPlea {
        hearing_id,
        version,
        offence_id: view.defendants[0].offences[0].offence_id,
        plea: value.to_owned(),
    };
    for value in ["MCA_GUILTY", "PARDON", "NOTIFIED_GUILTY", "guilty", ""] {
        assert!(view.plea_choices.iter().all(|choice| choice.value != value));
        let refused = adviser
            .hearing_enter_plea(&plea(value, view.version))
            .await
            .unwrap_err();
        assert_eq!(refused.code, Code::BadRequest, "{value}");
    }
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "fine", &seen, 0);
    lines.extend(example(&court, "withdrawn", &seen, 1));
    let saved = save(&adviser, hearing_id, 0, lines).await;
    share(&adviser, &seen, &saved).await;
    let view = look(&adviser, hearing_id).await;
    let late = adviser
        .hearing_enter_plea(&plea("NOT_GUILTY", view.version))
        .await
        .unwrap_err();
    assert_eq!(late.code, Code::Refused);
    assert!(late.hint.contains("Amend the results"), "{late:?}");
}

#[tokio::test]
async fn a_draft_has_only_the_revisions_that_were_saved() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let saving = |revision| SaveDraft {
        hearing_id,
        revision,
        lines: Vec::new(),
        unresolved: Vec::new(),
    };
    for revision in [1, 7, (1 << 53) - 1, i64::MAX as u64 - 1, u64::MAX] {
        let refused = adviser.hearing_save_draft(&saving(revision)).await;
        assert_eq!(refused.unwrap_err().code, Code::Stale, "{revision}");
    }
    let saved = adviser.hearing_save_draft(&saving(0)).await.unwrap();
    assert_eq!(saved.draft.revision, 1);
}

#[tokio::test]
async fn a_paper_keeps_the_kind_that_it_has_and_a_name_that_is_one() {
    let court = TestCourt::open().await;
    let prosecutor = court.as_cps().await;
    let (case_id, _) = path_case(&prosecutor).await;
    let file = pdf(5_000);
    let upload_id = UploadId(uuid::Uuid::now_v7());
    prosecutor
        .upload(file.path(), upload_id, |_, _| {}, &CancellationToken::new())
        .await
        .unwrap();
    let serving = |name: &str| Serve {
        case_id,
        defendant_id: None,
        section: "Witness statements".to_owned(),
        name: name.to_owned(),
        upload_id,
    };
    for name in [
        "statement.bat",
        "statement",
        "..\\..\\evil.pdf",
        "../../../.bashrc.pdf",
        "x\r\nSet-Cookie: a=b.pdf",
        "fdp.\u{202E}exe.pdf",
        "nul\0.pdf",
    ] {
        let refused = prosecutor.material_serve(&serving(name)).await.unwrap_err();
        assert_eq!(refused.code, Code::Refused, "{name:?}: {refused:?}");
    }
    prosecutor
        .material_serve(&serving("Datganiad tyst Siân (2).pdf"))
        .await
        .unwrap();
}

#[tokio::test]
async fn whoever_guesses_ids_is_stopped_as_soon_as_whoever_guesses_references() {
    let court = TestCourt::open().await;
    let stranger = court.as_other_defence().await;
    let (own, _) = path_case(&stranger).await;
    let guess = |n: u128| CaseId(uuid::Uuid::from_u128(n));
    let mut stopped = 0;
    for n in 0..70 {
        let refused = match n % 2 {
            0 => stranger
                .case_view(&View { case_id: guess(n) })
                .await
                .unwrap_err(),
            _ => stranger
                .case_mark_seen(&MarkSeen {
                    case_id: guess(n),
                    version: 0,
                })
                .await
                .unwrap_err(),
        };
        match refused.code {
            Code::NotFound => {}
            Code::TooManyTries => stopped += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(stopped >= 5, "{stopped}");
    let find = Find {
        reference: "29GD7410126".to_owned(),
    };
    let refused = stranger.case_find(&find).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries);
    // Nobody else is held up, and courts are not counted.
    let adviser = court.as_legal_adviser().await;
    for _ in 0..70 {
        adviser.case_view(&View { case_id: own }).await.unwrap();
    }
}

/// Of a case that there is the agency, too, hears from some number on what is said of one that
/// there is not.
#[tokio::test]
async fn whoever_guesses_ids_for_the_agency_is_stopped_whether_there_are_such_cases_or_not() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    let agency = court.as_legal_aid().await;
    let withdraw = |case_id| WithdrawOrder {
        case_id,
        defendant_id: DefendantId(uuid::Uuid::from_u128(7)),
        on: court.today(),
    };
    let code = async |case_id| {
        let refused = agency.legal_aid_withdraw_order(&withdraw(case_id)).await;
        refused.unwrap_err().code
    };
    let guess = |n: u128| CaseId(uuid::Uuid::from_u128(n));
    assert_eq!(code(guess(1)).await, Code::NotFound);
    assert_ne!(code(case_id).await, Code::TooManyTries);
    for _ in 0..60 {
        code(case_id).await;
    }
    assert_eq!(code(case_id).await, Code::TooManyTries);
    assert_eq!(code(guess(2)).await, Code::TooManyTries);
}

#[tokio::test]
async fn whoever_sends_anothers_case_is_not_told_that_there_is_one() {
    let court = TestCourt::open().await;
    let secret = court.machine("GAEAA01").await;
    let urn = app::demo::PATH_URN;
    let submission = Submission::charge(urn, court.today());
    let http = reqwest::Client::new();
    let answer: serde_json::Value = http
        .post(format!("{}/v2/prosecutions/GAEAA01", court.url))
        .bearer_auth(&secret)
        .header(
            "content-type",
            "application/vnd.hmcts.cjs.charge-prosecution.v2+json",
        )
        .body(submission.body())
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let id = answer["submissionId"].as_str().unwrap();
    let status = http
        .get(format!("{}/v2/submissions/{id}", court.url))
        .bearer_auth(&secret)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(status.contains("REJECTED"), "{status}");
    assert!(!status.contains("DUPLICATED_PROSECUTION"), "{status}");
}
