//! What is announced: everybody reads it, before signing in too, as long as it holds. HMCTS
//! staff make and withdraw it; what is over is listed for a week more.

use super::record;
use crate::{App, Caller, Error, UseCase, ports::Expected, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    support::{AllAnnouncements, Announce, Announced, AnnouncementView, Announcements, Withdraw},
};
use domain::support::{Announcement, KEPT_DAYS, SupportEvent};
use vocabulary::{AnnouncementId, Day, Instant};

#[async_trait]
impl UseCase for Announcements {
    /// Those that hold now, the most pressing first.
    async fn answer(self, app: &App, _who: &Caller) -> Result<Announced, Error> {
        let now = app.chance.now();
        let mut items = app.people.announcements(now).await?;
        items.retain(|one| one.from <= now);
        Ok(present(items, now))
    }
}

#[async_trait]
impl UseCase for AllAnnouncements {
    /// Those, those that are to come, and those that are over since a week.
    async fn answer(self, app: &App, who: &Caller) -> Result<Announced, Error> {
        must(app, who)?;
        all(app).await
    }
}

#[async_trait]
impl UseCase for Announce {
    /// From now, or from a moment to come.
    async fn answer(self, app: &App, who: &Caller) -> Result<Announced, Error> {
        must(app, who)?;
        let now = app.chance.now();
        let from = match self.from_day {
            Some(day) => moment(day, self.from_time.as_deref().unwrap_or("00:00"))?,
            None => now,
        };
        let announcement = Announcement {
            id: AnnouncementId(app.chance.id()),
            title: self.title,
            details: self.details,
            category: self.category,
            severity: self.severity,
            from,
            until: moment(self.until_day, &self.until_time)?,
            by: who.person()?.account.name.clone(),
        };
        let announcement = announcement.checked(now)?;
        let id = announcement.id.0;
        let event = SupportEvent::AnnouncementMade(announcement);
        record(app, who, id, Expected::New, event).await?;
        all(app).await
    }
}

#[async_trait]
impl UseCase for Withdraw {
    /// It is over now.
    async fn answer(self, app: &App, who: &Caller) -> Result<Announced, Error> {
        must(app, who)?;
        let now = app.chance.now();
        let known = app.people.announcements(now).await?;
        if !known.iter().any(|one| one.id == self.id) {
            return Err(Problem::not_found().into());
        }
        let event = SupportEvent::AnnouncementWithdrawn {
            announcement: self.id,
            at: now,
        };
        record(app, who, self.id.0, Expected::Version(1), event).await?;
        all(app).await
    }
}

fn must(app: &App, who: &Caller) -> Result<(), Error> {
    let facts = Facts::default();
    relation::must(app, who.person()?, Action::Announce, &facts).map(|_| ())
}

async fn all(app: &App) -> Result<Announced, Error> {
    let now = app.chance.now();
    let kept = now.plus_seconds(-KEPT_DAYS * 24 * 60 * 60);
    Ok(present(app.people.announcements(kept).await?, now))
}

fn present(items: Vec<Announcement>, now: Instant) -> Announced {
    let view = |one: Announcement| AnnouncementView {
        standing: match (one.from <= now, one.until <= now) {
            (_, true) => "over",
            (true, false) => "now",
            (false, false) => "ahead",
        }
        .to_owned(),
        id: one.id,
        title: one.title,
        details: one.details,
        category: one.category,
        severity: one.severity,
        from: one.from,
        until: one.until,
    };
    Announced {
        items: items.into_iter().map(view).collect(),
    }
}

/// A time of a day in court.
fn moment(day: Day, time: &str) -> Result<Instant, Error> {
    let parsed = time.trim().split_once(':').and_then(|(hour, minute)| {
        let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
        ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
    });
    let (hour, minute) = parsed.ok_or_else(|| {
        Problem::new(
            Code::BadRequest,
            format!("{time:?} is no time of a day."),
            "Write hours and minutes, for instance 17:30.",
        )
    })?;
    Ok(day.at(hour, minute))
}
