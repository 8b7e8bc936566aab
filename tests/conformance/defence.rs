//! Who acts in a case, in the lists and in what people were told; and finding a
//! defendant by how the name sounds on a day.

use crate::{
    court::{OU_CODE, Office, Paper, append, fresh, noon},
    ground::{Database, Ground},
};
use app::ports::Index;
use domain::{Event, Stream, StreamKind, account::AccountEvent, case::CaseEvent};
use vocabulary::{
    AccountId, Day, DisassociationReason, Group, HearingId, OrganisationId, OrganisationKind,
    name_keys,
};

fn listed(hearing: HearingId, day: Day) -> Event {
    Event::Case(CaseEvent::HearingAdded {
        hearing_id: hearing,
        kind: "First hearing".to_owned(),
        court: "Northbridge".to_owned(),
        court_id: None,
        day,
        time: "10:00".to_owned(),
    })
}

fn vacated(hearing: HearingId, day: Day) -> Event {
    Event::Case(CaseEvent::HearingVacated {
        hearing_id: hearing,
        kind: "First hearing".to_owned(),
        day,
        time: "10:00".to_owned(),
    })
}

fn granted(paper: &Paper, to: &Office, by: OrganisationId, until: Option<Day>) -> Event {
    Event::Case(CaseEvent::AccessGranted {
        defendant_id: paper.first,
        account: to.active,
        name: "Rosalind Quaye".to_owned(),
        organisation: to.organisation,
        organisation_name: "Five Wells Chambers".to_owned(),
        by,
        by_name: "Pell & Harrow".to_owned(),
        until,
    })
}

fn removed(paper: &Paper, account: AccountId) -> Event {
    Event::Case(CaseEvent::AccessRemoved {
        defendant_id: paper.first,
        account,
        name: "Rosalind Quaye".to_owned(),
    })
}

fn gone(paper: &Paper, firm: OrganisationId) -> Event {
    Event::Case(CaseEvent::DefenceDisassociated {
        defendant_id: paper.first,
        organisation: firm,
        organisation_name: "Pell & Harrow".to_owned(),
        reason: DisassociationReason::ProfessionalReasons,
        note: String::new(),
    })
}

on_both! {
    async fn a_name_is_found_by_its_sound_on_a_day_on_which_it_is_listed_and_by_an_index(ground: &Ground) {
        let store = &ground.store;
        let day = noon().day();
        let (paper, other) = (Paper::new(), Paper::new());
        let hearing: HearingId = fresh();
        append(store, paper.stream(), vec![paper.created(), listed(hearing, day)]).await.unwrap();
        append(store, other.stream(), vec![other.created(), listed(fresh(), day.plus_days(1))]).await.unwrap();
        let found = store.candidates_by_name(day, &name_keys("Sian Vaughn")).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].defendant_id, found[0].case_id), (paper.first, paper.case));
        assert_eq!((found[0].names[0].as_str(), found[0].firm), ("Siân Vaughan", None));
        assert_eq!(found[0].days, [day]);
        assert_eq!(store.candidates_by_name(day, &name_keys("Zed Quill")).await.unwrap(), []);
        assert_eq!(store.candidates_by_name(day, &[]).await.unwrap(), []);
        // By reference, with its slips: every defendant of the case, with the days.
        let mut slipped = paper.urn.one_slip_away();
        slipped.push(paper.urn.clone());
        let found = store.candidates_by_reference(&slipped).await.unwrap();
        // Another test's case may be a slip away.
        let mut ids: Vec<_> = found.iter().filter(|one| one.case_id == paper.case).map(|one| one.defendant_id).collect();
        ids.sort_unstable();
        let mut both = vec![paper.first, paper.second];
        both.sort_unstable();
        assert_eq!(ids, both);
        // A hearing that is vacated is no day on which it is listed.
        append(store, paper.stream(), vec![vacated(hearing, day)]).await.unwrap();
        assert_eq!(store.candidates_by_name(day, &name_keys("Sian Vaughn")).await.unwrap(), []);
        let found = store.candidates_by_reference(std::slice::from_ref(&paper.urn)).await.unwrap();
        assert!(found.iter().all(|one| one.days.is_empty()));
        if ground.database == Database::Sqlite {
            let plan = ground.rows("explain query plan select * from defendant_hearing h \
                where h.day = '2026-11-21' and h.name_key in ('1', '2', '3', '4')").await;
            let plan = format!("{plan:?}");
            assert!(plan.contains("SEARCH") && plan.contains("day=? AND name_key=?"), "{plan}");
        }
    }

    async fn access_is_in_the_list_of_the_person_until_its_last_day_or_its_end(ground: &Ground) {
        let store = &ground.store;
        let day = noon().day();
        let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let chambers = Office::open(store, OrganisationKind::Chambers, None).await;
        let paper = Paper::new();
        append(store, paper.stream(), vec![
            paper.created(),
            paper.associated(paper.first, firm.organisation),
            granted(&paper, &chambers, firm.organisation, Some(day)),
        ]).await.unwrap();
        let list = async |on| store.cases_granted(chambers.active, on, 9).await.unwrap().len();
        assert_eq!((list(day).await, list(day.plus_days(1)).await), (1, 0));
        let among = [paper.case, fresh()];
        let acts = async |on| {
            let who = (chambers.active, chambers.organisation);
            store.acts_in(who, on, &among).await.unwrap()
        };
        assert_eq!((acts(day).await, acts(day.plus_days(1)).await), (vec![paper.case], vec![]));
        let who = (firm.active, firm.organisation);
        assert_eq!(store.acts_in(who, day, &among).await.unwrap(), []);
        assert_eq!(store.acts_in((chambers.active, fresh()), day, &[]).await.unwrap(), []);
        let told = async |on| store.notices(chambers.active, on, 9).await.unwrap();
        assert_eq!(told(day).await.len(), 1);
        assert_eq!(told(day.plus_days(1)).await, []);
        append(store, paper.stream(), vec![removed(&paper, chambers.active)]).await.unwrap();
        assert_eq!(list(day).await, 0);
        let left = told(day).await;
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].case_id, None);
        assert_eq!(store.unread_notices(chambers.active, day).await.unwrap(), 1);
    }

    async fn whoever_goes_on_to_another_office_is_told_nothing_of_what_they_had_by_name(ground: &Ground) {
        let store = &ground.store;
        let day = noon().day();
        let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let chambers = Office::open(store, OrganisationKind::Chambers, None).await;
        let elsewhere = Office::open(store, OrganisationKind::Chambers, None).await;
        let (counsel, paper, other) = (chambers.active, Paper::new(), Paper::new());
        let assigned = Event::Case(CaseEvent::AdvocateAssigned {
            account: counsel,
            name: "Rosalind Quaye".to_owned(),
            organisation: chambers.organisation,
            organisation_name: "Five Wells Chambers".to_owned(),
            until: day,
        });
        append(store, paper.stream(), vec![
            paper.created(),
            paper.associated(paper.first, firm.organisation),
            granted(&paper, &chambers, firm.organisation, None),
        ]).await.unwrap();
        append(store, other.stream(), vec![other.created(), assigned]).await.unwrap();
        // Papers and results: how often they are told in notices and windows, and what is theirs then.
        let tells = async || {
            let mut commits = store.commits();
            let served = paper.served(None, fresh());
            append(store, paper.stream(), vec![served]).await.unwrap();
            append(store, other.stream(), vec![other.resulted(fresh(), day)]).await.unwrap();
            let mut told = 0;
            for _ in 0..2 {
                let committed = commits.recv().await.unwrap();
                told += usize::from(committed.notices.iter().any(|(own, _)| *own == counsel));
                let mut touched = committed.touched.iter();
                told += usize::from(touched.any(|own| own.accounts.contains(&counsel)));
            }
            (told, store.notices(counsel, day, 99).await.unwrap().len())
        };
        assert_eq!(tells().await, (4, 4));
        let becomes = async |event| {
            let stream = Stream::new(StreamKind::Account, counsel.0);
            append(store, stream, vec![Event::Account(event)]).await.unwrap();
        };
        let moves = |organisation| AccountEvent::AccountMoved { account: counsel, organisation };
        becomes(moves(elsewhere.organisation)).await;
        assert_eq!(tells().await, (0, 0));
        let among = [paper.case, other.case];
        let acts = async |at| store.acts_in((counsel, at), day, &among).await.unwrap().len();
        assert_eq!((acts(chambers.organisation).await, acts(elsewhere.organisation).await), (2, 0));
        // What is given there is told there, and stays there.
        append(store, paper.stream(), vec![granted(&paper, &Office {
            organisation: elsewhere.organisation,
            active: counsel,
            suspended: elsewhere.suspended,
        }, firm.organisation, None)]).await.unwrap();
        assert_eq!(tells().await, (2, 4));
        becomes(moves(chambers.organisation)).await;
        assert_eq!(tells().await, (2, 3));
        // As a clerk they open neither.
        becomes(AccountEvent::RolesChanged {
            account: counsel,
            role: "Clerk".to_owned(),
            groups: vec![Group::ChambersClerk],
        }).await;
        assert_eq!(tells().await.0, 0);
    }

    async fn a_case_that_is_closed_to_one_of_a_firm_is_known_until_the_firm_gives_it(ground: &Ground) {
        let store = &ground.store;
        let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let (joiner, paper, day) = (firm.active, Paper::new(), noon().day());
        let arose = Event::Case(CaseEvent::ConflictArose {
            account: joiner,
            name: "Rosalind Quaye".to_owned(),
            organisation: firm.organisation,
            organisation_name: "Pell & Harrow".to_owned(),
        });
        append(store, paper.stream(), vec![
            paper.created(),
            paper.associated(paper.first, firm.organisation),
            paper.served(None, fresh()),
        ]).await.unwrap();
        let prosecutor = Office::open(store, OrganisationKind::Prosecutor, Some(OU_CODE)).await;
        let stream = Stream::new(StreamKind::Account, prosecutor.active.0);
        let prosecutes = Event::Account(AccountEvent::RolesChanged {
            account: prosecutor.active,
            role: "Crown prosecutor".to_owned(),
            groups: vec![Group::Cps],
        });
        append(store, stream, vec![prosecutes]).await.unwrap();
        let who = (joiner, firm.organisation);
        let closed = async || store.cases_barred(who).await.unwrap();
        let leads = async || {
            let told = store.notices(joiner, day, 9).await.unwrap();
            told.iter().filter(|own| own.case_id.is_some()).count()
        };
        assert_eq!((closed().await, leads().await), (vec![], 1));
        append(store, paper.stream(), vec![arose]).await.unwrap();
        let told = store.notices(prosecutor.active, day, 9).await.unwrap().remove(0);
        assert_eq!(told.title, format!("Conflict in {}", paper.urn));
        assert_eq!(told.case_id, Some(paper.case));
        append(store, paper.stream(), vec![paper.served(None, fresh())]).await.unwrap();
        assert_eq!((closed().await, leads().await), (vec![paper.case], 0));
        append(store, paper.stream(), vec![granted(&paper, &firm, firm.organisation, None)]).await.unwrap();
        append(store, paper.stream(), vec![paper.served(None, fresh())]).await.unwrap();
        // It is asked case by case what of it is theirs.
        assert_eq!(closed().await, [paper.case]);
        assert!(leads().await > 1);
        append(store, paper.stream(), vec![removed(&paper, joiner)]).await.unwrap();
        assert_eq!((closed().await, leads().await), (vec![paper.case], 0));
    }

    async fn a_case_waits_for_a_firm_until_one_is_there_or_the_order_is_withdrawn(ground: &Ground) {
        let store = &ground.store;
        let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let paper = Paper::new();
        let awaited = domain::case::awaited_firm("0A123B");
        let order = |organisation, contract: Option<&str>| {
            Event::Case(CaseEvent::RepresentationOrderMade {
                defendant_id: paper.first,
                organisation,
                organisation_name: "Pryce Adeyemi".to_owned(),
                reference: "7001234".to_owned(),
                from: noon().day(),
                contract: contract.map(str::to_owned),
            })
        };
        append(store, paper.stream(), vec![
            paper.created(),
            paper.associated(paper.first, awaited),
        ]).await.unwrap();
        assert!(store.cases_awaiting_firms(9).await.unwrap().is_empty());
        append(store, paper.stream(), vec![order(awaited, Some("0A123B"))]).await.unwrap();
        assert_eq!(store.cases_awaiting_firms(9).await.unwrap(), [paper.case]);
        assert_eq!(store.cases_of(awaited, None, 9).await.unwrap().len(), 1);
        let Event::Case(CaseEvent::DefenceAssociated {
            defendant_id, organisation, organisation_name, basis, instructed_on, ..
        }) = paper.associated(paper.first, firm.organisation) else {
            panic!("it is an association")
        };
        let registered = Event::Case(CaseEvent::DefenceAssociated {
            defendant_id, organisation, organisation_name, basis, instructed_on,
            awaited: Some(awaited),
        });
        append(store, paper.stream(), vec![registered, order(firm.organisation, None)]).await.unwrap();
        assert!(store.cases_awaiting_firms(9).await.unwrap().is_empty());
        assert_eq!(store.cases_of(awaited, None, 9).await.unwrap(), []);
        assert_eq!(store.cases_of(firm.organisation, None, 9).await.unwrap().len(), 1);
    }

    async fn a_firm_that_went_off_record_has_neither_the_case_nor_what_it_was_told_of_it(ground: &Ground) {
        let store = &ground.store;
        let day = noon().day();
        let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let prosecutor = Office::open(store, OrganisationKind::Prosecutor, Some(OU_CODE)).await;
        let agency = Office::open(store, OrganisationKind::LegalAid, None).await;
        let paper = Paper::new();
        append(store, paper.stream(), vec![
            paper.created(),
            paper.associated(paper.first, firm.organisation),
            paper.served(None, prosecutor.organisation),
        ]).await.unwrap();
        assert_eq!(store.cases_of(firm.organisation, None, 9).await.unwrap().len(), 1);
        assert!(store.notices(firm.active, day, 9).await.unwrap()[0].case_id.is_some());
        append(store, paper.stream(), vec![gone(&paper, firm.organisation)]).await.unwrap();
        assert_eq!(store.cases_of(firm.organisation, None, 9).await.unwrap(), []);
        let left = store.notices(firm.active, day, 9).await.unwrap();
        assert_eq!(left.len(), 1, "{left:#?}");
        assert_eq!(left[0].case_id, None);
        let messages = store.legal_aid_messages(None, 9).await.unwrap();
        assert_eq!(messages.len(), 2);
        assert!(messages[0].news.reason.is_some() && messages[1].news.basis.is_some());
        let earlier = store.legal_aid_messages(Some(messages[0].position), 9).await.unwrap();
        assert_eq!(earlier, messages[1..]);
        assert_eq!(store.notices(agency.active, day, 9).await.unwrap().len(), 2);
        // On record again, it has all of it again.
        append(store, paper.stream(), vec![paper.associated(paper.first, firm.organisation)]).await.unwrap();
        assert_eq!(store.cases_of(firm.organisation, None, 9).await.unwrap().len(), 1);
        assert_eq!(store.notices(firm.active, day, 9).await.unwrap().len(), 2);
    }
}
