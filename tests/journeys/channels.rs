//! Documents leave: to a mailbox through a real mail server, to another organisation's
//! system. Partners go away, refuse, hang and forget; nothing is lost, and nothing is
//! applied twice. The post is in `channels/post.rs`, killed servers in
//! `channels/kills.rs`, the systems of partners in `channels/callbacks.rs`, those who have no
//! inbox here in `channels/mailboxes.rs`.

mod callbacks;
#[cfg(unix)]
mod kills;
mod mailboxes;
mod post;

use crate::{
    amending::sentenced,
    steps::{look, view},
};
use app::{
    account::choose_route,
    document::{bounced, dead_letters, retry},
    ports::Towards,
};
use client::Client;
use contract::inbox;
use domain::{
    account::{Organisation, Route},
    document::{CarriageState, Delivery, Document},
};
use server::config::{Config, SmtpTls};
use std::time::Duration;
use testkit::{MailServer, TestCourt};
use vocabulary::{CaseId, DeliveryId, DeliveryState, Group, HearingId};

pub(crate) const WARRANT: &str = "Warrant for custodial sentence";
const MAILBOX: &str = "warrants@prison.example.test";

/// Asks until there is an answer: the world outside takes its time.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(
    what: &str,
    mut look: impl FnMut() -> F,
) -> T {
    for _ in 0..1200 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what} never came");
}

/// A court that is set up like this.
pub(crate) async fn court(configure: impl FnOnce(&mut Config)) -> TestCourt {
    let mut court = TestCourt::open().await;
    court.config.carry_seconds = 2;
    configure(&mut court.config);
    court.restarted().await
}

pub(crate) async fn court_with_mail(mail: &MailServer) -> TestCourt {
    let port = mail.port();
    court(|config| {
        config.smtp_host = Some("127.0.0.1".to_owned());
        config.smtp_port = Some(port);
        config.smtp_tls = SmtpTls::None;
        config.mail_from = Some("The court <documents@court.example.test>".to_owned());
    })
    .await
}

/// The organisation of the prison's custody office.
pub(crate) async fn prison(court: &TestCourt) -> Organisation {
    let index = &court.state.app.index;
    let mut accounts = index.accounts().await.unwrap();
    accounts.retain(|account| account.groups.contains(&Group::PrisonAdmin));
    accounts.sort_by(|a, b| a.email.cmp(&b.email));
    let id = accounts[0].organisation;
    index.organisation(id).await.unwrap().unwrap()
}

pub(crate) async fn wants(court: &TestCourt, route: Route) -> Option<String> {
    let prison = prison(court).await;
    choose_route(&court.state.app, &prison, route)
        .await
        .unwrap()
}

/// Every warrant of a hearing, with its delivery to the prison.
pub(crate) async fn warrants(court: &TestCourt, hearing: HearingId) -> Vec<(Document, Delivery)> {
    let app = &court.state.app;
    let own = prison(court).await.id;
    let ids = app.index.documents_of_hearing(hearing).await.unwrap();
    let documents = app.ledger.documents(&ids).await.unwrap();
    let to_prison = |document: Document| {
        let mut deliveries = document.deliveries.iter();
        let delivery = deliveries.find(|d| d.request.organisation == Some(own));
        let delivery = delivery.cloned();
        delivery.map(|delivery| (document, delivery))
    };
    documents
        .into_iter()
        .filter(|document| document.name == WARRANT)
        .filter_map(to_prison)
        .collect()
}

/// The delivery of the one warrant, once it has come so far.
pub(crate) async fn come_to(
    court: &TestCourt,
    hearing: HearingId,
    state: DeliveryState,
) -> Delivery {
    until(state.as_str(), || async {
        let mut warrants = warrants(court, hearing).await;
        assert_eq!(warrants.len(), 1);
        let (_, delivery) = warrants.remove(0);
        (delivery.state == state).then_some(delivery)
    })
    .await
}

async fn delivery(court: &TestCourt, id: DeliveryId) -> Delivery {
    let app = &court.state.app;
    let document = app.index.document_of_delivery(id).await.unwrap().unwrap();
    let document = app.ledger.document(document).await.unwrap().unwrap();
    document.delivery(id).unwrap().clone()
}

/// What somebody reads beside a delivery.
async fn note_of(client: &Client, case_id: CaseId, id: DeliveryId) -> Option<String> {
    let rows = view(client, case_id).await.documents;
    let mut deliveries = rows.iter().flat_map(|row| &row.deliveries);
    let found = deliveries.find(|row| row.delivery_id == id);
    found.and_then(|row| row.note.clone())
}

/// Messages about a delivery.
fn about(mail: &MailServer, id: DeliveryId) -> Vec<String> {
    let mut messages = mail.messages();
    messages.retain(|message| message.contains(&id.to_string()));
    messages
}

#[tokio::test]
async fn a_prison_that_wants_mail_has_the_warrant_in_its_mailbox_and_opens_it_here() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    wants(&court, Route::email(MAILBOX).unwrap()).await;
    let (adviser, custody) = (court.as_legal_adviser().await, court.as_prison().await);
    let hearing = sentenced(&court, &adviser).await;
    let sent = come_to(&court, hearing, DeliveryState::Sent).await;
    let id = sent.request.id;

    // A mail server that took it says nothing about the prison.
    assert!(sent.received_at.is_none());
    // The court reads how it went; whoever else sees the case reads how far it has come.
    let case_id = look(&adviser, hearing).await.defendants[0].case_id;
    assert_eq!(
        note_of(&adviser, case_id, id).await.as_deref(),
        Some("By e-mail: the mail server took it (250)")
    );
    let prosecutor = court.sign_in("kofi.marsh@cps-ashmere.example.test").await;
    assert_eq!(note_of(&prosecutor, case_id, id).await, None);
    let messages = about(&mail, id);
    assert_eq!(messages.len(), 1);
    let message = &messages[0];
    assert!(message.contains(&format!("Message-ID: <{id}@court.example.test>")));
    assert!(message.contains(&format!("To: {MAILBOX}")) && message.contains("application/pdf"));
    // Whom it is about is inside, not on the envelope.
    let (document, _) = warrants(&court, hearing).await.remove(0);
    let defendant = document.view["defendant"]["name"].as_str().unwrap();
    let surname = defendant.split(' ').next_back().unwrap();
    let head = message.split("application/pdf").next().unwrap();
    assert!(!head.contains(surname), "{head}");

    // It lies in the inbox as well, and whoever opens it there has received it.
    let item = custody.inbox_list(&inbox::List {}).await.unwrap().items;
    assert_eq!(item.iter().filter(|i| i.delivery_id == id).count(), 1);
    custody
        .inbox_open(&inbox::Open { delivery_id: id })
        .await
        .unwrap();
    let opened = delivery(&court, id).await;
    assert_eq!(opened.state, DeliveryState::Opened);
    assert!(opened.received_at.is_some());
    let acknowledged = custody
        .inbox_acknowledge(&inbox::Acknowledge { delivery_id: id })
        .await
        .unwrap();
    assert_eq!(acknowledged.state, DeliveryState::Acknowledged);
    // An organisation that said nothing has its documents in its inbox alone.
    let probation = court.as_probation().await;
    let theirs = probation.inbox_list(&inbox::List {}).await.unwrap().items;
    let others: Vec<_> = theirs.iter().map(|item| item.state).collect();
    assert!(others.iter().all(|state| *state == DeliveryState::Received));
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_waited_for_and_the_inbox_has_it_meanwhile() {
    let mut mail = MailServer::away();
    let court = court_with_mail(&mail).await;
    wants(&court, Route::email(MAILBOX).unwrap()).await;
    let (adviser, custody) = (court.as_legal_adviser().await, court.as_prison().await);
    let hearing = sentenced(&court, &adviser).await;
    let app = &court.state.app;
    until("a try", || async {
        let later = app.chance.now().plus_seconds(600);
        let own = Towards::Organisation(prison(&court).await.id);
        let waiting = app.carrying.recipients(later).await.unwrap();
        let now = app.carrying.recipients(app.chance.now()).await.unwrap();
        (waiting.contains(&own) && !now.contains(&own)).then_some(())
    })
    .await;
    let waits = come_to(&court, hearing, DeliveryState::Queued).await;
    let id = waits.request.id;
    let inbox = custody.inbox_list(&inbox::List {}).await.unwrap().items;
    assert!(inbox.iter().any(|item| item.delivery_id == id));
    assert!(app.carrying.oldest_waiting().await.unwrap().is_some());

    mail.come(None);
    come_to(&court, hearing, DeliveryState::Sent).await;
    assert_eq!(about(&mail, id).len(), 1);
    until("nobody to carry to", || async {
        let later = app.chance.now().plus_seconds(600);
        let waiting = app.carrying.recipients(later).await.unwrap();
        waiting.is_empty().then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_a_mail_server_refuses_for_good_is_a_dead_letter_until_somebody_tries_it_again() {
    let mut mail = MailServer::away();
    mail.come(Some(500));
    let court = court_with_mail(&mail).await;
    wants(&court, Route::email(MAILBOX).unwrap()).await;
    let adviser = court.as_legal_adviser().await;
    let hearing = sentenced(&court, &adviser).await;
    let failed = come_to(&court, hearing, DeliveryState::Failed).await;
    let id = failed.request.id;
    let app = &court.state.app;
    let dead = dead_letters(app).await.unwrap();
    let letter = dead.iter().find(|letter| letter.delivery == id).unwrap();
    assert!(letter.why.contains("552"), "{letter:?}");
    // Another document of the hearing may be refused between the two questions.
    until("the count of dead letters", async || {
        let listed = dead_letters(app).await.unwrap().len() as u64;
        (app.carrying.count_dead().await.unwrap() == listed).then_some(())
    })
    .await;
    // Nobody tries it again by itself.
    assert!(mail.messages().is_empty());

    mail.come(None);
    retry(app, id).await.unwrap();
    come_to(&court, hearing, DeliveryState::Sent).await;
    assert_eq!(about(&mail, id).len(), 1);
    assert!(
        !dead_letters(app)
            .await
            .unwrap()
            .iter()
            .any(|l| l.delivery == id)
    );
    assert!(retry(app, id).await.is_err());
}

#[tokio::test]
async fn what_comes_back_from_a_mail_server_has_failed_and_can_be_sent_another_way() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    wants(&court, Route::email(MAILBOX).unwrap()).await;
    let adviser = court.as_legal_adviser().await;
    let hearing = sentenced(&court, &adviser).await;
    let sent = come_to(&court, hearing, DeliveryState::Sent).await;
    let id = sent.request.id;
    let app = &court.state.app;
    assert!(bounced(app, id, "5.1.1 no such mailbox").await.unwrap());
    // The mail server says it twice.
    assert!(!bounced(app, id, "5.1.1 no such mailbox").await.unwrap());
    let failed = come_to(&court, hearing, DeliveryState::Failed).await;
    assert!(failed.note.unwrap().contains("5.1.1"));

    wants(&court, Route::Inbox).await;
    retry(app, id).await.unwrap();
    let received = come_to(&court, hearing, DeliveryState::Received).await;
    assert_eq!(received.carriage.unwrap().state, CarriageState::Sent);
    assert_eq!(about(&mail, id).len(), 1);
}
