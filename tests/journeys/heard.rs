//! What people merely asked for, and what was refused to them, is in the record whatever
//! happens to the server a second later, and whatever could not be written meanwhile.

use crate::{
    audit::{line, lines, of_person},
    kills::TODAY,
    steps::{look, path_case},
};
use client::Client;
use contract::{
    Code,
    account::SignIn,
    audit::{AuditLine, Report, Subject},
    case, legal_aid, notice,
};
use std::time::Duration;
use testkit::{Program, TestCourt, postgres::PrivatePostgres};

const ADVISER: &str = "ada.wren@court.example.test";
/// What it may take until it is kept.
const A_SECOND: Duration = Duration::from_secs(1);

async fn signed_in(program: &Program, email: &str) -> Client {
    let client = Client::new(&format!("http://{}", program.address()));
    let sign_in = SignIn {
        email: email.to_owned(),
        password: "a fictional court".to_owned(),
    };
    let token = client.account_sign_in(&sign_in).await.unwrap().token;
    client.with_token(&token)
}

async fn recorded(program: &Program) -> Vec<AuditLine> {
    let auditor = signed_in(program, "yusuf.bramall@example.test").await;
    let report = Report {
        about: Subject::Person,
        which: ADVISER.to_owned(),
        from: TODAY.parse().unwrap(),
        to: TODAY.parse().unwrap(),
        after: None,
    };
    auditor.audit_report(&report).await.unwrap().lines
}

/// Asked, refused, tried with a wrong password: a second later the server is killed.
async fn killed(mut program: Program) {
    program.open(6).await;
    let adviser = signed_in(&program, ADVISER).await;
    for round in 1..=2_u64 {
        for _ in 0..3 {
            adviser.case_list(&case::List {}).await.unwrap();
        }
        adviser.notice_list(&notice::List {}).await.unwrap();
        let refused = adviser
            .legal_aid_messages(&legal_aid::Messages { before: None })
            .await;
        assert_eq!(refused.unwrap_err().code, Code::NotPermitted);
        let guess = SignIn {
            email: ADVISER.to_owned(),
            password: "not her password".to_owned(),
        };
        let stranger = Client::new(&format!("http://{}", program.address()));
        let refused = stranger.account_sign_in(&guess).await.unwrap_err();
        assert_eq!(refused.code, Code::WrongPassword);
        tokio::time::sleep(A_SECOND).await;
        program.kill().await;
        // Killed once more before anybody records it: it is all there still.
        program.kill().await;

        let all = recorded(&program).await;
        let lists = lines(&all, "asked for case.list, 3 times");
        assert_eq!(lists.len() as u64, round, "{all:#?}");
        assert!(lists.iter().all(|one| one.who == "Ada Wren"));
        assert_eq!(lines(&all, "asked for case.list").len() as u64, round);
        assert_eq!(lines(&all, "asked for notice.list").len() as u64, round);
        let refused = lines(&all, "refused: legal_aid.messages");
        assert_eq!(refused.len() as u64, round, "{all:#?}");
        let tried = lines(&all, "refused: account.sign_in");
        assert_eq!(tried.len() as u64, round, "{all:#?}");
    }
    program.end().await;
    let (holds, said) = program.run(&["ledger", "verify"]);
    assert!(holds, "{said}");
}

#[tokio::test]
async fn what_was_asked_and_refused_is_in_the_record_of_a_server_that_is_killed_a_second_later() {
    killed(Program::idle(TODAY).await).await;
}

#[tokio::test]
async fn what_was_asked_and_refused_is_in_the_record_on_postgresql_too() {
    let database = PrivatePostgres::shared().fresh_database();
    killed(Program::idle(TODAY).await.on(database)).await;
}

#[tokio::test]
async fn without_room_nothing_of_what_was_asked_is_dropped_and_lists_wait_until_there_is() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let list = async || adviser.case_list(&case::List {}).await;
    court.faults.work_is_full(true);
    // What was answered before anybody knew is kept in memory.
    let mut answered = 0_u64;
    let refused = loop {
        match list().await {
            Ok(_) => answered += 1,
            Err(refused) => break refused,
        }
        assert!(answered < 1_000, "lists are answered without room");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert!(answered > 0);
    assert_eq!(refused.code, Code::NoSpace, "{refused:?}");
    assert!(refused.hint.contains("try again later"), "{refused:?}");
    // A reading that has its own place in the record goes on.
    look(&adviser, hearing_id).await;
    let closed = Report {
        about: Subject::Person,
        which: ADVISER.to_owned(),
        from: court.today(),
        to: court.today(),
        after: None,
    };
    for _ in 0..3 {
        let refused = adviser.audit_report(&closed).await.unwrap_err();
        assert_eq!(refused.code, Code::NotPermitted);
    }
    court.faults.work_is_full(false);
    list().await.unwrap();
    answered += 1;

    // No room in the ledger: it is kept beside it, and more is.
    court.faults.ledger_is_full(true);
    let app = &court.state.app;
    list().await.unwrap();
    answered += 1;
    for _ in 0..3 {
        assert!(app::audit::record_asked(app).await.is_err());
    }
    court.faults.ledger_is_full(false);
    let court = court.restarted().await;
    let all = of_person(&court, ADVISER).await;
    let times: u64 = lines(&all, "asked for case.list")
        .iter()
        .map(|one| often(one))
        .sum();
    assert_eq!(times, answered, "{all:#?}");
    let refused = lines(&all, "refused: audit.report");
    let refused: u64 = refused.iter().map(|one| often(one)).sum();
    assert_eq!(refused, 3, "{all:#?}");
}

/// `asked for case.list, 3 times until …`.
fn often(line: &AuditLine) -> u64 {
    let times = line.what.split(", ").nth(1);
    let times = times.and_then(|text| text.split(' ').next()?.parse().ok());
    times.unwrap_or(1)
}

#[tokio::test]
async fn what_is_recorded_and_not_yet_forgotten_beside_is_recorded_once() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    adviser.case_list(&case::List {}).await.unwrap();
    let app = &court.state.app;
    app::audit::keep(app).await.unwrap();
    app.heard
        .close_heard(app::ports::HeardKind::Asked)
        .await
        .unwrap();
    // The ledger takes it, and then it cannot be taken away.
    court.faults.work_is_full(true);
    assert!(app::audit::record_asked(app).await.is_err());
    assert!(app::audit::record_asked(app).await.is_err());
    court.faults.work_is_full(false);
    let all = of_person(&court, ADVISER).await;
    let list = line(&all, "asked for case.list");
    assert_eq!(list.what, "asked for case.list");
    let left = app.heard.closed_heard(app::ports::HeardKind::Asked).await;
    assert_eq!(left.unwrap(), []);
}
