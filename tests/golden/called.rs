//! Every document of the catalogue that a result can call for, called for by one: the
//! result is recorded with its answers in a hearing of the demo court, and what the
//! server would make of it is printed. Texts by themselves are `bytes`'s.

use crate::{
    answers::line,
    expected::{compare, keep_for_looking_at, sha256},
    pages,
    printouts::{ADVISER, court},
    reader::read,
};
use app::{App, UseCase, demo::caller_for};
use contract::hearing::{
    self, EnterPlea, HearingDefendant, HearingView, LogEvent, Preview, PreviewDocument,
    RecordAttendance,
};
use domain::{
    now::{NowDefinition, ResultRef},
    result::{ChildTarget, ResultDefinition, Rule},
};
use std::{collections::BTreeSet, fmt::Write};
use uuid::Uuid;
use vocabulary::{Attendance, HearingId};

/// Of what a document prints beside its trigger, so much is recorded with it.
const BESIDE: usize = 3;
/// Of the results that call for a document, so many are tried.
const TRIGGERS: usize = 20;
/// Documents that no published result calls for, or that nobody receives: `reference
/// check` names each. Besides those, the notice that another document no longer applies,
/// which no result calls for, and what only the Crown Court makes: confiscation, a travel
/// restriction, a hospital direction, bail pending appeal, custody in default; and what is made only when
/// bail with conditions ended, which the journeys of bail show.
const NEVER: usize = 65;

#[tokio::test]
async fn every_document_that_a_result_can_call_for_is_called_for_and_prints_it() {
    let court = court().await;
    let app = &court.state.app;
    let hearings = [
        sitting(app, |_| true).await,
        sitting(app, |one| one.age.is_some_and(|age| age < 18)).await,
    ];
    let mut differences = Vec::new();
    let mut never = BTreeSet::new();
    for now in &app.catalogue.nows {
        let nobody = now.triggers.is_empty() || now.subscriptions.is_empty() || now.ends.is_some();
        if nobody || now.id == app.catalogue.ended_notice {
            never.insert(now.name.as_str());
            continue;
        }
        match called_for(app, &hearings, now).await {
            Ok(documents) => differences.extend(printed(now, documents)),
            Err(Missing::Trigger) => {
                never.insert(now.name.as_str());
            }
            Err(Missing::Document(why)) => differences.push(why),
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!(never.len(), NEVER, "{never:#?}");
}

/// Prints the copies of a document, and says what differs from its golden files.
fn printed(now: &NowDefinition, documents: Vec<PreviewDocument>) -> Vec<String> {
    let mut differences = Vec::new();
    for (nth, document) in documents.into_iter().enumerate() {
        let copy = if nth == 0 {
            String::new()
        } else {
            format!("_{}", nth + 1)
        };
        let name = format!("called_{}{copy}", now.text_key);
        if document.recipients.is_empty() {
            differences.push(format!("{name}: nobody receives it"));
        }
        let pdf = documents::render(&document.view).expect("a document");
        keep_for_looking_at(&name, &pdf);
        let found = read(&pdf);
        if !found.faults.is_empty() {
            differences.push(format!("{name}: {:?}", found.faults));
        }
        let mut text = found.tree.trim_start().to_owned();
        for artifact in &found.artifacts {
            let _ = write!(text, "\n--- {artifact}");
        }
        let _ = writeln!(text, "\n--- for {}", document.recipients.join("; "));
        differences.extend(compare(&format!("{name}.txt"), &text).err());
        let hash = format!("{}\n", sha256(&pdf));
        differences.extend(compare(&format!("{name}.sha256"), &hash).err());
        differences.extend(pages::compare(&name, &pdf).err());
    }
    differences
}

/// Why a document is not there.
enum Missing {
    /// No published result calls for it.
    Trigger,
    /// Results that should call for it do not.
    Document(String),
}

/// The copies of this document that the first of its triggers calls for that does: in any
/// of the hearings, with every question answered or only those that must be.
async fn called_for(
    app: &App,
    hearings: &[HearingId],
    now: &NowDefinition,
) -> Result<Vec<PreviewDocument>, Missing> {
    let mut tried = Vec::new();
    for &hearing_id in hearings {
        let room = ask(app, hearing::View { hearing_id }).await;
        let here: Vec<_> = in_force(app, &room).collect();
        let mut triggers: Vec<_> = named(&here, &now.triggers).collect();
        // A notice of what is to be paid is about a fine before anything else.
        triggers.sort_by_key(|own| own.code != "FO");
        triggers.truncate(TRIGGERS);
        for (trigger, whole) in triggers.iter().flat_map(|own| [(own, true), (own, false)]) {
            let lines = lines(app, &room, &here, now, (trigger, whole)).await;
            let answer = ask(app, Preview { hearing_id, lines }).await;
            let mut documents = answer.documents;
            documents.retain(|document| document.view.now_name == now.name);
            if !documents.is_empty() {
                return Ok(documents);
            }
            tried.push(trigger.code.clone());
        }
    }
    if tried.is_empty() {
        return Err(Missing::Trigger);
    }
    Err(Missing::Document(format!("{}: not by {tried:?}", now.name)))
}

fn in_force<'a>(app: &'a App, room: &HearingView) -> impl Iterator<Item = &'a ResultDefinition> {
    let (results, day, court) = (&app.catalogue.results, room.day, room.jurisdiction);
    results.definitions().iter().filter(move |own| {
        let current = results.by_code(&own.code, day);
        own.made_by(court) && current.is_some_and(|one| one.id == own.id)
    })
}

/// The results that a document names.
fn named<'a>(
    here: &[&'a ResultDefinition],
    refs: &[ResultRef],
) -> impl Iterator<Item = &'a ResultDefinition> {
    here.iter().copied().filter(|own| {
        refs.iter().any(|one| match one {
            // Every result does; a fine will do.
            ResultRef::Any => own.code == "FO",
            one => one.names_definition(own),
        })
    })
}

/// The trigger with what must stand under it, what the recipients ask for, and some of
/// what the document prints beside.
async fn lines(
    app: &App,
    room: &HearingView,
    here: &[&ResultDefinition],
    now: &NowDefinition,
    (trigger, whole): (&ResultDefinition, bool),
) -> Vec<hearing::Line> {
    let children = trigger.children.iter();
    let mandatory = children
        .filter(|child| child.rule == Rule::Mandatory)
        .filter_map(|child| {
            here.iter().copied().find(|own| match &child.target {
                ChildTarget::Code(code) => own.code.eq_ignore_ascii_case(code),
                ChildTarget::Id(id) => own.id == *id,
            })
        });
    let subscriptions = app.catalogue.subscriptions.iter();
    let wanted: Vec<_> = subscriptions
        .filter(|own| own.rules_applied && now.subscriptions.contains(&own.name))
        .flat_map(|own| named(here, &own.included_results).take(1))
        .collect();
    let beside = named(here, &now.children).chain(named(here, &now.roots));
    let mut lines = vec![line(app, room, trigger, (None, 0), whole).await];
    let parent = Some(lines[0].line_id);
    let mut seen = BTreeSet::from([trigger.id]);
    for own in mandatory.chain(wanted).chain(beside.take(BESIDE)) {
        if seen.insert(own.id) {
            let nth = lines.len();
            lines.push(line(app, room, own, (parent, nth), whole).await);
        }
    }
    lines
}

pub(crate) async fn ask<C: UseCase>(app: &App, command: C) -> C::View {
    let who = caller_for(ADVISER, &Uuid::now_v7().to_string()).expect("the legal adviser");
    app::answer(app, &who, command)
        .await
        .unwrap_or_else(|error| panic!("{error}"))
}

/// A hearing with one such defendant, under way: he or she is there and pleads guilty.
pub(crate) async fn sitting(app: &App, such: impl Fn(&HearingDefendant) -> bool) -> HearingId {
    let view = with_one(app, such).await;
    let hearing_id = view.hearing_id;
    let mut choices = view.log_choices.iter();
    let start = choices.find(|one| one.control.as_deref() == Some("start"));
    let begin = LogEvent {
        hearing_id,
        version: view.version,
        definition_id: start.expect("it can start").definition_id,
        defendant_id: None,
        note: None,
    };
    let mut version = ask(app, begin).await.version;
    for defendant in &view.defendants {
        let here = RecordAttendance {
            hearing_id,
            version,
            defendant_id: defendant.defendant_id,
            attendance: Attendance::InPerson,
        };
        version = ask(app, here).await.version;
        for offence in &defendant.offences {
            let plea = EnterPlea {
                hearing_id,
                version,
                offence_id: offence.offence_id,
                plea: "GUILTY".to_owned(),
            };
            version = ask(app, plea).await.version;
        }
    }
    hearing_id
}

/// The first hearing of today or later, not begun yet, of one such defendant.
async fn with_one(app: &App, such: impl Fn(&HearingDefendant) -> bool) -> HearingView {
    let today = app.chance.now().day();
    let courts = ask(app, hearing::Courtrooms {}).await.courts;
    for day in (0..60).map(|days| today.plus_days(days)) {
        for room in courts.iter().flat_map(|court| &court.rooms) {
            let listed = app.index.hearings_on(room.courtroom_id, day).await;
            for own in listed.expect("a list") {
                let hearing_id = own.hearing_id;
                let view = ask(app, hearing::View { hearing_id }).await;
                let can_start = view
                    .log_choices
                    .iter()
                    .any(|one| one.control.as_deref() == Some("start"));
                if can_start && view.log.is_empty() && view.defendants.iter().all(&such) {
                    return view;
                }
            }
        }
    }
    panic!("no such hearing in the demo court")
}
