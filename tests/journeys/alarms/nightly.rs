//! Every night the server reckons the day before from the ledger, keeps it agency by agency, and
//! says so where the lists differ.

use super::{AHEAD, clock, court, sentenced, tampered};
use crate::channels::until;
use client::Client;
use contract::{
    Code,
    alarm::{self, DayAlarm, TakeDay},
    audit::{Report, Subject},
    delivery::{KeptReckoning, Reconcile, Reconciliation},
};
use server::State;
use std::sync::atomic::Ordering;
use testkit::TestCourt;
use vocabulary::{Day, Group, Instant};

/// Moves the clock of a court on to a moment, and a little further.
fn moved_on<const N: usize>(court: &TestCourt, to: Instant) {
    let now = court.chance().now();
    let minutes = (to.micros() - now.micros()) / 60_000_000 + 1;
    assert!(minutes > 0, "clocks go forward");
    AHEAD[N].fetch_add(minutes, Ordering::SeqCst);
}

async fn of(client: &Client, day: Day) -> Reconciliation {
    let ask = Reconcile { day: Some(day) };
    client.delivery_reconcile(&ask).await.unwrap()
}

async fn kept(client: &Client, day: Day) -> KeptReckoning {
    until("the reckoning", || async { of(client, day).await.kept }).await
}

async fn days(client: &Client) -> Vec<DayAlarm> {
    client.alarm_list(&alarm::List {}).await.unwrap().days
}

#[tokio::test]
async fn every_day_is_reckoned_in_the_night_after_it_by_one_server_and_kept() {
    let mut court = court::<4>().await;
    let _ = sentenced(&court).await;
    let day = court.today();
    // A second server on the same record, with the same clock.
    let mut beside = State::open(&court.config).await.unwrap();
    clock::<4>(&mut beside);
    let beside = server::serve(beside, &court.config).await.unwrap();
    let administrator = court.person(Group::CourtAdministrators, 0).await;

    // This court's clock begins at nine: the day before is due at once, and there was nothing.
    let before = kept(&administrator, day.plus_days(-1)).await;
    assert!(before.agrees && before.agencies.is_empty(), "{before:?}");
    assert!(before.text.contains("no delivery"), "{}", before.text);
    let shown = of(&administrator, day).await;
    assert!(shown.kept.is_none(), "the day is not over");
    assert!(shown.total.requested > 0);

    moved_on::<4>(&court, day.plus_days(1).at(2, 30));
    let administrator = court.person(Group::CourtAdministrators, 0).await;
    let night = kept(&administrator, day).await;
    assert!(night.agrees, "{night:?}");
    assert!(night.at >= day.plus_days(1).at(2, 30));
    assert!(
        night.text.contains("what the ledger says"),
        "{}",
        night.text
    );
    let shown = of(&administrator, day).await;
    assert_eq!(
        night.agencies, shown.agencies,
        "as much as the lists, and once"
    );
    assert_eq!(night.total, shown.total);
    let latest: Vec<_> = shown.days.iter().map(|own| (own.day, own.agrees)).collect();
    assert_eq!(latest, [(day, true), (day.plus_days(-1), true)]);
    let adviser = court.as_legal_adviser().await;
    assert_eq!(days(&adviser).await, []);

    // An agency has its own.
    let prison = court.as_prison().await;
    let theirs = kept(&prison, day).await;
    assert_eq!(theirs.agencies, of(&prison, day).await.agencies);
    assert_eq!(theirs.agencies.len(), 1);

    // What is kept is kept, whatever is started again.
    beside.stop().await;
    court = court.restarted().await;
    let administrator = court.person(Group::CourtAdministrators, 0).await;
    let again = kept(&administrator, day).await;
    assert_eq!((again.at, again.agencies), (night.at, night.agencies));
}

#[tokio::test]
async fn a_day_that_a_killed_server_had_taken_is_reckoned_when_its_claim_has_lapsed() {
    let court = court::<5>().await;
    let _ = sentenced(&court).await;
    let day = court.today();
    let night = day.plus_days(1);
    // As a server leaves it that is killed between claiming the day and keeping it.
    let (now, until) = (night.at(2, 30), night.at(2, 40));
    let claimed =
        court
            .state
            .app
            .reckoning
            .claim_reckoning(day, now, until, Instant::from_micros(0));
    assert!(claimed.await.unwrap());
    moved_on::<5>(&court, night.at(2, 35));
    let administrator = court.person(Group::CourtAdministrators, 0).await;
    assert!(of(&administrator, day).await.kept.is_none());
    moved_on::<5>(&court, until);
    let night = kept(&administrator, day).await;
    assert!(night.at >= until, "two servers had it: {night:?}");
    assert!(night.agrees);
    assert_eq!(night.agencies, of(&administrator, day).await.agencies);
}

#[tokio::test]
async fn a_row_that_somebody_wrote_into_the_lists_is_an_alarm_in_the_morning_until_it_is_mended() {
    let court = court::<6>().await;
    let _ = sentenced(&court).await;
    let day = court.today();
    let prison = crate::channels::prison(&court).await;
    let acknowledged = format!(
        "update delivery_index set acknowledged = requested, outstanding = 0, alarm_from = null \
         where organisation_id = '{}'",
        prison.id
    );
    tampered(&court, &acknowledged).await;
    moved_on::<6>(&court, day.plus_days(1).at(2, 30));
    let adviser = court.as_legal_adviser().await;
    let found = until("the alarm", || async { days(&adviser).await.pop() }).await;
    assert_eq!((found.day, found.owner.as_ref()), (day, None));
    assert!(
        found.text.contains("what the ledger says"),
        "{}",
        found.text
    );
    let command = format!("deliveries reconcile --date {day}");
    assert!(found.next.contains(&command), "{}", found.next);

    // The court and the prison see that the day does not agree, and what the ledger says of it.
    let administrator = court.person(Group::CourtAdministrators, 0).await;
    let shown = of(&administrator, day).await;
    let by_ledger = shown.kept.unwrap();
    assert!(!by_ledger.agrees && !shown.days[0].agrees);
    assert_eq!(by_ledger.total.acknowledged, 0);
    assert!(shown.total.acknowledged > 0, "the lists say so");
    assert!(!kept(&court.as_prison().await, day).await.agrees);
    // It is nobody's elsewhere.
    let elsewhere = court.sign_in("gwenllian.parri@court.example.test").await;
    assert_eq!(days(&elsewhere).await, []);
    let take = TakeDay { day };
    let refused = elsewhere.alarm_take_day(&take).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    let custody = court.as_prison().await;
    let refused = custody.alarm_take_day(&take).await.unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);

    // Somebody takes it on, and every colleague sees who.
    let taken = adviser.alarm_take_day(&take).await.unwrap().days.remove(0);
    assert!(taken.mine);
    let colleague = court.person(Group::CourtAssociate, 0).await;
    let seen = days(&colleague).await.remove(0);
    assert!(!seen.mine && seen.owner.unwrap().starts_with("Ada Wren"));

    // Who took it on is in the record, once for each time that it became somebody else's.
    adviser.alarm_take_day(&take).await.unwrap();
    colleague.alarm_take_day(&take).await.unwrap();
    let auditor = court.person(Group::Auditors, 0).await;
    for (email, before) in [
        ("ada.wren@court.example.test", "deliveries differ"),
        ("tomasz.brandys@court.example.test", "Ada Wren had it"),
    ] {
        let report = Report {
            about: Subject::Person,
            which: email.to_owned(),
            from: day,
            to: day.plus_days(1),
            after: None,
        };
        let lines = auditor.audit_report(&report).await.unwrap().lines;
        let line = crate::audit::line(&lines, "alarm of a day taken on");
        assert!(line.to.contains(&format!("{day}, ")), "{line:?}");
        assert!(line.to.ends_with(before), "{line:?}");
        assert!(!line.why.is_empty(), "{line:?}");
    }

    // Mended, it is over by itself, and that it had differed is not forgotten.
    court.state.store.rebuild().await.unwrap();
    AHEAD[6].fetch_add(61, Ordering::SeqCst);
    until("the end of the alarm", || async {
        days(&adviser).await.is_empty().then_some(())
    })
    .await;
    let mended = kept(&administrator, day).await;
    assert!(
        mended.agrees && mended.text.contains("again"),
        "{}",
        mended.text
    );
    assert_eq!(mended.agencies, of(&administrator, day).await.agencies);
    let late = adviser.alarm_take_day(&take).await.unwrap_err();
    assert_eq!(late.code, Code::Refused);
}
