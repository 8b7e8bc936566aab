//! The life of an association: on record and off it, orders that replace and lock, a
//! change of solicitor, conflicts shown before; and everybody concerned hears of it.

mod access;
mod alone;
mod awaited;
mod declining;
mod finding;
mod letters;
mod prosecution;

use crate::steps::{path_case, view};
use app::demo::PATH_URN;
use client::Client;
use contract::{
    Code, Problem,
    case::{CaseAtAGlance, List},
    defence::{Associate, Disassociate, Find, FindAnswer, Outcome, People},
    legal_aid::{MakeOrder, Message, Messages, Representation, WithdrawOrder},
    notice,
};
use testkit::TestCourt;
use vocabulary::{CaseId, Day, DefendantId, DisassociationReason, Group, RepresentationBasis};

/// The case of the path: one defendant, nobody on record.
pub(crate) struct Ground {
    pub(crate) court: TestCourt,
    pub(crate) case_id: CaseId,
    defendant: DefendantId,
    name: String,
    day: Day,
}

pub(crate) async fn ground() -> Ground {
    on(TestCourt::open().await).await
}

pub(crate) async fn on(court: TestCourt) -> Ground {
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    let glance = view(&adviser, case_id).await;
    Ground {
        case_id,
        defendant: glance.defendants[0].defendant_id,
        name: glance.defendants[0].name.clone(),
        day: glance.hearings[0].day,
        court,
    }
}

pub(crate) async fn on_record(client: &Client, ground: &Ground, basis: RepresentationBasis) {
    associate(client, ground.case_id, ground.defendant, basis, false)
        .await
        .unwrap();
}

async fn associate(
    client: &Client,
    case_id: CaseId,
    defendant_id: DefendantId,
    basis: RepresentationBasis,
    confirmed: bool,
) -> Result<contract::defence::Associated, Problem> {
    let wish = Associate {
        case_id,
        defendant_id,
        basis,
        instructed_on: None,
        confirmed,
    };
    client.defence_associate(&wish).await
}

async fn messages(court: &TestCourt) -> Vec<Message> {
    let agency = court.as_legal_aid().await;
    let list = agency.legal_aid_messages(&Messages { before: None }).await;
    list.unwrap().messages
}

pub(crate) async fn told(client: &Client) -> Vec<contract::notice::Notice> {
    client.notice_list(&notice::List {}).await.unwrap().items
}

pub(crate) async fn has(client: &Client, case: CaseId) -> bool {
    let list = client.case_list(&List {}).await.unwrap();
    list.cases.iter().any(|row| row.case_id == case)
}

pub(crate) async fn code(answer: Result<CaseAtAGlance, Problem>) -> Option<Code> {
    answer.err().map(|problem| problem.code)
}

fn look(case_id: CaseId) -> contract::case::View {
    contract::case::View { case_id }
}

pub(crate) async fn off(
    client: &Client,
    ground: &Ground,
    reason: DisassociationReason,
) -> Result<(), Problem> {
    let wish = Disassociate {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        reason,
        note: "The file goes to the client.".to_owned(),
    };
    client.defence_disassociate(&wish).await.map(|_| ())
}

async fn all_named(client: &Client, ground: &Ground) -> FindAnswer {
    let find = Find {
        reference: PATH_URN.to_owned(),
        name: ground.name.clone(),
        hearing_day: Some(ground.day),
        date_of_birth: None,
    };
    client.defence_find(&find).await.unwrap()
}

#[tokio::test]
async fn on_each_of_the_five_bases_a_firm_goes_on_record_and_off_and_the_agency_hears_each_time() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    let prosecutor = ground.court.as_cps().await;
    let before = messages(&ground.court).await.len();
    for (which, basis) in RepresentationBasis::ALL.iter().enumerate() {
        on_record(&firm, &ground, *basis).await;
        assert!(has(&firm, ground.case_id).await);
        let now = messages(&ground.court).await;
        assert_eq!(now.len(), before + 2 * which + 1);
        assert_eq!(
            (now[0].basis, now[0].urn.as_str()),
            (Some(*basis), PATH_URN)
        );
        off(&firm, &ground, DisassociationReason::ProfessionalReasons)
            .await
            .unwrap();
        let now = messages(&ground.court).await;
        assert_eq!(now.len(), before + 2 * which + 2);
        assert_eq!(now[0].basis, None);
        assert!(now[0].reason.as_ref().unwrap().contains("no longer act"));
        // Off record is off the list; the case is there to be taken on again.
        assert!(!has(&firm, ground.case_id).await);
    }
    assert!(
        told(&prosecutor).await[0]
            .body
            .contains("no longer represents")
    );
    let agency = ground.court.as_legal_aid().await;
    let notice = told(&agency).await.remove(0);
    assert!(
        notice.title.contains(PATH_URN) && notice.case_id.is_none(),
        "{notice:?}"
    );
    let twice = off(&firm, &ground, DisassociationReason::ProfessionalReasons).await;
    assert_eq!(twice.unwrap_err().code, Code::NotPermitted);
    // What happened is told on the case.
    let changes = view(&prosecutor, ground.case_id).await.changes;
    assert!(
        changes
            .iter()
            .any(|c| c.what.contains("is no longer on record")),
        "{changes:#?}"
    );
}

#[tokio::test]
async fn a_representation_order_replaces_the_firm_on_record_and_locks_until_it_is_withdrawn() {
    let ground = ground().await;
    let (first, second) = (
        ground.court.as_defence().await,
        ground.court.as_other_defence().await,
    );
    let agency = ground.court.as_legal_aid().await;
    on_record(&first, &ground, RepresentationBasis::Private).await;
    let asked = Representation {
        reference: PATH_URN.to_lowercase(),
        firm: "hartfield".to_owned(),
    };
    let seen = agency.legal_aid_representation(&asked).await.unwrap();
    assert_eq!(seen.defendants[0].basis, Some(RepresentationBasis::Private));
    let hartfield = seen
        .firms
        .iter()
        .find(|f| f.name == "Hartfield Law")
        .unwrap();
    let order = |reference: &str| MakeOrder {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        organisation_id: hartfield.organisation_id,
        reference: reference.to_owned(),
        from: ground.court.today(),
    };
    agency
        .legal_aid_make_order(&order("7001234"))
        .await
        .unwrap();

    // The old firm has lost the case, is told so without a way into it, and cannot return.
    assert_eq!(
        code(first.case_view(&look(ground.case_id)).await).await,
        Some(Code::NotFound)
    );
    assert!(!has(&first, ground.case_id).await);
    let notice = told(&first).await.remove(0);
    assert!(
        notice.title.starts_with("No longer on record"),
        "{notice:?}"
    );
    assert!(notice.body.contains("names another firm") && notice.case_id.is_none());
    assert_eq!(all_named(&first, &ground).await.outcome, Outcome::None);
    let glance = view(&second, ground.case_id).await;
    assert_eq!(
        glance.defendants[0].basis,
        Some(RepresentationBasis::RepresentationOrder)
    );
    assert!(
        told(&second).await[0]
            .title
            .starts_with("Representation order")
    );
    let people = second
        .defence_people(&People {
            case_id: ground.case_id,
        })
        .await
        .unwrap();
    assert!(
        people.defendants[0]
            .order
            .as_ref()
            .unwrap()
            .contains("7001234")
    );

    // Locked: neither the firm nor the court ends it, and no other order takes its place.
    let adviser = ground.court.as_legal_adviser().await;
    for (who, reason) in [
        (&second, DisassociationReason::ProfessionalReasons),
        (&adviser, DisassociationReason::CourtDecision),
    ] {
        let refused = off(who, &ground, reason).await.unwrap_err();
        assert_eq!(refused.reference.as_deref(), Some("locked_by_order"));
    }
    let refused = agency
        .legal_aid_make_order(&order("7009999"))
        .await
        .unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("order_in_force"));
    let again = agency
        .legal_aid_make_order(&order("7001234"))
        .await
        .unwrap_err();
    assert_eq!(again.reference.as_deref(), Some("order_known"));

    // Withdrawn, nobody is on record; only the agency does either.
    let withdraw = WithdrawOrder {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        on: ground.court.today(),
    };
    let refused = second
        .legal_aid_withdraw_order(&withdraw)
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);
    agency.legal_aid_withdraw_order(&withdraw).await.unwrap();
    assert!(!has(&second, ground.case_id).await);
    assert!(
        told(&second).await[0]
            .body
            .contains("Legal aid was withdrawn")
    );
    on_record(&first, &ground, RepresentationBasis::ProBono).await;
}

#[tokio::test]
async fn an_order_is_transferred_under_its_own_reference() {
    let ground = ground().await;
    let (first, second) = (
        ground.court.as_defence().await,
        ground.court.as_other_defence().await,
    );
    let agency = ground.court.as_legal_aid().await;
    on_record(
        &first,
        &ground,
        RepresentationBasis::RepresentationOrderAppliedFor,
    )
    .await;
    for (firm, mine, theirs) in [("thorne", &first, &second), ("hartfield", &second, &first)] {
        let asked = Representation {
            reference: PATH_URN.to_owned(),
            firm: firm.to_owned(),
        };
        let seen = agency.legal_aid_representation(&asked).await.unwrap();
        let named = seen
            .firms
            .iter()
            .find(|f| f.name.to_lowercase().contains(firm))
            .unwrap();
        let order = MakeOrder {
            case_id: ground.case_id,
            defendant_id: ground.defendant,
            organisation_id: named.organisation_id,
            reference: "7001234".to_owned(),
            from: ground.court.today(),
        };
        agency.legal_aid_make_order(&order).await.unwrap();
        assert!(has(mine, ground.case_id).await);
        assert!(!has(theirs, ground.case_id).await);
    }
}

#[tokio::test]
async fn a_privately_paid_firm_gives_way_to_a_notice_of_change_and_hears_of_it_at_once() {
    let ground = ground().await;
    let (first, second) = (
        ground.court.as_defence().await,
        ground.court.as_other_defence().await,
    );
    let change = |name: &str, basis| contract::defence::Change {
        reference: PATH_URN.to_owned(),
        name: name.to_owned(),
        hearing_day: ground.day,
        basis,
        instructed_on: ground.court.today(),
        confirmed: false,
    };
    // Under another basis it does not: not found, whoever is named.
    on_record(&first, &ground, RepresentationBasis::CourtAppointed).await;
    assert_eq!(all_named(&second, &ground).await.outcome, Outcome::None);
    let wish = change(&ground.name, RepresentationBasis::Private);
    let refused = second.defence_change(&wish).await.unwrap_err();
    let nothing = second
        .defence_change(&change("Nobody Atall", RepresentationBasis::Private))
        .await
        .unwrap_err();
    assert_eq!(refused, nothing);
    off(&first, &ground, DisassociationReason::AssociatedInError)
        .await
        .unwrap();

    on_record(&first, &ground, RepresentationBasis::Private).await;
    let found = all_named(&second, &ground).await;
    assert!(found.found.unwrap().replaces);
    let paid = change(&ground.name, RepresentationBasis::CourtAppointed);
    let refused = second.defence_change(&paid).await.unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("change_not_private"));
    second.defence_change(&wish).await.unwrap();
    assert!(has(&second, ground.case_id).await);
    assert_eq!(
        code(first.case_view(&look(ground.case_id)).await).await,
        Some(Code::NotFound)
    );
    let notice = told(&first).await.remove(0);
    assert!(
        notice.body.contains("Hartfield Law gave notice"),
        "{notice:?}"
    );
    // So is the office of the court, at once, and it can undo it.
    let office = ground.court.sign_in(crate::veil::ADMINISTRATOR).await;
    let loud = told(&office).await;
    let loud = loud
        .iter()
        .find(|own| own.title.starts_with("Change of solicitor in"));
    let loud = loud.expect("the office is told");
    assert_eq!(loud.case_id, Some(ground.case_id));
    assert!(loud.body.contains("Hartfield Law gave notice"), "{loud:?}");
    assert!(loud.body.contains("off record"), "{loud:?}");
    let heard = messages(&ground.court).await;
    assert!(
        heard[0].basis.is_some() && heard[1].basis.is_none(),
        "{heard:#?}"
    );
}

#[tokio::test]
async fn a_conflict_of_clients_is_shown_before_and_must_be_confirmed() {
    let ground = ground().await;
    let adviser = ground.court.as_legal_adviser().await;
    let list = adviser.case_list(&List {}).await.unwrap();
    // Of several defendants one has no firm yet.
    let mut found = None;
    for row in list.cases.iter().filter(|row| row.defendants.len() > 1) {
        let glance = view(&adviser, row.case_id).await;
        let free = glance
            .defendants
            .iter()
            .find(|d| d.represented_by.is_none());
        let firm = glance
            .defendants
            .iter()
            .find_map(|d| d.represented_by.clone());
        if let (Some(free), Some(firm)) = (free, firm) {
            found = Some((row.case_id, free.defendant_id, firm));
            break;
        }
    }
    let (case_id, free, firm) = found.expect("a case with a free defendant");
    let mut solicitor = None;
    for nth in 0..3 {
        let one = ground.court.person(Group::DefenceLawyers, nth).await;
        let own = one
            .account_current(&contract::account::Current {})
            .await
            .unwrap();
        if own.organisation == firm {
            solicitor = Some(one);
        }
    }
    let solicitor = solicitor.unwrap();
    let people = solicitor.defence_people(&People { case_id }).await.unwrap();
    let of = people
        .defendants
        .iter()
        .find(|d| d.defendant_id == free)
        .unwrap();
    assert!(of.conflicts[0].contains("is on record for"), "{of:?}");
    let private = RepresentationBasis::Private;
    let refused = associate(&solicitor, case_id, free, private, false)
        .await
        .unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("conflict_not_confirmed"));
    assert!(
        view(&adviser, case_id)
            .await
            .defendants
            .iter()
            .any(|d| d.represented_by.is_none())
    );
    associate(&solicitor, case_id, free, private, true)
        .await
        .unwrap();
    // That it was shown is in the record.
    let stream = domain::Stream::new(domain::StreamKind::Case, case_id.0);
    let mut after = 0;
    let mut confirmed = 0;
    loop {
        let events = ground
            .court
            .state
            .app
            .ledger
            .events(stream, after)
            .await
            .unwrap();
        let Some(last) = events.last() else { break };
        after = last.version;
        confirmed += events
            .iter()
            .filter(|e| {
                matches!(
                    e.event,
                    domain::Event::Case(domain::case::CaseEvent::ConflictConfirmed { .. })
                )
            })
            .count();
    }
    assert!(confirmed >= 1);
}

/// Published: Listing Officers and Crown Court Admin as well as the courtroom
/// (`defence.disassociate-defence-organisation` of reference/access_rules.csv).
#[tokio::test]
async fn the_courts_office_takes_a_firm_off_record_as_the_courtroom_does() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    let app = &ground.court.state.app;
    let officer = ground
        .court
        .sign_in("nell.corrigan@court.example.test")
        .await;
    let known = app
        .index
        .account_by_email("nell.corrigan@court.example.test");
    let organisation = known.await.unwrap().unwrap().organisation;
    let mut office = vec![(officer, true)];
    for (email, group, may) in [
        ("crown@court.example.test", Group::CrownCourtAdmin, true),
        ("progress@court.example.test", Group::CaseOfficer, false),
    ] {
        let new = app::account::NewAccount {
            email: email.to_owned(),
            name: "Enfys Talbot".to_owned(),
            role: "Court office".to_owned(),
            organisation,
            groups: vec![group],
            password: ground.court.config.demo_password.clone(),
        };
        app::account::open_account(app, new).await.unwrap();
        office.push((ground.court.sign_in(email).await, may));
    }
    for (client, may) in office {
        on_record(&firm, &ground, RepresentationBasis::ProBono).await;
        // The client told the court; nobody gave notice, and no new firm is to be taken off.
        let reason = DisassociationReason::ClientInstructsAnother;
        let ended = off(&client, &ground, reason).await;
        assert_eq!(ended.is_ok(), may, "{ended:?}");
        assert_eq!(has(&firm, ground.case_id).await, !may);
        let loud = told(&ground.court.sign_in(crate::veil::ADMINISTRATOR).await).await;
        assert!(
            !loud.iter().any(|own| own.title.contains("solicitor")),
            "{loud:?}"
        );
    }
}

#[tokio::test]
async fn the_day_on_which_the_client_instructed_the_firm_is_kept_and_shown_to_its_side() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    let today = ground.court.today();
    let wish = |day| Associate {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        basis: RepresentationBasis::Private,
        instructed_on: day,
        confirmed: false,
    };
    let ahead = firm
        .defence_associate(&wish(Some(today.plus_days(1))))
        .await;
    let refused = ahead.unwrap_err().reference;
    assert_eq!(refused.as_deref(), Some("instructed_later"));
    let day = today.plus_days(-3);
    firm.defence_associate(&wish(Some(day))).await.unwrap();
    let asked = People {
        case_id: ground.case_id,
    };
    let own = firm.defence_people(&asked).await.unwrap();
    let said = format!("Instructed on {}", day.in_words());
    assert_eq!(own.defendants[0].instructed.as_deref(), Some(&*said));
    // To the court it is nobody's but theirs.
    let adviser = ground.court.as_legal_adviser().await;
    let seen = adviser.defence_people(&asked).await.unwrap();
    assert_eq!(seen.defendants[0].instructed, None);
    // A notice of change says it as well.
    let other = ground.court.as_other_defence().await;
    let change = contract::defence::Change {
        reference: PATH_URN.to_owned(),
        name: ground.name.clone(),
        hearing_day: ground.day,
        basis: RepresentationBasis::Private,
        instructed_on: today,
        confirmed: true,
    };
    other.defence_change(&change).await.unwrap();
    let own = other.defence_people(&asked).await.unwrap();
    let said = format!("Instructed on {}", today.in_words());
    assert_eq!(own.defendants[0].instructed.as_deref(), Some(&*said));
}
