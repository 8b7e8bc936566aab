//! The firm on record instructs chambers, and gives people outside it access to
//! what it may see of a defendant; clerks of instructed chambers give it to their own.

use super::{Case, CaseEvent, ConflictParty, confirm, conflict::read_for, conflicts};
use crate::Refusal;
use vocabulary::{AccountId, Day, DefendantId, OrganisationId};

/// The longest time for which access is given ahead, in days.
const LONGEST: i64 = 2 * 366;

/// A person, with their organisation.
#[derive(Debug, Clone)]
pub struct Person {
    /// Account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
}

/// Who gives access or instructs, and when.
#[derive(Debug, Clone)]
pub struct Granting {
    /// For whom.
    pub defendant: DefendantId,
    /// The firm on record or the instructed chambers.
    pub by: OrganisationId,
    /// Its name.
    pub by_name: String,
    /// Whether what was shown as a conflict was confirmed.
    pub confirmed: bool,
    /// Whether the person has read papers of the case for the prosecution.
    pub read_other_side: bool,
    /// Defendants whom the person sees who asks: no other is named to them.
    pub seen: Vec<DefendantId>,
    /// Today.
    pub today: Day,
}

/// Decides whether chambers are instructed.
///
/// # Errors
/// If the firm is not on record, they are instructed already, or a conflict was not confirmed.
pub fn instruct(
    case: &Case,
    wish: &Granting,
    chambers: (OrganisationId, &str),
    on: Day,
) -> Result<Vec<CaseEvent>, Refusal> {
    on_record(case, wish)?;
    if case.instructed(chambers.0, Some(wish.defendant)) {
        return Err(Refusal::new(
            "already_instructed",
            "These chambers are instructed for this defendant already.",
            "There is nothing more to do.",
        ));
    }
    if on > wish.today {
        return Err(Refusal::new(
            "instructed_later",
            "The day of the instruction is still ahead.",
            "Give the day on which you instructed counsel.",
        ));
    }
    let who = ConflictParty {
        organisation: chambers.0,
        account: None,
    };
    let found = conflicts(case, who, wish.defendant, &wish.seen, wish.today);
    let mut events = confirm(who, &found, wish.confirmed)?;
    events.push(CaseEvent::CounselInstructed {
        defendant_id: wish.defendant,
        organisation: chambers.0,
        organisation_name: chambers.1.to_owned(),
        by: wish.by,
        by_name: wish.by_name.clone(),
        on,
    });
    Ok(events)
}

/// Ends an instruction, and the access that came of it.
///
/// # Errors
/// If they are not instructed, or the firm is not on record.
pub fn end_instruction(
    case: &Case,
    wish: &Granting,
    chambers: OrganisationId,
) -> Result<Vec<CaseEvent>, Refusal> {
    on_record(case, wish)?;
    let instruction = case
        .instructions
        .iter()
        .find(|i| i.defendant == wish.defendant && i.organisation == chambers);
    let Some(instruction) = instruction else {
        return Err(Refusal::new(
            "not_instructed",
            "These chambers are not instructed for this defendant.",
            "Look at the case again.",
        ));
    };
    let mut events: Vec<CaseEvent> = case
        .grants
        .iter()
        .filter(|g| g.defendant == wish.defendant && g.organisation == chambers)
        .map(|g| CaseEvent::AccessRemoved {
            defendant_id: wish.defendant,
            account: g.account,
            name: g.name.clone(),
        })
        .collect();
    events.push(CaseEvent::InstructionEnded {
        defendant_id: wish.defendant,
        organisation: chambers,
        organisation_name: instruction.name.clone(),
    });
    Ok(events)
}

/// Decides whether a person is given access.
///
/// # Errors
/// If whoever gives it may not, the person has it or needs none, the last day is over
/// or too far off, or a conflict bars or was not confirmed.
pub fn grant(
    case: &Case,
    wish: &Granting,
    to: &Person,
    until: Option<Day>,
) -> Result<Vec<CaseEvent>, Refusal> {
    let own_chambers = case.instructed(wish.by, Some(wish.defendant)) && to.organisation == wish.by;
    if !own_chambers {
        on_record(case, wish)?;
        // It is the firm's to decide whether one of its own who read for the prosecution acts.
        if to.organisation == wish.by && !case.bars((to.account, to.organisation)) {
            return Err(Refusal::new(
                "in_the_firm",
                "Everybody of your firm has access already.",
                "There is nothing more to do.",
            ));
        }
    }
    // What they had as one of another organisation is worth nothing to them.
    let as_now = (to.account, to.organisation);
    if case.granted_at(as_now, Some(wish.defendant), wish.today) {
        return Err(Refusal::new(
            "already_granted",
            format!("{} has access already.", to.name),
            "To change its last day, remove it and give it again.",
        ));
    }
    if until.is_some_and(|day| day < wish.today || wish.today.days_until(day) > LONGEST) {
        return Err(Refusal::new(
            "last_day_wrong",
            "The last day is over, or more than two years ahead.",
            "Give a day from today on, or none.",
        ));
    }
    let who = ConflictParty {
        organisation: to.organisation,
        account: Some(to.account),
    };
    let mut found = conflicts(case, who, wish.defendant, &wish.seen, wish.today);
    found.extend(wish.read_other_side.then(|| read_for("prosecution")));
    let mut events = confirm(who, &found, wish.confirmed)?;
    events.push(CaseEvent::AccessGranted {
        defendant_id: wish.defendant,
        account: to.account,
        name: to.name.clone(),
        organisation: to.organisation,
        organisation_name: to.organisation_name.clone(),
        by: wish.by,
        by_name: wish.by_name.clone(),
        until,
    });
    Ok(events)
}

/// Ends a person's access: the firm on record ends anybody's, chambers their own people's,
/// and whoever has it gives it up themselves, so that nobody is made to act, and so barred
/// from the other side, by what others give them.
///
/// # Errors
/// If there is none that this organisation may end.
pub fn remove(
    case: &Case,
    defendant: DefendantId,
    (asks, by): (AccountId, OrganisationId),
    account: AccountId,
) -> Result<Vec<CaseEvent>, Refusal> {
    let firm = case
        .firm_of(defendant)
        .is_some_and(|f| f.organisation == by);
    let found = case
        .grants
        .iter()
        .find(|g| g.defendant == defendant && g.account == account)
        .filter(|g| {
            let own = g.organisation == by;
            firm || (own && (asks == account || case.instructed(by, Some(defendant))))
        });
    match found {
        Some(grant) => Ok(vec![CaseEvent::AccessRemoved {
            defendant_id: defendant,
            account,
            name: grant.name.clone(),
        }]),
        None => Err(Refusal::new(
            "no_such_access",
            "This person has no access that you could end.",
            "Look at the case again.",
        )),
    }
}

fn on_record(case: &Case, wish: &Granting) -> Result<(), Refusal> {
    let firm = case.firm_of(wish.defendant);
    if firm.is_some_and(|firm| firm.organisation == wish.by) {
        return Ok(());
    }
    Err(Refusal::new(
        "not_on_record",
        "Your organisation is not on record for this defendant.",
        "Go on record first, or ask the firm that is.",
    ))
}
