//! Whether every list says what the events say. Who may do what is decided on derived
//! rows (an account's roles, a reason that was given, who is on record), so that whoever
//! can write into the database need not touch one event to become somebody else. All of it
//! is made again in a transaction that is undone, and held against what was there. It mends
//! nothing: `rebuild` does.

use crate::{
    Store,
    error::{StoreError, broken, fault},
    index::tables::DERIVED,
    keyed::Columns,
    ledger::{
        event_row::{COLUMNS, EventRow},
        heads::HEADS,
        known::{Kept, Known, Wrapped},
        state::State,
    },
    query::{count, id, text},
    rows::Table,
};
use app::ports::Fault;
use domain::{Event, Stream, account::SignInStep, reading::ReadingEvent};
use sqlx::{AnyConnection, AssertSqlSafe, Executor, Row};
use std::collections::BTreeSet;
use uuid::Uuid;
use vocabulary::{AccountId, SessionId};

const PAGE: i64 = 1_000;
/// Rows of one table that are named; of more it is said how many there are.
const NAMED: i64 = 5;

/// What the comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Events that everything was made from.
    pub events: u64,
    /// Rows that were held against them.
    pub rows: u64,
    /// What differs, one sentence a table.
    pub differences: Vec<String>,
}

impl Store {
    /// Makes every derived row a second time and says where it is another one. Nothing is
    /// changed; appends wait meanwhile.
    ///
    /// # Errors
    /// If the database fails or an event does not open.
    pub async fn compare_lists(&self) -> Result<Compared, StoreError> {
        let _gate = self.database().gate().await;
        let mut connection = self.pool().acquire().await?;
        let mut transaction = self.database().begin_append(&mut connection).await?;
        let compared = self
            .made_twice(&mut transaction)
            .await
            .map_err(|fault| StoreError::Ledger(format!("compare: {fault}")));
        transaction.rollback().await?;
        compared
    }

    async fn made_twice(&self, connection: &mut AnyConnection) -> Result<Compared, Fault> {
        for table in DERIVED {
            let name = table.name;
            run(
                connection,
                format!("create temporary table was_{name} as select * from {name}"),
            )
            .await?;
        }
        let rebuilt = self.replay(connection).await?;
        let mut compared = Compared {
            events: rebuilt.events,
            rows: 0,
            differences: Vec::new(),
        };
        for table in DERIVED {
            let name = table.name;
            compared.rows += number_of(connection, &format!("was_{name}")).await?;
            compared
                .differences
                .extend(differs(connection, table).await?);
        }
        compared
            .differences
            .extend(self.snapshots(connection).await?);
        compared
            .differences
            .extend(self.sessions_nobody_opened(connection).await?);
        Ok(compared)
    }

    /// Sessions are no list, and still no accident: that somebody signed in is recorded before
    /// their session is there. One of which that cannot be said was written by somebody else.
    async fn sessions_nobody_opened(
        &self,
        connection: &mut AnyConnection,
    ) -> Result<Option<String>, Fault> {
        let sessions = sqlx::query("select session_id, account_id from session order by 1")
            .fetch_all(&mut *connection)
            .await
            .map_err(|e| fault(&e))?;
        let mut open: BTreeSet<(SessionId, AccountId)> = BTreeSet::new();
        for row in &sessions {
            open.insert((id(row, 0)?, id(row, 1)?));
        }
        let sql = format!(
            "select {COLUMNS} from ledger_event where position > $1 and name = 'reading.sign_in' \
             order by position limit $2"
        );
        let mut known = Known::default();
        let mut after = 0;
        while !open.is_empty() {
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
            let owners: Vec<Uuid> = page
                .iter()
                .map(|row| row.key_owner.parse().map_err(broken))
                .collect::<Result<_, _>>()?;
            known
                .load_keys(connection, self.keys(), owners.iter().copied())
                .await?;
            for (row, owner) in page.iter().zip(owners) {
                let Some(Kept::Key(key)) = known.keys.get(&owner) else {
                    continue;
                };
                if let Event::Reading(ReadingEvent::SignIn {
                    account,
                    step: SignInStep::SignedIn { session, .. },
                }) = row.recorded(key)?.event
                {
                    open.remove(&(session, account));
                }
            }
        }
        Ok((!open.is_empty()).then(|| {
            let named: Vec<String> = open
                .iter()
                .take(5)
                .map(|(session, account)| format!("{session} {account}"))
                .collect();
            format!(
                "session: into {} of them nobody signed in by the record ({})",
                open.len(),
                named.join("; ")
            )
        }))
    }

    /// What streams fold to, opened: a seal is another one each time it is made.
    async fn snapshots(&self, connection: &mut AnyConnection) -> Result<Option<String>, Fault> {
        const SQL: &str = "select w.stream, w.version, w.snapshot, n.snapshot, n.key_owner, \
             k.wrapped, k.destroyed_at \
             from was_stream_head w join stream_head n on n.stream = w.stream \
             and n.version = w.version left join data_key k on k.owner = n.key_owner \
             where w.stream > $1 order by w.stream limit $2";
        let mut after = String::new();
        let mut others = Vec::new();
        loop {
            let rows = sqlx::query(SQL)
                .bind(after.clone())
                .bind(PAGE)
                .fetch_all(&mut *connection)
                .await
                .map_err(|e| fault(&e))?;
            let Some(last) = rows.last() else { break };
            after = text(last, 0)?;
            for row in &rows {
                let (name, version) = (text(row, 0)?, count(row, 1)?);
                let stream: Stream = id(row, 0)?;
                let owner = id(row, 4)?;
                let sealed: [Option<Vec<u8>>; 2] = [row.maybe_bytes(2)?, row.maybe_bytes(3)?];
                let same = match (Wrapped::read(row, 5)?.kept(self.keys(), owner)?, sealed) {
                    (Kept::Key(key), [Some(was), Some(now)]) => {
                        let open = |sealed: &[u8]| -> Result<Option<Vec<u8>>, Fault> {
                            let state = State::open(stream.kind, &key, &name, version, sealed)?;
                            Ok(state.json(&name)?)
                        };
                        // What does not open is not what was kept.
                        open(&was).ok() == Some(open(&now)?)
                    }
                    (_, [was, now]) => was.is_some() == now.is_some(),
                };
                if !same {
                    others.push(name);
                }
            }
        }
        Ok((!others.is_empty()).then(|| {
            let named: Vec<&str> = others.iter().take(5).map(String::as_str).collect();
            format!(
                "{}: of {} streams what is kept is not what their events make ({})",
                HEADS.name,
                others.len(),
                named.join("; ")
            )
        }))
    }
}

/// How a table differs from the one before, if it does.
async fn differs(connection: &mut AnyConnection, table: &Table) -> Result<Option<String>, Fault> {
    let name = table.name;
    let columns: Vec<&str> = table
        .columns
        .iter()
        .copied()
        .filter(|column| *column != "snapshot")
        .collect();
    let columns = columns.join(", ");
    let less = |one: &str, other: &str| {
        format!("(select {columns} from {one} except select {columns} from {other})")
    };
    let (was, now) = (format!("was_{name}"), name.to_owned());
    // Of a row that was altered each side has one; of one that was added, only the first.
    let (there, made) = (less(&was, &now), less(&now, &was));
    let altered = number_of(connection, &format!("{there} as d")).await?;
    let missing = number_of(connection, &format!("{made} as d")).await?;
    if altered == 0 && missing == 0 {
        return Ok(None);
    }
    // Ids alone: a key may be of a name.
    let keys: Vec<&str> = table.columns[..table.key]
        .iter()
        .copied()
        .filter(|key| *key != "name_key")
        .collect();
    let keys: Vec<String> = keys
        .iter()
        .map(|key| format!("cast({key} as text)"))
        .collect();
    let keys = keys.join(" || ' ' || ");
    let from = if altered > 0 { there } else { made };
    let sql = format!("select {keys} from {from} as d order by 1 limit {NAMED}");
    let named = sqlx::query(AssertSqlSafe(sql))
        .fetch_all(&mut *connection)
        .await
        .map_err(|e| fault(&e))?;
    let named: Vec<String> = named
        .iter()
        .map(|row| row.try_get(0).map_err(|e| fault(&e)))
        .collect::<Result<_, _>>()?;
    Ok(Some(format!(
        "{name}: {altered} rows are there that the events do not make, and {missing} that they make \
         are not ({})",
        named.join("; ")
    )))
}

async fn number_of(connection: &mut AnyConnection, from: &str) -> Result<u64, Fault> {
    let row = sqlx::query(AssertSqlSafe(format!("select count(*) from {from}")))
        .fetch_one(&mut *connection)
        .await
        .map_err(|e| fault(&e))?;
    count(&row, 0)
}

async fn run(connection: &mut AnyConnection, sql: String) -> Result<(), Fault> {
    connection
        .execute(AssertSqlSafe(sql))
        .await
        .map(|_| ())
        .map_err(|e| fault(&e))
}
