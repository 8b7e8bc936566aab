//! `seed`.

use super::{print, refusal, typed};
use crate::{State, config::Config};
use app::demo::{SeedOptions, seed};
use clap::Args;
use std::process::ExitCode;

/// Make a fictional court in an empty record, to look around and to train.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  common-platform-server seed --cases 40 --today 2026-11-23
  common-platform-server serve --demo --today 2026-11-23")]
pub(super) struct Seed {
    /// How many cases.
    #[arg(long, default_value = "40", allow_negative_numbers = true, value_parser = typed::cases)]
    cases: usize,
}

impl Seed {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        let config = Config {
            demo: true,
            ..config.clone()
        };
        let state = State::open(&config).await?;
        let known = state
            .app
            .index
            .organisations()
            .await
            .map_err(|fault| fault.to_string())?;
        if !known.is_empty() {
            return Err(format!(
                "{} is not empty, and a demo court is only made in an empty record. Choose \
                 another with --data or --database-url, or serve this one.",
                config.database_name()
            ));
        }
        let options = SeedOptions {
            cases: self.cases,
            ..SeedOptions::on(state.app.chance.now().day())
        };
        seed(&state.app, &options)
            .await
            .map_err(|error| refusal(&error))?;
        state
            .store
            .checkpoint()
            .await
            .map_err(|error| error.to_string())?;
        print::line(format!(
            "Made a fictional court of {} with {} cases.",
            options.today, self.cases,
        ));
        print::line(format!("  Record:   {}", config.database_name()));
        print::line(format!("  Files:    {}", config.objects.display()));
        print::line(format!("  Keys:     {}", config.keys.display()));
        print::line(format!(
            "  Password: {}   (everybody's; `account list` shows the people)",
            config.demo_password
        ));
        print::line(
            "Serve it with `serve --demo` and the same --data, --database-url and --today as here.",
        );
        Ok(ExitCode::SUCCESS)
    }
}
