//! The veil over sensitive cases: wherever something of one is shown, whoever may open it
//! sees it, whoever may know of it sees a neutral line, and for everybody else there is no
//! such case (docs/decisions/0028 has the table). And a reason that opens one holds on every
//! server, for its time; and what opens it to everybody is reviewed.

mod area;
mod finding;
mod hearing_live;
mod lists;
mod openings;
mod reviewers;
mod told;
mod typing;

use client::Client;
use contract::{
    Code,
    access::{BreakGlass, CaseAccess, Give, OfCase, SetSensitive},
    case::View,
};
use testkit::TestCourt;
use vocabulary::{CaseId, CasePermission, Group};

pub(crate) const ADVISER: &str = "ada.wren@court.example.test";
pub(crate) const ADMINISTRATOR: &str = "bryn.calder@court.example.test";
pub(crate) const SENSITIVE: &str = "Sensitive case";

pub(crate) async fn controller(court: &TestCourt) -> Client {
    court.person(Group::AccessController, 0).await
}

/// Makes the case sensitive, or lets it be as others are.
pub(crate) async fn set(
    client: &Client,
    case_id: CaseId,
    sensitive: bool,
) -> Result<CaseAccess, Code> {
    let set = SetSensitive {
        case_id,
        sensitive,
        reason: "A witness is protected.".to_owned(),
    };
    let answer = client.access_set_sensitive(&set).await;
    answer.map_err(|problem| problem.code)
}

pub(crate) async fn make_sensitive(court: &TestCourt, case_id: CaseId) {
    let controller = controller(court).await;
    set(&controller, case_id, true).await.unwrap();
}

/// Gives somebody of a court permission on the case.
pub(crate) async fn permit(court: &TestCourt, case_id: CaseId, email: &str) {
    let give = Give {
        case_id,
        email: email.to_owned(),
        permission: CasePermission::Access,
        defendant_id: None,
        until: None,
        reason: "Sits on it today.".to_owned(),
    };
    controller(court).await.access_give(&give).await.unwrap();
}

pub(crate) async fn break_glass(client: &Client, case_id: CaseId) -> Result<(), Code> {
    let glass = BreakGlass {
        case_id,
        reason: "Bail application out of hours.".to_owned(),
    };
    let answer = client.access_break_glass(&glass).await;
    answer.map(|_| ()).map_err(|problem| problem.code)
}

pub(crate) async fn opens(client: &Client, case_id: CaseId) -> Result<(), Code> {
    let answer = client.case_view(&View { case_id }).await;
    answer.map(|_| ()).map_err(|problem| problem.code)
}

/// Who may open the case, as those who give access see it.
pub(crate) async fn access(client: &Client, case_id: CaseId) -> CaseAccess {
    let of = OfCase {
        case: case_id.to_string(),
    };
    client.access_of_case(&of).await.unwrap()
}
