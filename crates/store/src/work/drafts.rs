//! Drafts of results, saved as they are typed. Two people on one hearing see
//! each other's saving instead of losing it.

use crate::{
    Store,
    error::{broken, fault},
    query::{count, number, text},
};
use app::ports::{DraftSaving, Fault, KeptDraft};
use sqlx::{Any, Executor, any::AnyRow};
use vocabulary::{HearingId, Instant};

fn kept(row: &AnyRow) -> Result<KeptDraft, Fault> {
    Ok(KeptDraft {
        revision: count(row, 0)?,
        lines: serde_json::from_str(&text(row, 1)?).map_err(broken)?,
        unresolved: serde_json::from_str(&text(row, 2)?).map_err(broken)?,
        by: text(row, 3)?,
        at: Instant::from_micros(number(row, 4)?),
    })
}

async fn read(
    executor: impl Executor<'_, Database = Any>,
    hearing: HearingId,
) -> Result<Option<KeptDraft>, Fault> {
    let row = sqlx::query(
        "select revision, lines, unresolved, saved_by, saved_at from result_draft \
         where hearing_id = $1",
    )
    .bind(hearing.to_string())
    .fetch_optional(executor)
    .await
    .map_err(|e| fault(&e))?;
    row.as_ref().map(kept).transpose()
}

pub(super) async fn find(store: &Store, hearing: HearingId) -> Result<Option<KeptDraft>, Fault> {
    read(store.pool(), hearing).await
}

pub(super) async fn save(
    store: &Store,
    hearing: HearingId,
    seen: u64,
    draft: KeptDraft,
) -> Result<DraftSaving, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let revision = seen + 1;
    // Writes over exactly the revision that was seen; a draft that is not there is revision 0.
    let saved = sqlx::query(
        "insert into result_draft (hearing_id, revision, lines, unresolved, saved_by, saved_at) \
         values ($1, $2, $3, $4, $5, $6) \
         on conflict (hearing_id) do update set \
             revision = excluded.revision, \
             lines = excluded.lines, \
             unresolved = excluded.unresolved, \
             saved_by = excluded.saved_by, \
             saved_at = excluded.saved_at \
         where result_draft.revision = excluded.revision - 1",
    )
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
    let theirs = read(&mut *writing.connection(), hearing)
        .await?
        .ok_or_else(|| Fault::Broken("a draft was there and is gone".to_owned()))?;
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
