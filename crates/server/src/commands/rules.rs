//! `rules`.

use super::{print, refusal, typed};
use crate::{State, config::Config};
use app::rules;
use clap::Subcommand;
use domain::validator::Lowered;
use std::process::ExitCode;

/// See the rules before sharing, and lower them while the service runs.
///
/// What is lowered holds for the next check on every server of this record, and
/// stays in the record with who decided it and why. No rule is ever raised above
/// its table.
#[derive(Debug, Subcommand)]
pub(super) enum Rules {
    /// List the rules that can be lowered, and how severe each is now.
    #[command(after_help = "\
Example:
  common-platform-server rules list")]
    List,
    /// Lower a rule, or one condition of it, to WARNING or OFF.
    #[command(after_help = "\
Example:
  common-platform-server rules lower DR-AGE-007=WARNING --by 'Ada Wren, duty manager' \\
    --reason 'Dates of birth of one police force arrive wrong (incident 41)'")]
    Lower {
        /// The rule and what it becomes, for instance DR-AGE-007=WARNING.
        #[arg(value_name = "RULE=SEVERITY", value_parser = typed::lowering)]
        rule: (String, Lowered),
        /// Who decided it.
        #[arg(long, value_parser = typed::words)]
        by: String,
        /// Why; it stays in the record.
        #[arg(long, value_parser = typed::words)]
        reason: String,
    },
    /// End a lowering: the rule is again what its table says.
    #[command(after_help = "\
Example:
  common-platform-server rules restore DR-AGE-007 --by 'Ada Wren, duty manager' \\
    --reason 'Incident 41 is over'")]
    Restore {
        /// The rule, as `rules list` shows it.
        rule: String,
        /// Who decided it.
        #[arg(long, value_parser = typed::words)]
        by: String,
        /// Why; it stays in the record.
        #[arg(long, value_parser = typed::words)]
        reason: String,
    },
}

impl Rules {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        let state = State::open(config).await?;
        let app = &state.app;
        match self {
            Self::List => list(&state).await?,
            Self::Lower {
                rule: (rule, to),
                by,
                reason,
            } => {
                rules::lower(app, &rule, to, &by, &reason)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(format!(
                    "{} is {} from the next check on, on every server of this record.",
                    rule.to_uppercase(),
                    to.word()
                ));
            }
            Self::Restore { rule, by, reason } => {
                rules::restore(app, &rule, &by, &reason)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(format!(
                    "{} is again what its table says, from the next check on.",
                    rule.to_uppercase()
                ));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(state: &State) -> Result<(), String> {
    let (all, lowered) = rules::list(&state.app)
        .await
        .map_err(|error| refusal(&error))?;
    for rule in all {
        let now = rule.now.word();
        let from = match rule.now == rule.table {
            true => String::new(),
            false => format!(" (table: {})", rule.table.word()),
        };
        print::line(format!(
            "{:<18} {now:<8}{from} {} ({})",
            rule.rule, rule.about, rule.source
        ));
        if let Some(how) = lowered.of(&rule.rule) {
            print::line(format!(
                "{:<18} lowered by {} on {} at {}: {}",
                "",
                how.by,
                how.at.day().in_words(),
                how.at.clock(),
                how.reason
            ));
        }
    }
    Ok(())
}
