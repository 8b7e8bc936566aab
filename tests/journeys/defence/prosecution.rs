//! The prosecutor assigns its cases to advocates, one by one or by a court's list, for a
//! time; nobody acts for both sides.

use super::{Ground, code, ground, has, look, on_record, told};
use crate::steps::{all_guilty, example, path_case, save, serve, share, start, view};
use client::Bytes;
use contract::{
    Code,
    defence::{Associate, Grant, People},
    legal_aid::{MakeOrder, Representation},
    prosecution::{Assign, AssignList, Unassign},
};
use vocabulary::{Group, RepresentationBasis};

const ADVOCATE: &str = "rosalind.quaye@fivewells.example.test";
const OTHER: &str = "peregrine.asante@fivewells.example.test";

fn assign(ground: &Ground, email: &str) -> Assign {
    Assign {
        case_id: ground.case_id,
        email: email.to_owned(),
        until: None,
        confirmed: false,
    }
}

#[tokio::test]
async fn an_advocate_reads_the_prosecutions_papers_until_the_case_is_taken_back() {
    let ground = ground().await;
    let prosecutor = ground.court.as_cps().await;
    let advocate = ground.court.sign_in(ADVOCATE).await;
    let glance = view(&prosecutor, ground.case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 5_000).await;
    prosecutor
        .prosecution_assign(&assign(&ground, ADVOCATE))
        .await
        .unwrap();
    assert!(has(&advocate, ground.case_id).await);
    let seen = view(&advocate, ground.case_id).await;
    assert!(!seen.materials.is_empty());
    // She changes nothing; she sees that the case is hers, and may give it back.
    assert_eq!(seen.may, ["view_people"]);
    let id = seen.materials[0].material_id.to_string();
    assert!(advocate.download(Bytes::Material, &id).await.is_ok());
    let asked = People {
        case_id: ground.case_id,
    };
    let people = prosecutor.defence_people(&asked).await.unwrap();
    assert_eq!(people.advocates[0].name, "Rosalind Quaye");
    let twice = prosecutor
        .prosecution_assign(&assign(&ground, ADVOCATE))
        .await
        .unwrap_err();
    assert_eq!(twice.reference.as_deref(), Some("already_assigned"));
    let take = Unassign {
        case_id: ground.case_id,
        account_id: people.advocates[0].account_id,
    };
    let colleague = ground.court.sign_in(OTHER).await;
    assert_eq!(
        colleague
            .prosecution_unassign(&take)
            .await
            .unwrap_err()
            .code,
        Code::NotFound
    );
    prosecutor.prosecution_unassign(&take).await.unwrap();
    assert_eq!(
        code(advocate.case_view(&look(ground.case_id)).await).await,
        Some(Code::NotFound)
    );
    assert_eq!(
        advocate
            .download(Bytes::Material, &id)
            .await
            .err()
            .unwrap()
            .code,
        Code::NotFound
    );
    assert!(!has(&advocate, ground.case_id).await);
    assert!(
        told(&advocate).await[0]
            .title
            .contains("no longer assigned")
    );
    // Neither the defence nor the court assigns.
    for group in [Group::LegalAdvisers, Group::DefenceLawyers] {
        let other = ground.court.person(group, 0).await;
        let refused = other
            .prosecution_assign(&assign(&ground, ADVOCATE))
            .await
            .unwrap_err();
        assert_eq!(refused.code, Code::NotPermitted);
    }
}

/// What a court ordered is read by whoever prosecutes, also by counsel; a firm that may yet offer to act
/// reads what is alleged, and neither there nor in what changed what was ordered.
#[tokio::test]
async fn what_was_ordered_is_read_by_counsel_who_prosecutes_and_by_no_firm_that_may_yet_act() {
    let ground = ground().await;
    let court = &ground.court;
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = crate::steps::look(&adviser, hearing_id).await;
    let mut lines = example(court, "imprisonment", &room, 0);
    lines.extend(example(court, "withdrawn", &room, 1));
    let saved = save(&adviser, hearing_id, room.draft.revision, lines).await;
    share(&adviser, &room, &saved).await;
    court.work().await;

    let prosecutor = court.as_cps().await;
    prosecutor
        .prosecution_assign(&assign(&ground, ADVOCATE))
        .await
        .unwrap();
    let counsel = court.sign_in(ADVOCATE).await;
    let firm = court.as_defence().await;
    for (reader, reads) in [(&counsel, true), (&firm, false)] {
        let seen = view(reader, case_id).await;
        let own = &seen.defendants[0];
        assert!(!own.offences.is_empty());
        assert_eq!(own.date_of_birth.is_some(), reads);
        assert_eq!(!own.address.is_empty(), reads);
        assert_eq!(!own.offences[0].results.is_empty(), reads, "{own:?}");
        let told = seen.changes.iter().any(|change| change.kind == "result");
        assert_eq!(told, reads, "{:?}", seen.changes);
        // Of a document nobody reads that it was made who may not open it.
        assert_eq!(seen.documents.len(), 0, "{:?}", seen.documents);
        let named = seen.changes.iter().any(|change| change.kind == "document");
        assert!(!named, "{:?}", seen.changes);
    }
}

#[tokio::test]
async fn an_assignment_ends_by_itself() {
    let mut ground = ground().await;
    let prosecutor = ground.court.as_cps().await;
    prosecutor
        .prosecution_assign(&assign(&ground, ADVOCATE))
        .await
        .unwrap();
    let today = ground.court.today();
    for (after, there) in [(28, true), (29, false)] {
        ground.court.config.today = Some(today.plus_days(after));
        ground.court = ground.court.restarted().await;
        let advocate = ground.court.sign_in(ADVOCATE).await;
        assert_eq!(
            has(&advocate, ground.case_id).await,
            there,
            "after {after} days"
        );
        let seen = code(advocate.case_view(&look(ground.case_id)).await).await;
        assert_eq!(seen.is_none(), there, "after {after} days");
    }
}

#[tokio::test]
async fn nobody_acts_for_both_sides_of_a_case() {
    let ground = ground().await;
    let (prosecutor, firm) = (ground.court.as_cps().await, ground.court.as_defence().await);
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let give = |email: &str, confirmed| Grant {
        case_id: ground.case_id,
        defendant_id: Some(ground.defendant),
        email: email.to_owned(),
        until: None,
        confirmed,
    };
    firm.defence_grant(&give(ADVOCATE, false)).await.unwrap();
    // Whoever defends, or is of the firm on record, is barred from prosecuting.
    for email in [ADVOCATE, "iris.thorne@thornevale.example.test"] {
        let wish = Assign {
            confirmed: true,
            ..assign(&ground, email)
        };
        let barred = prosecutor.prosecution_assign(&wish).await.unwrap_err();
        assert_eq!(
            barred.reference.as_deref(),
            Some("conflict_of_sides"),
            "{email}"
        );
    }
    // Another of the same chambers may, knowingly; and is then barred from defending.
    let shown = prosecutor
        .prosecution_assign(&assign(&ground, OTHER))
        .await
        .unwrap_err();
    assert_eq!(shown.reference.as_deref(), Some("conflict_not_confirmed"));
    let wish = Assign {
        confirmed: true,
        ..assign(&ground, OTHER)
    };
    prosecutor.prosecution_assign(&wish).await.unwrap();
    let barred = firm.defence_grant(&give(OTHER, true)).await.unwrap_err();
    assert_eq!(barred.reference.as_deref(), Some("conflict_of_sides"));
}

/// The same the other way round: the firm of somebody who prosecutes does not defend, however
/// it comes to the case.
#[tokio::test]
async fn the_firm_of_an_advocate_of_the_prosecution_cannot_go_on_record() {
    let ground = ground().await;
    let court = &ground.court;
    let (prosecutor, firm) = (court.as_cps().await, court.as_defence().await);
    let glance = view(&prosecutor, ground.case_id).await;
    serve(&prosecutor, &glance, "IDPC.pdf", 5_000).await;
    let email = "iris.thorne@thornevale.example.test";
    prosecutor
        .prosecution_assign(&assign(&ground, email))
        .await
        .unwrap();
    let paper = view(&firm, ground.case_id).await.materials[0].material_id;
    let wish = Associate {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed: true,
    };
    let barred = firm.defence_associate(&wish).await.unwrap_err();
    assert_eq!(barred.reference.as_deref(), Some("conflict_of_sides"));
    assert!(barred.title.contains("Iris Thorne"), "{barred:?}");
    // It is shown before.
    let asked = People {
        case_id: ground.case_id,
    };
    let people = firm.defence_people(&asked).await.unwrap();
    let shown = &people.defendants[0].conflicts;
    assert!(
        shown
            .iter()
            .any(|what| what.contains("of this firm prosecutes")),
        "{shown:?}"
    );

    // An order of the agency names the firm all the same: from then on it defends, and what she
    // reads is what the defence reads.
    let agency = court.as_legal_aid().await;
    let representation = Representation {
        reference: app::demo::PATH_URN.to_owned(),
        firm: "Thorne".to_owned(),
    };
    let found = agency.legal_aid_representation(&representation).await;
    let order = MakeOrder {
        case_id: ground.case_id,
        defendant_id: ground.defendant,
        organisation_id: found.unwrap().firms[0].organisation_id,
        reference: "7001234".to_owned(),
        from: court.today(),
    };
    agency.legal_aid_make_order(&order).await.unwrap();
    let read = firm.download(Bytes::Material, &paper.to_string()).await;
    assert!(read.is_ok());
    let lines = crate::audited::of_case(court).await;
    let opened: Vec<&str> = lines
        .iter()
        .filter(|line| line.what == "paper opened" && line.who == "Iris Thorne")
        .map(|line| line.why.as_str())
        .collect();
    assert_eq!(opened, ["defence.reads_sections"]);
}

#[tokio::test]
async fn a_whole_list_is_assigned_and_what_stands_against_one_case_hinders_no_other() {
    let ground = ground().await;
    let (prosecutor, firm) = (ground.court.as_cps().await, ground.court.as_defence().await);
    let advocate = ground.court.sign_in(ADVOCATE).await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let give = Grant {
        case_id: ground.case_id,
        defendant_id: None,
        email: ADVOCATE.to_owned(),
        until: None,
        confirmed: false,
    };
    firm.defence_grant(&give).await.unwrap();
    let organisations = ground.court.state.app.index.organisations().await.unwrap();
    let court_id = organisations
        .iter()
        .find(|o| o.ou_code.as_deref() == Some("B29AM00"))
        .and_then(|o| o.court.as_ref())
        .unwrap()
        .id;
    let wish = AssignList {
        court_id,
        day: ground.day,
        email: ADVOCATE.to_owned(),
        confirmed: false,
    };
    let list = prosecutor.prosecution_assign_list(&wish).await.unwrap();
    let (got, not): (Vec<_>, Vec<_>) = list.cases.iter().partition(|case| case.until.is_some());
    assert!(!got.is_empty(), "{list:?}");
    assert_eq!(not.len(), 1, "{list:?}");
    assert_eq!(not[0].urn.as_str(), app::demo::PATH_URN);
    assert!(
        not[0]
            .why
            .as_ref()
            .unwrap()
            .contains("defends in the same case")
    );
    let own = advocate.case_list(&contract::case::List {}).await.unwrap();
    for case in got {
        assert!(own.cases.iter().any(|row| row.urn == case.urn));
    }
    let past = AssignList {
        day: ground.court.today().plus_days(-1),
        ..wish
    };
    assert_eq!(
        prosecutor
            .prosecution_assign_list(&past)
            .await
            .unwrap_err()
            .code,
        Code::BadRequest
    );
    let refused = firm.prosecution_assign_list(&past).await.unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);
}

#[tokio::test]
async fn a_list_assigns_no_sensitive_case_to_whose_prosecutor_it_is_closed() {
    let ground = ground().await;
    let prosecutor = ground.court.as_cps().await;
    crate::veil::make_sensitive(&ground.court, ground.case_id).await;
    let organisations = ground.court.state.app.index.organisations().await.unwrap();
    let mut courts = organisations.iter();
    let house = courts.find(|o| o.ou_code.as_deref() == Some("B29AM00"));
    let wish = AssignList {
        court_id: house.and_then(|o| o.court.as_ref()).unwrap().id,
        day: ground.day,
        email: ADVOCATE.to_owned(),
        confirmed: false,
    };
    let of_case = async |wish: &AssignList| {
        let list = prosecutor.prosecution_assign_list(wish).await.unwrap();
        let mut cases = list.cases.into_iter();
        let own = cases.find(|case| case.urn.as_str() == app::demo::PATH_URN);
        own.expect("the case is on the list")
    };
    let closed = of_case(&wish).await;
    let why = closed.why.unwrap_or_default();
    assert!(
        closed.until.is_none() && why.contains("is sensitive"),
        "{why}"
    );
    crate::veil::break_glass(&prosecutor, ground.case_id)
        .await
        .unwrap();
    let opened = of_case(&wish).await;
    assert!(opened.until.is_some(), "{:?}", opened.why);
}

/// Published: the Crown Prosecution Service and the other prosecutors alike
/// (`defence.command.advocate.assign-case` of reference/access_rules.csv).
#[tokio::test]
async fn a_prosecutor_of_another_authority_assigns_its_cases_as_the_crown_prosecutor_does() {
    let ground = ground().await;
    let app = &ground.court.state.app;
    let organisations = app.index.organisations().await.unwrap();
    let authority = organisations
        .iter()
        .find(|one| one.kind == vocabulary::OrganisationKind::Prosecutor);
    for (email, group) in [
        ("council@example.test", Group::NonCpsProsecutors),
        ("charging@example.test", Group::ChargingLawyers),
    ] {
        let new = app::account::NewAccount {
            email: email.to_owned(),
            name: "Enfys Talbot".to_owned(),
            role: "Prosecutor".to_owned(),
            organisation: authority.unwrap().id,
            groups: vec![group],
            password: ground.court.config.demo_password.clone(),
        };
        app::account::open_account(app, new).await.unwrap();
        let prosecutor = ground.court.sign_in(email).await;
        let assigned = prosecutor
            .prosecution_assign(&assign(&ground, ADVOCATE))
            .await;
        let may = group == Group::NonCpsProsecutors;
        assert_eq!(assigned.is_ok(), may, "{email}: {assigned:?}");
        let list = AssignList {
            court_id: vocabulary::CourtId(uuid::Uuid::now_v7()),
            day: ground.day,
            email: ADVOCATE.to_owned(),
            confirmed: false,
        };
        let refused = prosecutor.prosecution_assign_list(&list).await;
        let code = refused.unwrap_err().code;
        assert_eq!(code != Code::NotPermitted, may, "{email}: {code:?}");
    }
}
