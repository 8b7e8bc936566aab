//! Bail with conditions ends with the case: whoever enforces or monitors it is told then, and
//! not while the defendant is to come back.

use crate::steps::{all_guilty, example, look, path_case, save, share, start, view};
use contract::hearing::{Line, Preview};
use testkit::TestCourt;

/// One offence withdrawn and the other on bail with a tag; on the day to which it was put off
/// the rest of the case ends as well, and with it the bail.
#[tokio::test]
async fn whoever_enforces_and_monitors_bail_is_told_when_it_ends_with_the_case() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "electronic_monitoring_of_bail", &seen, 0);
    lines.extend(example(&court, "withdrawn", &seen, 1));
    let draft = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    share(&adviser, &seen, &draft).await;
    let case = view(&adviser, case_id).await;
    let next = case
        .hearings
        .iter()
        .find(|own| own.hearing_id != hearing_id);
    let next = look(&adviser, next.expect("a next hearing").hearing_id).await;
    let told = async |lines: Vec<Line>| -> Vec<(String, String)> {
        let hearing_id = next.hearing_id;
        let preview = Preview { hearing_id, lines };
        let seen = adviser.hearing_preview(&preview).await.unwrap();
        let ended = seen.documents.into_iter();
        let ended = ended.filter(|own| own.name.ends_with("Ended"));
        ended
            .map(|own| (own.name, own.recipients.join("; ")))
            .collect()
    };
    let monitoring = reference::examples::Directory::default().monitoring.name;
    let all = told(example(&court, "dismissed", &next, 0)).await;
    let [(bail, police), (tag, contractor)] = all.as_slice() else {
        panic!("{all:?}");
    };
    assert!(
        bail.contains("Bail Conditions") && police == "Marches Constabulary",
        "{all:?}"
    );
    assert!(tag.contains("Electronic Monitoring"), "{all:?}");
    assert_eq!(*contractor, monitoring);
    // While it is put off again the bail goes on.
    assert!(
        told(example(&court, "adjournment", &next, 0))
            .await
            .is_empty()
    );
}
