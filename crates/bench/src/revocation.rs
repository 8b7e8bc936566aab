//! `revocation`: somebody ends a session that was stolen. Is its very next request refused, and
//! how long after the end was acknowledged does what it hears live break off?
//!
//! The floor is the same request while the session is good: refusing may take no longer.

use crate::{
    Outcome,
    ground::{Database, Ground},
    http::Connection,
    report::{Goal, Report, median, percentile, rounded},
    rounds::interleaved,
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Sessions that are ended in a round.
const ENDED: usize = 40;
/// How long a stream may go on.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is promised of a stream, in milliseconds.
const PROMISED: f64 = 1_000.0;

pub(crate) async fn run(database: Database, cases: usize) -> Outcome {
    let ground = Ground::open(database, cases).await?;
    let url = ground.server.url.clone();
    let mut here = Connection::open(&url).await?;
    let own = sign_in(&mut here).await?;
    let mut thief = Connection::open(&url).await?;
    let (mut refusals, mut streams, mut let_in) = (Vec::new(), Vec::new(), 0_usize);
    let rounds = interleaved(
        &format!("revocation {}", database.as_str()),
        &ground.watched(),
        async || {
            // The server closes what was idle for as long as a round takes.
            let mut good = Connection::open(&url).await?;
            let mut round = Vec::with_capacity(ENDED);
            for _ in 0..ENDED {
                let begun = Instant::now();
                good.post("/rpc/account.current", &own, b"{}".to_vec())
                    .await?;
                round.push(millis(begun));
            }
            Ok(median(&round))
        },
        async || {
            let mut round = Vec::with_capacity(ENDED);
            for number in 0..ENDED {
                let stolen = sign_in(&mut here).await?;
                thief
                    .post("/rpc/account.current", &stolen, b"{}".to_vec())
                    .await?;
                let listening = Connection::open(&url).await?;
                let mut live = listening.stream("/live", &stolen).await?;
                live.frame().await.ok_or("a live stream ended")??;
                let ends = tokio::spawn(async move {
                    while let Some(Ok(_)) = live.frame().await {}
                    Instant::now()
                });
                // Whenever: not always at the same moment between two looks.
                tokio::time::sleep(Duration::from_millis((number as u64 * 137) % 500)).await;
                here.post("/rpc/account.end_other_sessions", &own, b"{}".to_vec())
                    .await?;
                let acknowledged = Instant::now();
                let next = thief
                    .post("/rpc/account.current", &stolen, b"{}".to_vec())
                    .await;
                round.push(millis(acknowledged));
                match next {
                    Ok(_) => let_in += 1,
                    Err(error) if error.to_string().contains("signed_out") => {}
                    Err(error) => return Err(error),
                }
                let ended = tokio::time::timeout(PATIENCE, ends).await??;
                let after = ended.saturating_duration_since(acknowledged);
                streams.push(after.as_secs_f64() * 1_000.0);
            }
            refusals.extend_from_slice(&round);
            Ok(median(&round))
        },
    )
    .await?;
    let stream_p99 = percentile(&streams, 99);
    Report::new(
        "revocation",
        "ms",
        &rounds,
        refusals.len(),
        Goal::AtMost(2.0),
    )
    .and("no request let in", let_in == 0)
    .and("stream_p99_ms < 1000", stream_p99 < PROMISED)
    .with("database", database.as_str())
    .with("let_in", let_in)
    .with("p99_ms", rounded(percentile(&refusals, 99)))
    .with("stream_p50_ms", rounded(percentile(&streams, 50)))
    .with("stream_p99_ms", rounded(stream_p99))
    .print();
    Ok(())
}

/// Signs in somebody of the demo court; gives the token.
async fn sign_in(connection: &mut Connection) -> Outcome<String> {
    let body = json!({"email": app::demo::SOLICITORS[0], "password": "a fictional court"});
    let answer = connection
        .post("/rpc/account.sign_in", "", body.to_string().into_bytes())
        .await?;
    let answer: Value = serde_json::from_slice(&answer)?;
    let token = answer["token"].as_str().ok_or("no token came")?;
    Ok(token.to_owned())
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}
