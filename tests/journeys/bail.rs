//! Bail with conditions ends with the case, or because something takes its place: whoever
//! enforces or monitors it is told then, and not while it goes on.

use crate::{
    roles::{amends, delivered, result},
    steps::{all_guilty, example, look, path_case, save, share, start, view},
};
use contract::hearing::{Line, Preview};
use testkit::TestCourt;
use tokio::process::Command;

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
        let ended = ended.filter(|own| own.name.contains("Bail") && own.name.ends_with("Ended"));
        ended
            .map(|own| (own.name, own.recipients.join("; ")))
            .collect()
    };
    let monitoring = reference::examples::Directory::default().monitoring.name;
    // However it ends: acquitted, fined, held, or on bail without conditions.
    for how in [
        "dismissed",
        "fine",
        "remand_in_custody",
        "unconditional_bail",
    ] {
        let all = told(example(&court, how, &next, 0)).await;
        let [(bail, police), (tag, contractor)] = all.as_slice() else {
            panic!("{how}: {all:?}");
        };
        assert!(
            bail.contains("Bail Conditions")
                && police == "Marches Constabulary; Marches Witness Care Unit",
            "{how}: {all:?}"
        );
        assert!(tag.contains("Electronic Monitoring"), "{how}: {all:?}");
        assert_eq!(*contractor, monitoring, "{how}");
    }
    // New conditions without a tag end the monitoring alone.
    let all = told(example(&court, "conditional_bail", &next, 0)).await;
    let [(tag, contractor)] = all.as_slice() else {
        panic!("{all:?}");
    };
    assert!(tag.contains("Electronic Monitoring") && *contractor == monitoring);
    // While it is put off again the bail goes on, and with the tag if that is repeated.
    for how in ["adjournment", "electronic_monitoring_of_bail"] {
        assert!(
            told(example(&court, how, &next, 0)).await.is_empty(),
            "{how}"
        );
    }
}

/// Where the court knows several forces, the one that it told of the conditions is told of their
/// end, whatever result ends them: no result but the bail asks which force it is.
#[tokio::test]
async fn the_force_that_enforces_the_conditions_is_told_that_they_ended() {
    let court = TestCourt::open().await;
    let added = Command::new(testkit::built("common-platform-server"))
        .args(["account", "create-organisation", "--kind", "police"])
        .args(["--name", "Farwater Constabulary"])
        .args(["--address", "Ferry Road", "--data"])
        .arg(court.folder().unwrap())
        .output()
        .await
        .unwrap();
    assert!(added.status.success(), "{added:?}");
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = Vec::new();
    for nth in 0..seen.defendants[0].offences.len() {
        lines.extend(example(&court, "conditional_bail", &seen, nth));
    }
    let draft = save(&adviser, hearing_id, seen.draft.revision, lines.clone()).await;
    let findings = draft.readiness.findings.iter();
    let open: Vec<_> = findings
        .filter(|own| own.code == "recipient_not_chosen")
        .collect();
    assert!(!open.is_empty(), "{:#?}", draft.readiness.findings);
    for line in &mut lines {
        if let Some(asked) = open.iter().find(|own| own.line_id == Some(line.line_id)) {
            let force = "Farwater Constabulary".to_owned();
            line.answers.insert(asked.field.clone().unwrap(), force);
        }
    }
    let draft = save(&adviser, hearing_id, draft.revision, lines).await;
    share(&adviser, &seen, &draft).await;
    let case = view(&adviser, case_id).await;
    let next = case
        .hearings
        .iter()
        .find(|own| own.hearing_id != hearing_id);
    let next = look(&adviser, next.expect("a next hearing").hearing_id).await;
    let preview = Preview {
        hearing_id: next.hearing_id,
        lines: example(&court, "remand_in_custody", &next, 0),
    };
    let seen = adviser.hearing_preview(&preview).await.unwrap();
    let ended = seen
        .documents
        .iter()
        .find(|own| own.name == "Notification that Bail Conditions Have Ended");
    let ended = ended.expect("the end is told");
    let told = ["Farwater Constabulary", "Marches Witness Care Unit"];
    assert_eq!(ended.recipients, told);
}

/// An amendment that leaves the ending as it was sends nobody the notification of it again, although
/// the results by which it came about read otherwise.
#[tokio::test]
async fn that_bail_ended_is_told_once_although_the_sentence_is_put_right() {
    const ENDED: &str = "Notification that Bail Conditions Have Ended";
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "conditional_bail", &seen, 0);
    lines.extend(example(&court, "withdrawn", &seen, 1));
    let draft = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    share(&adviser, &seen, &draft).await;
    let case = view(&adviser, case_id).await;
    let mut hearings = case.hearings.iter();
    let next = hearings.find(|own| own.hearing_id != hearing_id).unwrap();
    let next = next.hearing_id;
    start(&adviser, next).await;
    let seen = look(&adviser, next).await;
    let lines = example(&court, "fine", &seen, 0);
    let draft = save(&adviser, next, seen.draft.revision, lines).await;
    let seen = look(&adviser, next).await;
    share(&adviser, &seen, &draft).await;
    let police = court.as_police().await;
    let told = delivered(&court, &police, ENDED).await;
    assert_eq!(told.len(), 1, "{told:#?}");
    amends(&adviser, next, (&["AOF"], "310.00")).await;
    let still = delivered(&court, &police, ENDED).await;
    assert_eq!(still.len(), 1, "{still:#?}");
    assert!(still[0].superseded.is_none(), "{still:#?}");
}

/// Of one offence a child stays in youth detention, of the other where a local authority places
/// them: the notice says both, and which is which (LASPO Act 2012 s.91).
#[tokio::test]
async fn who_is_refused_bail_on_two_terms_reads_which_is_of_which_offence() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let offences = &seen.defendants[0].offences;
    let of = |code: &str, nth: usize| {
        let mut line = result(&court, &seen, code, &[]);
        line.offence_id = Some(offences[nth].offence_id);
        line
    };
    let notice = async |lines: Vec<Line>| {
        let preview = Preview { hearing_id, lines };
        let documents = adviser.hearing_preview(&preview).await.unwrap().documents;
        let mut all = documents.into_iter();
        let notice = all.find(|own| own.name == "Notice of Refusal of Bail");
        serde_json::to_string(&notice.expect("it").view).unwrap()
    };
    let both = notice(vec![of("RIYDA", 0), of("RILA", 1)]).await;
    let said = format!(
        "For these offences you must stay in custody: 1 ({}). For these you must live where a \
         local authority places you: 2 ({}). This holds until",
        offences[0].title, offences[1].title
    );
    assert!(both.contains(&said), "{both}");
    let custody = notice(vec![of("RIYDA", 0), of("RI", 1)]).await;
    assert!(
        custody.contains("You must stay in custody until"),
        "{custody}"
    );
    assert!(!custody.contains("local authority places you"), "{custody}");
    let care = notice(vec![of("RILA", 0), of("RILA", 1)]).await;
    assert!(
        care.contains("You must live where a local authority places you until"),
        "{care}"
    );
    assert!(!care.contains("stay in custody"), "{care}");
}
