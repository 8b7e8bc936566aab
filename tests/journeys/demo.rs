//! The demo court: the same every time for the same day, in every stage of a
//! case, and seeding it again changes nothing.

use app::{
    demo::{PATH_URN, SeedOptions, seed},
    ports::Audited,
};
use contract::hearing::DayList;
use server::{State, config::Config};
use sqlx::AssertSqlSafe;
use std::{collections::BTreeMap, path::Path};
use tempfile::TempDir;
use testkit::{Setting, TestCourt};
use vocabulary::{Day, HearingState, Urn};

async fn court(today: &str, cases: usize) -> TestCourt {
    let today: Day = today.parse().expect("a day");
    TestCourt::with(Setting {
        today,
        cases,
        ..Setting::default()
    })
    .await
}

/// Everything that happened to every case, hearing and document, in words.
async fn told(court: &TestCourt) -> BTreeMap<String, Vec<String>> {
    let app = &court.state.app;
    let mut all = BTreeMap::new();
    for account in app.index.accounts().await.expect("accounts") {
        all.insert(account.email.clone(), vec![format!("{account:?}")]);
    }
    for organisation in app.index.organisations().await.expect("organisations") {
        all.insert(organisation.name.clone(), vec![format!("{organisation:?}")]);
    }
    for case in cases(court).await {
        let mut streams = vec![domain::Stream::new(domain::StreamKind::Case, case.id.0)];
        for hearing in &case.hearings {
            streams.push(domain::Stream::new(domain::StreamKind::Hearing, hearing.0));
        }
        for document in &case.documents {
            streams.push(domain::Stream::new(
                domain::StreamKind::Document,
                document.0,
            ));
        }
        for stream in streams {
            let events = app.ledger.events(stream, 0).await.expect("events");
            // What the jobs do follows the clock of the machine, not the seed.
            let words = events
                .iter()
                .filter(|one| one.by != domain::Actor::Service)
                .map(|one| format!("{} {:?} {:?}", one.at, one.by, one.event))
                .collect();
            all.insert(stream.to_string(), words);
        }
    }
    all
}

async fn cases(court: &TestCourt) -> Vec<domain::case::Case> {
    let app = &court.state.app;
    let from = court.today().plus_days(-400);
    let mut ids = Vec::new();
    for organisation in app.index.organisations().await.expect("organisations") {
        if let Some(house) = organisation.court {
            let listed = app
                .index
                .cases_at(house.id, from, 1_000)
                .await
                .expect("cases");
            ids.extend(listed.into_iter().map(|case| case.case_id));
        }
    }
    ids.sort();
    ids.dedup();
    app.ledger.cases(&ids).await.expect("cases")
}

#[tokio::test]
async fn the_same_day_makes_the_same_court() {
    let (one, other) = (court("2026-11-23", 40).await, court("2026-11-23", 40).await);
    let (one, other) = (told(&one).await, told(&other).await);
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    for (stream, events) in &one {
        assert_eq!(events, &other[stream], "{stream}");
    }
}

/// A record as seeding leaves it: nobody has served it, so no clock has been in it.
struct Made {
    folder: TempDir,
    config: Config,
    state: State,
}

/// Columns of what is sealed or made by chance each time, as secrets must be, and of the
/// hashes that cover it.
const SEALED: &[&str] = &[
    "ledger_event.body",
    "ledger_event.prev_stream_hash",
    "ledger_event.prev_chain_hash",
    "ledger_event.hash",
    "stream_head.hash",
    "stream_head.snapshot",
    "data_key.wrapped",
    "password.phc",
];

impl Made {
    async fn on(today: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let today: Day = today.parse().expect("a day");
        let config = Config {
            today: Some(today),
            demo: true,
            ..Config::in_folder(folder.path())
        };
        let state = State::open(&config).await.expect("the record opens");
        seed(&state.app, &SeedOptions::on(today))
            .await
            .expect("it is seeded");
        Self {
            folder,
            config,
            state,
        }
    }

    /// The ledger in its order, in words.
    async fn ledger(&self) -> Vec<String> {
        let all = Audited {
            limit: 100_000,
            ..Audited::default()
        };
        let events = self.state.app.ledger.audited(all).await.expect("events");
        events.iter().map(|event| format!("{event:?}")).collect()
    }

    /// What everybody was told, in the order in which they are shown it.
    async fn notices(&self, on: Day) -> BTreeMap<String, Vec<String>> {
        let index = &self.state.app.index;
        let mut all = BTreeMap::new();
        for account in index.accounts().await.expect("accounts") {
            let own = index.notices(account.id, on, 1_000).await.expect("notices");
            let own = own.iter().map(|one| format!("{one:?}")).collect();
            all.insert(account.email, own);
        }
        all
    }

    /// Every row of every table, but for what is sealed.
    async fn tables(&self) -> BTreeMap<String, Vec<String>> {
        sqlx::any::install_default_drivers();
        let pool = sqlx::AnyPool::connect(&self.config.database_url)
            .await
            .expect("the record");
        let ask = async |sql: String| -> Vec<String> {
            sqlx::query_scalar(AssertSqlSafe(sql))
                .fetch_all(&pool)
                .await
                .expect("rows")
        };
        let names = "select name from sqlite_master where type = 'table' \
                     and name not like 'sqlite%' and name not like '\\_sqlx%' escape '\\'";
        let mut tables = BTreeMap::new();
        for name in ask(names.to_owned()).await {
            let columns = ask(format!("select name from pragma_table_info('{name}')")).await;
            let columns: Vec<String> = columns
                .into_iter()
                .filter(|column| !SEALED.contains(&format!("{name}.{column}").as_str()))
                .map(|column| format!("'{column}=' || coalesce(cast({column} as text), 'none')"))
                .collect();
            let line = columns.join(" || ' ' || ");
            let rows = ask(format!("select {line} from {name} order by 1")).await;
            tables.insert(name, rows);
        }
        pool.close().await;
        tables
    }

    /// The names of all files of the object store, which are the hashes of their bytes.
    fn files(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut folders = vec![self.config.objects.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path => names.push(name_of(&path)),
                }
            }
        }
        names.sort();
        names
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().expect("a name");
    name.to_string_lossy().into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_day_makes_the_same_record_in_the_same_order() {
    let (one, other) = (Made::on("2026-11-23").await, Made::on("2026-11-23").await);
    assert_ne!(one.folder.path(), other.folder.path());
    let (events, again) = (one.ledger().await, other.ledger().await);
    assert!(events.len() > 300, "{}", events.len());
    for (event, same) in events.iter().zip(&again) {
        assert_eq!(event, same);
    }
    assert_eq!(events.len(), again.len());

    let today = "2026-11-23".parse().expect("a day");
    let (told, again) = (one.notices(today).await, other.notices(today).await);
    assert!(told.values().any(|own| own.len() > 3), "somebody was told");
    for (person, own) in &told {
        assert_eq!(own, &again[person], "{person}");
    }

    let (tables, again) = (one.tables().await, other.tables().await);
    assert!(tables.len() > 20 && tables["legal_aid_message"].len() > 1);
    for (table, rows) in &tables {
        assert_eq!(rows, &again[table], "{table}");
    }

    // And the same pages.
    for made in [&one, &other] {
        let app = &made.state.app;
        while app::document::make_waiting(app).await.expect("made") > 0 {}
    }
    assert!(one.files().len() > 50, "{}", one.files().len());
    assert_eq!(one.files(), other.files());
    // Another day is another court.
    let later = Made::on("2026-11-24").await;
    assert_ne!(later.ledger().await, events);
}

#[tokio::test]
async fn seeding_again_changes_nothing() {
    let court = court("2026-11-23", 40).await;
    let before = told(&court).await;
    let options = SeedOptions::on(court.today());
    let again = seed(&court.state.app, &options)
        .await
        .expect("seeded again");
    assert_eq!(again.cases, 40);
    assert_eq!(told(&court).await, before);
    // For another day the references are taken, and nothing is rejected on the record.
    let later = SeedOptions::on(court.today().plus_days(3));
    assert_eq!(
        seed(&court.state.app, &later)
            .await
            .expect("seeded again")
            .cases,
        0
    );
    assert_eq!(told(&court).await, before);
}

#[tokio::test]
async fn forty_cases_are_at_every_stage_on_any_day_of_the_week() {
    for today in ["2026-11-21", "2026-11-22", "2027-01-01"] {
        let court = court(today, 40).await;
        let cases = cases(&court).await;
        assert_eq!(cases.len(), 40, "{today}");
        assert!(cases.iter().any(|case| !case.materials.is_empty()));
        assert!(cases.iter().any(|case| case.defendants.len() > 1));
        assert!(
            cases
                .iter()
                .flat_map(|case| &case.defendants)
                .any(|d| d.represented_by.is_some())
        );
        let hearings: Vec<_> = cases
            .iter()
            .flat_map(|case| case.hearings.clone())
            .collect();
        let hearings = court
            .state
            .app
            .ledger
            .hearings(&hearings)
            .await
            .expect("hearings");
        let shared = hearings
            .iter()
            .filter(|hearing| hearing.shared.is_some())
            .count();
        assert_eq!(shared, 8, "{today}");
        let waiting = hearings
            .iter()
            .filter(|hearing| hearing.state == HearingState::Ended && hearing.shared.is_none());
        assert!(waiting.count() > 0, "{today}");
        let now: Vec<_> = hearings
            .iter()
            .filter(|hearing| hearing.starts_at.day() == court.today())
            .collect();
        assert_eq!(now.len(), 12, "{today}");
        assert!(cases.iter().any(|case| !case.documents.is_empty()));
    }
}

#[tokio::test]
async fn the_guided_path_finds_its_case_in_the_first_room_today() {
    let court = court("2026-11-23", 12).await;
    let clerk = court.as_legal_adviser().await;
    let room = app::demo::courtroom_id(app::demo::MAGISTRATES, 0);
    let list = clerk
        .hearing_day_list(&DayList {
            courtroom_id: room,
            day: court.today(),
        })
        .await
        .expect("the list");
    let path = Urn::parse(PATH_URN).expect("a reference");
    let row = list
        .hearings
        .iter()
        .find(|row| row.cases.contains(&path))
        .expect("its hearing");
    assert_eq!(row.time, "10:00");
    let case = court
        .state
        .app
        .ledger
        .case(app::intake::case_id(&path))
        .await
        .expect("read");
    let case = case.expect("the case");
    assert!(case.defendants[0].represented_by.is_none());
    assert!(case.materials.is_empty());
    let offences = &case.defendants[0].offences;
    assert_eq!(offences[0].charged.mode_of_trial, "Either Way");
    assert!(offences[1].charged.dvla_code.is_some());
}

/// A court in use is a court in which an alarm is something that somebody attends to: what
/// is left over is little, and each of it of another kind.
#[tokio::test]
async fn a_demo_court_opens_with_a_handful_of_alarms_each_of_another_kind() {
    let court = court("2026-11-23", 40).await;
    for _ in 0..20 {
        court.work().await;
    }
    let found = court
        .as_legal_adviser()
        .await
        .alarm_list(&contract::alarm::List {})
        .await
        .expect("the alarms");
    let said: Vec<String> = found
        .items
        .iter()
        .map(|item| {
            let what = item.alarm.what;
            format!("{what} {} to {}", item.name, item.recipient)
        })
        .collect();
    assert!((3..=5).contains(&found.total), "{said:#?}");
    // The most urgent is the first: a prison that has not taken somebody over.
    assert!(found.items[0].urgent, "{said:#?}");
    assert_eq!(found.items[0].recipient, "HMP Fallowdene");
    // Every agency has an address here: what waits, waits for somebody of the court.
    let lost = found
        .items
        .iter()
        .find(|item| item.alarm.next.contains("No address"));
    assert!(lost.is_none(), "{lost:#?}");
    let kinds: std::collections::BTreeSet<&str> = found
        .items
        .iter()
        .map(|item| item.alarm.next.split(' ').next().unwrap_or_default())
        .collect();
    assert!(kinds.len() > 1, "{said:#?}");
    // The letters of all days but the last went out with the post of their day.
    let batch = app::document::post_batch(&court.state.app)
        .await
        .expect("a batch");
    let sheets = batch.expect("the last day waits").sheets;
    let documents = sheets
        .iter()
        .map(|sheet| sheet.document)
        .collect::<Vec<_>>();
    let app = &court.state.app;
    let days: std::collections::BTreeSet<Day> = app
        .ledger
        .documents(&documents)
        .await
        .expect("documents")
        .iter()
        .map(|document| document.requested_at.day())
        .collect();
    assert_eq!(days.len(), 1, "{days:?}");
}
