//! Access that is given and taken: counsel, colleagues, clerks. What is taken is gone
//! with the next request, in lists, papers, downloads, notices and live streams.

use super::{Ground, code, ground, has, look, on_record, told};
use crate::steps::{serve, view};
use client::{Bytes, Client};
use contract::{
    Code,
    defence::{EndInstruction, Grant, Instruct, People, Remove},
};
use std::time::Duration;
use vocabulary::{CaseId, DefendantId, Group, RepresentationBasis};

const COUNSEL: &str = "rosalind.quaye@fivewells.example.test";
const OTHER_COUNSEL: &str = "peregrine.asante@fivewells.example.test";
const CLERK: &str = "orla.finch@fivewells.example.test";

fn instruct(ground: &Ground, email: &str) -> Instruct {
    Instruct {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        email: email.to_owned(),
        on: ground.court.today(),
        confirmed: false,
    }
}

fn grant(ground: &Ground, email: &str) -> Grant {
    Grant {
        case_id: ground.case_id,
        defendant_id: Some(ground.defendant),
        email: email.to_owned(),
        until: None,
        confirmed: false,
    }
}

async fn removed(client: &Client, ground: &Ground, name: &str) {
    let asked = People {
        case_id: ground.case_id,
    };
    let people = client.defence_people(&asked).await.unwrap();
    let person = people.defendants[0]
        .people
        .iter()
        .find(|p| p.name == name)
        .unwrap();
    let remove = Remove {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        account_id: person.account_id,
    };
    client.defence_remove(&remove).await.unwrap();
}

#[tokio::test]
async fn counsel_reads_beside_the_firm_until_the_very_request_after_the_access_ends() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    let prosecutor = ground.court.as_cps().await;
    let counsel = ground.court.sign_in(COUNSEL).await;
    let glance = view(&prosecutor, ground.case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 5_000).await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    assert_eq!(
        code(counsel.case_view(&look(ground.case_id)).await).await,
        Some(Code::NotFound)
    );

    let instructed = firm
        .defence_instruct(&instruct(&ground, COUNSEL))
        .await
        .unwrap();
    assert_eq!(instructed.name, "Rosalind Quaye");
    // Barrister and firm are both on the case.
    assert!(has(&counsel, ground.case_id).await && has(&firm, ground.case_id).await);
    let seen = view(&counsel, ground.case_id).await;
    let paper = seen
        .materials
        .iter()
        .find(|m| m.name == "IDPC.pdf")
        .unwrap();
    let id = paper.material_id.to_string();
    let bytes = counsel.download(Bytes::Material, &id).await.unwrap();
    assert!(bytes.all(1_000_000).await.unwrap().starts_with(b"%PDF-"));
    assert!(
        told(&counsel)
            .await
            .iter()
            .any(|n| n.title.starts_with("You have access"))
    );
    let people = firm
        .defence_people(&People {
            case_id: ground.case_id,
        })
        .await
        .unwrap();
    assert_eq!(people.defendants[0].people[0].name, "Rosalind Quaye");
    assert_eq!(people.defendants[0].chambers[0].name, "Five Wells Chambers");
    assert!(
        people
            .colleagues
            .iter()
            .any(|name| name.starts_with("Iris Thorne"))
    );
    // New papers reach counsel too, and live.
    let mut live = counsel.live(None);
    let first = live.next_live().await.unwrap();
    assert_eq!(first.stale, ["everything"]);
    serve(&prosecutor, &glance, "Further.pdf", 6_000).await;
    let heard = tokio::time::timeout(Duration::from_secs(2), async {
        loop {
            if let Some(notice) = live.next_live().await.unwrap().notice {
                return notice;
            }
        }
    });
    assert!(heard.await.unwrap().title.starts_with("New material"));

    removed(&firm, &ground, "Rosalind Quaye").await;
    assert_eq!(
        code(counsel.case_view(&look(ground.case_id)).await).await,
        Some(Code::NotFound)
    );
    assert!(!has(&counsel, ground.case_id).await);
    let refused = counsel.download(Bytes::Material, &id).await.err().unwrap();
    assert_eq!(refused.code, Code::NotFound);
    // What they were told of the case went with it; that it ended stays.
    let left = told(&counsel).await;
    assert!(left.iter().all(|n| n.case_id.is_none()), "{left:#?}");
    assert!(left[0].title.contains("has ended"));
    let current = counsel
        .account_current(&contract::account::Current {})
        .await
        .unwrap();
    assert_eq!(
        current.unread as usize,
        left.iter().filter(|n| !n.read).count()
    );
    // The open window is told once that its view is stale, and from then on nothing.
    let until_ended = tokio::time::timeout(Duration::from_secs(2), async {
        loop {
            let live = live.next_live().await.unwrap();
            if live.notice.is_some_and(|n| n.title.contains("has ended")) {
                return;
            }
        }
    });
    until_ended.await.unwrap();
    serve(&prosecutor, &glance, "After.pdf", 7_000).await;
    let silence = tokio::time::timeout(Duration::from_millis(500), async {
        loop {
            let live = live.next_live().await.unwrap();
            if live.notice.is_some() || live.stale.iter().any(|tag| tag.starts_with("case:")) {
                return live;
            }
        }
    });
    let heard = silence.await;
    assert!(heard.is_err(), "heard {heard:?}");
}

#[tokio::test]
async fn a_clerk_gives_the_case_to_a_barrister_of_the_chambers_without_reading_a_paper() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    let (clerk, barrister) = (
        ground.court.sign_in(CLERK).await,
        ground.court.sign_in(OTHER_COUNSEL).await,
    );
    let prosecutor = ground.court.as_cps().await;
    let glance = view(&prosecutor, ground.case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 5_000).await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let early = clerk
        .defence_grant(&grant(&ground, OTHER_COUNSEL))
        .await
        .unwrap_err();
    assert_eq!(early.code, Code::NotFound);
    firm.defence_instruct(&instruct(&ground, CLERK))
        .await
        .unwrap();
    assert!(has(&clerk, ground.case_id).await);
    let seen = view(&clerk, ground.case_id).await;
    assert!(seen.materials.is_empty() && seen.documents.is_empty());
    // Instructed chambers are not yet an instructed barrister.
    assert_eq!(
        code(barrister.case_view(&look(ground.case_id)).await).await,
        Some(Code::NotFound)
    );
    assert!(!has(&barrister, ground.case_id).await);
    clerk
        .defence_grant(&grant(&ground, OTHER_COUNSEL))
        .await
        .unwrap();
    assert!(!view(&barrister, ground.case_id).await.materials.is_empty());
    // Chambers give to their own, and to nobody else.
    let refused = clerk
        .defence_grant(&grant(&ground, "joel.hart@hartfieldlaw.example.test"))
        .await;
    assert_eq!(
        refused.unwrap_err().reference.as_deref(),
        Some("not_on_record")
    );
    let twice = clerk
        .defence_grant(&grant(&ground, OTHER_COUNSEL))
        .await
        .unwrap_err();
    assert_eq!(twice.reference.as_deref(), Some("already_granted"));
    // With the instruction everything ends that came of it.
    let asked = People {
        case_id: ground.case_id,
    };
    let chambers =
        firm.defence_people(&asked).await.unwrap().defendants[0].chambers[0].organisation_id;
    let end = EndInstruction {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        organisation_id: chambers,
    };
    firm.defence_end_instruction(&end).await.unwrap();
    for one in [&clerk, &barrister] {
        assert_eq!(
            code(one.case_view(&look(ground.case_id)).await).await,
            Some(Code::NotFound)
        );
        assert!(!has(one, ground.case_id).await);
    }
}

#[tokio::test]
async fn access_with_a_last_day_is_good_on_that_day_and_not_on_the_next() {
    let mut ground = ground().await;
    let firm = ground.court.as_defence().await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let today = ground.court.today();
    let over = Grant {
        until: Some(today.plus_days(-1)),
        ..grant(&ground, COUNSEL)
    };
    let refused = firm.defence_grant(&over).await.unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("last_day_wrong"));
    let last = Grant {
        until: Some(today),
        ..grant(&ground, COUNSEL)
    };
    firm.defence_grant(&last).await.unwrap();
    let counsel = ground.court.sign_in(COUNSEL).await;
    assert!(has(&counsel, ground.case_id).await);
    view(&counsel, ground.case_id).await;
    ground.court.config.today = Some(today.plus_days(1));
    ground.court = ground.court.restarted().await;
    let counsel = ground.court.sign_in(COUNSEL).await;
    assert!(!has(&counsel, ground.case_id).await);
    assert_eq!(
        code(counsel.case_view(&look(ground.case_id)).await).await,
        Some(Code::NotFound)
    );
    assert!(told(&counsel).await.iter().all(|n| n.case_id.is_none()));
}

#[tokio::test]
async fn what_a_firm_gave_ends_when_it_goes_off_record() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    let colleague = ground.court.as_other_defence().await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let agent = "joel.hart@hartfieldlaw.example.test";
    firm.defence_grant(&grant(&ground, agent)).await.unwrap();
    firm.defence_instruct(&instruct(&ground, CLERK))
        .await
        .unwrap();
    assert!(has(&colleague, ground.case_id).await);
    let adviser = ground.court.as_legal_adviser().await;
    super::off(
        &adviser,
        &ground,
        vocabulary::DisassociationReason::CourtDecision,
    )
    .await
    .unwrap();
    assert!(!has(&colleague, ground.case_id).await);
    let clerk = ground.court.sign_in(CLERK).await;
    assert!(!has(&clerk, ground.case_id).await);
    // A firm itself cannot say that the court decided.
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let said = super::off(
        &firm,
        &ground,
        vocabulary::DisassociationReason::CourtDecision,
    )
    .await;
    assert_eq!(said.unwrap_err().code, Code::BadRequest);
    let said = super::off(
        &firm,
        &ground,
        vocabulary::DisassociationReason::ReplacedByOrder,
    )
    .await;
    assert_eq!(said.unwrap_err().code, Code::BadRequest);
}

#[tokio::test]
async fn an_address_tells_nobody_whether_there_is_such_an_account() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let mut answers = Vec::new();
    for email in [
        "nobody@nowhere.example.test",
        "ada.wren@court.example.test",
        "kofi.marsh@cps-ashmere.example.test",
        "mina.oak@fallowdene.example.test",
        "noor.hadley@example.test",
        "orla.finch@fivewells.example.test",
        "",
        "a\0b",
    ] {
        answers.push(
            firm.defence_grant(&grant(&ground, email))
                .await
                .unwrap_err(),
        );
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    let own = firm
        .defence_grant(&grant(&ground, "iris.thorne@thornevale.example.test"))
        .await;
    assert_eq!(own.unwrap_err().reference.as_deref(), Some("in_the_firm"));
}

#[tokio::test]
async fn forged_ids_and_anothers_case_have_the_answer_of_nothing_in_every_command() {
    let ground = ground().await;
    let firm = ground.court.as_defence().await;
    let stranger = ground.court.as_other_defence().await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let forged = CaseId(uuid::Uuid::from_u128(7));
    let nothing = contract::Problem::not_found();
    for case_id in [forged, ground.case_id] {
        let wish = Instruct {
            case_id,
            ..instruct(&ground, COUNSEL)
        };
        assert_eq!(stranger.defence_instruct(&wish).await.unwrap_err(), nothing);
        let wish = Grant {
            case_id,
            ..grant(&ground, COUNSEL)
        };
        assert_eq!(stranger.defence_grant(&wish).await.unwrap_err(), nothing);
        let wish = Grant {
            defendant_id: None,
            ..wish
        };
        assert_eq!(stranger.defence_grant(&wish).await.unwrap_err(), nothing);
        let wish = People { case_id };
        assert_eq!(stranger.defence_people(&wish).await.unwrap_err(), nothing);
        let wish = contract::defence::Disassociate {
            case_id,
            defendant_id: ground.defendant,
            reason: vocabulary::DisassociationReason::AssociatedInError,
            note: String::new(),
        };
        assert_eq!(
            stranger.defence_disassociate(&wish).await.unwrap_err(),
            nothing
        );
        let wish = contract::prosecution::Assign {
            case_id,
            email: COUNSEL.to_owned(),
            until: None,
            confirmed: true,
        };
        assert_eq!(
            stranger.prosecution_assign(&wish).await.unwrap_err(),
            nothing
        );
    }
    // A defendant of another case, in one's own.
    let wish = Grant {
        defendant_id: Some(DefendantId(uuid::Uuid::from_u128(9))),
        ..grant(&ground, COUNSEL)
    };
    assert_eq!(firm.defence_grant(&wish).await.unwrap_err(), nothing);
    // Somebody with access gives none on.
    firm.defence_grant(&grant(&ground, COUNSEL)).await.unwrap();
    let counsel = ground.court.person(Group::Advocates, 1).await;
    let on = counsel
        .defence_grant(&grant(&ground, OTHER_COUNSEL))
        .await
        .unwrap_err();
    assert_eq!(on.code, Code::NotPermitted);
}
