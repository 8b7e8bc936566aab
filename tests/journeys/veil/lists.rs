//! Lists, registers and receipts.

use super::{ADVISER, SENSITIVE, break_glass, make_sensitive, permit};
use crate::{
    amending::sentenced,
    printouts::{bytes, court_of, of_case, of_court, refused, text, word, youth_today},
    steps::{example, find, look, path_case, save, serve, share, start, typed, view},
};
use app::demo::{self, PATH_URN};
use client::Client;
use contract::{
    Code,
    case::List,
    hearing::{Courtrooms, DayList, HearingRow},
};
use testkit::TestCourt;
use vocabulary::{CaseId, Group};

/// The rows of the path case in the lists of every room today.
async fn rows(client: &Client) -> Vec<HearingRow> {
    let rooms = client.hearing_courtrooms(&Courtrooms {}).await.unwrap();
    let mut rows = Vec::new();
    for room in rooms.courts.iter().flat_map(|court| &court.rooms) {
        let list = DayList {
            courtroom_id: room.courtroom_id,
            day: rooms.today,
        };
        let found = client.hearing_day_list(&list).await.unwrap();
        let of_path = |row: &HearingRow| row.cases.iter().any(|urn| urn.as_str() == PATH_URN);
        rows.extend(found.hearings.into_iter().filter(of_path));
    }
    rows
}

async fn name_in(client: &Client, case_id: CaseId) -> String {
    view(client, case_id).await.defendants[0].name.clone()
}

/// Somebody of the service centre: they have the list of prisoners, and open no case.
async fn centre(court: &TestCourt) -> Client {
    let app = &court.state.app;
    let courts = app.index.organisations().await.unwrap();
    let house = courts
        .iter()
        .find(|one| one.ou_code.as_deref() == Some(demo::MAGISTRATES));
    let account = app::account::NewAccount {
        email: "somebody.else@centre.example.test".to_owned(),
        name: "Somebody Else".to_owned(),
        role: "Service centre".to_owned(),
        organisation: house.unwrap().id,
        groups: vec![Group::CtscAdmin],
        password: court.config.demo_password.clone(),
    };
    app::account::open_account(app, account).await.unwrap();
    court.sign_in("somebody.else@centre.example.test").await
}

/// What a text says of the case: whether its reference, and whether the name.
fn says(text: &str, name: &str) -> (bool, bool) {
    (text.contains(PATH_URN), text.contains(name))
}

const REFERENCE: (bool, bool) = (true, false);
const WHOLE: (bool, bool) = (true, true);
const NOTHING: (bool, bool) = (false, false);

#[tokio::test]
async fn the_courts_lists_and_registers_name_it_to_whoever_sits_on_it_and_to_no_colleague() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    sentenced(&court, &adviser).await;
    let case_id = find(&adviser, PATH_URN).await;
    let name = name_in(&adviser, case_id).await;
    let house = court_of(&court, demo::MAGISTRATES).await;
    let offered = of_court(&adviser, Some(house), court.today()).await;
    let bench = word(&offered, "Bench court list").to_owned();
    let register = word(&offered, "Court register").to_owned();
    let public = word(&offered, "Public court list").to_owned();
    for printout in [&bench, &register, &public] {
        assert_eq!(says(&text(&adviser, printout).await, &name), WHOLE);
    }

    make_sensitive(&court, case_id).await;
    for printout in [&bench, &register] {
        let said = text(&adviser, printout).await;
        assert_eq!(says(&said, &name), REFERENCE, "{said}");
        assert!(said.contains(SENSITIVE), "{said}");
    }
    let said = text(&adviser, &register).await;
    assert!(!said.contains("9 months"), "{said}");
    // The public is told nothing of it, whoever has the list printed.
    assert_eq!(says(&text(&adviser, &public).await, &name), NOTHING);
    let row = rows(&adviser).await.remove(0);
    assert_eq!(row.defendants, [SENSITIVE]);
    assert!(row.offences.is_empty() && !row.custody, "{row:?}");

    // Whoever was given permission, because they sit on it, has the names; whoever broke the
    // glass too; and a colleague beside them has not.
    permit(&court, case_id, ADVISER).await;
    let clerk = court.person(Group::CourtAssociate, 0).await;
    break_glass(&clerk, case_id).await.unwrap();
    for client in [&adviser, &clerk] {
        for printout in [&bench, &register] {
            assert_eq!(says(&text(client, printout).await, &name), WHOLE);
        }
        assert_eq!(rows(client).await[0].defendants, [name.as_str()]);
    }
    let administrator = court.person(Group::CourtAdministrators, 0).await;
    for printout in [&bench, &register] {
        let said = text(&administrator, printout).await;
        assert_eq!(says(&said, &name), REFERENCE, "{said}");
    }
    // The public list stays as it is for them as well.
    assert_eq!(says(&text(&adviser, &public).await, &name), NOTHING);
}

#[tokio::test]
async fn a_prison_has_its_own_prisoner_on_its_list_and_the_court_a_neutral_line() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let (case_id, hearing_id) = path_case(&adviser).await;
    let name = name_in(&adviser, case_id).await;
    start(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "remand_in_custody", &seen, 0);
    lines.extend(example(&court, "remand_in_custody", &seen, 1));
    let draft = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    share(&adviser, &seen, &draft).await;
    let ledger = &court.state.app.ledger;
    let case = ledger.case(case_id).await.unwrap().unwrap();
    let next = ledger.hearing(*case.hearings.last().unwrap()).await;
    let next = next.unwrap().unwrap();
    let list = format!("prison-list.{}.{}", next.court_id, next.starts_at.day());
    let centre = centre(&court).await;
    assert_eq!(says(&text(&centre, &list).await, &name), WHOLE);

    make_sensitive(&court, case_id).await;
    // The prison must have them there.
    assert_eq!(says(&text(&prison, &list).await, &name), WHOLE);
    let said = text(&adviser, &list).await;
    assert_eq!(says(&said, &name), REFERENCE, "{said}");
    assert!(said.contains(SENSITIVE), "{said}");
    // Where somebody is held is not theirs to read, and one line says no more than one case.
    assert!(!said.contains("HMP Fallowdene"), "{said}");
    assert_eq!(said.matches(PATH_URN).count(), 1, "{said}");
    // The service centre opens no case for any reason: it knows of none.
    assert_eq!(says(&text(&centre, &list).await, &name), NOTHING);
    permit(&court, case_id, ADVISER).await;
    assert_eq!(says(&text(&adviser, &list).await, &name), WHOLE);
}

/// Remands everybody of a case with several adult defendants, and says which case and where and
/// when it is heard next.
async fn all_remanded(court: &TestCourt, adviser: &Client) -> (CaseId, String, String) {
    let catalogue = &court.state.app.catalogue;
    let all = adviser.case_list(&List {}).await.unwrap();
    for row in all.cases.iter().filter(|row| row.defendants.len() > 1) {
        let glance = view(adviser, row.case_id).await;
        let Some(hearing) = glance.hearings.first() else {
            continue;
        };
        let hearing_id = hearing.hearing_id;
        let seen = look(adviser, hearing_id).await;
        if seen.shared.is_some() {
            continue;
        }
        start(adviser, hearing_id).await;
        let seen = look(adviser, hearing_id).await;
        let mut lines = Vec::new();
        for defendant in &seen.defendants {
            for offence in &defendant.offences {
                let example = reference::examples::example(
                    catalogue,
                    "remand_in_custody",
                    defendant.defendant_id,
                    offence.offence_id,
                    seen.day,
                );
                lines.extend(example.unwrap().into_iter().map(typed));
            }
        }
        let draft = save(adviser, hearing_id, seen.draft.revision, lines).await;
        if !draft.readiness.ready {
            continue;
        }
        share(adviser, &seen, &draft).await;
        let ledger = &court.state.app.ledger;
        let case = ledger.case(row.case_id).await.unwrap().unwrap();
        let next = ledger.hearing(*case.hearings.last().unwrap()).await;
        let next = next.unwrap().unwrap();
        let list = format!("prison-list.{}.{}", next.court_id, next.starts_at.day());
        return (row.case_id, case.urn.to_string(), list);
    }
    panic!("no case has several defendants who can be remanded");
}

#[tokio::test]
async fn of_a_closed_case_nobody_counts_how_many_are_held() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, urn, list) = all_remanded(&court, &adviser).await;
    let before = text(&adviser, &list).await;
    assert!(
        before.matches(&urn).count() > 1,
        "a line for each: {before}"
    );
    make_sensitive(&court, case_id).await;
    let after = text(&adviser, &list).await;
    assert_eq!(after.matches(&urn).count(), 1, "{after}");
    assert!(after.contains(SENSITIVE), "{after}");
}

#[tokio::test]
async fn the_authority_reads_that_there_were_results_and_its_system_what_they_are() {
    let court = TestCourt::open().await;
    let (adviser, cps) = (court.as_legal_adviser().await, court.as_cps().await);
    sentenced(&court, &adviser).await;
    let case_id = find(&adviser, PATH_URN).await;
    let surname = {
        let name = name_in(&adviser, case_id).await;
        name.rsplit(' ').next().unwrap().to_owned()
    };
    let offered = of_court(&cps, None, court.today()).await;
    let register = word(&offered, "Informant register").to_owned();
    let read = async |client: &Client| {
        let values = String::from_utf8(bytes(client, &register).await.unwrap()).unwrap();
        let own = values.split("\r\n").filter(|line| line.contains(PATH_URN));
        own.map(str::to_owned).collect::<Vec<String>>()
    };
    let lines = read(&cps).await;
    assert!(lines.iter().all(|line| line.contains(&surname)));

    make_sensitive(&court, case_id).await;
    let lines = read(&cps).await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains(SENSITIVE) && !lines[0].contains(&surname));
    assert!(!lines[0].contains("GUILTY"), "{lines:?}");
    break_glass(&cps, case_id).await.unwrap();
    assert!(read(&cps).await.iter().all(|line| line.contains(&surname)));
    // The system that brought the case is told what became of it.
    let secret = court.machine(demo::PROSECUTOR_OU_CODE).await;
    let answer = reqwest::Client::new()
        .get(format!(
            "{}/v2/prosecutions/{}/informant-register/{}",
            court.url,
            demo::PROSECUTOR_OU_CODE,
            court.today()
        ))
        .bearer_auth(secret)
        .send()
        .await
        .unwrap();
    let values = answer.text().await.unwrap();
    let mut own = values.lines().filter(|line| line.contains(PATH_URN));
    assert!(own.any(|line| line.contains(&surname)), "{values}");
}

#[tokio::test]
async fn a_list_of_own_cases_and_a_receipt_say_no_more_than_that_it_is_there() {
    let court = TestCourt::open().await;
    let (cps, adviser) = (court.as_cps().await, court.as_legal_adviser().await);
    let case_id = find(&cps, PATH_URN).await;
    let case = view(&cps, case_id).await;
    serve(&cps, &case, "IDPC.pdf", 2_000).await;
    let name = case.defendants[0].name.clone();
    let receipt = word(&of_case(&cps, case_id).await, "Receipt of service").to_owned();
    assert!(text(&cps, &receipt).await.contains(&name));

    make_sensitive(&court, case_id).await;
    for client in [&cps, &adviser] {
        assert_eq!(refused(client, &receipt).await, Code::ReasonNeeded);
    }
    let list = cps.case_list(&List {}).await.unwrap();
    let row = list.cases.iter().find(|row| row.case_id == case_id);
    let row = row.expect("it is their case");
    assert_eq!(row.defendants, [SENSITIVE]);
    assert!(row.offences.is_empty(), "{row:?}");
    break_glass(&cps, case_id).await.unwrap();
    assert!(text(&cps, &receipt).await.contains(&name));
    let list = cps.case_list(&List {}).await.unwrap();
    let row = list.cases.iter().find(|row| row.case_id == case_id);
    assert_eq!(row.unwrap().defendants, [name]);
}

#[tokio::test]
async fn a_youth_team_has_no_line_of_a_sensitive_case_in_its_register() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (house, hearing_id, name, urn) = youth_today(&court).await;
    start(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = Vec::new();
    for at in 0..seen.defendants[0].offences.len() {
        lines.extend(example(&court, "withdrawn", &seen, at));
    }
    let saved = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    share(&adviser, &seen, &saved).await;
    let team = court.as_youth_offending_team().await;
    let register = format!("youth-register.{house}.{}", court.today());
    assert!(text(&team, &register).await.contains(&name));

    let case_id = find(&adviser, &urn).await;
    make_sensitive(&court, case_id).await;
    let said = text(&team, &register).await;
    assert!(!said.contains(&name) && !said.contains(&urn), "{said}");
    // The court, which may know of it, sees that there is an entry.
    let said = text(&adviser, &register).await;
    assert!(!said.contains(&name) && said.contains(&urn), "{said}");
}
