//! Every named result: shared, its documents made, and on their way to who must act.

use crate::steps::{all_guilty, example, find, look, path_case, save, share, start, view};
use app::demo::PATH_URN;
use contract::hearing;
use std::{collections::HashSet, time::Duration};
use testkit::{Setting, TestCourt};
use vocabulary::ResultLineId;

/// What each named result sends out, to whom, and how far it gets at once: all of it
/// from reference/nows.csv, nows_ours.csv and now_subscriptions.csv. Post waits for
/// its batch; the file copy is there when the document is.
const SENT: [(&str, &[&str]); 15] = [
    (
        "adjournment",
        &[
            "Notice of New Date of Hearing > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
        ],
    ),
    (
        "conditional_bail",
        &[
            "Notice of Grant of Bail > the defendant: queued",
            "Notice of New Date of Hearing > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification of Bail Conditions > Marches Constabulary: received",
            "Notification of Bail Conditions > Marches Witness Care Unit: received",
        ],
    ),
    (
        "unconditional_bail",
        &[
            "Notice of Grant of Bail > the defendant: queued",
            "Notice of New Date of Hearing > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
        ],
    ),
    (
        "remand_in_custody",
        &[
            "Notice of New Date of Hearing > the defendant: queued",
            "Notice of Refusal of Bail > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
            "Prison court register > HMP Fallowdene: received",
            "Remand Warrant > HMP Fallowdene: received",
            "Remand Warrant > Northway Escort Services: received",
        ],
    ),
    (
        "fine",
        &[
            "Notice of Compensation > Imogen Farrow: queued",
            "Notice of Financial Penalty > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification of Financial Order > Marches Fines Office: received",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
        ],
    ),
    (
        "community_order",
        &[
            "Community order > the defendant: queued",
            "Notice of Financial Penalty > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification of Community Order > Ashmere Probation: received",
            "Notification of Electronic Monitoring Requirement > Beacon Monitoring: received",
            "Notification of Financial Order > Marches Fines Office: received",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
        ],
    ),
    (
        "suspended_sentence",
        &[
            "Notice of Financial Penalty > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification of Financial Order > Marches Fines Office: received",
            "Notification of Suspended Sentence Order > Ashmere Probation: received",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
            "Suspended sentence order > the defendant: queued",
        ],
    ),
    (
        "imprisonment",
        &[
            "Notice of Financial Penalty > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification of Custodial Sentence > Ashmere Probation: received",
            "Notification of Financial Order > Marches Fines Office: received",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
            "Prison court register > HMP Fallowdene: received",
            "Warrant for custodial sentence > HMP Fallowdene: received",
            "Warrant for custodial sentence > Northway Escort Services: received",
        ],
    ),
    (
        "driving_disqualification",
        &[
            "Notice of Financial Penalty > the defendant: queued",
            "Notice of disqualification from driving > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification of Driving Disqualification or Endorsement > DVLA: queued",
            "Notification of Financial Order > Marches Fines Office: received",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
        ],
    ),
    (
        "restraining_order",
        &[
            "Notice of Financial Penalty > the defendant: queued",
            "Notice of Restraining Order > Imogen Farrow: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification of Financial Order > Marches Fines Office: received",
            "Notification of Restraining Order > Marches Constabulary: received",
            "Notification of Restraining Order > Marches Witness Care Unit: received",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
            "Restraining Order > the defendant: queued",
        ],
    ),
    (
        "sending_on_bail",
        &[
            "Notice of Grant of Bail > the defendant: queued",
            "Notice of Sending to the Crown Court for Trial > CPS Ashmere and Marches: received",
            "Notice of Sending to the Crown Court for Trial > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification of Bail Conditions > Marches Constabulary: received",
            "Notification of Bail Conditions > Marches Witness Care Unit: received",
        ],
    ),
    (
        "sending_in_custody",
        &[
            "Committal Warrant - Crown Court for Trial > HMP Fallowdene: received",
            "Committal Warrant - Crown Court for Trial > Northway Escort Services: received",
            "Notice of Refusal of Bail > the defendant: queued",
            "Notice of Sending to the Crown Court for Trial > CPS Ashmere and Marches: received",
            "Notice of Sending to the Crown Court for Trial > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
            "Prison court register > HMP Fallowdene: received",
        ],
    ),
    (
        "withdrawn",
        &[
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
        ],
    ),
    (
        "dismissed",
        &[
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification that Bail Conditions Have Ended > Marches Constabulary: received",
            "Notification that Bail Conditions Have Ended > Marches Witness Care Unit: received",
        ],
    ),
    (
        "electronic_monitoring_of_bail",
        &[
            "Notice of Grant of Bail > the defendant: queued",
            "Notice of New Date of Hearing > the defendant: queued",
            "Notice that Proceedings Have Ended > CPS Ashmere and Marches: received",
            "Notice that Proceedings Have Ended > Marches Constabulary: received",
            "Notice that Proceedings Have Ended > the defendant: queued",
            "Notification of Bail Conditions > Marches Constabulary: received",
            "Notification of Bail Conditions > Marches Witness Care Unit: received",
            "Notification of Electronic Monitoring of Bail > Beacon Monitoring: received",
        ],
    ),
];

#[tokio::test]
async fn every_named_result_is_shared_and_its_documents_reach_who_must_act() {
    assert_eq!(SENT.map(|(name, _)| name), reference::examples::NAMES);
    for (name, expected) in SENT {
        let court = TestCourt::with(Setting {
            cases: 1,
            ..Setting::default()
        })
        .await;
        let adviser = court.as_legal_adviser().await;
        let case_id = find(&adviser, PATH_URN).await;
        let hearing_id = view(&adviser, case_id).await.hearings[0].hearing_id;
        start(&adviser, hearing_id).await;
        all_guilty(&adviser, hearing_id).await;
        let room = look(&adviser, hearing_id).await;
        let mut lines = example(&court, name, &room, 0);
        for other in 1..room.defendants[0].offences.len() {
            lines.extend(example(&court, "withdrawn", &room, other));
        }
        let saved = save(&adviser, hearing_id, 0, lines.clone()).await;
        assert!(saved.readiness.ready, "{name}: {:#?}", saved.readiness);
        assert!(saved.lines.iter().all(|line| !line.text.is_empty()));
        let preview = adviser
            .hearing_preview(&hearing::Preview { hearing_id, lines })
            .await
            .unwrap();
        for document in &preview.documents {
            let pdf = documents::render(&document.view).unwrap();
            assert!(pdf.starts_with(b"%PDF-1.7"), "{name}: {}", document.name);
        }
        let shared = share(&adviser, &room, &saved).await;
        assert_eq!(shared.documents, preview.documents.len() as u64, "{name}");
        let mut sent = Vec::new();
        // The jobs of the server are at work meanwhile.
        for _ in 0..200 {
            sent = sent_so_far(&look(&adviser, hearing_id).await);
            if sent == expected {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        assert_eq!(sent, expected, "{name}");
    }
}

/// Each document that is made, to whom, and how far it got.
fn sent_so_far(room: &hearing::HearingView) -> Vec<String> {
    let defendant = &room.defendants[0].name;
    let mut sent = Vec::new();
    for document in room.documents.iter().filter(|document| document.made) {
        for delivery in &document.deliveries {
            let to = match &delivery.recipient {
                own if own == defendant => "the defendant",
                other => other,
            };
            sent.push(format!("{} > {to}: {}", document.name, delivery.state));
        }
    }
    sent.sort();
    sent
}

#[tokio::test]
async fn each_copy_of_a_split_document_is_previewed_under_an_id_of_its_own_that_stays() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    // Two protected persons, each with a notice that names nobody else.
    let mut lines = example(&court, "restraining_order", &room, 0);
    let named = "protectedPersonsName";
    let order = lines.iter().find(|line| line.answers.contains_key(named));
    let mut second = order.unwrap().clone();
    second.line_id = ResultLineId(uuid::Uuid::now_v7());
    second
        .answers
        .insert(named.to_owned(), "Ottilie Farrow".to_owned());
    lines.push(second);
    let asked = hearing::Preview { hearing_id, lines };
    let seen = adviser.hearing_preview(&asked).await.unwrap().documents;
    let notice = |own: &&hearing::PreviewDocument| own.name == "Notice of Restraining Order";
    assert_eq!(seen.iter().filter(notice).count(), 2);
    let ids = |all: &[hearing::PreviewDocument]| -> Vec<_> {
        all.iter().map(|own| own.view.document_id).collect()
    };
    let first = ids(&seen);
    let distinct: HashSet<_> = first.iter().collect();
    assert_eq!(distinct.len(), first.len());
    let again = adviser.hearing_preview(&asked).await.unwrap().documents;
    assert_eq!(ids(&again), first);
}
