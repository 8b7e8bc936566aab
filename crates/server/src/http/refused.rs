//! Refusals on their way into the record: what was not this person's, or nobody's. What
//! the court's rules say no to, and what was asked wrongly, is not of this kind. A virus that
//! somebody sent is.

use crate::State;
use app::{Caller, Error, audit::Refusal};
use contract::{Code, Endpoint, Problem};
use uuid::Uuid;
use vocabulary::{Day, Urn};

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

/// The longest word for a kind of printout.
const LONGEST_WORD: usize = 40;

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
pub(super) fn of_request<R: Endpoint>(state: &State, caller: &Caller, body: &[u8], error: &Error) {
    let Some(problem) = to_count(error).or_else(|| not_let_in(R::NAME, error)) else {
        return;
    };
    note(state, caller, R::NAME, &about::<R>(body), problem);
}

/// Which thing a request is about: what its use case was asked, and nothing else that somebody
/// put beside it. The record would say it to whoever reads a report, and of whom it is not.
pub(super) fn about<R: Endpoint>(body: &[u8]) -> String {
    let request = serde_json::from_slice::<R>(body).ok();
    let request = request.and_then(|request| serde_json::to_value(request).ok());
    let request = request.unwrap_or_default();
    let about = ABOUT.iter().find_map(|name| request.get(name)?.as_str());
    about.map(named).unwrap_or_default()
}

/// A thing by its name, in the one form that it has in the record: an id, a reference, the word
/// for a printout with its ids, an address. Anything else would be a text of whoever asked.
fn named(text: &str) -> String {
    if let Ok(id) = text.parse::<Uuid>() {
        return id.to_string();
    }
    let mut parts = text.split(['.', '/']);
    let word = parts.next().unwrap_or_default();
    let is_word = |c: char| c.is_ascii_lowercase() || c == '-' || c == '_';
    let ids: Option<Vec<String>> = parts.map(part).collect();
    if let Some(ids) = ids.filter(|ids| !ids.is_empty())
        && word.len() <= LONGEST_WORD
        && word.chars().all(is_word)
    {
        return format!("{word}.{}", ids.join("."));
    }
    if let Ok(urn) = Urn::parse(text) {
        return urn.to_string();
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "@+-_".contains(c);
    let holds_an_id = || {
        text.split(['.', '@'])
            .any(|part| part.parse::<Uuid>().is_ok())
    };
    let is_plain = text.chars().all(|c| plain(c) || c == '.');
    if is_plain && !holds_an_id() {
        return text.to_owned();
    }
    String::new()
}

/// A part of the word for a printout: an id, a day, an OU code.
fn part(text: &str) -> Option<String> {
    if let Ok(id) = text.parse::<Uuid>() {
        return Some(id.to_string());
    }
    let is_day = text.parse::<Day>().is_ok();
    let is_code = text.len() == 7 && text.chars().all(|c| c.is_ascii_alphanumeric());
    (is_day || is_code).then(|| text.to_owned())
}

/// Counts a refusal of bytes.
pub(super) fn of_bytes(state: &State, caller: &Caller, asked: &str, id: &str, error: &Error) {
    if let Some(problem) = to_count(error) {
        note(state, caller, asked, &named(id), problem);
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
    let from = from.or(caller.from.as_ref());
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

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{account::SignIn, case::View, hearing};

    const ID: &str = "0191d7a4-0000-7000-8000-00000000ab01";
    const OTHER: &str = "0191d7a4-0000-7000-8000-00000000ab02";

    #[test]
    fn a_request_is_about_what_it_asks_and_not_what_stands_beside_it() {
        let upper = format!(r#"{{"case_id":"{}"}}"#, ID.to_uppercase());
        assert_eq!(about::<View>(upper.as_bytes()), ID);
        let decoy = format!(r#"{{"case_id":"{OTHER}","hearing_id":"{ID}"}}"#);
        assert_eq!(about::<hearing::View>(decoy.as_bytes()), ID);
        let beside = format!(r#"{{"email":"a@b.example","password":"x","account_id":"{ID}"}}"#);
        assert_eq!(about::<SignIn>(beside.as_bytes()), "");
    }

    #[test]
    fn what_it_is_about_is_a_name_and_no_text_of_whoever_asks() {
        assert_eq!(named("29gd / 1234526"), "29GD1234526");
        assert_eq!(
            named(&format!("receipt.{}", ID.to_uppercase())),
            format!("receipt.{ID}")
        );
        assert_eq!(
            named("ada.wren@court.example.test"),
            "ada.wren@court.example.test"
        );
        let list = format!("day-list.{ID}.2026-11-27");
        assert_eq!(named(&list), list);
        for text in [
            "29GD1234526/ leaked to press by X",
            "leaked to the press by X",
            &format!("{ID}.leaked@press.example"),
            &format!("{ID}/leaked"),
            "=cmd()",
        ] {
            assert_eq!(named(text), "", "{text}");
        }
    }
}
