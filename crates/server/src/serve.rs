//! The accept loop: our own, because headers must arrive in time, buffers must
//! stay bounded, and connections must be counted.

use crate::{State, config::Config, http, jobs};
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::conn::auto::Builder,
    server::graceful::GracefulShutdown,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    task::JoinHandle,
};
use tower::ServiceExt;

/// How long a client may take to send its headers.
const HEADERS: Duration = Duration::from_secs(15);
/// The largest buffer of one connection.
const BUFFER: usize = 64 * 1024;
/// How long requests may take to end when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
    jobs: JoinHandle<()>,
}

impl Running {
    /// Ends it: requests end, jobs end, a checkpoint is signed.
    pub async fn stop(self) {
        // Both ends are alive while this is: sending cannot fail for a reason that matters.
        let _ = self.stop.send(true);
        let _ = self.accepting.await;
        let _ = self.jobs.await;
    }
}

/// Starts serving.
///
/// # Errors
/// A sentence, if the address cannot be listened on.
pub async fn serve(state: State, config: &Config) -> Result<Running, String> {
    let listener = TcpListener::bind(&config.listen).await.map_err(|error| {
        format!(
            "Cannot listen on {}: {error}. Choose another with --listen.",
            config.listen
        )
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (stop, stopped) = watch::channel(false);
    let jobs = jobs::start(state.clone(), stopped.clone());
    let accepting = tokio::spawn(accept(listener, state, config.connections, stopped));
    Ok(Running {
        address,
        stop,
        accepting,
        jobs,
    })
}

async fn accept(
    listener: TcpListener,
    state: State,
    connections: usize,
    mut stopped: watch::Receiver<bool>,
) {
    let app = http::routes(state);
    let room = Arc::new(Semaphore::new(connections));
    let graceful = GracefulShutdown::new();
    loop {
        let permit = match room.clone().acquire_owned().await {
            Ok(permit) => permit,
            Err(_) => break,
        };
        let (stream, peer) = tokio::select! {
            _ = stopped.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, mostly: it passes.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        // Answers are small and people wait for them.
        let _ = stream.set_nodelay(true);
        let app = app.clone();
        let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            app.clone().oneshot(request)
        });
        let mut builder = Builder::new(hyper_util::rt::TokioExecutor::new());
        builder
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .max_buf_size(BUFFER);
        let connection = graceful.watch(
            builder
                .serve_connection(TokioIo::new(stream), service)
                .into_owned(),
        );
        tokio::spawn(async move {
            let _permit = permit;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE) => {}
    }
}
