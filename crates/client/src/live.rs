//! Hearing what changes: server-sent events, connected again for as long as
//! somebody listens.
//!
//! After a gap everything on screen may be out of date, and the stream says so
//! itself, whatever the server was able to resume.

mod event;

use crate::{Client, trouble};
use contract::{Code, Problem, live::Live};
use event::Parser;
use reqwest::Response;
use std::collections::VecDeque;
use tokio::time::Instant;

/// What is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The server can be heard, for the first time or again.
    Up,
    /// The server cannot be heard; the stream goes on trying.
    Down,
    /// Something changed.
    Live(Live),
    /// The session has ended; the stream ends with this.
    SignedOut(Problem),
}

/// An open ear. Dropping it hangs up.
#[derive(Debug)]
pub struct LiveStream {
    client: Client,
    last: Option<u64>,
    state: State,
    heard: VecDeque<Heard>,
    /// What was said last of `Up` and `Down`.
    up: Option<bool>,
    /// Whether there was a connection before: the next one comes after a gap.
    gap: bool,
    failures: u32,
}

#[derive(Debug)]
enum State {
    Waiting(Instant),
    Connected(Box<Response>, Parser),
    Ended,
}

impl Client {
    /// Listens from now on, or from after the position last heard.
    #[must_use]
    pub fn live(&self, last_event_id: Option<u64>) -> LiveStream {
        LiveStream {
            client: self.clone(),
            last: last_event_id,
            state: State::Waiting(Instant::now()),
            heard: VecDeque::new(),
            up: None,
            gap: last_event_id.is_some(),
            failures: 0,
        }
    }
}

impl LiveStream {
    /// The next thing heard; nothing once the session has ended. May be dropped
    /// and called again at any await.
    pub async fn next(&mut self) -> Option<Heard> {
        loop {
            if let Some(heard) = self.heard.pop_front() {
                return Some(heard);
            }
            match &mut self.state {
                State::Ended => return None,
                State::Waiting(until) => {
                    tokio::time::sleep_until(*until).await;
                    self.connect().await;
                }
                State::Connected(answer, parser) => {
                    let silence = self.client.patience().silence;
                    match tokio::time::timeout(silence, answer.chunk()).await {
                        Ok(Ok(Some(bytes))) => {
                            parser.feed(&bytes);
                            self.read();
                        }
                        // Often a server or something before it merely hangs up and
                        // takes the next call: people hear of it only if that fails.
                        Ok(Ok(None) | Err(_)) | Err(_) => {
                            self.state = State::Waiting(
                                Instant::now() + self.client.patience().first_wait / 2,
                            );
                        }
                    }
                }
            }
        }
    }

    /// The next change, for callers that care for nothing else.
    pub async fn next_live(&mut self) -> Option<Live> {
        loop {
            if let Heard::Live(live) = self.next().await? {
                return Some(live);
            }
        }
    }

    /// The position last heard, to resume after.
    #[must_use]
    pub const fn last(&self) -> Option<u64> {
        self.last
    }

    async fn connect(&mut self) {
        match self.knock().await {
            Ok(answer) => {
                self.state = State::Connected(Box::new(answer), Parser::default());
                self.failures = 0;
                self.say(true);
                if self.gap {
                    self.heard.push_back(Heard::Live(Live {
                        position: self.last.unwrap_or(0),
                        stale: vec!["everything".to_owned()],
                        notice: None,
                    }));
                }
                self.gap = true;
            }
            Err(problem) if matches!(problem.code, Code::SignedOut | Code::Locked) => {
                self.state = State::Ended;
                self.heard.push_back(Heard::SignedOut(problem));
            }
            Err(problem) => {
                tracing::debug!(code = ?problem.code, "the live stream is down");
                self.failures += 1;
                self.state =
                    State::Waiting(Instant::now() + self.client.patience().wait(self.failures));
                self.say(false);
            }
        }
    }

    async fn knock(&self) -> Result<Response, Problem> {
        let mut request = self
            .client
            .request(reqwest::Method::GET, &["live"])?
            .header("accept", "text/event-stream");
        if let Some(last) = self.last {
            request = request.header("last-event-id", last);
        }
        let lost = |loss| trouble::lost(contract::Kind::Query, loss, false);
        let answer = tokio::time::timeout(self.client.patience().silence, request.send())
            .await
            .map_err(|_| lost(trouble::Loss::Silent))?
            .map_err(|error| lost(trouble::Loss::of(&error)))?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        match crate::send::settle(answer).await {
            Ok(Err(problem)) => Err(problem),
            Ok(Ok(_)) => Err(lost(trouble::Loss::Broken)),
            Err(loss) => Err(lost(loss)),
        }
    }

    fn say(&mut self, up: bool) {
        if self.up != Some(up) {
            self.up = Some(up);
            self.heard
                .push_back(if up { Heard::Up } else { Heard::Down });
        }
    }

    fn read(&mut self) {
        let State::Connected(_, parser) = &mut self.state else {
            return;
        };
        while let Some(event) = parser.next_event() {
            match serde_json::from_str::<Live>(&event.data) {
                Ok(live) => {
                    self.last = Some(event.id.unwrap_or(live.position));
                    self.heard.push_back(Heard::Live(live));
                }
                Err(_) => tracing::warn!("a live event was not understood"),
            }
        }
    }
}
