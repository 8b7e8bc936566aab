//! What was asked and refused, until it is in the ledger: rows that are added to, closed under
//! the command by which they are recorded, and taken away. What they say is sealed; only how
//! often and when is not, because it is added up here.

use crate::{
    Store,
    error::{broken, fault},
    keys,
    query::{id, number, text},
};
use app::ports::{Fault, Heard, HeardBatch, HeardKind, HeardLine};
use async_trait::async_trait;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row, any::AnyArguments, query::Query};
use std::fmt::Write;
use uuid::Uuid;
use vocabulary::Instant;

/// Columns of a row.
const COLUMNS: usize = 9;
/// Rows of one statement: there are few different texts of it, and each is kept prepared.
const ROWS: [usize; 3] = [32, 4, 1];
/// Lines that become events at once.
const MOST: i64 = 20_000;

fn label(line: Uuid) -> String {
    format!("heard {line}")
}

/// The statement that keeps so many rows, or adds to those that are there.
fn statement(rows: usize) -> String {
    let mut sql = "insert into heard (batch, line_id, kind, whose, wrapped, sealed, first_at, \
                   last_at, times) values "
        .to_owned();
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=COLUMNS {
            let comma = if column == 1 { "" } else { ", " };
            // Writing to a string cannot fail.
            let _ = write!(sql, "{comma}${}", row * COLUMNS + column);
        }
        sql.push(')');
    }
    sql.push_str(
        " on conflict (batch, line_id) do update set last_at = excluded.last_at, \
         times = heard.times + excluded.times",
    );
    sql
}

type Asking<'q> = Query<'q, Any, AnyArguments>;

/// A line with what it says sealed.
struct Sealed {
    line: HeardLine,
    wrapped: Vec<u8>,
    sealed: Vec<u8>,
}

impl Sealed {
    fn of(store: &Store, line: HeardLine) -> Result<Self, Fault> {
        let (key, wrapped) = store.keys().make(line.id).map_err(broken)?;
        let sealed = keys::seal(&key, &label(line.id), line.body.as_bytes()).map_err(broken)?;
        Ok(Self {
            line,
            wrapped,
            sealed,
        })
    }

    fn bound<'q>(&self, query: Asking<'q>) -> Asking<'q> {
        query
            .bind(String::new())
            .bind(self.line.id.to_string())
            .bind(self.line.kind.as_str())
            .bind(self.line.whose.to_string())
            .bind(self.wrapped.clone())
            .bind(self.sealed.clone())
            .bind(self.line.first.micros())
            .bind(self.line.last.micros())
            .bind(i64::try_from(self.line.times).unwrap_or(i64::MAX))
    }
}

async fn write(connection: &mut AnyConnection, mut lines: &[Sealed]) -> Result<(), Fault> {
    while !lines.is_empty() {
        let rows = ROWS.into_iter().find(|rows| *rows <= lines.len());
        let (these, rest) = lines.split_at(rows.unwrap_or(1));
        let query = sqlx::query(AssertSqlSafe(statement(these.len())));
        let query = these.iter().fold(query, |query, own| own.bound(query));
        query
            .execute(&mut *connection)
            .await
            .map_err(|e| fault(&e))?;
        lines = rest;
    }
    Ok(())
}

fn opened(store: &Store, row: &sqlx::any::AnyRow, kind: HeardKind) -> Result<HeardLine, Fault> {
    let line = id(row, 1)?;
    let wrapped: Vec<u8> = row.try_get(3).map_err(|e| fault(&e))?;
    let sealed: Vec<u8> = row.try_get(4).map_err(|e| fault(&e))?;
    let key = store.keys().unwrap(line, &wrapped).map_err(broken)?;
    let body = keys::open(&key, &label(line), &sealed)
        .ok_or_else(|| Fault::Broken(format!("what was heard, {line}, cannot be opened")))?;
    Ok(HeardLine {
        kind,
        id: line,
        whose: id(row, 2)?,
        body: String::from_utf8(body).map_err(broken)?,
        first: Instant::from_micros(number(row, 5)?),
        last: Instant::from_micros(number(row, 6)?),
        times: u64::try_from(number(row, 7)?).unwrap_or(0),
    })
}

#[async_trait]
impl Heard for Store {
    async fn keep_heard(&self, mut lines: Vec<HeardLine>) -> Result<(), Fault> {
        if lines.is_empty() {
            return Ok(());
        }
        // In one order: of two servers that add to the same rows, none waits for the other.
        lines.sort_by_key(|line| line.id);
        // Before anybody's turn to write is taken.
        let sealed = lines.into_iter().map(|line| Sealed::of(self, line));
        let sealed = sealed.collect::<Result<Vec<_>, _>>()?;
        let mut writing = self.database().write_heard().await.map_err(|e| fault(&e))?;
        write(writing.connection(), &sealed).await?;
        writing.commit().await.map_err(|e| fault(&e))
    }

    async fn close_heard(&self, kind: HeardKind) -> Result<(), Fault> {
        const OPEN: &str = "select distinct whose from heard where batch = '' and kind = $1";
        let look = sqlx::query(OPEN).bind(kind.as_str());
        // Mostly there is none, and then nobody's turn to write is taken.
        let any = self.readers().first(look).await.map_err(|e| fault(&e))?;
        if any.is_none() {
            return Ok(());
        }
        let mut writing = self.database().write_heard().await.map_err(|e| fault(&e))?;
        let found = sqlx::query(OPEN)
            .bind(kind.as_str())
            .fetch_all(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
        for row in &found {
            sqlx::query(
                "update heard set batch = $1 where batch = '' and kind = $2 and whose = $3",
            )
            .bind(Uuid::now_v7().to_string())
            .bind(kind.as_str())
            .bind(text(row, 0)?)
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
        }
        writing.commit().await.map_err(|e| fault(&e))
    }

    async fn closed_heard(&self, kind: HeardKind) -> Result<Vec<HeardBatch>, Fault> {
        let query = sqlx::query(
            "select batch, line_id, whose, wrapped, sealed, first_at, last_at, times \
             from heard where batch <> '' and kind = $1 order by batch, first_at, line_id limit $2",
        )
        .bind(kind.as_str())
        .bind(MOST);
        let rows = self.readers().all(query).await.map_err(|e| fault(&e))?;
        let cut = i64::try_from(rows.len()).unwrap_or(MOST) >= MOST;
        let mut batches: Vec<HeardBatch> = Vec::new();
        for row in &rows {
            let command = id(row, 0)?;
            let line = opened(self, row, kind)?;
            match batches.last_mut().filter(|own| own.command == command) {
                Some(own) => own.lines.push(line),
                None => batches.push(HeardBatch {
                    command,
                    lines: vec![line],
                }),
            }
        }
        // The last of a full page may be a part of its batch; it comes with the next one.
        if cut && batches.len() > 1 {
            batches.pop();
        }
        Ok(batches)
    }

    async fn settle_heard(&self, command: Uuid) -> Result<(), Fault> {
        let query = sqlx::query("delete from heard where batch = $1").bind(command.to_string());
        self.change(query).await.map(|_| ())
    }
}
