//! What signing in keeps: sessions and their proofs, second factors, codes, letters,
//! identities, tokens of systems.

use crate::{
    court::{Office, fresh, noon},
    ground::Ground,
};
use app::ports::{AccountLetter, CodeFor, KeptCode, ProviderSignIn, Session, SignIns, Work};
use futures::future::join_all;
use vocabulary::{AccountId, Instant, MachineId, OrganisationKind, SessionId};

fn at(seconds: i64) -> Instant {
    noon().plus_seconds(seconds)
}

async fn session(ground: &Ground, account: AccountId, hash: &str) -> SessionId {
    let session = Session {
        id: fresh(),
        account,
        expires_at: at(3_600),
        password: None,
    };
    let opened = ground.store.open_session(&session, hash, noon()).await;
    assert!(opened.unwrap());
    session.id
}

fn letter(to: &str) -> AccountLetter {
    AccountLetter {
        id: uuid::Uuid::now_v7(),
        to: to.to_owned(),
        subject: "Your code".to_owned(),
        text: "Your code is heron".to_owned(),
        at: noon(),
        expires_at: at(1_800),
    }
}

fn code(hash: &str, account: Option<AccountId>) -> KeptCode {
    KeptCode {
        hash: hash.to_owned(),
        account,
        purpose: CodeFor::Reset,
        expires_at: at(1_800),
    }
}

on_both! {
    async fn a_session_is_locked_and_renewed_under_another_token(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let id = session(ground, office.active, "old").await;
        let found = store.signed_in("old", noon()).await.unwrap().unwrap().proof;
        assert_eq!((found.proven_at, found.seen_at, found.locked), (noon(), noon(), false));
        store.lock_session(id).await.unwrap();
        assert!(store.signed_in("old", noon()).await.unwrap().unwrap().proof.locked);
        assert!(store.standing(&["old".to_owned()], noon(), noon()).await.unwrap().is_empty());
        assert!(store.renew_session(id, "new", false, at(60)).await.unwrap());
        assert!(store.signed_in("old", at(60)).await.unwrap().is_none());
        let found = store.signed_in("new", at(60)).await.unwrap().unwrap().proof;
        assert_eq!((found.proven_at, found.seen_at, found.locked), (at(60), at(60), false));
        assert!(!store.renew_session(id, "late", false, at(3_600)).await.unwrap(), "it has expired");
        assert!(!store.renew_session(fresh(), "none", true, at(60)).await.unwrap());
    }

    async fn a_proof_by_more_than_the_password_is_kept_beside_one_by_it(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let id = session(ground, office.active, "first").await;
        let strongly = async |hash: &str| {
            store.signed_in(hash, at(90)).await.unwrap().unwrap().proof.strongly_proven_at
        };
        assert_eq!(strongly("first").await, Instant::from_micros(0));
        assert!(store.renew_session(id, "second", true, at(60)).await.unwrap());
        assert_eq!(strongly("second").await, at(60));
        assert!(store.renew_session(id, "third", false, at(70)).await.unwrap());
        assert_eq!(strongly("third").await, at(60), "a password is no such proof");
        store.note_strong_proof(fresh(), at(80)).await.unwrap();
        assert_eq!(strongly("third").await, at(60), "it was somebody else's");
        store.note_strong_proof(id, at(80)).await.unwrap();
        assert_eq!(strongly("third").await, at(80));
    }

    async fn devices_are_those_of_an_account_and_are_ended_by_it_alone(ground: &Ground) {
        let store = &ground.store;
        let own = Office::open(store, OrganisationKind::DefenceFirm, None).await.active;
        let other = Office::open(store, OrganisationKind::Probation, None).await.active;
        let first = session(ground, own, "first").await;
        let second = session(ground, own, "second").await;
        let theirs = session(ground, other, "theirs").await;
        store.note_use(first, "203.0.113.7", "A computer", at(60)).await.unwrap();
        store.note_use(first, "203.0.113.8", "Another", at(30)).await.unwrap();
        let devices = store.devices(own, at(90)).await.unwrap();
        let ids: Vec<SessionId> = devices.iter().map(|device| device.session).collect();
        assert_eq!(ids, [first, second]);
        assert_eq!((devices[0].seen_at, &*devices[0].from), (at(60), "203.0.113.7"));
        assert!(store.devices(own, at(3_600)).await.unwrap().is_empty());
        assert!(!store.end_session_of(own, theirs).await.unwrap());
        assert_eq!(store.end_other_sessions(own, first).await.unwrap(), 1);
        assert!(store.end_session_of(own, first).await.unwrap());
        assert_eq!(store.devices(other, noon()).await.unwrap().len(), 1);
    }

    async fn a_second_factor_counts_once_confirmed_and_each_step_once(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        session(ground, office.active, "token").await;
        let asked = async || {
            store.signed_in("token", noon()).await.unwrap().unwrap().proof.second_factor
        };
        let account = office.active;
        let first = store.make_second_factor(account).await.unwrap().unwrap();
        let second = store.make_second_factor(account).await.unwrap().unwrap();
        assert_ne!(first, second);
        let kept = store.second_factor(account).await.unwrap().unwrap();
        assert_eq!((kept.secret, kept.confirmed_at), (second, None));
        assert!(!asked().await);
        assert!(!store.spend_step(account, 7, None).await.unwrap(), "not confirmed");
        assert!(store.spend_step(account, 7, Some(noon())).await.unwrap());
        assert!(asked().await);
        assert!(store.make_second_factor(account).await.unwrap().is_none());
        assert!(!store.spend_step(account, 8, Some(noon())).await.unwrap(), "it is confirmed");
        assert!(!store.spend_step(account, 7, None).await.unwrap(), "again");
        let tried = join_all((0..6).map(|_| store.spend_step(account, 8, None))).await;
        assert_eq!(tried.into_iter().filter(|one| *one == Ok(true)).count(), 1);
        let plain = "select count(*) from second_factor";
        assert_eq!(ground.value(plain).await, "1");
        store.set_recovery_codes(account, &["a".to_owned(), "b".to_owned()]).await.unwrap();
        assert!(store.spend_recovery_code(account, "a").await.unwrap());
        assert!(!store.spend_recovery_code(account, "a").await.unwrap());
        assert!(!store.spend_recovery_code(fresh(), "b").await.unwrap());
        assert_eq!(store.recovery_codes_left(account).await.unwrap(), 1);
        store.remove_second_factor(account).await.unwrap();
        assert!(!asked().await);
        assert_eq!(store.recovery_codes_left(account).await.unwrap(), 0);
    }

    async fn what_was_taken_away_is_gone_whole_until_another_is_back(ground: &Ground) {
        let store = &ground.store;
        let own = Office::open(store, OrganisationKind::DefenceFirm, None).await.active;
        let other: AccountId = fresh();
        for account in [own, other] {
            store.make_second_factor(account).await.unwrap();
        }
        assert!(store.with_factors(&[own, other]).await.unwrap().is_empty(), "none is confirmed");
        for account in [own, other] {
            assert!(store.spend_step(account, 7, Some(noon())).await.unwrap());
            store.set_recovery_codes(account, &[account.to_string()]).await.unwrap();
        }
        assert!(!store.are_factors_taken(own).await.unwrap());
        for _ in 0..2 {
            store.take_factors_away(own, noon()).await.unwrap();
        }
        assert!(store.are_factors_taken(own).await.unwrap());
        assert!(!store.are_factors_taken(other).await.unwrap());
        assert_eq!(store.with_factors(&[own, other]).await.unwrap(), [other]);
        assert_eq!(store.second_factor(own).await.unwrap(), None);
        assert_eq!(store.recovery_codes_left(own).await.unwrap(), 0);
        assert_eq!(store.recovery_codes_left(other).await.unwrap(), 1);
        let by_letter = |hash| KeptCode { purpose: CodeFor::SignIn, ..code(hash, Some(own)) };
        store.send_code(&by_letter("in"), &letter("a@b.test")).await.unwrap();
        store.send_code(&code("reset", Some(own)), &letter("a@b.test")).await.unwrap();
        let found = async |hash: &str, purpose| store.find_code(hash, purpose, noon()).await.unwrap();
        assert_eq!(found("in", CodeFor::SignIn).await, Some(own));
        assert_eq!(found("in", CodeFor::Reset).await, None);
        store.factor_is_back(own).await.unwrap();
        assert!(!store.are_factors_taken(own).await.unwrap());
        assert_eq!(found("in", CodeFor::SignIn).await, None);
        assert_eq!(found("reset", CodeFor::Reset).await, Some(own));
    }

    async fn a_code_is_spent_once_before_it_expires_and_of_nobody_opens_nothing(ground: &Ground) {
        let store = &ground.store;
        let account: AccountId = fresh();
        let find = async |hash: &str, when| store.find_code(hash, CodeFor::Reset, when).await.unwrap();
        let spend = async |hash: &str, when| store.spend_code(hash, CodeFor::Reset, when).await.unwrap();
        store.send_code(&code("old", Some(account)), &letter("a@b.test")).await.unwrap();
        store.send_code(&code("new", Some(account)), &letter("a@b.test")).await.unwrap();
        store.send_code(&code("nobody", None), &letter("")).await.unwrap();
        assert_eq!(find("old", noon()).await, None);
        assert_eq!(find("new", noon()).await, Some(account));
        assert_eq!(find("new", at(1_800)).await, None);
        assert_eq!(spend("new", at(1_800)).await, None);
        let spent = join_all((0..4).map(|_| spend("new", at(1_799)))).await;
        assert_eq!(spent.into_iter().flatten().count(), 1);
        assert_eq!((find("nobody", noon()).await, spend("nobody", noon()).await), (None, None));
    }

    async fn a_letter_is_sealed_claimed_by_one_and_forgotten(ground: &Ground) {
        let store = &ground.store;
        let one = letter("ada@court.example.test");
        store.write_letter(&one).await.unwrap();
        let readable = "select count(*) from account_letter where \
                        cast(sealed as text) like '%heron%' or cast(sealed as text) like '%court%'";
        assert_eq!(ground.value(readable).await, "0");
        let claim = async |when: Instant| {
            store.claim_letters(when, when.plus_seconds(60), 9).await.unwrap()
        };
        assert_eq!(claim(noon()).await, std::slice::from_ref(&one));
        assert!(claim(at(30)).await.is_empty(), "somebody has it");
        assert_eq!(claim(at(61)).await.len(), 1);
        store.put_off_letter(one.id, at(200)).await.unwrap();
        assert!(claim(at(199)).await.is_empty());
        assert_eq!(claim(at(200)).await.len(), 1);
        store.forget_letter(one.id).await.unwrap();
        store.write_letter(&letter("late@court.example.test")).await.unwrap();
        assert!(claim(at(1_800)).await.is_empty());
        assert_eq!(ground.value("select count(*) from account_letter").await, "0");
    }

    async fn a_sign_in_elsewhere_is_taken_once_and_binds_each_to_the_other_alone(ground: &Ground) {
        let store = &ground.store;
        let begun = ProviderSignIn {
            organisation: fresh(),
            issuer: "https://id.example.test".to_owned(),
            state: "state".to_owned(),
            nonce: "nonce".to_owned(),
            verifier: "verifier".to_owned(),
            redirect: "http://127.0.0.1:1/signed-in".to_owned(),
            proved_from: 1_795_000_000,
            expires_at: at(600),
        };
        for hash in ["one", "two"] {
            store.begin_provider_sign_in(hash, &begun).await.unwrap();
        }
        let take = async |hash: &str, when| store.take_provider_sign_in(hash, when).await.unwrap();
        assert_eq!(take("one", noon()).await, Some(begun));
        assert_eq!(take("one", noon()).await, None);
        assert_eq!(take("two", at(600)).await, None);
        assert_eq!(ground.value("select count(*) from provider_sign_in").await, "0");
        let (own, other): (AccountId, AccountId) = (fresh(), fresh());
        let bind = async |subject: &str, account| {
            store.bind_identity("https://id", subject, account, noon()).await.unwrap()
        };
        assert!(bind("iris", own).await);
        assert!(!bind("iris", other).await);
        assert!(!bind("usurper", own).await);
        assert!(bind("joel", other).await);
        assert_eq!(store.identity("https://id", "iris").await.unwrap(), Some(own));
        assert_eq!(store.identity("https://other", "iris").await.unwrap(), None);
    }

    async fn a_token_of_a_system_is_good_until_it_expires(ground: &Ground) {
        let store = &ground.store;
        let machine: MachineId = fresh();
        store.keep_machine_token("token", machine, at(900), noon()).await.unwrap();
        assert_eq!(store.machine_by_token("token", at(899)).await.unwrap(), Some(machine));
        assert_eq!(store.machine_by_token("token", at(900)).await.unwrap(), None);
        store.keep_machine_token("next", machine, at(1_800), at(900)).await.unwrap();
        assert_eq!(ground.value("select count(*) from machine_token").await, "1");
    }
}
