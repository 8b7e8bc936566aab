//! People who fill the store, or who want what the record holds to be swept away.

use super::{PROSECUTOR, connected, number, path_case, problem, share, wait_until};
use contract::{Code, Problem, case::View};
use reqwest::{RequestBuilder, StatusCode};
use sha2::{Digest, Sha256};
use std::time::{Duration, SystemTime};
use testkit::TestCourt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use vocabulary::UploadId;

fn upload(court: &TestCourt, token: &str, id: UploadId, body: &[u8]) -> RequestBuilder {
    reqwest::Client::new()
        .put(format!("{}/uploads/{id}", court.url))
        .bearer_auth(token)
        .header("content-sha256", hex::encode(Sha256::digest(body)))
        .header("file-name", "a.pdf")
        .body(body.to_vec())
}

fn fresh() -> UploadId {
    UploadId(uuid::Uuid::now_v7())
}

#[tokio::test]
async fn an_uploads_id_stands_for_one_file() {
    let court = TestCourt::open().await;
    let token = court.token(PROSECUTOR).await;
    let id = fresh();
    for _ in 0..2 {
        let sent = upload(&court, &token, id, b"%PDF-1.7\nfirst").send().await;
        assert_eq!(sent.unwrap().status(), StatusCode::OK, "the same again");
    }
    for other in [&b"%PDF-1.7\nother"[..], b"%PDF-1.7\nanother length"] {
        let (_, told) = problem(upload(&court, &token, id, other)).await;
        assert_eq!(told.code, Code::WrongHash);
        assert!(told.hint.contains("Choose the file again"), "{told:?}");
    }
}

#[tokio::test]
async fn only_those_who_may_serve_somewhere_send_bytes() {
    let court = TestCourt::open().await;
    for (email, wanted) in [
        (PROSECUTOR, None),
        ("iris.thorne@thornevale.example.test", None),
        (
            "tom.reed@ashmere-probation.example.test",
            Some(Code::NotPermitted),
        ),
        ("mina.oak@fallowdene.example.test", Some(Code::NotPermitted)),
        ("noor.hadley@example.test", Some(Code::NotPermitted)),
    ] {
        let token = court.token(email).await;
        let sent = upload(&court, &token, fresh(), b"%PDF-1.7\n")
            .send()
            .await
            .unwrap();
        let code = match sent.status() {
            StatusCode::OK => None,
            _ => Some(sent.json::<Problem>().await.unwrap().code),
        };
        assert_eq!(code, wanted, "{email}");
    }
}

#[tokio::test]
async fn one_person_sends_four_files_at_once_and_no_more() {
    let court = TestCourt::open().await;
    let token = court.token(PROSECUTOR).await;
    let mut idle = Vec::new();
    for _ in 0..4 {
        let mut stream = connected(&court).await;
        let head = format!(
            "PUT /uploads/{} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nfile-name: a.pdf\r\ncontent-length: 1000\r\nexpect: 100-continue\r\n\r\n",
            fresh()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // It has its place when it is asked for its bytes.
        let mut asked = [0; 12];
        stream.read_exact(&mut asked).await.unwrap();
        assert_eq!(&asked, b"HTTP/1.1 100");
        idle.push(stream);
    }
    let body = b"%PDF-1.7\n";
    let (status, told) = problem(upload(&court, &token, fresh(), body)).await;
    assert_eq!(
        (status, told.code),
        (StatusCode::TOO_MANY_REQUESTS, Code::TooManyTries)
    );
    assert!(told.hint.contains("Wait until one of them"), "{told:?}");
    let other = court.token("iris.thorne@thornevale.example.test").await;
    let theirs = upload(&court, &other, fresh(), body).send().await.unwrap();
    assert_eq!(theirs.status(), StatusCode::OK);

    idle.pop();
    wait_until(async || {
        let sent = upload(&court, &token, fresh(), body).send().await.unwrap();
        sent.status() == StatusCode::OK
    })
    .await;
}

#[tokio::test]
async fn nobody_fills_the_disk_with_what_they_never_serve() {
    let court = TestCourt::open().await;
    let app = &court.state.app;
    let solicitor = "iris.thorne@thornevale.example.test";
    let account = app.index.account_by_email(PROSECUTOR).await.unwrap();
    let account = account.unwrap().id;
    // What the invented court served before is given up first.
    let later = app.chance.now().plus_seconds(25 * 60 * 60);
    court.state.store.sweep_uploads(later).await.unwrap();
    assert_eq!(app.work.uploaded_by(account).await.unwrap(), 0);
    // Sent by somebody who serves nothing: 64 GiB but for twenty bytes.
    for number in 0..32_u64 {
        let kept = app::ports::KeptUpload {
            id: fresh(),
            account,
            sha256: format!("{number:064x}"),
            bytes: (2 << 30) - u64::from(number == 0) * 20,
            mime: "application/pdf".to_owned(),
        };
        app.work.keep_upload(&kept, app.chance.now()).await.unwrap();
    }
    let token = court.token(PROSECUTOR).await;
    let last = upload(&court, &token, fresh(), b"%PDF-1.7\nlast")
        .send()
        .await;
    assert_eq!(last.unwrap().status(), StatusCode::OK);
    let (status, told) = problem(upload(&court, &token, fresh(), b"%PDF-1.7\nmore")).await;
    assert_eq!(
        (status, told.code),
        (StatusCode::TOO_MANY_REQUESTS, Code::TooManyTries)
    );
    assert!(told.hint.contains("tomorrow"), "{told:?}");
    let theirs = court.token(solicitor).await;
    let sent = upload(&court, &theirs, fresh(), b"%PDF-1.7\nmore")
        .send()
        .await;
    assert_eq!(sent.unwrap().status(), StatusCode::OK);
    // A day later, all of it is given up.
    court.state.store.sweep_uploads(later).await.unwrap();
    let sent = upload(&court, &token, fresh(), b"%PDF-1.7\nmore")
        .send()
        .await;
    assert_eq!(sent.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn what_nobody_serves_goes_away_and_what_the_record_holds_stays() {
    let court = TestCourt::open().await;
    let token = court.token(PROSECUTOR).await;
    let prosecutor = court.as_cps().await;
    let (case_id, _) = path_case(&prosecutor).await;
    let case = prosecutor.case_view(&View { case_id }).await.unwrap();
    let never = b"%PDF-1.7\nnever served";
    upload(&court, &token, fresh(), never).send().await.unwrap();
    crate::steps::serve(&prosecutor, &case, "Served.pdf", 2_000).await;
    // Sent once more and not served: the bytes belong to the record all the same.
    let served = std::fs::read(crate::steps::pdf(2_000).path()).unwrap();
    upload(&court, &token, fresh(), &served)
        .send()
        .await
        .unwrap();
    // A document of the court, sent by somebody who read it.
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    share(&court, &adviser, hearing_id).await;
    let made = "select count(*) from document_index where made = 1";
    wait_until(async || number(&court, made).await > 0).await;
    let document = a_documents_bytes(&court).await;
    upload(&court, &token, fresh(), &document)
        .send()
        .await
        .unwrap();

    let path = |bytes: &[u8]| {
        let sha256 = hex::encode(Sha256::digest(bytes));
        let objects = court.config.objects.join(&sha256[..2]);
        objects.join(&sha256[2..4]).join(&sha256)
    };
    let now = court.state.app.chance.now();
    let sweep = async |hours: i64| {
        let at = now.plus_seconds(hours * 60 * 60);
        court.state.store.sweep_uploads(at).await.unwrap()
    };
    assert_eq!(sweep(23).await, 0);
    assert_eq!(sweep(25).await, 0, "given up, not gone yet");
    // Given up, an upload is nobody's to serve.
    assert_eq!(sweep(27).await, 0, "the bytes are fresh: they stay");
    assert!(path(never).is_file());
    for bytes in [&never[..], &served, &document] {
        let file = std::fs::File::options()
            .append(true)
            .open(path(bytes))
            .unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3 * 24 * 60 * 60))
            .unwrap();
    }
    assert_eq!(sweep(27).await, 1);
    assert!(!path(never).exists());
    assert!(path(&served).is_file() && path(&document).is_file());
    assert_eq!(number(&court, "select count(*) from upload").await, 0);
    // The same file can be sent again.
    let again = upload(&court, &token, fresh(), never).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::OK);
    assert!(path(never).is_file());
}

/// The bytes of a document that the court has made.
async fn a_documents_bytes(court: &TestCourt) -> Vec<u8> {
    let pool = sqlx::AnyPool::connect(&court.config.database_url)
        .await
        .unwrap();
    let sha256: String = sqlx::query_scalar("select sha256 from document_index where made = 1")
        .fetch_one(&pool)
        .await
        .unwrap();
    pool.close().await;
    court.state.app.objects.get(&sha256).await.unwrap().unwrap()
}
