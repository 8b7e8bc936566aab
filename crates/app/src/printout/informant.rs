//! The informant register: the results of a day in the cases of one prosecuting
//! authority, at every court house, as values in the published columns.

use super::{
    compose::id_of,
    csv,
    make::{Content, Made},
    sitting::{of_rooms, parties},
};
use crate::{
    App, Error,
    account::Sender,
    caller::SignedIn,
    case::veil::{self, Shown},
    relation,
};
use access::{Action, Facts};
use contract::Problem;
use domain::{
    account::Organisation,
    case::{Case, DefendantState, OffenceState, Party},
    hearing::Hearing,
    reading::ReadingEvent,
    result::JudicialResult,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use vocabulary::{CaseId, Day, OrganisationId, OrganisationKind};

/// The columns, in the order in which the courts' published service sends them by
/// e-mail. `InfDestID`, `SessionType`, `CaseNo` and `SeqNo` are empty there as well.
pub const COLUMNS: [&str; 23] = [
    "InfDestID",
    "InfName",
    "DoH",
    "LJAName",
    "Courthouse",
    "Courtroom",
    "SessionType",
    "DefTitle",
    "DefForenames",
    "DefSurname",
    "DefAddress",
    "DefPostcode",
    "DoBDefendant",
    "CaseNo",
    "URN",
    "ASN",
    "SeqNo",
    "OffCode",
    "OffTitle",
    "Plea",
    "Verdict",
    "CJSResultCode",
    "RegText",
];

pub(super) const NAME: &str = "Informant register";

/// Makes the register of an authority for a person.
pub(super) async fn make(
    app: &App,
    person: &SignedIn,
    authority: OrganisationId,
    day: Day,
) -> Result<Made, Error> {
    let facts = Facts {
        prosecuting: person.organisation.id == authority,
        ..Facts::default()
    };
    let decision = relation::must_see(app, person, Action::ReadInformantRegister, &facts)?;
    let organisations = app.index.organisations().await?;
    let of = organisations.iter().find(|one| one.id == authority);
    let of = of.ok_or_else(Problem::not_found)?;
    let ou_code = of.ou_code.as_deref().ok_or_else(Problem::not_found)?;
    let (text, cases) = values(app, &organisations, ou_code, day, Some(person)).await?;
    Ok(Made {
        content: Content::Values {
            id: id_of(&text),
            text,
        },
        name: NAME.to_owned(),
        file: format!("{NAME}, {}, {day}", of.name),
        about: authority.0,
        cases,
        policy: decision.policy(),
    })
}

/// The register for the system of an authority; recorded before it is handed out.
/// The credential is bound to the authority's OU code, and gets that one's only.
///
/// # Errors
/// `not_found`, if no authority of that code is known here.
pub async fn informant_register_for(app: &App, by: &Sender, day: Day) -> Result<String, Error> {
    let organisations = app.index.organisations().await?;
    let own = organisations.iter().find(|one| {
        one.court.is_none()
            && one
                .ou_code
                .as_deref()
                .is_some_and(|code| code.eq_ignore_ascii_case(&by.ou_code))
    });
    let own = own.ok_or_else(Problem::not_found)?;
    let (text, cases) = values(app, &organisations, &by.ou_code, day, None).await?;
    let event = ReadingEvent::PrintoutMade {
        printout: format!("informant-register.{}.{day}", own.id),
        name: NAME.to_owned(),
        document_id: id_of(&text),
        sha256: hex::encode(Sha256::digest(text.as_bytes())),
        cases,
        organisation: own.id,
        policy: "published interface".to_owned(),
    };
    crate::reading::record_for_machine(app, by, own.id.0, event).await?;
    Ok(text)
}

/// The lines, and the cases that they speak of. The authority's own system gets them as they
/// are: it brought the cases, and acts on what became of them. Somebody of a court gets what
/// their own court house resulted: what another did is for those who work there.
pub(super) async fn values(
    app: &App,
    organisations: &[Organisation],
    ou_code: &str,
    day: Day,
    person: Option<&SignedIn>,
) -> Result<(String, Vec<CaseId>), Error> {
    let mut text = csv::line(COLUMNS);
    let mut spoken_of = BTreeSet::new();
    let mut courts: Vec<&Organisation> = organisations.iter().collect();
    courts.sort_by(|a, b| a.name.cmp(&b.name));
    for organisation in courts {
        let Some(court) = &organisation.court else {
            continue;
        };
        let of_court = person.filter(|own| own.organisation.kind == OrganisationKind::Court);
        if of_court.is_some_and(|own| own.organisation.id != organisation.id) {
            continue;
        }
        let rooms: Vec<_> = court.rooms.iter().map(|(id, _)| *id).collect();
        let (hearings, cases) = of_rooms(app, &rooms, day).await?;
        let area = court.local_justice_area.as_deref().unwrap_or_default();
        for hearing in &hearings {
            let mut closed = Vec::new();
            for (case, defendant) in parties(&cases, hearing) {
                if !case.prosecutor.ou_code.eq_ignore_ascii_case(ou_code) {
                    continue;
                }
                let shown = person.map_or(Shown::Whole, |person| veil::over(app, person, case));
                if shown != Shown::Whole {
                    let told = shown == Shown::Reference && hearing.shared.is_some();
                    if told && !closed.contains(&case.id) {
                        closed.push(case.id);
                        text.push_str(&veiled(hearing, case));
                    }
                    continue;
                }
                let lines = lines(hearing, case, defendant, area);
                if !lines.is_empty() {
                    spoken_of.insert(case.id);
                    text.extend(lines);
                }
            }
        }
    }
    Ok((text, spoken_of.into_iter().collect()))
}

/// The line of a case that is closed to whoever asks: that it had results that day.
fn veiled(hearing: &Hearing, case: &Case) -> String {
    let heard = hearing.starts_at.to_string();
    csv::line(COLUMNS.map(|column| match column {
        "InfName" => case.prosecutor.name.as_str(),
        "DoH" => heard.as_str(),
        "DefSurname" => veil::SENSITIVE,
        "URN" => case.urn.as_str(),
        _ => "",
    }))
}

/// A line for each result of a defendant in a hearing, and for an offence without one.
fn lines(hearing: &Hearing, case: &Case, defendant: &DefendantState, area: &str) -> Vec<String> {
    let Some(shared) = &hearing.shared else {
        return Vec::new();
    };
    let own: Vec<&JudicialResult> = shared
        .results
        .iter()
        .filter(|result| result.defendant == defendant.charged.id)
        .collect();
    let line = |offence, result| one(hearing, case, defendant, area, offence, result);
    let mut lines: Vec<String> = own
        .iter()
        .filter(|result| result.offence.is_none())
        .map(|result| line(None, Some(*result)))
        .collect();
    for offence in &defendant.offences {
        let mut any = false;
        for result in own.iter().filter(|r| r.offence == Some(offence.charged.id)) {
            any = true;
            lines.push(line(Some(offence), Some(*result)));
        }
        // What ended before has a line without result; what waits for its results has none yet.
        if !any && offence.ended_by(hearing.starts_at.day()) {
            lines.push(line(Some(offence), None));
        }
    }
    lines
}

fn one(
    hearing: &Hearing,
    case: &Case,
    defendant: &DefendantState,
    area: &str,
    offence: Option<&OffenceState>,
    result: Option<&JudicialResult>,
) -> String {
    let charged = &defendant.charged;
    let (title, forenames, surname) = match &charged.party {
        Party::Person { name, .. } => (
            name.title.clone().unwrap_or_default(),
            name.forenames.join(" "),
            name.surname.clone(),
        ),
        Party::Organisation { name, .. } => (String::new(), String::new(), name.clone()),
    };
    let born = charged.party.date_of_birth();
    let code = offence.map(|o| o.charged.code.as_str());
    // What is answered or found on a later day stands in the register of that day.
    let day = hearing.starts_at.day();
    let plea = offence.and_then(|o| o.plea_on(day));
    let verdict = offence.and_then(|o| o.verdict_on(day));
    csv::line([
        "",
        &case.prosecutor.name,
        &hearing.starts_at.to_string(),
        area,
        &hearing.court_name,
        &hearing.courtroom_name,
        "",
        &title,
        &forenames,
        &surname,
        &charged.address.lines.join(", "),
        charged.address.postcode.as_deref().unwrap_or_default(),
        &born.map(|born| born.to_string()).unwrap_or_default(),
        "",
        case.urn.as_str(),
        charged.asn.as_deref().unwrap_or_default(),
        "",
        code.unwrap_or_default(),
        offence.map_or("", |o| o.charged.title.as_str()),
        plea.map_or("", |plea| plea.value.as_str()),
        verdict.map_or("", |own| own.code.as_str()),
        result
            .and_then(|r| r.cjs_code.as_deref())
            .unwrap_or_default(),
        result.map_or("", |r| r.text.trim()),
    ])
}
