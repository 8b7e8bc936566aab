//! How an organisation's people sign in: an administrative fact, in the record.

use super::record::record;
use crate::{App, Error, ports::Expected};
use domain::account::{AccountEvent, Organisation, Provider, SigningIn};

/// Asks a second factor of everybody of an organisation, its other offices included; or no
/// longer of one office: what an office asks for itself, its head does not take back.
///
/// # Errors
/// If the record cannot be written.
pub async fn require_second_factor(
    app: &App,
    organisation: &Organisation,
    required: bool,
) -> Result<(), Error> {
    let offices = if required {
        let known = app.index.organisations().await?;
        let own = |one: &Organisation| one.profile.office_of == Some(organisation.id);
        known.into_iter().filter(own).collect()
    } else {
        Vec::new()
    };
    for one in std::iter::once(organisation).chain(&offices) {
        let signing_in = SigningIn {
            second_factor: required,
            ..one.signing_in.clone()
        };
        settle(app, one, signing_in).await?;
    }
    Ok(())
}

/// Names the identity provider of an organisation with its offices, or that it has none: then an
/// office that has another keeps that.
///
/// # Errors
/// If the record cannot be written.
pub async fn set_provider(
    app: &App,
    organisation: &Organisation,
    provider: Option<Provider>,
) -> Result<(), Error> {
    let issuer = |one: &Organisation| {
        one.signing_in
            .provider
            .as_ref()
            .map(|own| own.issuer.clone())
    };
    let offices = app.index.organisations().await?.into_iter().filter(|one| {
        let own = one.profile.office_of == Some(organisation.id);
        own && (provider.is_some() || issuer(one) == issuer(organisation))
    });
    let offices: Vec<Organisation> = offices.collect();
    for one in std::iter::once(organisation).chain(&offices) {
        let signing_in = SigningIn {
            provider: provider.clone(),
            ..one.signing_in.clone()
        };
        settle(app, one, signing_in).await?;
    }
    Ok(())
}

async fn settle(
    app: &App,
    organisation: &Organisation,
    signing_in: SigningIn,
) -> Result<(), Error> {
    let settled = AccountEvent::SigningInSettled {
        organisation: organisation.id,
        signing_in,
    };
    record(app, organisation.id.0, Expected::Any, settled).await
}
