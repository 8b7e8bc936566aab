//! Deliveries beyond their limit, and a day's deliveries added up and proven.

use crate::{
    court::{Office, Paper, Room, Warrant, append, command, fresh, noon, part},
    ground::Ground,
};
use app::ports::{Expected, Index, Ledger, Whose};
use domain::{
    Event, Stream, StreamKind,
    document::{DeliveryRequest, DocumentEvent},
};
use vocabulary::{Channel, DeliveryState, HearingId, Instant, OrganisationKind};

/// A warrant of a hearing of the room, to a prison's inbox and by post; made. They
/// may be asked for otherwise.
async fn warrant_of(
    ground: &Ground,
    room: &Room,
    prison: &Office,
    other: impl Fn(&mut DeliveryRequest),
) -> (Warrant, HearingId) {
    let store = &ground.store;
    let (paper, warrant) = (Paper::new(), Warrant::new());
    let hearing: HearingId = fresh();
    let stream = Stream::new(StreamKind::Hearing, hearing.0);
    let listed = paper.listed(hearing, room, noon());
    store
        .append(command(vec![
            part(paper.stream(), Expected::New, vec![paper.created()]),
            part(stream, Expected::New, vec![listed]),
        ]))
        .await
        .unwrap();
    let mut requested = warrant.requested(&paper, hearing, prison.organisation);
    if let Event::Document(DocumentEvent::DocumentRequested { deliveries, .. }) = &mut requested {
        for delivery in deliveries {
            other(delivery);
        }
    }
    append(store, warrant.stream(), vec![requested, warrant.made()])
        .await
        .unwrap();
    (warrant, hearing)
}

fn minutes(minutes: i64) -> Instant {
    noon().plus_seconds(minutes * 60)
}

on_both! {
    async fn what_is_beyond_its_limit_is_an_alarm_of_the_court_that_sent_it(ground: &Ground) {
        let store = &ground.store;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let room = Room::new();
        let (warrant, hearing) = warrant_of(ground, &room, &prison, |_| ()).await;
        let alarms = async |court, now| {
            let found = store.alarms_of(court, now, 9).await.unwrap();
            assert_eq!(found.first.len() as u64, found.total);
            let mut ids: Vec<_> = found.first.iter().map(|own| own.delivery_id).collect();
            ids.sort_unstable();
            ids
        };
        let mut both = vec![warrant.to_inbox, warrant.by_post];
        both.sort_unstable();
        assert!(alarms(room.court, minutes(4)).await.is_empty());
        assert_eq!(alarms(room.court, minutes(5)).await, both);
        assert!(alarms(fresh(), minutes(5)).await.is_empty());
        // One of the two may be asked for alone; the number is of both.
        let one = store.alarms_of(room.court, minutes(5), 1).await.unwrap();
        assert_eq!((one.first.len(), one.total, one.unowned), (1, 2, 2));
        assert_eq!(store.alarm_figures(minutes(4)).await.unwrap(), (0, None));
        assert_eq!(store.alarm_figures(minutes(9)).await.unwrap(), (2, Some(minutes(5))));
        assert_eq!(store.alarms_since(minutes(4), minutes(5)).await.unwrap(), [(hearing, room.court)]);
        assert!(store.alarms_since(minutes(5), minutes(9)).await.unwrap().is_empty());

        // Received it waits to be acknowledged; told otherwise it waits for nothing.
        for state in [DeliveryState::Sent, DeliveryState::Received] {
            append(store, warrant.stream(), vec![warrant.advanced(warrant.to_inbox, state)]).await.unwrap();
        }
        assert_eq!(alarms(room.court, minutes(5)).await, both);
        append(store, warrant.stream(), vec![Event::Document(DocumentEvent::AlarmSettled {
            delivery_id: warrant.to_inbox,
            told: "The duty governor".to_owned(),
            told_at: noon(),
            by: "Rhiannon Ford".to_owned(),
        })])
        .await
        .unwrap();
        assert_eq!(alarms(room.court, minutes(5)).await, [warrant.by_post]);
    }

    async fn of_more_alarms_than_can_be_shown_no_warrant_is_left_out_for_a_letter(ground: &Ground) {
        let store = &ground.store;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let room = Room::new();
        let mut to_inbox = Vec::new();
        for _ in 0..5 {
            to_inbox.push(warrant_of(ground, &room, &prison, |_| ()).await.0.to_inbox);
        }
        let found = store.alarms_of(room.court, minutes(5), 5).await.unwrap();
        let total = found.total;
        let mut found: Vec<_> = found.first.iter().map(|own| own.delivery_id).collect();
        found.sort_unstable();
        to_inbox.sort_unstable();
        assert_eq!((found, total), (to_inbox, 10));
    }

    async fn an_urgent_alarm_is_hidden_by_no_number_of_older_ones(ground: &Ground) {
        let store = &ground.store;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let room = Room::new();
        let older = warrant_of(ground, &room, &prison, |to| {
            to.limits.urgent = false;
            to.limits.delivered = Some(1);
        })
        .await
        .0;
        let urgent = warrant_of(ground, &room, &prison, |_| ()).await.0;
        append(store, older.stream(), vec![Event::Document(DocumentEvent::AlarmTaken {
            delivery_id: older.by_post,
            account: prison.active,
            name: "Rhiannon Ford".to_owned(),
        })])
        .await
        .unwrap();
        let found = store.alarms_of(room.court, minutes(5), 2).await.unwrap();
        let mut first: Vec<_> = found.first.iter().map(|own| own.delivery_id).collect();
        first.sort_unstable();
        let mut both = [urgent.to_inbox, urgent.by_post];
        both.sort_unstable();
        assert_eq!(first, both);
        assert_eq!((found.total, found.unowned), (4, 3), "of all, not of those shown");
        // Before the urgent ones are alarms, the others are the first.
        let before = store.alarms_of(room.court, minutes(4), 2).await.unwrap();
        assert_eq!((before.first.len(), before.total, before.unowned), (2, 2, 1));
    }

    async fn a_days_deliveries_add_up_and_are_what_the_ledger_says(ground: &Ground) {
        let store = &ground.store;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let room = Room::new();
        let (warrant, _) = warrant_of(ground, &room, &prison, |_| ()).await;
        let (second, _) = warrant_of(ground, &room, &prison, |_| ()).await;
        let (_, _) = warrant_of(ground, &Room::new(), &prison, |_| ()).await;
        let read = [DeliveryState::Sent, DeliveryState::Received, DeliveryState::Opened, DeliveryState::Acknowledged];
        for state in read {
            append(store, warrant.stream(), vec![warrant.advanced(warrant.to_inbox, state)]).await.unwrap();
        }
        append(store, second.stream(), vec![second.superseded()]).await.unwrap();

        let day = noon().day();
        let (from, to) = app::delivery::of_day(day);
        let sent = store.deliveries_added_up(Whose::SentBy(room.court), from, to).await.unwrap();
        assert_eq!(sent.len(), 2, "{sent:?}");
        let inbox = sent.iter().find(|own| own.channel == Channel::Inbox).unwrap();
        assert_eq!(inbox.organisation, Some(prison.organisation));
        assert_eq!(
            (inbox.requested, inbox.delivered, inbox.acknowledged, inbox.stopped, inbox.outstanding),
            (2, 1, 1, 1, 0)
        );
        let post = sent.iter().find(|own| own.channel == Channel::FirstClassPost).unwrap();
        assert_eq!((post.organisation, post.requested, post.stopped, post.outstanding), (None, 2, 1, 1));
        // The prison has those of every court.
        let theirs = store.deliveries_added_up(Whose::SentTo(prison.organisation), from, to).await.unwrap();
        assert_eq!((theirs.len(), theirs[0].requested, theirs[0].outstanding), (1, 3, 1));
        let waits = store.deliveries_outstanding(Whose::SentBy(room.court), from, to, 9).await.unwrap();
        assert_eq!(waits.iter().map(|own| own.delivery_id).collect::<Vec<_>>(), [warrant.by_post]);
        let (before, _) = app::delivery::of_day(day.plus_days(-1));
        assert!(store.deliveries_added_up(Whose::SentBy(room.court), before, from).await.unwrap().is_empty());

        let agreed = store.reconcile_deliveries(from, to).await.unwrap();
        assert_eq!((agreed.deliveries, agreed.forgotten), (6, 0));
        assert!(agreed.differences.is_empty(), "{:#?}", agreed.differences);
        // What the ledger says adds up to what the index adds up to, court by court.
        let of_room = agreed.agencies.iter().filter(|own| own.court == Some(room.court));
        let mut by_ledger: Vec<_> = of_room.map(|own| own.sum).collect();
        let mut by_index = sent.clone();
        for sums in [&mut by_ledger, &mut by_index] {
            sums.sort_by_key(|own| own.channel.as_str());
        }
        assert_eq!(by_ledger, by_index);
        assert_eq!(agreed.agencies.iter().map(|own| own.sum.requested).sum::<u64>(), 6);
        ground
            .tamper(&format!(
                "update delivery_index set outstanding = 0 where delivery_id = '{}'",
                warrant.by_post
            ))
            .await;
        let found = store.reconcile_deliveries(from, to).await.unwrap();
        assert_eq!(found.differences.len(), 1, "{:#?}", found.differences);
        assert!(found.differences[0].contains("outstanding is yes by the ledger and no by the index"));
        let differing: Vec<_> = found.agencies.iter().filter(|own| own.differing > 0).collect();
        assert_eq!(differing.len(), 1, "{differing:#?}");
        assert_eq!((differing[0].court, differing[0].sum, differing[0].differing), (Some(room.court), *post, 1));
        // One that the ledger does not have is of the court of its document.
        ground
            .tamper(&format!(
                "update delivery_index set delivery_id = 'nobody' where delivery_id = '{}'",
                second.by_post
            ))
            .await;
        let found = store.reconcile_deliveries(from, to).await.unwrap();
        let of_post = found.agencies.iter().find(|own| (own.court, own.sum.organisation) == (Some(room.court), None));
        assert_eq!(of_post.unwrap().differing, 3, "{:#?}", found.differences);
        store.rebuild().await.unwrap();
        let mended = store.reconcile_deliveries(from, to).await.unwrap();
        assert!(mended.differences.is_empty(), "{:#?}", mended.differences);
    }

    async fn what_lies_in_an_inbox_and_was_not_carried_yet_is_not_among_the_delivered(ground: &Ground) {
        let store = &ground.store;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let room = Room::new();
        let (warrant, _) = warrant_of(ground, &room, &prison, |to| {
            to.carried = to.channel == Channel::Inbox;
            to.acknowledgement_required = false;
        })
        .await;
        let (from, to) = app::delivery::of_day(noon().day());
        let figures = async || {
            let sums = store.deliveries_added_up(Whose::SentTo(prison.organisation), from, to).await.unwrap();
            (sums[0].requested, sums[0].delivered, sums[0].failed, sums[0].outstanding)
        };
        assert_eq!(figures().await, (1, 0, 0, 1));
        for (state, then) in [
            (DeliveryState::Sent, (1, 1, 0, 0)),
            (DeliveryState::Failed, (1, 0, 1, 1)),
            (DeliveryState::Queued, (1, 0, 0, 1)),
        ] {
            append(store, warrant.stream(), vec![warrant.advanced(warrant.to_inbox, state)]).await.unwrap();
            assert_eq!(figures().await, then, "{state}");
        }
        let agreed = store.reconcile_deliveries(from, to).await.unwrap();
        assert!(agreed.differences.is_empty(), "{:#?}", agreed.differences);
        ground
            .tamper(&format!(
                "update delivery_index set arrived = 1 where delivery_id = '{}'",
                warrant.to_inbox
            ))
            .await;
        let found = store.reconcile_deliveries(from, to).await.unwrap();
        assert_eq!(found.differences.len(), 1, "{:#?}", found.differences);
        assert!(found.differences[0].contains("arrived is no by the ledger and yes by the index"));
    }
}
