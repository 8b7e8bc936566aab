//! Files up and down, against a small server of these tests.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
    routing::{get, put},
};
use client::{Bytes, CancellationToken, Client, Patience};
use contract::{Code, Problem, material::Uploaded};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use std::{
    io::Write,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};
use vocabulary::UploadId;

const UPLOAD: &str = "018f6f00-0000-7000-8000-000000000002";

#[derive(Clone, Default)]
struct Got {
    headers: Arc<Mutex<Vec<HeaderMap>>>,
    bytes: Arc<AtomicU64>,
    /// How many uploads to break off after some bytes.
    to_break: Arc<AtomicU32>,
    /// Whether to take a little, and then nothing more.
    stuck: Arc<std::sync::atomic::AtomicBool>,
}

async fn take(
    State(got): State<Got>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<axum::Json<Uploaded>, StatusCode> {
    got.headers.lock().unwrap().push(headers.clone());
    let breaks = got
        .to_break
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
            left.checked_sub(1)
        })
        .is_ok();
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| StatusCode::BAD_REQUEST)?;
        hash.update(&chunk);
        bytes += chunk.len() as u64;
        got.bytes.store(bytes, Ordering::SeqCst);
        if breaks {
            panic!("the connection breaks here");
        }
        if got.stuck.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
    }
    let sha256 = hex::encode(hash.finalize());
    if headers["content-sha256"] != sha256.as_str() {
        return Err(StatusCode::BAD_REQUEST);
    }
    Ok(axum::Json(Uploaded {
        upload_id: id.parse().unwrap(),
        sha256,
        bytes,
        mime: "application/pdf".to_owned(),
    }))
}

/// Answers before it has read anything, as a server does that has no room, or
/// that has the bytes already because only its answer was lost. Like ours it reads
/// on, since closing with bytes unread would take the answer down with it.
async fn refuse(Path(id): Path<String>, body: Body) -> impl IntoResponse {
    tokio::spawn(async move {
        let mut rest = body.into_data_stream();
        while let Some(Ok(_)) = rest.next().await {}
    });
    if id == UPLOAD {
        let kept = Uploaded {
            upload_id: upload_id(),
            sha256: String::new(),
            bytes: 30_000_000,
            mime: "application/pdf".to_owned(),
        };
        return axum::Json(kept).into_response();
    }
    let problem = Problem::new(Code::NoSpace, "There is no room.", "Wait.");
    (StatusCode::INSUFFICIENT_STORAGE, axum::Json(problem)).into_response()
}

async fn give(Path(id): Path<String>) -> impl IntoResponse {
    if id == "known" {
        return ([("content-type", "application/pdf")], vec![7_u8; 100_000]).into_response();
    }
    let problem = Problem::not_found();
    (
        StatusCode::NOT_FOUND,
        [("content-type", "application/problem+json")],
        serde_json::to_string(&problem).unwrap(),
    )
        .into_response()
}

async fn server() -> (Client, Got) {
    server_at("").await
}

async fn server_at(path: &str) -> (Client, Got) {
    let got = Got::default();
    let routes = Router::new()
        .route("/uploads/{id}", put(take))
        .route("/hasty/uploads/{id}", put(refuse))
        .route("/materials/{id}", get(give))
        .layer(axum::extract::DefaultBodyLimit::disable())
        .with_state(got.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}{path}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let client = Client::new(&url).with_patience(Patience {
        first_wait: Duration::from_millis(2),
        ..Patience::default()
    });
    (client, got)
}

fn file(name: &str, bytes: usize) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let mut file = std::fs::File::create(&path).unwrap();
    for chunk in (0..bytes).collect::<Vec<_>>().chunks(1 << 16) {
        file.write_all(&chunk.iter().map(|n| *n as u8).collect::<Vec<u8>>())
            .unwrap();
    }
    (folder, path)
}

fn upload_id() -> UploadId {
    UPLOAD.parse().unwrap()
}

#[tokio::test]
async fn a_file_arrives_whole_with_its_hash_and_its_name() {
    let (client, got) = server().await;
    let (_folder, path) = file("IDPC ŵ.pdf", 3_000_000);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = heard.clone();
    let uploaded = client
        .upload(
            &path,
            upload_id(),
            move |sent, total| hears.lock().unwrap().push((sent, total)),
            &CancellationToken::new(),
        )
        .await
        .unwrap();
    assert_eq!(uploaded.bytes, 3_000_000);
    let headers = got.headers.lock().unwrap()[0].clone();
    assert_eq!(headers["content-length"], "3000000");
    assert_eq!(headers["file-name"], "IDPC%20%C5%B5.pdf");
    assert!(headers.get("transfer-encoding").is_none());
    let heard = heard.lock().unwrap();
    assert_eq!(heard.first(), Some(&(0, 3_000_000)));
    assert_eq!(heard.last(), Some(&(3_000_000, 3_000_000)));
    assert!(heard.is_sorted(), "progress only ever grows");
}

#[tokio::test]
async fn an_empty_file_is_sent_as_an_empty_file() {
    let (client, got) = server().await;
    let (_folder, path) = file("empty.pdf", 0);
    let uploaded = client
        .upload(&path, upload_id(), |_, _| {}, &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(uploaded.bytes, 0);
    assert_eq!(got.headers.lock().unwrap()[0]["content-length"], "0");
}

#[tokio::test]
async fn an_upload_whose_connection_breaks_starts_again_under_the_same_id() {
    let (client, got) = server().await;
    got.to_break.store(1, Ordering::SeqCst);
    let (_folder, path) = file("bundle.pdf", 3_000_000);
    let uploaded = client
        .upload(&path, upload_id(), |_, _| {}, &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(uploaded.upload_id, upload_id());
    assert_eq!(got.headers.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn an_upload_that_always_breaks_says_that_nothing_was_added() {
    let (client, got) = server().await;
    got.to_break.store(100, Ordering::SeqCst);
    let (_folder, path) = file("bundle.pdf", 3_000_000);
    let problem = client
        .upload(&path, upload_id(), |_, _| {}, &CancellationToken::new())
        .await
        .unwrap_err();
    assert_eq!(problem.code, Code::Unreachable);
    assert!(problem.detail.contains("Nothing was added"));
    assert_eq!(got.headers.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn an_answer_that_comes_before_the_last_byte_is_heard() {
    let (client, _) = server_at("/hasty").await;
    let (_folder, path) = file("bundle.pdf", 30_000_000);
    let no_room = "018f6f00-0000-7000-8000-000000000003".parse().unwrap();
    for _ in 0..5 {
        let uploaded = client
            .upload(&path, upload_id(), |_, _| {}, &CancellationToken::new())
            .await
            .unwrap();
        assert_eq!(uploaded.bytes, 30_000_000);
        let problem = client
            .upload(&path, no_room, |_, _| {}, &CancellationToken::new())
            .await
            .unwrap_err();
        assert_eq!(problem.code, Code::NoSpace, "{problem:?}");
    }
}

#[tokio::test]
async fn a_cancelled_upload_ends_at_once() {
    let (client, got) = server().await;
    got.stuck.store(true, Ordering::SeqCst);
    let (_folder, path) = file("bundle.pdf", 30_000_000);
    let cancel = CancellationToken::new();
    let ends = cancel.clone();
    let watched = got.bytes.clone();
    tokio::spawn(async move {
        while watched.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        ends.cancel();
    });
    let problem = tokio::time::timeout(
        Duration::from_secs(20),
        client.upload(&path, upload_id(), |_, _| {}, &cancel),
    )
    .await
    .expect("it ends")
    .unwrap_err();
    assert_eq!(problem.title, "The upload was cancelled.");
    assert_eq!(got.headers.lock().unwrap().len(), 1, "it is not sent again");
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_before_anything_is_sent() {
    let (client, got) = server().await;
    let problem = client
        .upload(
            std::path::Path::new("/nowhere/bundle.pdf"),
            upload_id(),
            |_, _| {},
            &CancellationToken::new(),
        )
        .await
        .unwrap_err();
    assert_eq!(problem.title, "There is no such file.");
    assert!(got.headers.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_paper_comes_down_with_its_type() {
    let (client, _) = server().await;
    let download = client.download(Bytes::Material, "known").await.unwrap();
    assert_eq!(download.mime, "application/pdf");
    assert_eq!(download.total, Some(100_000));
    assert_eq!(download.all(100_000).await.unwrap(), vec![7_u8; 100_000]);
}

#[tokio::test]
async fn more_bytes_than_can_be_shown_are_refused() {
    let (client, _) = server().await;
    let download = client.download(Bytes::Material, "known").await.unwrap();
    assert_eq!(download.all(99_999).await.unwrap_err().code, Code::TooLarge);
}

#[tokio::test]
async fn a_paper_that_is_not_this_persons_is_not_found() {
    let (client, _) = server().await;
    let problem = client.download(Bytes::Material, "other").await.unwrap_err();
    assert_eq!(problem, Problem::not_found());
}
