//! Another organisation's system for one test: a real HTTP server that takes
//! documents, looks at their signature, applies each delivery once by its idempotency
//! key, and can be told to misbehave.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, runtime::Runtime};

/// How it answers.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Applies it and says so.
    Takes,
    /// Applies it, and says so after so many milliseconds.
    TakesSlowly(u64),
    /// Applies it, and says so only once nothing is [held](Book::held) any more.
    TakesAndHolds,
    /// Applies it, and its answer is lost.
    TakesAndIsSilent,
    /// Applies it and answers this, as if it had not.
    TakesAndSays(u16),
    /// Applies nothing and answers this.
    Says(u16),
    /// Applies nothing and never answers.
    Hangs,
    /// Applies nothing and sends the caller elsewhere.
    SendsElsewhere(String),
}

/// What it has seen.
#[derive(Debug, Default)]
pub struct Book {
    /// Answers to come; then it takes.
    pub answers: VecDeque<Answer>,
    /// The answer when there is no other.
    pub usual: Option<Answer>,
    /// How many calls in a hundred fail; some of them are applied all the same.
    pub failing: usize,
    /// Whether answers are held back.
    pub held: bool,
    /// The secret with which callbacks must be signed, in hexadecimal.
    pub secret: String,
    /// Deliveries applied, with what they said.
    pub applied: BTreeMap<String, serde_json::Value>,
    /// Calls, whatever came of them.
    pub calls: usize,
    /// Calls of a delivery that was applied before.
    pub again: usize,
    /// What was wrong with calls that nobody could trust.
    pub wrong: Vec<String>,
}

/// The system.
pub struct Partner {
    book: Arc<Mutex<Book>>,
    address: SocketAddr,
    running: Option<Runtime>,
}

impl Partner {
    /// Starts it.
    ///
    /// # Panics
    /// If there is no port.
    #[must_use]
    pub fn start() -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("its address");
        drop(free);
        let mut partner = Self {
            book: Arc::default(),
            address,
            running: None,
        };
        partner.come();
        partner
    }

    /// Where it takes documents.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/documents", self.address)
    }

    /// What it has seen.
    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Comes (back) on its port.
    ///
    /// # Panics
    /// If the port is taken.
    pub fn come(&mut self) {
        self.go();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("threads");
        let routes = Router::new()
            .route("/documents", post(take))
            .layer(axum::extract::DefaultBodyLimit::max(64 * 1024 * 1024))
            .with_state(self.book.clone());
        let address = self.address;
        let (ready, is_ready) = std::sync::mpsc::channel();
        runtime.spawn(async move {
            let listener = TcpListener::bind(address).await.expect("its port");
            ready.send(()).expect("somebody waits");
            axum::serve(listener, routes).await.expect("it serves");
        });
        is_ready.recv().expect("it listens");
        self.running = Some(runtime);
    }

    /// Goes away, with every connection.
    pub fn go(&mut self) {
        if let Some(running) = self.running.take() {
            // Waited for on a thread of its own: the port must be free when it comes back.
            let ended = std::thread::spawn(|| running.shutdown_timeout(Duration::from_secs(5)));
            ended.join().expect("it ends");
        }
    }
}

impl Drop for Partner {
    fn drop(&mut self) {
        self.go();
    }
}

async fn take(State(book): State<Arc<Mutex<Book>>>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = {
        let mut book = book.lock().unwrap_or_else(PoisonError::into_inner);
        book.calls += 1;
        let usual = match book.usual.clone() {
            Some(usual) => usual,
            None => spread(book.calls, book.failing),
        };
        let answer = book.answers.pop_front().unwrap_or(usual);
        if matches!(
            answer,
            Answer::Takes
                | Answer::TakesSlowly(_)
                | Answer::TakesAndHolds
                | Answer::TakesAndIsSilent
                | Answer::TakesAndSays(_)
        ) {
            match trusted(&book.secret, &headers, &body) {
                Ok((key, said)) if book.applied.contains_key(&key) => {
                    book.again += 1;
                    let first = &book.applied[&key];
                    if *first != said {
                        book.wrong.push(format!("{key} says something else"));
                    }
                }
                Ok((key, said)) => {
                    book.applied.insert(key, said);
                }
                Err(why) => {
                    book.wrong.push(why);
                    return StatusCode::UNAUTHORIZED.into_response();
                }
            }
        }
        answer
    };
    match answer {
        Answer::Takes => StatusCode::OK.into_response(),
        Answer::TakesSlowly(millis) => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            StatusCode::NO_CONTENT.into_response()
        }
        Answer::TakesAndHolds => {
            let held = || book.lock().unwrap_or_else(PoisonError::into_inner).held;
            while held() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            StatusCode::OK.into_response()
        }
        Answer::TakesAndIsSilent | Answer::Hangs => std::future::pending().await,
        Answer::Says(status) | Answer::TakesAndSays(status) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT);
            (status, "so it is\r\n").into_response()
        }
        Answer::SendsElsewhere(place) => {
            (StatusCode::FOUND, [(header::LOCATION, place)]).into_response()
        }
    }
}

/// So many failures in a hundred calls, of several kinds, spread evenly.
fn spread(call: usize, failing: usize) -> Answer {
    if call * 37 % 100 >= failing {
        return Answer::Takes;
    }
    match call % 4 {
        0 => Answer::Says(500),
        1 => Answer::TakesAndSays(500),
        2 => Answer::Says(503),
        _ => Answer::TakesAndSays(408),
    }
}

/// The idempotency key and the body, if it is signed and whole.
fn trusted(
    secret: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(String, serde_json::Value), String> {
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned).ok_or(format!("no {name}"))
    };
    let signature = header("common-platform-signature")?;
    let (time, signed) = signature
        .strip_prefix("t=")
        .and_then(|rest| rest.split_once(",v1="))
        .ok_or("the signature has another shape")?;
    let secret = hex::decode(secret).map_err(|error| error.to_string())?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret).map_err(|error| error.to_string())?;
    mac.update(format!("{time}.").as_bytes());
    mac.update(body);
    let signed = hex::decode(signed).map_err(|error| error.to_string())?;
    mac.verify_slice(&signed)
        .map_err(|_| "the signature does not fit")?;
    let said: serde_json::Value = serde_json::from_slice(body).map_err(|e| e.to_string())?;
    let key = header("idempotency-key")?;
    if said["deliveryId"] != key.as_str() {
        return Err("the key is not the delivery".to_owned());
    }
    let pdf = STANDARD
        .decode(said["content"].as_str().unwrap_or_default())
        .map_err(|error| error.to_string())?;
    if said["sha256"] != hex::encode(Sha256::digest(&pdf)) {
        return Err("the content is not what its hash says".to_owned());
    }
    Ok((key, said))
}
