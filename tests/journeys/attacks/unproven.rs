//! Whatever leads into one case asks what the case asks before it opens: of one that the court
//! keeps off lists, or that is sensitive, a proof of who is here. Every command, query and download
//! is tried; what is added asks as well, or says here why it need not.

use super::{
    ADVISER, PROSECUTOR,
    forged::{Real, answered, laid},
    sample::{Asked, changed, requests},
};
use crate::signing_in::{later, open_court};
use contract::{access::Openings, case::RestrictListing};
use reqwest::{Client, StatusCode};
use std::collections::BTreeMap;
use testkit::asks;
use vocabulary::Group;

const MANAGER: &str = "hal.corbin@thornevale.example.test";
const AGENCY: &str = "sorcha.devlin@legal-aid.example.test";

/// Fields by which a request is about one case, or about something of one.
const OF_A_CASE: [&str; 9] = [
    "case_id",
    "case",
    "hearing_id",
    "defendant_id",
    "offence_id",
    "document_id",
    "delivery_id",
    "material_id",
    "opening_id",
];

/// What asks for no proof although it is about one case, and why.
const NONE: [(&str, &str); 6] = [
    (
        "inbox.open",
        "what was sent to one's organisation must be acted on; its bytes ask",
    ),
    (
        "inbox.acknowledge",
        "what was sent to one's organisation must be acted on",
    ),
    ("alarm.take", "shows what the list of alarms shows"),
    ("alarm.came_back", "shows what the list of alarms shows"),
    ("alarm.settle", "shows what the list of alarms shows"),
    (
        "hearing.leave_words",
        "takes what somebody typed from their computer and shows nothing of the case",
    ),
];

/// Downloads that are of no one case.
const OF_A_DAY: [&str; 7] = [
    "GET /printouts/public-list",
    "GET /printouts/standard-list",
    "GET /printouts/bench-list",
    "GET /printouts/prison-list",
    "GET /printouts/court-register",
    "GET /printouts/youth-register",
    "GET /printouts/informant-register",
];

fn is_of_a_case(asked: &Asked) -> bool {
    let found = std::cell::Cell::new(false);
    changed(&asked.body, &|name, _| {
        found.set(found.get() || OF_A_CASE.contains(&name));
        None
    });
    found.get()
}

#[tokio::test]
async fn whatever_leads_into_a_case_that_is_kept_off_lists_asks_for_a_proof() {
    let court = open_court::<24>().await;
    let real: Real = laid(&court).await;
    let adviser = court.sign_in(ADVISER).await;
    let controller = court.person(Group::AccessController, 0).await;
    let restrict = RestrictListing {
        case_id: real["case_id"][0].parse().unwrap(),
        kept_off: true,
        reason: "A witness would be in danger.".to_owned(),
    };
    adviser.case_restrict_listing(&restrict).await.unwrap();
    // The other case of that ground is sensitive: of that one somebody says why they open it.
    let waiting = controller.access_openings(&Openings {}).await.unwrap();
    let sensitive = waiting.openings[0].case_id.to_string();
    let mut people = BTreeMap::new();
    for who in [
        ADVISER,
        PROSECUTOR,
        "iris.thorne@thornevale.example.test",
        "bryn.calder@court.example.test",
        "delia.frome@court.example.test",
        "nell.corrigan@court.example.test",
        AGENCY,
        MANAGER,
    ] {
        people.insert(who, court.token(who).await);
    }
    let auditor = court.token("yusuf.bramall@example.test").await;
    later::<24>(4 * 60 + 1);

    let http = Client::new();
    let mut untrue = Vec::new();
    for asked in requests() {
        if asked.open || !is_of_a_case(&asked) {
            continue;
        }
        let (mut asks, mut answers) = (false, Vec::new());
        for (who, token) in &people {
            for which in 0..real.values().map(Vec::len).max().unwrap_or_default() {
                let body = changed(&asked.body, &|name, _| {
                    if asked.name == "access.break_glass" && name == "case_id" {
                        return Some(sensitive.clone().into());
                    }
                    let ids = real.get(name)?;
                    Some(ids[which % ids.len()].clone().into())
                });
                let (status, said) = answered((&http, &court), token, asked.name, &body).await;
                asks |= said["code"] == "proof_needed";
                if status.is_success() {
                    answers.push(*who);
                }
            }
        }
        let excepted = NONE.iter().any(|(name, _)| *name == asked.name);
        if excepted == asks || (!excepted && !answers.is_empty()) {
            untrue.push(format!("{}: asks {asks}, answers {answers:?}", asked.name));
        }
    }
    assert!(untrue.is_empty(), "{untrue:#?}");

    // A list assigns the cases that are on it.
    let hearing = real["hearing_id"][0].parse().unwrap();
    let hearing = court.state.app.ledger.hearing(hearing).await;
    let hearing = hearing.unwrap().expect("the hearing of the case");
    let list = serde_json::json!({
        "court_id": hearing.court_id,
        "day": hearing.starts_at.day(),
        "email": "rosalind.quaye@fivewells.example.test",
        "confirmed": true,
    });
    let prosecutor = &people[PROSECUTOR];
    let name = "prosecution.assign_list";
    let (_, said) = answered((&http, &court), prosecutor, name, &list).await;
    assert_eq!(said["code"], "proof_needed", "{said}");

    // By its reference: what an organisation's people may open of it, and who is represented in it.
    let by_reference = [
        (
            AGENCY,
            "legal_aid.representation",
            serde_json::json!({"reference": app::demo::PATH_URN, "firm": ""}),
        ),
        (
            MANAGER,
            "organisation.who_opens",
            serde_json::json!({"reference": app::demo::PATH_URN, "organisation_id": null}),
        ),
    ];
    for (who, name, body) in by_reference {
        let (_, said) = answered((&http, &court), &people[who], name, &body).await;
        assert_eq!(said["code"], "proof_needed", "{name}: {said}");
    }

    // Downloads, by the rows of the table of what is asked.
    let (case, defendant) = (&real["case_id"][0], &real["defendant_id"][0]);
    let (paper, document) = (&real["material_id"][0], &real["document_id"][0]);
    let downloads = asks::table().iter().filter(|row| row.kind == "download");
    for row in downloads.filter(|row| !OF_A_DAY.contains(&row.name.as_str())) {
        let path = match row.name.as_str() {
            "GET /materials/{id}" => format!("materials/{paper}"),
            "GET /documents/{id}" => format!("documents/{document}"),
            "GET /printouts/extract" => format!("printouts/extract.{case}.{defendant}"),
            "GET /printouts/memorandum" => format!("printouts/memorandum.{case}.{defendant}"),
            "GET /printouts/receipt" => format!("printouts/receipt.{paper}"),
            "GET /printouts/document-receipt" => {
                format!("printouts/document-receipt.{document}")
            }
            other => panic!("{other}: say how it is asked, or that it is of no one case"),
        };
        let request = http.get(format!("{}/{path}", court.url));
        let answer = request.bearer_auth(&people[ADVISER]).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path}");
        let said: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(said["code"], "proof_needed", "{path}");
    }

    // A report of who did what in it names its papers.
    let report = serde_json::json!({
        "about": "case",
        "which": app::demo::PATH_URN,
        "from": court.today(),
        "to": court.today(),
    });
    let (_, said) = answered((&http, &court), &auditor, "audit.report", &report).await;
    assert_eq!(said["code"], "proof_needed", "{said}");
}
