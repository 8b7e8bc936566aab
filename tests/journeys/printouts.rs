//! Lists, registers, extracts, memoranda and receipts: who has which, what stands in
//! them, and that it is recorded before a byte leaves.

#[allow(dead_code, reason = "the golden tests ask more of it")]
#[path = "../golden/reader.rs"]
pub(crate) mod reader;

use crate::{
    amending::{begin, reshare, sentenced, term, typed},
    steps::{example, look, path_case, save, serve, share, start, view},
};
use app::demo::{self, PATH_URN};
use client::{Bytes, Client};
use contract::{
    Code, Problem,
    case::RestrictListing,
    defence::Associate,
    printout::{OfCase, OfCourt, Offered},
};
use domain::{Event, Stream, StreamKind, reading::ReadingEvent};
use testkit::TestCourt;
use vocabulary::{AmendmentKind, CaseId, CourtId, Day, Group, HearingId, RepresentationBasis};

const FIRST: &str = "Ashmere Magistrates' Court";

pub(crate) async fn bytes(client: &Client, printout: &str) -> Result<Vec<u8>, Problem> {
    let download = client.download(Bytes::Printout, printout).await?;
    download.all(10_000_000).await
}

/// What a printout says, as it is read aloud.
pub(crate) async fn text(client: &Client, printout: &str) -> String {
    let pdf = bytes(client, printout).await.expect("a printout");
    let read = reader::read(&pdf);
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    read.tree
}

pub(crate) async fn refused(client: &Client, printout: &str) -> Code {
    bytes(client, printout).await.expect_err("a refusal").code
}

pub(crate) async fn of_court(client: &Client, court_id: Option<CourtId>, day: Day) -> Vec<Offered> {
    let of = OfCourt {
        court_id,
        courtroom_id: None,
        day: Some(day),
    };
    client
        .printout_of_court(&of)
        .await
        .expect("printouts")
        .printouts
}

pub(crate) async fn of_case(client: &Client, case_id: CaseId) -> Vec<Offered> {
    let of = OfCase { case_id };
    client
        .printout_of_case(&of)
        .await
        .expect("printouts")
        .printouts
}

fn names(offered: &[Offered]) -> Vec<&str> {
    offered.iter().map(|one| one.name.as_str()).collect()
}

pub(crate) fn word<'a>(offered: &'a [Offered], name: &str) -> &'a str {
    let found = offered.iter().find(|one| one.name == name);
    &found
        .unwrap_or_else(|| panic!("no {name} in {offered:?}"))
        .printout
}

pub(crate) async fn court_of(court: &TestCourt, ou_code: &str) -> CourtId {
    let all = court.state.app.index.organisations().await.unwrap();
    let own = all
        .iter()
        .find(|one| one.ou_code.as_deref() == Some(ou_code));
    own.and_then(|one| one.court.as_ref()).expect("a court").id
}

#[tokio::test]
async fn each_has_the_lists_that_are_theirs_and_no_other() {
    let court = TestCourt::open().await;
    let first = Some(court_of(&court, demo::MAGISTRATES).await);
    let day = court.today();
    let adviser = court.as_legal_adviser().await;
    let all = of_court(&adviser, first, day).await;
    let expected = [
        "Public court list",
        "Standard court list",
        "Bench court list",
        "Prison court list",
        "Court register",
        "Youth court register",
        "Informant register",
    ];
    assert_eq!(names(&all), expected);
    for (group, theirs) in [
        (Group::Media, &expected[..2]),
        (Group::DefenceLawyers, &expected[..1]),
        (Group::Advocates, &expected[..1]),
        (Group::ProbationAdmin, &expected[..2]),
        (Group::Nces, &expected[..1]),
    ] {
        let client = court.person(group, 0).await;
        let offered = of_court(&client, first, day).await;
        assert_eq!(names(&offered), theirs, "{group}");
        for one in &all {
            // What is offered can be had, and what is not offered is not there.
            match bytes(&client, &one.printout).await {
                Ok(_) => assert!(offered.contains(one), "{group} has {}", one.name),
                Err(problem) => {
                    assert!(!offered.contains(one), "{group} lacks {}", one.name);
                    assert_eq!(problem.code, Code::NotFound, "{group} {}", one.name);
                }
            }
        }
    }
    let prison = court.as_prison().await;
    let offered = of_court(&prison, first, day).await;
    assert_eq!(names(&offered), [expected[0], expected[3]]);

    // Whoever runs the service sees no case, on no list.
    let service = court.as_administrator().await;
    let of = OfCourt {
        court_id: first,
        courtroom_id: None,
        day: Some(day),
    };
    let asked = service.printout_of_court(&of).await;
    assert_eq!(asked.unwrap_err().code, Code::NotPermitted);
    assert_eq!(
        refused(&service, word(&all, expected[0])).await,
        Code::NotFound
    );
    // Nor does somebody who has not signed in.
    let stranger = court.stranger();
    assert_eq!(
        refused(&stranger, word(&all, expected[0])).await,
        Code::SignedOut
    );
    // What is no printout, and a court that there is not, are answered alike.
    for wrong in [
        "../documents",
        "public-list",
        &format!("receipt.{}", uuid::Uuid::nil()),
    ] {
        assert_eq!(refused(&adviser, wrong).await, Code::NotFound, "{wrong}");
    }
}

/// Somebody who is seventeen, whom the demo court hears today: where, in which hearing,
/// who, and in which case.
pub(crate) async fn youth_today(court: &TestCourt) -> (CourtId, HearingId, String, String) {
    let (app, day) = (&court.state.app, court.today());
    for organisation in app.index.organisations().await.unwrap() {
        let Some(house) = organisation.court else {
            continue;
        };
        for (room, _) in house.rooms {
            for hearing in app.index.hearings_on(room, day).await.unwrap() {
                for case in app.ledger.cases(&hearing.cases).await.unwrap() {
                    for defendant in &case.defendants {
                        if domain::listing::is_youth(defendant, day) == Some(true) {
                            let name = defendant.charged.party.name();
                            return (house.id, hearing.hearing_id, name, case.urn.to_string());
                        }
                    }
                }
            }
        }
    }
    panic!("nobody under 18 in today's lists")
}

#[tokio::test]
async fn nobody_under_18_is_named_outside_the_court() {
    let court = TestCourt::open().await;
    let (day, adviser) = (court.today(), court.as_legal_adviser().await);
    let (house, hearing_id, name, urn) = youth_today(&court).await;
    let lists = of_court(&adviser, Some(house), day).await;

    let public = text(&adviser, word(&lists, "Public court list")).await;
    assert!(
        !public.contains(&name) && !public.contains(&urn),
        "{public}"
    );
    let standard = text(&adviser, word(&lists, "Standard court list")).await;
    assert!(!standard.contains(&name), "{standard}");
    assert!(standard.contains(&urn) && standard.contains("A person under 18"));
    let bench = text(&adviser, word(&lists, "Bench court list")).await;
    assert!(
        bench.contains(&name) && bench.contains("under 18"),
        "{bench}"
    );

    // What the court decides, the youth offending team of the court house is told.
    let team = court.person(Group::YouthOffending, 0).await;
    let register = format!("youth-register.{house}.{day}");
    assert!(!text(&team, &register).await.contains(&name));
    start(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let lines = (0..seen.defendants[0].offences.len())
        .flat_map(|at| example(&court, "withdrawn", &seen, at))
        .collect();
    let draft = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness.findings);
    share(&adviser, &seen, &draft).await;
    let said = text(&team, &register).await;
    assert!(said.contains(&name) && said.contains(&urn), "{said}");
    assert!(said.contains("Withdrawn"), "{said}");
}

#[tokio::test]
async fn a_case_that_the_court_keeps_off_lists_is_on_the_bench_list_only() {
    let court = TestCourt::open().await;
    let (adviser, defence) = (court.as_legal_adviser().await, court.as_defence().await);
    let (case_id, _) = path_case(&adviser).await;
    let first = Some(court_of(&court, demo::MAGISTRATES).await);
    let lists = of_court(&adviser, first, court.today()).await;
    let on = async |name: &str| text(&adviser, word(&lists, name)).await.contains(PATH_URN);
    assert!(on("Public court list").await && on("Standard court list").await);

    let keep = |kept_off, reason: &str| RestrictListing {
        case_id,
        kept_off,
        reason: reason.to_owned(),
    };
    // Only the court decides that, and it says why.
    let theirs = defence.case_restrict_listing(&keep(true, "Please")).await;
    assert_eq!(theirs.unwrap_err().code, Code::NotPermitted);
    let without = adviser.case_restrict_listing(&keep(true, "  ")).await;
    assert_eq!(without.unwrap_err().code, Code::Refused);
    let reason = "A witness would be in danger.";
    adviser
        .case_restrict_listing(&keep(true, reason))
        .await
        .unwrap();
    let twice = adviser.case_restrict_listing(&keep(true, reason)).await;
    assert_eq!(twice.unwrap_err().code, Code::Refused);

    assert!(!on("Public court list").await && !on("Standard court list").await);
    let bench = text(&adviser, word(&lists, "Bench court list")).await;
    assert!(bench.contains(PATH_URN) && bench.contains("Kept off public lists"));
    // Why is the court's alone.
    assert!(!bench.contains(reason));
    adviser
        .case_restrict_listing(&keep(false, "It is over."))
        .await
        .unwrap();
    assert!(on("Public court list").await);
}

#[tokio::test]
async fn an_extract_and_a_memorandum_go_to_the_court_and_the_parties_and_are_recorded() {
    let court = TestCourt::open().await;
    let (adviser, cps) = (court.as_legal_adviser().await, court.as_cps().await);
    let (defence, other) = (court.as_defence().await, court.as_other_defence().await);
    let (case_id, _) = path_case(&adviser).await;
    let glance = view(&adviser, case_id).await;
    let defendant_id = glance.defendants[0].defendant_id;
    let extract = format!("extract.{case_id}.{defendant_id}");
    let memorandum = format!("memorandum.{case_id}.{defendant_id}");

    // Nobody is convicted yet: there is an extract and no memorandum.
    let before = of_case(&adviser, case_id).await;
    assert!(names(&before).contains(&"Court extract"));
    assert!(!names(&before).contains(&"Memorandum of conviction"));
    assert_eq!(refused(&adviser, &memorandum).await, Code::Refused);
    // A firm that may find the case, and is not on record, has neither.
    assert_eq!(refused(&defence, &extract).await, Code::NotFound);

    defence
        .defence_associate(&Associate {
            case_id,
            defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: true,
        })
        .await
        .unwrap();
    sentenced(&court, &adviser).await;
    for client in [&adviser, &cps, &defence] {
        let said = text(client, &extract).await;
        assert!(
            said.contains("Results shared") && said.contains("Imprisonment"),
            "{said}"
        );
        let proves = text(client, &memorandum).await;
        assert!(proves.contains("Convicted on") && proves.contains("Signature and date"));
        // The second offence was withdrawn: nobody is convicted of it.
        let of = |title: &str| (said.contains(title), proves.contains(title));
        assert_eq!(of(&glance.defendants[0].offences[0].title), (true, true));
        assert_eq!(of(&glance.defendants[0].offences[1].title), (true, false));
        assert!(names(&of_case(client, case_id).await).contains(&"Memorandum of conviction"));
    }
    for client in [
        &other,
        &court.as_prison().await,
        &court.person(Group::Media, 0).await,
    ] {
        assert_eq!(refused(client, &extract).await, Code::NotFound);
        assert_eq!(refused(client, &memorandum).await, Code::NotFound);
    }

    // Six were made, each recorded with what was handed out; none that was refused.
    let stream = Stream::new(StreamKind::Reading, case_id.0);
    let events = court.state.app.ledger.events(stream, 0).await.unwrap();
    let made: Vec<_> = events
        .iter()
        .filter_map(|recorded| match &recorded.event {
            Event::Reading(ReadingEvent::PrintoutMade {
                printout,
                sha256,
                policy,
                ..
            }) => {
                assert_eq!(sha256.len(), 64);
                assert!(policy.starts_with("printout."), "{policy}");
                Some((recorded.by.name().to_owned(), printout.clone()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(made.len(), 6, "{made:?}");
    assert!(
        made.iter()
            .any(|(by, word)| by == "Iris Thorne" && *word == memorandum)
    );
}

#[tokio::test]
async fn an_extract_shows_what_was_amended_and_what_it_said_before() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let hearing_id = sentenced(&court, &adviser).await;
    let (case_id, _) = path_case(&adviser).await;
    let defendant_id = view(&adviser, case_id).await.defendants[0].defendant_id;
    let extract = format!("extract.{case_id}.{defendant_id}");
    let register = court_of(&court, demo::MAGISTRATES).await;
    let register = format!("court-register.{register}.{}", court.today());
    let before = text(&adviser, &extract).await;
    assert!(
        before.contains("9 months") && !before.contains("version 2"),
        "{before}"
    );

    let kind = AmendmentKind::AdministrativeError;
    let amending = begin(&adviser, hearing_id, kind).await.unwrap();
    let amending = typed(&adviser, &amending, term(&amending, "8 months")).await;
    // What is only typed is no part of the record yet.
    assert!(!text(&adviser, &extract).await.contains("8 months"));
    reshare(&adviser, &amending).await.unwrap();
    let after = text(&adviser, &extract).await;
    for said in [
        "amended, version 2",
        "8 months",
        "9 months",
        "A result was recorded wrongly.",
    ] {
        assert!(after.contains(said), "{said}: {after}");
    }
    // The register shows what stands, marked; what went before is the extract's.
    let day = text(&adviser, &register).await;
    assert!(
        day.contains("amended, version 2") && day.contains("8 months"),
        "{day}"
    );
    assert!(!day.contains("9 months"), "{day}");
    // The reason in the amender's own words stays in the court.
    assert!(!after.contains("The bench said eight months."));
}

#[tokio::test]
async fn an_authority_has_the_results_of_the_day_in_its_own_cases_and_in_no_other() {
    let court = TestCourt::open().await;
    let (adviser, cps) = (court.as_legal_adviser().await, court.as_cps().await);
    sentenced(&court, &adviser).await;
    let day = court.today();
    let offered = of_court(&cps, None, day).await;
    let own = word(&offered, "Informant register").to_owned();
    let text = String::from_utf8(bytes(&cps, &own).await.unwrap()).unwrap();
    let mut lines = text.split("\r\n");
    assert_eq!(lines.next().unwrap(), app::printout::COLUMNS.join(","));
    let ours: Vec<&str> = lines.filter(|line| line.contains(PATH_URN)).collect();
    assert!(ours.len() >= 2, "{text}");
    assert!(text.contains("GUILTY") && text.contains(FIRST), "{text}");
    assert!(text.ends_with("\r\n"));

    // Yesterday there was no result: the columns, and nothing under them.
    let quiet = own.replace(&day.to_string(), "2020-01-01");
    let text = String::from_utf8(bytes(&cps, &quiet).await.unwrap()).unwrap();
    assert_eq!(text, format!("{}\r\n", app::printout::COLUMNS.join(",")));

    // Not for the defence or the press, nor of another organisation.
    for group in [Group::DefenceLawyers, Group::Media, Group::PoliceAdmin] {
        let client = court.person(group, 0).await;
        assert_eq!(refused(&client, &own).await, Code::NotFound, "{group}");
    }
    let all = court.state.app.index.organisations().await.unwrap();
    let police = all
        .iter()
        .find(|one| one.ou_code.as_deref() == Some(demo::POLICE));
    let police = format!("informant-register.{}.{day}", police.unwrap().id);
    assert_eq!(refused(&cps, &police).await, Code::NotFound);

    // The authority's own system has the same by the published interface.
    let get = async |secret: &str, ou_code: &str| {
        reqwest::Client::new()
            .get(format!(
                "{}/v2/prosecutions/{ou_code}/informant-register/{day}",
                court.url
            ))
            .bearer_auth(secret)
            .send()
            .await
            .unwrap()
    };
    let secret = court.machine(demo::PROSECUTOR_OU_CODE).await;
    let answer = get(&secret, demo::PROSECUTOR_OU_CODE).await;
    assert_eq!(answer.status(), 200);
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/csv")
    );
    assert!(answer.text().await.unwrap().contains(PATH_URN));
    assert_eq!(get(&secret, demo::POLICE).await.status(), 403);
    let prison = court.machine(demo::PRISON).await;
    assert_eq!(get(&prison, demo::PROSECUTOR_OU_CODE).await.status(), 403);
    assert_eq!(
        get("no secret", demo::PROSECUTOR_OU_CODE).await.status(),
        401
    );
}

#[tokio::test]
async fn the_register_of_the_day_is_the_courts_and_the_youth_team_has_its_part() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let day = court.today();
    let first = court_of(&court, demo::MAGISTRATES).await;
    let register = format!("court-register.{first}.{day}");
    assert!(!text(&adviser, &register).await.contains(PATH_URN));
    sentenced(&court, &adviser).await;
    let said = text(&adviser, &register).await;
    assert!(
        said.contains(PATH_URN) && said.contains("Imprisonment"),
        "{said}"
    );

    let team = court.person(Group::YouthOffending, 0).await;
    let offered = of_court(&team, Some(first), day).await;
    let part = text(&team, word(&offered, "Youth court register")).await;
    assert!(part.contains("YOTAM01"), "{part}");
    // The adult's results are none of the team's.
    assert!(!part.contains(PATH_URN), "{part}");
    assert_eq!(refused(&team, &register).await, Code::NotFound);
    // Nor is a court house that it does not serve.
    let crown = court_of(&court, demo::CROWN).await;
    let elsewhere = format!("youth-register.{crown}.{day}");
    assert_eq!(refused(&team, &elsewhere).await, Code::NotFound);
    // It is of those who work there, and of nobody of another court house.
    assert_eq!(refused(&adviser, &elsewhere).await, Code::NotFound);
    let own = format!("youth-register.{first}.{day}");
    assert!(bytes(&adviser, &own).await.is_ok());
}

#[tokio::test]
async fn a_prison_is_told_of_its_own_prisoners_and_of_nobody_else() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let (case_id, hearing_id) = path_case(&adviser).await;
    let name = view(&adviser, case_id).await.defendants[0].name.clone();
    start(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "remand_in_custody", &seen, 0);
    lines.extend(example(&court, "remand_in_custody", &seen, 1));
    let draft = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness.findings);
    share(&adviser, &seen, &draft).await;

    // On the day to which the case was put off, the prison that the remand names has it.
    let ledger = &court.state.app.ledger;
    let next = *ledger
        .case(case_id)
        .await
        .unwrap()
        .unwrap()
        .hearings
        .last()
        .unwrap();
    assert_ne!(next, hearing_id);
    let next = ledger.hearing(next).await.unwrap().unwrap();
    let list = format!("prison-list.{}.{}", next.court_id, next.starts_at.day());
    let said = text(&prison, &list).await;
    assert!(
        said.contains(&name) && said.contains("HMP Fallowdene"),
        "{said}"
    );
    // Today others are in custody, at places that the record does not name: the court
    // sees them, the prison does not.
    let first = court_of(&court, demo::MAGISTRATES).await;
    let list = format!("prison-list.{first}.{}", court.today());
    assert!(
        text(&adviser, &list)
            .await
            .contains("The record names no prison")
    );
    let said = text(&prison, &list).await;
    assert!(!said.contains("Born") || said.contains(&name), "{said}");
    assert!(!said.contains("The record names no prison"), "{said}");
}

#[tokio::test]
async fn whoever_served_a_paper_can_prove_it() {
    let court = TestCourt::open().await;
    let (cps, defence) = (court.as_cps().await, court.as_defence().await);
    let (case_id, _) = path_case(&cps).await;
    let glance = view(&cps, case_id).await;
    serve(&cps, &glance, "IDPC.pdf", 2_000).await;
    let glance = view(&cps, case_id).await;
    let material = glance
        .materials
        .iter()
        .find(|m| m.name == "IDPC.pdf")
        .unwrap();
    let offered = of_case(&cps, case_id).await;
    let of_ours = |one: &&Offered| one.about.starts_with("IDPC.pdf");
    let receipt = offered.iter().find(of_ours).unwrap().printout.clone();

    // Nobody is on record and nobody has opened it: it says so.
    let said = text(&cps, &receipt).await;
    assert!(said.contains("No firm was on record"), "{said}");
    assert!(said.contains("Nobody has opened it yet"), "{said}");
    let id = material.material_id.to_string();
    let bytes = defence.download(Bytes::Material, &id);
    let bytes = bytes.await.unwrap().all(10_000).await.unwrap();
    let said = text(&cps, &receipt).await;
    assert!(
        said.contains("Iris Thorne") && said.contains("Thorne & Vale"),
        "{said}"
    );
    // The hash is that of the bytes that went out.
    use sha2::Digest;
    let hash = hex::encode(sha2::Sha256::digest(&bytes));
    assert!(
        said.replace(char::is_whitespace, "").contains(&hash),
        "{said}"
    );

    // Whoever got the paper has no receipt for serving it; the court may look.
    assert_eq!(refused(&defence, &receipt).await, Code::NotFound);
    assert!(
        !said.is_empty()
            && text(&court.as_legal_adviser().await, &receipt)
                .await
                .contains("IDPC.pdf")
    );
}
