//! Amending shared results, and sharing them again: who may, and what changes. What
//! becomes of the documents that are out already is in `amending/documents.rs`, what
//! the approver is shown in `amending/shown.rs`, what is put right beside the results in
//! `amending/corrected.rs`.

mod corrected;
mod documents;
mod shown;

use crate::steps::{all_guilty, example, look, path_case, save, share, start, view};
use client::{Bytes, Client};
use contract::{
    Code, Problem, document,
    hearing::{
        BeginAmendment, CancelAmendment, CompareVersions, DecideAmendment, HearingView, Line,
        RequestApproval, SaveDraft, ShareResults, UnlockResults,
    },
    inbox::{self, InboxItem},
    notice,
};
use testkit::TestCourt;
use vocabulary::{
    AmendmentKind, AmendmentOutcome, AmendmentReason, DeliveryState, HearingId, LineChange,
    ResultsState,
};

pub(crate) const WARRANT: &str = "Warrant for custodial sentence";
const ENDED: &str = "Notice that a Document No Longer Applies";
pub(crate) const TOMASZ: &str = "tomasz.brandys@court.example.test";
const BRYN: &str = "bryn.calder@court.example.test";

/// Nine months on the first offence, the second withdrawn, and shared.
pub(crate) async fn sentenced(court: &TestCourt, adviser: &Client) -> HearingId {
    let (_, hearing_id) = path_case(adviser).await;
    start(adviser, hearing_id).await;
    all_guilty(adviser, hearing_id).await;
    let room = look(adviser, hearing_id).await;
    let mut lines = example(court, "imprisonment", &room, 0);
    lines.extend(example(court, "withdrawn", &room, 1));
    let saved = save(adviser, hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(adviser, &room, &saved).await;
    hearing_id
}

pub(crate) async fn begin(
    client: &Client,
    hearing_id: HearingId,
    kind: AmendmentKind,
) -> Result<HearingView, Problem> {
    let seen = look(client, hearing_id).await;
    client
        .hearing_begin_amendment(&BeginAmendment {
            hearing_id,
            version: seen.version,
            kind,
            reason: AmendmentReason::RecordedWrongly,
            note: "The bench said eight months.".to_owned(),
        })
        .await?;
    Ok(look(client, hearing_id).await)
}

fn lines(view: &HearingView) -> Vec<Line> {
    view.draft
        .lines
        .iter()
        .map(|line| line.line.clone())
        .collect()
}

/// The draft with another term of imprisonment.
pub(crate) fn term(view: &HearingView, term: &str) -> Vec<Line> {
    let mut lines = lines(view);
    for line in &mut lines {
        for key in ["imprisonmentPeriod", "totalCustodialPeriod"] {
            if let Some(answer) = line.answers.get_mut(key) {
                term.clone_into(answer);
            }
        }
    }
    lines
}

/// Saves these lines over the draft and gives back the hearing as it then is.
pub(crate) async fn typed(client: &Client, view: &HearingView, lines: Vec<Line>) -> HearingView {
    let saved = save(client, view.hearing_id, view.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    look(client, view.hearing_id).await
}

pub(crate) async fn reshare(client: &Client, view: &HearingView) -> Result<u64, Problem> {
    let shared = client
        .hearing_share_results(&ShareResults {
            hearing_id: view.hearing_id,
            version: view.version,
            revision: view.draft.revision,
            targets: None,
        })
        .await?;
    Ok(shared.documents)
}

pub(crate) async fn ask(client: &Client, view: &HearingView) -> Result<HearingView, Problem> {
    client
        .hearing_request_approval(&RequestApproval {
            hearing_id: view.hearing_id,
            version: view.version,
            revision: view.draft.revision,
        })
        .await?;
    Ok(look(client, view.hearing_id).await)
}

pub(crate) async fn decide(
    client: &Client,
    hearing_id: HearingId,
    why: Option<&str>,
) -> Result<(), Problem> {
    let seen = look(client, hearing_id).await;
    client
        .hearing_decide_amendment(&DecideAmendment {
            hearing_id,
            version: seen.version,
            approve: why.is_none(),
            why: why.map(str::to_owned),
        })
        .await
        .map(|_| ())
}

/// What lies in an inbox, of one name, once everything is made and delivered.
pub(crate) async fn delivered(court: &TestCourt, prison: &Client, name: &str) -> Vec<InboxItem> {
    settled(court).await;
    let inbox = prison.inbox_list(&inbox::List {}).await.unwrap();
    inbox.items.into_iter().filter(|i| i.name == name).collect()
}

/// Until nothing waits to be made or delivered any more.
pub(crate) async fn settled(court: &TestCourt) {
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

async fn acknowledge(prison: &Client, item: &InboxItem) -> Result<InboxItem, Problem> {
    let delivery_id = item.delivery_id;
    prison.inbox_open(&inbox::Open { delivery_id }).await?;
    prison
        .inbox_acknowledge(&inbox::Acknowledge { delivery_id })
        .await
}

pub(crate) async fn pdf(client: &Client, item: &InboxItem) -> Vec<u8> {
    let bytes = client
        .download(Bytes::Document, &item.document_id.to_string())
        .await
        .unwrap();
    bytes.all(10_000_000).await.unwrap()
}

#[tokio::test]
async fn an_administrative_error_is_put_right_and_the_prison_holds_by_the_new_warrant() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let hearing_id = sentenced(&court, &adviser).await;
    let old = delivered(&court, &prison, WARRANT).await.remove(0);
    acknowledge(&prison, &old).await.unwrap();
    let as_issued = pdf(&prison, &old).await;
    let before = look(&adviser, hearing_id).await;
    assert!(before.may.contains(&"amend".to_owned()), "{:?}", before.may);
    assert!(!before.may.contains(&"draft".to_owned()));

    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    assert_eq!(amending.results_state, ResultsState::AmendLockedAdminError);
    // The draft begins with what is shared.
    let shared = before.shared.as_ref().unwrap();
    assert_eq!(amending.draft.lines.len(), shared.lines.len());
    let amending = typed(&adviser, &amending, term(&amending, "8 months")).await;
    let made = reshare(&adviser, &amending).await.unwrap();
    assert!(made > 0);

    let after = look(&adviser, hearing_id).await;
    assert_eq!(after.results_state, ResultsState::Shared);
    assert_eq!(after.shared.as_ref().unwrap().version, 2);
    let versions: Vec<u32> = after.versions.iter().map(|v| v.version).collect();
    assert_eq!(versions, [2, 1]);
    assert_eq!(
        after.versions[0].note.as_deref(),
        Some("The bench said eight months.")
    );
    // Both versions, side by side.
    let sides = adviser
        .hearing_compare_versions(&CompareVersions {
            hearing_id,
            from: 1,
            to: Some(2),
        })
        .await
        .unwrap();
    let changed: Vec<_> = sides
        .targets
        .iter()
        .flat_map(|t| &t.lines)
        .filter(|l| l.change == LineChange::Changed)
        .collect();
    assert_eq!(changed.len(), 2, "{sides:#?}");
    assert!(changed[0].was.as_ref().unwrap().contains("9 months"));
    assert!(changed[0].is.as_ref().unwrap().contains("8 months"));

    // The prison has the new warrant, and the old one says that it was replaced.
    let warrants = delivered(&court, &prison, WARRANT).await;
    assert_eq!(warrants.len(), 2);
    let (new, old_now) = (&warrants[0], &warrants[1]);
    assert_eq!(old_now.delivery_id, old.delivery_id);
    let mark = old_now.superseded.as_ref().unwrap();
    assert_eq!(mark.by_delivery, Some(new.delivery_id));
    assert_eq!(new.replaces.as_ref().unwrap().document_id, old.document_id);
    // That the old one was acknowledged does not count for the new one.
    assert_eq!(old_now.state, DeliveryState::Acknowledged);
    assert_eq!(new.state, DeliveryState::Received);
    assert!(new.acknowledgement_required && new.superseded.is_none());
    acknowledge(&prison, new).await.unwrap();
    // Wherever the old one is opened it says so first.
    assert_ne!(pdf(&prison, old_now).await, as_issued);
    let standing = prison
        .document_view(&document::View {
            document_id: old.document_id,
        })
        .await
        .unwrap();
    assert_eq!(standing.superseded.as_ref(), Some(mark));
    let told = prison.notice_list(&notice::List {}).await.unwrap();
    let title = format!("{WARRANT} no longer applies");
    assert!(told.items.iter().any(|n| n.title == title), "{told:?}");

    // What the amendment does not touch was made once; the case has the new results only.
    let names: Vec<_> = after.documents.iter().map(|d| &d.name).collect();
    let superseded = after.documents.iter().filter(|d| d.superseded.is_some());
    assert_eq!(superseded.count() as u64, made, "{names:?}");
    let case = view(&adviser, after.defendants[0].case_id).await;
    let results = &case.defendants[0].offences[0].results;
    let terms = results.iter().filter(|r| r.code == "IMP");
    let terms: Vec<_> = terms.map(|r| r.text.as_str()).collect();
    assert!(
        matches!(terms[..], [one] if one.contains("8 months")),
        "{terms:?}"
    );
    assert!(court.state.store.verify().await.unwrap().bad.is_none());
}

#[tokio::test]
async fn a_user_error_is_shared_after_somebody_else_approved_it() {
    let court = TestCourt::open().await;
    let (adviser, colleague) = (court.as_legal_adviser().await, court.sign_in(TOMASZ).await);
    let hearing_id = sentenced(&court, &adviser).await;
    let amending = begin(&adviser, hearing_id, AmendmentKind::UserError)
        .await
        .unwrap();
    let amending = typed(&adviser, &amending, term(&amending, "8 months")).await;
    assert!(!amending.may.contains(&"share".to_owned()));
    let early = reshare(&adviser, &amending).await.unwrap_err();
    assert_eq!(early.reference.as_deref(), Some("approval_needed"));
    let waiting = ask(&adviser, &amending).await.unwrap();
    assert_eq!(waiting.results_state, ResultsState::ApprovalRequested);

    // The amender does not approve, nor is it offered; a prosecutor does not see it.
    assert!(!waiting.may.contains(&"decide".to_owned()));
    let own = decide(&adviser, hearing_id, None).await.unwrap_err();
    assert_eq!(own.reference.as_deref(), Some("approver_is_amender"));
    let prosecutor = court.as_cps().await;
    let refused = prosecutor
        .hearing_decide_amendment(&DecideAmendment {
            hearing_id,
            version: waiting.version,
            approve: true,
            why: None,
        })
        .await
        .unwrap_err();
    // Said before the hearing is looked up: it tells nothing of it.
    assert_eq!(refused.code, Code::NotPermitted);

    // The colleague is told, sees both sides, and approves.
    let told = colleague.notice_list(&notice::List {}).await.unwrap();
    let asked = told.items.iter();
    let asked: Vec<_> = asked
        .filter(|n| n.title == "Results wait for approval")
        .collect();
    assert_eq!(asked.len(), 1, "{told:?}");
    assert_eq!(asked[0].hearing_id, Some(hearing_id));
    let seen = look(&colleague, hearing_id).await;
    assert!(seen.may.contains(&"decide".to_owned()), "{:?}", seen.may);
    let sides = colleague
        .hearing_compare_versions(&CompareVersions {
            hearing_id,
            from: 1,
            to: None,
        })
        .await
        .unwrap();
    assert!(sides.summary.contains("2 changed"), "{}", sides.summary);
    decide(&colleague, hearing_id, None).await.unwrap();
    let told = adviser.notice_list(&notice::List {}).await.unwrap();
    assert!(
        told.items
            .iter()
            .any(|n| n.title == "Amended results approved")
    );

    // What was approved can be shared, and no longer typed over.
    let approved = look(&adviser, hearing_id).await;
    assert_eq!(approved.results_state, ResultsState::Validated);
    let late = adviser
        .hearing_save_draft(&SaveDraft {
            hearing_id,
            revision: approved.draft.revision,
            lines: term(&approved, "7 months"),
            unresolved: Vec::new(),
        })
        .await
        .unwrap_err();
    assert_eq!(late.reference.as_deref(), Some("approved"));
    reshare(&adviser, &approved).await.unwrap();
    let after = look(&adviser, hearing_id).await;
    assert_eq!(
        after.versions[0].approved_by.as_deref(),
        Some("Tomasz Brandys")
    );
    assert_eq!(
        after.versions[0].amended_by.as_deref(),
        after.versions[1].by.as_str().into()
    );
}

#[tokio::test]
async fn a_rejected_amendment_is_cleared_and_its_maker_reads_why() {
    let court = TestCourt::open().await;
    let (adviser, colleague) = (court.as_legal_adviser().await, court.sign_in(TOMASZ).await);
    let hearing_id = sentenced(&court, &adviser).await;
    let amending = begin(&adviser, hearing_id, AmendmentKind::UserError)
        .await
        .unwrap();
    let amending = typed(&adviser, &amending, term(&amending, "8 months")).await;
    ask(&adviser, &amending).await.unwrap();
    let silent = decide(&colleague, hearing_id, Some(" ")).await.unwrap_err();
    assert_eq!(silent.reference.as_deref(), Some("reason_missing"));
    decide(&colleague, hearing_id, Some("It was nine months."))
        .await
        .unwrap();

    let after = look(&adviser, hearing_id).await;
    assert_eq!(after.results_state, ResultsState::Shared);
    assert_eq!(after.shared.as_ref().unwrap().version, 1);
    let ended = &after.ended_amendments[0];
    assert_eq!(ended.outcome, AmendmentOutcome::Rejected);
    assert_eq!(ended.why.as_deref(), Some("It was nine months."));
    let told = adviser.notice_list(&notice::List {}).await.unwrap();
    let notice = told
        .items
        .iter()
        .find(|n| n.title == "Amended results not approved");
    assert!(notice.unwrap().body.contains("It was nine months."));
    // The next amendment starts from what is shared, not from what was rejected.
    let again = begin(&colleague, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    assert!(
        again
            .draft
            .lines
            .iter()
            .any(|l| l.text.contains("9 months"))
    );
    assert!(
        !again
            .draft
            .lines
            .iter()
            .any(|l| l.text.contains("8 months"))
    );
}

#[tokio::test]
async fn a_cancelled_amendment_leaves_nothing_behind() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let hearing_id = sentenced(&court, &adviser).await;
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let amending = typed(&adviser, &amending, term(&amending, "8 months")).await;
    adviser
        .hearing_cancel_amendment(&CancelAmendment {
            hearing_id,
            version: amending.version,
        })
        .await
        .unwrap();
    let after = look(&adviser, hearing_id).await;
    assert_eq!(after.results_state, ResultsState::Shared);
    assert!(
        after
            .draft
            .lines
            .iter()
            .all(|l| !l.text.contains("8 months"))
    );
    assert!(after.documents.iter().all(|d| d.superseded.is_none()));
    let late = adviser
        .hearing_save_draft(&SaveDraft {
            hearing_id,
            revision: after.draft.revision,
            lines: term(&after, "8 months"),
            unresolved: Vec::new(),
        })
        .await
        .unwrap_err();
    assert_eq!(late.reference.as_deref(), Some("already_shared"));
}

#[tokio::test]
async fn a_share_from_a_stale_draft_is_refused() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let hearing_id = sentenced(&court, &adviser).await;
    let first = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let first = typed(&adviser, &first, term(&first, "8 months")).await;
    let second = typed(&adviser, &first, term(&first, "7 months")).await;
    // A draft that was saved over.
    let stale = reshare(&adviser, &first).await.unwrap_err();
    assert_eq!(stale.code, Code::Stale);
    // A hearing that has changed since.
    let mut older = second.clone();
    older.version -= 1;
    let stale = reshare(&adviser, &older).await.unwrap_err();
    assert_eq!(stale.code, Code::Stale);
    assert_eq!(look(&adviser, hearing_id).await.versions.len(), 1);
    reshare(&adviser, &second).await.unwrap();
    // The same again, from the same screen.
    let again = reshare(&adviser, &second).await.unwrap_err();
    assert_eq!(again.code, Code::Stale);
    assert_eq!(look(&adviser, hearing_id).await.versions.len(), 2);
}

#[tokio::test]
async fn of_two_people_who_amend_the_second_is_told_who_was_first() {
    let court = TestCourt::open().await;
    let (adviser, colleague) = (court.as_legal_adviser().await, court.sign_in(TOMASZ).await);
    let hearing_id = sentenced(&court, &adviser).await;
    let seen = look(&colleague, hearing_id).await;
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let late = colleague
        .hearing_begin_amendment(&BeginAmendment {
            hearing_id,
            version: seen.version,
            kind: AmendmentKind::AdministrativeError,
            reason: AmendmentReason::SlipRule,
            note: "Me too".to_owned(),
        })
        .await
        .unwrap_err();
    assert_eq!(late.code, Code::Stale);
    let second = begin(&colleague, hearing_id, AmendmentKind::UserError)
        .await
        .unwrap_err();
    assert_eq!(second.reference.as_deref(), Some("already_being_amended"));
    let name = amending.amendment.as_ref().unwrap().by.clone();
    assert!(second.title.contains(&name), "{second:?}");
    // Nor does the second type into the first one's draft, or give it up.
    let seen = look(&colleague, hearing_id).await;
    assert!(!seen.amendment.as_ref().unwrap().mine);
    let refused = colleague
        .hearing_save_draft(&SaveDraft {
            hearing_id,
            revision: seen.draft.revision,
            lines: term(&seen, "7 months"),
            unresolved: Vec::new(),
        })
        .await
        .unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("locked"));
    let refused = colleague
        .hearing_cancel_amendment(&CancelAmendment {
            hearing_id,
            version: seen.version,
        })
        .await
        .unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("locked"));
}

#[tokio::test]
async fn a_court_administrator_unlocks_what_somebody_left_locked() {
    let court = TestCourt::open().await;
    let (adviser, colleague) = (court.as_legal_adviser().await, court.sign_in(TOMASZ).await);
    let administrator = court.sign_in(BRYN).await;
    let hearing_id = sentenced(&court, &adviser).await;
    let amending = begin(&adviser, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
    let unlock = UnlockResults {
        hearing_id,
        version: amending.version,
        why: "Gone home for the day.".to_owned(),
    };
    let refused = colleague.hearing_unlock_results(&unlock).await.unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);
    administrator.hearing_unlock_results(&unlock).await.unwrap();

    let after = look(&colleague, hearing_id).await;
    let ended = &after.ended_amendments[0];
    assert_eq!(ended.outcome, AmendmentOutcome::Unlocked);
    assert_eq!(ended.ended_by, "Bryn Calder");
    assert_eq!(ended.why.as_deref(), Some("Gone home for the day."));
    // What the first one still had on the screen goes nowhere.
    let late = adviser
        .hearing_save_draft(&SaveDraft {
            hearing_id,
            revision: amending.draft.revision,
            lines: term(&amending, "7 months"),
            unresolved: Vec::new(),
        })
        .await
        .unwrap_err();
    assert_eq!(late.reference.as_deref(), Some("already_shared"));
    begin(&colleague, hearing_id, AmendmentKind::AdministrativeError)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_result_for_another_defendants_offence_is_not_shared() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "dismissed", &room, 0);
    let mut foreign = lines[0].clone();
    foreign.line_id = vocabulary::ResultLineId(uuid::Uuid::now_v7());
    foreign.offence_id = Some(vocabulary::OffenceId(uuid::Uuid::now_v7()));
    lines.extend(example(&court, "withdrawn", &room, 1));
    lines.push(foreign);
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    // The meter says so before anybody shares.
    let told = |code: &str| saved.readiness.findings.iter().any(|one| one.code == code);
    assert!(told("another_defendants_offence") && !saved.readiness.ready);
    let refused = adviser
        .hearing_share_results(&ShareResults {
            hearing_id,
            version: room.version,
            revision: saved.revision,
            targets: None,
        })
        .await
        .unwrap_err();
    assert_eq!(
        refused.reference.as_deref(),
        Some("another_defendants_offence"),
        "{refused:?}"
    );
}
