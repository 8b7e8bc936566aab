//! Structured logs, without personal data: ids and counts, never names or texts.

use std::io::IsTerminal;
use tracing_subscriber::{EnvFilter, fmt};

/// Starts logging to standard error; a second call changes nothing.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_env("COMMON_PLATFORM_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,hyper=warn,cedar_policy=warn"));
    let builder = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // Somebody else may have started logging in this process: theirs stays.
    let _ = if json {
        builder.json().try_init()
    } else {
        builder.compact().try_init()
    };
}
