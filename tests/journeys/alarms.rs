//! What did not arrive, or was not acknowledged, within its limit alarms the court
//! that sent it, until somebody there saw to it; and what became of a day's
//! deliveries adds up to what the ledger says. That this is found every night is in
//! `alarms/nightly.rs`, whom the police hold for the court in `alarms/held.rs`,
//! those who can acknowledge nothing in `alarms/told.rs`.

mod held;
mod nightly;
mod told;

use crate::{
    channels::until,
    steps::{all_guilty, example, look, path_case, save, share, start},
};
use app::ports::Chance;
use client::Client;
use contract::{
    Code, alarm,
    alarm::Alarms,
    delivery,
    hearing::{HearingView, Line},
    inbox,
};
use sqlx::{AssertSqlSafe, Executor};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use testkit::{Setting, TestCourt};
use tokio::process::Command;
use vocabulary::{Alarm, Day, Group, HearingId, Instant};

const WARRANT: &str = "Warrant for custodial sentence";

/// Minutes by which the court's clock is ahead of its start.
static AHEAD: [AtomicI64; 9] = [
    AtomicI64::new(0),
    AtomicI64::new(0),
    AtomicI64::new(0),
    AtomicI64::new(0),
    AtomicI64::new(0),
    AtomicI64::new(0),
    AtomicI64::new(0),
    AtomicI64::new(0),
    AtomicI64::new(0),
];

/// A clock that the test moves on.
struct Clock(Arc<dyn Chance>, usize);

impl Chance for Clock {
    fn now(&self) -> Instant {
        self.0
            .now()
            .plus_seconds(AHEAD[self.1].load(Ordering::SeqCst) * 60)
    }

    fn id(&self) -> uuid::Uuid {
        self.0.id()
    }

    fn secret(&self) -> [u8; 32] {
        self.0.secret()
    }
}

fn clock<const N: usize>(state: &mut server::State) {
    state.app.chance = Arc::new(Clock(Arc::clone(&state.app.chance), N));
}

/// A court whose clock is the `N`th.
async fn court<const N: usize>() -> TestCourt {
    TestCourt::with(Setting {
        prepare: clock::<N>,
        // Hours pass, and nobody's window is locked for it.
        configure: |config| config.lock_minutes = 12 * 60,
        ..Setting::default()
    })
    .await
}

/// Nine months, shared; everything that can arrive has arrived.
async fn sentenced(court: &TestCourt) -> (Client, HearingId) {
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let lines = example(court, "imprisonment", &room, 0);
    result_shared(court, &adviser, &room, lines).await;
    (adviser, hearing_id)
}

/// These lines on the first offence, the second withdrawn; everything that can arrive has.
async fn result_shared(court: &TestCourt, adviser: &Client, room: &HearingView, lines: Vec<Line>) {
    let mut lines = lines;
    lines.extend(example(court, "withdrawn", room, 1));
    shared_as_typed(court, adviser, room, lines).await;
}

/// These lines and no others; everything that can arrive has.
async fn shared_as_typed(
    court: &TestCourt,
    adviser: &Client,
    room: &HearingView,
    lines: Vec<Line>,
) {
    let hearing_id = room.hearing_id;
    let saved = save(adviser, hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(adviser, room, &saved).await;
    let index = &court.state.app.index;
    for _ in 0..100 {
        court.work().await;
        let making = index.documents_to_make(9).await.unwrap();
        let delivering = index.documents_to_deliver(9).await.unwrap();
        if making.is_empty() && delivering.is_empty() {
            return;
        }
    }
    panic!("documents wait without end");
}

/// The alarms about the warrant.
async fn alarms(client: &Client) -> Vec<alarm::AlarmItem> {
    let all = client.alarm_list(&alarm::List {}).await.unwrap();
    of_warrant(all)
}

fn of_warrant(all: Alarms) -> Vec<alarm::AlarmItem> {
    let mut items = all.items;
    items.retain(|item| item.name == WARRANT);
    items
}

#[tokio::test]
async fn a_warrant_that_nobody_acknowledges_alarms_after_five_minutes_and_has_an_owner() {
    let court = court::<0>().await;
    let (adviser, hearing_id) = sentenced(&court).await;
    AHEAD[0].fetch_add(4, Ordering::SeqCst);
    assert!(
        alarms(&adviser).await.is_empty(),
        "four minutes are no alarm"
    );

    // The passing of the limit is announced, though nothing was recorded.
    let mut live = adviser.live(None);
    let heard = tokio::spawn(async move {
        loop {
            let live = live.next_live().await.expect("the stream goes on");
            if live.stale.contains(&"alarms".to_owned()) {
                return live;
            }
        }
    });
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    AHEAD[0].fetch_add(2, Ordering::SeqCst);
    let heard = tokio::time::timeout(std::time::Duration::from_secs(5), heard);
    let heard = heard.await.expect("the court hears of it").unwrap();
    assert!(
        heard.stale.contains(&format!("hearing:{hearing_id}")),
        "{heard:?}"
    );

    let item = alarms(&adviser).await.remove(0);
    assert!(item.urgent);
    assert_eq!(item.alarm.what, Alarm::NotAcknowledged);
    assert!(item.recipient.contains("Fallowdene"), "{item:?}");
    assert!(
        item.alarm.text.contains("nobody there has opened it"),
        "{item:?}"
    );
    assert!(item.alarm.next.contains("Telephone"), "{item:?}");
    assert_eq!(item.alarm.owner, None);

    // Somebody takes it on, and every colleague sees who.
    let take = alarm::Take {
        delivery_id: item.delivery_id,
    };
    let taken = of_warrant(adviser.alarm_take(&take).await.unwrap()).remove(0);
    assert!(taken.alarm.mine);
    let colleague = court.person(Group::CourtAssociate, 0).await;
    let seen = alarms(&colleague).await.remove(0);
    assert!(!seen.alarm.mine);
    assert!(seen.alarm.owner.unwrap().starts_with("Ada Wren"));
    // That the list named the case to them is in its report.
    let told = crate::audited::askers(&court, "alarm.list").await;
    assert!(told.contains("Ada Wren"), "{told:?}");
    // The hearing's documents show the same.
    let view = look(&colleague, hearing_id).await;
    let rows = view.documents.iter().flat_map(|d| &d.deliveries);
    let marked: Vec<_> = rows.filter(|row| row.alarm.is_some()).collect();
    assert!(marked.iter().any(|row| row.delivery_id == item.delivery_id));

    // The prison acknowledges: the alarm is over by itself.
    let prison = court.as_prison().await;
    let delivery_id = item.delivery_id;
    prison
        .inbox_open(&inbox::Open { delivery_id })
        .await
        .unwrap();
    prison
        .inbox_acknowledge(&inbox::Acknowledge { delivery_id })
        .await
        .unwrap();
    assert!(alarms(&adviser).await.is_empty());
    let late = adviser.alarm_take(&take).await.unwrap_err();
    assert_eq!(late.code, Code::Refused);
}

#[tokio::test]
async fn an_alarm_ends_when_it_is_recorded_who_was_told_by_telephone() {
    let court = court::<1>().await;
    let (adviser, hearing_id) = sentenced(&court).await;
    AHEAD[1].fetch_add(30, Ordering::SeqCst);
    let item = alarms(&adviser).await.remove(0);
    let settle = |told: &str, at: Option<&str>| alarm::Settle {
        delivery_id: item.delivery_id,
        told: told.to_owned(),
        at: at.map(str::to_owned),
    };
    let nobody = adviser.alarm_settle(&settle(" ", None)).await.unwrap_err();
    assert_eq!(nobody.code, Code::Refused);
    let unread = adviser.alarm_settle(&settle("Her", Some("soon"))).await;
    assert_eq!(unread.unwrap_err().code, Code::BadRequest);
    let ahead = adviser.alarm_settle(&settle("Her", Some("23:59"))).await;
    assert_eq!(ahead.unwrap_err().code, Code::Refused);

    let told = settle("Duty governor Hale, by telephone", None);
    let left = adviser.alarm_settle(&told).await.unwrap();
    assert!(of_warrant(left).is_empty());
    let view = look(&adviser, hearing_id).await;
    let rows = view.documents.iter().flat_map(|d| &d.deliveries);
    let row = rows
        .filter(|row| row.delivery_id == item.delivery_id)
        .collect::<Vec<_>>()
        .remove(0);
    let settled = row.settled.as_deref().unwrap();
    assert!(settled.contains("Duty governor Hale"), "{settled}");
    assert!(settled.contains("Ada Wren"), "{settled}");

    // It is in the record: it survives a rebuild of everything derived.
    let before = adviser.alarm_list(&alarm::List {}).await.unwrap().total;
    court.state.store.rebuild().await.unwrap();
    let after = adviser.alarm_list(&alarm::List {}).await.unwrap().total;
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_letter_that_came_back_alarms_the_court_that_posted_it() {
    let court = court::<8>().await;
    let (adviser, hearing_id) = sentenced(&court).await;
    let app = &court.state.app;
    let letters = |view: &HearingView| {
        let rows = view.documents.iter().flat_map(|own| own.deliveries.clone());
        rows.filter(|row| row.channel.contains("class post"))
            .collect::<Vec<_>>()
    };
    let waits = letters(&look(&adviser, hearing_id).await).remove(0);
    assert!(!waits.may_come_back, "it was not posted yet");
    let came_back = |why: &str| alarm::CameBack {
        delivery_id: waits.delivery_id,
        why: why.to_owned(),
    };
    let early = adviser.alarm_came_back(&came_back("gone away")).await;
    assert_eq!(early.unwrap_err().code, Code::Refused);
    until("the letter is printed", async || {
        while let Some(batch) = app::document::post_batch(app).await.unwrap() {
            app::document::posted(app, &batch).await.unwrap();
        }
        letters(&look(&adviser, hearing_id).await)
            .iter()
            .any(|row| row.delivery_id == waits.delivery_id && row.may_come_back)
            .then_some(())
    })
    .await;
    for nothing in [" ", "gone\u{7}away"] {
        let refused = adviser.alarm_came_back(&came_back(nothing)).await;
        assert_eq!(refused.unwrap_err().code, Code::BadRequest);
    }
    // No other court, and nobody whom it concerns, says so.
    let elsewhere = court.sign_in("gwenllian.parri@court.example.test").await;
    for other in [elsewhere, court.as_prison().await] {
        let refused = other.alarm_came_back(&came_back("gone away")).await;
        assert!([Code::NotFound, Code::Refused].contains(&refused.unwrap_err().code));
    }

    let alarms = adviser
        .alarm_came_back(&came_back("gone away"))
        .await
        .unwrap();
    let mut items = alarms.items.into_iter();
    let item = items
        .find(|own| own.delivery_id == waits.delivery_id)
        .unwrap();
    assert_eq!(item.alarm.what, Alarm::Failed);
    assert!(item.alarm.text.contains("gone away"), "{:?}", item.alarm);
    assert!(item.alarm.text.contains("Ada Wren"), "{:?}", item.alarm);
    let rows = letters(&look(&adviser, hearing_id).await);
    let row = rows.iter().find(|row| row.delivery_id == waits.delivery_id);
    assert!(row.is_some_and(|row| row.alarm.is_some() && !row.may_come_back));
    // It is in the record: it survives a rebuild of everything derived.
    court.state.store.rebuild().await.unwrap();
    let left = adviser.alarm_list(&alarm::List {}).await.unwrap().items;
    assert!(left.iter().any(|own| own.delivery_id == waits.delivery_id));
}

#[tokio::test]
async fn only_the_court_that_sent_it_sees_an_alarm_and_no_recipient_does() {
    let court = court::<2>().await;
    let (adviser, hearing_id) = sentenced(&court).await;
    AHEAD[2].fetch_add(30, Ordering::SeqCst);
    let item = alarms(&adviser).await.remove(0);
    let take = alarm::Take {
        delivery_id: item.delivery_id,
    };
    let settle = alarm::Settle {
        delivery_id: item.delivery_id,
        told: "The duty governor".to_owned(),
        at: None,
    };

    // Another court has alarms of its own, and this one is not among them.
    let elsewhere = court.sign_in("gwenllian.parri@court.example.test").await;
    assert!(alarms(&elsewhere).await.is_empty());
    let refused = elsewhere.alarm_take(&take).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let case_id = path_case(&adviser).await.0;
    crate::veil::break_glass(&elsewhere, case_id).await.unwrap();
    let view = look(&elsewhere, hearing_id).await;
    let mut rows = view.documents.iter().flat_map(|d| &d.deliveries);
    assert!(rows.all(|row| row.alarm.is_none()));

    // Whoever it was sent to, and whoever prosecutes or defends, sees none.
    for other in [
        court.as_prison().await,
        court.as_cps().await,
        court.as_defence().await,
    ] {
        let refused = other.alarm_list(&alarm::List {}).await.unwrap_err();
        assert_eq!(refused.code, Code::NotPermitted);
        let refused = other.alarm_settle(&settle).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
    assert_eq!(alarms(&adviser).await.remove(0).alarm.owner, None);
}

#[tokio::test]
async fn the_days_deliveries_add_up_agency_by_agency_and_are_the_ledgers() {
    let court = court::<3>().await;
    let (_, hearing_id) = sentenced(&court).await;
    let today = court.today();
    let administrator = court.person(Group::CourtAdministrators, 0).await;
    let ask = delivery::Reconcile { day: None };
    let sent = administrator.delivery_reconcile(&ask).await.unwrap();
    let prison = sent
        .agencies
        .iter()
        .find(|agency| agency.name.contains("Fallowdene"))
        .expect("the prison is one of them");
    assert!(prison.figures.requested > 0);
    assert_eq!(prison.figures.delivered, prison.figures.requested);
    assert_eq!(prison.figures.acknowledged, 0);
    assert!(prison.figures.outstanding > 0);
    let waits = sent
        .outstanding
        .iter()
        .find(|own| own.name == WARRANT)
        .expect("the warrant is outstanding");
    assert_eq!(
        (waits.hearing_id, waits.what),
        (hearing_id, Alarm::NotAcknowledged)
    );

    // The prison asks of what was sent to it, and sees no other's.
    let own = court.as_prison().await;
    let theirs = own.delivery_reconcile(&ask).await.unwrap();
    assert_eq!(theirs.agencies.len(), 1, "{:#?}", theirs.agencies);
    assert_eq!(theirs.agencies[0].figures, prison.figures);
    // Both lists named the case.
    let told = crate::audited::askers(&court, "delivery.reconcile").await;
    assert_eq!(told.len(), 2, "{told:?}");
    let delivery_id = waits.delivery_id;
    own.inbox_open(&inbox::Open { delivery_id }).await.unwrap();
    own.inbox_acknowledge(&inbox::Acknowledge { delivery_id })
        .await
        .unwrap();
    let after = own.delivery_reconcile(&ask).await.unwrap().total;
    assert_eq!(after.acknowledged, 1);
    assert_eq!(after.outstanding, prison.figures.outstanding - 1);
    let adviser = court.as_legal_adviser().await;
    let refused = adviser.delivery_reconcile(&ask).await.unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);

    // Figures and ledger agree; the command says so.
    let (from, to) = app::delivery::of_day(today);
    let store = &court.state.store;
    let agreed = store.reconcile_deliveries(from, to).await.unwrap();
    assert!(agreed.differences.is_empty(), "{:#?}", agreed.differences);
    let of_court = administrator.delivery_reconcile(&ask).await.unwrap();
    assert!(agreed.deliveries as u64 >= of_court.total.requested);
    let (agrees, said) = reconcile(&court, today).await;
    assert!(agrees, "{said}");

    // A row of the index that somebody changed is named, and the command fails.
    let changed = format!(
        "update delivery_index set state = 'received', acknowledged = null, outstanding = 1 \
         where delivery_id = '{delivery_id}'"
    );
    tampered(&court, &changed).await;
    let found = store.reconcile_deliveries(from, to).await.unwrap();
    assert_eq!(found.differences.len(), 3, "{:#?}", found.differences);
    let named = |part: &str| found.differences.iter().any(|own| own.contains(part));
    assert!(named(
        "state is acknowledged by the ledger and received by the index"
    ));
    assert!(
        found
            .differences
            .iter()
            .all(|own| own.contains(&delivery_id.to_string()))
    );
    let (agrees, said) = reconcile(&court, today).await;
    assert!(!agrees && said.contains(&delivery_id.to_string()), "{said}");
    assert!(said.contains("ledger rebuild"), "{said}");

    // So is one that was taken away; a rebuild makes both right.
    let gone = format!("delete from delivery_index where delivery_id = '{delivery_id}'");
    tampered(&court, &gone).await;
    let found = store.reconcile_deliveries(from, to).await.unwrap();
    assert_eq!(found.differences.len(), 1, "{:#?}", found.differences);
    assert!(found.differences[0].contains("is in the ledger and not in the index"));
    store.rebuild().await.unwrap();
    let mended = store.reconcile_deliveries(from, to).await.unwrap();
    assert!(mended.differences.is_empty(), "{:#?}", mended.differences);
}

/// Whether the command line finds that index and ledger agree, and what it says.
async fn reconcile(court: &TestCourt, day: Day) -> (bool, String) {
    let output = Command::new(testkit::built("common-platform-server"))
        .args(["deliveries", "reconcile", "--date", &day.to_string()])
        .arg("--data")
        .arg(court.folder().unwrap())
        .output()
        .await
        .unwrap();
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    (output.status.success(), said)
}

/// Somebody writes into the database.
async fn tampered(court: &TestCourt, sql: &str) {
    let pool = sqlx::AnyPool::connect(&court.config.database_url)
        .await
        .unwrap();
    pool.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    pool.close().await;
}
