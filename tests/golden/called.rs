//! Every document of the catalogue that a result can call for, called for by one: the
//! result is recorded with its answers in a hearing of the demo court, and what the
//! server would make of it is printed. Texts by themselves are `bytes`'s.

use crate::{
    answers::line,
    expected::{compare, keep_for_looking_at, sha256},
    pages,
    printouts::{ADVISER, court, delivered},
    reader::read,
};
use app::{App, Caller, UseCase, demo::caller_for};
use contract::hearing::{
    self, EnterPlea, HearingDefendant, HearingView, LogEvent, Preview, PreviewDocument,
    RecordAttendance,
};
use domain::{
    now::{NowDefinition, ResultRef},
    result::{ChildTarget, ResultDefinition, ResultLine, Rule},
};
use reference::examples;
use std::{collections::BTreeSet, fmt::Write};
use testkit::TestCourt;
use uuid::Uuid;
use vocabulary::{Attendance, DocumentId, HearingId, Jurisdiction};

/// The clerk of the Crown Court of the demo court.
const CLERK: &str = "ruth.ellery@court.example.test";

/// Of what a document prints beside its trigger, so much is recorded with it.
const BESIDE: usize = 3;
/// Of the results that call for a document, so many are tried.
const TRIGGERS: usize = 20;
/// Documents that no published result calls for, or that nobody receives: `reference
/// check` names each. Besides those, the notice that another document no longer applies,
/// which no result calls for, and what is made only when bail with conditions ended, which
/// the journeys of bail show.
const NEVER: usize = 57;

#[tokio::test]
async fn every_document_that_a_result_can_call_for_is_called_for_and_prints_it() {
    let court = court().await;
    let app = &court.state.app;
    let hearings = [
        (ADVISER, sitting(app, |_| true).await),
        (
            ADVISER,
            sitting(app, |one| one.age.is_some_and(|age| age < 18)).await,
        ),
        (CLERK, sitting_of_the_crown_court(&court).await),
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
        differences.extend(speaks_to_somebody_else(&name, &document, &text));
        let hash = format!("{}\n", sha256(&pdf));
        differences.extend(compare(&format!("{name}.sha256"), &hash).err());
        differences.extend(pages::compare(&name, &pdf).err());
    }
    differences
}

/// A copy that the defendant does not get tells nobody else that they can appeal. A parent who is
/// ordered to pay can.
fn speaks_to_somebody_else(name: &str, document: &PreviewDocument, text: &str) -> Option<String> {
    let theirs = document.recipients.contains(&document.view.defendant.name);
    let own_appeal = name == "called_fine_notice_to_parent_or_guardian";
    let said = ["You can appeal", "You can ask the Court of Appeal"];
    let said = said.into_iter().find(|said| text.contains(said));
    let said = said.filter(|_| !theirs && !own_appeal)?;
    Some(format!("{name}: {:?} read {said:?}", document.recipients))
}

/// A sitting of the Crown Court, to which the magistrates' court sent a defendant on bail.
async fn sitting_of_the_crown_court(court: &TestCourt) -> HearingId {
    let app = &court.state.app;
    let hearing_id = sitting(app, |_| true).await;
    let room = ask(app, hearing::View { hearing_id }).await;
    let mut lines = Vec::new();
    for defendant in &room.defendants {
        for offence in &defendant.offences {
            let sent = examples::example(
                &app.catalogue,
                "sending_on_bail",
                defendant.defendant_id,
                offence.offence_id,
                room.day,
            );
            lines.extend(sent.expect("this example").into_iter().map(typed));
        }
    }
    let saving = hearing::SaveDraft {
        hearing_id,
        revision: room.draft.revision,
        lines,
        unresolved: Vec::new(),
    };
    let draft = ask(app, saving).await.draft;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness);
    let sharing = hearing::ShareResults {
        hearing_id,
        version: room.version,
        revision: draft.revision,
        targets: None,
    };
    ask(app, sharing).await;
    // What the documents record of the case is recorded before anybody acts on it.
    delivered(court).await;
    let sent_to = |view: &HearingView| view.jurisdiction == Jurisdiction::Crown;
    begun(app, CLERK, with_one(app, CLERK, sent_to).await).await
}

fn typed(line: ResultLine) -> hearing::Line {
    hearing::Line {
        line_id: line.id,
        definition_id: line.definition,
        defendant_id: line.defendant,
        offence_id: line.offence,
        parent: line.parent,
        answers: line.answers,
    }
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
    hearings: &[(&str, HearingId)],
    now: &NowDefinition,
) -> Result<Vec<PreviewDocument>, Missing> {
    let mut tried = Vec::new();
    for &(whom, hearing_id) in hearings {
        let room = asked_by(app, whom, hearing::View { hearing_id }).await;
        let here: Vec<_> = in_force(app, &room).collect();
        let mut triggers: Vec<_> = named(&here, &now.triggers).collect();
        // A notice of what is to be paid is about a fine before anything else.
        triggers.sort_by_key(|own| own.code != "FO");
        triggers.truncate(TRIGGERS);
        for (trigger, whole) in triggers.iter().flat_map(|own| [(own, true), (own, false)]) {
            let lines = lines((app, whom), &room, &here, now, (trigger, whole)).await;
            let answer = asked_by(app, whom, Preview { hearing_id, lines }).await;
            let mut documents = answer.documents;
            documents.retain(|document| document.view.now_name == now.name);
            if !documents.is_empty() {
                if whom == CLERK {
                    alike(&mut documents);
                }
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

/// The hearing of the Crown Court was listed by sharing, under an id that is another each time,
/// and what is made of it has ids that follow from it: here they are always the same.
fn alike(documents: &mut [PreviewDocument]) {
    for (nth, document) in documents.iter_mut().enumerate() {
        document.view.document_id = DocumentId(Uuid::from_u128(nth as u128 + 1));
        document.view.verification_code = "0000-0000-0000".to_owned();
    }
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
    (app, whom): (&App, &str),
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
    let mut lines = vec![line((app, whom), room, trigger, (None, 0), whole).await];
    let parent = Some(lines[0].line_id);
    let mut seen = BTreeSet::from([trigger.id]);
    for own in mandatory.chain(wanted).chain(beside.take(BESIDE)) {
        if seen.insert(own.id) {
            let nth = lines.len();
            lines.push(line((app, whom), room, own, (parent, nth), whole).await);
        }
    }
    lines
}

pub(crate) async fn ask<C: UseCase>(app: &App, command: C) -> C::View {
    asked_by(app, ADVISER, command).await
}

fn caller(whom: &str) -> Caller {
    caller_for(whom, &Uuid::now_v7().to_string()).expect("somebody of a court")
}

pub(crate) async fn asked_by<C: UseCase>(app: &App, whom: &str, command: C) -> C::View {
    app::answer(app, &caller(whom), command)
        .await
        .unwrap_or_else(|error| panic!("{error}"))
}

/// A hearing with one such defendant, under way: he or she is there and pleads guilty.
pub(crate) async fn sitting(app: &App, such: impl Fn(&HearingDefendant) -> bool) -> HearingId {
    let all_such = |view: &HearingView| view.defendants.iter().all(&such);
    begun(app, ADVISER, with_one(app, ADVISER, all_such).await).await
}

async fn begun(app: &App, whom: &str, view: HearingView) -> HearingId {
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
    let mut version = asked_by(app, whom, begin).await.version;
    for defendant in &view.defendants {
        let here = RecordAttendance {
            hearing_id,
            version,
            defendant_id: defendant.defendant_id,
            attendance: Attendance::InPerson,
        };
        version = asked_by(app, whom, here).await.version;
        for offence in &defendant.offences {
            let plea = EnterPlea {
                hearing_id,
                version,
                offence_id: offence.offence_id,
                plea: "GUILTY".to_owned(),
            };
            version = asked_by(app, whom, plea).await.version;
        }
    }
    hearing_id
}

/// The first such hearing of today or later, not begun yet, that this person can start.
async fn with_one(app: &App, whom: &str, such: impl Fn(&HearingView) -> bool) -> HearingView {
    let today = app.chance.now().day();
    let courts = asked_by(app, whom, hearing::Courtrooms {}).await.courts;
    for day in (0..60).map(|days| today.plus_days(days)) {
        for room in courts.iter().flat_map(|court| &court.rooms) {
            let listed = app.index.hearings_on(room.courtroom_id, day).await;
            for own in listed.expect("a list") {
                let hearing_id = own.hearing_id;
                // What another court hears is not theirs to open.
                let view = hearing::View { hearing_id };
                let Ok(view) = app::answer(app, &caller(whom), view).await else {
                    continue;
                };
                let can_start = view
                    .log_choices
                    .iter()
                    .any(|one| one.control.as_deref() == Some("start"));
                if can_start && view.log.is_empty() && such(&view) {
                    return view;
                }
            }
        }
    }
    panic!("no such hearing in the demo court")
}
