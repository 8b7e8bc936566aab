//! What is written of two cases, beside opening it: who translates it, who acts on its alarm, and
//! whom a reading of it closes the other case to. Each asks both cases.

use super::{AUTHORITY, FIRST, SECOND, all_guilty, find, sentences, together};
use crate::{
    amending::{self, WARRANT},
    intake::System,
    steps::{look, save, share, start, view},
    veil::{make_sensitive, permit},
};
use app::{demo::SECOND_MAGISTRATES, ports::Chance};
use client::{Bytes, Client};
use contract::{
    Code, alarm,
    defence::Associate,
    document::{OrderView, PrintLanguage},
    translation::{self, GivenWelsh},
};
use domain::document::Document;
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use testkit::{Setting, Submission, TestCourt};
use vocabulary::{CaseId, Group, HearingId, Instant, RepresentationBasis};

const TRANSLATOR: &str = "gwenllian.parri@court.example.test";
const ADVISER: &str = crate::veil::ADVISER;

/// Minutes by which the court's clock is ahead of its start.
static AHEAD: AtomicI64 = AtomicI64::new(0);

struct Clock(Arc<dyn Chance>);

impl Chance for Clock {
    fn now(&self) -> Instant {
        self.0.now().plus_seconds(AHEAD.load(Ordering::SeqCst) * 60)
    }

    fn id(&self) -> uuid::Uuid {
        self.0.id()
    }

    fn secret(&self) -> [u8; 32] {
        self.0.secret()
    }
}

/// Both charges of today, at the Welsh court house or at that of the demo.
async fn two_cases(court: &TestCourt, adviser: &Client, welsh: bool) -> [(CaseId, HearingId); 2] {
    let system = System::of(court, AUTHORITY).await;
    let mut found = Vec::new();
    for reference in [FIRST, SECOND] {
        let mut charge = Submission::charge(reference, court.today()).heard_on(court.today());
        if welsh {
            let at = "/prosecutionSubmissionDetails/hearingDetails/courtHearingLocation";
            charge = charge.with(at, json!(SECOND_MAGISTRATES));
        }
        let status = system.status(&system.submit(&charge).await).await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
        let case_id = find(adviser, reference).await;
        let case = view(adviser, case_id).await;
        found.push((case_id, case.hearings[0].hearing_id));
    }
    [found[0], found[1]]
}

/// Heard together, sentenced and shared; everything that can arrive has.
async fn sentenced(court: &TestCourt, adviser: &Client, cases: [(CaseId, HearingId); 2]) {
    let [(_, hearing_id), (_, other_id)] = cases;
    together(adviser, hearing_id, other_id).await.unwrap();
    start(adviser, hearing_id).await;
    all_guilty(adviser, hearing_id).await;
    let seen = look(adviser, hearing_id).await;
    let lines = sentences(court, &seen);
    let saved = save(adviser, hearing_id, seen.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(adviser, &seen, &saved).await;
    amending::settled(court).await;
}

/// The documents of the hearing, as the record has them.
async fn documents(court: &TestCourt, hearing_id: HearingId) -> Vec<Document> {
    let app = &court.state.app;
    let ids = app.index.documents_of_hearing(hearing_id).await.unwrap();
    app.ledger.documents(&ids).await.unwrap()
}

/// The copy in both languages speaks of both cases as the first does. Whoever may not open the
/// second translates nothing of it.
#[tokio::test]
async fn the_welsh_of_a_document_of_two_cases_is_of_both_and_closed_with_either() {
    let court = TestCourt::open().await;
    let adviser = court.sign_in(TRANSLATOR).await;
    let cases = two_cases(&court, &adviser, true).await;
    let [(first_case, hearing_id), (second_case, _)] = cases;
    sentenced(&court, &adviser, cases).await;
    let owed = documents(&court, hearing_id).await;
    let owes = |own: &&Document| own.beside.len() == 1 && own.welsh.is_some();
    let first = owed.iter().find(owes).expect("one of both owes Welsh");
    let asked = translation::View {
        document_id: first.id,
    };
    let whole = adviser.translation_view(&asked).await.unwrap();
    let give = translation::Give {
        document_id: first.id,
        values: whole
            .values
            .iter()
            .filter(|own| own.given.is_none())
            .map(|own| GivenWelsh {
                place: own.place,
                welsh: format!("Cy {}", own.english),
            })
            .collect(),
    };

    make_sensitive(&court, second_case).await;
    let refused = adviser.translation_view(&asked).await.unwrap_err();
    assert!(
        matches!(refused.code, Code::NotFound | Code::ReasonNeeded),
        "{refused:?}"
    );
    assert!(adviser.translation_give(&give).await.is_err());
    let take = translation::Take {
        document_id: first.id,
    };
    assert!(adviser.translation_take(&take).await.is_err());

    permit(&court, second_case, TRANSLATOR).await;
    let done = adviser.translation_give(&give).await.unwrap();
    let second = done.followed.expect("the copy in both languages");
    amending::settled(&court).await;
    let all = documents(&court, hearing_id).await;
    let second = all.iter().find(|own| own.id == second).unwrap();
    assert_eq!(second.beside, first.beside);
    let printed: OrderView = serde_json::from_value(second.view.clone()).unwrap();
    assert_eq!(printed.language, PrintLanguage::Bilingual);
    let said = second.view.to_string();
    assert!(said.contains(FIRST) && said.contains(SECOND), "{said}");
    // It lies in both cases.
    for case_id in [first_case, second_case] {
        let case = view(&adviser, case_id).await;
        let mut rows = case.documents.iter();
        assert!(rows.any(|own| own.document_id == second.id));
    }
}

/// The second case is sensitive: the first alone lets nobody take its alarm on, nor say who was
/// told.
#[tokio::test]
async fn an_alarm_about_a_document_of_two_cases_is_acted_on_by_whom_both_open() {
    let court = TestCourt::with(Setting {
        prepare: |state| state.app.chance = Arc::new(Clock(Arc::clone(&state.app.chance))),
        configure: |config| config.lock_minutes = 12 * 60,
        ..Setting::default()
    })
    .await;
    let adviser = court.sign_in(ADVISER).await;
    let cases = two_cases(&court, &adviser, false).await;
    let [_, (second_case, _)] = cases;
    sentenced(&court, &adviser, cases).await;
    AHEAD.fetch_add(60, Ordering::SeqCst);
    let alarms = async |client: &Client| {
        let all = client.alarm_list(&alarm::List {}).await.unwrap().items;
        let own = all.into_iter().filter(|own| own.case.as_str() == FIRST);
        own.collect::<Vec<_>>()
    };
    let of_warrant = alarms(&adviser).await;
    let of_warrant = of_warrant.iter().find(|own| own.name == WARRANT).unwrap();
    let delivery_id = of_warrant.delivery_id;

    make_sensitive(&court, second_case).await;
    let veiled = alarms(&adviser).await;
    assert!(veiled.iter().all(|own| own.name != WARRANT), "{veiled:?}");
    let take = alarm::Take { delivery_id };
    let settle = alarm::Settle {
        delivery_id,
        told: "The gate lodge".to_owned(),
        at: None,
    };
    let refused = adviser.alarm_take(&take).await.unwrap_err();
    assert_eq!(refused.code, Code::ReasonNeeded);
    let refused = adviser.alarm_settle(&settle).await.unwrap_err();
    assert_eq!(refused.code, Code::ReasonNeeded);
    let still = court.person(Group::CourtAdministrators, 0).await;
    assert!(still.alarm_take(&take).await.is_err());

    permit(&court, second_case, ADVISER).await;
    let taken = adviser.alarm_take(&take).await.unwrap().items;
    let own = taken.iter().find(|own| own.delivery_id == delivery_id);
    assert!(own.is_some_and(|own| own.alarm.mine), "{taken:?}");
    let left = adviser.alarm_settle(&settle).await.unwrap().items;
    assert!(left.iter().all(|own| own.delivery_id != delivery_id));
}

/// Somebody who prosecutes read the one document of both by the first case alone. They join the
/// firm that defends in the second: that is closed to them as well, for they read what is in it.
#[tokio::test]
async fn who_read_of_both_cases_in_one_document_has_either_closed_on_the_other_side() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let cases = two_cases(&court, &adviser, false).await;
    let [(first_case, hearing_id), (second_case, _)] = cases;
    let firm = court.as_defence().await;
    for case_id in [first_case, second_case] {
        let case = view(&adviser, case_id).await;
        let wish = Associate {
            case_id,
            defendant_id: case.defendants[0].defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: false,
        };
        firm.defence_associate(&wish).await.unwrap();
    }
    sentenced(&court, &adviser, cases).await;
    let of_both = documents(&court, hearing_id).await;
    let of_both = of_both.iter().find(|own| own.beside.len() == 1).unwrap();
    let read = |client: Client| async move {
        let id = of_both.id.to_string();
        let bytes = client.download(Bytes::Document, &id).await.unwrap();
        bytes.all(10_000_000).await.unwrap();
    };
    let joiner = crate::movers::changes_sides_having(&court, read).await;
    for case_id in [first_case, second_case] {
        let asked = contract::case::View { case_id };
        let refused = joiner.case_view(&asked).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
        let told = crate::defence::told(&firm).await;
        let told = told
            .iter()
            .any(|own| own.title.starts_with("Conflict in") && own.case_id == Some(case_id));
        assert!(told, "the firm hears of it in each");
    }
}
