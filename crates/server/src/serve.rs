//! The accept loop: our own, because headers must arrive in time, bodies and
//! answers must move, buffers must stay bounded, and connections must be counted,
//! all of them and those of each address. HTTP/1 only: it is what our desktops,
//! other systems and proxies speak, and everything here bounds it.

use crate::{
    State,
    carrying::{self, Post},
    config::Config,
    doors::Doors,
    heard,
    http::{self, guard::Guard, whence},
    jobs, letters,
    passkeys::RelyingParty,
    patience::{Patient, Taken},
    people, reckoning, registers, tls,
};
use app::App;
use axum::{Router, body::Body};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{
    io::ErrorKind,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use store::Store;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// How long a client may take to send its headers, from the first moment of the
/// connection or the end of the last answer on; and before that, to agree on TLS.
const HEADERS: Duration = Duration::from_secs(15);
/// The largest buffer of one connection.
const BUFFER: usize = 64 * 1024;
/// How long requests may take to end when the server stops.
const GRACE: Duration = Duration::from_secs(5);
/// The most connections at once of those who read the metrics.
const METRICS: usize = 32;

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it listens for those who read the metrics, if that is apart.
    pub metrics: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    accepting: Vec<JoinHandle<()>>,
    jobs: JoinHandle<()>,
    carrying: JoinHandle<()>,
    people: JoinHandle<()>,
    letters: JoinHandle<()>,
    heard: JoinHandle<()>,
    reckoning: JoinHandle<()>,
    registers: JoinHandle<()>,
    app: App,
    store: Store,
    /// Keeps a rebuild away meanwhile.
    _at_work: store::AtWork,
}

impl Running {
    /// Ends it: requests end, jobs end, the last readings are recorded, a checkpoint is
    /// signed, and the record is closed.
    pub async fn stop(self) {
        // Both ends are alive while this is: sending cannot fail for a reason that matters.
        let _ = self.stop.send(true);
        for accepting in self.accepting {
            let _ = accepting.await;
        }
        let _ = self.jobs.await;
        let _ = self.carrying.await;
        let _ = self.people.await;
        let _ = self.letters.await;
        let _ = self.heard.await;
        let _ = self.reckoning.await;
        let _ = self.registers.await;
        // Answers that were given meanwhile are kept; whoever serves next records them.
        if let Err(error) = app::audit::keep(&self.app).await {
            tracing::error!(%error, "what was asked for last could not be kept");
        }
        if let Err(error) = self.store.close().await {
            tracing::error!(%error, "the ledger's checkpoint could not be signed");
        }
    }
}

/// Starts serving.
///
/// # Errors
/// A sentence, if an address cannot be listened on, if the record is being
/// rebuilt, or if the people of one that is not invented are to be offered at sign-in.
pub async fn serve(mut state: State, config: &Config) -> Result<Running, String> {
    if config.demo {
        must_be_invented(&state).await?;
    }
    let at_work = state.store.begin_serving().map_err(|error| {
        format!("It cannot be served now: {error}. Start the server again when that has ended.")
    })?;
    let tls = tls::acceptor(config)?;
    let (listener, address) = bind(&config.listen, "--listen").await?;
    if tls.is_none() && !address.ip().is_loopback() {
        tracing::warn!(
            "what is said with this server is not encrypted by itself: set tls_certificate and \
             tls_key, or put a proxy with TLS before it"
        );
    }
    state.public_url = public_url(config, address).into();
    state.app.authenticators = Arc::new(RelyingParty::new(&state.public_url));
    state.app.mailer = Arc::new(Post::new(state.carriers.clone(), &state.public_url));
    let (stop, stopped) = watch::channel(false);
    let idle = Duration::from_secs(config.idle_seconds.max(1));
    let guard = Guard::new(address.ip(), &state.public_url);
    let front = Accept {
        within: Within {
            app: http::routes(state.clone(), guard),
            trusted: config.trusted_proxies.as_slice().into(),
            idle,
        },
        places: config.connections,
        tls: tls.clone(),
    };
    let mut accepting = Vec::new();
    let mut metrics = None;
    if let Some(listen) = &config.metrics_listen {
        let (listener, address) = bind(listen, "the setting metrics_listen").await?;
        let side = Accept {
            within: Within {
                app: http::metrics_only(state.clone()),
                trusted: Arc::default(),
                idle,
            },
            places: METRICS,
            tls,
        };
        accepting.push(tokio::spawn(side.run(listener, stopped.clone())));
        metrics = Some(address);
    }
    let store = state.store.clone();
    let commits = store.commits();
    state.hub.start(state.app.clone(), commits, stopped.clone());
    let give_up = i64::try_from(config.give_up_seconds).unwrap_or(i64::MAX / 4_000_000);
    let carrying = carrying::rounds::start(state.clone(), give_up, stopped.clone()).await;
    let people = people::start(state.clone(), stopped.clone());
    let letters = letters::start(state.clone(), stopped.clone());
    let heard = heard::start(state.clone(), stopped.clone());
    let at = config.reconcile_at.parts();
    let reckoning = reckoning::start(state.clone(), at, stopped.clone());
    let at = config.registers_at.parts();
    let registers = registers::start(state.clone(), at, stopped.clone());
    let app = state.app.clone();
    let jobs = jobs::start(state, stopped.clone());
    accepting.push(tokio::spawn(front.run(listener, stopped)));
    Ok(Running {
        address,
        metrics,
        stop,
        accepting,
        jobs,
        carrying,
        people,
        letters,
        heard,
        reckoning,
        registers,
        app,
        store,
        _at_work: at_work,
    })
}

async fn must_be_invented(state: &State) -> Result<(), String> {
    match app::demo::is_invented(&state.app).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(
            "This record is not a demo court: offering its people at sign-in would let anybody in. \
             Serve it without --demo, or make a demo court with `seed` in an empty record."
                .to_owned(),
        ),
        Err(error) => Err(error.to_string()),
    }
}

async fn bind(listen: &str, other: &str) -> Result<(TcpListener, SocketAddr), String> {
    let listener = match TcpListener::bind(listen).await {
        Ok(listener) => listener,
        Err(error) => return Err(not_bound(listen, other, &error).await),
    };
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok((listener, address))
}

/// Why an address cannot be had, with one that is free now: it was had for a moment.
async fn not_bound(listen: &str, other: &str, error: &std::io::Error) -> String {
    let why = match error.kind() {
        ErrorKind::AddrInUse => "another program listens there already".to_owned(),
        ErrorKind::AddrNotAvailable => "this computer has no such address".to_owned(),
        ErrorKind::PermissionDenied => {
            "the system does not let this user; ports up to 1023 are kept for others".to_owned()
        }
        _ => error.to_string(),
    };
    let free = match TcpListener::bind("127.0.0.1:0").await {
        Ok(own) => own.local_addr().map_or(0, |address| address.port()),
        Err(_) => 0,
    };
    format!(
        "Cannot listen on {listen}: {why}. Choose another with {other}, for instance \
         127.0.0.1:{free}; port 0 means any that is free."
    )
}

/// The address for others. Port 0 asked for any free port: the one that was given.
fn public_url(config: &Config, address: SocketAddr) -> String {
    let url = config.public_url.trim_end_matches('/');
    url.strip_suffix(":0").map_or_else(
        || url.to_owned(),
        |host| format!("{host}:{}", address.port()),
    )
}

/// What one listener lets in, and to what.
struct Accept {
    within: Within,
    places: usize,
    tls: Option<TlsAcceptor>,
}

impl Accept {
    async fn run(self, listener: TcpListener, mut stopped: watch::Receiver<bool>) {
        let room = Arc::new(Semaphore::new(self.places));
        let doors = Doors::new(self.places, self.within.trusted.clone());
        let graceful = GracefulShutdown::new();
        loop {
            let accepted = tokio::select! {
                _ = stopped.changed() => break,
                accepted = next(&listener, &room) => accepted,
            };
            let (stream, peer, place) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, mostly: it passes.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let Some(inside) = doors.enter(peer.ip()) else {
                metrics::counter!("connections_refused_total").increment(1);
                continue;
            };
            // Answers are small and people wait for them.
            let _ = stream.set_nodelay(true);
            let stream = Taken::new(stream, self.within.idle);
            let within = self.within.clone();
            let Some(tls) = self.tls.clone() else {
                let connection = graceful.watch(within.connection(stream, peer));
                tokio::spawn(async move {
                    let _held = (place, inside);
                    ended(connection.await);
                });
                continue;
            };
            // The place is held from before the handshake on: who never ends one takes no more
            // than anybody, and not for longer.
            let (watcher, mut stopped) = (graceful.watcher(), stopped.clone());
            tokio::spawn(async move {
                let _held = (place, inside);
                let agreed = tokio::select! {
                    _ = stopped.changed() => return,
                    agreed = tokio::time::timeout(within.patience(), tls.accept(stream)) => agreed,
                };
                match agreed {
                    Ok(Ok(stream)) => ended(watcher.watch(within.connection(stream, peer)).await),
                    Ok(Err(error)) => tracing::debug!(%error, "no TLS was agreed on"),
                    Err(_) => tracing::debug!("no TLS was agreed on in time"),
                }
            });
        }
        drop(listener);
        tokio::select! {
            () = graceful.shutdown() => {}
            () = tokio::time::sleep(GRACE) => {}
        }
    }
}

fn ended(how: Result<(), hyper::Error>) {
    if let Err(error) = how {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// What a connection leads to.
#[derive(Clone)]
struct Within {
    app: Router,
    trusted: Arc<[IpAddr]>,
    idle: Duration,
}

impl Within {
    /// How long somebody may take before they have asked something.
    fn patience(&self) -> Duration {
        HEADERS.min(self.idle)
    }

    fn connection<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
        self,
        stream: S,
        peer: SocketAddr,
    ) -> http1::Connection<
        TokioIo<S>,
        impl hyper::service::HttpService<Incoming, ResBody = Body, Future: Send, Error: Send> + use<S>,
    > {
        let patience = self.patience();
        let Self { app, trusted, idle } = self;
        let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(|body| Body::new(Patient::new(body, idle)));
            let whence = whence::of(peer.ip(), request.headers(), &trusted);
            request.extensions_mut().insert(whence);
            app.clone().oneshot(request)
        });
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience)
            .max_buf_size(BUFFER)
            .serve_connection(TokioIo::new(stream), service)
    }
}

/// The next connection, when there is a place for it.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(room)
        .acquire_owned()
        .await
        .map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_address_names_the_port_that_was_given() {
        let config = |url: &str| Config {
            public_url: url.to_owned(),
            ..Config::default()
        };
        let address = "127.0.0.1:4321".parse().unwrap();
        assert_eq!(
            public_url(&config("http://127.0.0.1:0"), address),
            "http://127.0.0.1:4321"
        );
        assert_eq!(
            public_url(&config("https://court.example/"), address),
            "https://court.example"
        );
    }
}
