//! From charge to delivered order, as the people named do it, through the real server.

use crate::{
    intake::System,
    steps::{all_guilty, example, find, look, save, serve, share, start, view},
};
use app::demo::PATH_URN;
use client::Bytes;
use contract::{
    Code,
    case::{Find, MarkSeen, View},
    defence::Associate,
    hearing, inbox, notice,
};
use serde_json::json;
use std::time::Duration;
#[cfg(unix)]
use testkit::{Setting, postgres::PrivatePostgres};
use testkit::{Submission, TestCourt};
use vocabulary::{DeliveryState, RepresentationBasis};

/// The reference of the case whose path is walked: no seeding gives it.
const SUBMITTED: &str = "29GD7420126";

async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    for _ in 0..200 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{what} did not happen within five seconds");
}

#[tokio::test]
async fn from_charge_to_acknowledged_warrant() {
    let court = TestCourt::open().await;
    walk(&court, &court).await;
}

/// Two servers, as a court that grows would run them: the firms and the prison
/// are at one, the court and the prosecutor at the other.
#[cfg(unix)]
#[tokio::test]
async fn from_charge_to_acknowledged_warrant_through_two_servers_on_postgresql() {
    let database = PrivatePostgres::shared().fresh_database();
    let court = TestCourt::with(Setting {
        database_url: Some(database),
        ..Setting::default()
    })
    .await;
    let other = court.beside().await;
    walk(&court, &other).await;
}

async fn walk(court: &TestCourt, other: &TestCourt) {
    let prosecutor = court.as_cps().await;
    let defence = other.as_defence().await;
    let stranger = other.as_other_defence().await;
    let adviser = court.as_legal_adviser().await;
    let prison = other.as_prison().await;

    // A prosecutor's system submits the charge, and it becomes a case.
    let system = System::of(court, "GAAAA01").await;
    // Bodily harm is triable either way: nine months are within the power of the court.
    let first = "/defendants/0/offences/0/offenceDetails";
    let charge = Submission::charge(SUBMITTED, court.today())
        .heard_on(court.today())
        .with(&format!("{first}/cjsOffenceCode"), json!("OF61102"))
        .with(
            &format!("{first}/offenceWording"),
            json!("Assaulted Imogen Farrow, thereby occasioning her actual bodily harm."),
        );
    let submission = system.submit(&charge).await;
    assert_eq!(system.status(&submission).await["status"], "SUCCESS");

    // A prosecutor serves the IDPC on it; the solicitor finds the case, however the
    // reference is typed, and reads it before going on record.
    let case_id = find(&prosecutor, SUBMITTED).await;
    serve(
        &prosecutor,
        &view(&prosecutor, case_id).await,
        "IDPC.pdf",
        3_000_000,
    )
    .await;
    let typed_loosely = SUBMITTED
        .to_lowercase()
        .chars()
        .flat_map(|c| [c, ' '])
        .collect::<String>();
    assert_eq!(find(&defence, &typed_loosely).await, case_id);
    let before = view(&defence, case_id).await;
    let idpc = before
        .materials
        .iter()
        .find(|m| m.name == "IDPC.pdf")
        .unwrap();
    let bytes = defence
        .download(Bytes::Material, &idpc.material_id.to_string())
        .await
        .unwrap()
        .all(10_000_000)
        .await
        .unwrap();
    assert!(bytes.starts_with(b"%PDF-"));

    // On record: from now on another firm gets the answer of a case that does not exist.
    let mut live = defence.live(None);
    let mut strange = stranger.live(None);
    defence
        .defence_associate(&Associate {
            case_id,
            defendant_id: before.defendants[0].defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: true,
        })
        .await
        .unwrap();
    let ours = stranger
        .case_find(&Find {
            reference: SUBMITTED.to_owned(),
        })
        .await
        .unwrap_err();
    let nothing = stranger
        .case_find(&Find {
            reference: "99ZZ9999999".to_owned(),
        })
        .await
        .unwrap_err();
    assert_eq!(ours, nothing);
    assert_eq!(
        stranger
            .case_view(&View { case_id })
            .await
            .unwrap_err()
            .code,
        Code::NotFound
    );
    let refused = stranger
        .download(Bytes::Material, &idpc.material_id.to_string())
        .await;
    assert_eq!(refused.err().unwrap().code, Code::NotFound);

    // New material: the solicitor hears of it within a second, the other firm hears nothing.
    let glance = view(&prosecutor, case_id).await;
    let heard = tokio::spawn(async move {
        loop {
            let live = live.next_live().await.expect("the stream goes on");
            if let Some(notice) = live.notice {
                return notice;
            }
        }
    });
    serve(&prosecutor, &glance, "Further statement.pdf", 20_000).await;
    let notice = tokio::time::timeout(Duration::from_secs(1), heard)
        .await
        .unwrap()
        .unwrap();
    assert!(notice.title.contains(SUBMITTED), "{notice:?}");
    let silence = tokio::time::timeout(Duration::from_millis(600), async {
        loop {
            let live = strange.next_live().await.expect("the stream goes on");
            if live.stale.iter().any(|tag| tag.starts_with("case:")) || live.notice.is_some() {
                return live;
            }
        }
    })
    .await;
    assert!(silence.is_err(), "a stranger heard {silence:?}");

    // In court: imprisonment on the first offence, the second withdrawn.
    let hearing_id = glance.hearings[0].hearing_id;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(court, "imprisonment", &room, 0);
    lines.extend(example(court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    let shared = share(&adviser, &room, &saved).await;
    assert!(shared.documents > 0);

    // The warrant is in the prison's inbox; it is opened and acknowledged, and the court sees it.
    let item = until("the warrant", || async {
        let inbox = prison.inbox_list(&inbox::List {}).await.unwrap();
        inbox.items.into_iter().find(|item| {
            item.name == "Warrant for custodial sentence"
                && item.cases.iter().any(|urn| urn.as_str() == SUBMITTED)
        })
    })
    .await;
    assert!(item.acknowledgement_required);
    let early = prison
        .inbox_acknowledge(&inbox::Acknowledge {
            delivery_id: item.delivery_id,
        })
        .await
        .unwrap_err();
    assert_eq!(early.code, Code::Refused);
    prison
        .inbox_open(&inbox::Open {
            delivery_id: item.delivery_id,
        })
        .await
        .unwrap();
    let warrant = prison
        .download(Bytes::Document, &item.document_id.to_string())
        .await
        .unwrap()
        .all(10_000_000)
        .await
        .unwrap();
    assert!(warrant.starts_with(b"%PDF-"));
    prison
        .inbox_acknowledge(&inbox::Acknowledge {
            delivery_id: item.delivery_id,
        })
        .await
        .unwrap();
    let room = look(&adviser, hearing_id).await;
    let delivery = room
        .documents
        .iter()
        .flat_map(|d| &d.deliveries)
        .find(|d| d.delivery_id == item.delivery_id)
        .unwrap();
    assert_eq!(delivery.state, DeliveryState::Acknowledged);

    // Nobody else gets the warrant: not another firm, not by its id.
    let refused = stranger
        .download(Bytes::Document, &item.document_id.to_string())
        .await;
    assert_eq!(refused.err().unwrap().code, Code::NotFound);

    // The solicitor is told of the result, opens an order, and sees what has changed.
    let notices = defence.notice_list(&notice::List {}).await.unwrap();
    assert!(
        notices
            .items
            .iter()
            .any(|n| n.title.starts_with("Results in")),
        "{notices:?}"
    );
    let after = view(&defence, case_id).await;
    assert!(
        after.changes.iter().any(|change| change.kind == "result"),
        "{:?}",
        after.changes
    );
    let order = after.documents.first().expect("an order to open");
    let order = defence
        .download(Bytes::Document, &order.document_id.to_string())
        .await
        .unwrap();
    assert!(order.all(10_000_000).await.unwrap().starts_with(b"%PDF-"));
    defence
        .case_mark_seen(&MarkSeen {
            case_id,
            version: after.version,
        })
        .await
        .unwrap();
    assert!(view(&defence, case_id).await.changes.is_empty());

    // The ledger holds, and rebuilding what is derived changes nothing that is seen.
    assert!(court.state.store.verify().await.unwrap().bad.is_none());
}

#[tokio::test]
async fn an_adjournment_lists_the_next_hearing_that_it_names() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let case_id = find(&adviser, PATH_URN).await;
    let hearing_id = view(&adviser, case_id).await.hearings[0].hearing_id;
    start(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "adjournment", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, 0, lines).await;
    share(&adviser, &room, &saved).await;
    let after = view(&adviser, case_id).await;
    assert_eq!(after.hearings.len(), 2, "{:?}", after.hearings);
    let next = &after.hearings[1];
    assert!(next.day > room.day && next.court.starts_with("Ashmere Magistrates' Court"));
    assert_eq!(next.time, "10:00");
    assert_eq!(after.status, "Active");
    let opened = adviser
        .hearing_view(&hearing::View {
            hearing_id: next.hearing_id,
        })
        .await
        .unwrap();
    assert_eq!(opened.defendants[0].urn.as_str(), PATH_URN);
}
