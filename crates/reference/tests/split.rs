//! Documents that are split by the answers of what stands under an order: each centre, and each
//! report, has a copy of its own and reads nothing of another. Against the real catalogue.
#![allow(clippy::unwrap_used)]

mod court;

use court::{documents, facts, line};
use domain::{now::DocumentCalledFor, result::ResultLine};
use vocabulary::{Attendance, Channel};

const CENTRE: &str = "Attendance Centre Requirement (Manager’s Information)";
const REPORT: &str = "Medical Remand – Additional Details";

fn called(lines: &[ResultLine], name: &str) -> Vec<DocumentCalledFor> {
    let mut all = documents(lines, &facts(Attendance::InPerson));
    all.retain(|own| own.name == name);
    all
}

fn order(code: &str) -> ResultLine {
    let officer = "the officer in charge of the Attendance Centre";
    line(
        code,
        1,
        &[
            ("responsibleOfficer", officer),
            ("youthOffendingTeamToBeNotified", "Marches Team"),
        ],
    )
}

fn centre(named: &str) -> ResultLine {
    line(
        "YRAC1",
        1,
        &[
            ("attendanceCentreNameContact", named),
            ("numberOfHours", "24"),
        ],
    )
}

#[test]
fn each_of_two_attendance_centres_has_a_copy_that_names_no_other() {
    let named = [
        "Quayside Centre, 4 Rope Walk, Ashmere, AM2 2QS, desk@quayside.example.test",
        "Millpond Centre, Weir Lane, Ashmere, AM7 1MP, Tel 01632 960 123",
    ];
    let wanted = [
        (
            "Quayside Centre",
            "4 Rope Walk, Ashmere, AM2 2QS",
            Some("desk@quayside.example.test"),
        ),
        ("Millpond Centre", "Weir Lane, Ashmere, AM7 1MP", None),
    ];
    for code in ["YRO", "YROF", "YROISS"] {
        let order = order(code);
        let centres = named.map(centre);
        let hours = line("YRUP1", 1, &[("numberOfHours", "60 hours")]);
        let lines = [
            order.clone(),
            centres[0].clone(),
            hours.clone(),
            centres[1].clone(),
        ];
        let copies = called(&lines, CENTRE);
        assert_eq!(copies.len(), 2, "{code}: {copies:#?}");
        for ((copy, own), (name, address, email)) in copies.iter().zip(&centres).zip(wanted) {
            // The order, its centre and what both centres may read; nothing of the other's.
            let mut prints = vec![order.id, own.id, hours.id];
            let mut printed = copy.results.clone();
            prints.sort();
            printed.sort();
            assert_eq!(printed, prints, "{code} for {name}");
            assert_eq!(copy.recipients.len(), 1, "{copy:#?}");
            let to = &copy.recipients[0];
            assert_eq!(to.name, name);
            assert_eq!(to.address.join(", "), address);
            assert_eq!(to.email.as_deref(), email);
            assert_eq!(to.channel, Channel::Inbox);
        }
        assert_ne!(copies[0].split_key, copies[1].split_key);
    }
    // One centre is one copy, and an order without one sends nobody anything.
    assert_eq!(called(&[order("YROF"), centre(named[0])], CENTRE).len(), 1);
    assert!(called(&[order("YROF")], CENTRE).is_empty());
}

fn report(offence: u8, reason: &str) -> ResultLine {
    line(
        "REMMED",
        offence,
        &[
            ("typeOfMedicalReportRequired", "Psychiatric"),
            ("reasonForReport", reason),
            ("medicalHistory", "Not known"),
        ],
    )
}

#[test]
fn each_report_and_each_prison_has_its_own_details_of_a_medical_remand() {
    let remand = |offence, prison| line("RIB", offence, &[("prison", prison)]);
    let one = [
        remand(1, "HMP Fallowdene"),
        remand(2, "HMP Fallowdene"),
        report(1, "Fitness to plead"),
        report(2, "Risk to others"),
    ];
    let copies = called(&one, REPORT);
    assert_eq!(copies.len(), 2, "{copies:#?}");
    for (copy, own) in copies.iter().zip(&one[2..]) {
        let mut reports = copy.results.clone();
        reports.retain(|id| *id == one[2].id || *id == one[3].id);
        assert_eq!(reports, [own.id]);
        let mut to = copy.recipients.iter();
        assert!(to.any(|to| to.name == "HMP Fallowdene"));
    }
    // The same report asked for twice is one.
    let same = [
        remand(1, "HMP Fallowdene"),
        remand(2, "HMP Fallowdene"),
        report(1, "Fitness to plead"),
        report(2, "Fitness to plead"),
    ];
    assert_eq!(called(&same, REPORT).len(), 1);
    // Two prisons are two copies, each with the remand to it alone.
    let two = [remand(1, "HMP Fallowdene"), remand(2, "HMP Larkstoke")];
    let copies = called(&two, REPORT);
    assert_eq!(copies.len(), 2);
    for (copy, own) in copies.iter().zip(&two) {
        assert_eq!(copy.results, [own.id]);
        let to: Vec<_> = copy.recipients.iter().map(|to| to.name.as_str()).collect();
        assert_eq!(to.len(), 1, "{to:?}");
    }
}
