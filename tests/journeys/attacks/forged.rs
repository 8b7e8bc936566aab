//! Forged ids, in every command and query there is: whoever is a stranger to a thing hears
//! of a real id of it what they hear of one that nothing has, to the letter.

use super::{
    ADVISER, path_case,
    sample::{Asked, changed, requests},
    share, wait_until,
};
use contract::{
    access::{BreakGlass, Openings, SetSensitive},
    account::Current,
    case::{self, View},
    defence::Associate,
    hearing,
    notice::List,
    security::ViewSecurity,
    support::Ask,
};
use reqwest::{Client, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;
use testkit::TestCourt;
use vocabulary::{Group, RepresentationBasis, UploadId};

const SOLICITOR: &str = "iris.thorne@thornevale.example.test";
/// Of a firm that has nothing to do with the case.
const OTHER: &str = "joel.hart@hartfieldlaw.example.test";

/// Ids of things that are somebody else's, by the names of the fields that hold such.
pub(super) type Real = BTreeMap<&'static str, Vec<String>>;

/// A court in which a firm is on record and results are shared, and what is whose there.
pub(super) async fn ground() -> (TestCourt, Real) {
    let court = TestCourt::open().await;
    let real = laid(&court).await;
    (court, real)
}

/// The same in a court that is open.
pub(super) async fn laid(court: &TestCourt) -> Real {
    let adviser = court.as_legal_adviser().await;
    let firm = court.sign_in(SOLICITOR).await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    let view = adviser.case_view(&View { case_id }).await.unwrap();
    for defendant in &view.defendants {
        let associate = Associate {
            case_id,
            defendant_id: defendant.defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: false,
        };
        firm.defence_associate(&associate).await.unwrap();
    }
    let prosecutor = court.as_cps().await;
    crate::steps::serve(&prosecutor, &view, "IDPC.pdf", 2_000).await;
    let upload_id = UploadId(uuid::Uuid::now_v7());
    let file = crate::steps::pdf(3_000);
    let stop = client::CancellationToken::new();
    prosecutor
        .upload(file.path(), upload_id, |_, _| {}, &stop)
        .await
        .unwrap();
    share(court, &adviser, hearing_id).await;
    let look = hearing::View { hearing_id };
    wait_until(async || {
        let documents = adviser.hearing_view(&look).await.unwrap().documents;
        documents.iter().all(|one| one.made)
    })
    .await;
    let heard = adviser.hearing_view(&look).await.unwrap();
    let view = firm.case_view(&View { case_id }).await.unwrap();
    let ask = Ask {
        question: "How is counsel instructed?".to_owned(),
        screen: "case".to_owned(),
        reference: None,
        shown: None,
        with_people: false,
    };
    let help = firm.support_ask(&ask).await.unwrap();
    let person = firm.account_current(&Current {}).await.unwrap();
    let security = firm.account_security(&ViewSecurity {}).await.unwrap();
    let notices = firm.notice_list(&List {}).await.unwrap().items;
    // Another case, which somebody opened for a reason that waits for its review.
    let others = prosecutor.case_list(&case::List {}).await.unwrap().cases;
    let other = others.iter().find(|row| row.case_id != case_id).unwrap();
    let controller = court.person(Group::AccessController, 0).await;
    let sensitive = SetSensitive {
        case_id: other.case_id,
        sensitive: true,
        reason: "A witness is protected.".to_owned(),
    };
    controller.access_set_sensitive(&sensitive).await.unwrap();
    let glass = BreakGlass {
        case_id: other.case_id,
        reason: "Bail application out of hours.".to_owned(),
    };
    adviser.access_break_glass(&glass).await.unwrap();
    let openings = controller.access_openings(&Openings {}).await.unwrap();
    let one = |id: String| vec![id];
    let real = Real::from([
        ("case_id", one(case_id.to_string())),
        ("case", one(case_id.to_string())),
        ("hearing_id", one(hearing_id.to_string())),
        (
            "defendant_id",
            one(heard.defendants[0].defendant_id.to_string()),
        ),
        (
            "offence_id",
            one(heard.defendants[0].offences[0].offence_id.to_string()),
        ),
        (
            "document_id",
            heard
                .documents
                .iter()
                .map(|d| d.document_id.to_string())
                .collect(),
        ),
        (
            "delivery_id",
            heard
                .documents
                .iter()
                .flat_map(|d| &d.deliveries)
                .map(|d| d.delivery_id.to_string())
                .collect(),
        ),
        (
            "material_id",
            view.materials
                .iter()
                .map(|m| m.material_id.to_string())
                .collect(),
        ),
        ("upload_id", one(upload_id.to_string())),
        ("account_id", one(person.account_id.to_string())),
        ("colleague", one(person.account_id.to_string())),
        ("organisation_id", one(person.organisation_id.to_string())),
        (
            "session_id",
            one(security.devices[0].session_id.to_string()),
        ),
        (
            "opening_id",
            one(openings.openings[0].opening_id.to_string()),
        ),
        ("id", one(help.items[0].id.to_string())),
        ("notices", one(notices[0].notice_id.to_string())),
    ]);
    assert!(real.values().all(|ids| !ids.is_empty()), "{real:?}");
    real
}

/// What a session is answered, without the reference of a fault or policy.
pub(super) async fn answered(
    (http, court): (&Client, &TestCourt),
    token: &str,
    name: &str,
    body: &Value,
) -> (StatusCode, Value) {
    // Whoever guesses is stopped, which another test is about.
    begin_anew(court).await;
    told((http, court), token, name, body).await
}

/// Forgets what was counted of everybody.
async fn begin_anew(court: &TestCourt) {
    let later = court.state.app.chance.now().plus_seconds(1);
    let work = &court.state.app.work;
    work.sweep_tries(later, later).await.unwrap();
}

async fn told(
    (http, court): (&Client, &TestCourt),
    token: &str,
    name: &str,
    body: &Value,
) -> (StatusCode, Value) {
    let request = http.post(format!("{}/rpc/{name}", court.url));
    let request = request.json(body).bearer_auth(token);
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let mut said: Value = answer.json().await.unwrap();
    if let Some(problem) = said.as_object_mut().filter(|_| !status.is_success()) {
        problem.remove("reference");
    }
    (status, said)
}

/// Whom something is somebody's to reach by what they are.
fn is_theirs(who: &str, name: &str) -> bool {
    let staff = who.starts_with("noor.");
    let of_service = ["organisation.", "support.", "rules."];
    staff && of_service.iter().any(|noun| name.starts_with(noun))
}

fn holds(asked: &Asked, real: &Real) -> bool {
    let found = std::cell::Cell::new(false);
    changed(&asked.body, &|name, _| {
        found.set(found.get() || real.contains_key(name));
        None
    });
    found.get()
}

#[tokio::test]
async fn of_a_real_id_a_stranger_hears_what_is_said_of_a_random_one_in_every_command() {
    let (court, real) = ground().await;
    // One for all: each new one reads the system's certificates first.
    let http = Client::new();
    let events = "select count(*) from ledger_event where stream_kind in ('case', 'hearing')";
    let mut compared = 0;
    for who in [
        OTHER,
        // Administers the people of another organisation.
        "idris.penhale@fivewells.example.test",
        "casper.lund@ashmereherald.example.test",
        "efua.lindqvist@marches-yot.example.test",
        "noor.hadley@example.test",
    ] {
        let token = court.token(who).await;
        let before = super::number(&court, events).await;
        for asked in requests() {
            if !holds(&asked, &real) || is_theirs(who, asked.name) {
                continue;
            }
            let random = changed(&asked.body, &|name, _| {
                let id = uuid::Uuid::now_v7().to_string();
                real.contains_key(name).then(|| id.into())
            });
            let of_nothing = answered((&http, &court), &token, asked.name, &random).await;
            assert!(
                of_nothing.0.as_u16() < 500,
                "{who} {}: {of_nothing:?}",
                asked.name
            );
            let mut bodies = Vec::new();
            for which in 0..real.values().map(Vec::len).max().unwrap_or_default() {
                let body = changed(&asked.body, &|name, _| {
                    let ids = real.get(name)?;
                    Some(ids[which % ids.len()].clone().into())
                });
                if !bodies.contains(&body) {
                    bodies.push(body);
                }
            }
            for body in bodies {
                let of_theirs = answered((&http, &court), &token, asked.name, &body).await;
                assert_eq!(of_theirs, of_nothing, "{who} {} {body}", asked.name);
                compared += 1;
            }
        }
        let after = super::number(&court, events).await;
        assert_eq!(after, before, "{who} changed nothing of anybody's");
    }
    assert!(compared > 200, "{compared}");
}

/// Looks are counted, and whoever looked too often is stopped: alike for what there is and what
/// there is not, or the difference tells which is which without end.
#[tokio::test]
async fn whoever_looked_too_often_hears_of_a_real_id_what_is_said_of_a_random_one() {
    let (court, real) = ground().await;
    let (http, token) = (Client::new(), court.token(OTHER).await);
    let random = || Value::from(uuid::Uuid::now_v7().to_string());
    let mut looks = 0;
    loop {
        let look = serde_json::json!({"case_id": random()});
        let (status, _) = told((&http, &court), &token, "case.view", &look).await;
        if status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
        looks += 1;
        assert!(looks < 100, "nobody stops them");
    }
    let (mut compared, mut stopped) = (0, 0);
    for asked in requests().iter().filter(|asked| !asked.open) {
        let with = |of: &dyn Fn(&str) -> Option<Value>| changed(&asked.body, &|name, _| of(name));
        let ids =
            |of: &dyn Fn(&str) -> Value| with(&|name| real.contains_key(name).then(|| of(name)));
        let named = |urn: &str| with(&|name| (name == "case").then(|| urn.into()));
        let pairs = [
            (
                ids(&|name| real[name][0].clone().into()),
                ids(&|_| random()),
            ),
            (named(app::demo::PATH_URN), named("29ZZ0009999")),
        ];
        for (theirs, nothing) in pairs {
            if theirs == nothing {
                continue;
            }
            let of_theirs = told((&http, &court), &token, asked.name, &theirs).await;
            let of_nothing = told((&http, &court), &token, asked.name, &nothing).await;
            assert_eq!(of_theirs, of_nothing, "{} {theirs}", asked.name);
            stopped += usize::from(of_nothing.0 == StatusCode::TOO_MANY_REQUESTS);
            compared += 1;
        }
    }
    assert!(compared > 30 && stopped > 10, "{compared} {stopped}");
}

/// The ids of cases follow from their references: whoever tries ids tries references, and every
/// way of trying them is stopped, whether it is a query, a command or an address.
#[tokio::test]
async fn no_way_of_trying_the_ids_of_cases_is_open_without_end() {
    let court = TestCourt::open().await;
    let (http, token) = (Client::new(), court.token(OTHER).await);
    let random = uuid::Uuid::now_v7;
    let ways = [
        ("case.view", "case_id"),
        ("case.mark_seen", "case_id"),
        ("access.explain", "case_id"),
        ("access.of_case", "case"),
        ("access.break_glass", "case_id"),
        ("access.set_sensitive", "case_id"),
        ("defence.people", "case_id"),
        ("defence.disassociate", "case_id"),
        ("printout.of_case", "case_id"),
        ("material.serve", "case_id"),
    ];
    for (name, field) in ways {
        let asked = requests().into_iter().find(|asked| asked.name == name);
        let asked = asked.unwrap();
        begin_anew(&court).await;
        let mut tried = 0;
        loop {
            let id = Value::from(random().to_string());
            let body = changed(&asked.body, &|name, _| (name == field).then(|| id.clone()));
            let (status, said) = told((&http, &court), &token, name, &body).await;
            if status == StatusCode::TOO_MANY_REQUESTS {
                break;
            }
            assert_eq!(status, StatusCode::NOT_FOUND, "{name}: {said}");
            tried += 1;
            assert!(tried <= 60, "{name} goes on");
        }
    }
    begin_anew(&court).await;
    for number in 0..=60 {
        let extract = format!("printouts/extract.{}.{}", random(), random());
        let request = http.get(format!("{}/{extract}", court.url));
        let status = request.bearer_auth(&token).send().await.unwrap().status();
        let wanted = match number {
            60 => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::NOT_FOUND,
        };
        assert_eq!(status, wanted, "{number}");
    }
}

#[tokio::test]
async fn of_a_real_id_in_an_address_a_stranger_hears_what_is_said_of_a_random_one() {
    let (court, real) = ground().await;
    let http = Client::new();
    for who in [OTHER, "casper.lund@ashmereherald.example.test"] {
        let token = court.token(who).await;
        let get = async |path: String| {
            let request = http
                .get(format!("{}/{path}", court.url))
                .bearer_auth(&token);
            let answer = request.send().await.unwrap();
            let status = answer.status();
            let mut said: Value = answer.json().await.unwrap();
            said.as_object_mut().unwrap().remove("reference");
            (status, said)
        };
        for (kind, field) in [("materials", "material_id"), ("documents", "document_id")] {
            let random = uuid::Uuid::now_v7();
            let of_nothing = get(format!("{kind}/{random}")).await;
            assert_eq!(of_nothing.0, StatusCode::NOT_FOUND);
            for id in &real[field] {
                assert_eq!(get(format!("{kind}/{id}")).await, of_nothing, "{who}");
            }
            for id in ["", "x", "../documents", "%00", "..%2f..%2fetc%2fpasswd"] {
                let answer = http.get(format!("{}/{kind}/{id}", court.url));
                let status = answer.bearer_auth(&token).send().await.unwrap().status();
                assert_eq!(status, StatusCode::NOT_FOUND, "{kind} {id}");
            }
        }
    }
}

#[tokio::test]
async fn another_systems_submission_is_answered_as_one_that_there_is_not() {
    let court = TestCourt::open().await;
    let (own, other) = (
        court.machine("GAEAA01").await,
        court.machine("GAFAA01").await,
    );
    let submission = testkit::Submission::charge("29ZZ0001026", court.today());
    let http = Client::new();
    let sent = http
        .post(format!("{}/v2/prosecutions/GAEAA01", court.url))
        .bearer_auth(&own)
        .header(
            "content-type",
            "application/vnd.hmcts.cjs.charge-prosecution.v2+json",
        )
        .body(submission.body());
    let answer: Value = sent.send().await.unwrap().json().await.unwrap();
    let id = answer["submissionId"].as_str().unwrap().to_owned();
    let get = async |secret: &str, id: &str| {
        let request = http.get(format!("{}/v2/submissions/{id}", court.url));
        let answer = request.bearer_auth(secret).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    assert_eq!(get(&own, &id).await.0, StatusCode::OK);
    let of_nothing = get(&other, &uuid::Uuid::now_v7().to_string()).await;
    assert_eq!(of_nothing.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&other, &id).await, of_nothing);
    // A person's token is no credential of a system, and the other way round.
    let person = court.token(ADVISER).await;
    assert_eq!(get(&person, &id).await.0, StatusCode::UNAUTHORIZED);
    let (status, _) = answered((&http, &court), &own, "case.list", &serde_json::json!({})).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}
