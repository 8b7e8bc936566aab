//! Before results are shared, everybody whom a document must reach is known: a name
//! that nobody here knows is found in the draft, and again by whoever shares.

use crate::steps::{all_guilty, example, look, path_case, save, start};
use client::Client;
use contract::{
    Code,
    hearing::{Draft, Finding, HearingView, Line, ShareResults},
    inbox,
    result::Definition,
};
use testkit::TestCourt;
use tokio::process::Command;
use vocabulary::{DefinitionId, DeliveryState, ResultLineId, Severity};

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
        targets: None,
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

    // The command line opens the record beside the server that serves it, which goes on meanwhile.
    let add = async |name: &str| {
        Command::new(testkit::built("common-platform-server"))
            .args(["account", "create-organisation", "--kind", "prison"])
            .args(["--name", name, "--address", "Moor Road", "--data"])
            .arg(court.folder().unwrap())
            .output()
            .await
            .unwrap()
    };
    let added = add("HMP Northmoor").await;
    assert!(added.status.success(), "{added:?}");
    let twice = add("hmp northmoor").await;
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
async fn of_two_police_forces_the_one_that_the_court_chooses_has_the_order_and_takes_it_over() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let mut typed = lines(&court, &room, "restraining_order", &[]);
    let draft = save(
        &adviser,
        room.hearing_id,
        room.draft.revision,
        typed.clone(),
    )
    .await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness.findings);
    // Of one force there is nothing to choose, and nothing is asked.
    let order = typed
        .iter()
        .find(|line| {
            line.answers
                .keys()
                .any(|key| key.contains("rotectedPerson"))
        })
        .unwrap();
    let (line_id, definition_id) = (order.line_id, order.definition_id);
    let mut others = typed.iter().filter(|line| line.offence_id.is_some());
    let other = others.find(|line| line.offence_id != order.offence_id);
    let withdrawn = other.unwrap().line_id;
    let police = court.as_police().await;
    assert!(force_asked(&adviser, &room, definition_id).await.is_none());

    let added = Command::new(testkit::built("common-platform-server"))
        .args(["account", "create-organisation", "--kind", "police"])
        .args(["--name", "Farwater Constabulary"])
        .args(["--address", "Ferry Road", "--data"])
        .arg(court.folder().unwrap())
        .output()
        .await
        .unwrap();
    assert!(added.status.success(), "{added:?}");
    let joined = Command::new(testkit::built("common-platform-server"))
        .args([
            "account",
            "create",
            "--organisation",
            "Farwater Constabulary",
        ])
        .args(["--email", SERGEANT, "--name", "Dana Reed"])
        .args(["--role", "Sergeant", "--group", "Police Admin", "--data"])
        .arg(court.folder().unwrap())
        .env("COMMON_PLATFORM_NEW_PASSWORD", &court.config.demo_password)
        .output()
        .await
        .unwrap();
    assert!(joined.status.success(), "{joined:?}");
    // That the bail ended is for the force that had the conditions.
    answer(&mut typed, withdrawn, "Marches Constabulary");
    let draft = save(&adviser, room.hearing_id, draft.revision, typed.clone()).await;
    let blocks = found(&draft, "recipient_not_chosen");
    assert_eq!(blocks.len(), 1, "{:#?}", draft.readiness.findings);
    assert_eq!(blocks[0].severity, Severity::Blocks);
    assert!(blocks[0].message.contains("police force"));
    // The next step is a question of that result, with the forces to choose from.
    assert_eq!(blocks[0].line_id, Some(line_id));
    assert_eq!(blocks[0].field.as_deref(), Some(FORCE));
    assert!(blocks[0].hint.contains("Farwater Constabulary"));
    let asked = force_asked(&adviser, &room, definition_id).await.unwrap();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked.contains(&"Farwater Constabulary".to_owned()));
    let refused = adviser
        .hearing_share_results(&sharing(&room, &draft))
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::NotReady);

    // A force that is none of them is nobody.
    answer(&mut typed, line_id, "Nowhere Constabulary");
    let draft = save(&adviser, room.hearing_id, draft.revision, typed.clone()).await;
    let blocks = found(&draft, "recipient_not_known");
    assert_eq!(blocks.len(), 1, "{:#?}", draft.readiness.findings);
    assert_eq!(blocks[0].field.as_deref(), Some(FORCE));

    answer(&mut typed, line_id, "farwater constabulary");
    let draft = save(&adviser, room.hearing_id, draft.revision, typed).await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness.findings);
    let shared = adviser.hearing_share_results(&sharing(&room, &draft)).await;
    shared.unwrap();
    let documents = look(&adviser, room.hearing_id).await.documents;
    let told = documents
        .iter()
        .find(|one| one.name == "Notification of Restraining Order")
        .unwrap();
    let forces: Vec<_> = told
        .deliveries
        .iter()
        .filter(|one| {
            one.recipient.to_lowercase().contains("constabulary")
                || one.recipient.contains("Police")
        })
        .collect();
    assert_eq!(forces.len(), 1, "{forces:?}");
    assert!(
        forces[0]
            .recipient
            .eq_ignore_ascii_case("farwater constabulary")
    );
    assert!(forces[0].acknowledgement_required);

    // It lies in the inbox of that force, and of no other; somebody there takes it over.
    deliver(&court).await;
    let sergeant = court.sign_in(SERGEANT).await;
    let theirs = sergeant.inbox_list(&inbox::List {}).await.unwrap().items;
    let mut orders = theirs.iter().filter(|one| one.name == told.name);
    let (order, further) = (orders.next().unwrap(), orders.next());
    assert!(further.is_none() && order.acknowledgement_required);
    let delivery_id = order.delivery_id;
    assert_eq!(delivery_id, forces[0].delivery_id);
    let others = police.inbox_list(&inbox::List {}).await.unwrap().items;
    let mut others = others.into_iter();
    assert!(others.all(|one| one.document_id != order.document_id));
    let opened = sergeant.inbox_open(&inbox::Open { delivery_id }).await;
    assert_eq!(opened.unwrap().state, DeliveryState::Opened);
    let taken = sergeant
        .inbox_acknowledge(&inbox::Acknowledge { delivery_id })
        .await;
    assert_eq!(taken.unwrap().state, DeliveryState::Acknowledged);
    // The court sees that the force it chose has it.
    let documents = look(&adviser, room.hearing_id).await.documents;
    let mut rows = documents.iter().flat_map(|one| &one.deliveries);
    let row = rows.find(|one| one.delivery_id == delivery_id).unwrap();
    assert_eq!(row.state, DeliveryState::Acknowledged);
    assert!(
        row.note.as_deref().unwrap().contains("Dana Reed"),
        "{row:?}"
    );
}

/// Everything that can be made and arrive here has.
async fn deliver(court: &TestCourt) {
    let index = &court.state.app.index;
    for _ in 0..100 {
        court.work().await;
        let making = index.documents_to_make(9).await.unwrap();
        let delivering = index.documents_to_deliver(9).await.unwrap();
        if making.is_empty() && delivering.is_empty() {
            return;
        }
    }
    panic!("documents wait without end");
}

/// Somebody of the force that joins.
const SERGEANT: &str = "dana.reed@farwater.example.test";

/// The question that says which force is told.
const FORCE: &str = "policeForceToBeTold";

/// The forces to choose from, if the result asks.
async fn force_asked(
    adviser: &Client,
    room: &HearingView,
    definition_id: DefinitionId,
) -> Option<Vec<String>> {
    let asked = Definition {
        hearing_id: room.hearing_id,
        definition_id,
    };
    let view = adviser.result_definition(&asked).await.unwrap();
    let field = view.fields.into_iter().find(|own| own.reference == FORCE)?;
    Some(field.items.into_iter().map(|item| item.label).collect())
}

fn answer(lines: &mut [Line], line: ResultLineId, force: &str) {
    let mut own = lines.iter_mut().filter(|one| one.line_id == line);
    let answers = &mut own.next().unwrap().answers;
    answers.insert(FORCE.to_owned(), force.to_owned());
}

/// A next hearing goes into the list of the room that it names: one that is not there blocks, and
/// of a court that keeps no list here it is said that the case will be in none.
#[tokio::test]
async fn a_next_hearing_is_put_into_the_list_of_a_room_that_there_is() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let typed = lines(&court, &room, "adjournment", &[("HCROOM", "17")]);
    let draft = save(&adviser, room.hearing_id, room.draft.revision, typed).await;
    let blocks = found(&draft, "no_such_courtroom");
    assert_eq!(blocks.len(), 1, "{:#?}", draft.readiness.findings);
    assert_eq!(blocks[0].severity, Severity::Blocks);
    assert!(blocks[0].hint.contains("Courtroom 1"), "{blocks:?}");
    let refused = adviser.hearing_share_results(&sharing(&room, &draft)).await;
    assert_eq!(refused.unwrap_err().code, Code::NotReady);

    let elsewhere = [("hCHOUSEOrganisationName", "Farwater Magistrates' Court")];
    let typed = lines(&court, &room, "adjournment", &elsewhere);
    let draft = save(&adviser, room.hearing_id, draft.revision, typed).await;
    let warns = found(&draft, "next_hearing_in_no_list");
    assert_eq!(warns.len(), 1, "{:#?}", draft.readiness.findings);
    assert_eq!(warns[0].severity, Severity::Warns);
    assert!(draft.readiness.ready);

    let typed = lines(&court, &room, "adjournment", &[]);
    let draft = save(&adviser, room.hearing_id, draft.revision, typed).await;
    assert!(found(&draft, "next_hearing_in_no_list").is_empty());
    assert!(found(&draft, "no_such_courtroom").is_empty());
}
