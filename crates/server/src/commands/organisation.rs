//! `organisation channel`, `organisation identity-provider` and `organisation second-factor`.

use super::{print, refusal, typed};
use crate::{State, config::Config};
use app::{
    Error,
    account::{choose_route, organisation_named, require_second_factor, set_provider},
};
use clap::{Args, Subcommand, ValueEnum};
use domain::account::{Provider, Route};
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
    /// Let an organisation's own identity provider sign its people in (OpenID Connect).
    ///
    /// Whoever it names by a verified address of these domains is signed in to their
    /// account in this organisation, and in no other. Register this service there as a
    /// native application without a secret, with redirects to http://127.0.0.1 and
    /// /signed-in on any port. It must say when somebody proved who they are (the claim
    /// auth_time, for which max_age asks).
    #[command(after_help = "\
Example:
  common-platform-server organisation identity-provider --organisation 'Thorne & Vale' \\
    --issuer https://id.thornevale.example.test --client-id common-platform \\
    --domain thornevale.example.test")]
    IdentityProvider {
        /// Name of the organisation, as `account list` shows it.
        #[arg(long, value_parser = typed::words)]
        organisation: String,
        /// Its issuer, as the provider names itself.
        #[arg(long, value_name = "URL", required_unless_present = "none")]
        issuer: Option<String>,
        /// The client id under which this service is registered there.
        #[arg(long, value_name = "ID", required_unless_present = "none")]
        client_id: Option<String>,
        /// What stands after the @ in its people's addresses; may be given several times.
        #[arg(
            long = "domain",
            value_name = "DOMAIN",
            required_unless_present = "none"
        )]
        domains: Vec<String>,
        /// It has none any more: its people sign in by password.
        #[arg(long, conflicts_with_all = ["issuer", "client_id", "domains"])]
        none: bool,
    },
    /// Ask a second factor of everybody of an organisation, or no longer.
    ///
    /// Whoever has none sets one up at their next sign-in, before anything else. Its other
    /// offices are asked as well; asking no longer is settled for each of them.
    #[command(after_help = "\
Example:
  common-platform-server organisation second-factor --organisation 'HMP Aldmoor' --required yes")]
    SecondFactor {
        /// Name of the organisation, as `account list` shows it.
        #[arg(long, value_parser = typed::words)]
        organisation: String,
        /// Whether it is asked for.
        #[arg(long, value_name = "yes|no")]
        required: Asked,
    },
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Asked {
    /// It is.
    Yes,
    /// It is not.
    No,
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
        match self {
            Self::Channel { organisation, way } => channel(config, &organisation, &way).await,
            Self::IdentityProvider {
                organisation,
                issuer,
                client_id,
                domains,
                ..
            } => {
                let provider = match issuer.zip(client_id) {
                    Some((issuer, id)) => Some(
                        Provider::new(&issuer, &id, &domains)
                            .map_err(|error| refusal(&error.into()))?,
                    ),
                    None => None,
                };
                let state = State::open(config).await?;
                let found = organisation_named(&state.app, &organisation)
                    .await
                    .map_err(|error| refusal(&error))?;
                let issuer = provider.as_ref().map(|provider| provider.issuer.clone());
                set_provider(&state.app, &found, provider)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(match issuer {
                    Some(issuer) => format!("{} signs its people in by {issuer}.", found.name),
                    None => format!("{} signs its people in by password.", found.name),
                });
                Ok(ExitCode::SUCCESS)
            }
            Self::SecondFactor {
                organisation,
                required,
            } => {
                let state = State::open(config).await?;
                let found = organisation_named(&state.app, &organisation)
                    .await
                    .map_err(|error| refusal(&error))?;
                let asked = required == Asked::Yes;
                require_second_factor(&state.app, &found, asked)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(if asked {
                    format!("{} asks its people for a second factor.", found.name)
                } else {
                    format!("{} asks its people for no second factor.", found.name)
                });
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// Settles how an organisation wants its documents.
async fn channel(config: &Config, organisation: &str, way: &Way) -> Result<ExitCode, String> {
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
    let found = organisation_named(&state.app, organisation)
        .await
        .map_err(|error| refusal(&error))?;
    let words = route.in_words();
    let secret = choose_route(&state.app, &found, route)
        .await
        .map_err(|error| refusal(&error))?;
    print::line(format!("{} gets its documents {words}.", found.name));
    if by_email && config.smtp_host.is_none() {
        print::line("No mail server is set up yet (the setting smtp_host): e-mail waits for one.");
    }
    if let Some(secret) = secret {
        print::line(
            "The secret with which its callbacks are signed (HMAC-SHA256), shown only now:",
        );
        print::line(secret);
    }
    Ok(ExitCode::SUCCESS)
}
