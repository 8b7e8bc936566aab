//! The system packages that a Debian machine needs, and their installation.
//!
//! What is there already is asked of dpkg in one call, so that the usual run costs milliseconds.
//! Machines without dpkg are left alone: the Tauri prerequisites of other systems are installed by
//! hand. Nothing is ever removed or upgraded.

use crate::process::{self, Failure, Outcome, program};
use std::{
    io::IsTerminal,
    path::Path,
    process::{Command, Stdio},
};

/// What the desktop app is built with.
pub(crate) const BUILD: &[&str] = &[
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libssl-dev",
    "build-essential",
    "pkg-config",
    "file",
    "mold",
];

/// What a window without a display needs: a virtual one, a WebDriver, a keyring and a
/// notification daemon.
pub(crate) const DESKTOP: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "x11-utils",
    "imagemagick",
    "dbus",
    "dbus-x11",
    "gnome-keyring",
    "libsecret-tools",
    "dunst",
    "libnotify-bin",
    "libglib2.0-bin",
];

/// What the other tests need: a PostgreSQL to start a cluster of their own, tools that read PDFs
/// independently of us, a mail server, and a scanner for viruses (with signatures of the tests' own).
pub(crate) const TESTS: &[&str] = &[
    "postgresql",
    "poppler-utils",
    "qpdf",
    "python3-aiosmtpd",
    "clamav-daemon",
];

/// What the check for Windows compiles with.
pub(crate) const WINDOWS: &[&str] = &[
    "gcc-mingw-w64-x86-64-win32",
    "binutils-mingw-w64-x86-64",
    "mingw-w64-x86-64-dev",
];

/// Installs what is missing, as root or with sudo; else stops and gives the exact line to type.
pub(crate) fn ensure(groups: &[&[&str]]) -> Outcome {
    if process::which("dpkg-query").is_none() {
        return Ok(());
    }
    let wanted: Vec<&str> = groups
        .iter()
        .flat_map(|group| group.iter().copied())
        .collect();
    let missing = missing(&wanted, &installed(&wanted));
    if missing.is_empty() {
        return Ok(());
    }
    println!("system packages to install: {}", missing.join(" "));
    let Some(privilege) = privilege() else {
        return Err(Failure::new(format!(
            "these system packages are missing and this user may not install them. Run:\n\n    {}\n\nand then try again.",
            line(&missing)
        )));
    };
    if lists_are_empty() {
        process::succeed(&mut privilege.apt(&["update"]))?;
    }
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&missing);
    if process::succeed(&mut privilege.apt(&install)).is_err() {
        // The lists may be older than the archive: fetched once more, then tried once more.
        process::succeed(&mut privilege.apt(&["update"]))?;
        process::succeed(&mut privilege.apt(&install))
            .map_err(|failure| Failure::new(format!("{failure}; by hand: {}", line(&missing))))?;
    }
    Ok(())
}

/// What dpkg knows about these packages, one line each: name, status.
fn installed(wanted: &[&str]) -> String {
    // dpkg-query fails when one name is unknown, and still prints the others: its answer is read
    // whatever it returns.
    let output = program("dpkg-query", Path::new("/"))
        .args(["-W", "-f", "${Package} ${db:Status-Status}\\n"])
        .args(wanted)
        .stderr(Stdio::null())
        .output();
    output
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default()
}

fn missing<'a>(wanted: &[&'a str], known: &str) -> Vec<&'a str> {
    wanted
        .iter()
        .copied()
        .filter(|name| {
            !known
                .lines()
                .any(|line| line.trim() == format!("{name} installed"))
        })
        .collect()
}

fn line(missing: &[&str]) -> String {
    format!(
        "sudo apt-get update && sudo apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends {}",
        missing.join(" ")
    )
}

enum Privilege {
    Root,
    Sudo,
}

impl Privilege {
    fn apt(&self, arguments: &[&str]) -> Command {
        let mut command = match self {
            Self::Root => program("apt-get", Path::new("/")),
            Self::Sudo => {
                let mut sudo = program("sudo", Path::new("/"));
                if std::io::stdin().is_terminal() {
                    sudo.stdin(Stdio::inherit());
                } else {
                    sudo.arg("--non-interactive");
                }
                sudo.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
                sudo
            }
        };
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-q", "-o", "DPkg::Lock::Timeout=600"])
            .args(arguments);
        command
    }
}

fn privilege() -> Option<Privilege> {
    let id = process::read(program("id", Path::new("/")).arg("-u")).ok()?;
    if id.trim() == "0" {
        return Some(Privilege::Root);
    }
    process::which("sudo")?;
    // Somebody at a terminal can be asked for the password; a build machine cannot.
    let free = program("sudo", Path::new("/"))
        .args(["--non-interactive", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    (free || std::io::stdin().is_terminal()).then_some(Privilege::Sudo)
}

fn lists_are_empty() -> bool {
    let Ok(entries) = Path::new("/var/lib/apt/lists").read_dir() else {
        return true;
    };
    !entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.contains("_Packages") || name.ends_with("Release")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_installed_is_missing() {
        let known = "xvfb installed\nqpdf config-files\n";
        assert_eq!(
            missing(&["xvfb", "qpdf", "dunst"], known),
            ["qpdf", "dunst"]
        );
    }

    #[test]
    fn nothing_is_missing_when_everything_is_installed() {
        assert!(missing(&["xvfb"], "xvfb installed\nxvfb installed\n").is_empty());
    }

    #[test]
    fn the_line_to_type_names_every_missing_package() {
        assert!(line(&["a", "b"]).ends_with("--no-install-recommends a b"));
    }
}
