//! Structured logs, without personal data: ids and counts, never names or texts.

use std::io::IsTerminal;
use tracing_subscriber::{EnvFilter, fmt};

/// A server tells what it does.
const SERVING: &str = "info,sqlx=warn,hyper=warn,cedar_policy=warn";
/// A command that ends says in its own words what it did.
const ONE_COMMAND: &str = "warn,server::catalogue=info";

/// Starts logging to standard error; a second call changes nothing.
pub fn start(json: bool, serves: bool) {
    let filter = EnvFilter::try_from_env("COMMON_PLATFORM_LOG")
        .unwrap_or_else(|_| EnvFilter::new(if serves { SERVING } else { ONE_COMMAND }));
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
