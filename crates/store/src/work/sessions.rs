//! Sessions. A token is known by its hash only.

use crate::{
    Store,
    database::Writing,
    error::{broken, fault},
    gather::Found,
    query::{count, id, number, text},
    readers::Readers,
    rows::{Value, in_list},
};
use app::{
    caller::{Circumstances, Proof, SignedIn},
    ports::{Fault, Session, Stands},
};
use domain::account::Account;
use futures::future::BoxFuture;
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use vocabulary::{AccountId, Instant, SessionId};

pub(super) async fn open(
    store: &Store,
    session: &Session,
    token_hash: &str,
    at: Instant,
) -> Result<bool, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    if !still_good(&mut writing, session).await? {
        return Ok(false);
    }
    // Whoever signs in sweeps up what has expired.
    sqlx::query("delete from session where expires_at <= $1")
        .bind(at.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    sqlx::query(
        "insert into session (session_id, account_id, token_hash, opened_at, expires_at, \
             seen_at, proven_at) \
         values ($1, $2, $3, $4, $5, $4, $4)",
    )
    .bind(session.id.to_string())
    .bind(session.account.to_string())
    .bind(token_hash.to_owned())
    .bind(at.micros())
    .bind(session.expires_at.micros())
    .execute(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    sqlx::query(crate::people::uses::NOTE)
        .bind(session.account.to_string())
        .bind(at.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))?;
    Ok(true)
}

/// Whether the account is active and its password the one that was given. Both rows are held
/// until the session stands, which is why they are written as they are: whoever suspends the
/// account or chooses another password was first, or comes after and ends the session.
async fn still_good(writing: &mut Writing, session: &Session) -> Result<bool, Fault> {
    let account = session.account.to_string();
    let active = sqlx::query(
        "update account_index set active = active where account_id = $1 and active = 1",
    )
    .bind(account.clone())
    .execute(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    if active.rows_affected() == 0 {
        return Ok(false);
    }
    let Some(password) = &session.password else {
        return Ok(true);
    };
    let same = sqlx::query("update password set phc = phc where account_id = $1 and phc = $2")
        .bind(account)
        .bind(password.clone())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    Ok(same.rows_affected() > 0)
}

/// A session with whose it is, as it is kept.
#[derive(Clone)]
pub(crate) struct KeptSession {
    session: SessionId,
    expires_at: i64,
    account: String,
    organisation: String,
    proof: Proof,
    /// Until when a reason counts at most that its person gave for a case.
    reasoned_until: i64,
}

/// Sessions of active accounts by the hashes of their tokens, with account and
/// organisation: every request asks.
pub(crate) fn kept_sessions(
    readers: Readers,
    token_hashes: Vec<String>,
) -> BoxFuture<'static, Result<Found<KeptSession>, Fault>> {
    Box::pin(async move {
        let (marks, list) = in_list(token_hashes);
        let sql = format!(
            "select s.token_hash, s.session_id, s.expires_at, a.body, o.body, \
                 s.proven_at, s.seen_at, s.locked, s.strongly_proven_at, \
                 coalesce(f.confirmed_at, 0) + s.by_provider + \
                     (select count(*) from passkey k \
                      where k.account_id = s.account_id and k.refused_at = 0), \
                 coalesce((select max(p.until) from case_opening p \
                     where p.account_id = s.account_id), 0) \
             from session s \
             join account_index a on a.account_id = s.account_id and a.active = 1 \
             join organisation_index o on o.organisation_id = a.organisation_id \
             left join second_factor f on f.account_id = s.account_id \
             where s.token_hash in ({marks})"
        );
        let keys = list.into_iter().map(Value::from).collect();
        let rows = readers.keyed(&sql, keys).await?;
        rows.iter()
            .map(|row| {
                let session = KeptSession {
                    session: id(row, 1)?,
                    expires_at: number(row, 2)?,
                    account: text(row, 3)?,
                    organisation: text(row, 4)?,
                    proof: Proof {
                        proven_at: Instant::from_micros(number(row, 5)?),
                        seen_at: Instant::from_micros(number(row, 6)?),
                        locked: number(row, 7)? != 0,
                        strongly_proven_at: Instant::from_micros(number(row, 8)?),
                        second_factor: number(row, 9)? > 0,
                    },
                    reasoned_until: number(row, 10)?,
                };
                Ok((text(row, 0)?, session))
            })
            .collect()
    })
}

pub(super) async fn signed_in(
    store: &Store,
    token_hash: &str,
    now: Instant,
) -> Result<Option<SignedIn>, Fault> {
    let found = store.sessions().ask(token_hash.to_owned()).await?;
    let Some(kept) = found.filter(|kept| kept.expires_at > now.micros()) else {
        return Ok(None);
    };
    let account: Account = serde_json::from_str(&kept.account).map_err(broken)?;
    let mut circumstances = Circumstances::default();
    // Few ever give a reason: only theirs are looked up.
    if kept.reasoned_until > now.micros() {
        circumstances.gave(crate::query::access::reasons(store, account.id, now).await?);
    }
    Ok(Some(SignedIn {
        session: kept.session,
        circumstances,
        account,
        organisation: serde_json::from_str(&kept.organisation).map_err(broken)?,
        proof: kept.proof,
    }))
}

pub(super) async fn standing(
    store: &Store,
    token_hashes: &[String],
    now: Instant,
    used_since: Instant,
) -> Result<HashMap<String, Stands>, Fault> {
    let mut standing = HashMap::with_capacity(token_hashes.len());
    for chunk in token_hashes.chunks(256) {
        let (marks, list) = in_list(chunk.to_vec());
        let (moment, since) = (list.len() + 1, list.len() + 2);
        let sql = format!(
            "select s.token_hash, \
                 coalesce((select d.changed from directory d where d.one = 1), 0), \
                 coalesce((select max(p.until) from case_opening p \
                     where p.account_id = s.account_id), 0) \
             from session s \
             join account_index a on a.account_id = s.account_id and a.active = 1 \
             where s.token_hash in ({marks}) and s.expires_at > ${moment} and s.locked = 0 \
                 and s.seen_at >= ${since}"
        );
        let query = list
            .into_iter()
            .fold(sqlx::query(AssertSqlSafe(sql)), |q, hash| q.bind(hash))
            .bind(now.micros())
            .bind(used_since.micros());
        for row in store.readers().all(query).await.map_err(|e| fault(&e))? {
            let stands = Stands {
                directory: count(&row, 1)?,
                reasoned_until: Instant::from_micros(number(&row, 2)?),
            };
            standing.insert(text(&row, 0)?, stands);
        }
    }
    Ok(standing)
}

pub(super) async fn end(store: &Store, session: SessionId) -> Result<(), Fault> {
    let query = sqlx::query("delete from session where session_id = $1").bind(session.to_string());
    store.change(query).await.map(|_| ())
}

pub(super) async fn end_all(store: &Store, account: AccountId) -> Result<(), Fault> {
    let query = sqlx::query("delete from session where account_id = $1").bind(account.to_string());
    store.change(query).await.map(|_| ())
}
