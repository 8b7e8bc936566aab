//! Which targets of a hearing day are shared, and which remain. A target is an offence of a
//! defendant, or the defendant as a whole. What is finished may be shared while the rest waits;
//! what is shared stays as it is until it is amended.

use super::{Hearing, Shared};
use crate::{
    Refusal,
    case::{Case, DefendantState},
    result::{Finding, OffenceInHearing, ResultLine},
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use vocabulary::{DefendantId, OffenceId, ResultLineId};

/// What a result is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    /// Whose.
    pub defendant: DefendantId,
    /// On which offence; none for the defendant as a whole.
    pub offence: Option<OffenceId>,
}

impl Target {
    /// That of a line.
    #[must_use]
    pub const fn of(line: &ResultLine) -> Self {
        Self {
            defendant: line.defendant,
            offence: line.offence,
        }
    }
}

/// Does something of this case wait for its results, although the hearing shared others? What
/// ended with an earlier hearing waits for none.
#[must_use]
pub fn waits(hearing: &Hearing, case: &Case) -> bool {
    let Some(shared) = &hearing.shared else {
        return false;
    };
    let done: HashSet<Target> = shared.lines.iter().map(Target::of).collect();
    let parties = hearing.parties.iter().filter(|own| own.case_id == case.id);
    let mut defendants = parties.filter_map(|own| case.defendant(own.defendant_id));
    defendants.any(|own| still_to_come(&done, own))
}

/// The same of one defendant before the court.
#[must_use]
pub fn waits_of(hearing: &Hearing, own: &DefendantState) -> bool {
    hearing.shared.as_ref().is_some_and(|shared| {
        let done = shared.lines.iter().map(Target::of).collect();
        still_to_come(&done, own)
    })
}

fn still_to_come(done: &HashSet<Target>, own: &DefendantState) -> bool {
    own.offences.iter().any(|offence| {
        let target = Target {
            defendant: own.charged.id,
            offence: Some(offence.charged.id),
        };
        let ended = offence.results.iter().any(|(_, result)| result.is_final);
        !ended && !done.contains(&target)
    })
}

/// The targets that are not shared yet, in the order of the hearing. An offence that was
/// disposed of on another day needs no result, and of a defendant nothing remains once each
/// offence is shared: both are targets only if something typed there was left out.
#[must_use]
pub fn remaining(hearing: &Hearing, offences: &[OffenceInHearing]) -> Vec<Target> {
    remaining_beside(hearing, offences, |_| true)
}

/// The same, where something still is typed on what needs no result: what was left out and has
/// been emptied since remains no longer.
#[must_use]
pub fn remaining_beside(
    hearing: &Hearing,
    offences: &[OffenceInHearing],
    typed: impl Fn(&Target) -> bool,
) -> Vec<Target> {
    let shared = hearing.shared.as_ref().map(|shared| {
        let done: HashSet<Target> = shared.lines.iter().map(Target::of).collect();
        (done, shared.left.as_slice())
    });
    let remains = |target: &Target, needed: bool| match &shared {
        None => true,
        Some((done, left)) => {
            !done.contains(target) && (needed || (left.contains(target) && typed(target)))
        }
    };
    let mut all: Vec<Target> = Vec::new();
    let mut seen = HashSet::new();
    for party in &hearing.parties {
        let defendant = party.defendant_id;
        if !seen.insert(defendant) {
            continue;
        }
        let before = all.len();
        let own = offences.iter().filter(|own| own.defendant == defendant);
        all.extend(own.filter_map(|own| {
            let offence = Some(own.id);
            let target = Target { defendant, offence };
            remains(&target, !own.already_disposed).then_some(target)
        }));
        let whole = Target {
            defendant,
            offence: None,
        };
        if remains(&whole, all.len() > before) {
            all.push(whole);
        }
    }
    all
}

/// What of the typed lines is shared at once.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Everything that is shared afterwards, what was shared before included.
    pub lines: Vec<ResultLine>,
    /// Targets that remain.
    pub left_out: Vec<Target>,
    /// Those of them for which something is typed.
    pub left: Vec<Target>,
}

/// Takes the lines of the chosen targets; without a choice it is all that remains. An amendment
/// is of what was shared: what remains is no part of it. Where words are typed that are no
/// result yet, something is typed as well.
#[must_use]
pub fn part_of(
    hearing: &Hearing,
    (typed, words): (Vec<ResultLine>, &[Target]),
    chosen: Option<&[Target]>,
    offences: &[OffenceInHearing],
) -> Part {
    let mut left_out = remaining(hearing, offences);
    if hearing.shared.is_none() || hearing.amendment.is_none() {
        left_out.retain(|target| chosen.is_some_and(|chosen| !chosen.contains(target)));
    }
    let out: HashSet<Target> = left_out.iter().copied().collect();
    let (others, lines): (Vec<_>, Vec<_>) = typed
        .into_iter()
        .partition(|line| out.contains(&Target::of(line)));
    let mut typed: HashSet<Target> = others.iter().map(Target::of).collect();
    typed.extend(words);
    typed.extend(hearing.shared.iter().flat_map(|shared| &shared.left));
    let left = left_out.iter().copied();
    Part {
        lines,
        left: left.filter(|target| typed.contains(target)).collect(),
        left_out,
    }
}

/// Refuses a target that is not before the court.
///
/// # Errors
/// If the defendant is not, or is not charged with the offence.
pub fn must_be_targets(
    hearing: &Hearing,
    chosen: &[Target],
    offences: &[OffenceInHearing],
) -> Result<(), Refusal> {
    let known = |target: &Target| {
        hearing.concerns(target.defendant)
            && target.offence.is_none_or(|id| {
                let mut offences = offences.iter();
                offences.any(|own| own.id == id && own.defendant == target.defendant)
            })
    };
    if chosen.iter().all(known) {
        return Ok(());
    }
    Err(Refusal::new(
        "not_before_the_court",
        "Something that is to be shared is not before the court.",
        "Look at the hearing again, then choose what is shared.",
    ))
}

/// Refuses lines that change what is shared while nobody amends it: each shared line must be
/// there as it is, and what is new must be for a target that remains.
///
/// # Errors
/// If a shared line is gone or says something else, or a line is added to a shared target.
pub fn keeps_what_is_shared(
    hearing: &Hearing,
    lines: &[ResultLine],
    remaining: &[Target],
) -> Result<(), Refusal> {
    let (Some(shared), None) = (&hearing.shared, &hearing.amendment) else {
        return Ok(());
    };
    let there: HashMap<ResultLineId, &ResultLine> = lines.iter().map(|l| (l.id, l)).collect();
    let mut as_shared = shared.lines.iter();
    let stands = as_shared.all(|line| there.get(&line.id) == Some(&line));
    let before = ids(shared);
    let remaining: HashSet<Target> = remaining.iter().copied().collect();
    let mut new = lines.iter().filter(|line| !before.contains(&line.id));
    if stands && new.all(|line| remaining.contains(&Target::of(line))) {
        return Ok(());
    }
    Err(Refusal::new(
        "already_shared",
        "These lines change results that are already shared.",
        "A shared result is changed by amending it. What you typed is still here.",
    ))
}

/// The ids of the lines that are shared.
pub(super) fn ids(shared: &Shared) -> HashSet<ResultLineId> {
    shared.lines.iter().map(|line| line.id).collect()
}

/// Whether a finding is about nothing that is shared now: about a target that remains, about a
/// defendant of whom nothing is shared, or about what was shared before, of which the same was
/// found when it stood alone. What is found anew, because a new line stands beside a shared one,
/// is about the new line too.
#[must_use]
pub fn elsewhere(
    hearing: &Hearing,
    (lines, left_out): (&[ResultLine], &[Target]),
    known: &[Finding],
    finding: &Finding,
) -> bool {
    let shared: &[ResultLine] = match (&hearing.shared, &hearing.amendment) {
        (Some(shared), None) => &shared.lines,
        _ => &[],
    };
    let is_known = || known.contains(finding);
    if finding.offence.is_some() {
        let target = Target {
            defendant: finding.defendant,
            offence: finding.offence,
        };
        return left_out.contains(&target)
            || (shared.iter().any(|line| Target::of(line) == target) && is_known());
    }
    let of = |line: &&ResultLine| line.defendant == finding.defendant;
    let now = lines.iter().filter(of).count();
    let before = shared.iter().filter(of).count();
    if now == 0 {
        let mut left_out = left_out.iter();
        return left_out.any(|target| target.defendant == finding.defendant);
    }
    now == before && is_known()
}
