//! `intake FILE`.

use super::{print, refusal};
use crate::{State, config::Config};
use app::intake::submit;
use clap::Args;
use std::{path::PathBuf, process::ExitCode};
use vocabulary::{SubmissionId, SubmissionStatus};

/// Take in one case from a file, as if a prosecutor's system had submitted it.
///
/// Ends with status 1 if the case is rejected; the reasons are listed by the
/// codes of the published interface.
#[derive(Debug, Args)]
#[command(after_help = "\
Example: a charge, from the folder of the source
  common-platform-server intake samples/charge.json")]
pub(super) struct Intake {
    /// The charge, requisition or summons: JSON in the published format.
    file: PathBuf,
    /// The OU code it is submitted for. [default: the prosecuting authority in the file]
    #[arg(long)]
    ou_code: Option<String>,
}

impl Intake {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        let body = std::fs::read(&self.file).map_err(|error| {
            format!(
                "{} cannot be read: {error}. Nothing was recorded. Give the path of a JSON file.",
                self.file.display()
            )
        })?;
        let json: serde_json::Value = serde_json::from_slice(&body).map_err(|error| {
            format!(
                "{} is not JSON: {error}. Nothing was recorded. Correct the file, or give \
                     another; samples/ has some that are right.",
                self.file.display()
            )
        })?;
        let named = json["prosecutionSubmissionDetails"]["prosecutingAuthority"].as_str();
        let ou_code = self
            .ou_code
            .or_else(|| named.map(str::to_owned))
            .ok_or("The file names no prosecuting authority. Give its code with --ou-code.")?;
        let wrong = crate::published::not_in_form(&body);
        if !wrong.is_empty() {
            return Err(format!(
                "Nothing was recorded: {} is not in the published format.\n  {}\n\
                 Correct it and give the command again. A server describes the format at \
                 /v2/openapi.yaml, and samples/ has files that are right.",
                self.file.display(),
                wrong.join("\n  ")
            ));
        }

        let state = State::open(config).await?;
        let id = SubmissionId(state.app.chance.id());
        let submitted = submit(&state.app, state.app.acting(), &ou_code, &body, id)
            .await
            .map_err(|error| refusal(&error))?;

        if submitted.repeated {
            print::line("The same was submitted before; nothing was added. What became of it:");
        }
        print::line(match submitted.status {
            SubmissionStatus::Rejected => {
                "The case was rejected. Correct the file by these codes, then take it in again:"
            }
            SubmissionStatus::Success => "The case was taken in.",
            SubmissionStatus::SuccessWithWarnings => "The case was taken in. Look at:",
            SubmissionStatus::Pending => "The case waits to be looked at.",
        });
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
        print::line(format!(
            "Submission {}: {}",
            submitted.submission_id, submitted.status
        ));
        if let Some(case) = submitted.case_id {
            let found = state.app.ledger.cases(&[case]).await;
            for case in found.map_err(|fault| fault.to_string())? {
                print::line(format!("Case {}: look for it by this reference.", case.urn));
            }
        }
        Ok(if submitted.status == SubmissionStatus::Rejected {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}
