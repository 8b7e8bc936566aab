//! Where the server is: somewhere else, or in this process.

use crate::{arguments::Arguments, embedded::Embedded};
use client::{Client, Local};
use contract::Problem;
use std::sync::Mutex;

/// The port that the court on this computer had last time.
const LAST_PORT: &str = "embedded port";

/// A server that was found or started.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) is_embedded: bool,
    /// Signed in as nobody.
    pub(crate) client: Client,
    embedded: Mutex<Option<Embedded>>,
}

impl Place {
    /// Finds the server that the command line names, or opens the court on this
    /// computer. A server elsewhere is not asked whether it is there: the first
    /// request tells.
    pub(crate) async fn find(
        arguments: &Arguments,
        local: Result<&Local, Problem>,
    ) -> Result<Self, Problem> {
        if let Some(url) = &arguments.server {
            return Ok(Self {
                url: url.clone(),
                is_embedded: false,
                client: Client::new(url),
                embedded: Mutex::new(None),
            });
        }
        let last_port = match &local {
            Ok(local) => local.choice(LAST_PORT).await.ok().flatten(),
            Err(_) => None,
        };
        let embedded = Embedded::open(
            arguments.data(),
            arguments.today,
            last_port.and_then(|port| port.parse().ok()),
        )
        .await?;
        let url = embedded.url.clone();
        if let (Ok(local), Some((_, port))) = (local, url.rsplit_once(':')) {
            // Only a convenience: without it a kept sign-in is asked for again.
            if local.keep_choice(LAST_PORT, port).await.is_err() {
                tracing::warn!("the port of the court on this computer was not kept");
            }
        }
        Ok(Self {
            client: Client::new(&url),
            url,
            is_embedded: true,
            embedded: Mutex::new(Some(embedded)),
        })
    }

    /// Ends the court on this computer if this window started it.
    pub(crate) async fn close(&self) {
        let embedded = self
            .embedded
            .lock()
            .ok()
            .and_then(|mut embedded| embedded.take());
        if let Some(embedded) = embedded {
            embedded.close().await;
        }
    }
}
