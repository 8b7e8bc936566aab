//! Signing in in the system's browser (RFC 8252): the browser shows the organisation's
//! own page, or the service's page for passkeys, and comes back to a port of this computer that is open for this one
//! sign-in. No password and no token passes through here, only a code that is good
//! once, and for nobody but whoever began.

use client::CancellationToken;
use contract::{Code, Problem};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tauri::Url;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// How long somebody may take in their browser.
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// How long one connection may take to say what it wants.
const SAYS: Duration = Duration::from_secs(5);
/// The most bytes of that.
const MOST: usize = 16 * 1024;

/// The page that the browser ends on.
const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <title>Common Platform</title><h1>Go back to Common Platform</h1>\
    <p>You can close this page.</p></html>";

/// What the browser brought back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Brought {
    pub(crate) state: String,
    pub(crate) code: String,
}

/// Whether somebody is waited for, one at a time.
#[derive(Default)]
pub(crate) struct Browsing {
    now: Mutex<Option<CancellationToken>>,
}

impl Browsing {
    /// Waits no longer.
    pub(crate) fn stop(&self) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = now.take() {
            before.cancel();
        }
    }

    fn begin(&self) -> CancellationToken {
        self.stop();
        let token = CancellationToken::new();
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = Some(token.clone());
        token
    }
}

/// A port that waits for the browser.
pub(crate) struct Waiting {
    listener: TcpListener,
    port: u16,
}

impl Waiting {
    /// Opens a port that is free, on the loopback alone.
    pub(crate) async fn begin() -> Result<Self, Problem> {
        let opened = async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let port = listener.local_addr()?.port();
            Ok::<_, std::io::Error>(Self { listener, port })
        };
        opened.await.map_err(|error| {
            tracing::warn!(%error, "no port to come back to");
            not_possible("This computer gave no port for your browser to come back to.")
        })
    }

    /// Where the browser comes back to.
    pub(crate) fn redirect(&self) -> String {
        format!("http://127.0.0.1:{}/signed-in", self.port)
    }

    /// Opens the browser at a provider's page, and waits until it comes back.
    pub(crate) async fn visit(self, url: &str, browsing: &Browsing) -> Result<Brought, Problem> {
        let state = state_of(url)?;
        self.visit_for(url, state, browsing).await
    }

    /// Opens the browser at a page of the web, and waits until it brings this back.
    pub(crate) async fn visit_for(
        self,
        url: &str,
        state: String,
        browsing: &Browsing,
    ) -> Result<Brought, Problem> {
        of_the_web(url)?;
        let stopped = browsing.begin();
        open::that_detached(url).map_err(|error| {
            tracing::warn!(%error, "no browser");
            not_possible("This computer has no browser that could be opened.")
        })?;
        let waiting = async {
            loop {
                let (stream, _) = self.listener.accept().await.ok()?;
                // Anything on this computer may knock; only ours knows the state.
                let heard = tokio::time::timeout(SAYS, hear(stream, &state)).await;
                if let Ok(Some(brought)) = heard {
                    return Some(brought);
                }
            }
        };
        tokio::select! {
            brought = tokio::time::timeout(LONGEST, waiting) => match brought {
                Ok(Some(Ok(brought))) => Ok(brought),
                Ok(Some(Err(problem))) => Err(problem),
                Ok(None) | Err(_) => Err(not_possible("Your browser did not come back.")),
            },
            () = stopped.cancelled() => Err(not_possible("You stopped waiting for your browser.")),
        }
    }
}

fn not_possible(what: &str) -> Problem {
    Problem::new(Code::Refused, what, "Try again, or use another way.")
}

/// What the browser must bring back, as the provider's address says.
fn state_of(url: &str) -> Result<String, Problem> {
    let url = of_the_web(url)?;
    let state = url.query_pairs().find(|(name, _)| name == "state");
    match state {
        Some((_, state)) => Ok(state.into_owned()),
        None => Err(not_possible("Your organisation's sign-in has no address.")),
    }
}

/// An address that a browser may be opened at: with TLS, or of this computer.
fn of_the_web(url: &str) -> Result<Url, Problem> {
    let nowhere = || not_possible("There is no page to open your browser at.");
    let url: Url = url.parse().map_err(|_| nowhere())?;
    let of_the_web = match url.scheme() {
        "https" => true,
        "http" => client::is_this_computer(url.as_str()),
        _ => false,
    };
    if of_the_web { Ok(url) } else { Err(nowhere()) }
}

/// Reads one request and answers it: what it brings, if it is the one that is waited for.
async fn hear(mut stream: TcpStream, state: &str) -> Option<Result<Brought, Problem>> {
    let mut request = Vec::new();
    let mut piece = [0; 2048];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut piece).await.ok()?;
        if read == 0 || request.len() > MOST {
            return None;
        }
        request.extend_from_slice(&piece[..read]);
    }
    let line = request.split(|byte| *byte == b'\r').next()?;
    let heard = std::str::from_utf8(line)
        .ok()
        .and_then(|line| read(line, state));
    let (status, page) = match &heard {
        Some(_) => ("200 OK", PAGE),
        None => ("404 Not Found", ""),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\nconnection: close\r\n\r\n{page}",
        page.len()
    );
    // The person is back whether the page arrives or not.
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
    heard
}

/// What the first line of a request brings, if it is the one that is waited for.
fn read(line: &str, state: &str) -> Option<Result<Brought, Problem>> {
    let target = line.strip_prefix("GET ")?.split(' ').next()?;
    let url = Url::parse("http://127.0.0.1").ok()?.join(target).ok()?;
    if url.path() != "/signed-in" {
        return None;
    }
    let given = |name: &str| {
        let found = url.query_pairs().find(|(other, _)| other == name);
        found.map(|(_, value)| value.into_owned())
    };
    if given("state")? != state {
        return None;
    }
    Some(given("code").map_or_else(
        || Err(not_possible("Your organisation did not sign you in.")),
        |code| {
            Ok(Brought {
                state: state.to_owned(),
                code,
            })
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_known_by_what_it_brings_back() {
        let brought = read("GET /signed-in?code=c%2B1&state=s HTTP/1.1", "s");
        let wanted = Brought {
            state: "s".to_owned(),
            code: "c+1".to_owned(),
        };
        assert_eq!(brought, Some(Ok(wanted)));
        for other in [
            "GET /signed-in?code=c&state=other HTTP/1.1",
            "GET /signed-in?code=c HTTP/1.1",
            "GET /favicon.ico HTTP/1.1",
            "POST /signed-in?code=c&state=s HTTP/1.1",
            "nonsense",
        ] {
            assert_eq!(read(other, "s"), None, "{other}");
        }
        let refused = read("GET /signed-in?error=access_denied&state=s HTTP/1.1", "s");
        assert!(matches!(refused, Some(Err(_))));
    }

    #[test]
    fn only_a_page_of_the_web_is_opened() {
        assert_eq!(
            state_of("https://id.firm.example.test/auth?state=s&x=1"),
            Ok("s".to_owned())
        );
        for other in [
            "file:///etc/passwd?state=s",
            "http://id.firm.example.test/auth?state=s",
            "javascript:alert(1)?state=s",
            "https://id.firm.example.test/auth",
        ] {
            assert!(state_of(other).is_err(), "{other}");
        }
    }

    #[tokio::test]
    async fn the_port_is_open_on_this_computer_alone() {
        let waiting = Waiting::begin().await.unwrap();
        assert!(waiting.listener.local_addr().unwrap().ip().is_loopback());
        assert!(waiting.redirect().starts_with("http://127.0.0.1:"));
    }
}
