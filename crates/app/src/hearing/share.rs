//! Sharing: the results become final, and in the same transaction every notice,
//! order and warrant they call for is asked for. Nothing can be shared and not
//! announced; the registers that prisons read are made with it. After an amendment they are shared again, and what no longer stands
//! is superseded in the same transaction.

use super::{
    Room,
    documents::{self, Wanted},
    draft,
    known::Known,
    next::{self, Calendar},
    officer, present,
    reshare::{self, Superseding},
    untranslated::untranslated,
};
use crate::{
    App, Caller, Error, UseCase,
    account::proof::must_be_proven,
    caller::SignedIn,
    ports::{Append, Expected, StreamAppend},
    register, relation,
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{ShareResults, ShareTarget, Shared, Unresolved},
};
use domain::{
    Event, Moment, Stream, StreamKind,
    case::{Case, CaseEvent},
    document::DocumentEvent,
    hearing::{
        HearingEvent, NextListed, Part, Sharing, Stage, Target, must_be_targets, part_of,
        share_results,
    },
    result::{
        Finding, HearingFacts, JudicialResult, OffenceInHearing, ResultLine, check,
        judicial_results, post_hearing_bail_status,
    },
};
use std::collections::HashSet;
use vocabulary::{AmendmentReason, BailStatus, DefendantId, DocumentId};

/// How often sharing is tried while documents of the same case are being filed.
const TRIES: usize = 4;

#[async_trait]
impl UseCase for ShareResults {
    /// Shares the draft of this revision, or exactly what was approved.
    async fn answer(self, app: &App, who: &Caller) -> Result<Shared, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ShareResults, &relation::at_best())?;
        must_be_proven(app, person)?;
        for _ in 1..TRIES {
            match share(app, who, person, &self).await {
                // A document of the case was filed or delivered meanwhile. Whether the
                // hearing itself changed is asked again.
                Err(Error::Stale) => {}
                outcome => return outcome,
            }
        }
        share(app, who, person, &self).await
    }
}

async fn share(
    app: &App,
    who: &Caller,
    person: &SignedIn,
    asked: &ShareResults,
) -> Result<Shared, Error> {
    let room = Room::enter_to(app, person, Action::ShareResults, asked.hearing_id).await?;
    room.at_version(asked.version)?;
    let sitting = room.as_sitting();
    let part = match approved(app, &room) {
        Some(part) => part,
        None => saved(app, &sitting, asked.revision, asked.targets.as_deref()).await?,
    };

    of_no_other_hearing(&sitting, &part.lines)?;
    let known = Known::of(app, &sitting).await?;
    let ready = Ready::of(app, &sitting, part, &known);
    let calendar = next::calendar(app, &room, &ready.results).await?;
    let sharing = ready.sharing(&sitting, calendar.listed());
    let hearing_events = share_results(&room.hearing, sharing, &officer(person))?;
    let moment = person.moment(app.chance.now());
    let (wanted, superseded) = documents_of(
        app,
        &room,
        (&sitting, &known),
        &ready.results,
        person,
        &moment,
    )
    .await?;

    let shared = Shared {
        version: room.hearing.version + hearing_events.len() as u64,
        documents: wanted.len() as u64,
    };
    let waiting = ready.waiting();
    let made = Made {
        results: &ready.results,
        in_part: !ready.part.left_out.is_empty(),
        waiting: &waiting,
        wanted: &wanted,
        superseded: &superseded,
        calendar: &calendar,
    };
    let mut streams = streams(app, &room, hearing_events, &made)?;
    let touched = ready.newly_of(&sitting);
    let registering = register::Sharing {
        hearing: &sitting.hearing,
        cases: &sitting.cases,
        organisations: &known.organisations,
        left_out: &ready.part.left_out,
        waiting: &waiting,
        touched: shared_before(&sitting).is_some().then_some(&touched),
        results: &ready.results,
        listed: &calendar.listed(),
        at: moment.at,
    };
    streams.extend(register::of_shared(app, &registering).await?);
    let appended = app
        .ledger
        .append(Append {
            command: who.command,
            moment,
            streams,
            answer: serde_json::to_value(shared)?,
        })
        .await?;
    log_shared(person, wanted.len());
    Ok(serde_json::from_value(appended.answer)?)
}

/// Refuses a line under the id of a result that another hearing shared: amending this
/// one would take that away.
fn of_no_other_hearing(sitting: &Room, lines: &[ResultLine]) -> Result<(), Problem> {
    let mut shared = sitting
        .cases
        .iter()
        .flat_map(|case| &case.defendants)
        .flat_map(|d| {
            d.results
                .iter()
                .chain(d.offences.iter().flat_map(|o| &o.results))
        });
    if shared.any(|(_, result)| lines.iter().any(|line| line.id == result.line)) {
        return Err(Problem::new(
            Code::Refused,
            "A line of these results is a result that another hearing shared.",
            "Remove that line and type it again.",
        ));
    }
    Ok(())
}

fn log_shared(person: &SignedIn, documents: usize) {
    tracing::info!(account = %person.account.id, documents, "results shared");
}

/// What somebody else approved: that and nothing else is shared.
fn approved(app: &App, room: &Room) -> Option<Part> {
    let hearing = &room.hearing;
    match &hearing.amendment.as_ref()?.stage {
        Stage::Validated { proposal, .. } => {
            let mut part = part_of(hearing, (Vec::new(), &[]), None, &room.facts(app).offences);
            part.lines.clone_from(&proposal.lines);
            Some(part)
        }
        Stage::Locked | Stage::ApprovalRequested { .. } => None,
    }
}

/// The lines of the draft for what is chosen, if it is the one that was seen and all of that is
/// results.
pub(super) async fn saved(
    app: &App,
    sitting: &Room,
    revision: u64,
    chosen: Option<&[ShareTarget]>,
) -> Result<Part, Error> {
    let kept = draft::current(app, sitting).await?;
    let kept = kept
        .filter(|draft| draft.revision == revision)
        .ok_or_else(|| {
            Problem::new(
                Code::Stale,
                "The results on your screen are not the ones saved last.",
                "Look at the saved results, then share them.",
            )
            .because("Nothing was shared.")
        })?;
    let offences = sitting.facts(app).offences;
    let chosen: Option<Vec<Target>> = chosen.map(|all| all.iter().map(target).collect());
    must_be_targets(
        &sitting.hearing,
        chosen.as_deref().unwrap_or_default(),
        &offences,
    )?;
    let written = draft::written(app, &kept);
    let unfinished = present::unresolved(Some(&kept));
    let words = present::worded(&unfinished);
    let typed = (written, words.as_slice());
    let part = part_of(&sitting.hearing, typed, chosen.as_deref(), &offences);
    let waits = |text: &Unresolved| part.left_out.contains(&present::target_of(text));
    let mut unfinished = unfinished.iter().filter(|text| !waits(text));
    if unfinished.any(|text| !text.text.trim().is_empty()) {
        return Err(Problem::new(
            Code::NotReady,
            "Some typed text is no result yet; nothing was shared.",
            "Choose a result for it, or clear it.",
        )
        .into());
    }
    Ok(part)
}

const fn target(named: &ShareTarget) -> Target {
    Target {
        defendant: named.defendant_id,
        offence: named.offence_id,
    }
}

/// Lines with what they make and what the check finds.
pub(super) struct Ready {
    pub(super) part: Part,
    pub(super) findings: Vec<Finding>,
    /// What it finds of the lines that are shared already, alone.
    pub(super) known: Vec<Finding>,
    pub(super) facts: HearingFacts,
    pub(super) results: Vec<JudicialResult>,
}

impl Ready {
    pub(super) fn of(app: &App, sitting: &Room, part: Part, known: &Known) -> Self {
        let facts = sitting.facts(app);
        let found = |lines: &[ResultLine]| found(app, sitting, (lines, &facts), known);
        let (results, mut findings) = found(&part.lines);
        findings.sort_by_key(|finding| finding.severity);
        let known = match shared_before(sitting) {
            Some(shared) => found(&shared.lines).1,
            None => Vec::new(),
        };
        Self {
            findings,
            known,
            results,
            facts,
            part,
        }
    }

    /// The defendants of whom an offence waits for its results: what became of them that day
    /// is not known yet.
    fn waiting(&self) -> HashSet<DefendantId> {
        let left_out = &self.part.left_out;
        let waits = |own: &&OffenceInHearing| {
            let target = Target {
                defendant: own.defendant,
                offence: Some(own.id),
            };
            !own.already_disposed && left_out.contains(&target)
        };
        let offences = self.facts.offences.iter().filter(waits);
        offences.map(|own| own.defendant).collect()
    }

    /// The defendants of whom something is shared that was not.
    pub(super) fn newly_of(&self, sitting: &Room) -> HashSet<DefendantId> {
        let shared = shared_before(sitting).into_iter();
        let before: HashSet<_> = shared.flat_map(|s| &s.lines).map(|line| line.id).collect();
        let new = |line: &&ResultLine| !before.contains(&line.id);
        let lines = self.part.lines.iter().filter(new);
        lines.map(|line| line.defendant).collect()
    }

    pub(super) fn sharing(&self, sitting: &Room, listed: Vec<NextListed>) -> Sharing<'_> {
        Sharing {
            day: sitting.day(),
            lines: self.part.lines.clone(),
            left_out: self.part.left_out.clone(),
            left: self.part.left.clone(),
            results: self.results.clone(),
            findings: &self.findings,
            known: &self.known,
            offences: &self.facts.offences,
            listed,
        }
    }
}

/// What stays as it is while more is shared; nothing, if it is the first or an amendment.
fn shared_before(room: &Room) -> Option<&domain::hearing::Shared> {
    let amending = room.hearing.amendment.is_some();
    room.hearing.shared.as_ref().filter(|_| !amending)
}

/// What lines make, and what the check finds of them.
fn found(
    app: &App,
    sitting: &Room,
    (lines, facts): (&[ResultLine], &HearingFacts),
    known: &Known,
) -> (Vec<JudicialResult>, Vec<Finding>) {
    let catalogue = &app.catalogue.results;
    let results = judicial_results(catalogue, lines, sitting.day());
    let mut findings = sitting.lowered.soften(check(catalogue, lines, facts));
    findings.extend(documents::missing(app, sitting, &results, known));
    findings.extend(untranslated(app, sitting, &results, known));
    (results, findings)
}

/// The documents to make, and those that no longer stand.
async fn documents_of(
    app: &App,
    room: &Room,
    (sitting, known): (&Room, &Known),
    results: &[JudicialResult],
    person: &SignedIn,
    moment: &Moment,
) -> Result<(Vec<Wanted>, Vec<Superseding>), Error> {
    let by = person.account.name.as_str();
    match (&sitting.hearing.shared, &sitting.hearing.amendment) {
        (Some(before), amendment) => {
            let reason = amendment.as_ref().map(|amendment| amendment.reason);
            let amending = reshare::Amending {
                sat: &room.as_it_sat(),
                before,
                results,
                reason: reason.unwrap_or(AmendmentReason::MoreShared),
                by,
                at: moment.at,
                id: &|_, _| DocumentId(app.chance.id()),
            };
            reshare::made_again(app, (sitting, known), &amending).await
        }
        (None, _) => {
            let id = |_: &documents::Called<'_>| DocumentId(app.chance.id());
            let wanted = documents::wanted(app, (sitting, known), results, by, moment.at, id)?;
            Ok((wanted, Vec::new()))
        }
    }
}

/// What the shared lines make.
struct Made<'a> {
    results: &'a [JudicialResult],
    /// Whether something remains.
    in_part: bool,
    /// The defendants of whom an offence waits.
    waiting: &'a HashSet<DefendantId>,
    wanted: &'a [Wanted],
    superseded: &'a [Superseding],
    calendar: &'a Calendar,
}

/// Everything that sharing changes, as one.
fn streams(
    app: &App,
    room: &Room,
    hearing_events: Vec<HearingEvent>,
    made: &Made<'_>,
) -> Result<Vec<StreamAppend>, Error> {
    let again = hearing_events.iter().find_map(|event| match event {
        HearingEvent::ResultsShared {
            version,
            amended: Some(amended),
            ..
        } => Some((*version, amended.deleted.clone())),
        _ => None,
    });
    let mut streams = vec![StreamAppend {
        stream: Stream::new(StreamKind::Hearing, room.hearing.id.0),
        expected: Expected::Version(room.hearing.version),
        key: room.hearing.id.0,
        events: hearing_events.into_iter().map(Event::Hearing).collect(),
    }];
    for case in &room.cases {
        let corrections = room.hearing.corrections().iter();
        let put_right = corrections.filter_map(|own| own.for_case(case.id));
        let mut events: Vec<CaseEvent> = put_right.cloned().collect();
        events.extend(resulted(app, room, case, made, again.as_ref()));
        events.extend(made.calendar.for_case(case.id));
        let superseded = made.superseded.iter();
        events.extend(superseded.filter_map(|one| one.for_case(case.id)));
        for document in made.wanted {
            let Some(defendant_id) = document.defendant_in(case.id) else {
                continue;
            };
            events.push(CaseEvent::DocumentAdded {
                document_id: document.id,
                name: document.called.name.clone(),
                kind: document.called.kind,
                defendant_id,
            });
        }
        streams.push(StreamAppend {
            stream: Stream::new(StreamKind::Case, case.id.0),
            expected: Expected::Version(case.version),
            key: case.id.0,
            events: events.into_iter().map(Event::Case).collect(),
        });
    }
    streams.extend(made.calendar.streams(room));
    streams.extend(made.superseded.iter().map(Superseding::stream));
    for document in made.wanted {
        streams.push(StreamAppend {
            stream: Stream::new(StreamKind::Document, document.id.0),
            expected: Expected::New,
            key: document.case.0,
            events: vec![Event::Document(DocumentEvent::DocumentRequested {
                document_id: document.id,
                now: document.called.now,
                name: document.called.name.clone(),
                kind: document.called.kind,
                hearing_id: room.hearing.id,
                case_id: document.case,
                defendant_id: document.called.defendant,
                view: serde_json::to_value(&document.view)?,
                deliveries: document.deliveries.clone(),
                split_key: document.called.split_key.clone(),
                replaces: document.replaces,
                welsh: document.owed.clone(),
                beside: document.beside.clone(),
            })],
        });
    }
    Ok(streams)
}

/// The results of one case that are shared now, with how its defendants leave the court. After
/// an amendment they take the place of those before.
fn resulted(
    app: &App,
    room: &Room,
    case: &Case,
    made: &Made<'_>,
    again: Option<&(u32, Vec<JudicialResult>)>,
) -> Option<CaseEvent> {
    let results = made.results;
    let before: HashSet<_> = shared_before(room)
        .into_iter()
        .flat_map(|shared| &shared.lines)
        .map(|line| line.id)
        .collect();
    let of_case = |result: &&JudicialResult| case.defendant(result.defendant).is_some();
    let mut own: Vec<JudicialResult> = results.iter().filter(of_case).cloned().collect();
    let bail = case
        .defendants
        .iter()
        .filter(|d| {
            let of = |own: &JudicialResult| own.defendant == d.charged.id;
            own.iter().any(|own| of(own) && !before.contains(&own.line))
        })
        .map(|d| {
            let status = post_hearing_bail_status(&app.catalogue.results, &own, d.charged.id);
            (d.charged.id, status)
        })
        // A result that says nothing of bail leaves it as it is while the case goes on, and
        // until each offence of theirs is dealt with.
        .filter(|(id, status)| {
            let ends = |r: &JudicialResult| r.defendant == *id && r.is_final;
            *status != BailStatus::NotApplicable
                || (!made.waiting.contains(id) && own.iter().any(ends))
        })
        .collect();
    let (hearing_id, day) = (room.hearing.id, room.day());
    match (&room.hearing.shared, &room.hearing.amendment, again) {
        (Some(before), Some(amendment), Some((version, deleted))) => {
            Some(CaseEvent::CaseResultsAmended {
                hearing_id,
                day,
                version: *version,
                reason: amendment.reason,
                replaced: before.results.iter().map(|result| result.line).collect(),
                deleted: deleted.iter().filter(of_case).cloned().collect(),
                results: own,
                bail,
            })
        }
        _ => {
            own.retain(|result| !before.contains(&result.line));
            // A case of which nothing is shared now is told nothing.
            let told = !own.is_empty() || !(made.in_part || room.hearing.shared.is_some());
            told.then_some(CaseEvent::CaseResulted {
                hearing_id,
                day,
                results: own,
                bail,
            })
        }
    }
}
