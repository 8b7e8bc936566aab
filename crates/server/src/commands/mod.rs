//! The command line. Every command takes the same ways to say where the record is.

mod account;
mod intake;
mod ledger;
mod print;
mod reference_check;
mod seed;
mod serve;

use crate::{State, config::Config, logs};
use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};
use vocabulary::Day;

/// The shared backend of Common Platform.
///
/// Keeps the record of criminal cases, serves the desktop applications, takes in
/// cases from prosecutors' systems, and makes and delivers notices, orders and
/// warrants. Not an official service.
#[derive(Debug, Parser)]
#[command(name = "common-platform-server", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where the record is. Settings come from the file, then the environment
/// (COMMON_PLATFORM_DATABASE_URL and so on), then these flags; the later wins.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Configuration file (TOML).
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "COMMON_PLATFORM_CONFIG"
    )]
    config: Option<PathBuf>,
    /// Folder for everything: SQLite record, files, keys. [default: common-platform-data]
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Database: sqlite:///path/record.db or postgres://user@host/database.
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// The day on which the clock starts, for a court of a fixed day, for instance 2026-11-21.
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<Day>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the desktop applications and other organisations' systems.
    Serve(serve::Serve),
    /// Bring the database to this version's shape; `serve` does it by itself.
    Migrate,
    /// Fill an empty record with a fictional demo court.
    Seed(seed::Seed),
    /// Accounts of people, and credentials of other organisations' systems.
    #[command(subcommand)]
    Account(account::Account),
    /// Take in one charge, requisition or summons case from a file, as if it had been submitted.
    Intake(intake::Intake),
    /// The result definitions and other reference data.
    #[command(subcommand)]
    Reference(reference_check::Reference),
    /// The ledger: prove that nothing was altered, or make what is derived from it again.
    #[command(subcommand)]
    Ledger(ledger::Ledger),
}

impl Place {
    fn config(&self) -> Result<Config, String> {
        let mut config = Config::read(self.config.as_deref(), self.data.as_deref())?;
        if let Some(url) = &self.database_url {
            config.database_url.clone_from(url);
        }
        if self.today.is_some() {
            config.today = self.today;
        }
        Ok(config)
    }
}

/// Runs one command.
///
/// # Errors
/// A sentence for the person at the terminal.
pub async fn run(cli: Cli) -> Result<ExitCode, String> {
    let mut config = cli.place.config()?;
    logs::start(config.json_logs);
    match cli.command {
        Command::Serve(command) => command.run(&mut config).await,
        Command::Migrate => {
            State::open(&config).await?;
            print::line(format!("{} is up to date.", config.database_name()));
            Ok(ExitCode::SUCCESS)
        }
        Command::Seed(command) => command.run(&config).await,
        Command::Reference(command) => command.run(config),
        Command::Account(command) => command.run(existing(&config)?).await,
        Command::Intake(command) => command.run(existing(&config)?).await,
        Command::Ledger(command) => command.run(existing(&config)?).await,
    }
}

/// Refuses a record that is not there: a misspelt folder must not look like an
/// empty court, or like a ledger that is whole.
fn existing(config: &Config) -> Result<&Config, String> {
    match config.sqlite_file() {
        Some(file) if !file.is_file() => Err(format!(
            "There is no record at {}. Name it with --data or --database-url, or make one with `migrate` or `seed`.",
            file.display()
        )),
        _ => Ok(config),
    }
}
