//! Notices reach those concerned, at once, and nobody else.

use crate::{
    court::{OU_CODE, Office, Paper, Room, Warrant, append, command, fresh, noon, part},
    ground::Ground,
};
use app::ports::{Courts, Expected, Index, KeptNotice, Ledger, ToldOfCase, Work};
use domain::{
    Event, Stream, StreamKind,
    account::AccountEvent,
    case::{AccessChange, CaseEvent},
    hearing::{HearingEvent, Officer, Proposal},
};
use store::Store;
use tokio::sync::broadcast::error::TryRecvError;
use vocabulary::{
    AmendmentKind, AmendmentReason, DeliveryState, HearingId, OrganisationId, OrganisationKind,
};

async fn told(store: &Store, office: &Office) -> Vec<KeptNotice> {
    assert_eq!(
        store
            .notices(office.suspended, noon().day(), 50)
            .await
            .unwrap(),
        [],
        "a suspended account was told"
    );
    store
        .notices(office.active, noon().day(), 50)
        .await
        .unwrap()
}

fn begun(amender: &Officer) -> Event {
    Event::Hearing(HearingEvent::ResultsAmendmentBegun {
        kind: AmendmentKind::UserError,
        reason: AmendmentReason::SlipRule,
        note: "The bench said £200.".to_owned(),
        by: amender.clone(),
        draft_revision: 0,
    })
}

struct People {
    prosecutor: Office,
    firm: Office,
    other_firm: Office,
    stranger: Office,
}

/// A case with a firm for each defendant, and a firm that has nothing to do with it.
async fn case_with_people(store: &Store, paper: &Paper) -> People {
    let people = People {
        prosecutor: Office::open(store, OrganisationKind::Prosecutor, Some(OU_CODE)).await,
        firm: Office::open(store, OrganisationKind::DefenceFirm, None).await,
        other_firm: Office::open(store, OrganisationKind::DefenceFirm, None).await,
        stranger: Office::open(store, OrganisationKind::DefenceFirm, None).await,
    };
    append(
        store,
        paper.stream(),
        vec![
            paper.created(),
            paper.associated(paper.first, people.firm.organisation),
            paper.associated(paper.second, people.other_firm.organisation),
        ],
    )
    .await
    .unwrap();
    people
}

on_both! {
    async fn material_for_one_defendant_is_announced_to_that_defendants_firm_only(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let people = case_with_people(store, &paper).await;
        let served = paper.served(Some(paper.first), people.prosecutor.organisation);
        append(store, paper.stream(), vec![served]).await.unwrap();
        let notices = told(store, &people.firm).await;
        assert_eq!(notices.len(), 1);
        assert_eq!(notices[0].title, format!("New material in {}", paper.urn));
        assert_eq!(notices[0].body, "IDPC: bundle.pdf, served by Northbridge Prosecution Service.");
        assert_eq!((notices[0].case_id, notices[0].read, notices[0].at), (Some(paper.case), false, noon()));
        assert_eq!(told(store, &people.other_firm).await, []);
        assert_eq!(told(store, &people.stranger).await, []);
    }

    async fn material_for_the_case_is_announced_to_every_firm_but_not_to_who_served_it(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let people = case_with_people(store, &paper).await;
        append(store, paper.stream(), vec![paper.served(None, people.firm.organisation)]).await.unwrap();
        assert_eq!(told(store, &people.firm).await, []);
        assert_eq!(told(store, &people.other_firm).await.len(), 1);
        assert_eq!(told(store, &people.stranger).await, []);
    }

    async fn a_firm_that_goes_on_record_is_announced_to_the_prosecutor(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let people = case_with_people(store, &paper).await;
        let notices = told(store, &people.prosecutor).await;
        assert_eq!(notices.len(), 2);
        // The newest first.
        assert_eq!(notices[0].body, "Pell & Harrow represents Owen Marsh.");
        assert_eq!(notices[1].title, format!("Defence on record in {}", paper.urn));
        assert_eq!(told(store, &people.firm).await, []);
    }

    async fn results_are_announced_to_both_sides(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let people = case_with_people(store, &paper).await;
        let resulted = paper.resulted(fresh(), noon().day());
        append(store, paper.stream(), vec![resulted]).await.unwrap();
        for office in [&people.firm, &people.other_firm, &people.prosecutor] {
            let notice = told(store, office).await.remove(0);
            assert_eq!(notice.title, format!("Results in {}", paper.urn));
            assert_eq!(notice.body, "The court shared the results of 21 November 2026.");
        }
        assert_eq!(told(store, &people.stranger).await, []);
    }

    async fn amended_results_are_announced_to_both_sides_with_the_reason(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let people = case_with_people(store, &paper).await;
        let (hearing, day) = (fresh(), noon().day());
        append(store, paper.stream(), vec![paper.resulted(hearing, day), paper.amended(hearing, day)])
            .await
            .unwrap();
        for office in [&people.firm, &people.other_firm, &people.prosecutor] {
            let notice = told(store, office).await.remove(0);
            assert_eq!(notice.title, format!("Results amended in {}", paper.urn));
            assert_eq!(
                notice.body,
                "The court amended the results of 21 November 2026. A result was recorded wrongly."
            );
        }
        assert_eq!(told(store, &people.stranger).await, []);
    }

    async fn whoever_has_a_document_is_told_that_it_no_longer_applies(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        let (had, waits) = (Warrant::new(), Warrant::new());
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        for warrant in [&had, &waits] {
            append(store, warrant.stream(), vec![
                warrant.requested(&paper, fresh(), prison.organisation),
                warrant.made(),
            ])
            .await
            .unwrap();
        }
        append(store, had.stream(), vec![
            had.advanced(had.to_inbox, DeliveryState::Sent),
            had.advanced(had.to_inbox, DeliveryState::Received),
            had.superseded(),
        ])
        .await
        .unwrap();
        // Nobody is told of the end of what they never had.
        append(store, waits.stream(), vec![waits.superseded()]).await.unwrap();
        let notices = told(store, &prison).await;
        assert_eq!(notices.len(), 2, "{notices:?}");
        assert_eq!(notices[0].title, "Warrant of commitment no longer applies");
        assert!(notices[0].body.contains("Siân Vaughan"), "{notices:?}");
    }

    async fn a_colleague_is_asked_to_approve_and_whoever_amends_hears_the_decision(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let office = Office::open(store, OrganisationKind::Court, None).await;
        let amender = Officer { account: fresh(), name: "Ada Wren".to_owned() };
        let hearing: HearingId = fresh();
        let stream = Stream::new(StreamKind::Hearing, hearing.0);
        let mut asking = command(vec![
            part(paper.stream(), Expected::New, vec![paper.created()]),
            part(stream, Expected::New, vec![
                paper.listed(hearing, &Room::new(), noon()),
                begun(&amender),
                Event::Hearing(HearingEvent::ApprovalRequested {
                    by: amender.clone(),
                    proposal: Proposal { lines: Vec::new(), results: Vec::new() },
                }),
            ]),
        ]);
        asking.moment.by = office.person();
        store.append(asking).await.unwrap();
        let notice = told(store, &office).await.remove(0);
        assert_eq!(notice.title, "Results wait for approval");
        assert!(notice.body.contains("Ada Wren"), "{notice:?}");
        // It leads to where the results are approved, not only to the case.
        assert_eq!(notice.hearing_id, Some(hearing));
        assert_eq!(store.notices(amender.account, noon().day(), 9).await.unwrap(), []);
        let rejected = Event::Hearing(HearingEvent::AmendmentRejected {
            by: Officer { account: office.active, name: "Rhiannon Ford".to_owned() },
            why: "It was £100.".to_owned(),
        });
        append(store, stream, vec![rejected]).await.unwrap();
        let notices = store.notices(amender.account, noon().day(), 9).await.unwrap();
        assert_eq!(notices[0].title, "Amended results not approved");
        assert_eq!(notices[0].hearing_id, Some(hearing));
        assert!(notices[0].body.contains("It was £100."), "{notices:?}");
        assert_eq!(told(store, &office).await.len(), 1);
    }

    async fn a_document_is_announced_to_its_recipient_when_it_is_there(ground: &Ground) {
        let (store, paper, warrant) = (&ground.store, Paper::new(), Warrant::new());
        let people = case_with_people(store, &paper).await;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let hearing: HearingId = fresh();
        store
            .append(command(vec![
                part(Stream::new(StreamKind::Hearing, hearing.0), Expected::New, vec![
                    paper.listed(hearing, &Room::new(), noon()),
                ]),
                part(warrant.stream(), Expected::New, vec![
                    warrant.requested(&paper, hearing, prison.organisation),
                    warrant.made(),
                    warrant.advanced(warrant.to_inbox, DeliveryState::Sent),
                ]),
            ]))
            .await
            .unwrap();
        assert_eq!(told(store, &prison).await, []);
        let received = warrant.advanced(warrant.to_inbox, DeliveryState::Received);
        append(store, warrant.stream(), vec![received]).await.unwrap();
        let notices = told(store, &prison).await;
        assert_eq!(notices.len(), 1);
        assert_eq!(notices[0].title, "Warrant of commitment received");
        assert_eq!(notices[0].body, "Siân Vaughan, Northbridge Magistrates' Court.");
        // A prison sees the document, not the case.
        assert_eq!(notices[0].case_id, None);
        for state in [DeliveryState::Opened, DeliveryState::Acknowledged] {
            append(store, warrant.stream(), vec![warrant.advanced(warrant.to_inbox, state)]).await.unwrap();
        }
        assert_eq!(told(store, &prison).await.len(), 1);
        assert_eq!(told(store, &people.firm).await, []);
    }

    async fn what_is_read_stays_read_and_only_by_its_owner(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let people = case_with_people(store, &paper).await;
        for _ in 0..3 {
            let served = paper.served(None, people.prosecutor.organisation);
            append(store, paper.stream(), vec![served]).await.unwrap();
        }
        let notices = told(store, &people.firm).await;
        assert_eq!(store.unread_notices(people.firm.active, noon().day()).await.unwrap(), 3);
        // Somebody else's notices are not theirs to mark.
        store.mark_read(people.other_firm.active, &[notices[0].id]).await.unwrap();
        assert_eq!(store.unread_notices(people.firm.active, noon().day()).await.unwrap(), 3);
        store.mark_read(people.firm.active, &[notices[1].id]).await.unwrap();
        store.mark_read(people.firm.active, &[notices[1].id]).await.unwrap();
        let read: Vec<bool> = told(store, &people.firm).await.iter().map(|n| n.read).collect();
        assert_eq!(read, [false, true, false]);
        store.mark_read(people.firm.active, &[]).await.unwrap();
        assert_eq!(store.unread_notices(people.firm.active, noon().day()).await.unwrap(), 0);
        assert_eq!(store.unread_notices(people.other_firm.active, noon().day()).await.unwrap(), 3);
        assert_eq!(store.notices(people.firm.active, noon().day(), 2).await.unwrap().len(), 2);
    }

    async fn whoever_bears_the_code_of_a_prosecutor_and_is_none_is_told_nothing(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let kinds = [OrganisationKind::DefenceFirm, OrganisationKind::Police, OrganisationKind::Media];
        let mut others = Vec::new();
        for kind in kinds {
            others.push(Office::open(store, kind, Some(OU_CODE)).await);
        }
        let people = case_with_people(store, &paper).await;
        let resulted = paper.resulted(fresh(), noon().day());
        append(store, paper.stream(), vec![resulted]).await.unwrap();
        assert_eq!(told(store, &people.prosecutor).await.len(), 3);
        for other in &others {
            assert_eq!(told(store, other).await, []);
            assert_eq!(store.cases_of(other.organisation, None, 9).await.unwrap(), []);
        }
    }

    async fn what_was_told_of_sensitive_cases_is_counted_case_by_case(ground: &Ground) {
        let store = &ground.store;
        let (paper, other) = (Paper::new(), Paper::new());
        let people = case_with_people(store, &paper).await;
        append(store, other.stream(), vec![
            other.created(),
            other.associated(other.first, people.firm.organisation),
            other.served(None, people.prosecutor.organisation),
        ]).await.unwrap();
        for _ in 0..3 {
            let served = paper.served(None, people.prosecutor.organisation);
            append(store, paper.stream(), vec![served]).await.unwrap();
        }
        let (firm, day) = (people.firm.active, noon().day());
        assert_eq!(store.told_of_sensitive(firm, day).await.unwrap(), []);
        let change = AccessChange::Sensitive {
            sensitive: true,
            reason: "A witness is protected.".to_owned(),
        };
        append(store, paper.stream(), vec![Event::Case(CaseEvent::AccessChanged { change })])
            .await
            .unwrap();
        let newest = told(store, &people.firm).await.remove(0);
        store.mark_read(firm, &[newest.id]).await.unwrap();
        let told = ToldOfCase { case_id: paper.case, all: 3, unread: 2 };
        assert_eq!(store.told_of_sensitive(firm, day).await.unwrap(), [told]);
        assert_eq!(store.told_of_sensitive(people.stranger.active, day).await.unwrap(), []);
    }

    async fn whoever_moves_to_another_office_leaves_behind_what_was_told_there(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let people = case_with_people(store, &paper).await;
        let served = paper.served(None, people.prosecutor.organisation);
        append(store, paper.stream(), vec![served]).await.unwrap();
        let (firm, day) = (people.firm.active, noon().day());
        let held = async || {
            let listed = store.notices(firm, day, 9).await.unwrap().len();
            (listed, store.unread_notices(firm, day).await.unwrap())
        };
        assert_eq!(held().await, (1, 1));
        let moves = async |organisation| {
            let stream = Stream::new(StreamKind::Account, firm.0);
            let moved = Event::Account(AccountEvent::AccountMoved { account: firm, organisation });
            append(store, stream, vec![moved]).await.unwrap();
        };
        moves(people.stranger.organisation).await;
        assert_eq!(held().await, (0, 0));
        moves(people.firm.organisation).await;
        assert_eq!(held().await, (1, 1));
    }

    async fn a_commit_tells_those_who_look_what_is_stale_and_no_stranger(ground: &Ground) {
        let (store, paper, warrant) = (&ground.store, Paper::new(), Warrant::new());
        let people = case_with_people(store, &paper).await;
        let prison = Office::open(store, OrganisationKind::Prison, None).await;
        let (hearing, room): (HearingId, _) = (fresh(), Room::new());
        let mut commits = store.commits();
        assert_eq!(commits.try_recv().unwrap_err(), TryRecvError::Empty);
        let served = paper.served(Some(paper.first), people.prosecutor.organisation);
        let appended = append(store, paper.stream(), vec![served]).await.unwrap();
        let committed = commits.recv().await.unwrap();
        assert_eq!(committed.position, appended.position);
        assert_eq!(committed.notices.iter().map(|(account, _)| *account).collect::<Vec<_>>(), [people.firm.active]);
        assert_eq!(committed.notices[0].1, told(store, &people.firm).await[0]);
        let mut parties = [
            people.prosecutor.organisation,
            people.firm.organisation,
            people.other_firm.organisation,
        ];
        parties.sort_unstable();
        assert_eq!(committed.touched.len(), 1);
        assert_eq!(committed.touched[0].tag, format!("case:{}", paper.case));
        let first = &committed.touched[0];
        // Nobody knows which court hears it: none is left out.
        assert_eq!((&first.organisations[..], &first.courts), (&parties[..], &Courts::All));
        assert_eq!(first.cases, [paper.case]);
        store
            .append(command(vec![
                part(Stream::new(StreamKind::Hearing, hearing.0), Expected::New, vec![
                    paper.listed(hearing, &room, noon()),
                ]),
                part(warrant.stream(), Expected::New, vec![
                    warrant.requested(&paper, hearing, prison.organisation),
                ]),
            ]))
            .await
            .unwrap();
        let committed = commits.recv().await.unwrap();
        let tags: Vec<&str> = committed.touched.iter().map(|t| t.tag.as_str()).collect();
        let (hearing_tag, case_tag) = (format!("hearing:{hearing}"), format!("case:{}", paper.case));
        assert_eq!(tags, [hearing_tag.as_str(), "hearings", case_tag.as_str(), "inbox"]);
        for touched in &committed.touched {
            assert!(!touched.organisations.contains(&people.stranger.organisation));
            let (whose, courts) = match touched.tag.as_str() {
                "inbox" => (&[prison.organisation][..], Courts::None),
                "hearings" => (&parties[..], Courts::These(vec![room.court])),
                _ => (&parties[..], Courts::All),
            };
            assert_eq!((&touched.organisations[..], &touched.courts), (whose, &courts));
        }
    }

    async fn whoever_amends_results_is_found_until_that_ends(ground: &Ground) {
        let (store, paper, hearing) = (&ground.store, Paper::new(), fresh::<HearingId>());
        let amender = Officer { account: fresh(), name: "Ada Wren".to_owned() };
        let stream = Stream::new(StreamKind::Hearing, hearing.0);
        append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        append(store, stream, vec![paper.listed(hearing, &Room::new(), noon())]).await.unwrap();
        let found = async || store.hearings_amended_by(amender.account).await.unwrap();
        assert_eq!(found().await, []);
        append(store, stream, vec![begun(&amender)]).await.unwrap();
        assert_eq!(found().await, [hearing]);
        assert_eq!(store.hearings_amended_by(fresh()).await.unwrap(), []);
        let unlocked = HearingEvent::AmendmentUnlocked {
            by: Officer { account: fresh(), name: "Bryn Calder".to_owned() },
            why: "Whoever amended them left.".to_owned(),
        };
        append(store, stream, vec![Event::Hearing(unlocked)]).await.unwrap();
        assert_eq!(found().await, []);
    }

    async fn the_courts_that_hear_a_case_are_told_of_it_and_one_that_never_did_once_more(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        let (here, there) = (Room::new(), Room::new());
        let hearings: [HearingId; 3] = [fresh(), fresh(), fresh()];
        let added = |hearing, room: &Room| {
            Event::Case(CaseEvent::HearingAdded {
                hearing_id: hearing,
                kind: "Trial".to_owned(),
                court: "Northbridge Magistrates' Court, Courtroom 2".to_owned(),
                day: noon().day(),
                time: "12:00".to_owned(),
                court_id: Some(room.court),
            })
        };
        let places = [&here, &there, &there];
        let mut commits = store.commits();
        let mut told = async |tag: &str| {
            let committed = commits.recv().await.unwrap();
            let touched = committed.touched.into_iter().find(|own| own.tag == tag).unwrap();
            assert_eq!(touched.cases, [paper.case]);
            touched.courts
        };
        let case = format!("case:{}", paper.case);
        for (hearing, room) in hearings.iter().zip(places) {
            let parts = vec![
                part(paper.stream(), Expected::Any, vec![added(*hearing, room)]),
                part(Stream::new(StreamKind::Hearing, hearing.0), Expected::New, vec![
                    paper.listed(*hearing, room, noon()),
                ]),
            ];
            store.append(command(parts)).await.unwrap();
            let sits = told(&case).await;
            assert!(matches!(&sits, Courts::These(all) if all.contains(&room.court)), "{sits:?}");
        }
        let both = Courts::These(vec![here.court, there.court]);
        let vacated = |hearing| {
            Event::Case(CaseEvent::HearingVacated {
                hearing_id: hearing,
                kind: "Trial".to_owned(),
                day: noon().day(),
                time: "12:00".to_owned(),
            })
        };
        // Another of its hearings is there still.
        append(store, paper.stream(), vec![vacated(hearings[1])]).await.unwrap();
        assert_eq!(told(&case).await, both);
        // The last one is told of, so that windows there ask again and find nothing.
        append(store, paper.stream(), vec![vacated(hearings[2])]).await.unwrap();
        assert_eq!(told(&case).await, both);
        let firm: OrganisationId = fresh();
        append(store, paper.stream(), vec![paper.associated(paper.first, firm)]).await.unwrap();
        assert_eq!(told(&case).await, Courts::These(vec![here.court]));
        let kept = store.case(paper.case).await.unwrap().unwrap();
        assert_eq!(kept.courts, [here.court]);
    }

    async fn a_command_that_is_repeated_or_refused_announces_nothing(ground: &Ground) {
        let (store, paper) = (&ground.store, Paper::new());
        let sent = command(vec![part(paper.stream(), Expected::New, vec![paper.created()])]);
        store.append(sent.clone()).await.unwrap();
        let mut commits = store.commits();
        store.append(sent).await.unwrap();
        store
            .append(command(vec![part(paper.stream(), Expected::New, vec![paper.created()])]))
            .await
            .unwrap_err();
        ground.settings.faults.no_space_in_append(1);
        append(store, paper.stream(), vec![paper.pleaded(noon().day())]).await.unwrap_err();
        assert_eq!(commits.try_recv().unwrap_err(), TryRecvError::Empty);
    }
}
