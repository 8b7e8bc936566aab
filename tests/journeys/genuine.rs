//! Whoever holds a document asks whether it is genuine, without a credential.

use crate::{
    audit, audited,
    copies::begun,
    steps::{example, look, save},
};
use contract::{
    audit::{AuditLine, Subject},
    document::OrderView,
    hearing::{BeginAmendment, Line, ShareResults},
};
use testkit::TestCourt;
use vocabulary::{AmendmentKind, AmendmentReason};

#[tokio::test]
async fn whoever_holds_a_document_learns_whether_it_is_genuine_and_still_stands() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let mut lines = example(&court, "fine", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let draft = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    let sharing = ShareResults {
        hearing_id: room.hearing_id,
        version: room.version,
        revision: draft.revision,
        targets: None,
    };
    adviser.hearing_share_results(&sharing).await.unwrap();
    let after = look(&adviser, room.hearing_id).await;
    let notice = after
        .documents
        .iter()
        .find(|own| own.name == "Notice of Financial Penalty")
        .unwrap();
    let ledger = &court.state.app.ledger;
    let document = ledger.document(notice.document_id).await.unwrap().unwrap();
    let view: OrderView = serde_json::from_value(document.view.clone()).unwrap();
    let code = view.verification_code;
    let ask = async |id: String, code: &str| {
        let url = format!("{}/v2/documents/{id}/verification/{code}", court.url);
        let answer = reqwest::get(url).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let id = notice.document_id.to_string();
    let (status, said) = ask(id.clone(), &code).await;
    assert_eq!(status, 200, "{said}");
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["genuine"], true);
    assert_eq!(said["name"], "Notice of Financial Penalty");
    assert_eq!(said["stands"], true);
    // As somebody reads it aloud.
    let aloud = code.replace('-', "").to_lowercase();
    assert_eq!(ask(id.clone(), &aloud).await.0, 200);
    // A wrong code and a number that nobody has are answered alike, and say nothing.
    let (wrong, of_wrong) = ask(id.clone(), "0000-0000-0000").await;
    let (nobodys, of_nobody) = ask(uuid::Uuid::now_v7().to_string(), &code).await;
    assert_eq!((wrong, nobodys), (404, 404));
    assert_eq!(of_wrong, of_nobody);
    assert!(!of_wrong.contains("Financial"), "{of_wrong}");
    assert_eq!(ask("no-number".to_owned(), &code).await.0, 404);

    // Who asked is in the reports of the case and of the document, once for each time.
    let verified = |lines: Vec<AuditLine>| {
        let of_it = |own: &AuditLine| own.what == "document found to be genuine";
        let lines: Vec<AuditLine> = lines.into_iter().filter(of_it).collect();
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert_eq!(lines[0].who, "nobody signed in");
        assert!(lines[0].from.starts_with("127.0.0.1"), "{lines:#?}");
        assert!(lines[0].to.contains(&id), "{lines:#?}");
    };
    verified(audited::of_case(&court).await);
    verified(audit::report(&court, Subject::Material, &id).await.lines);

    // What no longer stands says so.
    adviser
        .hearing_begin_amendment(&BeginAmendment {
            hearing_id: room.hearing_id,
            version: after.version,
            kind: AmendmentKind::AdministrativeError,
            reason: AmendmentReason::RecordedWrongly,
            note: "The sum was written down wrongly.".to_owned(),
        })
        .await
        .unwrap();
    let seen = look(&adviser, room.hearing_id).await;
    let mut lines: Vec<Line> = seen
        .draft
        .lines
        .iter()
        .map(|own| own.line.clone())
        .collect();
    for line in &mut lines {
        if let Some(sum) = line.answers.get_mut("AOF") {
            "150.00".clone_into(sum);
        }
    }
    let draft = save(&adviser, room.hearing_id, seen.draft.revision, lines).await;
    let seen = look(&adviser, room.hearing_id).await;
    let sharing = ShareResults {
        hearing_id: room.hearing_id,
        version: seen.version,
        revision: draft.revision,
        targets: None,
    };
    adviser.hearing_share_results(&sharing).await.unwrap();
    let (status, said) = ask(id.clone(), &code).await;
    assert_eq!(status, 200);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["stands"], false);
    assert!(said["endedOn"].is_string(), "{said}");
    // Whoever guesses is stopped, before they are right; being right does not count.
    for guess in 0..61 {
        assert_eq!(ask(id.clone(), &code).await.0, 200, "{guess}");
    }
    let mut tries = 3;
    while ask(id.clone(), &format!("0000-0000-{tries:04}")).await.0 == 404 {
        tries += 1;
        assert!(tries < 200, "nobody is stopped");
    }
    assert_eq!(tries, 60);
    let (status, said) = ask(id, &code).await;
    assert_eq!(status, 429, "{said}");
    assert!(!said.contains("Financial"), "{said}");
}
