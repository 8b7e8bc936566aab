//! Conflicts, worked out from the case alone and shown before somebody acts: of
//! clients (the same firm or person for two defendants, now or before) and of sides.
//! One that bars is refused; of any other it is recorded that it was shown.

use super::{Assignment, Case, CaseEvent};
use crate::Refusal;
use vocabulary::{AccountId, Day, DefendantId, OrganisationId};

/// Who would act.
#[derive(Debug, Clone, Copy)]
pub struct Party {
    /// Organisation.
    pub organisation: OrganisationId,
    /// One person of it.
    pub account: Option<AccountId>,
}

/// A conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// One sentence.
    pub what: String,
    /// Whether nobody may go on.
    pub bars: bool,
}

impl Conflict {
    fn warns(what: String) -> Self {
        Self { what, bars: false }
    }
}

/// Conflicts of acting for a defendant, on a day, as they are told to somebody who sees these
/// defendants: of any other they learn that there is a conflict, and not by whose name.
#[must_use]
pub fn conflicts(
    case: &Case,
    who: Party,
    defendant: DefendantId,
    seen: &[DefendantId],
    on: Day,
) -> Vec<Conflict> {
    let mut found = Vec::new();
    let name = |id: DefendantId| {
        let named = case.defendant(id).filter(|_| seen.contains(&id));
        named.map_or_else(
            || "another defendant in this case".to_owned(),
            |own| format!("{}, charged in the same case", own.charged.party.name()),
        )
    };
    for other in &case.defendants {
        let id = other.charged.id;
        if id == defendant {
            continue;
        }
        let firm = other.represented_by.as_ref();
        if firm.is_some_and(|firm| firm.organisation == who.organisation) {
            found.push(Conflict::warns(format!(
                "The same organisation is on record for {}.",
                name(id)
            )));
        } else if case
            .former
            .iter()
            .any(|f| f.defendant == id && f.organisation == who.organisation)
        {
            found.push(Conflict::warns(format!(
                "The same organisation was on record for {}.",
                name(id)
            )));
        }
        if who
            .account
            .is_some_and(|account| case.granted(account, Some(id), on))
        {
            found.push(Conflict::warns(format!(
                "The same person has access for {}.",
                name(id)
            )));
        }
    }
    for advocate in case.advocates.iter().filter(|one| on <= one.until) {
        if who.account == Some(advocate.account) {
            found.push(Conflict {
                what: "This person prosecutes in the same case.".to_owned(),
                bars: true,
            });
        } else if advocate.organisation == who.organisation {
            found.push(Conflict::warns(
                "Somebody of the same organisation prosecutes in the same case.".to_owned(),
            ));
        }
    }
    let mut told: Vec<Conflict> = Vec::new();
    for one in found {
        if !told.contains(&one) {
            told.push(one);
        }
    }
    told
}

/// Conflicts of a firm's going on record for a defendant, on a day. All of a firm act with it:
/// while one of them prosecutes, it cannot defend; what one of them read for the prosecution is
/// shown.
#[must_use]
pub fn conflicts_of_firm(
    case: &Case,
    firm: OrganisationId,
    defendant: DefendantId,
    (seen, read): (&[DefendantId], &[String]),
    on: Day,
) -> Vec<Conflict> {
    let who = Party {
        organisation: firm,
        account: None,
    };
    let mut found = conflicts(case, who, defendant, seen, on);
    let prosecutes = |one: &&Assignment| one.organisation == firm && on <= one.until;
    if let Some(own) = case.advocates.iter().find(prosecutes) {
        found.push(Conflict {
            what: format!("{} of this firm prosecutes in the same case.", own.name),
            bars: true,
        });
    }
    found.extend(read.iter().map(|name| {
        Conflict::warns(format!(
            "{name} of this firm has read papers of this case for the prosecution."
        ))
    }));
    found
}

/// Conflicts of prosecuting the case, on a day.
#[must_use]
pub fn conflicts_of_advocate(case: &Case, who: Party, on: Day) -> Vec<Conflict> {
    let mut found = Vec::new();
    let defends = who
        .account
        .is_some_and(|account| case.granted(account, None, on));
    let on_record = case
        .defendants
        .iter()
        .filter_map(|d| d.represented_by.as_ref())
        .any(|firm| firm.organisation == who.organisation);
    if defends || on_record {
        found.push(Conflict {
            what: "This person or their firm defends in the same case.".to_owned(),
            bars: true,
        });
    } else if case.instructed(who.organisation, None)
        || case
            .grants
            .iter()
            .any(|g| g.organisation == who.organisation && g.good_on(on))
    {
        found.push(Conflict::warns(
            "Somebody of the same chambers defends in the same case.".to_owned(),
        ));
    }
    // What a solicitor's firm was told in confidence it knows still (SRA Code for Solicitors 6.3
    // and 6.5). Whether that prevents acting is for those who know what it was.
    for former in &case.former {
        if former.organisation != who.organisation {
            continue;
        }
        let name = case
            .defendant(former.defendant)
            .map_or_else(|| "a defendant".to_owned(), |d| d.charged.party.name());
        let what = format!("The firm of this person was on record for {name} in the same case.");
        if !found.iter().any(|own| own.what == what) {
            found.push(Conflict::warns(what));
        }
    }
    found
}

/// The person has read what the other side reads. It bars nobody for good: those who ask them
/// to act decide, knowing it (BSB Handbook rC21: what is known in confidence).
pub(super) fn read_for(side: &str) -> Conflict {
    Conflict::warns(format!(
        "This person has read papers of this case for the {side}."
    ))
}

/// What is recorded of conflicts that were shown and confirmed.
///
/// # Errors
/// If one bars, or there is one and it was not confirmed.
pub fn confirm(who: Party, found: &[Conflict], confirmed: bool) -> Result<Vec<CaseEvent>, Refusal> {
    let (bar, warn): (Vec<_>, Vec<_>) = found.iter().partition(|conflict| conflict.bars);
    // All of them, those that bar first: what is recorded as shown was shown.
    let mut all = bar.iter().chain(&warn).map(|own| own.what.clone());
    let Some(first) = all.next() else {
        return Ok(Vec::new());
    };
    if !bar.is_empty() {
        return Err(Refusal::new(
            "conflict_of_sides",
            first,
            "Nobody acts for both sides of a case. Choose somebody else; whoever does not act can give up the access or the case that they were given, under Who acts.",
        )
        .with(all));
    }
    if !confirmed {
        return Err(Refusal::new(
            "conflict_not_confirmed",
            first,
            "Look at what conflicts. If it does not prevent acting, confirm that and send it again.",
        )
        .with(all));
    }
    Ok(vec![CaseEvent::ConflictConfirmed {
        organisation: who.organisation,
        account: who.account,
        shown: found.iter().map(|conflict| conflict.what.clone()).collect(),
    }])
}
