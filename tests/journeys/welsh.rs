//! Documents of a court in Wales: what has no Welsh is said before sharing and kept after it, a
//! warrant never waits for a translator, a letter does and alarms the court, and what a
//! translator gives makes the copy in both languages and is known from then on. Bad input and
//! what happens at once are in `welsh/bad_days.rs`.

mod bad_days;

use crate::{audit, intake::System, steps};
use app::{demo::SECOND_MAGISTRATES, ports::Chance};
use client::Client;
use contract::{
    Code, alarm,
    audit::Subject,
    document::{OrderView, PrintLanguage},
    hearing::{Draft, HearingView, Line},
    inbox,
    translation::{self, GivenWelsh, Translation},
};
use domain::document::Document;
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use testkit::{Setting, Submission, TestCourt, postgres::PrivatePostgres};
use vocabulary::{Alarm, DeliveryState, DocumentId, Instant, Severity};

const ADVISER: &str = "gwenllian.parri@court.example.test";
const ORDER: &str = "Community order";
const WARRANT: &str = "Warrant for custodial sentence";

/// Minutes by which the court's clock is ahead of its start.
static AHEAD: AtomicI64 = AtomicI64::new(0);

struct Clock(Arc<dyn Chance>);

impl Chance for Clock {
    fn now(&self) -> Instant {
        let ahead = AHEAD.load(Ordering::SeqCst);
        self.0.now().plus_seconds(ahead * 60)
    }

    fn id(&self) -> uuid::Uuid {
        self.0.id()
    }

    fn secret(&self) -> [u8; 32] {
        self.0.secret()
    }
}

async fn on(database_url: Option<String>) -> TestCourt {
    TestCourt::with(Setting {
        database_url,
        ..Setting::default()
    })
    .await
}

/// A case that the Welsh court house hears today, with its hearing begun and pleas entered.
async fn begun(court: &TestCourt, reference: &str) -> (Client, HearingView) {
    let system = System::of(court, crate::intake::AUTHORITY).await;
    let charged = Submission::charge(reference, court.today())
        .heard_on(court.today())
        .with(
            "/prosecutionSubmissionDetails/hearingDetails/courtHearingLocation",
            json!(SECOND_MAGISTRATES),
        );
    let status = system.status(&system.submit(&charged).await).await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    let adviser = court.sign_in(ADVISER).await;
    let case = steps::view(&adviser, steps::find(&adviser, reference).await).await;
    let hearing_id = case.hearings[0].hearing_id;
    steps::start(&adviser, hearing_id).await;
    steps::all_guilty(&adviser, hearing_id).await;
    let room = steps::look(&adviser, hearing_id).await;
    (adviser, room)
}

/// This example for the first offence; the others are withdrawn.
fn lines(court: &TestCourt, room: &HearingView, example: &str) -> Vec<Line> {
    let offences = room.defendants[0].offences.len();
    let mut lines = steps::example(court, example, room, 0);
    for line in &mut lines {
        // Within what a magistrates' court may give for one offence.
        for key in ["imprisonmentPeriod", "totalCustodialPeriod"] {
            if let Some(answer) = line.answers.get_mut(key) {
                "16 weeks".clone_into(answer);
            }
        }
    }
    for offence in 1..offences {
        lines.extend(steps::example(court, "withdrawn", room, offence));
    }
    lines
}

async fn saved(adviser: &Client, room: &HearingView, lines: Vec<Line>) -> Draft {
    let saved = steps::save(adviser, room.hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    saved
}

/// Shared; everything that can arrive has arrived.
async fn shared(court: &TestCourt, reference: &str, example: &str) -> (Client, HearingView) {
    let (adviser, room) = begun(court, reference).await;
    let draft = saved(&adviser, &room, lines(court, &room, example)).await;
    steps::share(&adviser, &room, &draft).await;
    settle(court).await;
    let room = steps::look(&adviser, room.hearing_id).await;
    (adviser, room)
}

async fn settle(court: &TestCourt) {
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

/// The documents of this name, in the order in which they were asked for.
async fn named(court: &TestCourt, room: &HearingView, name: &str) -> Vec<Document> {
    let app = &court.state.app;
    let ids = app
        .index
        .documents_of_hearing(room.hearing_id)
        .await
        .unwrap();
    let mut all = app.ledger.documents(&ids).await.unwrap();
    all.retain(|own| own.name == name);
    all
}

fn view(document: &Document) -> OrderView {
    serde_json::from_value(document.view.clone()).unwrap()
}

async fn open(client: &Client, document_id: DocumentId) -> Translation {
    let asked = translation::View { document_id };
    client.translation_view(&asked).await.unwrap()
}

/// Welsh for every value: the test's own words, so that none is taken for real Welsh.
fn all_of(whole: &Translation) -> Vec<GivenWelsh> {
    let values = whole.values.iter().filter(|own| own.given.is_none());
    values
        .map(|own| GivenWelsh {
            place: own.place,
            welsh: format!("Cy {}", own.english),
        })
        .collect()
}

async fn give(client: &Client, id: DocumentId, values: Vec<GivenWelsh>) -> Translation {
    let give = translation::Give {
        document_id: id,
        values,
    };
    client.translation_give(&give).await.unwrap()
}

fn state(document: &Document, subscription: &str) -> DeliveryState {
    let mut all = document.deliveries.iter();
    let own = all.find(|own| own.request.subscription == subscription);
    own.unwrap_or_else(|| panic!("nothing goes to {subscription}"))
        .state
}

#[tokio::test]
async fn a_letter_waits_for_its_welsh_and_the_agency_has_the_order_at_once() {
    order_on(None).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_letter_waits_for_its_welsh_on_postgresql_too() {
    order_on(Some(PrivatePostgres::shared().fresh_database())).await;
}

async fn order_on(database: Option<String>) {
    let court = on(database).await;
    let (adviser, room) = begun(&court, "29ZZ0001126").await;
    let draft = saved(&adviser, &room, lines(&court, &room, "community_order")).await;

    // Before sharing: a warning that names what is missing and who waits, and nothing blocks.
    let found = draft.readiness.findings.iter();
    let found: Vec<_> = found.filter(|own| own.code == "welsh_missing").collect();
    let of_order = found.iter().find(|own| own.message.starts_with(ORDER));
    let of_order = of_order.expect("the order is owed in Welsh");
    assert_eq!(of_order.severity, Severity::Warns);
    assert!(
        of_order.message.contains("words of this case"),
        "{}",
        of_order.message
    );
    assert!(
        !of_order.message.contains("Porthgarreg"),
        "that name is known"
    );
    let defendant = room.defendants[0].name.clone();
    assert!(
        of_order
            .hint
            .contains(&format!("Waits for the Welsh: {defendant}")),
        "{}",
        of_order.hint
    );

    steps::share(&adviser, &room, &draft).await;
    settle(&court).await;
    let first = named(&court, &room, ORDER).await.remove(0);
    assert_eq!(view(&first).language, PrintLanguage::English);
    assert!(view(&first).welsh_pending, "it says that the Welsh follows");
    assert_eq!(state(&first, "Defendant"), DeliveryState::Queued);
    // The agency has what speaks to it.
    let notified = named(&court, &room, "Notification of Community Order").await;
    assert!(notified[0].welsh.is_none());
    assert_eq!(state(&notified[0], "Probation"), DeliveryState::Received);
    let due = court.state.app.index.documents_to_make(9).await.unwrap();
    assert!(due.is_empty());

    // On the hearing's screen: that it waits, for what, and who.
    let seen = steps::look(&adviser, room.hearing_id).await;
    let row = seen
        .documents
        .iter()
        .find(|own| own.document_id == first.id)
        .unwrap();
    let mark = row.welsh.as_ref().expect("a mark");
    assert!(
        mark.waits && mark.text.contains(&defendant),
        "{}",
        mark.text
    );
    assert_eq!(
        mark.missing.len(),
        first.welsh.as_ref().unwrap().missing.len()
    );
    let letter = row
        .deliveries
        .iter()
        .find(|own| own.recipient == defendant)
        .unwrap();
    assert_eq!(letter.note.as_deref(), Some("Waits for Welsh"));

    // To translate: an owner, a part, and the rest.
    let listed = adviser
        .translation_list(&translation::List {})
        .await
        .unwrap();
    let item = listed
        .items
        .iter()
        .find(|own| own.document_id == first.id)
        .unwrap();
    assert!(item.held && !item.overdue && item.owner.is_none());
    // That the list named the case is in its report.
    let told = audit::report(&court, Subject::Case, "29ZZ0001126").await;
    assert!(!audit::lines(&told.lines, "asked for translation.list").is_empty());
    let take = translation::Take {
        document_id: first.id,
    };
    let taken = adviser.translation_take(&take).await.unwrap();
    let item = taken
        .items
        .iter()
        .find(|own| own.document_id == first.id)
        .unwrap();
    assert!(item.mine && item.owner.as_ref().unwrap().starts_with("Gwenllian Parri"));
    let whole = open(&adviser, first.id).await;
    let values = all_of(&whole);
    let part = give(&adviser, first.id, values[..1].to_vec()).await;
    assert_eq!(part.item.left, item.left - 1);
    assert_eq!(part.followed, None);
    let done = give(&adviser, first.id, values[1..].to_vec()).await;
    let second = done.followed.expect("the copy in both languages");
    settle(&court).await;

    // The copy in both languages goes to whoever waited, and to whoever has the first.
    let orders = named(&court, &room, ORDER).await;
    let [first, both] = orders.as_slice() else {
        panic!("{} orders", orders.len());
    };
    assert_eq!(both.id, second);
    let printed = view(both);
    assert_eq!(printed.language, PrintLanguage::Bilingual);
    assert_eq!(
        printed.court.name_welsh.as_deref(),
        Some("Llys Ynadon Porthgarreg")
    );
    assert!(!printed.welsh_pending);
    assert_eq!(
        printed.plain,
        view(first).plain,
        "what was ordered has not changed"
    );
    let welsh = json!(printed.welsh).to_string();
    assert!(
        welsh.contains("Cy ") && !welsh.contains('\u{E000}'),
        "{welsh}"
    );
    assert!(welsh.contains(&court.today().in_welsh()), "{welsh}");
    assert_eq!(state(first, "Defendant"), DeliveryState::Stopped);
    assert_eq!(state(both, "Defendant"), DeliveryState::Queued);
    let post = both
        .deliveries
        .iter()
        .find(|own| own.request.subscription == "Defendant");
    assert!(both.to_post(post.unwrap()), "it is in the post queue");
    assert!(first.superseded.is_none(), "nothing in it was wrong");
    assert_ne!(first.sha256, both.sha256);

    // Given twice, there is nothing left to give.
    let again = translation::Give {
        document_id: first.id,
        values: values[..1].to_vec(),
    };
    let refused = adviser.translation_give(&again).await.unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("translated"));

    // What is of the catalogue is known from now on: only the words of the case are asked for.
    let (_, other) = shared(&court, "29ZZ0001226", "community_order").await;
    let next = named(&court, &other, ORDER).await.remove(0);
    let missing = next.welsh.map(|owed| owed.missing).unwrap_or_default();
    let known: Vec<_> = missing
        .iter()
        .filter(|own| own.word.kind.is_remembered())
        .collect();
    assert!(known.is_empty(), "{known:#?}");
    assert!(
        !missing.is_empty(),
        "what was typed in court is asked for in each case"
    );
}

#[tokio::test]
async fn a_warrant_never_waits_for_a_translator() {
    let court = on(None).await;
    let (adviser, room) = shared(&court, "29ZZ0001326", "imprisonment").await;
    let warrant = named(&court, &room, WARRANT).await.remove(0);
    assert!(warrant.welsh.is_some(), "its Welsh is owed");
    assert!(
        warrant
            .deliveries
            .iter()
            .all(|own| own.request.held.is_none())
    );
    assert_eq!(state(&warrant, "Prison"), DeliveryState::Received);
    assert!(view(&warrant).welsh_pending);

    let prison = court.as_prison().await;
    let items = prison.inbox_list(&inbox::List {}).await.unwrap().items;
    let item = items
        .iter()
        .find(|own| own.document_id == warrant.id)
        .unwrap();
    assert!(item.acknowledgement_required);
    let delivery_id = item.delivery_id;
    prison
        .inbox_open(&inbox::Open { delivery_id })
        .await
        .unwrap();
    prison
        .inbox_acknowledge(&inbox::Acknowledge { delivery_id })
        .await
        .unwrap();

    // The Welsh follows, and nobody has to acknowledge twice or is told that it no longer applies.
    let whole = open(&adviser, warrant.id).await;
    let done = give(&adviser, warrant.id, all_of(&whole)).await;
    settle(&court).await;
    let items = prison.inbox_list(&inbox::List {}).await.unwrap().items;
    let second = items
        .iter()
        .find(|own| Some(own.document_id) == done.followed)
        .unwrap();
    assert!(!second.acknowledgement_required);
    let told = &second.replaces.as_ref().expect("what it follows").text;
    assert!(told.contains("has not changed"), "{told}");
    let first = items
        .iter()
        .find(|own| own.document_id == warrant.id)
        .unwrap();
    assert_eq!(first.state, DeliveryState::Acknowledged);
    assert!(first.superseded.is_none());
    let both = named(&court, &room, WARRANT).await.remove(1);
    let replaced = view(&both).replaces.expect("the document in English");
    assert!(replaced.translated && replaced.document_id == warrant.id);
}

#[tokio::test]
async fn a_letter_that_waits_beyond_its_limit_alarms_the_court() {
    let court = TestCourt::with(Setting {
        prepare: |state| state.app.chance = Arc::new(Clock(Arc::clone(&state.app.chance))),
        ..Setting::default()
    })
    .await;
    let (adviser, room) = shared(&court, "29ZZ0001426", "community_order").await;
    let order = named(&court, &room, ORDER).await.remove(0);
    let of_order = |all: alarm::Alarms| -> Vec<alarm::AlarmItem> {
        let mut items = all.items;
        items.retain(|own| own.document_id == order.id && own.alarm.what == Alarm::NotDelivered);
        items
    };
    let alarms = adviser.alarm_list(&alarm::List {}).await.unwrap();
    assert!(of_order(alarms).is_empty(), "two days are no alarm");

    AHEAD.store(2 * 24 * 60 + 1, Ordering::SeqCst);
    let adviser = court.sign_in(ADVISER).await;
    let alarms = of_order(adviser.alarm_list(&alarm::List {}).await.unwrap());
    let [item] = alarms.as_slice() else {
        panic!("{alarms:#?}");
    };
    assert!(
        item.alarm.text.starts_with("Waits for Welsh"),
        "{}",
        item.alarm.text
    );
    assert!(
        item.alarm.next.contains("To translate"),
        "{}",
        item.alarm.next
    );
    let listed = adviser
        .translation_list(&translation::List {})
        .await
        .unwrap();
    let mut items = listed.items.iter();
    assert!(items.any(|own| own.document_id == order.id && own.overdue));

    // Translated, it is no alarm any more: the letter is on its way.
    let whole = open(&adviser, order.id).await;
    give(&adviser, order.id, all_of(&whole)).await;
    let left = of_order(adviser.alarm_list(&alarm::List {}).await.unwrap());
    assert!(left.is_empty(), "{left:#?}");
}

#[tokio::test]
async fn only_the_court_that_sent_it_translates_a_document() {
    let court = on(None).await;
    let (adviser, room) = shared(&court, "29ZZ0001526", "community_order").await;
    let order = named(&court, &room, ORDER).await.remove(0);
    let whole = open(&adviser, order.id).await;
    let give = translation::Give {
        document_id: order.id,
        values: all_of(&whole),
    };
    let asked = translation::View {
        document_id: order.id,
    };
    // Another court has a list of its own, and for it there is no such document.
    let elsewhere = court.as_legal_adviser().await;
    let theirs = elsewhere
        .translation_list(&translation::List {})
        .await
        .unwrap();
    assert!(theirs.items.iter().all(|own| own.document_id != order.id));
    let refused = elsewhere.translation_view(&asked).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let refused = elsewhere.translation_give(&give).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    for other in [
        court.as_prison().await,
        court.as_defence().await,
        court.as_cps().await,
    ] {
        let refused = other
            .translation_list(&translation::List {})
            .await
            .unwrap_err();
        assert_eq!(refused.code, Code::NotPermitted);
        assert!(other.translation_give(&give).await.is_err());
    }
    let order = named(&court, &room, ORDER).await.remove(0);
    assert_eq!(order.welsh.unwrap().left(), whole.values.len());
}
