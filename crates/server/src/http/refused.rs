//! Refusals on their way into the record: what was not this person's, or nobody's. What
//! the court's rules say no to, and what was asked wrongly, is not of this kind. A virus that
//! somebody sent is.

use crate::State;
use app::{Caller, Error, audit::Refusal};
use contract::{Code, Problem};
use serde_json::Value;

/// Where a request says which thing it is about, the most telling first. An address that
/// somebody tries to sign in with is not among them: people type passwords there.
const ABOUT: [&str; 14] = [
    "case_id",
    "case",
    "hearing_id",
    "document_id",
    "material_id",
    "delivery_id",
    "opening_id",
    "upload_id",
    "reference",
    "which",
    "court_id",
    "courtroom_id",
    "account_id",
    "organisation_id",
];

/// Ways in: what is refused there is somebody who does not get in, whatever they are told.
const WAYS_IN: [&str; 9] = [
    "account.sign_in",
    "account.confirm_sign_in",
    "account.end_provider_sign_in",
    "account.end_passkey_sign_in",
    "account.prove",
    "account.end_passkey_proof",
    "account.reset_password",
    "account.activation",
    "account.activate",
];

/// Counts a refusal of a command or query.
pub(super) fn of_request(state: &State, caller: &Caller, asked: &str, body: &[u8], error: &Error) {
    let Some(problem) = to_count(error).or_else(|| not_let_in(asked, error)) else {
        return;
    };
    note(state, caller, asked, &about(body), problem);
}

/// Which thing a request is about, as it says itself.
pub(super) fn about(body: &[u8]) -> String {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let about = ABOUT.iter().find_map(|name| body.get(name)?.as_str());
    about.unwrap_or_default().to_owned()
}

/// Counts a refusal of bytes.
pub(super) fn of_bytes(state: &State, caller: &Caller, asked: &str, id: &str, error: &Error) {
    if let Some(problem) = to_count(error) {
        note(state, caller, asked, id, problem);
    }
}

fn to_count(error: &Error) -> Option<&Problem> {
    match error {
        Error::Problem(problem)
            if matches!(
                problem.code,
                Code::NotFound
                    | Code::NotPermitted
                    | Code::ReasonNeeded
                    | Code::TooManyTries
                    | Code::VirusFound
                    | Code::WrongPassword
            ) =>
        {
            Some(problem)
        }
        _ => None,
    }
}

/// A wrong code, a link that is not good, a provider or passkey that did not vouch. That a
/// right password alone is not enough is no refusal yet.
fn not_let_in<'a>(asked: &str, error: &'a Error) -> Option<&'a Problem> {
    let Error::Problem(problem) = error else {
        return None;
    };
    let refused = match problem.code {
        Code::Refused => true,
        Code::SecondFactorNeeded => asked != "account.sign_in",
        _ => false,
    };
    (refused && WAYS_IN.contains(&asked)).then_some(problem)
}

fn note(state: &State, caller: &Caller, asked: &str, about: &str, problem: &Problem) {
    let person = caller.person.as_ref();
    let from = person.and_then(|person| person.circumstances.from.as_ref());
    // To whoever tries to be somebody, it is that somebody that it is about.
    let meant = caller.meant.account();
    let about = meant.map_or_else(|| about.to_owned(), |account| account.to_string());
    let refusal = Refusal {
        account: person.map(|person| person.account.id),
        name: person
            .map_or("nobody signed in", |person| person.account.name.as_str())
            .to_owned(),
        address: from.map_or_else(|| caller.address.clone(), |from| from.address.clone()),
        asked: asked.to_owned(),
        about,
        code: word(problem.code),
        why: problem.reference.clone().unwrap_or_default(),
    };
    metrics::counter!("refused_total").increment(1);
    state.app.refusals.note(refusal, state.app.chance.now());
}

/// A code as the record has it.
pub(crate) fn word(code: Code) -> String {
    let word = serde_json::to_value(code).ok();
    let word = word.and_then(|word| word.as_str().map(str::to_owned));
    word.unwrap_or_default()
}
