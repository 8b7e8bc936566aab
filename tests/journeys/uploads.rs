//! Bad files: whoever sends one is told what is wrong and what to do, and nothing of
//! it is kept.

use crate::steps::path_case;
use contract::{Code, Problem, material};
use std::{path::PathBuf, time::Duration};
use testkit::TestCourt;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vocabulary::UploadId;

pub(crate) const PROSECUTOR: &str = "kofi.marsh@cps-ashmere.example.test";

/// All files below a folder.
pub(crate) fn walk(folder: &std::path::Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut all: Vec<PathBuf> = entries
        .flatten()
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => walk(&path),
            path => vec![path],
        })
        .collect();
    all.sort();
    all
}

/// What a refusal must say: its code, a piece of its sentence, and of its next step.
pub(crate) fn says(problem: &Problem, code: Code, title: &str, hint: &str) {
    assert_eq!(problem.code, code, "{problem:?}");
    assert!(problem.title.contains(title), "{problem:?}");
    assert!(problem.hint.contains(hint), "{problem:?}");
    let kept = "Nothing of it was kept, and nothing was served.";
    assert_eq!(problem.detail, kept, "{problem:?}");
}

/// A prosecutor at the wire, for what no client of ours would send.
pub(crate) struct Sender {
    pub(crate) court: TestCourt,
    token: String,
}

impl Sender {
    async fn open() -> Self {
        Self::at(TestCourt::open().await).await
    }

    pub(crate) async fn at(court: TestCourt) -> Self {
        let token = court.token(PROSECUTOR).await;
        Self { court, token }
    }

    pub(crate) async fn send(&self, hash: &str, name: &str, body: &[u8]) -> Result<(), Problem> {
        let id = UploadId(uuid::Uuid::now_v7());
        self.send_as(id, hash, name, body).await
    }

    pub(crate) async fn send_as(
        &self,
        id: UploadId,
        hash: &str,
        name: &str,
        body: &[u8],
    ) -> Result<(), Problem> {
        let answer = reqwest::Client::new()
            .put(format!("{}/uploads/{id}", self.court.url))
            .bearer_auth(&self.token)
            .header("content-sha256", hash)
            .header("file-name", name)
            .body(body.to_vec())
            .send()
            .await
            .unwrap();
        if answer.status().is_success() {
            return Ok(());
        }
        Err(answer.json().await.unwrap())
    }

    /// A connection on which an upload of so many bytes was announced.
    async fn announced(&self, id: UploadId, bytes: u64) -> TcpStream {
        let address = self.court.url.trim_start_matches("http://");
        let token = &self.token;
        let head = format!(
            "PUT /uploads/{id} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
             file-name: a.pdf\r\ncontent-length: {bytes}\r\nconnection: close\r\n\r\n"
        );
        let mut line = TcpStream::connect(address).await.unwrap();
        line.write_all(head.as_bytes()).await.unwrap();
        line
    }

    /// Half-received files.
    fn incoming(&self) -> Vec<PathBuf> {
        walk(&self.court.config.objects.join("incoming"))
    }
}

/// The problem that came back on a connection.
async fn answered(mut line: TcpStream) -> Problem {
    let mut answer = Vec::new();
    let reading = line.read_to_end(&mut answer);
    tokio::time::timeout(Duration::from_secs(10), reading)
        .await
        .expect("an answer within ten seconds")
        .unwrap();
    let text = String::from_utf8_lossy(&answer);
    let body = text.find('{').unwrap_or_else(|| panic!("{text}"));
    let end = text.rfind('}').unwrap();
    serde_json::from_str(&text[body..=end]).unwrap()
}

/// A PDF of about so many bytes, and its hash.
pub(crate) fn paper(bytes: usize) -> (Vec<u8>, String) {
    let mut body = b"%PDF-1.7\n".to_vec();
    body.resize(bytes, b' ');
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&body));
    (body, hash)
}

#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_refused_and_leaves_nothing() {
    let sender = Sender::open().await;
    let before = walk(&sender.court.config.objects);
    let (body, hash) = paper(5_000);
    let program = b"MZ\x90\0\x03\0\0\0 and the rest of a program".to_vec();
    let its_hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&program));

    let refused = sender.send(&"0".repeat(64), "a.pdf", &body).await;
    says(
        &refused.unwrap_err(),
        Code::WrongHash,
        "not the bytes of your file",
        "Send the file again",
    );
    for (hash, name, body) in [
        (&hash, "a.png", &body),
        (&hash, "a", &body),
        (&its_hash, "a.pdf", &program),
        (&its_hash, "a.exe", &program),
    ] {
        let refused = sender.send(hash, name, body).await;
        says(
            &refused.unwrap_err(),
            Code::WrongType,
            "not of the type that its name says",
            "has the right ending, then send it again",
        );
    }
    assert_eq!(walk(&sender.court.config.objects), before);
    // What it says it is, it may be.
    sender.send(&hash, "a.pdf", &body).await.unwrap();
    assert_eq!(walk(&sender.court.config.objects).len(), before.len() + 1);

    // What never arrived cannot be served.
    let (case_id, _) = path_case(&sender.court.as_legal_adviser().await).await;
    let never = material::Serve {
        case_id,
        defendant_id: None,
        section: "IDPC bundle".to_owned(),
        name: "never.pdf".to_owned(),
        upload_id: UploadId(uuid::Uuid::now_v7()),
    };
    let prosecutor = sender.court.as_cps().await;
    let refused = prosecutor.material_serve(&never).await.unwrap_err();
    assert_eq!(refused.code, Code::BadRequest);
    assert!(!refused.title.is_empty() && !refused.hint.is_empty());
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_before_it_is_sent() {
    let sender = Sender::open().await;
    let before = walk(&sender.court.config.objects);
    let most = material::MOST_BYTES;
    let mut large = sender
        .announced(UploadId(uuid::Uuid::now_v7()), most + 1)
        .await;
    large.write_all(b"%PDF-1.7\n").await.unwrap();
    large.shutdown().await.unwrap();
    says(
        &answered(large).await,
        Code::TooLarge,
        "larger than 2 GiB",
        "Split the file",
    );
    assert_eq!(walk(&sender.court.config.objects), before);
}

#[tokio::test]
async fn a_truncated_file_is_refused_and_nothing_of_it_is_kept() {
    let sender = Sender::open().await;
    let before = walk(&sender.court.config.objects);
    let (whole, hash) = paper(8_000_000);
    let id = UploadId(uuid::Uuid::now_v7());

    // The line goes dead while the server is writing: what it wrote goes away.
    let mut cut = sender.announced(id, whole.len() as u64).await;
    cut.write_all(&whole[..3_000_000]).await.unwrap();
    let half = until("half of the file is there", || {
        let written = |path: &PathBuf| std::fs::metadata(path).is_ok_and(|file| file.len() > 0);
        sender.incoming().into_iter().find(written)
    })
    .await;
    drop(cut);
    until("half of the file is gone", || {
        (!half.exists()).then_some(())
    })
    .await;
    assert_eq!(walk(&sender.court.config.objects), before);

    // Who can still hear is told.
    let mut cut = sender.announced(id, whole.len() as u64).await;
    cut.write_all(&whole[..3_000_000]).await.unwrap();
    cut.shutdown().await.unwrap();
    says(
        &answered(cut).await,
        Code::Truncated,
        "Only part of the file arrived",
        "Check the connection and send the file again",
    );
    assert_eq!(walk(&sender.court.config.objects), before);
    let kept = sender.court.state.app.work.upload(id).await.unwrap();
    assert!(kept.is_none(), "{kept:?}");

    sender.send(&hash, "a.pdf", &whole).await.unwrap();
}

async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..1_000 {
        if let Some(found) = look() {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not within ten seconds: {what}");
}
