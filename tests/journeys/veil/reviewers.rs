//! Every opening of a sensitive case has somebody who reviews it and is told, whoever works at
//! the court that hears it; and whoever brought the case hears that it was opened.

use super::{break_glass, controller, set};
use client::Client;
use contract::{
    access::{Openings, Review},
    case,
    notice::{List, Notice},
    organisation::{Reactivate, Suspend},
};
use testkit::TestCourt;
use vocabulary::{CaseId, Group, Urn};

/// Of courts where nobody gives access.
const STAFF: [&str; 2] = [
    "ruth.ellery@court.example.test",
    "gwenllian.parri@court.example.test",
];

/// A case that no court but one of those hears, which the Crown Prosecution Service brought;
/// and somebody who works there.
async fn of_a_small_court(court: &TestCourt) -> (Client, CaseId, Urn) {
    let cps = court.as_cps().await;
    for email in STAFF {
        let staff = court.sign_in(email).await;
        for row in staff.case_list(&case::List {}).await.unwrap().cases {
            let case_id = row.case_id;
            let found = court.state.app.ledger.case(case_id).await.unwrap();
            let alone = found.unwrap().courts.len() == 1;
            if alone && cps.case_view(&case::View { case_id }).await.is_ok() {
                return (staff, case_id, row.urn);
            }
        }
    }
    panic!("every case is heard at a court that has an administrator")
}

async fn told(client: &Client, title: &str) -> Vec<Notice> {
    let mut items = client.notice_list(&List {}).await.unwrap().items;
    items.retain(|notice| notice.title.contains(title));
    items
}

#[tokio::test]
async fn where_nobody_of_the_court_gives_access_controllers_of_others_are_told_and_the_prosecutor()
{
    let court = TestCourt::open().await;
    let (clerk, case_id, urn) = of_a_small_court(&court).await;
    let controller = controller(&court).await;
    set(&controller, case_id, true).await.unwrap();
    break_glass(&clerk, case_id).await.unwrap();

    let opened = format!("{urn} was opened");
    let reviews = told(&controller, &opened).await;
    assert_eq!(reviews.len(), 1, "{reviews:?}");
    assert!(reviews[0].body.contains("Bail application"), "{reviews:?}");
    // The administrator of another court reviews nothing of it, and hears nothing.
    let elsewhere = court.sign_in(super::ADMINISTRATOR).await;
    assert!(told(&elsewhere, &opened).await.is_empty());
    let queue = controller.access_openings(&Openings {}).await.unwrap();
    let own = queue.openings.iter().find(|own| own.case_id == case_id);
    assert!(own.expect("in the queue").may_review);

    // Whoever brought the case hears by whom it was opened; why is for the review.
    let owner = told(&court.as_cps().await, &opened).await;
    assert_eq!(owner.len(), 1, "{owner:?}");
    assert!(
        owner[0].body.contains("opened it without permission"),
        "{owner:?}"
    );
    assert!(!owner[0].body.contains("Bail application"), "{owner:?}");
    for firm in [court.as_defence().await, court.as_other_defence().await] {
        assert!(told(&firm, &opened).await.is_empty());
    }
    let service = court.as_administrator().await;
    assert!(told(&service, "nobody can review").await.is_empty());
}

#[tokio::test]
async fn where_nobody_anywhere_could_review_whoever_runs_the_service_is_told_of_no_case() {
    let court = TestCourt::open().await;
    let (clerk, case_id, urn) = of_a_small_court(&court).await;
    let service = court.as_administrator().await;
    let delia = controller(&court).await;
    set(&delia, case_id, true).await.unwrap();
    let accounts = court.state.app.index.accounts().await.unwrap();
    let own = accounts
        .iter()
        .find(|one| one.groups.contains(&Group::AccessController))
        .unwrap();
    let suspend = Suspend { account_id: own.id };
    service.organisation_suspend(&suspend).await.unwrap();
    break_glass(&clerk, case_id).await.unwrap();
    let said = told(&service, "nobody can review").await;
    assert_eq!(said.len(), 1, "{said:?}");
    let text = format!("{} {}", said[0].title, said[0].body);
    assert!(!text.contains(urn.as_str()), "{text}");

    // As soon as there is somebody, it is in their queue.
    let back = Reactivate { account_id: own.id };
    service.organisation_reactivate(&back).await.unwrap();
    let delia = controller(&court).await;
    let queue = delia.access_openings(&Openings {}).await.unwrap();
    let own = queue.openings.iter().find(|own| own.case_id == case_id);
    let review = Review {
        opening_id: own.expect("in the queue").opening_id,
        justified: true,
        note: "The clerk had to list it.".to_owned(),
    };
    delia.access_review(&review).await.unwrap();
    let left = delia.access_openings(&Openings {}).await.unwrap().openings;
    assert!(left.iter().all(|own| own.case_id != case_id));
}
