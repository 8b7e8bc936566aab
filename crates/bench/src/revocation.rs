//! `revocation`: somebody ends a session that was stolen. Is its very next request refused, and
//! how long after the end was acknowledged does what it hears live break off?
//!
//! The floor is the same request while the session is good: refusing may take no longer.
//!
//! And a firm takes back access that it gave to counsel: is counsel's very next request for the
//! case refused? The floor is their first request after access was given: either comes after a
//! change of the case, which nobody has read since.

use crate::{
    Outcome,
    ground::{Database, Ground},
    http::Connection,
    report::{Goal, Report, median, percentile, rounded},
    rounds::interleaved,
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection as _};
use std::time::{Duration, Instant};

/// Sessions that are ended in a round. Each is waited for at some moment between two looks, so
/// they are what the run takes its time for.
const ENDED: usize = 12;
/// Times that access is taken back in a round.
const TAKEN: usize = 40;
/// Requests of the floor in a round: enough to see whether others took the machine meanwhile.
const GOOD: usize = 200;
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
        async || good(&url, "/rpc/account.current", &own, b"{}").await,
        async || {
            let mut round = Vec::with_capacity(ENDED);
            let mut breaking = Vec::with_capacity(ENDED);
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
                breaking.push((acknowledged, ends));
            }
            // Each breaks off by itself while the others are ended.
            for (acknowledged, ends) in breaking {
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
    removed(database, &ground).await
}

/// Who is given access, and loses it.
const COUNSEL: &str = "rosalind.quaye@fivewells.example.test";

/// Access that was given is taken back, again and again.
async fn removed(database: Database, ground: &Ground) -> Outcome {
    sqlx::any::install_default_drivers();
    let url = ground.server.url.clone();
    let mut firm = Connection::open(&url).await?;
    let giving = sign_in(&mut firm).await?;
    let mut counsel = Connection::open(&url).await?;
    let theirs = sign_in_as(&mut counsel, COUNSEL).await?;
    let case_id = ground.lists.of_the_firm[0];
    let case = json!({ "case_id": case_id });
    let give = json!({
        "case_id": case_id, "defendant_id": null, "email": COUNSEL, "until": null,
        "confirmed": true
    });
    let asks = |body: &Value| body.to_string().into_bytes();
    firm.post("/rpc/defence.grant", &giving, asks(&give))
        .await?;
    let people = firm
        .post("/rpc/defence.people", &giving, asks(&case))
        .await?;
    let people: Value = serde_json::from_slice(&people)?;
    let mut removals = Vec::new();
    for one in people["defendants"].as_array().ok_or("nobody is charged")? {
        for own in one["people"].as_array().into_iter().flatten() {
            removals.push(json!({
                "case_id": case_id, "defendant_id": one["defendant_id"],
                "account_id": own["account_id"]
            }));
        }
    }
    if removals.is_empty() {
        return Err("access was given to nobody".into());
    }
    let sweeper = AnyConnection::connect(&ground.database_url).await?;
    let mut changes = Changes {
        firm,
        giving,
        give: asks(&give),
        removals: removals.iter().map(asks).collect(),
    };
    // Whoever has it loses it first, so that each round begins alike.
    changes.take().await?;
    let changes = tokio::sync::Mutex::new((changes, sweeper));
    let (mut refusals, mut let_in) = (Vec::new(), 0_usize);
    let rounds = interleaved(
        &format!("revocation_of_access {}", database.as_str()),
        &ground.watched(),
        async || {
            let mut held = changes.lock().await;
            let (changes, sweeper) = &mut *held;
            let mut counsel = changes.anew(&url).await?;
            let mut round = Vec::with_capacity(TAKEN);
            for _ in 0..TAKEN {
                sweep(sweeper).await?;
                changes.give().await?;
                let begun = Instant::now();
                counsel.post("/rpc/case.view", &theirs, asks(&case)).await?;
                round.push(millis(begun));
                changes.take().await?;
            }
            Ok(median(&round))
        },
        async || {
            let mut held = changes.lock().await;
            let (changes, sweeper) = &mut *held;
            let mut counsel = changes.anew(&url).await?;
            let mut round = Vec::with_capacity(TAKEN);
            for _ in 0..TAKEN {
                sweep(sweeper).await?;
                changes.give().await?;
                counsel.post("/rpc/case.view", &theirs, asks(&case)).await?;
                changes.take().await?;
                let acknowledged = Instant::now();
                let next = counsel.post("/rpc/case.view", &theirs, asks(&case)).await;
                round.push(millis(acknowledged));
                match next {
                    Ok(_) => let_in += 1,
                    Err(error) if error.to_string().contains("not_found") => {}
                    Err(error) => return Err(error),
                }
            }
            refusals.extend_from_slice(&round);
            Ok(median(&round))
        },
    )
    .await?;
    Report::new(
        "revocation_of_access",
        "ms",
        &rounds,
        refusals.len(),
        Goal::AtMost(2.0),
    )
    .and("no request let in", let_in == 0)
    .with("database", database.as_str())
    .with("let_in", let_in)
    .with("p99_ms", rounded(percentile(&refusals, 99)))
    .print();
    Ok(())
}

/// Access that a firm gives to counsel and takes back.
struct Changes {
    firm: Connection,
    giving: String,
    give: Vec<u8>,
    removals: Vec<Vec<u8>>,
}

impl Changes {
    /// Connections of a round, of which the second is counsel's: the server closes what was idle
    /// for as long as a round takes.
    async fn anew(&mut self, url: &str) -> Outcome<Connection> {
        self.firm = Connection::open(url).await?;
        Connection::open(url).await
    }

    async fn give(&mut self) -> Outcome {
        let give = self.give.clone();
        self.firm
            .post("/rpc/defence.grant", &self.giving, give)
            .await?;
        Ok(())
    }

    async fn take(&mut self) -> Outcome {
        for removal in &self.removals {
            self.firm
                .post("/rpc/defence.remove", &self.giving, removal.clone())
                .await?;
        }
        Ok(())
    }
}

/// Addresses that are tried are counted, and so is what is not found.
async fn sweep(connection: &mut AnyConnection) -> Outcome {
    sqlx::query("delete from tries").execute(connection).await?;
    Ok(())
}

/// The floor: the same request while it is good.
async fn good(url: &str, path: &str, token: &str, body: &[u8]) -> Outcome<f64> {
    // The server closes what was idle for as long as a round takes.
    let mut connection = Connection::open(url).await?;
    let mut round = Vec::with_capacity(GOOD);
    for _ in 0..GOOD {
        let begun = Instant::now();
        connection.post(path, token, body.to_vec()).await?;
        round.push(millis(begun));
    }
    Ok(median(&round))
}

/// Signs in somebody of the demo court; gives the token.
async fn sign_in(connection: &mut Connection) -> Outcome<String> {
    sign_in_as(connection, app::demo::SOLICITORS[0]).await
}

async fn sign_in_as(connection: &mut Connection, email: &str) -> Outcome<String> {
    let body = json!({"email": email, "password": "a fictional court"});
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
