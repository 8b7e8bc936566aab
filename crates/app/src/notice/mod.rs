//! What a person has been told.

use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::veil::{self, Shown},
    permission::{Hears, hears},
    ports::KeptNotice,
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    notice::{List, MarkRead, Notice, Notices},
};
use domain::case::{Case, veiled_notice};
use std::collections::HashMap;
use vocabulary::{CaseId, OrganisationKind};

/// The most notices in a view.
const MOST: i64 = 100;
/// The most of one person that are looked at.
const MOST_KEPT: i64 = 10_000;
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
    let account = person.account.id;
    if has_no_case_role(app, person) {
        let mut items = of_no_case(app, person).await?;
        let unread = items.iter().filter(|own| !own.read).count() as u64;
        items.truncate(usize::try_from(MOST).unwrap_or_default());
        return Ok(Notices {
            unread,
            items: items.into_iter().map(present).collect(),
        });
    }
    let hidden = Hidden::from(app, person).await?;
    // As many more as are left out: those that are nobody's to see hide none that are theirs.
    let limit = MOST.saturating_add(i64::try_from(hidden.all).unwrap_or(i64::MAX));
    let mut items = app.index.notices(account, today, limit).await?;
    let unread = app.index.unread_notices(account, today).await?;
    hidden.veil(&mut items);
    items.truncate(usize::try_from(MOST).unwrap_or_default());
    let named = items.iter().filter_map(|notice| notice.about);
    person.circumstances.showed(named);
    Ok(Notices {
        unread: unread.saturating_sub(hidden.unread),
        items: items.into_iter().map(present).collect(),
    })
}

/// How many notices a person has not read, of those that they are shown.
pub(crate) async fn unread(app: &App, person: &SignedIn) -> Result<u64, Error> {
    if has_no_case_role(app, person) {
        let items = of_no_case(app, person).await?;
        return Ok(items.iter().filter(|own| !own.read).count() as u64);
    }
    let hidden = Hidden::from(app, person).await?;
    let today = app.chance.now().day();
    let all = app.index.unread_notices(person.account.id, today).await?;
    Ok(all.saturating_sub(hidden.unread))
}

/// Whether the person opens no case in an organisation in which others do. An agency opens none
/// and is told what concerns it all the same.
fn has_no_case_role(app: &App, person: &SignedIn) -> bool {
    use OrganisationKind::{Chambers, Court, DefenceFirm, Prosecutor};
    matches!(
        person.organisation.kind,
        Chambers | Court | DefenceFirm | Prosecutor
    ) && hears(app, person) == Hears::NoCase
}

/// What somebody was told who opens no case: what leads to one they heard in a role that they have
/// no more, and it went with the role.
async fn of_no_case(app: &App, person: &SignedIn) -> Result<Vec<KeptNotice>, Error> {
    let today = app.chance.now().day();
    let mut items = app
        .index
        .notices(person.account.id, today, MOST_KEPT)
        .await?;
    items.retain(|own| own.case_id.is_none() && own.hearing_id.is_none());
    let hidden = Hidden::from(app, person).await?;
    hidden.veil(&mut items);
    Ok(items)
}

/// What was told of sensitive cases of which the person is to know nothing, however long ago.
struct Hidden {
    veils: HashMap<CaseId, (Shown, Case)>,
    all: u64,
    unread: u64,
}

impl Hidden {
    /// Shows of each notice what may be shown now.
    fn veil(&self, items: &mut Vec<KeptNotice>) {
        items.retain_mut(|notice| {
            let veil = notice.about.and_then(|id| self.veils.get(&id));
            match veil {
                None | Some((Shown::Whole, _)) => true,
                Some((Shown::Reference, case)) => {
                    (notice.title, notice.body) = veiled_notice(&case.urn);
                    true
                }
                Some((Shown::Nothing, _)) => false,
            }
        });
    }

    async fn from(app: &App, person: &SignedIn) -> Result<Self, Error> {
        let today = app.chance.now().day();
        let told = app
            .index
            .told_of_sensitive(person.account.id, today)
            .await?;
        let veils = veil::over_all(app, person, told.iter().map(|one| one.case_id)).await?;
        let nothing = |id: &CaseId| matches!(veils.get(id), Some((Shown::Nothing, _)));
        let (mut all, mut unread) = (0, 0);
        for one in told.iter().filter(|one| nothing(&one.case_id)) {
            all += one.all;
            unread += one.unread;
        }
        Ok(Self { veils, all, unread })
    }
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
        hearing_id: notice.hearing_id,
        read: notice.read,
    }
}
