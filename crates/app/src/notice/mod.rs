//! What a person has been told.

use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::veil::{self, Shown},
    ports::KeptNotice,
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    notice::{List, MarkRead, Notice, Notices},
};

use domain::case::veiled_notice;

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

/// A case may have become sensitive since something was told of it: what was told then is
/// shown as it would be told now.
async fn notices(app: &App, person: &SignedIn) -> Result<Notices, Error> {
    let today = app.chance.now().day();
    let mut items = app.index.notices(person.account.id, today, MOST).await?;
    let of_cases = items.iter().filter_map(|notice| notice.case_id);
    let veils = veil::over_all(app, person, of_cases).await?;
    let mut unread = app.index.unread_notices(person.account.id, today).await?;
    items.retain_mut(|notice| {
        let veil = notice.case_id.and_then(|id| veils.get(&id));
        match veil {
            None | Some((Shown::Whole, _)) => true,
            Some((Shown::Reference, case)) => {
                (notice.title, notice.body) = veiled_notice(&case.urn);
                true
            }
            Some((Shown::Nothing, _)) => {
                unread = unread.saturating_sub(u64::from(!notice.read));
                false
            }
        }
    });
    Ok(Notices {
        unread,
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
