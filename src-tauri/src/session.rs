//! Who is signed in: the token in the keyring, the client that carries it, and
//! the ear that listens for this person.

use crate::{browser, desktop::Desktop, listening::Listening, secret::Secret};
use client::Client;
use contract::{
    Code, Problem,
    account::{Current, Person, SignIn, SignOut, SignedIn},
    security::{BeginProviderSignIn, ConfirmSignIn, EndProviderSignIn, Lock, Prove},
};
use std::sync::{
    PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
    atomic::{AtomicBool, Ordering},
};
use tauri::Manager;
use vocabulary::AccountId;

/// At most one session at a time.
#[derive(Default)]
pub(crate) struct Sessions {
    now: RwLock<Option<Session>>,
    told_of_keyring: AtomicBool,
}

struct Session {
    client: Client,
    account: AccountId,
    /// Dropping it hangs up; there is none while the window is locked.
    listening: Option<Listening>,
}

impl Sessions {
    /// The client of whoever is signed in.
    pub(crate) fn client(&self) -> Option<Client> {
        self.read().as_ref().map(|session| session.client.clone())
    }

    /// The account that is signed in.
    pub(crate) fn account(&self) -> Result<AccountId, Problem> {
        self.read()
            .as_ref()
            .map(|session| session.account)
            .ok_or_else(|| {
                Problem::new(
                    Code::SignedOut,
                    "You are not signed in.",
                    "Sign in to go on.",
                )
            })
    }

    /// Stops listening; the token stays in the keyring for next time.
    pub(crate) fn hang_up(&self) {
        self.write().take();
    }

    /// Hears nothing more of a session that is locked: of what happens meanwhile nothing
    /// is shown over the lock.
    fn hush(&self, client: &Client) -> bool {
        let mut now = self.write();
        match now.as_mut() {
            Some(session) if session.client.same_session(client) => {
                session.listening.take();
                true
            }
            _ => false,
        }
    }

    fn take(&self) -> Option<Client> {
        self.write().take().map(|session| session.client)
    }

    /// Ends the session only if it is still this one: an answer to an old request
    /// must not sign out whoever has signed in since.
    fn take_if(&self, client: &Client) -> bool {
        let mut now = self.write();
        let is_this = now
            .as_ref()
            .is_some_and(|session| session.client.same_session(client));
        if is_this {
            now.take();
        }
        is_this
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Session>> {
        self.now.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<Session>> {
        self.now.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desktop {
    /// Signs in, with a code of the second factor if it is asked for.
    pub(crate) async fn sign_in(
        &self,
        email: String,
        password: String,
        code: Option<String>,
    ) -> Result<Person, Problem> {
        let client = &self.place().await?.client;
        let signed_in = match code {
            None => client.account_sign_in(&SignIn { email, password }).await?,
            Some(code) => {
                let asked = ConfirmSignIn {
                    email,
                    password,
                    code,
                };
                client.account_confirm_sign_in(&asked).await?
            }
        };
        self.take_up(signed_in).await
    }

    /// Signs in by the organisation's own provider, in the system's browser. It unlocks a window
    /// as well, for whoever is signed in there and for nobody else: the session before gives way
    /// to one of the same person.
    pub(crate) async fn sign_in_by_provider(&self, email: String) -> Result<Person, Problem> {
        let client = &self.place().await?.client;
        let unlocks = self.sessions.account().ok();
        let listener = browser::Waiting::begin().await?;
        let begin = BeginProviderSignIn {
            email,
            redirect: listener.redirect(),
        };
        let begun = client.account_begin_provider_sign_in(&begin).await?;
        let brought = listener.visit(&begun.url, &self.browsing).await?;
        let end = EndProviderSignIn {
            secret: begun.secret,
            state: brought.state,
            code: brought.code,
            unlocks,
        };
        let before = self.sessions.client();
        let signed_in = client.account_end_provider_sign_in(&end).await?;
        let person = self.take_up(signed_in).await?;
        if let Some(before) = before
            && let Err(problem) = before.account_sign_out(&SignOut {}).await
        {
            tracing::debug!(code = ?problem.code, "the session before was not ended");
        }
        Ok(person)
    }

    /// Locks the window: the server answers nothing to this session until its person
    /// proves who they are. What cannot be told to the server is locked here alone.
    pub(crate) async fn lock(&self) -> Result<(), Problem> {
        let Some(client) = self.sessions.client() else {
            return Ok(());
        };
        self.sessions.hush(&client);
        self.previews.clear();
        if let Err(problem) = client.account_lock(&Lock {}).await {
            self.heed(&problem, &client);
            return Err(problem);
        }
        Ok(())
    }

    /// Proves who is here: unlocks the window, under another token.
    pub(crate) async fn prove(
        &self,
        password: Option<String>,
        code: Option<String>,
    ) -> Result<Person, Problem> {
        let client = self.client().await?;
        let proven = client.account_prove(&Prove { password, code }).await;
        if let Err(problem) = &proven {
            self.heed(problem, &client);
        }
        self.take_up(proven?).await
    }

    /// Works under this token from now on. Without a usable keyring it holds for this
    /// run, and the window is told once.
    pub(crate) async fn take_up(&self, signed_in: SignedIn) -> Result<Person, Problem> {
        let client = self.place().await?.client.with_token(&signed_in.token);
        if self.secret().await?.set(signed_in.token).await.is_err()
            && !self.sessions.told_of_keyring.swap(true, Ordering::Relaxed)
        {
            tracing::warn!("no keyring: the session ends with this run");
            self.tell("keyring-unavailable", ());
        }
        self.begin(client, &signed_in.person);
        Ok(signed_in.person)
    }

    /// Takes up the session that the keyring kept; nobody if there is none, or
    /// if the server does not know it any more.
    pub(crate) async fn restore(&self) -> Result<Option<Person>, Problem> {
        // The window may have been loaded again in the middle of a session.
        let client = match self.sessions.client() {
            Some(client) => client,
            None => match self.secret().await?.get().await {
                Ok(Some(token)) => self.place().await?.client.with_token(&token),
                Ok(None) | Err(_) => return Ok(None),
            },
        };
        match client.account_current(&Current {}).await {
            Ok(person) => {
                self.begin(client, &person);
                Ok(Some(person))
            }
            Err(problem) if problem.code == Code::SignedOut => {
                self.sessions.take_if(&client);
                self.forget_secret().await;
                Ok(None)
            }
            // A window that was closed while it was locked, or long ago: whoever opens it
            // signs in anew, because who it was is not told to whoever that is.
            Err(problem) if problem.code == Code::Locked => {
                self.sessions.take_if(&client);
                if let Err(problem) = client.account_sign_out(&SignOut {}).await {
                    tracing::debug!(code = ?problem.code, "a locked session was not ended");
                }
                self.forget_secret().await;
                Ok(None)
            }
            Err(problem) => Err(problem),
        }
    }

    /// Signs out here at once, and on the server if it can be reached.
    pub(crate) async fn sign_out(&self) -> Result<(), Problem> {
        let client = self.sessions.take();
        self.uploads.cancel_all();
        self.previews.clear();
        self.forget_secret().await;
        if let Some(client) = client
            && let Err(problem) = client.account_sign_out(&SignOut {}).await
            && problem.code != Code::SignedOut
        {
            tracing::warn!(code = ?problem.code, "the server was not told of the sign-out");
        }
        Ok(())
    }

    /// Hears the answer to a request: when it says that the session has ended,
    /// the token goes and the window is told.
    pub(crate) fn heed(&self, problem: &Problem, client: &Client) {
        if problem.code == Code::Locked && self.sessions.hush(client) {
            self.previews.clear();
            self.tell("locked", ());
            return;
        }
        if problem.code != Code::SignedOut || !self.sessions.take_if(client) {
            return;
        }
        self.previews.clear();
        self.tell("signed_out", problem.clone());
        // In a task of its own: the caller may be the ear that has just been hung up.
        let app = self.app.clone();
        tauri::async_runtime::spawn(async move {
            app.state::<Self>().forget_secret().await;
        });
    }

    /// What this computer keeps of hearings that are no longer this person's is left with the court
    /// and goes, as soon as the server takes it. In a task of its own: nobody waits for it.
    pub(crate) fn forget_lost(&self, client: Client, account: AccountId) {
        let app = self.app.clone();
        tauri::async_runtime::spawn(async move {
            let desktop = app.state::<Self>();
            let forgotten = match desktop.local().await {
                Ok(local) => local.forget_lost(&client, account).await,
                Err(problem) => Err(problem),
            };
            if let Err(problem) = forgotten {
                tracing::warn!(code = ?problem.code, "what is kept here was not looked through");
            }
        });
    }

    fn begin(&self, client: Client, person: &Person) {
        self.forget_lost(client.clone(), person.account_id);
        let listening = Listening::start(self.app.clone(), client.clone());
        *self.sessions.write() = Some(Session {
            client,
            account: person.account_id,
            listening: Some(listening),
        });
    }

    async fn secret(&self) -> Result<Secret, Problem> {
        Ok(Secret::new(
            &self.arguments.profile,
            &self.place().await?.url,
        ))
    }

    async fn forget_secret(&self) {
        match self.secret().await {
            Ok(secret) => {
                if secret.remove().await.is_err() {
                    tracing::warn!("the kept session could not be removed from the keyring");
                }
            }
            Err(problem) => tracing::warn!(code = ?problem.code, "no server, no kept session"),
        }
    }
}
