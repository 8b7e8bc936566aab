//! Somebody who is charged in two cases that are listed apart on one day: heard together, they are
//! sentenced once, and a prison has one warrant with both cases on it.

mod apart;
mod beside;
mod closing;

use crate::{
    amending::{self, WARRANT, delivered, pdf},
    intake::{AUTHORITY, System},
    steps::{all_guilty, example, find, look, save, share, start, typed, view},
};
use client::{Bytes, Client};
use contract::{
    Code, Problem,
    case::View,
    defence::Associate,
    hearing::{AlsoListed, HearTogether, HearingView, Line, OtherHearing, Preview},
    inbox,
};
use serde_json::json;
use testkit::{Submission, TestCourt};
use vocabulary::{AmendmentKind, CaseId, Day, HearingId, HearingState, RepresentationBasis};

const FIRST: &str = "29ZZ0000726";
const SECOND: &str = "29ZZ0000826";
const BORN: &str = "/defendants/0/individual/dateOfBirth";

/// A charge of today, taken in: its case and its hearing.
async fn charged(
    court: &TestCourt,
    adviser: &Client,
    reference: &str,
    change: impl FnOnce(Submission) -> Submission,
) -> (CaseId, HearingId) {
    let system = System::of(court, AUTHORITY).await;
    let submission = Submission::charge(reference, court.today()).heard_on(court.today());
    let id = system.submit(&change(submission)).await;
    let status = system.status(&id).await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    let case_id = find(adviser, reference).await;
    let case = view(adviser, case_id).await;
    (case_id, case.hearings[0].hearing_id)
}

async fn two_cases(court: &TestCourt, adviser: &Client) -> [(CaseId, HearingId); 2] {
    [
        charged(court, adviser, FIRST, |own| own).await,
        charged(court, adviser, SECOND, |own| own).await,
    ]
}

async fn also_listed(client: &Client, hearing_id: HearingId) -> Vec<OtherHearing> {
    let asked = AlsoListed { hearing_id };
    client.hearing_also_listed(&asked).await.unwrap().hearings
}

async fn together(
    client: &Client,
    hearing_id: HearingId,
    other_id: HearingId,
) -> Result<(), Problem> {
    let version = look(client, hearing_id).await.version;
    let asked = HearTogether {
        hearing_id,
        version,
        other_id,
        reason: None,
    };
    client.hearing_hear_together(&asked).await.map(|_| ())
}

/// Imprisonment for the first offence of each case and the rest withdrawn.
fn sentences(court: &TestCourt, seen: &HearingView) -> Vec<Line> {
    let mut lines = Vec::new();
    for defendant in &seen.defendants {
        for (nth, offence) in defendant.offences.iter().enumerate() {
            let name = if nth == 0 {
                "imprisonment"
            } else {
                "withdrawn"
            };
            let catalogue = &court.state.app.catalogue;
            let (id, offence_id) = (defendant.defendant_id, offence.offence_id);
            let own = reference::examples::example(catalogue, name, id, offence_id, seen.day);
            lines.extend(own.unwrap().into_iter().map(typed));
        }
    }
    let first = seen.defendants[0].defendant_id;
    for line in &mut lines {
        // Not more than the offence allows.
        for key in ["imprisonmentPeriod", "totalCustodialPeriod"] {
            if let Some(answer) = line.answers.get_mut(key) {
                "4 months".clone_into(answer);
            }
        }
        // Of several terms of one person each but the first says how it runs, in whichever case.
        if line.defendant_id != first && line.answers.contains_key("imprisonmentPeriod") {
            line.answers
                .insert("concurrent".to_owned(), "yes".to_owned());
        }
    }
    lines
}

#[tokio::test]
async fn a_prison_has_one_warrant_of_two_cases_that_are_heard_together() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let [(first_case, hearing_id), (second_case, other_id)] = two_cases(&court, &adviser).await;
    let others = also_listed(&adviser, hearing_id).await;
    let [other] = others.as_slice() else {
        panic!("{others:?}");
    };
    assert_eq!((other.hearing_id, other.people.len()), (other_id, 1));
    assert_eq!(other.urns.len(), 1);
    assert_eq!(other.urns[0].to_string(), SECOND);
    together(&adviser, hearing_id, other_id).await.unwrap();

    // It is one hearing with both cases; the other one left the list.
    assert!(also_listed(&adviser, hearing_id).await.is_empty());
    let left = look(&adviser, other_id).await;
    assert_eq!(left.state, HearingState::Vacated);
    let listed = view(&adviser, second_case).await.hearings;
    assert!(listed.iter().any(|own| own.hearing_id == hearing_id));
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    assert_eq!(seen.defendants.len(), 2);
    let lines = sentences(&court, &seen);
    let saved = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &seen, &saved).await;

    let warrants = delivered(&court, &prison, WARRANT).await;
    let [warrant] = warrants.as_slice() else {
        panic!("{warrants:?}");
    };
    let cases: Vec<String> = warrant.cases.iter().map(ToString::to_string).collect();
    assert_eq!(cases, [FIRST, SECOND]);
    let id = warrant.document_id;
    let printed = court.state.app.ledger.document(id).await.unwrap().unwrap();
    let printed = printed.view.to_string();
    for urn in [FIRST, SECOND] {
        assert!(
            printed.contains(&format!(r#""case_reference":"{urn}""#)),
            "{printed}"
        );
    }
    assert!(!pdf(&prison, warrant).await.is_empty());

    // It lies in both cases, and whoever prosecutes opens it from either.
    for case_id in [first_case, second_case] {
        let case = view(&adviser, case_id).await;
        let row = case.documents.iter().find(|own| own.document_id == id);
        assert!(row.is_some_and(|own| own.made), "{:?}", case.documents);
    }

    // Five months instead: the one warrant is replaced by one, in both cases.
    let kind = AmendmentKind::AdministrativeError;
    let amending = amending::begin(&adviser, hearing_id, kind).await.unwrap();
    let amending =
        amending::typed(&adviser, &amending, amending::term(&amending, "5 months")).await;
    amending::reshare(&adviser, &amending).await.unwrap();
    let warrants = delivered(&court, &prison, WARRANT).await;
    assert_eq!(warrants.len(), 2, "{warrants:?}");
    assert_eq!(
        warrants
            .iter()
            .filter(|own| own.superseded.is_none())
            .count(),
        1
    );
    for case_id in [first_case, second_case] {
        let case = view(&adviser, case_id).await;
        let old = case.documents.iter().find(|own| own.document_id == id);
        assert!(old.unwrap().superseded.is_some());
    }
}

/// Cases that different firms defend stay apart on paper: neither firm reads of the other's.
#[tokio::test]
async fn what_two_firms_defend_is_not_written_on_one_document() {
    let court = TestCourt::open().await;
    let (adviser, prison) = (court.as_legal_adviser().await, court.as_prison().await);
    let [(first_case, hearing_id), (_, other_id)] = two_cases(&court, &adviser).await;
    let firm = court.as_defence().await;
    let case = view(&adviser, first_case).await;
    let basis = RepresentationBasis::Private;
    let wish = Associate {
        case_id: first_case,
        defendant_id: case.defendants[0].defendant_id,
        basis,
        instructed_on: None,
        confirmed: false,
    };
    firm.defence_associate(&wish).await.unwrap();
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
    let warrants = delivered(&court, &prison, WARRANT).await;
    assert_eq!(warrants.len(), 2, "{warrants:?}");
    assert!(warrants.iter().all(|own| own.cases.len() == 1));
}

/// Somebody of the firm read the second case for the prosecution. What is written of both cases is
/// closed to them with that one, by whichever case and list they come.
#[tokio::test]
async fn a_document_of_two_cases_is_closed_to_whom_either_is_and_lies_in_no_inbox_of_theirs() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let [(first_case, hearing_id), (second_case, other_id)] = two_cases(&court, &adviser).await;
    let firm = court.as_defence().await;
    for case_id in [first_case, second_case] {
        let case = view(&adviser, case_id).await;
        let wish = Associate {
            case_id,
            defendant_id: case.defendants[0].defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: false,
        };
        firm.defence_associate(&wish).await.unwrap();
    }
    let (joiner, _) = crate::movers::changes_sides(&court, second_case).await;
    let closed = View {
        case_id: second_case,
    };
    let closed = joiner.case_view(&closed).await.unwrap_err();
    assert_eq!(closed.code, Code::NotFound);
    view(&joiner, first_case).await;

    together(&adviser, hearing_id, other_id).await.unwrap();
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let lines = sentences(&court, &seen);
    let saved = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    share(&adviser, &seen, &saved).await;
    amending::settled(&court).await;
    let of_both = async |client: &Client| {
        let inbox = client.inbox_list(&inbox::List {}).await.unwrap();
        let mut items = inbox.items;
        items.retain(|own| own.cases.len() == 2);
        items
    };
    let theirs = of_both(&firm).await;
    assert!(!theirs.is_empty());
    assert_eq!(of_both(&joiner).await.len(), 0);
    for item in theirs {
        let open = inbox::Open {
            delivery_id: item.delivery_id,
        };
        let refused = joiner.inbox_open(&open).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
        let id = item.document_id;
        let refused = joiner.download(Bytes::Document, &id.to_string()).await;
        assert_eq!(refused.err().unwrap().code, Code::NotFound);
        for (client, has) in [(&firm, true), (&joiner, false)] {
            let case = view(client, first_case).await;
            let row = case.documents.iter().any(|own| own.document_id == id);
            assert_eq!(row, has, "{}", item.name);
        }
        firm.inbox_open(&open).await.unwrap();
    }
}

/// Of another person nothing is offered, and taking their case in is refused; so is what has begun,
/// and what is being typed; each changes nothing.
#[tokio::test]
async fn only_the_same_person_is_heard_together_and_nothing_typed_is_lost() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let [(_, hearing_id), (_, other_id)] = two_cases(&court, &adviser).await;
    let stranger = |own: Submission| own.with(BORN, json!("1979-02-03"));
    let (_, stranger_id) = charged(&court, &adviser, "29ZZ0000926", stranger).await;
    let offered = also_listed(&adviser, hearing_id).await;
    assert!(
        offered.iter().all(|own| own.hearing_id == other_id),
        "{offered:?}"
    );
    let refused = together(&adviser, hearing_id, stranger_id)
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::Refused);

    // A word typed in the other hearing keeps it.
    let other = look(&adviser, other_id).await;
    let lines = example(&court, "withdrawn", &other, 0);
    let saved = save(&adviser, other_id, other.draft.revision, lines).await;
    let refused = together(&adviser, hearing_id, other_id).await.unwrap_err();
    assert!(refused.title.contains("typed"), "{refused:?}");
    assert_eq!(look(&adviser, other_id).await.draft.lines.len(), 1);
    save(&adviser, other_id, saved.revision, Vec::new()).await;
    start(&adviser, other_id).await;
    let refused = together(&adviser, hearing_id, other_id).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert!(also_listed(&adviser, hearing_id).await.is_empty());
    // From there it goes.
    together(&adviser, other_id, hearing_id).await.unwrap();
    assert_eq!(look(&adviser, other_id).await.defendants.len(), 2);
    // A prosecutor takes nothing into a hearing.
    let cps = court.as_cps().await;
    assert!(
        cps.hearing_also_listed(&AlsoListed { hearing_id })
            .await
            .is_err()
    );
}

/// The state of a case's hearing on a day, of the one that was listed last.
async fn on(client: &Client, case_id: CaseId, day: Day) -> Option<HearingState> {
    let mut hearings = view(client, case_id).await.hearings;
    hearings.retain(|own| own.day == day && own.state != HearingState::Vacated);
    hearings.pop().map(|own| own.state)
}

/// Another day for a case that was adjourned takes that case along and no other, whichever of the
/// two was taken into the other's hearing.
#[tokio::test]
async fn a_case_keeps_its_day_when_the_one_it_is_heard_with_is_put_off_anew() {
    for first_goes_into_second in [false, true] {
        let court = TestCourt::open().await;
        let adviser = court.as_legal_adviser().await;
        let (first_case, adjourned) = charged(&court, &adviser, FIRST, |own| own).await;
        start(&adviser, adjourned).await;
        let seen = look(&adviser, adjourned).await;
        let mut lines = example(&court, "adjournment", &seen, 0);
        lines.extend(example(&court, "withdrawn", &seen, 1));
        let saved = save(&adviser, adjourned, seen.draft.revision, lines).await;
        share(&adviser, &seen, &saved).await;
        let next = view(&adviser, first_case).await.hearings.remove(1);
        let on_that_day = |own: Submission| own.heard_on(next.day);
        let (second_case, other_id) = charged(&court, &adviser, SECOND, on_that_day).await;
        let (into, from) = match first_goes_into_second {
            true => (other_id, next.hearing_id),
            false => (next.hearing_id, other_id),
        };
        together(&adviser, into, from).await.unwrap();

        // What is typed there keeps it in the list.
        let ahead = look(&adviser, into).await;
        let lines = example(&court, "withdrawn", &ahead, 0);
        let typed_ahead = save(&adviser, into, ahead.draft.revision, lines).await;
        let kind = AmendmentKind::AdministrativeError;
        let amending = amending::begin(&adviser, adjourned, kind).await.unwrap();
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
        save(&adviser, adjourned, amending.draft.revision, lines).await;
        let amending = look(&adviser, adjourned).await;
        // That it would strand something is said before anybody shares.
        let readiness = &amending.draft.readiness;
        let mut findings = readiness.findings.iter();
        assert!(
            findings.any(|own| own.code == "typed_in_next_hearing") && !readiness.ready,
            "{readiness:#?}"
        );
        let refused = amending::reshare(&adviser, &amending).await.unwrap_err();
        assert!(refused.title.contains("typed"), "{refused:?}");
        save(&adviser, into, typed_ahead.revision, Vec::new()).await;

        assert!(look(&adviser, adjourned).await.draft.readiness.ready);
        amending::reshare(&adviser, &amending).await.unwrap();
        assert_eq!(on(&adviser, first_case, next.day).await, None);
        assert_eq!(
            on(&adviser, first_case, later).await,
            Some(HearingState::Listed)
        );
        let kept = on(&adviser, second_case, next.day).await;
        assert_eq!(kept, Some(HearingState::Listed), "{first_goes_into_second}");
        assert_eq!(on(&adviser, second_case, later).await, None);
    }
}

/// Whom one case sends to prison has the letters of the other there too, and one sum to pay.
#[tokio::test]
async fn letters_of_both_cases_go_to_where_somebody_is_held_and_say_one_sum() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let [(_, hearing_id), (_, other_id)] = two_cases(&court, &adviser).await;
    together(&adviser, hearing_id, other_id).await.unwrap();
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let mut lines = sentences(&court, &seen);
    let second = &seen.defendants[1];
    // In the second case a fine for the second offence, in the first prison.
    lines.retain(|line| line.defendant_id != second.defendant_id);
    let catalogue = &court.state.app.catalogue;
    for (name, offence) in [("withdrawn", 0), ("fine", 1)] {
        let (id, offence) = (second.defendant_id, second.offences[offence].offence_id);
        let own = reference::examples::example(catalogue, name, id, offence, seen.day);
        lines.extend(own.unwrap().into_iter().map(typed));
    }
    let preview = adviser
        .hearing_preview(&Preview { hearing_id, lines })
        .await
        .unwrap();
    let penalty = preview
        .documents
        .iter()
        .filter(|own| own.name.contains("Financial Penalty"));
    let penalty: Vec<_> = penalty.collect();
    let [notice] = penalty.as_slice() else {
        panic!(
            "{:?}",
            preview
                .documents
                .iter()
                .map(|own| &own.name)
                .collect::<Vec<_>>()
        );
    };
    assert!(
        notice.view.addressee.address.join(" ").contains("HMP"),
        "{:?}",
        notice.view.addressee
    );
}

/// Name and day of birth agree, no police number is known and the addresses differ: it is asked, and
/// whoever takes the case along says why it is one person. Then they are sentenced once.
#[tokio::test]
async fn who_may_be_one_person_is_heard_together_once_somebody_says_why() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    const DETAILS: &str = "/defendants/0/defendantDetails";
    let moved = |own: Submission| {
        own.with(&format!("{DETAILS}/address/address1"), json!("3 Mill Lane"))
            .without(&format!("{DETAILS}/pncIdentifier"))
            .without(&format!("{DETAILS}/croNumber"))
    };
    let (_, hearing_id) = charged(&court, &adviser, FIRST, |own| own).await;
    let (second_case, other_id) = charged(&court, &adviser, SECOND, moved).await;
    let others = also_listed(&adviser, hearing_id).await;
    let [other] = others.as_slice() else {
        panic!("{others:?}");
    };
    assert!(other.people.is_empty(), "{other:?}");
    assert_eq!(other.possible.len(), 1);
    // Who is certainly the same person comes before who may be, although heard later.
    const TIME: &str = "/prosecutionSubmissionDetails/hearingDetails/timeOfHearing";
    let later = |own: Submission| own.with(TIME, json!("15:30:00.000"));
    let (_, certain_id) = charged(&court, &adviser, "29ZZ0000926", later).await;
    let others = also_listed(&adviser, hearing_id).await;
    let order: Vec<HearingId> = others.iter().map(|own| own.hearing_id).collect();
    assert_eq!(order, [certain_id, other_id]);

    let refused = together(&adviser, hearing_id, other_id).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert!(refused.title.contains("reason"), "{refused:?}");
    assert_eq!(look(&adviser, hearing_id).await.defendants.len(), 1);

    let asked = HearTogether {
        hearing_id,
        version: look(&adviser, hearing_id).await.version,
        other_id,
        reason: Some("She moved in May: she and her solicitor said so.".to_owned()),
    };
    adviser.hearing_hear_together(&asked).await.unwrap();
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let seen = look(&adviser, hearing_id).await;
    let ledger = &court.state.app.ledger;
    let case = ledger.cases(&[second_case]).await.unwrap().remove(0);
    let own = &case.defendants[0].charged;
    assert_eq!(own.confirmed_as, [seen.defendants[0].defendant_id]);
    let case = view(&adviser, second_case).await;
    let said = format!("{:?}", case.changes);
    assert!(said.contains("is one person in the cases"), "{said}");
    assert!(
        !said.contains("moved in May"),
        "the reason is for the court"
    );

    // Their custody is one sum: two terms of four months in both cases are eight.
    let lines = sentences(&court, &seen);
    let saved = save(&adviser, hearing_id, seen.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &seen, &saved).await;
    let prison = court.as_prison().await;
    let warrants = delivered(&court, &prison, WARRANT).await;
    assert_eq!(warrants.len(), 1, "{warrants:?}");
    assert_eq!(warrants[0].cases.len(), 2);
}
