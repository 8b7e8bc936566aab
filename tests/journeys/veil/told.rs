//! What people are told: notices, alarms, and the messages to the Legal Aid Agency.

use super::{ADMINISTRATOR, ADVISER, SENSITIVE, break_glass, make_sensitive, permit};
use crate::steps::{all_guilty, example, find, look, path_case, save, serve, share, start, view};
use app::{demo::PATH_URN, ports::Chance};
use client::Client;
use contract::{
    account::Current,
    alarm::{self, AlarmItem},
    case,
    defence::{Associate, Disassociate},
    delivery::Reconcile,
    legal_aid::{MakeOrder, Message, Messages, Representation},
    notice::{List, MarkRead, Notice},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use testkit::{Setting, TestCourt};
use vocabulary::{CaseId, DefendantId, DisassociationReason, Instant, RepresentationBasis};

async fn told(client: &Client) -> Vec<Notice> {
    let notices = client.notice_list(&List {}).await.unwrap().items;
    notices
        .into_iter()
        .filter(|notice| notice.title.contains(PATH_URN))
        .collect()
}

async fn associate(client: &Client, case_id: CaseId, defendant_id: DefendantId) {
    let wish = Associate {
        case_id,
        defendant_id,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed: true,
    };
    client.defence_associate(&wish).await.unwrap();
}

async fn leave(client: &Client, case_id: CaseId, defendant_id: DefendantId) {
    let wish = Disassociate {
        case_id,
        defendant_id,
        reason: DisassociationReason::ProfessionalReasons,
        note: String::new(),
    };
    client.defence_disassociate(&wish).await.unwrap();
}

#[tokio::test]
async fn a_notice_of_before_names_nobody_any_more_and_a_new_one_names_nobody_to_anybody() {
    let court = TestCourt::open().await;
    let (cps, firm) = (court.as_cps().await, court.as_defence().await);
    let case_id = find(&cps, PATH_URN).await;
    let case = view(&cps, case_id).await;
    let (id, name) = (
        case.defendants[0].defendant_id,
        case.defendants[0].name.clone(),
    );
    associate(&firm, case_id, id).await;
    let before = told(&cps).await;
    assert!(before[0].body.contains(&name), "{before:?}");
    serve(&cps, &case, "Statement of a witness.pdf", 900).await;
    let of_paper = |notice: &Notice| notice.body.contains("Statement of a witness");
    assert!(told(&firm).await.iter().any(of_paper));

    make_sensitive(&court, case_id).await;
    let after = told(&cps).await;
    assert_eq!(after.len(), before.len());
    for notice in &after {
        assert!(notice.title.starts_with(SENSITIVE), "{notice:?}");
        assert!(!notice.body.contains(&name), "{notice:?}");
    }
    // The firm on record is not barred: what it was told stays as it was.
    assert!(told(&firm).await.iter().any(of_paper));
    // For a reason it is there again.
    break_glass(&cps, case_id).await.unwrap();
    assert_eq!(told(&cps).await[0].body, before[0].body);

    // What is told from now on comes up in the corner of a screen, and names nobody.
    leave(&firm, case_id, id).await;
    for (client, said) in [
        (&cps, "There is news in it"),
        (&firm, "It is yours no longer"),
    ] {
        let newest = told(client).await.remove(0);
        assert!(newest.title.starts_with(SENSITIVE), "{newest:?}");
        assert!(newest.body.contains(said), "{newest:?}");
        assert!(!newest.body.contains(&name), "{newest:?}");
    }
}

async fn messages(agency: &Client) -> Vec<Message> {
    let list = agency.legal_aid_messages(&Messages { before: None }).await;
    let mut messages = list.unwrap().messages;
    messages.retain(|message| message.urn.as_str() == PATH_URN);
    messages
}

#[tokio::test]
async fn the_agency_hears_of_every_association_in_a_sensitive_case_and_no_name() {
    let court = TestCourt::open().await;
    let (cps, firm) = (court.as_cps().await, court.as_defence().await);
    let agency = court.as_legal_aid().await;
    let case_id = find(&cps, PATH_URN).await;
    let case = view(&cps, case_id).await;
    let id = case.defendants[0].defendant_id;
    associate(&firm, case_id, id).await;
    let heard = messages(&agency).await;
    assert_eq!(heard[0].defendant, case.defendants[0].name);
    assert!(told(&agency).await[0].body.contains(&heard[0].defendant));

    let name = case.defendants[0].name.clone();
    make_sensitive(&court, case_id).await;
    let closed = messages(&agency).await;
    assert_eq!(closed.len(), heard.len());
    assert_eq!(
        (closed[0].firm.clone(), closed[0].basis),
        (heard[0].firm.clone(), heard[0].basis)
    );
    assert_eq!(closed[0].defendant, SENSITIVE);
    assert!(told(&agency).await.is_empty(), "nothing of before is shown");
    // From now on it is told the reference, the firm and the basis, and no name.
    leave(&firm, case_id, id).await;
    let change = contract::defence::Change {
        reference: PATH_URN.to_owned(),
        name: name.clone(),
        hearing_day: case.hearings[0].day,
        basis: RepresentationBasis::Private,
        instructed_on: court.today(),
        confirmed: false,
    };
    firm.defence_change(&change).await.unwrap();
    let newest = messages(&agency).await;
    assert_eq!(newest.len(), heard.len() + 2);
    assert!(
        newest.iter().all(|one| one.defendant == SENSITIVE),
        "{newest:#?}"
    );
    assert!(newest[0].basis.is_some() && newest[1].basis.is_none());
    let notices = told(&agency).await;
    assert_eq!(notices.len(), 2, "{notices:#?}");
    for notice in &notices {
        assert!(notice.title.contains(PATH_URN), "{notice:?}");
        assert!(notice.body.contains(&heard[0].firm), "{notice:?}");
        let said = format!("{} {}", notice.title, notice.body);
        assert!(!said.contains(&name), "{notice:?}");
    }
    assert!(notices[0].body.contains("Basis: "), "{notices:#?}");

    // Whoever applies for legal aid gives the reference: the agency looks it up, which is
    // recorded, and of its own order it hears.
    let asked = Representation {
        reference: PATH_URN.to_owned(),
        firm: "Thorne".to_owned(),
    };
    let found = agency.legal_aid_representation(&asked).await.unwrap();
    let order = MakeOrder {
        case_id,
        defendant_id: id,
        organisation_id: found.firms[0].organisation_id,
        reference: "LAA-1".to_owned(),
        from: court.today(),
    };
    agency.legal_aid_make_order(&order).await.unwrap();
    let heard = messages(&agency).await;
    assert_eq!(heard[0].defendant, name);
}

async fn unread(client: &Client) -> u64 {
    let list = client.notice_list(&List {}).await.unwrap();
    let current = client.account_current(&Current {}).await.unwrap();
    assert_eq!(
        list.unread, current.unread,
        "the window's mark says the same"
    );
    let shown = list.items.iter().filter(|notice| !notice.read).count();
    assert!(list.unread >= shown as u64);
    list.unread
}

/// Whoever may know nothing of a case is told by no number either that something was said of
/// it, however much it was; and it hides nothing that is theirs.
#[tokio::test]
async fn what_was_told_of_a_case_that_is_closed_is_neither_counted_nor_in_the_way() {
    let court = TestCourt::open().await;
    let (cps, firm) = (court.as_cps().await, court.as_defence().await);
    let agency = court.as_legal_aid().await;
    agency
        .notice_mark_read(&MarkRead {
            notices: Vec::new(),
        })
        .await
        .unwrap();
    assert_eq!(unread(&agency).await, 0);
    // One of another case, and then more than a view holds of this one.
    let case_id = find(&cps, PATH_URN).await;
    let others = cps.case_list(&case::List {}).await.unwrap().cases;
    let mut other = None;
    for row in others.iter().filter(|row| row.case_id != case_id) {
        let one = view(&cps, row.case_id).await;
        let free = one
            .defendants
            .iter()
            .find(|own| own.represented_by.is_none());
        if let Some(defendant) = free {
            other = Some((one.urn.clone(), row.case_id, defendant.defendant_id));
            break;
        }
    }
    let (urn, other, theirs) = other.expect("a case with nobody on record");
    associate(&firm, other, theirs).await;
    let id = view(&cps, case_id).await.defendants[0].defendant_id;
    for _ in 0..52 {
        associate(&firm, case_id, id).await;
        leave(&firm, case_id, id).await;
    }
    assert_eq!(unread(&agency).await, 105);

    make_sensitive(&court, case_id).await;
    assert_eq!(unread(&agency).await, 1);
    let items = agency.notice_list(&List {}).await.unwrap().items;
    assert!(items[0].title.contains(urn.as_str()), "{items:#?}");
    assert!(items.iter().all(|one| !one.title.contains(PATH_URN)));
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

async fn alarms(client: &Client) -> Vec<AlarmItem> {
    let mut all = client.alarm_list(&alarm::List {}).await.unwrap().items;
    all.retain(|item| item.case.as_str() == PATH_URN);
    all
}

#[tokio::test]
async fn an_alarm_is_seen_to_although_the_case_is_closed_and_leads_to_nobody() {
    let court = TestCourt::with(Setting {
        prepare: |state| state.app.chance = Arc::new(Clock(Arc::clone(&state.app.chance))),
        configure: |config| config.lock_minutes = 12 * 60,
        ..Setting::default()
    })
    .await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    let name = view(&adviser, case_id).await.defendants[0].name.clone();
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let mut lines = example(&court, "imprisonment", &room, 0);
    lines.extend(example(&court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    share(&adviser, &room, &saved).await;
    for _ in 0..100 {
        court.work().await;
        let index = &court.state.app.index;
        let making = index.documents_to_make(9).await.unwrap();
        let delivering = index.documents_to_deliver(9).await.unwrap();
        if making.is_empty() && delivering.is_empty() {
            break;
        }
    }
    AHEAD.fetch_add(60, Ordering::SeqCst);
    let before = alarms(&adviser).await;
    assert!(before.iter().any(|item| item.defendant == name));
    assert!(
        before
            .iter()
            .any(|item| item.recipient.contains("Fallowdene"))
    );

    make_sensitive(&court, case_id).await;
    let after = alarms(&adviser).await;
    assert_eq!(after.len(), before.len());
    let said = format!("{after:?}");
    assert!(!said.contains(&name) && !said.contains("Fallowdene") && !said.contains("arrant"));
    assert!(after.iter().all(|item| item.defendant == SENSITIVE));
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let day = Reconcile { day: None };
    let outstanding = administrator.delivery_reconcile(&day).await.unwrap();
    let own = outstanding.outstanding.iter();
    let own: Vec<_> = own.filter(|one| one.case.as_str() == PATH_URN).collect();
    assert!(!own.is_empty());
    assert!(own.iter().all(|one| one.defendant == SENSITIVE), "{own:#?}");

    permit(&court, case_id, ADVISER).await;
    let whole = alarms(&adviser).await;
    assert!(whole.iter().any(|item| item.defendant == name));
    // The prison's own figures are of what it must act on.
    let prison = court.as_prison().await;
    let own = prison.delivery_reconcile(&day).await.unwrap().outstanding;
    assert!(own.iter().any(|one| one.defendant == name), "{own:#?}");
}
