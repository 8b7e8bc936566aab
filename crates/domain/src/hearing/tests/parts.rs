//! Sharing what is ready while the rest waits: over every way to choose among five targets.

use super::*;
use std::collections::HashSet;

/// Every offence of both defendants is before the court today; the first has two.
fn busy() -> Court {
    let mut court = Court::sitting();
    let mut third = court.offences[0].clone();
    third.id = id(23);
    court.offences.push(third);
    for offence in &mut court.offences {
        offence.already_disposed = false;
    }
    court
}

fn target(defendant: u32, offence: Option<u32>) -> Target {
    Target {
        defendant: id(defendant),
        offence: offence.map(id),
    }
}

/// In the order of the hearing.
fn targets() -> Vec<Target> {
    vec![
        target(11, Some(21)),
        target(11, Some(23)),
        target(11, None),
        target(12, Some(22)),
        target(12, None),
    ]
}

/// Two lines for each target.
fn typed() -> Vec<ResultLine> {
    let lines = targets().into_iter().zip(0..).flat_map(|(target, nth)| {
        [100 + nth, 200 + nth].map(|line| ResultLine {
            defendant: target.defendant,
            offence: target.offence,
            ..fine(line, "100.00")
        })
    });
    lines.collect()
}

fn of(chosen: &[Target]) -> Vec<ResultLine> {
    let mut lines = typed();
    lines.retain(|line| chosen.contains(&Target::of(line)));
    lines
}

/// Every choice among the targets.
fn choices() -> Vec<Vec<Target>> {
    let all = targets();
    let chosen = |bits: usize| {
        let own = all.iter().zip(0..).filter(|(_, at)| bits >> at & 1 == 1);
        own.map(|(target, _)| *target).collect()
    };
    (0..1 << all.len()).map(chosen).collect()
}

fn without(all: &[Target], gone: &[Target]) -> Vec<Target> {
    let mut left = all.to_vec();
    left.retain(|target| !gone.contains(target));
    left
}

fn ids(lines: &[ResultLine]) -> HashSet<ResultLineId> {
    lines.iter().map(|line| line.id).collect()
}

impl Court {
    fn share_of(&mut self, lines: Vec<ResultLine>, chosen: &[Target]) -> Result<(), &'static str> {
        let decided = share_results(&self.hearing, self.sharing_of(lines, Some(chosen)), &ada());
        self.done(decided)
    }

    fn shared_lines(&self) -> &[ResultLine] {
        self.hearing.shared.as_ref().map_or(&[], |own| &own.lines)
    }

    fn version(&self) -> u32 {
        self.hearing.shared.as_ref().map_or(0, |own| own.version)
    }
}

fn found(defendant: u32, offence: Option<u32>) -> Finding {
    Finding {
        line: None,
        defendant: id(defendant),
        offence: offence.map(id),
        severity: Severity::Blocks,
        code: "missing".to_owned(),
        message: format!("Something of {defendant} {offence:?} is missing."),
        hint: String::new(),
        field: None,
        source: None,
    }
}

#[test]
fn whatever_is_chosen_is_shared_and_the_rest_remains() {
    for chosen in choices() {
        let mut court = busy();
        assert_eq!(court.remaining(), targets());
        let shared = court.share_of(typed(), &chosen);
        if chosen.is_empty() {
            assert_eq!(shared, Err("nothing_to_share"));
            assert!(court.hearing.shared.is_none());
            continue;
        }
        shared.unwrap();
        assert_eq!(
            (court.version(), court.shared_lines()),
            (1, &of(&chosen)[..])
        );
        // Typed or needed, nothing of the rest is forgotten.
        assert_eq!(court.remaining(), without(&targets(), &chosen));
        assert_eq!(court.may_edit(&ada()).is_ok(), chosen != targets());
    }
}

#[test]
fn the_rest_is_shared_later_without_amendment_and_never_twice() {
    for first in choices().into_iter().skip(1) {
        for second in choices() {
            let mut court = busy();
            court.share_of(typed(), &first).unwrap();
            let shared = court.share_of(typed(), &second);
            let new = without(&second, &first);
            if first == targets() {
                assert_eq!(shared, Err("already_shared"));
            } else if new.is_empty() {
                assert_eq!(shared, Err("nothing_new_to_share"));
            } else {
                shared.unwrap();
                let both: Vec<Target> = first.iter().chain(&new).copied().collect();
                assert_eq!(court.version(), 2);
                assert_eq!(ids(court.shared_lines()), ids(&of(&both)));
                assert_eq!(court.remaining(), without(&targets(), &both));
                // Nothing was amended, and the version before stays readable.
                assert!(court.hearing.shared.as_ref().unwrap().amended.is_none());
                assert_eq!(court.hearing.shared_version(1).unwrap().lines, of(&first));
            }
        }
    }
}

#[test]
fn what_is_shared_is_not_changed_by_sharing_the_rest() {
    for first in choices() {
        if first.is_empty() || first == targets() {
            continue;
        }
        let mut court = busy();
        court.share_of(typed(), &first).unwrap();
        let rest = without(&targets(), &first);
        let at = typed()
            .iter()
            .position(|line| first.contains(&Target::of(line)))
            .unwrap();
        let mut changed = typed();
        changed[at]
            .answers
            .insert("AOF".to_owned(), "200.00".to_owned());
        let mut gone = typed();
        gone.remove(at);
        let mut added = typed();
        added.push(ResultLine {
            id: id(300),
            ..typed()[at].clone()
        });
        for lines in [changed, gone, added] {
            let saved = keeps_what_is_shared(&court.hearing, &lines, &court.remaining());
            assert_eq!(saved.unwrap_err().code, "already_shared");
            assert_eq!(court.share_of(lines, &rest), Err("already_shared"));
        }
        let saved = keeps_what_is_shared(&court.hearing, &typed(), &court.remaining());
        assert!(saved.is_ok());
        assert_eq!(court.version(), 1);
    }
}

#[test]
fn an_amendment_is_of_all_that_is_shared_and_of_nothing_that_remains() {
    for first in choices().into_iter().skip(1) {
        let rest = without(&targets(), &first);
        let mut court = busy();
        court.share_of(typed(), &first).unwrap();
        let mut amended = typed();
        for line in &mut amended {
            line.answers.insert("AOF".to_owned(), "200.00".to_owned());
        }
        // Given up, it leaves everything as it was.
        court.begin(&ada(), ADMIN).unwrap();
        let decided = cancel_amendment(&court.hearing, ada());
        court.done(decided).unwrap();
        assert_eq!(
            (court.shared_lines(), court.remaining()),
            (&of(&first)[..], rest.clone())
        );
        // Only what remains was typed on: that amends nothing.
        court.begin(&ada(), ADMIN).unwrap();
        let mut others = amended.clone();
        others.retain(|line| rest.contains(&Target::of(line)));
        others.extend(of(&first));
        assert_eq!(court.share(&ada(), others), Err("nothing_changed"));
        court.share(&ada(), amended.clone()).unwrap();
        amended.retain(|line| first.contains(&Target::of(line)));
        assert_eq!((court.version(), court.shared_lines()), (2, &amended[..]));
        // And what remains is shared after it, beside what was amended.
        assert_eq!(court.remaining(), rest);
        if !rest.is_empty() {
            amended.extend(of(&rest));
            court.share_of(amended, &rest).unwrap();
            assert_eq!((court.version(), court.remaining()), (3, Vec::new()));
        }
    }
}

#[test]
fn what_was_approved_is_shared_while_the_rest_still_waits() {
    let mut court = busy();
    let first = [target(11, Some(21)), target(12, None)];
    court.share_of(typed(), &first).unwrap();
    let rest = court.remaining();
    court.begin(&ada(), USER).unwrap();
    let mut lines = typed();
    lines[0]
        .answers
        .insert("AOF".to_owned(), "200.00".to_owned());
    court.ask(&ada(), lines.clone()).unwrap();
    assert_eq!(
        court.share_of(typed(), &rest),
        Err("waits_for_approval"),
        "what remains waits until the amendment is over"
    );
    court.approve(&tomasz()).unwrap();
    court.share(&ada(), lines).unwrap();
    assert_eq!((court.version(), court.remaining()), (2, rest));
}

#[test]
fn what_is_missing_elsewhere_does_not_hold_up_what_is_ready() {
    let first = [target(11, Some(21)), target(11, None)];
    let shares = |findings: Vec<Finding>| {
        let mut court = busy();
        court.findings = findings;
        court.share_of(typed(), &first)
    };
    // Of what waits: an offence of theirs, another's, and another as a whole.
    let elsewhere = vec![found(11, Some(23)), found(12, Some(22)), found(12, None)];
    assert_eq!(shares(elsewhere.clone()), Ok(()));
    // Of what is shared: the offence, and the defendant as a whole.
    for own in [found(11, Some(21)), found(11, None)] {
        assert_eq!(shares(vec![own]), Err("not_ready"));
    }
    // Whoever shares everything leaves nothing out.
    for own in elsewhere {
        let mut court = busy();
        court.findings = vec![own];
        assert_eq!(court.share(&ada(), typed()), Err("not_ready"));
    }
}

#[test]
fn what_was_found_when_results_were_shared_is_not_asked_again() {
    let first = [target(11, Some(21)), target(11, Some(23)), target(11, None)];
    let rest = [target(12, Some(22)), target(12, None)];
    for own in [found(11, Some(21)), found(11, None)] {
        let mut court = busy();
        court.share_of(typed(), &first).unwrap();
        court.findings = vec![own.clone()];
        // A new line beside a shared one brought it about.
        assert_eq!(court.share_of(typed(), &rest), Err("not_ready"));
        court.known = vec![own];
        court.share_of(typed(), &rest).unwrap();
    }
    // That an offence has no result was known too, and is asked when its turn comes.
    let mut court = busy();
    court.share_of(typed(), &first).unwrap();
    court.findings = vec![found(12, Some(22))];
    court.known = court.findings.clone();
    assert_eq!(court.share_of(typed(), &rest), Err("not_ready"));
}

#[test]
fn of_a_defendant_nothing_remains_once_each_offence_is_shared() {
    let mut court = busy();
    let offences = [target(11, Some(21)), target(11, Some(23))];
    court.share_of(of(&offences), &offences).unwrap();
    assert_eq!(
        court.remaining(),
        [target(12, Some(22)), target(12, None)],
        "costs that were forgotten are an amendment"
    );
    let mut lines = of(&offences);
    lines.extend(of(&[target(11, None)]));
    assert_eq!(court.share(&ada(), lines), Err("already_shared"));
    // One that was disposed of on another day is asked for nothing.
    court.offences[1].already_disposed = true;
    assert!(court.remaining().is_empty());
    assert_eq!(court.may_edit(&ada()).unwrap_err().code, "already_shared");
}

#[test]
fn words_on_what_needs_no_result_remain_until_they_are_taken_away() {
    let mut court = busy();
    let (first, disposed, whole) = (target(11, Some(21)), target(11, Some(23)), target(11, None));
    court.offences[2].already_disposed = true;
    court.words = vec![disposed, whole];
    court.share_of(of(&[first]), &[first]).unwrap();
    assert_eq!(court.remaining()[..2], [disposed, whole]);
    let beside = |typed: &[Target]| {
        let all = remaining_beside(&court.hearing, &court.offences, |own| typed.contains(own));
        all.iter().filter(|own| own.defendant == id(11)).count()
    };
    assert_eq!(beside(&court.words), 2);
    assert_eq!(beside(&[]), 0, "nothing is left of what was emptied");
}

#[test]
fn attendance_of_those_whose_results_are_shared_stays() {
    let mut court = busy();
    court.share_of(typed(), &[target(11, Some(21))]).unwrap();
    let record = |defendant: u32| {
        let attends = vocabulary::Attendance::InPerson;
        record_attendance(&court.hearing, id(defendant), attends).map_err(|refusal| refusal.code)
    };
    assert_eq!(record(11), Err("already_shared"));
    assert!(record(12).is_ok());
}

#[test]
fn a_target_that_is_not_before_the_court_is_refused() {
    let court = busy();
    let code = |chosen: Target| {
        must_be_targets(&court.hearing, &[chosen], &court.offences).map_err(|refusal| refusal.code)
    };
    for own in targets() {
        assert_eq!(code(own), Ok(()));
    }
    for foreign in [target(13, None), target(11, Some(22)), target(12, Some(99))] {
        assert_eq!(code(foreign), Err("not_before_the_court"));
    }
}

#[test]
fn that_more_is_shared_is_no_reason_to_amend() {
    let court = Court::shared();
    let begun = begin_amendment(
        &court.hearing,
        Beginning {
            kind: ADMIN,
            reason: AmendmentReason::MoreShared,
            note: "More.".to_owned(),
            by: ada(),
            draft_revision: 0,
        },
    );
    assert_eq!(begun.unwrap_err().code, "no_reason_to_amend");
}
