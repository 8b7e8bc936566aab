//! Whoever holds a person for the court says that they have the warrant, as a prison does; the
//! court hears when a force does not.

use super::{AHEAD, court, result_shared};
use crate::steps::{all_guilty, example, look, path_case, start, typed};
use contract::{
    alarm,
    hearing::{HearingView, Line},
    inbox,
};
use domain::result::ResultLine;
use std::sync::atomic::Ordering;
use testkit::TestCourt;
use vocabulary::{Alarm, DeliveryState, ResultLineId};

const WARRANT: &str = "Remand Warrant";

/// Put off, and until then in the hands of this force.
fn held_by(court: &TestCourt, room: &HearingView, force: &str) -> Vec<Line> {
    let catalogue = &court.state.app.catalogue.results;
    let id = |code: &str| catalogue.by_code(code, room.day).unwrap().id;
    let mut lines = example(court, "remand_in_custody", room, 0);
    lines.retain(|line| line.definition_id != id("RI"));
    let of = lines.iter().find_map(|line| line.offence_id);
    let answers = [
        ("policeForce", force),
        ("conveyorcustodiannameOrganisationName", force),
        (
            "conveyorcustodiannameAddress1",
            "Watch House, Bridge Street",
        ),
        ("bailException", "Likely to abscond"),
        ("bailExceptionReason", "Previous record and character"),
        ("defendantToBeHeldInCustodyUntilTheNextHearingDate", "yes"),
    ];
    lines.push(typed(ResultLine {
        id: ResultLineId(uuid::Uuid::now_v7()),
        definition: id("RIPC"),
        defendant: room.defendants[0].defendant_id,
        offence: of,
        parent: None,
        answers: answers
            .into_iter()
            .map(|(key, answer)| (key.to_owned(), answer.to_owned()))
            .collect(),
    }));
    lines
}

#[tokio::test]
async fn a_force_that_holds_somebody_for_the_court_acknowledges_or_the_court_is_alarmed() {
    let court = court::<7>().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let lines = held_by(&court, &room, "Marches Constabulary");
    result_shared(&court, &adviser, &room, lines).await;

    let alarms = async || {
        let mut all = adviser.alarm_list(&alarm::List {}).await.unwrap().items;
        all.retain(|item| item.name == WARRANT);
        all
    };
    AHEAD[7].fetch_add(4, Ordering::SeqCst);
    assert!(alarms().await.is_empty(), "four minutes are no alarm");
    AHEAD[7].fetch_add(2, Ordering::SeqCst);
    let all = alarms().await;
    let of_force = all
        .iter()
        .find(|own| own.recipient == "Marches Constabulary");
    let item = of_force.unwrap_or_else(|| panic!("the force has said nothing: {all:#?}"));
    assert!(item.urgent);
    assert_eq!(item.alarm.what, Alarm::NotAcknowledged);

    let police = court.as_police().await;
    let delivery_id = item.delivery_id;
    police
        .inbox_open(&inbox::Open { delivery_id })
        .await
        .unwrap();
    let taken = police
        .inbox_acknowledge(&inbox::Acknowledge { delivery_id })
        .await;
    assert_eq!(taken.unwrap().state, DeliveryState::Acknowledged);
    let left = alarms().await;
    assert!(
        left.iter().all(|own| own.delivery_id != delivery_id),
        "{left:#?}"
    );
}
