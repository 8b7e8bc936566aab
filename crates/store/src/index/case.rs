//! Cases in the lists: who, what for, who prosecutes, who is on record, and
//! the papers. The version of a case is read from its head, so that most
//! events of a case write nothing here.

use super::{
    Desk,
    tables::{CASES, DEFENDANT_HEARINGS, DEFENDANTS, MATERIALS, PARTIES, PEOPLE, PERMISSIONS},
};
use crate::rows::Value;
use app::ports::Fault;
use domain::case::{AccessChange, Case, CaseEvent, DefendantState, Party};
use std::collections::BTreeMap;
use vocabulary::{AccountId, Day, HearingId, OrganisationId, fold_name, name_keys};

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
        CaseEvent::DefenceAssociated { defendant_id, .. }
        | CaseEvent::RepresentationOrderMade { defendant_id, .. }
        | CaseEvent::RepresentationOrderWithdrawn { defendant_id, .. }
        | CaseEvent::DefenceDisassociated { defendant_id, .. } => {
            if let Some(place) = after
                .defendants
                .iter()
                .position(|d| d.charged.id == *defendant_id)
            {
                put_defendant(desk, after, place);
            }
            put_parties(desk, after).await?;
            if let CaseEvent::DefenceAssociated {
                awaited: Some(awaited),
                ..
            } = event
            {
                put_former(desk, after, *awaited);
            }
        }
        CaseEvent::CounselInstructed { .. } => put_parties(desk, after).await?,
        CaseEvent::InstructionEnded { organisation, .. } => {
            put_parties(desk, after).await?;
            put_former(desk, after, *organisation);
        }
        CaseEvent::ConflictArose { account, .. }
        | CaseEvent::AccessGranted { account, .. }
        | CaseEvent::AccessRemoved { account, .. }
        | CaseEvent::AdvocateAssigned { account, .. }
        | CaseEvent::AdvocateRemoved { account, .. } => put_person(desk, after, *account).await?,
        CaseEvent::HearingAdded {
            hearing_id, day, ..
        } => put_listed(desk, after, (*hearing_id, *day), true),
        CaseEvent::HearingVacated {
            hearing_id, day, ..
        }
        | CaseEvent::HeardApart {
            hearing_id, day, ..
        } => put_listed(desk, after, (*hearing_id, *day), false),
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
        CaseEvent::PleaEntered { .. }
        | CaseEvent::VerdictEntered { .. }
        | CaseEvent::VerdictTakenBack { .. }
        | CaseEvent::ConflictConfirmed { .. }
        | CaseEvent::ListingRestricted { .. }
        | CaseEvent::SamePersonConfirmed { .. }
        | CaseEvent::ToldApart { .. }
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
            serde_json::json!(names_of(defendant)).to_string().into(),
            firm.is_some_and(|firm| firm.order.is_some()).into(),
        ],
    );
}

/// Puts every defendant under each sound of each name on the day of a hearing.
fn put_listed(desk: &mut Desk<'_>, case: &Case, (hearing, day): (HearingId, Day), listed: bool) {
    for defendant in &case.defendants {
        let mut keys: Vec<String> = names_of(defendant)
            .iter()
            .flat_map(|name| name_keys(name))
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            desk.rows.put(
                &DEFENDANT_HEARINGS,
                vec![
                    Value::text(day),
                    key.into(),
                    Value::text(defendant.charged.id),
                    Value::text(hearing),
                    Value::text(case.id),
                    listed.into(),
                ],
            );
        }
    }
}

/// As what somebody has access to a case, as one of which organisation, and until when; or that
/// they no longer have it. The event of an end does not say where they had it.
async fn put_person(desk: &mut Desk<'_>, case: &Case, account: AccountId) -> Result<(), Fault> {
    desk.flush().await?;
    let over = "update case_person set part = 'former', until = null \
         where case_id = $1 and account_id = $2";
    let whose = vec![Value::text(case.id), Value::text(account)];
    desk.pen.run(over, whose).await?;
    let grants = case.grants.iter().filter(|grant| grant.account == account);
    let grants = grants.map(|own| (own.organisation, "defence", own.until));
    let assigned = case.advocates.iter().filter(|own| own.account == account);
    let assigned = assigned.map(|own| (own.organisation, "prosecution", Some(own.until)));
    let mut all: BTreeMap<OrganisationId, (&str, Option<Day>)> = BTreeMap::new();
    for (organisation, part, until) in grants.chain(assigned) {
        let known = all.entry(organisation).or_insert((part, until));
        if known.0 == part {
            known.1 = known.1.zip(until).map(|(one, other)| one.max(other));
        }
    }
    for own in case.barred.iter().filter(|own| own.account == account) {
        // What their firm opens to them is what it gave them.
        let of_firm = all.entry(own.organisation);
        let of_firm = of_firm.and_modify(|(part, _)| *part = "given");
        of_firm.or_insert(("barred", None));
    }
    for (organisation, (part, until)) in all {
        desk.rows.put(
            &PEOPLE,
            vec![
                Value::text(case.id),
                Value::text(account),
                Value::text(organisation),
                part.into(),
                Value::maybe(until),
                case.received_at.micros().into(),
            ],
        );
    }
    Ok(())
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
            let awaited = case.defendants.iter().any(|one| {
                let own = one.represented_by.as_ref();
                own.is_some_and(|own| own.organisation == firm && own.is_awaited())
            });
            parties.push((firm, if awaited { "awaited" } else { "defence" }));
        }
    }
    parties.sort_unstable();
    Ok(parties)
}

async fn put_parties(desk: &mut Desk<'_>, case: &Case) -> Result<(), Fault> {
    let parties = parties(desk, case).await?;
    for (organisation, part) in &parties {
        put_party(desk, case, *organisation, part);
    }
    let ids: Vec<OrganisationId> = parties.into_iter().map(|(id, _)| id).collect();
    for instruction in &case.instructions {
        if !ids.contains(&instruction.organisation) {
            put_party(desk, case, instruction.organisation, "instructed");
        }
    }
    desk.known.parties.insert(case.id, ids.into());
    for firm in &case.former {
        put_former(desk, case, firm.organisation);
    }
    Ok(())
}

/// Notes that an organisation no longer has to do with a case, unless it still has.
fn put_former(desk: &mut Desk<'_>, case: &Case, organisation: OrganisationId) {
    let party = desk.known.parties.get(&case.id);
    let still = party.is_some_and(|parties| parties.contains(&organisation))
        || case.instructed(organisation, None);
    if !still {
        put_party(desk, case, organisation, "former");
    }
}

fn put_party(desk: &mut Desk<'_>, case: &Case, organisation: OrganisationId, part: &'static str) {
    desk.rows.put(
        &PARTIES,
        vec![
            Value::text(case.id),
            Value::text(organisation),
            part.into(),
            case.received_at.micros().into(),
        ],
    );
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
