//! Finding a sensitive case: for a firm that acts for nobody in it there is none, unless it
//! names it so well that it knows of it.

use super::{break_glass, make_sensitive, opens};
use crate::steps::{find, path_case, view};
use app::demo::PATH_URN;
use client::Client;
use contract::{
    Code,
    case::Find as FindByReference,
    defence::{Associate, Change, Find, FindAnswer, Outcome},
};
use testkit::TestCourt;
use vocabulary::{CaseId, Day, DefendantId, RepresentationBasis};

struct Ground {
    court: TestCourt,
    case_id: CaseId,
    defendant: DefendantId,
    name: String,
    day: Day,
}

async fn ground() -> Ground {
    let court = TestCourt::open().await;
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

async fn ask(client: &Client, reference: &str, name: &str, day: Option<Day>) -> FindAnswer {
    let find = Find {
        reference: reference.to_owned(),
        name: name.to_owned(),
        hearing_day: day,
        date_of_birth: None,
    };
    client.defence_find(&find).await.unwrap()
}

fn change(ground: &Ground) -> Change {
    Change {
        reference: PATH_URN.to_owned(),
        name: ground.name.clone(),
        hearing_day: ground.day,
        basis: RepresentationBasis::Private,
        instructed_on: ground.court.today(),
        confirmed: true,
    }
}

#[tokio::test]
async fn a_firm_that_acts_for_nobody_in_it_finds_none_however_it_asks() {
    let ground = ground().await;
    let (court, case_id) = (&ground.court, ground.case_id);
    let firm = court.as_defence().await;
    let (name, day) = (ground.name.as_str(), Some(ground.day));
    for (reference, name, day) in [
        ("", name, day),
        (PATH_URN, "", None),
        (PATH_URN, name, None),
    ] {
        let answer = ask(&firm, reference, name, day).await;
        assert_eq!(answer.outcome, Outcome::One, "{reference} {name}");
    }

    make_sensitive(court, case_id).await;
    for (reference, name, day) in [
        ("", name, day),
        (PATH_URN, "", None),
        (PATH_URN, name, None),
    ] {
        let answer = ask(&firm, reference, name, day).await;
        assert_eq!(answer.outcome, Outcome::None, "{reference} {name}");
        assert!(answer.found.is_none());
    }
    // The same words as for a case that there is not.
    let by = |reference: &str| FindByReference {
        reference: reference.to_owned(),
    };
    let there = firm.case_find(&by(PATH_URN)).await.unwrap_err();
    let nowhere = firm.case_find(&by("76GD0000001")).await.unwrap_err();
    assert_eq!(there, nowhere);
    // Nor is a reason asked for, or taken, by its id.
    assert_eq!(opens(&firm, case_id).await, Err(Code::NotFound));
    assert_eq!(break_glass(&firm, case_id).await, Err(Code::NotFound));
    let wish = Associate {
        case_id,
        defendant_id: ground.defendant,
        basis: RepresentationBasis::Private,
        instructed_on: None,
        confirmed: true,
    };
    let refused = firm.defence_associate(&wish).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);

    // Who is charged in it nobody finds by name but those who prosecute it.
    for (reference, day) in [("", day), (PATH_URN, None)] {
        let adviser = court.as_legal_adviser().await;
        let answer = ask(&adviser, reference, name, day).await;
        assert_eq!(answer.outcome, Outcome::None, "{reference}");
        let answer = ask(&court.as_cps().await, reference, name, day).await;
        assert_eq!(answer.outcome, Outcome::One, "{reference}");
    }
    // Court and prosecutor know of it: they find it, and are asked why.
    for client in [court.as_legal_adviser().await, court.as_cps().await] {
        assert_eq!(find(&client, PATH_URN).await, case_id);
        assert_eq!(opens(&client, case_id).await, Err(Code::ReasonNeeded));
    }
}

#[tokio::test]
async fn a_firm_that_names_case_defendant_and_day_goes_on_record_and_opens_it() {
    let ground = ground().await;
    let (court, case_id) = (&ground.court, ground.case_id);
    make_sensitive(court, case_id).await;
    let firm = court.as_defence().await;
    let (name, day) = (ground.name.as_str(), Some(ground.day));
    let answer = ask(&firm, PATH_URN, name, day).await;
    let found = answer.found.expect("they know of it");
    assert!(found.closed && !found.replaces, "{found:?}");
    assert!(answer.hint.contains("go on record here"), "{}", answer.hint);
    // To know of it is not to see it.
    assert_eq!(opens(&firm, case_id).await, Err(Code::NotFound));
    // With a slip in the reference they know of none.
    let slip = format!("{}7", &PATH_URN[..PATH_URN.len() - 1]);
    let answer = ask(&firm, &slip, name, day).await;
    assert_eq!(answer.outcome, Outcome::None);
    let wrong = Change {
        name: "Somebody Else".to_owned(),
        ..change(&ground)
    };
    let refused = firm.defence_change(&wrong).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);

    firm.defence_change(&change(&ground)).await.unwrap();
    opens(&firm, case_id).await.unwrap();
    // From then on no other firm takes it over, and none is told that there is one.
    let other = court.as_other_defence().await;
    let answer = ask(&other, PATH_URN, name, day).await;
    assert_eq!(answer.outcome, Outcome::None);
    let refused = other.defence_change(&change(&ground)).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
}
