//! Somebody leaves one organisation and joins another under the address that they keep, as
//! deputies and barristers do: what was theirs there is not theirs here, and what they read there
//! for the other side closes the case to them here.

use crate::{
    amending::sentenced,
    defence::{ground, has, on_record, told},
    people::{ADMINISTRATOR, activate, invite, row, sign_in},
    steps::{SOON, hears, path_case, serve, view},
    veil::{ADVISER, make_sensitive, permit},
};
use app::ports::{Append, Expected, StreamAppend};
use client::{Bytes, Client};
use contract::{
    Code,
    account::Current,
    case::View,
    defence::Grant,
    inbox,
    organisation::{Leave, ShowLink},
};
use domain::{Actor, Event, Moment, Stream, StreamKind, account::AccountEvent};
use std::time::Duration;
use testkit::TestCourt;
use vocabulary::{AccountId, CaseId, CommandId, Group, OrganisationId, RepresentationBasis};

const DEPUTY: &str = "imogen.vasey@court.example.test";
const COUNSEL: &str = "rosalind.quaye@fivewells.example.test";
const PROSECUTOR: &str = "kofi.marsh@cps-ashmere.example.test";
const SOLICITOR: &str = "iris.thorne@thornevale.example.test";

#[tokio::test]
async fn a_permission_of_the_court_and_what_was_told_there_stay_behind() {
    let court = TestCourt::open().await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    make_sensitive(&court, case_id).await;
    permit(&court, case_id, DEPUTY).await;
    let deputy = court.sign_in(DEPUTY).await;
    view(&deputy, case_id).await;
    // Whoever has permission is told who else was given it.
    permit(&court, case_id, ADVISER).await;
    assert!(!told(&deputy).await.is_empty());

    let account_id = deputy
        .account_current(&Current {})
        .await
        .unwrap()
        .account_id;
    let leave = Leave {
        account_id,
        colleague: None,
        with_roles: false,
    };
    let staff = court.as_administrator().await;
    staff.organisation_leave(&leave).await.unwrap();
    let firm = court.sign_in(ADMINISTRATOR).await;
    let people = invite(&firm, DEPUTY, &[Group::DefenceLawyers])
        .await
        .unwrap();
    assert_eq!(row(&people, DEPUTY).account_id, account_id);
    let link = firm.organisation_show_link(&ShowLink { account_id }).await;
    activate(&court, &link.unwrap().link).await.unwrap();

    let solicitor = sign_in(&court, DEPUTY).await;
    let refused = solicitor.case_view(&View { case_id }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    assert_eq!(told(&solicitor).await, []);
}

async fn account_of(court: &TestCourt, email: &str) -> domain::account::Account {
    let found = court.state.app.index.account_by_email(email).await;
    found.unwrap().unwrap()
}

/// Goes on to another office, as the record has it.
async fn moves(court: &TestCourt, account: AccountId, organisation: OrganisationId) {
    let moved = AccountEvent::AccountMoved {
        account,
        organisation,
    };
    let append = Append {
        command: CommandId(uuid::Uuid::now_v7()),
        moment: Moment {
            at: court.chance().now(),
            by: Actor::Service,
        },
        streams: vec![StreamAppend {
            stream: Stream::new(StreamKind::Account, account.0),
            expected: Expected::Any,
            key: account.0,
            events: vec![Event::Account(moved)],
        }],
        answer: serde_json::Value::Null,
    };
    court.state.app.ledger.append(append).await.unwrap();
}

#[tokio::test]
async fn counsel_who_goes_on_to_another_office_is_told_no_news_of_what_they_were_given() {
    let ground = ground().await;
    let (court, case_id) = (&ground.court, ground.case_id);
    let firm = court.as_defence().await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let give = Grant {
        case_id,
        defendant_id: None,
        email: COUNSEL.to_owned(),
        until: None,
        confirmed: false,
    };
    firm.defence_grant(&give).await.unwrap();
    let prosecutor = court.as_cps().await;
    let glance = view(&prosecutor, case_id).await;
    let news = async |client: &Client| {
        let told = told(client).await;
        told.iter()
            .filter(|own| own.case_id == Some(case_id))
            .count()
    };
    let counsel = court.sign_in(COUNSEL).await;
    serve(&prosecutor, &glance, "Before.pdf", 3_100).await;
    assert_eq!(news(&counsel).await, 2);

    let own = account_of(court, COUNSEL).await;
    let elsewhere = account_of(court, "joel.hart@hartfieldlaw.example.test").await;
    moves(court, own.id, elsewhere.organisation).await;
    let counsel = court.sign_in(COUNSEL).await;
    let mut window = counsel.live(None);
    assert!(hears(&mut window, "everything", SOON).await);
    serve(&prosecutor, &glance, "Afterwards.pdf", 3_200).await;
    let quiet = Duration::from_millis(700);
    while let Ok(Some(one)) = tokio::time::timeout(quiet, window.next_live()).await {
        let of_case = one.stale.contains(&format!("case:{case_id}"));
        assert!(!of_case && one.notice.is_none(), "{one:?}");
    }
    assert_eq!(news(&counsel).await, 0);
    let refused = counsel.case_view(&View { case_id }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);

    // Back where they had it, they have it, and were told nothing meanwhile.
    moves(court, own.id, own.organisation).await;
    let counsel = court.sign_in(COUNSEL).await;
    assert_eq!(news(&counsel).await, 2);
    view(&counsel, case_id).await;
}

/// The prosecutor reads a paper, leaves, and joins the firm that is on record.
pub(crate) async fn changes_sides(court: &TestCourt, case_id: CaseId) -> (Client, AccountId) {
    let prosecutor = court.sign_in(PROSECUTOR).await;
    let glance = view(&prosecutor, case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 5_000).await;
    let paper = view(&prosecutor, case_id).await.materials[0].material_id;
    let paper = paper.to_string();
    let read = prosecutor.download(Bytes::Material, &paper).await;
    read.unwrap().all(100_000).await.unwrap();
    joins_the_defence(court).await
}

/// The same of somebody who reads something else first.
pub(crate) async fn changes_sides_having<F>(
    court: &TestCourt,
    read: impl FnOnce(Client) -> F,
) -> Client
where
    F: Future<Output = ()>,
{
    read(court.sign_in(PROSECUTOR).await).await;
    joins_the_defence(court).await.0
}

async fn joins_the_defence(court: &TestCourt) -> (Client, AccountId) {
    let account_id = account_of(court, PROSECUTOR).await.id;
    let leave = Leave {
        account_id,
        colleague: None,
        with_roles: false,
    };
    let staff = court.as_administrator().await;
    staff.organisation_leave(&leave).await.unwrap();
    let manager = court.sign_in(ADMINISTRATOR).await;
    invite(&manager, PROSECUTOR, &[Group::DefenceLawyers])
        .await
        .unwrap();
    let link = manager
        .organisation_show_link(&ShowLink { account_id })
        .await;
    activate(court, &link.unwrap().link).await.unwrap();
    (sign_in(court, PROSECUTOR).await, account_id)
}

#[tokio::test]
async fn whoever_read_for_the_prosecution_and_joins_the_firm_that_defends_opens_it_not_as_one_of_it()
 {
    let ground = ground().await;
    let (court, case_id) = (&ground.court, ground.case_id);
    let firm = court.sign_in(SOLICITOR).await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let of_sides = async |client: &Client| {
        let told = told(client).await;
        told.into_iter()
            .find(|own| own.title.starts_with("Conflict in"))
    };
    let (joiner, account_id) = changes_sides(court, case_id).await;

    let refused = joiner.case_view(&View { case_id }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    assert!(!has(&joiner, case_id).await);
    // They are told why, and of the case no more.
    let own = of_sides(&joiner).await.unwrap();
    assert_eq!(own.case_id, None);
    // The firm that must decide is told, and the office of the court; whoever let them in, not.
    for client in [&firm, &court.sign_in(crate::veil::ADMINISTRATOR).await] {
        let told = of_sides(client).await.unwrap();
        assert_eq!(told.case_id, Some(case_id));
        assert!(
            told.body.contains("has read papers for the prosecution"),
            "{told:?}"
        );
    }
    let manager = court.sign_in(ADMINISTRATOR).await;
    assert_eq!(of_sides(&manager).await, None);

    let mut windows = [joiner.live(None), firm.live(None)];
    for window in &mut windows {
        assert!(hears(window, "everything", SOON).await);
    }
    // What comes into the case is told to the firm, and not to them; nor is it in their inbox.
    sentenced(court, &court.as_legal_adviser().await).await;
    court.work().await;
    // Nor does their open window hear of it, while the firm's does.
    let [theirs, of_firm] = &mut windows;
    assert!(hears(of_firm, &format!("case:{case_id}"), SOON).await);
    let quiet = Duration::from_millis(700);
    while let Ok(Some(one)) = tokio::time::timeout(quiet, theirs.next_live()).await {
        let kinds = ["case:", "hearing:", "hearings", "inbox"];
        let told = |tag: &String| kinds.iter().any(|kind| tag.starts_with(kind));
        assert!(!one.stale.iter().any(told), "{one:?}");
    }
    let leads = async |client: &Client| {
        let told = told(client).await;
        told.iter().any(|own| own.case_id == Some(case_id))
    };
    assert!(leads(&firm).await && !leads(&joiner).await);
    let received = async |client: &Client| {
        let inbox = client.inbox_list(&inbox::List {}).await.unwrap();
        let mut items = inbox.items.into_iter();
        items.any(|own| {
            own.cases
                .iter()
                .any(|urn| urn.as_str() == app::demo::PATH_URN)
        })
    };
    assert!(received(&firm).await && !received(&joiner).await);

    // The firm gives it, knowing what they read.
    let give = |confirmed| Grant {
        case_id,
        defendant_id: None,
        email: PROSECUTOR.to_owned(),
        until: None,
        confirmed,
    };
    let shown = firm.defence_grant(&give(false)).await.unwrap_err();
    assert_eq!(shown.reference.as_deref(), Some("conflict_not_confirmed"));
    firm.defence_grant(&give(true)).await.unwrap();
    view(&joiner, case_id).await;
    assert!(has(&joiner, case_id).await);
    assert_eq!(account_of(court, PROSECUTOR).await.id, account_id);
}
