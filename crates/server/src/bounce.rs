//! What a mail server says when it could not deliver what it had taken: a delivery
//! status notification (RFC 3464). It names our message by its id, which is that of
//! the delivery. Anybody can write such a message; the worst that it does is to have
//! somebody look at a delivery that had arrived.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use vocabulary::DeliveryId;

/// The longest reason that is kept.
const LONGEST: usize = 300;

/// A notification, read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bounce {
    /// The delivery.
    pub(crate) delivery: DeliveryId,
    /// Why it failed for good; empty, if it did not.
    pub(crate) failed: String,
}

/// Reads one.
///
/// # Errors
/// A sentence, if it is none, or about no delivery of ours.
pub(crate) fn read(bytes: &[u8]) -> Result<Bounce, String> {
    let none = || {
        "This is no delivery status notification (RFC 3464). Give the message as the mail \
         server sent it, with its headers."
            .to_owned()
    };
    let message = MessageParser::default().parse(bytes).ok_or_else(none)?;
    let report = message
        .parts
        .iter()
        .find(|part| part.is_content_type("message", "delivery-status"))
        .ok_or_else(none)?;
    let report = match &report.body {
        PartType::Text(text) => text.to_string(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => String::from_utf8_lossy(report.contents()).into_owned(),
    };
    let fields = fields(&report);
    let envelope = fields
        .iter()
        .find(|(name, _)| name == "original-envelope-id")
        .and_then(|(_, value)| value.parse().ok());
    let delivery = envelope.or_else(|| returned(&message)).ok_or(
        "This notification speaks of no delivery: neither an envelope id nor the returned \
         headers hold the id of one.",
    )?;
    Ok(Bounce {
        delivery,
        failed: failed(&fields),
    })
}

/// The delivery that the returned message, or its headers, name.
fn returned(message: &Message<'_>) -> Option<DeliveryId> {
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(original) => named(original.message_id()?),
        PartType::Text(text) if part.is_content_type("text", "rfc822-headers") => {
            let fields = fields(text);
            let id = fields.iter().find(|(name, _)| name == "message-id")?;
            named(&id.1)
        }
        _ => None,
    })
}

/// The delivery of a message id: what stands before the `@`.
fn named(message_id: &str) -> Option<DeliveryId> {
    let id = message_id.trim().trim_start_matches('<');
    id.split('@').next()?.parse().ok()
}

/// The reason of the first recipient that failed.
fn failed(fields: &[(String, String)]) -> String {
    let mut reason = String::new();
    let mut failed = false;
    for (name, value) in fields {
        match name.as_str() {
            "action" => failed |= value.eq_ignore_ascii_case("failed"),
            "status" | "diagnostic-code" => {
                if !reason.is_empty() {
                    reason.push_str(", ");
                }
                reason.push_str(value);
            }
            _ => {}
        }
    }
    if !failed {
        return String::new();
    }
    if reason.is_empty() {
        "the mail server gives no reason".clone_into(&mut reason);
    }
    reason.chars().take(LONGEST).collect()
}

/// Fields in order, names in small letters, folded lines joined.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            let value: String = value.trim().chars().filter(|c| !c.is_control()).collect();
            fields.push((name.trim().to_lowercase(), value));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    const DELIVERY: &str = "0199d2f0-6c1e-7a53-9b0e-3f2f1c5f7d11";

    fn notification(action: &str, third: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mail.example.test\r\nTo: court@example.test\r\n\
             Subject: Undelivered\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mail.example.test\r\n\r\n\
             Final-Recipient: rfc822; warrants@prison.example.test\r\n\
             Action: {action}\r\nStatus: 5.1.1\r\n\
             Diagnostic-Code: smtp; 550 5.1.1 No such\r\n mailbox\r\n\r\n\
             --b\r\n{third}\r\n--b--\r\n"
        )
    }

    fn headers() -> String {
        format!(
            "Content-Type: text/rfc822-headers\r\n\r\nFrom: court@example.test\r\n\
             Message-ID: <{DELIVERY}@example.test>\r\nSubject: A document\r\n"
        )
    }

    #[test]
    fn what_came_back_names_its_delivery_by_headers_or_by_the_whole_message() {
        let whole = format!(
            "Content-Type: message/rfc822\r\n\r\nFrom: court@example.test\r\n\
             Message-ID: <{DELIVERY}@example.test>\r\nSubject: A document\r\n\r\nText\r\n"
        );
        for third in [headers(), whole] {
            let bounce = read(notification("failed", &third).as_bytes()).unwrap();
            assert_eq!(bounce.delivery.to_string(), DELIVERY);
            assert_eq!(bounce.failed, "5.1.1, smtp; 550 5.1.1 No such mailbox");
        }
    }

    #[test]
    fn what_is_only_late_has_not_failed() {
        let bounce = read(notification("delayed", &headers()).as_bytes()).unwrap();
        assert_eq!(bounce.failed, "");
    }

    #[test]
    fn what_is_no_notification_or_of_nobody_is_refused() {
        let other = "Content-Type: text/plain\r\n\r\nNothing was returned.";
        assert!(read(notification("failed", other).as_bytes()).is_err());
        assert!(read(b"Subject: Hello\r\n\r\nMessage-ID: <x@y>\r\n").is_err());
        assert!(read(b"").is_err());
    }
}
