//! Two windows at one court, one of them by `--server`: each with a person of its own, whose
//! session is in the keyring of the system, under its profile, until they sign out; and a
//! window that has no keyring, which says so.
//!
//! The keyring is asked as any other program would ask it. What it gives is compared and
//! used, and never told.

use crate::{
    harness::{Launch, Trouble, Window},
    path::{Journey, PRISON, told},
};
use app::demo::LEGAL_ADVISER;
use client::Client;
use contract::{Code, account::Current};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// Nothing listens there: neither a keyring nor anything else of a session.
const NO_BUS: &str = "unix:path=/nonexistent/bus";

pub(crate) async fn keep_their_sessions_apart() -> Result<(), Trouble> {
    let data = tempfile::tempdir()?;
    let window = Window::open(of_the_court(data.path())).await?;
    window.find("[data-test='sign-in-email']").await?;
    let first = Journey::new(window, data.path()).await?;
    let url = first.url.clone();
    must(
        kept("default", &url)?.is_none(),
        "a session was kept before",
    )?;
    first.sign_in(LEGAL_ADVISER).await?;
    let adviser = shown(&first).await?;
    let secret = required(kept("default", &url)?, "the session is not in the keyring")?;
    must(
        adviser.contains(&whose(&url, &secret).await?),
        "the keyring keeps the session of somebody else",
    )?;
    kept_nowhere_else(&first, &secret).await?;

    joins_as_somebody_else(&first, &secret).await?;
    says_that_there_is_no_keyring(&first).await?;

    // Closed, and opened again at the same place: nobody has to sign in.
    first.close().await?;
    let window = Window::open(of_the_court(data.path())).await?;
    window.find("[data-test='person']").await?;
    let again = Journey::new(window, data.path()).await?;
    must(again.url == url, "the court has moved")?;
    must(
        shown(&again).await? == adviser,
        "somebody else is signed in",
    )?;
    again.picture("windows-3-opened-again").await?;
    again.sign_out().await?;
    gone("default", &url, &secret).await?;
    again.close().await
}

/// A second window joins the court of the first, under a profile of its own.
async fn joins_as_somebody_else(first: &Journey, secret: &str) -> Result<(), Trouble> {
    let url = &first.url;
    let data = tempfile::tempdir()?;
    let window = first
        .window
        .open_beside(joining(url, "second", data.path()));
    let second = Journey::at(window.await?, url, data.path());
    // Whoever is signed in beside it is not signed in here.
    second.window.find("[data-test='sign-in-email']").await?;
    second.sign_in(PRISON).await?;
    second.picture("windows-1-the-second").await?;
    must(
        !data.path().join("server.json").exists(),
        "the second window started a court of its own",
    )?;
    let other = required(
        kept("second", url)?,
        "the second session is not in the keyring",
    )?;
    must(other != secret, "both windows have one session")?;
    let prison = shown(&second).await?;
    must(
        prison.contains(&whose(url, &other).await?) && prison != shown(first).await?,
        "the second window is not its own person's",
    )?;
    kept_nowhere_else(&second, &other).await?;
    second.sign_out().await?;
    gone("second", url, &other).await?;
    second.close().await?;
    // The first goes on, and so does what the keyring keeps for it.
    first.window.driver().refresh().await?;
    first.window.find("[data-test='person']").await?;
    must(
        kept("default", url)?.as_deref() == Some(secret),
        "the first session was changed",
    )
}

/// Without a keyring a person can work, and is told what that means.
async fn says_that_there_is_no_keyring(first: &Journey) -> Result<(), Trouble> {
    let data = tempfile::tempdir()?;
    let launch =
        joining(&first.url, "third", data.path()).variable("DBUS_SESSION_BUS_ADDRESS", NO_BUS);
    let window = first.window.open_beside(launch).await?;
    let third = Journey::at(window, &first.url, data.path());
    third.sign_in(PRISON).await?;
    third
        .window
        .find("[data-test='keyring-unavailable']")
        .await?;
    third.picture("windows-2-no-keyring").await?;
    must(
        kept("third", &first.url)?.is_none(),
        "the keyring was there after all",
    )?;
    third.window.click("[data-test='keyring-read']").await?;
    third
        .window
        .wait_until_gone("[data-test='keyring-unavailable']")
        .await?;
    third.sign_out().await?;
    third.close().await
}

fn of_the_court(data: &Path) -> Launch {
    Launch::default()
        .argument("--data")
        .argument(data.display().to_string())
        .argument("--today")
        .argument("2026-11-23")
}

fn joining(url: &str, profile: &str, data: &Path) -> Launch {
    Launch::default()
        .argument("--server")
        .argument(url)
        .argument("--profile")
        .argument(profile)
        .argument("--data")
        .argument(data.display().to_string())
}

/// Who the window says is signed in.
async fn shown(journey: &Journey) -> Result<String, Trouble> {
    journey.window.text("[data-test='person']").await
}

/// What the Secret Service keeps for a profile at a server.
fn kept(profile: &str, url: &str) -> Result<Option<String>, Trouble> {
    let user = format!("{profile}@{url}");
    let asked = Command::new("secret-tool")
        .args(["lookup", "service", "common-platform", "username", &user])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Trouble(format!("secret-tool could not be started: {error}")))?;
    let secret = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
    Ok((asked.status.success() && !secret.is_empty()).then_some(secret))
}

/// Whose session a secret opens, asked of the server.
async fn whose(url: &str, secret: &str) -> Result<String, Trouble> {
    let client = Client::new(url).with_token(secret);
    let person = client.account_current(&Current {}).await.map_err(told)?;
    Ok(person.name)
}

/// Not in the page, and in no file of this desktop or of the court in it.
async fn kept_nowhere_else(journey: &Journey, secret: &str) -> Result<(), Trouble> {
    let page = journey.window.driver().source().await?;
    must(!page.contains(secret), "the session is in the page")?;
    let mut folders = vec![journey.folder.clone()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
                continue;
            }
            // A file of a database may be gone by now.
            let Ok(bytes) = fs::read(entry.path()) else {
                continue;
            };
            files += 1;
            if String::from_utf8_lossy(&bytes).contains(secret) {
                let path = entry.path();
                return Err(Trouble(format!("the session is in {}", path.display())));
            }
        }
    }
    must(files > 0, "there was no file to look into")
}

/// Signed out: the keyring keeps nothing, and what it kept opens nothing.
async fn gone(profile: &str, url: &str, secret: &str) -> Result<(), Trouble> {
    must(
        kept(profile, url)?.is_none(),
        "the session is still in the keyring",
    )?;
    let client = Client::new(url).with_token(secret);
    match client.account_current(&Current {}).await {
        Err(problem) if problem.code == Code::SignedOut => Ok(()),
        Err(problem) => Err(told(problem)),
        Ok(_) => Err(Trouble("the session was not ended".to_owned())),
    }
}

fn must(holds: bool, otherwise: &str) -> Result<(), Trouble> {
    if holds {
        Ok(())
    } else {
        Err(Trouble(otherwise.to_owned()))
    }
}

fn required<T>(found: Option<T>, otherwise: &str) -> Result<T, Trouble> {
    found.ok_or_else(|| Trouble(otherwise.to_owned()))
}
