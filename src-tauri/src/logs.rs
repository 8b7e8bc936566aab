//! The desktop's log: to the terminal and to a file in the data folder.
//!
//! It names what happened, never to whom: no e-mail address, no name, no case
//! reference, no path of a person's files, no body of any request.

use std::{
    fs::{self, File},
    io,
    path::Path,
    sync::Mutex,
};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Beyond this the file is put aside when the application starts.
const MOST_BYTES: u64 = 5 * 1024 * 1024;

/// Our own rooms tell what they do; libraries only what worries them.
const DEFAULT: &str =
    "warn,common_platform_desktop=info,client=info,server=info,app=info,store=info";

/// Begins to log. A second call does nothing.
pub(crate) fn begin(data: &Path) {
    let filter =
        EnvFilter::try_from_env("COMMON_PLATFORM_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let file = open(data)
        .ok()
        .map(|file| fmt::layer().with_ansi(false).with_writer(Mutex::new(file)));
    let begun = tracing_subscriber::registry()
        .with(filter)
        .with(fmt::layer().with_writer(io::stderr))
        .with(file)
        .try_init();
    if begun.is_err() {
        tracing::debug!("the log had begun already");
    }
}

fn open(data: &Path) -> io::Result<File> {
    let folder = data.join("logs");
    fs::create_dir_all(&folder)?;
    let path = folder.join("desktop.log");
    if fs::metadata(&path).is_ok_and(|about| about.len() > MOST_BYTES) {
        fs::rename(&path, folder.join("desktop.old.log"))?;
    }
    File::options().create(true).append(true).open(path)
}
