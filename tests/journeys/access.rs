//! Access, layer by layer: groups, permission of single people, sections, and what the
//! moment is against; that a change counts for the very next request; that a refusal says
//! why to whoever sees the thing and nothing to anybody else; and who saw and did what.

mod explained;
mod prosecution;
mod receipts;

use crate::{
    attacks::number,
    steps::{find, look, serve, view},
};
use app::demo::PATH_URN;
use client::{Bytes, Client};
use contract::{
    Code,
    access::{BreakGlass, Explain, Give, OfCase, Openings, Review, SetSensitive, TakeBack},
    audit::{Report, Subject},
    case::{Find, List, View},
    hearing::{self, Courtrooms},
    notice,
};
use testkit::TestCourt;
use vocabulary::{CaseId, CasePermission, Group, MaterialId};

const DEPUTY: &str = "imogen.vasey@court.example.test";
const ADMINISTRATOR: &str = "bryn.calder@court.example.test";

/// The path case with a paper served on it.
async fn with_paper(court: &TestCourt) -> (CaseId, MaterialId) {
    let prosecutor = court.as_cps().await;
    let case_id = find(&prosecutor, PATH_URN).await;
    let case = view(&prosecutor, case_id).await;
    serve(&prosecutor, &case, "IDPC.pdf", 2_000).await;
    let case = view(&prosecutor, case_id).await;
    (case_id, case.materials[0].material_id)
}

async fn opens(client: &Client, case_id: CaseId) -> Result<(), Code> {
    let answer = client.case_view(&View { case_id }).await;
    answer.map(|_| ()).map_err(|problem| problem.code)
}

async fn reads(client: &Client, id: MaterialId) -> Result<(), Code> {
    let answer = client.download(Bytes::Material, &id.to_string()).await;
    answer.map(|_| ()).map_err(|problem| problem.code)
}

fn why(text: &str) -> String {
    text.to_owned()
}

#[tokio::test]
async fn judges_and_magistrates_read_what_is_theirs() {
    let court = TestCourt::open().await;
    let (case_id, paper) = with_paper(&court).await;
    for group in [Group::DistrictJudge, Group::Magistrates] {
        let judge = court.person(group, 0).await;
        let glance = view(&judge, case_id).await;
        assert!(
            glance.materials.iter().any(|m| m.material_id == paper),
            "{group}"
        );
        reads(&judge, paper).await.unwrap();
        // They read and run no results.
        assert!(
            glance.sections.is_empty() && glance.may.is_empty(),
            "{group}: {:?}",
            glance.may
        );
        let rooms = judge.hearing_courtrooms(&Courtrooms {}).await.unwrap();
        // Magistrates have the lists of their own court alone.
        assert_eq!(
            rooms.courts.len() == 1,
            group == Group::Magistrates,
            "{group}"
        );
    }
    // A recorder has no permission on it, and is told nothing of it.
    let recorder = court.person(Group::Recorders, 0).await;
    assert_eq!(opens(&recorder, case_id).await, Err(Code::NotFound));
    assert_eq!(reads(&recorder, paper).await, Err(Code::NotFound));
}

#[tokio::test]
async fn a_deputy_sees_a_case_from_the_permission_on_until_it_is_taken_back() {
    let court = TestCourt::open().await;
    let (case_id, paper) = with_paper(&court).await;
    let deputy = court.sign_in(DEPUTY).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    assert_eq!(opens(&deputy, case_id).await, Err(Code::NotFound));
    assert!(deputy.case_list(&List {}).await.unwrap().cases.is_empty());

    let give = Give {
        case_id,
        email: DEPUTY.to_owned(),
        permission: CasePermission::Deputy,
        defendant_id: None,
        until: None,
        reason: why("Sits on it on Monday."),
    };
    // Whoever may not give it is told why; whoever may not see the case, nothing.
    let adviser = court.as_legal_adviser().await;
    let refused = adviser.access_give(&give).await.unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);
    assert!(
        refused
            .why
            .unwrap()
            .contains("Court Administrators, Access Controller (court)")
    );
    let prison = court.as_prison().await;
    assert_eq!(
        prison.access_give(&give).await.unwrap_err().code,
        Code::NotFound
    );
    // Nor is it given to somebody outside the courts, or without a reason.
    for wrong in [
        Give {
            email: "joel.hart@hartfieldlaw.example.test".to_owned(),
            ..give.clone()
        },
        Give {
            reason: why("  "),
            ..give.clone()
        },
    ] {
        assert!(administrator.access_give(&wrong).await.is_err());
    }

    let given = administrator.access_give(&give).await.unwrap();
    assert!(given.permissions[0].in_force);
    opens(&deputy, case_id).await.unwrap();
    reads(&deputy, paper).await.unwrap();
    let listed = deputy.case_list(&List {}).await.unwrap();
    assert_eq!(listed.cases.len(), 1);
    // Its hearings open to them too: they log what happens, and run no results.
    let hearings = view(&deputy, case_id).await.hearings;
    let hearing_id = hearings[0].hearing_id;
    assert!(hearings[0].may_open);
    assert_eq!(look(&deputy, hearing_id).await.may, ["log"]);
    assert!(administrator.access_give(&give).await.is_err(), "twice");

    let back = TakeBack {
        case_id,
        account_id: given.permissions[0].account_id,
        defendant_id: None,
        reason: why("Another judge sits."),
    };
    administrator.access_take_back(&back).await.unwrap();
    // The very next request: the case, its papers, the list.
    assert_eq!(opens(&deputy, case_id).await, Err(Code::NotFound));
    assert_eq!(reads(&deputy, paper).await, Err(Code::NotFound));
    assert!(deputy.case_list(&List {}).await.unwrap().cases.is_empty());
    let gone = deputy.hearing_view(&hearing::View { hearing_id }).await;
    assert_eq!(gone.unwrap_err().code, Code::NotFound);
}

/// Until 28 days after the results, whatever was chosen when it was given; a recorder's, who is
/// no deputy, goes on.
#[tokio::test]
async fn a_deputys_permission_ends_by_itself_twenty_eight_days_after_the_results() {
    let mut court = TestCourt::open().await;
    let (case_id, paper) = with_paper(&court).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let recorder = court
        .person(Group::Recorders, 0)
        .await
        .account_current(&contract::account::Current {})
        .await
        .unwrap()
        .email;
    for email in [DEPUTY, &recorder] {
        let give = Give {
            case_id,
            email: email.to_owned(),
            permission: CasePermission::Access,
            defendant_id: None,
            until: None,
            reason: why("Sits on it on Monday."),
        };
        administrator.access_give(&give).await.unwrap();
    }
    let adviser = court.as_legal_adviser().await;
    crate::amending::sentenced(&court, &adviser).await;
    let today = court.today();
    for (after, open) in [(28, true), (29, false)] {
        court.config.today = Some(today.plus_days(after));
        court = court.restarted().await;
        let deputy = court.sign_in(DEPUTY).await;
        let closed = |answer: Result<(), Code>| match open {
            true => assert_eq!(answer, Ok(()), "after {after} days"),
            false => assert_eq!(answer, Err(Code::NotFound), "after {after} days"),
        };
        closed(opens(&deputy, case_id).await);
        closed(reads(&deputy, paper).await);
        let listed = deputy.case_list(&List {}).await.unwrap();
        assert_eq!(listed.cases.is_empty(), !open, "after {after} days");
        let administrator = court.sign_in(ADMINISTRATOR).await;
        let of_case = OfCase {
            case: PATH_URN.to_owned(),
        };
        let given = administrator.access_of_case(&of_case).await.unwrap();
        let in_force: Vec<bool> = given.permissions.iter().map(|own| own.in_force).collect();
        assert_eq!(in_force, [open, true], "after {after} days");
        let recorder = court.sign_in(&recorder).await;
        assert_eq!(opens(&recorder, case_id).await, Ok(()));
    }
}

#[tokio::test]
async fn nobody_gives_permission_to_themselves() {
    let court = TestCourt::open().await;
    let (case_id, _) = with_paper(&court).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let give = Give {
        case_id,
        email: ADMINISTRATOR.to_uppercase(),
        permission: CasePermission::Access,
        defendant_id: None,
        until: None,
        reason: why("To look."),
    };
    let refused = administrator.access_give(&give).await.unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);
    let of_case = OfCase {
        case: PATH_URN.to_owned(),
    };
    let given = administrator.access_of_case(&of_case).await.unwrap();
    assert!(given.permissions.is_empty());
}

#[tokio::test]
async fn a_refusal_says_why_and_a_stranger_hears_what_is_said_of_no_case() {
    let court = TestCourt::open().await;
    let (case_id, _) = with_paper(&court).await;
    let prosecutor = court.as_cps().await;
    let explained = prosecutor
        .access_explain(&Explain { case_id })
        .await
        .unwrap();
    let line = |action: &str| explained.refused.iter().find(|one| one.action == action);
    for other in [
        "grant_access",
        "instruct_counsel",
        "disassociate_defence",
        "log_event",
    ] {
        assert!(line(other).is_some(), "{other}: {explained:#?}");
    }
    let share = line("share_results").unwrap();
    assert!(
        share.why.contains("it is not for CPS (prosecutor)"),
        "{share:?}"
    );
    assert!(share.reference.starts_with("group: "));
    let bench = explained
        .refused
        .iter()
        .find(|one| one.action == "serve_material" && one.section.is_some())
        .unwrap();
    assert!(bench.reference.starts_with("section: "), "{bench:?}");
    assert!(line("read_extract").is_none(), "they may have the extract");

    // What a stranger hears of it is what is said of a case that there is not.
    let prison = court.as_prison().await;
    let of = |case_id| Explain { case_id };
    let there = prison.access_explain(&of(case_id)).await.unwrap_err();
    let nowhere = CaseId(uuid::Uuid::now_v7());
    let not_there = prison.access_explain(&of(nowhere)).await.unwrap_err();
    assert_eq!(there, not_there);
    assert_eq!(there.why, None);
}

#[tokio::test]
async fn a_sensitive_case_opens_for_a_reason_loudly_and_is_closed_when_it_was_wrong() {
    let court = TestCourt::open().await;
    let (case_id, paper) = with_paper(&court).await;
    let adviser = court.as_legal_adviser().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let controller = court.person(Group::AccessController, 0).await;
    let prosecutor = court.as_cps().await;
    controller
        .access_set_sensitive(&SetSensitive {
            case_id,
            sensitive: true,
            reason: why("A witness is protected."),
        })
        .await
        .unwrap();

    // Closed to all but those with permission: also to the administrator, to the prosecutor,
    // in the list, and to whoever has the address of a paper.
    for closed in [&adviser, &administrator, &prosecutor] {
        assert_eq!(opens(closed, case_id).await, Err(Code::ReasonNeeded));
        assert_eq!(reads(closed, paper).await, Err(Code::ReasonNeeded));
    }
    let listed = prosecutor.case_list(&List {}).await.unwrap();
    let row = listed
        .cases
        .iter()
        .find(|row| row.case_id == case_id)
        .unwrap();
    assert_eq!(row.defendants, ["Sensitive case"]);
    // A stranger is not asked for a reason: there is no case.
    let prison = court.as_prison().await;
    assert_eq!(opens(&prison, case_id).await, Err(Code::NotFound));
    let glass = |reason: &str| BreakGlass {
        case_id,
        reason: reason.to_owned(),
    };
    let refused = prison
        .access_break_glass(&glass("Let me see."))
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::NotFound);

    // A reason opens it, and everybody who gives access hears of it.
    assert!(adviser.access_break_glass(&glass(" ")).await.is_err());
    adviser
        .access_break_glass(&glass("Bail application out of hours."))
        .await
        .unwrap();
    opens(&adviser, case_id).await.unwrap();
    reads(&adviser, paper).await.unwrap();
    for giver in [&administrator, &controller] {
        let notices = giver.notice_list(&notice::List {}).await.unwrap();
        assert!(
            notices
                .items
                .iter()
                .any(|own| own.body.contains("Bail application")),
            "{notices:?}"
        );
    }
    let queue = controller.access_openings(&Openings {}).await.unwrap();
    assert_eq!(queue.openings.len(), 1);
    assert!(adviser.access_openings(&Openings {}).await.is_err());

    // Found wrong, it is closed again at once.
    let review = Review {
        opening_id: queue.openings[0].opening_id,
        justified: false,
        note: why("There was no application."),
    };
    let queue = controller.access_review(&review).await.unwrap();
    assert!(queue.openings.is_empty());
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
    let of_case = controller
        .access_of_case(&OfCase {
            case: PATH_URN.to_owned(),
        })
        .await
        .unwrap();
    assert!(
        of_case.openings[0]
            .reviewed
            .as_ref()
            .unwrap()
            .contains("Not justified")
    );

    // Nobody reviews their own.
    administrator
        .access_break_glass(&glass("To set it right."))
        .await
        .unwrap();
    let queue = administrator.access_openings(&Openings {}).await.unwrap();
    assert!(!queue.openings[0].may_review);
    let own = Review {
        opening_id: queue.openings[0].opening_id,
        ..review
    };
    let refused = administrator.access_review(&own).await.unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);

    // Permission opens it without a reason, and quietly.
    controller
        .access_give(&Give {
            case_id,
            email: "ada.wren@court.example.test".to_owned(),
            permission: CasePermission::Access,
            defendant_id: None,
            until: None,
            reason: why("Advises in it."),
        })
        .await
        .unwrap();
    opens(&adviser, case_id).await.unwrap();
}

#[tokio::test]
async fn the_record_says_who_saw_and_did_what_from_where_and_why_and_who_read_that() {
    let court = TestCourt::open().await;
    let (case_id, paper) = with_paper(&court).await;
    let adviser = court.as_legal_adviser().await;
    reads(&adviser, paper).await.unwrap();
    // Refused three times, and once on something else.
    let prison = court.as_prison().await;
    for _ in 0..3 {
        opens(&prison, case_id).await.unwrap_err();
    }
    reads(&prison, paper).await.unwrap_err();
    app::audit::record_refusals(&court.state.app).await.unwrap();

    let report = |about, which: &str| Report {
        about,
        which: which.to_owned(),
        from: court.today(),
        to: court.today(),
        after: None,
    };
    let refused = adviser
        .audit_report(&report(Subject::Case, PATH_URN))
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);

    let auditor = court.person(Group::Auditors, 0).await;
    assert_eq!(opens(&auditor, case_id).await, Err(Code::NotFound));
    let of_case = auditor
        .audit_report(&report(Subject::Case, PATH_URN))
        .await
        .unwrap();
    let line = |what: &str| {
        let found = of_case
            .lines
            .iter()
            .find(|line| line.what.starts_with(what));
        found.unwrap_or_else(|| panic!("{what}: {:#?}", of_case.lines))
    };
    let served = line("paper served");
    assert_eq!(
        (served.who.as_str(), served.why.as_str()),
        (
            "Kofi Marsh",
            "prosecution.finds_own_cases, prosecution.serves_papers"
        )
    );
    assert!(served.from.starts_with("127.0.0.1"), "{served:?}");
    let opened = line("paper opened");
    assert_eq!(
        (opened.who.as_str(), opened.why.as_str()),
        ("Ada Wren", "court.reads_sections")
    );
    assert!(opened.from.starts_with("127.0.0.1"));
    let refused = line("refused: case.view, 3 times");
    assert_eq!(refused.who, "Mina Oak");
    assert!(of_case.csv.contains("Mina Oak"));
    assert_eq!(of_case.csv.lines().count(), of_case.lines.len() + 1);

    let of_paper = auditor
        .audit_report(&report(Subject::Material, &paper.to_string()))
        .await
        .unwrap();
    let whats: Vec<&str> = of_paper
        .lines
        .iter()
        .map(|line| line.what.as_str())
        .collect();
    assert_eq!(whats.len(), 3, "served, opened, refused: {whats:?}");

    let of_adviser = auditor
        .audit_report(&report(Subject::Person, "ada.wren@court.example.test"))
        .await
        .unwrap();
    assert!(of_adviser.lines.iter().all(|line| line.who == "Ada Wren"));

    // The audit of the auditors: each report is in the next one, and in that of the auditor.
    let again = auditor
        .audit_report(&report(Subject::Case, PATH_URN))
        .await
        .unwrap();
    let read = again
        .lines
        .iter()
        .find(|line| line.what == "audit report read")
        .unwrap();
    assert_eq!(
        (read.who.as_str(), read.why.as_str()),
        ("Yusuf Bramall", "access.audited")
    );
    let of_auditor = auditor
        .audit_report(&report(Subject::Person, "yusuf.bramall@example.test"))
        .await
        .unwrap();
    assert!(
        of_auditor
            .lines
            .iter()
            .filter(|line| line.what == "audit report read")
            .count()
            >= 3
    );

    // What nobody could ask for.
    for wrong in [
        report(Subject::Person, "nobody@example.test"),
        report(Subject::Case, "X"),
        report(Subject::Material, "7"),
    ] {
        assert_eq!(
            auditor.audit_report(&wrong).await.unwrap_err().code,
            Code::BadRequest
        );
    }
    // Readings, refusals and reports stand in the same chains as everything else.
    let verified = court.state.store.verify().await.unwrap();
    assert!(verified.bad.is_none(), "{verified:?}");
}

#[tokio::test]
async fn a_flood_of_refusals_is_one_small_event() {
    let court = TestCourt::open().await;
    let prison = court.as_prison().await;
    let counts = async || {
        let [refused, searched, others] = [
            "select count(*) from ledger_event where name = 'reading.refused'",
            "select count(*) from ledger_event where name = 'reading.case_searched'",
            "select count(*) from ledger_event \
             where name not in ('reading.refused', 'reading.case_searched')",
        ];
        let count = async |sql| number(&court, sql).await;
        (
            count(refused).await,
            count(searched).await,
            count(others).await,
        )
    };
    let before = counts().await;
    for at in 0..40 {
        let reference = format!("99ZZ{at:07}");
        prison.case_find(&Find { reference }).await.unwrap_err();
        opens(&prison, CaseId(uuid::Uuid::now_v7()))
            .await
            .unwrap_err();
    }
    app::audit::record_refusals(&court.state.app).await.unwrap();
    app::audit::record_refusals(&court.state.app).await.unwrap();
    let after = counts().await;
    // 80 were refused.
    assert_eq!((before.0, after.0), (0, 1));
    // Searching is recorded by itself, soon after its answer and for as long as it is not refused
    // before anything is looked up: 60 look-ups in ten minutes, of which each round takes two.
    assert!(after.1 - before.1 <= 30, "{before:?} {after:?}");
    assert_eq!(before.2, after.2);
    assert!(court.state.store.verify().await.unwrap().bad.is_none());
}
