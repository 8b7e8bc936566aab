//! `seed`.

use super::print;
use crate::{State, config::Config};
use app::demo::{SeedOptions, seed};
use clap::Args;
use std::process::ExitCode;

/// Fill an empty record with a fictional demo court.
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// How many cases.
    #[arg(long, default_value_t = 40)]
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
            return Err(
                "This record is not empty; a demo court is only made in an empty one. Choose another with --data or --database-url."
                    .to_owned(),
            );
        }
        let options = SeedOptions {
            cases: self.cases,
            ..SeedOptions::on(state.app.chance.now().day())
        };
        seed(&state.app, &options)
            .await
            .map_err(|error| error.to_string())?;
        state
            .store
            .checkpoint()
            .await
            .map_err(|error| error.to_string())?;
        print::line(format!(
            "Made a fictional court with {} cases as of {} in {}.",
            self.cases,
            options.today,
            config.database_name()
        ));
        print::line(
            "Serve it with `serve --demo` and the same --data, --database-url and --today as here.",
        );
        print::line(format!("Everybody's password is: {}", config.demo_password));
        Ok(ExitCode::SUCCESS)
    }
}
