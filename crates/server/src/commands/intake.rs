//! `intake FILE`.

use super::print;
use crate::{State, config::Config};
use app::intake::submit;
use clap::Args;
use domain::Actor;
use std::{path::PathBuf, process::ExitCode};
use vocabulary::{SubmissionId, SubmissionStatus};

/// Take in one charge, requisition or summons case from a file, as if it had been submitted.
#[derive(Debug, Args)]
pub(super) struct Intake {
    /// The submission, JSON in the published format.
    file: PathBuf,
    /// The OU code it is submitted for. [default: the prosecuting authority in the file]
    #[arg(long)]
    ou_code: Option<String>,
}

impl Intake {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        let body = std::fs::read(&self.file)
            .map_err(|error| format!("{} cannot be read: {error}.", self.file.display()))?;
        let json: serde_json::Value = serde_json::from_slice(&body)
            .map_err(|error| format!("{} is not JSON: {error}.", self.file.display()))?;
        let named = json["prosecutionSubmissionDetails"]["prosecutingAuthority"].as_str();
        let ou_code = self
            .ou_code
            .or_else(|| named.map(str::to_owned))
            .ok_or("The file names no prosecuting authority. Give its code with --ou-code.")?;
        let wrong = crate::published::not_in_form(&body);
        if !wrong.is_empty() {
            for one in wrong {
                print::line(one);
            }
            print::line("Nothing was recorded: the file is not in the published format.");
            return Ok(ExitCode::FAILURE);
        }

        let state = State::open(config).await?;
        let id = SubmissionId(state.app.chance.id());
        let submitted = submit(&state.app, Actor::Service, &ou_code, &body, id)
            .await
            .map_err(|error| error.to_string())?;

        print::line(format!(
            "Submission {}: {}",
            submitted.submission_id, submitted.status
        ));
        if submitted.repeated {
            print::line("The same was submitted before; nothing was added.");
        }
        let found = state.app.ledger.submission(submitted.submission_id).await;
        if let Some(found) = found.map_err(|fault| fault.to_string())? {
            for (word, problems) in [("error", found.errors), ("warning", found.warnings)] {
                for problem in problems {
                    let values: Vec<String> = problem
                        .values
                        .iter()
                        .map(|(key, value)| format!("{key}={value}"))
                        .collect();
                    print::line(format!("  {word} {} {}", problem.code, values.join(" ")));
                }
            }
        }
        if let Some(case) = submitted.case_id {
            print::line(format!("Case {case}"));
        }
        Ok(if submitted.status == SubmissionStatus::Rejected {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}
