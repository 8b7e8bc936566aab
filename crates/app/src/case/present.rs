//! A case in words: what several screens show alike.

use crate::{App, caller::SignedIn, document as standing, translation};
use contract::{
    case::{DeliveryRow, DocumentRow, OffenceView, ResultView},
    document::WelshMark,
};
use domain::{
    case::{Case, DefendantState, OffenceState, Party, in_custody},
    document::{CarriageState, Delivery, DeliveryRequest, Document},
    now::{is_condition, monitors_bail},
    result::JudicialResult,
};
use vocabulary::{
    BailStatus, Channel, Day, DeliveryState, DocumentId, DocumentKind, InitiationCode,
    OrganisationKind,
};

/// How a case began.
pub(crate) const fn began(code: InitiationCode) -> &'static str {
    match code {
        InitiationCode::Charge => "Charge",
        InitiationCode::Requisition => "Requisition",
        InitiationCode::Summons => "Summons",
    }
}

/// Where the defendant stands: bail or custody (reference/bail_statuses.csv), or
/// a sentence. The source's statuses end with the case: a sentenced prisoner is
/// `Not applicable` there, which must not read as freedom.
pub(crate) fn liberty(app: &App, defendant: &DefendantState) -> &'static str {
    match defendant.bail {
        BailStatus::NotApplicable if serves(app, defendant) => "Serving a sentence",
        BailStatus::NotApplicable => "Not on bail",
        BailStatus::Conditional => "Conditional bail",
        BailStatus::Custody => "In custody",
        BailStatus::LocalAuthority => "In local authority care",
        BailStatus::PreRelease => "Conditional bail with pre-release conditions",
        BailStatus::ReArrested => "Re-arrested",
        BailStatus::Secure => "In secure accommodation",
        BailStatus::Unconditional => "Unconditional bail",
    }
}

/// Whether that holds the defendant.
pub(crate) fn held(app: &App, defendant: &DefendantState) -> bool {
    in_custody(defendant.bail)
        || (defendant.bail == BailStatus::NotApplicable && serves(app, defendant))
}

/// A final result that calls for a warrant to a prison is a sentence served there.
fn serves(app: &App, defendant: &DefendantState) -> bool {
    let catalogue = &app.catalogue;
    let to_prison = |name: &String| {
        catalogue
            .subscriptions
            .iter()
            .any(|own| own.name == *name && own.organisation_kind == Some(OrganisationKind::Prison))
    };
    let offences = defendant.offences.iter().flat_map(|o| &o.results);
    offences
        .chain(&defendant.results)
        .filter(|(_, result)| result.is_final)
        .any(|(_, result)| {
            catalogue.nows.iter().any(|now| {
                now.kind == DocumentKind::Warrant
                    && now.triggers.iter().any(|trigger| trigger.names(result))
                    && now.subscriptions.iter().any(to_prison)
            })
        })
}

/// Every result of a defendant, the latest day first.
pub(crate) fn latest_first(defendant: &DefendantState) -> Vec<&JudicialResult> {
    let of_offences = defendant.offences.iter().flat_map(|o| &o.results);
    let mut all: Vec<&(Day, JudicialResult)> = of_offences.chain(&defendant.results).collect();
    all.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    all.into_iter().map(|(_, result)| result).collect()
}

/// The prison that the latest result with one names.
pub(crate) fn held_at(defendant: &DefendantState) -> Option<String> {
    latest_first(defendant)
        .into_iter()
        .find_map(|result| {
            // A prison with its address, or by its name alone.
            let whole = result.answers.get("prisonOrganisationName");
            whole.or_else(|| result.answers.get("prison"))
        })
        .filter(|name| !name.trim().is_empty())
        .cloned()
}

/// Whom the court chose last where it knows several in a role of the case: a police force or a
/// witness care unit (`now_recipients.csv`).
pub(crate) fn chosen_before(defendant: &DefendantState, role: &str) -> Option<String> {
    let asked = match role {
        "PoliceForce" => "policeForceToBeTold",
        "WitnessCare" => "witnessCareUnitToBeTold",
        _ => return None,
    };
    latest_first(defendant)
        .into_iter()
        .find_map(|result| result.answers.get(asked))
        .cloned()
}

/// Whether conditions count, or will from a release: of bail, or of the bail that a court directed
/// for a child whom it sent to local authority accommodation.
pub(crate) fn on_conditions(defendant: &DefendantState) -> bool {
    match defendant.bail {
        BailStatus::Conditional | BailStatus::PreRelease => true,
        BailStatus::LocalAuthority => {
            let of_offences = defendant.offences.iter().flat_map(|o| &o.results);
            let mut results = of_offences.chain(&defendant.results);
            let set = defendant.bail_set.last().map(|own| own.day);
            results.any(|(day, result)| Some(*day) == set && is_condition(result))
        }
        _ => false,
    }
}

/// Who monitors the bail electronically, by the conditions that a court set last: a decision on
/// conditions takes the place of the one before.
pub(crate) fn bail_monitored_by(defendant: &DefendantState) -> Option<String> {
    let of_offences = defendant.offences.iter().flat_map(|o| &o.results);
    let conditions = of_offences.chain(&defendant.results);
    let conditions: Vec<&(Day, JudicialResult)> = conditions
        .filter(|(_, result)| is_condition(result))
        .collect();
    let last = conditions.iter().map(|(day, _)| *day).max()?;
    let mut of_that_day = conditions.iter().filter(|(day, _)| *day == last);
    of_that_day
        .find_map(|(_, result)| monitors_bail(result))
        .map(str::to_owned)
}

/// What the defendant's party needs to be understood.
pub(crate) fn interpreter(defendant: &DefendantState) -> Option<String> {
    match &defendant.charged.party {
        Party::Person { language_needs, .. } => language_needs
            .clone()
            .filter(|needs| !needs.trim().is_empty()),
        Party::Organisation { .. } => None,
    }
}

/// Results, top ones only: what belongs under another is part of its text.
pub(crate) fn results(results: &[(Day, JudicialResult)]) -> Vec<ResultView> {
    results
        .iter()
        .map(|(day, result)| ResultView {
            code: result.code.clone(),
            text: result.text.clone(),
            ordered_on: *day,
        })
        .collect()
}

/// An offence.
pub(crate) fn offence(offence: &OffenceState) -> OffenceView {
    let charged = &offence.charged;
    OffenceView {
        offence_id: charged.id,
        number: charged.number,
        code: charged.code.clone(),
        title: charged.title.clone(),
        legislation: charged.legislation.clone(),
        wording: charged.wording.clone(),
        committed: charged.committed(),
        mode_of_trial: charged.mode_of_trial.clone(),
        plea: offence.plea.as_ref().map(domain::case::Plea::dated),
        verdict: offence.verdict.as_ref().map(domain::case::Verdict::dated),
        convicted_on: offence.convicted_on,
        results: results(&offence.results),
    }
}

/// A document with its deliveries; `read` are those this person has opened, `readable`
/// those that they may.
pub(crate) fn document(
    case: &Case,
    document: &Document,
    (read, readable): (&[DocumentId], &[Document]),
    person: &SignedIn,
) -> DocumentRow {
    let own = person.organisation.id;
    let court = person.organisation.kind == OrganisationKind::Court;
    let defendant = case
        .defendant(document.defendant_in(case.id))
        .map(|d| d.charged.party.name())
        .unwrap_or_default();
    DocumentRow {
        document_id: document.id,
        name: document.name.clone(),
        kind: document.kind,
        defendant,
        requested_at: document.requested_at,
        made: document.sha256.is_some(),
        unread: !read.contains(&document.id),
        deliveries: document
            .deliveries
            .iter()
            .map(|delivery| DeliveryRow {
                delivery_id: delivery.request.id,
                recipient: delivery.request.name.clone(),
                channel: way(&delivery.request, court),
                state: delivery.state,
                since: delivery.since,
                note: note(delivery, court),
                acknowledgement_required: delivery.request.acknowledgement_required,
                // The court that sent it adds these on its own screen.
                alarm: None,
                settled: None,
                may_come_back: false,
            })
            .collect(),
        superseded: standing::superseded(document, readable, own),
        replaces: standing::replaces(document, readable),
        welsh: welsh(document, readable, court),
    }
}

/// What it still owes in Welsh; which values those are is for the court, and which copy followed
/// for those who may read it.
pub(crate) fn welsh(document: &Document, readable: &[Document], court: bool) -> Option<WelshMark> {
    let mut mark = translation::mark(document)?;
    if !court {
        mark.missing.clear();
    }
    mark.by = mark
        .by
        .filter(|by| readable.iter().any(|own| own.id == *by));
    Some(mark)
}

/// Who acknowledged or opened it, or why it failed. What mail servers and partners'
/// systems say is for the court alone: others see how far it has come.
fn note(delivery: &Delivery, court: bool) -> Option<String> {
    if delivery.request.held.is_some() && delivery.state == DeliveryState::Queued {
        return Some("Waits for Welsh".to_owned());
    }
    let Some(carriage) = &delivery.carriage else {
        return delivery.note.clone();
    };
    let by_hand = matches!(
        delivery.state,
        DeliveryState::Opened | DeliveryState::Acknowledged
    );
    let mine = by_hand.then(|| delivery.note.clone()).flatten();
    let theirs = carriage.note.clone().filter(|_| court);
    match (mine, theirs) {
        // That somebody has it in hand makes a failure on another way worth a word.
        (Some(mine), Some(theirs)) if carriage.state == CarriageState::Failed => {
            Some(format!("{mine}. It failed elsewhere: {theirs}"))
        }
        (Some(mine), _) => Some(mine),
        (None, theirs) => theirs,
    }
}

/// How a delivery travels. Which mailbox a document went to is for the court that sent it.
fn way(request: &DeliveryRequest, court: bool) -> String {
    let way = channel(request.channel);
    match &request.email {
        Some(address) if court && request.channel == Channel::Email => {
            format!("{way} to {address}")
        }
        _ => way.to_owned(),
    }
}

/// How a document travels.
pub(crate) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Inbox => "Inbox",
        Channel::Email => "E-mail",
        Channel::FirstClassPost => "First class post",
        Channel::SecondClassPost => "Second class post",
        Channel::FileOnly => "Filed in the case",
    }
}
