//! Registers while results of somebody are still to come.

use super::*;
use uuid::Uuid;
use vocabulary::Day;

#[test]
fn of_somebody_with_results_to_come_no_register_says_that_all_is_without_custody() {
    let mut conditions = broad();
    conditions["ignoreResults"] = json!(false);
    conditions["allNonCustodialResults"] = json!(true);
    let mut free = sample();
    defendant(&mut free)["offences"][0]["judicialResults"] = json!([{"label": "Fine"}]);
    let event: HearingResulted = serde_json::from_value(free).unwrap();
    let called_for = |conditions: &Value, waits: bool| {
        let own = subscription(conditions);
        !registers_so_far(&event, &own, |_| waits)
            .called_for
            .is_empty()
    };
    assert!(called_for(&conditions, false));
    assert!(!called_for(&conditions, true));
    // What asks for no more than that there is a result is true all the same.
    conditions["atleastOneNonCustodialResult"] = json!(true);
    assert!(called_for(&conditions, true));
}

#[test]
fn a_register_that_a_later_part_left_as_it_is_has_not_ended() {
    let made = registers(&sample(), &broad()).called_for;
    let whose = made[0].whose();
    let hearing = Uuid::from_u128(1);
    let registered = |entries: Vec<RegisterEntry>, untouched| RegisterEvent::HearingRegistered {
        hearing_id: hearing,
        court: None,
        sha256: String::new(),
        entries,
        without: Vec::new(),
        untouched,
    };
    let at = |minute: i8| "2026-11-23".parse::<Day>().unwrap().at(10, minute);
    let first = HearingRegister::fold(None, &registered(made, Vec::new()), at(0));
    let ended = |untouched| {
        let part = registered(Vec::new(), untouched);
        let then = HearingRegister::fold(first.clone(), &part, at(1)).unwrap();
        then.ended(|_| true)
    };
    assert_eq!(ended(vec![whose]), None);
    assert_eq!(ended(Vec::new()), Some(at(1)));
}
