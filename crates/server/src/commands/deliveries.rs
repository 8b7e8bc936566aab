//! `deliveries waiting`, `deliveries dead`, `deliveries retry`, `deliveries bounce` and
//! `deliveries reconcile`.

use super::{print, reconcile, refusal, typed};
use crate::{State, bounce, config::Config};
use app::{
    account::organisation_named,
    document::{bounced, dead_letters, retry, retry_all},
    ports::Towards,
};
use clap::Subcommand;
use std::{io::Read, path::PathBuf, process::ExitCode};
use vocabulary::{Day, DeliveryId};

/// The largest message that is read.
const LARGEST: u64 = 32 * 1024 * 1024;

/// See what could not be delivered, try it again, take in what came back, and prove
/// what became of a day's deliveries.
#[derive(Debug, Subcommand)]
pub(super) enum Deliveries {
    /// Show what waits to leave here: for whom, how much, and since when.
    #[command(after_help = "\
Example:
  common-platform-server deliveries waiting")]
    Waiting,
    /// List the deliveries that failed and still ought to arrive.
    #[command(after_help = "\
Example:
  common-platform-server deliveries dead")]
    Dead,
    /// Try again what failed, on the way that its recipient has now: one delivery, or all
    /// to one organisation.
    #[command(after_help = "\
Example: the id is the one that `deliveries dead` shows
  common-platform-server deliveries retry 0199d2f0-6c1e-7a53-9b0e-3f2f1c5f7d11

Example: the organisation was away for longer than a delivery is tried
  common-platform-server deliveries retry --organisation 'HMP Aldmoor'")]
    Retry {
        /// Its id.
        #[arg(value_parser = typed::delivery_id, required_unless_present = "organisation")]
        id: Option<DeliveryId>,
        /// Everything that failed on its way to the organisation of this name.
        #[arg(long, value_name = "NAME", conflicts_with = "id")]
        organisation: Option<String>,
    },
    /// Take in a message with which a mail server gives a document back (RFC 3464).
    ///
    /// The delivery that it speaks of has failed from then on. A mail server can pipe
    /// what comes to the mailbox of the setting mail_from into it.
    #[command(after_help = "\
Example:
  common-platform-server deliveries bounce returned.eml
  common-platform-server deliveries bounce - < returned.eml")]
    Bounce {
        /// The message; `-` reads it from standard input.
        file: PathBuf,
    },
    /// Compare the deliveries of a day with the ledger.
    ///
    /// Folds every document that was asked for on the day from its events once more,
    /// and holds each delivery against the index, from which alarms and the daily
    /// reconciliation are shown. Changes nothing; a server may be running meanwhile.
    #[command(after_help = "\
Ends with status
  0  the index says what the ledger says
  1  something differs (each difference is named), or it could not be compared

Example:
  common-platform-server deliveries reconcile --date 2026-11-23 --data /srv/court")]
    Reconcile {
        /// The day on which the documents were asked for. [default: today]
        #[arg(long, value_name = "DATE", value_parser = typed::day)]
        date: Option<Day>,
    },
}

impl Deliveries {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        match self {
            Self::Waiting => waiting(config).await,
            Self::Dead => dead(config).await,
            Self::Retry { id, organisation } => again(config, id, organisation).await,
            Self::Bounce { file } => {
                let message = read(&file)?;
                bounce_of(config, &message).await
            }
            Self::Reconcile { date } => reconcile::reconcile(config, date).await,
        }
    }
}

async fn again(
    config: &Config,
    id: Option<DeliveryId>,
    organisation: Option<String>,
) -> Result<ExitCode, String> {
    let state = State::open(config).await?;
    let app = &state.app;
    if let Some(id) = id {
        retry(app, id).await.map_err(|error| refusal(&error))?;
        print::line(format!("Delivery {id} is tried again by the server."));
    }
    if let Some(name) = organisation {
        let found = organisation_named(app, &name)
            .await
            .map_err(|error| refusal(&error))?;
        let again = retry_all(app, found.id)
            .await
            .map_err(|error| refusal(&error))?;
        let name = found.name;
        print::line(match again {
            0 => format!("Nothing for {name} had failed."),
            1 => format!("1 delivery to {name} is tried again by the server."),
            many => format!("{many} deliveries to {name} are tried again by the server."),
        });
    }
    Ok(ExitCode::SUCCESS)
}

async fn waiting(config: &Config) -> Result<ExitCode, String> {
    let state = State::open(config).await?;
    let app = &state.app;
    let queues = app.carrying.waiting().await.map_err(|f| f.to_string())?;
    let oldest = app
        .carrying
        .oldest_waiting()
        .await
        .map_err(|f| f.to_string())?;
    let all = app.index.organisations().await.map_err(|f| f.to_string())?;
    match oldest {
        None => print::line("Nothing waits to leave here."),
        Some(at) => print::line(format!(
            "The oldest waits since {} at {}, inboxes and letters included.",
            at.day(),
            at.clock()
        )),
    }
    if oldest.is_some() && queues.is_empty() {
        print::line(
            "Nothing waits for a mailbox or a system. Letters leave with `post batch`; what is \
             for inboxes here the server puts there.",
        );
    }
    for queue in queues {
        let (name, way) = match queue.to {
            Towards::Mailboxes => (
                "Recipients who are no organisation here".to_owned(),
                "each by e-mail".to_owned(),
            ),
            Towards::Organisation(id) => all.iter().find(|one| one.id == id).map_or_else(
                || (id.to_string(), String::new()),
                |one| (one.name.clone(), one.route.in_words()),
            ),
        };
        print::line(format!(
            "{name}, {way}: {} since {} at {}",
            queue.count,
            queue.oldest.day(),
            queue.oldest.clock()
        ));
        if queue.tried > 0 {
            print::line(format!("    tried {} times: {}", queue.tried, queue.why));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn dead(config: &Config) -> Result<ExitCode, String> {
    let state = State::open(config).await?;
    let letters = dead_letters(&state.app)
        .await
        .map_err(|error| refusal(&error))?;
    if letters.is_empty() {
        print::line("No delivery has failed.");
    }
    for letter in letters {
        print::line(format!(
            "{}  {} at {}  {} for {}",
            letter.delivery,
            letter.since.day(),
            letter.since.clock(),
            letter.document,
            letter.recipient
        ));
        print::line(format!("    {}", letter.why));
    }
    Ok(ExitCode::SUCCESS)
}

async fn bounce_of(config: &Config, message: &[u8]) -> Result<ExitCode, String> {
    let found = bounce::read(message)?;
    let state = State::open(config).await?;
    if found.failed.is_empty() {
        print::line(format!(
            "Delivery {}: nothing has failed for good; nothing was recorded.",
            found.delivery
        ));
        return Ok(ExitCode::SUCCESS);
    }
    let news = bounced(&state.app, found.delivery, &found.failed)
        .await
        .map_err(|error| refusal(&error))?;
    let said = if news {
        "has failed"
    } else {
        "had failed before"
    };
    print::line(format!(
        "Delivery {} {said}: {}",
        found.delivery, found.failed
    ));
    Ok(ExitCode::SUCCESS)
}

fn read(file: &PathBuf) -> Result<Vec<u8>, String> {
    let mut message = Vec::new();
    let taken = if file.as_os_str() == "-" {
        std::io::stdin().take(LARGEST).read_to_end(&mut message)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(LARGEST).read_to_end(&mut message))
    };
    match taken {
        Ok(_) => Ok(message),
        Err(error) => Err(format!(
            "The message {} cannot be read: {error}. Give a file, or - for standard input.",
            file.display()
        )),
    }
}
