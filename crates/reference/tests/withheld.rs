//! Results that the source keeps for some user groups (`user_groups` of result_definitions.csv).
#![allow(clippy::unwrap_used)]

mod court;

use court::{CATALOGUE, facts, line};
use vocabulary::{Attendance, Channel};

/// Whether a driving licence was there is kept for those who deal with the conviction; whoever only
/// puts an order into effect reads the order without it.
#[test]
fn a_result_that_is_kept_for_some_groups_is_on_nobody_elses_copy() {
    let groups = &CATALOGUE
        .results
        .by_code("DNP", court::today())
        .unwrap()
        .only_for;
    assert!(groups.iter().any(|own| own == "Defence"), "{groups:?}");
    let (mut kept, mut read) = (0, 0);
    for own in CATALOGUE.results.definitions() {
        let ordered = court::today();
        let known = CATALOGUE.results.by_code(&own.code, ordered);
        if known.is_none_or(|known| known.id != own.id) {
            continue;
        }
        let order = line(&own.code, 1, &[("prison", "HMP Fallowdene")]);
        let mut asked = line("DNP", 1, &[]);
        asked.parent = Some(order.id);
        let id = asked.id;
        for document in court::documents(&[order, asked], &facts(Attendance::InPerson)) {
            if !document.results.contains(&id) {
                continue;
            }
            let left_out = document.withheld.contains(&"result.DNP".to_owned());
            for recipient in &document.recipients {
                let filed = recipient.channel == Channel::FileOnly;
                let belongs = recipient.party == "Defendant"
                    || recipient.user_groups.iter().any(|own| groups.contains(own));
                let name = (&document.name, &recipient.name);
                assert_eq!(left_out, !filed && !belongs, "{name:?}");
                *(if left_out { &mut kept } else { &mut read }) += 1;
            }
        }
    }
    assert!(kept > 0 && read > 0, "{kept} {read}");
}
