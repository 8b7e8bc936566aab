//! What lists, reports and reviews ask: whose cases, who opened what, who did what.

use crate::{
    court::{Office, Paper, append, command, fresh, noon, part},
    ground::Ground,
};
use app::ports::{Audited, Expected, Index, Ledger, MailFate, People, Session, SignIns, Work};
use domain::{
    Actor, Event, Origin, Stream, StreamKind,
    account::{Account, AccountEvent, Life},
    case::{AccessChange, CaseEvent},
    reading::{GlassOpening, ReadingEvent},
};
use vocabulary::{
    AccountId, CasePermission, DefendantId, Group, Instant, OpeningKind, OrganisationId,
    OrganisationKind,
};

fn at(seconds: i64) -> Instant {
    noon().plus_seconds(seconds)
}

fn changed(change: AccessChange) -> Event {
    Event::Case(CaseEvent::AccessChanged { change })
}

fn given(account: AccountId) -> Event {
    given_on(account, None)
}

fn given_on(account: AccountId, defendant: Option<DefendantId>) -> Event {
    changed(AccessChange::Given {
        account,
        name: "Ada Wren".to_owned(),
        permission: CasePermission::ALL[0],
        defendant,
        organisation: None,
        until: None,
        reason: "She hears it.".to_owned(),
    })
}

fn taken_back(account: AccountId, defendant: Option<DefendantId>) -> Event {
    changed(AccessChange::TakenBack {
        account,
        name: "Ada Wren".to_owned(),
        defendant,
        reason: "It is heard.".to_owned(),
    })
}

fn opening(paper: &Paper, seconds: i64) -> GlassOpening {
    GlassOpening {
        id: fresh(),
        case_id: paper.case,
        account: fresh(),
        name: "Ada Wren".to_owned(),
        reason: "The bench asked.".to_owned(),
        at: at(seconds),
        kind: OpeningKind::Glass,
    }
}

/// What somebody did with a case by looking at it.
async fn read(ground: &Ground, paper: &Paper, by: &Office, event: ReadingEvent) {
    let stream = Stream::new(StreamKind::Reading, paper.case.0);
    let mut reading = command(vec![part(
        stream,
        Expected::Any,
        vec![Event::Reading(event)],
    )]);
    reading.moment.by = by.person();
    ground.store.append(reading).await.unwrap();
}

fn invited(id: AccountId, organisation: OrganisationId) -> Event {
    let account = Account {
        id,
        email: format!("{id}@example.test"),
        name: "Gita Rowe".to_owned(),
        role: "Solicitor".to_owned(),
        organisation,
        groups: vec![Group::DefenceLawyers],
        active: false,
        life: Life::default(),
    };
    Event::Account(AccountEvent::AccountInvited(account.invited()))
}

on_both! {
    async fn chambers_see_the_cases_for_which_they_are_instructed_until_that_ends(ground: &Ground) {
        let store = &ground.store;
        let chambers: OrganisationId = fresh();
        let (paper, other) = (Paper::new(), Paper::new());
        let instructed = CaseEvent::CounselInstructed {
            defendant_id: paper.first,
            organisation: chambers,
            organisation_name: "Five Wells Chambers".to_owned(),
            by: fresh(),
            by_name: "Pell & Harrow".to_owned(),
            on: noon().day(),
        };
        let ended = CaseEvent::InstructionEnded {
            defendant_id: paper.first,
            organisation: chambers,
            organisation_name: "Five Wells Chambers".to_owned(),
        };
        let events = vec![paper.created(), Event::Case(instructed)];
        append(store, paper.stream(), events).await.unwrap();
        append(store, other.stream(), vec![other.created()]).await.unwrap();
        let list = async |of, most| store.cases_instructed(of, most).await.unwrap();
        let found = list(chambers, 9).await;
        assert_eq!(found.iter().map(|one| one.case_id).collect::<Vec<_>>(), [paper.case]);
        assert_eq!(list(chambers, 0).await, []);
        assert_eq!(list(fresh(), 9).await, []);
        append(store, paper.stream(), vec![Event::Case(ended)]).await.unwrap();
        assert_eq!(list(chambers, 9).await, []);
    }

    async fn a_case_is_permitted_to_somebody_until_that_is_taken_back(ground: &Ground) {
        let store = &ground.store;
        let (one, other): (AccountId, AccountId) = (fresh(), fresh());
        let paper = Paper::new();
        append(store, paper.stream(), vec![paper.created(), given(one)]).await.unwrap();
        let list = async |of, most| store.cases_permitted(of, most).await.unwrap();
        assert_eq!(list(one, 9).await[0].case_id, paper.case);
        assert_eq!((list(one, 0).await.len(), list(other, 9).await.len()), (0, 0));
        append(store, paper.stream(), vec![taken_back(one, None)]).await.unwrap();
        assert_eq!(list(one, 9).await, []);
        append(store, paper.stream(), vec![given(one)]).await.unwrap();
        assert_eq!(list(one, 9).await.len(), 1);
    }

    async fn of_permissions_on_two_defendants_one_is_taken_back_and_the_other_stays(ground: &Ground) {
        let store = &ground.store;
        let one: AccountId = fresh();
        let paper = Paper::new();
        let (first, second): (DefendantId, DefendantId) = (paper.first, fresh());
        let both = vec![paper.created(), given_on(one, Some(first)), given_on(one, Some(second))];
        append(store, paper.stream(), both).await.unwrap();
        let left = async || {
            let case = store.case(paper.case).await.unwrap().unwrap();
            let left: Vec<_> = case.access.permissions.iter().map(|own| own.defendant).collect();
            (left, store.cases_permitted(one, 9).await.unwrap().len())
        };
        let back = async |defendant| {
            append(store, paper.stream(), vec![taken_back(one, defendant)]).await.unwrap();
        };
        back(Some(first)).await;
        assert_eq!(left().await, (vec![Some(second)], 1));
        ground.store.rebuild().await.unwrap();
        assert_eq!(left().await, (vec![Some(second)], 1));
        back(Some(second)).await;
        assert_eq!(left().await, (vec![], 0));
        // Without a defendant it is all that they had, as with whoever leaves.
        let again = vec![given_on(one, Some(first)), given_on(one, Some(second))];
        append(store, paper.stream(), again).await.unwrap();
        back(None).await;
        assert_eq!(left().await, (vec![], 0));
    }

    async fn an_opening_of_a_sensitive_case_waits_until_it_is_reviewed(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::Court, None).await;
        let (paper, other) = (Paper::new(), Paper::new());
        let (early, late, elsewhere) = (opening(&paper, 0), opening(&paper, 60), opening(&other, 30));
        for (paper, opening) in [(&paper, &early), (&paper, &late), (&other, &elsewhere)] {
            let broken = ReadingEvent::GlassBroken { opening: opening.clone(), organisation: fresh() };
            read(ground, paper, &office, broken).await;
        }
        let ids = async |of, most| {
            let found = store.openings(of, most).await.unwrap();
            found.into_iter().map(|one| one.opening.id).collect::<Vec<_>>()
        };
        // Of one case the newest first; of all, those that have waited longest.
        assert_eq!(ids(Some(paper.case), 9).await, [late.id, early.id]);
        assert_eq!(ids(Some(paper.case), 1).await, [late.id]);
        assert_eq!(ids(None, 9).await, [early.id, elsewhere.id, late.id]);
        assert_eq!(ids(Some(fresh()), 9).await, []);
        let kept = store.opening(early.id).await.unwrap().unwrap();
        assert_eq!((&kept.opening, &kept.reviewed), (&early, &None));
        assert!(store.opening(fresh()).await.unwrap().is_none());
        let reviewed = ReadingEvent::OpeningReviewed {
            opening: early.clone(),
            by: "Yusuf Bramall".to_owned(),
            justified: true,
            note: "The bench had asked.".to_owned(),
        };
        read(ground, &paper, &office, reviewed).await;
        assert_eq!(ids(None, 9).await, [elsewhere.id, late.id]);
        assert_eq!(ids(Some(paper.case), 9).await, [late.id, early.id]);
        let (by, _) = store.opening(early.id).await.unwrap().unwrap().reviewed.unwrap();
        assert_eq!(by, "Yusuf Bramall");
    }

    async fn a_report_is_of_a_person_a_stream_a_kind_and_a_time(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let (paper, other) = (Paper::new(), Paper::new());
        for (paper, seconds, by) in [(&paper, 0, Actor::Service), (&other, 60, office.person())] {
            let mut doing = command(vec![part(paper.stream(), Expected::New, vec![paper.created()])]);
            doing.moment.at = at(seconds);
            doing.moment.by = by;
            store.append(doing).await.unwrap();
        }
        let cases = async |wanted: Audited| {
            let found = store.audited(wanted).await.unwrap();
            let of_cases = found.into_iter().filter(|one| one.stream.kind == StreamKind::Case);
            of_cases.map(|one| one.stream).collect::<Vec<_>>()
        };
        let all = || Audited { limit: 1_000, ..Audited::default() };
        assert_eq!(cases(all()).await, [paper.stream(), other.stream()]);
        let of_one = Audited { streams: Some(vec![other.stream()]), ..all() };
        assert_eq!(cases(of_one).await, [other.stream()]);
        assert_eq!(cases(Audited { streams: Some(Vec::new()), ..all() }).await, []);
        assert_eq!(cases(Audited { by: Some(vec![office.active]), ..all() }).await, [other.stream()]);
        assert_eq!(cases(Audited { by: Some(vec![office.suspended]), ..all() }).await, []);
        let both = vec![office.suspended, office.active];
        assert_eq!(cases(Audited { by: Some(both), ..all() }).await, [other.stream()]);
        assert_eq!(cases(Audited { by: Some(Vec::new()), ..all() }).await, []);
        assert_eq!(store.audited(Audited { limit: 1, ..all() }).await.unwrap().len(), 1);
        assert_eq!(cases(Audited { name: Some("case.case_created"), ..all() }).await.len(), 2);
        assert_eq!(cases(Audited { name: Some("case.plea_entered"), ..all() }).await, []);
        // After a place in the ledger: where the page before ended.
        let of_one = Audited { streams: Some(vec![paper.stream()]), ..all() };
        let after = store.audited(of_one).await.unwrap()[0].position;
        assert_eq!(cases(Audited { after, ..all() }).await, [other.stream()]);
        // From a moment on, and until before another.
        assert_eq!(cases(Audited { from: Some(at(60)), ..all() }).await, [other.stream()]);
        assert_eq!(cases(Audited { to: Some(at(60)), ..all() }).await, [paper.stream()]);
        assert_eq!(cases(Audited { from: Some(at(61)), ..all() }).await, []);
        // From an address, whoever it was; another that begins alike is another.
        let mut doing = command(vec![part(paper.stream(), Expected::Any, vec![given(fresh())])]);
        doing.moment.at = at(90);
        let from = Origin { address: "192.0.2.7".to_owned(), device: None };
        doing.moment.by = Actor::Stranger { from: Some(from) };
        store.append(doing).await.unwrap();
        let address = |text: &str| Audited { address: Some(text.parse().unwrap()), ..all() };
        assert_eq!(cases(address("192.0.2.7")).await, [paper.stream()]);
        for other in ["192.0.2.70", "192.0.2.1", "2.0.2.7"] {
            assert_eq!(cases(address(other)).await, []);
        }
    }

    async fn the_active_accounts_of_an_organisation_are_listed(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        Office::open(store, OrganisationKind::Prison, None).await;
        let found = store.accounts_of(office.organisation).await.unwrap();
        assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [office.active]);
        assert_eq!(store.accounts_of(fresh()).await.unwrap(), []);
    }

    async fn an_invitation_that_a_mail_server_refused_is_known_until_it_is_sent_again(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let (one, other): (AccountId, AccountId) = (fresh(), fresh());
        for id in [one, other] {
            let stream = Stream::new(StreamKind::Account, id.0);
            append(store, stream, vec![invited(id, office.organisation)]).await.unwrap();
        }
        let refused = async || store.refused_by_mail(&[one, other]).await.unwrap();
        assert_eq!(refused().await, []);
        for mail in store.claim_mail(at(60), at(120), 9).await.unwrap() {
            let fate = if mail.about == one.0 { MailFate::Refused } else { MailFate::Sent };
            store.settle_mail(mail.id, fate).await.unwrap();
        }
        assert_eq!(refused().await, [one]);
        assert_eq!(store.refused_by_mail(&[]).await.unwrap(), []);
        assert_eq!(store.refused_by_mail(&[other]).await.unwrap(), []);
    }

    async fn who_proved_themselves_to_a_provider_has_a_second_factor(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let mut sessions = Vec::new();
        for hash in ["by provider", "by password"] {
            let session = Session { id: fresh(), account: office.active, expires_at: at(3_600), password: None };
            store.open_session(&session, hash, noon()).await.unwrap();
            sessions.push(session.id);
        }
        store.note_provider(sessions[0]).await.unwrap();
        let proven = async |hash| {
            store.signed_in(hash, noon()).await.unwrap().unwrap().proof.second_factor
        };
        assert!(proven("by provider").await);
        assert!(!proven("by password").await);
    }
}
