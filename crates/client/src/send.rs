//! Asking: one request, one answer, tried again when the connection is lost.
//!
//! A command keeps its id through every try, so that the server records it once;
//! a query is tried once more, because asking changes nothing.

use crate::{
    Patience, listed,
    trouble::{self, Loss},
};
use contract::{Code, Endpoint, Kind, Problem};
use reqwest::{RequestBuilder, Response, Url, redirect::Policy};
use serde_json::Value;
use std::{fmt, sync::Arc, time::Duration};
use uuid::Uuid;
use vocabulary::CommandId;

/// A way to one server, for one person or for nobody yet. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    way: Arc<Way>,
    token: Option<Arc<str>>,
    patience: Patience,
}

struct Way {
    base: Result<Url, ()>,
    http: Result<reqwest::Client, reqwest::Error>,
}

/// Whether an address is of this computer, so that plain HTTP leaves it for nobody to read.
#[must_use]
pub fn is_this_computer(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| is_loopback(&url))
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    })
}

/// What we are and run on: shown to people among their devices.
fn user_agent() -> String {
    let system = match std::env::consts::OS {
        "linux" => "Linux",
        "windows" => "Windows",
        "macos" => "macOS",
        other => other,
    };
    format!("Common Platform {} on {system}", env!("CARGO_PKG_VERSION"))
}

impl Client {
    /// A client of the server at this address, signed in as nobody. An address
    /// that is none is told when the first request is made.
    #[must_use]
    pub fn new(server_url: &str) -> Self {
        let base = Url::parse(server_url.trim_end_matches('/'))
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or(());
        let mut builder = reqwest::Client::builder()
            // The token goes to this server and nowhere else.
            .redirect(Policy::none())
            // The record says with what somebody acted.
            .user_agent(user_agent())
            .connect_timeout(Duration::from_secs(5))
            .tcp_keepalive(Duration::from_secs(30));
        if base.as_ref().is_ok_and(is_loopback) {
            // A proxy cannot know what runs on this computer.
            builder = builder.no_proxy();
        }
        Self {
            way: Arc::new(Way {
                base,
                http: builder.build(),
            }),
            token: None,
            patience: Patience::default(),
        }
    }

    /// The same, signed in.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.into()),
            ..self.clone()
        }
    }

    /// The same, signed in as nobody.
    #[must_use]
    pub fn without_token(&self) -> Self {
        Self {
            token: None,
            ..self.clone()
        }
    }

    /// The same, with other patience.
    #[must_use]
    pub fn with_patience(&self, patience: Patience) -> Self {
        Self {
            patience,
            ..self.clone()
        }
    }

    /// Whether two clients speak for the same session.
    #[must_use]
    pub fn same_session(&self, other: &Self) -> bool {
        self.token == other.token
    }

    /// Whether a token is held. Whether the server still takes it is another question.
    #[must_use]
    pub fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// Asks anything on the list; a command gets a new id.
    ///
    /// # Errors
    /// The server's refusal, or a problem with the way to it.
    pub async fn ask<E: Endpoint>(&self, request: &E) -> Result<E::View, Problem> {
        self.send(request, CommandId(Uuid::now_v7())).await
    }

    /// Asks anything on the list, a command under this id.
    ///
    /// # Errors
    /// The server's refusal, or a problem with the way to it.
    pub async fn send<E: Endpoint>(
        &self,
        request: &E,
        command: CommandId,
    ) -> Result<E::View, Problem> {
        let body = serde_json::to_vec(request).map_err(|_| trouble::versions_differ())?;
        let answer = self.exchange(E::NAME, E::KIND, body, command).await?;
        serde_json::from_slice(&answer).map_err(|_| trouble::versions_differ())
    }

    /// Asks by name, for a caller that knows no types. A name that is not on the
    /// list is refused here and sent to nobody.
    ///
    /// # Errors
    /// The server's refusal, or a problem with the way to it.
    pub async fn call(
        &self,
        name: &str,
        request: Value,
        command: CommandId,
    ) -> Result<Value, Problem> {
        let Some(listed) = listed(name) else {
            return Err(Problem::new(
                Code::BadRequest,
                "This application asked for something that does not exist.",
                "Check that this application is up to date.",
            )
            .because("Nothing was sent."));
        };
        let body = serde_json::to_vec(&request).map_err(|_| trouble::versions_differ())?;
        let answer = self
            .exchange(listed.name, listed.kind, body, command)
            .await?;
        serde_json::from_slice(&answer).map_err(|_| trouble::versions_differ())
    }

    /// Whether a server is there and ready, asked once.
    pub async fn is_ready(&self) -> bool {
        let Ok(request) = self.request(reqwest::Method::GET, &["health", "ready"]) else {
            return false;
        };
        let answer = request.timeout(Duration::from_secs(2)).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    pub(crate) fn patience(&self) -> &Patience {
        &self.patience
    }

    /// A request to a path of this server, with the token if there is one.
    pub(crate) fn request(
        &self,
        method: reqwest::Method,
        path: &[&str],
    ) -> Result<RequestBuilder, Problem> {
        let mut url = self.way.base.clone().map_err(|()| trouble::bad_address())?;
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        let http = self.way.http.as_ref().map_err(|_| {
            Problem::new(
                Code::Fault,
                "This computer's secure connections could not be set up.",
                "Ask your organisation's support to check the computer's certificates.",
            )
        })?;
        let mut request = http.request(method, url);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        Ok(request)
    }

    async fn exchange(
        &self,
        name: &'static str,
        kind: Kind,
        body: Vec<u8>,
        command: CommandId,
    ) -> Result<Vec<u8>, Problem> {
        let tries = match kind {
            Kind::Query => self.patience.tries.min(2),
            Kind::Command => self.patience.tries,
        };
        let mut perhaps_recorded = false;
        let mut tried = 0;
        loop {
            let mut request = self
                .request(reqwest::Method::POST, &["rpc", name])?
                .header("content-type", "application/json")
                .timeout(self.patience.answer)
                .body(body.clone());
            if kind == Kind::Command {
                request = request.header("command-id", command.to_string());
            }
            tried += 1;
            let loss = match attempt(request).await {
                Ok(answer) => return answer,
                Err(loss) => loss,
            };
            perhaps_recorded |= loss != Loss::NotConnected;
            if tried >= tries {
                tracing::warn!(name, tried, ?loss, "gave up");
                return Err(trouble::lost(kind, loss, perhaps_recorded));
            }
            tracing::debug!(name, tried, ?loss, "lost; trying again");
            tokio::time::sleep(self.patience.wait(tried)).await;
        }
    }
}

/// One try: the outer error is a loss that may be tried again, the inner one an answer.
async fn attempt(request: RequestBuilder) -> Result<Result<Vec<u8>, Problem>, Loss> {
    let answer = request.send().await.map_err(|error| Loss::of(&error))?;
    settle(answer).await
}

/// Reads an answer to its end.
pub(crate) async fn settle(answer: Response) -> Result<Result<Vec<u8>, Problem>, Loss> {
    let status = answer.status();
    let body = answer.bytes().await.map_err(|error| Loss::of(&error))?;
    if status.is_success() {
        return Ok(Ok(body.to_vec()));
    }
    if trouble::is_away(status) && serde_json::from_slice::<Problem>(&body).is_err() {
        return Err(Loss::NotReady);
    }
    Ok(Err(trouble::refused(status, &body)))
}

impl fmt::Debug for Client {
    /// Without the token, which must not reach any log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.way.base.as_ref().map(Url::as_str))
            .field("signed", &self.token.is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_computer() {
        assert!(is_this_computer("http://127.0.0.1:4800"));
        assert!(is_this_computer("http://localhost:1"));
        assert!(is_this_computer("http://[::1]:1"));
        assert!(!is_this_computer("http://10.0.0.1"));
        assert!(!is_this_computer("http://localhost.example.net"));
        assert!(!is_this_computer("nonsense"));
    }

    #[test]
    fn a_client_never_prints_its_token() {
        let client = Client::new("http://127.0.0.1:1").with_token("very-secret");
        assert!(!format!("{client:?}").contains("very-secret"));
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_a_problem_with_a_next_step() {
        for address in ["nonsense", "ftp://127.0.0.1", "http://"] {
            let problem = Client::new(address)
                .account_about(&contract::account::About {})
                .await
                .unwrap_err();
            assert_eq!(problem.code, Code::Unreachable);
            assert!(problem.hint.contains("https://"), "{problem:?}");
        }
    }
}
