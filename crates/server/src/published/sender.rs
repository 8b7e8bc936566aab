//! Who sends: the credential in `Authorization: Bearer`, bound to one OU code.

use crate::State;
use app::{Error, account::machine_of};
use axum::http::{HeaderMap, header};
use contract::{Code, Problem};
use domain::account::Machine;

/// The system whose credential came with the request.
///
/// # Errors
/// `signed_out`, without a good credential.
pub(super) async fn sender(state: &State, headers: &HeaderMap) -> Result<Machine, Error> {
    let secret = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, secret)| secret.trim());
    let secret = secret.ok_or_else(|| {
        Problem::new(
            Code::SignedOut,
            "The request carries no credential.",
            "Send the credential's secret as Authorization: Bearer.",
        )
    })?;
    machine_of(&state.app, secret).await
}

/// The same, if the credential is bound to this OU code.
///
/// # Errors
/// Also `not_permitted`, for another OU code.
pub(super) async fn sender_for(
    state: &State,
    headers: &HeaderMap,
    ou_code: &str,
) -> Result<Machine, Error> {
    let machine = sender(state, headers).await?;
    if machine.ou_code.eq_ignore_ascii_case(ou_code) {
        return Ok(machine);
    }
    Err(Problem::new(
        Code::NotPermitted,
        "The credential is not bound to this OU code.",
        "Use the OU code for which the credential was issued.",
    )
    .into())
}
