//! To whom a reason opened which case, and until when; and which cases are sensitive.

use crate::{
    court::{Office, Paper, append, command, fresh, noon, part},
    ground::Ground,
};
use app::ports::{Expected, Index, Ledger, Session, Work};
use domain::{
    Event, Stream, StreamKind,
    account::AccountEvent,
    case::{AccessChange, CaseEvent},
    reading::{GlassOpening, REASON_LASTS, ReadingEvent},
};
use vocabulary::{AccountId, CaseId, CasePermission, Instant, OpeningKind, OrganisationKind};

fn at(seconds: i64) -> Instant {
    noon().plus_seconds(seconds)
}

fn opening(account: AccountId, case: CaseId, kind: OpeningKind, seconds: i64) -> GlassOpening {
    GlassOpening {
        id: fresh(),
        case_id: case,
        account,
        name: "Ada Wren".to_owned(),
        reason: "The bench asked.".to_owned(),
        at: at(seconds),
        kind,
    }
}

async fn record(ground: &Ground, by: &Office, (case, seconds): (CaseId, i64), event: ReadingEvent) {
    let stream = Stream::new(StreamKind::Reading, case.0);
    let events = vec![Event::Reading(event)];
    let mut reading = command(vec![part(stream, Expected::Any, events)]);
    reading.moment.by = by.person();
    reading.moment.at = at(seconds);
    ground.store.append(reading).await.unwrap();
}

async fn open(ground: &Ground, by: &Office, opening: &GlassOpening, seconds: i64) {
    let (opening, organisation) = (opening.clone(), by.organisation);
    let case = opening.case_id;
    let event = match opening.kind {
        OpeningKind::Glass => ReadingEvent::GlassBroken {
            opening,
            organisation,
        },
        OpeningKind::Area => ReadingEvent::AreaReasonGiven {
            opening,
            organisation,
        },
        OpeningKind::Lifted => ReadingEvent::SensitivityLifted {
            opening,
            organisation,
        },
    };
    record(ground, by, (case, seconds), event).await;
}

async fn review(ground: &Ground, by: &Office, of: &GlassOpening, seconds: i64, justified: bool) {
    let event = ReadingEvent::OpeningReviewed {
        opening: of.clone(),
        by: "Yusuf Bramall".to_owned(),
        justified,
        note: "Nobody had asked.".to_owned(),
    };
    record(ground, by, (of.case_id, seconds), event).await;
}

on_both! {
    async fn a_reason_counts_for_its_person_and_case_until_its_end_or_a_review(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::Court, None).await;
        let (ada, ben): (AccountId, AccountId) = (office.active, fresh());
        let (first, second): (CaseId, CaseId) = (fresh(), fresh());
        let counts = async |whose, seconds| store.reasons(whose, at(seconds)).await.unwrap();
        let glass = opening(ada, first, OpeningKind::Glass, 0);
        open(ground, &office, &glass, 0).await;
        open(ground, &office, &opening(ada, second, OpeningKind::Lifted, 0), 0).await;
        assert_eq!(counts(ada, REASON_LASTS - 1).await, [(first, OpeningKind::Glass)]);
        assert_eq!(counts(ada, REASON_LASTS).await, []);
        assert_eq!(counts(ben, 1).await, []);
        open(ground, &office, &opening(ada, second, OpeningKind::Area, 5), 5).await;
        assert_eq!(counts(ada, 6).await.len(), 2);
        // What nobody reviews waits for nobody.
        let waiting = store.openings(None, 9).await.unwrap();
        assert!(waiting.iter().all(|one| one.opening.kind != OpeningKind::Area));
        assert_eq!(waiting.len(), 2);
        // Justified changes nothing; wrong closes what was opened before it, and not after.
        review(ground, &office, &glass, 60, true).await;
        assert_eq!(counts(ada, 61).await.len(), 2);
        let again = opening(ada, first, OpeningKind::Glass, 70);
        open(ground, &office, &again, 70).await;
        review(ground, &office, &again, 80, false).await;
        assert_eq!(counts(ada, 81).await, [(second, OpeningKind::Area)]);
        open(ground, &office, &opening(ada, first, OpeningKind::Glass, 90), 90).await;
        assert_eq!(counts(ada, 91).await.len(), 2);
    }

    async fn a_review_closes_what_it_is_of_whatever_the_clocks_say(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::Court, None).await;
        let glass = opening(office.active, fresh(), OpeningKind::Glass, 100);
        open(ground, &office, &glass, 100).await;
        // Reviewed on a server whose clock is behind.
        review(ground, &office, &glass, 40, false).await;
        assert_eq!(store.reasons(office.active, at(101)).await.unwrap(), []);
    }

    async fn whoever_is_signed_in_brings_the_reasons_that_count(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::Court, None).await;
        let session = Session { id: fresh(), account: office.active, expires_at: at(90_000), password: None };
        store.open_session(&session, "a token", noon()).await.unwrap();
        let reasoned = async |seconds| {
            let person = store.signed_in("a token", at(seconds)).await.unwrap().unwrap();
            (person.circumstances.reasoned, person.circumstances.stated)
        };
        assert_eq!(reasoned(0).await, (Vec::new(), Vec::new()));
        let (glass, area): (CaseId, CaseId) = (fresh(), fresh());
        open(ground, &office, &opening(office.active, glass, OpeningKind::Glass, 0), 0).await;
        open(ground, &office, &opening(office.active, area, OpeningKind::Area, 0), 0).await;
        assert_eq!(reasoned(1).await, (vec![glass], vec![area]));
        assert_eq!(reasoned(REASON_LASTS).await, (Vec::new(), Vec::new()));
    }

    async fn of_many_cases_those_are_named_that_are_sensitive_now(ground: &Ground) {
        let store = &ground.store;
        let (one, other) = (Paper::new(), Paper::new());
        for paper in [&one, &other] {
            append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        }
        let set = |sensitive| {
            let reason = "A witness is protected.".to_owned();
            let change = AccessChange::Sensitive { sensitive, reason };
            vec![Event::Case(CaseEvent::AccessChanged { change })]
        };
        let both = [one.case, other.case, fresh()];
        assert_eq!(store.sensitive_among(&both).await.unwrap(), []);
        append(store, one.stream(), set(true)).await.unwrap();
        assert_eq!(store.sensitive_among(&both).await.unwrap(), [one.case]);
        assert_eq!(store.sensitive_among(&[other.case]).await.unwrap(), []);
        append(store, one.stream(), set(false)).await.unwrap();
        assert_eq!(store.sensitive_among(&both).await.unwrap(), []);
    }

    async fn whoever_has_permission_hears_of_openings_while_it_lasts_and_they_are_of_a_court(ground: &Ground) {
        let store = &ground.store;
        let paper = Paper::new();
        let day = noon().day();
        let court = async || Office::open(store, OrganisationKind::Court, None).await;
        let (asks, today, over, gone) = (court().await, court().await, court().await, court().await);
        let firm = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let given = |to: &Office, until| Event::Case(CaseEvent::AccessChanged {
            change: AccessChange::Given {
                account: to.active,
                name: "Imogen Vasey".to_owned(),
                permission: CasePermission::Access,
                defendant: None,
                organisation: None,
                until,
                reason: "Sits on it.".to_owned(),
            },
        });
        append(store, paper.stream(), vec![
            paper.created(),
            Event::Case(CaseEvent::AccessChanged {
                change: AccessChange::Sensitive {
                    sensitive: true,
                    reason: "A witness is protected.".to_owned(),
                },
            }),
        ]).await.unwrap();
        append(store, paper.stream(), vec![
            given(&today, Some(day)),
            given(&over, Some(day.plus_days(-1))),
            given(&gone, None),
        ]).await.unwrap();
        let moved = Event::Account(AccountEvent::AccountMoved {
            account: gone.active,
            organisation: firm.organisation,
        });
        append(store, Stream::new(StreamKind::Account, gone.active.0), vec![moved]).await.unwrap();
        let mut commits = store.commits();
        open(ground, &asks, &opening(asks.active, paper.case, OpeningKind::Glass, 0), 0).await;
        let committed = commits.recv().await.unwrap();
        let told = |whom: &Office| {
            let mut notices = committed.notices.iter();
            notices.any(|(own, notice)| *own == whom.active && notice.body.contains("The bench asked."))
        };
        assert!(told(&today), "{committed:?}");
        assert!(!told(&over) && !told(&gone), "{committed:?}");
        append(store, paper.stream(), vec![paper.pleaded(day)]).await.unwrap();
        let committed = commits.recv().await.unwrap();
        assert!(committed.touched[0].accounts.contains(&today.active));
        assert!(!committed.touched[0].accounts.contains(&over.active));
        assert!(!committed.touched[0].accounts.contains(&gone.active));
    }
}
