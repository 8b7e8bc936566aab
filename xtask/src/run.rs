//! `cargo xtask run`: from a fresh machine to the open window, or, where there is no display, to
//! the pictures and documents of the guided tour.
//!
//! It only sets up, builds and starts; the demo court is seeded by the app itself.

use crate::{
    build, desktop, packages,
    process::{self, Failure, Outcome, program},
    repository::Repository,
    toolchain, ui,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The day on which the demo court opens, as 2026-11-23; the same day gives the same court
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<String>,
    /// Join a server that runs already, instead of starting one
    #[arg(long, value_name = "URL", conflicts_with = "today")]
    server: Option<String>,
    /// Take the guided tour on a virtual display even when there is a real one
    #[arg(long, conflicts_with = "server")]
    headless: bool,
    /// Passed on to the app, as in `-- --profile second`
    #[arg(last = true, conflicts_with = "headless")]
    rest: Vec<String>,
}

pub(crate) fn run(repository: &Repository, arguments: &Arguments) -> Outcome {
    let headless = arguments.headless || !has_display();
    if headless && arguments.server.is_some() {
        return Err(Failure::new(
            "--server opens a window, and there is no display to open it on",
        ));
    }
    toolchain::check()?;
    if headless {
        packages::ensure(&[packages::BUILD, packages::DESKTOP])?;
    } else {
        packages::ensure(&[packages::BUILD])?;
    }
    ui::ensure_built(repository)?;
    build::binaries(repository)?;
    if headless {
        tour(repository, arguments)
    } else {
        window(repository, arguments)
    }
}

fn window(repository: &Repository, arguments: &Arguments) -> Outcome {
    let mut app = program(
        repository.target().join("debug/common-platform"),
        repository.root(),
    );
    if let Some(today) = &arguments.today {
        app.args(["--today", today]);
    }
    if let Some(server) = &arguments.server {
        app.args(["--server", server]);
    }
    process::succeed(app.args(&arguments.rest))
}

fn tour(repository: &Repository, arguments: &Arguments) -> Outcome {
    build::suite_binary(repository, "e2e")?;
    desktop::ensure_driver(repository)?;
    let folder = repository.path("target/tour");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;

    println!("no display: the guided tour drives the real window on a virtual one");
    let mut suite = build::suite(repository, "e2e");
    suite
        .args(["--", "--nocapture", "--test-threads=1", "tour"])
        .env("TOUR_DIR", &folder);
    if let Some(today) = &arguments.today {
        suite.env("TOUR_TODAY", today);
    }
    let ended = desktop::within(repository, &suite);

    let mut left = Vec::new();
    collect(&folder, &mut left)?;
    left.sort();
    println!("\nthe tour left:");
    for path in &left {
        println!(
            "  {}",
            path.strip_prefix(repository.root())
                .unwrap_or(path)
                .display()
        );
    }
    ended?;
    if left.is_empty() {
        return Err(Failure::new(
            "the tour left no picture and no PDF in target/tour/",
        ));
    }
    Ok(())
}

/// The screenshots and PDFs below a folder.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Outcome {
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "png" || extension == "pdf")
        {
            found.push(path);
        }
    }
    Ok(())
}

fn has_display() -> bool {
    if cfg!(not(target_os = "linux")) {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The shape of a civil date; whether the day exists is for the app to say.
fn day(text: &str) -> Result<String, String> {
    let shape: String = text
        .chars()
        .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
        .collect();
    if shape == "0000-00-00" {
        Ok(text.to_owned())
    } else {
        Err("a date is written year-month-day, as 2026-11-23".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_year_month_day() {
        assert!(day("2026-11-23").is_ok());
        assert!(day("23/11/2026").is_err());
        assert!(day("2026-11-2").is_err());
    }
}
