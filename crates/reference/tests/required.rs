//! Whom a document must reach before results are shared, by the real table and by tables that a
//! folder gives.
#![allow(clippy::unwrap_used)]

mod court;

use court::{CATALOGUE, facts, line, results};
use domain::{
    now::{DefendantFacts, Directory, NowDefinition, ResultRef, missing_recipients},
    result::{Finding, Origin, ResultDefinition, ResultLine},
};
use vocabulary::{Attendance, Severity};

fn missing(lines: &[ResultLine], facts: &DefendantFacts) -> Vec<Finding> {
    missing_recipients(
        (&CATALOGUE.nows, &CATALOGUE.subscriptions),
        &CATALOGUE.results,
        &results(lines),
        facts,
        (&Directory::default(), false),
    )
}

/// What goes to somebody only where there is one: nobody may supervise an order that goes on.
/// And whoever monitors bail was known when it was granted and is named by no answer now, so
/// that no court could put it right: nothing keeps it from ending the case. Nor does a child stay
/// locked up because nobody knows where whoever holds the child has an address.
const OF_NOBODY: [(&str, &str); 4] = [
    (
        "Conveyor / Custodian - Email",
        "Anti-social Behaviour Injunction Detention Order - Release",
    ),
    (
        "Youth Custody Service placement team",
        "Anti-social Behaviour Injunction Detention Order - Release",
    ),
    ("Probation", "Notification that an Order Continues"),
    (
        "Bail monitor",
        "Notification that Electronic Monitoring of Bail Has Ended",
    ),
];

#[test]
fn whoever_must_acknowledge_a_document_is_known_before_results_are_shared() {
    let mut asked = 0;
    for subscription in &CATALOGUE.subscriptions {
        let gets = |now: &&NowDefinition| now.subscriptions.contains(&subscription.name);
        for now in CATALOGUE.nows.iter().filter(gets) {
            if !subscription.must_acknowledge(now) {
                continue;
            }
            let required = subscription.requirement(now);
            let severity = required.map(|own| own.severity);
            let what = format!("{} of {}", now.name, subscription.name);
            let own = (subscription.name.as_str(), now.name.as_str());
            let wanted = if OF_NOBODY.contains(&own) {
                Severity::Warns
            } else {
                Severity::Blocks
            };
            assert_eq!(severity, Some(wanted), "{what}");
            asked += 1;
        }
    }
    assert!(asked > 20, "{asked}");
    // Of what need not be acknowledged the force is told, and nothing waits for it.
    let (mut all, mut nows) = (CATALOGUE.subscriptions.iter(), CATALOGUE.nows.iter());
    let police = all.find(|own| own.name == "Police copy").unwrap();
    let order = nows.find(|own| own.name == "Criminal Behaviour Order");
    let required = police.requirement(order.unwrap()).unwrap();
    assert_eq!(required.severity, Severity::Warns);
}

/// Of several forces or units nobody guesses; then whatever calls for their document asks.
#[test]
fn every_result_that_calls_for_a_document_of_a_force_or_unit_asks_which() {
    let mut asked = 0;
    for now in &CATALOGUE.nows {
        let mut all = CATALOGUE.subscriptions.iter();
        let chosen =
            all.find(|own| now.subscriptions.contains(&own.name) && !own.chosen_by.is_empty());
        let Some(chosen) = chosen else { continue };
        let called = |trigger: &ResultRef, own: &ResultDefinition| match trigger {
            ResultRef::Code(code) => own.code == *code,
            ResultRef::IdPrefix(prefix) => own.id.to_string().starts_with(prefix),
            ResultRef::Group(_) | ResultRef::Any => false,
        };
        // What the supplement completes has no question of its own; what stands under it has.
        let published = CATALOGUE.results.definitions().iter();
        let published = published.filter(|own| own.origin == Origin::Published);
        for own in published {
            if now.triggers.iter().any(|trigger| called(trigger, own)) {
                let asks = own.fields.iter().flat_map(|field| field.references());
                let mut asks = asks.filter(|one| chosen.chosen_by.iter().any(|by| by == one));
                assert!(asks.next().is_some(), "{} of {}", own.code, now.name);
                asked += 1;
            }
        }
    }
    assert!(asked > 40, "{asked}");
}

#[test]
fn a_restraining_order_without_a_known_force_or_unit_blocks_and_bail_without_a_unit_does_not() {
    let order = line("RESTRAOP", 1, &[("protectedPersonsName", "Maud Ferris")]);
    let mut nobody = facts(Attendance::InPerson);
    nobody.parties.retain(|own| own.role != "PoliceForce");
    let blocks = |lines: &[ResultLine]| -> Vec<String> {
        let found = missing(lines, &nobody).into_iter();
        let found = found.filter(|own| own.severity == Severity::Blocks);
        let of_agency = found.filter(|own| own.code == "recipient_not_known");
        of_agency.map(|own| own.message).collect()
    };
    let found = blocks(&[order]);
    assert_eq!(found.len(), 2, "{found:#?}");
    for noun in ["police force", "witness care unit"] {
        assert!(found.iter().any(|own| own.contains(noun)), "{found:#?}");
    }
    let found = blocks(&[line("RC", 1, &[])]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("police force"), "{found:#?}");
}

#[test]
fn an_agency_that_must_be_reached_blocks_until_its_address_is_given() {
    let folder = std::env::temp_dir().join(format!("agency-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../reference/now_required.csv"
    );
    let mut table = std::fs::read_to_string(path).unwrap();
    table.push_str("DVLA,*,address,blocks,agency,rule of this service,it keeps the register,N\n");
    std::fs::write(folder.join("now_required.csv"), table).unwrap();
    let disability = [line("DRDIS", 1, &[])];
    let found = || {
        let own = reference::Catalogue::from_folder(&folder).unwrap();
        let found = missing_recipients(
            (&own.nows, &own.subscriptions),
            &own.results,
            &results(&disability),
            &facts(Attendance::InPerson),
            (&Directory::default(), false),
        );
        let mut found = found.into_iter();
        found.find(|own| own.message.contains("DVLA"))
    };
    let lacking = found().unwrap();
    assert_eq!(lacking.severity, Severity::Blocks);
    assert!(lacking.hint.contains("now_addresses.csv"), "{lacking:?}");
    let addresses = "subscription,address,why,unverified\nDVLA,1 Record Road; FW1 1AA,ours,N\n";
    std::fs::write(folder.join("now_addresses.csv"), addresses).unwrap();
    assert_eq!(found(), None);
    std::fs::remove_dir_all(&folder).unwrap();
}
