//! How often somebody may try to be somebody. Tries that fail are limited, and nobody
//! is told whether an account exists.
//!
//! Three limits, so that guessing is hopeless and locking others out is hard. A
//! name is limited from each address by itself: whoever guesses from elsewhere
//! does not lock out the person it belongs to. Over all addresses it is limited
//! far above what one address can use up. An address is limited above what a
//! whole court mistypes. Who signed in from an address lately is held to the
//! first limit only: no crowd of guessers elsewhere, and no mischief of somebody
//! in the same building, keeps them from their work.
//!
//! A try is counted before the password is looked at, so that many at once are
//! no way around, and taken back if it was right. Codes of a second factor are
//! counted by themselves: whoever comes that far has the password.
//!
//! Who is signed in and proves it again is held to the same limits, and to one of their
//! session: a token that was stolen could be tried from as many addresses as somebody has.
//! At that limit the session ends.

use super::session::token_hash;
use crate::{App, Error, caller::SignedIn, ports::TryLimit};
use contract::{Code, Problem};
use core::net::{IpAddr, Ipv6Addr};
use vocabulary::{AccountId, Instant, SessionId};

/// Failures for one name from one address within a quarter of an hour.
const FOR_ONE_NAME_FROM_ONE_ADDRESS: u64 = 8;
/// Failures from one address within a quarter of an hour: a whole court may share one.
const FROM_ONE_ADDRESS: u64 = 400;
/// Failures for one name within an hour, from wherever: three times what one address can use up.
const FOR_ONE_NAME: u64 = 100;
/// Wrong codes of one account from one address within a quarter of an hour.
const CODES_FROM_ONE_ADDRESS: u64 = 5;
/// Wrong codes of one account within an hour, from wherever. Three codes of a million
/// fit at any moment, so that a day of it finds one with a chance of one in seven hundred.
const CODES_OF_ONE_ACCOUNT: u64 = 20;
/// Wrong proofs in one session within an hour, from wherever and of whatever kind. It is more
/// than one address lets through at once: who sits there is told to wait first.
const PROOFS_OF_ONE_SESSION: u64 = 12;
/// Letters to one address within an hour.
const LETTERS: u64 = 5;
/// A quarter of an hour, in seconds.
const QUARTER: i64 = 15 * 60;
/// An hour, in seconds.
const HOUR: i64 = 60 * 60;
/// The longest time for which anything is counted, in seconds: a day. What began before that is
/// swept up; a limit of a longer time would end there.
pub const LONGEST_WINDOW: i64 = DAY;
/// For how long somebody is known where they signed in, in seconds: thirty days.
pub const KNOWN_FOR: i64 = 30 * DAY;
/// A day, in seconds; as often it is noted again that somebody is known.
pub(crate) const DAY: i64 = 24 * HOUR;

/// What is counted for a try, under hashes: neither names nor addresses are kept.
pub(super) struct Here {
    address: TryLimit,
    pair: TryLimit,
    name: TryLimit,
    known: bool,
}

impl Here {
    /// Where somebody tries to be the one of an address.
    pub(super) async fn of(
        app: &App,
        email: &str,
        address: &str,
        now: Instant,
    ) -> Result<Self, Error> {
        let mut here = Self {
            address: limit(
                &format!("sign-in address {address}"),
                FROM_ONE_ADDRESS,
                QUARTER,
            ),
            pair: limit(
                &format!("sign-in name {email}\0{address}"),
                FOR_ONE_NAME_FROM_ONE_ADDRESS,
                QUARTER,
            ),
            name: limit(&format!("sign-in name {email}"), FOR_ONE_NAME, HOUR),
            known: false,
        };
        here.known = here.was_here(app, KNOWN_FOR, now).await?;
        Ok(here)
    }

    /// Lets a password be tried.
    pub(super) async fn admit(&self, app: &App, now: Instant) -> Result<(), Error> {
        admitted(app, &self.limits(), now, "to sign in").await
    }

    fn limits(&self) -> Vec<TryLimit> {
        if self.known {
            vec![self.pair.clone()]
        } else {
            vec![self.address.clone(), self.pair.clone(), self.name.clone()]
        }
    }

    /// The password was right.
    pub(super) async fn password_fits(&self, app: &App) -> Result<(), Error> {
        if !self.known {
            let back = [self.address.name.clone(), self.name.name.clone()];
            app.work.take_back_try(&back).await?;
        }
        Ok(app.work.forget_tries(&self.pair.name).await?)
    }

    /// The person is here.
    pub(super) async fn is_them(&self, app: &App, now: Instant) -> Result<(), Error> {
        if !self.was_here(app, DAY, now).await? {
            app.work.note_known(&self.pair.name, now).await?;
        }
        Ok(())
    }

    /// Lets somebody already signed in try to prove who they are.
    pub(super) async fn admit_proof(&self, app: &App, now: Instant) -> Result<(), Error> {
        admitted(app, &self.limits(), now, "to prove who you are").await
    }

    /// Whether the person signed in from here within so many seconds.
    async fn was_here(&self, app: &App, seconds: i64, now: Instant) -> Result<bool, Error> {
        let since = now.plus_seconds(-seconds);
        Ok(app.work.is_known(&self.pair.name, since).await?)
    }

    /// Whether they signed in from here lately.
    pub(super) const fn known(&self) -> bool {
        self.known
    }
}

/// The count of wrong proofs in a session.
pub(super) struct InSession {
    session: SessionId,
    wrong: TryLimit,
}

impl InSession {
    pub(super) fn of(person: &SignedIn) -> Self {
        let what = format!("proof in {}", person.session);
        Self {
            session: person.session,
            wrong: limit(&what, PROOFS_OF_ONE_SESSION, HOUR),
        }
    }

    /// Lets something be tried, or ends the session. Asked after every other limit: what those
    /// stop is no guess.
    pub(super) async fn admit(&self, app: &App, now: Instant) -> Result<(), Error> {
        let one = std::slice::from_ref(&self.wrong);
        if app.work.admit_try(one, now).await? {
            return Ok(());
        }
        app.work.end_session(self.session).await?;
        Err(Problem::new(
            Code::TooManyTries,
            "There were too many tries to prove who you are: this session has ended.",
            "Sign in again.",
        )
        .into())
    }

    /// It was right.
    pub(super) async fn fits(&self, app: &App) -> Result<(), Error> {
        Ok(app.work.forget_tries(&self.wrong.name).await?)
    }
}

/// The counts of wrong codes.
pub(super) struct Codes {
    here: TryLimit,
    anywhere: TryLimit,
    known: bool,
}

impl Codes {
    pub(super) fn of(account: AccountId, address: &str, known: bool) -> Self {
        Self {
            here: limit(
                &format!("code {account}\0{address}"),
                CODES_FROM_ONE_ADDRESS,
                QUARTER,
            ),
            anywhere: limit(&format!("code {account}"), CODES_OF_ONE_ACCOUNT, HOUR),
            known,
        }
    }

    /// Lets a code be tried.
    pub(super) async fn admit(&self, app: &App, now: Instant) -> Result<(), Error> {
        let limits = if self.known {
            vec![self.here.clone()]
        } else {
            vec![self.here.clone(), self.anywhere.clone()]
        };
        admitted(app, &limits, now, "to give a code").await
    }

    /// It was right.
    pub(super) async fn fits(&self, app: &App) -> Result<(), Error> {
        if !self.known {
            let back = [self.anywhere.name.clone()];
            app.work.take_back_try(&back).await?;
        }
        Ok(app.work.forget_tries(&self.here.name).await?)
    }
}

/// Lets somebody ask for a letter.
pub(super) async fn admit_letter(
    app: &App,
    email: &str,
    address: &str,
    now: Instant,
) -> Result<(), Error> {
    let limits = [
        limit(
            &format!("letter address {address}"),
            FROM_ONE_ADDRESS,
            QUARTER,
        ),
        limit(&format!("letter {email}"), LETTERS, HOUR),
    ];
    admitted(app, &limits, now, "to have a letter sent").await
}

/// Whether another code to sign in may be sent to an account. Counted apart from the letters that
/// anybody may ask for: only who gave the password comes here.
pub(super) async fn admit_sign_in_letter(
    app: &App,
    account: AccountId,
    now: Instant,
) -> Result<bool, Error> {
    let one = limit(&format!("sign-in letter {account}"), LETTERS, HOUR);
    Ok(app.work.admit_try(&[one], now).await?)
}

/// Lets somebody without a name try something from an address: a code of a letter, the
/// secret of a system, the end of a sign-in elsewhere.
pub(super) async fn admit_from(
    app: &App,
    what: &str,
    address: &str,
    now: Instant,
) -> Result<TryLimit, Error> {
    let one = limit(&format!("{what} {address}"), FROM_ONE_ADDRESS, QUARTER);
    admitted(app, std::slice::from_ref(&one), now, "this").await?;
    Ok(one)
}

fn limit(what: &str, most: u64, window_seconds: i64) -> TryLimit {
    TryLimit {
        name: token_hash(what),
        most,
        window_seconds,
    }
}

async fn admitted(app: &App, limits: &[TryLimit], now: Instant, what: &str) -> Result<(), Error> {
    if app.work.admit_try(limits, now).await? {
        return Ok(());
    }
    Err(Problem::new(
        Code::TooManyTries,
        format!("There were too many tries {what}."),
        "Wait 15 minutes, then try again.",
    )
    .into())
}

/// What counts as one address: of IPv6 whoever has one has its whole network of
/// 64 bits.
#[must_use]
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            let bits = address.to_bits() >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from_bits(bits))
        }
        other => other,
    }
}
