//! The one command for the contract's list.

use crate::desktop::Desktop;
use contract::{Code, Problem};
use serde_json::Value;
use tauri::State;
use vocabulary::CommandId;

/// What the window asks of the host instead: here the token would pass through it.
const HOSTS_OWN: &[&str] = &[
    "account.sign_in",
    "account.sign_out",
    "account.confirm_sign_in",
    "account.prove",
    "account.lock",
    "account.begin_provider_sign_in",
    "account.end_provider_sign_in",
    "account.begin_passkey",
    "account.end_passkey",
    "account.begin_passkey_sign_in",
    "account.end_passkey_sign_in",
    "account.begin_passkey_proof",
    "account.end_passkey_proof",
];

/// Asks the server something on the list. `command_id` is one for one action of
/// the person, however often it is tried.
#[tauri::command]
pub(crate) async fn rpc(
    desktop: State<'_, Desktop>,
    name: String,
    request: Value,
    command_id: String,
) -> Result<Value, Problem> {
    let command = may_ask(&name, &command_id)?;
    let of_hearings = name.starts_with("hearing.");
    let mut client = desktop.client().await?;
    let mut answer = client.call(&name, request.clone(), command).await;
    // The person may have proved who they are meanwhile: the old token is good for
    // nothing, and the same command goes again under the new one.
    let renewed = match &answer {
        Err(problem) if problem.code == Code::SignedOut => {
            let now = desktop.sessions.client();
            now.filter(|now| client.has_token() && !now.same_session(&client))
        }
        _ => None,
    };
    if let Some(renewed) = renewed {
        answer = renewed.call(&name, request, command).await;
        client = renewed;
    }
    if let Err(problem) = &answer {
        desktop.heed(problem, &client);
        // A hearing that is not there any more may have been closed to this person.
        if problem.code == Code::NotFound
            && of_hearings
            && let Ok(account) = desktop.sessions.account()
        {
            desktop.forget_lost(client, account);
        }
    }
    answer
}

fn may_ask(name: &str, command_id: &str) -> Result<CommandId, Problem> {
    if client::listed(name).is_none() || HOSTS_OWN.contains(&name) {
        return Err(bad_request(
            "The window asked for something that is not on the list.",
        ));
    }
    command_id
        .parse()
        .map_err(|_| bad_request("The window sent a command without an id."))
}

/// The window asked wrongly: a fault of the application, not of the person.
pub(crate) fn bad_request(what: &str) -> Problem {
    Problem::new(
        Code::BadRequest,
        what,
        "Start the application again, and check that it is up to date.",
    )
    .because("Nothing was sent.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "018f6f00-0000-7000-8000-000000000001";

    #[test]
    fn the_window_may_ask_what_is_on_the_list() {
        for name in ["case.find", "hearing.share_results", "account.about"] {
            assert_eq!(may_ask(name, ID), Ok(ID.parse().unwrap()));
        }
    }

    #[test]
    fn the_window_may_ask_nothing_else() {
        for name in [
            "",
            "case.destroy",
            "rpc",
            "case.find?x=1",
            "../health/ready",
        ] {
            assert_eq!(may_ask(name, ID).unwrap_err().code, Code::BadRequest);
        }
    }

    #[test]
    fn the_token_never_passes_through_the_window() {
        for name in HOSTS_OWN {
            assert!(client::listed(name).is_some(), "{name} is on the list");
            assert!(may_ask(name, ID).is_err());
        }
    }

    /// Each call of the list with the name of what it answers.
    fn answers() -> Vec<(&'static str, &'static str)> {
        macro_rules! named {
            ($(($kind:ident, $open:ident, $name:literal, $method:ident, $request:ty, $view:ty)),* $(,)?) => {
                vec![$(($name, std::any::type_name::<$view>())),*]
            };
        }
        contract::endpoints!(named)
    }

    #[test]
    fn what_is_answered_with_a_token_or_a_secret_of_signing_in_is_the_hosts_own() {
        let secrets = ["SignedIn", "PasskeyCeremony", "ProviderSignIn"];
        let of_a_secret = |view: &str| {
            secrets
                .iter()
                .any(|own| view.ends_with(&format!("::{own}")))
        };
        let all: Vec<&str> = answers()
            .into_iter()
            .filter(|(_, view)| of_a_secret(view))
            .map(|(name, _)| name)
            .collect();
        assert!(all.len() > 8, "{all:?}");
        for name in all {
            assert!(may_ask(name, ID).is_err(), "{name}");
        }
    }

    #[test]
    fn a_command_has_an_id() {
        assert!(may_ask("case.find", "").is_err());
        assert!(may_ask("case.find", "1").is_err());
    }
}
