//! Mail to people about their accounts. What waits names an account and nothing else; words and
//! link are made when it is sent, and what is no longer true is not sent. It says nothing of
//! any case.

use super::{link, record, to_stream, version_of};
use crate::{
    App, Error,
    ports::{MailFate, MailKind, Message, Outcome, WaitingMail},
};
use domain::{
    Actor, Moment,
    account::{Account, RegistrationStanding, Standing, decide},
};
use serde_json::Value;
use vocabulary::{AccountId, CommandId, Instant, OrganisationId};

/// The most in a round.
const MOST: i64 = 50;
/// How long a claim holds, in seconds: longer than a round takes.
const CLAIM: i64 = 15 * 60;
/// The first time for which mail that was not taken rests, in seconds; each further one is twice as long.
const REST: i64 = 30;
/// The longest.
const LONGEST_REST: i64 = 60 * 60;
/// After how long mail that nobody takes is given up, in seconds: a week.
const GIVE_UP: i64 = 7 * 24 * 60 * 60;

/// Renews the links that were asked for, then sends what waits; says how much was sent.
/// Without a mail server it waits.
///
/// # Errors
/// If the record cannot be read or written.
pub async fn send_mail(app: &App) -> Result<usize, Error> {
    for email in app.people.take_asked(MOST).await? {
        match renew(app, &email).await {
            // It was not for somebody who waits for a link: nobody is told.
            Ok(()) | Err(Error::Problem(_) | Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    if !app.mailer.is_set_up() {
        return Ok(0);
    }
    let now = app.chance.now();
    let claimed = app
        .people
        .claim_mail(now, now.plus_seconds(CLAIM), MOST)
        .await?;
    let mut sent = 0;
    for mail in claimed {
        let fate = send(app, &mail).await?;
        sent += usize::from(fate == MailFate::Sent);
        app.people.settle_mail(mail.id, fate).await?;
    }
    Ok(sent)
}

async fn renew(app: &App, email: &str) -> Result<(), Error> {
    let Some(account) = app.index.account_by_email(email).await? else {
        return Ok(());
    };
    let version = version_of(app, account.id.0).await?;
    let event = decide::renew(&account)?;
    // The link that they have is good until another is made: whoever asks in their name
    // takes nothing from them.
    let moment = Moment {
        at: app.chance.now(),
        by: Actor::Service,
    };
    let streams = vec![to_stream(account.id.0, version, vec![event])];
    let command = CommandId(app.chance.id());
    record(app, command, moment, streams, Value::Null)
        .await
        .map(|_| ())
}

async fn send(app: &App, mail: &WaitingMail) -> Result<MailFate, Error> {
    let now = app.chance.now();
    if mail.since.plus_seconds(GIVE_UP) < now {
        tracing::error!(mail = %mail.id, "mail that no server took for a week is given up");
        return Ok(MailFate::Dropped);
    }
    let Some((to, subject, text)) = words(app, mail).await? else {
        return Ok(MailFate::Dropped);
    };
    let message = Message {
        id: mail.id,
        to,
        subject: subject.to_owned(),
        text,
        at: now,
    };
    Ok(match app.mailer.send(message).await {
        Outcome::Taken { .. } => MailFate::Sent,
        Outcome::NotNow { why, .. } => {
            tracing::warn!(mail = %mail.id, why, "mail was not taken; trying again");
            MailFate::Later(later(now, mail.tried))
        }
        Outcome::Never { why } => {
            tracing::error!(mail = %mail.id, why, "mail was refused for good");
            MailFate::Refused
        }
    })
}

fn later(now: Instant, tried: u64) -> Instant {
    let rest = REST << tried.min(8);
    now.plus_seconds(rest.min(LONGEST_REST))
}

/// To whom, and what it says; none if it is not true any more.
async fn words(
    app: &App,
    mail: &WaitingMail,
) -> Result<Option<(String, &'static str, String)>, Error> {
    if mail.kind == MailKind::RegistrationRefused {
        return refused(app, OrganisationId(mail.about)).await;
    }
    let Some(account) = app.index.account(AccountId(mail.about)).await? else {
        return Ok(None);
    };
    let (subject, text) = match (mail.kind, account.life.standing) {
        (MailKind::Invitation, Standing::Invited) => (
            "Activate your Common Platform account",
            invitation(app, &account).await?,
        ),
        (MailKind::IdleWarning, Standing::Active) => {
            let Some(text) = warning(app, &account).await? else {
                return Ok(None);
            };
            ("Your Common Platform account will be suspended", text)
        }
        (MailKind::Lapsed, Standing::Idle) => (
            "Your Common Platform account is suspended",
            format!(
                "{},\n\nnobody signed in with your account for long, so it is suspended. Nothing \
                 was deleted.\n\nAsk the administrator of your organisation, or the service \
                 centre, to let it in again.\n",
                account.name
            ),
        ),
        _ => return Ok(None),
    };
    Ok(Some((account.email, subject, text)))
}

async fn invitation(app: &App, account: &Account) -> Result<String, Error> {
    let organisation = app.index.organisation(account.organisation).await?;
    let organisation = organisation.map(|own| own.name).unwrap_or_default();
    let link = link::make(app, account).await?;
    Ok(format!(
        "{},\n\n{organisation} invited you to Common Platform.\n\nOpen Common Platform, choose \
         \"Activate your account\", and paste this link:\n\n{}\n\nIt works once, until {}. If you \
         were sent others, only the newest works. You will choose a password and accept the terms \
         of use; it takes a few minutes.\n\nIf you did not expect this, do nothing.\n",
        account.name,
        link.link,
        link.until.day().in_words()
    ))
}

/// Only if nobody signed in since.
async fn warning(app: &App, account: &Account) -> Result<Option<String>, Error> {
    let used = app.people.uses_of(&[account.id]).await?;
    let used = used.first().map(|(_, at)| *at);
    let Some(warned) = account.life.warned else {
        return Ok(None);
    };
    if used.is_some_and(|used| used > warned.at) {
        return Ok(None);
    }
    let limits = app.catalogue.people.limits(warned.at.day());
    Ok(Some(format!(
        "{},\n\nnobody has signed in with your account for {} days. After {} days it is \
         suspended.\n\nSign in once and it stays. If it is suspended, nothing is deleted: the \
         administrator of your organisation can let it in again.\n",
        account.name, warned.days, limits.suspend_after_days
    )))
}

async fn refused(
    app: &App,
    organisation: OrganisationId,
) -> Result<Option<(String, &'static str, String)>, Error> {
    let Some(kept) = app.people.registration(organisation).await? else {
        return Ok(None);
    };
    let RegistrationStanding::Refused { reason } = kept.registration.standing else {
        return Ok(None);
    };
    let said = kept.registration.said;
    let text = format!(
        "{},\n\nthe registration of {} was refused by HMCTS staff:\n\n{reason}\n\nYou can \
         register again.\n",
        said.accountable.name, said.name
    );
    let to = said.accountable.email;
    Ok(Some((to, "Your registration was refused", text)))
}
