//! What the court writes to a protected person and to those who look after them says where they
//! live: it is closed to the side of the defendant, however late they come on record.

use super::{Ground, ground, off, on_record};
use crate::steps::{all_guilty, example, look, save, share, start, view};
use client::{Bytes, Client};
use contract::{Code, case::DocumentRow, inbox};
use vocabulary::{DisassociationReason, RepresentationBasis};

const THEIRS: [&str; 2] = [
    "Notice of Restraining Order",
    "Notification of Restraining Order",
];

async fn restrained(ground: &Ground) {
    let adviser = ground.court.as_legal_adviser().await;
    let hearing_id = view(&adviser, ground.case_id).await.hearings[0].hearing_id;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = example(&ground.court, "restraining_order", &seen, 0);
    lines.extend(example(&ground.court, "withdrawn", &seen, 1));
    let saved = save(&adviser, hearing_id, 0, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &look(&adviser, hearing_id).await, &saved).await;
    for _ in 0..20 {
        ground.court.work().await;
    }
}

async fn documents(client: &Client, ground: &Ground) -> Vec<DocumentRow> {
    view(client, ground.case_id).await.documents
}

/// Served is served (docs/decisions/0058).
#[tokio::test]
async fn a_firm_that_went_off_record_keeps_what_was_sent_to_it_and_loses_the_case() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    restrained(&ground).await;
    let inbox = async || firm.inbox_list(&inbox::List {}).await.unwrap().items;
    let sent = inbox().await;
    let one = sent.first().expect("the firm was sent something");
    off(&firm, &ground, DisassociationReason::ProfessionalReasons)
        .await
        .unwrap();
    assert_eq!(inbox().await.len(), sent.len());
    let opened = inbox::Open {
        delivery_id: one.delivery_id,
    };
    firm.inbox_open(&opened).await.unwrap();
    let document = one.document_id.to_string();
    let read = firm.download(Bytes::Document, &document).await.unwrap();
    assert!(read.all(10_000_000).await.is_ok());
    // What else was made of the case, and the case, are not theirs any more.
    let prosecutor = ground.court.as_cps().await;
    let theirs = |row: &&DocumentRow| sent.iter().all(|own| own.document_id != row.document_id);
    let all = documents(&prosecutor, &ground).await;
    let other = all.iter().find(theirs).expect("something went to others");
    let other = other.document_id.to_string();
    let refused = firm.download(Bytes::Document, &other).await.err();
    assert_eq!(refused.map(|own| own.code), Some(Code::NotFound));
}

#[tokio::test]
async fn a_protected_persons_letter_is_closed_to_the_defence_and_open_to_who_looks_after_them() {
    let ground = ground().await;
    restrained(&ground).await;
    let prosecutor = ground.court.as_cps().await;
    let all = documents(&prosecutor, &ground).await;
    let solicitor = ground.court.as_defence().await;
    on_record(&solicitor, &ground, RepresentationBasis::Private).await;
    let own = documents(&solicitor, &ground).await;
    let listed = |rows: &[DocumentRow], name: &str| rows.iter().any(|row| row.name == name);
    assert!(listed(&own, "Restraining Order"), "{own:#?}");
    for name in THEIRS {
        let row = all.iter().find(|row| row.name == name).expect(name);
        assert!(!listed(&own, name), "{name}: {own:#?}");
        let id = row.document_id.to_string();
        let refused = solicitor.download(Bytes::Document, &id).await.err();
        assert_eq!(refused.map(|own| own.code), Some(Code::NotFound), "{name}");
        let read = prosecutor.download(Bytes::Document, &id).await.unwrap();
        assert!(read.all(10_000_000).await.is_ok());
    }
}
