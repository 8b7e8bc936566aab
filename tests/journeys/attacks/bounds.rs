//! More than anybody types is refused before it is looked at.

use crate::steps::{example, look, path_case, save, start};
use contract::{
    Code,
    hearing::{SaveDraft, Unresolved},
};
use testkit::TestCourt;

#[tokio::test]
async fn a_draft_of_more_than_a_hearing_day_has_is_refused_and_the_one_before_stands() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let results = example(&court, "withdrawn", &room, 0);
    let saved = save(&adviser, hearing_id, room.draft.revision, results.clone()).await;
    let saving = |lines, text: String| SaveDraft {
        hearing_id,
        revision: saved.revision,
        lines,
        unresolved: vec![Unresolved {
            defendant_id: results[0].defendant_id,
            offence_id: None,
            text,
        }],
    };
    let many = vec![results[0].clone(); 601];
    for too_much in [
        saving(many, String::new()),
        saving(results.clone(), "x".repeat(64 * 1024)),
    ] {
        let refused = adviser.hearing_save_draft(&too_much).await.unwrap_err();
        assert_eq!(refused.code, Code::BadRequest);
    }
    let after = look(&adviser, hearing_id).await.draft;
    assert_eq!(
        (after.revision, after.lines.len()),
        (saved.revision, results.len())
    );
    let enough = saving(results.clone(), "x".repeat(60 * 1024));
    adviser.hearing_save_draft(&enough).await.unwrap();
}
