//! The daily reckoning of deliveries is claimed by one server, kept whole, found by whoever
//! it concerns, and an alarm where lists and ledger differ.

use crate::{
    court::{command, fresh, noon, part},
    ground::Ground,
};
use app::ports::{DeliverySum, Expected, Ledger, Reckoned, Reckoning, Reckonings, Whose};
use domain::{Actor, Event, Moment, Stream, StreamKind, reading::ReadingEvent};
use vocabulary::{AccountId, Channel, CourtId, Day, Instant, OrganisationId};

fn minutes(minutes: i64) -> Instant {
    noon().plus_seconds(minutes * 60)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

const NEVER: fn() -> Instant = || Instant::from_micros(0);

fn figures(
    court: Option<CourtId>,
    organisation: Option<OrganisationId>,
    requested: u64,
    differing: u64,
) -> Reckoned {
    Reckoned {
        court,
        sum: DeliverySum {
            organisation,
            channel: match organisation {
                Some(_) => Channel::Inbox,
                None => Channel::FirstClassPost,
            },
            requested,
            delivered: requested,
            acknowledged: requested.min(1),
            failed: 0,
            stopped: 0,
            settled: 0,
            outstanding: 0,
        },
        differing,
    }
}

/// Somebody takes a day on, as the record has it.
async fn takes(
    store: &store::Store,
    (court, day): (CourtId, Day),
    (account, name): (AccountId, &str),
    at: i64,
) {
    let event = ReadingEvent::DayTaken {
        day,
        requested: 3,
        differing: 2,
        before: None,
        organisation: fresh(),
    };
    let stream = Stream::new(StreamKind::Reading, court.0);
    let mut taking = command(vec![part(
        stream,
        Expected::Any,
        vec![Event::Reading(event)],
    )]);
    taking.moment = Moment {
        at: minutes(at),
        by: Actor::Person {
            account,
            name: name.to_owned(),
            organisation: fresh(),
            from: None,
            under: None,
        },
    };
    store.append(taking).await.unwrap();
}

on_both! {
    async fn of_servers_on_one_record_one_reckons_a_day_and_another_when_that_is_killed(ground: &Ground) {
        let (store, other) = (&ground.store, &ground.another_server().await);
        let first = day("2026-11-20");
        let claims = async |store: &store::Store| {
            store.claim_reckoning(first, minutes(0), minutes(10), NEVER()).await.unwrap()
        };
        let (one, two) = futures::join!(claims(store), claims(other));
        assert!(one != two, "one of them has it");
        let come = Reckonings { last: Some(first), open: vec![first], differing: vec![] };
        assert_eq!(other.reckonings().await.unwrap(), come);
        let later = async |now, until| {
            other.claim_reckoning(first, minutes(now), minutes(until), NEVER()).await.unwrap()
        };
        assert!(!later(9, 19).await, "it may still be at work");
        // The server that had it was killed: its claim lapses, and what it would keep is not kept.
        assert!(later(10, 20).await);
        let kept = async |store: &store::Store, until| {
            let none = [figures(Some(fresh()), None, 1, 0)];
            store.keep_reckoning(first, minutes(11), minutes(until), &none).await.unwrap()
        };
        assert!(!kept(store, 10).await);
        assert_eq!(store.reckonings().await.unwrap(), come);
        assert!(kept(other, 20).await);
        assert!(!kept(other, 20).await, "once");
        assert!(!later(99, 109).await, "it agreed");
        let come = Reckonings { last: Some(first), ..Reckonings::default() };
        assert_eq!(store.reckonings().await.unwrap(), come);
    }

    async fn a_day_is_kept_agency_by_agency_for_whoever_it_concerns(ground: &Ground) {
        let store = &ground.store;
        let (court, elsewhere, prison): (CourtId, CourtId, OrganisationId) = (fresh(), fresh(), fresh());
        let kept = async |day: Day, all: &[Reckoned]| {
            let (now, until) = (minutes(0), minutes(10));
            assert!(store.claim_reckoning(day, now, until, NEVER()).await.unwrap());
            assert!(store.keep_reckoning(day, minutes(1), until, all).await.unwrap());
        };
        let (monday, tuesday) = (day("2026-11-23"), day("2026-11-24"));
        kept(monday, &[
            figures(Some(court), Some(prison), 3, 0),
            figures(Some(court), None, 2, 0),
            figures(Some(elsewhere), Some(prison), 4, 0),
        ]).await;
        kept(tuesday, &[]).await;

        let of_court = Whose::SentBy(court);
        let days = store.reckoned_days(of_court, 9).await.unwrap();
        let seen: Vec<_> = days.iter().map(|own| (own.day, own.requested, own.differing)).collect();
        assert_eq!(seen, [(tuesday, 0, 0), (monday, 5, 0)]);
        assert_eq!(store.reckoned_days(of_court, 1).await.unwrap(), days[..1]);
        assert_eq!(store.reckoned_day(of_court, monday).await.unwrap(), Some(days[1]));
        assert_eq!(store.reckoned_day(of_court, day("2026-11-25")).await.unwrap(), None);
        let mut sums = store.reckoned_sums(of_court, monday).await.unwrap();
        sums.sort_by_key(|own| own.requested);
        assert_eq!(sums, [figures(None, None, 2, 0).sum, figures(None, Some(prison), 3, 0).sum]);
        // The prison has those of every court, in one sum.
        let theirs = store.reckoned_sums(Whose::SentTo(prison), monday).await.unwrap();
        assert_eq!((theirs.len(), theirs[0].requested, theirs[0].acknowledged), (1, 7, 2));
        assert!(store.reckoned_sums(of_court, tuesday).await.unwrap().is_empty());
    }

    async fn a_day_that_differs_is_an_alarm_of_its_court_until_it_is_found_to_agree(ground: &Ground) {
        let store = &ground.store;
        let (court, elsewhere, prison): (CourtId, CourtId, OrganisationId) = (fresh(), fresh(), fresh());
        let first = day("2026-11-23");
        let agrees = figures(Some(elsewhere), Some(prison), 4, 0);
        let reckoned = async |now, all: &[Reckoned], again| {
            let until = minutes(now + 10);
            if !store.claim_reckoning(first, minutes(now), until, again).await.unwrap() {
                return false;
            }
            store.keep_reckoning(first, minutes(now), until, all).await.unwrap()
        };
        assert!(reckoned(0, &[figures(Some(court), Some(prison), 3, 2), agrees.clone()], NEVER()).await);
        let alarms = async |court| store.days_in_alarm(court).await.unwrap();
        assert!(alarms(elsewhere).await.is_empty());
        let alarm = alarms(court).await.remove(0);
        assert_eq!((alarm.day, alarm.since, alarm.requested, alarm.differing), (first, minutes(0), 3, 2));
        assert_eq!(alarm.owner, None);
        assert_eq!(store.reckonings().await.unwrap().differing, [first]);

        // Somebody takes it on, which is recorded and so with one commit; somebody else has it from
        // them. It is of that court, and of nobody's at another or for another day.
        let (ada, bryn): (AccountId, AccountId) = (fresh(), fresh());
        let owner = async || alarms(court).await.remove(0).owner;
        takes(store, (elsewhere, first), (ada, "Ada"), 5).await;
        takes(store, (court, day("2026-11-22")), (ada, "Ada"), 5).await;
        assert_eq!(owner().await, None);
        takes(store, (court, first), (ada, "Ada"), 5).await;
        assert_eq!(owner().await, Some((ada, "Ada".to_owned(), minutes(5))));
        takes(store, (court, first), (bryn, "Bryn"), 7).await;
        assert_eq!(owner().await, Some((bryn, "Bryn".to_owned(), minutes(7))));
        store.rebuild().await.unwrap();
        assert_eq!(owner().await, Some((bryn, "Bryn".to_owned(), minutes(7))));

        // It is looked at again only after a while; the alarm is as old as before.
        let still = [figures(Some(court), Some(prison), 3, 1), agrees.clone()];
        assert!(!reckoned(60, &still, minutes(-1)).await);
        assert!(reckoned(60, &still, minutes(0)).await);
        let alarm = alarms(court).await.remove(0);
        assert_eq!((alarm.since, alarm.differing), (minutes(0), 1));
        assert!(alarm.owner.is_some());

        // Mended: no alarm, nobody's, and it is not forgotten that it had differed.
        assert!(reckoned(120, &[figures(Some(court), Some(prison), 3, 0), agrees.clone()], minutes(60)).await);
        assert!(alarms(court).await.is_empty());
        let kept = store.reckoned_day(Whose::SentBy(court), first).await.unwrap().unwrap();
        assert_eq!((kept.at, kept.requested, kept.differing, kept.differed), (minutes(120), 3, 0, 2));
        assert_eq!(store.reckonings().await.unwrap().differing, []);
        assert!(!reckoned(999, &still, minutes(998)).await);
    }

    async fn whoever_took_a_day_on_before_it_differed_does_not_have_it(ground: &Ground) {
        let store = &ground.store;
        let (court, ada): (CourtId, AccountId) = (fresh(), fresh());
        let first = day("2026-11-23");
        takes(store, (court, first), (ada, "Ada"), 5).await;
        let until = minutes(16);
        assert!(store.claim_reckoning(first, minutes(6), until, NEVER()).await.unwrap());
        let found = [figures(Some(court), None, 3, 1)];
        assert!(store.keep_reckoning(first, minutes(6), until, &found).await.unwrap());
        let owner = async || store.days_in_alarm(court).await.unwrap().remove(0).owner;
        assert_eq!(owner().await, None);
        takes(store, (court, first), (ada, "Ada"), 6).await;
        assert!(owner().await.is_some());
    }

    async fn what_no_court_can_be_told_of_is_an_alarm_of_every_court(ground: &Ground) {
        let store = &ground.store;
        let (court, prison): (CourtId, OrganisationId) = (fresh(), fresh());
        let first = day("2026-11-23");
        let until = minutes(10);
        assert!(store.claim_reckoning(first, minutes(0), until, NEVER()).await.unwrap());
        let found = [figures(Some(court), None, 1, 0), figures(None, Some(prison), 0, 1)];
        assert!(store.keep_reckoning(first, minutes(0), until, &found).await.unwrap());
        for any in [court, fresh()] {
            assert_eq!(store.days_in_alarm(any).await.unwrap().len(), 1);
        }
        let theirs = store.reckoned_day(Whose::SentTo(prison), first).await.unwrap().unwrap();
        assert_eq!(theirs.differing, 1);
        assert!(store.reckoned_sums(Whose::SentTo(prison), first).await.unwrap().is_empty());
    }
}
