//! The link that activates an account: 130 bits in capital letters and digits without those
//! that look alike, kept as a hash. It stands behind the `#` of an address, so that whoever
//! opens it in a browser sends it to nobody. One account has one: a new one voids the last.

use super::{record, to_stream, version_of};
use crate::{App, Error, account::token_hash};
use contract::{Code, Problem, organisation::Link};
use domain::{
    Moment,
    account::{Account, decide},
};
use vocabulary::CommandId;

/// No 0, 1, I, O: people read these over the telephone.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// How long a code is.
const LENGTH: usize = 26;
/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// Letters by chance, five bits each, in groups of four; at most 32.
pub(super) fn letters(app: &App, length: usize) -> String {
    let secret = app.chance.secret();
    let mut text = String::new();
    for (at, byte) in secret.iter().take(length).enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    text
}

/// What a link, or the code in it, is kept as; none if it cannot be one.
pub(crate) fn hash(typed: &str) -> Option<String> {
    let code = typed.rsplit('#').next().unwrap_or(typed);
    let code: String = code
        .chars()
        .take(4 * LENGTH)
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    (code.len() == LENGTH).then(|| token_hash(&format!("activation {code}")))
}

/// The one answer for a link that was used, replaced, expired, or never made.
pub(crate) fn not_good() -> Problem {
    Problem::new(
        Code::Refused,
        "This link is not good, or no longer.",
        "Use the newest link that you were sent, or ask for another below.",
    )
    .because("A link works once, for 28 days, and only until a newer one is sent.")
}

/// A new link for an account; the one before is void.
pub(super) async fn make(app: &App, account: &Account) -> Result<Link, Error> {
    let now = app.chance.now();
    let days = app.catalogue.people.limits(now.day()).activation_days;
    let until = now.plus_seconds(days * DAY);
    let code = letters(app, LENGTH);
    let kept = hash(&code).ok_or_else(|| Error::Broken("a code is no code".to_owned()))?;
    app.people.put_code(account.id, &kept, now, until).await?;
    Ok(Link {
        email: account.email.clone(),
        link: format!("{}/activate#{code}", app.mailer.public_url()),
        until,
    })
}

/// A new link for whoever has the record in their hands, from the command line.
///
/// # Errors
/// If no account of the address waits for one.
pub async fn renew_link(app: &App, email: &str) -> Result<Link, Error> {
    let email = email.trim().to_lowercase();
    let account = app.index.account_by_email(&email).await?.ok_or_else(|| {
        Problem::new(
            Code::NotFound,
            format!("There is no account for {email}."),
            "Give an address as `account list` shows it.",
        )
    })?;
    let version = version_of(app, account.id.0).await?;
    let event = decide::renew(&account)?;
    let moment = Moment {
        at: app.chance.now(),
        by: app.acting(),
    };
    let streams = vec![to_stream(account.id.0, version, vec![event])];
    let command = CommandId(app.chance.id());
    record(app, command, moment, streams, serde_json::Value::Null).await?;
    make(app, &account).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_in_its_link_and_however_it_is_typed() {
        let code = "2345-6789-ABCD-EFGH-JKLM-NPQR-ST";
        let kept = hash(code).unwrap();
        assert_eq!(hash("23456789abcdefghjklmnpqrst").as_ref(), Some(&kept));
        let link = format!(" https://court.example/activate#{code}\n");
        assert_eq!(hash(&link).as_ref(), Some(&kept));
        for other in ["", "2345", "2345-6789-ABCD-EFGH-JKLM-NPQR-STT", "#"] {
            assert_eq!(hash(other), None, "{other}");
        }
    }
}
