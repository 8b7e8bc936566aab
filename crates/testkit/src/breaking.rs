//! A connection that breaks, before a server that is killed: a proxy that does
//! to each request what it is told to. Each request is one connection, so that
//! nothing hides in a kept-alive one.

use crate::Program;
use std::{collections::HashMap, io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

/// What happens to one try of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Only half of the request reaches the server.
    HalfTheRequest,
    /// The whole request reaches the server, which is killed soon after; the
    /// answer is lost if there was one.
    Killed,
    /// The server answers, and only half of the answer arrives.
    HalfTheAnswer,
}

/// How long after a request the server is killed, in microseconds, in turn:
/// before, within and after what the request does.
const KILLED_AFTER: [u64; 6] = [0, 1_000, 3_000, 8_000, 20_000, 60_000];

/// The proxy.
pub struct Breaking {
    /// Where the clients go.
    pub url: String,
    tally: Arc<Mutex<Tally>>,
}

#[derive(Default)]
struct Tally {
    /// How often each request was tried, by its bytes.
    tries: HashMap<Vec<u8>, usize>,
    /// What was done, with the first line of the request.
    suffered: Vec<(String, Fault)>,
}

impl Tally {
    fn next(&mut self, request: &[u8], faults: &[Fault]) -> Option<Fault> {
        let tries = self.tries.entry(request.to_vec()).or_default();
        let fault = faults.get(*tries).copied();
        *tries += 1;
        if let Some(fault) = fault {
            let line = request.split(|byte| *byte == b'\r').next();
            let line = String::from_utf8_lossy(line.unwrap_or_default()).into_owned();
            self.suffered.push((line, fault));
        }
        fault
    }
}

impl Breaking {
    /// A proxy before a server. Each request suffers these faults, one a try,
    /// and then comes through. The same bytes again are another try of the same.
    ///
    /// # Panics
    /// If no port is free.
    pub async fn before(program: Arc<Mutex<Program>>, faults: &'static [Fault]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let tally = Arc::new(Mutex::new(Tally::default()));
        let kept = tally.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (program, tally) = (program.clone(), tally.clone());
                tokio::spawn(async move {
                    // Whatever breaks here is what the test is about.
                    let _ = pass(client, &program, faults, &tally).await;
                });
            }
        });
        Self { url, tally: kept }
    }

    /// What was done so far: the first line of each request, and the fault.
    pub async fn suffered(&self) -> Vec<(String, Fault)> {
        self.tally.lock().await.suffered.clone()
    }
}

async fn pass(
    mut client: TcpStream,
    program: &Mutex<Program>,
    faults: &[Fault],
    tally: &Mutex<Tally>,
) -> io::Result<()> {
    let request = read_request(&mut client).await?;
    let fault = tally.lock().await.next(&request, faults);
    let server = program.lock().await.address();
    let mut upstream = TcpStream::connect(server).await?;
    let sent = match fault {
        Some(Fault::HalfTheRequest) => request.len() / 2,
        _ => request.len(),
    };
    upstream.write_all(&request[..sent]).await?;
    match fault {
        Some(Fault::HalfTheRequest) => {}
        Some(Fault::Killed) => {
            let mut program = program.lock().await;
            let after = KILLED_AFTER[program.kills % KILLED_AFTER.len()];
            tokio::time::sleep(Duration::from_micros(after)).await;
            program.kill().await;
        }
        Some(Fault::HalfTheAnswer) | None => {
            let mut answer = Vec::new();
            upstream.read_to_end(&mut answer).await?;
            let passed = answer.len() / if fault.is_some() { 2 } else { 1 };
            client.write_all(&answer[..passed]).await?;
        }
    }
    Ok(())
}

/// One request with its body, changed only so that the connection ends after it.
async fn read_request(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut request = Vec::new();
    let head = loop {
        if let Some(at) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        more(client, &mut request).await?;
    };
    let length = String::from_utf8_lossy(&request[..head])
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse::<usize>().ok())
        .unwrap_or(0);
    while request.len() < head + 4 + length {
        more(client, &mut request).await?;
    }
    request.splice(head..head, *b"\r\nconnection: close");
    Ok(request)
}

async fn more(client: &mut TcpStream, request: &mut Vec<u8>) -> io::Result<()> {
    match client.read_buf(request).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}
