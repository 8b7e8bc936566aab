//! Nobody is made to act, and so barred from the other side, by what others give them:
//! whoever was given access, or the case, gives it up themselves.

use super::{Ground, code, ground, has, look, off, on_record, told};
use crate::{
    people,
    steps::{serve, view},
};
use client::{Bytes, Client};
use contract::{
    Code, Problem,
    defence::{Associate, CasePeople, Change, Grant, People, Remove},
    legal_aid::MakeOrder,
    organisation::{Reactivate, Suspend},
    prosecution::{Assign, Unassign},
};
use vocabulary::{AccountId, DisassociationReason, RepresentationBasis};

const ADVOCATE: &str = "rosalind.quaye@fivewells.example.test";
const OTHER: &str = "peregrine.asante@fivewells.example.test";
const SOLICITOR: &str = "iris.thorne@thornevale.example.test";

fn assign(ground: &Ground, email: &str, confirmed: bool) -> Assign {
    Assign {
        case_id: ground.case_id,
        email: email.to_owned(),
        until: None,
        confirmed,
    }
}

fn give(ground: &Ground, email: &str, confirmed: bool) -> Grant {
    Grant {
        case_id: ground.case_id,
        defendant_id: Some(ground.defendant),
        email: email.to_owned(),
        until: None,
        confirmed,
    }
}

fn give_up(ground: &Ground, account_id: AccountId) -> Remove {
    Remove {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        account_id,
    }
}

async fn acting(client: &Client, ground: &Ground) -> CasePeople {
    let asked = People {
        case_id: ground.case_id,
    };
    client.defence_people(&asked).await.unwrap()
}

#[tokio::test]
async fn a_firm_cannot_keep_an_advocate_from_prosecuting_by_giving_them_access() {
    let ground = ground().await;
    let court = &ground.court;
    let (prosecutor, firm) = (court.as_cps().await, court.as_defence().await);
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    // They give it to one who never asked, and to another.
    for email in [ADVOCATE, OTHER] {
        firm.defence_grant(&give(&ground, email, false))
            .await
            .unwrap();
    }
    let barred = prosecutor
        .prosecution_assign(&assign(&ground, ADVOCATE, true))
        .await;
    let barred = barred.unwrap_err();
    assert_eq!(barred.reference.as_deref(), Some("conflict_of_sides"));
    assert!(barred.hint.contains("give up the access"), "{barred:?}");

    // She sees that she may give it up; nobody else of her chambers may for her.
    let advocate = court.sign_in(ADVOCATE).await;
    let people = acting(&advocate, &ground).await;
    let own = |name: &str| {
        let mut all = people.defendants[0].people.iter();
        all.find(|one| one.name == name).unwrap()
    };
    let hers = own("Rosalind Quaye").account_id;
    assert!(own("Rosalind Quaye").may_remove);
    assert!(!own("Peregrine Asante").may_remove);
    let colleague = court.sign_in(OTHER).await;
    let refused = colleague
        .defence_remove(&give_up(&ground, hers))
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);
    advocate
        .defence_remove(&give_up(&ground, hers))
        .await
        .unwrap();
    assert!(!has(&advocate, ground.case_id).await);
    let seen = code(advocate.case_view(&look(ground.case_id)).await).await;
    assert_eq!(seen, Some(Code::NotFound));
    let heard = told(&firm).await;
    assert!(
        heard[0].title.contains("Rosalind Quaye does not act"),
        "{heard:?}"
    );

    // She had read nothing: the prosecutor assigns the case as if nothing had been. That a
    // colleague defends is shown, as before.
    let wish = assign(&ground, ADVOCATE, true);
    prosecutor.prosecution_assign(&wish).await.unwrap();
    assert!(has(&advocate, ground.case_id).await);
    // And the firm does not give it to her again.
    let barred = firm
        .defence_grant(&give(&ground, ADVOCATE, true))
        .await
        .unwrap_err();
    assert_eq!(barred.reference.as_deref(), Some("conflict_of_sides"));
}

#[tokio::test]
async fn a_prosecutor_cannot_keep_counsel_from_defending_by_assigning_the_case_to_them() {
    let ground = ground().await;
    let court = &ground.court;
    let (prosecutor, firm) = (court.as_cps().await, court.as_defence().await);
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    prosecutor
        .prosecution_assign(&assign(&ground, ADVOCATE, false))
        .await
        .unwrap();
    let barred = firm
        .defence_grant(&give(&ground, ADVOCATE, true))
        .await
        .unwrap_err();
    assert_eq!(barred.reference.as_deref(), Some("conflict_of_sides"));

    let advocate = court.sign_in(ADVOCATE).await;
    let seen = view(&advocate, ground.case_id).await;
    assert_eq!(seen.may, ["view_people"]);
    let people = acting(&advocate, &ground).await;
    assert!(!people.may_assign);
    // Who defends, and with whom, is not shown to her.
    let all = people.defendants.iter();
    assert!(
        all.clone()
            .all(|one| one.people.is_empty() && one.chambers.is_empty())
    );
    assert!(all.clone().all(|one| one.may.is_empty()));
    let [own] = &people.advocates[..] else {
        panic!("{people:?}");
    };
    let back = Unassign {
        case_id: ground.case_id,
        account_id: own.account_id,
    };
    let colleague = court.sign_in(OTHER).await;
    let refused = colleague.prosecution_unassign(&back).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    advocate.prosecution_unassign(&back).await.unwrap();
    assert!(!has(&advocate, ground.case_id).await);
    let heard = told(&prosecutor).await;
    assert!(
        heard[0].body.contains("Rosalind Quaye gave the case back"),
        "{heard:?}"
    );
    firm.defence_grant(&give(&ground, ADVOCATE, false))
        .await
        .unwrap();
    assert!(has(&advocate, ground.case_id).await);
}

#[tokio::test]
async fn whoever_read_papers_for_one_side_acts_for_the_other_only_knowingly() {
    let ground = ground().await;
    let court = &ground.court;
    let (prosecutor, firm) = (court.as_cps().await, court.as_defence().await);
    let glance = view(&prosecutor, ground.case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 5_000).await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    firm.defence_grant(&give(&ground, ADVOCATE, false))
        .await
        .unwrap();
    let advocate = court.sign_in(ADVOCATE).await;
    let paper = view(&advocate, ground.case_id).await.materials[0].material_id;
    let read = advocate.download(Bytes::Material, &paper.to_string()).await;
    read.unwrap().all(100_000).await.unwrap();
    let hers = acting(&advocate, &ground).await.defendants[0].people[0].account_id;
    advocate
        .defence_remove(&give_up(&ground, hers))
        .await
        .unwrap();

    let shown = prosecutor
        .prosecution_assign(&assign(&ground, ADVOCATE, false))
        .await
        .unwrap_err();
    assert_eq!(shown.reference.as_deref(), Some("conflict_not_confirmed"));
    assert!(shown.title.contains("for the defence"), "{shown:?}");
    prosecutor
        .prosecution_assign(&assign(&ground, ADVOCATE, true))
        .await
        .unwrap();
    // And the other way round.
    let read = advocate.download(Bytes::Material, &paper.to_string()).await;
    read.unwrap().all(100_000).await.unwrap();
    let back = Unassign {
        case_id: ground.case_id,
        account_id: hers,
    };
    advocate.prosecution_unassign(&back).await.unwrap();
    let shown = firm
        .defence_grant(&give(&ground, ADVOCATE, false))
        .await
        .unwrap_err();
    assert_eq!(shown.reference.as_deref(), Some("conflict_not_confirmed"));
    assert!(shown.title.contains("for the prosecution"), "{shown:?}");
    // Somebody who read nothing is not asked about.
    firm.defence_grant(&give(&ground, OTHER, false))
        .await
        .unwrap();
}

/// All that a refusal shows, a sentence each.
fn shown(refused: &Problem) -> Vec<&str> {
    let others = refused.detail.lines();
    std::iter::once(&*refused.title).chain(others).collect()
}

/// A solicitor prosecutes the case, reads it and gives it back; their firm is asked then.
async fn has_prosecuted(ground: &Ground, solicitor: &Client) {
    let prosecutor = ground.court.as_cps().await;
    let glance = view(&prosecutor, ground.case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 5_000).await;
    prosecutor
        .prosecution_assign(&assign(ground, SOLICITOR, false))
        .await
        .unwrap();
    let paper = view(solicitor, ground.case_id).await.materials[0].material_id;
    let read = solicitor
        .download(Bytes::Material, &paper.to_string())
        .await;
    read.unwrap().all(100_000).await.unwrap();
    let back = Unassign {
        case_id: ground.case_id,
        account_id: acting(solicitor, ground).await.advocates[0].account_id,
    };
    solicitor.prosecution_unassign(&back).await.unwrap();
}

#[tokio::test]
async fn a_firm_whose_people_read_for_the_prosecution_goes_on_record_only_knowingly() {
    let ground = ground().await;
    let firm = ground.court.sign_in(SOLICITOR).await;
    has_prosecuted(&ground, &firm).await;
    let sentence = "Iris Thorne of this firm has read papers of this case for the prosecution.";

    // It is shown before, and refused to whoever did not look.
    let before = acting(&firm, &ground).await;
    assert_eq!(before.defendants[0].conflicts, [sentence]);
    let wish = |confirmed| Associate {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed,
    };
    let refused = firm.defence_associate(&wish(false)).await.unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("conflict_not_confirmed"));
    assert_eq!(shown(&refused), [sentence]);
    firm.defence_associate(&wish(true)).await.unwrap();
    assert!(has(&firm, ground.case_id).await);
    let stream = domain::Stream::new(domain::StreamKind::Case, ground.case_id.0);
    let app = &ground.court.state.app;
    let events = app.ledger.events(stream, 0).await.unwrap();
    let recorded = events.iter().any(|one| match &one.event {
        domain::Event::Case(domain::case::CaseEvent::ConflictConfirmed { shown, .. }) => {
            shown == &[sentence]
        }
        _ => false,
    });
    assert!(recorded, "{events:#?}");
}

/// The agency knows nothing of who read what, and the firm was not asked.
#[tokio::test]
async fn an_order_puts_a_firm_on_record_and_closes_the_case_to_who_read_for_the_prosecution() {
    let ground = ground().await;
    let court = &ground.court;
    let iris = court.sign_in(SOLICITOR).await;
    has_prosecuted(&ground, &iris).await;
    let manager = court.sign_in(people::ADMINISTRATOR).await;
    let email = "gita.rowe@thornevale.example.test";
    people::colleague(court, &manager, email).await;
    let gita = people::sign_in(court, email).await;
    let app = &court.state.app;
    let found = app
        .index
        .account_by_email(SOLICITOR)
        .await
        .unwrap()
        .unwrap();
    let order = MakeOrder {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        organisation_id: found.organisation,
        reference: "LAA-7731".to_owned(),
        from: court.today(),
    };
    let agency = court.as_legal_aid().await;
    agency.legal_aid_make_order(&order).await.unwrap();

    assert!(has(&gita, ground.case_id).await);
    assert!(!has(&iris, ground.case_id).await);
    let closed = iris.case_view(&look(ground.case_id)).await.unwrap_err();
    assert_eq!(closed.code, Code::NotFound);
    let conflict = async |client: &Client| {
        let told = told(client).await;
        let mut told = told.into_iter();
        told.find(|own| own.title.starts_with("Conflict in"))
    };
    assert_eq!(conflict(&iris).await.unwrap().case_id, None);
    assert!(conflict(&gita).await.is_some());
    // The firm may give it to her, knowing what she read.
    let shown = gita.defence_grant(&give(&ground, SOLICITOR, false)).await;
    let shown = shown.unwrap_err();
    assert_eq!(shown.reference.as_deref(), Some("conflict_not_confirmed"));
    gita.defence_grant(&give(&ground, SOLICITOR, true))
        .await
        .unwrap();
    assert!(has(&iris, ground.case_id).await);
}

#[tokio::test]
async fn a_notice_of_change_shows_what_the_firms_people_read_for_the_prosecution() {
    let ground = ground().await;
    let (first, other) = (
        ground.court.sign_in(SOLICITOR).await,
        ground.court.as_other_defence().await,
    );
    on_record(&other, &ground, RepresentationBasis::Private).await;
    has_prosecuted(&ground, &first).await;
    let change = |confirmed| Change {
        reference: app::demo::PATH_URN.to_owned(),
        name: ground.name.clone(),
        hearing_day: ground.day,
        basis: RepresentationBasis::Private,
        instructed_on: ground.court.today(),
        confirmed,
    };
    let refused = first.defence_change(&change(false)).await.unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("conflict_not_confirmed"));
    assert!(
        shown(&refused)[0].contains("Iris Thorne of this firm has read papers"),
        "{refused:?}"
    );
    assert!(has(&other, ground.case_id).await);
    first.defence_change(&change(true)).await.unwrap();
    assert!(has(&first, ground.case_id).await);
}

#[tokio::test]
async fn a_solicitor_of_the_firm_of_yesterday_prosecutes_only_knowingly_and_all_is_shown() {
    let ground = ground().await;
    let (prosecutor, firm) = (
        ground.court.as_cps().await,
        ground.court.sign_in(SOLICITOR).await,
    );
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let glance = view(&prosecutor, ground.case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 5_000).await;
    off(&firm, &ground, DisassociationReason::AssociatedInError)
        .await
        .unwrap();
    let was = format!(
        "The firm of this person was on record for {} in the same case.",
        ground.name
    );
    let wish = assign(&ground, SOLICITOR, false);
    let refused = prosecutor.prosecution_assign(&wish).await.unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("conflict_not_confirmed"));
    assert_eq!(shown(&refused), [was.as_str()]);

    // She comes back, reads, and goes: two things conflict, and both are shown.
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let paper = view(&firm, ground.case_id).await.materials[0].material_id;
    let read = firm.download(Bytes::Material, &paper.to_string()).await;
    read.unwrap().all(100_000).await.unwrap();
    off(&firm, &ground, DisassociationReason::AssociatedInError)
        .await
        .unwrap();
    let refused = prosecutor.prosecution_assign(&wish).await.unwrap_err();
    let read = "This person has read papers of this case for the defence.";
    assert_eq!(shown(&refused), [was.as_str(), read]);
    let knowingly = assign(&ground, SOLICITOR, true);
    prosecutor.prosecution_assign(&knowingly).await.unwrap();
    assert!(has(&firm, ground.case_id).await);
}

/// She reads for the prosecution; her account is suspended, and let in again.
#[tokio::test]
async fn what_a_suspended_solicitor_read_closes_what_her_firm_took_on_meanwhile_and_nothing_else() {
    for knowingly in [true, false] {
        let ground = ground().await;
        let court = &ground.court;
        let iris = court.sign_in(SOLICITOR).await;
        has_prosecuted(&ground, &iris).await;
        let manager = court.sign_in(people::ADMINISTRATOR).await;
        let email = "gita.rowe@thornevale.example.test";
        people::colleague(court, &manager, email).await;
        let gita = people::sign_in(court, email).await;
        let wish = Associate {
            case_id: ground.case_id,
            defendant_id: ground.defendant,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: knowingly,
        };
        if knowingly {
            gita.defence_associate(&wish).await.unwrap();
        }
        let own = people::people(&manager).await;
        let account_id = people::row(&own, SOLICITOR).account_id;
        manager
            .organisation_suspend(&Suspend { account_id })
            .await
            .unwrap();
        if !knowingly {
            // Nobody of those who are there has read anything.
            gita.defence_associate(&wish).await.unwrap();
        }
        manager
            .organisation_reactivate(&Reactivate { account_id })
            .await
            .unwrap();
        let iris = court.sign_in(SOLICITOR).await;
        assert_eq!(has(&iris, ground.case_id).await, knowingly);
        let opened = iris.case_view(&look(ground.case_id)).await;
        assert_eq!(opened.is_ok(), knowingly);
    }
}
