//! The daily reckoning of deliveries, as it is kept: what became of each day's deliveries by the
//! ledger, agency by agency, and of how many of them the index says something else.

use super::{DeliverySum, Fault, Whose};
use async_trait::async_trait;
use vocabulary::{AccountId, CourtId, Day, Instant};

/// Deliveries of one court to one recipient by one channel, by the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoned {
    /// The court that sent them, if it can be told.
    pub court: Option<CourtId>,
    /// What the ledger says of them.
    pub sum: DeliverySum,
    /// Of how many the index says something else.
    pub differing: u64,
}

/// How far the reckoning has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reckonings {
    /// The latest day that was begun.
    pub last: Option<Day>,
    /// Days that were begun and are not kept yet.
    pub open: Vec<Day>,
    /// Days of which the index says something else than the ledger.
    pub differing: Vec<Day>,
}

/// A day as it was kept, for whoever asks of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReckonedDay {
    /// The day.
    pub day: Day,
    /// When it was reckoned, the last time.
    pub at: Instant,
    /// How many deliveries the ledger has.
    pub requested: u64,
    /// Of how many the index says something else.
    pub differing: u64,
    /// Of how many it ever did.
    pub differed: u64,
}

/// A day that is an alarm of a court.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayInAlarm {
    /// The day.
    pub day: Day,
    /// Since when.
    pub since: Instant,
    /// How many deliveries the ledger has.
    pub requested: u64,
    /// Of how many the index says something else.
    pub differing: u64,
    /// Who sees to it, and since when.
    pub owner: Option<(AccountId, String, Instant)>,
}

/// Days that were reckoned.
#[async_trait]
pub trait Reckoning: Send + Sync {
    /// Makes a day this server's to reckon until a moment; says whether it is. It is not while
    /// another server has it, nor once it is kept, unless it differed then and that was at
    /// or before `again`.
    async fn claim_reckoning(
        &self,
        day: Day,
        now: Instant,
        until: Instant,
        again: Instant,
    ) -> Result<bool, Fault>;
    /// Keeps the figures of a day that is this server's until that moment. If it is not any
    /// more, nothing is kept, and the answer is no.
    async fn keep_reckoning(
        &self,
        day: Day,
        at: Instant,
        until: Instant,
        figures: &[Reckoned],
    ) -> Result<bool, Fault>;
    /// How far it has come.
    async fn reckonings(&self) -> Result<Reckonings, Fault>;
    /// Days that are kept, the latest first.
    async fn reckoned_days(&self, whose: Whose, most: i64) -> Result<Vec<ReckonedDay>, Fault>;
    /// One of them.
    async fn reckoned_day(&self, whose: Whose, day: Day) -> Result<Option<ReckonedDay>, Fault>;
    /// Its figures by recipient and channel.
    async fn reckoned_sums(&self, whose: Whose, day: Day) -> Result<Vec<DeliverySum>, Fault>;
    /// Days that differ in what a court sent, or in what no court can be told of; the latest first.
    /// Whoever took one on since it differs is its owner.
    async fn days_in_alarm(&self, court: CourtId) -> Result<Vec<DayInAlarm>, Fault>;
}
