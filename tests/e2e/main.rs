//! The real window, with a real keyring and a real notification daemon. First the
//! path from charge to delivered order: every person signs in, does their job by
//! keyboard and reads what comes back; with `TOUR_DIR` that is the guided tour,
//! leaving its pictures and every PDF there. Asked for by name, every named
//! result, and the page beside the typing.

mod amending;
mod by_keyboard;
mod defence;
mod every_result;
mod harness;
mod joining;
mod letter;
mod newcomers;
mod notified;
mod page_beside;
mod passkeys;
mod path;
mod provider;
mod several_windows;
mod signing_in;
mod together;
mod translating;
mod typing;

use harness::{Launch, Trouble, Window};
use path::Journey;

#[tokio::test(flavor = "multi_thread")]
async fn tour_from_charge_to_acknowledged_warrant() -> Result<(), Trouble> {
    in_a_window(Journey::walk).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_is_worked_through_without_a_mouse() -> Result<(), Trouble> {
    in_a_window(by_keyboard::works_through_a_hearing).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_translation_is_worked_through() -> Result<(), Trouble> {
    in_a_window(translating::gives_the_welsh).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_registers_and_is_validated() -> Result<(), Trouble> {
    in_a_window(joining::walk).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_activates_by_the_link_in_the_mail_and_invites_a_colleague() -> Result<(), Trouble>
{
    let mail = testkit::MailServer::start();
    let court = newcomers::court(&mail).await;
    in_a_window_at(&court, Launch::default(), async |journey: &Journey| {
        newcomers::walk(journey, &court, &mail).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firms_own_provider_signs_in_and_unlocks_by_the_systems_browser() -> Result<(), Trouble> {
    let folder = tempfile::tempdir()?;
    let browser = passkeys::browser(folder.path())?;
    let (court, provider) = provider::court().await?;
    let launch = Launch::default().variable("PATH", first_in_path(folder.path()));
    in_a_window_at(&court, launch, async |journey: &Journey| {
        provider::walk(journey, &provider, &browser).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_named_result_is_typed_by_keyboard_and_kept_as_typed() -> Result<(), Trouble> {
    in_a_window(every_result::type_each).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_beside_the_typing_shows_every_keystroke() -> Result<(), Trouble> {
    in_a_window(page_beside::shows_every_keystroke).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_defence_finds_a_case_sees_the_conflict_and_instructs_counsel() -> Result<(), Trouble> {
    in_a_window(defence::finds_instructs_and_counsel_reads).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_cases_of_one_person_become_one_hearing() -> Result<(), Trouble> {
    let court = together::court().await?;
    in_a_window_at(&court, Launch::default(), together::hears_both).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_comes_back() -> Result<(), Trouble> {
    let court = testkit::TestCourt::open().await;
    in_a_window_at(&court, Launch::default(), async |journey: &Journey| {
        letter::comes_back(journey, &court).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_and_a_lock_by_keyboard() -> Result<(), Trouble> {
    in_a_window(signing_in::goes_through).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opens_an_account_is_changed_by_the_second_factor() -> Result<(), Trouble> {
    let court = signing_in::court().await;
    let job = signing_in::proves_by_the_second_factor;
    in_a_window_at(&court, Launch::default(), job).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_second_factor_is_taken_away_and_a_letter_opens_the_account() -> Result<(), Trouble>
{
    let mail = testkit::MailServer::start();
    let court = newcomers::court(&mail).await;
    in_a_window_at(&court, Launch::default(), async |journey: &Journey| {
        signing_in::comes_back_by_a_letter(journey, &mail).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_of_one_court_keep_their_sessions_in_the_keyring() -> Result<(), Trouble> {
    several_windows::keep_their_sessions_apart().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_by_the_systems_browser() -> Result<(), Trouble> {
    let folder = tempfile::tempdir()?;
    let browser = passkeys::browser(folder.path())?;
    let launch = Launch::default().variable("PATH", first_in_path(folder.path()));
    in_a_window_of(launch, async |journey: &Journey| {
        passkeys::goes_through(journey, &browser).await
    })
    .await
}

/// Where programs are looked for, in a folder before anywhere else.
fn first_in_path(folder: &std::path::Path) -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    format!("{}:{path}", folder.display())
}

/// Opens the window on a demo court of its own, and closes it whatever happened.
async fn in_a_window(job: impl AsyncFn(&Journey) -> Result<(), Trouble>) -> Result<(), Trouble> {
    in_a_window_of(Launch::default(), job).await
}

/// The same, started in a way of its own.
async fn in_a_window_of(
    launch: Launch,
    job: impl AsyncFn(&Journey) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let data = tempfile::tempdir()?;
    let today = std::env::var("TOUR_TODAY").unwrap_or_else(|_| "2026-11-23".to_owned());
    let launch = launch
        .argument("--data")
        .argument(data.path().display().to_string())
        .argument("--today")
        .argument(today);
    let window = Window::open(launch).await?;
    let journey = Journey::new(window, data.path()).await?;
    walked(journey, job).await
}

/// Opens the window on a court that runs already.
async fn in_a_window_at(
    court: &testkit::TestCourt,
    launch: Launch,
    job: impl AsyncFn(&Journey) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let data = tempfile::tempdir()?;
    let launch = launch
        .argument("--data")
        .argument(data.path().display().to_string())
        .argument("--server")
        .argument(court.url.clone());
    let window = Window::open(launch).await?;
    walked(Journey::at(window, &court.url, data.path()), job).await
}

async fn walked(
    journey: Journey,
    job: impl AsyncFn(&Journey) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    match job(&journey).await {
        Ok(()) => journey.close().await,
        Err(trouble) => {
            let report = journey.report(&trouble.0).await;
            journey.close().await.ok();
            Err(report)
        }
    }
}
