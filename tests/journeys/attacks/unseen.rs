//! Reasons that nobody can read are none.

use super::ADVISER;
use crate::{
    amending::sentenced,
    steps::{look, path_case},
};
use contract::{
    Code, Problem,
    access::{BreakGlass, SetSensitive},
    case::RestrictListing,
    hearing::{BeginAmendment, UnlockResults},
};
use testkit::TestCourt;
use vocabulary::{AmendmentKind, AmendmentReason, Group};

/// Signs that nobody sees.
const NOTHING: &str = "\u{200b}\u{2060}\u{2800}";
const REASON: &str = "It is needed in court.";

fn refused<T>(answer: Result<T, Problem>) -> Code {
    answer.err().map_or_else(
        || panic!("what nobody can read was taken for a reason"),
        |problem| problem.code,
    )
}

#[tokio::test]
async fn a_reason_of_signs_that_nobody_sees_is_no_reason() {
    let court = TestCourt::open().await;
    let adviser = court.sign_in(ADVISER).await;
    let (case_id, _) = path_case(&adviser).await;
    let hearing_id = sentenced(&court, &adviser).await;

    let begin = |note: &str, version| BeginAmendment {
        hearing_id,
        version,
        kind: AmendmentKind::AdministrativeError,
        reason: AmendmentReason::RecordedWrongly,
        note: note.to_owned(),
    };
    let version = look(&adviser, hearing_id).await.version;
    let answer = adviser
        .hearing_begin_amendment(&begin(NOTHING, version))
        .await;
    assert_eq!(refused(answer), Code::Refused);
    adviser
        .hearing_begin_amendment(&begin(REASON, version))
        .await
        .unwrap();

    let administrator = court.sign_in("bryn.calder@court.example.test").await;
    let unlock = UnlockResults {
        hearing_id,
        version: look(&administrator, hearing_id).await.version,
        why: NOTHING.to_owned(),
    };
    let answer = administrator.hearing_unlock_results(&unlock).await;
    assert_eq!(refused(answer), Code::Refused);

    let restrict = |reason: &str| RestrictListing {
        case_id,
        kept_off: true,
        reason: reason.to_owned(),
    };
    let answer = adviser.case_restrict_listing(&restrict(NOTHING)).await;
    assert_eq!(refused(answer), Code::Refused);

    let controller = court.person(Group::AccessController, 0).await;
    let sensitive = |reason: &str| SetSensitive {
        case_id,
        sensitive: true,
        reason: reason.to_owned(),
    };
    let answer = controller.access_set_sensitive(&sensitive(NOTHING)).await;
    assert_eq!(refused(answer), Code::Refused);
    controller
        .access_set_sensitive(&sensitive(REASON))
        .await
        .unwrap();
    let glass = |reason: &str| BreakGlass {
        case_id,
        reason: reason.to_owned(),
    };
    let answer = administrator.access_break_glass(&glass(NOTHING)).await;
    assert_eq!(refused(answer), Code::Refused);
    administrator
        .access_break_glass(&glass(REASON))
        .await
        .unwrap();
}
