//! Results that are shared here, read by the prison's system at the published address: the
//! prison reads what it holds, and the newer after an amendment; another is told nothing.

use super::{NOBODY, System, problem, sample};
use crate::{
    amending::{begin, reshare, sentenced, term, typed},
    audit,
    printouts::reader,
    steps::{all_guilty, example, look, path_case, save, share, start, view},
};
use app::demo;
use contract::{
    audit::Subject,
    hearing::{HearingView, Line},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use testkit::TestCourt;
use vocabulary::AmendmentKind;

const JSON: &str = "application/json";
const PDF: &str = "application/pdf";

/// Where the register of a hearing's first defendant is.
struct Place {
    urn: String,
    hearing: String,
    defendant: String,
}

impl Place {
    async fn of(client: &client::Client, room: &HearingView) -> Self {
        let defendant = &room.defendants[0];
        let case = view(client, defendant.case_id).await;
        Self {
            urn: case.urn.to_string(),
            hearing: room.hearing_id.to_string(),
            defendant: defendant.defendant_id.to_string(),
        }
    }

    async fn read(&self, by: &System) -> Value {
        by.registers(&self.urn, &self.hearing, &self.defendant)
            .await
    }

    /// The answer to whoever is told nothing.
    async fn hidden(&self, from: &System) -> Value {
        let mut told = Vec::new();
        for accept in [JSON, PDF] {
            let answer = from
                .ask(&self.urn, &self.hearing, &self.defendant, accept)
                .await;
            told.push(problem(answer, StatusCode::NOT_FOUND).await);
        }
        assert_eq!(told[0], told[1]);
        told.remove(0)
    }

    async fn printed(&self, by: &System) -> Vec<u8> {
        let answer = by.ask(&self.urn, &self.hearing, &self.defendant, PDF).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], PDF);
        answer.bytes().await.expect("bytes").to_vec()
    }
}

/// Every word of a PDF, in order.
fn words(pdf: &[u8]) -> String {
    let read = reader::read(pdf);
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    read.tree.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of a prompt in a register.
fn answers<'a>(register: &'a Value, label: &str) -> Vec<&'a str> {
    let offences = register["offences"].as_array().expect("offences");
    offences
        .iter()
        .flat_map(|offence| offence["results"].as_array().expect("results"))
        .chain(
            register["defendant"]["results"]
                .as_array()
                .expect("results"),
        )
        .flat_map(|result| result["resultTexts"].as_array().expect("texts"))
        .filter(|text| text["label"] == label)
        .filter_map(|text| text["value"].as_str())
        .collect()
}

fn sent_to(view: &HearingView, prison: &str) -> Vec<Line> {
    let mut lines = term(view, "9 months");
    for line in &mut lines {
        if let Some(name) = line.answers.get_mut("prisonOrganisationName") {
            prison.clone_into(name);
        }
        line.answers.remove("prisonEmailAddress1");
    }
    lines
}

#[tokio::test]
async fn the_prison_reads_what_was_shared_here_and_another_prison_nothing() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let hearing_id = sentenced(&court, &adviser).await;
    let room = look(&adviser, hearing_id).await;
    let place = Place::of(&adviser, &room).await;
    let prison = System::of(&court, demo::PRISON).await;
    let other = System::of(&court, demo::SECOND_PRISON).await;

    let registers = place.read(&prison).await;
    let [register] = registers.as_array().expect("a list").as_slice() else {
        panic!("one register: {registers}");
    };
    assert_eq!(register["prosecutionCase"]["caseURN"], json!(place.urn));
    assert_eq!(register["defendant"]["id"], json!(place.defendant));
    assert_eq!(register["hearing"]["id"], json!(place.hearing));
    assert_eq!(register["hearing"]["hearingDate"], json!(room.day));
    assert_eq!(
        register["hearing"]["defendantAppearanceDetails"],
        "In person"
    );
    let house = &register["hearing"]["courtDetails"]["court"];
    assert_eq!(house["courtHouseCode"], demo::MAGISTRATES);
    assert_eq!(register["offences"][0]["pleaValue"], "GUILTY");
    // With the sentence on the offence: the whole term of the defendant is for documents only.
    let prisons = answers(register, "Prison organisation name");
    assert_eq!(prisons, ["HMP Fallowdene"]);
    assert_eq!(answers(register, "Imprisonment Period"), ["9 months"]);
    // The offence that was withdrawn is there with its result.
    assert_eq!(
        register["offences"][1]["results"][0]["resultTexts"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );

    let pdf = place.printed(&prison).await;
    let said = words(&pdf);
    for expected in [
        "Prison court register",
        "HMP Fallowdene",
        "9 months",
        &place.urn,
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert!(!said.contains("no longer applies"), "{said}");
    assert_eq!(place.printed(&prison).await, pdf);

    // Another prison gets what a stranger gets: the answer to what does not exist.
    let hidden = place.hidden(&other).await;
    // That a prison's system read it is in the report of the case.
    let of_case = audit::report(&court, Subject::Case, &place.urn).await.lines;
    let read = audit::lines(&of_case, "register read")[0];
    assert!(read.why.starts_with("credential "), "{read:?}");
    assert!(read.to.contains(&place.urn), "{read:?}");
    let nowhere = Place {
        hearing: NOBODY.to_owned(),
        ..Place::of(&adviser, &room).await
    };
    assert_eq!(nowhere.hidden(&prison).await, hidden);
    let nobody = Place {
        defendant: NOBODY.to_owned(),
        ..Place::of(&adviser, &room).await
    };
    assert_eq!(nobody.hidden(&prison).await, hidden);
    let another_case = Place {
        urn: "29GD9000999".to_owned(),
        ..Place::of(&adviser, &room).await
    };
    assert_eq!(another_case.hidden(&prison).await, hidden);
    for ou_code in [demo::MAGISTRATES, demo::POLICE] {
        let system = System::of(&court, ou_code).await;
        let answer = system
            .ask(&place.urn, &place.hearing, &place.defendant, JSON)
            .await;
        problem(answer, StatusCode::FORBIDDEN).await;
    }
}

#[tokio::test]
async fn after_an_amendment_the_prison_reads_the_newer_register() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let hearing_id = sentenced(&court, &adviser).await;
    let room = look(&adviser, hearing_id).await;
    let place = Place::of(&adviser, &room).await;
    let prison = System::of(&court, demo::PRISON).await;

    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .expect("begun");
    // An amendment that is not shared changes nothing.
    assert_eq!(place.read(&prison).await.as_array().map(Vec::len), Some(1));
    let amending = typed(&adviser, &amending, term(&amending, "8 months")).await;
    reshare(&adviser, &amending).await.expect("shared");

    let registers = place.read(&prison).await;
    let [old, new] = registers.as_array().expect("a list").as_slice() else {
        panic!("two registers: {registers}");
    };
    assert_eq!(answers(old, "Imprisonment Period"), ["9 months"]);
    assert_eq!(answers(new, "Imprisonment Period"), ["8 months"]);
    let said = words(&place.printed(&prison).await);
    assert!(
        said.contains("8 months") && !said.contains("9 months"),
        "{said}"
    );
    assert!(said.contains("Amended"), "{said}");

    // Every reading is in the record, and a restart loses none of it.
    let court = court.restarted().await;
    let stream = domain::Stream::new(domain::StreamKind::Register, hearing_id.0);
    let events = court.state.app.ledger.events(stream, 0).await;
    // A reading is written a moment later, so it may stand after what came next.
    let count = |name: &str| {
        let events = events.as_ref().expect("events").iter();
        events.filter(|one| one.event.name() == name).count()
    };
    assert_eq!(count("register.hearing_registered"), 2);
    assert_eq!(count("register.register_read"), 3);
    let prison = System::of(&court, demo::PRISON).await;
    assert_eq!(place.read(&prison).await, registers);
}

#[tokio::test]
async fn a_prison_that_no_longer_gets_them_reads_that_the_old_register_ended() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let hearing_id = sentenced(&court, &adviser).await;
    let room = look(&adviser, hearing_id).await;
    let place = Place::of(&adviser, &room).await;
    let first = System::of(&court, demo::PRISON).await;
    let second = System::of(&court, demo::SECOND_PRISON).await;
    place.hidden(&second).await;

    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .expect("begun");
    let lines = sent_to(&amending, "HMP & YOI Larkstoke");
    let amending = typed(&adviser, &amending, lines).await;
    reshare(&adviser, &amending).await.expect("shared");

    // Each reads its own and not the other's.
    let of_first = place.read(&first).await;
    let of_second = place.read(&second).await;
    assert_eq!(of_first.as_array().map(Vec::len), Some(1));
    assert_eq!(of_second.as_array().map(Vec::len), Some(1));
    let named = |registers: &Value| {
        let prisons = answers(&registers[0], "Prison organisation name");
        prisons.first().map(|name| (*name).to_owned())
    };
    assert_eq!(named(&of_first).as_deref(), Some("HMP Fallowdene"));
    assert_eq!(named(&of_second).as_deref(), Some("HMP & YOI Larkstoke"));
    let old = words(&place.printed(&first).await);
    assert!(old.contains("This document no longer applies"), "{old}");
    assert!(!old.contains("Larkstoke"), "{old}");
    let new = words(&place.printed(&second).await);
    assert!(!new.contains("no longer applies"), "{new}");

    // Nobody goes to prison any more: neither reads on as if it stood.
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .expect("begun");
    let mut lines = example(&court, "dismissed", &amending, 0);
    lines.extend(example(&court, "dismissed", &amending, 1));
    let amending = typed(&adviser, &amending, lines).await;
    reshare(&adviser, &amending).await.expect("shared");
    assert_eq!(place.read(&second).await.as_array().map(Vec::len), Some(1));
    let ended = words(&place.printed(&second).await);
    assert!(ended.contains("This document no longer applies"), "{ended}");
}

#[tokio::test]
async fn a_remand_names_its_prison_and_the_next_hearing() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let place = Place::of(&adviser, &room).await;
    let mut lines = example(&court, "remand_in_custody", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;

    let prison = System::of(&court, demo::PRISON).await;
    let registers = place.read(&prison).await;
    let next = &registers[0]["hearing"]["nextHearing"];
    assert_eq!(next["court"]["courtHouseCode"], demo::MAGISTRATES, "{next}");
    // It is the hearing that sharing listed.
    let case = view(&adviser, room.defendants[0].case_id).await;
    let listed = next["hearingId"].as_str().expect("an id");
    let mut hearings = case.hearings.iter();
    assert!(hearings.any(|own| own.hearing_id.to_string() == listed));
    place
        .hidden(&System::of(&court, demo::SECOND_PRISON).await)
        .await;
}

#[tokio::test]
async fn results_without_custody_make_no_register_and_tell_no_prison_of_the_hearing() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let place = Place::of(&adviser, &room).await;
    let mut lines = example(&court, "fine", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;
    place.hidden(&System::of(&court, demo::PRISON).await).await;
}

#[tokio::test]
async fn nothing_is_brought_in_for_a_hearing_that_is_kept_here() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let hearing = hearing_id.to_string();
    let mut details = sample();
    details["hearing"]["id"] = json!(hearing);
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    let told = problem(
        sitting.bring(&hearing, &details).await,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await;
    assert!(
        told["title"]
            .as_str()
            .expect("a title")
            .contains("kept here"),
        "{told}"
    );
    // Another court that says it sat is not told that there is such a hearing.
    details["hearing"]["courtCentre"]["code"] = json!(demo::SECOND_MAGISTRATES);
    let other = System::of(&court, demo::SECOND_MAGISTRATES).await;
    problem(other.bring(&hearing, &details).await, StatusCode::FORBIDDEN).await;
    let stream = domain::Stream::new(domain::StreamKind::Register, hearing_id.0);
    let events = court.state.app.ledger.events(stream, 0).await;
    assert!(events.expect("events").is_empty());
}
