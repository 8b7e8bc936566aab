//! Killed (-9) between the steps, where nobody waits for an answer: while documents are
//! made and delivered, and while everything derived is made again. Afterwards each has
//! happened exactly once. What a killed request comes to is in `kills`.

use crate::kills::{TODAY, WorstDay, find, glance};
use app::{
    demo::PATH_URN,
    ports::{Append, Expected, StreamAppend},
};
use domain::{Actor, Event, Moment, Stream, StreamKind, document::DocumentEvent};
use server::{State, config::Config};
use sqlx::{AssertSqlSafe, Row};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use testkit::{Fault, Program, postgres::PrivatePostgres};
use uuid::Uuid;
use vocabulary::{Channel, CommandId, DeliveryId, DeliveryState, DocumentId};

/// How long after it serves again the server is killed, in milliseconds, in turn.
const KILLED_AFTER: [u64; 5] = [0, 30, 90, 200, 10];
/// Documents to be made, and deliveries on their way to an inbox.
const WAITING: &str = "select (select count(*) from document_index where made = 0), \
                       (select count(*) from delivery_index where waiting = 1)";
const DERIVED: &[&str] = &[
    "select stream, version, hash from stream_head order by stream",
    "select * from case_index order by case_id",
    "select * from case_party order by case_id, organisation_id",
    "select * from hearing_index order by hearing_id",
    "select * from document_index order by document_id",
    "select * from delivery_index order by delivery_id",
    "select * from notice order by notice_id",
    "select * from legal_aid_message order by position, defendant_id",
];

/// Rows of a record that nobody serves at the moment, each value as text.
async fn rows(program: &Program, sql: &str) -> Vec<Vec<String>> {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&program.database_url())
        .await
        .unwrap();
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned()))
        .fetch_all(&pool)
        .await
        .unwrap();
    let text = |row: &sqlx::any::AnyRow, at| {
        row.try_get::<Option<String>, _>(at)
            .map(|text| text.unwrap_or_else(|| "null".to_owned()))
            .or_else(|_| row.try_get::<i64, _>(at).map(|n| n.to_string()))
            .or_else(|_| row.try_get::<i32, _>(at).map(|n| n.to_string()))
            .unwrap()
    };
    let rows = rows
        .iter()
        .map(|row| (0..row.len()).map(|at| text(row, at)).collect())
        .collect();
    pool.close().await;
    rows
}

async fn waiting(program: &Program) -> (usize, usize) {
    let found = rows(program, WAITING).await;
    let number = |at: usize| found[0][at].parse().unwrap();
    (number(0), number(1))
}

/// Kills the server again and again, each time this much later than it may; what still
/// waited each time.
async fn kill_on(program: &mut Program, stretch: u64) -> Vec<(usize, usize)> {
    let mut left = Vec::new();
    for after in KILLED_AFTER {
        program.end().await;
        left.push(waiting(program).await);
        program.serve().await;
        tokio::time::sleep(Duration::from_millis(after * stretch)).await;
    }
    left
}

/// Kills it until once it was in the middle: something was done and something waited.
/// How soon after its start a server is at work is the machine's affair.
async fn kill_in_the_middle(program: &mut Program) {
    let mut seen = Vec::new();
    for stretch in [1, 2, 4, 8, 16] {
        if waiting(program).await == (0, 0) {
            program.end().await;
            ask_again(program).await;
            program.serve().await;
        }
        let left = kill_on(program, stretch).await;
        let middle = |two: &[(usize, usize)]| two[1] < two[0] && two[1] > (0, 0);
        if left.windows(2).any(middle) {
            return;
        }
        seen.extend(left);
    }
    panic!("never in the middle: {seen:?}");
}

async fn nothing_waits(program: &Program) {
    for _ in 0..2_400 {
        if waiting(program).await == (0, 0) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{:?} still wait after two minutes", waiting(program).await);
}

/// What is recorded of every document: made once, each delivery sent and received once,
/// and at each recipient once.
async fn each_happened_once(program: &Program) {
    let config = Config {
        database_url: program.database_url(),
        ..Config::in_folder(program.folder())
    };
    let state = State::open(&config).await.unwrap();
    let ids = rows(program, "select document_id from document_index").await;
    assert!(ids.len() > 20, "{} documents", ids.len());
    for id in ids {
        let id: DocumentId = id[0].parse().unwrap();
        let stream = Stream::new(StreamKind::Document, id.0);
        let events = state.app.ledger.events(stream, 0).await.unwrap();
        let mut made = 0;
        let mut advanced: BTreeMap<(String, DeliveryState), usize> = BTreeMap::new();
        for event in events {
            match event.event {
                Event::Document(DocumentEvent::DocumentMade { .. }) => made += 1,
                Event::Document(DocumentEvent::DeliveryAdvanced {
                    delivery_id, state, ..
                }) => {
                    *advanced
                        .entry((delivery_id.to_string(), state))
                        .or_default() += 1
                }
                _ => {}
            }
        }
        assert_eq!(made, 1, "{id} is made once");
        assert!(advanced.values().all(|times| *times == 1), "{advanced:?}");
        let document = state.app.ledger.document(id).await.unwrap().unwrap();
        let sha256 = document.sha256.clone().unwrap();
        assert!(state.app.objects.get(&sha256).await.unwrap().is_some());
        for delivery in &document.deliveries {
            if delivery.request.channel == Channel::Inbox {
                let key = (delivery.request.id.to_string(), DeliveryState::Received);
                assert_eq!(advanced.get(&key), Some(&1), "{id}: {advanced:?}");
            }
        }
    }
    for organisation in state.app.index.organisations().await.unwrap() {
        let inbox = state.app.index.deliveries_to(organisation.id, 1_000).await;
        let documents: Vec<_> = inbox.unwrap().iter().map(|one| one.document_id).collect();
        let once: BTreeSet<_> = documents.iter().collect();
        assert_eq!(once.len(), documents.len(), "{}", organisation.name);
    }
    state.store.close().await.unwrap();
}

/// Asks once more for every document of the court: those that were asked for are made.
async fn ask_again(program: &Program) {
    let config = Config {
        database_url: program.database_url(),
        ..Config::in_folder(program.folder())
    };
    let state = State::open(&config).await.unwrap();
    for id in rows(program, "select document_id from document_index").await {
        let id: DocumentId = id[0].parse().unwrap();
        let stream = Stream::new(StreamKind::Document, id.0);
        let events = state.app.ledger.events(stream, 0).await.unwrap();
        let first = events.into_iter().next().unwrap().event;
        let Event::Document(mut requested) = first else {
            panic!("{id} begins with something else");
        };
        let DocumentEvent::DocumentRequested {
            document_id,
            case_id,
            deliveries,
            replaces,
            ..
        } = &mut requested
        else {
            panic!("{id} begins with something else");
        };
        *document_id = DocumentId(Uuid::now_v7());
        *replaces = None;
        for delivery in deliveries {
            delivery.id = DeliveryId(Uuid::now_v7());
        }
        let part = StreamAppend {
            stream: Stream::new(StreamKind::Document, document_id.0),
            expected: Expected::New,
            key: case_id.0,
            events: vec![Event::Document(requested)],
        };
        let append = Append {
            command: CommandId(Uuid::now_v7()),
            moment: Moment {
                at: state.app.chance.now(),
                by: Actor::Service,
            },
            streams: vec![part],
            answer: serde_json::Value::Null,
        };
        state.app.ledger.append(append).await.unwrap();
    }
    state.store.close().await.unwrap();
}

/// The results of a whole court wait to become documents, and one more hearing's are
/// shared; the server is killed all the while.
async fn documents(mut program: Program, faults: &'static [Fault]) {
    let (worked, said) = program.run(&["seed", "--cases", "40"]);
    assert!(worked, "{said}");
    ask_again(&program).await;
    program.serve().await;
    kill_in_the_middle(&mut program).await;

    let day = WorstDay::begin(program, faults).await;
    let adviser = day.sign_in("ada.wren@court.example.test").await;
    let case = glance(&adviser, find(&adviser, PATH_URN).await).await;
    day.hear(&adviser, case.hearings[0].hearing_id).await;
    let mut program = day.program.lock().await;
    kill_on(&mut program, 1).await;
    nothing_waits(&program).await;
    program.end().await;
    each_happened_once(&program).await;
    let (holds, said) = program.run(&["ledger", "verify"]);
    assert!(holds, "{said}");
}

/// Killed at any moment, making everything again has either happened or not; doing it
/// once more is all that is needed.
async fn rebuilding(program: Program) {
    let (worked, said) = program.run(&["seed", "--cases", "20"]);
    assert!(worked, "{said}");
    let mut before = Vec::new();
    for sql in DERIVED {
        before.push(rows(&program, sql).await);
    }
    let mut killed = 0;
    for after in [120, 250, 400, 550, 700, 900] {
        let after = Duration::from_millis(after);
        killed += usize::from(program.kill_at(after, &["ledger", "rebuild"]).await);
        for (sql, before) in DERIVED.iter().zip(&before) {
            assert_eq!(&rows(&program, sql).await, before, "{sql}");
        }
    }
    assert!(killed > 1, "killed {killed} times");
    for command in ["rebuild", "verify"] {
        let (worked, said) = program.run(&["ledger", command]);
        assert!(worked, "{said}");
    }
    for (sql, before) in DERIVED.iter().zip(&before) {
        assert_eq!(&rows(&program, sql).await, before, "{sql}");
    }
}

async fn on_postgresql() -> Program {
    let database = PrivatePostgres::shared().fresh_database();
    Program::idle(TODAY).await.on(database)
}

#[tokio::test]
async fn a_server_killed_while_it_makes_and_delivers_does_each_once() {
    documents(Program::idle(TODAY).await, &[]).await;
}

/// Here every request of the hearing is killed as well.
#[tokio::test]
async fn a_server_on_postgresql_killed_all_the_while_does_each_once() {
    documents(on_postgresql().await, &[Fault::Killed]).await;
}

#[tokio::test]
async fn a_rebuild_that_is_killed_changes_nothing_and_can_be_done_again() {
    rebuilding(Program::idle(TODAY).await).await;
}

#[tokio::test]
async fn a_rebuild_on_postgresql_that_is_killed_changes_nothing_and_can_be_done_again() {
    rebuilding(on_postgresql().await).await;
}
