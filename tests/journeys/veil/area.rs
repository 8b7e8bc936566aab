//! Cases of other courts: staff say why before they open one, and it is quiet.

use super::{ADMINISTRATOR, ADVISER, break_glass, controller, make_sensitive, opens, permit};
use crate::{
    amending::{begin, reshare, sentenced, typed},
    defence::{ground, off, on_record},
    printouts::{bytes, court_of, of_court, refused as not_had},
    steps::{example, find, look, path_case, save, share, start, view},
};
use app::demo::{self, PATH_URN};
use client::Client;
use contract::{
    Code, Problem,
    access::{Explain, Openings},
    audit::{Report, Subject},
    case::RestrictListing,
    hearing::{
        BeginAmendment, CancelAmendment, DecideAmendment, EnterPlea, EnterVerdict, HearingView,
        LogEvent, Preview, RecordAttendance, RequestApproval, SaveDraft, ShareResults,
        UnlockResults, View,
    },
    notice::List,
    result::{Definition, Parse},
};
use testkit::TestCourt;
use vocabulary::{
    AmendmentKind, AmendmentReason, Attendance, CaseId, DisassociationReason, Group,
    RepresentationBasis,
};

/// A legal adviser of another court than the one that hears the case of the path.
const ELSEWHERE: &str = "gwenllian.parri@court.example.test";

#[tokio::test]
async fn a_case_of_another_court_opens_for_a_reason_that_is_recorded_and_told_to_nobody() {
    let court = TestCourt::open().await;
    let own = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&own).await;
    let adviser = court.sign_in(ELSEWHERE).await;
    // Finding it is finding it; opening it, and its hearing, is asked why.
    assert_eq!(find(&adviser, PATH_URN).await, case_id);
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
    let hearing = adviser.hearing_view(&View { hearing_id }).await;
    let asked = hearing.unwrap_err();
    assert_eq!(asked.code, Code::ReasonNeeded);
    assert!(asked.hint.contains("Open its cases first"), "{asked:?}");

    break_glass(&adviser, case_id).await.unwrap();
    opens(&adviser, case_id).await.unwrap();
    adviser.hearing_view(&View { hearing_id }).await.unwrap();
    // Whose court hears it is not asked at all.
    opens(&own, case_id).await.unwrap();
    assert_eq!(break_glass(&own, case_id).await, Err(Code::Refused));
    // A judge sits where they are sent.
    let judge = court.person(Group::DistrictJudge, 0).await;
    opens(&judge, case_id).await.unwrap();

    // Nobody is told, nobody reviews it; it is in the report.
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let told = administrator.notice_list(&List {}).await.unwrap();
    assert!(
        told.items.iter().all(|one| !one.title.contains(PATH_URN)),
        "{told:?}"
    );
    let waiting = administrator.access_openings(&Openings {}).await.unwrap();
    assert!(waiting.openings.is_empty(), "{waiting:?}");
    let auditor = court.person(Group::Auditors, 0).await;
    let report = Report {
        about: Subject::Case,
        which: PATH_URN.to_owned(),
        from: court.today(),
        to: court.today(),
        after: None,
    };
    let report = auditor.audit_report(&report).await.unwrap();
    let mut lines = report.lines.iter();
    let line = lines.find(|line| line.what == "case of another court opened");
    let line = line.unwrap_or_else(|| panic!("{:#?}", report.lines));
    assert_eq!(line.who, "Gwenllian Parri");
    assert!(line.to.contains("Bail application"), "{line:?}");
}

#[tokio::test]
async fn a_reason_for_another_courts_case_does_not_open_it_once_it_is_sensitive() {
    let court = TestCourt::open().await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    let adviser = court.sign_in(ELSEWHERE).await;
    break_glass(&adviser, case_id).await.unwrap();
    opens(&adviser, case_id).await.unwrap();
    make_sensitive(&court, case_id).await;
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
    let controller = controller(&court).await;
    let waiting = controller.access_openings(&Openings {}).await.unwrap();
    assert!(waiting.openings.is_empty());
    // The louder reason is enough for both.
    break_glass(&adviser, case_id).await.unwrap();
    opens(&adviser, case_id).await.unwrap();
    let waiting = controller.access_openings(&Openings {}).await.unwrap();
    assert_eq!(waiting.openings.len(), 1);
}

/// The policy that refuses, and its sentence.
const WORK: (&str, &str) = (
    "context: area.hearings_are_run_where_they_are",
    "the hearing is at another court; you may read it, and its own court works in it",
);
const LISTS: (&str, &str) = (
    "context: area.cases_are_kept_off_lists_where_they_are_heard",
    "another court hears the case; you may read it",
);

const ASSOCIATIONS: (&str, &str) = (
    "context: area.associations_are_ended_where_the_case_is_heard",
    "another court hears the case; you may read it",
);

fn refused<T: std::fmt::Debug>(answer: Result<T, Problem>, (policy, says): (&str, &str)) {
    let problem = answer.unwrap_err();
    assert_eq!(problem.code, Code::NotPermitted, "{problem:?}");
    assert_eq!(problem.reference.as_deref(), Some(policy), "{problem:?}");
    let why = problem.why.as_deref().unwrap_or_default();
    assert!(why.contains(says), "{problem:?}");
}

/// Everything that is done in a hearing, tried by somebody who may read it.
async fn works_nowhere_in(client: &Client, room: &HearingView) {
    let (hearing_id, version, revision) = (room.hearing_id, room.version, room.draft.revision);
    let defendant = &room.defendants[0];
    let (defendant_id, offence_id) = (defendant.defendant_id, defendant.offences[0].offence_id);
    let lines: Vec<_> = room
        .draft
        .lines
        .iter()
        .map(|own| own.line.clone())
        .collect();
    let definition_id = room.log_choices[0].definition_id;
    let logged = LogEvent {
        hearing_id,
        version,
        definition_id,
        defendant_id: None,
        note: None,
    };
    refused(client.hearing_log_event(&logged).await, WORK);
    let attends = RecordAttendance {
        hearing_id,
        version,
        defendant_id,
        attendance: Attendance::InPerson,
    };
    refused(client.hearing_record_attendance(&attends).await, WORK);
    let pleads = EnterPlea {
        hearing_id,
        version,
        offence_id,
        plea: "GUILTY".to_owned(),
    };
    refused(client.hearing_enter_plea(&pleads).await, WORK);
    let found = EnterVerdict {
        hearing_id,
        version,
        offence_id,
        verdict: Some("G".to_owned()),
        day: None,
        instead: None,
        majority: None,
    };
    refused(client.hearing_enter_verdict(&found).await, WORK);
    let draft = SaveDraft {
        hearing_id,
        revision,
        lines: lines.clone(),
        unresolved: Vec::new(),
    };
    refused(client.hearing_save_draft(&draft).await, WORK);
    let preview = Preview { hearing_id, lines };
    refused(client.hearing_preview(&preview).await, WORK);
    let parse = Parse {
        hearing_id,
        defendant_id,
        offence_id: Some(offence_id),
        text: "wdrn".to_owned(),
        caret: None,
        lines: Vec::new(),
    };
    refused(client.result_parse(&parse).await, WORK);
    let definition_id = example_definition(room);
    let definition = Definition {
        hearing_id,
        definition_id,
    };
    refused(client.result_definition(&definition).await, WORK);
    let sharing = ShareResults {
        hearing_id,
        version,
        revision,
        targets: None,
    };
    refused(client.hearing_share_results(&sharing).await, WORK);
    let beginning = BeginAmendment {
        hearing_id,
        version,
        kind: AmendmentKind::AdministrativeError,
        reason: AmendmentReason::RecordedWrongly,
        note: "It was written down wrongly.".to_owned(),
    };
    refused(client.hearing_begin_amendment(&beginning).await, WORK);
    let cancelling = CancelAmendment {
        hearing_id,
        version,
    };
    refused(client.hearing_cancel_amendment(&cancelling).await, WORK);
    let asking = RequestApproval {
        hearing_id,
        version,
        revision,
    };
    refused(client.hearing_request_approval(&asking).await, WORK);
    let deciding = DecideAmendment {
        hearing_id,
        version,
        approve: true,
        why: None,
    };
    refused(client.hearing_decide_amendment(&deciding).await, WORK);
}

fn example_definition(room: &HearingView) -> vocabulary::DefinitionId {
    let shared = room.draft.lines.first().map(|own| own.line.definition_id);
    shared.expect("a result of the hearing")
}

fn keeps_off(case_id: CaseId, kept_off: bool) -> RestrictListing {
    RestrictListing {
        case_id,
        kept_off,
        reason: "A witness is protected.".to_owned(),
    }
}

#[tokio::test]
async fn staff_of_another_court_who_gave_a_reason_read_the_hearing_and_do_nothing_in_it() {
    let court = TestCourt::open().await;
    let own = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&own).await;
    // Their own court does all of it: begins, takes pleas, types, shares.
    let hearing_id = sentenced(&court, &own).await;
    let adviser = court.sign_in(ELSEWHERE).await;
    break_glass(&adviser, case_id).await.unwrap();
    let before = look(&own, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    assert!(room.may.is_empty(), "{:?}", room.may);
    works_nowhere_in(&adviser, &room).await;
    let kept = adviser
        .case_restrict_listing(&keeps_off(case_id, true))
        .await;
    refused(kept, LISTS);
    // The same is said where somebody asks why they may not.
    let explained = adviser.access_explain(&Explain { case_id }).await.unwrap();
    for (action, (policy, says)) in [("share_results", WORK), ("restrict_listing", LISTS)] {
        let line = explained.refused.iter().find(|one| one.action == action);
        let line = line.unwrap_or_else(|| panic!("{action}: {explained:#?}"));
        assert_eq!(line.reference, policy);
        assert!(line.why.contains(says), "{line:?}");
    }
    // A permission on the case opens it without a reason, and is no more than that.
    permit(&court, case_id, ELSEWHERE).await;
    works_nowhere_in(&adviser, &look(&adviser, hearing_id).await).await;
    let after = look(&own, hearing_id).await;
    assert_eq!(after.version, before.version);
    assert_eq!(after.draft.revision, before.draft.revision);

    // Ending a colleague's amendment is for administrators, and of this court.
    let amending = begin(&own, hearing_id, AmendmentKind::AdministrativeError).await;
    assert!(amending.unwrap().may.contains(&"cancel".to_owned()));
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let seen = look(&administrator, hearing_id).await;
    let unlocking = UnlockResults {
        hearing_id,
        version: seen.version,
        why: "Gone home for the day.".to_owned(),
    };
    let theirs = adviser.hearing_unlock_results(&unlocking).await;
    assert_eq!(theirs.unwrap_err().code, Code::NotPermitted);
    administrator
        .hearing_unlock_results(&unlocking)
        .await
        .unwrap();
    own.case_restrict_listing(&keeps_off(case_id, true))
        .await
        .unwrap();
}

/// Where the case asks for a reason, a whole day of its court house opens nothing without one.
#[tokio::test]
async fn what_prints_a_whole_day_of_another_court_is_had_by_those_who_work_there_alone() {
    let court = TestCourt::open().await;
    let own = court.sign_in(ADVISER).await;
    sentenced(&court, &own).await;
    let day = court.today();
    let adviser = court.sign_in(ELSEWHERE).await;
    let house = court_of(&court, demo::MAGISTRATES).await;
    let names = |offered: Vec<contract::printout::Offered>| -> Vec<String> {
        offered.into_iter().map(|one| one.name).collect()
    };
    let theirs = names(of_court(&own, Some(house), day).await);
    let others = names(of_court(&adviser, Some(house), day).await);
    for (kind, name) in [
        ("court-register", "Court register"),
        ("youth-register", "Youth court register"),
        ("bench-list", "Bench court list"),
    ] {
        let wanted = format!("{kind}.{house}.{day}");
        assert_eq!(not_had(&adviser, &wanted).await, Code::NotFound, "{kind}");
        assert!(bytes(&own, &wanted).await.is_ok(), "{kind}");
        assert!(theirs.iter().any(|own| own == name), "{theirs:?}");
        assert!(others.iter().all(|other| other != name), "{others:?}");
    }
    // What others have as well, they have; a judge sits where they are sent.
    let public = format!("public-list.{house}.{day}");
    assert!(bytes(&adviser, &public).await.is_ok());
    let judge = court.person(Group::DistrictJudge, 0).await;
    let bench = format!("bench-list.{house}.{day}");
    assert!(bytes(&judge, &bench).await.is_ok());
    // Of a prosecutor's register each court house has its own part.
    let all = court.state.app.index.organisations().await.unwrap();
    let mut all = all.iter();
    let authority = all.find(|own| own.ou_code.as_deref() == Some(demo::PROSECUTOR_OU_CODE));
    let informant = format!("informant-register.{}.{day}", authority.unwrap().id);
    for (client, has) in [(&own, true), (&adviser, false)] {
        let values = String::from_utf8(bytes(client, &informant).await.unwrap()).unwrap();
        assert_eq!(values.contains(PATH_URN), has, "{values}");
    }
}

#[tokio::test]
async fn a_firm_is_taken_off_record_by_the_court_that_hears_the_case_and_by_no_other() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let elsewhere = ground.court.sign_in(ELSEWHERE).await;
    break_glass(&elsewhere, ground.case_id).await.unwrap();
    let reason = DisassociationReason::CourtDecision;
    refused(off(&elsewhere, &ground, reason).await, ASSOCIATIONS);
    permit(&ground.court, ground.case_id, ELSEWHERE).await;
    refused(off(&elsewhere, &ground, reason).await, ASSOCIATIONS);
    let own = ground.court.sign_in(ADVISER).await;
    off(&own, &ground, reason).await.unwrap();
}

#[tokio::test]
async fn a_case_that_went_to_another_court_is_read_by_both_and_each_works_in_its_own_hearing() {
    let court = TestCourt::open().await;
    let first = court.sign_in(ADVISER).await;
    let (case_id, hearing_id) = path_case(&first).await;
    start(&first, hearing_id).await;
    let room = look(&first, hearing_id).await;
    let mut lines = example(&court, "adjournment", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let mut moved = 0;
    for answer in lines.iter_mut().flat_map(|line| line.answers.values_mut()) {
        if answer == "Ashmere Magistrates' Court" {
            "Porthgarreg Magistrates' Court".clone_into(answer);
            moved += 1;
        }
    }
    assert!(moved > 0, "{lines:#?}");
    let saved = save(&first, hearing_id, room.draft.revision, lines).await;
    share(&first, &room, &saved).await;

    // Listed at both, it is opened at both without a reason.
    let second = court.sign_in(ELSEWHERE).await;
    let hearings = view(&second, case_id).await.hearings;
    let next = hearings.iter().find(|one| one.hearing_id != hearing_id);
    let next = next.unwrap_or_else(|| panic!("{hearings:#?}"));
    assert!(next.court.starts_with("Porthgarreg"), "{next:?}");
    let earlier = look(&second, hearing_id).await;
    assert!(earlier.may.is_empty(), "{:?}", earlier.may);
    works_nowhere_in(&second, &earlier).await;

    // Where the next hearing is, it is theirs; the first court reads it.
    let read = look(&first, next.hearing_id).await;
    assert!(read.may.is_empty(), "{:?}", read.may);
    let draft = SaveDraft {
        hearing_id: next.hearing_id,
        revision: read.draft.revision,
        lines: example(&court, "withdrawn", &read, 0),
        unresolved: Vec::new(),
    };
    refused(first.hearing_save_draft(&draft).await, WORK);
    start(&second, next.hearing_id).await;
    second.hearing_save_draft(&draft).await.unwrap();

    // What the first court said is the first court's to put right, wherever the case is now.
    let amending = begin(&first, hearing_id, AmendmentKind::AdministrativeError).await;
    let amending = amending.unwrap();
    let mut lines: Vec<_> = amending
        .draft
        .lines
        .iter()
        .map(|own| own.line.clone())
        .collect();
    let details = lines
        .iter_mut()
        .find_map(|line| line.answers.get_mut("details"));
    "INSUF".clone_into(details.expect("why it was withdrawn"));
    let amending = typed(&first, &amending, lines).await;
    reshare(&first, &amending).await.unwrap();
    // Either keeps it off the lists.
    first
        .case_restrict_listing(&keeps_off(case_id, true))
        .await
        .unwrap();
    second
        .case_restrict_listing(&keeps_off(case_id, false))
        .await
        .unwrap();
}
