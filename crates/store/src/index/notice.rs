//! What people are told, raised with the event itself: nothing is recorded and
//! not announced, and nobody is told of a case that they may not see.

use super::{Desk, Effects, case::firms, opened::watching, tables::NOTICES};
use crate::rows::Value;
use app::ports::{Fault, KeptNotice};
use domain::{
    Actor, Recorded,
    case::{AccessChange, Case, CaseEvent, SENSITIVE, veiled_notice},
    document::{Document, DocumentEvent},
    hearing::{Hearing, HearingEvent},
    register::RegisterEvent,
};
use std::collections::HashSet;
use vocabulary::{
    AccountId, CaseId, Day, DefendantId, DeliveryState, HearingId, NoticeId, OrganisationId,
};

/// What is said.
#[derive(Default)]
pub(super) struct Message {
    pub(super) title: String,
    pub(super) body: String,
    /// The case that it leads to.
    pub(super) case: Option<CaseId>,
    /// The case that it says something of, for the veil of a later day.
    pub(super) about: Option<CaseId>,
    /// The hearing that it leads to: what is to be done is done there.
    pub(super) hearing: Option<HearingId>,
}

/// A message about a case as it may lie on a screen: about a sensitive one it says no more
/// than that there is news. Whoever no longer has the case is told only that.
pub(super) fn veiled(case: &Case, message: Message) -> Message {
    if !case.is_sensitive() {
        return Message {
            about: Some(case.id),
            ..message
        };
    }
    let (title, news) = veiled_notice(&case.urn);
    let body = match message.case {
        Some(_) => news,
        None => "It is yours no longer.".to_owned(),
    };
    Message {
        title,
        body,
        // It says nothing that would be too much on any day.
        about: None,
        ..message
    }
}

/// Notices that an event of a case raises.
pub(super) async fn of_case(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &CaseEvent,
    after: &Case,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let urn = &after.urn;
    let today = recorded.at.day();
    let message = |title: String, body: String| {
        let case = Some(after.id);
        let message = Message {
            title,
            body,
            case,
            ..Message::default()
        };
        veiled(after, message)
    };
    match event {
        CaseEvent::MaterialServed {
            defendant_id,
            section,
            name,
            organisation,
            organisation_name,
            ..
        } => {
            let mut told = match defendant_id {
                None => firms(after),
                Some(id) => after
                    .defendant(*id)
                    .and_then(|defendant| defendant.represented_by.as_ref())
                    .map(|firm| vec![firm.organisation])
                    .unwrap_or_default(),
            };
            told.retain(|firm| firm != organisation);
            let message = message(
                format!("New material in {urn}"),
                format!("{section}: {name}, served by {organisation_name}."),
            );
            let meant = |id| defendant_id.is_none_or(|own| own == id);
            let mut people = desk.defending(after, today, meant).await?;
            people.retain(|(_, of)| of != organisation);
            let people = people.into_iter().map(|(account, _)| account).collect();
            tell_all(desk, recorded, (&told, people), message, effects).await
        }
        CaseEvent::CaseResulted { day, results, .. } => {
            let of = results.iter().map(|result| result.defendant).collect();
            let told = told_of_results(desk, after, &of, today).await?;
            let message = message(
                format!("Results in {urn}"),
                format!("The court shared the results of {}.", day.in_words()),
            );
            tell_all(desk, recorded, (&told.0, told.1), message, effects).await
        }
        CaseEvent::CaseResultsAmended {
            hearing_id,
            day,
            version,
            reason,
            ..
        } => {
            let hearing = desk.hearing(*hearing_id).await?;
            let of = hearing.and_then(|hearing| hearing.amended_of(*version));
            let told = told_of_results(desk, after, &of.unwrap_or_default(), today).await?;
            let message = message(
                format!("Results amended in {urn}"),
                format!(
                    "The court amended the results of {}. {}",
                    day.in_words(),
                    reason.in_words()
                ),
            );
            tell_all(desk, recorded, (&told.0, told.1), message, effects).await
        }
        CaseEvent::DefenceAssociated { .. }
        | CaseEvent::RepresentationOrderMade { .. }
        | CaseEvent::RepresentationOrderWithdrawn { .. }
        | CaseEvent::DefenceDisassociated { .. }
        | CaseEvent::CounselInstructed { .. }
        | CaseEvent::InstructionEnded { .. }
        | CaseEvent::AccessGranted { .. }
        | CaseEvent::AccessRemoved { .. }
        | CaseEvent::AdvocateAssigned { .. }
        | CaseEvent::AdvocateRemoved { .. }
        | CaseEvent::ConflictArose { .. } => {
            super::team::of_team(desk, recorded, event, after, effects).await
        }
        CaseEvent::AccessChanged { change } if after.is_sensitive() => {
            let by = recorded.by.name();
            let (what, body) = match change {
                AccessChange::Given {
                    account,
                    name,
                    organisation,
                    until,
                    reason,
                    ..
                } => {
                    let until = until.map(|day| format!(" until {}", day.in_words()));
                    let until = until.unwrap_or_default();
                    if organisation.is_some() {
                        let message = Message {
                            title: format!("{SENSITIVE} {urn}: permission given"),
                            body: format!("{by} gave you permission on it{until}."),
                            ..Message::default()
                        };
                        tell_accounts(desk, recorded, vec![*account], &message, effects);
                    }
                    (
                        "permission given",
                        format!("{by} gave {name} permission{until}: {reason}"),
                    )
                }
                AccessChange::Sensitive { reason, .. } => {
                    ("closed", format!("{by} made it sensitive: {reason}"))
                }
                // It opens nothing, and closes it to nobody but who had it.
                AccessChange::TakenBack { .. } => return Ok(()),
            };
            let message = Message {
                title: format!("{SENSITIVE} {urn}: {what}"),
                body,
                ..Message::default()
            };
            let accounts = watching(desk, after, recorded).await?;
            tell_accounts(desk, recorded, accounts, &message, effects);
            Ok(())
        }
        CaseEvent::CaseCreated { .. }
        | CaseEvent::HearingAdded { .. }
        | CaseEvent::ConflictConfirmed { .. }
        | CaseEvent::PleaEntered { .. }
        | CaseEvent::VerdictEntered { .. }
        | CaseEvent::VerdictTakenBack { .. }
        | CaseEvent::HearingVacated { .. }
        | CaseEvent::ListingRestricted { .. }
        | CaseEvent::SamePersonConfirmed { .. }
        | CaseEvent::ToldApart { .. }
        | CaseEvent::HeardApart { .. }
        | CaseEvent::AccessChanged { .. }
        | CaseEvent::DocumentSuperseded { .. }
        | CaseEvent::DocumentAdded { .. }
        | CaseEvent::DocumentFiled { .. } => Ok(()),
    }
}

/// Notices that an event of a hearing raises: to colleagues, when results wait for
/// somebody else's approval, and to whoever amends, when it is decided or ended.
pub(super) async fn of_hearing(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &HearingEvent,
    after: &Hearing,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let Some(amender) = after.amender() else {
        return Ok(());
    };
    let (title, body) = match event {
        HearingEvent::ApprovalRequested { by, .. } => (
            "Results wait for approval",
            format!("{} asks a colleague to approve amended results.", by.name),
        ),
        HearingEvent::AmendmentApproved { by } => (
            "Amended results approved",
            format!("{} approved them. They can be shared now.", by.name),
        ),
        HearingEvent::AmendmentRejected { by, why } => (
            "Amended results not approved",
            format!("{} did not approve them: {why}", by.name),
        ),
        HearingEvent::AmendmentUnlocked { by, why } => (
            "Your amendment was ended",
            format!("{} unlocked the results: {why}", by.name),
        ),
        _ => return Ok(()),
    };
    let mut message = Message {
        title: title.to_owned(),
        body: format!(
            "{}, {}. {body}",
            after.kind,
            after.starts_at.day().in_words()
        ),
        case: after.parties.first().map(|party| party.case_id),
        hearing: Some(after.id),
        ..Message::default()
    };
    for party in &after.parties {
        if let Some(case) = desk.case(party.case_id).await? {
            message = veiled(&case, message);
        }
    }
    let accounts = match (event, &recorded.by) {
        (HearingEvent::ApprovalRequested { .. }, Actor::Person { organisation, .. }) => {
            let mut colleagues = desk.case_workers_of(*organisation).await?.to_vec();
            colleagues.retain(|account| *account != amender);
            colleagues
        }
        _ => vec![amender],
    };
    tell_accounts(desk, recorded, accounts, &message, effects);
    Ok(())
}

/// What a notice says of the document that came before.
fn place_taken(document: &Document) -> &'static str {
    let translated = document.view.pointer("/replaces/translated");
    match document.replaces {
        Some(_) if translated == Some(&serde_json::Value::Bool(true)) => {
            " It has the Welsh beside the English; what the court ordered has not changed."
        }
        Some(_) => " It takes the place of an earlier document.",
        None => "",
    }
}

/// Notices that an event of a document raises: to its recipient, when it is there,
/// and to whoever has it, when it no longer stands.
pub(super) async fn of_document(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &DocumentEvent,
    after: &Document,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let (told, title, rest) = match event {
        DocumentEvent::DeliveryAdvanced {
            delivery_id,
            state: DeliveryState::Received,
            ..
        } => {
            let delivery = after.delivery(*delivery_id);
            let delivery = delivery.filter(|d| d.carriage.is_none());
            let told: Vec<OrganisationId> = delivery
                .and_then(|d| d.request.organisation)
                .into_iter()
                .collect();
            let rest = place_taken(after);
            (told, format!("{} received", after.name), rest)
        }
        // What is carried elsewhere lies in the inbox as soon as it is made.
        DocumentEvent::DocumentMade { .. } => {
            let laid = after.deliveries.iter().filter(|d| d.carriage.is_some());
            let told = laid
                .filter(|d| d.lies_since().is_some())
                .filter_map(|d| d.request.organisation)
                .collect();
            let rest = place_taken(after);
            (told, format!("{} received", after.name), rest)
        }
        DocumentEvent::DocumentSuperseded { by, .. } => {
            let had = after.deliveries.iter().filter(|d| d.lies_since().is_some());
            let told = had.filter_map(|d| d.request.organisation).collect();
            let rest = match by {
                Some(_) => " The court amended it; the one you have was replaced.",
                None => " The court amended its results; do not act on it.",
            };
            (told, format!("{} no longer applies", after.name), rest)
        }
        _ => return Ok(()),
    };
    if told.is_empty() {
        return Ok(());
    }
    // Whoever has a document of a sensitive case finds the name in it, and not on the screen.
    let case = desk.case(after.case_id).await?;
    let defendant = case
        .as_ref()
        .filter(|case| !case.is_sensitive())
        .and_then(|case| Some(case.defendant(after.defendant_id)?.charged.party.name()));
    let court = desk
        .hearing(after.hearing_id)
        .await?
        .map(|hearing| hearing.court_name.clone());
    let parts: Vec<String> = defendant.into_iter().chain(court).collect();
    let parties = desk.parties(after.case_id).await?;
    for recipient in told {
        // A prison has the document, not the case: its notice leads to the inbox only.
        let sees_case = parties.contains(&recipient);
        let message = Message {
            title: title.clone(),
            body: format!("{}.{rest}", parts.join(", ")),
            case: sees_case.then_some(after.case_id),
            ..Message::default()
        };
        // The inbox is the organisation's: everybody there has it who acts on what comes.
        let mut all = desk.recipients_at(recipient).await?.to_vec();
        let case = case.as_ref();
        all.retain(|own| !case.is_some_and(|case| case.bars((*own, recipient))));
        tell_accounts(desk, recorded, all, &message, effects);
    }
    Ok(())
}

/// The register of a court day, to those who work with it at an organisation that has it without
/// asking. It names no case: what stands in it is decided when it is opened.
pub(super) async fn of_register(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &RegisterEvent,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let RegisterEvent::DayRegisterSent {
        name,
        of,
        day,
        to,
        amended,
        ..
    } = event
    else {
        return Ok(());
    };
    let (day, again) = (day.in_words(), if *amended { ", amended" } else { "" });
    let body = if *amended {
        "Results of that day were amended or added since you had it: it takes the place of the one \
         before. You find it under Lists and registers."
    } else {
        "The court day is over, and it is complete. You find it under Lists and registers."
    };
    let message = Message {
        title: format!("{name}, {of}, {day}{again}"),
        body: body.to_owned(),
        ..Message::default()
    };
    tell(desk, recorded, &[*to], message, effects).await
}

/// Who is told of results of these defendants: the prosecution, and who acts for one of them.
/// What is of nobody in the case is told to everybody in it.
async fn told_of_results(
    desk: &mut Desk<'_>,
    case: &Case,
    of: &HashSet<DefendantId>,
    today: Day,
) -> Result<(Vec<OrganisationId>, Vec<AccountId>), Fault> {
    let mut people = desk.people(case, today).await?;
    let mut defendants = case.defendants.iter();
    let concerned = |own: DefendantId| of.contains(&own);
    let mut told = if defendants.any(|own| concerned(own.charged.id)) {
        let defending = desk.defending(case, today, concerned).await?;
        people = defending.into_iter().map(|(own, _)| own).collect();
        people.extend(desk.assigned(case, today).await?);
        let own = case.defendants.iter();
        let own = own.filter(|own| concerned(own.charged.id));
        own.filter_map(|own| Some(own.represented_by.as_ref()?.organisation))
            .collect()
    } else {
        firms(case)
    };
    told.extend_from_slice(&desk.with_ou_code(&case.prosecutor.ou_code).await?);
    Ok((told, people))
}

/// Tells everybody of these organisations who works on cases, each once.
pub(super) async fn tell(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    organisations: &[OrganisationId],
    message: Message,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let all = (organisations, Vec::new());
    tell_all(desk, recorded, all, message, effects).await
}

/// Tells them and these people, each once.
pub(super) async fn tell_all(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    (organisations, mut accounts): (&[OrganisationId], Vec<AccountId>),
    message: Message,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let case = match message.case.or(message.about) {
        Some(case) => desk.case(case).await?,
        None => None,
    };
    for organisation in organisations {
        let workers = desk.case_workers_of(*organisation).await?;
        let bars = |own: AccountId| {
            let case = case.as_ref();
            case.is_some_and(|case| case.bars((own, *organisation)))
        };
        accounts.extend(workers.iter().filter(|own| !bars(**own)));
    }
    tell_accounts(desk, recorded, accounts, &message, effects);
    Ok(())
}

/// Tells these accounts, each once.
pub(super) fn tell_accounts(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    mut accounts: Vec<AccountId>,
    message: &Message,
    effects: &mut Effects,
) {
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        // Derived, so that a rebuild finds the marks of those that were read.
        let id = NoticeId::derived(&recorded.id.0, &account.to_string());
        desk.rows.put(
            &NOTICES,
            vec![
                Value::text(account),
                recorded.position.into(),
                Value::text(id),
                recorded.at.micros().into(),
                message.title.as_str().into(),
                message.body.as_str().into(),
                Value::maybe(message.case),
                Value::maybe(message.about.or(message.case)),
                Value::maybe(message.hearing),
            ],
        );
        effects.notices.push((
            account,
            KeptNotice {
                id,
                at: recorded.at,
                title: message.title.clone(),
                body: message.body.clone(),
                case_id: message.case,
                about: message.about.or(message.case),
                hearing_id: message.hearing,
                read: false,
            },
        ));
    }
}

/// Tells one account something that is of no case.
pub(super) fn to_account(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    account: AccountId,
    title: &str,
    body: &str,
    effects: &mut Effects,
) {
    let message = Message {
        title: title.to_owned(),
        body: body.to_owned(),
        ..Message::default()
    };
    tell_accounts(desk, recorded, vec![account], &message, effects);
}
