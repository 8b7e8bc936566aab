//! Reasons, and what opens a case to everybody: both in the record, reviewed, and the same on
//! every server.

use super::{
    ADMINISTRATOR, ADVISER, access, break_glass, controller, make_sensitive, opens, permit, set,
};
use crate::steps::{find, path_case};
use app::{demo::PATH_URN, ports::Chance};
use client::Client;
use contract::{
    Code,
    access::{Opening, Openings, Review},
    audit::{Report, Subject},
    notice,
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
#[cfg(unix)]
use testkit::postgres::PrivatePostgres;
use testkit::{Setting, TestCourt};
use vocabulary::{Group, Instant, OpeningKind};

async fn queue(client: &Client) -> Vec<Opening> {
    client.access_openings(&Openings {}).await.unwrap().openings
}

async fn review(client: &Client, opening: &Opening, justified: bool) -> Result<(), Code> {
    let review = Review {
        opening_id: opening.opening_id,
        justified,
        note: "Nobody is protected any more, they said; somebody is.".to_owned(),
    };
    let answer = client.access_review(&review).await;
    answer.map(|_| ()).map_err(|problem| problem.code)
}

#[tokio::test]
async fn whoever_is_barred_does_not_open_the_case_to_everybody_nor_for_a_reason() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    make_sensitive(&court, case_id).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    assert!(!access(&administrator, case_id).await.may_lift);
    assert_eq!(
        set(&administrator, case_id, false).await.unwrap_err(),
        Code::NotPermitted
    );
    break_glass(&administrator, case_id).await.unwrap();
    assert_eq!(
        set(&administrator, case_id, false).await.unwrap_err(),
        Code::NotPermitted
    );
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
    // With permission of their own, which a colleague gave, they may.
    permit(&court, case_id, ADMINISTRATOR).await;
    assert!(access(&administrator, case_id).await.may_lift);
    set(&administrator, case_id, false).await.unwrap();
    opens(&adviser, case_id).await.unwrap();
}

#[tokio::test]
async fn sensitive_no_longer_is_told_reviewed_and_taken_back_and_forgets_no_opening() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    make_sensitive(&court, case_id).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let controller = controller(&court).await;
    // Two openings: one waits for its review, one was found wrong.
    let (clerk, associate) = (
        court.person(Group::ListingOfficers, 0).await,
        court.person(Group::CourtAssociate, 0).await,
    );
    break_glass(&clerk, case_id).await.unwrap();
    break_glass(&associate, case_id).await.unwrap();
    let waiting = queue(&controller).await;
    let wrong = waiting.iter().find(|own| own.name == "Tomasz Brandys");
    review(&controller, wrong.unwrap(), false).await.unwrap();
    assert_eq!(opens(&associate, case_id).await, Err(Code::ReasonNeeded));

    // Without a reason it stays as it is.
    let without = contract::access::SetSensitive {
        case_id,
        sensitive: false,
        reason: "  ".to_owned(),
    };
    assert!(controller.access_set_sensitive(&without).await.is_err());
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));

    set(&controller, case_id, false).await.unwrap();
    opens(&adviser, case_id).await.unwrap();
    let told = administrator.notice_list(&notice::List {}).await.unwrap();
    let of_lifting = |own: &&notice::Notice| own.title.contains("sensitive no longer");
    let told = told.items.iter().find(of_lifting).expect("they are told");
    assert!(told.body.contains("A witness is protected."), "{told:?}");
    let waiting = queue(&administrator).await;
    let kinds: Vec<OpeningKind> = waiting.iter().map(|own| own.kind).collect();
    assert_eq!(kinds, [OpeningKind::Glass, OpeningKind::Lifted]);
    let lifted = waiting[1].clone();
    assert_eq!(
        (lifted.name.as_str(), lifted.may_review),
        ("Delia Frome", true)
    );
    assert_eq!(
        review(&controller, &lifted, true).await,
        Err(Code::NotPermitted),
        "nobody reviews their own"
    );

    // On again: nothing is forgotten. Both still wait, and what was found wrong is closed.
    set(&controller, case_id, true).await.unwrap();
    assert_eq!(queue(&administrator).await.len(), 2);
    assert_eq!(opens(&associate, case_id).await, Err(Code::ReasonNeeded));
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
    opens(&clerk, case_id).await.unwrap();

    // Off once more, and found wrong by somebody else: it is sensitive again.
    set(&controller, case_id, false).await.unwrap();
    let waiting = queue(&administrator).await;
    review(&administrator, waiting.last().unwrap(), false)
        .await
        .unwrap();
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
    assert!(access(&controller, case_id).await.sensitive.is_some());
    // Every part of it is in the report of the case.
    let auditor = court.person(Group::Auditors, 0).await;
    let report = Report {
        about: Subject::Case,
        which: PATH_URN.to_owned(),
        from: court.today(),
        to: court.today(),
        after: None,
    };
    let report = auditor.audit_report(&report).await.unwrap();
    let times = |what: &str| {
        let lines = report.lines.iter();
        lines.filter(|line| line.what.starts_with(what)).count()
    };
    assert_eq!(times("opened to everybody"), 2, "{:#?}", report.lines);
    assert_eq!(times("sensitive no longer"), 2);
    assert_eq!(times("made sensitive"), 3);
}

#[tokio::test]
async fn a_restart_forgets_no_reason_and_no_review() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    make_sensitive(&court, case_id).await;
    let associate = court.person(Group::CourtAssociate, 0).await;
    break_glass(&adviser, case_id).await.unwrap();
    break_glass(&associate, case_id).await.unwrap();
    let controller = controller(&court).await;
    let waiting = queue(&controller).await;
    let wrong = waiting.iter().find(|own| own.name == "Tomasz Brandys");
    review(&controller, wrong.unwrap(), false).await.unwrap();

    let court = court.restarted().await;
    let (adviser, associate) = (
        court.sign_in(ADVISER).await,
        court.person(Group::CourtAssociate, 0).await,
    );
    opens(&adviser, case_id).await.unwrap();
    assert_eq!(opens(&associate, case_id).await, Err(Code::ReasonNeeded));
}

#[cfg(unix)]
#[tokio::test]
async fn two_servers_on_postgresql_agree_to_whom_a_reason_opened_it() {
    let court = TestCourt::with(Setting {
        database_url: Some(PrivatePostgres::shared().fresh_database()),
        ..Setting::default()
    })
    .await;
    let other = court.beside().await;
    let here = court.sign_in(ADVISER).await;
    let there = other.sign_in(ADVISER).await;
    let case_id = find(&here, PATH_URN).await;
    make_sensitive(&court, case_id).await;
    for client in [&here, &there] {
        assert_eq!(opens(client, case_id).await, Err(Code::ReasonNeeded));
    }
    break_glass(&here, case_id).await.unwrap();
    opens(&there, case_id).await.unwrap();
    // Given there, found wrong here, closed on both.
    let controller = controller(&other).await;
    let waiting = queue(&controller).await;
    review(&controller, &waiting[0], false).await.unwrap();
    for client in [&here, &there] {
        assert_eq!(opens(client, case_id).await, Err(Code::ReasonNeeded));
    }
    // A new reason is a new opening.
    break_glass(&there, case_id).await.unwrap();
    opens(&here, case_id).await.unwrap();
}

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

#[tokio::test]
async fn a_reason_ends_after_four_hours() {
    let court = TestCourt::with(Setting {
        prepare: |state| state.app.chance = Arc::new(Clock(Arc::clone(&state.app.chance))),
        configure: |config| {
            config.lock_minutes = 12 * 60;
            config.proof_minutes = 12 * 60;
        },
        ..Setting::default()
    })
    .await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    make_sensitive(&court, case_id).await;
    break_glass(&adviser, case_id).await.unwrap();
    AHEAD.fetch_add(3 * 60 + 55, Ordering::SeqCst);
    opens(&adviser, case_id).await.unwrap();
    AHEAD.fetch_add(10, Ordering::SeqCst);
    assert_eq!(opens(&adviser, case_id).await, Err(Code::ReasonNeeded));
}

#[tokio::test]
async fn permission_on_a_sensitive_case_is_not_given_in_silence() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let given = async |client: &Client| {
        let told = client.notice_list(&notice::List {}).await.unwrap().items;
        let given = told
            .into_iter()
            .filter(|one| one.title.ends_with("permission given"));
        given.map(|one| one.body).collect::<Vec<_>>()
    };
    // On a case like others it is as quiet as the case.
    permit(&court, case_id, "imogen.vasey@court.example.test").await;
    assert_eq!(given(&administrator).await, Vec::<String>::new());

    make_sensitive(&court, case_id).await;
    // That it was closed is heard too: whoever closes cases of others does not do it unseen.
    let newest = administrator.notice_list(&notice::List {}).await.unwrap();
    let newest = &newest.items[0];
    assert!(newest.title.ends_with(": closed"), "{newest:?}");
    assert_eq!(
        newest.body,
        "Delia Frome made it sensitive: A witness is protected."
    );
    permit(&court, case_id, ADVISER).await;
    let said = given(&administrator).await;
    assert_eq!(
        said,
        ["Delia Frome gave Ada Wren permission: Sits on it today."]
    );
    // Whoever has permission hears who else is let in; whoever gave it knows, and nobody else is told.
    let deputy = court.sign_in("imogen.vasey@court.example.test").await;
    assert_eq!(given(&deputy).await, said);
    assert_eq!(given(&adviser).await, said);
    assert_eq!(given(&controller(&court).await).await, Vec::<String>::new());
    assert_eq!(given(&court.as_cps().await).await, Vec::<String>::new());
}
