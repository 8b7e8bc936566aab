//! Organisations' identity providers: OpenID Connect by the authorization code flow with
//! PKCE. We are a public client (RFC 8252), so there is no secret to keep; the verifier
//! stays here and never reaches the desktop. Which provider is set up by the operator
//! alone, and nothing is followed to where it redirects.

use app::ports::{AtProvider, Claimed, ProviderFault, ProviderSignIn, Providers};
use async_trait::async_trait;
use domain::account::Provider;
use futures::future::BoxFuture;
use openidconnect::{
    AccessTokenHash, AsyncHttpClient, AuthenticationFlow, AuthorizationCode, ClientId, CsrfToken,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    core::{
        CoreAuthPrompt, CoreClient, CoreProviderMetadata, CoreResponseType, CoreUserInfoClaims,
    },
};
use std::time::{Duration, SystemTime};

/// How long a provider may take for one answer.
const LONGEST: Duration = Duration::from_secs(10);
/// By how many seconds a provider's clock may be behind ours.
const BEHIND: i64 = 60;
/// The most bytes of one answer.
const MOST: usize = 1024 * 1024;

/// Asks providers.
#[derive(Debug, Clone)]
pub(crate) struct Connect {
    http: reqwest::Client,
}

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unanswered {
    #[error("it cannot be reached: {0}")]
    Reqwest(#[from] reqwest::Error),
    #[error("it answered more than {MOST} bytes")]
    TooLarge,
    #[error("it answered no HTTP: {0}")]
    Http(#[from] axum::http::Error),
}

impl Connect {
    /// A client that follows nobody anywhere.
    ///
    /// # Errors
    /// A sentence, if this computer's secure connections cannot be set up.
    pub(crate) fn new() -> Result<Self, String> {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(LONGEST)
            .build()
            .map(|http| Self { http })
            .map_err(|error| format!("Secure connections cannot be set up: {error}."))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
        let mut answer = self.http.execute(request.try_into()?).await?;
        let mut response = axum::http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            response = response.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await? {
            if body.len() + piece.len() > MOST {
                return Err(Unanswered::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok(response.body(body)?)
    }

    /// What the provider says of itself, with its keys of this moment.
    async fn metadata(&self, provider: &Provider) -> Result<CoreProviderMetadata, ProviderFault> {
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(away)?;
        CoreProviderMetadata::discover_async(issuer, self)
            .await
            .map_err(away)
    }
}

impl<'c> AsyncHttpClient<'c> for Connect {
    type Error = Unanswered;
    type Future = BoxFuture<'c, Result<HttpResponse, Unanswered>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

#[async_trait]
impl Providers for Connect {
    async fn begin(
        &self,
        provider: &Provider,
        redirect: &str,
    ) -> Result<AtProvider, ProviderFault> {
        let metadata = self.metadata(provider).await?;
        let id = ClientId::new(provider.client_id.clone());
        let redirect = RedirectUrl::new(redirect.to_owned()).map_err(away)?;
        let client =
            CoreClient::from_provider_metadata(metadata, id, None).set_redirect_uri(redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            // Whoever sits before a browser that is still signed in has proved nothing. The
            // address goes through that browser, where somebody may take both words out:
            // what the token says of it is looked at when they come back.
            .add_prompt(CoreAuthPrompt::Login)
            .set_max_age(Duration::ZERO)
            .set_pkce_challenge(challenge)
            .url();
        Ok(AtProvider {
            url: url.to_string(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
            proved_from: seconds(SystemTime::now()) - BEHIND,
        })
    }

    async fn end(
        &self,
        provider: &Provider,
        sign_in: &ProviderSignIn,
        code: &str,
    ) -> Result<Claimed, ProviderFault> {
        let metadata = self.metadata(provider).await?;
        let id = ClientId::new(provider.client_id.clone());
        let redirect = RedirectUrl::new(sign_in.redirect.clone()).map_err(away)?;
        let client =
            CoreClient::from_provider_metadata(metadata, id, None).set_redirect_uri(redirect);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(away)?
            .set_pkce_verifier(PkceCodeVerifier::new(sign_in.verifier.clone()))
            .request_async(self)
            .await
            .map_err(refused)?;
        let token = answer
            .id_token()
            .ok_or_else(|| ProviderFault::Refused("it gave no ID token".to_owned()))?;
        // A token must say it where an age was asked for (OpenID Connect Core 1.0, section 2).
        let verifier = client.id_token_verifier().set_auth_time_verifier_fn(|at| {
            let at = at.ok_or("it does not say when the person proved who they are")?;
            if at.timestamp() < sign_in.proved_from {
                return Err("the person proved who they are before this was begun".to_owned());
            }
            Ok(())
        });
        let claims = token
            .claims(&verifier, &Nonce::new(sign_in.nonce.clone()))
            .map_err(refused)?;
        if let Some(expected) = claims.access_token_hash() {
            let actual = AccessTokenHash::from_token(
                answer.access_token(),
                token.signing_alg().map_err(refused)?,
                token.signing_key(&verifier).map_err(refused)?,
            )
            .map_err(refused)?;
            if actual != *expected {
                return Err(ProviderFault::Refused(
                    "its two tokens do not belong together".to_owned(),
                ));
            }
        }
        let subject = claims.subject().clone();
        let mut claimed = Claimed {
            subject: subject.to_string(),
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified().unwrap_or(false),
        };
        // Many providers keep the address out of the token and tell it when asked.
        if claimed.email.is_none()
            && let Ok(request) = client.user_info(answer.access_token().to_owned(), Some(subject))
        {
            let told: CoreUserInfoClaims = request.request_async(self).await.map_err(refused)?;
            claimed.email = told.email().map(|email| email.to_string());
            claimed.email_verified = told.email_verified().unwrap_or(false);
        }
        Ok(claimed)
    }
}

/// Seconds since 1970, as tokens have them.
fn seconds(at: SystemTime) -> i64 {
    let since = at.duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

fn away(error: impl std::error::Error) -> ProviderFault {
    ProviderFault::Away(told(&error))
}

fn refused(error: impl std::error::Error) -> ProviderFault {
    ProviderFault::Refused(told(&error))
}

/// An error with what is behind it.
fn told(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut behind = error.source();
    while let Some(cause) = behind {
        told = format!("{told}: {cause}");
        behind = cause.source();
    }
    told
}
