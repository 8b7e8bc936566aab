//! Nobody is made to act, and so barred from the other side, by what others give them:
//! whoever was given access, or the case, gives it up themselves.

use super::{Ground, code, ground, has, look, on_record, told};
use crate::steps::{serve, view};
use client::{Bytes, Client};
use contract::{
    Code,
    defence::{CasePeople, Grant, People, Remove},
    prosecution::{Assign, Unassign},
};
use vocabulary::{AccountId, RepresentationBasis};

const ADVOCATE: &str = "rosalind.quaye@fivewells.example.test";
const OTHER: &str = "peregrine.asante@fivewells.example.test";

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
