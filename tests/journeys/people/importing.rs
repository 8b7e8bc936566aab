//! The onboarding form as two files: every mistake by line and column, and everything or nothing.

use super::{ADMINISTRATOR, activate, code_of, colleague, invite, people, row, sign_in};
use contract::{
    Code,
    account::Current,
    organisation::{Import, Imported, Leave, List, People},
};
use testkit::{Program, TestCourt};
use vocabulary::{CommandId, Group, OrganisationKind};

const ORGANISATIONS: &str = include_str!("../../../samples/onboarding/organisations.csv");
const USERS: &str = include_str!("../../../samples/onboarding/users.csv");

async fn import(court: &TestCourt, organisations: &str, users: &str, check_only: bool) -> Imported {
    let staff = court.as_administrator().await;
    let files = Import {
        organisations: organisations.to_owned(),
        users: users.to_owned(),
        check_only,
    };
    staff.organisation_import(&files).await.unwrap()
}

fn places(imported: &Imported) -> Vec<(&str, u64, &str)> {
    let wrong = imported.wrong.iter();
    wrong
        .map(|own| (own.file.as_str(), own.line, own.column.as_str()))
        .collect()
}

#[tokio::test]
async fn both_files_are_taken_in_whole_with_offices_and_sole_practitioners() {
    let court = TestCourt::open().await;
    let looked = import(&court, ORGANISATIONS, USERS, true).await;
    assert_eq!(places(&looked), []);
    assert_eq!(
        (looked.organisations, looked.people, looked.recorded),
        (3, 4, false)
    );
    let staff = court.as_administrator().await;
    let before = staff.organisation_list(&List {}).await.unwrap().items.len();
    let taken = import(&court, ORGANISATIONS, USERS, false).await;
    assert!(taken.recorded);
    let all = staff.organisation_list(&List {}).await.unwrap().items;
    assert_eq!(all.len(), before + 3);
    let office = all
        .iter()
        .find(|own| own.name.ends_with("Porthgarreg"))
        .unwrap();
    assert_eq!(office.office_of.as_deref(), Some("Pryce Adeyemi LLP"));
    let of = People {
        organisation_id: Some(office.organisation_id),
    };
    let people = staff.organisation_people(&of).await.unwrap();
    assert_eq!(people.people.len(), 3);
    let partner = row(&people, "bola@pryceadeyemi.example.test");
    assert_eq!(partner.standing, "invited");
    // With the roles of their own row, and as administrator.
    for group in [
        Group::DefenceLawyers,
        Group::Advocates,
        Group::OrganisationAdministrator,
    ] {
        assert!(partner.groups.contains(&group), "{group}");
    }
    let account_id = partner.account_id;
    let link = contract::organisation::ShowLink { account_id };
    let link = staff.organisation_show_link(&link).await.unwrap();
    let email = activate(&court, &link.link).await.unwrap();
    let person = sign_in(&court, &email)
        .await
        .account_current(&Current {})
        .await
        .unwrap();
    assert_eq!(person.organisation, "Pryce Adeyemi LLP");
    // The same files again: all of it is there already, and none of it twice.
    let again = import(&court, ORGANISATIONS, USERS, false).await;
    assert!(!again.recorded && again.wrong.len() >= 3);
    assert_eq!(
        staff.organisation_list(&List {}).await.unwrap().items.len(),
        before + 3
    );
}

#[tokio::test]
async fn every_mistake_is_told_with_its_line_and_column_and_nothing_is_half_imported() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let before = staff.organisation_list(&List {}).await.unwrap().items.len();
    let organisations = ORGANISATIONS
        .replace("AM2 7PA", "somewhere")
        .replace("Gwen Tolliver,,3", "Hartfield Law,,3")
        .replace(",1,2 Y Cei", ",9,2 Y Cei")
        .replace(",Barrister,Y", ",Barrister,N");
    let users = USERS
        .replace(
            "gita@pryceadeyemi.example.test",
            "iris.thorne@thornevale.example.test",
        )
        .replace("1,Bola", "7,Bola")
        .replace(
            "Cyfreithiwr,Defence Lawyers",
            "Cyfreithiwr,Legal Advisers;Bishops",
        );
    let imported = import(&court, &organisations, &users, false).await;
    assert_eq!(
        places(&imported),
        [
            ("organisations", 2, "postcode"),
            ("organisations", 3, "office_of"),
            ("organisations", 4, "name"),
            ("organisations", 4, "terms_accepted"),
            ("users", 2, "email"),
            ("users", 3, "organisation_ref"),
            ("users", 4, "groups"),
            ("users", 4, "groups"),
        ],
        "{:?}",
        imported.wrong
    );
    assert!(!imported.recorded);
    assert_eq!(
        staff.organisation_list(&List {}).await.unwrap().items.len(),
        before
    );
    let app = &court.state.app;
    let gwen = app
        .index
        .account_by_email("gwen@tolliver.example.test")
        .await
        .unwrap();
    assert!(gwen.is_none(), "nobody of the row that was right either");
}

/// A prosecutor on a line of the first file, with nobody but its accountable person.
fn prosecutor(key: u8, name: &str, ou_code: &str) -> String {
    format!(
        "{key},prosecutor,{name},,1 Weir Street,Ashmere,,,,AM2 7PB,office{key}@weir.example.test,\
         01632 96000{key},,,{ou_code},N,,,,Delyth Moss,delyth{key}@weir.example.test,Prosecutor,Y\n"
    )
}

/// The first file with these lines alone.
fn only(lines: &[String]) -> String {
    let heading = ORGANISATIONS.lines().next().unwrap();
    format!("{heading}\n{}", lines.concat())
}

fn nobody() -> &'static str {
    "organisation_ref,name,email,role,groups\n"
}

#[tokio::test]
async fn an_ou_code_that_somebody_has_is_taken_in_for_nobody_else() {
    let court = TestCourt::open().await;
    let organisations = court.state.app.index.organisations().await.unwrap();
    let mut known = organisations.iter();
    let known = known.find(|one| one.kind == OrganisationKind::Prosecutor);
    let known = known.and_then(|one| one.ou_code.clone()).unwrap();
    let files = only(&[
        prosecutor(1, "Weir Conservancy", &known),
        prosecutor(2, "Quay Conservancy", "B97ZZ00"),
        prosecutor(3, "Moor Conservancy", "B97ZZ00"),
    ]);
    let imported = import(&court, &files, nobody(), false).await;
    let twice = [
        ("organisations", 2, "ou_code"),
        ("organisations", 4, "ou_code"),
    ];
    assert_eq!(places(&imported), twice, "{:?}", imported.wrong);
    assert!(!imported.recorded);
}

#[tokio::test]
async fn of_two_files_at_once_with_one_ou_code_one_is_taken_in() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let files = |key, name| Import {
        organisations: only(&[prosecutor(key, name, "B97ZZ00")]),
        users: nobody().to_owned(),
        check_only: false,
    };
    let (first, second) = (files(1, "Weir Conservancy"), files(2, "Quay Conservancy"));
    let _ = tokio::join!(
        staff.organisation_import(&first),
        staff.organisation_import(&second)
    );
    let all = staff.organisation_list(&List {}).await.unwrap().items;
    let taken = all.iter().filter(|one| one.name.ends_with("Conservancy"));
    assert_eq!(taken.count(), 1);
}

#[tokio::test]
async fn whoever_comes_back_elsewhere_while_a_file_is_taken_in_is_not_moved_by_it() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let staff = court.as_administrator().await;
    let mut won = Vec::new();
    for round in 0..6 {
        let email = format!("comes{round}@thornevale.example.test");
        let account_id = colleague(&court, &administrator, &email).await.account_id;
        let leave = Leave {
            account_id,
            colleague: None,
            with_roles: false,
        };
        administrator.organisation_leave(&leave).await.unwrap();
        let name = format!("Weir Conservancy {round}");
        let line = prosecutor(round, &name, &format!("B97ZZ0{round}"));
        let files = Import {
            organisations: only(&[line]),
            users: format!("{}{round},Gita Rowe,{email},Prosecutor,CPS\n", nobody()),
            check_only: false,
        };
        let (taken, back) = tokio::join!(
            staff.organisation_import(&files),
            invite(&administrator, &email, &[Group::DefenceLawyers])
        );
        let taken = taken.is_ok_and(|own| own.recorded);
        won.push((taken, back.is_ok()));
    }
    assert!(won.iter().all(|(file, back)| file != back), "{won:?}");
    assert!(!people(&administrator).await.people.is_empty());
}

#[tokio::test]
async fn files_that_are_sent_again_because_the_answer_was_lost_are_taken_in_once() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let files = Import {
        organisations: ORGANISATIONS.to_owned(),
        users: USERS.to_owned(),
        check_only: false,
    };
    let before = staff.organisation_list(&List {}).await.unwrap().items.len();
    let id = CommandId(uuid::Uuid::now_v7());
    for _ in 0..2 {
        let taken = staff.send(&files, id).await.unwrap();
        assert_eq!(places(&taken), []);
        assert_eq!(
            (taken.organisations, taken.people, taken.recorded),
            (3, 4, true)
        );
    }
    let after = staff.organisation_list(&List {}).await.unwrap().items.len();
    assert_eq!(after, before + 3);
}

#[tokio::test]
async fn a_file_of_another_shape_is_refused_at_its_heading() {
    let court = TestCourt::open().await;
    let wrong = import(&court, "name,size\nA,1\n", USERS, false).await;
    assert!(places(&wrong).contains(&("organisations", 1, "kind")));
    assert!(places(&wrong).contains(&("organisations", 1, "size")));
    let short = format!("{USERS}1,only two\n");
    let wrong = import(&court, ORGANISATIONS, &short, false).await;
    assert_eq!(places(&wrong), [("users", 5, "")]);
    let twice = format!("{USERS}1,Gita Rowe,gita@pryceadeyemi.example.test,Solicitor,Advocates\n");
    let wrong = import(&court, ORGANISATIONS, &twice, false).await;
    assert_eq!(places(&wrong), [("users", 5, "email")]);
}

#[tokio::test]
async fn only_staff_of_the_service_take_files_in() {
    let court = TestCourt::open().await;
    let files = Import {
        organisations: ORGANISATIONS.to_owned(),
        users: USERS.to_owned(),
        check_only: true,
    };
    let administrator = court.sign_in(super::ADMINISTRATOR).await;
    let outcome = administrator.organisation_import(&files).await;
    assert_eq!(code_of(outcome), Code::NotPermitted);
}

#[tokio::test]
async fn the_command_line_takes_them_in_and_shows_the_links_that_no_mail_brings() {
    let mut program = Program::start(1, "2026-11-23").await;
    program.end().await;
    let folder = program.folder().to_path_buf();
    let (first, second) = (folder.join("organisations.csv"), folder.join("users.csv"));
    let write = |organisations: &str| {
        std::fs::write(&first, organisations).unwrap();
        std::fs::write(&second, USERS).unwrap();
    };
    let files = [first.to_str().unwrap(), second.to_str().unwrap()];
    write(&ORGANISATIONS.replace("01632 960003", "none"));
    let (worked, said) = program.run(&["account", "import", files[0], files[1]]);
    assert!(!worked);
    assert!(
        said.contains("line 4, phone: Give the telephone number"),
        "{said}"
    );
    assert!(said.contains("nothing was taken in"), "{said}");

    write(ORGANISATIONS);
    let (worked, said) = program.run(&["account", "import", "--check", files[0], files[1]]);
    assert!(
        worked && said.contains("3 organisations and 4 people would be taken in"),
        "{said}"
    );
    let (worked, said) = program.run(&["account", "import", files[0], files[1]]);
    assert!(worked && said.contains("/activate#"), "{said}");
    let (worked, said) = program.run(&["account", "list"]);
    assert!(
        worked && said.contains("Bola Adeyemi") && said.contains("invited"),
        "{said}"
    );
    let email = "gwen@tolliver.example.test";
    let (worked, said) = program.run(&["account", "activation-link", email]);
    assert!(worked && said.contains("/activate#"), "{said}");
    let (worked, said) =
        program.run(&["account", "activation-link", "ada.wren@court.example.test"]);
    assert!(!worked && said.contains("cannot be sent a link"), "{said}");
}
