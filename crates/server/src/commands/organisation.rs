//! `organisation channel`.

use super::{print, refusal, typed};
use crate::{State, config::Config};
use app::{
    Error,
    account::{choose_route, organisation_named},
};
use clap::{Args, Subcommand};
use domain::account::Route;
use std::process::ExitCode;

/// Settle how organisations want their documents; `account list` shows it.
#[derive(Debug, Subcommand)]
pub(super) enum Organisation {
    /// Settle how an organisation wants its documents.
    ///
    /// They always lie in its inbox here, where they are opened and acknowledged. By
    /// e-mail or to its system they are carried there as well. It holds for what is
    /// sent from now on; what failed can be tried again on the new way.
    #[command(after_help = "\
Example: to a mailbox
  common-platform-server organisation channel --organisation 'HMP Aldmoor' \\
    --email warrants@aldmoor.example.test
Example: to a system; its secret is shown once
  common-platform-server organisation channel --organisation 'HMP Aldmoor' \\
    --webhook https://aldmoor.example.test/documents")]
    Channel {
        /// Name of the organisation, as `account list` shows it.
        #[arg(long, value_parser = typed::words)]
        organisation: String,
        #[command(flatten)]
        way: Way,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Way {
    /// Its inbox alone.
    #[arg(long)]
    inbox: bool,
    /// A mailbox as well.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Its system as well: an https address that takes signed POSTs.
    #[arg(long, value_name = "URL")]
    webhook: Option<String>,
}

impl Way {
    fn route(&self) -> Result<Route, Error> {
        Ok(match (&self.email, &self.webhook) {
            (Some(address), _) => Route::email(address)?,
            (None, Some(url)) => Route::webhook(url)?,
            (None, None) => Route::Inbox,
        })
    }
}

impl Organisation {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        let Self::Channel { organisation, way } = self;
        let route = way.route().map_err(|error| refusal(&error))?;
        let insecure = matches!(&route, Route::Webhook { url } if !url.starts_with("https://"));
        if insecure && !config.callbacks_to_private {
            return Err(
                "Documents are handed over by https only. Give an https address, or set \
                        callbacks_to_private where everything is in one closed network."
                    .to_owned(),
            );
        }
        let by_email = matches!(route, Route::Email { .. });
        let state = State::open(config).await?;
        let found = organisation_named(&state.app, &organisation)
            .await
            .map_err(|error| refusal(&error))?;
        let words = route.in_words();
        let secret = choose_route(&state.app, &found, route)
            .await
            .map_err(|error| refusal(&error))?;
        print::line(format!("{} gets its documents {words}.", found.name));
        if by_email && config.smtp_host.is_none() {
            print::line(
                "No mail server is set up yet (the setting smtp_host): e-mail waits for one.",
            );
        }
        if let Some(secret) = secret {
            print::line(
                "The secret with which its callbacks are signed (HMAC-SHA256), shown only now:",
            );
            print::line(secret);
        }
        Ok(ExitCode::SUCCESS)
    }
}
