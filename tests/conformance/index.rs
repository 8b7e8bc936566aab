//! Lists, searches and inboxes.

use crate::{
    court::{OU_CODE, Office, Paper, Room, Warrant, append, command, fresh, noon, part},
    ground::Ground,
};
use app::ports::{Expected, Index, Ledger};
use domain::{
    Event, Stream, StreamKind,
    account::{AccountEvent, Machine},
    case::CaseEvent,
    hearing::{Control, HearingEvent},
    reading::ReadingEvent,
};
use std::sync::Arc;
use vocabulary::{DeliveryState, HearingId, HearingState, MachineId, OrganisationKind, Urn};

fn logged(control: Control) -> Event {
    Event::Hearing(HearingEvent::EventLogged {
        entry_id: fresh(),
        definition_id: fresh(),
        label: "Control".to_owned(),
        control: Some(control),
        defendant_id: None,
        note: None,
    })
}

on_both! {
    async fn a_case_is_found_by_its_reference_however_it_is_typed(ground: &Ground) {
        let paper = Paper::new();
        append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
        let typed = Urn::parse(&format!(" {} ", paper.urn.as_str().to_lowercase())).unwrap();
        assert_eq!(ground.store.case_by_urn(&typed).await.unwrap(), Some(paper.case));
        assert_eq!(ground.store.case_by_urn(&Urn::parse("99ZZ0000000").unwrap()).await.unwrap(), None);
    }

    async fn an_organisation_sees_the_cases_it_prosecutes_or_is_on_record_in(ground: &Ground) {
        let store = &ground.store;
        let prosecutor = Office::open(store, OrganisationKind::Prosecutor, Some(OU_CODE)).await;
        let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let (one, two) = (Paper::new(), Paper::new());
        for paper in [&one, &two] {
            append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        }
        append(store, one.stream(), vec![one.associated(one.first, firm.organisation)]).await.unwrap();
        let ids = |list: Vec<app::ports::CaseSummary>| {
            let mut ids: Vec<_> = list.into_iter().map(|c| c.case_id).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(ids(store.cases_of(prosecutor.organisation, Some(OU_CODE), 50).await.unwrap()), [one.case, two.case]);
        assert_eq!(ids(store.cases_of(prosecutor.organisation, None, 50).await.unwrap()), [one.case, two.case]);
        assert_eq!(ids(store.cases_of(fresh(), Some(OU_CODE), 50).await.unwrap()), [one.case, two.case]);
        assert_eq!(store.cases_of(prosecutor.organisation, Some(OU_CODE), 1).await.unwrap().len(), 1);
        assert_eq!(ids(store.cases_of(firm.organisation, None, 50).await.unwrap()), [one.case]);
        assert_eq!(ids(store.cases_of(fresh(), None, 50).await.unwrap()), []);
        let summary = store.cases_of(firm.organisation, None, 50).await.unwrap().remove(0);
        assert_eq!(summary.version, 2);
        assert_eq!(summary.defendants, ["Siân Vaughan", "Owen Marsh"]);
        assert_eq!(summary.offences, ["Theft from a shop"]);
        assert_eq!(summary.prosecutor, "Northbridge Prosecution Service");
        assert_eq!(summary.next_hearing, None);
    }

    async fn a_prosecutor_that_joins_later_sees_its_earlier_cases(ground: &Ground) {
        let store = &ground.store;
        let paper = Paper::new();
        append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        let prosecutor = Office::open(store, OrganisationKind::Prosecutor, Some(OU_CODE)).await;
        let found = store.cases_of(prosecutor.organisation, None, 9).await.unwrap();
        assert_eq!(found[0].case_id, paper.case);
    }

    async fn a_court_sees_the_cases_that_it_will_hear(ground: &Ground) {
        let store = &ground.store;
        let room = Room::new();
        let (soon, later) = (Paper::new(), Paper::new());
        let day = noon().day();
        for (paper, days) in [(&later, 9), (&soon, 2)] {
            let hearing: HearingId = fresh();
            store
                .append(command(vec![
                    part(paper.stream(), Expected::New, vec![paper.created()]),
                    part(Stream::new(StreamKind::Hearing, hearing.0), Expected::New, vec![
                        paper.listed(hearing, &room, day.plus_days(days).at(10, 0)),
                    ]),
                ]))
                .await
                .unwrap();
        }
        let found = store.cases_at(room.court, day, 50).await.unwrap();
        assert_eq!(found.iter().map(|c| c.case_id).collect::<Vec<_>>(), [soon.case, later.case]);
        let (at, what) = found[0].next_hearing.clone().unwrap();
        assert_eq!(at, day.plus_days(2).at(10, 0));
        assert_eq!(what, "First hearing, Northbridge Magistrates' Court");
        let found = store.cases_at(room.court, day.plus_days(3), 50).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(store.cases_at(fresh(), day, 50).await.unwrap(), []);
    }

    async fn a_room_has_its_list_in_order_and_says_how_far_each_hearing_is(ground: &Ground) {
        let store = &ground.store;
        let room = Room::new();
        let day = noon().day();
        let (late, early) = (Paper::new(), Paper::new());
        let mut streams = Vec::new();
        for (paper, hour) in [(&late, 14), (&early, 10)] {
            let hearing: HearingId = fresh();
            let stream = Stream::new(StreamKind::Hearing, hearing.0);
            streams.push(stream);
            store
                .append(command(vec![
                    part(paper.stream(), Expected::New, vec![paper.created()]),
                    part(stream, Expected::New, vec![paper.listed(hearing, &room, day.at(hour, 0))]),
                ]))
                .await
                .unwrap();
        }
        let list = store.hearings_on(room.room, day).await.unwrap();
        assert_eq!(list.iter().map(|h| h.cases.clone()).collect::<Vec<_>>(), [vec![early.case], vec![late.case]]);
        assert_eq!(list[0].state, HearingState::Listed);
        append(store, streams[1], vec![logged(Control::Start), logged(Control::End)]).await.unwrap();
        append(store, streams[1], vec![Event::Hearing(HearingEvent::ResultsShared {
            day,
            lines: Vec::new(),
            results: Vec::new(),
            version: 1,
            amended: None,
            listed: Vec::new(),
            left: Vec::new(),
        })])
        .await
        .unwrap();
        let list = store.hearings_on(room.room, day).await.unwrap();
        assert_eq!((list[0].state, list[0].shared), (HearingState::Ended, true));
        assert_eq!((list[1].state, list[1].shared), (HearingState::Listed, false));
        assert_eq!(store.hearings_on(room.room, day.plus_days(1)).await.unwrap(), []);
        // A hearing that has ended is no longer ahead.
        let found = store.cases_at(room.court, day, 9).await.unwrap();
        assert_eq!(found.iter().find(|c| c.case_id == early.case).unwrap().next_hearing, None);
    }

    async fn a_document_goes_from_asked_for_to_made_to_the_inbox(ground: &Ground) {
        let store = &ground.store;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let (paper, warrant) = (Paper::new(), Warrant::new());
        let hearing: HearingId = fresh();
        append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        append(store, warrant.stream(), vec![
            warrant.requested(&paper, hearing, prison.organisation),
        ])
        .await
        .unwrap();
        assert_eq!(store.documents_of_hearing(hearing).await.unwrap(), [warrant.document]);
        assert_eq!(store.documents_to_make(9).await.unwrap(), [warrant.document]);
        assert_eq!(store.documents_to_deliver(9).await.unwrap(), []);
        append(store, warrant.stream(), vec![warrant.made()]).await.unwrap();
        assert_eq!(store.documents_to_make(9).await.unwrap(), []);
        assert_eq!(store.documents_to_deliver(9).await.unwrap(), [warrant.document]);
        append(store, warrant.stream(), vec![warrant.advanced(warrant.to_inbox, DeliveryState::Sent)]).await.unwrap();
        assert_eq!(store.documents_to_deliver(9).await.unwrap(), [warrant.document]);
        assert_eq!(store.deliveries_to(prison.organisation, 9).await.unwrap(), []);
        append(store, warrant.stream(), vec![warrant.advanced(warrant.to_inbox, DeliveryState::Received)]).await.unwrap();
        assert_eq!(store.documents_to_deliver(9).await.unwrap(), []);
        let inbox = store.deliveries_to(prison.organisation, 9).await.unwrap();
        assert_eq!((inbox.len(), inbox[0].delivery_id, inbox[0].document_id), (1, warrant.to_inbox, warrant.document));
        assert_eq!(store.document_of_delivery(warrant.by_post).await.unwrap(), Some(warrant.document));
        assert_eq!(store.document_of_delivery(fresh()).await.unwrap(), None);
        assert_eq!(store.deliveries_to(fresh(), 9).await.unwrap(), []);
    }

    async fn of_more_than_an_inbox_shows_what_waits_to_be_acknowledged_is_not_left_out(ground: &Ground) {
        let store = &ground.store;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let mut ids = Vec::new();
        for acknowledged in [false, true, true] {
            let (paper, warrant) = (Paper::new(), Warrant::new());
            append(store, paper.stream(), vec![paper.created()]).await.unwrap();
            let mut states = vec![DeliveryState::Sent, DeliveryState::Received];
            if acknowledged {
                states.extend([DeliveryState::Opened, DeliveryState::Acknowledged]);
            }
            let asked = [warrant.requested(&paper, fresh(), prison.organisation), warrant.made()];
            let steps = states.into_iter().map(|state| warrant.advanced(warrant.to_inbox, state));
            append(store, warrant.stream(), asked.into_iter().chain(steps).collect()).await.unwrap();
            ids.push(warrant.to_inbox);
        }
        for most in 1..=3 {
            let shown = store.deliveries_to(prison.organisation, most).await.unwrap();
            assert_eq!(shown[0].delivery_id, ids[0], "{most}");
        }
    }

    async fn a_superseded_document_is_delivered_no_further_and_a_marked_copy_is_made(ground: &Ground) {
        let store = &ground.store;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let (paper, warrant) = (Paper::new(), Warrant::new());
        append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        append(store, warrant.stream(), vec![
            warrant.requested(&paper, fresh(), prison.organisation),
            warrant.made(),
        ])
        .await
        .unwrap();
        assert!(store.documents_to_deliver(99).await.unwrap().contains(&warrant.document));
        append(store, warrant.stream(), vec![warrant.superseded()]).await.unwrap();
        assert!(!store.documents_to_deliver(99).await.unwrap().contains(&warrant.document));
        assert!(store.documents_to_make(99).await.unwrap().contains(&warrant.document));
        // A step that was on its way when it was recorded is of no use any more.
        let document = store.document(warrant.document).await.unwrap().unwrap();
        assert_eq!(document.delivery(warrant.to_inbox).unwrap().state, DeliveryState::Stopped);
        append(store, warrant.stream(), vec![warrant.marked(&"2".repeat(64))]).await.unwrap();
        assert!(!store.documents_to_make(99).await.unwrap().contains(&warrant.document));
        assert_eq!(store.deliveries_to(prison.organisation, 9).await.unwrap(), []);
    }

    async fn a_vacated_hearing_is_no_longer_ahead(ground: &Ground) {
        let store = &ground.store;
        let (room, paper) = (Room::new(), Paper::new());
        let (day, hearing): (_, HearingId) = (noon().day(), fresh());
        let stream = Stream::new(StreamKind::Hearing, hearing.0);
        store
            .append(command(vec![
                part(paper.stream(), Expected::New, vec![paper.created()]),
                part(stream, Expected::New, vec![paper.listed(hearing, &room, day.at(10, 0))]),
            ]))
            .await
            .unwrap();
        assert_eq!(store.cases_at(room.court, day, 9).await.unwrap().len(), 1);
        append(store, stream, vec![Event::Hearing(HearingEvent::HearingVacated { amended_hearing: fresh() })])
            .await
            .unwrap();
        assert_eq!(store.cases_at(room.court, day, 9).await.unwrap(), []);
        // The list of its day still says what became of it.
        let list = store.hearings_on(room.room, day).await.unwrap();
        assert_eq!(list[0].state, HearingState::Vacated);
    }

    async fn a_case_that_is_heard_apart_is_in_its_own_hearing_and_in_no_other(ground: &Ground) {
        let store = &ground.store;
        let (room, one, two) = (Room::new(), Paper::new(), Paper::new());
        let (day, into, from): (_, HearingId, HearingId) = (noon().day(), fresh(), fresh());
        let stream = |id: HearingId| Stream::new(StreamKind::Hearing, id.0);
        let Event::Hearing(HearingEvent::HearingListed { parties, .. }) = two.listed(from, &room, day.at(11, 0)) else {
            panic!("it is listed");
        };
        let joined = HearingEvent::CasesJoined { from, parties: parties.clone() };
        store
            .append(command(vec![
                part(one.stream(), Expected::New, vec![one.created(), one.heard_in(into)]),
                part(two.stream(), Expected::New, vec![two.created(), two.heard_in(from), two.heard_in(into)]),
                part(stream(into), Expected::New, vec![one.listed(into, &room, day.at(10, 0)), Event::Hearing(joined)]),
                part(stream(from), Expected::New, vec![
                    two.listed(from, &room, day.at(11, 0)),
                    Event::Hearing(HearingEvent::HeardElsewhere { into }),
                ]),
            ]))
            .await
            .unwrap();
        let lists = async || {
            let list = store.hearings_on(room.room, day).await.unwrap();
            list.into_iter().map(|own| own.cases).collect::<Vec<_>>()
        };
        assert_eq!(lists().await, [vec![one.case, two.case], vec![two.case]]);

        let apart = HearingEvent::CasesTakenApart { into: from, parties, reason: "Two cousins.".to_owned() };
        let left = CaseEvent::HeardApart {
            hearing_id: into,
            kind: "First hearing".to_owned(),
            day,
            time: "10:00".to_owned(),
            reason: "Two cousins.".to_owned(),
        };
        store
            .append(command(vec![
                part(stream(into), Expected::Any, vec![Event::Hearing(apart)]),
                part(stream(from), Expected::Any, vec![Event::Hearing(HearingEvent::ListedAgain { from: into })]),
                part(two.stream(), Expected::Any, vec![Event::Case(left), two.heard_in(from)]),
            ]))
            .await
            .unwrap();
        assert_eq!(lists().await, [vec![one.case], vec![two.case]]);
        let opened = store.opened(two.case, fresh()).await.unwrap().unwrap();
        let hearings: Vec<_> = opened.hearings.iter().map(|own| (own.id, own.state)).collect();
        assert_eq!(hearings, [(from, HearingState::Listed)]);
        // The next of each is its own.
        let ahead = store.cases_at(room.court, day, 9).await.unwrap();
        let ahead: Vec<_> = ahead.iter().map(|own| (own.case_id, own.next_hearing.as_ref().unwrap().0)).collect();
        assert_eq!(ahead, [(one.case, day.at(10, 0)), (two.case, day.at(11, 0))]);
    }

    async fn what_somebody_has_read_is_theirs_alone(ground: &Ground) {
        let store = &ground.store;
        let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let paper = Paper::new();
        append(store, paper.stream(), vec![paper.created(), paper.served(None, fresh())]).await.unwrap();
        let material = store.case(paper.case).await.unwrap().unwrap().materials[0].id;
        assert_eq!(store.case_of_material(material).await.unwrap(), Some(paper.case));
        assert_eq!(store.case_of_material(fresh()).await.unwrap(), None);
        for _ in 0..2 {
            let mut reading = command(vec![part(
                Stream::new(StreamKind::Reading, paper.case.0),
                Expected::Any,
                vec![Event::Reading(ReadingEvent::MaterialRead {
                    case_id: paper.case,
                    material_id: material,
                    section: "IDPC".to_owned(),
                    organisation: firm.organisation,
                    associated: false,
                    policy: "preview".to_owned(),
                })],
            )]);
            reading.moment.by = firm.person();
            store.append(reading).await.unwrap();
        }
        let theirs = store.opened(paper.case, firm.active).await.unwrap().unwrap();
        assert_eq!((theirs.materials_read, theirs.documents_read), (vec![material], vec![]));
        let others = store.opened(paper.case, firm.suspended).await.unwrap().unwrap();
        assert_eq!(others.materials_read, []);
        let readings = store.events(Stream::new(StreamKind::Reading, paper.case.0), 0).await.unwrap();
        assert_eq!(readings.len(), 2);
    }

    async fn accounts_organisations_and_credentials_are_found(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::Court, Some("B01AA00")).await;
        let email = format!(" {}@EXAMPLE.test", office.active.to_string().to_uppercase());
        let account = store.account_by_email(&email).await.unwrap().unwrap();
        assert_eq!((account.id, account.active), (office.active, true));
        assert!(!store.account(office.suspended).await.unwrap().unwrap().active);
        assert_eq!(store.account(fresh()).await.unwrap(), None);
        let all: Vec<_> = store.accounts().await.unwrap().into_iter().map(|a| a.id).collect();
        assert_eq!(all, [office.active, office.suspended]);
        let organisation = store.organisation(office.organisation).await.unwrap().unwrap();
        assert_eq!(organisation.ou_code.as_deref(), Some("B01AA00"));
        assert_eq!(store.organisations().await.unwrap(), [organisation]);
        let known = store.directory().await.unwrap();
        assert_eq!(known.organisations, store.organisations().await.unwrap());
        assert!(known.with_people.contains(&office.organisation));
        let again = store.directory().await.unwrap();
        assert!(Arc::ptr_eq(&known, &again), "read a second time");
        let gone = Event::Account(AccountEvent::AccountSuspended { account: office.active, by_service: false });
        append(store, Stream::new(StreamKind::Account, fresh()), vec![gone]).await.unwrap();
        assert!(store.directory().await.unwrap().with_people.is_empty());
        let other = Office::open(store, OrganisationKind::Prison, None).await;
        let all = &store.directory().await.unwrap().organisations;
        assert_eq!(all.last().unwrap().id, other.organisation);
        let id: MachineId = fresh();
        let stream = Stream::new(StreamKind::Account, id.0);
        let machine =
            Machine { id, name: "Intake".to_owned(), ou_code: OU_CODE.to_owned(), active: true };
        let issued = Event::Account(AccountEvent::MachineIssued(machine.clone()));
        append(store, stream, vec![issued]).await.unwrap();
        assert_eq!(store.machine(id).await.unwrap(), Some(machine.clone()));
        let revoked = Event::Account(AccountEvent::MachineRevoked { machine: id });
        append(store, stream, vec![revoked]).await.unwrap();
        assert_eq!(store.machines().await.unwrap(), [Machine { active: false, ..machine }]);
        assert_eq!(store.machine(fresh()).await.unwrap(), None);
    }

    async fn names_are_kept_folded_for_search(ground: &Ground) {
        let paper = Paper::new();
        append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
        let names = ground.value("select names_folded from case_index").await;
        assert_eq!(names, "sian vaughan | owen marsh");
        let folded = ground.rows("select name_folded from defendant_index order by place").await;
        assert_eq!(folded, [["sian vaughan"], ["owen marsh"]]);
    }
}
