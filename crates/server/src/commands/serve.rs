//! `serve`.

use super::{print, typed};
use crate::{State, config::Config};
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Serve the desktop applications and prosecutors' systems, until Ctrl+C.
///
/// Makes the record if there is none, and brings its tables to this version's
/// shape. It speaks plain HTTP unless the settings `tls_certificate` and `tls_key` name
/// a certificate and its key: set them, or put a proxy with TLS before it, wherever
/// somebody else could listen, and give that address with --public-url.
#[derive(Debug, Args)]
#[command(after_help = "\
Example: a demo court that `seed` made
  common-platform-server serve --demo
Example: on PostgreSQL, behind a proxy
  common-platform-server serve --database-url postgres://court@localhost/court \\
    --public-url https://court.example.test")]
pub(super) struct Serve {
    /// Address to listen on. [default: 127.0.0.1:8420]
    #[arg(long, value_name = "ADDRESS", value_parser = typed::listen)]
    listen: Option<String>,
    /// Address under which other systems reach this server. [default: that of --listen]
    #[arg(long, value_name = "URL", value_parser = typed::public_url)]
    public_url: Option<String>,
    /// Folder with tables of reference data that override those built in.
    #[arg(long, value_name = "FOLDER")]
    reference: Option<PathBuf>,
    /// clamd that looks through every file before it is kept: host:port, or the path of its socket.
    #[arg(long, value_name = "ADDRESS")]
    scanner: Option<String>,
    /// Everything in this record is invented: offer the demo people at sign-in.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) async fn run(self, config: &mut Config) -> Result<ExitCode, String> {
        if let Some(listen) = self.listen {
            config.listen_on(listen);
        }
        if let Some(url) = self.public_url {
            config.public_url = url;
        }
        crate::config::public_address(&config.public_url).map_err(|how| {
            format!(
                "The public address {:?} is none: {how}. Correct the setting public_url.",
                config.public_url
            )
        })?;
        config.reference = self.reference.or(config.reference.take());
        config.scanner = self.scanner.or(config.scanner.take());
        config.demo |= self.demo;
        let mut state = State::open(config).await?;
        state.keep_metrics()?;
        let running = crate::serve(state, config).await?;
        let address = config.spoken_to_at(&running.address.to_string());
        print::line(format!("Serving on {address}"));
        if let Some(address) = running.metrics {
            let address = config.spoken_to_at(&address.to_string());
            print::line(format!("Metrics on {address}/metrics"));
        }
        stop_asked().await;
        tracing::info!("stopping");
        running.stop().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Waits for Ctrl+C or, on Unix, for the signal to terminate.
async fn stop_asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a signal handler only killing ends the server, which loses nothing.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
