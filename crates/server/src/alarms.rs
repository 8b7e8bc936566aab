//! The passing of limits: no commit says that a delivery is overdue now, so the clock
//! must. Tells the courts' windows when something became an alarm, and once a minute
//! while there is any, for its age; keeps the metrics.

use crate::State;
use app::ports::Courts;
use std::time::{Duration, Instant as Monotonic};
use vocabulary::{CourtId, Instant};

/// How often the ages of alarms are shown anew.
const AGES: Duration = Duration::from_secs(60);
/// How often it is asked whether a limit has passed.
const LOOK: Duration = Duration::from_secs(1);

/// What was seen when last looked.
#[derive(Debug, Default)]
pub(crate) struct Alarms {
    until: Option<Instant>,
    looked: Option<Monotonic>,
    told: Option<Monotonic>,
}

impl Alarms {
    /// Looks, and tells whom it concerns.
    pub(crate) async fn round(&mut self, state: &State) {
        let soon = |at: Option<Monotonic>, every| at.is_some_and(|at| at.elapsed() < every);
        if soon(self.looked, LOOK) {
            return;
        }
        self.looked = Some(Monotonic::now());
        if let Err(fault) = self.look(state, !soon(self.told, AGES)).await {
            tracing::error!(%fault, "overdue deliveries could not be looked for; trying again");
        }
    }

    async fn look(&mut self, state: &State, ages: bool) -> Result<(), app::ports::Fault> {
        let index = &state.app.index;
        let now = state.app.chance.now();
        let new = match self.until {
            Some(until) => index.alarms_since(until, now).await?,
            // Windows that open look by themselves.
            None => Vec::new(),
        };
        self.until = Some(now);
        if new.is_empty() && !ages {
            return Ok(());
        }
        let (count, oldest) = index.alarm_figures(now).await?;
        metrics::gauge!("delivery_alarms").set(count as f64);
        let age = oldest.map_or(0, |oldest| (now.micros() - oldest.micros()) / 1_000_000);
        metrics::gauge!("delivery_alarms_oldest_seconds").set(age as f64);
        if ages {
            self.told = Some(Monotonic::now());
        }
        if count > 0 {
            let own = |court: &CourtId| Courts::These(vec![*court]);
            let mut stale: Vec<(String, Courts)> = new
                .iter()
                .map(|(hearing, court)| (format!("hearing:{hearing}"), own(court)))
                .collect();
            let theirs = Courts::These(new.iter().map(|(_, court)| *court).collect());
            // That a minute has passed is told to all of them.
            let whose = if ages { Courts::All } else { theirs };
            stale.push(("alarms".to_owned(), whose));
            state.hub.tell_courts(stale);
        }
        if !new.is_empty() {
            tracing::warn!(count, hearings = new.len(), "deliveries are overdue");
        }
        Ok(())
    }
}
