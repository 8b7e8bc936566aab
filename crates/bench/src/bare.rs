//! The floor over HTTP: a bare axum server, which answers an empty call, and
//! passes what it is given to those connected clients who wait for it.

use crate::{Outcome, spawned::input_ends};
use axum::{
    Router,
    extract::{Query, State},
    response::{
        Sse,
        sse::{Event, KeepAlive},
    },
    routing::{get, post},
};
use futures::{Stream, StreamExt};
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, sync::mpsc};
use tokio_stream::wrappers::ReceiverStream;

/// The clients who are interested. The others are connected and hear nothing.
type Interested = Arc<Mutex<Vec<mpsc::Sender<Arc<str>>>>>;

/// Serves until the input ends.
#[allow(clippy::print_stdout, reason = "whoever started it reads where it is")]
pub(crate) async fn serve() -> Outcome {
    let routes = Router::new()
        .route("/", get(|| async {}))
        .route("/live", get(live))
        .route("/tell", post(tell))
        .with_state(Interested::default());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("Serving on http://{}", listener.local_addr()?);
    tokio::select! {
        served = axum::serve(listener, routes).into_future() => Ok(served?),
        () = input_ends() => std::process::exit(0),
    }
}

async fn live(
    State(interested): State<Interested>,
    Query(query): Query<HashMap<String, String>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (sender, receiver) = mpsc::channel(16);
    // The first event says that the connection stands, as the real server's does.
    let _ = sender.try_send(Arc::from("hello"));
    if query.contains_key("interested") {
        let mut all = interested.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|sender| !sender.is_closed());
        all.push(sender);
    } else {
        tokio::spawn(async move { sender.closed().await });
    }
    let events =
        ReceiverStream::new(receiver).map(|text: Arc<str>| Ok(Event::default().data(text)));
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// Acknowledges, and tells: as with the real server, the one need not wait for
/// the other.
async fn tell(State(interested): State<Interested>, text: String) {
    let text: Arc<str> = text.into();
    tokio::spawn(async move {
        let interested = interested.lock().unwrap_or_else(PoisonError::into_inner);
        for sender in interested.iter() {
            // A client that went away hears nothing.
            let _ = sender.try_send(Arc::clone(&text));
        }
    });
}
