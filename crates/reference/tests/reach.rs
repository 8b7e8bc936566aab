//! Whoever is named by an answer hears of it: a document that the result calls for, or that prints
//! it, goes to them, or a row says why not.
#![allow(clippy::unwrap_used)]

mod court;

use court::{CATALOGUE, facts, line, results};
use domain::{
    now::{
        Directory, DocumentCalledFor, NowDefinition, Party, documents_called_for, limits_for,
        missing_recipients,
    },
    result::{Finding, ResultLine},
};
use reference::Catalogue;
use std::path::{Path, PathBuf};
use vocabulary::{Attendance, Channel, Jurisdiction, Severity};

const NAMED: &str = "a question that names somebody who is sent nothing";

fn said(catalogue: &Catalogue) -> Vec<String> {
    let gaps = catalogue.check().gaps.into_iter();
    let about = gaps.filter(|gap| gap.kind == NAMED);
    about.map(|gap| gap.what).collect()
}

/// Our tables, with one of them changed.
fn with(file: &str, from: &str, to: &str) -> Result<Catalogue, String> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference");
    let table = std::fs::read_to_string(folder.join(file)).unwrap();
    assert!(table.contains(from), "{file} has {from}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(file), table.replacen(from, to, 1)).unwrap();
    Catalogue::from_folder(folder.path()).map_err(|error| error.to_string())
}

/// A document that goes to whom an answer names is never made by a result that asks for nobody.
#[test]
fn a_result_that_calls_for_a_document_asks_to_whom_it_goes() {
    let nobody = |catalogue: &Catalogue| -> Vec<String> {
        let gaps = catalogue.check().gaps.into_iter();
        let kind = "a result that calls for a document and names nobody for it";
        let about = gaps.filter(|gap| gap.kind == kind);
        about.map(|gap| gap.what).collect()
    };
    // Nobody is paid until the costs are assessed.
    let own = nobody(&CATALOGUE);
    assert_eq!(own.len(), 1, "{own:#?}");
    assert!(own[0].starts_with("DCCFSTA: calls for Defence Costs Order"));
    let (both, one) = (",Probation / YOTs; YOTs,", ",Probation / YOTs,");
    let own = nobody(&with("nows_ours.csv", both, one).unwrap());
    assert!(
        own.iter().any(|what| what.starts_with("CCSIYDA: ")),
        "{own:#?}"
    );
    let team = ("youthOffendingTeamToBeNotified", "Marches Youth Team");
    let lines = [line("YROISS", 1, &[team])];
    let called = results_call_for(&lines);
    let of_team = called
        .iter()
        .filter(|own| own.name == "Notification of Youth Order");
    let mut to = of_team.flat_map(|own| &own.recipients);
    assert!(to.any(|own| own.name == team.1));
}

fn results_call_for(lines: &[ResultLine]) -> Vec<DocumentCalledFor> {
    let facts = facts(Attendance::InPerson);
    documents_called_for(
        &CATALOGUE.nows,
        &CATALOGUE.subscriptions,
        &results(lines),
        &facts,
    )
}

#[test]
fn whoever_an_answer_names_is_sent_something_or_a_row_says_why_not() {
    assert_eq!(said(&CATALOGUE), [""; 0]);
    let unneeded = "a reason for an answer that reaches somebody";
    let gaps = CATALOGUE.check().gaps;
    let about: Vec<_> = gaps.iter().filter(|gap| gap.kind == unneeded).collect();
    assert!(about.is_empty(), "{about:#?}");
}

#[test]
fn a_recipient_who_falls_out_of_the_tables_is_reported_with_the_result_that_names_them() {
    // The contractor of a tag that is amended.
    let gaps = said(&with("nows_ours.csv", "; COV; SUSPV; SUSPVD,COEW", ",COEW").unwrap());
    assert_eq!(gaps.len(), 3, "{gaps:#?}");
    assert!(
        gaps[0].contains("electronicmonitoringcontractor"),
        "{gaps:?}"
    );
    // The prison of somebody who is recommended for deportation.
    let link = "link,Recommendation for Deportation,Prison Postal";
    let other = "link,Recommendation for Deportation,Prosecutor copy";
    let gaps = said(&with("now_recipients.csv", link, other).unwrap());
    assert!(
        gaps.iter()
            .any(|own| own.starts_with("RDEPN: asks for prison,"))
    );
}

#[test]
fn a_reason_of_a_result_that_there_is_not_is_refused_and_one_that_is_not_needed_is_reported() {
    let heading = "results,family,why,unverified\n";
    let row = |row: &str| with("now_unsent.csv", heading, &format!("{heading}{row}\n"));
    let refused = row("NOSUCH,prison,ours,N").err().unwrap();
    assert!(refused.contains("now_unsent.csv, row 2"), "{refused}");
    let refused = row("TIMP,prison,,N").err().unwrap();
    assert!(refused.contains("why"), "{refused}");
    let gaps = row("TIMP,prison,ours,N").unwrap().check().gaps;
    assert!(
        gaps.iter()
            .any(|gap| gap.what == "prison: its reason is not needed")
    );
}

fn called(
    lines: &[ResultLine],
    change: impl Fn(&mut domain::now::DefendantFacts),
) -> Vec<DocumentCalledFor> {
    let mut facts = facts(Attendance::InPerson);
    change(&mut facts);
    court::documents(lines, &facts)
}

/// `document: who gets it`, of those of this name.
fn who(all: &[DocumentCalledFor], name: &str) -> Vec<String> {
    let own = all.iter().filter(|own| own.name == name);
    let mut told: Vec<String> = own
        .flat_map(|own| &own.recipients)
        .filter(|own| own.channel != Channel::FileOnly)
        .map(|own| own.name.clone())
        .collect();
    told.sort();
    told.dedup();
    told
}

fn tells(lines: &[ResultLine], name: &str, whom: &str) {
    let all = called(lines, |_| {});
    let told = who(&all, name);
    assert!(told.iter().any(|own| own == whom), "{name}: {told:?}");
}

#[test]
fn whoever_monitors_an_order_that_is_amended_is_told() {
    const NAME: &str = "Notification of Electronic Monitoring Requirement";
    let contractor = ("electronicMonitoringContractor", "Beacon Monitoring");
    for code in ["COV", "SUSPV", "SUSPVD"] {
        tells(&[line(code, 1, &[contractor])], NAME, contractor.1);
        let without = called(&[line(code, 1, &[])], |_| {});
        assert!(who(&without, NAME).is_empty(), "{code} monitors nobody");
    }
}

#[test]
fn a_provider_of_accommodation_is_told_of_bail_pending_an_appeal() {
    let lines = [line(
        "CBBCA",
        1,
        &[
            ("bASSProvider", "Harbour Lodging"),
            ("prison", "HMP Fallowdene"),
        ],
    )];
    let all = called(&lines, |facts| facts.jurisdiction = Jurisdiction::Crown);
    assert_eq!(who(&all, "BASS"), ["Harbour Lodging"]);
}

#[test]
fn a_surety_has_the_terms_at_the_address_that_the_court_took() {
    let of = |name: &str, address: &str| {
        line(
            "suret",
            1,
            &[("suretysName", name), ("suretysAddress", address)],
        )
    };
    let lines = [
        of("Morwen Pryce", "4 Quay Street, Ashmere, AM1 2CD"),
        of("Idwal Pryce", "5 Quay Street, Ashmere"),
    ];
    let all = called(&lines, |_| {});
    let notices: Vec<_> = all
        .iter()
        .filter(|own| own.name == "Notice to a Surety")
        .collect();
    assert_eq!(notices.len(), 2, "each reads of their own promise");
    let first = &notices[0].recipients[0];
    assert_eq!(first.channel, Channel::SecondClassPost);
    assert!(first.address.contains(&"Ashmere".to_owned()), "{first:?}");
    assert_eq!(notices[0].results.len(), 1);
}

#[test]
fn a_creditor_of_costs_is_told_and_a_creditor_of_compensation_makes_nobody_of_it() {
    const NAME: &str = "Notice of Costs to be Paid to a Creditor";
    let creditor = [
        ("minorcreditornameandaddressOrganisationName", "Quay Stores"),
        ("minorcreditornameandaddressAddress1", "1 Quay Street"),
    ];
    let sum = |code: &str, key: &str, besides: &[(&str, &str)]| {
        line(code, 1, &[&[(key, "40.00")], besides].concat())
    };
    tells(&[sum("FCOST", "AOC", &creditor)], NAME, "Quay Stores");
    let elsewhere = [
        sum("FCOST", "AOC", &[("CREDNAME", "Crown Prosecution Service")]),
        sum("FCOMP", "AOCOM", &creditor),
    ];
    assert!(who(&called(&elsewhere, |_| {}), NAME).is_empty());
    let found = missing_recipients(
        (&CATALOGUE.nows, &CATALOGUE.subscriptions),
        &CATALOGUE.results,
        &results(&elsewhere),
        &facts(Attendance::InPerson),
        (&Directory::default(), false),
    );
    assert!(
        !found.iter().any(|own| own.message.contains(NAME)),
        "{found:#?}"
    );
}

#[test]
fn a_creditor_of_wasted_costs_has_the_order_or_the_court_is_told_that_no_address_is_known() {
    const NAME: &str = "Wasted Costs Order Defendant to Pay";
    let lines = [line(
        "WCOD",
        1,
        &[
            ("fullAmountOfCostsDueToCreditor", "40.00"),
            ("CREDNAME", "Transport for London"),
        ],
    )];
    tells(&lines, NAME, "Transport for London");
    let found = missing_recipients(
        (&CATALOGUE.nows, &CATALOGUE.subscriptions),
        &CATALOGUE.results,
        &results(&lines),
        &facts(Attendance::InPerson),
        (&Directory::default(), false),
    );
    let told = |own: &&Finding| own.message.contains("Transport for London");
    let own = found.iter().find(told).unwrap();
    assert_eq!(own.severity, Severity::Warns);
}

#[test]
fn whoever_executes_a_warrant_has_it_and_so_has_the_force() {
    const NAME: &str = "Warrant for Arrest for a Breach of a Community Penalty";
    for code in ["WCPD", "WCPN", "WCPU"] {
        let lines = [line(
            code,
            1,
            &[("warrantExecutionAllocatedTo", "Marches Fines Office")],
        )];
        tells(&lines, NAME, "Marches Fines Office");
        tells(&lines, NAME, "Ashmere Police");
    }
}

#[test]
fn parents_whom_the_court_names_read_what_was_ended_or_varied() {
    let parent = ("parentsName", "Hesper Tilbury");
    let lines = [line(
        "ABID",
        1,
        &[parent, ("parentsAddressAddress1", "3 Quay Street")],
    )];
    tells(
        &lines,
        "Anti-social Behaviour Injunction Discharged",
        parent.1,
    );
    tells(
        &lines,
        "Anti-social Behaviour Injunction Discharged",
        "Ashmere Police",
    );
    let lines = [line(
        "SHOPV",
        1,
        &[parent, ("parentsAddress", "3 Quay Street, Ashmere")],
    )];
    tells(&lines, "Sexual Harm Prevention Order Variation", parent.1);
}

#[test]
fn a_team_is_told_of_custody_by_whatever_result_and_an_authority_of_a_child_that_it_places() {
    const CUSTODY: &str = "Notification of Custodial Sentence";
    for code in ["MLI", "SSID", "SSIV", "SSIVD"] {
        let definition = CATALOGUE.results.by_code(code, court::today()).unwrap();
        let mut asked = definition.fields.iter().flat_map(|f| f.references());
        let key = asked.find(|own| own.to_lowercase().starts_with("probationteamtobenotified"));
        tells(
            &[line(code, 1, &[(key.unwrap(), "Ashmere Probation")])],
            CUSTODY,
            "Ashmere Probation",
        );
    }
    let authority = ("nameOfLocalAuthority", "Marches");
    let lines = [line("YROF", 1, &[authority])];
    tells(&lines, "Youth rehabilitation order", authority.1);
}

#[test]
fn whoever_takes_a_patient_to_the_hospital_has_the_order() {
    const NAME: &str = "Mental Health (Hospital Order)(Continued Interim)(Interim Order)";
    for code in ["MHHO", "MHHI"] {
        // Whom the court names, or else the escort that is known here.
        let named = [line(
            code,
            1,
            &[("conveyorCustodian", "Quayside Transport")],
        )];
        tells(&named, NAME, "Quayside Transport");
        tells(&[line(code, 1, &[])], NAME, "Northway Escort Services");
    }
}

/// A child is let go: whoever has it in hand is told within minutes, whether or not the child came
/// to court, and says so.
#[test]
fn a_release_from_detention_is_urgent_and_acknowledged_by_whoever_has_the_child_in_hand() {
    const NAME: &str = "Anti-social Behaviour Injunction Detention Order - Release";
    let custodian = ("conveyorCustodianName", "Larkstoke Secure Home");
    let lines = [line("ABIDOR", 1, &[custodian])];
    let all = called(&lines, |facts| {
        facts.is_youth = true;
        facts.attendance = None;
        facts.parties.push(Party {
            role: "ParentGuardian".to_owned(),
            name: "Hesper Tilbury".to_owned(),
            address: vec!["3 Quay Street".to_owned()],
            ..Party::default()
        });
    });
    let order = all.iter().find(|own| own.name == NAME).unwrap();
    assert_eq!(order.urgent_minutes, Some(5));
    let now = CATALOGUE.now(order.now).unwrap();
    for whom in [custodian.1, "Youth Custody Service placement team"] {
        let mut told = all
            .iter()
            .filter(|own| own.name == NAME)
            .flat_map(|own| &own.recipients);
        let own = told.find(|own| own.name == whom).unwrap();
        assert!(own.acknowledgement_required, "{whom}");
        let limits = limits_for(
            &CATALOGUE.delivery_limits,
            &own.subscription,
            now,
            own.channel,
            false,
        );
        assert!(limits.urgent, "{whom}");
        assert_eq!(
            (limits.delivered, limits.acknowledged),
            (Some(5), Some(5)),
            "{whom}"
        );
    }
    assert!(who(&all, NAME).contains(&"Hesper Tilbury".to_owned()));
    // It waits for nobody's address: that nobody there was reached is an alarm of the court.
    let found = missing_recipients(
        (&CATALOGUE.nows, &CATALOGUE.subscriptions),
        &CATALOGUE.results,
        &results(&lines),
        &facts(Attendance::InPerson),
        (&Directory::default(), false),
    );
    let of_it: Vec<_> = found
        .iter()
        .filter(|own| own.message.contains(NAME))
        .collect();
    assert!(!of_it.is_empty());
    assert!(
        of_it
            .iter()
            .all(|own| own.severity == vocabulary::Severity::Warns),
        "{of_it:#?}"
    );
}

/// Nobody of a local authority signs in here: the court hears, unless it says whom it told.
#[test]
fn a_local_authority_must_say_that_it_has_the_child() {
    let all = documents_called_for(
        &CATALOGUE.nows,
        &CATALOGUE.subscriptions,
        &results(&[line("RILA", 1, &[("nameOfLocalAuthority", "Marches")])]),
        &facts(Attendance::InPerson),
    );
    let mut told = all.iter().flat_map(|own| &own.recipients);
    let authority = told.find(|own| own.name == "Marches").unwrap();
    assert!(authority.acknowledgement_required);
    assert_eq!(authority.organisation_kind, None);
}

/// Words of a text by which the police have something to do, or were told.
const OF_THE_POLICE: [&str; 6] = [
    "he police are told",
    "he police keep",
    "he police destroy",
    "he police can arrest",
    "he police can take",
    "to the police at once",
];

/// A document that says what the police do goes to them, or they have another of the same result.
#[test]
fn what_a_text_says_of_the_police_reaches_them() {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference/texts");
    let police = |now: &NowDefinition| {
        let of = |own: &&String| matches!(own.as_str(), "Police" | "Police copy");
        now.subscriptions.iter().any(|own| of(&own))
    };
    let mut read = 0;
    for now in &CATALOGUE.nows {
        let file = format!("{}.md", now.text_key);
        let Ok(text) = std::fs::read_to_string(texts.join(file)) else {
            continue;
        };
        // What is printed beside conditions of bail, or of a child's remand, is told with them.
        if now.text_key.ends_with("local_authority_accommodation") {
            continue;
        }
        let mut lines = text.lines().filter(|own| !own.contains("?bailConditions"));
        if !lines.any(|own| OF_THE_POLICE.iter().any(|words| own.contains(words))) {
            continue;
        }
        read += 1;
        for own in CATALOGUE.results.definitions() {
            let calls = |now: &&NowDefinition| {
                let mut triggers = now.triggers.iter();
                triggers.any(|one| one.names_definition(own))
            };
            if calls(&now) {
                let mut all = CATALOGUE.nows.iter().filter(calls);
                assert!(all.any(police), "{}: {}", own.code, now.name);
            }
        }
    }
    assert!(read > 15, "{read} texts speak of the police");
}

#[test]
fn whoever_keeps_enforces_or_stops_something_has_the_order() {
    const POLICE: &str = "Ashmere Police";
    for (code, name) in [
        ("FGMPOP", "Female genital mutilation protection order"),
        ("CFIRC", "Firearm Certificate Cancelled"),
        ("DEPV", "Deprivation of vehicle Order"),
        ("DDES", "Order that Dog be Destroyed"),
        ("PSPO", "Psychoactive Substances Prohibition Order"),
    ] {
        tells(&[line(code, 1, &[])], name, POLICE);
    }
    // Somebody relies on it: the force has it at once, and says so.
    for now in &CATALOGUE.nows {
        if now.name.to_lowercase().contains("female genital") {
            let (of, inbox) = (&CATALOGUE.delivery_limits, Channel::Inbox);
            let limits = limits_for(of, "Police copy", now, inbox, false);
            let own = (limits.urgent, limits.delivered, limits.acknowledged);
            assert_eq!(own, (true, Some(5), Some(5)), "{}", now.name);
        }
    }
    let named = (
        "prosecutortobenotifiedOrganisationName",
        "Environment Agency",
    );
    let declared = [line("STDEC", 1, &[named])];
    let name = "Notice to prosecutor on Stat Dec/Case Re-opened";
    for whom in ["Crown Prosecution Service", "Ashmere Fines Office", named.1] {
        tells(&declared, name, whom);
    }
    let authority = [
        (
            "localauthoritynameandaddressOrganisationName",
            "Ashmere Council",
        ),
        ("localauthoritynameandaddressAddress1", "Town Hall"),
    ];
    tells(
        &[line("SLIC", 1, &authority)],
        "Suspension of licence",
        "Ashmere Council",
    );
}
