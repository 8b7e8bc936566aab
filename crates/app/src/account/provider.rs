//! Signing in by an organisation's own identity provider, in the system's browser
//! (RFC 8252). Which organisation is read off the domain of the address, never off
//! whether there is an account. Who comes back is matched by a verified address to an
//! account of that organisation alone, once; from then on the provider's word for the
//! person is bound to the account, and no other address there opens it.
//!
//! Every such sign-in, the one that unlocks a window or proves anew who is here included,
//! is a fresh one: the provider is asked to have the person prove it now, and must say when
//! they did. A browser that is still signed in there proves nothing.

use super::{
    session::token_hash,
    sign_in::{begin_session, is_possible},
    tries::admit_from,
};
use crate::{
    App, Caller, Error, UseCase,
    ports::{Claimed, ProviderFault, ProviderSignIn},
};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    account::SignedIn as SignedInView,
    security::{BeginProviderSignIn, EndProviderSignIn, ProviderSignIn as Begun},
};
use domain::account::{Account, Organisation, Proven, Provider};
use vocabulary::OrganisationId;

/// How long somebody may take in their browser, in seconds.
const TAKES: i64 = 10 * 60;

#[async_trait]
impl UseCase for BeginProviderSignIn {
    /// Where to send the browser.
    async fn answer(self, app: &App, who: &Caller) -> Result<Begun, Error> {
        let now = app.chance.now();
        admit_from(app, "provider begin", &who.address, now).await?;
        let email = self.email.trim().to_lowercase();
        if !is_possible(&email) || !is_loopback(&self.redirect) {
            return Err(no_provider());
        }
        let (organisation, provider) = speaking_for(app, &email).await?.ok_or_else(no_provider)?;
        let begun = app
            .providers
            .begin(&provider, &self.redirect)
            .await
            .map_err(|fault| away(&fault))?;
        let secret = hex::encode(app.chance.secret());
        let sign_in = ProviderSignIn {
            organisation,
            issuer: provider.issuer,
            state: begun.state,
            nonce: begun.nonce,
            verifier: begun.verifier,
            redirect: self.redirect,
            proved_from: begun.proved_from,
            expires_at: now.plus_seconds(TAKES),
        };
        app.sign_ins
            .begin_provider_sign_in(&token_hash(&secret), &sign_in)
            .await?;
        Ok(Begun {
            url: begun.url,
            secret,
        })
    }
}

#[async_trait]
impl UseCase for EndProviderSignIn {
    /// Opens a session of whoever came back.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedInView, Error> {
        let now = app.chance.now();
        admit_from(app, "provider end", &who.address, now).await?;
        // Taken first: whatever comes of it, it is good once.
        let begun = app
            .sign_ins
            .take_provider_sign_in(&token_hash(&self.secret), now)
            .await?
            .filter(|begun| token_hash(&begun.state) == token_hash(&self.state))
            .ok_or_else(too_late)?;
        let organisation = app.index.organisation(begun.organisation).await?;
        let organisation = organisation.ok_or_else(too_late)?;
        // The organisation may have changed its provider meanwhile.
        let provider = organisation
            .signing_in
            .provider
            .clone()
            .filter(|provider| provider.issuer == begun.issuer)
            .ok_or_else(too_late)?;
        let claimed = app
            .providers
            .end(&provider, &begun, &self.code)
            .await
            .map_err(|fault| match fault {
                ProviderFault::Away(_) => away(&fault),
                ProviderFault::Refused(_) => {
                    // The person can only begin again; what it is, its operator must know.
                    tracing::warn!(%fault, "an identity provider");
                    too_late()
                }
            })?;
        let account = account_of(app, &provider, &organisation, &claimed).await?;
        // A colleague at the same provider is somebody else: nothing of the window is theirs.
        if self.unlocks.is_some_and(|whose| whose != account.id) {
            return Err(somebody_else());
        }
        // The organisation asked for what it asks for; we do not ask a second time.
        begin_session(app, who, account, None, Proven::Provider).await
    }
}

/// The account of somebody at a provider, of this organisation with its offices alone: of those
/// for which this provider speaks.
async fn account_of(
    app: &App,
    provider: &Provider,
    organisation: &Organisation,
    claimed: &Claimed,
) -> Result<Account, Error> {
    let bound = app
        .sign_ins
        .identity(&provider.issuer, &claimed.subject)
        .await?;
    if let Some(id) = bound {
        let account = app.index.account(id).await?;
        return own(app, provider, organisation, account).await;
    }
    let email = claimed
        .email
        .as_deref()
        .filter(|email| claimed.email_verified && provider.speaks_for(email))
        .ok_or_else(nobody)?;
    let email = email.trim().to_lowercase();
    let account = app.index.account_by_email(&email).await?;
    let account = own(app, provider, organisation, account).await?;
    let is_bound = app
        .sign_ins
        .bind_identity(
            &provider.issuer,
            &claimed.subject,
            account.id,
            app.chance.now(),
        )
        .await?;
    // Somebody else there had this address before, and is who the account is bound to.
    if is_bound { Ok(account) } else { Err(nobody()) }
}

/// The account, if it is of that organisation or an office of it, and whoever's it is signs in
/// by this provider.
async fn own(
    app: &App,
    provider: &Provider,
    organisation: &Organisation,
    account: Option<Account>,
) -> Result<Account, Error> {
    let account = account.filter(|own| own.active).ok_or_else(nobody)?;
    let office = app.index.organisation(account.organisation).await?;
    let office = office.filter(|office| {
        let theirs = office.signing_in.provider.as_ref();
        office.head() == organisation.head()
            && theirs.is_some_and(|own| own.issuer == provider.issuer)
    });
    office.map(|_| account).ok_or_else(nobody)
}

/// A person whose organisation signs them in has nothing else to sign in with here: a password or
/// a second factor from before it had a provider would be a door beside it, with nobody there to
/// close it.
///
/// # Errors
/// If the organisation's own provider speaks for their address.
pub(super) async fn must_have_password(app: &App, account: &Account) -> Result<(), Error> {
    let organisation = app.index.organisation(account.organisation).await?;
    let provider = organisation.and_then(|organisation| organisation.signing_in.provider);
    if provider.is_some_and(|provider| provider.speaks_for(&account.email)) {
        return Err(Problem::new(
            Code::Refused,
            "Your organisation signs you in; nothing else opens your account here.",
            "Sign in with your organisation.",
        )
        .into());
    }
    Ok(())
}

/// The organisation whose provider speaks for an address.
async fn speaking_for(app: &App, email: &str) -> Result<Option<(OrganisationId, Provider)>, Error> {
    let organisations = app.index.organisations().await?;
    let speaks = |organisation: Organisation| {
        let provider = organisation.signing_in.provider?;
        provider
            .speaks_for(email)
            .then_some((organisation.id, provider))
    };
    Ok(organisations.into_iter().find_map(speaks))
}

/// Whether an address is one on which a desktop waits for its browser: of this computer
/// by number, because a name could be pointed elsewhere (RFC 8252, section 8.3).
pub(super) fn is_loopback(redirect: &str) -> bool {
    redirect
        .strip_prefix("http://127.0.0.1:")
        .and_then(|rest| rest.strip_suffix("/signed-in"))
        .is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

fn no_provider() -> Error {
    Problem::new(
        Code::Refused,
        "No organisation signs people of that address in by itself.",
        "Sign in with your password, or check the address.",
    )
    .into()
}

fn away(fault: &ProviderFault) -> Error {
    tracing::warn!(%fault, "an identity provider");
    Problem::new(
        Code::Refused,
        "Your organisation's sign-in does not answer as it should.",
        "Try again in a minute; if it goes on, tell your organisation's support.",
    )
    .into()
}

fn too_late() -> Error {
    Problem::new(
        Code::Refused,
        "That sign-in is not good, or not any more.",
        "Begin again.",
    )
    .into()
}

fn somebody_else() -> Error {
    Problem::new(
        Code::Refused,
        "Somebody else signed in at your organisation; this window is not theirs.",
        "Sign in there as whoever is signed in here, or sign out here first.",
    )
    .into()
}

fn nobody() -> Error {
    Problem::new(
        Code::WrongPassword,
        "Your organisation knows you, but you have no account here that is yours.",
        "Ask your organisation's administrator.",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_comes_back_to_this_computer_by_number_alone() {
        assert!(is_loopback("http://127.0.0.1:49152/signed-in"));
        for other in [
            "http://localhost:49152/signed-in",
            "http://127.0.0.1:49152/",
            "http://127.0.0.1/signed-in",
            "http://127.0.0.1:0/signed-in",
            "http://127.0.0.1:1@evil.test/signed-in",
            "https://evil.test/signed-in",
            "http://127.0.0.1:49152/signed-in?x",
        ] {
            assert!(!is_loopback(other), "{other}");
        }
    }
}
