//! Who acts beside the firm on record, in the sequences: chambers that are instructed, people to
//! whom access is given and from whom it is taken, advocates of the prosecution, orders of the
//! Legal Aid Agency, a change of solicitor, and the end of each.

use super::{
    Dice,
    model::{Model, Person},
};
use client::Client;
use contract::{
    defence::{Change, Disassociate, EndInstruction, Grant, Instruct, Remove},
    legal_aid::{MakeOrder, WithdrawOrder},
    prosecution::{Assign, Unassign},
};
use std::collections::BTreeSet;
use vocabulary::{
    AccountId, CaseId, Day, DefendantId, DisassociationReason, Group, OrganisationId,
    OrganisationKind, RepresentationBasis, Urn,
};

/// The ways in which a step changes who acts.
pub(super) const DOINGS: usize = 10;

/// Who acts, as the model has it.
#[derive(Default)]
pub(super) struct Team {
    pub(super) grants: BTreeSet<(DefendantId, AccountId, OrganisationId)>,
    pub(super) instructed: BTreeSet<(DefendantId, OrganisationId)>,
    pub(super) assigned: BTreeSet<(AccountId, OrganisationId)>,
    ordered: BTreeSet<DefendantId>,
}

impl Team {
    /// What hung on an association ends with it.
    fn end(&mut self, defendant: DefendantId) {
        self.grants.retain(|(of, ..)| *of != defendant);
        self.instructed.retain(|(of, _)| *of != defendant);
        self.ordered.remove(&defendant);
    }

    /// Somebody left: what they were given themselves ends.
    pub(super) fn left(&mut self, account: AccountId) {
        self.grants.retain(|(_, own, _)| *own != account);
        self.assigned.retain(|(own, _)| *own != account);
    }

    fn give(&mut self, defendant: DefendantId, to: &Person) {
        let own = to.account.id;
        let other = |(of, whose, _): &(DefendantId, AccountId, OrganisationId)| {
            (*of, *whose) != (defendant, own)
        };
        self.grants.retain(other);
        self.grants
            .insert((defendant, own, to.account.organisation));
    }
}

/// Where the steps are taken.
pub(super) struct Ground {
    pub(super) case_id: CaseId,
    pub(super) urn: Urn,
    pub(super) day: Day,
    pub(super) today: Day,
    pub(super) firms: [OrganisationId; 2],
    pub(super) defendants: Vec<(DefendantId, String)>,
    pub(super) agency: Client,
}

/// Who is likely to be able to, by their places among the people.
pub(super) fn likely(doing: usize) -> std::ops::Range<usize> {
    match doing {
        0 | 1 | 4 | 8 | 9 => 6..8,
        2 => 11..12,
        3 => 6..12,
        5 | 6 => 5..6,
        _ => 0..12,
    }
}

/// Takes one step, and says what became of it.
pub(super) async fn step(
    ground: &Ground,
    (doing, at): (usize, usize),
    people: &[Person],
    model: &mut Model,
    dice: &mut Dice,
) -> String {
    let case_id = ground.case_id;
    // What only a firm does is mostly done by one that could: that is on record or, to give notice
    // of a change, in whose place another is.
    let acts = |one: &&Person| {
        let firms = || model.represented.values();
        let own = Some(one.account.organisation);
        let could = match doing {
            9 => firms().any(|firm| firm.is_some() && *firm != own),
            _ => firms().any(|firm| *firm == own),
        };
        one.active && one.kind == OrganisationKind::DefenceFirm && could
    };
    let able: Vec<&Person> = people.iter().filter(acts).collect();
    let who = match dice.roll(4) {
        1.. if matches!(doing, 0 | 1 | 4 | 8 | 9) && !able.is_empty() => {
            able[dice.roll(able.len())]
        }
        _ => &people[at],
    };
    let own = who.account.organisation;
    // Mostly a defendant for whom they act; now and then any.
    let mine = |(id, _): &&(DefendantId, String)| match doing {
        4 => model.team.instructed.iter().any(|(of, _)| of == id),
        9 => model.represented[id].is_some_and(|firm| firm != own),
        _ => model.represented[id] == Some(own) || model.team.instructed.contains(&(*id, own)),
    };
    let mine: Vec<_> = ground.defendants.iter().filter(mine).collect();
    let (defendant_id, defendant) = match dice.roll(4) {
        1.. if !mine.is_empty() => mine[dice.roll(mine.len())].clone(),
        _ => ground.defendants[dice.roll(ground.defendants.len())].clone(),
    };
    // Somebody who acts in cases: of both firms and of the chambers.
    let to = match doing {
        // Mostly chambers, which alone are instructed and give to their own.
        1 | 2 if dice.roll(4) > 0 => &people[9 + dice.roll(3)],
        _ => &people[6 + dice.roll(6)],
    };
    let (email, name) = (to.account.email.clone(), &who.account.name);
    let confirmed = true;
    match doing {
        0 | 2 => {
            let grant = Grant {
                case_id,
                defendant_id: Some(defendant_id),
                email,
                until: None,
                confirmed,
            };
            let done = who.client.defence_grant(&grant).await.is_ok();
            if done {
                let clerk = model.team.instructed.contains(&(defendant_id, own))
                    && to.account.organisation == own;
                assert!(model.on_record(who, Some(defendant_id)) || clerk, "{name}");
                assert!(!model.assigned(to), "{} on both sides", to.account.name);
                model.team.give(defendant_id, to);
            }
            format!("{name} gives access to {}: {done}", to.account.name)
        }
        1 => {
            let instruct = Instruct {
                case_id,
                defendant_id,
                email,
                on: ground.today,
                confirmed,
            };
            let done = who.client.defence_instruct(&instruct).await.is_ok();
            if done {
                assert!(model.on_record(who, Some(defendant_id)), "{name}");
                assert!(!model.assigned(to), "{} on both sides", to.account.name);
                let chambers = to.account.organisation;
                model.team.instructed.insert((defendant_id, chambers));
                if to.account.groups.contains(&Group::Advocates) {
                    model.team.give(defendant_id, to);
                }
            }
            format!("{name} instructs {}: {done}", to.account.name)
        }
        3 => {
            let given: Vec<_> = model.team.grants.iter().copied().collect();
            let (defendant_id, account_id, _) = match given.is_empty() {
                true => (defendant_id, to.account.id, own),
                false => given[dice.roll(given.len())],
            };
            let remove = Remove {
                case_id,
                defendant_id,
                account_id,
            };
            let done = who.client.defence_remove(&remove).await.is_ok();
            let other = |(of, whose, _): &(DefendantId, AccountId, OrganisationId)| {
                (*of, *whose) != (defendant_id, account_id)
            };
            if done {
                model.team.grants.retain(other);
            }
            format!("{name} takes access back: {done}")
        }
        4 => {
            let organisation_id = people[9].account.organisation;
            let end = EndInstruction {
                case_id,
                defendant_id,
                organisation_id,
            };
            let done = who.client.defence_end_instruction(&end).await.is_ok();
            if done {
                let ends = (defendant_id, organisation_id);
                assert!(model.team.instructed.remove(&ends), "{name}");
                let of = &mut model.team.grants;
                of.retain(|(of, _, at)| (*of, *at) != ends);
            }
            format!("{name} ends an instruction: {done}")
        }
        5 => {
            let assign = Assign {
                case_id,
                email,
                until: None,
                confirmed,
            };
            let done = who.client.prosecution_assign(&assign).await.is_ok();
            if done {
                let firm = Some(to.account.organisation);
                let defends = model.granted(to, None)
                    || model.represented.values().any(|firms| *firms == firm);
                assert!(who.prosecutes && !defends, "{name}: {}", to.account.name);
                let account = to.account.id;
                let assigned = (account, to.account.organisation);
                if !model.team.assigned.contains(&assigned) {
                    let of = &mut model.permitted_for_prosecution;
                    of.retain(|(own, _)| *own != account);
                }
                model.team.assigned.retain(|(own, _)| *own != account);
                model.team.assigned.insert(assigned);
            }
            format!("{name} assigns the case to {}: {done}", to.account.name)
        }
        6 => {
            let given: Vec<_> = model.team.assigned.iter().copied().collect();
            let account_id = match given.is_empty() {
                true => to.account.id,
                false => given[dice.roll(given.len())].0,
            };
            let back = Unassign {
                case_id,
                account_id,
            };
            let done = who.client.prosecution_unassign(&back).await.is_ok();
            if done {
                assert!(who.prosecutes || who.account.id == account_id, "{name}");
                model.team.assigned.retain(|(own, _)| *own != account_id);
                let of = &mut model.permitted_for_prosecution;
                of.retain(|(own, _)| *own != account_id);
            }
            format!("{name} takes the case from an advocate: {done}")
        }
        7 => order(ground, defendant_id, model, dice).await,
        8 => {
            let off = Disassociate {
                case_id,
                defendant_id,
                reason: DisassociationReason::ProfessionalReasons,
                note: String::new(),
            };
            let done = who.client.defence_disassociate(&off).await.is_ok();
            if done {
                let court = who.kind == OrganisationKind::Court;
                assert!(court || model.on_record(who, Some(defendant_id)), "{name}");
                let locked = model.team.ordered.contains(&defendant_id);
                assert!(!locked, "an order keeps the firm on record");
                model.team.end(defendant_id);
                model.represented.insert(defendant_id, None);
            }
            format!("{name} takes the firm of {defendant} off record: {done}")
        }
        _ => {
            let change = Change {
                reference: ground.urn.to_string(),
                name: defendant.clone(),
                hearing_day: ground.day,
                basis: RepresentationBasis::Private,
                instructed_on: ground.today,
                confirmed,
            };
            let done = who.client.defence_change(&change).await.is_ok();
            if done {
                let before = model.represented[&defendant_id];
                let locked = model.team.ordered.contains(&defendant_id);
                assert!(!locked && before != Some(own), "{name}");
                assert!(!model.sensitive || before.is_none(), "{name}");
                model.team.end(defendant_id);
                model.represented.insert(defendant_id, Some(own));
            }
            format!("{name} gives notice of change for {defendant}: {done}")
        }
    }
}

/// The agency makes or transfers an order, under one reference for each defendant, or
/// withdraws it.
async fn order(
    ground: &Ground,
    defendant_id: DefendantId,
    model: &mut Model,
    dice: &mut Dice,
) -> String {
    let case_id = ground.case_id;
    if dice.roll(2) == 0 {
        let withdraw = WithdrawOrder {
            case_id,
            defendant_id,
            on: ground.today,
        };
        let done = ground.agency.legal_aid_withdraw_order(&withdraw).await;
        assert_eq!(done.is_ok(), model.team.ordered.contains(&defendant_id));
        if done.is_ok() {
            model.team.end(defendant_id);
            model.represented.insert(defendant_id, None);
        }
        return format!("an order is withdrawn: {}", done.is_ok());
    }
    let firm = ground.firms[dice.roll(2)];
    let ids = ground.defendants.iter().map(|(id, _)| *id);
    let place = ids.take_while(|id| *id != defendant_id).count();
    let make = MakeOrder {
        case_id,
        defendant_id,
        organisation_id: firm,
        reference: format!("700123{place}"),
        from: ground.today,
    };
    let done = ground.agency.legal_aid_make_order(&make).await.is_ok();
    if done {
        if model.represented[&defendant_id] != Some(firm) {
            model.team.end(defendant_id);
        }
        model.team.ordered.insert(defendant_id);
        model.represented.insert(defendant_id, Some(firm));
    }
    format!("an order is made: {done}")
}
