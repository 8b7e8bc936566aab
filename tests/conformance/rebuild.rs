//! Everything derived can be made again, and is then what it was.

use crate::{
    court::{OU_CODE, Office, Paper, Room, Warrant, append, command, fresh, noon, part},
    ground::Ground,
};
use app::ports::{Expected, Index, Ledger, Work};
use domain::{
    Event, Stream, StreamKind,
    account::{AccountEvent, Machine},
    case::CaseEvent,
    hearing::{Control, HearingEvent, Officer, Proposal},
    reading::ReadingEvent,
    register::RegisterEvent,
    rules::{RULES, RulesEvent},
    submission::SubmissionEvent,
    validator::Lowered,
};
use vocabulary::{
    AmendmentKind, AmendmentReason, Attendance, DeliveryState, DisassociationReason, HearingId,
    MachineId, OrganisationKind, RepresentationBasis, SubmissionId, SubmissionStatus,
};

/// Tables with the columns to compare; snapshots are sealed afresh, so they are
/// compared by what opens from them.
const DERIVED: &[&str] = &[
    "select stream, stream_kind, key_owner, version, hash from stream_head order by stream",
    "select * from case_index order by case_id",
    "select * from defendant_index order by defendant_id",
    "select * from case_party order by case_id, organisation_id",
    "select * from case_person order by case_id, account_id",
    "select * from defendant_hearing order by day, name_key, defendant_id, hearing_id",
    "select * from legal_aid_message order by position, defendant_id",
    "select * from hearing_index order by hearing_id",
    "select * from hearing_case order by hearing_id, case_id",
    "select * from material_index order by material_id",
    "select * from material_read order by account_id, material_id",
    "select * from document_index order by document_id",
    "select * from delivery_index order by delivery_id",
    "select * from document_read order by account_id, document_id",
    "select * from account_index order by account_id",
    "select * from organisation_index order by organisation_id",
    "select * from directory order by one",
    "select * from machine_index order by machine_id",
    "select * from submission_index order by submission_id",
    "select * from notice order by notice_id",
];

async fn derived(ground: &Ground) -> Vec<Vec<Vec<String>>> {
    let mut tables = Vec::new();
    for sql in DERIVED {
        tables.push(ground.rows(sql).await);
    }
    tables
}

/// What an amendment does to what is derived: results again, a document that ended,
/// with one delivery that arrived and one that was stopped, and a vacated hearing.
async fn amended(ground: &Ground, paper: &Paper, hearing: HearingId, prison: &Office) {
    let store = &ground.store;
    let amender = Officer {
        account: prison.active,
        name: "Ada Wren".to_owned(),
    };
    let begun = Event::Hearing(HearingEvent::ResultsAmendmentBegun {
        kind: AmendmentKind::UserError,
        reason: AmendmentReason::SlipRule,
        note: "The bench said otherwise.".to_owned(),
        by: amender.clone(),
        draft_revision: 3,
    });
    let asked = Event::Hearing(HearingEvent::ApprovalRequested {
        by: amender.clone(),
        proposal: Proposal {
            lines: Vec::new(),
            results: Vec::new(),
        },
    });
    let rejected = Event::Hearing(HearingEvent::AmendmentRejected {
        by: amender,
        why: "No.".to_owned(),
    });
    append(
        store,
        Stream::new(StreamKind::Hearing, hearing.0),
        vec![begun.clone(), asked, rejected, begun],
    )
    .await
    .unwrap();
    let (ended, next): (_, HearingId) = (Warrant::new(), fresh());
    append(
        store,
        ended.stream(),
        vec![
            ended.requested(paper, hearing, prison.organisation),
            ended.made(),
            ended.advanced(ended.to_inbox, DeliveryState::Sent),
            ended.advanced(ended.to_inbox, DeliveryState::Received),
            ended.superseded(),
            ended.marked(&"2".repeat(64)),
        ],
    )
    .await
    .unwrap();
    append(
        store,
        Stream::new(StreamKind::Hearing, next.0),
        vec![
            paper.listed(next, &Room::new(), noon()),
            Event::Hearing(HearingEvent::HearingVacated {
                amended_hearing: hearing,
            }),
        ],
    )
    .await
    .unwrap();
    let day = noon().day();
    append(store, paper.stream(), vec![paper.amended(hearing, day)])
        .await
        .unwrap();
}

/// Who comes and goes in a case: access that ended and access that stands, chambers, an
/// advocate, an order, a firm that went; and a hearing by which the defendants are found.
fn acting(paper: &Paper, firm: &Office, hearing: HearingId) -> Vec<Event> {
    let by = firm.organisation;
    let day = noon().day();
    let granted = |account| CaseEvent::AccessGranted {
        defendant_id: paper.first,
        account,
        name: "Rosalind Quaye".to_owned(),
        organisation: fresh(),
        organisation_name: "Five Wells Chambers".to_owned(),
        by,
        by_name: "Pell & Harrow".to_owned(),
        until: Some(day),
    };
    let gone = fresh();
    let chambers = fresh();
    [
        CaseEvent::HearingAdded {
            hearing_id: hearing,
            kind: "First hearing".to_owned(),
            court: "Northbridge".to_owned(),
            court_id: None,
            day,
            time: "10:00".to_owned(),
        },
        granted(gone),
        granted(fresh()),
        CaseEvent::AccessRemoved {
            defendant_id: paper.first,
            account: gone,
            name: "Rosalind Quaye".to_owned(),
        },
        CaseEvent::CounselInstructed {
            defendant_id: paper.first,
            organisation: chambers,
            organisation_name: "Five Wells Chambers".to_owned(),
            by,
            by_name: "Pell & Harrow".to_owned(),
            on: day,
        },
        CaseEvent::InstructionEnded {
            defendant_id: paper.first,
            organisation: chambers,
            organisation_name: "Five Wells Chambers".to_owned(),
        },
        CaseEvent::AdvocateAssigned {
            account: fresh(),
            name: "Peregrine Asante".to_owned(),
            organisation: fresh(),
            organisation_name: "Five Wells Chambers".to_owned(),
            until: day,
        },
        CaseEvent::DefenceAssociated {
            defendant_id: paper.second,
            organisation: chambers,
            organisation_name: "Other & Co".to_owned(),
            basis: RepresentationBasis::Private,
            instructed_on: Some(day),
            awaited: None,
        },
        CaseEvent::RepresentationOrderMade {
            defendant_id: paper.second,
            organisation: chambers,
            organisation_name: "Other & Co".to_owned(),
            reference: "7001234".to_owned(),
            from: day,
            contract: None,
        },
        CaseEvent::RepresentationOrderWithdrawn {
            defendant_id: paper.second,
            organisation: chambers,
            organisation_name: "Other & Co".to_owned(),
            reference: "7001234".to_owned(),
            on: day,
        },
        CaseEvent::DefenceDisassociated {
            defendant_id: paper.second,
            organisation: chambers,
            organisation_name: "Other & Co".to_owned(),
            reason: DisassociationReason::LegalAidWithdrawn,
            note: String::new(),
        },
    ]
    .map(Event::Case)
    .into()
}

/// A little of everything; gives back the case, hearing and document.
async fn everything(ground: &Ground) -> (Paper, HearingId, Warrant, Office) {
    let store = &ground.store;
    let early = Paper::new();
    // A case that is there before its prosecutor joins.
    append(store, early.stream(), vec![early.created()])
        .await
        .unwrap();
    let prosecutor = Office::open(store, OrganisationKind::Prosecutor, Some(OU_CODE)).await;
    let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
    let prison = Office::open(store, OrganisationKind::Prison, None).await;
    let (paper, room, warrant) = (Paper::new(), Room::new(), Warrant::new());
    let hearing: HearingId = fresh();
    let hearing_stream = Stream::new(StreamKind::Hearing, hearing.0);
    store
        .append(command(vec![
            part(paper.stream(), Expected::New, vec![paper.created()]),
            part(
                hearing_stream,
                Expected::New,
                vec![paper.listed(hearing, &room, noon())],
            ),
        ]))
        .await
        .unwrap();
    let day = noon().day();
    append(
        store,
        paper.stream(),
        vec![
            paper.associated(paper.first, firm.organisation),
            paper.served(None, prosecutor.organisation),
            paper.served(Some(paper.second), prosecutor.organisation),
            paper.pleaded(day),
        ],
    )
    .await
    .unwrap();
    append(
        store,
        hearing_stream,
        vec![
            Event::Hearing(HearingEvent::EventLogged {
                entry_id: fresh(),
                definition_id: fresh(),
                label: "Hearing started".to_owned(),
                control: Some(Control::Start),
                defendant_id: None,
                note: None,
            }),
            Event::Hearing(HearingEvent::AttendanceRecorded {
                defendant_id: paper.first,
                attendance: Attendance::InPerson,
            }),
        ],
    )
    .await
    .unwrap();
    store
        .append(command(vec![
            part(
                hearing_stream,
                Expected::Any,
                vec![Event::Hearing(HearingEvent::ResultsShared {
                    day,
                    lines: Vec::new(),
                    results: Vec::new(),
                    version: 1,
                    amended: None,
                    listed: Vec::new(),
                    left: Vec::new(),
                })],
            ),
            part(
                paper.stream(),
                Expected::Any,
                vec![paper.resulted(hearing, day)],
            ),
            part(
                warrant.stream(),
                Expected::New,
                vec![warrant.requested(&paper, hearing, prison.organisation)],
            ),
        ]))
        .await
        .unwrap();
    append(
        store,
        warrant.stream(),
        vec![
            warrant.made(),
            warrant.advanced(warrant.to_inbox, DeliveryState::Sent),
            warrant.advanced(warrant.to_inbox, DeliveryState::Received),
        ],
    )
    .await
    .unwrap();
    amended(ground, &paper, hearing, &prison).await;
    append(store, paper.stream(), acting(&paper, &firm, hearing))
        .await
        .unwrap();
    let material = store.case(paper.case).await.unwrap().unwrap().materials[0].id;
    let mut reading = command(vec![part(
        Stream::new(StreamKind::Reading, paper.case.0),
        Expected::Any,
        vec![
            Event::Reading(ReadingEvent::MaterialRead {
                case_id: paper.case,
                material_id: material,
                section: "IDPC".to_owned(),
                organisation: firm.organisation,
                associated: true,
                policy: "defence-on-record".to_owned(),
            }),
            Event::Reading(ReadingEvent::DocumentRead {
                document_id: warrant.document,
                organisation: firm.organisation,
                policy: "defence-on-record".to_owned(),
            }),
        ],
    )]);
    reading.moment.by = firm.person();
    store.append(reading).await.unwrap();
    let machine: MachineId = fresh();
    append(
        store,
        Stream::new(StreamKind::Account, machine.0),
        vec![
            Event::Account(AccountEvent::MachineIssued(Machine {
                id: machine,
                name: "Intake".to_owned(),
                ou_code: OU_CODE.to_owned(),
                active: true,
            })),
            Event::Account(AccountEvent::MachineRevoked { machine }),
        ],
    )
    .await
    .unwrap();
    let submission: SubmissionId = fresh();
    append(
        store,
        Stream::new(StreamKind::Submission, submission.0),
        vec![Event::Submission(SubmissionEvent::SubmissionDecided {
            submission_id: submission,
            ou_code: OU_CODE.to_owned(),
            sha256: "2".repeat(64),
            status: SubmissionStatus::Success,
            case_id: Some(paper.case),
            errors: Vec::new(),
            warnings: Vec::new(),
        })],
    )
    .await
    .unwrap();
    let registered = RegisterEvent::HearingRegistered {
        hearing_id: hearing.0,
        court: Some("B29AM00".to_owned()),
        sha256: "3".repeat(64),
        entries: Vec::new(),
        without: vec![("29ZZ0000126".to_owned(), hearing.0)],
        untouched: Vec::new(),
    };
    append(
        store,
        Stream::new(StreamKind::Register, hearing.0),
        vec![Event::Register(registered)],
    )
    .await
    .unwrap();
    let lowered = RulesEvent::RuleLowered {
        rule: "DR-AGE-007".to_owned(),
        to: Lowered::Warning,
        by: "Ada Wren".to_owned(),
        reason: "Incident 41".to_owned(),
    };
    append(
        store,
        Stream::new(StreamKind::Rules, RULES),
        vec![Event::Rules(lowered)],
    )
    .await
    .unwrap();
    let sent = store
        .submitted_before(OU_CODE, &"2".repeat(64))
        .await
        .unwrap();
    assert_eq!(sent.map(|(id, _)| id), Some(submission));
    assert_eq!(
        store.submission(submission).await.unwrap().unwrap().case_id,
        Some(paper.case)
    );
    (paper, hearing, warrant, firm)
}

on_both! {
    async fn a_rebuild_makes_exactly_what_was_there(ground: &Ground) {
        let (paper, hearing, warrant, firm) = everything(ground).await;
        let store = &ground.store;
        store.mark_read(firm.active, &[]).await.unwrap();
        store.mark_seen(firm.active, paper.case, 3).await.unwrap();
        let before = derived(ground).await;
        for (rows, sql) in before.iter().zip(DERIVED) {
            assert!(!rows.is_empty(), "nothing to compare in {sql}");
        }
        let states = (
            store.case(paper.case).await.unwrap(),
            store.hearing(hearing).await.unwrap(),
            store.document(warrant.document).await.unwrap(),
            store.register(hearing.0).await.unwrap(),
        );
        assert!(states.0.is_some() && states.1.is_some() && states.2.is_some());
        assert!(states.3.is_some());
        // Spoil what is derived, so that the rebuild has something to do.
        ground.tamper("update case_index set defendants = '[]', concluded = 1 - concluded").await;
        ground.tamper("delete from notice").await;
        ground.tamper("update stream_head set snapshot = null").await;
        assert_ne!(derived(ground).await, before);
        let rebuilt = store.rebuild().await.unwrap();
        assert_eq!(rebuilt.events.to_string(), ground.value("select count(*) from ledger_event").await);
        for ((now, then), sql) in derived(ground).await.iter().zip(&before).zip(DERIVED) {
            assert_eq!(now, then, "{sql}");
        }
        assert_eq!(states, (
            store.case(paper.case).await.unwrap(),
            store.hearing(hearing).await.unwrap(),
            store.document(warrant.document).await.unwrap(),
            store.register(hearing.0).await.unwrap(),
        ));
        // Working state is untouched, and marks find their notices again.
        assert_eq!(store.unread_notices(firm.active, noon().day()).await.unwrap(), 0);
        assert_eq!(store.seen(firm.active, paper.case).await.unwrap(), 3);
        assert_eq!(store.verify().await.unwrap().bad, None);
        // And the record goes on.
        append(store, paper.stream(), vec![paper.pleaded(noon().day().plus_days(1))]).await.unwrap();
        assert_eq!(store.verify().await.unwrap().bad, None);
    }

    async fn what_somebody_wrote_into_a_list_is_named_and_left_as_it_is(ground: &Ground) {
        everything(ground).await;
        let store = &ground.store;
        let whole = store.compare_lists().await.unwrap();
        assert_eq!(whole.differences, Vec::<String>::new());
        assert!(whole.rows > 50, "{}", whole.rows);
        for (table, change) in [
            ("account_index", "update account_index set body = body || ' '"),
            ("account_index", "update account_index set active = 1 - active"),
            (
                "case_opening",
                "insert into case_opening (opening_id, case_id, account_id, name, reason, at, \
                 kind, until) select case_id, case_id, 'me', '', '', 1, 'glass', 2 from case_index",
            ),
            ("notice", "update notice set title = 'Something else'"),
            ("delivery_index", "delete from delivery_index"),
            ("stream_head", "update stream_head set key_owner = stream"),
            ("stream_head", "update stream_head set snapshot = null"),
        ] {
            let sql = format!("select * from {table}");
            ground.tamper(&format!("create table kept as {sql}")).await;
            ground.tamper(change).await;
            let spoilt = ground.rows(&sql).await;
            let found = store.compare_lists().await.unwrap().differences;
            assert!(
                found.len() == 1 && found[0].starts_with(&format!("{table}: ")),
                "{change}: {found:?}"
            );
            assert_eq!(ground.rows(&sql).await, spoilt, "{change}");
            ground.tamper(&format!("delete from {table}")).await;
            ground.tamper(&format!("insert into {table} select * from kept")).await;
            ground.tamper("drop table kept").await;
        }
        assert_eq!(store.compare_lists().await.unwrap().differences, Vec::<String>::new());
        // A fold that is another one under the right seal is not made in SQL; an older one is.
        assert_eq!(store.verify().await.unwrap().bad, None);
    }

    async fn a_rebuild_that_fails_changes_nothing(ground: &Ground) {
        let (paper, ..) = everything(ground).await;
        let before = derived(ground).await;
        let body = match ground.database {
            crate::ground::Database::Sqlite => "x'00'",
            #[cfg(unix)]
            crate::ground::Database::Postgres => "'\\x00'",
        };
        ground.tamper(&format!(
            "update ledger_event set body = {body} \
             where position = (select max(position) from ledger_event)"
        )).await;
        assert!(ground.store.rebuild().await.is_err());
        assert_eq!(derived(ground).await, before);
        assert!(ground.store.case(paper.case).await.unwrap().is_some());
    }
}
