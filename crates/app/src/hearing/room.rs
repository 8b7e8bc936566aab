//! A hearing with its cases, loaded once for a use case.

use crate::{App, Error, caller::SignedIn, case::veil, relation};
use access::{Action, Facts};
use contract::{Code, Problem, hearing::Line};
use domain::{
    case::{Case, DefendantState, Party, is_same_person},
    hearing::{Hearing, Target, remaining},
    result::{DefendantInHearing, HearingFacts, OffenceInHearing, ResultLine, read},
    rules::LoweredRules,
};
use std::sync::Arc;
use vocabulary::{Day, DefendantId, HearingId};

/// A hearing with its cases.
#[derive(Clone)]
pub(crate) struct Room {
    pub(crate) hearing: Hearing,
    pub(crate) cases: Vec<Case>,
    /// The rules that are lowered now.
    pub(crate) lowered: Arc<LoweredRules>,
    /// How the person who entered stands to it.
    pub(crate) standing: Facts,
}

impl Room {
    /// Loads a hearing for somebody who does this in it, if they may: to see a hearing is not
    /// yet to work in it.
    pub(crate) async fn enter_to(
        app: &App,
        person: &SignedIn,
        action: Action,
        id: HearingId,
    ) -> Result<Self, Error> {
        relation::must(app, person, action, &relation::at_best())?;
        let room = Self::enter(app, person, id).await?;
        relation::must(app, person, action, &room.standing)?;
        Ok(room)
    }

    /// Loads what a person may see of a hearing.
    pub(crate) async fn enter(app: &App, person: &SignedIn, id: HearingId) -> Result<Self, Error> {
        // Whoever may open no hearing at all has nothing looked up for them.
        let at_best = relation::at_best();
        if !relation::may(app, person, Action::ViewHearing, &at_best).allowed {
            return Err(Problem::not_found().into());
        }
        let hearing = app
            .ledger
            .hearing(id)
            .await?
            .ok_or_else(Problem::not_found)?;
        let mut ids: Vec<_> = hearing.parties.iter().map(|party| party.case_id).collect();
        ids.dedup();
        let cases = app.ledger.cases(&ids).await?;
        let facts = relation::to_hearing_of(person, &hearing, &cases);
        // A hearing is another way into its cases, and asks for what they ask.
        veil::must_open(app, person, Action::ViewHearing, &facts, &cases)?;
        let lowered = crate::rules::lowered(app).await?;
        Ok(Self {
            hearing,
            cases,
            lowered,
            standing: facts,
        })
    }

    /// The same as the court has it before it: results of this hearing that are shared do not
    /// count as something that was known, and what their amendment puts right counts. What is
    /// typed is judged, and printed, from this.
    pub(crate) fn as_sitting(&self) -> Self {
        let sat = self.as_it_sat();
        let corrections = self.hearing.corrections();
        let Some(amendment) = self.hearing.amendment.as_ref() else {
            return sat;
        };
        let corrected = |case: &Case| {
            let found = corrections.iter().filter_map(|own| own.for_case(case.id));
            case.corrected(found, amendment.since)
        };
        Self {
            hearing: sat.hearing.corrected(),
            cases: sat.cases.iter().map(corrected).collect(),
            ..sat
        }
    }

    /// The same as the court had it before it when it sat: what was shared was made from this.
    pub(crate) fn as_it_sat(&self) -> Self {
        let shared = self.hearing.shared.iter();
        let lines: Vec<_> = shared
            .flat_map(|shared| &shared.results)
            .map(|result| result.line)
            .collect();
        Self {
            hearing: self.hearing.clone(),
            cases: self
                .cases
                .iter()
                .map(|case| case.before_results(self.hearing.id, &lines))
                .collect(),
            lowered: Arc::clone(&self.lowered),
            standing: self.standing.clone(),
        }
    }

    /// The hearing day.
    pub(crate) fn day(&self) -> Day {
        self.hearing.starts_at.day()
    }

    /// Refuses a command that was given on an older version of the hearing.
    pub(crate) fn at_version(&self, seen: u64) -> Result<(), Error> {
        if seen == self.hearing.version {
            return Ok(());
        }
        let last = self.hearing.log.last();
        let who = last.map_or_else(String::new, |entry| {
            format!(
                "Last logged: {}, by {} at {}. ",
                entry.label,
                entry.by,
                entry.at.clock()
            )
        });
        Err(Problem::new(
            Code::Stale,
            "Somebody else changed this hearing while you were looking at it.",
            "Look at what changed, then do it again if it is still needed.",
        )
        .because(format!(
            "{who}Nothing of yours was recorded, and nothing you typed is lost."
        ))
        .into())
    }

    /// The defendants before the court, each with their case.
    pub(crate) fn defendants(&self) -> impl Iterator<Item = (&Case, &DefendantState)> {
        self.hearing.parties.iter().filter_map(|party| {
            let case = self.cases.iter().find(|case| case.id == party.case_id)?;
            Some((case, case.defendant(party.defendant_id)?))
        })
    }

    /// Who the same person is in the first of their cases before the court.
    pub(super) fn person(&self, defendant: &DefendantState) -> DefendantId {
        let mut all = self.defendants().map(|(_, own)| &own.charged);
        let first = all.find(|own| is_same_person(own, &defendant.charged));
        first.map_or(defendant.charged.id, |own| own.id)
    }

    /// One of them.
    pub(crate) fn defendant(&self, id: DefendantId) -> Option<(&Case, &DefendantState)> {
        self.defendants().find(|(_, d)| d.charged.id == id)
    }

    /// What is not shared yet.
    pub(crate) fn remaining(&self, app: &App) -> Vec<Target> {
        remaining(&self.hearing, &self.facts(app).offences)
    }

    /// What the rules look at.
    pub(crate) fn facts(&self, app: &App) -> HearingFacts {
        self.facts_before(app, self.day())
    }

    /// The same, with what hearings before another day ordered of custody.
    pub(crate) fn facts_before(&self, app: &App, before: Day) -> HearingFacts {
        let rules = &app.catalogue.results.law.rules;
        let sends: &[String] = rules.get("CTL-SENT").map_or(&[], |rule| &rule.results);
        HearingFacts {
            day: self.day(),
            jurisdiction: self.hearing.jurisdiction,
            defendants: self
                .defendants()
                .map(|(_, d)| DefendantInHearing {
                    id: d.charged.id,
                    person: self.person(d),
                    name: d.charged.party.name(),
                    date_of_birth: d.charged.party.date_of_birth(),
                    organisation: matches!(d.charged.party, Party::Organisation { .. }),
                    driver_number: match &d.charged.party {
                        Party::Person { driver_number, .. } => driver_number.clone(),
                        Party::Organisation { .. } => None,
                    },
                    attendance: self.hearing.attendance_of(d.charged.id),
                    held: d.held_before(before),
                })
                .collect(),
            offences: self
                .defendants()
                .flat_map(|(_, d)| {
                    d.offences.iter().map(|o| OffenceInHearing {
                        id: o.charged.id,
                        defendant: d.charged.id,
                        code: o.charged.code.clone(),
                        title: o.charged.title.clone(),
                        committed_on: Some(o.charged.committed_from),
                        committed_to: o.charged.committed_to,
                        max_penalty: o.charged.max_penalty.clone(),
                        mode_of_trial: o.charged.mode_of_trial.clone(),
                        plea: o.plea.as_ref().map(|plea| plea.value.clone()),
                        plea_on: o.plea.as_ref().map(|plea| plea.day),
                        sent_on: o.resulted_before(before, sends),
                        time_limit: o.limit_set_before(before, "CTLDATE"),
                        verdict: o.verdict.as_ref().map(|own| own.category_type.clone()),
                        convicted_on: o.convicted_on,
                        already_disposed: o
                            .results
                            .iter()
                            .any(|(day, result)| *day != self.day() && result.is_final),
                    })
                })
                .collect(),
        }
    }
}

/// Lines as the domain reads them: each answer in its one written form. What
/// cannot be read stays as typed, and the check says so.
pub(crate) fn lines(app: &App, typed: &[Line]) -> Vec<ResultLine> {
    typed
        .iter()
        .map(|line| {
            let mut answers = line.answers.clone();
            if let Some(definition) = app.catalogue.results.definition(line.definition_id) {
                // An answer to no question of this result would be shared and never shown.
                let asked: Vec<&str> = definition
                    .fields
                    .iter()
                    .flat_map(|field| field.references())
                    .collect();
                answers.retain(|reference, _| asked.contains(&reference.as_str()));
                for field in &definition.fields {
                    for reference in field.references() {
                        if let Some(answer) = answers.get_mut(reference)
                            && !answer.trim().is_empty()
                            && let Ok(written) = read(field, answer)
                        {
                            *answer = written;
                        }
                    }
                }
            }
            answers.retain(|_, answer| !answer.trim().is_empty());
            ResultLine {
                id: line.line_id,
                definition: line.definition_id,
                defendant: line.defendant_id,
                offence: line.offence_id,
                parent: line.parent,
                answers,
            }
        })
        .collect()
}

/// Lines as the window has them.
pub(crate) fn typed(line: &ResultLine) -> Line {
    Line {
        line_id: line.id,
        definition_id: line.definition,
        defendant_id: line.defendant,
        offence_id: line.offence,
        parent: line.parent,
        answers: line.answers.clone(),
    }
}
