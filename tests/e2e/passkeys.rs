//! A passkey in the real window: added under My account, asked for at the next sign-in, good
//! for the lock. The system's browser is a program that notes where it was sent; what it
//! would do there is done by an authenticator without a device.

use crate::{
    harness::Trouble,
    path::{Journey, PASSWORD},
};
use app::demo::LEGAL_ADVISER;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};
use tests::browser::{Page, device};
use thirtyfour::Key;
use webauthn_authenticator_rs::softtoken::SoftToken;

/// A browser that notes where it was sent.
const BROWSER: &str = "#!/bin/sh\nprintf '%s' \"$1\" > \"$0.new\" && mv \"$0.new\" \"$0.sent\"\n";

/// Where the application finds it first.
pub(crate) fn browser(folder: &Path) -> Result<PathBuf, Trouble> {
    let program = folder.join("xdg-open");
    fs::write(&program, BROWSER)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
    }
    Ok(program)
}

pub(crate) async fn goes_through(journey: &Journey, browser: &Path) -> Result<(), Trouble> {
    let window = &journey.window;
    let mut laptop = device();
    journey.sign_in(LEGAL_ADVISER).await?;
    window.click("[data-test='my-account']").await?;
    window
        .type_into("[data-test='passkey-name']", "Work laptop")
        .await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='browsing']").await?;
    journey.picture("passkeys-1-browsing").await?;
    goes_back(browser, &mut laptop).await?;
    window.find("[data-test='recovery-codes']").await?;
    journey.picture("passkeys-2-recovery-codes").await?;
    window.press(Key::Enter).await?;
    window
        .wait_for_text("[data-test='passkey']", "Work laptop")
        .await?;
    journey.picture("passkeys-3-my-account").await?;

    // Asked for at the next sign-in.
    journey.sign_out().await?;
    window
        .type_into("[data-test='sign-in-email']", LEGAL_ADVISER)
        .await?;
    window
        .type_into("[data-test='sign-in-password']", PASSWORD)
        .await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='use-passkey']").await?;
    journey.picture("passkeys-4-asked-for").await?;
    window.press(Key::Enter).await?;
    goes_back(browser, &mut laptop).await?;
    window.find("[data-test='person']").await?;

    // And it opens the lock.
    window.click("[data-test='lock-now']").await?;
    window.find("[data-test='lock']").await?;
    window.click("[data-test='prove-passkey']").await?;
    goes_back(browser, &mut laptop).await?;
    window.wait_until_gone("[data-test='lock']").await?;
    Ok(())
}

/// Where the browser was sent; told once.
pub(crate) async fn sent_to(browser: &Path) -> Result<String, Trouble> {
    let sent = browser.with_extension("sent");
    let mut tries = 0;
    let link = loop {
        match fs::read_to_string(&sent) {
            Ok(link) => break link,
            Err(error) if tries > 100 => {
                return Err(Trouble(format!("no browser was opened: {error}")));
            }
            Err(_) => tries += 1,
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    fs::remove_file(&sent)?;
    Ok(link)
}

/// What the person does in the browser, and what the browser does then.
async fn goes_back(browser: &Path, device: &mut SoftToken) -> Result<(), Trouble> {
    let link = sent_to(browser).await?;
    let back = Page::at(&link)
        .with(device)
        .await
        .map_err(|not| Trouble(format!("the page refused: {not:?}")))?;
    let end = reqwest::get(back.redirect)
        .await
        .map_err(|error| Trouble(format!("nobody waited for the browser: {error}")))?;
    if end.status() != reqwest::StatusCode::OK {
        return Err(Trouble(format!("the browser ended on {}", end.status())));
    }
    Ok(())
}
