//! What the host knows while it runs: where the server is, who is signed in,
//! what is being sent. Each part has its own file; this one holds them together.

use crate::{
    arguments::Arguments, browser::Browsing, notification::Notifications, place::Place,
    preview::Previews, session::Sessions, upload::Uploads,
};
use client::{Client, Local};
use contract::Problem;
use serde::Serialize;
use std::time::Duration;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::OnceCell;

/// How long the server gets to end in peace when the window is closed.
const GRACE: Duration = Duration::from_secs(10);

/// The host's state, one for the process.
pub(crate) struct Desktop {
    pub(crate) app: AppHandle,
    pub(crate) arguments: Arguments,
    pub(crate) sessions: Sessions,
    pub(crate) previews: Previews,
    pub(crate) uploads: Uploads,
    /// Waiting for somebody in the system's browser.
    pub(crate) browsing: Browsing,
    pub(crate) notifications: Notifications,
    place: OnceCell<Place>,
    local: OnceCell<Local>,
}

impl Desktop {
    pub(crate) fn new(app: AppHandle, arguments: Arguments) -> Self {
        Self {
            app,
            arguments,
            sessions: Sessions::default(),
            previews: Previews::default(),
            uploads: Uploads::default(),
            browsing: Browsing::default(),
            notifications: Notifications::start(),
            place: OnceCell::new(),
            local: OnceCell::new(),
        }
    }

    /// The server. Whoever asks while it is being started waits for it; after a
    /// failure the next one to ask tries again.
    pub(crate) async fn place(&self) -> Result<&Place, Problem> {
        self.place
            .get_or_try_init(|| async { Place::find(&self.arguments, self.local().await).await })
            .await
    }

    /// This computer's own file.
    pub(crate) async fn local(&self) -> Result<&Local, Problem> {
        self.local
            .get_or_try_init(|| async {
                Local::open(&self.arguments.data().join("desktop.sqlite")).await
            })
            .await
    }

    /// A client for whoever is signed in, or for nobody.
    pub(crate) async fn client(&self) -> Result<Client, Problem> {
        match self.sessions.client() {
            Some(client) => Ok(client),
            None => Ok(self.place().await?.client.clone()),
        }
    }

    /// Tells the window.
    pub(crate) fn tell<T: Serialize + Clone>(&self, event: &str, payload: T) {
        if self
            .app
            .emit_to(crate::window::LABEL, event, payload)
            .is_err()
        {
            tracing::debug!(event, "the window could not be told");
        }
    }

    /// Ends everything in peace.
    pub(crate) async fn close(&self) {
        self.sessions.hang_up();
        self.uploads.cancel_all();
        let closing = async {
            if let Some(place) = self.place.get() {
                place.close().await;
            }
            if let Some(local) = self.local.get() {
                local.close().await;
            }
        };
        if tokio::time::timeout(GRACE, closing).await.is_err() {
            tracing::warn!("the server on this computer did not end in time");
        }
    }
}

/// Starts the court on this computer while the window is still drawing itself.
pub(crate) fn warm_up(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let desktop = app.state::<Desktop>();
        if let Err(problem) = desktop.place().await {
            tracing::error!(code = ?problem.code, "no server yet");
        }
    });
}

/// Leaves in peace when the system or the terminal says so, as if the window had
/// been closed.
pub(crate) fn leave_when_told(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        if told_to_leave().await.is_ok() {
            app.exit(0);
        }
    });
}

#[cfg(unix)]
async fn told_to_leave() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        told = tokio::signal::ctrl_c() => told,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_leave() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
