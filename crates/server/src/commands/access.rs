//! `access`.

use super::{print, refusal};
use crate::{State, config::Config};
use access::Action;
use app::{
    caller::{Circumstances, Proof, SignedIn},
    permission::{Asked, CasesOf, explain},
};
use clap::Subcommand;
use domain::hearing::Hearing;
use std::process::ExitCode;
use uuid::Uuid;
use vocabulary::{DocumentId, HearingId, MaterialId, SessionId, Urn};

/// See who may do what, and why.
#[derive(Debug, Subcommand)]
pub(super) enum Access {
    /// Say why a person may do something, or why not, in the sentence that the
    /// application shows them.
    ///
    /// Nothing is changed and nothing is opened. Status 0 if they may, 1 if not.
    #[command(after_help = "\
Example:
  common-platform-server access explain --as iris.thorne@thornevale.example.test \\
    --do read_extract --on 29GD7410126")]
    Explain {
        /// E-mail address of the person.
        #[arg(long = "as", value_name = "EMAIL")]
        email: String,
        /// What they would do, for instance `view_case`; `access actions` lists all.
        #[arg(long = "do", value_name = "ACTION", value_parser = action)]
        action: Action,
        /// On what: a case reference, or the id of a hearing, paper or document. Left
        /// out: on nothing in particular, for instance their lists.
        #[arg(long, value_name = "REF")]
        on: Option<String>,
    },
    /// List what can be done, and which groups some policy lets do it.
    #[command(after_help = "\
Example:
  common-platform-server access actions")]
    Actions,
}

fn action(text: &str) -> Result<Action, String> {
    Action::named(text.trim())
        .ok_or_else(|| "there is no such action; `access actions` lists all".to_owned())
}

impl Access {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        let state = State::open(config).await?;
        match self {
            Self::Explain { email, action, on } => {
                explained(&state, &email, action, on.as_deref()).await
            }
            Self::Actions => {
                for action in Action::ALL {
                    print::line(format!("{}: {}", action.as_str(), action.in_words()));
                    let who = state.app.access.who_may(*action);
                    print::line(match &who[..] {
                        [] => "  nobody".to_owned(),
                        who => format!("  {}", who.join("; ")),
                    });
                }
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

async fn explained(
    state: &State,
    email: &str,
    action: Action,
    on: Option<&str>,
) -> Result<ExitCode, String> {
    let app = &state.app;
    let email = email.trim().to_lowercase();
    let nobody =
        || format!("There is no account for {email}. Give an address as `account list` shows it.");
    let account = app.index.account_by_email(&email).await;
    let account = account.map_err(|f| f.to_string())?.ok_or_else(nobody)?;
    let organisation = app.index.organisation(account.organisation).await;
    let organisation = organisation
        .map_err(|f| f.to_string())?
        .ok_or_else(nobody)?;
    let active = account.active;
    let person = SignedIn {
        session: SessionId(Uuid::nil()),
        account,
        organisation,
        circumstances: Circumstances::default(),
        proof: Proof::of_the_service(),
    };
    let person = app::account::as_of(app, person).await;
    let person = person.map_err(|error| refusal(&error))?;

    let why = match on {
        None => explain(app, &person, action, &Asked::Nothing),
        Some(on) => about(state, &person, action, on.trim()).await?,
    };
    let answer = if why.allowed { "Yes" } else { "No" };
    print::line(format!("{answer}. {} ({})", why.sentence, why.reference()));
    if on.is_none() && !why.allowed {
        print::line("That is of no case at all: add `--on REFERENCE` to ask about one.");
    }
    if !active {
        print::line("The account is suspended: nobody can sign in with it.");
    }
    Ok(if why.allowed && active {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn about(
    state: &State,
    person: &SignedIn,
    action: Action,
    on: &str,
) -> Result<access::Explanation, String> {
    let app = &state.app;
    let fault = |error: app::ports::Fault| refusal(&error.into());
    let nothing = || {
        format!(
            "There is nothing {on:?} in this record. Give --on a case reference, or the id of a \
             hearing, paper or document."
        )
    };
    if let Ok(id) = on.parse::<Uuid>() {
        if let Some(hearing) = app.ledger.hearing(HearingId(id)).await.map_err(fault)? {
            return of_hearing(state, person, action, &hearing).await;
        }
        if let Some(document) = app.ledger.document(DocumentId(id)).await.map_err(fault)? {
            let cases = CasesOf::documents(app, std::slice::from_ref(&document)).await;
            let cases = cases.map_err(|error| refusal(&error))?;
            let hearing = app.ledger.hearing(document.hearing_id).await;
            let hearing = hearing.map_err(fault)?;
            let about = Asked::Document(&cases, &document, hearing.as_ref());
            return Ok(explain(app, person, action, &about));
        }
        let case = app.index.case_of_material(MaterialId(id)).await;
        let case = match case.map_err(fault)? {
            Some(case) => app.ledger.case(case).await.map_err(fault)?,
            None => None,
        };
        let case = case.ok_or_else(nothing)?;
        let material = case.materials.iter().find(|own| own.id.0 == id);
        let material = material.ok_or_else(nothing)?;
        return Ok(explain(
            app,
            person,
            action,
            &Asked::Material(&case, material),
        ));
    }
    let urn = Urn::parse(on).map_err(|_| nothing())?;
    let id = app.index.case_by_urn(&urn).await.map_err(fault)?;
    let case = app
        .ledger
        .case(id.ok_or_else(nothing)?)
        .await
        .map_err(fault)?;
    let case = case.ok_or_else(nothing)?;
    Ok(explain(app, person, action, &Asked::Case(&case)))
}

async fn of_hearing(
    state: &State,
    person: &SignedIn,
    action: Action,
    hearing: &Hearing,
) -> Result<access::Explanation, String> {
    let ids: Vec<_> = hearing.parties.iter().map(|party| party.case_id).collect();
    let cases = state.app.ledger.cases(&ids).await;
    let cases = cases.map_err(|fault| refusal(&fault.into()))?;
    let about = Asked::Hearing(hearing, &cases);
    Ok(explain(&state.app, person, action, &about))
}
