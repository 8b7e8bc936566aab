//! From charge to delivered order in the real window: every person of the path
//! signs in, does their job by keyboard and reads what comes back, with a real
//! keyring and a real notification daemon. With `TOUR_DIR` it is the guided
//! tour: the same journey, leaving its pictures and every PDF there.

mod harness;
mod path;

use harness::{Launch, Window};

#[tokio::test(flavor = "multi_thread")]
async fn tour_from_charge_to_acknowledged_warrant() -> Result<(), harness::Trouble> {
    let data = tempfile::tempdir()?;
    let today = std::env::var("TOUR_TODAY").unwrap_or_else(|_| "2026-11-23".to_owned());
    let launch = Launch::default()
        .argument("--data")
        .argument(data.path().display().to_string())
        .argument("--today")
        .argument(today);
    let window = Window::open(launch).await?;
    let journey = path::Journey::new(window, data.path()).await?;
    match journey.walk().await {
        Ok(()) => journey.close().await,
        Err(trouble) => {
            let report = journey.report(&trouble.0).await;
            journey.close().await.ok();
            Err(report)
        }
    }
}
