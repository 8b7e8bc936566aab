//! What leaves here: mailboxes by SMTP, other organisations' systems by a signed
//! callback. What a delivery is and what becomes of it is decided elsewhere; this
//! takes bytes to an address, once, within a bounded time.

mod callback;
mod mail;
mod reach;
pub(crate) mod rounds;

use crate::config::Config;
use app::ports::{AccountLetter, Carrier, Mailer, Message, Outcome, Parcel};
use async_trait::async_trait;
use domain::account::Route;
use std::{sync::Arc, time::Duration};

/// The carriers of this server.
pub(crate) struct Carriers {
    mail: Result<mail::Mail, String>,
    callbacks: callback::Callbacks,
    longest: Duration,
}

impl Carriers {
    /// As configured.
    ///
    /// # Errors
    /// A sentence, if a setting is wrong.
    pub(crate) fn new(config: &Config) -> Result<Self, String> {
        let longest = Duration::from_secs(config.carry_seconds.clamp(1, 600));
        let mail = match &config.smtp_host {
            Some(host) => Ok(mail::Mail::new(host, config, longest)?),
            None => Err(
                "No mail server is set up here (the setting smtp_host); it waits for one."
                    .to_owned(),
            ),
        };
        Ok(Self {
            mail,
            callbacks: callback::Callbacks::new(config.callbacks_to_private, longest)?,
            longest,
        })
    }
}

impl Carriers {
    /// Takes a letter about an account to its mailbox.
    pub(crate) async fn letter(&self, letter: &AccountLetter) -> Outcome {
        let mail = match &self.mail {
            Ok(mail) => mail,
            Err(why) => {
                return Outcome::NotNow {
                    away: true,
                    why: why.clone(),
                };
            }
        };
        let taken = tokio::time::timeout(self.longest, mail.letter(letter)).await;
        taken.unwrap_or_else(|_| Outcome::NotNow {
            away: true,
            why: "There was no answer in time.".to_owned(),
        })
    }
}

#[async_trait]
impl Carrier for Carriers {
    async fn carry(&self, parcel: Parcel) -> Outcome {
        let channel = match &parcel.route {
            Route::Email { .. } => "email",
            Route::Webhook { .. } => "webhook",
            Route::Inbox => "inbox",
        };
        let route = parcel.route.clone();
        let carried = async {
            match route {
                Route::Email { address } => match &self.mail {
                    Ok(mail) => mail.send(&address, parcel).await,
                    Err(why) => Outcome::NotNow {
                        away: true,
                        why: why.clone(),
                    },
                },
                Route::Webhook { url } => self.callbacks.call(&url, parcel).await,
                Route::Inbox => Outcome::Taken {
                    received: true,
                    how: "it lies in the inbox".to_owned(),
                },
            }
        };
        let outcome = tokio::time::timeout(self.longest, carried)
            .await
            .unwrap_or_else(|_| Outcome::NotNow {
                away: true,
                why: format!(
                    "There was no answer within {} seconds.",
                    self.longest.as_secs()
                ),
            });
        let word = match &outcome {
            Outcome::Taken { .. } => "taken",
            Outcome::NotNow { .. } => "not_now",
            Outcome::Never { .. } => "never",
        };
        metrics::counter!("delivery_attempts_total", "channel" => channel, "outcome" => word)
            .increment(1);
        outcome
    }

    fn longest(&self) -> i64 {
        i64::try_from(self.longest.as_secs()).unwrap_or(600)
    }
}

/// Mail to people, by the same mail server.
pub(crate) struct Post {
    carriers: Arc<Carriers>,
    public_url: Arc<str>,
}

impl Post {
    /// With the address under which people reach this server.
    pub(crate) fn new(carriers: Arc<Carriers>, public_url: &str) -> Self {
        Self {
            carriers,
            public_url: public_url.trim_end_matches('/').into(),
        }
    }
}

#[async_trait]
impl Mailer for Post {
    fn is_set_up(&self) -> bool {
        self.carriers.mail.is_ok()
    }

    fn public_url(&self) -> String {
        self.public_url.to_string()
    }

    async fn send(&self, message: Message) -> Outcome {
        let mail = match &self.carriers.mail {
            Ok(mail) => mail,
            Err(why) => {
                return Outcome::NotNow {
                    away: true,
                    why: why.clone(),
                };
            }
        };
        tokio::time::timeout(self.carriers.longest, mail.write(&message))
            .await
            .unwrap_or_else(|_| Outcome::NotNow {
                away: true,
                why: "The mail server did not answer in time.".to_owned(),
            })
    }
}

/// What a stranger answered, fit to be kept and read: one line, bounded.
fn fit_to_read(text: &str) -> String {
    let words = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(200));
        if line.len() >= 200 {
            break;
        }
    }
    line.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_answered_is_one_bounded_line() {
        assert_eq!(fit_to_read("no\r\nsuch\u{7} thing "), "no such thing");
        assert_eq!(fit_to_read(&"x".repeat(5000)).chars().count(), 200);
        assert_eq!(fit_to_read(" \n"), "");
    }
}
