//! `notice`: a thousand clients listen; somebody serves a paper. How long after
//! the commit was acknowledged have all who are interested heard of it?
//!
//! The floor is a bare server that passes an event of the same size to as many
//! of as many connected clients, and acknowledges that. It records nothing and
//! asks nobody's permission.

use crate::{
    Outcome,
    ground::{Database, Ground},
    http::{Connection, Waiting},
    report::{Goal, Report, percentile, rounded},
    rounds::interleaved,
    seed::{INTERESTED, PEOPLE, token, upload},
    spawned::Spawned,
};
use contract::material::Serve;
use http_body_util::BodyExt;
use std::{
    sync::{
        Arc, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::mpsc, task::JoinSet};

/// Events in a round.
const EVENTS: usize = 40;
/// How long everybody may take to hear.
const PATIENCE: Duration = Duration::from_secs(10);

/// About as much as the real server says: a position, two stale views, a notice.
const BARE_EVENT: &str = r#"{"position":123456,"stale":["case:MARK","notices"],"notice":{"notice_id":"01930f6c-8a77-7c1e-9d0b-5f2b8e6a4c31","at":"2026-11-23T09:01:02.123456Z","title":"New material in 99NM0612326","body":"IDPC bundle: Paper 1.pdf, served by CPS Ashmere and Marches.","case_id":"01930f6c-8a77-7c1e-9d0b-5f2b8e6a4c31","read":false}}"#;

pub(crate) async fn run(database: Database, cases: usize) -> Outcome {
    let ground = Ground::open(database, cases).await?;
    let bare = Spawned::bare()?;
    let section = crate::append::section(&ground.server.url, ground.lists.of_the_firm[0]).await?;
    let mut told = 0;
    let mut number = 0;
    let mut waits = Vec::new();
    let mut watched = ground.watched();
    watched.push(("bare", bare.pid()));
    let rounds = interleaved(
        &format!("notice {}", database.as_str()),
        &watched,
        async || {
            let mut listeners = Listeners::connect(&bare.url, |person| {
                let interested = if person < INTERESTED {
                    "?interested=1"
                } else {
                    ""
                };
                format!("/live{interested}")
            })
            .await?;
            let mut teller = Teller::open(&bare.url, "/tell", String::new())?;
            let mut round = Vec::new();
            for _ in 0..EVENTS {
                told += 1;
                let mark = format!("{told:036}");
                let text = BARE_EVENT.replace("MARK", &mark);
                listeners.expect(&mark);
                let acknowledged = teller.tell(text.into_bytes()).await?;
                round.push(listeners.all_heard(acknowledged).await?);
            }
            Ok(percentile(&round, 50))
        },
        async || {
            let mut listeners =
                Listeners::connect(&ground.server.url, |_| "/live".to_owned()).await?;
            let mut teller = Teller::open(&ground.server.url, "/rpc/material.serve", token(1))?;
            let mut round = Vec::new();
            for _ in 0..EVENTS {
                let of_firm = &ground.lists.of_the_firm;
                let case_id = of_firm[number % of_firm.len()];
                let body = serde_json::to_vec(&Serve {
                    case_id,
                    defendant_id: None,
                    section: section.clone(),
                    name: format!("Paper {number}.pdf"),
                    upload_id: upload(1, number / of_firm.len()),
                })?;
                number += 1;
                listeners.expect(&case_id.to_string());
                let acknowledged = teller.tell(body).await?;
                round.push(listeners.all_heard(acknowledged).await?);
            }
            waits.extend_from_slice(&round);
            Ok(percentile(&round, 50))
        },
    )
    .await?;
    Report::new("notice", "ms", &rounds, waits.len(), Goal::AtMost(2.0))
        .with("database", database.as_str())
        .with("connected", PEOPLE)
        .with("interested", INTERESTED)
        .with("p99_ms", rounded(percentile(&waits, 99)))
        .print();
    Ok(())
}

/// Who says what the others hear, on a thread of its own.
struct Teller {
    orders: std::sync::mpsc::Sender<Vec<u8>>,
    answers: mpsc::UnboundedReceiver<Outcome<Instant>>,
}

impl Teller {
    fn open(url: &str, path: &'static str, token: String) -> Outcome<Self> {
        let mut connection = Waiting::open(url)?;
        let (orders, ordered) = std::sync::mpsc::channel::<Vec<u8>>();
        let (answer, answers) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            while let Ok(body) = ordered.recv() {
                // Nobody may be waiting any more.
                let _ = answer.send(connection.post(path, &token, &body));
            }
        });
        Ok(Self { orders, answers })
    }

    /// Says it; when it was acknowledged.
    async fn tell(&mut self, body: Vec<u8>) -> Outcome<Instant> {
        self.orders.send(body)?;
        self.answers.recv().await.ok_or("the teller ended")?
    }
}

/// Everybody who listens.
struct Listeners {
    /// What tells the event that is waited for.
    mark: Arc<RwLock<String>>,
    /// How many of the interested have not heard it yet.
    missing: Arc<AtomicUsize>,
    /// Says when the last of them heard, or who heard what was not for them.
    heard: mpsc::UnboundedReceiver<Result<Instant, usize>>,
    _tasks: JoinSet<()>,
}

impl Listeners {
    /// Connects them all, and waits until each has heard its first event.
    async fn connect(url: &str, path: impl Fn(usize) -> String) -> Outcome<Self> {
        let mark = Arc::new(RwLock::new("nothing yet".to_owned()));
        let missing = Arc::new(AtomicUsize::new(0));
        let (hears, heard) = mpsc::unbounded_channel();
        let mut tasks = JoinSet::new();
        let mut bodies = Vec::with_capacity(PEOPLE);
        for person in 0..PEOPLE {
            let connection = Connection::open(url).await?;
            let mut body = connection.stream(&path(person), &token(person)).await?;
            body.frame().await.ok_or("a live stream ended")??;
            bodies.push(body);
        }
        for (person, mut body) in bodies.into_iter().enumerate() {
            let (mark, missing, hears) = (Arc::clone(&mark), Arc::clone(&missing), hears.clone());
            tasks.spawn(async move {
                let mut text = Vec::new();
                while let Some(Ok(frame)) = body.frame().await {
                    let Ok(data) = frame.into_data() else {
                        continue;
                    };
                    let at = Instant::now();
                    text.extend_from_slice(&data);
                    if !text.ends_with(b"\n\n") {
                        continue;
                    }
                    let found = {
                        let mark = mark.read().unwrap();
                        String::from_utf8_lossy(&text).contains(mark.as_str())
                    };
                    text.clear();
                    if !found {
                        continue;
                    }
                    // Nobody may be waiting any more.
                    if person >= INTERESTED {
                        let _ = hears.send(Err(person));
                    } else if missing.fetch_sub(1, Ordering::AcqRel) == 1 {
                        let _ = hears.send(Ok(at));
                    }
                }
            });
        }
        // The last connections' own work is done before the first event.
        tokio::time::sleep(Duration::from_millis(500)).await;
        Ok(Self {
            mark,
            missing,
            heard,
            _tasks: tasks,
        })
    }

    /// The next event is the one with this mark.
    fn expect(&self, mark: &str) {
        mark.clone_into(&mut self.mark.write().unwrap());
        self.missing.store(INTERESTED, Ordering::Release);
    }

    /// Waits until all have heard: milliseconds after it was acknowledged, or 0
    /// if they heard before.
    async fn all_heard(&mut self, acknowledged: Instant) -> Outcome<f64> {
        let last = tokio::time::timeout(PATIENCE, self.heard.recv())
            .await
            .map_err(|_| {
                let missing = self.missing.load(Ordering::Acquire);
                format!("{missing} of the interested heard nothing")
            })?
            .ok_or("nobody listens")?
            .map_err(|person| format!("person {person} heard what was not for them"))?;
        Ok(last.saturating_duration_since(acknowledged).as_secs_f64() * 1_000.0)
    }
}
