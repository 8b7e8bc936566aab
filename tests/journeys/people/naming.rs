//! Names that are put right: by whom, with what reason, and that the one from before stays in
//! the record.

use super::{ADMINISTRATOR, SOLICITOR, code_of, joined, people, row};
use crate::audit::{line, of_person};
use client::Client;
use contract::{
    Code,
    account::Current,
    notice,
    organisation::{CorrectName, List, Organisations, Rename},
};
use testkit::TestCourt;
use vocabulary::{AccountId, OrganisationId};

fn correct(account_id: AccountId, name: &str, reason: &str) -> CorrectName {
    CorrectName {
        account_id,
        name: name.to_owned(),
        reason: reason.to_owned(),
    }
}

async fn named(client: &Client) -> (String, String) {
    let person = client.account_current(&Current {}).await.unwrap();
    (person.name, person.organisation)
}

fn id_of(all: &Organisations, name: &str) -> Option<OrganisationId> {
    let found = all.items.iter().find(|item| item.name == name);
    found.map(|item| item.organisation_id)
}

#[tokio::test]
async fn a_person_has_another_name_at_the_next_request_and_the_record_has_both() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let iris = court.sign_in(SOLICITOR).await;
    let whom = row(&people(&administrator).await, SOLICITOR).account_id;
    for (name, reason) in [
        (" ", "married"),
        ("Iris Thorne", "married"),
        ("Iris Vale", " "),
        (&"x".repeat(201), "married"),
    ] {
        let outcome = administrator
            .organisation_correct_name(&correct(whom, name, reason))
            .await;
        assert_eq!(code_of(outcome), Code::Refused, "{name} {reason}");
    }
    let after = administrator
        .organisation_correct_name(&correct(whom, " Iris  Thorne-Vale ", "She married."))
        .await
        .unwrap();
    assert_eq!(row(&after, SOLICITOR).name, "Iris Thorne-Vale");
    assert_eq!(named(&iris).await.0, "Iris Thorne-Vale");
    let told = iris.notice_list(&notice::List {}).await.unwrap().items;
    let told = told
        .iter()
        .find(|item| item.title == "Your name was put right");
    assert!(told.is_some_and(|item| item.body.contains("Iris Thorne-Vale")));
    let report = of_person(&court, SOLICITOR).await;
    let recorded = line(&report, "name put right");
    let wanted = ": Iris Thorne, now Iris Thorne-Vale: She married.";
    assert!(recorded.to.ends_with(wanted), "{}", recorded.to);
    // Their address and their work are as they were.
    court.sign_in(SOLICITOR).await;
}

#[tokio::test]
async fn nobody_names_themselves_or_anybody_elsewhere() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let own = row(&people(&administrator).await, ADMINISTRATOR).account_id;
    let oneself = administrator
        .organisation_correct_name(&correct(own, "Ada Wren", "mistyped"))
        .await;
    assert_eq!(code_of(oneself), Code::Refused);
    let theirs = row(&people(&administrator).await, SOLICITOR).account_id;
    let iris = court.sign_in(SOLICITOR).await;
    let by_herself = iris
        .organisation_correct_name(&correct(theirs, "Ada Wren", "mistyped"))
        .await;
    assert_eq!(code_of(by_herself), Code::NotPermitted);
    let elsewhere = joined(&court, "Pryce Adeyemi LLP").await;
    let anothers = elsewhere
        .organisation_correct_name(&correct(theirs, "Ada Wren", "mistyped"))
        .await;
    assert_eq!(code_of(anothers), Code::NotFound);
    // HMCTS staff reach everybody.
    let staff = court.as_administrator().await;
    let after = staff
        .organisation_correct_name(&correct(own, "Hal Corbyn", "mistyped"))
        .await
        .unwrap();
    assert_eq!(row(&after, ADMINISTRATOR).name, "Hal Corbyn");
}

#[tokio::test]
async fn an_organisation_is_renamed_by_hmcts_staff_alone_and_never_as_another() {
    let court = TestCourt::open().await;
    let staff = court.as_administrator().await;
    let before = staff.organisation_list(&List {}).await.unwrap();
    let firm = id_of(&before, "Thorne & Vale Solicitors").unwrap();
    let rename = |name: &str, reason: &str| Rename {
        organisation_id: firm,
        name: name.to_owned(),
        reason: reason.to_owned(),
    };
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let own = administrator
        .organisation_rename(&rename("Thorne LLP", "merged"))
        .await;
    assert_eq!(code_of(own), Code::NotPermitted);
    let other = before
        .items
        .iter()
        .find(|item| item.organisation_id != firm);
    let taken = other.unwrap().name.to_uppercase();
    for (name, reason) in [(&*taken, "merged"), ("Thorne LLP", ""), ("", "merged")] {
        let outcome = staff.organisation_rename(&rename(name, reason)).await;
        assert_eq!(code_of(outcome), Code::Refused, "{name} {reason}");
    }
    let nowhere = Rename {
        organisation_id: OrganisationId(uuid::Uuid::now_v7()),
        ..rename("Thorne LLP", "merged")
    };
    assert_eq!(
        code_of(staff.organisation_rename(&nowhere).await),
        Code::NotFound
    );
    let after = staff
        .organisation_rename(&rename("Thorne Vale LLP", "It became a partnership."))
        .await
        .unwrap();
    assert_eq!(after.name, "Thorne Vale LLP");
    assert_eq!(named(&administrator).await.1, "Thorne Vale LLP");
    let all = staff.organisation_list(&List {}).await.unwrap();
    assert_eq!(id_of(&all, "Thorne Vale LLP"), Some(firm));
    assert_eq!(id_of(&all, "Thorne & Vale Solicitors"), None);
    // The record says who gave it, and what it was before.
    let report = of_person(&court, "noor.hadley@example.test").await;
    let wanted = ": Thorne & Vale Solicitors, now Thorne Vale LLP: It became a partnership.";
    let recorded = line(&report, "organisation renamed");
    assert!(recorded.to.ends_with(wanted), "{}", recorded.to);
}
