//! Proving who one is, in the real window: a second factor is set up and asked for at
//! the next sign-in, the window locks itself when nobody is there, keeps what was typed,
//! and opens in place; what opens an account is changed by the second factor alone, and a
//! lost one is taken away.

use crate::{
    harness::{Trouble, Window},
    path::{Journey, PASSWORD, told},
};
use app::{demo::LEGAL_ADVISER, ports::Chance};
use contract::security::{ConfirmSecondFactor, EnrolSecondFactor};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use testkit::{MailServer, Setting, TestCourt};
use thirtyfour::Key;
use totp_rs::{Builder, Secret, Totp};
use vocabulary::Instant;

/// Of one firm.
const ADMINISTRATOR: &str = "hal.corbin@thornevale.example.test";
const SOLICITOR: &str = "iris.thorne@thornevale.example.test";

/// Twenty minutes pass for the window, with nobody at it.
const NOBODY: &str = "const now = Date.now; Date.now = () => now() + 20 * 60 * 1000;";

/// What is in a field.
const TYPED: &str = "return document.querySelector(arguments[0])?.value ?? null;";

/// The seconds within which a code is surely typed and answered, on a busy machine too.
const TO_TYPE: u64 = 15;
/// Minutes after which a proof by the second factor is asked for anew.
const LONG_AGO: i64 = 20;
/// Goes to a button as Tab would.
const FOCUS: &str = "document.querySelector(arguments[0]).focus();";

pub(crate) async fn goes_through(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    let adviser = journey.person(LEGAL_ADVISER).await?;
    let view = journey.hearing(&adviser).await?;
    let entry = format!(
        "[data-test='result-entry-{}']",
        view.defendants[0].offences[1].number
    );
    let entry = entry.as_str();
    journey.sign_in(LEGAL_ADVISER).await?;

    // Set up with the secret, as an authenticator would read it off the picture.
    window.click("[data-test='my-account']").await?;
    window.click("[data-test='factor-begin']").await?;
    window.find("[data-test='factor-qr']").await?;
    let secret = window.text("[data-test='factor-secret']").await?;
    let authenticator = authenticator(&secret)?;
    journey.picture("account-1-second-factor").await?;
    let code = shows(&authenticator, -1).await?;
    window.type_into("[data-test='factor-code']", &code).await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='recovery-codes']").await?;
    journey.picture("account-2-recovery-codes").await?;
    window.click("[data-test='codes-kept']").await?;
    window.find("[data-test='factor-on']").await?;
    journey.picture("account-3-my-account").await?;

    // Asked for at the next sign-in.
    journey.sign_out().await?;
    until_a_code_is_asked(window, LEGAL_ADVISER).await?;
    journey.picture("account-4-code").await?;
    by_code(window, &shows(&authenticator, 0).await?).await?;

    // Something is typed, and then nobody is there.
    journey.open_hearing().await?;
    window.click("[data-control='start']").await?;
    window.find("[data-control='end']").await?;
    window.click("[data-test='tab-results']").await?;
    window.type_into(entry, "cd 12 mon").await?;
    window.script(NOBODY, Vec::new()).await?;
    window.find("[data-test='lock']").await?;
    journey.picture("account-5-locked").await?;
    window
        .type_into("[data-test='prove-password']", "not it at all")
        .await?;
    window.press(Key::Enter).await?;
    window
        .find("[data-test='lock'] [data-test='problem']")
        .await?;
    window
        .type_into("[data-test='prove-password']", PASSWORD)
        .await?;
    window.press(Key::Enter).await?;
    window.wait_until_gone("[data-test='lock']").await?;
    let typed = window.script(TYPED, vec![entry.into()]).await?;
    if typed != "cd 12 mon" {
        return Err(Trouble(format!("after the lock the line holds {typed}")));
    }
    // The new token is good, and the typing goes on.
    window.type_into(entry, "cd 12 months").await?;
    window
        .wait_for_text("[data-test='understood']", "Conditional")
        .await?;
    window
        .find("[data-test='saving'][data-status='saved']")
        .await?;
    journey.picture("account-6-unlocked").await?;

    // Locked by hand, and opened by a code.
    window
        .script(FOCUS, vec!["[data-test='lock-now']".into()])
        .await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='lock']").await?;
    window.click("[data-test='prove-other']").await?;
    let code = shows(&authenticator, 1).await?;
    window.type_into("[data-test='prove-code']", &code).await?;
    window.press(Key::Enter).await?;
    window.wait_until_gone("[data-test='lock']").await?;
    window.find(entry).await?;
    Ok(())
}

/// Minutes by which the court's clock is ahead.
static AHEAD: AtomicI64 = AtomicI64::new(0);

/// A clock that the job moves on.
struct Clock(Arc<dyn Chance>);

impl Chance for Clock {
    fn now(&self) -> Instant {
        self.0.now().plus_seconds(AHEAD.load(Ordering::SeqCst) * 60)
    }

    fn outside(&self) -> Instant {
        self.0.outside()
    }

    fn id(&self) -> uuid::Uuid {
        self.0.id()
    }

    fn secret(&self) -> [u8; 32] {
        self.0.secret()
    }
}

/// A court in which time passes when this job says so, and locks nobody's window.
pub(crate) async fn court() -> TestCourt {
    TestCourt::with(Setting {
        prepare: |state| state.app.chance = Arc::new(Clock(Arc::clone(&state.app.chance))),
        configure: |config| config.lock_minutes = 12 * 60,
        ..Setting::default()
    })
    .await
}

/// Some time after signing in, the second factor is asked for before what opens the account is
/// changed, and no password.
pub(crate) async fn proves_by_the_second_factor(journey: &Journey) -> Result<(), Trouble> {
    let window = &journey.window;
    let authenticator = enrolled(journey, LEGAL_ADVISER).await?;
    until_a_code_is_asked(window, LEGAL_ADVISER).await?;
    by_code(window, &shows(&authenticator, 0).await?).await?;

    AHEAD.store(LONG_AGO, Ordering::SeqCst);
    window.click("[data-test='my-account']").await?;
    window.click("[data-test='factor-renew']").await?;
    window.find("[data-test='proof']").await?;
    journey.picture("account-7-by-the-second-factor").await?;
    if !window.all("[data-test='prove-password']").await?.is_empty() {
        return Err(Trouble("the password is asked for".to_owned()));
    }
    let code = shows(&authenticator, 1).await?;
    window.type_into("[data-test='prove-code']", &code).await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='recovery-codes']").await?;
    Ok(())
}

/// Telephone and recovery codes are gone: whoever administers the firm takes the factor away, and a
/// code by mail opens the account instead.
pub(crate) async fn comes_back_by_a_letter(
    journey: &Journey,
    mail: &MailServer,
) -> Result<(), Trouble> {
    let window = &journey.window;
    enrolled(journey, SOLICITOR).await?;
    journey.sign_in(ADMINISTRATOR).await?;
    window.click("[data-test='nav-people']").await?;
    let row = format!("[data-test='person-row'][data-email='{SOLICITOR}']");
    window
        .click(&format!("{row} [data-test='take-factor']"))
        .await?;
    window
        .type_into("#factor-reason", "Telephone and codes were stolen.")
        .await?;
    journey.picture("account-8-a-lost-factor").await?;
    window.click("[data-test='take-factor-submit']").await?;
    window
        .wait_until_gone(&format!("{row} [data-test='take-factor']"))
        .await?;
    journey.sign_out().await?;

    until_a_code_is_asked(window, SOLICITOR).await?;
    let code = code_in(mail, SOLICITOR).await?;
    journey.picture("account-9-a-code-by-letter").await?;
    by_code(window, &code).await
}

/// The code in the letter to somebody.
async fn code_in(mail: &MailServer, email: &str) -> Result<String, Trouble> {
    let to = format!("To: {email}");
    for _ in 0..300 {
        let letters = mail.messages();
        let code = letters.iter().rev().find_map(|letter| {
            let (_, after) = letter.split_once("Your code is ")?;
            let code = after.split_whitespace().next()?;
            letter.contains(&to).then(|| code.to_owned())
        });
        if let Some(code) = code {
            return Ok(code);
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err(Trouble(format!("no code came, {to}")))
}

/// Gives somebody a second factor, in another window.
async fn enrolled(journey: &Journey, email: &str) -> Result<Totp, Trouble> {
    let elsewhere = journey.person(email).await?;
    let enrolment = elsewhere
        .account_enrol_second_factor(&EnrolSecondFactor {})
        .await
        .map_err(told)?;
    let authenticator = authenticator(&enrolment.secret)?;
    let code = shows(&authenticator, -1).await?;
    elsewhere
        .account_confirm_second_factor(&ConfirmSecondFactor { code })
        .await
        .map_err(told)?;
    Ok(authenticator)
}

/// Signs in by the password, which is not enough.
async fn until_a_code_is_asked(window: &Window, email: &str) -> Result<(), Trouble> {
    window
        .type_into("[data-test='sign-in-email']", email)
        .await?;
    window
        .type_into("[data-test='sign-in-password']", PASSWORD)
        .await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='sign-in-code']").await?;
    Ok(())
}

async fn by_code(window: &Window, code: &str) -> Result<(), Trouble> {
    window.type_into("[data-test='sign-in-code']", code).await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='person']").await?;
    Ok(())
}

fn authenticator(secret: &str) -> Result<Totp, Trouble> {
    let secret = Secret::try_from_base32(secret.trim())
        .map_err(|_| Trouble(format!("{secret:?} is no secret")))?;
    let built = Builder::new().with_secret(secret).build();
    built.map_err(|error| Trouble(format!("no authenticator: {error:?}")))
}

/// What it shows so many steps of half a minute from now: by the clock of the world,
/// whatever day it is in court.
async fn shows(authenticator: &Totp, steps: i64) -> Result<String, Trouble> {
    // The code before this one is refused when this half minute ends: there must be time to type it.
    let left = 30 - seconds()? % 30;
    if steps < 0 && left < TO_TYPE {
        tokio::time::sleep(std::time::Duration::from_secs(left)).await;
    }
    let then = seconds()?.saturating_add_signed(steps * 30);
    Ok(authenticator.generate(then).to_string())
}

fn seconds() -> Result<u64, Trouble> {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_err(|error| Trouble(error.to_string()))?;
    Ok(now.as_secs())
}
