//! A child who is remanded: the warrant reaches whoever takes the child, the team and the people
//! whom the law names, and nothing is shared while the local authority cannot be reached
//! (LASPO Act 2012 ss.91 to 107).
#![allow(clippy::unwrap_used)]

mod court;

use court::{facts, line, results};
use domain::{
    now::{
        DefendantFacts, Directory, DocumentCalledFor, Party, documents_called_for,
        missing_recipients,
    },
    result::{Finding, ResultLine},
};
use reference::Catalogue;
use std::{collections::BTreeSet, sync::LazyLock};
use vocabulary::{Attendance, BailStatus, Channel, Severity};

static DEMO: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of_demo_court(None).unwrap());

const TEAM: (&str, &str) = (
    "youthOffendingTeamToBeNotified",
    "Marches Youth Offending Team",
);
const AUTHORITY: (&str, &str) = ("nameOfLocalAuthority", "Marches");

/// The remands of children and the warrant that each calls for.
const IN_CARE: [(&str, &str); 5] = [
    ("RILA", "Remand Warrant (Local Authority Accommodation)"),
    ("RILAB", "Remand Warrant (Local Authority Accommodation)"),
    ("REMIL", "Remand Warrant (Local Authority Accommodation)"),
    (
        "CCIILA",
        "Committal Warrant- Crown Crt -Local Authority Accommodation",
    ),
    (
        "CCSILA",
        "Committal Warrant- Crown Crt -Local Authority Accommodation",
    ),
];
const DETAINED: [(&str, &str); 3] = [
    ("RIYDA", "Remand Warrant (Youth Detention Accommodation)"),
    (
        "CCIIYDA",
        "Committal Warrant - Crown Court - Youth Detention Accommodation",
    ),
    (
        "CCSIYDA",
        "Committal Warrant - Crown Court - Youth Detention Accommodation",
    ),
];

fn child() -> DefendantFacts {
    let mut facts = facts(Attendance::InPerson);
    facts.is_youth = true;
    facts.parties.push(Party {
        role: "ParentGuardian".to_owned(),
        name: "Hesper Tilbury".to_owned(),
        address: vec!["3 Quay Street".to_owned()],
        ..Party::default()
    });
    facts
}

/// `warrant: who, …` of everything that commits the child to somebody.
fn warrants(lines: &[ResultLine]) -> Vec<(String, BTreeSet<String>)> {
    let called = documents_called_for(&DEMO.nows, &DEMO.subscriptions, &results(lines), &child());
    let mut all: Vec<(String, BTreeSet<String>)> = Vec::new();
    for own in called
        .into_iter()
        .filter(|own| own.name.contains("Warrant"))
    {
        let to = own.recipients.into_iter();
        let to = to.filter(|own| own.channel != Channel::FileOnly);
        let to: BTreeSet<String> = to.map(|own| own.name).collect();
        match all.iter_mut().find(|(name, _)| *name == own.name) {
            Some((_, known)) => known.extend(to),
            None => all.push((own.name, to)),
        }
    }
    all
}

fn said(catalogue: &Catalogue, lines: &[ResultLine]) -> Vec<Finding> {
    missing_recipients(
        (&catalogue.nows, &catalogue.subscriptions),
        &catalogue.results,
        &results(lines),
        &child(),
        (&Directory::default(), false),
    )
}

#[test]
fn one_warrant_reaches_the_authority_the_team_the_escort_the_child_and_a_parent() {
    let everybody = [
        "Marches",
        TEAM.1,
        "Northway Escort Services",
        "Rufus Tilbury",
        "Hale and Orme Solicitors",
        "Hesper Tilbury",
    ];
    for (code, warrant) in IN_CARE {
        let own = warrants(&[line(code, 1, &[AUTHORITY, TEAM])]);
        let expected = everybody.map(str::to_owned).into();
        assert_eq!(own, [(warrant.to_owned(), expected)], "{code}");
    }
    for (code, warrant) in DETAINED {
        let place = ("prison", "HMP & YOI Larkstoke");
        let own = warrants(&[line(code, 1, &[AUTHORITY, TEAM, place])]);
        let mut expected: BTreeSet<String> = everybody.map(str::to_owned).into();
        expected.insert(place.1.to_owned());
        expected.insert("Youth Custody Service placement team".to_owned());
        assert_eq!(own, [(warrant.to_owned(), expected)], "{code}");
    }
}

/// Who is sent a document of this name.
fn told(name: &str, lines: &[ResultLine]) -> Vec<String> {
    let called = documents_called_for(&DEMO.nows, &DEMO.subscriptions, &results(lines), &child());
    let of_it = called.into_iter().filter(|own| own.name == name);
    let to = of_it.flat_map(|own| own.recipients);
    to.map(|own| own.name).collect()
}

#[test]
fn whoever_enforces_bail_is_told_the_conditions_of_a_child_as_of_anybody() {
    let contact = line(
        "PORE3",
        1,
        &[("conditionDetails", "Not to contact Imogen Farrow")],
    );
    for code in ["RC", "RIB", "RILAB", "REMCB"] {
        let lines = [line(code, 1, &[AUTHORITY, TEAM]), contact.clone()];
        let to = told("Notification of Bail Conditions", &lines);
        assert!(to.contains(&"Ashmere Police".to_owned()), "{code}: {to:?}");
    }
}

#[test]
fn the_team_hears_of_a_child_who_is_committed_for_sentence() {
    let place = ("prison", "HMP & YOI Larkstoke");
    let report = ("pSROrdered", "yes");
    let lines = [line("CCSIYDA", 1, &[AUTHORITY, TEAM, place, report])];
    assert_eq!(
        told("Notification of Committal for Sentence", &lines),
        [TEAM.1]
    );
    // Of an adult it is the service that the court named, once.
    let probation = (
        "probationyottobenotifiedOrganisationName",
        "Ashmere Probation",
    );
    let lines = [line("CCSC", 1, &[probation, report])];
    let to = told("Notification of Committal for Sentence", &lines);
    assert_eq!(to, ["Ashmere Probation"]);
}

#[test]
fn a_remittal_in_youth_detention_asks_for_the_remand_that_it_stands_on() {
    let on = court::today();
    let catalogue = &court::CATALOGUE.results;
    let remittal = catalogue.by_code("REMYD", on).unwrap();
    let remand = catalogue.by_code("RIYDA", on).unwrap();
    let children: Vec<_> = remittal.children.iter().collect();
    assert!(
        children
            .iter()
            .any(|rule| rule.target == domain::result::ChildTarget::Id(remand.id)),
        "{children:?}"
    );
    assert_eq!(remand.post_hearing_custody_status, BailStatus::Secure);
}

#[test]
fn nothing_is_shared_while_the_local_authority_is_not_known_here() {
    let blocks = |catalogue: &Catalogue, lines: &[ResultLine]| -> Vec<String> {
        let all = said(catalogue, lines).into_iter();
        let of_authority = all.filter(|own| {
            own.severity == Severity::Blocks && own.message.contains("local authority")
        });
        of_authority
            .map(|own| own.message + " " + &own.hint)
            .collect()
    };
    for (code, _) in IN_CARE.into_iter().chain(DETAINED) {
        let of = |answers: &[(&str, &str)]| line(code, 1, &[answers, &[TEAM]].concat());
        let elsewhere = ("nameOfLocalAuthority", "Rutland");
        let found = blocks(&DEMO, &[of(&[elsewhere])]);
        assert_eq!(found.len(), 1, "{code}: {found:#?}");
        assert!(
            found[0].contains("“Rutland” is not known here"),
            "{found:?}"
        );
        assert!(found[0].contains("Marches; Porthgarreg"), "{found:?}");
        // Nobody is named.
        assert_eq!(blocks(&DEMO, &[of(&[])]).len(), 1, "{code}");
        // It is known by its name, or the court says where it is.
        assert_eq!(blocks(&DEMO, &[of(&[AUTHORITY])]), [""; 0], "{code}");
        let address = ("localAuthorityAddress", "Catmose, Oakham, LE15 6HP");
        assert_eq!(blocks(&DEMO, &[of(&[elsewhere, address])]), [""; 0]);
        // Whoever runs the service gave no address of it.
        let found = blocks(&court::CATALOGUE, &[of(&[AUTHORITY])]);
        assert_eq!(found.len(), 1, "{code}: {found:#?}");
    }
}

#[test]
fn whoever_runs_the_service_gives_the_mailbox_to_which_the_warrant_goes_at_once() {
    let lines = [line("RILA", 1, &[AUTHORITY, TEAM])];
    let called = documents_called_for(&DEMO.nows, &DEMO.subscriptions, &results(&lines), &child());
    let mut all = called.iter().flat_map(|own| &own.recipients);
    let authority = all.find(|own| own.name == "Marches").unwrap();
    assert_eq!(authority.channel, Channel::Inbox);
    let mailbox = "children@marches-council.example.test".to_owned();
    assert_eq!(authority.mailbox(), Some(mailbox));
    assert_eq!(authority.address.first().unwrap(), "County Hall");
}

/// A result of a table of ours that the source has as well would stand twice.
#[test]
fn a_result_of_ours_that_the_source_publishes_by_then_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let read = |file: &str| String::from_utf8(court::CATALOGUE.file(file).unwrap()).unwrap();
    let (published, ours) = (
        read("result_definitions.csv"),
        read("result_definitions_ours.csv"),
    );
    let row = ours.lines().find(|row| row.starts_with("RIYDA,")).unwrap();
    let columns = published.lines().next().unwrap().split(',').count();
    let row: Vec<&str> = row.splitn(columns + 1, ',').take(columns).collect();
    let text = format!("{published}{}\n", row.join(","));
    std::fs::write(folder.path().join("result_definitions.csv"), text).unwrap();
    let refused = Catalogue::from_folder(folder.path()).err().unwrap();
    let told = refused.to_string();
    assert!(
        told.contains("result_definitions_ours.csv") && told.contains("stands twice"),
        "{told}"
    );
}

/// Whoever the child must not go near is protected by conditions that the police know of.
#[test]
fn the_police_and_the_witness_care_unit_have_the_conditions_of_a_remand_in_care() {
    const NAME: &str = "Notification of Conditions of a Remand in Care";
    let mut facts = child();
    facts.parties.push(Party {
        role: "WitnessCare".to_owned(),
        name: "Ashmere Witness Care Unit".to_owned(),
        ..Party::default()
    });
    for (code, warrant) in IN_CARE {
        let remand = line(code, 1, &[AUTHORITY, TEAM]);
        let mut conditions = line("LACOND", 1, &[]);
        conditions.parent = Some(remand.id);
        let under = |code| {
            let mut own = line(code, 1, &[]);
            own.parent = Some(conditions.id);
            own
        };
        let (contact, radius) = (under("NCDI"), under("NOGO"));
        let last = radius.id;
        let lines = [remand, conditions, contact, radius];
        let called =
            documents_called_for(&DEMO.nows, &DEMO.subscriptions, &results(&lines), &facts);
        let own: Vec<_> = called.iter().filter(|own| own.name == NAME).collect();
        let [own] = own.as_slice() else {
            panic!("{code}: {own:?}");
        };
        let whom: Vec<&str> = own.recipients.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(
            whom,
            ["Ashmere Police", "Ashmere Witness Care Unit"],
            "{code}"
        );
        assert!(own.results.len() >= 4, "{code}: {own:?}");
        // Whoever has the child reads the same.
        let prints = |own: &DocumentCalledFor| own.name == warrant && own.results.contains(&last);
        assert!(called.iter().any(prints), "{code}");
    }
    // Without conditions there is nothing to tell.
    let bare = [line("RILA", 1, &[AUTHORITY, TEAM])];
    let called = documents_called_for(&DEMO.nows, &DEMO.subscriptions, &results(&bare), &facts);
    assert!(called.iter().all(|own| own.name != NAME));
}
