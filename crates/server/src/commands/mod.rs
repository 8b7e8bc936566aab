//! The command line. Every command takes the same ways to say where the record
//! is. Whatever it refuses it refuses with what to do next: status 2 if it was
//! not understood, 1 if it could not be done.

mod access;
mod account;
mod deliveries;
mod intake;
mod ledger;
mod organisation;
mod post;
mod print;
mod reconcile;
mod reference_check;
mod rules;
mod seed;
mod serve;
mod typed;

use crate::{State, config::Config, logs};
use app::Error;
use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};
use vocabulary::Day;

/// Runs the server of Common Platform and looks after its record.
///
/// Keeps the record of criminal cases, serves the desktop applications, takes in
/// cases from prosecutors' systems, and makes and delivers notices, orders and
/// warrants. Not an official service.
#[derive(Debug, Parser)]
#[command(name = "common-platform-server", version, max_term_width = 100)]
#[command(after_help = "\
Example: a fictional court on this computer
  common-platform-server seed
  common-platform-server serve --demo

`common-platform-server COMMAND --help` explains a command, with an example.")]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where the record is. Settings come from the file, then the environment
/// (COMMON_PLATFORM_DATABASE_URL and so on), then these flags; the later wins.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Where the record is")]
pub struct Place {
    /// Configuration file (TOML); README.md lists its settings.
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
    /// Database instead of the SQLite record: postgres://user@host/database.
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// The day on which the clock starts, for a court of a fixed day: 2026-11-23.
    #[arg(long, global = true, value_name = "DATE", value_parser = typed::day)]
    today: Option<Day>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    /// Make the tables of an empty database, or bring them to this version's shape.
    ///
    /// `serve` does it by itself; alone it is for preparing a database, or an
    /// update, before anything is served.
    #[command(after_help = "\
Example:
  common-platform-server migrate --database-url postgres://court@localhost/court")]
    Migrate,
    Seed(seed::Seed),
    #[command(subcommand)]
    Account(account::Account),
    #[command(subcommand)]
    Access(access::Access),
    #[command(subcommand)]
    Organisation(organisation::Organisation),
    #[command(subcommand)]
    Deliveries(deliveries::Deliveries),
    #[command(subcommand)]
    Post(post::Post),
    Intake(intake::Intake),
    #[command(subcommand)]
    Reference(reference_check::Reference),
    #[command(subcommand)]
    Rules(rules::Rules),
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
    let serves = matches!(cli.command, Command::Serve(_));
    logs::start(config.json_logs, serves);
    if !serves {
        config.operator = Some(operator());
    }
    match cli.command {
        Command::Serve(command) => command.run(&mut config).await,
        Command::Migrate => {
            State::open(&config).await?;
            print::line(format!(
                "{} has the tables of this version.",
                config.database_name()
            ));
            Ok(ExitCode::SUCCESS)
        }
        Command::Seed(command) => command.run(&config).await,
        Command::Reference(command) => command.run(config),
        Command::Account(command) => command.run(existing(&config)?).await,
        Command::Access(command) => command.run(existing(&config)?).await,
        Command::Organisation(command) => command.run(existing(&config)?).await,
        Command::Deliveries(command) => command.run(existing(&config)?).await,
        Command::Post(command) => command.run(existing(&config)?).await,
        Command::Intake(command) => command.run(existing(&config)?).await,
        Command::Rules(command) => command.run(existing(&config)?).await,
        Command::Ledger(command) => command.run(existing(&config)?).await,
    }
}

/// Who gives the command, as the computer knows them: whoever became another user for it too.
fn operator() -> String {
    let named = |name: &&str| {
        std::env::var(name)
            .ok()
            .filter(|who| !who.trim().is_empty())
    };
    let who = ["SUDO_USER", "USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(named);
    let who = who.unwrap_or_else(|| "unknown".to_owned());
    format!(
        "operator {}",
        who.trim().chars().take(64).collect::<String>()
    )
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

/// What a use case would not do, in full: what, why, and the next step.
fn refusal(error: &Error) -> String {
    match error {
        Error::Problem(problem) => [&problem.title, &problem.detail, &problem.hint]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" "),
        Error::Stale => "Somebody else changed the same thing at this moment; nothing was \
                         recorded. Give the command again."
            .to_owned(),
        Error::Broken(why) => format!(
            "Something broke: {why}. Nothing was recorded. Mend what it says, then give the \
             command again."
        ),
    }
}
