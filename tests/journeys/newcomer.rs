//! What somebody meets who has never seen this product: that what is next is said, and
//! that nothing is forgotten in silence.

use crate::{
    people::joined,
    steps::{all_guilty, example, look, path_case, save, start},
};
use contract::{
    account::{Current, Home},
    hearing::{LogEvent, RecordAttendance},
};
use testkit::TestCourt;
use vocabulary::{Attendance, Severity};

#[tokio::test]
async fn whoever_only_administers_a_new_organisation_begins_at_its_people() {
    let court = TestCourt::open().await;
    let partner = joined(&court, "Pryce Adeyemi LLP").await;
    let person = partner.account_current(&Current {}).await.unwrap();
    assert!(matches!(person.home, Home::People), "{:?}", person.home);
    assert!(person.screens.iter().all(|own| own != "inbox"));
    // Whoever has work there begins with that.
    let solicitor = court.as_defence().await;
    let person = solicitor.account_current(&Current {}).await.unwrap();
    assert!(matches!(person.home, Home::Cases), "{:?}", person.home);
}

#[tokio::test]
async fn that_nobody_recorded_an_attendance_is_said_before_sharing_until_it_is() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let room = look(&adviser, hearing_id).await;
    let begin = room
        .log_choices
        .iter()
        .find(|own| own.control.as_deref() == Some("start"))
        .expect("it can be started");
    adviser
        .hearing_log_event(&LogEvent {
            hearing_id,
            version: room.version,
            definition_id: begin.definition_id,
            defendant_id: None,
            note: None,
        })
        .await
        .unwrap();
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "fine", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let draft = save(&adviser, hearing_id, room.draft.revision, lines.clone()).await;
    let said = draft
        .readiness
        .findings
        .iter()
        .find(|own| own.code == "attendance_missing")
        .expect("it is said");
    // It warns: the court may have its reason.
    assert_eq!(said.severity, Severity::Warns);
    assert!(said.message.contains(&room.defendants[0].name), "{said:?}");
    assert!(draft.readiness.ready, "{:#?}", draft.readiness.findings);

    adviser
        .hearing_record_attendance(&RecordAttendance {
            hearing_id,
            version: room.version,
            defendant_id: room.defendants[0].defendant_id,
            attendance: Attendance::NotPresent,
        })
        .await
        .unwrap();
    let draft = save(&adviser, hearing_id, draft.revision, lines).await;
    let codes: Vec<_> = draft
        .readiness
        .findings
        .iter()
        .map(|own| &own.code)
        .collect();
    assert!(
        !codes.iter().any(|code| *code == "attendance_missing"),
        "{codes:?}"
    );

    // Of a hearing in which everybody is recorded nothing is said.
    let other = TestCourt::open().await;
    let adviser = other.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let lines = example(&other, "withdrawn", &room, 0);
    let draft = save(&adviser, hearing_id, room.draft.revision, lines).await;
    let codes: Vec<_> = draft
        .readiness
        .findings
        .iter()
        .map(|own| &own.code)
        .collect();
    assert!(
        !codes.iter().any(|code| *code == "attendance_missing"),
        "{codes:?}"
    );
}
