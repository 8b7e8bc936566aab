//! `account`.

use super::print;
use crate::{State, config::Config};
use app::account::{NewAccount, issue_machine, open_account, revoke_machine};
use clap::Subcommand;
use std::process::ExitCode;
use vocabulary::{Group, MachineId};

/// Accounts of people, and credentials of other organisations' systems.
#[derive(Debug, Subcommand)]
pub(super) enum Account {
    /// Show accounts, organisations and credentials.
    List,
    /// Open an account.
    Create {
        /// E-mail address, with which the person signs in.
        #[arg(long)]
        email: String,
        /// Full name.
        #[arg(long)]
        name: String,
        /// The role in words, for instance "Legal adviser".
        #[arg(long)]
        role: String,
        /// Name of the organisation, as `account list` shows it.
        #[arg(long)]
        organisation: String,
        /// Group, for instance "Legal Advisers"; may be given several times.
        #[arg(long = "group", required = true)]
        groups: Vec<Group>,
        /// First password, at least 12 characters.
        #[arg(long, env = "COMMON_PLATFORM_NEW_PASSWORD", hide_env_values = true)]
        password: String,
    },
    /// End every session of an account, at once.
    EndSessions {
        /// E-mail address.
        email: String,
    },
    /// Issue a credential to a prosecutor's system; its secret is shown once.
    CreateMachine {
        /// What system it is.
        #[arg(long)]
        name: String,
        /// The OU code for which it may submit, for instance GAAAA01.
        #[arg(long)]
        ou_code: String,
    },
    /// Revoke a credential; the next request with it is refused.
    RevokeMachine {
        /// Its id, as `account list` shows it.
        id: MachineId,
    },
}

impl Account {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        let state = State::open(config).await?;
        let app = &state.app;
        match self {
            Self::List => list(&state).await?,
            Self::Create {
                email,
                name,
                role,
                organisation,
                groups,
                password,
            } => {
                let known = app.index.organisations().await.map_err(|f| f.to_string())?;
                let organisation = known
                    .iter()
                    .find(|o| o.name.eq_ignore_ascii_case(organisation.trim()))
                    .ok_or(
                        "There is no such organisation. `account list` shows those that there are.",
                    )?;
                let account = NewAccount {
                    email,
                    name,
                    role,
                    organisation: organisation.id,
                    groups,
                    password,
                };
                let account = open_account(app, account)
                    .await
                    .map_err(|e| e.to_string())?;
                print::line(format!(
                    "Opened account {} for {}.",
                    account.id, account.email
                ));
            }
            Self::EndSessions { email } => {
                let email = email.trim().to_lowercase();
                let account = app
                    .index
                    .account_by_email(&email)
                    .await
                    .map_err(|f| f.to_string())?;
                let account = account.ok_or("There is no such account.")?;
                app.work
                    .end_sessions(account.id)
                    .await
                    .map_err(|f| f.to_string())?;
                print::line("Its sessions have ended.");
            }
            Self::CreateMachine { name, ou_code } => {
                let (machine, secret) = issue_machine(app, &name, &ou_code)
                    .await
                    .map_err(|e| e.to_string())?;
                print::line(format!(
                    "Credential {} for {} ({}).",
                    machine.id, machine.ou_code, machine.name
                ));
                print::line(
                    "Its secret, shown only now; send it as `Authorization: Bearer SECRET`:",
                );
                print::line(secret);
            }
            Self::RevokeMachine { id } => {
                revoke_machine(app, id).await.map_err(|e| e.to_string())?;
                print::line("The credential is revoked.");
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(state: &State) -> Result<(), String> {
    let app = &state.app;
    let organisations = app.index.organisations().await.map_err(|f| f.to_string())?;
    let accounts = app.index.accounts().await.map_err(|f| f.to_string())?;
    for organisation in &organisations {
        print::line(format!("{} ({})", organisation.name, organisation.kind));
        for account in accounts
            .iter()
            .filter(|a| a.organisation == organisation.id)
        {
            let groups: Vec<&str> = account.groups.iter().map(|g| g.as_str()).collect();
            let state = if account.active { "" } else { ", suspended" };
            print::line(format!(
                "  {}  {}  [{}{state}]",
                account.email,
                account.name,
                groups.join(", ")
            ));
        }
    }
    for machine in app.index.machines().await.map_err(|f| f.to_string())? {
        let state = if machine.active { "good" } else { "revoked" };
        print::line(format!(
            "credential {}  {}  {}  {state}",
            machine.id, machine.ou_code, machine.name
        ));
    }
    Ok(())
}
