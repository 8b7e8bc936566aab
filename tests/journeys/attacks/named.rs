//! What a report says was asked is what was asked: nobody writes a line of their own into it,
//! and nobody stays out of it by writing an id another way.

use super::{PROSECUTOR, problem, rpc};
use crate::{
    audit::{lines, of_person, report},
    steps::path_case,
};
use app::demo::PATH_URN;
use contract::{Code, audit::Subject};
use serde_json::json;
use testkit::TestCourt;

/// Somebody who has no case.
const ADVOCATE: &str = "rosalind.quaye@fivewells.example.test";

#[tokio::test]
async fn a_report_names_what_was_refused_as_it_was_asked_and_holds_no_text_of_the_asker() {
    let court = TestCourt::open().await;
    let (case_id, hearing_id) = path_case(&court.as_legal_adviser().await).await;
    let victim = court.state.app.index.account_by_email(PROSECUTOR).await;
    let victim = victim.unwrap().unwrap().id;
    for beside in [
        json!({ "case_id": format!("{PATH_URN}/ leaked to the press") }),
        json!({ "account_id": victim }),
    ] {
        let mut body = json!({ "email": "nobody@court.example.test", "password": "no" });
        body.as_object_mut()
            .unwrap()
            .extend(beside.as_object().unwrap().clone());
        let (_, told) = problem(rpc(&court, "account.sign_in", &body)).await;
        assert_eq!(told.code, Code::WrongPassword);
    }
    let token = court.token(ADVOCATE).await;
    let asked = async |name: &str, body: serde_json::Value| {
        let request = rpc(&court, name, &body).bearer_auth(&token);
        problem(request).await.1.code
    };
    let upper = case_id.to_string().to_uppercase();
    assert_eq!(asked("case.view", json!([case_id])).await, Code::BadRequest);
    let by_upper = asked("case.view", json!({ "case_id": upper })).await;
    assert_eq!(by_upper, Code::NotFound);
    let decoy = json!({ "hearing_id": hearing_id, "case_id": uuid::Uuid::now_v7() });
    assert_eq!(asked("hearing.view", decoy).await, Code::NotFound);

    let of_case = report(&court, Subject::Case, PATH_URN).await.lines;
    assert_eq!(
        lines(&of_case, "refused: case.view").len(),
        1,
        "{of_case:#?}"
    );
    assert_eq!(lines(&of_case, "refused: hearing.view").len(), 1);
    assert!(lines(&of_case, "refused: account.sign_in").is_empty());
    let of_victim = of_person(&court, PROSECUTOR).await;
    assert!(lines(&of_victim, "refused").is_empty(), "{of_victim:#?}");
}
