//! The memorandum of conviction: what a defendant was convicted of in a case, and
//! what the court ordered for it. Nothing that did not end in a conviction.

use super::{
    charge,
    compose::finished,
    extract::Matter,
    make::{self, Made},
};
use crate::{App, Error, caller::SignedIn};
use access::Action;
use contract::{
    Code, Problem,
    document::{Block, Fact},
};
use domain::case::{DefendantState, OffenceState};
use vocabulary::{CaseId, Day, DefendantId};

/// The offences of which a defendant is convicted, as the record stands.
pub(super) fn convictions(
    defendant: &DefendantState,
) -> impl Iterator<Item = (&OffenceState, Day)> {
    let offences = defendant.offences.iter();
    offences.filter_map(|offence| Some((offence, offence.convicted_on?)))
}

/// Makes the memorandum.
pub(super) async fn make(
    app: &App,
    person: &SignedIn,
    case: CaseId,
    defendant: DefendantId,
) -> Result<Made, Error> {
    const NAME: &str = "Memorandum of conviction";
    let of = (case, defendant);
    let matter = Matter::load(app, person, of, Action::ReadMemorandum).await?;
    let rows: Vec<_> = convictions(&matter.defendant)
        .map(|(offence, day)| {
            let results = offence
                .results
                .iter()
                .map(|(day, result)| {
                    let ordered = Fact::new("Ordered on", day.in_words());
                    charge::extracted(&app.catalogue.results, result, vec![ordered])
                })
                .collect();
            let mut row = charge::row(offence, results, app.chance.now().day());
            let court = matter.hearings.iter().find(|h| h.starts_at.day() == day);
            if let Some(hearing) = court {
                let court = hearing.court_name.clone();
                row.further.push(Fact::new("Convicted at", court));
            }
            row
        })
        .collect();
    if rows.is_empty() {
        return Err(Problem::new(
            Code::Refused,
            "The record shows no conviction of this defendant in this case.",
            "Ask for the court extract: it shows what did happen.",
        )
        .into());
    }

    let mut content = matter.content();
    content.blocks.push(Block::Charges { rows });
    let rows: Vec<_> = matter
        .defendant
        .results
        .iter()
        .map(|(day, result)| {
            charge::extracted(
                &app.catalogue.results,
                result,
                vec![Fact::new("Ordered on", day.in_words())],
            )
        })
        .collect();
    if !rows.is_empty() {
        content.blocks.push(Block::Results {
            heading: Some("Ordered for the defendant as a whole".to_owned()),
            rows,
        });
    }
    let view = finished(app, person, app.chance.now(), NAME, matter.court(), content)?;
    Ok(Made {
        content: make::Content::View(Box::new(view)),
        name: NAME.to_owned(),
        file: matter.file(NAME),
        about: case.0,
        cases: vec![case],
        policy: matter.decision.policy(),
    })
}
