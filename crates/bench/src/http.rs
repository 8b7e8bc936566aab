//! A client with one kept-alive connection and nothing around it: on a machine
//! with two cores whatever the client costs is taken from the server.

use crate::Outcome;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1::{SendRequest, handshake},
};
use hyper_util::rt::TokioIo;
use std::{
    io::{BufRead, BufReader, Read, Write},
    time::Instant,
};
use tokio::net::TcpStream;

/// An open connection.
pub(crate) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    /// The server answers only to its own name.
    host: String,
}

impl Connection {
    /// Connects to `http://host:port`.
    pub(crate) async fn open(url: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address(url)).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: address(url).to_owned(),
        })
    }

    /// Asks with GET.
    pub(crate) async fn get(&mut self, path: &str) -> Outcome<Bytes> {
        let request = Request::get(path)
            .header("host", &self.host)
            .body(Full::default())?;
        let answer = self.send(request).await?;
        whole(answer).await
    }

    /// Asks with GET and leaves the body to be read as it comes.
    pub(crate) async fn stream(mut self, path: &str, token: &str) -> Outcome<Incoming> {
        let request = Request::get(path)
            .header("host", &self.host)
            .header("authorization", format!("Bearer {token}"))
            .body(Full::default())?;
        let answer = self.send(request).await?;
        if answer.status() != StatusCode::OK {
            return Err(format!("{path} answered {}", answer.status()).into());
        }
        Ok(answer.into_body())
    }

    /// Sends JSON with POST.
    pub(crate) async fn post(&mut self, path: &str, token: &str, body: Vec<u8>) -> Outcome<Bytes> {
        let request = Request::post(path)
            .header("host", &self.host)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(Full::from(body))?;
        let answer = self.send(request).await?;
        whole(answer).await
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Outcome<hyper::Response<Incoming>> {
        self.sender.ready().await?;
        Ok(self.sender.send_request(request).await?)
    }
}

/// A connection with a thread that waits for it: it knows when an answer came,
/// however many other connections have something to read at the same moment.
pub(crate) struct Waiting {
    stream: BufReader<std::net::TcpStream>,
    host: String,
}

impl Waiting {
    /// Connects to `http://host:port`.
    pub(crate) fn open(url: &str) -> Outcome<Self> {
        let stream = std::net::TcpStream::connect(address(url))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            host: address(url).to_owned(),
        })
    }

    /// Sends a body with POST, and says when it was answered.
    pub(crate) fn post(&mut self, path: &str, token: &str, body: &[u8]) -> Outcome<Instant> {
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.host,
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        self.stream.get_mut().write_all(&request)?;
        let mut head = String::new();
        let mut length = 0;
        loop {
            let before = head.len();
            self.stream.read_line(&mut head)?;
            let line = head[before..].trim();
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        let at = Instant::now();
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer)?;
        if head.starts_with("HTTP/1.1 2") {
            return Ok(at);
        }
        Err(format!("{path} answered {head}{}", String::from_utf8_lossy(&answer)).into())
    }
}

/// `host:port` of a URL.
pub(crate) fn address(url: &str) -> &str {
    url.trim_start_matches("http://").trim_end_matches('/')
}

async fn whole(answer: hyper::Response<Incoming>) -> Outcome<Bytes> {
    let status = answer.status();
    let body = answer.into_body().collect().await?.to_bytes();
    if status.is_success() {
        return Ok(body);
    }
    Err(format!("answered {status}: {}", String::from_utf8_lossy(&body)).into())
}
