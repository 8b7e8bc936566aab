//! Each person's copy of a document is their own: nobody reads where somebody else lives, and
//! what cannot be addressed is said before sharing and is an alarm after it.

use crate::steps::{all_guilty, example, look, path_case, save, start, typed};
use client::Client;
use contract::{
    alarm,
    document::OrderView,
    hearing::{HearingView, Line, Preview, ShareResults},
};
use domain::result::ResultLine;
use std::collections::BTreeMap;
use testkit::{Setting, TestCourt};
use vocabulary::{Alarm, DeliveryState, ResultLineId, Severity};

pub(crate) async fn begun(court: &TestCourt) -> (Client, HearingView) {
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    (adviser, room)
}

fn result(court: &TestCourt, room: &HearingView, code: &str, answers: &[(&str, &str)]) -> Line {
    let catalogue = &court.state.app.catalogue.results;
    let definition = catalogue.by_code(code, room.day).expect("a result");
    let defendant = &room.defendants[0];
    let once = domain::result::ResultCatalogue::is_once(definition);
    typed(ResultLine {
        id: ResultLineId(uuid::Uuid::now_v7()),
        definition: definition.id,
        defendant: defendant.defendant_id,
        offence: (!once).then(|| defendant.offences[0].offence_id),
        parent: None,
        answers: answers
            .iter()
            .map(|(reference, answer)| ((*reference).to_owned(), (*answer).to_owned()))
            .collect::<BTreeMap<_, _>>(),
    })
}

const VARIED: [(&str, &str); 6] = [
    ("thirdPartysNameVictimOrPolice", "Imogen Farrow"),
    ("thirdPartysAddress", "7 Orchard Way, Ashmere, AM6 3PL"),
    ("originalOrderMadeBy", "Ashmere Magistrates' Court"),
    ("dateOriginalOrderMade", "2026-02-03"),
    ("termsOfVariation", "Contact by letter is allowed."),
    ("orderNowExpires", "3 February 2029"),
];

#[tokio::test]
async fn neither_side_of_a_restraining_order_reads_where_the_other_lives() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let asked = Preview {
        hearing_id: room.hearing_id,
        lines: vec![result(&court, &room, "RESTRAV", &VARIED)],
    };
    let seen = adviser.hearing_preview(&asked).await.unwrap().documents;
    let orders: Vec<_> = seen
        .iter()
        .filter(|own| own.name == "Discharge/Variation of restraining order")
        .collect();
    assert_eq!(orders.len(), 2);
    assert_ne!(orders[0].view.document_id, orders[1].view.document_id);
    let of = |name: &str| -> &OrderView {
        let found = orders.iter().find(|own| own.view.addressee.name == name);
        &found
            .unwrap_or_else(|| panic!("no copy is addressed to {name}"))
            .view
    };
    let defendant = &room.defendants[0].name;
    let theirs = of(defendant);
    let said = serde_json::to_string(theirs).unwrap();
    assert!(
        !said.contains("Orchard Way") && !said.contains("AM6 3PL"),
        "{said}"
    );
    assert!(!theirs.addressee.address.is_empty());
    let victims = of("Imogen Farrow");
    assert_eq!(
        victims.addressee.address,
        ["7 Orchard Way", "Ashmere", "AM6 3PL"]
    );
    let said = serde_json::to_string(victims).unwrap();
    assert!(!said.contains(&theirs.addressee.address[0]), "{said}");
    assert_eq!(victims.copy_for, "Imogen Farrow");
}

#[tokio::test]
async fn whoever_has_to_pay_reads_where_the_fines_office_is_reached() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let asked = Preview {
        hearing_id: room.hearing_id,
        lines: example(&court, "fine", &room, 0),
    };
    let seen = adviser.hearing_preview(&asked).await.unwrap().documents;
    let notice = seen
        .iter()
        .find(|own| own.name == "Notice of Financial Penalty")
        .expect("a notice");
    let plain = serde_json::to_string(&notice.view.plain).unwrap();
    let office = "Your fines office: Marches Fines Office, PO Box 29, Ashmere, AM7 7FO, \
                  collection@marches-fines.example.test.";
    assert!(plain.contains(office), "{plain}");
}

#[tokio::test]
async fn what_nobody_can_address_is_said_before_sharing_and_is_an_alarm_at_once_after_it() {
    // A court whose operator gave no address, unlike the demo court's.
    let court = TestCourt::with(Setting {
        configure: |config| {
            let folder = config.objects.with_file_name("tables");
            std::fs::create_dir_all(&folder).expect("a folder");
            let none = "subscription,address,why,unverified\n";
            std::fs::write(folder.join("now_addresses.csv"), none).expect("a table");
            config.reference = Some(folder);
        },
        ..Setting::default()
    })
    .await;
    let (adviser, room) = begun(&court).await;
    let mut lines = example(&court, "fine", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let told = [
        ("defendantToldDVLAWouldBeNotified", "yes"),
        ("defendantNotToldDVLAWouldBeNotified", "no"),
        (
            "natureAndSourceOfDisabilityInformation",
            "Epilepsy, told in court",
        ),
    ];
    lines.push(result(&court, &room, "DRDIS", &told));
    let draft = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    assert!(draft.readiness.ready, "{:#?}", draft.readiness.findings);
    let said = draft
        .readiness
        .findings
        .iter()
        .find(|own| own.code == "recipient_without_address")
        .expect("it is said");
    assert_eq!(said.severity, Severity::Warns);
    assert!(said.message.contains("DVLA"), "{}", said.message);
    let sharing = ShareResults {
        hearing_id: room.hearing_id,
        version: room.version,
        revision: draft.revision,
        targets: None,
    };
    adviser.hearing_share_results(&sharing).await.unwrap();
    for _ in 0..20 {
        court.work().await;
    }
    let after = look(&adviser, room.hearing_id).await;
    let mut rows = after.documents.iter().flat_map(|own| &own.deliveries);
    let letter = rows
        .find(|row| row.recipient == "DVLA")
        .expect("it is asked for");
    assert_eq!(letter.state, DeliveryState::Queued);
    let all = adviser.alarm_list(&alarm::List {}).await.unwrap().items;
    let item = all
        .iter()
        .find(|item| item.recipient == "DVLA")
        .expect("it is an alarm");
    assert_eq!(item.alarm.what, Alarm::NotDelivered);
    assert!(
        item.alarm.next.contains("No address of DVLA is known"),
        "{item:?}"
    );
    // Nothing is printed for it as if somebody had it.
    let batch = app::document::post_batch(&court.state.app).await.unwrap();
    let sheets = batch.expect("the fine is posted").sheets;
    assert!(sheets.iter().all(|sheet| sheet.recipient != "DVLA"));
    // Whoever was told of it otherwise ends the alarm.
    let settle = alarm::Settle {
        delivery_id: item.delivery_id,
        told: "Driver medical group, by telephone".to_owned(),
        at: None,
    };
    let left = adviser.alarm_settle(&settle).await.unwrap().items;
    assert!(left.iter().all(|item| item.recipient != "DVLA"));
}

#[tokio::test]
async fn sharing_is_refused_while_an_order_would_reach_nobody() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let mut lines = example(&court, "fine", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    lines.push(result(
        &court,
        &room,
        "AEOC",
        &[("reason", "Earlier default")],
    ));
    let draft = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    let findings = &draft.readiness.findings;
    let nobody = findings
        .iter()
        .find(|own| own.code == "document_without_recipient")
        .expect("it is said");
    assert_eq!(nobody.severity, Severity::Blocks);
    assert!(nobody.field.as_deref().unwrap().starts_with("employer"));
    let sharing = ShareResults {
        hearing_id: room.hearing_id,
        version: room.version,
        revision: draft.revision,
        targets: None,
    };
    adviser.hearing_share_results(&sharing).await.unwrap_err();
    assert!(look(&adviser, room.hearing_id).await.shared.is_none());
}

#[tokio::test]
async fn custody_at_a_police_station_that_nobody_here_knows_stops_sharing() {
    let court = TestCourt::open().await;
    let (adviser, room) = begun(&court).await;
    let mut lines = example(&court, "withdrawn", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    lines.push(result(
        &court,
        &room,
        "RIPC",
        &[("policeForce", "Force of Nowhere")],
    ));
    let draft = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    let unknown = draft.readiness.findings.iter();
    let unknown: Vec<_> = unknown
        .filter(|own| own.code.starts_with("recipient_") && own.severity == Severity::Blocks)
        .collect();
    assert!(!unknown.is_empty(), "{:?}", draft.readiness.findings);
}
