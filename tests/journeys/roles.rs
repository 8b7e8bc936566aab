//! An inbox for each kind of recipient: what they are sent, how they take it over, and
//! what they see when the court amends it. Each is walked in the role.

use crate::{
    defence::told,
    people::{activate, row, sign_in},
    steps::{all_guilty, example, look, path_case, save, share, start, typed, view},
};
use client::{Bytes, Client};
use contract::{
    Code,
    access::SetSensitive,
    account::Current,
    case::View,
    defence::Associate,
    hearing::{BeginAmendment, HearingView, Line, ShareResults},
    inbox::{self, InboxItem},
    organisation::{Invite, ShowLink},
};
use domain::result::ResultLine;
use std::collections::BTreeMap;
use testkit::TestCourt;
use vocabulary::{
    AmendmentKind, AmendmentReason, DeliveryState, Group, HearingId, RepresentationBasis,
    ResultLineId,
};

/// What a role is sent, and the answer by which the court amends it.
struct Sent<'a> {
    document: &'a str,
    /// Whether somebody there must acknowledge it.
    acknowledges: bool,
    /// The question that was answered wrongly, and its right answer.
    amended: (&'a [&'a str], &'a str),
}

/// Begins the hearing of the path case, with everything admitted.
async fn begun(adviser: &Client) -> HearingView {
    let (_, hearing_id) = path_case(adviser).await;
    start(adviser, hearing_id).await;
    all_guilty(adviser, hearing_id).await;
    look(adviser, hearing_id).await
}

/// The example on the first offence, the second withdrawn.
fn lines(court: &TestCourt, room: &HearingView, name: &str) -> Vec<Line> {
    let mut lines = example(court, name, room, 0);
    lines.extend(example(court, "withdrawn", room, 1));
    lines
}

/// One result on the first offence.
pub(crate) fn result(
    court: &TestCourt,
    room: &HearingView,
    code: &str,
    answers: &[(&str, &str)],
) -> Line {
    let catalogue = &court.state.app.catalogue.results;
    let mut definitions = catalogue.definitions().iter();
    let definition = definitions.find(|own| own.code == code).expect("a result");
    let defendant = &room.defendants[0];
    typed(ResultLine {
        id: ResultLineId(uuid::Uuid::now_v7()),
        definition: definition.id,
        defendant: defendant.defendant_id,
        offence: Some(defendant.offences[0].offence_id),
        parent: None,
        answers: answers
            .iter()
            .map(|(reference, answer)| ((*reference).to_owned(), (*answer).to_owned()))
            .collect::<BTreeMap<_, _>>(),
    })
}

/// What lies in the inbox under a name, once everything is made and delivered.
pub(crate) async fn delivered(court: &TestCourt, role: &Client, name: &str) -> Vec<InboxItem> {
    let index = &court.state.app.index;
    for _ in 0..100 {
        court.work().await;
        let making = index.documents_to_make(9).await.unwrap();
        let delivering = index.documents_to_deliver(9).await.unwrap();
        if making.is_empty() && delivering.is_empty() {
            let inbox = role.inbox_list(&inbox::List {}).await.unwrap();
            return inbox.items.into_iter().filter(|i| i.name == name).collect();
        }
    }
    panic!("documents wait without end");
}

async fn pdf(role: &Client, item: &InboxItem) -> Vec<u8> {
    let id = item.document_id.to_string();
    let bytes = role.download(Bytes::Document, &id).await.unwrap();
    let pdf = bytes.all(10_000_000).await.unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    pdf
}

/// Reads it, and takes it over.
pub(crate) async fn takes_over(role: &Client, item: &InboxItem) -> InboxItem {
    let delivery_id = item.delivery_id;
    pdf(role, item).await;
    let opened = role.inbox_open(&inbox::Open { delivery_id }).await.unwrap();
    assert_eq!(opened.state, DeliveryState::Opened);
    role.inbox_acknowledge(&inbox::Acknowledge { delivery_id })
        .await
        .unwrap()
}

/// The court puts an answer right and shares again.
pub(crate) async fn amends(
    adviser: &Client,
    hearing_id: HearingId,
    (questions, right): (&[&str], &str),
) {
    let seen = look(adviser, hearing_id).await;
    adviser
        .hearing_begin_amendment(&BeginAmendment {
            hearing_id,
            version: seen.version,
            kind: AmendmentKind::AdministrativeError,
            reason: AmendmentReason::RecordedWrongly,
            note: "It was written down wrongly.".to_owned(),
        })
        .await
        .unwrap();
    let seen = look(adviser, hearing_id).await;
    let mut lines: Vec<Line> = seen
        .draft
        .lines
        .iter()
        .map(|own| own.line.clone())
        .collect();
    let mut changed = 0;
    for line in &mut lines {
        for question in questions {
            if let Some(answer) = line.answers.get_mut(*question) {
                right.clone_into(answer);
                changed += 1;
            }
        }
    }
    assert!(changed > 0, "{questions:?} are answered");
    let saved = save(adviser, hearing_id, seen.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    let seen = look(adviser, hearing_id).await;
    let sharing = ShareResults {
        hearing_id,
        version: seen.version,
        revision: seen.draft.revision,
        targets: None,
    };
    adviser.hearing_share_results(&sharing).await.unwrap();
}

/// The whole way of one role: it is sent the document, reads it, takes it over; the
/// court amends; the old one is marked wherever it is opened, and the new one is read
/// and taken over.
async fn walks(
    court: &TestCourt,
    adviser: &Client,
    role: &Client,
    room: &HearingView,
    lines: Vec<Line>,
    sent: Sent<'_>,
) {
    let hearing_id = room.hearing_id;
    let saved = save(adviser, hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    let room = look(adviser, hearing_id).await;
    share(adviser, &room, &saved).await;

    let found = delivered(court, role, sent.document).await;
    assert_eq!(found.len(), 1, "{} is sent once", sent.document);
    let old = &found[0];
    assert_eq!(old.state, DeliveryState::Received);
    assert_eq!(old.acknowledgement_required, sent.acknowledges);
    assert!(old.superseded.is_none());
    let as_issued = pdf(role, old).await;
    // Nobody takes over what nobody has read.
    let unread = role
        .inbox_acknowledge(&inbox::Acknowledge {
            delivery_id: old.delivery_id,
        })
        .await;
    assert_eq!(unread.unwrap_err().code, Code::Refused);
    let taken = takes_over(role, old).await;
    assert_eq!(taken.state, DeliveryState::Acknowledged);
    assert!(taken.acknowledged.is_some());
    // The court sees who did.
    let seen = look(adviser, hearing_id).await;
    let mut rows = seen.documents.iter().flat_map(|own| &own.deliveries);
    let row = rows.find(|row| row.delivery_id == old.delivery_id).unwrap();
    assert_eq!(row.state, DeliveryState::Acknowledged);

    amends(adviser, hearing_id, sent.amended).await;
    let both = delivered(court, role, sent.document).await;
    assert_eq!(both.len(), 2, "{both:#?}");
    let (ended, new): (Vec<_>, Vec<_>) = both.iter().partition(|own| own.superseded.is_some());
    let (ended, new) = (ended[0], new[0]);
    assert_eq!(ended.delivery_id, old.delivery_id);
    let mark = ended.superseded.as_ref().unwrap();
    assert_eq!(
        mark.by_delivery,
        Some(new.delivery_id),
        "it says which is instead"
    );
    assert_eq!(new.replaces.as_ref().unwrap().document_id, old.document_id);
    // The old one says so when it is opened: its bytes are another copy's.
    assert_ne!(pdf(role, ended).await, as_issued);
    // The new one stands, and is taken over.
    assert_eq!(new.acknowledgement_required, sent.acknowledges);
    let taken = takes_over(role, new).await;
    assert_eq!(taken.state, DeliveryState::Acknowledged);
    assert!(taken.superseded.is_none());
}

/// The way of a role with a named example.
async fn role_walks(name: &str, pick: impl AsyncFnOnce(&TestCourt) -> Client, sent: Sent<'_>) {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let role = pick(&court).await;
    let room = begun(&adviser).await;
    let lines = lines(&court, &room, name);
    walks(&court, &adviser, &role, &room, lines, sent).await;
}

const TERM: &[&str] = &["imprisonmentPeriod", "totalCustodialPeriod"];

#[tokio::test]
async fn the_prison_takes_over_a_warrant_and_the_one_in_its_place() {
    let sent = Sent {
        document: "Warrant for custodial sentence",
        acknowledges: true,
        amended: (TERM, "8 months"),
    };
    role_walks("imprisonment", TestCourt::as_prison, sent).await;
}

#[tokio::test]
async fn the_prison_takes_over_its_warrant_although_the_case_is_sensitive() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    let room = begun(&adviser).await;
    let lines = lines(&court, &room, "imprisonment");
    let saved = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    let seen = look(&adviser, room.hearing_id).await;
    share(&adviser, &seen, &saved).await;
    let prison = court.as_prison().await;
    let found = delivered(&court, &prison, "Warrant for custodial sentence").await;

    let controller = court.person(Group::AccessController, 0).await;
    let sensitive = SetSensitive {
        case_id,
        sensitive: true,
        reason: "A witness is protected.".to_owned(),
    };
    controller.access_set_sensitive(&sensitive).await.unwrap();
    let taken = takes_over(&prison, &found[0]).await;
    assert_eq!(taken.state, DeliveryState::Acknowledged);
    // The case itself is closed to them as before.
    let case = prison.case_view(&View { case_id }).await;
    assert_eq!(case.unwrap_err().code, Code::NotFound);
}

/// Whoever only looks after the people of an agency reads nobody's papers.
#[tokio::test]
async fn an_administrator_of_the_prison_has_no_inbox_and_hears_of_no_warrant() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let app = &court.state.app;
    let account = app
        .index
        .account_by_email("mina.oak@fallowdene.example.test")
        .await;
    let organisation_id = account.unwrap().unwrap().organisation;
    let staff = court.as_administrator().await;
    let email = "petra.lyle@fallowdene.example.test";
    let invited = staff
        .organisation_invite(&Invite {
            organisation_id,
            email: email.to_owned(),
            name: "Petra Lyle".to_owned(),
            role: "Office manager".to_owned(),
            groups: vec![Group::OrganisationAdministrator],
        })
        .await
        .unwrap();
    let account_id = row(&invited, email).account_id;
    let link = staff.organisation_show_link(&ShowLink { account_id }).await;
    activate(&court, &link.unwrap().link).await.unwrap();
    let manager = sign_in(&court, email).await;

    let room = begun(&adviser).await;
    let lines = lines(&court, &room, "imprisonment");
    let saved = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    let seen = look(&adviser, room.hearing_id).await;
    share(&adviser, &seen, &saved).await;
    let prison = court.as_prison().await;
    let found = delivered(&court, &prison, "Warrant for custodial sentence").await;
    let named =
        |told: Vec<contract::notice::Notice>| told.iter().any(|own| own.title.contains("received"));
    assert!(named(told(&prison).await));

    assert!(!named(told(&manager).await));
    let listed = manager.inbox_list(&inbox::List {}).await.unwrap_err();
    assert_eq!(listed.code, Code::NotPermitted);
    let delivery_id = found[0].delivery_id;
    let opened = manager.inbox_open(&inbox::Open { delivery_id }).await;
    assert_eq!(opened.unwrap_err().code, Code::NotFound);
    let document = found[0].document_id.to_string();
    let read = manager.download(Bytes::Document, &document).await;
    assert_eq!(read.err().unwrap().code, Code::NotFound);
    let person = manager.account_current(&Current {}).await.unwrap();
    assert!(!person.screens.contains(&"inbox".to_owned()), "{person:?}");
    // A colleague who has the prison's role reads it as before.
    takes_over(&prison, &found[0]).await;
}

#[tokio::test]
async fn probation_takes_over_a_sentence_and_the_one_in_its_place() {
    let sent = Sent {
        document: "Notification of Custodial Sentence",
        acknowledges: true,
        amended: (TERM, "8 months"),
    };
    role_walks("imprisonment", TestCourt::as_probation, sent).await;
}

#[tokio::test]
async fn the_police_take_over_a_restraining_order_and_the_one_in_its_place() {
    let sent = Sent {
        document: "Notification of Restraining Order",
        acknowledges: true,
        amended: (&["periodOfOrder"], "3 years"),
    };
    role_walks("restraining_order", TestCourt::as_police, sent).await;
}

#[tokio::test]
async fn witness_care_takes_over_a_restraining_order_and_the_one_in_its_place() {
    let sent = Sent {
        document: "Notification of Restraining Order",
        acknowledges: true,
        amended: (&["periodOfOrder"], "3 years"),
    };
    role_walks("restraining_order", TestCourt::as_witness_care, sent).await;
}

#[tokio::test]
async fn the_monitoring_contractor_takes_over_a_curfew_and_the_one_in_its_place() {
    let sent = Sent {
        document: "Notification of Electronic Monitoring of Bail",
        acknowledges: true,
        amended: (&["time1"], "20:00"),
    };
    role_walks(
        "electronic_monitoring_of_bail",
        TestCourt::as_electronic_monitoring,
        sent,
    )
    .await;
}

#[tokio::test]
async fn the_escort_has_a_remand_warrant_and_the_one_in_its_place() {
    let sent = Sent {
        document: "Remand Warrant",
        acknowledges: false,
        amended: (&["prison"], "HMP & YOI Larkstoke"),
    };
    role_walks("remand_in_custody", TestCourt::as_escort, sent).await;
}

#[tokio::test]
async fn prison_and_escort_have_one_warrant_and_the_prison_takes_it_over() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let room = begun(&adviser).await;
    let lines = lines(&court, &room, "remand_in_custody");
    let saved = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;
    let (prison, escort) = (court.as_prison().await, court.as_escort().await);
    let of_prison = delivered(&court, &prison, "Remand Warrant").await;
    let of_escort = delivered(&court, &escort, "Remand Warrant").await;
    assert_eq!((of_prison.len(), of_escort.len()), (1, 1));
    assert_eq!(of_prison[0].document_id, of_escort[0].document_id);
    assert_ne!(of_prison[0].delivery_id, of_escort[0].delivery_id);
    // The prison takes the person over; of the escort nobody waits for a word.
    assert!(of_prison[0].acknowledgement_required);
    assert!(!of_escort[0].acknowledgement_required);
    assert_eq!(
        pdf(&escort, &of_escort[0]).await,
        pdf(&prison, &of_prison[0]).await
    );
    // The court reads that it went there.
    let seen = look(&adviser, room.hearing_id).await;
    let mut warrants = seen.documents.iter();
    let warrant = warrants.find(|own| own.name == "Remand Warrant").unwrap();
    let mut rows = warrant.deliveries.iter();
    assert!(rows.any(|row| row.recipient == "Northway Escort Services"));
}

/// Where the court says that the police take the person there, the force has the warrant in its
/// inbox as an escort would, and not by post.
#[tokio::test]
async fn police_that_take_somebody_to_prison_have_the_warrant_at_once() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let room = begun(&adviser).await;
    let mut lines = lines(&court, &room, "imprisonment");
    let mut named = 0;
    for (key, name) in lines.iter_mut().flat_map(|line| &mut line.answers) {
        if key == "conveyorcustodiannameOrganisationName" {
            "Marches Constabulary".clone_into(name);
            named += 1;
        }
    }
    assert_eq!(named, 1);
    let saved = save(&adviser, room.hearing_id, room.draft.revision, lines).await;
    assert!(saved.readiness.ready, "{:#?}", saved.readiness.findings);
    share(&adviser, &room, &saved).await;
    let police = court.as_police().await;
    let warrants = delivered(&court, &police, "Warrant for custodial sentence").await;
    assert_eq!(warrants.len(), 1);
}

#[tokio::test]
async fn the_fines_office_has_what_is_to_be_collected_and_the_sum_in_its_place() {
    let sent = Sent {
        document: "Notification of Financial Order",
        acknowledges: false,
        amended: (&["AOF"], "150.00"),
    };
    role_walks("fine", TestCourt::as_fines_office, sent).await;
}

#[tokio::test]
async fn the_defence_has_its_copy_and_the_one_in_its_place() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let defence = court.as_defence().await;
    let (case_id, _) = path_case(&adviser).await;
    let glance = view(&adviser, case_id).await;
    defence
        .defence_associate(&Associate {
            case_id,
            defendant_id: glance.defendants[0].defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: true,
        })
        .await
        .unwrap();
    let room = begun(&adviser).await;
    let sent = Sent {
        document: "Notice of Financial Penalty",
        acknowledges: false,
        amended: (&["AOF"], "150.00"),
    };
    let lines = lines(&court, &room, "fine");
    walks(&court, &adviser, &defence, &room, lines, sent).await;
}

#[tokio::test]
async fn the_legal_aid_agency_has_a_varied_representation_and_the_one_in_its_place() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let agency = court.as_legal_aid().await;
    let room = begun(&adviser).await;
    let mut lines = lines(&court, &room, "fine");
    lines.push(result(
        &court,
        &room,
        "LAREP",
        &[
            ("legalAidVariedToIncludeRepresentationBy", "JA"),
            ("grounds", "COMP"),
            ("additionalReasons", "Expert evidence in one matter"),
        ],
    ));
    let sent = Sent {
        document: "Legal Aid Representation Varied",
        acknowledges: false,
        amended: (&["additionalReasons"], "Expert evidence in two matters"),
    };
    walks(&court, &adviser, &agency, &room, lines, sent).await;
    // Of everything else that the fine calls for it is sent nothing.
    let inbox = agency.inbox_list(&inbox::List {}).await.unwrap();
    let others = |item: &&InboxItem| item.name != "Legal Aid Representation Varied";
    assert_eq!(inbox.items.iter().filter(others).count(), 0);
}

/// A hearing of a child, begun, with everything admitted.
pub(crate) async fn childs_hearing(adviser: &Client) -> HearingView {
    let all = adviser.case_list(&contract::case::List {}).await.unwrap();
    for row in all.cases {
        let glance = view(adviser, row.case_id).await;
        let Some(hearing) = glance.hearings.first() else {
            continue;
        };
        let room = look(adviser, hearing.hearing_id).await;
        let child = |d: &contract::hearing::HearingDefendant| d.age.is_some_and(|age| age < 18);
        if room.shared.is_none() && room.defendants.iter().all(child) {
            start(adviser, room.hearing_id).await;
            all_guilty(adviser, room.hearing_id).await;
            return look(adviser, room.hearing_id).await;
        }
    }
    panic!("no child is before this court");
}

const REFERRAL: [(&str, &str); 4] = [
    ("youthOffenderPanelName", "Ashmere panel"),
    (
        "youthOffendingTeamToBeNotified",
        "Marches Youth Offending Team",
    ),
    ("referralPeriod", "6 months"),
    ("totalLengthOfContractPeriod", "6 months"),
];

#[tokio::test]
async fn a_youth_offending_team_takes_over_a_referral_order_and_the_one_in_its_place() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let team = court.as_youth_offending_team().await;
    let room = childs_hearing(&adviser).await;
    let order = result(&court, &room, "YOP", &REFERRAL);
    let sent = Sent {
        document: "Notification of Youth Order",
        acknowledges: true,
        amended: (
            &["referralPeriod", "totalLengthOfContractPeriod"],
            "9 months",
        ),
    };
    walks(&court, &adviser, &team, &room, vec![order], sent).await;
}

#[tokio::test]
async fn a_youth_order_whose_team_is_not_known_is_not_shared() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let room = childs_hearing(&adviser).await;
    let mut order = result(&court, &room, "YOP", &REFERRAL);
    let team = "youthOffendingTeamToBeNotified".to_owned();
    order.answers.insert(team, "Farwater team".to_owned());
    let saved = save(&adviser, room.hearing_id, room.draft.revision, vec![order]).await;
    assert!(!saved.readiness.ready);
    let named = |own: &&contract::hearing::Finding| own.code == "recipient_not_known";
    let found = saved.readiness.findings.iter().find(named).unwrap();
    assert!(found.message.contains("youth offending team"), "{found:?}");
    assert!(
        found.hint.contains("Marches Youth Offending Team"),
        "{found:?}"
    );
    assert_eq!(
        found.field.as_deref(),
        Some("youthOffendingTeamToBeNotified")
    );
}
