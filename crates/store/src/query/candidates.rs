//! Defendants among whom a search chooses. Both ways go by an index: a reference and
//! its slips by the references themselves, a name by how it sounds on one day.

use super::{id, text};
use crate::{
    Store,
    error::{broken, fault},
    rows::in_list,
};
use app::ports::{Candidate, Fault};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};
use vocabulary::{Day, DefendantId, Urn};

/// Rows that one search reads at most. A day has far fewer defendants of one sound.
const MOST: i64 = 4_000;

const COLUMNS: &str = "c.case_id, c.urn, c.prosecutor_ou, d.defendant_id, d.names, \
     d.date_of_birth, d.firm, d.basis, d.locked, h.day, c.sensitive";

pub(super) async fn by_reference(store: &Store, urns: &[Urn]) -> Result<Vec<Candidate>, Fault> {
    let mut found = Vec::new();
    for chunk in urns.chunks(256) {
        let (marks, list) = in_list(chunk.iter().map(ToString::to_string).collect());
        let sql = format!(
            "select distinct {COLUMNS} from case_index c \
             join defendant_index d on d.case_id = c.case_id \
             left join defendant_hearing h on h.defendant_id = d.defendant_id and h.listed = 1 \
             where c.urn in ({marks}) \
             order by c.case_id, d.defendant_id, h.day limit {MOST}"
        );
        let query = list
            .into_iter()
            .fold(sqlx::query(AssertSqlSafe(sql)), |q, urn| q.bind(urn));
        found.extend(candidates(&store.all(query).await?)?);
    }
    Ok(found)
}

pub(super) async fn by_name(
    store: &Store,
    day: Day,
    sounds: &[String],
) -> Result<Vec<Candidate>, Fault> {
    // No name has the empty sound: an empty list finds nothing, with the same work.
    let mut sounds = sounds.to_vec();
    sounds.truncate(4);
    sounds.resize(4, String::new());
    let sql = format!(
        "select distinct {COLUMNS} from defendant_hearing h \
         join defendant_index d on d.defendant_id = h.defendant_id \
         join case_index c on c.case_id = h.case_id \
         where h.day = $1 and h.name_key in ($2, $3, $4, $5) and h.listed = 1 \
         order by c.case_id, d.defendant_id, h.day limit {MOST}"
    );
    let query = sounds.into_iter().fold(
        sqlx::query(AssertSqlSafe(sql)).bind(day.to_string()),
        |q, sound| q.bind(sound),
    );
    candidates(&store.all(query).await?)
}

/// One for each defendant, with all days.
fn candidates(rows: &[AnyRow]) -> Result<Vec<Candidate>, Fault> {
    let mut found: Vec<Candidate> = Vec::new();
    for row in rows {
        let day: Option<String> = row.try_get(9).map_err(|e| fault(&e))?;
        let day: Option<Day> = day.map(|day| day.parse().map_err(broken)).transpose()?;
        let defendant_id: DefendantId = id(row, 3)?;
        if let Some(last) = found.last_mut()
            && last.defendant_id == defendant_id
        {
            last.days.extend(day);
            continue;
        }
        let born: Option<String> = row.try_get(5).map_err(|e| fault(&e))?;
        let firm: Option<String> = row.try_get(6).map_err(|e| fault(&e))?;
        let basis: Option<String> = row.try_get(7).map_err(|e| fault(&e))?;
        let sensitive: i64 = row.try_get(10).map_err(|e| fault(&e))?;
        let locked: i64 = row.try_get(8).map_err(|e| fault(&e))?;
        found.push(Candidate {
            case_id: id(row, 0)?,
            urn: Urn::parse(&text(row, 1)?).map_err(broken)?,
            prosecutor_ou: text(row, 2)?,
            defendant_id,
            names: serde_json::from_str(&text(row, 4)?).map_err(broken)?,
            date_of_birth: born.map(|day| day.parse().map_err(broken)).transpose()?,
            firm: firm.map(|id| id.parse().map_err(broken)).transpose()?,
            basis: basis.map(|word| word.parse().map_err(broken)).transpose()?,
            locked: locked > 0,
            sensitive: sensitive > 0,
            days: day.into_iter().collect(),
        });
    }
    Ok(found)
}
