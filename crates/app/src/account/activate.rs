//! A person takes on the account that waits for them: with the link that was sent to their
//! address, a password of their own, and the terms of use. A link works once; whoever comes
//! with one that does not is told the same, whatever is wrong with it.

use super::{DAY, new_password, token_hash};
use crate::{
    App, Caller, Error, UseCase,
    defence::both_sides,
    organisation::{admit, code_hash, not_good, record, to_stream, version_of},
    ports::TryLimit,
};
use async_trait::async_trait;
use contract::activation::{Activate, Activated, Activation, AskAgain, AskedAgain, Invitation};
use domain::{
    Actor, Moment,
    account::{Account, Organisation, Standing, decide},
};
use vocabulary::AccountId;

/// Tries from one address within a quarter of an hour: a whole firm may activate at once.
const TRIES: u64 = 100;
/// How long somebody may take over it once they have claimed the link, in seconds.
const CLAIM: i64 = 120;
/// How often a link is sent again for one address within a day.
const AGAIN: u64 = 5;

#[async_trait]
impl UseCase for Activation {
    /// Whose account it is, and what must be accepted.
    async fn answer(self, app: &App, who: &Caller) -> Result<Invitation, Error> {
        admit(app, who, "activates", TRIES, 15 * 60).await?;
        let now = app.chance.now();
        let hash = code_hash(&self.code).ok_or_else(not_good)?;
        let id = app.people.code(&hash, now).await?.ok_or_else(not_good)?;
        let account = waiting(app, id).await?;
        let organisation = app.index.organisation(account.organisation).await?;
        let by_provider = signs_in(organisation.as_ref(), &account);
        let terms = app.catalogue.people.terms(now.day());
        Ok(Invitation {
            name: account.name,
            email: account.email,
            role: account.role,
            by_provider,
            organisation: organisation.map(|own| own.name).unwrap_or_default(),
            terms_version: terms.version.clone(),
            terms: terms.paragraphs.clone(),
            password_rule: new_password::RULE.to_owned(),
        })
    }
}

#[async_trait]
impl UseCase for Activate {
    /// What the person must put right is said before the link is used up.
    async fn answer(self, app: &App, who: &Caller) -> Result<Activated, Error> {
        admit(app, who, "activates", TRIES, 15 * 60).await?;
        let now = app.chance.now();
        let hash = code_hash(&self.code).ok_or_else(not_good)?;
        let id = app.people.code(&hash, now).await?.ok_or_else(not_good)?;
        who.meant.is(id);
        let version = version_of(app, id.0).await?;
        let account = waiting(app, id).await?;

        let terms = app.catalogue.people.terms(now.day());
        let event = decide::activate(&account, &self.terms, &terms.version)?;
        // A password would be asked for here and refused at every door for ever after.
        let organisation = app.index.organisation(account.organisation).await?;
        let by_provider = signs_in(organisation.as_ref(), &account);
        if !by_provider {
            new_password::must_be_good(app, &account, &self.password).await?;
        }

        let claimed = app
            .people
            .claim_code(&hash, now, now.plus_seconds(CLAIM))
            .await?;
        if claimed != Some(id) {
            return Err(not_good().into());
        }
        let activated = async {
            if !by_provider {
                new_password::keep(app, &account, &self.password).await?;
            }
            let moment = Moment {
                at: now,
                by: Actor::Person {
                    account: account.id,
                    name: account.name.clone(),
                    organisation: account.organisation,
                    from: who.from.clone(),
                    under: Some("the link of an invitation".to_owned()),
                },
            };
            let answer = serde_json::to_value(Activated {
                email: account.email.clone(),
                at: now,
            })?;
            let mut streams = vec![to_stream(id.0, version, vec![event])];
            if let Some(own) = &organisation {
                streams.extend(both_sides::arising(app, &account, own, None).await?);
            }
            record(app, who.command, moment, streams, answer).await
        };
        match activated.await {
            Ok(answer) => {
                app.people.end_code(id).await?;
                app.people.note_use(id, now).await?;
                Ok(serde_json::from_value(answer)?)
            }
            Err(error) => {
                app.people.release_code(id).await?;
                Err(error)
            }
        }
    }
}

#[async_trait]
impl UseCase for AskAgain {
    /// The same answer, and the same work, whatever the address is: it is only noted here, and
    /// looked up later by whoever sends mail.
    async fn answer(self, app: &App, who: &Caller) -> Result<AskedAgain, Error> {
        admit(app, who, "asks for a link", TRIES, 15 * 60).await?;
        let asked = AskedAgain {
            mail: app.mailer.is_set_up(),
        };
        let email = self.email.trim().to_lowercase();
        if email.len() > 254 || !email.contains('@') || email.contains('\0') {
            return Ok(asked);
        }
        let now = app.chance.now();
        let limit = TryLimit {
            name: token_hash(&format!("a link for {email}")),
            most: AGAIN,
            window_seconds: DAY,
        };
        if app.work.admit_try(&[limit], now).await? {
            app.people.ask_for_code(&email, now).await?;
        }
        Ok(asked)
    }
}

/// Whether the organisation's own provider signs the person in.
fn signs_in(organisation: Option<&Organisation>, account: &Account) -> bool {
    let provider = organisation.and_then(|own| own.signing_in.provider.as_ref());
    provider.is_some_and(|provider| provider.speaks_for(&account.email))
}

/// The account, if it still waits for its person.
async fn waiting(app: &App, id: AccountId) -> Result<Account, Error> {
    let account = app.index.account(id).await?;
    let account = account.filter(|own| own.life.standing == Standing::Invited);
    account.ok_or_else(|| not_good().into())
}
