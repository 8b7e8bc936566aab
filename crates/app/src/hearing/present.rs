//! A hearing in words.

use super::{
    Room,
    known::Known,
    room::{lines, typed},
    share,
};
use crate::{App, case::present, ports::KeptDraft, result::matched};
use contract::{
    hearing::{
        Draft, DraftLine, Finding, HearingDefendant, HearingOffence, Line, LogChoice, LogEntry,
        Majority, PleaChoice, Proposal, Readiness, ShareTarget, SharedView, TimeLimitView,
        Unresolved, VerdictChoice, VerdictView,
    },
    result::Match,
};
use domain::{
    case::Verdict,
    hearing::{Control, Hearing, Shared, Target, elsewhere, part_of, refusals},
    result::{self, ResultLine, result_text},
};
use reference::{PleaValue, VerdictType};
use std::collections::{HashMap, HashSet};
use vocabulary::{Day, DefendantId, HearingState, OffenceId, Severity};

pub(super) fn defendants(
    app: &App,
    room: &Room,
    verdict_days: &HashMap<DefendantId, Vec<Day>>,
) -> Vec<HearingDefendant> {
    let today = app.chance.now().day();
    let limits = time_limits(app, room, today);
    // While results are amended, what is found and how somebody attended is as the amendment
    // has it.
    let amended = room.hearing.amendment.is_some().then(|| room.as_sitting());
    let heard = amended.as_ref().unwrap_or(room);
    room.defendants()
        .map(|(case, state)| {
            let born = state.charged.party.date_of_birth();
            HearingDefendant {
                defendant_id: state.charged.id,
                case_id: case.id,
                urn: case.urn.clone(),
                name: state.charged.party.name(),
                date_of_birth: born,
                age: born.map(|born| born.years_until(today)),
                bail: present::liberty(app, state).to_owned(),
                in_custody: present::held(app, state),
                represented_by: state.represented_by.as_ref().map(|r| r.shown()),
                attendance: heard.hearing.attendance_of(state.charged.id),
                interpreter: present::interpreter(state),
                verdict_days: verdict_days
                    .get(&state.charged.id)
                    .cloned()
                    .unwrap_or_default(),
                offences: heard
                    .defendant(state.charged.id)
                    .iter()
                    .flat_map(|(_, own)| &own.offences)
                    .map(|o| HearingOffence {
                        offence_id: o.charged.id,
                        number: o.charged.number,
                        code: o.charged.code.clone(),
                        title: o.charged.title.clone(),
                        legislation: o.charged.legislation.clone(),
                        wording: o.charged.wording.clone(),
                        committed: o.charged.committed(),
                        mode_of_trial: o.charged.mode_of_trial.clone(),
                        plea: o.plea.as_ref().map(domain::case::Plea::dated),
                        plea_value: o.plea.as_ref().map(|plea| plea.value.clone()),
                        verdict: o.verdict.as_ref().map(verdict),
                        verdict_open: o.plea.as_ref().is_none_or(|plea| !plea.guilty)
                            && !o.results.iter().any(|(_, result)| result.is_final),
                        time_limit: limits.get(&o.charged.id).cloned(),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn verdict(own: &Verdict) -> VerdictView {
    VerdictView {
        code: own.code.clone(),
        text: own.dated(),
        day: own.day,
        instead: own.instead.clone(),
        majority: own.majority.map(majority),
    }
}

fn majority(own: domain::case::Majority) -> Majority {
    Majority {
        agreed: own.agreed,
        dissented: own.dissented,
    }
}

/// From so many days before a custody time limit it is shown as soon.
const SOON: i64 = 14;

/// The custody time limits that run, by offence: as a hearing set them, or worked out
/// where none did.
fn time_limits(app: &App, room: &Room, today: Day) -> HashMap<OffenceId, TimeLimitView> {
    let facts = room.facts_before(app, today.plus_days(1));
    let law = &app.catalogue.results.law;
    facts
        .offences
        .iter()
        .filter_map(|offence| {
            let defendant = facts
                .defendants
                .iter()
                .find(|d| d.id == offence.defendant)?;
            let running = result::running_limit(law, defendant, offence, today)?;
            let days_left = today.days_until(running.expires);
            let (day, left) = (running.expires.in_words(), days_left.abs());
            let days = if left == 1 { "day" } else { "days" };
            let text = match days_left {
                ..0 => format!("Custody time limit expired on {day}, {left} {days} ago"),
                0 => format!("Custody time limit expires today, {day}"),
                _ => format!("Custody time limit {day}: {left} {days} left"),
            };
            let how = match (&running.reckoned, running.confirmed) {
                (None, _) => "as the court set it".to_owned(),
                (Some(how), true) => format!("worked out: {how}"),
                (Some(how), false) => format!("worked out, not confirmed: {how}"),
            };
            let view = TimeLimitView {
                expires: running.expires,
                days_left,
                soon: days_left <= SOON,
                text,
                how,
            };
            Some((offence.id, view))
        })
        .collect()
}

pub(super) fn log(hearing: &Hearing) -> Vec<LogEntry> {
    hearing
        .log
        .iter()
        .rev()
        .map(|entry| LogEntry {
            entry_id: entry.id,
            at: entry.at,
            clock: entry.at.clock(),
            label: entry.label.clone(),
            note: entry.note.clone(),
            by: entry.by.clone(),
        })
        .collect()
}

/// The events that the hearing's state lets somebody log now.
pub(super) fn log_choices(app: &App, hearing: &Hearing) -> Vec<LogChoice> {
    app.catalogue
        .log_events
        .iter()
        .filter(|event| match (hearing.state, Control::of(event.id)) {
            (HearingState::Listed, control) => control == Some(Control::Start),
            (HearingState::Started, control) => {
                !matches!(control, Some(Control::Start | Control::Resume))
            }
            (HearingState::Paused, control) => control == Some(Control::Resume),
            (HearingState::Ended, control) => {
                control == Some(Control::Resume) && hearing.shared.is_none()
            }
            (HearingState::Vacated, _) => false,
        })
        .map(|event| LogChoice {
            definition_id: event.id,
            label: event.label.clone(),
            group: event.group.clone(),
            control: Control::of(event.id).map(|control| {
                match control {
                    Control::Start => "start",
                    Control::Pause => "pause",
                    Control::Resume => "resume",
                    Control::End => "end",
                }
                .to_owned()
            }),
        })
        .collect()
}

/// The pleas that this court takes.
pub(super) fn offered<'a>(
    app: &'a App,
    hearing: &'a Hearing,
) -> impl Iterator<Item = &'a PleaValue> {
    app.catalogue
        .plea_values
        .iter()
        .filter(|plea| plea.offered && plea.kind == "plea" && taken_in(&plea.jurisdiction, hearing))
}

pub(super) fn plea_choices(app: &App, hearing: &Hearing) -> Vec<PleaChoice> {
    offered(app, hearing)
        .map(|plea| PleaChoice {
            value: plea.value.clone(),
            label: plea.description.clone(),
        })
        .collect()
}

/// The verdicts that this court gives.
pub(super) fn verdicts_of<'a>(
    app: &'a App,
    hearing: &'a Hearing,
) -> impl Iterator<Item = &'a VerdictType> {
    app.catalogue
        .verdict_types
        .iter()
        .filter(|own| own.offered && taken_in(&own.jurisdiction, hearing))
}

pub(super) fn verdict_choices(app: &App, hearing: &Hearing) -> Vec<VerdictChoice> {
    verdicts_of(app, hearing)
        .map(|own| VerdictChoice {
            code: own.code.clone(),
            label: own.description.clone(),
            names_another: own.names_another,
            by_majority: own.by_majority,
        })
        .collect()
}

/// The majorities of a jury, where one of its verdicts may be given by majority.
pub(super) fn majorities(app: &App, hearing: &Hearing) -> Vec<Majority> {
    let all = app.catalogue.jury_majorities.iter().copied().map(majority);
    if verdicts_of(app, hearing).any(|own| own.by_majority) {
        all.collect()
    } else {
        Vec::new()
    }
}

/// Whether a plea or a verdict is one of this court's.
fn taken_in(jurisdiction: &str, hearing: &Hearing) -> bool {
    matches!(jurisdiction, "" | "EITHER") || jurisdiction == hearing.jurisdiction.as_str()
}

/// A draft with its texts and its readiness.
pub(super) fn draft(app: &App, room: &Room, kept: Option<&KeptDraft>, known: &Known) -> Draft {
    let empty = Vec::new();
    let kept_lines = kept.map_or(&empty, |draft| &draft.lines);
    let typed_lines: Vec<Line> = kept_lines.iter().map(typed).collect();
    let unresolved = unresolved(kept);
    let readiness = readiness(app, room, (&typed_lines, &unresolved), known);
    Draft {
        revision: kept.map_or(0, |draft| draft.revision),
        lines: draft_lines(app, kept_lines, &lines(app, &typed_lines)),
        unresolved,
        saved: kept.map(|draft| format!("{} at {}", draft.by, draft.at.clock())),
        readiness,
    }
}

/// A target as the window names it.
pub(super) const fn target(target: Target) -> ShareTarget {
    ShareTarget {
        defendant_id: target.defendant,
        offence_id: target.offence,
    }
}

/// The target of typed text.
pub(super) const fn target_of(text: &Unresolved) -> Target {
    Target {
        defendant: text.defendant_id,
        offence: text.offence_id,
    }
}

/// The targets for which there is such text.
pub(super) fn worded(unresolved: &[Unresolved]) -> Vec<Target> {
    let words = unresolved.iter();
    let words = words.filter(|own| !own.text.trim().is_empty());
    words.map(target_of).collect()
}

/// Typed text of a draft that is no result yet.
pub(super) fn unresolved(kept: Option<&KeptDraft>) -> Vec<Unresolved> {
    kept.and_then(|draft| serde_json::from_value(draft.unresolved.clone()).ok())
        .unwrap_or_default()
}

/// Lines as typed, each with the text of what it means.
fn draft_lines(app: &App, kept: &[ResultLine], written: &[ResultLine]) -> Vec<DraftLine> {
    kept.iter()
        .zip(written)
        .map(|(kept, written)| {
            let definition = app.catalogue.results.definition(kept.definition);
            DraftLine {
                line: typed(kept),
                definition: definition.map_or_else(
                    || Match {
                        definition_id: kept.definition,
                        code: String::new(),
                        label: "Unknown result".to_owned(),
                        category: String::new(),
                        level: String::new(),
                    },
                    matched,
                ),
                text: definition
                    .map(|d| result_text(d, written))
                    .unwrap_or_default(),
            }
        })
        .collect()
}

/// What blocks sharing, and what warns.
pub(super) fn readiness(
    app: &App,
    room: &Room,
    (typed, unresolved): (&[Line], &[Unresolved]),
    known: &Known,
) -> Readiness {
    let offences = room.facts(app).offences;
    let words = worded(unresolved);
    let part = part_of(&room.hearing, (lines(app, typed), &words), None, &offences);
    let ready = share::Ready::of(app, room, part, known);
    let new = ready.newly_of(room);
    let refused = refused(room, &ready);
    let unattended = unattended(room, &new);
    let proposed = result::proposals(&app.catalogue.results, &ready.part.lines, &ready.facts);
    let shared = (ready.part.lines.as_slice(), ready.part.left_out.as_slice());
    let mut found = ready.findings;
    found.retain(|finding| !elsewhere(&room.hearing, shared, &ready.known, finding));
    let mut findings: Vec<Finding> = unresolved
        .iter()
        .filter(|text| !text.text.trim().is_empty())
        .filter(|text| !ready.part.left_out.contains(&target_of(text)))
        .map(|text| Finding {
            severity: Severity::Blocks,
            code: "unresolved_text".to_owned(),
            message: format!("\u{201c}{}\u{201d} is no result yet.", text.text.trim()),
            hint: "Press Enter to add it, choose a result for it, or clear it.".to_owned(),
            line_id: None,
            field: None,
            defendant_id: Some(text.defendant_id),
            offence_id: text.offence_id,
            source: None,
            lowered: None,
        })
        .collect();
    findings.extend(refused);
    findings.extend(found.into_iter().map(|finding| Finding {
        severity: finding.severity,
        lowered: crate::rules::lowering(&room.lowered, &finding.code),
        code: finding.code,
        message: finding.message,
        hint: finding.hint,
        line_id: finding.line,
        field: finding.field,
        defendant_id: Some(finding.defendant),
        offence_id: finding.offence,
        source: finding.source,
    }));
    findings.extend(unattended);
    let stops = |of: DefendantId| {
        findings.iter().any(|finding| {
            finding.severity == Severity::Blocks && finding.defendant_id.is_none_or(|own| own == of)
        })
    };
    let finished = room.defendants().map(|(_, own)| own.charged.id);
    Readiness {
        ready: !new.is_empty() && findings.iter().all(|f| f.severity != Severity::Blocks),
        finished: finished
            .filter(|own| new.contains(own) && !stops(*own))
            .collect(),
        findings,
        proposals: proposed
            .into_iter()
            .map(|own| Proposal {
                line_id: own.line,
                field: own.field,
                answer: own.answer,
                shown: own.shown,
                message: own.message,
                source: own.source,
                unconfirmed: own.unconfirmed,
            })
            .collect(),
    }
}

/// Defendants with results to share of whom nobody recorded whether they attend. Which documents there
/// are, and to whom they go, hangs on it.
fn unattended(room: &Room, new: &HashSet<DefendantId>) -> Vec<Finding> {
    room.defendants()
        .map(|(_, defendant)| &defendant.charged)
        .filter(|charged| new.contains(&charged.id))
        .filter(|charged| room.hearing.attendance_of(charged.id).is_none())
        .map(|charged| Finding {
            severity: Severity::Warns,
            code: "attendance_missing".to_owned(),
            message: format!("No attendance of {} is recorded.", charged.party.name()),
            hint: "Record it under Attendance, pleas, verdicts (Alt+2).".to_owned(),
            line_id: None,
            field: None,
            defendant_id: Some(charged.id),
            offence_id: None,
            source: None,
            lowered: None,
        })
        .collect()
}

/// What sharing would refuse whatever the results say: told while they are typed.
fn refused(room: &Room, ready: &share::Ready) -> Vec<Finding> {
    refusals(&room.hearing, &ready.part.lines, &ready.facts.offences)
        .into_iter()
        .map(|(line, refusal)| {
            let of = ready.part.lines.iter().find(|own| Some(own.id) == line);
            Finding {
                severity: Severity::Blocks,
                code: refusal.code.to_owned(),
                message: refusal.message.into_owned(),
                hint: refusal.hint.into_owned(),
                line_id: line,
                field: None,
                defendant_id: of.map(|own| own.defendant),
                offence_id: of.and_then(|own| own.offence),
                source: None,
                lowered: None,
            }
        })
        .collect()
}

pub(super) fn shared(app: &App, shared: &Shared) -> SharedView {
    SharedView {
        at: shared.at,
        by: shared.by.clone(),
        version: shared.version,
        lines: draft_lines(app, &shared.lines, &shared.lines),
    }
}
