//! A recipient whom nobody here knows, named in court with an e-mail address: the document
//! goes to that mailbox, by the same mail server, with the same tries and the same dead
//! letters as an organisation's. Where no mail leaves the server it is a letter.

use super::{about, court_with_mail, note_of, until};
use crate::{
    amending::begin,
    steps::{all_guilty, example, look, path_case, save, share, start, view},
};
use app::document::{bounced, dead_letters, retry};
use client::Client;
use contract::case::DeliveryRow;
use domain::document::{Delivery, Document};
use testkit::{MailServer, TestCourt};
use vocabulary::{Alarm, AmendmentKind, CaseId, Channel, DeliveryState, HearingId};

const TEAM: &str = "Farwater Probation";
const MAILBOX: &str = "court.team@farwater.example.test";
const TOLD: &str = "Notification of Custodial Sentence";

/// Nine months, of which a team is to be told that is no organisation here.
async fn sentenced(court: &TestCourt, adviser: &Client) -> HearingId {
    let (_, hearing_id) = path_case(adviser).await;
    start(adviser, hearing_id).await;
    all_guilty(adviser, hearing_id).await;
    let room = look(adviser, hearing_id).await;
    let mut lines = example(court, "imprisonment", &room, 0);
    let mut named = 0;
    for line in &mut lines {
        for (question, answer) in [
            ("probationteamtobenotifiedOrganisationName", TEAM),
            ("probationteamtobenotifiedEmailAddress1", MAILBOX),
        ] {
            if let Some(own) = line.answers.get_mut(question) {
                answer.clone_into(own);
                named += 1;
            }
        }
    }
    assert_eq!(named, 2);
    lines.extend(example(court, "withdrawn", &room, 1));
    let saved = save(adviser, hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(adviser, &room, &saved).await;
    hearing_id
}

/// The notifications of a hearing that are for the team, each with its delivery.
async fn told(court: &TestCourt, hearing: HearingId) -> Vec<(Document, Delivery)> {
    let app = &court.state.app;
    let ids = app.index.documents_of_hearing(hearing).await.unwrap();
    let documents = app.ledger.documents(&ids).await.unwrap();
    let to_team = |document: Document| {
        let mut deliveries = document.deliveries.iter();
        let delivery = deliveries.find(|one| one.request.name == TEAM)?.clone();
        Some((document, delivery))
    };
    let all = documents.into_iter().filter_map(to_team);
    all.filter(|(document, _)| document.name == TOLD).collect()
}

async fn come_to(court: &TestCourt, hearing: HearingId, state: DeliveryState) -> Delivery {
    until(state.as_str(), || async {
        let mut all = told(court, hearing).await;
        assert_eq!(all.len(), 1);
        let (_, delivery) = all.remove(0);
        (delivery.state == state).then_some(delivery)
    })
    .await
}

/// How somebody reads the delivery in the case.
async fn row(client: &Client, case_id: CaseId, delivery: &Delivery) -> DeliveryRow {
    let documents = view(client, case_id).await.documents;
    let mut rows = documents.into_iter().flat_map(|one| one.deliveries);
    rows.find(|row| row.delivery_id == delivery.request.id)
        .unwrap()
}

#[tokio::test]
async fn a_team_that_is_known_by_an_address_alone_has_the_document_in_its_mailbox() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    let adviser = court.as_legal_adviser().await;
    let hearing = sentenced(&court, &adviser).await;
    let sent = come_to(&court, hearing, DeliveryState::Sent).await;
    let id = sent.request.id;
    assert_eq!(sent.request.channel, Channel::Email);
    assert!(sent.request.organisation.is_none() && sent.received_at.is_none());
    assert!(!sent.request.acknowledgement_required);

    let messages = about(&mail, id);
    assert_eq!(messages.len(), 1);
    let message = &messages[0];
    assert!(message.contains(&format!("To: {MAILBOX}")) && message.contains("application/pdf"));
    assert!(message.contains(&format!("Message-ID: <{id}@court.example.test>")));
    // Nobody there has an inbox here, and the address was typed.
    assert!(!message.contains("your inbox") && message.contains("not for you"));
    // It has a postal address as well, and is no letter.
    assert!(!sent.request.address.is_empty());
    assert!(sent.lies_since().is_none());

    // The court reads where it went; whoever else sees the case reads that it went by e-mail.
    let case_id = look(&adviser, hearing).await.defendants[0].case_id;
    let own = row(&adviser, case_id, &sent).await;
    assert_eq!(own.channel, format!("E-mail to {MAILBOX}"));
    assert_eq!(
        own.note.as_deref(),
        Some("By e-mail: the mail server took it (250)")
    );
    let prosecutor = court.sign_in("kofi.marsh@cps-ashmere.example.test").await;
    assert_eq!(row(&prosecutor, case_id, &sent).await.channel, "E-mail");
    assert_eq!(note_of(&prosecutor, case_id, id).await, None);

    // What comes back is a dead letter and an alarm, until somebody tries it again.
    let app = &court.state.app;
    assert!(bounced(app, id, "5.1.1 no such mailbox").await.unwrap());
    let failed = come_to(&court, hearing, DeliveryState::Failed).await;
    let dead = dead_letters(app).await.unwrap();
    assert!(dead.iter().any(|one| one.delivery == id));
    let alarms = adviser.alarm_list(&contract::alarm::List {}).await.unwrap();
    let mut alarms = alarms.items.into_iter();
    let alarm = alarms.find(|one| one.delivery_id == id).unwrap();
    assert_eq!(alarm.alarm.what, Alarm::Failed);
    assert!(alarm.alarm.text.contains("5.1.1"), "{:?}", alarm.alarm);
    assert!(!alarm.alarm.next.contains(MAILBOX), "{:?}", alarm.alarm);
    assert!(failed.note.unwrap().contains("5.1.1"));
    retry(app, id).await.unwrap();
    come_to(&court, hearing, DeliveryState::Sent).await;
    assert_eq!(about(&mail, id).len(), 2);
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_waited_for_by_mailboxes_too_and_each_message_goes_once() {
    let mut mail = MailServer::away();
    let court = court_with_mail(&mail).await;
    let adviser = court.as_legal_adviser().await;
    let hearing = sentenced(&court, &adviser).await;
    let app = &court.state.app;
    until("a try", || async {
        let waiting = app.carrying.waiting().await.unwrap();
        let mut mailboxes = waiting.into_iter();
        let own = mailboxes.find(|one| one.to == app::ports::Towards::Mailboxes)?;
        (own.tried > 0 && own.why.contains("mail server")).then_some(())
    })
    .await;
    let waits = come_to(&court, hearing, DeliveryState::Queued).await;
    mail.come(None);
    come_to(&court, hearing, DeliveryState::Sent).await;
    assert_eq!(about(&mail, waits.request.id).len(), 1);
}

#[tokio::test]
async fn a_mailbox_that_has_a_document_which_no_longer_stands_is_told_by_mail() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    let adviser = court.as_legal_adviser().await;
    let hearing = sentenced(&court, &adviser).await;
    let first = come_to(&court, hearing, DeliveryState::Sent).await;

    // The court says that another team was meant, in another mailbox.
    let seen = begin(&adviser, hearing, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let lines = seen.draft.lines.iter().map(|own| own.line.clone());
    let mut lines: Vec<_> = lines.collect();
    let question = "probationteamtobenotifiedEmailAddress1";
    for line in &mut lines {
        if let Some(own) = line.answers.get_mut(question) {
            "other.team@farwater.example.test".clone_into(own);
        }
    }
    let saved = save(&adviser, hearing, seen.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    let seen = look(&adviser, hearing).await;
    share(&adviser, &seen, &saved).await;

    // Whoever has the first is told that it ended, in the same mailbox.
    let app = &court.state.app;
    let notice = until("word that it ended", || async {
        let ids = app.index.documents_of_hearing(hearing).await.unwrap();
        let documents = app.ledger.documents(&ids).await.unwrap();
        let mut ended = documents
            .iter()
            .filter(|one| one.name.contains("No Longer Applies"));
        let told = ended.find_map(|one| {
            let mut all = one.deliveries.iter();
            all.find(|own| own.request.email.as_deref() == Some(MAILBOX))
                .cloned()
        });
        told.filter(|own| own.state == DeliveryState::Sent)
    })
    .await;
    assert_eq!(notice.request.channel, Channel::Email);
    let told = about(&mail, notice.request.id);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains(&format!("To: {MAILBOX}")));
    until("the other team's", || async {
        let messages = mail.messages();
        let other = |one: &String| one.contains("To: other.team@farwater.example.test");
        messages.iter().any(other).then_some(())
    })
    .await;
    // The first went once, and is not sent again.
    assert_eq!(about(&mail, first.request.id).len(), 1);
}

/// What nothing calls for any more ended while a mail server was taking it: nobody had it, so
/// nobody was told; and then the mailbox has it.
#[tokio::test]
async fn a_mailbox_that_took_a_document_while_it_was_ended_alarms_the_court_until_it_was_told() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    let adviser = court.as_legal_adviser().await;
    mail.hold();
    let hearing = sentenced(&court, &adviser).await;
    until("somebody who talks to the mail server", || async {
        mail.is_waited_for().then_some(())
    })
    .await;

    // The team was none: nothing calls for the notification any more.
    let seen = begin(&adviser, hearing, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let room = look(&adviser, hearing).await;
    let mut lines = example(&court, "fine", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing, seen.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    let seen = look(&adviser, hearing).await;
    share(&adviser, &seen, &saved).await;
    let (old, stopped) = told(&court, hearing).await.remove(0);
    let ended = old.superseded.expect("it ended");
    assert_eq!(stopped.state, DeliveryState::Stopped);
    assert!(ended.by.is_none() && ended.untold == [stopped.request.id]);
    let alarms = || async {
        let all = adviser.alarm_list(&contract::alarm::List {}).await.unwrap();
        let mut items = all.items.into_iter();
        items.find(|one| one.delivery_id == stopped.request.id)
    };
    assert!(alarms().await.is_none(), "nobody has it");

    mail.go_on();
    let alarm = until("the alarm", alarms).await.alarm;
    assert_eq!(alarm.what, Alarm::LeftAfterEnd);
    assert!(alarm.text.contains("no longer applies"), "{alarm:?}");
    assert!(alarm.next.contains(MAILBOX), "{alarm:?}");
    assert_eq!(about(&mail, stopped.request.id).len(), 1);
    let settled = adviser
        .alarm_settle(&contract::alarm::Settle {
            delivery_id: stopped.request.id,
            told: "Ruth Vale, team manager".to_owned(),
            at: None,
        })
        .await
        .unwrap();
    let mut left = settled.items.iter();
    assert!(!left.any(|one| one.delivery_id == stopped.request.id));
}

#[tokio::test]
async fn where_no_mail_leaves_the_server_the_team_gets_a_letter() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let hearing = sentenced(&court, &adviser).await;
    let (_, delivery) = told(&court, hearing).await.remove(0);
    assert_eq!(delivery.request.channel, Channel::FirstClassPost);
    assert!(delivery.carriage.is_none());
}

/// Nobody of a local authority signs in here: the message asks it to answer, and the court is
/// alarmed an hour after the remand unless it records whom it told.
#[tokio::test]
async fn a_local_authority_has_the_warrant_in_its_mailbox_and_the_court_waits_for_its_word() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    let adviser = court.as_legal_adviser().await;
    let room = crate::roles::childs_hearing(&adviser).await;
    let lines = crate::children::in_care(&court, &room);
    let saved = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;
    let (document, delivery) = until("the warrant", || async {
        let app = &court.state.app;
        let ids = app
            .index
            .documents_of_hearing(room.hearing_id)
            .await
            .unwrap();
        let all = app.ledger.documents(&ids).await.unwrap();
        all.into_iter().find_map(|document| {
            let mut deliveries = document.deliveries.iter();
            let own = deliveries
                .find(|own| own.request.name == "Marches")?
                .clone();
            (own.state == DeliveryState::Sent).then_some((document, own))
        })
    })
    .await;
    assert_eq!(delivery.request.channel, Channel::Email);
    assert!(delivery.request.acknowledgement_required);
    let (what, from) = delivery.alarm(&document).unwrap();
    assert_eq!(what, Alarm::NotAcknowledged);
    assert_eq!(from, document.requested_at.plus_seconds(60 * 60));
    let messages = about(&mail, delivery.request.id);
    assert_eq!(messages.len(), 1);
    let asks = "tell its office at once that you have it";
    assert!(messages[0].contains(asks) && !messages[0].contains("your inbox"));
}
