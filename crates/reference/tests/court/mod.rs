//! A small court for the tests: one defendant, one or two offences, a day.
// Each test file uses a part of it.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use domain::{
    now::{DefendantFacts, DocumentCalledFor, Party, documents_called_for},
    result::{
        DefendantInHearing, Finding, HearingFacts, JudicialResult, OffenceInHearing, ResultLine,
        check, judicial_results,
    },
};
use reference::{Catalogue, examples};
use std::sync::LazyLock;
use vocabulary::{
    Attendance, Channel, Day, DefendantId, Jurisdiction, OffenceId, ResultLineId, Severity,
};

pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());

pub fn today() -> Day {
    // A Tuesday.
    "2026-11-24".parse().unwrap()
}

pub fn defendant() -> DefendantId {
    "5f0c7f0e-0000-4000-8000-000000000001".parse().unwrap()
}

pub fn offence(number: u8) -> OffenceId {
    format!("5f0c7f0e-0000-4000-8000-0000000001{number:02}")
        .parse()
        .unwrap()
}

/// A charge of theft from a shop, admitted.
pub fn theft(number: u8) -> OffenceInHearing {
    OffenceInHearing {
        id: offence(number),
        defendant: defendant(),
        code: "TH68010".to_owned(),
        title: "Theft from a shop".to_owned(),
        committed_on: "2026-09-01".parse().ok(),
        committed_to: None,
        max_penalty: None,
        plea_on: None,
        sent_on: None,
        time_limit: None,
        mode_of_trial: "Either Way".to_owned(),
        plea: Some("GUILTY".to_owned()),
        verdict: None,
        convicted_on: None,
        already_disposed: false,
    }
}

pub fn hearing(offences: Vec<OffenceInHearing>) -> HearingFacts {
    HearingFacts {
        day: today(),
        jurisdiction: Jurisdiction::Magistrates,
        defendants: vec![DefendantInHearing {
            id: defendant(),
            person: defendant(),
            name: "Rufus Tilbury".to_owned(),
            date_of_birth: "1990-03-12".parse().ok(),
            organisation: false,
            driver_number: None,
            attendance: None,
            held: Vec::new(),
        }],
        offences,
    }
}

pub fn example(name: &str) -> Vec<ResultLine> {
    examples::example(&CATALOGUE, name, defendant(), offence(1), today()).unwrap()
}

/// A line as typed: a code and its answers.
pub fn line(code: &str, number: u8, answers: &[(&str, &str)]) -> ResultLine {
    let definition = CATALOGUE.results.by_code(code, today()).unwrap();
    let once = domain::result::ResultCatalogue::is_once(definition);
    let name = format!("{code} {number} {answers:?}");
    ResultLine {
        id: ResultLineId::derived(&defendant().0, &name),
        definition: definition.id,
        defendant: defendant(),
        offence: (!once).then(|| offence(number)),
        parent: None,
        answers: answers
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect(),
    }
}

/// The line of this code.
pub fn of<'a>(lines: &'a mut [ResultLine], code: &str) -> &'a mut ResultLine {
    let id = CATALOGUE.results.by_code(code, today()).unwrap().id;
    lines.iter_mut().find(|line| line.definition == id).unwrap()
}

pub fn without(mut lines: Vec<ResultLine>, code: &str) -> Vec<ResultLine> {
    let id = CATALOGUE.results.by_code(code, today()).unwrap().id;
    lines.retain(|line| line.definition != id);
    lines
}

pub fn findings(lines: &[ResultLine], hearing: &HearingFacts) -> Vec<Finding> {
    check(&CATALOGUE.results, lines, hearing)
}

/// The rules that block, each once.
pub fn blocks(lines: &[ResultLine], hearing: &HearingFacts) -> Vec<String> {
    codes(lines, hearing, Severity::Blocks)
}

/// The rules that warn, each once.
pub fn warns(lines: &[ResultLine], hearing: &HearingFacts) -> Vec<String> {
    codes(lines, hearing, Severity::Warns)
}

fn codes(lines: &[ResultLine], hearing: &HearingFacts, severity: Severity) -> Vec<String> {
    let mut codes: Vec<String> = findings(lines, hearing)
        .into_iter()
        .filter(|finding| finding.severity == severity)
        .map(|finding| finding.code)
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

pub fn results(lines: &[ResultLine]) -> Vec<JudicialResult> {
    judicial_results(&CATALOGUE.results, lines, today())
}

pub fn facts(attendance: Attendance) -> DefendantFacts {
    let party = |role: &str, name: &str| Party {
        role: role.to_owned(),
        name: name.to_owned(),
        address: vec!["3 Quay Street".to_owned(), "AM1 2CD".to_owned()],
        email: None,
        organisation: None,
    };
    DefendantFacts {
        defendant: defendant(),
        day: today(),
        jurisdiction: Jurisdiction::Magistrates,
        attendance: Some(attendance),
        is_youth: false,
        in_custody: false,
        held_by_police: false,
        conditional_bail: false,
        open: vec![offence(1)],
        welsh: false,
        parties: vec![
            party("Defendant", "Rufus Tilbury"),
            party("DefenceFirm", "Hale and Orme Solicitors"),
            party("ProsecutionAuthority", "Crown Prosecution Service"),
            party("PoliceForce", "Ashmere Police"),
            party("FinesOffice", "Ashmere Fines Office"),
            party("Escort", "Northway Escort Services"),
        ],
    }
}

pub fn documents(lines: &[ResultLine], facts: &DefendantFacts) -> Vec<DocumentCalledFor> {
    documents_called_for(
        &CATALOGUE.nows,
        &CATALOGUE.subscriptions,
        &results(lines),
        facts,
    )
}

/// `Community order: Rufus Tilbury by second_class_post; …`, a `!` where it must be acknowledged.
pub fn listed(lines: &[ResultLine]) -> Vec<String> {
    documents(lines, &facts(Attendance::InPerson))
        .iter()
        .map(|document| {
            let to: Vec<String> = document
                .recipients
                .iter()
                .map(|to| {
                    let how = match to.channel {
                        Channel::Inbox => "inbox",
                        Channel::FileOnly => "file",
                        _ => "post",
                    };
                    let must = if to.acknowledgement_required { "!" } else { "" };
                    format!("{} {how}{must}", to.name)
                })
                .collect();
            format!("{}: {}", document.name, to.join(", "))
        })
        .collect()
}
