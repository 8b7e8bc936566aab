//! Documents that go to the case file and to nobody else: whom the court tells itself is said
//! before sharing, and none is forgotten. What custody rests on goes to somebody.
#![allow(clippy::unwrap_used)]

mod court;

use court::{CATALOGUE, facts, line, results};
use domain::{
    now::{DefendantFacts, Directory, documents_called_for, limits_for, missing_recipients},
    result::{Finding, ResultLine},
};
use reference::Catalogue;
use std::path::Path;
use vocabulary::{Attendance, Channel, Severity};

fn said(own: &Catalogue, lines: &[ResultLine], facts: &DefendantFacts) -> Vec<Finding> {
    let all = missing_recipients(
        (&own.nows, &own.subscriptions),
        &own.results,
        &results(lines),
        facts,
        (&Directory::default(), false),
    );
    all.into_iter()
        .filter(|finding| finding.code == "only_filed")
        .collect()
}

#[test]
fn whom_the_court_must_tell_of_a_filed_warrant_is_said_and_of_a_direction_to_the_press_nobody() {
    let court = facts(Attendance::InPerson);
    let found = said(&CATALOGUE, &[line("RIBA2", 1, &[])], &court);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].severity, Severity::Warns);
    assert_eq!(
        found[0].hint,
        "Tell whoever holds the defendant until the prosecutor's notice is there yourself."
    );
    assert_eq!(said(&CATALOGUE, &[line("D45", 1, &[])], &court), []);
}

#[test]
fn a_filed_document_that_was_forgotten_is_reported_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference/now_filed.csv");
    let table = std::fs::read_to_string(ours).unwrap();
    let kept = table
        .lines()
        .filter(|row| !row.starts_with("Remand warrant (temporary)"));
    let kept: String = kept.map(|row| format!("{row}\n")).collect();
    std::fs::write(folder.path().join("now_filed.csv"), kept).unwrap();
    let forgetful = Catalogue::from_folder(folder.path()).unwrap();
    let gaps = forgetful.check().gaps;
    let what = "Remand warrant (temporary): nobody said who must know of it";
    assert!(gaps.iter().any(|gap| gap.what == what));
    let lines = [line("RIBA2", 1, &[])];
    let found = said(&forgetful, &lines, &facts(Attendance::InPerson));
    assert_eq!(found[0].hint, "Tell whoever must act on it yourself.");
}

#[test]
fn a_row_for_a_document_that_somebody_gets_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let table = "now,whom,why,unverified\nRemand Warrant,the prison,it goes there,N\n";
    std::fs::write(folder.path().join("now_filed.csv"), table).unwrap();
    let refused = Catalogue::from_folder(folder.path())
        .err()
        .unwrap()
        .to_string();
    assert!(refused.contains("goes to more than the file"), "{refused}");
}

/// The catalogue with this table in place of ours.
fn with(file: &str, change: impl Fn(&str) -> String) -> Result<Catalogue, String> {
    let folder = tempfile::tempdir().unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference");
    let table = std::fs::read_to_string(ours.join(file)).unwrap();
    std::fs::write(folder.path().join(file), change(&table)).unwrap();
    Catalogue::from_folder(folder.path()).map_err(|error| error.to_string())
}

#[test]
fn every_recipient_to_whom_no_document_goes_has_a_reason_and_no_other_has() {
    let forgotten = |own: &Catalogue| -> Vec<String> {
        let gaps = own.check().gaps.into_iter();
        let gaps = gaps.filter(|gap| gap.what.contains("no document names it"));
        gaps.map(|gap| gap.what).collect()
    };
    assert_eq!(forgotten(&CATALOGUE), Vec::<String>::new());
    let table = "now_unnamed.csv";
    let without = with(table, |text| {
        let kept = text.lines().filter(|row| !row.starts_with("DVSA,"));
        kept.map(|row| format!("{row}\n")).collect()
    });
    let found = forgotten(&without.unwrap());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("DVSA"));
    for (name, why) in [("Prison", "gets a document"), ("Prisn", "Prisn")] {
        let named = with(table, |text| format!("{text}{name},because,Y\n"));
        let refused = named.err().unwrap();
        assert!(
            refused.contains(table) && refused.contains(why),
            "{refused}"
        );
    }
}

#[test]
fn whoever_pays_and_whoever_is_paid_costs_of_a_third_party_have_an_order_without_the_others_address()
 {
    let order = line(
        "TPC",
        1,
        &[
            ("amountOfCosts", "350.00"),
            ("nameOfThirdPartyToPayCosts", "Corbel Newspapers Limited"),
            ("thirdpartysaddressAddress1", "2 Press Row"),
            ("thirdpartysaddressPostCode", "AM1 3CN"),
            ("nameOfCreditorToReceiveCosts", "Imogen Farrow"),
            ("creditorsaddressAddress1", "7 Orchard Way"),
            ("creditorsaddressPostCode", "AM6 3PL"),
        ],
    );
    let results = results(&[order]);
    let called = documents_called_for(
        &CATALOGUE.nows,
        &CATALOGUE.subscriptions,
        &results,
        &facts(Attendance::InPerson),
    );
    let to: Vec<(String, String)> = called
        .iter()
        .filter(|own| own.name == "Third Party Costs Order")
        .flat_map(|own| &own.recipients)
        .map(|own| (own.name.clone(), own.address.join(", ")))
        .collect();
    for (name, address) in [
        ("Corbel Newspapers Limited", "2 Press Row, AM1 3CN"),
        ("Imogen Farrow", "7 Orchard Way, AM6 3PL"),
    ] {
        let wanted = (name.to_owned(), address.to_owned());
        assert!(to.contains(&wanted), "{to:?}");
    }
    let printed = results[0].prompts.iter().map(|own| own.value.as_str());
    let printed: Vec<&str> = printed.collect();
    for place in ["Orchard Way", "Press Row"] {
        assert!(
            !printed.iter().any(|own| own.contains(place)),
            "{printed:?}"
        );
    }
}

#[test]
fn a_guardian_has_the_guardianship_order_and_a_new_football_ban_reaches_whoever_enforces_it() {
    let order = line(
        "MHGO",
        1,
        &[
            (
                "nameOfTheGuardianWithWhomDefendantWillBePlaced",
                "Quayside Council",
            ),
            ("guardiansAddress", "1 Weir Street, Ashmere, AM1 4GD"),
        ],
    );
    let called = documents_called_for(
        &CATALOGUE.nows,
        &CATALOGUE.subscriptions,
        &results(&[order]),
        &facts(Attendance::InPerson),
    );
    let mut to = called.iter().flat_map(|own| &own.recipients);
    let guardian = to.find(|own| own.subscription.starts_with("Guardian"));
    let guardian = guardian.expect("the guardian");
    assert_eq!(guardian.name, "Quayside Council");
    assert_eq!(guardian.address, ["1 Weir Street", "Ashmere", "AM1 4GD"]);
    let found = recipients(&[line("FBO", 1, &[])], "Football banning order");
    for wanted in ["Football Banning Authority", "Identity Passport Service"] {
        assert!(found.iter().any(|own| own == wanted), "{wanted}: {found:?}");
    }
}

fn recipients(lines: &[ResultLine], now: &str) -> Vec<String> {
    let called = documents_called_for(
        &CATALOGUE.nows,
        &CATALOGUE.subscriptions,
        &results(lines),
        &facts(Attendance::InPerson),
    );
    let own = called.into_iter().filter(|own| own.name.starts_with(now));
    own.flat_map(|own| own.recipients)
        .map(|recipient| recipient.subscription)
        .collect()
}

#[test]
fn a_childs_custody_and_a_patients_reach_whoever_takes_them() {
    let order = line(
        "DTO",
        1,
        &[("youthOffendingTeamToBeNotified", "Marches Team")],
    );
    let found = recipients(&[order], "Detention and Training Order");
    for wanted in [
        "YOTs copy",
        "Youth Custody Service placement team",
        "Defendant",
    ] {
        assert!(found.iter().any(|own| own == wanted), "{wanted}: {found:?}");
    }
    let place = [
        ("hospital", "Fellgate Hospital"),
        ("hospitalAddress", "Moor Road, Northmoor"),
    ];
    let found = recipients(&[line("MHHO", 1, &place)], "Mental Health (Hospital Order)");
    assert!(found.iter().any(|own| own == "Hospital"), "{found:?}");
}

/// Whoever holds a person for the court, or takes a tag off, says so as a prison or the
/// contractor of an order does.
#[test]
fn whoever_holds_somebody_or_takes_a_tag_off_acknowledges_within_five_minutes() {
    let mut asked = 0;
    for own in &CATALOGUE.subscriptions {
        let name = own.name.as_str();
        let holds = name.starts_with("Police that hold") || name == "Bail monitor";
        if !holds && name != "Prison" && name != "Electronic Monitoring Contractor" {
            continue;
        }
        let gets = CATALOGUE.nows.iter();
        for now in gets.filter(|now| now.subscriptions.iter().any(|one| one == name)) {
            assert!(own.must_acknowledge(now), "{name} of {}", now.name);
            let rows = &CATALOGUE.delivery_limits;
            let limits = limits_for(rows, name, now, Channel::Inbox, false);
            assert!(limits.urgent, "{name} of {}", now.name);
            assert_eq!(limits.acknowledged, Some(5), "{name} of {}", now.name);
            asked += usize::from(holds);
        }
    }
    assert_eq!(asked, 4, "each of the four gets its document");
}

#[test]
fn what_the_source_calls_urgent_arrives_and_is_acknowledged_within_five_minutes() {
    let now = |name: &str| CATALOGUE.nows.iter().find(|own| own.name == name).unwrap();
    let limits = |urgent| {
        let warrant = now("Warrant of Arrest (Offence)");
        let rows = &CATALOGUE.delivery_limits;
        limits_for(rows, "Police copy", warrant, Channel::Inbox, urgent)
    };
    assert_eq!(limits(true).delivered, Some(5));
    assert_eq!(limits(true).acknowledged, Some(5));
    assert_eq!(limits(false).acknowledged, Some(1440));
    let warrant = results(&[line("WOFN", 1, &[])]);
    assert!(warrant[0].urgent);
    let called = documents_called_for(
        &CATALOGUE.nows,
        &CATALOGUE.subscriptions,
        &warrant,
        &facts(Attendance::InPerson),
    );
    assert!(called.iter().any(|own| own.prints_urgent), "{called:#?}");
}
