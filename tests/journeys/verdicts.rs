//! What the court finds on an offence that was not admitted: entered, put right and taken
//! back before sharing, refused where no court would find it, the day of conviction at a
//! later hearing, and in whatever shows the case.

use crate::{
    intake,
    printouts::{bytes, court_of, reader, text},
    register,
    steps::{example, find, look, path_case, save, share, start, view},
};
use app::{demo, ports::Chance};
use client::{Bytes, Client};
use contract::{
    Code, Problem,
    hearing::{Draft, EnterPlea, EnterVerdict, HearingView, Line, Majority},
};
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use testkit::{Setting, Submission, TestCourt};
use vocabulary::{Day, HearingId, Instant, OffenceId};

/// Days by which the court's clock is ahead of its start.
static AHEAD: AtomicI64 = AtomicI64::new(0);

struct Clock(Arc<dyn Chance>);

impl Chance for Clock {
    fn now(&self) -> Instant {
        let ahead = AHEAD.load(Ordering::SeqCst);
        self.0.now().plus_seconds(ahead * 24 * 60 * 60)
    }

    fn id(&self) -> uuid::Uuid {
        self.0.id()
    }

    fn secret(&self) -> [u8; 32] {
        self.0.secret()
    }
}

fn on(view: &HearingView, offence: usize, verdict: &str) -> EnterVerdict {
    EnterVerdict {
        hearing_id: view.hearing_id,
        version: view.version,
        offence_id: view.defendants[0].offences[offence].offence_id,
        verdict: Some(verdict.to_owned()),
        day: None,
        instead: None,
        majority: None,
    }
}

async fn enter(client: &Client, verdict: &EnterVerdict) -> HearingView {
    client.hearing_enter_verdict(verdict).await.unwrap();
    look(client, verdict.hearing_id).await
}

async fn refused(client: &Client, verdict: &EnterVerdict) -> Problem {
    client.hearing_enter_verdict(verdict).await.unwrap_err()
}

async fn plead(client: &Client, view: &HearingView, offence: usize, plea: &str) {
    let entering = EnterPlea {
        hearing_id: view.hearing_id,
        version: view.version,
        offence_id: view.defendants[0].offences[offence].offence_id,
        plea: plea.to_owned(),
    };
    client.hearing_enter_plea(&entering).await.unwrap();
}

#[tokio::test]
async fn a_verdict_is_entered_put_right_and_taken_back_before_sharing() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    assert!(room.may.contains(&"verdict".to_owned()), "{:?}", room.may);
    let codes: Vec<&str> = room
        .verdict_choices
        .iter()
        .map(|own| own.code.as_str())
        .collect();
    assert!(
        ["G", "N", "PIA", "NGNC"]
            .iter()
            .all(|own| codes.contains(own))
    );
    // Neither what a jury finds nor what the single justice procedure decides.
    assert!(
        ["JUTA", "NGLOC", "PSJ", "GSJ", "FOUND_GUILTY"]
            .iter()
            .all(|own| !codes.contains(own))
    );
    assert!(room.majorities.is_empty());

    plead(&adviser, &room, 0, "NOT_GUILTY").await;
    let room = enter(&adviser, &on(&room, 0, "G")).await;
    let found = room.defendants[0].offences[0].verdict.as_ref().unwrap();
    let today = court.today();
    assert_eq!((found.code.as_str(), found.day), ("G", today));
    assert_eq!(found.text, format!("Found guilty, {}", today.in_words()));
    let offence = async || view(&adviser, case_id).await.defendants[0].offences[0].clone();
    assert_eq!(offence().await.convicted_on, Some(today));
    assert_eq!(
        offence().await.verdict.as_deref(),
        Some(found.text.as_str())
    );
    // Said once more, it is refused, and nothing is recorded twice.
    let same = refused(&adviser, &on(&room, 0, "G")).await;
    assert_eq!(same.reference.as_deref(), Some("same_verdict"));

    let room = enter(&adviser, &on(&room, 0, "N")).await;
    assert_eq!(offence().await.convicted_on, None);
    let back = EnterVerdict {
        verdict: None,
        ..on(&room, 0, "")
    };
    let room = enter(&adviser, &back).await;
    assert!(room.defendants[0].offences[0].verdict.is_none());
    assert!(offence().await.verdict.is_none());
    let twice = refused(&adviser, &back).await;
    assert_eq!(twice.reference.as_deref(), Some("no_verdict"));
    // The firm on record and the prosecutor see what was found, and that it changed.
    let said: Vec<String> = view(&court.as_cps().await, case_id)
        .await
        .changes
        .iter()
        .map(|own| own.what.clone())
        .collect();
    for words in ["Found guilty.", "Found not guilty.", "taken back."] {
        let of = |own: &&String| own.contains("verdict on offence 1") && own.ends_with(words);
        assert!(said.iter().any(|own| of(&own)), "{words}: {said:#?}");
    }
}

#[tokio::test]
async fn what_no_court_finds_is_refused_and_nothing_is_recorded() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let room = look(&adviser, hearing_id).await;
    let early = refused(&adviser, &on(&room, 0, "G")).await;
    assert!(early.hint.contains("Start the hearing"), "{early:?}");
    start(&adviser, hearing_id).await;
    let stale = refused(&adviser, &on(&room, 0, "G")).await;
    assert_eq!(stale.code, Code::Stale);

    let room = look(&adviser, hearing_id).await;
    for code in ["PARDON", "g", "", "JUTA", "PSJ", "NO_VERDICT"] {
        let unknown = refused(&adviser, &on(&room, 0, code)).await;
        assert_eq!(unknown.code, Code::BadRequest, "{code}");
    }
    let guilty = on(&room, 0, "G");
    let dated = |day: Day| EnterVerdict {
        day: Some(day),
        ..guilty.clone()
    };
    let future = refused(&adviser, &dated(court.today().plus_days(1))).await;
    assert!(future.title.contains("a day to come"), "{future:?}");
    let yesterday = refused(&adviser, &dated(court.today().plus_days(-1))).await;
    assert_eq!(yesterday.reference.as_deref(), Some("not_heard_that_day"));
    let lesser = EnterVerdict {
        instead: Some("Common assault".to_owned()),
        ..guilty.clone()
    };
    let lesser = refused(&adviser, &lesser).await;
    assert_eq!(lesser.reference.as_deref(), Some("no_other_offence"));
    let split = EnterVerdict {
        majority: Some(Majority {
            agreed: 10,
            dissented: 2,
        }),
        ..guilty.clone()
    };
    let split = refused(&adviser, &split).await;
    assert_eq!(split.reference.as_deref(), Some("no_such_majority"));
    let elsewhere = EnterVerdict {
        offence_id: OffenceId(uuid::Uuid::nil()),
        ..guilty.clone()
    };
    assert_eq!(refused(&adviser, &elsewhere).await.code, Code::NotFound);
    // An offence of another case, whose hearing this is not.
    let other = another_offence(&court, &adviser, hearing_id).await;
    let elsewhere = EnterVerdict {
        offence_id: other,
        ..guilty.clone()
    };
    assert_eq!(refused(&adviser, &elsewhere).await.code, Code::NotFound);
    for client in [court.as_cps().await, court.as_defence().await] {
        let code = refused(&client, &guilty).await.code;
        assert_eq!(code, Code::NotPermitted);
    }
    let prison = refused(&court.as_prison().await, &guilty).await.code;
    assert_eq!(prison, Code::NotPermitted);

    plead(&adviser, &room, 0, "GUILTY").await;
    let admitted = refused(&adviser, &guilty).await;
    assert_eq!(admitted.reference.as_deref(), Some("plea_of_guilty"));
    let after = look(&adviser, hearing_id).await;
    let mut offences = after.defendants.iter().flat_map(|own| &own.offences);
    assert!(offences.all(|own| own.verdict.is_none()));

    let mut lines = example(&court, "fine", &after, 0);
    lines.extend(example(&court, "withdrawn", &after, 1));
    let saved = save(&adviser, hearing_id, after.draft.revision, lines).await;
    share(&adviser, &after, &saved).await;
    let after = look(&adviser, hearing_id).await;
    let late = refused(&adviser, &on(&after, 1, "N")).await;
    assert!(late.hint.contains("Amend the results"), "{late:?}");
}

/// The first offence of another hearing of the day in the same courts.
async fn another_offence(court: &TestCourt, adviser: &Client, own: HearingId) -> OffenceId {
    let rooms = adviser
        .hearing_courtrooms(&contract::hearing::Courtrooms {})
        .await
        .unwrap();
    for room in rooms.courts.iter().flat_map(|court| &court.rooms) {
        let listed = court
            .state
            .app
            .index
            .hearings_on(room.courtroom_id, court.today())
            .await
            .unwrap();
        if let Some(other) = listed.iter().find(|other| other.hearing_id != own) {
            let view = look(adviser, other.hearing_id).await;
            return view.defendants[0].offences[0].offence_id;
        }
    }
    panic!("no other hearing today");
}

const TRIED: &str = "29ZZ0009126";

/// Nine months on the first offence, which was tried.
fn sentence(court: &TestCourt, room: &HearingView) -> Vec<Line> {
    example(court, "imprisonment", room, 0)
}

fn codes(draft: &Draft) -> Vec<&str> {
    let findings = draft.readiness.findings.iter();
    findings.map(|own| own.code.as_str()).collect()
}

/// Found guilty on 10 March 2026 and sentenced on the day of the next hearing, after the
/// presumption of the Sentencing Act 2026 began on 22 March. Gives back that hearing.
async fn tried(court: &TestCourt, found: &str) -> (Client, HearingView) {
    let system = intake::System::of(court, intake::AUTHORITY).await;
    let first = "/defendants/0/offences/0/offenceDetails";
    let charged = Submission::charge(TRIED, court.today())
        .heard_on(court.today())
        .with(&format!("{first}/cjsOffenceCode"), json!("OF61102"))
        .with(
            &format!("{first}/offenceWording"),
            json!("Assaulted Imogen Farrow, thereby occasioning her actual bodily harm."),
        );
    let status = system.status(&system.submit(&charged).await).await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    let adviser = court.as_legal_adviser().await;
    let case_id = find(&adviser, TRIED).await;
    let hearing_id = view(&adviser, case_id).await.hearings[0].hearing_id;
    start(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    plead(&adviser, &room, 0, "NOT_GUILTY").await;
    let room = enter(&adviser, &on(&room, 0, found)).await;
    let mut lines = example(court, "adjournment", &room, 0);
    for offence in 1..room.defendants[0].offences.len() {
        lines.extend(example(court, "withdrawn", &room, offence));
    }
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;

    let hearings = view(&adviser, case_id).await.hearings;
    let next = hearings.iter().find(|own| own.hearing_id != hearing_id);
    let next = next.expect("the next hearing");
    AHEAD.store(court.today().days_until(next.day), Ordering::SeqCst);
    let adviser = court.as_legal_adviser().await;
    start(&adviser, next.hearing_id).await;
    let room = look(&adviser, next.hearing_id).await;
    (adviser, room)
}

#[tokio::test]
async fn who_was_found_guilty_before_the_law_changed_is_sentenced_by_the_law_of_that_day() {
    const PRESUMED: &str = "SA2026-1";
    let day: Day = "2026-03-10".parse().unwrap();
    let court = TestCourt::with(Setting {
        today: day,
        prepare: |state| state.app.chance = Arc::new(Clock(Arc::clone(&state.app.chance))),
        ..Setting::default()
    })
    .await;
    let (adviser, room) = tried(&court, "G").await;
    let hearing_id = room.hearing_id;
    assert_eq!(room.defendants[0].verdict_days, [room.day, day]);
    let found = room.defendants[0].offences[0].verdict.as_ref().unwrap();
    assert_eq!(found.day, day);

    let lines = sentence(&court, &room);
    let draft = save(&adviser, hearing_id, room.draft.revision, lines.clone()).await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness.findings);
    assert!(!codes(&draft).contains(&PRESUMED), "{:?}", codes(&draft));
    assert!(!codes(&draft).contains(&"DR-CONV-006"));

    // Without the verdict the day of the hearing would stand for that of the conviction.
    let back = EnterVerdict {
        verdict: None,
        ..on(&room, 0, "")
    };
    let room = enter(&adviser, &back).await;
    let draft = save(&adviser, hearing_id, room.draft.revision, lines.clone()).await;
    assert!(codes(&draft).contains(&PRESUMED), "{:?}", codes(&draft));
    assert!(
        codes(&draft).contains(&"DR-CONV-006"),
        "{:?}",
        codes(&draft)
    );
    // So it would if the jury's day were said to be today; but it may be said to be of the
    // earlier hearing, and of no day between.
    let room = enter(&adviser, &on(&room, 0, "G")).await;
    let draft = save(&adviser, hearing_id, room.draft.revision, lines.clone()).await;
    assert!(codes(&draft).contains(&PRESUMED));
    let dated = |day: Day| EnterVerdict {
        day: Some(day),
        ..on(&room, 0, "G")
    };
    let between = refused(&adviser, &dated(day.plus_days(1))).await;
    assert_eq!(between.reference.as_deref(), Some("not_heard_that_day"));
    let room = enter(&adviser, &dated(day)).await;
    let draft = save(&adviser, hearing_id, room.draft.revision, lines).await;
    assert!(!codes(&draft).contains(&PRESUMED), "{:?}", codes(&draft));
    share(&adviser, &room, &draft).await;
    shown(&court, &adviser, &room).await;
}

/// Extract, memorandum, registers and warrant say what was found, and since when.
async fn shown(court: &TestCourt, adviser: &Client, room: &HearingView) {
    let (case_id, defendant_id) = (room.defendants[0].case_id, room.defendants[0].defendant_id);
    let first = court_of(court, demo::MAGISTRATES).await;
    for printout in [
        format!("extract.{case_id}.{defendant_id}"),
        format!("memorandum.{case_id}.{defendant_id}"),
        format!("court-register.{first}.{}", room.day),
    ] {
        let said = text(adviser, &printout).await;
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            said.contains("Found guilty, 10 March 2026") && said.contains("Convicted on"),
            "{printout}: {said}"
        );
    }

    let cps = court.as_cps().await;
    let all = court.state.app.index.organisations().await.unwrap();
    let authority = all
        .iter()
        .find(|own| own.ou_code.as_deref() == Some(demo::PROSECUTOR_OU_CODE))
        .unwrap();
    let register = format!("informant-register.{}.{}", authority.id, room.day);
    let csv = String::from_utf8(bytes(&cps, &register).await.unwrap()).unwrap();
    let line = csv
        .lines()
        .find(|own| own.contains(TRIED) && own.contains("OF61102"))
        .unwrap_or_else(|| panic!("{csv}"));
    assert!(line.contains(",NOT_GUILTY,G,"), "{line}");

    let prison = register::System::of(court, demo::PRISON).await;
    let (hearing, defendant) = (room.hearing_id.to_string(), defendant_id.to_string());
    let registers = prison.registers(TRIED, &hearing, &defendant).await;
    let offence = &registers[0]["offences"][0];
    assert_eq!(offence["verdict"], "Found guilty", "{registers}");
    assert_eq!(offence["convictionDate"], "2026-03-10");

    court.work().await;
    let documents = look(adviser, room.hearing_id).await.documents;
    let warrant = documents
        .iter()
        .find(|own| own.name == "Warrant for custodial sentence")
        .unwrap();
    let pdf = adviser
        .download(Bytes::Document, &warrant.document_id.to_string())
        .await
        .unwrap();
    let read = reader::read(&pdf.all(10_000_000).await.unwrap());
    let said = read.tree.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Verdict: Found guilty"), "{said}");
}
