//! Somebody leaves one organisation and joins another under the address that they keep, as
//! deputies and barristers do: what was theirs there is not theirs here.

use crate::{
    defence::told,
    people::{ADMINISTRATOR, activate, invite, row, sign_in},
    steps::{path_case, view},
    veil::{ADVISER, make_sensitive, permit},
};
use contract::{
    Code,
    account::Current,
    case::View,
    organisation::{Leave, ShowLink},
};
use testkit::TestCourt;
use vocabulary::Group;

const DEPUTY: &str = "imogen.vasey@court.example.test";

#[tokio::test]
async fn a_permission_of_the_court_and_what_was_told_there_stay_behind() {
    let court = TestCourt::open().await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    make_sensitive(&court, case_id).await;
    permit(&court, case_id, DEPUTY).await;
    let deputy = court.sign_in(DEPUTY).await;
    view(&deputy, case_id).await;
    // Whoever has permission is told who else was given it.
    permit(&court, case_id, ADVISER).await;
    assert!(!told(&deputy).await.is_empty());

    let account_id = deputy
        .account_current(&Current {})
        .await
        .unwrap()
        .account_id;
    let leave = Leave {
        account_id,
        colleague: None,
        with_roles: false,
    };
    let staff = court.as_administrator().await;
    staff.organisation_leave(&leave).await.unwrap();
    let firm = court.sign_in(ADMINISTRATOR).await;
    let people = invite(&firm, DEPUTY, &[Group::DefenceLawyers])
        .await
        .unwrap();
    assert_eq!(row(&people, DEPUTY).account_id, account_id);
    let link = firm.organisation_show_link(&ShowLink { account_id }).await;
    activate(&court, &link.unwrap().link).await.unwrap();

    let solicitor = sign_in(&court, DEPUTY).await;
    let refused = solicitor.case_view(&View { case_id }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    assert_eq!(told(&solicitor).await, []);
}
