//! `question_traits.csv`: what the source does not say of its questions. Which of them ask for a day
//! that is past, so that a day typed without a year is not taken for one to come; and which answers
//! are one person's own, so that they are not copied to a co-defendant with the result; and how
//! documents say a question that is in words of the court's staff.

use crate::{Gap, ReferenceError, source::Source};
use domain::result::{FieldKind, ResultDefinition};

const FILE: &str = "question_traits.csv";

/// Marks each question of this name, in whichever result it is asked.
pub(crate) fn mark(
    source: &Source,
    definitions: &mut [ResultDefinition],
    gaps: &mut Vec<Gap>,
) -> Result<(), ReferenceError> {
    let table = source.table(FILE)?;
    for row in table.rows() {
        let (what, question) = (row.get("trait")?, row.get("question")?);
        let mut asked = false;
        let all = definitions.iter_mut().flat_map(|own| &mut own.fields);
        for field in all.filter(|field| field.label == question) {
            match what {
                "past" if field.kind == FieldKind::Date => field.past = true,
                "own" => field.own = true,
                "said" => field.said = Some(row.some("words")?.ok_or_else(|| row.bad("words"))?),
                _ => return Err(row.bad("trait")),
            }
            asked = true;
        }
        if !asked {
            return Err(row.broken(format!("no result asks \u{201c}{question}\u{201d}")));
        }
        if row.flag("unverified")? {
            let why = row.get("why")?;
            gaps.push(Gap::unverified(
                "what a question asks for",
                FILE,
                row.number,
                format!("{question}: {what}, for {why}"),
            ));
        }
    }
    Ok(())
}
