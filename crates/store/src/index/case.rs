//! Cases in the lists: who, what for, who prosecutes, who is on record, and
//! the papers. The version of a case is read from its head, so that most
//! events of a case write nothing here.

use super::{
    Desk,
    tables::{CASES, DEFENDANTS, MATERIALS, PARTIES, PERMISSIONS},
};
use crate::rows::Value;
use app::ports::Fault;
use domain::case::{AccessChange, Case, CaseEvent, DefendantState, Party};
use vocabulary::{OrganisationId, fold_name};

/// Puts the rows that an event of a case changes.
pub(super) async fn apply(
    desk: &mut Desk<'_>,
    event: &CaseEvent,
    after: &Case,
) -> Result<(), Fault> {
    match event {
        CaseEvent::CaseCreated { .. } => {
            put_case(desk, after);
            for place in 0..after.defendants.len() {
                put_defendant(desk, after, place);
            }
            put_parties(desk, after).await?;
        }
        CaseEvent::DefenceAssociated { defendant_id, .. } => {
            if let Some(place) = after
                .defendants
                .iter()
                .position(|d| d.charged.id == *defendant_id)
            {
                put_defendant(desk, after, place);
            }
            put_parties(desk, after).await?;
        }
        CaseEvent::CaseResulted { .. } | CaseEvent::CaseResultsAmended { .. } => {
            put_case(desk, after);
        }
        CaseEvent::MaterialServed {
            material_id,
            defendant_id,
            section,
            name,
            mime,
            bytes,
            sha256,
            organisation,
            ..
        } => {
            let at = after
                .materials
                .iter()
                .find(|m| m.id == *material_id)
                .map(|m| m.at);
            desk.rows.put(
                &MATERIALS,
                vec![
                    Value::text(material_id),
                    Value::text(after.id),
                    Value::maybe(*defendant_id),
                    section.as_str().into(),
                    name.as_str().into(),
                    fold_name(name).into(),
                    mime.as_str().into(),
                    (*bytes).into(),
                    sha256.as_str().into(),
                    Value::text(organisation),
                    at.map_or(0, vocabulary::Instant::micros).into(),
                ],
            );
        }
        CaseEvent::AccessChanged { change } => {
            put_case(desk, after);
            put_permission(desk, after, change);
        }
        CaseEvent::HearingAdded { .. }
        | CaseEvent::PleaEntered { .. }
        | CaseEvent::HearingVacated { .. }
        | CaseEvent::ListingRestricted { .. }
        | CaseEvent::DocumentSuperseded { .. }
        | CaseEvent::DocumentAdded { .. }
        | CaseEvent::DocumentFiled { .. } => {}
    }
    Ok(())
}

fn put_case(desk: &mut Desk<'_>, case: &Case) {
    let names: Vec<String> = case
        .defendants
        .iter()
        .map(|d| d.charged.party.name())
        .collect();
    let all_names: Vec<String> = case.defendants.iter().flat_map(names_of).collect();
    let mut titles: Vec<String> = Vec::new();
    for offence in case.defendants.iter().flat_map(|d| &d.offences) {
        if !titles.contains(&offence.charged.title) {
            titles.push(offence.charged.title.clone());
        }
    }
    let folded = |names: &[String]| {
        names
            .iter()
            .map(|name| fold_name(name))
            .collect::<Vec<_>>()
            .join(" | ")
    };
    desk.rows.put(
        &CASES,
        vec![
            Value::text(case.id),
            case.urn.as_str().into(),
            case.initiation.as_str().into(),
            case.prosecutor.ou_code.as_str().into(),
            case.prosecutor.name.as_str().into(),
            serde_json::json!(names).to_string().into(),
            serde_json::json!(titles).to_string().into(),
            folded(&all_names).into(),
            folded(&titles).into(),
            case.received_at.micros().into(),
            case.concluded().into(),
            case.access.sensitive.is_some().into(),
        ],
    );
}

/// A permission that was taken back keeps its row, emptied.
fn put_permission(desk: &mut Desk<'_>, case: &Case, change: &AccessChange) {
    let account = match change {
        AccessChange::Given { account, .. } | AccessChange::TakenBack { account, .. } => account,
        AccessChange::Sensitive { .. } => return,
    };
    let own = case
        .access
        .permissions
        .iter()
        .find(|p| p.account == *account);
    desk.rows.put(
        &PERMISSIONS,
        vec![
            Value::text(case.id),
            Value::text(account),
            own.is_some().into(),
            own.map_or(0, |own| own.since.micros()).into(),
        ],
    );
}

/// The name and every other name of a defendant.
fn names_of(defendant: &DefendantState) -> Vec<String> {
    let mut names = vec![defendant.charged.party.name()];
    match &defendant.charged.party {
        Party::Person { aliases, .. } => names.extend(aliases.iter().map(|alias| alias.full())),
        Party::Organisation { aliases, .. } => names.extend(aliases.iter().cloned()),
    }
    names
}

fn put_defendant(desk: &mut Desk<'_>, case: &Case, place: usize) {
    let defendant = &case.defendants[place];
    let firm = defendant.represented_by.as_ref();
    desk.rows.put(
        &DEFENDANTS,
        vec![
            Value::text(defendant.charged.id),
            Value::text(case.id),
            place.into(),
            defendant.charged.party.name().into(),
            fold_name(&defendant.charged.party.name()).into(),
            Value::maybe(defendant.charged.party.date_of_birth()),
            Value::maybe(firm.map(|firm| firm.organisation)),
            Value::maybe(firm.map(|firm| firm.basis)),
        ],
    );
}

/// Organisations that may see a case, and as what: the prosecutor's and the firms on record.
pub(super) async fn parties(
    desk: &mut Desk<'_>,
    case: &Case,
) -> Result<Vec<(OrganisationId, &'static str)>, Fault> {
    let prosecutors = desk.with_ou_code(&case.prosecutor.ou_code).await?;
    let mut parties: Vec<(OrganisationId, &str)> = prosecutors
        .iter()
        .map(|organisation| (*organisation, "prosecutor"))
        .collect();
    for firm in firms(case) {
        if parties
            .iter()
            .all(|(organisation, _)| *organisation != firm)
        {
            parties.push((firm, "defence"));
        }
    }
    parties.sort_unstable();
    Ok(parties)
}

async fn put_parties(desk: &mut Desk<'_>, case: &Case) -> Result<(), Fault> {
    let parties = parties(desk, case).await?;
    for (organisation, part) in &parties {
        desk.rows.put(
            &PARTIES,
            vec![
                Value::text(case.id),
                Value::text(organisation),
                (*part).into(),
                case.received_at.micros().into(),
            ],
        );
    }
    let ids = parties.into_iter().map(|(organisation, _)| organisation);
    desk.known.parties.insert(case.id, ids.collect());
    Ok(())
}

/// Firms on record for any defendant, each once.
pub(super) fn firms(case: &Case) -> Vec<OrganisationId> {
    let mut firms: Vec<OrganisationId> = case
        .defendants
        .iter()
        .filter_map(|defendant| Some(defendant.represented_by.as_ref()?.organisation))
        .collect();
    firms.sort_unstable();
    firms.dedup();
    firms
}
