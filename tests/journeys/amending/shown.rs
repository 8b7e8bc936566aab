//! What whoever approves is shown, and what is kept from being shared unseen.

use super::{begin, lines, sentenced, typed};
use crate::steps::{all_guilty, example, look, path_case, save, start};
use contract::hearing::CompareVersions;
use testkit::TestCourt;
use vocabulary::{AmendmentKind, LineChange};

#[tokio::test]
async fn whoever_approves_sees_every_answer_that_differs() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let hearing_id = sentenced(&court, &adviser).await;
    let amending = begin(&adviser, hearing_id, AmendmentKind::UserError)
        .await
        .unwrap();
    // Where the warrant is sent is no part of the text of the result.
    let mut lines = lines(&amending);
    for line in &mut lines {
        if let Some(address) = line.answers.get_mut("prisonEmailAddress1") {
            "elsewhere@example.test".clone_into(address);
        }
        // Nor does an answer to no question come along.
        let unasked = ("nobodyAsks".to_owned(), "9000.00".to_owned());
        line.answers.insert(unasked.0, unasked.1);
    }
    typed(&adviser, &amending, lines).await;
    let sides = adviser
        .hearing_compare_versions(&CompareVersions {
            hearing_id,
            from: 1,
            to: None,
        })
        .await
        .unwrap();
    let changed: Vec<_> = sides
        .targets
        .iter()
        .flat_map(|target| &target.lines)
        .filter(|line| line.change == LineChange::Changed)
        .collect();
    assert_eq!(changed.len(), 1, "{changed:#?}");
    let (was, is) = (changed[0].was.as_ref(), changed[0].is.as_ref());
    assert_ne!(was, is);
    assert!(is.unwrap().contains("elsewhere@example.test"), "{is:?}");
}

#[tokio::test]
async fn a_name_that_fits_on_no_envelope_is_not_shared() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "imprisonment", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    for line in &mut lines {
        if let Some(name) = line.answers.get_mut("prisonOrganisationName") {
            *name = "HMP ".repeat(60);
        }
    }
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    assert!(!saved.readiness.ready);
    let findings = &saved.readiness.findings;
    assert!(
        findings.iter().any(|one| one.message.contains("200 fit")),
        "{findings:#?}"
    );
}
