//! What the law makes of typed results, as a person at the hearing sees it: answers
//! that are worked out and offered, the Act beside a finding, days left of a custody
//! time limit.

use crate::steps::{all_guilty, example, look, path_case, save, share, start};
use contract::hearing::{Line, Proposal};
use testkit::TestCourt;
use vocabulary::Severity;

/// The line of this code.
fn of<'a>(court: &TestCourt, lines: &'a mut [Line], code: &str) -> &'a mut Line {
    let results = &court.state.app.catalogue.results;
    let id = results.by_code(code, court.today()).expect("a result").id;
    lines
        .iter_mut()
        .find(|line| line.definition_id == id)
        .expect("a line")
}

fn for_field<'a>(proposals: &'a [Proposal], field: &str) -> Option<&'a Proposal> {
    proposals.iter().find(|own| own.field == field)
}

#[tokio::test]
async fn the_surcharge_is_offered_until_it_is_taken() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing) = path_case(&adviser).await;
    start(&adviser, hearing).await;
    all_guilty(&adviser, hearing).await;
    let seen = look(&adviser, hearing).await;
    let mut lines = example(&court, "fine", &seen, 0);
    of(&court, &mut lines, "FVS").answers.clear();
    let draft = save(&adviser, hearing, seen.draft.revision, lines.clone()).await;
    assert!(!draft.readiness.ready, "an amount is missing");
    let offer = for_field(&draft.readiness.proposals, "AOS").expect("an offer");
    assert_eq!(
        (offer.answer.as_str(), offer.shown.as_str()),
        ("80.00", "£80.00")
    );
    assert!(
        offer.message.contains("40% of the fine of £200.00"),
        "{}",
        offer.message
    );
    assert!(
        offer.source.contains("Sentencing Act 2020 s.42"),
        "{}",
        offer.source
    );

    let answer = offer.answer.clone();
    of(&court, &mut lines, "FVS")
        .answers
        .insert("AOS".to_owned(), answer);
    let draft = save(&adviser, hearing, draft.revision, lines).await;
    assert!(for_field(&draft.readiness.proposals, "AOS").is_none());
    let surcharge = |code: &str| code == "SA2020-42";
    assert!(
        !draft
            .readiness
            .findings
            .iter()
            .any(|own| surcharge(&own.code))
    );
}

#[tokio::test]
async fn a_finding_names_the_act_that_it_rests_on() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing) = path_case(&adviser).await;
    start(&adviser, hearing).await;
    all_guilty(&adviser, hearing).await;
    let seen = look(&adviser, hearing).await;
    let mut lines = example(&court, "community_order", &seen, 0);
    of(&court, &mut lines, "UPWR")
        .answers
        .insert("numberOfHours".to_owned(), "301 hours".to_owned());
    let draft = save(&adviser, hearing, seen.draft.revision, lines).await;
    let limit = draft
        .readiness
        .findings
        .iter()
        .find(|own| own.code == "LIMIT");
    let limit = limit.expect("a finding");
    assert_eq!(limit.severity, Severity::Blocks);
    let source = limit.source.as_deref().expect("a source");
    assert!(source.contains("Sch.9"), "{source}");
}

#[tokio::test]
async fn a_custody_time_limit_is_offered_and_its_days_are_counted_down() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing) = path_case(&adviser).await;
    start(&adviser, hearing).await;
    let seen = look(&adviser, hearing).await;
    assert!(seen.defendants[0].offences[0].time_limit.is_none());

    let mut lines: Vec<Line> = (0..seen.defendants[0].offences.len())
        .flat_map(|nth| example(&court, "remand_in_custody", &seen, nth))
        .collect();
    of(&court, &mut lines, "CTL").answers.remove("CTLDATE");
    let draft = save(&adviser, hearing, seen.draft.revision, lines.clone()).await;
    let offer = for_field(&draft.readiness.proposals, "CTLDATE").expect("an offer");
    assert!(
        offer.message.contains("the first day not counted"),
        "{}",
        offer.message
    );
    let expires = offer.answer.clone();
    of(&court, &mut lines, "CTL")
        .answers
        .insert("CTLDATE".to_owned(), expires.clone());
    let draft = save(&adviser, hearing, draft.revision, lines).await;
    assert!(draft.readiness.ready, "{:?}", draft.readiness.findings);
    share(&adviser, &seen, &draft).await;

    let after = look(&adviser, hearing).await;
    let limit = after.defendants[0].offences[0].time_limit.as_ref();
    let limit = limit.expect("a limit that runs");
    assert_eq!(limit.expires.to_string(), expires);
    assert_eq!(limit.how, "as the court set it");
    assert_eq!(limit.days_left, court.today().days_until(limit.expires));
    assert!(limit.text.contains("days left"), "{}", limit.text);
    assert!(!limit.soon);
}
