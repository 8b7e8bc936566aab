//! The audit, as an auditor reads it. Readings of cases and papers, and the audit of the
//! auditors, are in `access.rs`; signing in is in `signing_in/recorded.rs`.

mod pages;

use crate::{
    people,
    steps::{all_guilty, example, look, path_case, save, serve, share, start, view},
};
use access::Action;
use app::{demo::PATH_URN, ports::Audited};
use client::Bytes;
use contract::{
    access::{BreakGlass, Openings, Review, SetSensitive},
    audit::{AuditLine, AuditReport, Report, Subject},
    case,
    defence::Associate,
    hearing::{Courtrooms, DayList, Preview},
    organisation::Suspend,
    support::Ask,
};
use domain::{Actor, Event, Recorded, reading::ReadingEvent};
use std::{collections::BTreeSet, time::Duration};
use testkit::{Submission, TestCourt};
use vocabulary::{Group, RepresentationBasis, UploadId};

/// What the record says of today, as an auditor reads it.
pub(crate) async fn report(court: &TestCourt, about: Subject, which: &str) -> AuditReport {
    app::audit::record_refusals(&court.state.app).await.unwrap();
    let auditor = court.person(Group::Auditors, 0).await;
    let asked = Report {
        about,
        which: which.to_owned(),
        from: court.today(),
        to: court.today(),
        after: None,
    };
    auditor.audit_report(&asked).await.unwrap()
}

/// The same of a person.
pub(crate) async fn of_person(court: &TestCourt, email: &str) -> Vec<AuditLine> {
    report(court, Subject::Person, email).await.lines
}

/// The lines that begin so.
pub(crate) fn lines<'a>(all: &'a [AuditLine], what: &str) -> Vec<&'a AuditLine> {
    all.iter()
        .filter(|line| line.what.starts_with(what))
        .collect()
}

/// The one line that begins so.
pub(crate) fn line<'a>(all: &'a [AuditLine], what: &str) -> &'a AuditLine {
    match lines(all, what)[..] {
        [one] => one,
        _ => panic!("not one {what:?} among {all:#?}"),
    }
}

/// The policies under which somebody acted, or how they proved who they are.
fn why(recorded: &Recorded) -> Option<String> {
    let named = match &recorded.event {
        Event::Reading(reading) => reading.policy(),
        _ => None,
    };
    match &recorded.by {
        Actor::Person { under, .. } => named.or(under.as_deref()).map(str::to_owned),
        _ => named.map(str::to_owned),
    }
}

/// People of every side do what they do on the case of the path.
async fn everybody_acts(court: &TestCourt) {
    let partner = people::joined(court, "Pryce Adeyemi LLP").await;
    let joiner = people::colleague(court, &partner, "gita@pryceadeyemi.example.test").await;
    let account_id = joiner.account_id;
    let staff = court.as_administrator().await;
    staff
        .organisation_suspend(&Suspend { account_id })
        .await
        .unwrap();

    let prosecutor = court.as_cps().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    let glance = view(&prosecutor, case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 2_000).await;
    let glance = view(&prosecutor, case_id).await;
    let paper = glance.materials[0].material_id.to_string();
    let firm = court.sign_in("iris.thorne@thornevale.example.test").await;
    let associate = Associate {
        case_id,
        defendant_id: glance.defendants[0].defendant_id,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed: false,
    };
    firm.defence_associate(&associate).await.unwrap();
    firm.download(Bytes::Material, &paper).await.unwrap();

    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut results = example(court, "imprisonment", &room, 0);
    results.extend(example(court, "withdrawn", &room, 1));
    let preview = Preview {
        hearing_id,
        lines: results.clone(),
    };
    adviser.hearing_preview(&preview).await.unwrap();
    let draft = save(&adviser, hearing_id, room.draft.revision, results).await;
    share(&adviser, &room, &draft).await;

    let administrator = court.sign_in("bryn.calder@court.example.test").await;
    let controller = court.person(Group::AccessController, 0).await;
    let reason = || "It is needed in court.".to_owned();
    let sensitive = SetSensitive {
        case_id,
        sensitive: true,
        reason: reason(),
    };
    controller.access_set_sensitive(&sensitive).await.unwrap();
    let glass = BreakGlass {
        case_id,
        reason: reason(),
    };
    administrator.access_break_glass(&glass).await.unwrap();
    let queue = controller.access_openings(&Openings {}).await.unwrap();
    let review = Review {
        opening_id: queue.openings[0].opening_id,
        justified: true,
        note: reason(),
    };
    controller.access_review(&review).await.unwrap();
    let ask = Ask {
        question: "How do I add an office?".to_owned(),
        screen: "People".to_owned(),
        reference: None,
        shown: None,
        with_people: false,
    };
    partner.support_ask(&ask).await.unwrap();
    // What nobody waits for is recorded within a second.
    for _ in 0..100 {
        let viewed = Audited {
            name: Some("reading.case_viewed"),
            limit: 1,
            ..Audited::default()
        };
        if !court
            .state
            .app
            .ledger
            .audited(viewed)
            .await
            .unwrap()
            .is_empty()
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nobody's view was recorded");
}

#[tokio::test]
async fn whatever_people_did_the_record_says_from_where_and_under_which_policies() {
    let court = TestCourt::open().await;
    let seeded = court.state.store.verify().await.unwrap().events;
    everybody_acts(&court).await;
    let policies: BTreeSet<String> = Action::ALL
        .iter()
        .flat_map(|action| court.state.app.access.policies_of(*action))
        .map(str::to_owned)
        .collect();
    let all = Audited {
        limit: 100_000,
        ..Audited::default()
    };
    let (mut acted, mut names) = (0, BTreeSet::new());
    for recorded in court.state.app.ledger.audited(all).await.unwrap() {
        let Actor::Person { from, .. } = &recorded.by else {
            continue;
        };
        let what = recorded.event.name();
        // People of the demo court's past acted from nowhere.
        if recorded.position > seeded {
            acted += 1;
            let from = from
                .as_ref()
                .unwrap_or_else(|| panic!("{what} from nowhere"));
            assert_eq!(from.address, "127.0.0.1", "{what}");
            let device = from.device.as_deref().unwrap_or_default();
            assert!(device.starts_with("Common Platform "), "{what}: {device:?}");
        }
        let why = why(&recorded).unwrap_or_else(|| panic!("{what} for no reason"));
        if !matches!(
            what.as_str(),
            "reading.sign_in" | "account.account_activated"
        ) {
            for policy in why.split(", ") {
                assert!(policies.contains(policy), "{what}: {policy:?} is no policy");
            }
        }
        names.insert(what);
    }
    assert!(acted > 30, "{acted}");
    for what in [
        "account.organisation_added",
        "account.account_invited",
        "account.account_suspended",
        "case.material_served",
        "hearing.results_shared",
        "reading.case_viewed",
        "reading.glass_broken",
        "reading.material_read",
        "reading.opening_reviewed",
        "support.help_asked",
    ] {
        assert!(names.contains(what), "{what} among {names:?}");
    }
}

#[tokio::test]
async fn reports_call_things_by_their_names() {
    let court = TestCourt::open().await;
    everybody_acts(&court).await;
    let adviser = of_person(&court, "ada.wren@court.example.test").await;
    let shared = line(&adviser, "hearing results shared");
    let hearing = format!("{PATH_URN}, hearing of {}", court.today());
    assert_eq!(shared.to, hearing);
    let staff = of_person(&court, "noor.hadley@example.test").await;
    let suspended = line(&staff, "account suspended");
    assert_eq!(suspended.to, "gita@pryceadeyemi.example.test");
    let joined = line(&staff, "account organisation added");
    assert_eq!(joined.to, "Pryce Adeyemi LLP");
    // Of everything that people did on the case, nothing is told by a number alone.
    let of_case = report(&court, Subject::Case, PATH_URN).await.lines;
    for line in &of_case {
        assert!(!line.to.contains('/'), "{line:?}");
    }
}

#[tokio::test]
async fn what_systems_and_strangers_do_and_are_refused_says_from_where() {
    let court = TestCourt::open().await;
    let secret = court.machine("GAAAA01").await;
    let http = reqwest::Client::builder()
        .user_agent("A test's system 1.0")
        .build()
        .unwrap();
    let submit = async |secret: &str, ou_code: &str| {
        let url = format!("{}/v2/prosecutions/{ou_code}", court.url);
        let body = Submission::charge("01AA0007726", court.today()).body();
        let kind = "application/vnd.hmcts.cjs.charge-prosecution.v2+json";
        let sent = http.post(url).bearer_auth(secret);
        let sent = sent.header("content-type", kind).body(body);
        sent.send().await.unwrap().status().as_u16()
    };
    assert_eq!(submit(&secret, "GAAAA01").await, 202);
    assert_eq!(submit(&secret, "GBBBB01").await, 403);
    assert_eq!(submit("no such secret", "GAAAA01").await, 401);
    let form = "grant_type=client_credentials&client_id=somebody&client_secret=no+such";
    let token = http.post(format!("{}/oauth/token", court.url));
    let token = token
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    assert_eq!(token.send().await.unwrap().status().as_u16(), 401);
    let said = people::firm(&court, "Pryce Adeyemi LLP", people::PARTNER).await;
    people::register(&court, said).await;

    let all = Audited {
        limit: 100_000,
        ..Audited::default()
    };
    app::audit::record_refusals(&court.state.app).await.unwrap();
    let recorded = court.state.app.ledger.audited(all).await.unwrap();
    let acted = |name: &str| {
        let found = recorded.iter().rev().find(|one| one.event.name() == name);
        let from = found.unwrap_or_else(|| panic!("{name}")).by.from();
        let from = from.unwrap_or_else(|| panic!("{name} from nowhere"));
        (from.address.as_str(), from.device.clone().unwrap())
    };
    let (address, device) = acted("case.case_created");
    assert_eq!(
        (address, device.as_str()),
        ("127.0.0.1", "A test's system 1.0")
    );
    let (address, device) = acted("account.organisation_registered");
    assert_eq!(address, "127.0.0.1");
    assert!(device.starts_with("Common Platform "), "{device}");

    // The sender reads what became of it; that, and what it came by, belong to the case.
    let decided = recorded.iter().rev().find_map(|one| match &one.event {
        Event::Submission(domain::submission::SubmissionEvent::SubmissionDecided {
            submission_id,
            ..
        }) => Some(*submission_id),
        _ => None,
    });
    let url = format!("{}/v2/submissions/{}", court.url, decided.unwrap());
    let read = http.get(url).bearer_auth(&secret).send().await.unwrap();
    assert_eq!(read.status().as_u16(), 200);
    let of_case = report(&court, Subject::Case, "01AA0007726").await.lines;
    let outcome = line(&of_case, "outcome of a submission read");
    assert_eq!(outcome.who, "A test's system");
    assert!(outcome.from.starts_with("127.0.0.1"), "{outcome:?}");
    line(&of_case, "submission decided");

    let refused: BTreeSet<(String, String, String)> = recorded
        .into_iter()
        .filter_map(|one| match one.event {
            Event::Reading(ReadingEvent::Refused { refusals, .. }) => Some(refusals),
            _ => None,
        })
        .flatten()
        .map(|one| (one.name, one.asked, one.code))
        .collect();
    // What nobody who is signed in did is read by the address.
    let here = report(&court, Subject::Address, "127.0.0.1").await.lines;
    let submitted = line(&here, "case created");
    assert_eq!(submitted.who, "A test's system");
    assert!(submitted.why.starts_with("credential "), "{submitted:?}");
    line(&here, "account organisation registered");
    line(&here, "refused: POST /oauth/token");
    let elsewhere = report(&court, Subject::Address, "192.0.2.1").await.lines;
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
    for (name, asked, code) in [
        (
            "A test's system",
            "POST /v2/prosecutions/GBBBB01",
            "not_permitted",
        ),
        ("a system", "POST /v2/prosecutions/GAAAA01", "signed_out"),
        ("a system", "POST /oauth/token", "invalid_client"),
    ] {
        let wanted = (name.to_owned(), asked.to_owned(), code.to_owned());
        assert!(refused.contains(&wanted), "{wanted:?} among {refused:?}");
    }
}

#[tokio::test]
async fn lists_that_were_read_are_in_the_record_and_a_report_is_whole_up_to_its_own_moment() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    for _ in 0..3 {
        adviser.case_list(&case::List {}).await.unwrap();
    }
    let rooms = adviser.hearing_courtrooms(&Courtrooms {}).await.unwrap();
    let room = DayList {
        courtroom_id: rooms.courts[0].rooms[0].courtroom_id,
        day: court.today(),
    };
    let house = &rooms.courts[0];
    let room_name = format!("{}, {}", house.name, house.rooms[0].name);
    adviser.hearing_day_list(&room).await.unwrap();
    let administrator = court.sign_in(people::ADMINISTRATOR).await;
    people::people(&administrator).await;

    let email = "ada.wren@court.example.test";
    let recorded = of_person(&court, email).await;
    let list = line(&recorded, "asked for case.list, 3 times until ");
    assert_eq!(
        (list.who.as_str(), list.why.as_str()),
        ("Ada Wren", "court.sees_cases")
    );
    assert!(
        list.from.starts_with("127.0.0.1, Common Platform "),
        "{list:?}"
    );
    let day = line(&recorded, "asked for hearing.day_list");
    assert_eq!(
        (day.to.as_str(), day.why.as_str()),
        (room_name.as_str(), "court.sees_cases")
    );
    let recorded = of_person(&court, people::ADMINISTRATOR).await;
    let own_people = line(&recorded, "asked for organisation.people");
    assert_eq!(
        own_people.why,
        "people.administrator_looks_after_own_organisation"
    );
    // Once in the record, it is not recorded again.
    let again = of_person(&court, email).await;
    assert_eq!(lines(&again, "asked for case.list").len(), 1);
    // So is a file that was sent and never served, and a window that listens.
    let prosecutor = court.as_cps().await;
    let upload_id = UploadId(uuid::Uuid::now_v7());
    let stop = client::CancellationToken::new();
    let file = crate::steps::pdf(2_000);
    let sent = prosecutor.upload(file.path(), upload_id, |_, _| {}, &stop);
    sent.await.unwrap();
    assert!(prosecutor.live(None).next_live().await.is_some());
    let theirs = of_person(&court, "kofi.marsh@cps-ashmere.example.test").await;
    let upload = line(&theirs, "asked for upload");
    assert_eq!(upload.to, upload_id.to_string());
    line(&theirs, "asked for live");
    // What was read of a case stands there by itself, once.
    let (case_id, _) = path_case(&adviser).await;
    let mut views = Vec::new();
    for _ in 0..40 {
        views = report(&court, Subject::Person, email).await.lines;
        if !lines(&views, "case viewed").is_empty() {
            break;
        }
        // What nobody waits for is recorded within a second.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(lines(&views, "asked for case.view").is_empty());
    assert_eq!(
        lines(&views, "case viewed").len(),
        1,
        "{case_id} {views:#?}"
    );
    // An orderly stop loses nothing.
    adviser.case_list(&case::List {}).await.unwrap();
    let court = court.restarted().await;
    let after = of_person(&court, email).await;
    assert_eq!(lines(&after, "asked for case.list").len(), 2);
}
