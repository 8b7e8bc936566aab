//! Who is told when somebody begins or ends to act in a case: the prosecutor, whoever
//! is concerned on either side, and the Legal Aid Agency of every association and its
//! end. Whoever no longer has the case is told so without a way into it.

use super::{
    Desk, Effects, Whom,
    notice::{Message, tell, tell_accounts, tell_all, veiled},
    opened::{in_charge, office},
    tables::LEGAL_AID,
};
use crate::{error::broken, rows::Value};
use app::ports::{Fault, LegalAidNews};
use domain::{
    Actor, Recorded,
    case::{Case, CaseEvent},
};
use vocabulary::{
    AccountId, DefendantId, DisassociationReason, OrganisationId, RepresentationBasis,
};

/// Notices and messages of an event about who acts.
pub(super) async fn of_team(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &CaseEvent,
    after: &Case,
    effects: &mut Effects,
) -> Result<(), Fault> {
    match event {
        CaseEvent::DefenceAssociated { .. }
        | CaseEvent::RepresentationOrderMade { .. }
        | CaseEvent::RepresentationOrderWithdrawn { .. }
        | CaseEvent::DefenceDisassociated { .. } => {
            of_firm(desk, recorded, event, after, effects).await
        }
        CaseEvent::ConflictArose {
            account,
            name,
            organisation,
            organisation_name,
        } => {
            let who = (*account, *organisation);
            let named = (name.as_str(), organisation_name.as_str());
            of_conflict(desk, recorded, after, (who, named), effects).await
        }
        _ => of_people(desk, recorded, event, after, effects).await,
    }
}

/// Somebody who read for the prosecution came to a firm that defends: those who see to that are
/// told, at the authority in charge, at the court's office and at the firm; and the person, to
/// whom the case does not open there.
async fn of_conflict(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    case: &Case,
    (who, (name, firm)): ((AccountId, OrganisationId), (&str, &str)),
    effects: &mut Effects,
) -> Result<(), Fault> {
    let title = format!("Conflict in {}", case.urn);
    let says = |body: String, leads: bool| {
        let message = Message {
            title: title.clone(),
            body,
            case: leads.then_some(case.id),
            ..Message::default()
        };
        veiled(case, message)
    };
    let body = format!(
        "{name} has read papers for the prosecution and is now with {firm}, which is on record for \
         the defence. The case is closed to them there, unless the firm gives them access."
    );
    let mut others = in_charge(desk, case).await?;
    others.extend(office(desk, case).await?);
    let firms = [who.1];
    tell_all(desk, recorded, (&firms, others), says(body, true), effects).await?;
    let body = format!(
        "You have read papers for the prosecution, and {firm} is on record for the defence. Tell \
         nobody there what you read; the case is closed to you."
    );
    tell_accounts(desk, recorded, vec![who.0], &says(body, false), effects);
    Ok(())
}

async fn of_firm(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &CaseEvent,
    after: &Case,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let urn = &after.urn;
    let prosecutors = desk.with_ou_code(&after.prosecutor.ou_code).await?;
    let says = |title: String, body: String, leads: bool| {
        let case = leads.then_some(after.id);
        let message = Message {
            title,
            body,
            case,
            ..Message::default()
        };
        veiled(after, message)
    };
    match event {
        CaseEvent::DefenceAssociated {
            defendant_id,
            organisation,
            organisation_name,
            basis,
            ..
        } => {
            let defendant = name(after, *defendant_id);
            let body = format!("{organisation_name} represents {defendant}.");
            let message = says(format!("Defence on record in {urn}"), body, true);
            tell(desk, recorded, &prosecutors, message, effects).await?;
            let news = LegalAidNews {
                urn: urn.clone(),
                defendant,
                organisation: *organisation,
                organisation_name: organisation_name.clone(),
                basis: Some(*basis),
                reason: None,
            };
            to_legal_aid(desk, recorded, after, (*defendant_id, &news), effects).await
        }
        CaseEvent::DefenceDisassociated {
            defendant_id,
            organisation,
            organisation_name,
            reason,
            note,
        } => {
            let defendant = name(after, *defendant_id);
            let why = reason.in_words();
            let body = format!("{organisation_name} no longer represents {defendant}. {why}");
            let message = says(format!("Defence off record in {urn}"), body, true);
            tell(desk, recorded, &prosecutors, message, effects).await?;
            let note = if note.is_empty() {
                String::new()
            } else {
                format!(" {note}")
            };
            let still = desk.parties(after.id).await?.contains(organisation);
            let body = format!("Your firm is no longer on record for {defendant}. {why}{note}");
            let message = says(format!("No longer on record in {urn}"), body, still);
            tell(desk, recorded, &[*organisation], message, effects).await?;
            if gave_way(desk, recorded, *organisation, *reason).await? {
                // Whoever knows what the public list says can give notice: the court looks at it
                // (docs/decisions/0067).
                let body = format!(
                    "{organisation_name} acted for {defendant} and gave way.{note} If that is not \
                     so, take the new firm off record."
                );
                let message = says(format!("Change of solicitor in {urn}"), body, true);
                let office = office(desk, after).await?;
                tell_accounts(desk, recorded, office, &message, effects);
            }
            let news = LegalAidNews {
                urn: urn.clone(),
                defendant,
                organisation: *organisation,
                organisation_name: organisation_name.clone(),
                basis: None,
                reason: Some(*reason),
            };
            to_legal_aid(desk, recorded, after, (*defendant_id, &news), effects).await
        }
        CaseEvent::RepresentationOrderMade {
            defendant_id,
            organisation,
            reference,
            from,
            ..
        } => {
            let body = format!(
                "The order {reference} of {} names your firm for {}.",
                from.in_words(),
                name(after, *defendant_id)
            );
            let message = says(format!("Representation order in {urn}"), body, true);
            tell(desk, recorded, &[*organisation], message, effects).await
        }
        // Whoever it concerns is told with the end of the association.
        _ => Ok(()),
    }
}

/// Whether a firm gave way to the notice of another. It did not where it went off record by itself,
/// or where a court, to which the client said the same, took it off.
async fn gave_way(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    firm: OrganisationId,
    reason: DisassociationReason,
) -> Result<bool, Fault> {
    let Actor::Person { organisation, .. } = &recorded.by else {
        return Ok(false);
    };
    if *organisation == firm || reason != DisassociationReason::ClientInstructsAnother {
        return Ok(false);
    }
    let courts: Vec<OrganisationId> = desk
        .ids(
            "select organisation_id from organisation_index \
             where organisation_id = $1 and kind = 'court'",
            &organisation.to_string(),
        )
        .await?;
    Ok(courts.is_empty())
}

async fn of_people(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &CaseEvent,
    after: &Case,
    effects: &mut Effects,
) -> Result<(), Fault> {
    if let Some(given_up) = given_up(desk, recorded, event, after).await? {
        let (organisations, message) = given_up;
        return tell(desk, recorded, &organisations, message, effects).await;
    }
    let urn = &after.urn;
    let (accounts, title, body, leads) = match event {
        CaseEvent::CounselInstructed {
            defendant_id,
            organisation,
            by_name,
            ..
        } => (
            desk.clerks_of(*organisation).await?,
            format!("Instructed in {urn}"),
            format!(
                "{by_name} instructs your chambers for {}.",
                name(after, *defendant_id)
            ),
            true,
        ),
        CaseEvent::InstructionEnded {
            defendant_id,
            organisation,
            ..
        } => (
            desk.clerks_of(*organisation).await?,
            format!("No longer instructed in {urn}"),
            format!(
                "Your chambers are no longer instructed for {}.",
                name(after, *defendant_id)
            ),
            after.instructed(*organisation, None),
        ),
        CaseEvent::AccessGranted {
            defendant_id,
            account,
            by_name,
            until,
            ..
        } => (
            vec![*account],
            format!("You have access to {urn}"),
            format!(
                "{by_name} gave you access for {}{}.",
                name(after, *defendant_id),
                until.map_or_else(String::new, |day| format!(" until {}", day.in_words()))
            ),
            true,
        ),
        CaseEvent::AccessRemoved {
            defendant_id,
            account,
            ..
        } => (
            vec![*account],
            format!("Your access to {urn} has ended"),
            format!("It was for {}.", name(after, *defendant_id)),
            desk.people(after, recorded.at.day())
                .await?
                .contains(account),
        ),
        CaseEvent::AdvocateAssigned { account, until, .. } => (
            vec![*account],
            format!("{urn} is assigned to you"),
            format!(
                "{} assigned it to you until {}.",
                after.prosecutor.name,
                until.in_words()
            ),
            true,
        ),
        CaseEvent::AdvocateRemoved { account, .. } => (
            vec![*account],
            format!("{urn} is no longer assigned to you"),
            format!("{} took it back.", after.prosecutor.name),
            false,
        ),
        _ => return Ok(()),
    };
    let case = leads.then_some(after.id);
    let message = Message {
        title,
        body,
        case,
        ..Message::default()
    };
    let message = veiled(after, message);
    tell_accounts(desk, recorded, accounts, &message, effects);
    Ok(())
}

/// Whoever gives up what they were given knows that; those who gave it are told.
async fn given_up(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &CaseEvent,
    after: &Case,
) -> Result<Option<(Vec<OrganisationId>, Message)>, Fault> {
    let urn = &after.urn;
    let by = recorded.by.account();
    let (organisations, title, body) = match event {
        CaseEvent::AccessRemoved {
            defendant_id,
            account,
            name: who,
        } if by == Some(*account) => {
            let firm = after.firm_of(*defendant_id);
            (
                firm.map(|firm| firm.organisation).into_iter().collect(),
                format!("{who} does not act in {urn}"),
                format!(
                    "{who} gave up the access for {}.",
                    name(after, *defendant_id)
                ),
            )
        }
        CaseEvent::AdvocateRemoved { account, name: who } if by == Some(*account) => (
            desk.with_ou_code(&after.prosecutor.ou_code).await?.to_vec(),
            format!("{who} does not act in {urn}"),
            format!("{who} gave the case back."),
        ),
        _ => return Ok(None),
    };
    let message = Message {
        title,
        body,
        case: Some(after.id),
        ..Message::default()
    };
    Ok(Some((organisations, veiled(after, message))))
}

/// The message to the agency: a row of its own, and a notice to its people.
async fn to_legal_aid(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    case: &Case,
    (defendant, news): (DefendantId, &LegalAidNews),
    effects: &mut Effects,
) -> Result<(), Fault> {
    let kind = if news.basis.is_some() {
        "associated"
    } else {
        "disassociated"
    };
    desk.rows.put(
        &LEGAL_AID,
        vec![
            recorded.position.into(),
            Value::text(defendant),
            recorded.at.micros().into(),
            kind.into(),
            Value::text(case.id),
            serde_json::to_string(news).map_err(broken)?.into(),
        ],
    );
    // Of a sensitive case the agency hears who acts and on what basis, and of nobody by name
    // but those for whom an order of its own stands.
    let ordered = case.firm_of(defendant).is_some_and(|f| f.order.is_some());
    let whom = match case.is_sensitive() && !ordered {
        true => String::new(),
        false => format!(" for {}", news.defendant),
    };
    let basis = news.basis.map(RepresentationBasis::in_words);
    let basis = basis.map_or_else(String::new, |basis| format!(" Basis: {basis}."));
    let agencies: Vec<OrganisationId> = desk
        .ids(
            "select organisation_id from organisation_index where kind = $1 \
             order by organisation_id",
            "legal_aid",
        )
        .await?;
    let verb = if news.basis.is_some() {
        "is on record"
    } else {
        "is no longer on record"
    };
    let message = Message {
        title: format!("Representation in {}", news.urn),
        body: format!("{} {verb}{whom}.{basis}", news.organisation_name),
        case: None,
        // Of a sensitive case it says nothing that would be too much on any day.
        about: (!case.is_sensitive()).then_some(case.id),
        ..Message::default()
    };
    let told = Whom {
        organisations: &agencies,
        ..Whom::default()
    };
    effects.touch("legal_aid".to_owned(), &told);
    tell(desk, recorded, &agencies, message, effects).await
}

fn name(case: &Case, defendant: DefendantId) -> String {
    case.defendant(defendant)
        .map_or_else(|| "a defendant".to_owned(), |d| d.charged.party.name())
}
