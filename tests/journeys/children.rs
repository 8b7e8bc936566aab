//! A child who is remanded: the warrant is taken over by whoever takes the child, and nobody is
//! remanded to an authority that is not known (LASPO Act 2012 ss.91 to 107).

use crate::{
    roles::{childs_hearing, delivered, result, takes_over},
    steps::{example, look, save, share},
};
use contract::hearing::{HearingView, Line, ShareResults};
use testkit::TestCourt;
use vocabulary::{DeliveryState, Severity};

/// What a court says of a child who is remanded, with these answers besides.
fn remanded(
    court: &TestCourt,
    room: &HearingView,
    code: &str,
    besides: &[(&str, &str)],
) -> Vec<Line> {
    let answers = [
        (
            "remandBasis",
            "Charged with an offence punishable in the case of an adult with 14 years imprisonment or more",
        ),
        ("bailException", "Likely to abscond"),
        ("bailExceptionReason", "Previous record and character"),
        (
            "youthOffendingTeamToBeNotified",
            "Marches Youth Offending Team",
        ),
    ];
    let mut lines = example(court, "adjournment", room, 0);
    lines.push(result(court, room, code, &[&answers, besides].concat()));
    lines
}

/// Handed to the local authority of the demo court.
pub(crate) fn in_care(court: &TestCourt, room: &HearingView) -> Vec<Line> {
    remanded(court, room, "RILA", &[("nameOfLocalAuthority", "Marches")])
}

const DETAINED: [(&str, &str); 2] = [
    (
        "conditionsForYouthDetentionMet",
        "Absconded from local authority accommodation twice this month",
    ),
    ("prison", "HMP Fallowdene"),
];

/// Youth detention: the place takes the child over, the team does, and the authority, the
/// placement team, the child and a parent are written to.
#[tokio::test]
async fn a_child_in_youth_detention_is_taken_over_by_the_place_and_the_team() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let room = childs_hearing(&adviser).await;
    let besides = [&DETAINED[..], &[("nameOfLocalAuthority", "Marches")]].concat();
    let lines = remanded(&court, &room, "RIYDA", &besides);
    let saved = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;
    let name = "Remand Warrant (Youth Detention Accommodation)";
    let team = court.as_youth_offending_team().await;
    let place = court.as_prison().await;
    for role in [&team, &place] {
        let found = delivered(&court, role, name).await;
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].acknowledgement_required);
        let taken = takes_over(role, &found[0]).await;
        assert_eq!(taken.state, DeliveryState::Acknowledged);
    }
    let seen = look(&adviser, room.hearing_id).await;
    let warrants = seen.documents.iter().filter(|own| own.name == name);
    let told: Vec<&str> = warrants
        .flat_map(|own| &own.deliveries)
        .map(|own| own.recipient.as_str())
        .collect();
    for whom in ["Marches", "Youth Custody Service placement team"] {
        assert!(told.contains(&whom), "{told:?}");
    }
    assert!(
        seen.documents
            .iter()
            .all(|own| own.name != "Remand Warrant"),
        "nobody is sent to custody by two warrants"
    );
}

/// A child whom the court hands to an authority that nobody here knows is handed to nobody.
#[tokio::test]
async fn a_child_is_not_remanded_to_a_local_authority_that_nobody_here_knows() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let room = childs_hearing(&adviser).await;
    let elsewhere = ("nameOfLocalAuthority", "Rutland");
    let lines = remanded(&court, &room, "RILA", &[elsewhere]);
    let saved = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    let unknown = |own: &&contract::hearing::Finding| {
        own.code == "recipient_not_known" && own.message.contains("local authority")
    };
    let found = saved.readiness.findings.iter().find(unknown).unwrap();
    assert_eq!(found.severity, Severity::Blocks);
    assert_eq!(found.field.as_deref(), Some("nameOfLocalAuthority"));
    let sharing = ShareResults {
        hearing_id: room.hearing_id,
        version: room.version,
        revision: saved.revision,
        targets: None,
    };
    adviser.hearing_share_results(&sharing).await.unwrap_err();

    // The court says where it is.
    let besides = [
        elsewhere,
        ("localAuthorityAddress", "Catmose, Oakham, LE15 6HP"),
    ];
    let lines = remanded(&court, &room, "RILA", &besides);
    let saved = save(&adviser, room.hearing_id, saved.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;
    let team = court.as_youth_offending_team().await;
    let name = "Remand Warrant (Local Authority Accommodation)";
    assert_eq!(delivered(&court, &team, name).await.len(), 1);
}

/// A detention order is revoked: whoever has the child in hand reads it in their inbox and says so,
/// the placement team and a parent are written to, and of a custodian whom nobody here knows the
/// court has an alarm at once. Sharing waits for nobody's address.
#[tokio::test]
async fn a_child_is_let_go_by_whoever_has_the_child_in_hand_or_the_court_is_alarmed() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let escort = court.sign_in("jonah.tull@northway.example.test").await;
    let room = childs_hearing(&adviser).await;
    let release = |custodian: &str| {
        let answers = [
            (
                "dateAntiSocialBehaviourInjunctionDetentionOrderMade",
                "2026-10-05",
            ),
            ("nameOfCourt", "Ashmere Magistrates' Court"),
            ("nameOfYouthInDetention", "The child"),
            ("conveyorCustodianName", custodian),
        ];
        let mut lines = example(&court, "adjournment", &room, 0);
        lines.push(result(&court, &room, "ABIDOR", &answers));
        lines
    };
    let revision = room.draft.revision;
    let unknown = release("Larkstoke Secure Home");
    let saved = save(&adviser, room.hearing_id, revision, unknown).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    let mut said = saved.readiness.findings.iter();
    assert!(said.any(|own| own.message.contains("Larkstoke Secure Home")));

    let known = release("Northway Escort Services");
    let saved = save(&adviser, room.hearing_id, saved.revision, known).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;
    let name = "Anti-social Behaviour Injunction Detention Order - Release";
    let found = delivered(&court, &escort, name).await;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].acknowledgement_required && found[0].acknowledge_by.is_some());
    takes_over(&escort, &found[0]).await;
    let seen = look(&adviser, room.hearing_id).await;
    let orders = seen.documents.iter().filter(|own| own.name == name);
    let rows: Vec<_> = orders.flat_map(|own| &own.deliveries).collect();
    let team = "Youth Custody Service placement team";
    let team = rows.iter().find(|own| own.recipient == team).unwrap();
    assert!(team.acknowledgement_required);
    assert!(rows.len() > 3, "a parent and the child have it: {rows:#?}");
}

/// A child who is committed for sentence and refused bail is placed that night: the authority is
/// written to at once, the team says that it has the child in hand, and the prosecutor reads of it.
#[tokio::test]
async fn a_child_who_is_committed_for_sentence_is_placed_with_the_local_authority() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let room = childs_hearing(&adviser).await;
    let catalogue = &court.state.app.catalogue.results;
    let authority = [("nameOfLocalAuthority", "Marches"), ("pSROrdered", "yes")];
    let mut lines: Vec<Line> = Vec::new();
    lines.extend(remanded(&court, &room, "CCSILA", &authority).pop());
    let parent = lines[0].line_id;
    let sending = example(&court, "sending_on_bail", &room, 0).into_iter();
    let next = sending.filter(|own| {
        let definition = catalogue.definition(own.definition_id);
        definition.is_some_and(|own| own.code == "NHCCS")
    });
    lines.extend(next.map(|own| Line {
        parent: Some(parent),
        ..own
    }));
    assert_eq!(
        lines.len(),
        2,
        "the committal and the day in the Crown Court"
    );
    let saved = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;
    let warrant = "Committal Warrant- Crown Crt -Local Authority Accommodation";
    let team = court.as_youth_offending_team().await;
    let found = delivered(&court, &team, warrant).await;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].acknowledgement_required);
    takes_over(&team, &found[0]).await;
    let notification = "Notification of Committal for Sentence";
    assert_eq!(delivered(&court, &team, notification).await.len(), 1);
    let prosecutor = court.as_cps().await;
    let notice = "Notice of Committal to the Crown Court for Sentence";
    assert_eq!(delivered(&court, &prosecutor, notice).await.len(), 1);
    let seen = look(&adviser, room.hearing_id).await;
    let told = |name: &str| -> Vec<String> {
        let own = seen.documents.iter().filter(|own| own.name == name);
        let all = own.flat_map(|own| &own.deliveries);
        all.map(|own| own.recipient.clone()).collect()
    };
    let of_warrant = told(warrant);
    assert!(
        of_warrant.iter().any(|own| own == "Marches"),
        "{of_warrant:?}"
    );
    let mut all = seen.documents.iter();
    assert!(
        all.all(|own| own.name == warrant || !own.name.contains("Warrant")),
        "there is one warrant"
    );
    assert!(!told("Notice of Refusal of Bail").is_empty());
}
