//! What a person has been told.

use crate::{App, Caller, Error, UseCase, caller::SignedIn, ports::KeptNotice, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    notice::{List, MarkRead, Notice, Notices},
};

/// The most notices in a view.
const MOST: i64 = 100;
/// The most that are named in one command: more than a view ever shows.
const MOST_MARKED: usize = 500;

#[async_trait]
impl UseCase for List {
    /// Notices, newest first.
    async fn answer(self, app: &App, who: &Caller) -> Result<Notices, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ViewNotices, &Facts::default())?;
        notices(app, person).await
    }
}

#[async_trait]
impl UseCase for MarkRead {
    /// Marks notices read; none means all.
    async fn answer(self, app: &App, who: &Caller) -> Result<Notices, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ViewNotices, &Facts::default())?;
        if self.notices.len() > MOST_MARKED {
            return Err(Problem::new(
                Code::BadRequest,
                format!("At most {MOST_MARKED} notices are marked at once."),
                "Mark all of them by naming none.",
            )
            .into());
        }

        app.work.mark_read(person.account.id, &self.notices).await?;
        notices(app, person).await
    }
}

async fn notices(app: &App, person: &SignedIn) -> Result<Notices, Error> {
    let today = app.chance.now().day();
    let items = app.index.notices(person.account.id, today, MOST).await?;
    Ok(Notices {
        unread: app.index.unread_notices(person.account.id, today).await?,
        items: items.into_iter().map(present).collect(),
    })
}

/// A notice as the window shows it.
#[must_use]
pub fn present(notice: KeptNotice) -> Notice {
    Notice {
        notice_id: notice.id,
        at: notice.at,
        title: notice.title,
        body: notice.body,
        case_id: notice.case_id,
        read: notice.read,
    }
}
