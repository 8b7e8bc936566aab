//! Documents to mailboxes, by SMTP. The subject names the court and the document and
//! nobody whom it is about: subjects are read on the way. The message's id is the
//! delivery's, so that the same message sent twice is known, and one that comes back
//! says which delivery it was.

use super::fit_to_read;
use crate::config::{Config, SmtpTls};
use app::ports::{AccountLetter, Outcome, Parcel};
use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Tls, TlsParameters},
        commands,
        extension::ClientId,
    },
};
use std::time::{Duration, SystemTime};

/// Answers that are about us and not about the message: it is not its fault.
const ABOUT_US: [u16; 5] = [421, 530, 534, 535, 538];

/// The mail server that takes messages on.
pub(super) struct Mail {
    server: String,
    port: u16,
    tls: Tls,
    credentials: Option<Credentials>,
    longest: Duration,
    from: Mailbox,
    host: String,
}

/// What stands after the `@` in the ids of our messages.
fn host_of(from: &str) -> &str {
    let host = from.rsplit_once('@').map_or(from, |(_, host)| host);
    host.trim_end_matches('>').trim()
}

impl Mail {
    pub(super) fn new(host: &str, config: &Config, longest: Duration) -> Result<Self, String> {
        let from = config.mail_from.as_deref().ok_or(
            "The setting smtp_host needs mail_from: the address from which documents are sent, \
             and to which mail servers give back what they could not deliver.",
        )?;
        let mailbox: Mailbox = from
            .parse()
            .map_err(|_| format!("The setting mail_from is no mailbox: {from:?}."))?;
        let here = matches!(host, "localhost" | "127.0.0.1" | "::1");
        if config.smtp_user.is_some() && config.smtp_tls == SmtpTls::None && !here {
            return Err(
                "The setting smtp_user needs TLS to a mail server elsewhere: set smtp_tls to \
                        \"starttls\" or \"tls\", so that nobody reads the password on the way."
                    .to_owned(),
            );
        }
        let parameters = || {
            TlsParameters::new(host.to_owned()).map_err(|error| {
                format!("TLS to the mail server {host} cannot be set up: {error}.")
            })
        };
        let (tls, port) = match config.smtp_tls {
            SmtpTls::Starttls => (Tls::Required(parameters()?), 587),
            SmtpTls::Tls => (Tls::Wrapper(parameters()?), 465),
            SmtpTls::None => (Tls::None, 25),
        };
        let credentials = config.smtp_user.as_ref().map(|user| {
            let password = config.smtp_password.clone().unwrap_or_default();
            Credentials::new(user.clone(), password)
        });
        Ok(Self {
            server: host.to_owned(),
            port: config.smtp_port.unwrap_or(port),
            tls,
            credentials,
            longest,
            from: mailbox,
            host: host_of(from).to_owned(),
        })
    }

    pub(super) async fn send(&self, address: &str, parcel: Parcel) -> Outcome {
        match self.message(address, parcel) {
            Ok(message) => self.hand_over(&message).await,
            Err(why) => Outcome::Never { why },
        }
    }

    /// A message of words alone, to a person.
    pub(super) async fn write(&self, letter: &app::ports::Message) -> Outcome {
        match self.plain(letter) {
            Ok(message) => self.hand_over(&message).await,
            Err(why) => Outcome::Never { why },
        }
    }

    /// The same for a letter about an account.
    pub(super) async fn letter(&self, letter: &AccountLetter) -> Outcome {
        match self.account_letter(letter) {
            Ok(message) => self.hand_over(&message).await,
            Err(why) => Outcome::Never { why },
        }
    }

    fn plain(&self, letter: &app::ports::Message) -> Result<Message, String> {
        let to: Address = letter
            .to
            .parse()
            .map_err(|_| "The address of an account is no mailbox.".to_owned())?;
        let generated = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        let at = Duration::from_micros(u64::try_from(letter.at.micros()).unwrap_or(0));
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .date(SystemTime::UNIX_EPOCH + at)
            .message_id(Some(format!("<{}@{}>", letter.id, self.host)))
            .raw_header(generated)
            .singlepart(SinglePart::plain(letter.text.clone()))
            .map_err(|error| format!("The message cannot be written: {error}."))
    }

    async fn hand_over(&self, message: &Message) -> Outcome {
        let mut connection = match self.received().await {
            Ok(connection) => connection,
            // Whoever does not let us in lets nothing of ours in.
            Err(error) => {
                return Outcome::NotNow {
                    away: true,
                    why: not_taken(&error),
                };
            }
        };
        let answer = connection
            .send(message.envelope(), &message.formatted())
            .await;
        connection.abort().await;
        match answer {
            Ok(answer) => Outcome::Taken {
                received: false,
                how: format!("the mail server took it ({})", answer.code()),
            },
            Err(error) => judged(&error),
        }
    }

    /// A connection to the mail server on which it takes messages from us. The sender is
    /// named once before there is a recipient: what is answered to that is about us.
    async fn received(&self) -> Result<AsyncSmtpConnection, Error> {
        let hello = ClientId::default();
        let (at_once, then) = match &self.tls {
            Tls::Wrapper(parameters) => (Some(parameters.clone()), None),
            Tls::Required(parameters) => (None, Some(parameters.clone())),
            _ => (None, None),
        };
        let server = (self.server.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(self.longest), &hello, at_once, None)
                .await?;
        if let Err(error) = self.introduced(&mut connection, then, &hello).await {
            connection.abort().await;
            return Err(error);
        }
        Ok(connection)
    }

    async fn introduced(
        &self,
        connection: &mut AsyncSmtpConnection,
        tls: Option<TlsParameters>,
        hello: &ClientId,
    ) -> Result<(), Error> {
        if let Some(parameters) = tls {
            connection.starttls(parameters, hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        let sender = Some(self.from.email.clone());
        connection
            .command(commands::Mail::new(sender, Vec::new()))
            .await?;
        connection.command(commands::Rset).await.map(|_| ())
    }

    fn account_letter(&self, letter: &AccountLetter) -> Result<Message, String> {
        let to: Address = letter
            .to
            .parse()
            .map_err(|_| "The address of an account is no mailbox.".to_owned())?;
        let header = HeaderName::new_from_ascii_str("Auto-Submitted");
        let at = Duration::from_micros(u64::try_from(letter.at.micros()).unwrap_or(0));
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .date(SystemTime::UNIX_EPOCH + at)
            .message_id(Some(format!("<{}@{}>", letter.id, self.host)))
            .raw_header(HeaderValue::new(header, "auto-generated".to_owned()))
            .singlepart(SinglePart::plain(letter.text.clone()))
            .map_err(|error| format!("The letter cannot be written: {error}."))
    }

    fn message(&self, address: &str, parcel: Parcel) -> Result<Message, String> {
        let to: Address = address
            .parse()
            .map_err(|_| format!("{address:?} is no mailbox."))?;
        let header = |name: &'static str, value: String| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
        };
        let at = Duration::from_micros(u64::try_from(parcel.at.micros()).unwrap_or(0));
        let acknowledge = match (parcel.acknowledgement_required, parcel.in_inbox) {
            (true, true) => "\r\nThe court asks you to acknowledge it there.\r\n",
            (true, false) => {
                "\r\nThe court asks you to tell its office at once that you have it.\r\n"
            }
            (false, _) => "",
        };
        let again = match parcel.replaces {
            Some(_) => {
                "\r\nIt takes the place of an earlier document, which no longer applies.\r\n"
            }
            None => "",
        };
        let attached = if parcel.in_inbox {
            "It is attached, and it lies in your inbox of Common Platform."
        } else {
            "It is attached. If it is not for you, tell the court at once and delete it."
        };
        let text = format!(
            "{} sent you a document: {}.\r\n\r\n{attached}\r\n{acknowledge}{again}\r\n\
             Delivery {}\r\nDocument {}\r\n",
            parcel.court, parcel.name, parcel.delivery, parcel.document
        );
        let pdf = ContentType::parse("application/pdf").map_err(|error| error.to_string())?;
        let file = Attachment::new(format!("{}.pdf", parcel.document)).body(parcel.pdf, pdf);
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(format!("{}: {}", parcel.court, parcel.name))
            .date(SystemTime::UNIX_EPOCH + at)
            .message_id(Some(format!("<{}@{}>", parcel.delivery, self.host)))
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
            .raw_header(header("X-Delivery-Id", parcel.delivery.to_string()))
            .multipart(
                MultiPart::mixed()
                    .singlepart(SinglePart::plain(text))
                    .singlepart(file),
            )
            .map_err(|error| format!("The message cannot be written: {error}."))
    }
}

fn judged(error: &Error) -> Outcome {
    let code = error.status().map(u16::from);
    let why = not_taken(error);
    match code {
        Some(code) if ABOUT_US.contains(&code) => Outcome::NotNow { away: true, why },
        Some(code) if code >= 500 => Outcome::Never { why },
        Some(_) => Outcome::NotNow { away: false, why },
        // It spoke no SMTP, or did not speak at all.
        None => Outcome::NotNow { away: true, why },
    }
}

fn not_taken(error: &Error) -> String {
    let told = fit_to_read(&without_mailboxes(&told(error)));
    format!("The mail server did not take it: {told}.")
}

/// Mail servers repeat whose mailbox they refuse. What they say is logged, and a log says
/// nothing of a person; whoever it was for is known here.
fn without_mailboxes(told: &str) -> String {
    told.split(' ')
        .map(|word| if word.contains('@') { "…" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

/// An error with what is behind it, each said once.
fn told(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut behind = error.source();
    while let Some(cause) = behind {
        let cause_told = cause.to_string();
        if !told.ends_with(&cause_told) {
            told = format!("{told}: {cause_told}");
        }
        behind = cause.source();
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::account::Route;
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };
    use vocabulary::{DeliveryId, DocumentId, Instant};

    #[test]
    fn the_host_of_a_message_id_is_that_of_the_sender() {
        assert_eq!(host_of("court@example.test"), "example.test");
        assert_eq!(host_of("The court <court@example.test>"), "example.test");
    }

    #[test]
    fn a_mail_server_needs_an_address_to_send_from() {
        let config = Config::default();
        let longest = Duration::from_secs(1);
        assert!(Mail::new("mail.example.test", &config, longest).is_err());
        let config = Config {
            mail_from: Some("no mailbox".to_owned()),
            smtp_tls: SmtpTls::None,
            ..config
        };
        assert!(Mail::new("mail.example.test", &config, longest).is_err());
    }

    /// A mail server that answers `MAIL`, `RCPT` and the message like this: what came of
    /// one message, and how often it was told of a recipient.
    async fn answering(
        mail: &'static str,
        rcpt: &'static str,
        message: &'static str,
    ) -> (Outcome, usize) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            stream.write_all(b"220 here\r\n").await.unwrap();
            let (mut recipients, mut in_message, mut line) = (0, false, String::new());
            while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
                let verb = line.get(..4).unwrap_or(&line).to_owned();
                let answer = match verb.as_str() {
                    _ if in_message && line == ".\r\n" => {
                        in_message = false;
                        message
                    }
                    _ if in_message => "",
                    "MAIL" => mail,
                    "RCPT" => {
                        recipients += 1;
                        rcpt
                    }
                    "DATA" => {
                        in_message = true;
                        "354 go on"
                    }
                    "QUIT" => "221 bye",
                    _ => "250 well",
                };
                if !answer.is_empty() {
                    let answer = format!("{answer}\r\n");
                    let _ = stream.write_all(answer.as_bytes()).await;
                }
                line.clear();
            }
            recipients
        });
        let config = Config {
            mail_from: Some("court@example.test".to_owned()),
            smtp_tls: SmtpTls::None,
            smtp_port: Some(port),
            ..Config::default()
        };
        let post = Mail::new("127.0.0.1", &config, Duration::from_secs(9)).unwrap();
        let at = Instant::from_micros(0);
        let parcel = Parcel {
            delivery: DeliveryId(uuid::Uuid::nil()),
            document: DocumentId(uuid::Uuid::nil()),
            replaces: None,
            name: "Warrant".to_owned(),
            kind: "warrant",
            court: "Northbridge Magistrates' Court".to_owned(),
            requested: at,
            recipient: "HMP Fenwick".to_owned(),
            acknowledgement_required: false,
            sha256: "a".repeat(64),
            pdf: b"%PDF".to_vec(),
            route: Route::Inbox,
            in_inbox: true,
            secret: None,
            at,
        };
        let outcome = post.send("warrants@prison.example.test", parcel).await;
        (outcome, server.await.unwrap())
    }

    #[tokio::test]
    async fn a_refusal_is_final_when_it_is_of_the_message_and_not_when_it_is_of_us() {
        let well = "250 well";
        let (outcome, _) = answering(well, well, well).await;
        assert!(
            matches!(
                outcome,
                Outcome::Taken {
                    received: false,
                    ..
                }
            ),
            "{outcome:?}"
        );
        let (outcome, _) = answering(well, "550 no such user", well).await;
        assert!(matches!(outcome, Outcome::Never { .. }), "{outcome:?}");
        let named = "550 5.1.1 <warrants@prison.example.test>: no such user here";
        let (outcome, _) = answering(well, named, well).await;
        let Outcome::Never { why } = outcome else {
            panic!("{outcome:?}");
        };
        assert!(why.contains("no such user here"), "{why}");
        assert!(!why.contains("prison.example.test"), "{why}");
        let (outcome, _) = answering(well, well, "552 too large").await;
        assert!(matches!(outcome, Outcome::Never { .. }), "{outcome:?}");
        let (outcome, _) = answering(well, "450 mailbox busy", well).await;
        assert!(
            matches!(outcome, Outcome::NotNow { away: false, .. }),
            "{outcome:?}"
        );
        for of_us in ["550 5.7.1 sender refused", "553 who are you", "451 not now"] {
            let (outcome, recipients) = answering(of_us, well, well).await;
            assert!(
                matches!(outcome, Outcome::NotNow { away: true, .. }),
                "{outcome:?}"
            );
            assert_eq!(recipients, 0, "{of_us}");
        }
    }
}
