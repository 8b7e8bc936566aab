//! A case that a magistrates' court sends to the Crown Court: the clerk there sits on it, records
//! what only that court orders, and it reaches whoever must act.

use crate::steps::{example, find, look, path_case, save, share, start, view};
use contract::hearing::{self, HearingView};
use std::{collections::HashSet, time::Duration};
use testkit::TestCourt;
use vocabulary::{DeliveryState, Jurisdiction};

const CLERK: &str = "ruth.ellery@court.example.test";

#[tokio::test]
async fn the_crown_court_sits_on_a_case_that_was_sent_to_it_and_its_orders_reach_who_must_act() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = Vec::new();
    for nth in 0..seen.defendants[0].offences.len() {
        lines.extend(example(&court, "sending_on_bail", &seen, nth));
    }
    let draft = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness);
    share(&adviser, &seen, &draft).await;

    // The clerk of the Crown Court finds it in the list of the day for which it was sent.
    let clerk = court.sign_in(CLERK).await;
    let case = view(&clerk, case_id).await;
    let sent = case
        .hearings
        .iter()
        .find(|own| own.hearing_id != hearing_id);
    let sent = sent.expect("a hearing there").hearing_id;
    let found = find(&clerk, &case.urn.to_string()).await;
    assert_eq!(found, case_id);
    start(&clerk, sent).await;
    let room = look(&clerk, sent).await;
    assert_eq!(room.jurisdiction, Jurisdiction::Crown);
    assert_eq!(room.defendants[0].bail, "Conditional bail");
    for offence in &room.defendants[0].offences {
        clerk
            .hearing_enter_plea(&hearing::EnterPlea {
                hearing_id: sent,
                version: look(&clerk, sent).await.version,
                offence_id: offence.offence_id,
                plea: "GUILTY".to_owned(),
            })
            .await
            .unwrap();
    }

    // Prison for the first offence, and for the rest nothing more: the bail ends with it.
    let room = look(&clerk, sent).await;
    let mut lines = example(&court, "imprisonment", &room, 0);
    for nth in 1..room.defendants[0].offences.len() {
        lines.extend(example(&court, "dismissed", &room, nth));
    }
    // How a sum is paid is for the magistrates' court that collects it.
    let draft = save(&clerk, sent, room.draft.revision, lines.clone()).await;
    let not_here = draft.readiness.findings.iter();
    let not_here: HashSet<_> = not_here
        .filter(|own| own.code == "UI-SHARE-1")
        .filter_map(|own| own.line_id)
        .collect();
    lines.retain(|own| !not_here.contains(&own.line_id));
    let draft = save(&clerk, sent, draft.revision, lines.clone()).await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness);
    // Whom the sentence holds gets there what is addressed to them, and not at home.
    let preview = hearing::Preview {
        hearing_id: sent,
        lines: lines.clone(),
    };
    let seen = clerk.hearing_preview(&preview).await.unwrap();
    let to_them =
        |own: &&hearing::PreviewDocument| own.name == "Notice that Proceedings Have Ended";
    let notice = seen.documents.iter().find(to_them).expect("a notice");
    assert_eq!(notice.view.addressee.name, room.defendants[0].name);
    assert_eq!(notice.view.addressee.address[0], "HMP Fallowdene");
    share(&clerk, &room, &draft).await;
    let wanted: HashSet<&str> = [
        "Warrant for custodial sentence > HMP Fallowdene",
        "Notification of Custodial Sentence > Ashmere Probation",
        "Notification that Bail Conditions Have Ended > Marches Constabulary",
        "Prison court register > HMP Fallowdene",
    ]
    .into();
    let mut received = HashSet::new();
    for _ in 0..200 {
        received = received_of(&look(&clerk, sent).await);
        if wanted.iter().all(|own| received.contains(*own)) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let missing: Vec<_> = wanted
        .iter()
        .filter(|own| !received.contains(**own))
        .collect();
    assert!(missing.is_empty(), "{missing:?} of {received:#?}");
    // Both courts see what became of it.
    let case = view(&adviser, case_id).await;
    assert!(
        case.hearings.iter().all(|own| own.shared),
        "{:#?}",
        case.hearings
    );
}

fn received_of(room: &HearingView) -> HashSet<String> {
    let all = room.documents.iter().flat_map(|document| {
        let received = document
            .deliveries
            .iter()
            .filter(|own| own.state == DeliveryState::Received);
        received.map(|own| format!("{} > {}", document.name, own.recipient))
    });
    all.collect()
}
