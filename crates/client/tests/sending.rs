//! Commands and queries over connections that break, against a small server of
//! these tests that can be told to break them.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use client::{Client, Patience};
use contract::{Code, Problem, account, case};
use serde_json::json;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use vocabulary::CommandId;

const COMMAND: &str = "018f6f00-0000-7000-8000-000000000001";

/// What the server does with one request.
#[derive(Clone)]
enum Act {
    /// Reads it all, and hangs up.
    HangUp,
    /// Reads it all, sends half an answer, and hangs up.
    HalfAnswer,
    /// Says nothing.
    Silence,
    /// Answers.
    Answer(u16, String),
}

#[derive(Clone, Debug)]
struct Seen {
    path: String,
    command: Option<String>,
    token: Option<String>,
    body: String,
}

struct Server {
    client: Client,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

fn quick() -> Patience {
    Patience {
        first_wait: Duration::from_millis(2),
        longest_wait: Duration::from_millis(10),
        answer: Duration::from_millis(300),
        ..Patience::default()
    }
}

/// One request a connection; after the last act the last is repeated.
async fn server(acts: Vec<Act>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = seen.clone();
    tokio::spawn(async move {
        let mut turn = 0;
        while let Ok((stream, _)) = listener.accept().await {
            let act = acts[turn.min(acts.len() - 1)].clone();
            turn += 1;
            serve(stream, act, &kept).await;
        }
    });
    Server {
        client: Client::new(&url).with_patience(quick()),
        seen,
    }
}

async fn serve(mut stream: TcpStream, act: Act, seen: &Arc<Mutex<Vec<Seen>>>) {
    let mut bytes = Vec::new();
    let (head, length) = loop {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.unwrap();
        assert!(count > 0, "the request ended early");
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some(end) = text.find("\r\n\r\n") else {
            continue;
        };
        let length: usize =
            header(&text, "content-length").map_or(0, |value| value.parse().unwrap());
        if bytes.len() >= end + 4 + length {
            break (text, end + 4);
        }
    };
    seen.lock().unwrap().push(Seen {
        path: head.split(' ').nth(1).unwrap().to_owned(),
        command: header(&head, "command-id"),
        token: header(&head, "authorization"),
        body: head[length..].to_owned(),
    });
    match act {
        Act::HangUp => {}
        Act::HalfAnswer => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"tok")
                .await
                .unwrap();
        }
        Act::Silence => {
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(5)).await;
                drop(stream);
            });
        }
        Act::Answer(status, body) => {
            let answer = format!(
                "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    }
}

fn header(head: &str, name: &str) -> Option<String> {
    head.lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(": "))
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.to_owned())
}

fn command_id() -> CommandId {
    COMMAND.parse().unwrap()
}

fn done() -> Act {
    Act::Answer(200, "{}".to_owned())
}

#[tokio::test]
async fn a_command_whose_connection_breaks_is_sent_again_under_the_same_id() {
    let server = server(vec![Act::HangUp, Act::HalfAnswer, Act::Silence, done()]).await;
    server
        .client
        .with_token("the-token")
        .send(&account::SignOut {}, command_id())
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    for one in &seen {
        assert_eq!(one.path, "/rpc/account.sign_out");
        assert_eq!(one.command.as_deref(), Some(COMMAND));
        assert_eq!(one.token.as_deref(), Some("Bearer the-token"));
        assert_eq!(one.body, "{}");
    }
}

#[tokio::test]
async fn a_command_by_name_keeps_the_id_that_the_window_gave_it() {
    let server = server(vec![Act::HangUp, done()]).await;
    let answer = server
        .client
        .call("account.sign_out", json!({}), command_id())
        .await
        .unwrap();
    assert_eq!(answer, json!({}));
    let ids: Vec<_> = server.seen().into_iter().map(|one| one.command).collect();
    assert_eq!(ids, [Some(COMMAND.to_owned()), Some(COMMAND.to_owned())]);
}

#[tokio::test]
async fn two_commands_have_two_ids() {
    let server = server(vec![done()]).await;
    server
        .client
        .account_sign_out(&account::SignOut {})
        .await
        .unwrap();
    server
        .client
        .account_sign_out(&account::SignOut {})
        .await
        .unwrap();
    let seen = server.seen();
    assert!(seen[0].command.is_some());
    assert_ne!(seen[0].command, seen[1].command);
}

#[tokio::test]
async fn a_command_is_given_up_after_five_tries_and_never_says_that_it_was_not_recorded() {
    let server = server(vec![Act::HangUp]).await;
    let problem = server
        .client
        .account_sign_out(&account::SignOut {})
        .await
        .unwrap_err();
    assert_eq!(server.seen().len(), 5);
    assert_eq!(problem.code, Code::Unreachable);
    assert!(
        problem.detail.contains("may have been recorded"),
        "{problem:?}"
    );
}

#[tokio::test]
async fn a_query_is_tried_once_more_and_carries_no_command_id() {
    let server = server(vec![Act::HangUp]).await;
    let problem = server.client.case_list(&case::List {}).await.unwrap_err();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|one| one.command.is_none()));
    assert_eq!(problem.code, Code::Unreachable);
    assert!(
        problem.detail.contains("Nothing was changed"),
        "{problem:?}"
    );
}

#[tokio::test]
async fn a_refusal_is_an_answer_and_is_not_asked_again() {
    let refusal = Problem::new(Code::Stale, "Somebody else changed it.", "Load it again.");
    let body = serde_json::to_string(&refusal).unwrap();
    let server = server(vec![Act::Answer(409, body)]).await;
    let problem = server
        .client
        .account_sign_out(&account::SignOut {})
        .await
        .unwrap_err();
    assert_eq!(problem, refusal);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_load_balancer_without_a_server_is_tried_again() {
    let server = server(vec![Act::Answer(503, "<html>".to_owned()), done()]).await;
    server
        .client
        .account_sign_out(&account::SignOut {})
        .await
        .unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn nobody_listening_means_that_nothing_was_recorded() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let problem = Client::new(&url)
        .with_patience(quick())
        .account_sign_out(&account::SignOut {})
        .await
        .unwrap_err();
    assert_eq!(problem.code, Code::Unreachable);
    assert!(
        problem.detail.contains("Nothing was recorded"),
        "{problem:?}"
    );
}

#[tokio::test]
async fn a_name_that_is_not_on_the_list_is_sent_to_nobody() {
    let server = server(vec![done()]).await;
    for name in ["case.destroy", "../uploads", "account.sign_out "] {
        let problem = server
            .client
            .call(name, json!({}), command_id())
            .await
            .unwrap_err();
        assert_eq!(problem.code, Code::BadRequest);
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn an_answer_of_another_version_is_a_fault_with_a_next_step() {
    let server = server(vec![Act::Answer(200, "{\"unexpected\":1}".to_owned())]).await;
    let problem = server.client.case_list(&case::List {}).await.unwrap_err();
    assert_eq!(problem.code, Code::Fault);
    assert!(problem.hint.contains("up to date"));
}
