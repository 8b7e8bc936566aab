//! Finding is no look-up of who is charged: one, none or several; what is not one's own
//! to find is none; each search is recorded, and too many are refused.

use super::{Ground, ground, on_record};
use app::demo::PATH_URN;
use client::Client;
use contract::{
    Code, Problem,
    defence::{Find, FindAnswer, Grant, Outcome},
};
use domain::{Event, Stream, StreamKind, reading::ReadingEvent};
use std::time::Duration;
use vocabulary::{Day, Group, RepresentationBasis};

async fn find(client: &Client, reference: &str, name: &str, day: Option<Day>) -> FindAnswer {
    ask(client, reference, name, day).await.unwrap()
}

async fn ask(
    client: &Client,
    reference: &str,
    name: &str,
    hearing_day: Option<Day>,
) -> Result<FindAnswer, Problem> {
    let find = Find {
        reference: reference.to_owned(),
        name: name.to_owned(),
        hearing_day,
        date_of_birth: None,
    };
    client.defence_find(&find).await
}

/// The same with a slip of the finger: one letter of the surname is missing.
fn misspelt(name: &str) -> String {
    let (first, last) = name.rsplit_once(' ').unwrap();
    let mut letters: Vec<char> = last.chars().collect();
    letters.remove(letters.len() / 2);
    format!(
        "{} {}",
        first.to_lowercase(),
        letters.into_iter().collect::<String>()
    )
}

/// The reference with its last digit wrong.
fn slipped() -> String {
    let (start, last) = PATH_URN.split_at(PATH_URN.len() - 1);
    format!("{start}{}", if last == "6" { "7" } else { "6" })
}

#[tokio::test]
async fn a_case_is_found_by_name_and_day_spelling_aside_and_by_a_reference_with_one_slip_only_then()
{
    let Ground {
        court,
        case_id,
        name,
        day,
        ..
    } = ground().await;
    let firm = court.as_defence().await;
    for typed in [name.clone(), name.to_uppercase(), misspelt(&name)] {
        let answer = find(&firm, "", &typed, Some(day)).await;
        assert_eq!(answer.outcome, Outcome::One, "{typed}: {answer:?}");
        assert_eq!(answer.found.unwrap().case_id, case_id);
    }
    let loosely: String = PATH_URN
        .to_lowercase()
        .chars()
        .flat_map(|c| [c, ' '])
        .collect();
    assert_eq!(find(&firm, &loosely, "", None).await.outcome, Outcome::One);
    // One wrong digit is forgiven to somebody who knows the name, and to nobody else: days on
    // which courts sit are known to everybody.
    assert_eq!(
        find(&firm, &slipped(), "", None).await.outcome,
        Outcome::None
    );
    assert_eq!(
        find(&firm, &slipped(), &misspelt(&name), None)
            .await
            .outcome,
        Outcome::One
    );
    assert_eq!(
        find(&firm, &slipped(), "", Some(day)).await.outcome,
        Outcome::None
    );
    assert_eq!(
        find(&firm, PATH_URN, "", Some(day)).await.outcome,
        Outcome::One
    );
    let none = find(&firm, &slipped(), "Nobody Atall", Some(day)).await;
    assert_eq!(none.outcome, Outcome::None);
    // The day must be one of its days, and half a name is no name.
    let wrong = find(&firm, "", &name, Some(day.plus_days(1))).await;
    assert_eq!(wrong.outcome, Outcome::None);
    let (_, last) = name.rsplit_once(' ').unwrap();
    assert_eq!(
        find(&firm, "", last, Some(day)).await.outcome,
        Outcome::None
    );
    for (reference, name, day) in [
        ("", name.as_str(), None),
        ("", "", Some(day)),
        ("7", "", None),
    ] {
        let refused = ask(&firm, reference, name, day).await.unwrap_err();
        assert_eq!(refused.code, Code::BadRequest);
    }
}

#[tokio::test]
async fn counsel_find_the_cases_in_which_they_act_and_no_others() {
    let ground = ground().await;
    let (name, day) = (ground.name.as_str(), Some(ground.day));
    let firm = ground.court.as_defence().await;
    on_record(&firm, &ground, RepresentationBasis::Private).await;
    let counsel = "rosalind.quaye@fivewells.example.test";
    let advocate = ground.court.sign_in(counsel).await;
    let colleague = "peregrine.asante@fivewells.example.test";
    let colleague = ground.court.sign_in(colleague).await;
    let finds = async |client: &Client| {
        let found = find(client, "", name, day).await;
        let by_reference = find(client, PATH_URN, "", None).await;
        assert_eq!(found.outcome, by_reference.outcome);
        assert!(found.found.iter().all(|one| !one.replaces && !one.closed));
        found.found.map(|one| one.case_id)
    };
    assert_eq!(finds(&advocate).await, None);
    let give = Grant {
        case_id: ground.case_id,
        defendant_id: Some(ground.defendant),
        email: counsel.to_owned(),
        until: None,
        confirmed: false,
    };
    firm.defence_grant(&give).await.unwrap();
    assert_eq!(finds(&advocate).await, Some(ground.case_id));
    assert_eq!(finds(&colleague).await, None);
}

#[tokio::test]
async fn a_case_that_is_anothers_has_the_answer_of_none_word_for_word() {
    let ground = ground().await;
    let (firm, other) = (
        ground.court.as_defence().await,
        ground.court.as_other_defence().await,
    );
    on_record(&firm, &ground, RepresentationBasis::CourtAppointed).await;
    let (name, day) = (ground.name.as_str(), Some(ground.day));
    let nobody = find(&other, "99ZZ9999999", "Nobody Atall", day).await;
    for (reference, name, day) in [
        (PATH_URN, "", None),
        (PATH_URN, name, day),
        ("", name, day),
        (&slipped(), name, day),
    ] {
        assert_eq!(
            find(&other, reference, name, day).await,
            nobody,
            "{reference} {name}"
        );
    }
    // Its own firm finds it, and the prosecutor has no such search of others' cases.
    assert_eq!(find(&firm, PATH_URN, name, day).await.outcome, Outcome::One);
    let agency = ground.court.as_legal_aid().await;
    let refused = ask(&agency, PATH_URN, "", None).await.unwrap_err();
    assert_eq!(refused.code, Code::NotPermitted);
}

#[tokio::test]
async fn two_of_one_name_on_one_day_are_several_without_saying_who_until_more_is_said() {
    let ground = ground().await;
    let secret = ground.court.machine("GAAAA01").await;
    let day = ground.court.today().plus_days(14);
    let mut urns = Vec::new();
    for n in 0..2 {
        let urn = format!("29GD881{n:02}26");
        let submission = testkit::Submission::charge(&urn, ground.court.today());
        let answer = reqwest::Client::new()
            .post(format!("{}/v2/prosecutions/GAAAA01", ground.court.url))
            .bearer_auth(&secret)
            .header(
                "content-type",
                "application/vnd.hmcts.cjs.charge-prosecution.v2+json",
            )
            .body(submission.body())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), 202);
        urns.push(urn);
    }
    let firm = ground.court.as_defence().await;
    let first = find(&firm, &urns[0], "", None).await.found.unwrap();
    let glance = crate::steps::view(&firm, first.case_id).await;
    let name = glance.defendants[0].name.clone();
    let several = find(&firm, "", &name, Some(day)).await;
    assert_eq!(several.outcome, Outcome::Several);
    assert!(
        several.found.is_none() && !several.hint.contains(&name),
        "{several:?}"
    );
    let narrowed = find(&firm, &urns[1], &name, Some(day)).await;
    assert_eq!(narrowed.found.unwrap().urn.as_str(), urns[1]);
}

#[tokio::test]
async fn every_search_is_recorded_with_what_was_asked_and_too_many_are_refused() {
    let Ground {
        court,
        case_id,
        name,
        day,
        ..
    } = ground().await;
    let firm = court.as_defence().await;
    find(&firm, "", &name, Some(day)).await;
    find(&firm, "", "Nobody Atall", Some(day)).await;
    let own = firm
        .account_current(&contract::account::Current {})
        .await
        .unwrap();
    let stream = Stream::new(StreamKind::Reading, own.organisation_id.0);
    let mut searches = Vec::new();
    for _ in 0..200 {
        let events = court.state.app.ledger.events(stream, 0).await.unwrap();
        searches = events
            .into_iter()
            .filter(|e| e.by.account() == Some(own.account_id))
            .filter_map(|e| match e.event {
                Event::Reading(ReadingEvent::CaseSearched {
                    asked,
                    outcome,
                    case_id,
                    ..
                }) => Some((asked, outcome, case_id)),
                _ => None,
            })
            .collect();
        if searches.len() >= 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(searches.len(), 2);
    assert_eq!(searches[0].0.name.as_deref(), Some(name.as_str()));
    assert_eq!(
        (searches[0].1.as_str(), searches[0].2),
        ("one", Some(case_id))
    );
    assert_eq!(searches[1].0.hearing_day, Some(day));
    assert_eq!((searches[1].1.as_str(), searches[1].2), ("none", None));
    let mut stopped = None;
    for n in 0..70 {
        if let Err(refused) = ask(&firm, &format!("99ZZ00000{n:02}"), "", None).await {
            stopped = Some((n, refused.code));
            break;
        }
    }
    let (after, code) = stopped.expect("it is stopped");
    assert_eq!(code, Code::TooManyTries);
    assert!((50..=60).contains(&after), "{after}");
    // A colleague of another firm is not held up.
    let other = court.as_other_defence().await;
    find(&other, "", &name, Some(day)).await;
}

#[tokio::test]
async fn whoever_looks_up_cases_all_day_long_is_stopped_until_tomorrow() {
    let court = testkit::TestCourt::open().await;
    let firm = court.as_defence().await;
    let own = firm
        .account_current(&contract::account::Current {})
        .await
        .unwrap();
    let own_name = own.name.clone();
    // As if they had gone on since the morning, a few in each window.
    let counted = [app::ports::TryLimit {
        name: format!("find by day {}", own.account_id),
        most: 499,
        window_seconds: 24 * 60 * 60,
    }];
    let (work, now) = (&court.state.app.work, court.state.app.chance.now());
    for _ in 0..499 {
        assert!(work.admit_try(&counted, now).await.unwrap());
    }
    find(&firm, "99ZZ0000001", "", None).await;
    let stopped = ask(&firm, "99ZZ0000002", "", None).await.unwrap_err();
    assert_eq!(stopped.code, Code::TooManyTries);
    assert!(stopped.title.contains("today"), "{stopped:?}");
    // Those who audit hear of it, once however long they go on.
    ask(&firm, "99ZZ0000003", "", None).await.unwrap_err();
    let auditor = court.person(Group::Auditors, 0).await;
    let heard = super::told(&auditor).await;
    let of_them = |own: &&contract::notice::Notice| {
        own.title.contains(&own_name) && own.title.contains("used up a day's look-ups")
    };
    assert_eq!(heard.iter().filter(of_them).count(), 1, "{heard:#?}");
    let said = crate::audit::of_person(&court, &own.email).await;
    assert_eq!(
        crate::audit::lines(&said, "look-ups of a day used up").len(),
        1
    );
    let other = court.as_other_defence().await;
    find(&other, "99ZZ0000002", "", None).await;
}

#[tokio::test]
async fn the_initial_details_are_read_before_association_and_every_opening_is_recorded() {
    let ground = ground().await;
    let (firm, prosecutor) = (ground.court.as_defence().await, ground.court.as_cps().await);
    let glance = crate::steps::view(&prosecutor, ground.case_id).await;
    crate::steps::serve(&prosecutor, &glance, "IDPC.pdf", 5_000).await;
    let seen = crate::steps::view(&firm, ground.case_id).await;
    // What is alleged against whom; not where they live, or when they were born.
    let whom = &seen.defendants[0];
    assert!(whom.address.is_empty() && whom.date_of_birth.is_none());
    assert!(whom.age.is_some() && !whom.offences.is_empty());
    let paper = seen
        .materials
        .iter()
        .find(|m| m.name == "IDPC.pdf")
        .unwrap();
    for _ in 0..2 {
        let id = paper.material_id.to_string();
        firm.download(client::Bytes::Material, &id).await.unwrap();
    }
    let own = firm
        .account_current(&contract::account::Current {})
        .await
        .unwrap();
    let stream = Stream::new(StreamKind::Reading, ground.case_id.0);
    let events = ground
        .court
        .state
        .app
        .ledger
        .events(stream, 0)
        .await
        .unwrap();
    let openings = events.iter().filter(|e| {
        matches!(&e.event, Event::Reading(ReadingEvent::MaterialRead {
            material_id, organisation, associated: false, policy, ..
        }) if *material_id == paper.material_id
            && *organisation == own.organisation_id
            && policy == "defence.reads_initial_details")
    });
    assert_eq!(openings.count(), 2);
}
