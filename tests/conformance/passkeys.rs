//! Passkeys and their ceremonies as kept: a credential is one account's, its count only goes
//! on, and a ceremony is looked at, answered and taken once each.

use crate::{
    court::{Office, fresh, noon},
    ground::{Database, Ground},
};
use app::ports::{
    Ceremony, CeremonyFor, CeremonyOutcome, Credential, KeptPasskey, Passkeys, Session, SignIns,
    Work,
};
use futures::future::join_all;
use serde_json::json;
use vocabulary::{AccountId, Instant, OrganisationKind};

fn at(seconds: i64) -> Instant {
    noon().plus_seconds(seconds)
}

fn passkey(account: AccountId, credential: &str, added: i64) -> KeptPasskey {
    KeptPasskey {
        id: fresh(),
        account,
        name: format!("Holds {credential}"),
        credential_id: credential.to_owned(),
        credential: "{}".to_owned(),
        counter: 0,
        added_at: at(added),
        used_at: None,
        refused_at: None,
    }
}

fn ceremony(account: AccountId) -> Ceremony {
    Ceremony {
        account,
        purpose: CeremonyFor::Enrolment {
            session: fresh(),
            name: "Laptop".to_owned(),
        },
        redirect: "http://127.0.0.1:1/signed-in".to_owned(),
        state: "state".to_owned(),
        options: json!({ "publicKey": {} }),
        expected: json!({ "rs": "challenge" }),
        device: "A computer".to_owned(),
        from: "203.0.113.7".to_owned(),
        outcome: None,
        expires_at: at(300),
    }
}

on_both! {
    async fn a_credential_is_one_accounts_and_is_listed_in_order(ground: &Ground) {
        let store = &ground.store;
        let (own, other): (AccountId, AccountId) = (fresh(), fresh());
        let (second, first) = (passkey(own, "b", 2), passkey(own, "a", 1));
        assert!(store.add_passkey(&second).await.unwrap());
        assert!(store.add_passkey(&first).await.unwrap());
        assert!(!store.add_passkey(&passkey(other, "a", 3)).await.unwrap());
        assert!(store.credential_is_taken("a").await.unwrap());
        assert!(!store.credential_is_taken("c").await.unwrap());
        assert_eq!(store.passkeys(own).await.unwrap(), [first.clone(), second]);
        assert!(store.passkeys(other).await.unwrap().is_empty());
        assert!(!store.remove_passkey(other, first.id).await.unwrap());
        assert!(store.remove_passkey(own, first.id).await.unwrap());
        assert!(!store.remove_passkey(own, first.id).await.unwrap());
        assert!(!store.credential_is_taken("a").await.unwrap());
    }

    async fn a_count_only_goes_on_and_of_the_same_at_once_one_is_taken(ground: &Ground) {
        let store = &ground.store;
        let account: AccountId = fresh();
        let one = passkey(account, "a", 0);
        store.add_passkey(&one).await.unwrap();
        let used = async |counter| store.use_passkey(one.id, "{1}", counter, at(60)).await.unwrap();
        // Those that do not count say nothing each time.
        assert!(used(0).await && used(0).await);
        let tried = join_all((0..6).map(|_| store.use_passkey(one.id, "{1}", 5, at(60)))).await;
        assert_eq!(tried.into_iter().filter(|one| *one == Ok(true)).count(), 1);
        assert!(!used(4).await && !used(0).await);
        assert!(used(u32::MAX).await);
        let kept = store.passkeys(account).await.unwrap().remove(0);
        assert_eq!((kept.counter, &*kept.credential), (u32::MAX, "{1}"));
        assert_eq!((kept.used_at, kept.is_good()), (Some(at(60)), true));
    }

    async fn one_that_is_refused_is_good_no_more_and_no_second_factor(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let account = office.active;
        let session = Session { id: fresh(), account, expires_at: at(3_600), password: None };
        store.open_session(&session, "token", noon()).await.unwrap();
        let asked = async || {
            store.signed_in("token", noon()).await.unwrap().unwrap().proof.second_factor
        };
        assert!(!asked().await);
        let one = passkey(account, "a", 0);
        store.add_passkey(&one).await.unwrap();
        assert!(asked().await);
        assert!(store.refuse_passkey(one.id, at(60)).await.unwrap());
        assert!(!store.refuse_passkey(one.id, at(90)).await.unwrap());
        assert!(!asked().await);
        assert!(!store.use_passkey(one.id, "{1}", 9, at(90)).await.unwrap());
        let kept = store.passkeys(account).await.unwrap().remove(0);
        assert_eq!((kept.refused_at, kept.is_good()), (Some(at(60)), false));
    }

    async fn recovery_codes_stay_while_there_is_a_second_factor_of_either_kind(ground: &Ground) {
        let store = &ground.store;
        let account: AccountId = fresh();
        let left = async || store.recovery_codes_left(account).await.unwrap();
        let (first, second) = (passkey(account, "a", 0), passkey(account, "b", 1));
        store.add_passkey(&first).await.unwrap();
        store.add_passkey(&second).await.unwrap();
        store.set_recovery_codes(account, &["x".to_owned()]).await.unwrap();
        store.make_second_factor(account).await.unwrap();
        store.spend_step(account, 7, Some(noon())).await.unwrap();
        store.remove_second_factor(account).await.unwrap();
        assert_eq!(left().await, 1);
        store.remove_passkey(account, first.id).await.unwrap();
        assert_eq!(left().await, 1);
        store.make_second_factor(account).await.unwrap();
        store.spend_step(account, 7, Some(noon())).await.unwrap();
        store.remove_passkey(account, second.id).await.unwrap();
        assert_eq!(left().await, 1);
        store.remove_second_factor(account).await.unwrap();
        assert_eq!(left().await, 0);
        // One that was begun and never confirmed is none.
        store.add_passkey(&first).await.unwrap();
        store.set_recovery_codes(account, &["x".to_owned()]).await.unwrap();
        store.make_second_factor(account).await.unwrap();
        store.remove_passkey(account, first.id).await.unwrap();
        assert_eq!(left().await, 0);
    }

    async fn a_ceremony_is_answered_once_and_taken_once_before_it_expires(ground: &Ground) {
        let store = &ground.store;
        let begun = ceremony(fresh());
        store.begin_ceremony("ticket", "secret", &begun).await.unwrap();
        store.begin_ceremony("late", "late secret", &begun).await.unwrap();
        assert_eq!(store.ceremony("ticket", at(299)).await.unwrap(), Some(begun.clone()));
        assert_eq!(store.ceremony("secret", noon()).await.unwrap(), None);
        assert_eq!(store.ceremony("ticket", at(300)).await.unwrap(), None);
        assert_eq!(store.answer_ceremony("late", at(300)).await.unwrap(), None);
        let tried = join_all((0..6).map(|_| store.answer_ceremony("ticket", noon()))).await;
        assert_eq!(tried.into_iter().filter(|one| *one == Ok(Some(begun.clone()))).count(), 1);
        assert_eq!(store.ceremony("ticket", noon()).await.unwrap(), None);
        let made = Credential {
            id: "a".to_owned(),
            public_key: "{}".to_owned(),
            kept: "{}".to_owned(),
        };
        let ended = Ceremony { outcome: Some(CeremonyOutcome::Made(made)), ..begun.clone() };
        store.finish_ceremony("ticket", "code", &ended).await.unwrap();
        store.finish_ceremony("ticket", "other", &begun).await.unwrap();
        assert_eq!(store.take_ceremony("ticket", noon()).await.unwrap(), None);
        let taken = store.take_ceremony("secret", noon()).await.unwrap();
        assert_eq!(taken, Some(("code".to_owned(), ended)));
        assert_eq!(store.take_ceremony("secret", noon()).await.unwrap(), None);
        // What expired is swept up with it; what nobody answered is taken with no code.
        store.begin_ceremony("open", "open secret", &ceremony(fresh())).await.unwrap();
        let (code, _) = store.take_ceremony("open secret", at(1)).await.unwrap().unwrap();
        assert_eq!(code, "");
        assert_eq!(store.take_ceremony("late secret", at(300)).await.unwrap(), None);
        assert_eq!(ground.value("select count(*) from passkey_ceremony").await, "0");
    }

    async fn what_a_ceremony_holds_is_sealed(ground: &Ground) {
        let store = &ground.store;
        store.begin_ceremony("ticket", "secret", &ceremony(fresh())).await.unwrap();
        let sql = match ground.database {
            Database::Sqlite => "select hex(sealed) from passkey_ceremony",
            #[cfg(unix)]
            Database::Postgres => "select encode(sealed, 'hex') from passkey_ceremony",
        };
        let sealed = ground.value(sql).await.to_lowercase();
        assert!(sealed.len() > 200);
        assert!(!sealed.contains(&hex::encode("challenge")));
    }
}
