//! Cases: by reference, of an organisation, at a court.

use super::{count, id, number, text};
use crate::{
    Store,
    error::{broken, fault},
};
use app::ports::{CaseSummary, Fault};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};
use vocabulary::{AccountId, CaseId, CourtId, Day, Instant, MaterialId, OrganisationId, Urn};

/// What a summary needs of the cases that a query called `mine` found. The next
/// hearing is the first one that has neither ended nor been vacated: the record has no clock.
const SUMMARY: &str = "select c.case_id, c.urn, h.version, c.defendants, c.offences, \
     c.prosecutor_name, n.starts_at, n.kind, n.court_name, c.sensitive \
     from mine \
     join case_index c on c.case_id = mine.case_id \
     join stream_head h on h.stream = 'case/' || c.case_id \
     left join hearing_index n on n.hearing_id = ( \
         select x.hearing_id from hearing_case y \
         join hearing_index x on x.hearing_id = y.hearing_id \
         where y.case_id = c.case_id and y.listed = 1 and x.state not in ('ended', 'vacated') \
         order by x.starts_at, x.hearing_id limit 1)";

fn summary(row: &AnyRow) -> Result<CaseSummary, Fault> {
    let starts_at: Option<i64> = row.try_get(6).map_err(|e| fault(&e))?;
    let next_hearing = match starts_at {
        Some(micros) => {
            let place = format!("{}, {}", text(row, 7)?, text(row, 8)?);
            Some((Instant::from_micros(micros), place))
        }
        None => None,
    };
    Ok(CaseSummary {
        case_id: id(row, 0)?,
        urn: Urn::parse(&text(row, 1)?).map_err(broken)?,
        version: count(row, 2)?,
        defendants: serde_json::from_str(&text(row, 3)?).map_err(broken)?,
        offences: serde_json::from_str(&text(row, 4)?).map_err(broken)?,
        prosecutor: text(row, 5)?,
        next_hearing,
        sensitive: number(row, 9)? != 0,
    })
}

pub(super) async fn by_urn(store: &Store, urn: &Urn) -> Result<Option<CaseId>, Fault> {
    store
        .id(sqlx::query("select case_id from case_index where urn = $1")
            .bind(urn.as_str().to_owned()))
        .await
}

/// Newest first. Each half is cut at the limit before the two are joined, so
/// that an index serves it however many cases a prosecutor has.
pub(super) async fn of(
    store: &Store,
    organisation: OrganisationId,
    ou_code: Option<&str>,
    limit: i64,
) -> Result<Vec<CaseSummary>, Fault> {
    let sql = format!(
        "with mine as ( \
             select case_id from ( \
                 select case_id from case_party where organisation_id = $1 \
                     and part in ('prosecutor', 'defence', 'awaited') \
                 order by received_at desc, case_id limit $3) by_party \
             union \
             select case_id from ( \
                 select case_id from case_index where prosecutor_ou = $2 \
                 order by received_at desc, case_id limit $3) by_ou_code) \
         {SUMMARY} \
         order by c.received_at desc, c.case_id limit $3"
    );
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(organisation.to_string())
        .bind(ou_code.map(str::to_owned))
        .bind(limit);
    store.all(query).await?.iter().map(summary).collect()
}

/// Those on which somebody was given permission of their own.
pub(super) async fn permitted(
    store: &Store,
    account: AccountId,
    limit: i64,
) -> Result<Vec<CaseSummary>, Fault> {
    let sql = format!(
        "with mine as ( \
             select case_id from case_permission where account_id = $1 and active = 1) \
         {SUMMARY} \
         order by c.received_at desc, c.case_id limit $2"
    );
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(account.to_string())
        .bind(limit);
    store.all(query).await?.iter().map(summary).collect()
}

/// Newest first.
pub(super) async fn granted(
    store: &Store,
    account: AccountId,
    on: Day,
    limit: i64,
) -> Result<Vec<CaseSummary>, Fault> {
    let sql = format!(
        "with mine as ( \
             select case_id from case_person where account_id = $1 \
                 and part in ('defence', 'prosecution', 'given') \
                 and (until is null or until >= $2) \
             group by case_id order by max(received_at) desc, case_id limit $3) \
         {SUMMARY} \
         order by c.received_at desc, c.case_id limit $3"
    );
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(account.to_string())
        .bind(on.to_string())
        .bind(limit);
    store.all(query).await?.iter().map(summary).collect()
}

/// Those of their organisation's that are closed to somebody, who read for the other side, but for
/// what they were given by name.
pub(super) async fn barred(
    store: &Store,
    (account, organisation): (AccountId, OrganisationId),
) -> Result<Vec<CaseId>, Fault> {
    let sql = "select case_id from case_person where account_id = $1 and organisation_id = $2 \
         and part in ('barred', 'given')";
    let query = sqlx::query(sql)
        .bind(account.to_string())
        .bind(organisation.to_string());
    let rows = store.all(query).await?;
    rows.iter().map(|row| id(row, 0)).collect()
}

/// In which of these cases somebody acts by name, or their chambers are instructed. One statement
/// is run at least, whatever is asked.
pub(super) async fn acts_in(
    store: &Store,
    (account, organisation): (AccountId, OrganisationId),
    on: Day,
    among: &[CaseId],
) -> Result<Vec<CaseId>, Fault> {
    let mut found = Vec::new();
    let mut chunks: Vec<&[CaseId]> = among.chunks(256).collect();
    if chunks.is_empty() {
        chunks.push(&[]);
    }
    for chunk in chunks {
        let mut ids: Vec<String> = chunk.iter().map(ToString::to_string).collect();
        // No case has the empty id.
        ids.resize(ids.len().max(1), String::new());
        let marks: Vec<String> = (4..4 + ids.len()).map(|at| format!("${at}")).collect();
        let marks = marks.join(", ");
        let sql = format!(
            "select case_id from case_person where account_id = $1 \
                 and part in ('defence', 'prosecution', 'given') \
                 and organisation_id = $3 \
                 and (until is null or until >= $2) and case_id in ({marks}) \
             union select case_id from case_party where organisation_id = $3 \
                 and part = 'instructed' and case_id in ({marks})"
        );
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(account.to_string())
            .bind(on.to_string())
            .bind(organisation.to_string());
        let query = ids.into_iter().fold(query, |q, id| q.bind(id));
        for row in store.all(query).await? {
            found.push(id(&row, 0)?);
        }
    }
    Ok(found)
}

/// Newest first.
pub(super) async fn instructed(
    store: &Store,
    chambers: OrganisationId,
    limit: i64,
) -> Result<Vec<CaseSummary>, Fault> {
    let sql = format!(
        "with mine as ( \
             select case_id from case_party where organisation_id = $1 \
                 and part = 'instructed' \
             order by received_at desc, case_id limit $2) \
         {SUMMARY} \
         order by c.received_at desc, c.case_id limit $2"
    );
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(chambers.to_string())
        .bind(limit);
    store.all(query).await?.iter().map(summary).collect()
}

/// Those heard soonest first.
pub(super) async fn at(
    store: &Store,
    court: CourtId,
    from: Day,
    limit: i64,
) -> Result<Vec<CaseSummary>, Fault> {
    let sql = format!(
        "with mine as ( \
             select y.case_id, min(x.starts_at) as soonest from hearing_index x \
             join hearing_case y on y.hearing_id = x.hearing_id and y.listed = 1 \
             where x.court_id = $1 and x.day >= $2 and x.state <> 'vacated' \
             group by y.case_id) \
         {SUMMARY} \
         order by mine.soonest, c.case_id limit $3"
    );
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(court.to_string())
        .bind(from.to_string())
        .bind(limit);
    store.all(query).await?.iter().map(summary).collect()
}

pub(super) async fn of_material(
    store: &Store,
    material: MaterialId,
) -> Result<Option<CaseId>, Fault> {
    store
        .id(
            sqlx::query("select case_id from material_index where material_id = $1")
                .bind(material.to_string()),
        )
        .await
}

impl Store {
    /// The submission of these very bytes for an OU code, and the case that came of
    /// it: the same submission twice is one.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn submitted_before(
        &self,
        ou_code: &str,
        sha256: &str,
    ) -> Result<Option<(vocabulary::SubmissionId, Instant)>, Fault> {
        let row = self
            .one(
                sqlx::query(
                    "select submission_id, received_at from submission_index \
                     where ou_code = $1 and sha256 = $2 order by received_at limit 1",
                )
                .bind(ou_code.to_owned())
                .bind(sha256.to_owned()),
            )
            .await?;
        row.map(|row| Ok((id(&row, 0)?, Instant::from_micros(number(&row, 1)?))))
            .transpose()
    }
}
