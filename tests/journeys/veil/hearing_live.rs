//! What open windows of courts hear: of the cases that their court hears, of those for which
//! their person said why, and of no other, not even that something happened in it.

use super::{break_glass, opens};
use crate::{
    amending::{begin, reshare, typed},
    steps::{self, SOON, example, hears, look, path_case, save, serve, share, start, view},
};
use contract::{
    Code,
    hearing::{HearingView, Line, View},
};
use reference::examples::{Directory, Organisation, example_with};
use std::time::Duration;
use testkit::TestCourt;
use vocabulary::{AmendmentKind, Group, HearingState};

/// A legal adviser of another court than the one that hears the case of the path.
const ELSEWHERE: &str = "gwenllian.parri@court.example.test";

#[tokio::test]
async fn another_court_learns_nothing_of_a_case_until_somebody_there_says_why() {
    let court = TestCourt::open().await;
    let own = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&own).await;
    let adviser = court.sign_in(ELSEWHERE).await;
    let judge = court.person(Group::DistrictJudge, 0).await;
    let (mut here, mut there, mut sent) = (own.live(None), adviser.live(None), judge.live(None));
    for live in [&mut here, &mut there, &mut sent] {
        assert!(hears(live, "everything", SOON).await);
    }
    let tag = format!("case:{case_id}");
    let prosecutor = court.as_cps().await;
    let glance = view(&prosecutor, case_id).await;
    serve(&prosecutor, &glance, "Statement.pdf", 3_000).await;
    // A judge sits where they are sent.
    assert!(hears(&mut here, &tag, SOON).await && hears(&mut sent, &tag, SOON).await);
    let quiet = tokio::time::timeout(Duration::from_millis(300), there.next_live());
    let heard = quiet.await;
    assert!(heard.is_err(), "{heard:?}");

    break_glass(&adviser, case_id).await.unwrap();
    opens(&adviser, case_id).await.unwrap();
    let mut tries = 0;
    loop {
        let name = format!("More {tries}.pdf");
        serve(&prosecutor, &glance, &name, 3_100 + tries).await;
        if hears(&mut there, &tag, Duration::from_millis(500)).await {
            break;
        }
        tries += 1;
        assert!(tries < 10, "whoever gave a reason hears nothing");
    }
}

/// An adjournment to the other magistrates' court.
fn adjourned_there(court: &TestCourt, view: &HearingView) -> Vec<Line> {
    let directory = Directory {
        magistrates_court: Organisation::new(
            "Porthgarreg Magistrates' Court",
            "Heol y Bont",
            "Porthgarreg",
            "PG1 1AA",
            "porthgarreg.mc@example.test",
        ),
        ..Directory::default()
    };
    let defendant = &view.defendants[0];
    let lines = example_with(
        &court.state.app.catalogue,
        &directory,
        "adjournment",
        defendant.defendant_id,
        defendant.offences[0].offence_id,
        view.day,
    );
    lines.unwrap().into_iter().map(steps::typed).collect()
}

#[tokio::test]
async fn a_court_at_which_a_hearing_was_only_listed_loses_the_case_when_it_is_moved() {
    let court = TestCourt::open().await;
    let own = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&own).await;
    start(&own, hearing_id).await;
    let room = look(&own, hearing_id).await;
    let mut lines = adjourned_there(&court, &room);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&own, hearing_id, 0, lines).await;
    share(&own, &room, &saved).await;
    let listed = view(&own, case_id).await.hearings.remove(1);
    assert!(listed.court.starts_with("Porthgarreg"), "{listed:?}");
    // It is their case now, as it is the other court's.
    let adviser = court.sign_in(ELSEWHERE).await;
    opens(&adviser, case_id).await.unwrap();
    let mut there = adviser.live(None);
    assert!(hears(&mut there, "everything", SOON).await);

    // The adjournment was to the court's own house.
    let amending = begin(&own, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let mut lines = example(&court, "adjournment", &amending, 0);
    let others = amending.draft.lines.iter().map(|line| &line.line);
    let second = amending.defendants[0].offences[1].offence_id;
    lines.extend(
        others
            .filter(|line| line.offence_id == Some(second))
            .cloned(),
    );
    let amending = typed(&own, &amending, lines).await;
    reshare(&own, &amending).await.unwrap();
    let tag = format!("case:{case_id}");
    assert!(hears(&mut there, &tag, SOON).await, "told once more");
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
    let vacated = adviser
        .hearing_view(&View {
            hearing_id: listed.hearing_id,
        })
        .await;
    assert_eq!(vacated.unwrap_err().code, Code::ReasonNeeded);

    // From now on nothing of it is heard there.
    while tokio::time::timeout(Duration::from_millis(300), there.next_live())
        .await
        .is_ok()
    {}
    let prosecutor = court.as_cps().await;
    let mut here = own.live(None);
    assert!(hears(&mut here, "everything", SOON).await);
    let glance = view(&prosecutor, case_id).await;
    serve(&prosecutor, &glance, "Statement.pdf", 3_000).await;
    assert!(hears(&mut here, &tag, SOON).await);
    let heard = tokio::time::timeout(Duration::from_millis(300), there.next_live()).await;
    assert!(heard.is_err(), "{heard:?}");
    // Whose court heard it keeps it.
    let after = view(&own, case_id).await;
    let states: Vec<_> = after.hearings.iter().map(|own| own.state).collect();
    assert!(states.contains(&HearingState::Vacated), "{states:?}");
}
