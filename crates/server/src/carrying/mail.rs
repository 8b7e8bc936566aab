//! Documents to mailboxes, by SMTP. The subject names the court and the document and
//! nobody whom it is about: subjects are read on the way. The message's id is the
//! delivery's, so that the same message sent twice is known, and one that comes back
//! says which delivery it was.

use super::fit_to_read;
use crate::config::{Config, SmtpTls};
use app::ports::{Outcome, Parcel};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use std::time::{Duration, SystemTime};

/// Answers that are about us and not about the message: it is not its fault.
const ABOUT_US: [u16; 5] = [421, 530, 534, 535, 538];

/// The mail server that takes messages on.
pub(super) struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
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
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(config.smtp_port.unwrap_or(port))
            .tls(tls)
            .timeout(Some(longest));
        if let Some(user) = &config.smtp_user {
            let password = config.smtp_password.clone().unwrap_or_default();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from: mailbox,
            host: host_of(from).to_owned(),
        })
    }

    pub(super) async fn send(&self, address: &str, parcel: Parcel) -> Outcome {
        let message = match self.message(address, parcel) {
            Ok(message) => message,
            Err(why) => return Outcome::Never { why },
        };
        match self.transport.send(message).await {
            Ok(answer) => Outcome::Taken {
                received: false,
                how: format!("the mail server took it ({})", answer.code()),
            },
            Err(error) => judged(&error),
        }
    }

    fn message(&self, address: &str, parcel: Parcel) -> Result<Message, String> {
        let to: Address = address
            .parse()
            .map_err(|_| format!("{address:?} is no mailbox."))?;
        let header = |name: &'static str, value: String| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
        };
        let at = Duration::from_micros(u64::try_from(parcel.at.micros()).unwrap_or(0));
        let acknowledge = if parcel.acknowledgement_required {
            "\r\nThe court asks you to acknowledge it there.\r\n"
        } else {
            ""
        };
        let again = match parcel.replaces {
            Some(_) => {
                "\r\nIt takes the place of an earlier document, which no longer applies.\r\n"
            }
            None => "",
        };
        let text = format!(
            "{} sent you a document: {}.\r\n\r\nIt is attached, and it lies in your inbox of \
             Common Platform.\r\n{acknowledge}{again}\r\nDelivery {}\r\nDocument {}\r\n",
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
    let why = format!(
        "The mail server did not take it: {}.",
        fit_to_read(&told(error))
    );
    match code {
        Some(code) if ABOUT_US.contains(&code) => Outcome::NotNow { away: true, why },
        Some(code) if code >= 500 => Outcome::Never { why },
        Some(_) => Outcome::NotNow { away: false, why },
        // It spoke no SMTP, or did not speak at all.
        None => Outcome::NotNow { away: true, why },
    }
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
}
