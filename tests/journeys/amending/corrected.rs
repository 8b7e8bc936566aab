//! What an amendment puts right beside the results: a plea, a verdict, how somebody attended.
//! It counts once the amendment is shared, and goes with it if it is not.

use super::{TOMASZ, WARRANT, ask, begin, decide, delivered, pdf, reshare, sentenced};
use crate::{
    printouts::reader,
    steps::{look, view},
};
use client::Client;
use contract::{
    Problem,
    hearing::{
        CancelAmendment, CompareVersions, ComparedLine, EnterPlea, EnterVerdict, HearingView,
        RecordAttendance,
    },
};
use testkit::TestCourt;
use vocabulary::{AmendmentKind, Attendance, HearingId, LineChange};

async fn plead(client: &Client, hearing_id: HearingId, plea: &str) -> Result<HearingView, Problem> {
    let seen = look(client, hearing_id).await;
    let entering = EnterPlea {
        hearing_id,
        version: seen.version,
        offence_id: seen.defendants[0].offences[0].offence_id,
        plea: plea.to_owned(),
    };
    client.hearing_enter_plea(&entering).await?;
    Ok(look(client, hearing_id).await)
}

async fn find(client: &Client, seen: &HearingView, verdict: &str) -> Result<HearingView, Problem> {
    let entering = EnterVerdict {
        hearing_id: seen.hearing_id,
        version: seen.version,
        offence_id: seen.defendants[0].offences[0].offence_id,
        verdict: Some(verdict.to_owned()),
        day: None,
        instead: None,
        majority: None,
    };
    client.hearing_enter_verdict(&entering).await?;
    Ok(look(client, seen.hearing_id).await)
}

async fn attend(client: &Client, seen: &HearingView, how: Attendance) -> Result<(), Problem> {
    let recording = RecordAttendance {
        hearing_id: seen.hearing_id,
        version: seen.version,
        defendant_id: seen.defendants[0].defendant_id,
        attendance: how,
    };
    client.hearing_record_attendance(&recording).await?;
    Ok(())
}

/// What was put right, of two versions side by side.
async fn put_right(client: &Client, hearing_id: HearingId, to: Option<u32>) -> Vec<ComparedLine> {
    let comparing = CompareVersions {
        hearing_id,
        from: 1,
        to,
    };
    let sides = client.hearing_compare_versions(&comparing).await.unwrap();
    let lines = sides.targets.into_iter().flat_map(|own| own.lines);
    lines
        .filter(|own| ["Plea", "Verdict", "Attendance"].contains(&own.code.as_str()))
        .collect()
}

#[tokio::test]
async fn a_plea_a_verdict_and_an_attendance_are_put_right_with_what_prints_them() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let hearing_id = sentenced(&court, &adviser).await;
    let old = delivered(&court, &prison, WARRANT).await.remove(0);

    // Nothing of what is shared changes without an amendment, and that is not offered.
    let shared = look(&adviser, hearing_id).await;
    assert!(!shared.may.contains(&"plea".to_owned()), "{:?}", shared.may);
    let late = plead(&adviser, hearing_id, "NOT_GUILTY").await.unwrap_err();
    assert!(late.hint.contains("Amend the results"), "{late:?}");
    let late = attend(&adviser, &shared, Attendance::ByVideo).await;
    let late = late.unwrap_err();
    assert_eq!(late.reference.as_deref(), Some("already_shared"));

    let kind = AmendmentKind::AdministrativeError;
    begin(&adviser, hearing_id, kind).await.unwrap();
    let seen = plead(&adviser, hearing_id, "NOT_GUILTY").await.unwrap();
    let seen = find(&adviser, &seen, "G").await.unwrap();
    attend(&adviser, &seen, Attendance::ByVideo).await.unwrap();
    let seen = look(&adviser, hearing_id).await;
    assert_eq!(seen.defendants[0].attendance, Some(Attendance::ByVideo));
    let said = &seen.amendment.as_ref().unwrap().put_right;
    let today = court.today().in_words();
    let name = &seen.defendants[0].name;
    assert_eq!(
        *said,
        [
            format!("{name}, offence 1. Plea: Not Guilty, {today}, instead of Guilty, {today}"),
            format!("{name}, offence 1. Verdict: Found guilty, {today}, instead of none"),
            format!("{name}. Attendance: By video link, instead of In person"),
        ]
    );
    // The case is as it was shared.
    let case_id = seen.defendants[0].case_id;
    let offence = async || view(&adviser, case_id).await.defendants[0].offences[0].clone();
    assert_eq!(offence().await.plea, Some(format!("Guilty, {today}")));
    assert_eq!(offence().await.verdict, None);

    assert!(seen.draft.readiness.ready, "{:#?}", seen.draft.readiness);
    reshare(&adviser, &seen).await.unwrap();
    let own = offence().await;
    assert_eq!(own.plea, Some(format!("Not Guilty, {today}")));
    assert_eq!(own.verdict, Some(format!("Found guilty, {today}")));
    assert_eq!(own.convicted_on, Some(court.today()));
    let after = look(&adviser, hearing_id).await;
    assert_eq!(after.defendants[0].attendance, Some(Attendance::ByVideo));
    assert!(after.amendment.is_none());
    let summary = after.versions[0].summary.as_deref().unwrap();
    assert!(summary.ends_with("3 beside the results"), "{summary}");
    let lines = put_right(&adviser, hearing_id, Some(2)).await;
    let changes: Vec<_> = lines.iter().map(|own| own.change).collect();
    use LineChange::{Changed, New};
    assert_eq!(changes, [Changed, New, Changed], "{lines:?}");

    // The warrant prints the plea, so it is made again; the prison has both, one marked.
    let warrants = delivered(&court, &prison, WARRANT).await;
    assert_eq!(warrants.len(), 2);
    assert!(warrants[1].superseded.is_some() && warrants[0].superseded.is_none());
    assert_eq!(warrants[1].document_id, old.document_id);
    let new = reader::read(&pdf(&prison, &warrants[0]).await);
    assert!(new.tree.contains("Not Guilty"), "{}", new.tree);
    assert!(court.state.store.verify().await.unwrap().bad.is_none());
}

#[tokio::test]
async fn what_is_put_right_goes_with_an_amendment_that_is_given_up() {
    let court = TestCourt::open().await;
    let (adviser, colleague) = (court.as_legal_adviser().await, court.sign_in(TOMASZ).await);
    let hearing_id = sentenced(&court, &adviser).await;
    let kind = AmendmentKind::AdministrativeError;
    begin(&adviser, hearing_id, kind).await.unwrap();
    // Nobody else puts anything right meanwhile.
    let locked = plead(&colleague, hearing_id, "NOT_GUILTY").await;
    assert_eq!(locked.unwrap_err().reference.as_deref(), Some("locked"));
    let seen = look(&colleague, hearing_id).await;
    let locked = attend(&colleague, &seen, Attendance::ByVideo).await;
    assert_eq!(locked.unwrap_err().reference.as_deref(), Some("locked"));

    // Put back to what it was, nothing is changed.
    plead(&adviser, hearing_id, "NOT_GUILTY").await.unwrap();
    let seen = plead(&adviser, hearing_id, "GUILTY").await.unwrap();
    assert!(seen.amendment.as_ref().unwrap().put_right.is_empty());
    let same = reshare(&adviser, &seen).await.unwrap_err();
    assert_eq!(same.reference.as_deref(), Some("nothing_changed"));

    let seen = plead(&adviser, hearing_id, "NOT_GUILTY").await.unwrap();
    let cancelling = CancelAmendment {
        hearing_id,
        version: seen.version,
    };
    adviser.hearing_cancel_amendment(&cancelling).await.unwrap();
    let after = look(&adviser, hearing_id).await;
    let plea = after.defendants[0].offences[0].plea_value.as_deref();
    assert_eq!(plea, Some("GUILTY"));
    assert_eq!(after.shared.as_ref().unwrap().version, 1);
    let again = begin(&adviser, hearing_id, kind).await.unwrap();
    assert!(again.amendment.as_ref().unwrap().put_right.is_empty());
}

#[tokio::test]
async fn whoever_approves_sees_the_plea_that_is_put_right_and_nothing_is_added_after() {
    let court = TestCourt::open().await;
    let (adviser, colleague) = (court.as_legal_adviser().await, court.sign_in(TOMASZ).await);
    let hearing_id = sentenced(&court, &adviser).await;
    let kind = AmendmentKind::UserError;
    begin(&adviser, hearing_id, kind).await.unwrap();
    let seen = plead(&adviser, hearing_id, "NOT_GUILTY").await.unwrap();
    let seen = find(&adviser, &seen, "G").await.unwrap();
    ask(&adviser, &seen).await.unwrap();
    let late = plead(&adviser, hearing_id, "GUILTY").await.unwrap_err();
    assert_eq!(late.reference.as_deref(), Some("waits_for_approval"));

    let shown = put_right(&colleague, hearing_id, None).await;
    assert!(
        shown[0].is.as_deref().unwrap().starts_with("Not Guilty"),
        "{shown:?}"
    );
    decide(&colleague, hearing_id, None).await.unwrap();
    let seen = look(&adviser, hearing_id).await;
    reshare(&adviser, &seen).await.unwrap();
    let case = view(&adviser, seen.defendants[0].case_id).await;
    let plea = case.defendants[0].offences[0].plea.clone();
    assert!(plea.unwrap().starts_with("Not Guilty"));
}
