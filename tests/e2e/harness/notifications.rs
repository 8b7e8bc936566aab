//! What the desktop's notification daemon has shown: asked of dunst, never of the app.

use super::{Trouble, evidence::output};
use serde_json::Value;
use std::time::{Duration, Instant};
use tokio::time;

/// Something that the notification daemon has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) app: String,
    pub(crate) summary: String,
    pub(crate) body: String,
}

/// Everything the notification daemon has shown in this session, newest first. What is on the
/// screen is closed by asking: the daemon's history begins where the screen ends.
///
/// # Errors
/// When there is no daemon.
pub(crate) fn notifications() -> Result<Vec<Shown>, Trouble> {
    output("dunstctl", &["close-all"])?;
    let history: Value = serde_json::from_str(&output("dunstctl", &["history"])?)?;
    let entries = history["data"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_array);
    let word =
        |entry: &Value, name: &str| entry[name]["data"].as_str().unwrap_or_default().to_owned();
    Ok(entries
        .flatten()
        .map(|entry| Shown {
            app: word(entry, "appname"),
            summary: word(entry, "summary"),
            body: word(entry, "body"),
        })
        .collect())
}

/// How many notifications are on the screen or waiting for it; closes none.
///
/// # Errors
/// When there is no daemon.
pub(crate) fn notifications_on_screen() -> Result<u32, Trouble> {
    let count = |of: &str| -> Result<u32, Trouble> {
        let said = output("dunstctl", &["count", of])?;
        said.trim()
            .parse()
            .map_err(|_| Trouble(format!("dunstctl counted {said:?}")))
    };
    Ok(count("displayed")? + count("waiting")?)
}

/// Waits until a notification on the screen or before says this, and returns how long that took.
/// Does not close it, so that it can be photographed: ask [`notifications`] for its words.
///
/// # Errors
/// When none has come in time.
pub(crate) async fn wait_for_a_notification(within: Duration) -> Result<Duration, Trouble> {
    let began = Instant::now();
    while began.elapsed() < within {
        if notifications_on_screen()? > 0 {
            return Ok(began.elapsed());
        }
        time::sleep(Duration::from_millis(20)).await;
    }
    Err(Trouble(format!(
        "no notification within {} ms",
        within.as_millis()
    )))
}
