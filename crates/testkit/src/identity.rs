//! A real OpenID provider for one test, and somebody with a browser who signs in there.
//! The provider is oidc-provider (npm), which knows nothing of us.

use reqwest::{Client, Response, StatusCode, Url, header, redirect::Policy};
use std::{
    collections::BTreeMap,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// The provider.
pub struct IdentityProvider {
    port: u16,
    running: Child,
}

impl IdentityProvider {
    /// Starts one that knows this client, and people as `subject=address`, whose
    /// addresses it calls verified. Of anybody else it does not say so.
    ///
    /// # Panics
    /// If Node.js or the package is not installed, or it does not start.
    pub async fn start(client_id: &str, people: &[&str]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("its address").port();
        drop(free);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui");
        let running = Command::new("node")
            .arg(root.join("tests/identity-provider.mjs"))
            .arg(port.to_string())
            .arg(client_id)
            .args(people)
            .current_dir(&root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("node runs (cargo xtask run installs what ui/ needs)");
        let provider = Self { port, running };
        let about = format!("{}/.well-known/openid-configuration", provider.issuer());
        for _ in 0..600 {
            if reqwest::get(&about)
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                return provider;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the identity provider did not start");
    }

    /// Its issuer.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Goes where a browser is sent and signs in as somebody: the address to which the
    /// browser is sent back.
    ///
    /// # Panics
    /// If the provider does not send it back.
    pub async fn sign_in_as(&self, url: &str, subject: &str) -> Url {
        self.sign_in_in(&mut Browser::default(), url, subject).await
    }

    /// The same in a browser that may be signed in there already.
    ///
    /// # Panics
    /// If the provider does not send it back.
    pub async fn sign_in_in(&self, browser: &mut Browser, url: &str, subject: &str) -> Url {
        let cookies = &mut browser.cookies;
        let browser = Client::builder()
            .redirect(Policy::none())
            .build()
            .expect("a browser");
        let mut at: Url = url.parse().expect("an address");
        for _ in 0..20 {
            if at.port() != Some(self.port) {
                return at;
            }
            let mut asked = browser.get(at.clone()).header(header::COOKIE, jar(cookies));
            let page = asked.send().await.expect("the provider answers");
            keep(&page, cookies);
            if let Some(next) = location(&page, &at) {
                at = next;
                continue;
            }
            assert_eq!(page.status(), StatusCode::OK, "{at}");
            let form = page.text().await.expect("a page");
            let prompt = if form.contains("name=\"login\"") {
                "login"
            } else {
                "consent"
            };
            asked = browser
                .post(at.clone())
                .header(header::COOKIE, jar(cookies))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(format!("prompt={prompt}&login={subject}&password=x"));
            let answer = asked.send().await.expect("the provider answers");
            keep(&answer, cookies);
            at = location(&answer, &at).expect("the provider goes on");
        }
        panic!("the provider sends nobody back");
    }

    /// Sets its clock back by so many seconds, from now on.
    ///
    /// # Panics
    /// If it does not answer.
    pub async fn set_back(&self, seconds: u32) {
        let url = format!("{}/clock?behind={seconds}", self.issuer());
        let answer = reqwest::get(url).await.expect("the provider answers");
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    }
}

/// Somebody's browser, which stays signed in where it signed in.
#[derive(Debug, Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
}

fn location(answer: &Response, at: &Url) -> Option<Url> {
    let to = answer.headers().get(header::LOCATION)?.to_str().ok()?;
    at.join(to).ok()
}

fn keep(answer: &Response, cookies: &mut BTreeMap<String, String>) {
    for set in answer.headers().get_all(header::SET_COOKIE) {
        let pair = set.to_str().ok().and_then(|set| set.split(';').next());
        if let Some((name, value)) = pair.and_then(|pair| pair.split_once('=')) {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

fn jar(cookies: &BTreeMap<String, String>) -> String {
    let pairs: Vec<String> = cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("; ")
}
