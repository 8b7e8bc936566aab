//! How long a magistrates' court may remand in custody.

use super::court::{CATALOGUE, example, hearing, theft, warns};
use super::{has, set};
use domain::result::{HearingFacts, Held};
use vocabulary::Jurisdiction;

fn untried() -> HearingFacts {
    let mut own = hearing(vec![theft(1)]);
    own.offences[0].plea = None;
    own
}

#[test]
fn a_first_remand_is_for_eight_clear_days() {
    let mut lines = example("remand_in_custody");
    set(&mut lines, "NHMC", "HDATE", "2026-12-03");
    assert!(!has(&warns(&lines, &untried()), "MCA1980-128"));
    set(&mut lines, "NHMC", "HDATE", "2026-12-04");
    assert!(has(&warns(&lines, &untried()), "MCA1980-128"));
    // Whoever is convicted is remanded by another power.
    assert!(!has(
        &warns(&lines, &hearing(vec![theft(1)])),
        "MCA1980-128"
    ));
    let mut crown = untried();
    crown.jurisdiction = Jurisdiction::Crown;
    assert!(!has(&warns(&lines, &crown), "MCA1980-128"));
}

#[test]
fn a_later_remand_is_for_twenty_eight() {
    let mut again = untried();
    again.defendants[0].held = vec![Held {
        from: "2026-11-17".parse().unwrap(),
        to: None,
    }];
    let mut lines = example("remand_in_custody");
    set(&mut lines, "NHMC", "HDATE", "2026-12-23");
    assert!(!has(&warns(&lines, &again), "MCA1980-128"));
    set(&mut lines, "NHMC", "HDATE", "2026-12-24");
    assert!(has(&warns(&lines, &again), "MCA1980-128"));
    assert!(
        !CATALOGUE.results.law.rules["MCA1980-128"].lowerable,
        "it only warns"
    );
}
