//! The command line of the desktop.

use crate::folder;
use clap::Parser;
use std::path::PathBuf;
use vocabulary::Day;

/// Case management for the criminal courts of England and Wales.
///
/// Without --server it opens a court of its own on this computer, in which
/// everybody and everything is invented.
#[derive(Debug, Clone, Parser)]
#[command(name = "common-platform", version)]
#[command(after_help = "\
Example: the demo court on this computer
  common-platform
Example: a server elsewhere
  common-platform --server https://court.example.test")]
pub(crate) struct Arguments {
    /// Join the server at this address instead of starting one on this computer
    #[arg(long, value_name = "URL", value_parser = server_address)]
    pub(crate) server: Option<String>,
    /// The day in court of a demo court that is made now, as 2026-11-23 (default: today)
    #[arg(long, value_name = "DATE", conflicts_with = "server", value_parser = day)]
    pub(crate) today: Option<Day>,
    /// The folder for the demo court, drafts and logs
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Keeps the sign-ins of several windows on one computer apart
    #[arg(long, value_name = "NAME", default_value = "default")]
    pub(crate) profile: String,
}

impl Arguments {
    /// The folder for everything that stays on this computer.
    pub(crate) fn data(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(folder::default)
    }

    /// The window's title: the profile is told only where somebody uses several.
    pub(crate) fn title(&self) -> String {
        match self.profile.as_str() {
            "default" => "Common Platform".to_owned(),
            profile => format!("Common Platform \u{2013} {profile}"),
        }
    }
}

/// Passwords and case papers go over this connection: plain HTTP only where
/// nobody else can listen.
fn server_address(text: &str) -> Result<String, String> {
    let address = text.trim().trim_end_matches('/');
    let is_plain = address.starts_with("http://");
    if is_plain && !client::is_this_computer(address) {
        return Err("only a server on this computer may be joined by http; use https".to_owned());
    }
    if !is_plain && !address.starts_with("https://") {
        return Err("give it as https://name or http://127.0.0.1:port".to_owned());
    }
    Ok(address.to_owned())
}

fn day(text: &str) -> Result<Day, String> {
    text.parse()
        .map_err(|_| "a date is written year-month-day, as 2026-11-23".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from([&["common-platform"], arguments].concat())
    }

    #[test]
    fn no_argument_means_a_court_on_this_computer() {
        let arguments = parse(&[]).unwrap();
        assert_eq!(arguments.server, None);
        assert_eq!(arguments.profile, "default");
        assert_eq!(arguments.title(), "Common Platform");
    }

    #[test]
    fn a_server_elsewhere_is_joined_by_https_only() {
        assert!(parse(&["--server", "http://court.example"]).is_err());
        assert!(parse(&["--server", "court.example"]).is_err());
        let joined = parse(&["--server", "https://court.example/"]).unwrap();
        assert_eq!(joined.server.as_deref(), Some("https://court.example"));
        assert!(parse(&["--server", "http://127.0.0.1:4800"]).is_ok());
    }

    #[test]
    fn the_day_in_court_is_a_day_and_belongs_to_a_court_of_our_own() {
        assert!(parse(&["--today", "2026-11-23"]).is_ok());
        assert!(parse(&["--today", "2026-02-30"]).is_err());
        assert!(parse(&["--today", "2026-11-23", "--server", "https://a.example"]).is_err());
    }
}
