//! A scanner for viruses, where one is set: clamd, asked by its `INSTREAM` for each file that is
//! whole before anybody else can come to it. Only a plain "OK" lets a file through; whatever else
//! is said, or not said, keeps it out (decision 47). What is found is for the court to judge: this
//! neither cleans nor sets aside.
//!
//! It speaks on the thread on which the file was written, which is the upload's own.

use crate::config::Config;
use std::{
    fs::File,
    io::{self, ErrorKind, Read, Seek, Write},
    net::{TcpStream, ToSocketAddrs},
    time::{Duration, Instant},
};
#[cfg(unix)]
use std::{os::unix::net::UnixStream, path::PathBuf};
use store::{Inspect, Objection};

/// How long one file may take. Our desktops wait two minutes for an answer to the last byte.
const LONGEST: Duration = Duration::from_secs(100);
/// How much is handed over at once.
const CHUNK: usize = 256 * 1024;
/// The longest answer that is read.
const ANSWER: u64 = 4096;
/// What clamd calls a file that is more than it looks through, if it is set to say so.
const LIMITS: &str = "Heuristics.Limits.Exceeded";

/// The scanner that is set.
#[derive(Debug)]
pub(crate) struct Scanner {
    place: Place,
    longest: Duration,
}

#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// A host with its port.
    Network(String),
    /// A socket on this computer.
    #[cfg(unix)]
    Socket(PathBuf),
}

impl Scanner {
    /// As configured; none, if none is.
    ///
    /// # Errors
    /// A sentence, if the setting is wrong.
    pub(crate) fn new(config: &Config) -> Result<Option<Self>, String> {
        let Some(setting) = &config.scanner else {
            return Ok(None);
        };
        let place = place(setting).map_err(|how| {
            format!("The setting scanner is {setting:?}: {how}. Correct it, or take it out.")
        })?;
        Ok(Some(Self {
            place,
            longest: LONGEST,
        }))
    }

    fn ask(&self, file: &mut (impl Read + Seek)) -> Result<(), Objection> {
        let until = Instant::now() + self.longest;
        let mut line = self.line(until).map_err(|error| away(&error))?;
        let handed = hand_over(file, &mut *line, until);
        if let Err(Stopped::File(error)) = handed {
            return Err(Objection::Broken(error.to_string()));
        }
        // It may have said why it takes no more before it hung up.
        let answer = answer(&mut *line, until);
        match (handed, answer) {
            (_, Ok(said)) if !said.is_empty() => judged(&said),
            (Err(Stopped::Line(error)), _) | (_, Err(error)) => Err(away(&error)),
            _ => Err(away(&ErrorKind::UnexpectedEof.into())),
        }
    }

    fn line(&self, until: Instant) -> io::Result<Box<dyn Line>> {
        match &self.place {
            Place::Network(place) => {
                let mut failed = io::Error::from(ErrorKind::NotFound);
                for address in place.to_socket_addrs()? {
                    match TcpStream::connect_timeout(&address, left(until)?) {
                        Ok(line) => return Ok(Box::new(line)),
                        Err(error) => failed = error,
                    }
                }
                Err(failed)
            }
            #[cfg(unix)]
            Place::Socket(path) => Ok(Box::new(UnixStream::connect(path)?)),
        }
    }
}

impl Inspect for Scanner {
    fn inspect(&self, file: &mut File) -> Result<(), Objection> {
        let looked = self.ask(file);
        let outcome = match &looked {
            Ok(()) => "clean",
            Err(Objection::Harmful { .. }) => "found",
            Err(Objection::TooMuch { .. }) => "too_much",
            Err(Objection::Away { .. } | Objection::Broken(_)) => "away",
        };
        metrics::counter!("scans_total", "outcome" => outcome).increment(1);
        match &looked {
            Err(Objection::Away { why }) => {
                tracing::error!(
                    why,
                    "the scanner looked through nothing; the file is refused"
                );
            }
            Err(Objection::TooMuch { why }) => {
                tracing::warn!(why, "a file is more than the scanner looks through");
            }
            Err(Objection::Harmful { found }) => {
                tracing::warn!(found, "the scanner found something")
            }
            _ => {}
        }
        looked
    }
}

/// Where a setting says that the scanner is.
fn place(setting: &str) -> Result<Place, String> {
    if setting.starts_with('/') {
        #[cfg(unix)]
        return Ok(Place::Socket(setting.into()));
        #[cfg(not(unix))]
        return Err("this system has no such sockets; write host:port".to_owned());
    }
    let port = setting
        .rsplit_once(':')
        .filter(|(host, _)| !host.is_empty() && !host.contains('/'))
        .and_then(|(_, port)| port.parse::<u16>().ok());
    match port {
        Some(port) if port > 0 => Ok(Place::Network(setting.to_owned())),
        _ => Err(
            "write where clamd listens, as host:port or as the whole path of its socket".to_owned(),
        ),
    }
}

/// A connection that can be told how long to wait.
trait Line: Read + Write {
    fn wait_at_most(&self, longest: Duration) -> io::Result<()>;
}

impl Line for TcpStream {
    fn wait_at_most(&self, longest: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(longest))?;
        self.set_write_timeout(Some(longest))
    }
}

#[cfg(unix)]
impl Line for UnixStream {
    fn wait_at_most(&self, longest: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(longest))?;
        self.set_write_timeout(Some(longest))
    }
}

/// What ended the handing over.
enum Stopped {
    File(io::Error),
    Line(io::Error),
}

/// The whole file in pieces, each with its length before it, and a length of nothing at the end.
fn hand_over(
    file: &mut (impl Read + Seek),
    line: &mut dyn Line,
    until: Instant,
) -> Result<(), Stopped> {
    file.rewind().map_err(Stopped::File)?;
    say(line, b"zINSTREAM\0", until)?;
    let mut piece = vec![0; 4 + CHUNK];
    loop {
        let read = match file.read(&mut piece[4..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read.map_err(Stopped::File)?,
        };
        let length = u32::try_from(read).unwrap_or_default().to_be_bytes();
        piece[..4].copy_from_slice(&length);
        say(line, &piece[..4 + read], until)?;
        if read == 0 {
            return Ok(());
        }
    }
}

fn say(line: &mut dyn Line, bytes: &[u8], until: Instant) -> Result<(), Stopped> {
    let said = left(until).and_then(|left| {
        line.wait_at_most(left)?;
        line.write_all(bytes)
    });
    said.map_err(Stopped::Line)
}

/// What comes back, up to the first zero or the end.
fn answer(line: &mut dyn Line, until: Instant) -> io::Result<String> {
    let mut said = Vec::new();
    let mut piece = [0; 512];
    while !said.contains(&0) && said.len() as u64 <= ANSWER {
        line.wait_at_most(left(until)?)?;
        match line.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => said.extend_from_slice(&piece[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(String::from_utf8_lossy(&said).into_owned())
}

fn left(until: Instant) -> io::Result<Duration> {
    until
        .checked_duration_since(Instant::now())
        .filter(|left| !left.is_zero())
        .ok_or_else(|| ErrorKind::TimedOut.into())
}

fn away(error: &io::Error) -> Objection {
    Objection::Away {
        why: error.to_string(),
    }
}

/// What an answer means.
fn judged(said: &str) -> Result<(), Objection> {
    let said = said.split('\0').next().unwrap_or_default().trim();
    if said == "stream: OK" {
        return Ok(());
    }
    // It is shown to people and recorded, and it is somebody else's text.
    let plain = |text: &str| -> String {
        let graphic = text
            .chars()
            .filter(|own| own.is_ascii_graphic() || *own == ' ');
        graphic.take(100).collect()
    };
    let found = said
        .strip_prefix("stream: ")
        .and_then(|said| said.strip_suffix(" FOUND"));
    Err(match found {
        Some(name) if name.starts_with(LIMITS) => Objection::TooMuch { why: plain(name) },
        Some(name) => Objection::Harmful { found: plain(name) },
        None if said.contains("size limit exceeded") => Objection::TooMuch { why: plain(said) },
        None => Objection::Away { why: plain(said) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{io::Cursor, net::TcpListener, thread};

    fn a_file(bytes: usize) -> Cursor<Vec<u8>> {
        Cursor::new(vec![b'x'; bytes])
    }

    fn at(listener: &TcpListener, longest: Duration) -> Scanner {
        Scanner {
            place: Place::Network(listener.local_addr().unwrap().to_string()),
            longest,
        }
    }

    #[test]
    fn only_a_plain_ok_lets_a_file_through() {
        assert_eq!(judged("stream: OK\0"), Ok(()));
        assert_eq!(
            judged("stream: Some-Worm FOUND\0"),
            Err(Objection::Harmful {
                found: "Some-Worm".to_owned()
            })
        );
        for too_much in [
            "INSTREAM size limit exceeded. ERROR\0",
            "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
        ] {
            let judged = judged(too_much);
            assert!(
                matches!(judged, Err(Objection::TooMuch { .. })),
                "{judged:?}"
            );
        }
        for else_said in [
            "",
            "OK",
            "stream: OK FOUND ERROR",
            "UNKNOWN COMMAND\0",
            "\0stream: OK",
        ] {
            let judged = judged(else_said);
            assert!(matches!(judged, Err(Objection::Away { .. })), "{judged:?}");
        }
    }

    #[test]
    fn a_scanner_that_says_nothing_is_not_waited_for_and_lets_nothing_through() {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let scanner = at(&silent, Duration::from_millis(200));
        let asked = scanner.ask(&mut a_file(10));
        assert!(matches!(asked, Err(Objection::Away { .. })), "{asked:?}");
        // One that hangs up at once, in the middle of a large file.
        let rude = thread::spawn(move || drop(silent.accept()));
        let scanner = Scanner {
            longest: Duration::from_secs(20),
            ..scanner
        };
        let asked = scanner.ask(&mut a_file(3_000_000));
        assert!(matches!(asked, Err(Objection::Away { .. })), "{asked:?}");
        rude.join().unwrap();
    }

    #[test]
    fn a_scanner_is_set_by_host_and_port_or_by_the_path_of_its_socket() {
        let host = "127.0.0.1:3310";
        assert_eq!(place(host), Ok(Place::Network(host.to_owned())));
        #[cfg(unix)]
        assert_eq!(
            place("/run/clamav/clamd.ctl"),
            Ok(Place::Socket("/run/clamav/clamd.ctl".into()))
        );
        for wrong in [
            "",
            "clamd",
            ":3310",
            "clamd:0",
            "tcp://clamd:3310",
            "clamd:x",
        ] {
            assert!(place(wrong).is_err(), "{wrong}");
        }
    }
}
