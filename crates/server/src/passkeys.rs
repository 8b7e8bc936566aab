//! The relying party of passkeys: challenges that are asked of browsers, and what their
//! answers are worth, by a library that knows WebAuthn. It keeps nothing: what an answer is
//! held against goes back to whoever keeps ceremonies, and never to the browser.

use app::ports::{AuthenticatorFault, Authenticators, Challenge, Credential, KeptPasskey, Used};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::net::IpAddr;
use vocabulary::AccountId;
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder, WebauthnError,
};

/// How authenticators call us.
const NAME: &str = "Common Platform";
/// Where in authenticator data the count stands (Web Authentication Level 3, 6.1).
const COUNT: std::ops::Range<usize> = 33..37;

/// The relying party at the public address of this server, if passkeys can be had there.
#[derive(Debug)]
pub(crate) struct RelyingParty(Option<Here>);

#[derive(Debug)]
struct Here {
    webauthn: Webauthn,
    page: String,
}

impl RelyingParty {
    pub(crate) fn new(public_url: &str) -> Self {
        let here = Url::parse(public_url)
            .ok()
            .and_then(reached_by_name)
            .and_then(|url| {
                let origin = Url::parse(&url.origin().ascii_serialization()).ok()?;
                let built = WebauthnBuilder::new(url.domain()?, &origin)
                    .and_then(|builder| builder.rp_name(NAME).build());
                match built {
                    Ok(webauthn) => Some(Here {
                        webauthn,
                        page: format!("{}/passkey", url.as_str().trim_end_matches('/')),
                    }),
                    Err(error) => {
                        tracing::warn!(%error, "no passkeys at the public address");
                        None
                    }
                }
            });
        Self(here)
    }

    fn webauthn(&self) -> Result<&Webauthn, AuthenticatorFault> {
        let here = self.0.as_ref().ok_or(AuthenticatorFault::NoName)?;
        Ok(&here.webauthn)
    }
}

/// The address under which a browser lets passkeys be used: a name, with TLS. A number of
/// this computer is called `localhost`, where browsers ask for no TLS.
fn reached_by_name(mut url: Url) -> Option<Url> {
    if let Some(name) = url.domain() {
        let is_secure = url.scheme() == "https" || name == "localhost";
        return is_secure.then_some(url);
    }
    let number = url.host_str()?.trim_matches(['[', ']']);
    let number: IpAddr = number.parse().ok()?;
    if !number.is_loopback() {
        return None;
    }
    url.set_host(Some("localhost")).ok()?;
    Some(url)
}

impl Authenticators for RelyingParty {
    fn page(&self) -> Option<String> {
        self.0.as_ref().map(|here| here.page.clone())
    }

    fn begin_registration(
        &self,
        account: AccountId,
        email: &str,
        name: &str,
        has: &[KeptPasskey],
    ) -> Result<Challenge, AuthenticatorFault> {
        let except = passkeys(has)?;
        let except = except.iter().map(|one| one.cred_id().clone()).collect();
        let (options, expected) = self
            .webauthn()?
            .start_passkey_registration(account.0, email, name, Some(except))
            .map_err(refused)?;
        challenge(&options, &expected)
    }

    fn end_registration(
        &self,
        expected: &Value,
        answer: &Value,
    ) -> Result<Credential, AuthenticatorFault> {
        let expected: PasskeyRegistration = read(expected)?;
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let made = self
            .webauthn()?
            .finish_passkey_registration(&answer, &expected)
            .map_err(refused)?;
        Ok(Credential {
            id: id_of(made.cred_id()),
            public_key: written(made.get_public_key())?,
            kept: written(&made)?,
        })
    }

    fn begin_authentication(&self, has: &[KeptPasskey]) -> Result<Challenge, AuthenticatorFault> {
        let (options, expected) = self
            .webauthn()?
            .start_passkey_authentication(&passkeys(has)?)
            .map_err(refused)?;
        challenge(&options, &expected)
    }

    fn end_authentication(
        &self,
        expected: &Value,
        answer: &Value,
        has: &[KeptPasskey],
    ) -> Result<Used, AuthenticatorFault> {
        let expected: PasskeyAuthentication = read(expected)?;
        let answer: PublicKeyCredential = read(answer)?;
        let result = match self
            .webauthn()?
            .finish_passkey_authentication(&answer, &expected)
        {
            // The signature was good: it is the passkey, or one that has its key.
            Err(WebauthnError::CredentialPossibleCompromise) => {
                return Err(AuthenticatorFault::WentBack {
                    id: id_of(&answer.raw_id),
                    came: count(&answer.response.authenticator_data),
                });
            }
            result => result.map_err(refused)?,
        };
        if !result.user_verified() {
            return Err(AuthenticatorFault::Refused(
                "its person was not verified".to_owned(),
            ));
        }
        let id = id_of(result.cred_id());
        let kept = has
            .iter()
            .find(|one| one.credential_id == id)
            .ok_or_else(|| AuthenticatorFault::Refused("it is not kept any more".to_owned()))?;
        let mut passkey = passkey(kept)?;
        passkey.update_credential(&result);
        Ok(Used {
            id,
            counter: result.counter(),
            kept: written(&passkey)?,
        })
    }
}

/// The count in authenticator data.
fn count(data: &[u8]) -> Option<u32> {
    let bytes = data.get(COUNT)?.try_into().ok()?;
    Some(u32::from_be_bytes(bytes))
}

fn passkeys(has: &[KeptPasskey]) -> Result<Vec<Passkey>, AuthenticatorFault> {
    has.iter().map(passkey).collect()
}

fn passkey(kept: &KeptPasskey) -> Result<Passkey, AuthenticatorFault> {
    serde_json::from_str(&kept.credential).map_err(refused)
}

fn challenge(
    options: &impl Serialize,
    expected: &impl Serialize,
) -> Result<Challenge, AuthenticatorFault> {
    Ok(Challenge {
        options: serde_json::to_value(options).map_err(refused)?,
        expected: serde_json::to_value(expected).map_err(refused)?,
    })
}

/// A credential's id, as WebAuthn writes it.
fn id_of(id: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(id)
}

fn written(one: &impl Serialize) -> Result<String, AuthenticatorFault> {
    serde_json::to_string(one).map_err(refused)
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, AuthenticatorFault> {
    T::deserialize(value).map_err(refused)
}

fn refused(error: impl std::error::Error) -> AuthenticatorFault {
    AuthenticatorFault::Refused(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_had_at_a_name_with_tls_and_on_this_computer() {
        for (public_url, page) in [
            (
                "https://court.example.test",
                "https://court.example.test/passkey",
            ),
            (
                "https://court.example.test:8443/court/",
                "https://court.example.test:8443/court/passkey",
            ),
            ("http://127.0.0.1:8420", "http://localhost:8420/passkey"),
            ("http://[::1]:8420", "http://localhost:8420/passkey"),
            ("http://localhost:8420", "http://localhost:8420/passkey"),
        ] {
            let page = Some(page.to_owned());
            assert_eq!(RelyingParty::new(public_url).page(), page, "{public_url}");
        }
        for public_url in [
            "http://court.example.test",
            "https://192.0.2.1",
            "http://192.0.2.1:8420",
            "nonsense",
        ] {
            let party = RelyingParty::new(public_url);
            assert_eq!(party.page(), None, "{public_url}");
            let begun = party.begin_authentication(&[]);
            assert_eq!(begun, Err(AuthenticatorFault::NoName));
        }
    }

    #[test]
    fn the_count_is_read_where_it_stands() {
        let mut data = vec![0; 37];
        data[36] = 7;
        assert_eq!(count(&data), Some(7));
        assert_eq!(count(&data[..36]), None);
    }
}
