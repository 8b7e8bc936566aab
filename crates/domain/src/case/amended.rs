//! Results of a hearing that were amended: those before go, with what followed
//! from them, and the new ones take their place in the order of days. What a later
//! hearing decided stands.

use super::{BailSet, Case, CaseEvent, DefendantState, OffenceState, Outcome};
use crate::result::JudicialResult;
use vocabulary::{BailStatus, Day, DefendantId, HearingId, Instant, ResultLineId};

impl Case {
    /// The case as it was before the results of a hearing: what the court had before
    /// it when it sat.
    #[must_use]
    pub fn before_results(&self, hearing: HearingId, lines: &[ResultLineId]) -> Self {
        let mut case = self.clone();
        case.take_back(hearing, lines);
        case
    }

    /// The case as it is once pleas and verdicts are put right.
    #[must_use]
    pub fn corrected<'a>(
        &self,
        found: impl IntoIterator<Item = &'a CaseEvent>,
        at: Instant,
    ) -> Self {
        let mut case = self.clone();
        for event in found {
            case.apply(event, at);
        }
        case
    }

    pub(super) fn results_amended(
        &mut self,
        hearing: HearingId,
        day: Day,
        replaced: &[ResultLineId],
        (results, bail): (&[JudicialResult], &[(DefendantId, BailStatus)]),
    ) {
        let places = self.take_back(hearing, replaced);
        for result in results {
            match result.offence {
                Some(id) => {
                    if let Some(offence) = self.offence_mut(id) {
                        put(&mut offence.results, day, result);
                        offence.convict_again();
                    }
                }
                None => {
                    if let Some(defendant) = self.defendant_mut(result.defendant) {
                        put(&mut defendant.results, day, result);
                    }
                }
            }
        }
        for defendant in &mut self.defendants {
            let id = defendant.charged.id;
            if let Some((_, status)) = bail.iter().find(|(whose, _)| *whose == id) {
                let set = BailSet {
                    hearing,
                    day,
                    status: *status,
                };
                let place = places.iter().find(|(whose, _)| *whose == id);
                defendant.bail_decided(place.map(|(_, place)| *place), set);
            }
        }
    }

    /// Removes the results of these lines and what they said of bail; says where
    /// among the decisions on bail that was.
    fn take_back(
        &mut self,
        hearing: HearingId,
        lines: &[ResultLineId],
    ) -> Vec<(DefendantId, usize)> {
        let mut places = Vec::new();
        for defendant in &mut self.defendants {
            defendant.results.retain(|(_, r)| !lines.contains(&r.line));
            for offence in &mut defendant.offences {
                let before = offence.results.len();
                offence.results.retain(|(_, r)| !lines.contains(&r.line));
                if offence.results.len() != before {
                    offence.convict_again();
                }
            }
            if let Some(place) = defendant.take_bail_of(hearing) {
                places.push((defendant.charged.id, place));
            }
        }
        places
    }
}

/// Puts a result after those of its day and before those of later days.
pub(super) fn put(results: &mut Vec<(Day, JudicialResult)>, day: Day, result: &JudicialResult) {
    let place = results.iter().position(|(other, _)| *other > day);
    results.insert(place.unwrap_or(results.len()), (day, result.clone()));
}

impl DefendantState {
    fn last_bail(&self) -> BailStatus {
        self.bail_set
            .last()
            .map_or(self.charged.bail, |set| set.status)
    }

    /// Removes what a hearing decided on bail; says where among the decisions that was.
    pub(super) fn take_bail_of(&mut self, hearing: HearingId) -> Option<usize> {
        let mut decided = self.bail_set.iter();
        let place = decided.position(|set| set.hearing == hearing)?;
        self.bail_set.remove(place);
        self.bail = self.last_bail();
        Some(place)
    }

    /// A decision on bail in its old place, or after those of its day.
    pub(super) fn bail_decided(&mut self, place: Option<usize>, set: BailSet) {
        let place = place.unwrap_or_else(|| {
            let later = self.bail_set.iter().position(|other| other.day > set.day);
            later.unwrap_or(self.bail_set.len())
        });
        self.bail_set.insert(place.min(self.bail_set.len()), set);
        self.bail = self.last_bail();
    }
}

impl OffenceState {
    /// The day of conviction, from what was found or else admitted, and the results that
    /// stand, in order.
    pub(super) fn convict_again(&mut self) {
        let verdict = self.verdict.as_ref().filter(|own| own.outcome.decides());
        let mut found = match (verdict, &self.plea) {
            (Some(own), _) => Some((own.day, own.outcome == Outcome::Convicts)),
            (None, Some(plea)) => Some((plea.day, plea.guilty)),
            (None, None) => None,
        };
        let mut convicted_on = None;
        for (day, result) in &self.results {
            if let Some((on, convicts)) = found.take_if(|(on, _)| *on <= *day) {
                convicted_on = convicts.then_some(on);
            }
            if result.convicted {
                convicted_on.get_or_insert(*day);
            } else if result.terminates_proceedings {
                convicted_on = None;
            }
        }
        if let Some((on, convicts)) = found {
            convicted_on = convicts.then_some(on);
        }
        self.convicted_on = convicted_on;
    }

    /// The day of the conviction that stands beside results of it that are only being shared:
    /// where one of them withdraws the offence, or ends it in another way without a conviction,
    /// what was pleaded or found before counts no more.
    pub fn convicted_beside<'r>(
        &self,
        results: impl IntoIterator<Item = &'r JudicialResult>,
    ) -> Option<Day> {
        let mut results = results.into_iter();
        let ended = results.any(|own| own.terminates_proceedings && !own.convicted);
        self.convicted_on.filter(|_| !ended)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{
        case::{Address, Defendant, Offence, Party, Prosecutor},
        result::{Category, Level, SetLimit},
    };
    use vocabulary::{AmendmentReason, InitiationCode, OffenceId, Urn};

    pub(in crate::case) fn id<T: std::str::FromStr>(n: u32) -> T {
        match format!("00000000-0000-7000-8000-{n:012x}").parse() {
            Ok(id) => id,
            Err(_) => panic!("{n} made no id"),
        }
    }

    pub(in crate::case) fn day(n: i64) -> Day {
        "2026-11-20".parse::<Day>().unwrap().plus_days(n)
    }

    fn now() -> Instant {
        day(0).at(10, 0)
    }

    /// A result of the one offence.
    pub(in crate::case) fn result(line: u32, convicts: bool) -> JudicialResult {
        JudicialResult {
            line: id(line),
            definition: id(900),
            code: "FO".to_owned(),
            label: "Fine".to_owned(),
            welsh_label: None,
            category: Category::Final,
            level: Level::Offence,
            rank: 1,
            cjs_code: None,
            groups: Vec::new(),
            text: format!("Fine {line}"),
            prompts: Vec::new(),
            answers: std::collections::BTreeMap::new(),
            defendant: id(11),
            offence: Some(id::<OffenceId>(21)),
            parent: None,
            post_hearing_custody_status: BailStatus::NotApplicable,
            convicted: convicts,
            financial: false,
            adjournment: false,
            is_final: convicts,
            terminates_proceedings: false,
            urgent: false,
            d20: false,
            next_hearing: None,
            only_for: Vec::new(),
        }
    }

    pub(in crate::case) fn case() -> Case {
        let created = CaseEvent::CaseCreated {
            case_id: id(1),
            urn: Urn::parse("29GD0000126").unwrap(),
            initiation: InitiationCode::Charge,
            prosecutor: Prosecutor {
                ou_code: "GAAAA01".to_owned(),
                name: "CPS Ashmere".to_owned(),
                informant: None,
            },
            markers: Vec::new(),
            defendants: vec![Defendant {
                id: id(11),
                prosecutor_reference: "D1".to_owned(),
                asn: None,
                pnc_id: None,
                cro_number: None,
                confirmed_as: Vec::new(),
                told_apart: Vec::new(),
                party: Party::Organisation {
                    name: "Quayside Cycles Ltd".to_owned(),
                    aliases: Vec::new(),
                },
                address: Address::default(),
                email: None,
                telephone: None,
                documents_in_welsh: false,
                hearing_in_welsh: false,
                bail: BailStatus::Unconditional,
                bail_conditions: None,
                offences: vec![Offence {
                    id: id(21),
                    number: 1,
                    code: "TH68010".to_owned(),
                    title: "Theft".to_owned(),
                    title_welsh: None,
                    legislation: String::new(),
                    wording: "Stole a bicycle.".to_owned(),
                    wording_welsh: None,
                    mode_of_trial: "Either Way".to_owned(),
                    max_penalty: None,
                    dvla_code: None,
                    committed_from: day(-30),
                    committed_to: None,
                    date_code: 1,
                    location: None,
                    charged_on: None,
                    arrested_on: None,
                    vehicle_registration: None,
                }],
            }],
            submission: None,
        };
        Case::begin(&created, now()).unwrap()
    }

    pub(in crate::case) fn happened(case: Case, event: &CaseEvent) -> Case {
        Case::fold(Some(case), event, now()).unwrap()
    }

    pub(in crate::case) fn resulted(
        case: Case,
        hearing: u32,
        on: i64,
        result: JudicialResult,
        bail: Option<BailStatus>,
    ) -> Case {
        let event = CaseEvent::CaseResulted {
            hearing_id: id(hearing),
            day: day(on),
            results: vec![result],
            bail: bail.into_iter().map(|status| (id(11), status)).collect(),
        };
        happened(case, &event)
    }

    fn amended(
        case: Case,
        (hearing, on): (u32, i64),
        replaced: u32,
        results: Vec<JudicialResult>,
        bail: Option<BailStatus>,
    ) -> Case {
        let event = CaseEvent::CaseResultsAmended {
            hearing_id: id(hearing),
            day: day(on),
            version: 2,
            reason: AmendmentReason::RecordedWrongly,
            replaced: vec![id(replaced)],
            results,
            deleted: Vec::new(),
            bail: bail.into_iter().map(|status| (id(11), status)).collect(),
        };
        happened(case, &event)
    }

    pub(in crate::case) fn convicted(case: &Case) -> Option<Day> {
        case.defendants[0].offences[0].convicted_on
    }

    #[test]
    fn the_last_limit_set_is_known_with_its_day_also_when_an_earlier_one_is_amended() {
        let limit = |line, expires: i64| {
            let mut own = result(line, false);
            own.answers
                .insert("CTLDATE".to_owned(), day(expires).to_string());
            own
        };
        let set = |case: &Case, before| {
            case.defendants[0].offences[0].limit_set_before(day(before), "CTLDATE")
        };
        let case = resulted(case(), 3, 1, limit(31, 57), None);
        let first = SetLimit {
            on: day(1),
            expires: day(57),
        };
        assert_eq!(set(&case, 1), None);
        assert_eq!(set(&case, 2), Some(first));
        let case = resulted(case, 4, 15, limit(41, 170), None);
        let second = SetLimit {
            on: day(15),
            expires: day(170),
        };
        assert_eq!(set(&case, 15), Some(first));
        assert_eq!(set(&case, 16), Some(second));
        let case = amended(case, (3, 1), 31, vec![limit(32, 56)], None);
        assert_eq!(set(&case, 16), Some(second));
    }

    #[test]
    fn an_amended_result_takes_the_place_of_the_one_before() {
        let case = resulted(case(), 3, 1, result(31, true), None);
        assert!(case.concluded());
        assert_eq!(convicted(&case), Some(day(1)));
        let case = amended(case, (3, 1), 31, vec![result(32, true)], None);
        let lines: Vec<_> = case.defendants[0].offences[0]
            .results
            .iter()
            .map(|(_, result)| result.line)
            .collect();
        assert_eq!(lines, [id(32)]);
        assert_eq!(convicted(&case), Some(day(1)));
    }

    #[test]
    fn a_conviction_goes_with_the_result_that_made_it_and_one_by_plea_stays() {
        let shared = resulted(case(), 3, 1, result(31, true), None);
        let without = amended(shared, (3, 1), 31, Vec::new(), None);
        assert_eq!((convicted(&without), without.concluded()), (None, false));

        let plea = CaseEvent::PleaEntered {
            hearing_id: id(3),
            offence_id: id(21),
            plea: "GUILTY".to_owned(),
            label: "Guilty".to_owned(),
            guilty: true,
            day: day(0),
        };
        let shared = resulted(happened(case(), &plea), 3, 1, result(31, true), None);
        let without = amended(shared, (3, 1), 31, Vec::new(), None);
        assert_eq!(convicted(&without), Some(day(0)));
    }

    #[test]
    fn bail_goes_back_to_what_it_was_when_its_result_is_taken_away() {
        let custody = BailStatus::Custody;
        let case = resulted(case(), 3, 1, result(31, false), Some(custody));
        assert_eq!(case.defendants[0].bail, custody);
        let before = case.before_results(id(3), &[id(31)]);
        assert_eq!(before.defendants[0].bail, BailStatus::Unconditional);
        assert!(before.defendants[0].offences[0].results.is_empty());
        let case = amended(case, (3, 1), 31, vec![result(32, false)], None);
        assert_eq!(case.defendants[0].bail, BailStatus::Unconditional);
    }

    #[test]
    fn a_later_part_of_an_older_hearing_does_not_override_a_newer_one() {
        let case = resulted(case(), 3, 1, result(31, false), Some(BailStatus::Custody));
        let case = resulted(case, 4, 5, result(41, false), Some(BailStatus::Conditional));
        let case = resulted(case, 3, 1, result(32, true), Some(BailStatus::Custody));
        assert_eq!(case.defendants[0].bail, BailStatus::Conditional);
        // Nor does the first part of a hearing between the two.
        let case = resulted(case, 5, 3, result(51, false), Some(BailStatus::Custody));
        assert_eq!(case.defendants[0].bail, BailStatus::Conditional);
        let own = &case.defendants[0];
        let set: Vec<_> = own.bail_set.iter().map(|set| set.day).collect();
        assert_eq!(set, [day(1), day(3), day(5)]);
        let lines = own.offences[0].results.iter();
        let lines: Vec<_> = lines.map(|(on, result)| (*on, result.line)).collect();
        assert_eq!(
            lines,
            [
                (day(1), id(31)),
                (day(1), id(32)),
                (day(3), id(51)),
                (day(5), id(41))
            ]
        );
        assert_eq!(convicted(&case), Some(day(1)));
    }

    #[test]
    fn an_older_hearing_shared_again_does_not_override_a_newer_one() {
        let case = resulted(case(), 3, 1, result(31, false), Some(BailStatus::Custody));
        let case = resulted(case, 4, 5, result(41, false), Some(BailStatus::Conditional));
        let case = amended(
            case,
            (3, 1),
            31,
            vec![result(32, false)],
            Some(BailStatus::Unconditional),
        );
        assert_eq!(case.defendants[0].bail, BailStatus::Conditional);
        let days: Vec<_> = case.defendants[0].offences[0]
            .results
            .iter()
            .map(|(day, result)| (*day, result.line))
            .collect();
        assert_eq!(days, [(day(1), id(32)), (day(5), id(41))]);
    }
}
