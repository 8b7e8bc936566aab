//! Configuration: a file, then the environment, then flags; the later wins.

use axum::http::Uri;
use figment::{
    Figment, Source,
    error::Kind,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};
use vocabulary::Day;

/// What the names of our variables begin with.
const VARIABLES: &str = "COMMON_PLATFORM_";
/// Variables of ours that are no settings: the command line and the logs read them.
const ELSEWHERE: &[&str] = &["config", "log", "new_password"];

/// How a server is set up.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `sqlite:///path/file.db` or `postgres://user@host/database`.
    pub database_url: String,
    /// Folder of the object store.
    pub objects: PathBuf,
    /// Folder of the server's keys and the ledger's checkpoints; keep it apart from the database.
    pub keys: PathBuf,
    /// Address to listen on.
    pub listen: String,
    /// Address under which other systems reach this server.
    pub public_url: String,
    /// The server's certificate with those that it follows from (PEM); with `tls_key` the
    /// server speaks TLS and nothing else.
    pub tls_certificate: Option<PathBuf>,
    /// The private key of that certificate (PEM).
    pub tls_key: Option<PathBuf>,
    /// Folder that overrides the embedded reference data.
    pub reference: Option<PathBuf>,
    /// Validation rules that are less severe here than they are published:
    /// `DR-AGE-007=WARNING`, `DR-CONV-006=OFF`. None can be raised.
    #[serde(deserialize_with = "words")]
    pub lower_rules: Vec<String>,
    /// Whether everything is invented: offers the demo people at sign-in.
    pub demo: bool,
    /// The password that the demo people share.
    pub demo_password: String,
    /// The day on which the clock starts; empty means today.
    pub today: Option<Day>,
    /// Most connections at once; one address holds at most a quarter of them.
    pub connections: usize,
    /// How long, in seconds, a body or an answer may stand still before its
    /// connection is given up.
    pub idle_seconds: u64,
    /// Proxies whose `X-Forwarded-For` says who asks.
    #[serde(deserialize_with = "addresses")]
    pub trusted_proxies: Vec<IpAddr>,
    /// A further address, which answers with the metrics to whoever reaches it.
    pub metrics_listen: Option<String>,
    /// clamd that looks through every file before it is kept: `host:port`, or the whole path of
    /// its socket; none means that nobody does.
    pub scanner: Option<String>,
    /// Mail server that takes documents on to mailboxes; none means no e-mail leaves here.
    pub smtp_host: Option<String>,
    /// Its port; 587, 465 or 25 by `smtp_tls`.
    pub smtp_port: Option<u16>,
    /// Whether it is spoken to by TLS, and from when on.
    pub smtp_tls: SmtpTls,
    /// Who we are for it, if it asks.
    pub smtp_user: Option<String>,
    /// The password for that.
    pub smtp_password: Option<String>,
    /// A file in which it is, for instance one that a vault's agent mounts.
    pub smtp_password_file: Option<PathBuf>,
    /// A file in which the address of the database is, which may hold a password.
    pub database_url_file: Option<PathBuf>,
    /// Mailbox from which documents are sent, and to which they come back.
    pub mail_from: Option<String>,
    /// Whether other organisations' systems may be at addresses inside, and without TLS.
    pub callbacks_to_private: bool,
    /// How long, in seconds, taking one delivery to its recipient may last.
    pub carry_seconds: u64,
    /// How long, in seconds, a delivery is tried before it is a dead letter.
    pub give_up_seconds: u64,
    /// The time of day at which the deliveries of the day before are reconciled.
    pub reconcile_at: TimeOfDay,
    /// The time of day at which the court day is over and its registers are sent.
    pub registers_at: TimeOfDay,
    /// After how many minutes without a sign of its person a window locks itself.
    pub lock_minutes: u64,
    /// For how many minutes a person's proof of who they are is enough to share results
    /// and to open a case that the court keeps off lists.
    pub proof_minutes: u64,
    /// How people reach the service centre who cannot sign in: a telephone number, an address, hours.
    pub service_centre: Option<String>,
    /// Log as JSON.
    pub json_logs: bool,
    /// Who gives a command from the command line; no setting.
    #[serde(skip)]
    pub operator: Option<String>,
}

/// Whether a mail server is spoken to by TLS.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// From the first greeting on; without it nothing is sent.
    #[default]
    Starttls,
    /// From the first byte on.
    Tls,
    /// Not at all: for a mail server on this computer.
    None,
}

/// A time of day by the clock of the court, as `02:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    hour: i8,
    minute: i8,
}

impl TimeOfDay {
    /// After the last court has risen.
    pub const EVENING: Self = Self {
        hour: 19,
        minute: 0,
    };

    /// Hour and minute.
    #[must_use]
    pub const fn parts(self) -> (i8, i8) {
        (self.hour, self.minute)
    }
}

impl Default for TimeOfDay {
    /// When no court sits, and on the nights on which clocks change it comes once.
    fn default() -> Self {
        Self {
            hour: 2,
            minute: 30,
        }
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once(':').filter(|(_, minute)| minute.len() == 2);
        let parts =
            parts.and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
        match parts {
            Some((hour @ 0..24, minute @ 0..60)) => Ok(Self { hour, minute }),
            _ => Err(format!(
                "{text:?} is no time of day; write hours and minutes, for instance 02:30"
            )),
        }
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        format!("{:02}:{:02}", time.hour, time.minute)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::in_folder(Path::new("common-platform-data"))
    }
}

impl Config {
    /// Everything in one folder, on SQLite.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        Self {
            database_url: store::sqlite_url(&folder.join("record.db")),
            objects: folder.join("objects"),
            keys: folder.join("keys"),
            listen: "127.0.0.1:8420".to_owned(),
            public_url: "http://127.0.0.1:8420".to_owned(),
            tls_certificate: None,
            tls_key: None,
            reference: None,
            lower_rules: Vec::new(),
            demo: false,
            demo_password: "a fictional court".to_owned(),
            today: None,
            connections: 10_000,
            idle_seconds: 30,
            trusted_proxies: Vec::new(),
            metrics_listen: None,
            scanner: None,
            smtp_host: None,
            smtp_port: None,
            smtp_tls: SmtpTls::default(),
            smtp_user: None,
            smtp_password: None,
            smtp_password_file: None,
            database_url_file: None,
            mail_from: None,
            callbacks_to_private: false,
            carry_seconds: 20,
            give_up_seconds: 24 * 60 * 60,
            reconcile_at: TimeOfDay::default(),
            registers_at: TimeOfDay::EVENING,
            lock_minutes: 15,
            service_centre: None,
            proof_minutes: 4 * 60,
            json_logs: false,
            operator: None,
        }
    }

    /// Reads the file, if given, and the environment (`COMMON_PLATFORM_DATABASE_URL` and so on).
    ///
    /// # Errors
    /// A sentence that names the setting and where it came from.
    pub fn read(file: Option<&Path>, folder: Option<&Path>) -> Result<Self, String> {
        let base = Self {
            public_url: String::new(),
            ..folder.map_or_else(Self::default, Self::in_folder)
        };
        let mut figment = Figment::from(Serialized::defaults(base));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(format!(
                    "There is no configuration file {}. Correct --config (or \
                     COMMON_PLATFORM_CONFIG), or leave it out to use the defaults.",
                    file.display()
                ));
            }
            figment = figment.merge(Toml::file(file));
        }
        figment
            .merge(Env::prefixed(VARIABLES).ignore(ELSEWHERE))
            .extract()
            .map(Self::reached)
            .map_err(|error| explained(&error))?
            .with_secrets()
    }

    /// What is in a file of its own counts, whatever stands beside it: whoever took a secret
    /// out of the configuration is not to find that it was read from there.
    fn with_secrets(mut self) -> Result<Self, String> {
        if let Some(file) = &self.database_url_file {
            self.database_url = secret("database_url_file", file)?;
        }
        if let Some(file) = &self.smtp_password_file {
            self.smtp_password = Some(secret("smtp_password_file", file)?);
        }
        Ok(self)
    }

    /// Others reach the server where it listens, unless their address was set.
    fn reached(mut self) -> Self {
        if self.public_url.is_empty() {
            self.public_url = self.spoken_to_at(&self.listen);
        }
        self
    }

    /// Listens elsewhere; a public address that only followed the old one follows.
    pub fn listen_on(&mut self, listen: String) {
        if self.public_url == self.spoken_to_at(&self.listen) {
            self.public_url = self.spoken_to_at(&listen);
        }
        self.listen = listen;
    }

    /// How the server is spoken to at one of its own addresses.
    #[must_use]
    pub fn spoken_to_at(&self, listen: &str) -> String {
        let scheme = if self.tls_certificate.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{listen}")
    }

    /// The SQLite file, if it is one.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let path = self.database_url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split('?').next().unwrap_or(path);
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        Some(PathBuf::from(path.into_owned()))
    }

    /// The folder of the SQLite file, if it is one.
    #[must_use]
    pub fn sqlite_folder(&self) -> Option<PathBuf> {
        self.sqlite_file()?.parent().map(Path::to_path_buf)
    }

    /// The database without the password in its address.
    #[must_use]
    pub fn database_name(&self) -> String {
        match self.database_url.split_once('@') {
            Some((scheme, rest)) => {
                let scheme = scheme.split("://").next().unwrap_or("postgres");
                format!("{scheme}://…@{rest}")
            }
            None => self.database_url.clone(),
        }
    }
}

/// The one line of a file; what stands in it is never told.
fn secret(setting: &str, file: &Path) -> Result<String, String> {
    let wrong = |what: String| {
        format!(
            "The setting {setting} names {}, {what}. Correct it there, or take it out; \
             README.md says what each setting takes.",
            file.display()
        )
    };
    let text = std::fs::read_to_string(file)
        .map_err(|error| wrong(format!("which cannot be read: {error}")))?;
    let line = text.trim_end_matches(['\r', '\n']);
    if line.trim().is_empty() || line.contains(['\r', '\n']) {
        return Err(wrong("which must hold one line".to_owned()));
    }
    Ok(line.to_owned())
}

/// What is wrong with the configuration, where it stands, and what to do.
fn explained(error: &figment::Error) -> String {
    let setting = error.path.last().map_or("", String::as_str).to_lowercase();
    let file = error
        .metadata
        .as_ref()
        .and_then(|about| match &about.source {
            Some(Source::File(file)) => Some(file.display().to_string()),
            _ => None,
        });
    let place =
        file.unwrap_or_else(|| format!("the variable {VARIABLES}{}", setting.to_uppercase()));
    let what = match &error.kind {
        Kind::UnknownField(name, known) => format!(
            "there is no setting {name}; the settings are {}",
            known.join(", ")
        ),
        _ if setting == "today" => "write a day as year-month-day, for instance 2026-11-23".into(),
        Kind::InvalidType(actual, wanted) => format!("{setting} must be {wanted}, not {actual}"),
        other => other.to_string(),
    };
    format!(
        "The configuration is wrong in {place}: {what}. Correct it there, or take it out; \
         README.md says what each setting takes."
    )
}

/// An address under which others reach a server.
///
/// # Errors
/// How to write it.
pub(crate) fn public_address(text: &str) -> Result<&str, String> {
    let scheme = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"));
    let is_one = scheme.is_some_and(|rest| !rest.starts_with('/'))
        && !text.contains(['?', '#'])
        && text.parse::<Uri>().is_ok_and(|url| url.host().is_some());
    if is_one {
        Ok(text)
    } else {
        Err("write the whole address, for instance https://court.example.test".to_owned())
    }
}

/// Words, as a list or, which is easier in a variable, as text with commas.
fn words<'de, D: Deserializer<'de>>(given: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Text(String),
        List(Vec<String>),
    }
    let given = match Given::deserialize(given)? {
        Given::Text(text) => text.split(',').map(str::to_owned).collect(),
        Given::List(list) => list,
    };
    Ok(given
        .iter()
        .map(|one| one.trim().to_owned())
        .filter(|one| !one.is_empty())
        .collect())
}

/// Words that are addresses.
fn addresses<'de, D: Deserializer<'de>>(given: D) -> Result<Vec<IpAddr>, D::Error> {
    words(given)?
        .iter()
        .map(|one| {
            one.parse::<IpAddr>()
                .map(|address| address.to_canonical())
                .map_err(|_| D::Error::custom(format!("{one:?} is no address")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_and_rules_are_a_list_or_text_with_commas() {
        let read = |toml: &str| {
            Figment::from(Serialized::defaults(Config::default()))
                .merge(Toml::string(toml))
                .extract::<Config>()
                .map(|config| config.trusted_proxies)
                .map_err(|error| error.to_string())
        };
        let wanted: Vec<IpAddr> = vec!["192.0.2.1".parse().unwrap(), "::1".parse().unwrap()];
        assert_eq!(
            read(r#"trusted_proxies = ["192.0.2.1", "::1"]"#).unwrap(),
            wanted
        );
        assert_eq!(
            read(r#"trusted_proxies = "192.0.2.1, ::1""#).unwrap(),
            wanted
        );
        assert!(read("").unwrap().is_empty());
        let rules = Figment::from(Serialized::defaults(Config::default()))
            .merge(Toml::string(
                r#"lower_rules = "DR-AGE-007=WARNING, DR-CONV-006=OFF""#,
            ))
            .extract::<Config>()
            .unwrap()
            .lower_rules;
        assert_eq!(rules, ["DR-AGE-007=WARNING", "DR-CONV-006=OFF"]);
        let wrong = read(r#"trusted_proxies = "the proxy""#).unwrap_err();
        assert!(wrong.contains("is no address"), "{wrong}");
    }

    #[test]
    fn a_time_of_day_is_hours_and_minutes() {
        let read = |text: &str| TimeOfDay::try_from(text.to_owned());
        assert_eq!(read("02:30"), Ok(TimeOfDay::default()));
        assert_eq!(read("0:05").unwrap().parts(), (0, 5));
        assert_eq!(String::from(read("23:59").unwrap()), "23:59");
        for wrong in ["24:00", "12:60", "12", "12:5", "noon", "-1:30", ""] {
            assert!(read(wrong).unwrap_err().contains("02:30"), "{wrong}");
        }
    }

    #[test]
    fn a_setting_that_is_wrong_is_told_with_its_place_and_what_it_takes() {
        let told = |toml: &str| {
            let error = Figment::from(Serialized::defaults(Config::default()))
                .merge(Toml::string(toml))
                .extract::<Config>()
                .unwrap_err();
            explained(&error)
        };
        let unknown = told("lisen = '127.0.0.1:1'");
        assert!(unknown.contains("no setting lisen; the settings are database_url, "));
        let number = told("listen = 8420");
        assert!(number.contains("listen must be a string"), "{number}");
        let day = told("today = '23 November'");
        assert!(day.contains("2026-11-23"), "{day}");
    }

    #[test]
    fn others_reach_a_server_where_it_listens_unless_their_address_is_set() {
        let reached = |public_url: &str| {
            let config = Config {
                listen: "127.0.0.1:9000".to_owned(),
                public_url: public_url.to_owned(),
                ..Config::default()
            };
            config.reached()
        };
        let mut plain = reached("");
        assert_eq!(plain.public_url, "http://127.0.0.1:9000");
        plain.listen_on("127.0.0.1:9001".to_owned());
        assert_eq!(plain.public_url, "http://127.0.0.1:9001");
        let own = Config {
            tls_certificate: Some("court.pem".into()),
            public_url: String::new(),
            ..Config::default()
        };
        assert_eq!(own.reached().public_url, "https://127.0.0.1:8420");
        let mut set = reached("https://court.example.test");
        set.listen_on("0.0.0.0:8420".to_owned());
        assert_eq!(set.public_url, "https://court.example.test");
    }

    #[test]
    fn a_public_address_is_whole() {
        for right in [
            "https://court.example.test",
            "http://127.0.0.1:0",
            "https://a.test/court",
        ] {
            assert!(public_address(right).is_ok(), "{right}");
        }
        for wrong in [
            "court.example.test",
            "https://",
            "http:///x",
            "ftp://a.test",
            "https://a.test?b",
        ] {
            assert!(public_address(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_in_the_database_address_is_not_shown() {
        let config = Config {
            database_url: "postgres://court:secret@db/record".to_owned(),
            ..Config::default()
        };
        assert_eq!(config.database_name(), "postgres://…@db/record");
    }
}
