//! Somebody's browser on the service's page for passkeys, with an authenticator without a
//! device: it asks and answers over HTTP exactly as the page's script does.

use contract::passkey::PasskeyCeremony;
use reqwest::{Response, StatusCode, Url, header};
use serde_json::{Value, json};
use webauthn_authenticator_rs::{
    WebauthnAuthenticator, prelude::RequestChallengeResponse, softtoken::SoftToken,
};
use webauthn_rs::prelude::CreationChallengeResponse;

/// Where this computer's application would wait.
pub const REDIRECT: &str = "http://127.0.0.1:49152/signed-in";

/// Why the service does not take something.
#[derive(Debug, PartialEq, Eq)]
pub struct Not {
    pub status: StatusCode,
    pub title: String,
}

impl Not {
    /// A refusal that says so much.
    pub fn says(&self, words: &str) -> bool {
        self.status == StatusCode::UNPROCESSABLE_ENTITY && self.title.contains(words)
    }
}

/// What the browser brings back to the application.
#[derive(Debug, Clone)]
pub struct Back {
    pub redirect: Url,
    pub state: String,
    pub code: String,
}

/// A device that holds passkeys, and verifies its person.
pub fn device() -> SoftToken {
    SoftToken::new(true).unwrap().0
}

/// Everything that a device holds, on another.
pub fn copied(device: &SoftToken) -> SoftToken {
    SoftToken::from_cbor(&device.to_cbor().unwrap()).unwrap()
}

/// The page, opened with the ticket of a link.
pub struct Page {
    http: reqwest::Client,
    address: Url,
    ticket: String,
}

impl Page {
    pub fn open(begun: &PasskeyCeremony) -> Self {
        Self::at(&begun.url)
    }

    pub fn at(link: &str) -> Self {
        let mut address: Url = link.parse().unwrap();
        let ticket = address.fragment().unwrap().to_owned();
        address.set_fragment(None);
        Self {
            http: reqwest::Client::new(),
            address,
            ticket,
        }
    }

    pub fn origin(&self) -> Url {
        self.address.origin().ascii_serialization().parse().unwrap()
    }

    pub async fn asks(&self, what: &str, body: &Value, origin: &str) -> Response {
        let address = self.address.join(&format!("passkey/{what}")).unwrap();
        self.http
            .post(address)
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap()
    }

    async fn asked(&self, what: &str, body: &Value) -> Result<Value, Not> {
        let origin = self.address.origin().ascii_serialization();
        let answer = self.asks(what, body, &origin).await;
        let status = answer.status();
        let said: Value = answer.json().await.unwrap();
        if status == StatusCode::OK {
            return Ok(said);
        }
        let title = said["title"].as_str().unwrap_or_default().to_owned();
        Err(Not { status, title })
    }

    /// What it is asked to do.
    pub async fn look(&self) -> Result<Value, Not> {
        self.asked("look", &json!({ "ticket": self.ticket })).await
    }

    /// Gives what the device made of it.
    pub async fn give(&self, credential: &Value) -> Result<Back, Not> {
        let body = json!({ "ticket": self.ticket, "credential": credential });
        let said = self.asked("answer", &body).await?;
        let redirect: Url = said["redirect"].as_str().unwrap().parse().unwrap();
        assert_eq!(redirect.host_str(), Some("127.0.0.1"));
        assert_eq!(redirect.path(), "/signed-in");
        let given = |name: &str| {
            let mut pairs = redirect.query_pairs();
            pairs
                .find(|(other, _)| other == name)
                .unwrap()
                .1
                .into_owned()
        };
        Ok(Back {
            state: given("state"),
            code: given("code"),
            redirect: redirect.clone(),
        })
    }

    /// Has a device do what is asked for, all the way.
    pub async fn with(&self, device: &mut SoftToken) -> Result<Back, Not> {
        let asked = self.look().await?;
        let options = &asked["options"];
        let credential = match asked["call"].as_str().unwrap() {
            "create" => made(device, &self.origin(), options),
            _ => used(device, &self.origin(), options),
        };
        self.give(&credential).await
    }
}

/// A passkey, made as it was asked for.
pub fn made(device: &mut SoftToken, origin: &Url, options: &Value) -> Value {
    let options: CreationChallengeResponse = serde_json::from_value(options.clone()).unwrap();
    let made = device.do_registration(origin.clone(), options).unwrap();
    serde_json::to_value(made).unwrap()
}

/// A passkey, used as it was asked for.
pub fn used(device: &mut SoftToken, origin: &Url, options: &Value) -> Value {
    let options: RequestChallengeResponse = serde_json::from_value(options.clone()).unwrap();
    let used = device.do_authentication(origin.clone(), options).unwrap();
    serde_json::to_value(used).unwrap()
}
