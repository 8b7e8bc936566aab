//! Before results are shared, everybody whom a document must reach is known: a name
//! that nobody here knows is found in the draft, and again by whoever shares.

use crate::steps::{all_guilty, example, look, path_case, save, start};
use client::Client;
use contract::{
    Code,
    hearing::{Draft, Finding, HearingView, Line, ShareResults},
};
use std::process::Command;
use testkit::TestCourt;
use vocabulary::Severity;

/// A hearing of the court in which everything is admitted.
async fn begun(court: &TestCourt) -> (Client, HearingView) {
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    (adviser, room)
}

/// The example on the first offence, the second withdrawn; with these answers.
fn lines(court: &TestCourt, room: &HearingView, name: &str, answers: &[(&str, &str)]) -> Vec<Line> {
    let mut lines = example(court, name, room, 0);
    lines.extend(example(court, "withdrawn", room, 1));
    let mut set = 0;
    for line in &mut lines {
        for (reference, answer) in answers {
            if let Some(own) = line.answers.get_mut(*reference) {
                (*answer).clone_into(own);
                set += 1;
            }
        }
    }
    assert!(set >= answers.len(), "{answers:?} are answered in {name}");
    lines
}

fn found<'a>(draft: &'a Draft, code: &str) -> Vec<&'a Finding> {
    let all = draft.readiness.findings.iter();
    all.filter(|finding| finding.code == code).collect()
}

fn sharing(room: &HearingView, draft: &Draft) -> ShareResults {
    ShareResults {
        hearing_id: room.hearing_id,
        version: room.version,
        revision: draft.revision,
    }
}

#[tokio::test]
async fn a_warrant_to_a_prison_that_is_not_known_blocks_sharing_with_the_reason() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let unknown = [
        ("prisonOrganisationName", "HMP Nowhere"),
        ("prisonEmailAddress1", "custody@nowhere.example.test"),
    ];
    let typed = lines(&court, &room, "imprisonment", &unknown);
    let draft = save(&adviser, room.hearing_id, room.draft.revision, typed).await;

    assert!(!draft.readiness.ready);
    let blocks = found(&draft, "recipient_not_known");
    assert_eq!(blocks.len(), 1, "{:#?}", draft.readiness.findings);
    assert_eq!(blocks[0].severity, Severity::Blocks);
    for part in ["prison", "HMP Nowhere", "Warrant for custodial sentence"] {
        assert!(blocks[0].message.contains(part), "{}", blocks[0].message);
    }
    // The next step: where it was typed, and what may be chosen.
    assert_eq!(blocks[0].field.as_deref(), Some("prisonOrganisationName"));
    assert!(blocks[0].line_id.is_some());
    assert!(
        blocks[0].hint.contains("HMP Fallowdene"),
        "{}",
        blocks[0].hint
    );

    // Whoever shares all the same is refused by the server, and nothing is shared.
    let refused = adviser
        .hearing_share_results(&sharing(&room, &draft))
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::NotReady);
    assert!(refused.title.contains("HMP Nowhere"), "{refused:?}");
    assert!(look(&adviser, room.hearing_id).await.shared.is_none());
}

#[tokio::test]
async fn a_prison_that_is_known_by_name_however_it_is_written_is_found() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let loosely = [("prisonOrganisationName", "hmp  FALLOWDENE")];
    let typed = lines(&court, &room, "imprisonment", &loosely);
    let draft = save(&adviser, room.hearing_id, room.draft.revision, typed).await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness.findings);
    assert!(found(&draft, "recipient_not_known").is_empty());
    adviser
        .hearing_share_results(&sharing(&room, &draft))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_prison_that_is_known_and_where_nobody_signs_in_warns_and_lets_share() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let quiet = [
        ("prisonOrganisationName", "HMP & YOI Larkstoke"),
        ("prisonEmailAddress1", "custody@larkstoke.example.test"),
    ];
    let typed = lines(&court, &room, "imprisonment", &quiet);
    let draft = save(&adviser, room.hearing_id, room.draft.revision, typed).await;
    let warned = found(&draft, "recipient_without_people");
    assert!(!warned.is_empty(), "{:#?}", draft.readiness.findings);
    assert!(warned.iter().all(|own| own.severity == Severity::Warns));
    assert!(warned[0].hint.contains("telephone"), "{}", warned[0].hint);
    assert!(draft.readiness.ready);
    let shared = adviser.hearing_share_results(&sharing(&room, &draft)).await;
    assert!(shared.unwrap().documents > 0);
}

#[tokio::test]
async fn a_probation_team_that_is_not_known_but_has_an_address_does_not_block() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let team = "probationteamtobenotifiedOrganisationName";
    let elsewhere = [
        (team, "Farwater Probation"),
        (
            "probationteamtobenotifiedEmailAddress1",
            "court.team@farwater.example.test",
        ),
    ];
    let mut typed = lines(&court, &room, "imprisonment", &elsewhere);
    let draft = save(
        &adviser,
        room.hearing_id,
        room.draft.revision,
        typed.clone(),
    )
    .await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness.findings);

    // With nothing but a name it cannot be reached, and that blocks.
    for line in &mut typed {
        line.answers.retain(|reference, _| {
            !reference.starts_with("probationteamtobenotified") || reference == team
        });
    }
    let draft = save(&adviser, room.hearing_id, draft.revision, typed).await;
    let blocks = found(&draft, "recipient_not_known");
    assert!(
        blocks.iter().any(|own| own.message.contains("Farwater")),
        "{:#?}",
        draft.readiness.findings
    );
    assert!(
        blocks[0].hint.contains("give its address"),
        "{}",
        blocks[0].hint
    );
    assert!(!draft.readiness.ready);
}

#[tokio::test]
async fn an_administrator_adds_the_prison_that_was_not_known_and_the_warrant_can_be_shared() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let unknown = [
        ("prisonOrganisationName", "HMP Northmoor"),
        ("prisonEmailAddress1", "custody@northmoor.example.test"),
    ];
    let typed = lines(&court, &room, "imprisonment", &unknown);
    let draft = save(&adviser, room.hearing_id, room.draft.revision, typed).await;
    assert!(!draft.readiness.ready);

    // The command line opens the record beside the server that serves it.
    let add = |name: &str| {
        Command::new(testkit::built("common-platform-server"))
            .args(["account", "create-organisation", "--kind", "prison"])
            .args(["--name", name, "--address", "Moor Road", "--data"])
            .arg(court.folder().unwrap())
            .output()
            .unwrap()
    };
    let added = add("HMP Northmoor");
    assert!(added.status.success(), "{added:?}");
    let twice = add("hmp northmoor");
    assert!(!twice.status.success(), "{twice:?}");

    let room = look(&adviser, room.hearing_id).await;
    let readiness = &room.draft.readiness;
    assert!(readiness.ready, "{:#?}", readiness.findings);
    let shared = adviser
        .hearing_share_results(&sharing(&room, &room.draft))
        .await;
    assert!(shared.unwrap().documents > 0);
}

#[tokio::test]
async fn of_two_police_forces_nobody_guesses_which_is_told_of_a_restraining_order() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let typed = lines(&court, &room, "restraining_order", &[]);
    let draft = save(
        &adviser,
        room.hearing_id,
        room.draft.revision,
        typed.clone(),
    )
    .await;
    assert!(found(&draft, "recipient_not_known").is_empty());

    let added = Command::new(testkit::built("common-platform-server"))
        .args(["account", "create-organisation", "--kind", "police"])
        .args(["--name", "Farwater Constabulary"])
        .args(["--address", "Ferry Road", "--data"])
        .arg(court.folder().unwrap())
        .output()
        .unwrap();
    assert!(added.status.success(), "{added:?}");
    let draft = save(&adviser, room.hearing_id, draft.revision, typed).await;
    let warned = found(&draft, "recipient_not_known");
    assert_eq!(warned.len(), 1, "{:#?}", draft.readiness.findings);
    assert_eq!(warned[0].severity, Severity::Warns);
    assert!(warned[0].message.contains("police force"));
    let shared = adviser.hearing_share_results(&sharing(&room, &draft)).await;
    shared.unwrap();
    let documents = look(&adviser, room.hearing_id).await.documents;
    let mut recipients = documents.iter().flat_map(|one| &one.deliveries);
    assert!(recipients.all(|one| !one.recipient.contains("Constabulary")));
}
