//! A representation order that names a firm which is not registered here: it is kept by the number
//! of the firm's contract, locks as any other, and the firm is on record once it is validated.

use super::{Ground, ground, has, messages, off, on_record, told};
use crate::{
    people::{PARTNER, activate, firm, register, sign_in},
    steps::view,
};
use client::Client;
use contract::{
    Code,
    legal_aid::{AwaitedOrder, AwaitedOrders, MakeOrderByContract, WithdrawOrder},
    organisation::{Queue, Validate, Waiting},
};
use vocabulary::{DisassociationReason, OrganisationId, RepresentationBasis};

const FIRM: &str = "Pryce Adeyemi LLP";
/// As the firm of `people::firm` says it when it registers.
const CONTRACT: &str = "0A123B";

fn order(ground: &Ground, contract: &str, reference: &str) -> MakeOrderByContract {
    MakeOrderByContract {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        contract: contract.to_owned(),
        firm: "  Pryce  Adeyemi ".to_owned(),
        reference: reference.to_owned(),
        from: ground.court.today(),
    }
}

async fn awaited(agency: &Client) -> Vec<AwaitedOrder> {
    let asked = agency.legal_aid_awaited_orders(&AwaitedOrders {}).await;
    asked.unwrap().orders
}

async fn waiting(ground: &Ground, name: &str) -> Waiting {
    let staff = ground.court.as_administrator().await;
    let queue = staff.organisation_queue(&Queue {}).await.unwrap();
    let mut items = queue.items.into_iter();
    items.find(|item| item.name == name).unwrap()
}

/// Validates one; the link of its partner.
async fn let_in(ground: &Ground, organisation_id: OrganisationId) -> String {
    let staff = ground.court.as_administrator().await;
    let validate = Validate { organisation_id };
    let after = staff.organisation_validate(&validate).await.unwrap();
    after.link.unwrap().link
}

async fn withdraw(agency: &Client, ground: &Ground) {
    let withdraw = WithdrawOrder {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        on: ground.court.today(),
    };
    agency.legal_aid_withdraw_order(&withdraw).await.unwrap();
}

#[tokio::test]
async fn an_order_for_a_firm_that_is_not_here_locks_and_the_firm_is_on_record_once_validated() {
    let ground = ground().await;
    let (first, agency) = (
        ground.court.as_defence().await,
        ground.court.as_legal_aid().await,
    );
    on_record(&first, &ground, RepresentationBasis::Private).await;
    let by_number = async |contract: &str, reference: &str| {
        let order = order(&ground, contract, reference);
        let made = agency.legal_aid_make_order_by_contract(&order).await;
        made.map_err(|problem| (problem.code, problem.reference))
    };
    let refused = by_number("0A-1", "7001234").await;
    assert_eq!(refused.unwrap_err().0, Code::BadRequest);
    by_number("0a 123b", "7001234").await.unwrap();

    // It replaces whoever was on record, and keeps everybody out.
    assert!(!has(&first, ground.case_id).await);
    let adviser = ground.court.as_legal_adviser().await;
    let glance = view(&adviser, ground.case_id).await;
    let shown = glance.defendants[0].represented_by.as_deref();
    assert_eq!(shown, Some("Pryce Adeyemi (not registered here yet)"));
    let again = super::associate(
        &first,
        ground.case_id,
        ground.defendant,
        RepresentationBasis::Private,
        false,
    )
    .await;
    assert!(again.is_err());
    let refused = off(&adviser, &ground, DisassociationReason::CourtDecision).await;
    let locked = refused.unwrap_err().reference;
    assert_eq!(locked.as_deref(), Some("locked_by_order"));
    for (reference, why) in [("7009999", "order_in_force"), ("7001234", "order_known")] {
        let refused = by_number(CONTRACT, reference).await.unwrap_err().1;
        assert_eq!(refused.as_deref(), Some(why));
    }
    let orders = awaited(&agency).await;
    assert_eq!(orders.len(), 1);
    assert_eq!(
        (&*orders[0].firm, &*orders[0].contract),
        ("Pryce Adeyemi", CONTRACT)
    );
    let theirs = first.legal_aid_awaited_orders(&AwaitedOrders {}).await;
    assert_eq!(theirs.unwrap_err().code, Code::NotPermitted);

    // Whoever validates is told before; then it is on record at once.
    register(&ground.court, firm(&ground.court, FIRM, PARTNER).await).await;
    assert_eq!(
        awaited(&agency).await.len(),
        1,
        "registered is not validated"
    );
    let found = waiting(&ground, FIRM).await;
    let warned = |what: &str| found.warnings.iter().any(|one| one.contains(what));
    assert!(warned("Representation orders wait"), "{:?}", found.warnings);
    let link = let_in(&ground, found.organisation_id).await;
    assert!(awaited(&agency).await.is_empty());
    let glance = view(&adviser, ground.case_id).await;
    assert_eq!(glance.defendants[0].represented_by.as_deref(), Some(FIRM));
    let news = &messages(&ground.court).await[0];
    assert_eq!(news.firm, FIRM);
    assert_eq!(news.basis, Some(RepresentationBasis::RepresentationOrder));
    let prosecutor = ground
        .court
        .sign_in("kofi.marsh@cps-ashmere.example.test")
        .await;
    let on_record = format!("{FIRM} represents");
    assert!(told(&prosecutor).await[0].body.starts_with(&on_record));

    // Its partner administers it; whoever works there has the case.
    activate(&ground.court, &link).await.unwrap();
    let partner = sign_in(&ground.court, PARTNER).await;
    let email = "gita.rowe@pryceadeyemi.example.test";
    crate::people::colleague(&ground.court, &partner, email).await;
    let gita = sign_in(&ground.court, email).await;
    assert!(has(&gita, ground.case_id).await);
    // Locked as before, by the same order; the next order by the number finds the firm.
    let refused = off(&gita, &ground, DisassociationReason::ProfessionalReasons).await;
    assert_eq!(
        refused.unwrap_err().reference.as_deref(),
        Some("locked_by_order")
    );
    withdraw(&agency, &ground).await;
    assert!(!has(&gita, ground.case_id).await);
    by_number(CONTRACT, "7005555").await.unwrap();
    assert!(has(&gita, ground.case_id).await);
    assert!(awaited(&agency).await.is_empty());
}

#[tokio::test]
async fn an_order_that_was_withdrawn_puts_nobody_on_record_later() {
    let ground = ground().await;
    let agency = ground.court.as_legal_aid().await;
    let order = order(&ground, CONTRACT, "7001234");
    agency
        .legal_aid_make_order_by_contract(&order)
        .await
        .unwrap();
    withdraw(&agency, &ground).await;
    assert!(awaited(&agency).await.is_empty());
    register(&ground.court, firm(&ground.court, FIRM, PARTNER).await).await;
    let found = waiting(&ground, FIRM).await;
    let_in(&ground, found.organisation_id).await;
    let adviser = ground.court.as_legal_adviser().await;
    let glance = view(&adviser, ground.case_id).await;
    assert_eq!(glance.defendants[0].represented_by, None);
    let first = ground.court.as_defence().await;
    on_record(&first, &ground, RepresentationBasis::ProBono).await;
}

#[tokio::test]
async fn of_two_firms_that_claim_one_number_who_validates_decides_and_nobody_silently() {
    let ground = ground().await;
    let agency = ground.court.as_legal_aid().await;
    register(&ground.court, firm(&ground.court, FIRM, PARTNER).await).await;
    let second = "Orchard Weir Solicitors";
    let claims = firm(&ground.court, second, "jo@orchardweir.example.test").await;
    register(&ground.court, claims).await;
    let order_ = order(&ground, CONTRACT, "7001234");
    let made = agency.legal_aid_make_order_by_contract(&order_).await;
    made.unwrap();
    for name in [FIRM, second] {
        let found = waiting(&ground, name).await;
        let both = |one: &String| one.contains("Another registration in this queue has the LAA");
        assert!(found.warnings.iter().any(both), "{:?}", found.warnings);
    }
    let_in(&ground, waiting(&ground, FIRM).await.organisation_id).await;
    let other = waiting(&ground, second).await;
    let has_it = format!("{FIRM} has the LAA account number {CONTRACT} already");
    let said = other.warnings.iter().any(|one| one.starts_with(&has_it));
    assert!(said, "{:?}", other.warnings);
    let_in(&ground, other.organisation_id).await;
    let adviser = ground.court.as_legal_adviser().await;
    let glance = view(&adviser, ground.case_id).await;
    assert_eq!(glance.defendants[0].represented_by.as_deref(), Some(FIRM));
    // By the number nobody can tell which of the two is meant.
    withdraw(&agency, &ground).await;
    let made = agency.legal_aid_make_order_by_contract(&order_).await;
    let refused = made.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert!(refused.title.contains("More than one firm"), "{refused:?}");
}

/// A firm may have registered without its number: by its own order it would go off record.
#[tokio::test]
async fn a_firm_that_is_here_without_its_number_is_chosen_by_its_name() {
    let ground = ground().await;
    let agency = ground.court.as_legal_aid().await;
    let first = ground.court.as_defence().await;
    on_record(&first, &ground, RepresentationBasis::Private).await;
    for name in ["Thorne & Vale Solicitors", "  thorne and vale LLP"] {
        let order = MakeOrderByContract {
            firm: name.to_owned(),
            ..order(&ground, "0Z999Z", "7001234")
        };
        let made = agency.legal_aid_make_order_by_contract(&order).await;
        let refused = made.unwrap_err();
        assert_eq!(refused.code, Code::Refused, "{name}");
        assert!(refused.hint.contains("by its name"), "{refused:?}");
    }
    assert!(has(&first, ground.case_id).await, "nothing changed");
    assert!(awaited(&agency).await.is_empty());
    // Another firm of the name is another firm, once nobody of it loses the case by that.
    off(&first, &ground, DisassociationReason::ProfessionalReasons)
        .await
        .unwrap();
    let order = MakeOrderByContract {
        firm: "Thorne Vale LLP".to_owned(),
        ..order(&ground, "0Z999Z", "7001234")
    };
    agency
        .legal_aid_make_order_by_contract(&order)
        .await
        .unwrap();
    assert_eq!(awaited(&agency).await.len(), 1);
}
