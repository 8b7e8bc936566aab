//! The report of a case holds what lies elsewhere in the record: which attempts at what the case
//! holds were refused, which lists named it, and who looked for it.

use crate::{
    amending, audit,
    steps::{all_guilty, example, look, path_case, save, serve, share, start, view},
    veil,
};
use app::demo::PATH_URN;
use client::Bytes;
use contract::{
    Code,
    audit::{AuditLine, Report, Subject},
    case::View,
    hearing,
};
use std::{collections::BTreeSet, time::Duration};
use testkit::TestCourt;
use vocabulary::Group;

pub(crate) async fn of_case(court: &TestCourt) -> Vec<AuditLine> {
    app::audit::record_refusals(&court.state.app).await.unwrap();
    let auditor = court.person(Group::Auditors, 0).await;
    let report = Report {
        about: Subject::Case,
        which: PATH_URN.to_owned(),
        from: court.today(),
        to: court.today(),
        after: None,
    };
    auditor.audit_report(&report).await.unwrap().lines
}

/// To whom a list on a screen named the case, or who asked it about the case.
pub(crate) async fn askers(court: &TestCourt, what: &str) -> BTreeSet<String> {
    let what = format!("asked for {what}");
    let lines = of_case(court).await.into_iter();
    let asked = lines.filter(|line| line.what.starts_with(&what));
    asked.map(|line| line.who).collect()
}

fn the<'a>(lines: &'a [AuditLine], what: &str) -> &'a AuditLine {
    let found = lines.iter().find(|line| line.what.starts_with(what));
    found.unwrap_or_else(|| panic!("{what}: {lines:#?}"))
}

#[tokio::test]
async fn whoever_was_refused_something_that_a_case_holds_is_in_the_report_of_the_case() {
    let court = TestCourt::open().await;
    let prosecutor = court.as_cps().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    let case = view(&prosecutor, case_id).await;
    serve(&prosecutor, &case, "IDPC.pdf", 2_000).await;
    let paper = view(&prosecutor, case_id).await.materials[0].material_id;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "imprisonment", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    share(&adviser, &room, &saved).await;
    let document = look(&adviser, hearing_id).await.documents.remove(0);

    let reporter = court.person(Group::Media, 0).await;
    let code = |refused: Option<contract::Problem>| refused.map(|problem| problem.code);
    let not_there = Some(Code::NotFound);
    let extract = format!("extract.{case_id}.{}", case.defendants[0].defendant_id);
    for (kind, which) in [
        (Bytes::Material, paper.to_string()),
        (Bytes::Document, document.document_id.to_string()),
        (Bytes::Printout, extract),
    ] {
        let refused = reporter.download(kind, &which).await.err();
        assert_eq!(code(refused), not_there, "{which}");
    }
    let opened = hearing::View { hearing_id };
    assert_eq!(code(reporter.hearing_view(&opened).await.err()), not_there);
    let delivery_id = document.deliveries[0].delivery_id;
    let open = contract::inbox::Open { delivery_id };
    assert_eq!(code(reporter.inbox_open(&open).await.err()), not_there);
    let asked = contract::access::OfCase {
        case: PATH_URN.to_lowercase(),
    };
    assert_eq!(code(reporter.access_of_case(&asked).await.err()), not_there);

    let lines = of_case(&court).await;
    for what in [
        "refused: material",
        "refused: document",
        "refused: printout",
        "refused: hearing.view",
        "refused: inbox.open",
        "refused: access.of_case",
    ] {
        the(&lines, what);
    }
    // And those of another case are not in it.
    let others = prosecutor
        .case_list(&contract::case::List {})
        .await
        .unwrap();
    let other = others.cases.iter().find(|row| row.case_id != case_id);
    let other = View {
        case_id: other.unwrap().case_id,
    };
    assert_eq!(code(reporter.case_view(&other).await.err()), not_there);
    let lines = of_case(&court).await;
    assert!(
        !lines
            .iter()
            .any(|line| line.what.starts_with("refused: case.view"))
    );
}

#[tokio::test]
async fn who_printed_a_list_with_a_case_on_it_or_looked_for_it_is_in_the_report_of_the_case() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    let glance = view(&adviser, case_id).await;
    let day = glance.hearings[0].day;
    let asked = contract::printout::OfCourt {
        court_id: None,
        courtroom_id: None,
        day: Some(day),
    };
    let offered = adviser.printout_of_court(&asked).await.unwrap().printouts;
    let list = |start: &str| {
        let found = offered.iter().find(|one| one.printout.starts_with(start));
        found.unwrap().printout.clone()
    };
    let bench = list("bench-list");
    assert!(adviser.download(Bytes::Printout, &bench).await.is_ok());
    // A firm looks for it by name, and asks for it by a reference that it does not find.
    let firm = court.as_defence().await;
    let find = |reference: &str, name: &str| contract::defence::Find {
        reference: reference.to_owned(),
        name: name.to_owned(),
        hearing_day: Some(day),
        date_of_birth: None,
    };
    let name = &glance.defendants[0].name;
    firm.defence_find(&find("", name)).await.unwrap();
    let other = court.as_other_defence().await;
    let spaced = PATH_URN.to_lowercase();
    other
        .defence_find(&find(&spaced, "Nobody Atall"))
        .await
        .unwrap();
    other
        .defence_find(&find("29ZZ0009999", "Nobody Atall"))
        .await
        .unwrap();

    // Searches are in the record within a second.
    let mut lines = Vec::new();
    for _ in 0..40 {
        lines = of_case(&court).await;
        if looked(&lines).len() > 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let printed = the(&lines, "printout made");
    assert_eq!(printed.who, "Ada Wren");
    assert!(printed.to.ends_with("Bench court list"), "{printed:?}");
    assert_eq!(
        looked(&lines),
        [("Iris Thorne", true), ("Joel Hart", false)]
    );
    assert!(lines.iter().all(|line| !line.to.contains("29ZZ0009999")));
}

/// Which firms looked for the case, and whether they found it.
fn looked(lines: &[AuditLine]) -> Vec<(&str, bool)> {
    let searches = lines.iter().filter(|line| line.what == "case looked for");
    searches
        .filter(|line| line.who != "Ada Wren")
        .map(|line| (line.who.as_str(), line.to.ends_with(": one")))
        .collect()
}

/// Lists on a screen are read as printed ones are, and what is asked about a case is asked of it.
#[tokio::test]
async fn whose_lists_on_a_screen_named_a_case_and_what_was_asked_about_it_is_in_its_report() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    crate::amending::sentenced(&court, &adviser).await;
    let day = view(&adviser, case_id).await.hearings[0].day;
    // What the prison got names the case in its inbox.
    let prison = court.as_prison().await;
    let mut arrived = false;
    for _ in 0..100 {
        court.work().await;
        let inbox = prison.inbox_list(&contract::inbox::List {}).await.unwrap();
        arrived = inbox
            .items
            .iter()
            .flat_map(|item| &item.cases)
            .any(|urn| urn.as_str() == PATH_URN);
        if arrived {
            break;
        }
    }
    assert!(arrived);
    // The adviser's list of a courtroom does; a list of another day names other cases.
    let courts = adviser.hearing_courtrooms(&hearing::Courtrooms {}).await;
    for room in courts.unwrap().courts.iter().flat_map(|court| &court.rooms) {
        for day in [day, day.plus_days(1)] {
            let list = hearing::DayList {
                courtroom_id: room.courtroom_id,
                day,
            };
            adviser.hearing_day_list(&list).await.unwrap();
        }
    }
    let prosecutor = court.as_cps().await;
    let list = contract::case::List {};
    for _ in 0..2 {
        prosecutor.case_list(&list).await.unwrap();
    }
    // A firm that acts for nobody in it has a list that does not name it.
    let other = court.as_other_defence().await;
    let own = other.case_list(&list).await.unwrap();
    assert!(own.cases.iter().all(|row| row.case_id != case_id));
    let explain = contract::access::Explain { case_id };
    prosecutor.access_explain(&explain).await.unwrap();
    let printouts = contract::printout::OfCase { case_id };
    prosecutor.printout_of_case(&printouts).await.unwrap();

    let lines = of_case(&court).await;
    let who = |what: &str| -> Vec<&str> {
        let what = format!("asked for {what}");
        let found = lines.iter().filter(|line| line.what.starts_with(&what));
        found.map(|line| line.who.as_str()).collect()
    };
    assert_eq!(who("hearing.day_list"), ["Ada Wren"], "{lines:#?}");
    assert_eq!(who("case.list"), ["Kofi Marsh"], "{lines:#?}");
    assert_eq!(who("access.explain"), ["Kofi Marsh"], "{lines:#?}");
    assert_eq!(who("printout.of_case"), ["Kofi Marsh"], "{lines:#?}");
    assert!(!who("inbox.list").is_empty(), "{lines:#?}");
    assert!(lines.iter().all(|line| !line.who.contains("Joel Hart")));
    let listed = lines
        .iter()
        .find(|line| line.what.starts_with("asked for case.list"));
    assert!(
        listed.unwrap().why.contains("prosecution.lists_cases"),
        "{listed:?}"
    );
}

#[tokio::test]
async fn notices_and_openings_that_named_a_case_to_somebody_are_in_its_report() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    amending::sentenced(&court, &adviser).await;
    let prosecutor = court.as_cps().await;
    let list = contract::notice::List {};
    let told = prosecutor.notice_list(&list).await.unwrap().items;
    assert!(told.iter().any(|one| one.case_id == Some(case_id)));
    // A firm that acts for nobody in it is told of other cases.
    let other = court.as_other_defence().await;
    other.notice_list(&list).await.unwrap();
    veil::make_sensitive(&court, case_id).await;
    veil::break_glass(&adviser, case_id).await.unwrap();
    let controller = veil::controller(&court).await;
    let openings = contract::access::Openings {};
    let waiting = controller.access_openings(&openings).await.unwrap();
    assert_eq!(waiting.openings.len(), 1);

    let told = askers(&court, "notice.list").await;
    assert_eq!(told, BTreeSet::from(["Kofi Marsh".to_owned()]));
    let told = askers(&court, "access.openings").await;
    assert_eq!(told, BTreeSet::from(["Delia Frome".to_owned()]));
}

#[tokio::test]
async fn the_report_of_a_paper_or_document_has_its_receipts_and_what_was_asked_about_it() {
    let court = TestCourt::open().await;
    let prosecutor = court.as_cps().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    let case = view(&prosecutor, case_id).await;
    for name in ["IDPC.pdf", "Schedule.pdf"] {
        serve(&prosecutor, &case, name, 2_000 + name.len()).await;
    }
    let papers = view(&prosecutor, case_id).await.materials;
    let [paper, other] = [&papers[0], &papers[1]].map(|own| own.material_id.to_string());
    let hearing_id = amending::sentenced(&court, &adviser).await;
    let document_id = look(&adviser, hearing_id).await.documents[0].document_id;
    for (client, receipt) in [
        (&prosecutor, format!("receipt.{paper}")),
        (&adviser, format!("document-receipt.{document_id}")),
    ] {
        client.download(Bytes::Printout, &receipt).await.unwrap();
    }
    let stands = contract::document::View { document_id };
    adviser.document_view(&stands).await.unwrap();

    let who = async |which: &str, what: &str| {
        let lines = audit::report(&court, Subject::Material, which).await.lines;
        let found = audit::lines(&lines, what).into_iter();
        found.map(|line| line.who.clone()).collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    assert_eq!(who(&paper, "printout made").await, ["Kofi Marsh"]);
    assert_eq!(who(&other, "printout made").await, none);
    let document = document_id.to_string();
    assert_eq!(who(&document, "printout made").await, ["Ada Wren"]);
    assert_eq!(
        who(&document, "asked for document.view").await,
        ["Ada Wren"]
    );
    assert_eq!(who(&paper, "asked for").await, none);
}
