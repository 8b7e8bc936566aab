//! A report goes on where the one before ended: nothing that is done in great numbers hides what is
//! done beside it, and where somebody came from stands in it as it was.

use super::{lines, report};
use crate::{
    attacks::{court_with, problem, sign_in},
    steps::path_case,
};
use app::{
    demo::PATH_URN,
    ports::{Append, Expected, StreamAppend},
};
use contract::{
    Code,
    audit::{AuditLine, Report, Subject},
    case::View,
};
use domain::{Actor, Event, Moment, Stream, StreamKind, reading::ReadingEvent};
use testkit::TestCourt;
use uuid::Uuid;
use vocabulary::{CaseId, CommandId, Group};

const CLERK: &str = "ada.wren@court.example.test";

/// Views of a case by the clerk, as many as their script makes.
async fn views(court: &TestCourt, case_id: CaseId, many: usize) {
    let app = &court.state.app;
    let own = app.index.account_by_email(CLERK).await.unwrap().unwrap();
    let viewed = Event::Reading(ReadingEvent::CaseViewed {
        case_id,
        organisation: own.organisation,
        policy: "court.sees_cases".to_owned(),
    });
    let append = Append {
        command: CommandId(Uuid::now_v7()),
        moment: Moment {
            at: court.chance().now(),
            by: Actor::Person {
                account: own.id,
                name: own.name,
                organisation: own.organisation,
                from: None,
                under: None,
            },
        },
        streams: vec![StreamAppend {
            stream: Stream::new(StreamKind::Reading, case_id.0),
            expected: Expected::Any,
            key: case_id.0,
            events: vec![viewed; many],
        }],
        answer: serde_json::Value::Null,
    };
    app.ledger.append(append).await.unwrap();
}

/// A clerk scripts 5,001 views of a dull case of their own and looks around afterwards.
#[tokio::test]
async fn whoever_makes_a_day_full_is_still_seen_in_what_they_did_after_it() {
    let court = TestCourt::open().await;
    let clerk = court.sign_in(CLERK).await;
    let (case_id, _) = path_case(&clerk).await;
    views(&court, case_id, 5_001).await;
    let nowhere = View {
        case_id: CaseId(Uuid::now_v7()),
    };
    let refused = clerk.case_view(&nowhere).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);

    let looked_for = nowhere.case_id.to_string();
    for (about, which) in [(Subject::Person, CLERK), (Subject::Case, PATH_URN)] {
        let first = report(&court, about, which).await;
        assert!(first.next.is_some(), "{} lines", first.lines.len());
        let auditor = court.person(Group::Auditors, 0).await;
        let mut all: Vec<AuditLine> = first.lines;
        let mut next = first.next;
        while let Some(after) = next {
            let asked = Report {
                about,
                which: which.to_owned(),
                from: court.today(),
                to: court.today(),
                after: Some(after),
            };
            let page = auditor.audit_report(&asked).await.unwrap();
            assert!(page.lines.iter().all(|own| own.position > after));
            assert!(page.next.is_none_or(|next| next > after));
            all.extend(page.lines);
            next = page.next;
        }
        let viewed = lines(&all, "case viewed").len();
        assert!(viewed > 5_000, "{viewed}");
        let refused = lines(&all, "refused: case.view");
        let told = refused.iter().any(|own| own.to.contains(&looked_for));
        assert_eq!(told, about == Subject::Person, "{refused:#?}");
    }
}

/// A stranger guesses a password from an address of the new kind; the auditor copies it from a
/// report, as the form says.
#[tokio::test]
async fn what_a_stranger_is_refused_is_found_by_the_address_that_it_came_from() {
    let court = court_with(|config| {
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    let guess = sign_in(&court, CLERK, "not the password");
    let guess = guess.header("x-forwarded-for", "2001:db8::7");
    let (_, told) = problem(guess).await;
    assert_eq!(told.code, Code::WrongPassword);
    let found = report(&court, Subject::Address, "2001:db8::7").await.lines;
    let refused = lines(&found, "refused: account.sign_in");
    assert_eq!(refused.len(), 1, "{found:#?}");
    assert_eq!(refused[0].from, "2001:db8::7");
}
