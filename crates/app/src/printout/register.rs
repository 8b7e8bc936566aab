//! The court register: every result of a day at a court house; and the part of it
//! that a youth offending team gets, about people under 18.

use super::{
    charge,
    compose::{Content, finished, heading},
    extract::{marks, said_of},
    make::{self, Made},
    sitting::Sitting,
};
use crate::{
    App, Error,
    caller::SignedIn,
    case::veil::{self, Shown},
    relation,
};
use access::{Action, Facts};
use contract::document::{Block, Fact};
use domain::{
    account::Organisation,
    case::{Case, DefendantState},
    hearing::{Hearing, Shared},
    listing::is_youth,
    result::JudicialResult,
};
use vocabulary::{CourtId, Day, OrganisationKind};

/// The name of the part about people under 18.
pub(super) const OF_CHILDREN: &str = "Youth court register";

/// The youth offending team that serves a court house: its code, and the team if it
/// is known here.
pub(super) fn team_of<'a>(
    app: &App,
    court: &Organisation,
    organisations: &'a [Organisation],
) -> Option<(String, Option<&'a Organisation>)> {
    let code = app
        .catalogue
        .youth_team_of(court.ou_code.as_deref()?)?
        .to_owned();
    let team = organisations.iter().find(|one| {
        one.kind == OrganisationKind::YouthOffendingTeam
            && one.ou_code.as_deref() == Some(code.as_str())
    });
    Some((code, team))
}

/// Makes the register of a court house on a day.
pub(super) async fn make(
    app: &App,
    person: &SignedIn,
    (court, day): (CourtId, Day),
    youth: bool,
) -> Result<Made, Error> {
    let name = if youth { OF_CHILDREN } else { "Court register" };
    let sitting = Sitting::load(app, court, day, None).await?;
    let organisations = app.index.organisations().await?;
    let team = team_of(app, &sitting.organisation, &organisations).filter(|_| youth);
    let own = team.as_ref().and_then(|(_, team)| *team);
    let facts = Facts {
        recipient: own.is_some_and(|team| team.id == person.organisation.id),
        ..relation::to_court(person, court)
    };
    let action = if youth {
        Action::ReadYouthRegister
    } else {
        Action::ReadCourtRegister
    };
    let decision = relation::must_see(app, person, action, &facts)?;

    let mut cases = Vec::new();
    let mut content = Content {
        about: format!("{}, {}", sitting.organisation.name, day.in_words()),
        day: Some(day),
        ..Content::default()
    };
    if let Some((code, team)) = &team {
        let named = team.map_or_else(
            || "the youth offending team of the court".to_owned(),
            |team| team.name.clone(),
        );
        content.values.push(("teamName", named.clone()));
        content.values.push(("teamCode", code.clone()));
        content
            .key_facts
            .push(Fact::new("Youth offending team", named));
        content.key_facts.push(Fact::new("Team code", code.clone()));
    }
    let mut closed = Vec::new();
    for (room, hearings) in sitting.rooms() {
        for hearing in hearings {
            let Some(shared) = &hearing.shared else {
                continue;
            };
            for (case, defendant) in sitting.parties(hearing) {
                if youth && is_youth(defendant, day) != Some(true) {
                    continue;
                }
                match veil::over(app, person, case) {
                    Shown::Whole => {}
                    Shown::Nothing => continue,
                    Shown::Reference => {
                        if !closed.contains(&(hearing.id, case.id)) {
                            closed.push((hearing.id, case.id));
                            content.blocks.push(veiled(case));
                        }
                        continue;
                    }
                }
                let blocks = of_defendant(room, hearing, shared, case, defendant);
                content.blocks.extend(blocks);
                cases.push(case.id);
            }
        }
    }
    cases.sort_unstable();
    cases.dedup();

    let head = heading(Some(&sitting.organisation), &sitting.organisation.name);
    let of = (head, Some(sitting.court.jurisdiction));
    let view = finished(app, person, app.chance.now(), name, of, content)?;
    Ok(Made {
        content: make::Content::View(Box::new(view)),
        name: name.to_owned(),
        file: sitting.file(name),
        about: court.0,
        cases,
        policy: decision.policy(),
    })
}

/// What stands in the register for somebody to whom the case is closed: that it has an
/// entry there.
fn veiled(case: &Case) -> Block {
    Block::Facts {
        heading: Some(veil::SENSITIVE.to_owned()),
        facts: vec![Fact::new("Case", case.urn.to_string())],
    }
}

fn of_defendant(
    room: &str,
    hearing: &Hearing,
    shared: &Shared,
    case: &Case,
    defendant: &DefendantState,
) -> Vec<Block> {
    let charged = &defendant.charged;
    let born = charged.party.date_of_birth();
    let age = born.map(|born| {
        let age = born.years_until(hearing.starts_at.day());
        format!("{} (aged {age})", born.in_words())
    });
    let mut facts = vec![
        Fact::new("Case", case.urn.to_string()),
        Fact::new("Prosecutor", case.prosecutor.name.clone()),
        Fact::new(
            "Heard",
            format!("{}, {room}, {}", hearing.starts_at.clock(), hearing.kind),
        ),
    ];
    facts.extend(age.map(|age| Fact::new("Date of birth", age)));
    let address = charged.address.printed().join(", ");
    if !address.is_empty() {
        facts.push(Fact::new("Address", address));
    }
    facts.push(Fact::new(
        "Results shared",
        said_of(hearing, shared, defendant),
    ));
    let mut blocks = vec![Block::Facts {
        heading: Some(charged.party.name()),
        facts,
    }];
    let own: Vec<&JudicialResult> = shared
        .results
        .iter()
        .filter(|result| result.defendant == charged.id)
        .collect();
    let of = |offence: Option<vocabulary::OffenceId>| {
        own.iter()
            .filter(|result| result.offence == offence)
            .map(|result| charge::marked(result, marks(hearing, result)))
            .collect::<Vec<_>>()
    };
    let rows: Vec<_> = defendant
        .offences
        .iter()
        .map(|offence| {
            let day = hearing.starts_at.day();
            charge::row(offence, of(Some(offence.charged.id)), day)
        })
        .filter(|row| !row.results.is_empty())
        .collect();
    if !rows.is_empty() {
        blocks.push(Block::Charges { rows });
    }
    let rows = of(None);
    if !rows.is_empty() {
        blocks.push(Block::Results {
            heading: Some("About the defendant as a whole".to_owned()),
            rows,
        });
    }
    blocks
}
