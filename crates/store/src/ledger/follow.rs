//! What other servers on the same record commit, told to the people of this one.
//!
//! The two databases differ here, side by side: PostgreSQL notifies within the
//! committing transaction; on SQLite, where a second process is rare (the
//! command line beside an open window), the end of the ledger is looked at
//! once a second. Whenever something may have been missed, everybody is told
//! that everything is stale.

use crate::{database::Database, ledger::batch::end_of, pen::Pen};
use app::ports::{Committed, Courts, Fault, KeptNotice, Touched};
use serde::{Deserialize, Serialize};
use sqlx::{Row, postgres::PgListener};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::sync::broadcast;
use uuid::Uuid;
use vocabulary::{AccountId, CaseId, HearingId, Instant, NoticeId, OrganisationId};

const CHANNEL: &str = "ledger_committed";
/// PostgreSQL takes payloads of less than 8,000 bytes.
const MOST_BYTES: usize = 7_000;
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// A server's own name among the others, and how far it knows the ledger.
#[derive(Debug, Clone)]
pub(crate) struct Myself {
    pub(crate) name: Uuid,
    pub(crate) seen: Arc<AtomicI64>,
}

/// A commit as it travels.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    from: Uuid,
    position: u64,
    touched: Vec<Stale>,
    notices: Vec<Told>,
}

/// What is stale: for which organisations, courts and people, of which cases, and to whom it is
/// closed.
type Stale = (
    String,
    Vec<OrganisationId>,
    Courts,
    Vec<AccountId>,
    Vec<CaseId>,
    Vec<(AccountId, OrganisationId)>,
);

/// One notice: to whom, which, when, what it says, and where it leads.
type Told = (
    AccountId,
    NoticeId,
    Instant,
    String,
    String,
    (Option<CaseId>, Option<HearingId>),
);

impl Note {
    fn of(from: Uuid, committed: &Committed) -> Self {
        Self {
            from,
            position: committed.position,
            touched: committed
                .touched
                .iter()
                .map(|t| {
                    (
                        t.tag.clone(),
                        t.organisations.clone(),
                        t.courts.clone(),
                        t.accounts.clone(),
                        t.cases.clone(),
                        t.barred.clone(),
                    )
                })
                .collect(),
            notices: committed
                .notices
                .iter()
                .map(|(account, n)| {
                    (
                        *account,
                        n.id,
                        n.at,
                        n.title.clone(),
                        n.body.clone(),
                        (n.case_id, n.hearing_id),
                    )
                })
                .collect(),
        }
    }

    /// The note in pieces that each fit; a single thing too long for one is left
    /// out, and will be seen when its view is next opened.
    fn pieces(self) -> Vec<String> {
        let text = serde_json::to_string(&self).unwrap_or_default();
        if text.len() <= MOST_BYTES {
            return vec![text];
        }
        let Self {
            from,
            position,
            mut touched,
            mut notices,
        } = self;
        if touched.len() + notices.len() <= 1 {
            return Vec::new();
        }
        let other = Self {
            from,
            position,
            touched: touched.split_off(touched.len() / 2),
            notices: notices.split_off(notices.len() / 2),
        };
        let mut pieces = Self {
            from,
            position,
            touched,
            notices,
        }
        .pieces();
        pieces.extend(other.pieces());
        pieces
    }

    fn committed(self) -> Committed {
        Committed {
            position: self.position,
            touched: self
                .touched
                .into_iter()
                .map(
                    |(tag, organisations, courts, accounts, cases, barred)| Touched {
                        tag,
                        organisations,
                        accounts,
                        courts,
                        cases,
                        barred,
                    },
                )
                .collect(),
            notices: self
                .notices
                .into_iter()
                .map(|(account, id, at, title, body, (case_id, hearing_id))| {
                    (
                        account,
                        KeptNotice {
                            id,
                            at,
                            title,
                            body,
                            case_id,
                            // What comes up on a screen was veiled when it was told.
                            about: case_id,
                            hearing_id,
                            read: false,
                        },
                    )
                })
                .collect(),
            documents: false,
        }
    }
}

/// Puts commits into the transaction that makes them, for the other servers: in
/// one statement, however many there are.
pub(crate) async fn notify(
    pen: &mut dyn Pen,
    myself: &Myself,
    committed: &[Committed],
) -> Result<(), Fault> {
    let pieces: Vec<String> = committed
        .iter()
        .filter(|one| !one.touched.is_empty() || !one.notices.is_empty())
        .flat_map(|one| Note::of(myself.name, one).pieces())
        .collect();
    if pieces.is_empty() {
        return Ok(());
    }
    let tell = "select pg_notify($1, note) \
        from jsonb_array_elements_text(cast($2 as jsonb)) n(note)";
    let notes = serde_json::json!(pieces).to_string();
    pen.run(tell, vec![CHANNEL.into(), notes.into()]).await
}

/// Listens for other servers on PostgreSQL until it is aborted.
pub(crate) async fn listen(
    url: String,
    database: Database,
    myself: Myself,
    commits: broadcast::Sender<Committed>,
) {
    loop {
        if let Err(error) = listen_once(&url, &database, &myself, &commits).await {
            tracing::warn!(%error, "not listening for other servers; trying again");
        }
        tokio::time::sleep(LOOK_AGAIN).await;
        // What was committed meanwhile was not heard.
        everything(&database, &commits).await;
    }
}

async fn listen_once(
    url: &str,
    database: &Database,
    myself: &Myself,
    commits: &broadcast::Sender<Committed>,
) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen(CHANNEL).await?;
    loop {
        match listener.try_recv().await? {
            Some(heard) => match serde_json::from_str::<Note>(heard.payload()) {
                Ok(note) if note.from == myself.name => {}
                Ok(note) => {
                    // Nobody may be looking.
                    let _ = commits.send(note.committed());
                }
                Err(error) => tracing::warn!(%error, "another server's note is not understood"),
            },
            // The connection was lost and made again.
            None => everything(database, commits).await,
        }
    }
}

/// Looks at the end of the ledger on SQLite until it is aborted.
pub(crate) async fn look(
    database: Database,
    myself: Myself,
    commits: broadcast::Sender<Committed>,
) {
    let mut first = true;
    loop {
        {
            // Our own appends note their end before they give up their turn.
            let _gate = database.gate().await;
            if let Ok(end) = end(&database).await {
                let seen = myself.seen.fetch_max(end, Ordering::SeqCst);
                if end > seen && !first {
                    everything(&database, &commits).await;
                }
                first = false;
            }
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

async fn end(database: &Database) -> Result<i64, Fault> {
    let mut connection = database
        .pool
        .acquire()
        .await
        .map_err(|e| crate::error::fault(&e))?;
    Ok(end_of(&mut *connection).await?.0)
}

/// Tells everybody that everything is stale.
async fn everything(database: &Database, commits: &broadcast::Sender<Committed>) {
    let rows = sqlx::query("select organisation_id from organisation_index")
        .fetch_all(&database.pool)
        .await
        .unwrap_or_default();
    let organisations = rows
        .iter()
        .filter_map(|row| row.try_get::<String, _>(0).ok()?.parse().ok())
        .collect();
    let Ok(position) = end(database).await else {
        return;
    };
    let tag = "everything".to_owned();
    let _ = commits.send(Committed {
        position: u64::try_from(position).unwrap_or(0),
        touched: vec![Touched {
            tag,
            organisations,
            courts: Courts::All,
            ..Touched::default()
        }],
        notices: Vec::new(),
        documents: false,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::CourtId;

    #[test]
    fn a_commit_too_large_for_one_note_travels_in_pieces_and_loses_nothing() {
        let account = AccountId(Uuid::from_u128(1));
        let notice = |n: u128| KeptNotice {
            id: NoticeId(Uuid::from_u128(n)),
            at: Instant::from_micros(5),
            title: "Results in 76GD6405821".to_owned(),
            body: "The court shared the results of 21 November 2026.".repeat(4),
            case_id: None,
            about: None,
            hearing_id: None,
            read: false,
        };
        let committed = Committed {
            position: 7,
            touched: vec![Touched {
                tag: "hearings".into(),
                organisations: vec![OrganisationId(Uuid::from_u128(2))],
                accounts: vec![AccountId(Uuid::from_u128(3))],
                courts: Courts::These(vec![CourtId(Uuid::from_u128(4))]),
                cases: vec![CaseId(Uuid::from_u128(5))],
                barred: vec![(
                    AccountId(Uuid::from_u128(6)),
                    OrganisationId(Uuid::from_u128(2)),
                )],
            }],
            notices: (0..100).map(|n| (account, notice(n))).collect(),
            documents: false,
        };
        let pieces = Note::of(Uuid::nil(), &committed).pieces();
        assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() <= MOST_BYTES));
        let mut again = Committed {
            position: 7,
            touched: vec![],
            notices: vec![],
            documents: false,
        };
        for piece in pieces {
            let one = serde_json::from_str::<Note>(&piece).unwrap().committed();
            again.touched.extend(one.touched);
            again.notices.extend(one.notices);
        }
        again.notices.sort_by_key(|(_, notice)| notice.id);
        assert_eq!(again, committed);
    }
}
