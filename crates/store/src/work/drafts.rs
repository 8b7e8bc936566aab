//! Drafts of results, saved as they are typed. Two people on one hearing see
//! each other's saving instead of losing it.

use crate::{
    Store,
    error::{broken, fault},
    query::{count, number, text},
};
use app::ports::{DraftSaving, Fault, KeptDraft};
use sqlx::{
    Any,
    any::{AnyArguments, AnyRow},
    query::Query,
};
use vocabulary::{HearingId, Instant};

/// A window counts exactly only so far.
const MOST_REVISIONS: u64 = (1 << 53) - 1;

fn kept(row: &AnyRow) -> Result<KeptDraft, Fault> {
    Ok(KeptDraft {
        revision: count(row, 0)?,
        lines: serde_json::from_str(&text(row, 1)?).map_err(broken)?,
        unresolved: serde_json::from_str(&text(row, 2)?).map_err(broken)?,
        by: text(row, 3)?,
        at: Instant::from_micros(number(row, 4)?),
    })
}

fn of(hearing: HearingId) -> Query<'static, Any, AnyArguments> {
    sqlx::query(
        "select revision, lines, unresolved, saved_by, saved_at from result_draft \
         where hearing_id = $1",
    )
    .bind(hearing.to_string())
}

pub(super) async fn find(store: &Store, hearing: HearingId) -> Result<Option<KeptDraft>, Fault> {
    let row = store.readers().first(of(hearing)).await;
    row.map_err(|e| fault(&e))?.as_ref().map(kept).transpose()
}

pub(super) async fn save(
    store: &Store,
    hearing: HearingId,
    seen: u64,
    draft: KeptDraft,
) -> Result<DraftSaving, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let revision = seen
        .checked_add(1)
        .filter(|revision| *revision <= MOST_REVISIONS)
        .ok_or_else(|| Fault::Stale {
            stream: format!("draft {hearing}"),
            found: 0,
        })?;
    // Writes over exactly the revision that was seen; a draft that is not there is revision 0.
    let statement = if seen == 0 {
        "insert into result_draft (hearing_id, revision, lines, unresolved, saved_by, saved_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (hearing_id) do nothing"
    } else {
        "update result_draft set \
             revision = $2, lines = $3, unresolved = $4, saved_by = $5, saved_at = $6 \
         where hearing_id = $1 and revision = $2 - 1"
    };
    let saved = sqlx::query(statement)
        .bind(hearing.to_string())
        .bind(i64::try_from(revision).map_err(broken)?)
        .bind(serde_json::to_string(&draft.lines).map_err(broken)?)
        .bind(draft.unresolved.to_string())
        .bind(draft.by.clone())
        .bind(draft.at.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?
        .rows_affected();
    if saved > 0 {
        writing.commit().await.map_err(|e| fault(&e))?;
        return Ok(DraftSaving::Saved(revision));
    }
    let Some(theirs) = of(hearing)
        .fetch_optional(writing.connection())
        .await
        .map_err(|e| fault(&e))?
    else {
        return Ok(DraftSaving::Nothing);
    };
    let theirs = kept(&theirs)?;
    // The same saving sent again, because its answer was lost, is no conflict.
    let again = theirs.revision == revision
        && theirs.lines == draft.lines
        && theirs.unresolved == draft.unresolved
        && theirs.by == draft.by;
    Ok(if again {
        DraftSaving::Saved(revision)
    } else {
        DraftSaving::Conflict(theirs)
    })
}
