//! Registrations, codes, uses and mail on both databases.

use crate::{
    court::{Office, append, fresh, noon},
    ground::Ground,
};
use app::ports::{MailFate, MailKind, People, Session, Work};
use domain::{
    Event, Stream, StreamKind,
    account::{
        Account, AccountEvent, Life, Profile, Registration, RegistrationStanding,
        registration::{Accountable, Application},
    },
    case::Address,
    support::{Announcement, Context, HelpRequest, SupportEvent},
};
use futures::future::join_all;
use vocabulary::{
    AccountId, AnnouncementCategory, AnnouncementSeverity, Group, OrganisationId, OrganisationKind,
};

fn registration(id: OrganisationId) -> Registration {
    Registration {
        id,
        reference: format!("R-{id}"),
        said: Application {
            kind: OrganisationKind::DefenceFirm,
            name: "Pryce Adeyemi LLP".to_owned(),
            address: Address::default(),
            email: "office@pryceadeyemi.example.test".to_owned(),
            phone: "01632 960001".to_owned(),
            profile: Profile::default(),
            ou_code: None,
            court: None,
            accountable: Accountable {
                name: "Bola Adeyemi".to_owned(),
                email: "bola@pryceadeyemi.example.test".to_owned(),
                role: "Partner".to_owned(),
            },
            terms: "1".to_owned(),
        },
        standing: RegistrationStanding::Waiting,
    }
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
    async fn a_registration_waits_until_somebody_decides(ground: &Ground) {
        let store = &ground.store;
        let (first, second): (OrganisationId, OrganisationId) = (fresh(), fresh());
        for id in [first, second] {
            let event = AccountEvent::OrganisationRegistered(registration(id));
            let stream = Stream::new(StreamKind::Account, id.0);
            append(store, stream, vec![Event::Account(event)]).await.unwrap();
        }
        assert_eq!(store.count_waiting().await.unwrap(), 2);
        let found = store.registration_by_reference(&format!("R-{second}")).await.unwrap();
        assert_eq!(found.unwrap().registration.id, second);
        assert!(store.registration_by_reference("R-").await.unwrap().is_none());
        let refused = AccountEvent::RegistrationRefused {
            organisation: first,
            reason: "Not known.".to_owned(),
        };
        let stream = Stream::new(StreamKind::Account, first.0);
        append(store, stream, vec![Event::Account(refused)]).await.unwrap();
        let joined = registration(second).said.organisation(second);
        let stream = Stream::new(StreamKind::Account, second.0);
        let joined = Event::Account(AccountEvent::OrganisationAdded(joined));
        append(store, stream, vec![joined]).await.unwrap();
        assert_eq!(store.registrations_waiting(9).await.unwrap(), []);
        let standing = store.registration(second).await.unwrap().unwrap().registration.standing;
        assert_eq!(standing, RegistrationStanding::Validated);
    }

    async fn a_code_is_claimed_by_one_and_replaced_by_the_next(ground: &Ground) {
        let store = &ground.store;
        let account: AccountId = fresh();
        let until = noon().plus_seconds(60);
        let expires = noon().plus_seconds(3_600);
        store.put_code(account, "one", noon(), expires).await.unwrap();
        assert_eq!(store.code("one", noon()).await.unwrap(), Some(account));
        assert_eq!(store.code("one", expires).await.unwrap(), None);
        let claims = join_all((0..6).map(|_| store.claim_code("one", noon(), until))).await;
        let won = claims.into_iter().filter(|claim| *claim == Ok(Some(account))).count();
        assert_eq!(won, 1);
        store.release_code(account).await.unwrap();
        assert_eq!(store.claim_code("one", noon(), until).await.unwrap(), Some(account));
        // A claim lapses.
        assert_eq!(store.claim_code("one", until, until).await.unwrap(), Some(account));
        store.put_code(account, "two", noon(), expires).await.unwrap();
        assert_eq!(store.code("one", noon()).await.unwrap(), None);
        assert_eq!(store.codes_of(&[account]).await.unwrap(), [(account, expires)]);
        store.end_code(account).await.unwrap();
        assert_eq!(store.code("two", noon()).await.unwrap(), None);
    }

    async fn who_asked_for_a_link_is_taken_once(ground: &Ground) {
        let store = &ground.store;
        for email in ["a@example.test", "b@example.test", "a@example.test", "c\0@example.test"] {
            store.ask_for_code(email, noon()).await.unwrap();
        }
        let taken = join_all((0..4).map(|_| store.take_asked(9))).await;
        let taken: usize = taken.into_iter().map(|own| own.unwrap().len()).sum();
        assert_eq!(taken, 4);
    }

    async fn a_signing_in_counts_as_use_and_never_goes_back(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        assert_eq!(store.uses_of(&[office.active]).await.unwrap(), []);
        // Only accounts that are active are counted for.
        assert_eq!(store.begin_counting(noon()).await.unwrap(), 1);
        assert_eq!(store.begin_counting(noon()).await.unwrap(), 0);
        let later = noon().plus_seconds(60);
        let session = Session {
            id: fresh(),
            account: office.active,
            expires_at: later.plus_seconds(60),
            password: None,
        };
        store.open_session(&session, "a hash", later).await.unwrap();
        store.note_use(office.active, noon()).await.unwrap();
        assert_eq!(store.uses_of(&[office.active]).await.unwrap(), [(office.active, later)]);
        let unused = async |before, after| store.unused_since(before, after, 1).await.unwrap();
        assert_eq!(unused(noon(), None).await, []);
        let first = (office.active, later);
        assert_eq!(unused(later, None).await, [first]);
        // One at a time, also of those that were used in one moment.
        assert_eq!(unused(later, Some(first)).await, []);
        let other = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        store.note_use(other.active, later).await.unwrap();
        let mut both = [first, (other.active, later)];
        both.sort_by_key(|(id, _)| id.to_string());
        assert_eq!(unused(later, None).await, both[..1]);
        assert_eq!(unused(later, Some(both[0])).await, both[1..]);
        assert_eq!(unused(later, Some(both[1])).await, []);
    }

    async fn mail_is_put_with_its_event_and_sent_once_even_after_a_rebuild(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let account: AccountId = fresh();
        let stream = Stream::new(StreamKind::Account, account.0);
        append(store, stream, vec![invited(account, office.organisation)]).await.unwrap();
        let now = noon().plus_seconds(3_600);
        let until = now.plus_seconds(60);
        let claims = join_all((0..4).map(|_| store.claim_mail(now, until, 9))).await;
        let mut claimed: Vec<_> = claims.into_iter().flat_map(Result::unwrap).collect();
        assert_eq!(claimed.len(), 1);
        let mail = claimed.remove(0);
        assert_eq!((mail.kind, mail.about, mail.tried), (MailKind::Invitation, account.0, 0));
        let next = now.plus_seconds(30);
        store.settle_mail(mail.id, MailFate::Later(next)).await.unwrap();
        assert_eq!(store.claim_mail(now, until, 9).await.unwrap(), []);
        let again = store.claim_mail(next, until, 9).await.unwrap();
        assert_eq!((again[0].id, again[0].tried), (mail.id, 1));
        store.settle_mail(mail.id, MailFate::Sent).await.unwrap();
        store.rebuild().await.unwrap();
        let much_later = now.plus_seconds(86_400);
        assert_eq!(store.claim_mail(much_later, much_later, 9).await.unwrap(), []);
    }

    async fn an_account_stands_as_its_events_say(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let other = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let account: AccountId = fresh();
        let stream = Stream::new(StreamKind::Account, account.0);
        let events = vec![
            invited(account, office.organisation),
            Event::Account(AccountEvent::AccountActivated { account, terms: "1".to_owned() }),
            Event::Account(AccountEvent::RolesChanged {
                account,
                role: "Partner".to_owned(),
                groups: vec![Group::Advocates],
            }),
            Event::Account(AccountEvent::NameCorrected {
                account,
                name: "Iris Vale".to_owned(),
                before: "Iris Thorne".to_owned(),
                reason: "She married.".to_owned(),
            }),
            Event::Account(AccountEvent::AccountMoved { account, organisation: other.organisation }),
        ];
        append(store, stream, events).await.unwrap();
        let there = store.accounts_in(&[other.organisation]).await.unwrap();
        let found = there.into_iter().find(|own| own.id == account).unwrap();
        assert!(found.active && found.groups == [Group::Advocates] && found.role == "Partner");
        assert_eq!(found.name, "Iris Vale");
        let told = app::ports::Index::notices(store, account, noon().day(), 9).await.unwrap();
        assert_eq!(told.len(), 1);
        let renamed = AccountEvent::OrganisationRenamed {
            organisation: other.organisation,
            name: "Vale & Partners".to_owned(),
            before: "Thorne & Vale".to_owned(),
            reason: "They merged.".to_owned(),
        };
        let stream = Stream::new(StreamKind::Account, other.organisation.0);
        append(store, stream, vec![Event::Account(renamed)]).await.unwrap();
        let found = app::ports::Index::organisation(store, other.organisation).await.unwrap();
        assert_eq!(found.unwrap().name, "Vale & Partners");
        let stream = Stream::new(StreamKind::Account, account.0);
        let left = AccountEvent::AccountLeft { account, handed_to: Some(other.active) };
        append(store, stream, vec![Event::Account(left)]).await.unwrap();
        let there = store.accounts_in(&[other.organisation]).await.unwrap();
        assert!(!there.into_iter().find(|own| own.id == account).unwrap().active);
        let told = app::ports::Index::notices(store, other.active, noon().day(), 9).await.unwrap();
        assert_eq!(told.len(), 1);
    }

    async fn announcements_and_help_are_found_again(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let announcement = Announcement {
            id: fresh(),
            title: "Printing is slow".to_owned(),
            details: "Wait.".to_owned(),
            category: AnnouncementCategory::Planned,
            severity: AnnouncementSeverity::Warning,
            from: noon(),
            until: noon().plus_seconds(60),
            by: "Noor Hadley".to_owned(),
        };
        let stream = Stream::new(StreamKind::Support, announcement.id.0);
        let made = SupportEvent::AnnouncementMade(announcement.clone());
        append(store, stream, vec![Event::Support(made)]).await.unwrap();
        assert_eq!(store.announcements(noon()).await.unwrap(), std::slice::from_ref(&announcement));
        assert_eq!(store.announcements(announcement.until).await.unwrap(), []);
        let request = HelpRequest {
            id: fresh(),
            question: "Why?".to_owned(),
            context: Context::default(),
            account: office.active,
            organisation: office.organisation,
            at: noon(),
        };
        let stream = Stream::new(StreamKind::Support, request.id.0);
        let asked = SupportEvent::HelpAsked(request.clone());
        append(store, stream, vec![Event::Support(asked)]).await.unwrap();
        assert_eq!(store.help_waiting(9).await.unwrap().len(), 1);
        let answered = SupportEvent::HelpAnswered {
            request: request.id,
            answer: "Because.".to_owned(),
            by: "Noor Hadley".to_owned(),
            at: noon(),
        };
        append(store, stream, vec![Event::Support(answered)]).await.unwrap();
        assert_eq!(store.help_waiting(9).await.unwrap(), []);
        let own = store.help_of(office.active, 9).await.unwrap();
        assert_eq!(own[0].answer.as_ref().unwrap().0, "Because.");
        assert!(store.help(request.id).await.unwrap().is_some());
    }
}
