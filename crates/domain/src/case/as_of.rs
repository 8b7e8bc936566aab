//! What stood of an offence on a day: a register of that day goes on saying it, whatever was
//! answered and found later.

use super::{OffenceState, Plea, Verdict};
use serde::{Deserialize, Serialize};
use vocabulary::{Day, HearingId};

/// A verdict, with the hearing in which it was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    hearing: HearingId,
    verdict: Verdict,
}

impl OffenceState {
    /// The plea that stood at the end of a day.
    #[must_use]
    pub fn plea_on(&self, day: Day) -> Option<&Plea> {
        let all = self.earlier_pleas.iter().chain(&self.plea);
        all.rev().find(|own| own.day <= day)
    }

    /// The verdict that stood at the end of a day.
    #[must_use]
    pub fn verdict_on(&self, day: Day) -> Option<&Verdict> {
        let all = self.found.iter().map(|own| &own.verdict);
        all.rev().find(|own| own.day <= day)
    }

    /// Whether its results had ended it by then.
    #[must_use]
    pub fn ended_by(&self, day: Day) -> bool {
        let mut results = self.results.iter();
        results.any(|(on, result)| *on <= day && result.is_final)
    }

    /// Another plea. One of the same day is put right by it; one of an earlier day stood until this
    /// one, and one of a later day stands: an older hearing that is put right does not undo it.
    pub(super) fn pleads(&mut self, plea: Plea) {
        self.earlier_pleas.extend(self.plea.take());
        self.earlier_pleas.retain(|own| own.day != plea.day);
        let place = self.earlier_pleas.partition_point(|own| own.day < plea.day);
        self.earlier_pleas.insert(place, plea);
        self.plea = self.earlier_pleas.pop();
    }

    /// Another verdict of a hearing, or none: its last is taken back, and was not given. One of an
    /// earlier day stood until this one. Its day may be put right to an earlier one: then it is the
    /// same verdict. What a later hearing found stands, of whichever day: an older one that is put
    /// right does not undo it. `order` are the hearings of the case,
    /// the earliest first.
    pub(super) fn finds(
        &mut self,
        hearing: HearingId,
        verdict: Option<Verdict>,
        order: &[HearingId],
    ) {
        let theirs = |own: &Found| own.hearing == hearing;
        let place = |of: HearingId| order.iter().position(|own| *own == of);
        if let Some(verdict) = verdict {
            let day = verdict.day;
            self.found
                .retain(|own| !theirs(own) || own.verdict.day < day);
            let now = place(hearing);
            let before = |own: &Found| place(own.hearing) <= now;
            let at = self.found.partition_point(before);
            self.found.insert(at, Found { hearing, verdict });
        } else if let Some(at) = self.found.iter().rposition(theirs) {
            self.found.remove(at);
        } else {
            // What was entered in another hearing may be found wrong in this one.
            self.found.pop();
        }
        self.verdict = self.found.last().map(|own| own.verdict.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{
        CaseEvent, Outcome,
        amended::tests::{case, day, id, result},
    };

    fn plea(value: &str, guilty: bool, on: i64) -> CaseEvent {
        CaseEvent::PleaEntered {
            hearing_id: id(31),
            offence_id: id(21),
            plea: value.to_owned(),
            label: value.to_owned(),
            guilty,
            day: day(on),
        }
    }

    fn found(code: &str, on: i64) -> CaseEvent {
        found_in(31, code, Outcome::Open, on)
    }

    fn found_in(hearing: u32, code: &str, outcome: Outcome, on: i64) -> CaseEvent {
        CaseEvent::VerdictEntered {
            hearing_id: id(hearing),
            offence_id: id(21),
            verdict: Verdict {
                code: code.to_owned(),
                label: code.to_owned(),
                category_type: "NO_VERDICT".to_owned(),
                outcome,
                day: day(on),
                instead: None,
                majority: None,
            },
        }
    }

    #[test]
    fn a_register_of_a_day_says_what_stood_then() {
        let events = [
            plea("NOT_GUILTY", false, 2),
            found("JURY_DISCHARGED", 4),
            plea("INDICATED", true, 9),
            // Put right on the same day: that is what was answered then.
            plea("GUILTY", true, 9),
            found("NO_VERDICT", 9),
        ];
        let mut case = case();
        for event in &events {
            case.apply(event, day(9).at(10, 0));
        }
        let offence = &case.defendants[0].offences[0];
        let plea = |on| offence.plea_on(day(on)).map(|own| own.value.as_str());
        assert_eq!((plea(1), plea(2)), (None, Some("NOT_GUILTY")));
        assert_eq!((plea(8), plea(9)), (Some("NOT_GUILTY"), Some("GUILTY")));
        let verdict = |on| offence.verdict_on(day(on)).map(|own| own.code.as_str());
        assert_eq!((verdict(3), verdict(4)), (None, Some("JURY_DISCHARGED")));
        assert_eq!(verdict(9), Some("NO_VERDICT"));
    }

    #[test]
    fn a_plea_that_is_put_right_in_an_older_hearing_leaves_the_later_one_and_the_conviction() {
        let mut case = case();
        for event in &[
            plea("NOT_GUILTY", false, 2),
            plea("GUILTY", true, 9),
            plea("NO_PLEA", false, 2),
        ] {
            case.apply(event, day(12).at(10, 0));
        }
        let offence = &case.defendants[0].offences[0];
        let plea = |on| offence.plea_on(day(on)).map(|own| own.value.as_str());
        assert_eq!((plea(2), plea(9)), (Some("NO_PLEA"), Some("GUILTY")));
        assert_eq!(
            offence.plea.as_ref().map(|own| own.day),
            Some(day(9)),
            "what was answered last stands"
        );
        assert_eq!(offence.convicted_on, Some(day(9)));
    }

    #[test]
    fn a_verdict_that_is_put_right_in_an_older_hearing_leaves_the_later_one_and_the_conviction() {
        let mut case = case();
        // The later one was listed first.
        for (hearing, on) in [(32, 9), (31, 5)] {
            let listed = CaseEvent::HearingAdded {
                hearing_id: id(hearing),
                kind: "Trial".to_owned(),
                court: "Courtroom 1".to_owned(),
                day: day(on),
                time: "10:00".to_owned(),
                court_id: None,
            };
            case.apply(&listed, day(1).at(10, 0));
        }
        let mut happens = |event: &CaseEvent| {
            case.apply(event, day(12).at(10, 0));
            case.defendants[0].offences[0].clone()
        };
        let code = |own: Option<&Verdict>| own.map(|own| own.code.clone());
        happens(&found_in(31, "NO_VERDICT", Outcome::Open, 5));
        happens(&found_in(32, "GUILTY", Outcome::Convicts, 9));
        // The jury of the first trial was discharged, and a day earlier than was typed.
        let offence = happens(&found_in(31, "JURY_DISCHARGED", Outcome::Open, 4));
        assert_eq!(code(offence.verdict.as_ref()).as_deref(), Some("GUILTY"));
        assert_eq!(offence.convicted_on, Some(day(9)));
        assert_eq!(
            code(offence.verdict_on(day(4))).as_deref(),
            Some("JURY_DISCHARGED")
        );
        // It was given on the eighth: that is the same verdict.
        let offence = happens(&found_in(32, "GUILTY", Outcome::Convicts, 8));
        assert_eq!(offence.convicted_on, Some(day(8)));
        // The later hearing may know better, also of a day of the older one.
        let offence = happens(&found_in(32, "GUILTY", Outcome::Convicts, 3));
        assert_eq!(offence.convicted_on, Some(day(3)));
        // Taken back in the older hearing it goes there, and in the later one there.
        let back = |hearing: u32| CaseEvent::VerdictTakenBack {
            hearing_id: id(hearing),
            offence_id: id(21),
        };
        let offence = happens(&back(31));
        assert_eq!(offence.convicted_on, Some(day(3)));
        let offence = happens(&back(32));
        assert_eq!((offence.verdict, offence.convicted_on), (None, None));
    }

    #[test]
    fn an_offence_has_ended_only_by_the_day_of_its_final_result() {
        let mut case = case();
        let offence = &mut case.defendants[0].offences[0];
        offence.results.push((day(9), result(1, true)));
        assert!(!offence.ended_by(day(8)) && offence.ended_by(day(9)));
    }
}
