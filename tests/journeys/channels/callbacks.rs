//! Other organisations' systems: they answer, refuse, hang, forget and send elsewhere.

use super::{WARRANT, come_to, court, prison, until, wants, warrants};
use crate::amending::{begin, reshare, sentenced, term, typed};
use app::{
    account::choose_route,
    document::{dead_letters, retry},
};
use contract::{delivery::Reconcile, inbox};
use domain::{
    account::Route,
    document::{Delivery, Document},
};
use testkit::{Answer, Partner, TestCourt, ask_for, ask_without_pdf};
use vocabulary::{AmendmentKind, DeliveryState, HearingId};

/// A court whose prison has a system.
async fn with_system(partner: &Partner) -> TestCourt {
    let court = court(|config| config.callbacks_to_private = true).await;
    let secret = wants(&court, Route::webhook(&partner.url()).unwrap()).await;
    partner.book().secret = secret.expect("a secret, shown once");
    court
}

async fn sentence(court: &TestCourt) -> HearingId {
    let adviser = court.as_legal_adviser().await;
    sentenced(court, &adviser).await
}

#[tokio::test]
async fn a_system_that_answers_has_received_what_is_signed_and_named_once() {
    let partner = Partner::start();
    let court = with_system(&partner).await;
    let hearing = sentence(&court).await;
    let received = come_to(&court, hearing, DeliveryState::Received).await;
    assert!(received.received_at.is_some());
    let book = partner.book();
    assert!(book.wrong.is_empty(), "{:?}", book.wrong);
    let said = &book.applied[&received.request.id.to_string()];
    assert_eq!(said["name"], WARRANT);
    assert_eq!(said["acknowledgementRequired"], true);
}

#[tokio::test]
async fn a_system_that_breaks_or_forgets_to_answer_gets_it_again_and_applies_it_once() {
    let partner = Partner::start();
    let court = with_system(&partner).await;
    partner.book().answers = [
        Answer::Says(500),
        Answer::TakesAndIsSilent,
        Answer::Says(429),
    ]
    .into();
    let hearing = sentence(&court).await;
    let received = come_to(&court, hearing, DeliveryState::Received).await;
    until("every answer", || async {
        partner.book().answers.is_empty().then_some(())
    })
    .await;
    let book = partner.book();
    assert!(book.wrong.is_empty(), "{:?}", book.wrong);
    assert!(book.applied.contains_key(&received.request.id.to_string()));
    assert!(book.again > 0, "nothing came twice: {book:?}");
    assert!(book.calls > book.applied.len());
}

#[tokio::test]
async fn a_system_that_is_away_holds_up_no_other() {
    let mut away = Partner::start();
    let court = with_system(&away).await;
    let here = Partner::start();
    let app = &court.state.app;
    let all = app.index.organisations().await.unwrap();
    let own = prison(&court).await;
    let other = all
        .iter()
        .find(|one| one.kind == own.kind && one.id != own.id);
    let other = other.unwrap();
    let secret = choose_route(app, other, Route::webhook(&here.url()).unwrap())
        .await
        .unwrap();
    here.book().secret = secret.unwrap();
    let other = app.index.organisation(other.id).await.unwrap().unwrap();

    away.book().usual = Some(Answer::Hangs);
    ask_for(app, &[prison(&court).await], 40).await;
    let asked = ask_for(app, &[other], 40).await;
    until("everything for the one that is here", || async {
        (here.book().applied.len() == asked.len()).then_some(())
    })
    .await;
    assert!(away.book().applied.is_empty());
    away.go();
    away.come();
    away.book().usual = None;
    until("everything for the one that was away", || async {
        (away.book().applied.len() == 40).then_some(())
    })
    .await;
    assert!(away.book().wrong.is_empty() && here.book().again == 0);
}

#[tokio::test]
async fn a_refusal_a_redirect_and_an_address_inside_are_dead_letters_at_once() {
    let elsewhere = Partner::start();
    for (answer, inside, why) in [
        (Answer::Says(422), true, "422: so it is"),
        (
            Answer::SendsElsewhere(elsewhere.url()),
            true,
            "Redirects are not followed",
        ),
        (Answer::Takes, false, "https only"),
    ] {
        let partner = Partner::start();
        partner.book().usual = Some(answer);
        let court = court(|config| config.callbacks_to_private = inside).await;
        let secret = wants(&court, Route::webhook(&partner.url()).unwrap()).await;
        partner.book().secret = secret.unwrap();
        let own = prison(&court).await;
        let asked = ask_for(&court.state.app, &[own], 1).await[0];
        let dead = until("a dead letter", || async {
            let mut dead = dead_letters(&court.state.app).await.unwrap();
            dead.pop()
        })
        .await;
        assert_eq!(dead.delivery, asked.delivery);
        assert!(dead.why.contains(why), "{dead:?}");
        assert_eq!(partner.book().calls, usize::from(inside));
        // Mended, and tried again by hand.
        if inside {
            partner.book().usual = None;
            retry(&court.state.app, asked.delivery).await.unwrap();
            until("the one tried again", || async {
                (partner.book().applied.len() == 1).then_some(())
            })
            .await;
        }
    }
    assert_eq!(elsewhere.book().calls, 0);
}

#[tokio::test]
async fn a_delivery_is_given_up_after_its_time_and_says_so() {
    let partner = Partner::start();
    partner.book().usual = Some(Answer::Says(503));
    let court = court(|config| {
        config.callbacks_to_private = true;
        config.give_up_seconds = 3;
    })
    .await;
    wants(&court, Route::webhook(&partner.url()).unwrap()).await;
    ask_for(&court.state.app, &[prison(&court).await], 1).await;
    let dead = until("a dead letter", || async {
        dead_letters(&court.state.app).await.unwrap().pop()
    })
    .await;
    assert!(dead.why.starts_with("Given up after"), "{dead:?}");
    assert!(dead.why.contains("503"), "{dead:?}");
    assert!(partner.book().calls > 1);
}

#[tokio::test]
async fn what_cannot_be_made_ready_here_waits_longer_each_time_and_is_given_up() {
    let partner = Partner::start();
    let court = court(|config| {
        config.callbacks_to_private = true;
        config.give_up_seconds = 4;
    })
    .await;
    let secret = wants(&court, Route::webhook(&partner.url()).unwrap()).await;
    partner.book().secret = secret.unwrap();
    let asked = ask_without_pdf(&court.state.app, prison(&court).await).await;
    let dead = until("a dead letter", || async {
        dead_letters(&court.state.app).await.unwrap().pop()
    })
    .await;
    assert_eq!(dead.delivery, asked.delivery);
    assert!(dead.why.starts_with("Given up after"), "{dead:?}");
    assert!(dead.why.contains("not among the kept files"), "{dead:?}");
    assert_eq!(partner.book().calls, 0);
}

async fn amend(court: &TestCourt, hearing: HearingId) {
    let adviser = court.as_legal_adviser().await;
    let amending = begin(&adviser, hearing, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let amending = typed(&adviser, &amending, term(&amending, "8 months")).await;
    reshare(&adviser, &amending).await.unwrap();
}

#[tokio::test]
async fn what_was_superseded_on_its_way_is_not_sent_after_and_the_new_one_is() {
    let mut partner = Partner::start();
    let court = with_system(&partner).await;
    partner.go();
    let hearing = sentence(&court).await;
    come_to(&court, hearing, DeliveryState::Queued).await;
    amend(&court, hearing).await;
    partner.come();
    let new = until("the new warrant", || async {
        let warrants = warrants(&court, hearing).await;
        let new = warrants
            .into_iter()
            .find(|(document, _)| document.superseded.is_none());
        new.filter(|(_, delivery)| delivery.state == DeliveryState::Received)
    })
    .await;
    let warrants = warrants(&court, hearing).await;
    let old = warrants
        .iter()
        .find(|(document, _)| document.superseded.is_some());
    let (old, stopped) = old.unwrap();
    assert_eq!(stopped.state, DeliveryState::Stopped);
    let book = partner.book();
    assert!(!book.applied.contains_key(&stopped.request.id.to_string()));
    let said = &book.applied[&new.1.request.id.to_string()];
    assert_eq!(said["replacesDocumentId"], old.id.to_string());
}

/// A warrant of a hearing that stands, or one that does not, once it was received.
async fn received(court: &TestCourt, hearing: HearingId, stands: bool) -> (Document, Delivery) {
    until("the warrant", || async {
        let mut warrants = warrants(court, hearing).await.into_iter();
        let found = warrants.find(|(document, _)| document.superseded.is_none() == stands);
        found.filter(|(_, delivery)| delivery.state == DeliveryState::Received)
    })
    .await
}

#[tokio::test]
async fn a_reshare_while_a_delivery_is_in_flight_loses_neither_doubles_neither_and_says_which_stands()
 {
    let partner = Partner::start();
    let court = court(|config| {
        config.callbacks_to_private = true;
        // Longer than the court takes to amend: its system holds its answer meanwhile.
        config.carry_seconds = 60;
    })
    .await;
    let secret = wants(&court, Route::webhook(&partner.url()).unwrap()).await;
    {
        let mut book = partner.book();
        book.secret = secret.expect("a secret, shown once");
        book.usual = Some(Answer::TakesAndHolds);
        book.held = true;
    }
    let hearing = sentence(&court).await;
    let (_, in_flight) = until("the warrant", || async {
        let in_flight = warrants(&court, hearing).await.pop()?;
        let key = in_flight.1.request.id.to_string();
        let sent = partner.book().applied.contains_key(&key);
        sent.then_some(in_flight)
    })
    .await;
    amend(&court, hearing).await;
    let queued = warrants(&court, hearing).await;
    let old = queued
        .iter()
        .find(|(_, own)| own.request.id == in_flight.request.id);
    let (old, before) = old.unwrap();
    assert!(old.superseded.is_some(), "results are shared again");
    assert_ne!(before.state, DeliveryState::Received, "it is in flight");

    partner.book().held = false;
    let (old, ended) = received(&court, hearing, false).await;
    let (new, replacing) = received(&court, hearing, true).await;
    assert_eq!(ended.request.id, in_flight.request.id);
    assert!(ended.received_at.is_some(), "it is recorded as it was");
    assert_eq!(new.replaces, Some(old.id));
    assert_eq!(warrants(&court, hearing).await.len(), 2);

    // Its system has both, each once, and the new one says what it replaces.
    {
        let book = partner.book();
        assert!(book.wrong.is_empty(), "{:?}", book.wrong);
        assert_eq!(book.again, 0, "{book:?}");
        assert!(book.applied.contains_key(&ended.request.id.to_string()));
        let said = &book.applied[&replacing.request.id.to_string()];
        assert_eq!(said["replacesDocumentId"], old.id.to_string());
    }
    until("the end of it", || async {
        let app = &court.state.app;
        let making = app.index.documents_to_make(1).await.unwrap();
        let waiting = app.carrying.waiting().await.unwrap();
        (making.is_empty() && waiting.is_empty()).then_some(())
    })
    .await;
    // So have its people: the old one says by what it was replaced, before and when it is opened.
    let custody = court.as_prison().await;
    let items = custody.inbox_list(&inbox::List {}).await.unwrap().items;
    let of = |id| items.iter().find(|own| own.delivery_id == id).unwrap();
    let mark = of(ended.request.id).superseded.as_ref().unwrap();
    assert_eq!(mark.by_delivery, Some(replacing.request.id));
    let replaces = of(replacing.request.id).replaces.as_ref().unwrap();
    assert_eq!(replaces.document_id, old.id);
    assert!(of(replacing.request.id).superseded.is_none());
    let delivery_id = ended.request.id;
    let opened = custody.inbox_open(&inbox::Open { delivery_id }).await;
    let opened = opened.unwrap().superseded.unwrap();
    assert_eq!(opened.by, Some(new.id));

    // And the day adds up to the ledger.
    let store = &court.state.store;
    let (from, to) = app::delivery::of_day(court.today());
    let found = store.reconcile_deliveries(from, to).await.unwrap();
    assert!(found.differences.is_empty(), "{:#?}", found.differences);
    let to_prison = prison(&court).await.id;
    let by_ledger: u64 = found
        .agencies
        .iter()
        .filter(|own| own.sum.organisation == Some(to_prison))
        .map(|own| own.sum.delivered)
        .sum();
    let reconciled = custody.delivery_reconcile(&Reconcile { day: None }).await;
    assert_eq!(reconciled.unwrap().total.delivered, by_ledger);
    assert_eq!(partner.book().applied.len() as u64, by_ledger);
}
