//! `account`.

use super::{print, refusal, typed};
use crate::{State, config::Config};
use app::account::{
    NewAccount, NewOrganisation, add_organisation, end_all_sessions, issue_machine, open_account,
    password_code, revoke_machine, sign_in_code,
};
use app::organisation::{ImportFiles, import_files, renew_link};
use clap::Subcommand;
use domain::account::{Route, Standing};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use vocabulary::{Group, MachineId, OrganisationKind};

/// See and change who may sign in: people, and prosecutors' systems.
#[derive(Debug, Subcommand)]
pub(super) enum Account {
    /// List the organisations with how they want their documents, the people of each, and
    /// the credentials of systems.
    #[command(after_help = "\
Example:
  common-platform-server account list")]
    List,
    /// Open an account, so that a person can sign in.
    #[command(after_help = "\
Example: the password is taken from the environment, so that nobody sees it in
the list of programs that run
  COMMON_PLATFORM_NEW_PASSWORD='three random words' \\
    common-platform-server account create --email jo.marsh@court.example.test \\
    --name 'Jo Marsh' --role 'Legal adviser' --group 'Legal Advisers' \\
    --organisation \"Ashmere Magistrates' Court\"")]
    Create {
        /// E-mail address, with which the person signs in.
        #[arg(long)]
        email: String,
        /// Full name.
        #[arg(long, value_parser = typed::words)]
        name: String,
        /// The role in words, for instance "Legal adviser".
        #[arg(long, value_parser = typed::words)]
        role: String,
        /// Name of the organisation, as `account list` shows it.
        #[arg(long)]
        organisation: String,
        /// What the person may do, for instance "Legal Advisers"; may be given several times.
        #[arg(long = "group", value_name = "GROUP", required = true, value_parser = typed::group)]
        groups: Vec<Group>,
        /// First password, at least 12 characters.
        #[arg(long, env = "COMMON_PLATFORM_NEW_PASSWORD", hide_env_values = true)]
        password: String,
    },
    /// Add an organisation: a prison, a probation team, or another agency.
    ///
    /// From then on results can name it and documents reach it. Open an account for
    /// somebody there, so that they can be acknowledged.
    #[command(after_help = "\
Example:
  common-platform-server account create-organisation --kind prison --name 'HMP Northmoor' \\
    --address 'Moor Road' --address Northmoor --postcode 'NM1 1AA' \\
    --email custody@northmoor.example.test")]
    CreateOrganisation {
        /// What it is, for instance prison, probation or `youth_offending_team`.
        #[arg(long, value_parser = typed::kind)]
        kind: OrganisationKind,
        /// Its name, as results will write it.
        #[arg(long, value_parser = typed::words)]
        name: String,
        /// A line of its address; may be given several times.
        #[arg(long = "address", value_name = "LINE", value_parser = typed::words)]
        address: Vec<String>,
        /// Post code.
        #[arg(long, value_parser = typed::words)]
        postcode: Option<String>,
        /// E-mail address.
        #[arg(long, value_parser = typed::words)]
        email: Option<String>,
        /// OU code, if it has one.
        #[arg(long, value_parser = typed::words)]
        ou_code: Option<String>,
    },
    /// Take in the two files of the onboarding form: organisations, and their people.
    ///
    /// Everything is checked first. If anything is wrong, every mistake is told with its
    /// line and column, and nothing is taken in. Otherwise all of it is, as one; the
    /// people are invited by e-mail or, where no mail server is set up, their links are
    /// shown here. `samples/onboarding` has both files with their columns.
    #[command(after_help = "\
Example: look first, then take in
  common-platform-server account import --check organisations.csv users.csv
  common-platform-server account import organisations.csv users.csv")]
    Import {
        /// Organisations, as CSV.
        organisations: PathBuf,
        /// Their people, as CSV.
        users: PathBuf,
        /// Check only; take nothing in.
        #[arg(long)]
        check: bool,
    },
    /// Make a new activation link for somebody who was invited, and show it once.
    ///
    /// The one before is void. Hand it to the person it is for and to nobody else.
    #[command(after_help = "\
Example:
  common-platform-server account activation-link bola@pryceadeyemi.example.test")]
    ActivationLink {
        /// E-mail address.
        email: String,
    },
    /// Make a code with which somebody who forgot their password chooses another, and show it once.
    ///
    /// For where no mail leaves this server. Be sure of who asks, and hand it to nobody else; a
    /// second factor is still asked for.
    #[command(after_help = "\
Example:
  common-platform-server account password-code ada.wren@court.example.test")]
    PasswordCode {
        /// E-mail address.
        email: String,
    },
    /// Make a code for somebody whose second factor was taken away, where no mail leaves.
    ///
    /// It is good once, for half an hour, after the person's password. With mail it is sent
    /// to the person, and to nobody else.
    #[command(after_help = "\
Example:
  common-platform-server account sign-in-code ada.wren@court.example.test")]
    SignInCode {
        /// E-mail address.
        email: String,
    },
    /// Sign a person out everywhere, at once.
    #[command(after_help = "\
Example:
  common-platform-server account end-sessions ada.wren@court.example.test")]
    EndSessions {
        /// E-mail address.
        email: String,
    },
    /// Give a prosecutor's system a credential, to submit cases with.
    ///
    /// Its secret is shown once, and kept nowhere.
    #[command(after_help = "\
Example:
  common-platform-server account create-machine --name 'Case system of CPS Ashmere' --ou-code GAAAA01")]
    CreateMachine {
        /// What system it is.
        #[arg(long, value_parser = typed::words)]
        name: String,
        /// The OU code for which it may submit, for instance GAAAA01.
        #[arg(long)]
        ou_code: String,
    },
    /// Revoke the credential of a system: its next request is refused.
    #[command(after_help = "\
Example: the id is the one that `account list` shows
  common-platform-server account revoke-machine 0199d2f0-6c1e-7a53-9b0e-3f2f1c5f7d11")]
    RevokeMachine {
        /// Its id, as `account list` shows it.
        #[arg(value_parser = typed::machine_id)]
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
                    .ok_or_else(|| {
                        format!(
                            "There is no organisation {organisation:?} in this record. Give \
                             --organisation a name as `account list` shows it."
                        )
                    })?;
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
                    .map_err(|error| refusal(&error))?;
                print::line(format!(
                    "{} can sign in now, as {}. (Account {})",
                    account.name, account.email, account.id
                ));
            }
            Self::CreateOrganisation {
                kind,
                name,
                address,
                postcode,
                email,
                ou_code,
            } => {
                let new = NewOrganisation {
                    kind,
                    name,
                    address,
                    postcode,
                    email,
                    ou_code,
                };
                let added = add_organisation(app, new)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(format!(
                    "{} is known now ({}). Open an account there with `account create`.",
                    added.name, added.kind
                ));
            }
            Self::Import {
                organisations,
                users,
                check,
            } => return import(&state, &organisations, &users, check).await,
            Self::ActivationLink { email } => {
                let link = renew_link(app, &email)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(format!(
                    "The link for {}, good until {}, shown only now:",
                    link.email,
                    link.until.day().in_words()
                ));
                print::line(link.link);
            }
            Self::PasswordCode { email } => {
                let (code, minutes) = password_code(app, &email)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(format!(
                    "The code for {email}, good once, for {minutes} minutes, shown only now; it \
                     is entered under \"I have a code\":"
                ));
                print::line(code);
            }
            Self::SignInCode { email } => {
                let (code, minutes) = sign_in_code(app, &email)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(format!(
                    "The code for {email}, good once, for {minutes} minutes, shown only now; it \
                     is entered after the password:"
                ));
                print::line(code);
            }
            Self::EndSessions { email } => {
                let email = email.trim().to_lowercase();
                let account = app
                    .index
                    .account_by_email(&email)
                    .await
                    .map_err(|f| f.to_string())?;
                let account = account.ok_or_else(|| {
                    format!(
                        "There is no account for {email}. Give an address as `account list` shows it."
                    )
                })?;
                end_all_sessions(app, &account)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(format!("{email} is signed out everywhere."));
            }
            Self::CreateMachine { name, ou_code } => {
                let (machine, secret) = issue_machine(app, &name, &ou_code)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(format!(
                    "{} may submit cases for {}. (Credential {})",
                    machine.name, machine.ou_code, machine.id
                ));
                print::line(
                    "Its secret, shown only now; send it as `Authorization: Bearer SECRET`:",
                );
                print::line(secret);
            }
            Self::RevokeMachine { id } => {
                let known = app.index.machine(id).await.map_err(|f| f.to_string())?;
                let machine = known.ok_or_else(|| {
                    format!("There is no credential {id}. Give an id as `account list` shows it.")
                })?;
                revoke_machine(app, id)
                    .await
                    .map_err(|error| refusal(&error))?;
                print::line(format!(
                    "The credential of {} for {} is revoked: its next request is refused.",
                    machine.name, machine.ou_code
                ));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Takes the two files in, or says all that is wrong with them.
async fn import(
    state: &State,
    organisations: &Path,
    users: &Path,
    check_only: bool,
) -> Result<ExitCode, String> {
    let read = |path: &Path| {
        std::fs::read_to_string(path)
            .map_err(|error| format!("{} cannot be read: {error}.", path.display()))
    };
    let files = ImportFiles {
        organisations: read(organisations)?,
        users: read(users)?,
        check_only,
    };
    let (imported, links) = import_files(&state.app, files)
        .await
        .map_err(|error| refusal(&error))?;
    for wrong in &imported.wrong {
        let path = if wrong.file == "users" {
            users
        } else {
            organisations
        };
        let column = match wrong.column.as_str() {
            "" => String::new(),
            column => format!(", {column}"),
        };
        print::line(format!(
            "{}, line {}{column}: {}",
            path.display(),
            wrong.line,
            wrong.what
        ));
    }
    if !imported.wrong.is_empty() {
        return Err(format!(
            "{} mistakes; nothing was taken in. Correct them and give the command again.",
            imported.wrong.len()
        ));
    }
    let (count, people) = (imported.organisations, imported.people);
    if !imported.recorded {
        print::line(format!(
            "Nothing is wrong: {count} organisations and {people} people would be taken in."
        ));
        return Ok(ExitCode::SUCCESS);
    }
    print::line(format!(
        "{count} organisations joined, {people} people are invited."
    ));
    if !links.is_empty() {
        print::line("No mail server is set up: the links, shown only now:");
    }
    for link in links {
        print::line(format!("{}  {}", link.email, link.link));
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(state: &State) -> Result<(), String> {
    let app = &state.app;
    let organisations = app.index.organisations().await.map_err(|f| f.to_string())?;
    let accounts = app.index.accounts().await.map_err(|f| f.to_string())?;
    for organisation in &organisations {
        let (name, kind) = (&organisation.name, &organisation.kind);
        print::line(match &organisation.route {
            Route::Inbox => format!("{name} ({kind})"),
            carried => format!("{name} ({kind}), documents also {}", carried.in_words()),
        });
        for account in accounts
            .iter()
            .filter(|a| a.organisation == organisation.id)
        {
            let groups: Vec<&str> = account.groups.iter().map(|g| g.as_str()).collect();
            let state = match account.life.standing {
                Standing::Active if account.active => String::new(),
                Standing::Active => ", suspended".to_owned(),
                other => format!(", {}", other.in_words()),
            };
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
