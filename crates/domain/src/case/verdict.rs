//! A verdict is entered in court: what the court found on an offence that was not admitted.

use super::{Case, CaseEvent, plea::undecided};
use crate::Refusal;
use serde::{Deserialize, Serialize};
use vocabulary::{Day, HearingId, OffenceId};

/// The most characters by which another offence is named.
pub const LONGEST_OTHER_OFFENCE: usize = 250;

/// What a verdict says of guilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Guilty, of the offence charged or of another in its place.
    Convicts,
    /// Not guilty.
    Acquits,
    /// A finding that is neither: a disability, that the defendant did the act.
    Finds,
    /// No verdict: the jury could not agree, or none was taken.
    Open,
}

impl Outcome {
    /// Whether the court found on it, so that no trial is waited for.
    #[must_use]
    pub const fn decides(self) -> bool {
        !matches!(self, Self::Open)
    }
}

/// How a jury was divided: Juries Act 1974 s.17.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Majority {
    /// Jurors who agreed.
    pub agreed: u8,
    /// Jurors who did not.
    pub dissented: u8,
}

/// A verdict, or another finding on an offence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Code, for instance `NGJU`.
    pub code: String,
    /// In words.
    pub label: String,
    /// `GUILTY`, `NO_VERDICT` …, as published: what the rules go by.
    pub category_type: String,
    /// What it says of guilt.
    pub outcome: Outcome,
    /// The day on which it was given.
    pub day: Day,
    /// The offence of which the defendant was found guilty in place of the one charged.
    #[serde(default)]
    pub instead: Option<String>,
    /// How the jury was divided, of a verdict by majority.
    #[serde(default)]
    pub majority: Option<Majority>,
}

impl Verdict {
    /// What was found: the label, and the other offence where it names one.
    #[must_use]
    pub fn named(&self) -> String {
        match &self.instead {
            Some(other) => format!("{} {other}", self.label),
            None => self.label.clone(),
        }
    }

    /// The same, with how the jury was divided. The foreman says it in open court before
    /// a verdict of guilty by majority is taken: Juries Act 1974 s.17(3).
    #[must_use]
    pub fn in_words(&self) -> String {
        let named = self.named();
        match self.majority {
            Some(own) => format!(
                "{named}, by a majority of {} to {}",
                own.agreed, own.dissented
            ),
            None => named,
        }
    }

    /// The same, with its day.
    #[must_use]
    pub fn dated(&self) -> String {
        format!("{}, {}", self.in_words(), self.day.in_words())
    }
}

/// What the reference data lets a verdict of this kind have.
#[derive(Debug, Clone, Copy)]
pub struct Allows<'a> {
    /// It names another offence, and must.
    pub names_another: bool,
    /// The majorities by which it may be given; none if it is not a split jury's.
    pub majorities: &'a [Majority],
}

/// Decides whether the verdict is entered. Which kinds exist is reference data; the
/// caller has looked the kind up. `heard` are the days on which the defendant's case was
/// heard so far: a verdict is given on one of them.
///
/// # Errors
/// If there is no such offence, it has a final result or is admitted, the case was not
/// heard on that day, the verdict lacks the other offence or has what its kind has not,
/// or it is the one already entered.
pub fn enter_verdict(
    case: &Case,
    (hearing, heard): (HearingId, &[Day]),
    offence: OffenceId,
    verdict: Verdict,
    allows: Allows<'_>,
) -> Result<Vec<CaseEvent>, Refusal> {
    let state = undecided(case, offence)?;
    // A plea of guilty convicts by itself: Magistrates' Courts Act 1980 s.9(3).
    if state.plea.as_ref().is_some_and(|plea| plea.guilty) {
        return Err(Refusal::new(
            "plea_of_guilty",
            "The plea to this offence is guilty, which convicts without a verdict.",
            "If the plea was changed, enter the new plea first.",
        ));
    }
    if !heard.contains(&verdict.day) {
        return Err(Refusal::new(
            "not_heard_that_day",
            format!(
                "The case of this defendant was not heard on {}.",
                verdict.day.in_words()
            ),
            "Choose the day of this hearing or of an earlier one.",
        ));
    }
    let other = verdict.instead.as_deref().map(str::trim);
    let named = other.is_some_and(|text| !text.is_empty());
    // Found guilty of another offence: Criminal Law Act 1967 s.6(3).
    if allows.names_another && !named {
        return Err(Refusal::new(
            "other_offence_missing",
            "This verdict names the offence of which the defendant is guilty instead.",
            "Say which offence.",
        ));
    }
    if other.is_some() && !allows.names_another {
        return Err(Refusal::new(
            "no_other_offence",
            "This verdict is about the offence charged and names no other.",
            "Leave the other offence out, or choose a verdict that names one.",
        ));
    }
    if other.is_some_and(|text| {
        text.chars().count() > LONGEST_OTHER_OFFENCE || text.chars().any(char::is_control)
    }) {
        return Err(Refusal::new(
            "other_offence_too_long",
            format!("Another offence is named in one line of {LONGEST_OTHER_OFFENCE} characters."),
            "Use its title, or its code and title.",
        ));
    }
    if let Some(majority) = verdict.majority
        && !allows.majorities.contains(&majority)
    {
        return Err(Refusal::new(
            "no_such_majority",
            "This verdict cannot be given by that majority.",
            "Choose one of the majorities offered, or none.",
        ));
    }
    let verdict = Verdict {
        instead: other.map(str::to_owned),
        ..verdict
    };
    if state.verdict.as_ref() == Some(&verdict) {
        return Err(Refusal::new(
            "same_verdict",
            "That verdict is already entered for this offence.",
            "There is nothing more to do.",
        ));
    }
    Ok(vec![CaseEvent::VerdictEntered {
        hearing_id: hearing,
        offence_id: offence,
        verdict,
    }])
}

/// Decides whether a verdict that was entered by mistake is taken back.
///
/// # Errors
/// If there is no such offence, it has a final result, or no verdict stands.
pub fn take_verdict_back(
    case: &Case,
    hearing: HearingId,
    offence: OffenceId,
) -> Result<Vec<CaseEvent>, Refusal> {
    let state = undecided(case, offence)?;
    if state.verdict.is_none() {
        return Err(Refusal::new(
            "no_verdict",
            "No verdict is entered for this offence.",
            "There is nothing to take back.",
        ));
    }
    Ok(vec![CaseEvent::VerdictTakenBack {
        hearing_id: hearing,
        offence_id: offence,
    }])
}

#[cfg(test)]
mod tests {
    use super::super::amended::tests::{case, convicted, day, happened, id, result, resulted};
    use super::*;

    fn guilty(on: i64) -> Verdict {
        Verdict {
            code: "G".to_owned(),
            label: "Found guilty".to_owned(),
            category_type: "GUILTY_BY_JURY_CONVICTED".to_owned(),
            outcome: Outcome::Convicts,
            day: day(on),
            instead: None,
            majority: None,
        }
    }

    const TEN_TO_TWO: Majority = Majority {
        agreed: 10,
        dissented: 2,
    };

    fn entered(
        case: &Case,
        verdict: Verdict,
        names_another: bool,
    ) -> Result<Vec<CaseEvent>, &'static str> {
        let heard = [day(0), day(5)];
        let allows = Allows {
            names_another,
            majorities: &[TEN_TO_TWO],
        };
        enter_verdict(case, (id(3), &heard), id(21), verdict, allows).map_err(|own| own.code)
    }

    fn with(case: Case, verdict: Verdict) -> Case {
        let events = entered(&case, verdict, false).unwrap();
        events.iter().fold(case, happened)
    }

    fn plea(value: &str, on: i64) -> CaseEvent {
        CaseEvent::PleaEntered {
            hearing_id: id(3),
            offence_id: id(21),
            plea: value.to_owned(),
            label: value.to_owned(),
            guilty: value == "GUILTY",
            day: day(on),
        }
    }

    #[test]
    fn a_verdict_convicts_from_its_own_day_and_an_acquittal_takes_that_away() {
        let denied = happened(case(), &plea("NOT_GUILTY", 5));
        let found = with(denied, guilty(0));
        assert_eq!(convicted(&found), Some(day(0)));
        // A plea of not guilty that is put right afterwards does not undo the finding.
        let found = happened(found, &plea("NO_PLEA", 5));
        assert_eq!(convicted(&found), Some(day(0)));
        // Nor does a result of a later day that convicts move it.
        let sentenced = resulted(found.clone(), 4, 9, result(31, true), None);
        assert_eq!(convicted(&sentenced), Some(day(0)));
        let acquitted = with(
            found.clone(),
            Verdict {
                code: "N".to_owned(),
                outcome: Outcome::Acquits,
                ..guilty(5)
            },
        );
        assert_eq!(convicted(&acquitted), None);
        let back = take_verdict_back(&found, id(3), id(21)).unwrap();
        let back = back.iter().fold(found, happened);
        assert_eq!(convicted(&back), None);
        assert_eq!(
            take_verdict_back(&back, id(3), id(21)).unwrap_err().code,
            "no_verdict"
        );
    }

    #[test]
    fn a_jury_that_cannot_agree_leaves_it_to_be_tried_again() {
        let open = Verdict {
            code: "JUTA".to_owned(),
            outcome: Outcome::Open,
            ..guilty(0)
        };
        let open = with(case(), open);
        assert_eq!(convicted(&open), None);
        // The defendant may admit it then, and is convicted on that day.
        let admitted = happened(open.clone(), &plea("GUILTY", 5));
        assert_eq!(convicted(&admitted), Some(day(5)));
        assert_eq!(convicted(&with(open, guilty(5))), Some(day(5)));
    }

    #[test]
    fn a_verdict_is_of_a_day_in_court_and_has_what_its_kind_has() {
        let case = case();
        assert_eq!(entered(&case, guilty(1), false), Err("not_heard_that_day"));
        assert_eq!(
            entered(&case, guilty(0), true),
            Err("other_offence_missing")
        );
        let lesser = |text: &str| Verdict {
            instead: Some(text.to_owned()),
            ..guilty(0)
        };
        assert_eq!(
            entered(&case, lesser("Common assault"), false),
            Err("no_other_offence")
        );
        assert_eq!(
            entered(&case, lesser(" \t"), true),
            Err("other_offence_missing")
        );
        assert_eq!(
            entered(&case, lesser(&"x".repeat(251)), true),
            Err("other_offence_too_long")
        );
        assert!(entered(&case, lesser("Common assault"), true).is_ok());
        let split = |agreed, dissented| Verdict {
            majority: Some(Majority { agreed, dissented }),
            ..guilty(0)
        };
        assert_eq!(entered(&case, split(9, 3), false), Err("no_such_majority"));
        let found = with(case, split(10, 2));
        let verdict = found.defendants[0].offences[0].verdict.as_ref().unwrap();
        assert_eq!(verdict.in_words(), "Found guilty, by a majority of 10 to 2");
        assert_eq!(entered(&found, split(10, 2), false), Err("same_verdict"));
    }

    #[test]
    fn what_is_admitted_needs_no_verdict_and_what_is_found_no_plea_of_guilty() {
        let admitted = happened(case(), &plea("GUILTY", 0));
        assert_eq!(entered(&admitted, guilty(0), false), Err("plea_of_guilty"));
        let found = with(case(), guilty(0));
        let guilty_too = ("GUILTY", "Guilty", true);
        let refused = super::super::enter_plea(&found, id(3), id(21), guilty_too, day(5));
        assert_eq!(refused.unwrap_err().code, "verdict_stands");
        let concluded = resulted(found, 3, 5, result(31, true), None);
        assert_eq!(
            entered(&concluded, guilty(5), false),
            Err("offence_concluded")
        );
    }
}
