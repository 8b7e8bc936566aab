//! The whole backend inside another process, on the loopback, on SQLite and a
//! folder, with a fictional demo court: the default of a fresh checkout and the
//! training mode for new staff. The same code serves; only the set-up differs.

use crate::{State, config::Config, serve::serve};
use app::demo::{SeedOptions, seed};
use std::{io::Write, path::PathBuf};
use vocabulary::Day;

/// How to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder that holds everything.
    pub data: PathBuf,
    /// The day in court; none means today.
    pub today: Option<Day>,
    /// Port; none means any free one.
    pub port: Option<u16>,
}

/// A backend that runs in this process.
pub struct Running {
    /// Where the client reaches it.
    pub url: String,
    file: PathBuf,
    inner: crate::Running,
}

impl Running {
    /// Ends it gracefully.
    pub async fn stop(self) {
        // Whoever looks for the file afterwards finds no server, which is right.
        let _ = std::fs::remove_file(&self.file);
        self.inner.stop().await;
    }
}

/// Starts a backend, making and seeding its record if there is none.
///
/// # Errors
/// A sentence that says what is wrong and what to do.
pub async fn start(options: Options) -> Result<Running, String> {
    store::private::folder(&options.data).map_err(|error| {
        format!(
            "The folder {} cannot be made: {error}.",
            options.data.display()
        )
    })?;
    let listen = format!("127.0.0.1:{}", options.port.unwrap_or(0));
    let config = Config {
        public_url: format!("http://{listen}"),
        listen,
        demo: true,
        today: options.today,
        ..Config::in_folder(&options.data)
    };
    let state = State::open(&config).await?;
    let empty = state
        .app
        .index
        .organisations()
        .await
        .map_err(|fault| fault.to_string())?
        .is_empty();
    if empty {
        let seeding = SeedOptions::on(state.app.chance.now().day());
        seed(&state.app, &seeding)
            .await
            .map_err(|error| format!("The demo court could not be made: {error}."))?;
    }
    let inner = serve(state, &config).await?;
    let url = format!("http://{}", inner.address);
    let file = options.data.join("server.json");
    let announced = serde_json::json!({ "url": url, "pid": std::process::id() });
    store::private::options()
        .create(true)
        .truncate(true)
        .open(&file)
        .and_then(|mut file| file.write_all(announced.to_string().as_bytes()))
        .map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
    Ok(Running { url, file, inner })
}
