//! Passkeys, in the system's browser: the window's own web view has none on every system.
//! The service's page makes or uses the passkey; what it brings back to this computer is
//! good only together with the secret, which never goes to the browser.

use crate::{browser::Waiting, desktop::Desktop};
use client::Client;
use contract::{
    Problem,
    account::Person,
    passkey::{
        BeginPasskey, BeginPasskeyProof, BeginPasskeySignIn, EndPasskey, EndPasskeyProof,
        EndPasskeySignIn, PasskeyAdded, PasskeyCeremony,
    },
};

/// What the browser brought back, with the secret.
struct Ended {
    secret: String,
    state: String,
    code: String,
}

impl Desktop {
    /// Adds a passkey to the account of whoever is signed in.
    pub(crate) async fn add_passkey(&self, name: String) -> Result<PasskeyAdded, Problem> {
        let client = self.client().await?;
        let added = async {
            let waiting = Waiting::begin().await?;
            let redirect = waiting.redirect();
            let begin = BeginPasskey { name, redirect };
            let begun = client.account_begin_passkey(&begin).await?;
            let Ended {
                secret,
                state,
                code,
            } = self.in_browser(waiting, begun).await?;
            let end = EndPasskey {
                secret,
                state,
                code,
            };
            client.account_end_passkey(&end).await
        };
        self.heeded(&client, added.await)
    }

    /// Signs in with a passkey after the password.
    pub(crate) async fn sign_in_by_passkey(
        &self,
        email: String,
        password: String,
    ) -> Result<Person, Problem> {
        let client = &self.place().await?.client;
        let waiting = Waiting::begin().await?;
        let begin = BeginPasskeySignIn {
            email,
            password,
            redirect: waiting.redirect(),
        };
        let begun = client.account_begin_passkey_sign_in(&begin).await?;
        let Ended {
            secret,
            state,
            code,
        } = self.in_browser(waiting, begun).await?;
        let end = EndPasskeySignIn {
            secret,
            state,
            code,
        };
        let signed_in = client.account_end_passkey_sign_in(&end).await?;
        self.take_up(signed_in).await
    }

    /// Proves who is here: unlocks the window, under another token.
    pub(crate) async fn prove_by_passkey(&self) -> Result<Person, Problem> {
        let client = self.client().await?;
        let proven = async {
            let waiting = Waiting::begin().await?;
            let redirect = waiting.redirect();
            let begun = client
                .account_begin_passkey_proof(&BeginPasskeyProof { redirect })
                .await?;
            let Ended {
                secret,
                state,
                code,
            } = self.in_browser(waiting, begun).await?;
            let end = EndPasskeyProof {
                secret,
                state,
                code,
            };
            client.account_end_passkey_proof(&end).await
        };
        let proven = self.heeded(&client, proven.await)?;
        self.take_up(proven).await
    }

    /// Sends the browser to the service's page, and waits until it comes back.
    async fn in_browser(&self, waiting: Waiting, begun: PasskeyCeremony) -> Result<Ended, Problem> {
        let brought = waiting
            .visit_for(&begun.url, begun.state, &self.browsing)
            .await?;
        Ok(Ended {
            secret: begun.secret,
            state: brought.state,
            code: brought.code,
        })
    }

    /// An answer, heard: it may say that the session has ended.
    fn heeded<T>(&self, client: &Client, answer: Result<T, Problem>) -> Result<T, Problem> {
        if let Err(problem) = &answer {
            self.heed(problem, client);
        }
        answer
    }
}
