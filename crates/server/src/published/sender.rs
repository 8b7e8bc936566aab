//! Who sends: the credential in `Authorization: Bearer`, bound to one OU code, and from
//! where. Whoever has none, or one for another code, is counted as refused.

use crate::{
    State,
    http::{origin_of, refused::word},
    state::Shared,
};
use app::{
    Error,
    account::{Sender, machine_of},
    audit::Refusal,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use contract::{Code, Problem};
use domain::Origin;
use std::convert::Infallible;

/// A request of a system, before it is known whose.
pub(super) struct Knock {
    /// From where.
    pub(super) from: Origin,
    /// What counts as one address where tries are counted.
    pub(super) address: String,
    /// What is asked: method and path.
    pub(super) asked: String,
}

impl FromRequestParts<Shared> for Knock {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Infallible> {
        let (from, address) = origin_of(parts);
        Ok(Self {
            from,
            address,
            asked: format!("{} {}", parts.method, parts.uri.path()),
        })
    }
}

impl Knock {
    /// The system whose credential came with the request.
    ///
    /// # Errors
    /// `signed_out`, without a good credential.
    pub(super) async fn sender(&self, state: &State, headers: &HeaderMap) -> Result<Sender, Error> {
        let found = self.known(state, headers).await;
        self.counted(state, "a system", found)
    }

    /// The same, if the credential is bound to this OU code.
    ///
    /// # Errors
    /// Also `not_permitted`, for another OU code.
    pub(super) async fn sender_for(
        &self,
        state: &State,
        headers: &HeaderMap,
        ou_code: &str,
    ) -> Result<Sender, Error> {
        let sender = self.sender(state, headers).await?;
        if sender.ou_code.eq_ignore_ascii_case(ou_code) {
            return Ok(sender);
        }
        let problem = Problem::new(
            Code::NotPermitted,
            "The credential is not bound to this OU code.",
            "Use the OU code for which the credential was issued.",
        );
        self.counted(state, &sender.name, Err(problem.into()))
    }

    async fn known(&self, state: &State, headers: &HeaderMap) -> Result<Sender, Error> {
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
        let machine = machine_of(&state.app, secret).await?;
        Ok(Sender {
            machine,
            from: Some(self.from.clone()),
        })
    }

    /// What was not this system's, or nobody's, is noted.
    pub(super) fn counted<T>(
        &self,
        state: &State,
        name: &str,
        outcome: Result<T, Error>,
    ) -> Result<T, Error> {
        if let Err(Error::Problem(problem)) = &outcome
            && matches!(
                problem.code,
                Code::SignedOut | Code::NotPermitted | Code::NotFound | Code::TooManyTries
            )
        {
            self.refused(state, name, &word(problem.code));
        }
        outcome
    }

    /// Notes a refusal.
    pub(super) fn refused(&self, state: &State, name: &str, code: &str) {
        let refusal = Refusal {
            account: None,
            name: name.to_owned(),
            address: self.from.address.clone(),
            asked: self.asked.clone(),
            about: String::new(),
            code: code.to_owned(),
            why: String::new(),
        };
        metrics::counter!("refused_total").increment(1);
        state.app.refusals.note(refusal, state.app.chance.now());
    }
}
