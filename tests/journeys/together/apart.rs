//! What was heard together by mistake is taken apart again: two people of one name are two, the
//! hearing that had left the list is in it as it was, and no typed word is lost. Once results are
//! shared, an amendment says that they are two, and makes the documents that named both again.

use super::{FIRST, SECOND, all_guilty, also_listed, charged, on, sentences, together, two_cases};
use crate::{
    amending::{self, WARRANT, delivered, pdf},
    steps::{look, save, share, start, typed, view},
};
use client::Client;
use contract::{
    Code, Problem,
    hearing::{
        AlsoListed, AlsoListedView, DayList, HearTogether, HearingView, Line, SaveDraft, TakeApart,
        TellApart, Unresolved,
    },
};
use testkit::TestCourt;
use vocabulary::{AmendmentKind, CaseId, DefendantId, HearingId, HearingState};

const WHY: &str = "Two cousins: each showed a passport.";

async fn known(client: &Client, hearing_id: HearingId) -> AlsoListedView {
    let asked = AlsoListed { hearing_id };
    client.hearing_also_listed(&asked).await.unwrap()
}

async fn apart(
    client: &Client,
    hearing_id: HearingId,
    case_id: CaseId,
    reason: &str,
) -> Result<(), Problem> {
    let asked = TakeApart {
        hearing_id,
        version: look(client, hearing_id).await.version,
        case_id,
        two_people: true,
        reason: reason.to_owned(),
    };
    client.hearing_take_apart(&asked).await.map(|_| ())
}

async fn tell(
    client: &Client,
    hearing_id: HearingId,
    defendant_id: DefendantId,
) -> Result<(), Problem> {
    let asked = TellApart {
        hearing_id,
        version: look(client, hearing_id).await.version,
        defendant_id,
        reason: WHY.to_owned(),
    };
    client.hearing_tell_apart(&asked).await.map(|_| ())
}

/// The cases of a hearing in the list of its room.
async fn listed(court: &TestCourt, client: &Client, hearing_id: HearingId) -> Vec<String> {
    let hearing = court.state.app.ledger.hearing(hearing_id).await.unwrap();
    let hearing = hearing.unwrap();
    let asked = DayList {
        courtroom_id: hearing.courtroom_id,
        day: hearing.starts_at.day(),
    };
    let list = client.hearing_day_list(&asked).await.unwrap().hearings;
    let row = list
        .iter()
        .find(|own| own.hearing_id == hearing_id)
        .unwrap();
    row.cases.iter().map(ToString::to_string).collect()
}

/// An example for one offence of one of the defendants.
fn of(
    court: &TestCourt,
    seen: &HearingView,
    name: &str,
    (nth, offence): (usize, usize),
) -> Vec<Line> {
    let own = &seen.defendants[nth];
    let offence = own.offences[offence].offence_id;
    let catalogue = &court.state.app.catalogue;
    let lines = reference::examples::example(catalogue, name, own.defendant_id, offence, seen.day);
    lines.unwrap().into_iter().map(typed).collect()
}

#[tokio::test]
async fn a_mistake_is_taken_apart_before_anything_is_shared_and_no_word_is_lost() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let [(first_case, hearing_id), (second_case, other_id)] = two_cases(&court, &adviser).await;
    let before = look(&adviser, other_id).await;
    together(&adviser, hearing_id, other_id).await.unwrap();
    start(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let (ours, theirs) = (&seen.defendants[0], &seen.defendants[1]);
    let mut lines = of(&court, &seen, "withdrawn", (0, 0));
    lines.extend(of(&court, &seen, "withdrawn", (1, 0)));
    let words = |text: &str| Unresolved {
        defendant_id: theirs.defendant_id,
        offence_id: Some(theirs.offences[1].offence_id),
        text: text.to_owned(),
    };
    let typed_of_both = SaveDraft {
        hearing_id,
        revision: seen.draft.revision,
        lines: lines.clone(),
        unresolved: vec![words("fo 2")],
    };
    adviser.hearing_save_draft(&typed_of_both).await.unwrap();

    let offered = known(&adviser, hearing_id).await;
    let [part] = offered.parts.as_slice() else {
        panic!("{:?}", offered.parts);
    };
    assert_eq!(
        (part.case_id, part.time.as_str()),
        (second_case, before.time.as_str())
    );
    assert_eq!(offered.as_one.len(), 1);
    assert!(offered.as_one[0].documents.is_empty());
    let refused = apart(&adviser, hearing_id, second_case, " ")
        .await
        .unwrap_err();
    assert!(refused.title.contains("reason"), "{refused:?}");
    // What it was listed for stays in it.
    let refused = apart(&adviser, hearing_id, first_case, WHY)
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    let asked = TakeApart {
        hearing_id,
        version: seen.version,
        case_id: second_case,
        two_people: true,
        reason: WHY.to_owned(),
    };
    assert!(
        court
            .as_cps()
            .await
            .hearing_take_apart(&asked)
            .await
            .is_err()
    );
    assert_eq!(look(&adviser, hearing_id).await.defendants.len(), 2);

    apart(&adviser, hearing_id, second_case, WHY).await.unwrap();
    // Two hearings again: the second as it was, not begun, with what was typed for its case.
    let (here, there) = (
        look(&adviser, hearing_id).await,
        look(&adviser, other_id).await,
    );
    assert_eq!(
        (here.defendants.len(), here.state),
        (1, HearingState::Started)
    );
    assert_eq!(
        (there.defendants.len(), there.state),
        (1, HearingState::Listed)
    );
    assert_eq!(
        (&there.time, &there.court, there.day),
        (&before.time, &before.court, before.day)
    );
    assert_eq!(there.defendants[0].defendant_id, theirs.defendant_id);
    let of_lines = |view: &HearingView| {
        let lines = view.draft.lines.iter();
        lines.map(|own| own.line.line_id).collect::<Vec<_>>()
    };
    assert_eq!(of_lines(&here), [lines[0].line_id]);
    assert_eq!(of_lines(&there), [lines[1].line_id]);
    assert!(here.draft.unresolved.is_empty());
    assert_eq!(there.draft.unresolved[0].text, "fo 2");
    assert_eq!(listed(&court, &adviser, hearing_id).await, [FIRST]);
    assert_eq!(listed(&court, &adviser, other_id).await, [SECOND]);

    // The case has that hearing and no other, and says so; why, is for the court.
    let case = view(&adviser, second_case).await;
    let own: Vec<_> = case.hearings.iter().map(|own| own.hearing_id).collect();
    assert_eq!(own, [other_id]);
    let said = format!("{:?}", case.changes);
    assert!(
        said.contains("held without this case") && said.contains("another person"),
        "{said}"
    );
    assert!(!said.contains("cousins"), "{said}");

    // Somebody typed on in a window that did not know of it: that goes with its case as well.
    let late = SaveDraft {
        hearing_id,
        revision: here.draft.revision,
        lines: vec![
            lines[0].clone(),
            of(&court, &seen, "withdrawn", (1, 1)).remove(0),
        ],
        unresolved: vec![words("fo 2"), words("fcpc")],
    };
    let saved = adviser.hearing_save_draft(&late).await.unwrap().draft;
    assert_eq!((saved.lines.len(), saved.unresolved.len()), (1, 0));
    let there = look(&adviser, other_id).await;
    assert_eq!(there.draft.lines.len(), 2);
    assert_eq!(there.draft.unresolved.len(), 1);
    assert_eq!(there.draft.unresolved[0].text, "fo 2; fcpc");

    // They are offered no more as one person, but whoever said so may have been wrong.
    save(&adviser, other_id, there.draft.revision, Vec::new()).await;
    let offered = also_listed(&adviser, hearing_id).await;
    let [again] = offered.as_slice() else {
        panic!("{offered:?}");
    };
    assert!(again.people.is_empty() && again.told_apart, "{again:?}");
    let refused = together(&adviser, hearing_id, other_id).await.unwrap_err();
    assert!(refused.title.contains("reason"), "{refused:?}");
    let asked = HearTogether {
        hearing_id,
        version: look(&adviser, hearing_id).await.version,
        other_id,
        reason: Some("One passport was her sister's.".to_owned()),
    };
    adviser.hearing_hear_together(&asked).await.unwrap();
    assert_eq!(known(&adviser, hearing_id).await.as_one.len(), 1);
    assert_eq!(listed(&court, &adviser, hearing_id).await, [FIRST, SECOND]);
    assert_eq!(ours.urn.to_string(), FIRST);
}

/// The law is held against each person alone from then on, although both are in one hearing.
#[tokio::test]
async fn whoever_was_taken_for_one_is_two_and_the_meter_says_it_anew() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let [(_, hearing_id), (_, other_id)] = two_cases(&court, &adviser).await;
    together(&adviser, hearing_id, other_id).await.unwrap();
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    // Of one person the second term must say how it runs.
    let mut lines = sentences(&court, &seen);
    for line in &mut lines {
        line.answers.remove("concurrent");
    }
    let codes = |view: &HearingView| {
        let found = view.draft.readiness.findings.iter();
        let mut codes: Vec<String> = found.map(|own| own.code.clone()).collect();
        codes.sort();
        codes
    };
    save(&adviser, hearing_id, seen.draft.revision, lines).await;
    let as_one = codes(&look(&adviser, hearing_id).await);
    let second = known(&adviser, hearing_id).await.as_one.remove(0);
    assert_eq!(second.urn.to_string(), SECOND);
    tell(&adviser, hearing_id, second.defendant_id)
        .await
        .unwrap();
    let two = look(&adviser, hearing_id).await;
    assert_eq!(two.defendants.len(), 2, "the cases stay where they are");
    assert!(
        codes(&two).len() < as_one.len(),
        "{as_one:?} {:?}",
        codes(&two)
    );
    assert!(
        two.draft.readiness.ready,
        "{:#?}",
        two.draft.readiness.findings
    );
    assert!(known(&adviser, hearing_id).await.as_one.is_empty());
    let refused = tell(&adviser, hearing_id, second.defendant_id)
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::Refused);

    let draft = two.draft.clone();
    share(&adviser, &two, &draft).await;
    let prison = court.as_prison().await;
    let warrants = delivered(&court, &prison, WARRANT).await;
    assert_eq!(warrants.len(), 2, "{warrants:?}");
    assert!(warrants.iter().all(|own| own.cases.len() == 1));
}

/// One warrant of both is out. The cases stay in the hearing in which they were decided; the
/// amendment says that they are two people, and each has a warrant of their own.
#[tokio::test]
async fn once_shared_an_amendment_says_that_they_are_two_and_makes_each_their_own_warrant() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let [(_, hearing_id), (second_case, other_id)] = two_cases(&court, &adviser).await;
    together(&adviser, hearing_id, other_id).await.unwrap();
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let saved = save(
        &adviser,
        hearing_id,
        seen.draft.revision,
        sentences(&court, &seen),
    )
    .await;
    share(&adviser, &seen, &saved).await;
    let old = delivered(&court, &prison, WARRANT).await.remove(0);
    assert_eq!(old.cases.len(), 2);

    let refused = apart(&adviser, hearing_id, second_case, WHY)
        .await
        .unwrap_err();
    assert!(refused.title.contains("shared"), "{refused:?}");
    let theirs = seen.defendants[1].defendant_id;
    let refused = tell(&adviser, hearing_id, theirs).await.unwrap_err();
    assert!(refused.title.contains("shared"), "{refused:?}");

    let kind = AmendmentKind::AdministrativeError;
    let amending = amending::begin(&adviser, hearing_id, kind).await.unwrap();
    assert!(amending.may.contains(&"tell_apart".to_owned()));
    // Before it is said: which documents name both, and who has them.
    let second = known(&adviser, hearing_id).await.as_one.remove(0);
    let named = second.documents.join("; ");
    assert!(named.contains(WARRANT) && named.contains("HMP"), "{named}");
    tell(&adviser, hearing_id, theirs).await.unwrap();
    let amending = look(&adviser, hearing_id).await;
    let right = amending.amendment.as_ref().unwrap().put_right.join("; ");
    assert!(
        right.contains("two people, instead of one person"),
        "{right}"
    );
    // It goes with the amendment, and with nothing but it.
    let ledger = &court.state.app.ledger;
    let case = ledger.cases(&[second_case]).await.unwrap().remove(0);
    assert!(case.defendants[0].charged.told_apart.is_empty());
    amending::reshare(&adviser, &amending).await.unwrap();
    let case = ledger.cases(&[second_case]).await.unwrap().remove(0);
    assert_eq!(case.defendants[0].charged.told_apart.len(), 1);

    let warrants = delivered(&court, &prison, WARRANT).await;
    let (gone, stand): (Vec<_>, Vec<_>) = warrants.iter().partition(|own| own.superseded.is_some());
    assert_eq!((gone.len(), stand.len()), (1, 2), "{warrants:#?}");
    assert_eq!(gone[0].document_id, old.document_id);
    let mut cases: Vec<String> = stand.iter().map(|own| own.cases[0].to_string()).collect();
    cases.sort();
    assert_eq!(cases, [FIRST, SECOND]);
    assert!(stand.iter().all(|own| own.cases.len() == 1));
    // Whom the old one was sent to reads it still, and sees that it does not stand.
    assert!(!pdf(&prison, gone[0]).await.is_empty());
}

/// Two cases that were adjourned together are listed in one hearing. One of them is heard apart
/// there, at the same place and time; another day for both takes both along.
#[tokio::test]
async fn what_was_adjourned_together_is_taken_apart_and_put_off_together_again() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (first_case, hearing_id) = charged(&court, &adviser, FIRST, |own| own).await;
    let (second_case, other_id) = charged(&court, &adviser, SECOND, |own| own).await;
    together(&adviser, hearing_id, other_id).await.unwrap();
    start(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = Vec::new();
    for (nth, own) in seen.defendants.iter().enumerate() {
        lines.extend(of(&court, &seen, "adjournment", (nth, 0)));
        for offence in 1..own.offences.len() {
            lines.extend(of(&court, &seen, "withdrawn", (nth, offence)));
        }
    }
    let saved = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &seen, &saved).await;
    let next = view(&adviser, second_case).await.hearings;
    let next = next.into_iter().find(|own| own.day > seen.day).unwrap();
    assert_eq!(look(&adviser, next.hearing_id).await.defendants.len(), 2);

    apart(&adviser, next.hearing_id, second_case, WHY)
        .await
        .unwrap();
    assert_eq!(look(&adviser, next.hearing_id).await.defendants.len(), 1);
    let own = view(&adviser, second_case).await.hearings;
    let own = own.into_iter().find(|own| own.day == next.day).unwrap();
    assert_ne!(own.hearing_id, next.hearing_id);
    let there = look(&adviser, own.hearing_id).await;
    assert_eq!(
        (there.time.as_str(), there.defendants.len()),
        (next.time.as_str(), 1)
    );

    let kind = AmendmentKind::AdministrativeError;
    let amending = amending::begin(&adviser, hearing_id, kind).await.unwrap();
    let later = next.day.plus_days(7);
    let mut lines: Vec<Line> = amending
        .draft
        .lines
        .iter()
        .map(|own| own.line.clone())
        .collect();
    for line in &mut lines {
        for key in ["HDATE", "fixedDate"] {
            if let Some(day) = line.answers.get_mut(key) {
                *day = later.to_string();
            }
        }
    }
    let amending = amending::typed(&adviser, &amending, lines).await;
    amending::reshare(&adviser, &amending).await.unwrap();
    for case in [first_case, second_case] {
        assert_eq!(on(&adviser, case, next.day).await, None);
        assert_eq!(on(&adviser, case, later).await, Some(HearingState::Listed));
    }
}
