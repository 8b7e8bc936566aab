//! The court on this computer: the same server as anywhere, started inside this
//! process. The only file of the host that knows the server's crate; everything
//! else speaks HTTP to an address.

use client::Client;
use contract::{Code, Problem};
use serde::Deserialize;
use server::embedded::{Options, Running};
use std::{
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    time::Duration,
};
use vocabulary::Day;

/// How long to wait for another window that is just starting its server on the
/// same folder: it may be making the demo court.
const OTHER_WINDOW: Duration = Duration::from_secs(60);

/// The court on this computer, ours or another window's.
pub(crate) struct Embedded {
    /// Where it answers.
    pub(crate) url: String,
    /// The server, if this window started it.
    running: Option<Running>,
}

impl Embedded {
    /// Joins the server that runs on this folder already, or starts one: at its
    /// port of last time if that is free, so that kept sign-ins still fit.
    pub(crate) async fn open(
        data: PathBuf,
        today: Option<Day>,
        last_port: Option<u16>,
    ) -> Result<Self, Problem> {
        if let Some(url) = running_on(&data).await {
            tracing::info!("joined the server that runs on this folder");
            return Ok(Self { url, running: None });
        }
        let options = Options {
            data: data.clone(),
            today,
            port: last_port.filter(|port| is_free(*port)),
        };
        let failure = match server::embedded::start(options).await {
            Ok(running) => {
                tracing::info!("started the server on this computer");
                return Ok(Self {
                    url: running.url.clone(),
                    running: Some(running),
                });
            }
            Err(failure) => failure,
        };
        // Perhaps another window was faster by a moment: then the folder is its.
        if is_promised(&data)
            && let Some(url) = wait_for(&data, OTHER_WINDOW).await
        {
            return Ok(Self { url, running: None });
        }
        tracing::error!(failure, "the server on this computer could not be started");
        Err(Problem::new(
            Code::Fault,
            "The court on this computer could not be started.",
            "Close other windows of this application and start it again, or choose another folder with --data.",
        )
        .because(failure))
    }

    /// Ends the server if it is ours: it finishes what it is doing.
    pub(crate) async fn close(self) {
        if let Some(running) = self.running {
            running.stop().await;
            tracing::info!("the server on this computer has ended");
        }
    }
}

/// What a server writes into its folder when it answers.
#[derive(Deserialize)]
struct Announcement {
    url: String,
}

/// The address of a server that runs on this folder and is ready.
async fn running_on(data: &Path) -> Option<String> {
    let text = tokio::fs::read(data.join("server.json")).await.ok()?;
    let announcement: Announcement = serde_json::from_slice(&text).ok()?;
    // A file that a crash left behind may name anything; a password goes only to
    // this computer.
    if !client::is_this_computer(&announcement.url) {
        return None;
    }
    Client::new(&announcement.url)
        .is_ready()
        .await
        .then_some(announcement.url)
}

fn is_promised(data: &Path) -> bool {
    data.join("server.json").exists()
}

async fn wait_for(data: &Path, longest: Duration) -> Option<String> {
    let looking = async {
        loop {
            if let Some(url) = running_on(data).await {
                return url;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    };
    tokio::time::timeout(longest, looking).await.ok()
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}
