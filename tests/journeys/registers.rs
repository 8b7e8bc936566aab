//! Registers that somebody has without asking: when the court day is over they are sent, once,
//! whatever becomes of the server, and again if something else is to be said of that day.

use crate::{
    channels::until,
    roles::{amends, childs_hearing, result},
    steps::{save, share},
};
use app::ports::Chance;
use client::Client;
use contract::notice::{List, Notice};
use server::State;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use testkit::TestCourt;
use vocabulary::Instant;

/// Minutes by which the clock of the servers beside the court's is ahead of its own.
static AHEAD: AtomicI64 = AtomicI64::new(0);

struct Clock(Arc<dyn Chance>);

impl Chance for Clock {
    fn now(&self) -> Instant {
        self.0.now().plus_seconds(AHEAD.load(Ordering::SeqCst) * 60)
    }

    fn id(&self) -> uuid::Uuid {
        self.0.id()
    }

    fn secret(&self) -> [u8; 32] {
        self.0.secret()
    }
}

fn clock(state: &mut State) {
    state.app.chance = Arc::new(Clock(Arc::clone(&state.app.chance)));
}

/// A server on the record of a court, whose clock shows this moment.
async fn served(court: &TestCourt, at: Instant) -> server::Running {
    set(court, at);
    let mut state = State::open(&court.config).await.unwrap();
    clock(&mut state);
    server::serve(state, &court.config).await.unwrap()
}

/// Sets that clock to a moment, or a little later.
fn set(court: &TestCourt, to: Instant) {
    let minutes = (to.micros() - court.chance().now().micros()) / 60_000_000 + 1;
    AHEAD.store(minutes, Ordering::SeqCst);
}

async fn registers(client: &Client) -> Vec<Notice> {
    let mut all = client.notice_list(&List {}).await.unwrap().items;
    all.retain(|own| own.title.contains("register"));
    all
}

async fn some(client: &Client, count: usize) -> Vec<Notice> {
    until("the register", || async {
        Some(registers(client).await).filter(|all| all.len() >= count)
    })
    .await
}

#[tokio::test]
async fn a_team_is_sent_the_register_of_the_court_day_once_and_again_when_it_is_amended() {
    let mut court = TestCourt::open().await;
    let day = court.today();
    let adviser = court.as_legal_adviser().await;
    let room = childs_hearing(&adviser).await;
    let order = result(
        &court,
        &room,
        "YOP",
        &[
            ("youthOffenderPanelName", "Ashmere panel"),
            (
                "youthOffendingTeamToBeNotified",
                "Marches Youth Offending Team",
            ),
            ("referralPeriod", "6 months"),
            ("totalLengthOfContractPeriod", "6 months"),
        ],
    );
    let saved = save(&adviser, room.hearing_id, room.draft.revision, vec![order]).await;
    share(&adviser, &room, &saved).await;

    // The server that shared is gone when the time comes. Until then nothing is sent.
    court = court.restarted().await;
    let team = court.as_youth_offending_team().await;
    let early = served(&court, day.at(18, 50)).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    early.stop().await;
    assert_eq!(registers(&team).await, []);
    let evening = served(&court, day.at(19, 0)).await;
    let sent = some(&team, 1).await;
    let title = format!(
        "Youth court register, Ashmere Magistrates' Court, {}",
        day.in_words()
    );
    assert_eq!(sent.len(), 1, "{sent:#?}");
    assert_eq!(sent[0].title, title);
    assert!(sent[0].case_id.is_none(), "{sent:#?}");
    // Of the days before this court was first served nothing is made up for.
    let authority = court.as_cps().await;
    let own = some(&authority, 1).await;
    assert_eq!(own.len(), 1, "{own:#?}");
    assert!(
        own[0].title.starts_with("Informant register, CPS"),
        "{own:#?}"
    );

    // Another server beside it, and one after it: nothing is sent twice.
    let beside = served(&court, day.at(19, 5)).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    evening.stop().await;
    assert_eq!(registers(&team).await.len(), 1);
    let adviser = court.as_legal_adviser().await;
    amends(
        &adviser,
        room.hearing_id,
        (
            &["referralPeriod", "totalLengthOfContractPeriod"],
            "9 months",
        ),
    )
    .await;
    assert_eq!(registers(&team).await.len(), 1);

    // At the end of the next day it is sent again, and says so.
    set(&court, day.plus_days(1).at(19, 0));
    let again = some(&team, 2).await;
    assert_eq!(again.len(), 2, "{again:#?}");
    assert_eq!(again[0].title, format!("{title}, amended"));
    beside.stop().await;
}
