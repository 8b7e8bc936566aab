//! Every derived table made again from the events, in one transaction, by the
//! code that made it the first time. Working tables are left alone.

use crate::{
    Store,
    error::{StoreError, fault},
    index::{Desk, Effects, tables::DERIVED},
    ledger::{
        event_row::{COLUMNS, EventRow},
        heads::put_heads,
        known::{Kept, Known},
        state::{Head, State},
    },
    rows::Rows,
};
use app::ports::Fault;
use domain::Stream;
use sqlx::{AnyConnection, AssertSqlSafe, Executor};
use std::collections::BTreeSet;
use uuid::Uuid;

const PAGE: i64 = 1_000;

/// What a rebuild did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuilt {
    /// Events gone through.
    pub events: u64,
    /// Events whose key was destroyed: they count, and nothing is made of them.
    pub forgotten: u64,
}

impl Store {
    /// Drops and remakes every derived row. Appends wait meanwhile.
    ///
    /// # Errors
    /// If the database fails or an event does not open; then nothing is changed.
    pub async fn rebuild(&self) -> Result<Rebuilt, StoreError> {
        let _gate = self.database().gate().await;
        let mut connection = self.pool().acquire().await?;
        let mut transaction = self.database().begin_append(&mut connection).await?;
        let rebuilt = self
            .replay(&mut transaction)
            .await
            .map_err(|fault| StoreError::Ledger(format!("rebuild: {fault}")))?;
        transaction.commit().await?;
        // The appender remembers heads by the end of the ledger, which has not
        // moved; what it remembers is what was just made again.
        Ok(rebuilt)
    }

    /// Empties every derived table and fills it from the events.
    pub(super) async fn replay(&self, connection: &mut AnyConnection) -> Result<Rebuilt, Fault> {
        for table in DERIVED {
            let sql = format!("delete from {}", table.name);
            connection
                .execute(AssertSqlSafe(sql))
                .await
                .map_err(|e| fault(&e))?;
        }
        let mut known = Known::default();
        let mut rows = Rows::default();
        let mut grown = BTreeSet::new();
        let mut rebuilt = Rebuilt {
            events: 0,
            forgotten: 0,
        };
        let mut after = 0;
        let sql = format!(
            "select {COLUMNS} from ledger_event where position > $1 order by position limit $2"
        );
        loop {
            let page = sqlx::query(AssertSqlSafe(sql.clone()))
                .bind(after)
                .bind(PAGE)
                .fetch_all(&mut *connection)
                .await
                .map_err(|e| fault(&e))?;
            let page: Vec<EventRow> = page
                .iter()
                .map(EventRow::read)
                .collect::<Result<_, _>>()
                .map_err(|e| fault(&e))?;
            let Some(last) = page.last() else { break };
            after = last.position;
            let streams: Vec<Stream> = parsed(&page, |row| &row.stream)?;
            let owners: Vec<Uuid> = parsed(&page, |row| &row.key_owner)?;
            known
                .load_heads(connection, self.keys(), streams.iter().copied())
                .await?;
            known
                .load_keys(connection, self.keys(), owners.iter().copied())
                .await?;
            for ((row, stream), owner) in page.iter().zip(streams).zip(owners) {
                rebuilt.events += 1;
                let mut desk = Desk {
                    pen: &mut *connection,
                    rows: &mut rows,
                    known: &mut known,
                    keys: self.keys(),
                };
                if !replay_one(&mut desk, row, stream, owner).await? {
                    rebuilt.forgotten += 1;
                }
                grown.insert(stream);
            }
            put_heads(&mut rows, &mut known, &grown)?;
            grown.clear();
            rows.flush(connection).await?;
            known.relieve();
        }
        Ok(rebuilt)
    }
}

/// One event again; says whether it could be opened.
async fn replay_one(
    desk: &mut Desk<'_>,
    row: &EventRow,
    stream: Stream,
    owner: Uuid,
) -> Result<bool, Fault> {
    let before = desk.known.heads.get(&stream);
    let key_owner = before.map_or(owner, |head| head.key_owner);
    let version = u64::try_from(row.version).map_err(crate::error::broken)?;
    let hash = row.hash.clone();
    let key = match desk.known.keys.get(&owner) {
        Some(Kept::Key(key)) => key.clone(),
        Some(Kept::Destroyed) => {
            desk.known.heads.insert(
                stream,
                Head {
                    key_owner,
                    version,
                    hash,
                    state: None,
                },
            );
            return Ok(false);
        }
        _ => return Err(Fault::Broken(format!("the key of {stream} is missing"))),
    };
    let recorded = row.recorded(&key)?;
    let state = before.and_then(|head| head.state.clone());
    if version > 1 && state.is_none() {
        // An event under a living key in a stream that was forgotten.
        desk.known.heads.insert(
            stream,
            Head {
                key_owner,
                version,
                hash,
                state: None,
            },
        );
        return Ok(false);
    }
    let after = State::fold(state.as_ref(), &recorded).ok_or_else(|| {
        Fault::Broken(format!("event {} cannot follow in {stream}", row.event_id))
    })?;
    let head = Head {
        key_owner,
        version,
        hash,
        state: Some(after.clone()),
    };
    desk.known.heads.insert(stream, head);
    desk.project(&recorded, &after, &mut Effects::default())
        .await?;
    Ok(true)
}

fn parsed<T>(page: &[EventRow], text: impl Fn(&EventRow) -> &String) -> Result<Vec<T>, Fault>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    page.iter()
        .map(|row| text(row).parse().map_err(crate::error::broken))
        .collect()
}
