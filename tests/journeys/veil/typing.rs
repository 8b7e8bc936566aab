//! The typing grammar knows where a defendant lives: whoever types must be let in to the
//! hearing, and what they asked for is in the record.

use super::{ADVISER, make_sensitive, permit};
use crate::steps::{look, path_case};
use app::demo::PATH_URN;
use contract::{
    Code,
    audit::{Report, Subject},
    result::{Definition, Parse, Parsed},
};
use std::time::Duration;
use testkit::TestCourt;
use vocabulary::Group;

/// A legal adviser of another court than the one that hears the case of the path.
const ELSEWHERE: &str = "gwenllian.parri@court.example.test";

fn homes(parsed: &Parsed) -> Vec<String> {
    let given = parsed.pieces.iter().flat_map(|piece| &piece.given);
    let answers = given.flat_map(|given| given.answers.iter());
    answers.map(|(_, answer)| answer.clone()).collect()
}

#[tokio::test]
async fn nobody_types_their_way_to_an_address_in_a_hearing_that_is_closed_to_them() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    let defendant_id = look(&adviser, hearing_id).await.defendants[0].defendant_id;
    let typed = Parse {
        hearing_id,
        defendant_id,
        offence_id: None,
        text: "PORR3 home".to_owned(),
        caret: None,
        lines: Vec::new(),
    };
    let parsed = adviser.result_parse(&typed).await.unwrap();
    let home = homes(&parsed);
    assert!(!home.is_empty(), "{parsed:?}");
    let piece = parsed.pieces[0].definition.as_ref().unwrap();
    let asked = Definition {
        hearing_id,
        definition_id: piece.definition_id,
    };
    adviser.result_definition(&asked).await.unwrap();

    // Of another court, and for no reason.
    let elsewhere = court.sign_in(ELSEWHERE).await;
    let refused = elsewhere.result_parse(&typed).await.unwrap_err();
    assert_eq!(refused.code, Code::ReasonNeeded);
    // Somebody who was let in before the case was sensitive, and knows every id.
    make_sensitive(&court, case_id).await;
    for client in [&adviser, &elsewhere] {
        let refused = client.result_parse(&typed).await.unwrap_err();
        assert_eq!(refused.code, Code::ReasonNeeded);
        let refused = client.result_definition(&asked).await.unwrap_err();
        assert_eq!(refused.code, Code::ReasonNeeded);
    }
    permit(&court, case_id, ADVISER).await;
    let parsed = adviser.result_parse(&typed).await.unwrap();
    assert_eq!(homes(&parsed), home);
}

#[tokio::test]
async fn an_address_that_somebody_typed_their_way_to_is_in_the_report_of_the_case() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let defendant_id = look(&adviser, hearing_id).await.defendants[0].defendant_id;
    let colleague = court.person(Group::CourtAssociate, 0).await;
    let typed = |text: &str| Parse {
        hearing_id,
        defendant_id,
        offence_id: None,
        text: text.to_owned(),
        caret: None,
        lines: Vec::new(),
    };
    let auditor = court.person(Group::Auditors, 0).await;
    let who = name_of(&colleague).await;
    let lines = async || {
        let report = Report {
            about: Subject::Case,
            which: PATH_URN.to_owned(),
            from: court.today(),
            to: court.today(),
            after: None,
        };
        let report = auditor.audit_report(&report).await.unwrap();
        let own = report.lines.into_iter().filter(|line| line.who == who);
        own.filter(|line| line.what == "case viewed")
            .collect::<Vec<_>>()
    };
    colleague.result_parse(&typed("fo 250")).await.unwrap();
    assert!(lines().await.is_empty());
    colleague.result_parse(&typed("PORR3 home")).await.unwrap();
    colleague.result_parse(&typed("PORR3 home ")).await.unwrap();
    // It is in the record within a second, and once for a look.
    let mut found = Vec::new();
    for _ in 0..40 {
        found = lines().await;
        if !found.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let lines = found;
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].why.contains("court.sees_cases"), "{lines:?}");
}

async fn name_of(client: &client::Client) -> String {
    let current = contract::account::Current {};
    client.account_current(&current).await.unwrap().name
}
