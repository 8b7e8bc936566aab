//! Appending: once, in order, all or nothing, and nobody for a neighbour.

use crate::{
    court::{
        Office, Paper, Room, Warrant, append, case_stream, command, fresh, noon, opened, part,
    },
    ground::{Database, Ground},
};
use app::ports::{Expected, Fault, Index, Ledger, Work};
use domain::{Event, Stream, StreamKind};
use futures::future::join_all;
use vocabulary::{AccountId, CaseId, HearingId, OrganisationKind};

on_both! {
    async fn a_case_reads_back_as_it_was_recorded(ground: &Ground) {
        let paper = Paper::new();
        let day = noon().day();
        let appended =
            append(&ground.store, paper.stream(), vec![paper.created(), paper.pleaded(day)]).await.unwrap();
        assert!(!appended.repeated);
        let case = ground.store.case(paper.case).await.unwrap().unwrap();
        assert_eq!((case.version, &case.urn), (2, &paper.urn));
        assert_eq!(case.received_at, noon());
        assert!(case.offence(paper.offence).unwrap().1.plea.as_ref().unwrap().guilty);
        let events = ground.store.events(paper.stream(), 0).await.unwrap();
        assert_eq!((events.len(), &events[0].event), (2, &paper.created()));
        assert_eq!(events[1].position, appended.position);
        assert_eq!(ground.store.events(paper.stream(), 1).await.unwrap().len(), 1);
        assert_eq!(domain::case::Case::of(&events).as_ref(), Some(&*case));
    }

    async fn a_case_opens_whole_with_what_is_new_to_whoever_opens_it(ground: &Ground) {
        let store = &ground.store;
        let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let (paper, hearing, warrant) = (Paper::new(), fresh::<HearingId>(), Warrant::new());
        let listed = paper.listed(hearing, &Room::new(), noon());
        store.append(command(vec![
            part(paper.stream(), Expected::New, vec![paper.created(), paper.heard_in(hearing), paper.documented(warrant.document)]),
            part(Stream::new(StreamKind::Hearing, hearing.0), Expected::New, vec![listed]),
            part(warrant.stream(), Expected::New, vec![warrant.requested(&paper, hearing, fresh())]),
        ])).await.unwrap();
        assert!(store.opened(fresh(), firm.active).await.unwrap().is_none());
        let whole = store.opened(paper.case, firm.active).await.unwrap().unwrap();
        assert_eq!(Some(&whole.case), store.case(paper.case).await.unwrap().as_deref());
        assert_eq!(whole.hearings, store.hearings(&[hearing]).await.unwrap());
        assert_eq!(whole.documents, store.documents(&[warrant.document]).await.unwrap());
        let events = store.events(paper.stream(), 0).await.unwrap();
        assert_eq!((whole.received, whole.since.as_slice()), (Some(events[0].at), &events[1..]));
        store.mark_seen(firm.active, paper.case, 1).await.unwrap();
        let later = store.opened(paper.case, firm.active).await.unwrap().unwrap();
        assert_eq!((later.received, later.since), (None, whole.since.clone()));
        let others = store.opened(paper.case, firm.suspended).await.unwrap().unwrap();
        assert_eq!(others.since.len(), whole.since.len());
        store.forget(paper.case.0, noon()).await.unwrap();
        assert!(store.opened(paper.case, firm.active).await.unwrap().is_none());
    }

    async fn what_nobody_waits_for_is_recorded_within_a_second(ground: &Ground) {
        let paper = Paper::new();
        let sent = command(vec![part(paper.stream(), Expected::New, vec![paper.created()])]);
        let mut commits = ground.store.commits();
        ground.store.append_soon(sent).await.unwrap();
        tokio::time::timeout(std::time::Duration::from_secs(10), commits.recv()).await.unwrap().unwrap();
        assert_eq!(ground.store.case(paper.case).await.unwrap().unwrap().version, 1);
        // Or at once, for somebody who reads what was read.
        let next = Paper::new();
        let sent = command(vec![part(next.stream(), Expected::New, vec![next.created()])]);
        ground.store.append_soon(sent).await.unwrap();
        ground.store.append_waiting().await.unwrap();
        assert_eq!(ground.store.case(next.case).await.unwrap().unwrap().version, 1);
    }

    async fn a_reading_that_finds_no_space_is_kept_and_the_next_ones_are_waited_for(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let created = |paper: &Paper| command(vec![part(paper.stream(), Expected::New, vec![paper.created()])]);
        ground.settings.faults.no_space_in_append(1);
        store.append_soon(created(&paper)).await.unwrap();
        let mut waited_for = false;
        for _ in 0..1_000 {
            let next = Paper::new();
            store.append_soon(created(&next)).await.unwrap();
            waited_for |= store.case(next.case).await.unwrap().is_some();
            if waited_for && store.case(paper.case).await.unwrap().is_some() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("waited for: {waited_for}; the first was not recorded, or nobody was made to wait");
    }

    async fn a_store_that_closes_records_what_waits_and_takes_nothing_more(ground: &Ground) {
        let beside = ground.another_server().await;
        let (one, two) = (Paper::new(), Paper::new());
        let sent = command(vec![part(one.stream(), Expected::New, vec![one.created()])]);
        beside.append_soon(sent).await.unwrap();
        beside.close().await.unwrap();
        assert_eq!(ground.store.case(one.case).await.unwrap().unwrap().version, 1);
        let late = command(vec![part(two.stream(), Expected::New, vec![two.created()])]);
        assert!(beside.append(late.clone()).await.is_err());
        assert!(beside.append_soon(late).await.is_err());
    }

    async fn cases_come_in_the_order_asked_and_unknown_ones_are_left_out(ground: &Ground) {
        let (one, two) = (Paper::new(), Paper::new());
        for paper in [&one, &two] {
            append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
        }
        let found = ground.store.cases(&[two.case, fresh(), one.case]).await.unwrap();
        assert_eq!(found.iter().map(|c| c.id).collect::<Vec<_>>(), [two.case, one.case]);
        assert_eq!(ground.store.case(fresh()).await.unwrap(), None);
    }

    async fn the_same_command_twice_is_recorded_once(ground: &Ground) {
        let paper = Paper::new();
        let sent = command(vec![part(paper.stream(), Expected::New, vec![paper.created()])]);
        let first = ground.store.append(sent.clone()).await.unwrap();
        let second = ground.store.append(sent.clone()).await.unwrap();
        assert!(second.repeated && !first.repeated);
        assert_eq!((first.position, first.answer), (second.position, second.answer));
        assert_eq!(ground.store.events(paper.stream(), 0).await.unwrap().len(), 1);
        assert_eq!(ground.store.answered(sent.command).await.unwrap(), Some(sent.answer));
        assert_eq!(ground.store.answered(fresh()).await.unwrap(), None);
    }

    async fn the_same_command_twice_in_one_batch_is_recorded_once(ground: &Ground) {
        let paper = Paper::new();
        let sent = command(vec![part(paper.stream(), Expected::New, vec![paper.created()])]);
        let outcomes = join_all((0..20).map(|_| ground.store.append(sent.clone()))).await;
        let repeated = outcomes.iter().filter(|o| o.as_ref().unwrap().repeated).count();
        assert_eq!(repeated, 19);
        assert_eq!(ground.store.events(paper.stream(), 0).await.unwrap().len(), 1);
    }

    async fn a_stale_version_is_refused_and_its_neighbours_are_unharmed(ground: &Ground) {
        let paper = Paper::new();
        append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
        let day = noon().day();
        // All race for version 1 of one case; each also has a case of its own.
        let others: Vec<Paper> = (0..30).map(|_| Paper::new()).collect();
        let racing = join_all((0..30).map(|n| {
            let event = paper.pleaded(day.plus_days(n));
            ground.store.append(command(vec![part(paper.stream(), Expected::Version(1), vec![event])]))
        }));
        let quiet = join_all(others.iter().map(|other| {
            ground.store.append(command(vec![part(other.stream(), Expected::New, vec![other.created()])]))
        }));
        let (racing, quiet) = futures::join!(racing, quiet);
        assert!(quiet.iter().all(Result::is_ok), "{quiet:?}");
        let stale = Fault::Stale { stream: paper.stream().to_string(), found: 2 };
        assert_eq!(racing.iter().filter(|o| o.is_ok()).count(), 1);
        assert_eq!(racing.iter().filter(|o| o.as_ref().err() == Some(&stale)).count(), 29);
        assert_eq!(ground.store.case(paper.case).await.unwrap().unwrap().version, 2);
    }

    async fn a_command_over_several_streams_is_recorded_whole_or_not_at_all(ground: &Ground) {
        let (one, two) = (Paper::new(), Paper::new());
        append(&ground.store, two.stream(), vec![two.created()]).await.unwrap();
        let refused = ground
            .store
            .append(command(vec![
                part(one.stream(), Expected::New, vec![one.created()]),
                part(two.stream(), Expected::New, vec![two.created()]),
            ]))
            .await;
        assert_eq!(refused.unwrap_err(), Fault::Stale { stream: two.stream().to_string(), found: 1 });
        assert_eq!(ground.store.case(one.case).await.unwrap(), None);
        assert_eq!(ground.store.case_by_urn(&one.urn).await.unwrap(), None);
        let hearing: HearingId = fresh();
        let stream = Stream::new(StreamKind::Hearing, hearing.0);
        let both = ground
            .store
            .append(command(vec![
                part(one.stream(), Expected::New, vec![one.created()]),
                part(stream, Expected::New, vec![one.listed(hearing, &Room::new(), noon())]),
                // Nothing is appended to this one, but it must not have changed.
                part(two.stream(), Expected::Version(1), vec![]),
            ]))
            .await
            .unwrap();
        assert_eq!(ground.store.hearing(hearing).await.unwrap().unwrap().parties.len(), 2);
        assert_eq!(ground.store.events(stream, 0).await.unwrap()[0].position, both.position);
        assert_eq!(ground.store.verify().await.unwrap().bad, None);
    }

    async fn an_event_that_cannot_follow_is_refused_and_leaves_nothing(ground: &Ground) {
        let paper = Paper::new();
        let never_began =
            append(&ground.store, paper.stream(), vec![paper.pleaded(noon().day())]).await;
        assert!(matches!(never_began, Err(Fault::Broken(_))));
        let elsewhere = Stream::new(StreamKind::Hearing, paper.case.0);
        let wrong_stream = append(&ground.store, elsewhere, vec![paper.created()]).await;
        assert!(matches!(wrong_stream, Err(Fault::Broken(_))));
        assert_eq!(ground.value("select count(*) from ledger_event").await, "0");
    }

    async fn a_reference_is_given_to_one_case_only(ground: &Ground) {
        let one = Paper::new();
        let two = Paper { urn: one.urn.clone(), ..Paper::new() };
        let three = Paper::new();
        // In one batch, so that neither finds the other by reading first.
        let outcomes = join_all([&one, &two, &three].map(|paper| {
            ground.store.append(command(vec![part(paper.stream(), Expected::New, vec![paper.created()])]))
        }))
        .await;
        assert!(outcomes[0].is_ok() && outcomes[2].is_ok());
        let taken = Fault::Stale { stream: one.stream().to_string(), found: 1 };
        assert_eq!(outcomes[1].as_ref().unwrap_err(), &taken);
        let later = append(&ground.store, two.stream(), vec![two.created()]).await;
        assert_eq!(later.unwrap_err(), taken);
        assert_eq!(ground.store.case_by_urn(&one.urn).await.unwrap(), Some(one.case));
    }

    async fn an_email_is_given_to_one_account_only(ground: &Ground) {
        let office = Office::open(&ground.store, OrganisationKind::DefenceFirm, None).await;
        let id: AccountId = fresh();
        let Event::Account(domain::account::AccountEvent::AccountOpened(mut account)) =
            opened(id, office.organisation)
        else {
            unreachable!()
        };
        account.email = format!("{}@example.test", office.active);
        let event = Event::Account(domain::account::AccountEvent::AccountOpened(account));
        let refused = append(&ground.store, Stream::new(StreamKind::Account, id.0), vec![event]).await;
        assert!(matches!(refused, Err(Fault::Stale { .. })));
    }

    async fn positions_have_no_gap_and_follow_the_order_of_answers(ground: &Ground) {
        let papers: Vec<Paper> = (0..120).map(|_| Paper::new()).collect();
        let outcomes = join_all(papers.iter().map(|paper| {
            append(&ground.store, paper.stream(), vec![paper.created()])
        }))
        .await;
        let mut positions: Vec<u64> = outcomes.iter().map(|o| o.as_ref().unwrap().position).collect();
        positions.sort_unstable();
        assert_eq!(positions, (1..=120).collect::<Vec<u64>>());
        let ids: Vec<CaseId> = papers.iter().map(|p| p.case).collect();
        assert_eq!(ground.store.cases(&ids).await.unwrap().len(), 120);
    }

    async fn a_caller_that_goes_away_leaves_its_command_whole_or_not_there(ground: &Ground) {
        let papers: Vec<Paper> = (0..40).map(|_| Paper::new()).collect();
        let mut tasks = Vec::new();
        for paper in &papers {
            let store = ground.store.clone();
            let sent = command(vec![part(paper.stream(), Expected::New, vec![
                paper.created(),
                paper.pleaded(noon().day()),
            ])]);
            tasks.push(tokio::spawn(async move { store.append(sent).await }));
        }
        for task in &tasks {
            tokio::task::yield_now().await;
            task.abort();
        }
        // A last command, answered, shows that the appender is through with the others.
        let last = Paper::new();
        append(&ground.store, last.stream(), vec![last.created()]).await.unwrap();
        for paper in &papers {
            let events = ground.store.events(paper.stream(), 0).await.unwrap().len();
            assert!(events == 0 || events == 2, "{events}");
        }
        assert_eq!(ground.store.verify().await.unwrap().bad, None);
    }

    async fn no_space_acknowledges_nothing_and_leaves_nothing(ground: &Ground) {
        let (one, two) = (Paper::new(), Paper::new());
        append(&ground.store, one.stream(), vec![one.created()]).await.unwrap();
        ground.settings.faults.no_space_in_append(1);
        let sent = command(vec![part(two.stream(), Expected::New, vec![two.created()])]);
        assert_eq!(ground.store.append(sent.clone()).await.unwrap_err(), Fault::NoSpace);
        assert_eq!(ground.store.case(two.case).await.unwrap(), None);
        assert_eq!(ground.store.answered(sent.command).await.unwrap(), None);
        // As soon as there is room, the same command is recorded.
        assert!(!ground.store.append(sent).await.unwrap().repeated);
        assert_eq!(ground.store.case(two.case).await.unwrap().unwrap().version, 1);
        assert_eq!(ground.store.verify().await.unwrap().bad, None);
    }

    async fn nobody_fails_for_a_neighbour_that_the_database_refuses(ground: &Ground) {
        let papers: Vec<Paper> = (0..12).map(|_| Paper::new()).collect();
        let refused = papers[5].stream().to_string();
        // Nothing that could be read beforehand forbids this event.
        ground
            .tamper(&match ground.database {
                Database::Sqlite => format!(
                    "create trigger refusal before insert on ledger_event \
                     when new.stream = '{refused}' begin select raise(abort, 'refused'); end"
                ),
                #[cfg(unix)]
                Database::Postgres => format!(
                    "create function refuse() returns trigger as $$ begin \
                     raise exception 'refused'; end $$ language plpgsql; \
                     create trigger refusal before insert on ledger_event for each row \
                     when (new.stream = '{refused}') execute function refuse()"
                ),
            })
            .await;
        let outcomes = join_all(papers.iter().map(|paper| {
            append(&ground.store, paper.stream(), vec![paper.created()])
        }))
        .await;
        for (n, outcome) in outcomes.iter().enumerate() {
            assert_eq!(outcome.is_ok(), n != 5, "{n}: {outcome:?}");
        }
        let found = ground.store.verify().await.unwrap();
        assert_eq!((found.events, found.bad), (11, None));
        assert_eq!(ground.store.case_by_urn(&papers[5].urn).await.unwrap(), None);
    }

    async fn a_destroyed_key_closes_the_case_and_leaves_the_chain_whole(ground: &Ground) {
        let (one, two) = (Paper::new(), Paper::new());
        for paper in [&one, &two] {
            append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
        }
        ground.store.forget(one.case.0, noon()).await.unwrap();
        assert_eq!(ground.store.verify().await.unwrap().bad, None);
        assert_eq!(ground.store.case(one.case).await.unwrap(), None);
        assert_eq!(ground.store.case_by_urn(&one.urn).await.unwrap(), None);
        assert_eq!(ground.store.events(one.stream(), 0).await.unwrap(), []);
        let names = ground.rows("select names_folded from case_index").await;
        assert_eq!(names.len(), 1);
        // Nobody may begin to seal under that key again.
        let more = append(&ground.store, case_stream(one.case), vec![one.pleaded(noon().day())]).await;
        assert!(matches!(more, Err(Fault::Broken(_))), "{more:?}");
        assert_eq!(ground.store.case(two.case).await.unwrap().unwrap().version, 1);
        append(&ground.store, two.stream(), vec![two.pleaded(noon().day())]).await.unwrap();
        assert_eq!(ground.store.verify().await.unwrap().bad, None);
    }

    async fn a_key_row_that_is_deleted_makes_the_case_unreadable_not_the_chain_wrong(ground: &Ground) {
        let paper = Paper::new();
        append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
        ground.tamper("delete from data_key").await;
        assert!(ground.store.case(paper.case).await.is_err());
        let more = append(&ground.store, paper.stream(), vec![paper.pleaded(noon().day())]).await;
        assert!(matches!(more, Err(Fault::Broken(_))), "{more:?}");
        let bad = ground.store.verify().await.unwrap().bad.unwrap();
        assert_eq!((bad.wrong, bad.stream), (store::Wrong::Key, paper.case.to_string()));
    }

    async fn names_of_people_are_not_in_the_stored_events(ground: &Ground) {
        let paper = Paper::new();
        append(&ground.store, paper.stream(), vec![paper.created()]).await.unwrap();
        let body = ground.value("select body from ledger_event").await;
        let name = format!("{:?}", "Vaughan".as_bytes());
        assert!(!body.contains(name.trim_matches(['[', ']'])));
        let snapshot = ground.value("select snapshot from stream_head").await;
        assert!(!snapshot.contains(name.trim_matches(['[', ']'])));
    }
}
