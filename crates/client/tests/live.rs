//! The live stream over connections that break.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use client::{Client, Heard, LiveStream, Patience};
use contract::{Code, Problem};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

fn quick() -> Patience {
    Patience {
        first_wait: Duration::from_millis(2),
        longest_wait: Duration::from_millis(10),
        silence: Duration::from_millis(300),
        ..Patience::default()
    }
}

/// Each connection gets the next text; a text that ends with `~` stays open.
async fn server(texts: Vec<String>) -> (Client, Arc<Mutex<Vec<Option<String>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let resumed = Arc::new(Mutex::new(Vec::new()));
    let kept = resumed.clone();
    tokio::spawn(async move {
        let mut open: Vec<TcpStream> = Vec::new();
        for text in texts {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut bytes = vec![0; 4096];
            let count = stream.read(&mut bytes).await.unwrap();
            let head = String::from_utf8_lossy(&bytes[..count]).into_owned();
            kept.lock().unwrap().push(
                head.lines()
                    .find_map(|line| line.strip_prefix("last-event-id: "))
                    .map(str::to_owned),
            );
            stream
                .write_all(text.trim_end_matches('~').as_bytes())
                .await
                .unwrap();
            if text.ends_with('~') {
                open.push(stream);
            }
        }
        // Whoever comes later finds the door shut; those inside stay.
        drop(listener);
        std::future::pending::<()>().await;
    });
    (Client::new(&url).with_patience(quick()), resumed)
}

fn stream_of(positions: &[u64]) -> String {
    let mut text =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n: hello\n\n"
            .to_owned();
    for position in positions {
        text.push_str(&format!(
            "id: {position}\ndata: {{\"position\":{position},\"stale\":[\"inbox\"],\"notice\":null}}\n\n"
        ));
    }
    text
}

async fn next(live: &mut LiveStream) -> Heard {
    tokio::time::timeout(Duration::from_secs(10), live.next())
        .await
        .expect("something is heard")
        .expect("the stream goes on")
}

fn position(heard: &Heard) -> (u64, &str) {
    match heard {
        Heard::Live(live) => (live.position, &live.stale[0]),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn after_a_gap_it_resumes_and_says_that_everything_may_be_out_of_date() {
    let (client, resumed) =
        server(vec![stream_of(&[7, 9]), format!("{}~", stream_of(&[12]))]).await;
    let mut live = client.live(None);
    assert_eq!(next(&mut live).await, Heard::Up);
    assert_eq!(position(&next(&mut live).await), (7, "inbox"));
    assert_eq!(position(&next(&mut live).await), (9, "inbox"));
    // The server hung up and took the next call: nobody was told that it was down.
    assert_eq!(position(&next(&mut live).await), (9, "everything"));
    assert_eq!(position(&next(&mut live).await), (12, "inbox"));
    assert_eq!(live.last(), Some(12));
    assert_eq!(*resumed.lock().unwrap(), [None, Some("9".to_owned())]);
}

#[tokio::test]
async fn a_server_that_is_away_is_down_once_and_then_up() {
    let (client, _) = server(vec![
        stream_of(&[]),
        "HTTP/1.1 503 X\r\ncontent-length: 0\r\n\r\n".to_owned(),
        "HTTP/1.1 503 X\r\ncontent-length: 0\r\n\r\n".to_owned(),
        format!("{}~", stream_of(&[])),
    ])
    .await;
    let mut live = client.live(None);
    assert_eq!(next(&mut live).await, Heard::Up);
    assert_eq!(next(&mut live).await, Heard::Down);
    assert_eq!(next(&mut live).await, Heard::Up);
    assert_eq!(position(&next(&mut live).await), (0, "everything"));
}

#[tokio::test]
async fn a_connection_without_a_sign_of_life_counts_as_lost() {
    let (client, _) = server(vec![
        format!("{}~", stream_of(&[1])),
        format!("{}~", stream_of(&[])),
    ])
    .await;
    let mut live = client.live(None);
    assert_eq!(next(&mut live).await, Heard::Up);
    assert_eq!(position(&next(&mut live).await), (1, "inbox"));
    assert_eq!(position(&next(&mut live).await), (1, "everything"));
}

#[tokio::test]
async fn a_session_that_has_ended_ends_the_stream() {
    let problem = Problem::new(Code::SignedOut, "You are signed out.", "Sign in.");
    let body = serde_json::to_string(&problem).unwrap();
    let (client, _) = server(vec![format!(
        "HTTP/1.1 401 X\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )])
    .await;
    let mut live = client.live(None);
    assert_eq!(next(&mut live).await, Heard::SignedOut(problem));
    assert_eq!(live.next().await, None);
}

#[tokio::test]
async fn nobody_there_is_down_and_not_the_end() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut live = Client::new(&format!("http://{address}"))
        .with_patience(quick())
        .live(None);
    assert_eq!(next(&mut live).await, Heard::Down);
}
