//! Cases of other courts: staff say why before they open one, and it is quiet.

use super::{ADMINISTRATOR, break_glass, controller, make_sensitive, opens};
use crate::steps::{find, path_case};
use app::demo::PATH_URN;
use contract::{
    Code,
    access::Openings,
    audit::{Report, Subject},
    hearing::View,
    notice::List,
};
use testkit::TestCourt;
use vocabulary::Group;

/// A legal adviser of another court than the one that hears the case of the path.
const ELSEWHERE: &str = "gwenllian.parri@court.example.test";

#[tokio::test]
async fn a_case_of_another_court_opens_for_a_reason_that_is_recorded_and_told_to_nobody() {
    let court = TestCourt::open().await;
    let own = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&own).await;
    let adviser = court.sign_in(ELSEWHERE).await;
    // Finding it is finding it; opening it, and its hearing, is asked why.
    assert_eq!(find(&adviser, PATH_URN).await, case_id);
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
    let hearing = adviser.hearing_view(&View { hearing_id }).await;
    let asked = hearing.unwrap_err();
    assert_eq!(asked.code, Code::ReasonNeeded);
    assert!(asked.hint.contains("Open its cases first"), "{asked:?}");

    break_glass(&adviser, case_id).await.unwrap();
    opens(&adviser, case_id).await.unwrap();
    adviser.hearing_view(&View { hearing_id }).await.unwrap();
    // Whose court hears it is not asked at all.
    opens(&own, case_id).await.unwrap();
    assert_eq!(break_glass(&own, case_id).await, Err(Code::Refused));
    // A judge sits where they are sent.
    let judge = court.person(Group::DistrictJudge, 0).await;
    opens(&judge, case_id).await.unwrap();

    // Nobody is told, nobody reviews it; it is in the report.
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let told = administrator.notice_list(&List {}).await.unwrap();
    assert!(
        told.items.iter().all(|one| !one.title.contains(PATH_URN)),
        "{told:?}"
    );
    let waiting = administrator.access_openings(&Openings {}).await.unwrap();
    assert!(waiting.openings.is_empty(), "{waiting:?}");
    let auditor = court.person(Group::Auditors, 0).await;
    let report = Report {
        about: Subject::Case,
        which: PATH_URN.to_owned(),
        from: court.today(),
        to: court.today(),
    };
    let report = auditor.audit_report(&report).await.unwrap();
    let mut lines = report.lines.iter();
    let line = lines.find(|line| line.what == "case of another court opened");
    let line = line.unwrap_or_else(|| panic!("{:#?}", report.lines));
    assert_eq!(line.who, "Gwenllian Parri");
    assert!(line.to.contains("Bail application"), "{line:?}");
}

#[tokio::test]
async fn a_reason_for_another_courts_case_does_not_open_it_once_it_is_sensitive() {
    let court = TestCourt::open().await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    let adviser = court.sign_in(ELSEWHERE).await;
    break_glass(&adviser, case_id).await.unwrap();
    opens(&adviser, case_id).await.unwrap();
    make_sensitive(&court, case_id).await;
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
    let controller = controller(&court).await;
    let waiting = controller.access_openings(&Openings {}).await.unwrap();
    assert!(waiting.openings.is_empty());
    // The louder reason is enough for both.
    break_glass(&adviser, case_id).await.unwrap();
    opens(&adviser, case_id).await.unwrap();
    let waiting = controller.access_openings(&Openings {}).await.unwrap();
    assert_eq!(waiting.openings.len(), 1);
}
