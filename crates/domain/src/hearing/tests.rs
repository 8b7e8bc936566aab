//! Amending shared results: who may do what in which state, and what is refused. Sharing in
//! parts is in `tests/parts.rs`.

mod parts;

use super::*;
use crate::result::{Finding, OffenceInHearing, ResultLine};
use std::collections::BTreeMap;
use vocabulary::{
    AccountId, AmendmentKind, AmendmentOutcome, AmendmentReason, Day, DefendantId, Instant,
    LineChange, OffenceId, ResultLineId, ResultsState, Severity,
};

fn id<T: std::str::FromStr>(n: u32) -> T {
    match format!("00000000-0000-7000-8000-{n:012x}").parse() {
        Ok(id) => id,
        Err(_) => panic!("{n} made no id"),
    }
}

fn ada() -> Officer {
    officer(1, "Ada Wren")
}

fn tomasz() -> Officer {
    officer(2, "Tomasz Brandys")
}

fn officer(n: u32, name: &str) -> Officer {
    Officer {
        account: id::<AccountId>(n),
        name: name.to_owned(),
    }
}

fn day() -> Day {
    "2026-11-23".parse().unwrap()
}

fn at(minute: i8) -> Instant {
    day().at(10, minute)
}

/// One line of the first defendant's first offence.
fn fine(line: u32, amount: &str) -> ResultLine {
    ResultLine {
        id: id::<ResultLineId>(line),
        definition: id(900),
        defendant: id::<DefendantId>(11),
        offence: Some(id::<OffenceId>(21)),
        parent: None,
        answers: BTreeMap::from([("AOF".to_owned(), amount.to_owned())]),
    }
}

fn offences() -> Vec<OffenceInHearing> {
    [(21, 11), (22, 12)]
        .map(|(offence, defendant)| OffenceInHearing {
            id: id(offence),
            defendant: id(defendant),
            code: "TH68010".to_owned(),
            title: "Theft".to_owned(),
            committed_on: None,
            committed_to: None,
            max_penalty: None,
            mode_of_trial: String::new(),
            plea: None,
            plea_on: None,
            sent_on: None,
            time_limit: None,
            verdict: None,
            convicted_on: None,
            // Of the second nothing is asked today, unless a test says so.
            already_disposed: offence == 22,
        })
        .to_vec()
}

struct Court {
    hearing: Hearing,
    minute: i8,
    offences: Vec<OffenceInHearing>,
    findings: Vec<Finding>,
    known: Vec<Finding>,
    /// Where words are typed that are no result yet.
    words: Vec<Target>,
}

impl Court {
    fn sitting() -> Self {
        let party = |n| HearingParty {
            case_id: id(5),
            defendant_id: id(n),
        };
        let listed = HearingEvent::HearingListed {
            hearing_id: id(3),
            jurisdiction: vocabulary::Jurisdiction::Magistrates,
            kind: "Sentence".to_owned(),
            court_id: id(6),
            court_name: "Ashmere Magistrates' Court".to_owned(),
            courtroom_id: id(7),
            courtroom_name: "Courtroom 1".to_owned(),
            starts_at: at(0),
            parties: vec![party(11), party(12)],
        };
        let hearing = Hearing::fold(None, &listed, at(0), "Listing").unwrap();
        let mut court = Self {
            hearing,
            minute: 0,
            offences: offences(),
            findings: Vec::new(),
            known: Vec::new(),
            words: Vec::new(),
        };
        court.happened(vec![HearingEvent::EventLogged {
            entry_id: id(8),
            definition_id: id(9),
            label: "Hearing started".to_owned(),
            control: Some(Control::Start),
            defendant_id: None,
            note: None,
        }]);
        court
    }

    /// One whose results are shared: a fine of £100.
    fn shared() -> Self {
        let mut court = Self::sitting();
        court.share(&ada(), vec![fine(31, "100.00")]).unwrap();
        court
    }

    /// One in which somebody amends the shared results.
    fn amending(kind: AmendmentKind) -> Self {
        let mut court = Self::shared();
        court.begin(&ada(), kind).unwrap();
        court
    }

    fn happened(&mut self, events: Vec<HearingEvent>) {
        for event in events {
            // As the ledger keeps it: written, and read again.
            let written = serde_json::to_string(&event).unwrap();
            let event: HearingEvent = serde_json::from_str(&written).unwrap();
            self.minute += 1;
            let before = self.hearing.clone();
            self.hearing =
                Hearing::fold(Some(before), &event, at(self.minute), "Ada Wren").unwrap();
        }
    }

    fn sharing(&self, lines: Vec<ResultLine>) -> Sharing<'_> {
        self.sharing_of(lines, None)
    }

    fn sharing_of(&self, typed: Vec<ResultLine>, chosen: Option<&[Target]>) -> Sharing<'_> {
        let part = part_of(&self.hearing, (typed, &self.words), chosen, &self.offences);
        Sharing {
            day: day(),
            lines: part.lines,
            left_out: part.left_out,
            left: part.left,
            results: Vec::new(),
            findings: &self.findings,
            known: &self.known,
            offences: &self.offences,
            listed: Vec::new(),
        }
    }

    fn remaining(&self) -> Vec<Target> {
        remaining(&self.hearing, &self.offences)
    }

    fn may_edit(&self, by: &Officer) -> Result<(), crate::Refusal> {
        may_edit(&self.hearing, by.account, &self.remaining())
    }

    fn done(
        &mut self,
        decided: Result<Vec<HearingEvent>, crate::Refusal>,
    ) -> Result<(), &'static str> {
        self.happened(decided.map_err(|refusal| refusal.code)?);
        Ok(())
    }

    fn share(&mut self, by: &Officer, lines: Vec<ResultLine>) -> Result<(), &'static str> {
        let decided = share_results(&self.hearing, self.sharing(lines), by);
        self.done(decided)
    }

    fn begin(&mut self, by: &Officer, kind: AmendmentKind) -> Result<(), &'static str> {
        let decided = begin_amendment(
            &self.hearing,
            Beginning {
                kind,
                reason: AmendmentReason::RecordedWrongly,
                note: "The bench said £200.".to_owned(),
                by: by.clone(),
                draft_revision: 4,
            },
        );
        self.done(decided)
    }

    fn ask(&mut self, by: &Officer, lines: Vec<ResultLine>) -> Result<(), &'static str> {
        let decided = request_approval(&self.hearing, self.sharing(lines), by.clone());
        self.done(decided)
    }

    fn approve(&mut self, by: &Officer) -> Result<(), &'static str> {
        let decided = approve_amendment(&self.hearing, by.clone());
        self.done(decided)
    }

    fn reject(&mut self, by: &Officer, why: &str) -> Result<(), &'static str> {
        let decided = reject_amendment(&self.hearing, by.clone(), why);
        self.done(decided)
    }

    fn state(&self) -> ResultsState {
        self.hearing.results_state()
    }
}

const ADMIN: AmendmentKind = AmendmentKind::AdministrativeError;
const USER: AmendmentKind = AmendmentKind::UserError;

#[test]
fn a_shared_result_cannot_be_edited_or_shared_again_without_amendment() {
    let mut court = Court::sitting();
    assert_eq!(court.state(), ResultsState::Initialised);
    assert!(court.may_edit(&ada()).is_ok());
    assert_eq!(court.begin(&ada(), ADMIN), Err("not_shared"));
    court.share(&ada(), vec![fine(31, "100.00")]).unwrap();
    assert_eq!(court.state(), ResultsState::Shared);
    let edit = court.may_edit(&ada()).unwrap_err();
    assert_eq!(edit.code, "already_shared");
    assert_eq!(
        court.share(&ada(), vec![fine(31, "200.00")]),
        Err("already_shared")
    );
}

#[test]
fn an_administrative_error_is_put_right_and_shared_again_as_the_next_version() {
    let mut court = Court::amending(ADMIN);
    assert_eq!(court.state(), ResultsState::AmendLockedAdminError);
    assert!(court.may_edit(&ada()).is_ok());
    court.share(&ada(), vec![fine(31, "200.00")]).unwrap();
    assert_eq!(court.state(), ResultsState::Shared);
    let shared = court.hearing.shared.as_ref().unwrap();
    let amended = shared.amended.as_ref().unwrap();
    assert_eq!((shared.version, amended.approved_by.as_ref()), (2, None));
    assert_eq!(amended.changes[0].change, LineChange::Changed);
    // The version before stays readable.
    let first = court.hearing.shared_version(1).unwrap();
    assert_eq!(first.lines, [fine(31, "100.00")]);
    assert_eq!(
        court.hearing.past_amendments[0].outcome,
        AmendmentOutcome::Shared
    );
}

#[test]
fn a_user_error_is_shared_only_after_somebody_else_approved_it() {
    let mut court = Court::amending(USER);
    assert_eq!(court.state(), ResultsState::AmendLockedUserError);
    let lines = vec![fine(31, "200.00")];
    assert_eq!(court.share(&ada(), lines.clone()), Err("approval_needed"));
    court.ask(&ada(), lines.clone()).unwrap();
    assert_eq!(court.state(), ResultsState::ApprovalRequested);
    assert_eq!(
        court.share(&ada(), lines.clone()),
        Err("waits_for_approval")
    );
    assert_eq!(court.approve(&ada()), Err("approver_is_amender"));
    assert_eq!(court.reject(&ada(), "No."), Err("approver_is_amender"));
    court.approve(&tomasz()).unwrap();
    assert_eq!(court.state(), ResultsState::Validated);
    court.share(&ada(), lines).unwrap();
    let shared = court.hearing.shared.as_ref().unwrap();
    let amended = shared.amended.as_ref().unwrap();
    assert_eq!(amended.approved_by, Some(tomasz()));
    assert_eq!(amended.by, ada());
}

#[test]
fn what_was_approved_is_shared_and_nothing_else() {
    let mut court = Court::amending(USER);
    court.ask(&ada(), vec![fine(31, "200.00")]).unwrap();
    let edit = court.may_edit(&ada()).unwrap_err();
    assert_eq!(edit.code, "waits_for_approval");
    court.approve(&tomasz()).unwrap();
    let edit = court.may_edit(&ada()).unwrap_err();
    assert_eq!(edit.code, "approved");
    assert_eq!(
        court.share(&ada(), vec![fine(31, "300.00")]),
        Err("not_what_was_approved")
    );
    // Whoever may share may share it: the decision is made.
    court.share(&tomasz(), vec![fine(31, "200.00")]).unwrap();
}

#[test]
fn a_rejected_amendment_leaves_the_shared_results_and_says_why() {
    let mut court = Court::amending(USER);
    assert_eq!(court.reject(&tomasz(), "No."), Err("nothing_to_approve"));
    court.ask(&ada(), vec![fine(31, "200.00")]).unwrap();
    assert_eq!(court.reject(&tomasz(), "  "), Err("reason_missing"));
    court.reject(&tomasz(), "The bench did say £100.").unwrap();
    assert_eq!(court.state(), ResultsState::Shared);
    let shared = court.hearing.shared.as_ref().unwrap();
    assert_eq!(
        (shared.version, &shared.lines),
        (1, &vec![fine(31, "100.00")])
    );
    let past = &court.hearing.past_amendments[0];
    assert_eq!(past.outcome, AmendmentOutcome::Rejected);
    assert_eq!(past.why.as_deref(), Some("The bench did say £100."));
    court.begin(&tomasz(), ADMIN).unwrap();
}

#[test]
fn two_people_do_not_amend_the_same_results() {
    let mut court = Court::amending(ADMIN);
    assert_eq!(court.begin(&tomasz(), ADMIN), Err("already_being_amended"));
    let told = begin_amendment(
        &court.hearing,
        Beginning {
            kind: ADMIN,
            reason: AmendmentReason::SlipRule,
            note: "Again".to_owned(),
            by: tomasz(),
            draft_revision: 0,
        },
    )
    .unwrap_err();
    assert!(told.message.contains("Ada Wren"), "{told:?}");
    let edit = court.may_edit(&tomasz()).unwrap_err();
    assert_eq!(edit.code, "locked");
    assert_eq!(
        court.share(&tomasz(), vec![fine(31, "200.00")]),
        Err("locked")
    );
    let cancels = cancel_amendment(&court.hearing, tomasz()).unwrap_err();
    assert_eq!(cancels.code, "locked");
}

#[test]
fn giving_up_keeps_what_is_shared() {
    let mut court = Court::amending(USER);
    court.ask(&ada(), vec![fine(31, "200.00")]).unwrap();
    let decided = cancel_amendment(&court.hearing, ada());
    court.done(decided).unwrap();
    assert_eq!(court.state(), ResultsState::Shared);
    assert_eq!(court.hearing.shared.as_ref().unwrap().version, 1);
    let again = cancel_amendment(&court.hearing, ada()).unwrap_err();
    assert_eq!(again.code, "not_being_amended");
}

#[test]
fn somebody_else_unlocks_with_a_reason_that_stays_in_the_record() {
    let mut court = Court::amending(ADMIN);
    let own = unlock_results(&court.hearing, ada(), "I am stuck").unwrap_err();
    assert_eq!(own.code, "own_amendment");
    let silent = unlock_results(&court.hearing, tomasz(), "").unwrap_err();
    assert_eq!(silent.code, "reason_missing");
    let decided = unlock_results(&court.hearing, tomasz(), "Ada has gone home.");
    court.done(decided).unwrap();
    assert_eq!(court.state(), ResultsState::Shared);
    let past = &court.hearing.past_amendments[0];
    assert_eq!(past.outcome, AmendmentOutcome::Unlocked);
    assert_eq!(past.by, ada());
    assert_eq!(past.why.as_deref(), Some("Ada has gone home."));
    let edit = court.may_edit(&ada()).unwrap_err();
    assert_eq!(edit.code, "already_shared");
}

#[test]
fn an_amendment_needs_a_reason_of_at_most_a_thousand_characters() {
    let court = Court::shared();
    let begin = |note: String| {
        begin_amendment(
            &court.hearing,
            Beginning {
                kind: ADMIN,
                reason: AmendmentReason::RecordedWrongly,
                note,
                by: ada(),
                draft_revision: 0,
            },
        )
        .map_err(|refusal| refusal.code)
    };
    assert_eq!(begin(" \n".to_owned()), Err("reason_missing"));
    assert!(begin("é".repeat(1_000)).is_ok());
    assert_eq!(begin("é".repeat(1_001)), Err("reason_too_long"));
}

#[test]
fn an_amendment_that_changes_nothing_is_not_shared() {
    let mut court = Court::amending(ADMIN);
    assert_eq!(
        court.share(&ada(), vec![fine(31, "100.00")]),
        Err("nothing_changed")
    );
    // Removed and typed again is the same.
    assert_eq!(
        court.share(&ada(), vec![fine(32, "100.00")]),
        Err("nothing_changed")
    );
    let mut court = Court::amending(USER);
    assert_eq!(
        court.ask(&ada(), vec![fine(31, "100.00")]),
        Err("nothing_changed")
    );
}

#[test]
fn an_administrative_correction_asks_nobody() {
    let mut court = Court::amending(ADMIN);
    assert_eq!(
        court.ask(&ada(), vec![fine(31, "200.00")]),
        Err("no_approval_needed")
    );
}

#[test]
fn a_result_for_another_defendants_offence_is_refused() {
    let mut court = Court::sitting();
    let mut foreign = fine(31, "100.00");
    foreign.offence = Some(id(22));
    assert_eq!(
        court.share(&ada(), vec![foreign.clone()]),
        Err("another_defendants_offence")
    );
    // Of nobody before the court, neither.
    foreign.offence = Some(id(99));
    assert_eq!(
        court.share(&ada(), vec![foreign.clone()]),
        Err("another_defendants_offence")
    );
    foreign.offence = None;
    court.share(&ada(), vec![foreign]).unwrap();
}

#[test]
fn two_lines_under_one_id_are_refused_because_only_one_would_be_shown() {
    let mut court = Court::amending(ADMIN);
    let mut hidden = fine(31, "9000.00");
    hidden.definition = id(902);
    assert_eq!(
        court.share(&ada(), vec![fine(31, "200.00"), hidden]),
        Err("two_lines_with_one_id")
    );
}

#[test]
fn a_finding_that_blocks_stops_an_amendment_too() {
    let mut court = Court::amending(ADMIN);
    court.findings = vec![Finding {
        line: None,
        defendant: id(11),
        offence: None,
        severity: Severity::Blocks,
        code: "missing".to_owned(),
        message: "Something is missing.".to_owned(),
        hint: String::new(),
        field: None,
        source: None,
    }];
    assert_eq!(
        court.share(&ada(), vec![fine(31, "200.00")]),
        Err("not_ready")
    );
}

#[test]
fn each_line_is_new_changed_unchanged_or_deleted() {
    let child = ResultLine {
        parent: Some(id(31)),
        definition: id(901),
        ..fine(33, "x")
    };
    let before = [fine(31, "100.00"), child.clone(), {
        let mut line = fine(34, "50.00");
        line.definition = id(902);
        line
    }];
    // The fine is typed again, its child with it; the costs go, and something is added.
    let again = ResultLine {
        id: id(41),
        ..fine(31, "100.00")
    };
    let its_child = ResultLine {
        id: id(43),
        parent: Some(id(41)),
        ..child
    };
    let mut added = fine(44, "1");
    added.definition = id(903);
    let changes = compare(&before, &[again, its_child, added]);
    let words: Vec<_> = changes.iter().map(|c| (c.line, c.change)).collect();
    assert_eq!(
        words,
        [
            (id(41), LineChange::Unchanged),
            (id(43), LineChange::Unchanged),
            (id(44), LineChange::New),
            (id(34), LineChange::Deleted),
        ]
    );
    assert!(!nothing_changed(&changes));
    // Of two alike for one offence, one goes: the other is not taken for both.
    let twice = [fine(31, "100.00"), fine(32, "50.00")];
    let gone = compare(&twice, &twice[..1]);
    let gone: Vec<_> = gone
        .iter()
        .filter(|c| c.change == LineChange::Deleted)
        .collect();
    assert!(gone.len() == 1 && gone[0].line == id(32));
    assert!(nothing_changed(&compare(&before, &before)));
    assert!(nothing_changed(&compare(&[], &[])));
}

#[test]
fn results_that_were_shared_before_there_were_versions_are_the_first() {
    let mut court = Court::sitting();
    let old = r#"{"type":"results_shared","day":"2026-11-23","lines":[],"results":[]}"#;
    court.happened(vec![serde_json::from_str(old).unwrap()]);
    let shared = court.hearing.shared.as_ref().unwrap();
    assert_eq!((shared.version, shared.amended.as_ref()), (1, None));
    // And a snapshot of then opens.
    let mut kept = serde_json::to_value(&court.hearing).unwrap();
    let fields = kept.as_object_mut().unwrap();
    for added in ["earlier", "amendment", "past_amendments"] {
        fields.remove(added);
    }
    for added in ["version", "amended", "listed"] {
        fields["shared"].as_object_mut().unwrap().remove(added);
    }
    let opened: Hearing = serde_json::from_value(kept).unwrap();
    assert_eq!(opened, court.hearing);
}

#[test]
fn a_hearing_that_has_begun_is_not_vacated() {
    let court = Court::sitting();
    assert!(vacate(&court.hearing, id(3)).is_empty());
    let mut listed = court.hearing;
    listed.state = vocabulary::HearingState::Listed;
    let events = vacate(&listed, id(3));
    let vacated = Hearing::fold(Some(listed), &events[0], at(9), "Ada Wren").unwrap();
    assert_eq!(vacated.state, vocabulary::HearingState::Vacated);
    assert!(vacate(&vacated, id(3)).is_empty());
}
