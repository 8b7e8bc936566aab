//! Printouts of the demo court on a fixed day, by a clock that stands still: what
//! each prints, as a screen reader reads it, and the exact bytes.

use crate::{
    expected::{compare, keep_for_looking_at, sha256},
    pages,
    reader::read,
};
use app::{
    Caller,
    demo::{PATH_URN, caller_for},
    ports::Chance,
    printout::printout_to_read,
};
use contract::{
    hearing,
    printout::{OfCase, OfCourt},
};
use std::{collections::BTreeMap, fmt::Write, sync::Arc, time::Duration};
use testkit::{Setting, TestCourt};
use uuid::Uuid;
use vocabulary::{CaseId, CourtId, Day, Instant, Printout, Urn};

/// Five in the afternoon of the day, always.
struct Still(Arc<dyn Chance>);

impl Chance for Still {
    fn now(&self) -> Instant {
        "2026-11-23T17:00:00Z".parse().expect("an instant")
    }

    fn id(&self) -> Uuid {
        self.0.id()
    }

    fn secret(&self) -> [u8; 32] {
        self.0.secret()
    }
}

pub(crate) async fn court() -> TestCourt {
    let court = TestCourt::with(Setting {
        cases: 20,
        prepare: |state| state.app.chance = Arc::new(Still(state.app.chance.clone())),
        ..Setting::default()
    })
    .await;
    delivered(&court).await;
    court
}

/// Waits until everything that arrives in an inbox here has arrived: receipts tell of it.
pub(crate) async fn delivered(court: &TestCourt) {
    let index = &court.state.app.index;
    for _ in 0..100 {
        court.work().await;
        let to_make = index.documents_to_make(1).await.expect("the index");
        let to_deliver = index.documents_to_deliver(1).await.expect("the index");
        if to_make.is_empty() && to_deliver.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("documents were not delivered");
}

fn who(email: &str) -> Caller {
    caller_for(email, "a printout").expect("a demo person")
}

pub(crate) const ADVISER: &str = "ada.wren@court.example.test";

/// The words of the printouts of the first court house, of the day and of one with
/// results, and of two cases, by a name for its file.
async fn all(court: &TestCourt) -> BTreeMap<String, Printout> {
    let mut all = BTreeMap::new();
    let app = &court.state.app;
    let (case_resulted, past_court, past) = resulted(court).await;
    for (court_id, day, name) in [(None, court.today(), ""), (Some(past_court), past, "_past")] {
        let of = OfCourt {
            court_id,
            courtroom_id: None,
            day: Some(day),
        };
        let view = app::answer(app, &who(ADVISER), of)
            .await
            .expect("printouts");
        for offered in view.printouts {
            let key = format!("{}{name}", offered.name.to_lowercase().replace(' ', "_"));
            let printout = offered.printout.parse().expect("a printout");
            all.entry(key).or_insert(printout);
        }
    }
    // The case of the guided path, and the first that was resulted.
    let reference = Urn::parse(PATH_URN).expect("a reference");
    let path = app.index.case_by_urn(&reference).await.expect("the index");
    let mut cases: Vec<_> = path.into_iter().collect();
    cases.push(case_resulted);
    for (case_id, name) in cases.into_iter().zip(["", "_resulted"]) {
        let of = OfCase { case_id };
        let view = app::answer(app, &who(ADVISER), of)
            .await
            .expect("printouts");
        for offered in view.printouts {
            let printout: Printout = offered.printout.parse().expect("a printout");
            let kind = match printout {
                Printout::DocumentReceipt { .. } => "document_receipt".to_owned(),
                _ => offered.name.to_lowercase().replace(' ', "_"),
            };
            all.entry(format!("{kind}{name}")).or_insert(printout);
        }
    }
    all
}

/// The latest case with shared results, and where and when it was heard.
async fn resulted(court: &TestCourt) -> (CaseId, CourtId, Day) {
    let app = &court.state.app;
    let courtrooms = app::answer(app, &who(ADVISER), hearing::Courtrooms {}).await;
    let courts = courtrooms.expect("courtrooms").courts;
    for back in 0..60 {
        let day = court.today().plus_days(-back);
        for house in &courts {
            for room in &house.rooms {
                let found = app.index.hearings_on(room.courtroom_id, day).await;
                let found = found.expect("a list");
                if let Some(hearing) = found.iter().find(|hearing| hearing.shared) {
                    return (hearing.cases[0], house.court_id, day);
                }
            }
        }
    }
    panic!("no results were shared in the demo court")
}

#[tokio::test]
async fn every_printout_prints_what_its_golden_file_says() {
    let court = court().await;
    let mut differences = Vec::new();
    let all = all(&court).await;
    assert!(all.len() >= 12, "{:?}", all.keys());
    for (name, wanted) in all {
        let ready = printout_to_read(&court.state.app, &who(ADVISER), wanted)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let name = format!("printout_{name}");
        if ready.mime != "application/pdf" {
            let text = String::from_utf8(ready.bytes).expect("UTF-8");
            // That lines end with CR LF is a journey's to say: files here do not keep it.
            let text = text.replace("\r\n", "\n");
            differences.extend(compare(&format!("{name}.csv"), &text).err());
            continue;
        }
        keep_for_looking_at(&name, &ready.bytes);
        let found = read(&ready.bytes);
        assert!(found.faults.is_empty(), "{name}: {:?}", found.faults);
        let mut text = found.tree.trim_start().to_owned();
        for artifact in &found.artifacts {
            let _ = write!(text, "\n--- {artifact}");
        }
        text.push('\n');
        differences.extend(compare(&format!("{name}.txt"), &text).err());
        let hash = format!("{}\n", sha256(&ready.bytes));
        differences.extend(compare(&format!("{name}.sha256"), &hash).err());
        differences.extend(pages::compare(&name, &ready.bytes).err());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[tokio::test]
async fn the_same_record_at_the_same_moment_is_the_same_file_in_every_court() {
    let (one, other) = (court().await, court().await);
    let wanted = all(&one).await["bench_court_list"];
    let first = printout_to_read(&one.state.app, &who(ADVISER), wanted).await;
    let second = printout_to_read(&other.state.app, &who(ADVISER), wanted).await;
    assert_eq!(first.expect("a list").bytes, second.expect("a list").bytes);
}
