//! Mail to people that waits: put with its event, claimed by one sender at a time, and marked.

use crate::{
    Store,
    error::fault,
    query::{count, id, number, text},
    rows::in_list,
};
use app::ports::{Fault, MailFate, MailKind, WaitingMail};
use sqlx::AssertSqlSafe;
use uuid::Uuid;
use vocabulary::{AccountId, Instant};

pub(super) async fn claim(
    store: &Store,
    now: Instant,
    until: Instant,
    most: i64,
) -> Result<Vec<WaitingMail>, Fault> {
    const DUE: &str = "select mail_id, kind, about, since, tried from account_mail \
         where state = 'waiting' and next_at <= $1 and claimed_until <= $1 \
         order by next_at, mail_id limit $2";
    let look = sqlx::query(DUE).bind(now.micros()).bind(1_i64);
    // Mostly nothing waits, and then nobody's turn to write is taken.
    if store
        .readers()
        .first(look)
        .await
        .map_err(|e| fault(&e))?
        .is_none()
    {
        return Ok(Vec::new());
    }
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let rows = sqlx::query(DUE)
        .bind(now.micros())
        .bind(most)
        .fetch_all(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in &rows {
        let word = text(row, 1)?;
        let kind = MailKind::of(&word)
            .ok_or_else(|| Fault::Broken(format!("there is no mail of the kind {word:?}")))?;
        let mail = WaitingMail {
            id: id(row, 0)?,
            kind,
            about: id(row, 2)?,
            since: Instant::from_micros(number(row, 3)?),
            tried: count(row, 4)?,
        };
        // Another server may have claimed it since it was read.
        let ours = sqlx::query(
            "update account_mail set claimed_until = $3 \
             where mail_id = $1 and state = 'waiting' and claimed_until <= $2",
        )
        .bind(mail.id.to_string())
        .bind(now.micros())
        .bind(until.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
        if ours.rows_affected() > 0 {
            claimed.push(mail);
        }
    }
    writing.commit().await.map_err(|e| fault(&e))?;
    Ok(claimed)
}

pub(super) async fn settle(store: &Store, mail: Uuid, fate: MailFate) -> Result<(), Fault> {
    let (state, next) = match fate {
        MailFate::Sent => ("sent", 0),
        MailFate::Dropped => ("dropped", 0),
        MailFate::Refused => ("refused", 0),
        MailFate::Later(next) => ("waiting", next.micros()),
    };
    let query = sqlx::query(
        "update account_mail set state = $2, next_at = $3, tried = tried + 1, claimed_until = 0 \
         where mail_id = $1",
    )
    .bind(mail.to_string())
    .bind(state)
    .bind(next);
    store.change(query).await.map(|_| ())
}

pub(super) async fn refused(
    store: &Store,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, Fault> {
    let mut found = Vec::new();
    let ids: Vec<String> = accounts.iter().map(ToString::to_string).collect();
    for chunk in ids.chunks(256) {
        let (marks, list) = in_list(chunk.to_vec());
        let sql = format!(
            "select m.about from account_mail m \
             where m.state = 'refused' and m.kind = 'invitation' and m.about in ({marks}) \
             and not exists (select 1 from account_mail n where n.about = m.about \
                 and n.kind = m.kind and n.since > m.since)"
        );
        let query = list
            .into_iter()
            .fold(sqlx::query(AssertSqlSafe(sql)), |q, id| q.bind(id));
        for row in store.readers().all(query).await.map_err(|e| fault(&e))? {
            found.push(id(&row, 0)?);
        }
    }
    Ok(found)
}
