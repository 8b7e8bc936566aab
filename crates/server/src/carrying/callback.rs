//! Documents to other organisations' systems: one signed POST each. The signature is
//! an HMAC-SHA256 of the time and the body under the secret that both know, so that a
//! partner can tell who sent it and that it is no old one; the delivery's id is the
//! idempotency key, so that what is sent twice is applied once.

use super::{
    fit_to_read,
    reach::{OutsideOnly, is_outside},
};
use app::ports::{Outcome, Parcel};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, Response, StatusCode, Url, redirect::Policy};
use sha2::Sha256;
use std::{net::IpAddr, sync::Arc, time::Duration};

/// The header with the signature: `t=1794909600,v1=<hexadecimal>`.
const SIGNATURE: &str = "common-platform-signature";
/// How much of an answer is read.
const ANSWER: usize = 2048;

/// Calls systems.
pub(super) struct Callbacks {
    client: Client,
    inside: bool,
}

impl Callbacks {
    /// `inside`: addresses inside, and such without TLS, may be called.
    pub(super) fn new(inside: bool, longest: Duration) -> Result<Self, String> {
        let mut builder = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .timeout(longest)
            .connect_timeout(longest.min(Duration::from_secs(10)))
            .user_agent(concat!("common-platform/", env!("CARGO_PKG_VERSION")));
        if !inside {
            builder = builder.dns_resolver(Arc::new(OutsideOnly));
        }
        let client = builder
            .build()
            .map_err(|error| format!("Callbacks cannot be set up: {error}."))?;
        Ok(Self { client, inside })
    }

    pub(super) async fn call(&self, url: &str, parcel: Parcel) -> Outcome {
        let url = match self.permitted(url) {
            Ok(url) => url,
            Err(why) => return Outcome::Never { why },
        };
        let Some(secret) = parcel.secret else {
            let why = "There is no secret to sign with; settle the channel again.".to_owned();
            return Outcome::Never { why };
        };
        let body = body(&parcel);
        let signed = signature(&secret, parcel.at.micros().div_euclid(1_000_000), &body);
        let sent = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("idempotency-key", parcel.delivery.to_string())
            .header(SIGNATURE, signed)
            .body(body)
            .send()
            .await;
        match sent {
            Ok(answer) => judged(answer).await,
            Err(error) => Outcome::NotNow {
                away: true,
                why: unreached(&error),
            },
        }
    }

    fn permitted(&self, url: &str) -> Result<Url, String> {
        let url: Url = url
            .parse()
            .map_err(|_| format!("{url:?} is no address of a system."))?;
        if self.inside {
            return Ok(url);
        }
        if url.scheme() != "https" {
            return Err("Documents are handed over by https only.".to_owned());
        }
        let host = url.host_str().unwrap_or_default();
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>();
        match literal {
            Ok(address) if !is_outside(address) => Err(format!(
                "{host} is an address inside; the setting callbacks_to_private would permit it."
            )),
            _ => Ok(url),
        }
    }
}

/// What the partner gets: always the same for the same delivery.
fn body(parcel: &Parcel) -> Vec<u8> {
    let body = serde_json::json!({
        "type": "document.delivered",
        "deliveryId": parcel.delivery,
        "documentId": parcel.document,
        "replacesDocumentId": parcel.replaces,
        "name": parcel.name,
        "kind": parcel.kind,
        "court": parcel.court,
        "requestedAt": parcel.requested,
        "recipient": parcel.recipient,
        "acknowledgementRequired": parcel.acknowledgement_required,
        "mediaType": "application/pdf",
        "sha256": parcel.sha256,
        "content": STANDARD.encode(&parcel.pdf),
    });
    body.to_string().into_bytes()
}

/// The signature of a body at a time, in seconds.
fn signature(secret: &[u8; 32], seconds: i64, body: &[u8]) -> String {
    // A key of any length is a key of an HMAC.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    format!(
        "t={seconds},v1={}",
        hex::encode(mac.finalize().into_bytes())
    )
}

async fn judged(answer: Response) -> Outcome {
    let status = answer.status();
    if status.is_success() {
        return Outcome::Taken {
            received: true,
            how: format!("its system answered {}", status.as_u16()),
        };
    }
    let said = fit_to_read(&beginning(answer).await);
    let why = match said.as_str() {
        "" => format!("Its system answered {}.", status.as_u16()),
        said => format!("Its system answered {}: {said}", status.as_u16()),
    };
    // Who we are, or where it is, is not known there now: that is of no one document, and
    // is put right there.
    let away = matches!(
        status,
        StatusCode::UNAUTHORIZED
            | StatusCode::FORBIDDEN
            | StatusCode::NOT_FOUND
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    );
    let later = matches!(status.as_u16(), 408 | 425) || status.is_server_error();
    if away || later {
        return Outcome::NotNow { away, why };
    }
    let why = if status.is_redirection() {
        format!("{why} Redirects are not followed.")
    } else {
        why
    };
    Outcome::Never { why }
}

/// The beginning of an answer, however long it is.
async fn beginning(mut answer: Response) -> String {
    let mut read = Vec::new();
    while read.len() < ANSWER
        && let Ok(Some(chunk)) = answer.chunk().await
    {
        read.extend_from_slice(&chunk[..chunk.len().min(ANSWER - read.len())]);
    }
    String::from_utf8_lossy(&read).into_owned()
}

/// Why there was no answer, without the address, which may hold a word of the partner's.
fn unreached(error: &reqwest::Error) -> String {
    let what = if error.is_timeout() {
        "did not answer in time"
    } else if error.is_connect() {
        "cannot be reached"
    } else {
        "broke the connection"
    };
    format!("Its system {what}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_hmac_of_time_and_body() {
        // HMAC-SHA256 of "1.{}" under 32 zero bytes, by an independent program.
        assert_eq!(
            signature(&[0; 32], 1, b"{}"),
            "t=1,v1=a07ac7cfc802ea7629f0933ebf00ef447832d56dcdcab022d121f329249e4ac3"
        );
        let other = signature(&[0; 32], 2, b"{}");
        assert!(
            other.starts_with("t=2,v1=")
                && !other
                    .ends_with("a07ac7cfc802ea7629f0933ebf00ef447832d56dcdcab022d121f329249e4ac3")
        );
    }

    #[test]
    fn a_system_inside_or_without_tls_is_not_called_unless_a_setting_permits_it() {
        let longest = Duration::from_secs(1);
        let outside = Callbacks::new(false, longest).unwrap();
        for refused in [
            "http://partner.example.test/",
            "https://127.0.0.1/",
            "https://[::1]:8443/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://10.0.0.1/",
            "nonsense",
        ] {
            assert!(outside.permitted(refused).is_err(), "{refused}");
        }
        assert!(outside.permitted("https://partner.example.test/").is_ok());
        let inside = Callbacks::new(true, longest).unwrap();
        assert!(inside.permitted("http://127.0.0.1:8080/").is_ok());
    }

    #[tokio::test]
    async fn a_system_that_does_not_know_us_is_away_and_what_is_wrong_with_one_document_is_final() {
        let outcome = async |status: u16| {
            let answer = axum::http::Response::builder()
                .status(status)
                .body("")
                .unwrap();
            judged(answer.into()).await
        };
        for away in [401, 403, 404, 429, 502, 503, 504] {
            let came = outcome(away).await;
            assert!(
                matches!(came, Outcome::NotNow { away: true, .. }),
                "{away}: {came:?}"
            );
        }
        for later in [408, 425, 500] {
            let came = outcome(later).await;
            assert!(
                matches!(came, Outcome::NotNow { away: false, .. }),
                "{later}: {came:?}"
            );
        }
        for never in [302, 400, 409, 413, 422] {
            let came = outcome(never).await;
            assert!(matches!(came, Outcome::Never { .. }), "{never}: {came:?}");
        }
    }
}
