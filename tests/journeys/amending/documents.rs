//! Documents that are out when results are shared again: replaced, ended or stopped on
//! their way, and nobody is left with only the old one.

use super::{
    ENDED, WARRANT, acknowledge, begin, delivered, lines, pdf, reshare, sentenced, settled, term,
    typed,
};
use crate::steps::{all_guilty, example, look, path_case, save, share, start, view};
use app::{
    account::{choose_route, organisation_named},
    ports::{Fault, Printer},
};
use async_trait::async_trait;
use client::Client;
use contract::{
    Code,
    document::{self, OrderView},
    hearing::{CompareVersions, HearingView, Line, Preview},
    inbox::{self, InboxItem},
    printout::PrintoutView,
};
use domain::account::Route;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use testkit::{Setting, TestCourt};
use vocabulary::{AmendmentKind, DeliveryState, DocumentKind, HearingState, LineChange};

fn lines_of(view: &HearingView, codes: &[&str]) -> Vec<Line> {
    view.draft
        .lines
        .iter()
        .filter(|line| codes.contains(&line.definition.code.as_str()))
        .map(|line| line.line.clone())
        .collect()
}

/// Notices that this document no longer applies.
async fn told_of(court: &TestCourt, prison: &Client, old: &InboxItem) -> Vec<InboxItem> {
    let mut notices = delivered(court, prison, ENDED).await;
    let inbox = delivered(court, prison, &old.name).await;
    let old = inbox.iter().find(|i| i.delivery_id == old.delivery_id);
    let named = old.unwrap().superseded.as_ref().and_then(|mark| mark.by);
    notices.retain(|notice| Some(notice.document_id) == named && notice.replaces.is_none());
    notices
}

#[tokio::test]
async fn a_deleted_result_ends_its_warrant_and_the_prison_is_told() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let hearing_id = sentenced(&court, &adviser).await;
    let old = delivered(&court, &prison, WARRANT).await.remove(0);
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    // It was the wrong defendant: the offence was dismissed.
    let mut lines = example(&court, "dismissed", &amending, 0);
    lines.extend(
        lines_of(&amending, &["WDRN"])
            .into_iter()
            .filter(|line| line.offence_id.is_some()),
    );
    let amending = typed(&adviser, &amending, lines).await;
    reshare(&adviser, &amending).await.unwrap();

    let warrants = delivered(&court, &prison, WARRANT).await;
    assert_eq!(warrants.len(), 1);
    let mark = warrants[0].superseded.as_ref().unwrap();
    assert!(mark.text.contains("It ended on"), "{mark:?}");
    assert_eq!(mark.by_name.as_deref(), Some(ENDED));
    // The notice must be acknowledged as the warrant had to be; the warrant no more.
    let notice = told_of(&court, &prison, &old).await.remove(0);
    assert_eq!(notice.kind, DocumentKind::Notice);
    assert!(notice.acknowledgement_required);
    prison
        .inbox_open(&inbox::Open {
            delivery_id: old.delivery_id,
        })
        .await
        .unwrap();
    let late = prison
        .inbox_acknowledge(&inbox::Acknowledge {
            delivery_id: old.delivery_id,
        })
        .await
        .unwrap_err();
    assert_eq!(late.reference.as_deref(), Some("superseded"));
    acknowledge(&prison, &notice).await.unwrap();
    assert!(pdf(&prison, &notice).await.starts_with(b"%PDF-"));

    // The record says what was taken away, and the case no longer has it.
    let sides = adviser
        .hearing_compare_versions(&CompareVersions {
            hearing_id,
            from: 1,
            to: Some(2),
        })
        .await
        .unwrap();
    let gone = sides.targets.iter().flat_map(|t| &t.lines);
    let gone: Vec<_> = gone.filter(|l| l.change == LineChange::Deleted).collect();
    assert!(gone.iter().any(|l| l.code == "IMP" && l.is.is_none()));
    let after = look(&adviser, hearing_id).await;
    let case = view(&adviser, after.defendants[0].case_id).await;
    assert!(!case.defendants[0].in_custody);
    let offence = &case.defendants[0].offences[0];
    assert!(offence.results.iter().all(|r| r.code != "IMP"));
    assert!(
        case.changes
            .iter()
            .any(|c| c.what.contains("No longer ordered"))
    );
    // Sharing yet again leaves the notice as it is.
    let third = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let mut lines = lines_of(&third, &["DISM"]);
    lines.extend(example(&court, "dismissed", &third, 1));
    let third = typed(&adviser, &third, lines).await;
    reshare(&adviser, &third).await.unwrap();
    let notice = told_of(&court, &prison, &old).await;
    assert!(notice.len() == 1 && notice[0].superseded.is_none());
}

#[tokio::test]
async fn whoever_holds_the_first_of_three_warrants_is_led_to_the_last() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let hearing_id = sentenced(&court, &adviser).await;
    for months in ["8 months", "7 months"] {
        delivered(&court, &prison, WARRANT).await;
        let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
            .await
            .unwrap();
        let amending = typed(&adviser, &amending, term(&amending, months)).await;
        reshare(&adviser, &amending).await.unwrap();
    }
    let warrants = delivered(&court, &prison, WARRANT).await;
    let stands: Vec<_> = warrants.iter().filter(|w| w.superseded.is_none()).collect();
    assert_eq!((warrants.len(), stands.len()), (3, 1));
    let newest = stands[0];
    for old in warrants.iter().filter(|w| w.superseded.is_some()) {
        let mark = old.superseded.as_ref().unwrap();
        assert_eq!(mark.by_delivery, Some(newest.delivery_id));
        // Opened by itself it says the same, to the prison and to the court.
        for reader in [&prison, &adviser] {
            let asked = document::View {
                document_id: old.document_id,
            };
            let standing = reader.document_view(&asked).await.unwrap();
            assert_eq!(standing.superseded.unwrap().by, Some(newest.document_id));
        }
    }
}

#[tokio::test]
async fn that_a_warrant_ended_goes_the_way_that_the_prison_wants_by_then() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let hearing_id = sentenced(&court, &adviser).await;
    let old = delivered(&court, &prison, WARRANT).await.remove(0);
    let app = &court.state.app;
    let own = organisation_named(app, "HMP Fallowdene").await.unwrap();
    let mailbox = Route::email("warrants@fallowdene.example.test").unwrap();
    choose_route(app, &own, mailbox).await.unwrap();

    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let mut lines = example(&court, "dismissed", &amending, 0);
    lines.extend(
        lines_of(&amending, &["WDRN"])
            .into_iter()
            .filter(|line| line.offence_id.is_some()),
    );
    let amending = typed(&adviser, &amending, lines).await;
    reshare(&adviser, &amending).await.unwrap();

    let notice = told_of(&court, &prison, &old).await.remove(0);
    let notice_of = app.ledger.document(notice.document_id).await.unwrap();
    let notice_of = notice_of.unwrap();
    let delivery = notice_of.delivery(notice.delivery_id).unwrap();
    assert!(delivery.request.carried && delivery.carriage.is_some());
}

#[tokio::test]
async fn a_prison_that_no_longer_gets_the_warrant_is_told_and_does_not_read_the_new_one() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let hearing_id = sentenced(&court, &adviser).await;
    let old = delivered(&court, &prison, WARRANT).await.remove(0);
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let mut lines = lines(&amending);
    for line in &mut lines {
        if let Some(name) = line.answers.get_mut("prisonOrganisationName") {
            "HMP & YOI Larkstoke".clone_into(name);
        }
        line.answers.remove("prisonEmailAddress1");
    }
    let amending = typed(&adviser, &amending, lines).await;
    reshare(&adviser, &amending).await.unwrap();

    let warrants = delivered(&court, &prison, WARRANT).await;
    assert_eq!(warrants.len(), 1, "{warrants:#?}");
    let mark = warrants[0].superseded.as_ref().unwrap();
    assert_eq!(mark.by_name.as_deref(), Some(ENDED), "{mark:?}");
    assert_eq!(told_of(&court, &prison, &old).await.len(), 1);
    let after = look(&adviser, hearing_id).await;
    let new = after
        .documents
        .iter()
        .find(|d| d.name == WARRANT && d.superseded.is_none())
        .unwrap();
    assert_ne!(new.document_id, old.document_id);
    assert!(
        new.deliveries
            .iter()
            .any(|d| d.recipient.contains("Larkstoke"))
    );
    let refused = prison
        .document_view(&document::View {
            document_id: new.document_id,
        })
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
}

/// A printer that is out of ink until somebody fills it.
struct OutOfInk(Arc<dyn Printer>);

static INK: AtomicBool = AtomicBool::new(false);

#[async_trait]
impl Printer for OutOfInk {
    async fn print(&self, view: OrderView) -> Result<Vec<u8>, Fault> {
        if INK.load(Ordering::SeqCst) {
            self.0.print(view).await
        } else {
            Err(Fault::Broken("no ink".to_owned()))
        }
    }

    async fn print_printout(&self, view: PrintoutView) -> Result<Vec<u8>, Fault> {
        self.0.print_printout(view).await
    }
}

#[tokio::test]
async fn nobody_ends_with_only_the_old_warrant_when_results_are_shared_again_while_it_is_on_its_way()
 {
    let court = TestCourt::with(Setting {
        prepare: |state| state.app.printer = Arc::new(OutOfInk(state.app.printer.clone())),
        ..Setting::default()
    })
    .await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let hearing_id = sentenced(&court, &adviser).await;
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let amending = typed(&adviser, &amending, term(&amending, "8 months")).await;
    reshare(&adviser, &amending).await.unwrap();
    INK.store(true, Ordering::SeqCst);

    let warrants = delivered(&court, &prison, WARRANT).await;
    assert_eq!(warrants.len(), 1, "{warrants:#?}");
    assert!(warrants[0].superseded.is_none() && warrants[0].replaces.is_none());
    let after = look(&adviser, hearing_id).await;
    let of_name = |superseded| {
        after
            .documents
            .iter()
            .find(|d| d.name == WARRANT && d.superseded.is_some() == superseded)
            .unwrap()
    };
    assert_eq!(of_name(false).document_id, warrants[0].document_id);
    // The court sees plainly that the old one was stopped; it is made, so that it
    // can be read, and says that it no longer applies.
    let old = of_name(true);
    assert!(old.made);
    assert!(
        old.deliveries
            .iter()
            .all(|d| d.state == DeliveryState::Stopped)
    );
    assert!(old.superseded.as_ref().unwrap().by.is_some());
}

#[tokio::test]
async fn an_amended_adjournment_moves_the_next_hearing_and_one_that_stays_is_not_listed_twice() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "adjournment", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, 0, lines).await;
    share(&adviser, &room, &saved).await;
    let first = view(&adviser, case_id).await.hearings.remove(1);

    // Something else is amended: the next hearing stays.
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let mut lines = lines_of(&amending, &["WDRN"]);
    let mut withdrawn = lines.remove(0);
    withdrawn
        .answers
        .insert("details".to_owned(), "INSUF".to_owned());
    let mut others: Vec<Line> = super::lines(&amending);
    others.retain(|line| line.line_id != withdrawn.line_id);
    others.push(withdrawn);
    let amending = typed(&adviser, &amending, others).await;
    reshare(&adviser, &amending).await.unwrap();
    let after = view(&adviser, case_id).await;
    assert_eq!(after.hearings.len(), 2, "{:#?}", after.hearings);
    assert_eq!(after.hearings[1].hearing_id, first.hearing_id);

    // Its day is amended: the old one leaves the list, the new one is in it.
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let later = first.day.plus_days(7);
    let mut lines = super::lines(&amending);
    for line in &mut lines {
        for key in ["HDATE", "fixedDate"] {
            if let Some(day) = line.answers.get_mut(key) {
                *day = later.to_string();
            }
        }
    }
    let amending = typed(&adviser, &amending, lines).await;
    reshare(&adviser, &amending).await.unwrap();
    let after = view(&adviser, case_id).await;
    let state = |day| {
        let found = after.hearings.iter().find(|h| h.day == day);
        found.map(|h| h.state)
    };
    assert_eq!(state(first.day), Some(HearingState::Vacated));
    assert_eq!(state(later), Some(HearingState::Listed));
}

#[tokio::test]
async fn an_order_whose_protected_person_was_named_wrongly_is_replaced_and_not_ended() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "restraining_order", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;
    settled(&court).await;
    let orders = async || {
        let all = look(&adviser, hearing_id).await.documents;
        let named = all
            .into_iter()
            .filter(|own| own.name == "Restraining Order");
        named.map(|own| own.document_id).collect::<Vec<_>>()
    };
    let first = orders().await;
    let [old] = first[..] else {
        panic!("one order of {first:?}");
    };
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let mut lines: Vec<Line> = amending
        .draft
        .lines
        .iter()
        .map(|own| own.line.clone())
        .collect();
    for line in &mut lines {
        if let Some(name) = line.answers.get_mut("protectedPersonsName") {
            "Imogen Farrar".clone_into(name);
        }
    }
    // The page beside the typing shows what will be made again, and nothing that stays.
    let asked = Preview {
        hearing_id,
        lines: lines.clone(),
    };
    let seen = adviser.hearing_preview(&asked).await.unwrap().documents;
    let named = |name: &str| seen.iter().any(|own| own.name == name);
    assert!(named("Restraining Order") && !named("Notice of Financial Penalty"));
    let amending = typed(&adviser, &amending, lines).await;
    let made = reshare(&adviser, &amending).await.unwrap();
    assert_eq!(made, seen.len() as u64);
    settled(&court).await;
    let now = orders().await;
    let new: Vec<_> = now.iter().filter(|own| **own != old).collect();
    let asked = document::View { document_id: old };
    let mark = adviser.document_view(&asked).await.unwrap().superseded;
    assert_eq!(mark.and_then(|own| own.by), Some(*new[0]), "{now:?}");
    assert_eq!(new.len(), 1);
    let all = look(&adviser, hearing_id).await.documents;
    assert!(all.iter().all(|own| own.name != ENDED));
}
