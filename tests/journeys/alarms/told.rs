//! Nobody of a local authority signs in here, and nobody acknowledges for it: the court that hands
//! a child to it is alarmed until it records whom it told.

use super::{AHEAD, court, shared_as_typed};
use crate::{
    children::in_care,
    roles::childs_hearing,
    steps::{look, view},
};
use contract::alarm;
use std::sync::atomic::Ordering;
use vocabulary::Alarm;

const WARRANT: &str = "Remand Warrant (Local Authority Accommodation)";

#[tokio::test]
async fn a_local_authority_is_told_of_the_child_or_the_court_is_alarmed() {
    let court = court::<8>().await;
    let adviser = court.as_legal_adviser().await;
    let room = childs_hearing(&adviser).await;
    let lines = in_care(&court, &room);
    shared_as_typed(&court, &adviser, &room, lines).await;

    let alarms = async || {
        let mut all = adviser.alarm_list(&alarm::List {}).await.unwrap().items;
        all.retain(|item| item.name == WARRANT && item.recipient == "Marches");
        all
    };
    AHEAD[8].fetch_add(55, Ordering::SeqCst);
    assert!(alarms().await.is_empty(), "the hour is not over");
    AHEAD[8].fetch_add(10, Ordering::SeqCst);
    let item = alarms().await.remove(0);
    assert!(item.urgent);
    assert_eq!(item.alarm.what, Alarm::NotDelivered, "the letter lies here");

    let settle = alarm::Settle {
        delivery_id: item.delivery_id,
        told: "Duty officer Bevan of the authority, by telephone".to_owned(),
        at: None,
    };
    adviser.alarm_settle(&settle).await.unwrap();
    assert!(alarms().await.is_empty());
    let seen = look(&adviser, room.hearing_id).await;
    let mut rows = seen.documents.iter().flat_map(|own| &own.deliveries);
    let row = rows
        .find(|own| own.delivery_id == item.delivery_id)
        .unwrap();
    assert!(row.acknowledgement_required);
    assert!(row.settled.as_deref().unwrap().contains("Bevan"), "{row:?}");
    let case = view(&adviser, room.defendants[0].case_id).await;
    assert!(case.documents.iter().any(|own| own.name == WARRANT));
}
