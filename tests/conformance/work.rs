//! Working state: sessions, tries, drafts, uploads, marks.

use crate::{
    court::{Office, Paper, Warrant, append, fresh, noon},
    ground::Ground,
};
use app::ports::{DraftSaving, KeptDraft, KeptUpload, Objects, Session, TryLimit, Work};
use domain::{Event, Stream, StreamKind, account::AccountEvent, result::ResultLine};
use futures::future::join_all;
use vocabulary::{AccountId, CaseId, Group, HearingId, Instant, MachineId, OrganisationKind};

fn draft(by: &str, text: &str) -> KeptDraft {
    KeptDraft {
        revision: 0,
        lines: vec![ResultLine {
            id: fresh(),
            definition: fresh(),
            defendant: fresh(),
            offence: None,
            parent: None,
            answers: [("amountOfFine".to_owned(), "250.00".to_owned())].into(),
        }],
        unresolved: serde_json::json!([{ "text": text }]),
        by: by.to_owned(),
        at: noon(),
    }
}

on_both! {
    async fn a_session_is_good_until_it_expires_or_is_ended(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        let session = |account: AccountId, hours: i64| Session {
            id: fresh(),
            account,
            expires_at: noon().plus_seconds(hours * 3_600),
            password: None,
        };
        let (short, long) = (session(office.active, 1), session(office.active, 8));
        store.open_session(&short, "hash of short", noon()).await.unwrap();
        store.open_session(&long, "hash of long", noon()).await.unwrap();
        let found = store.signed_in("hash of short", noon()).await.unwrap().unwrap();
        assert_eq!(
            (found.session, found.account.id, found.organisation.id),
            (short.id, office.active, office.organisation)
        );
        let nobody = async |hash: &str, at| {
            let standing = store.standing(&[hash.to_owned()], at, noon()).await.unwrap();
            store.signed_in(hash, at).await.unwrap().is_none() && standing.is_empty()
        };
        assert!(nobody("another", noon()).await);
        assert!(nobody("hash of short", short.expires_at).await);
        store.end_session(long.id).await.unwrap();
        assert!(nobody("hash of long", noon()).await);
        let third = session(office.active, 2);
        store.open_session(&third, "hash of third", noon()).await.unwrap();
        let asked = ["hash of short", "hash of long", "hash of third"].map(str::to_owned);
        let standing = store.standing(&asked, noon(), noon()).await.unwrap();
        let mut good: Vec<&str> = standing.keys().map(String::as_str).collect();
        good.sort_unstable();
        assert_eq!(good, ["hash of short", "hash of third"]);
        // Who has not used it since is not there.
        let later = noon().plus_seconds(1);
        assert!(store.standing(&asked, noon(), later).await.unwrap().is_empty());
        store.end_sessions(office.active).await.unwrap();
        assert!(nobody("hash of third", noon()).await);
        let of_suspended = session(office.suspended, 8);
        let opened = store.open_session(&of_suspended, "hash of suspended", noon()).await;
        assert!(!opened.unwrap(), "a suspended account has no session that could come alive");
        assert!(nobody("hash of suspended", noon()).await);
        assert_eq!(ground.value("select count(*) from session").await, "0");
    }

    async fn a_session_opens_only_for_the_password_that_is_kept_in_that_moment(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        store.set_password(office.active, "$argon2id$one").await.unwrap();
        let opened = async |password: Option<&str>, hash: &str| {
            let session = Session {
                id: fresh(),
                account: office.active,
                expires_at: noon().plus_seconds(3_600),
                password: password.map(str::to_owned),
            };
            let opened = store.open_session(&session, hash, noon()).await.unwrap();
            let signed_in = store.signed_in(hash, noon()).await.unwrap();
            assert_eq!(opened, signed_in.is_some());
            opened
        };
        assert!(opened(Some("$argon2id$one"), "first").await);
        store.set_password(office.active, "$argon2id$two").await.unwrap();
        assert!(!opened(Some("$argon2id$one"), "second").await);
        assert!(opened(Some("$argon2id$two"), "third").await);
        // Who came another way gave no password.
        assert!(opened(None, "fourth").await);
        // Whoever changes it and ends what was opened with it leaves none, whichever was first.
        for round in 0..20 {
            let (old, new) = (format!("old {round}"), format!("new {round}"));
            store.set_password(office.active, &old).await.unwrap();
            let session = Session {
                id: fresh(),
                account: office.active,
                expires_at: noon().plus_seconds(3_600),
                password: Some(old.clone()),
            };
            let changed = async {
                store.set_password(office.active, &new).await.unwrap();
                store.end_sessions(office.active).await.unwrap();
            };
            let opening = async { store.open_session(&session, &old, noon()).await.unwrap() };
            tokio::join!(changed, opening);
            assert!(store.signed_in(&old, noon()).await.unwrap().is_none(), "{round}");
        }
    }

    async fn whoever_is_signed_in_may_be_somebody_else_after_every_change_to_people(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::Court, None).await;
        let session = Session {
            id: fresh(),
            account: office.active,
            expires_at: noon().plus_seconds(3_600),
            password: None,
        };
        store.open_session(&session, "hash", noon()).await.unwrap();
        let asked = async || {
            let standing = store.standing(&["hash".to_owned()], noon(), noon()).await.unwrap();
            standing["hash"]
        };
        let before = asked().await;
        assert_eq!(before.reasoned_until, Instant::from_micros(0));
        assert_eq!(asked().await, before);
        let changed = Event::Account(AccountEvent::RolesChanged {
            account: office.active,
            role: "Usher".to_owned(),
            groups: vec![Group::CourtAssociate],
        });
        let stream = Stream::new(StreamKind::Account, office.active.0);
        let appended = append(store, stream, vec![changed]).await.unwrap();
        let after = asked().await;
        assert!(before.directory < after.directory);
        assert_eq!(after.directory, appended.position);
        // What is no change to people makes nobody doubtful.
        let paper = Paper::new();
        append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        assert_eq!(asked().await, after);
    }

    async fn an_expired_session_is_swept_up_when_somebody_signs_in(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::DefenceFirm, None).await;
        for (hash, hours) in [("old", 1), ("new", 9)] {
            let at = noon().plus_seconds((hours - 1) * 3_600);
            let session = Session {
                id: fresh(),
                account: office.active,
                expires_at: at.plus_seconds(3_600),
                password: None,
            };
            assert!(store.open_session(&session, hash, at).await.unwrap());
        }
        assert_eq!(ground.value("select count(*) from session").await, "1");
    }

    async fn a_password_is_kept_as_its_hash_and_can_be_changed(ground: &Ground) {
        let account: AccountId = fresh();
        assert_eq!(ground.store.password(account).await.unwrap(), None);
        for phc in ["$argon2id$one", "$argon2id$two"] {
            ground.store.set_password(account, phc).await.unwrap();
            assert_eq!(ground.store.password(account).await.unwrap().as_deref(), Some(phc));
        }
    }

    async fn tries_are_counted_in_their_window(ground: &Ground) {
        let store = &ground.store;
        for wanted in 1..=3 {
            assert_eq!(store.count_try("a@example.test", noon(), 60).await.unwrap(), wanted);
        }
        assert_eq!(store.count_try("b@example.test", noon(), 60).await.unwrap(), 1);
        let inside = noon().plus_seconds(59);
        assert_eq!(store.count_try("a@example.test", inside, 60).await.unwrap(), 4);
        let after = noon().plus_seconds(60);
        assert_eq!(store.count_try("a@example.test", after, 60).await.unwrap(), 1);
        store.forget_tries("a@example.test").await.unwrap();
        assert_eq!(store.count_try("a@example.test", after, 60).await.unwrap(), 1);
    }

    async fn tries_at_the_same_moment_are_all_counted(ground: &Ground) {
        let counted = join_all((0..20).map(|_| ground.store.count_try("c", noon(), 60))).await;
        let mut counted: Vec<u64> = counted.into_iter().map(Result::unwrap).collect();
        counted.sort_unstable();
        assert_eq!(counted, (1..=20).collect::<Vec<u64>>());
    }

    async fn a_try_over_any_limit_is_counted_by_none(ground: &Ground) {
        let store = &ground.store;
        let limit = |name: &str, most| TryLimit { name: name.to_owned(), most, window_seconds: 60 };
        let limits = [limit("wide", 100), limit("narrow", 8)];
        let tried = join_all((0..20).map(|_| store.admit_try(&limits, noon()))).await;
        assert_eq!(tried.into_iter().filter(|one| *one == Ok(true)).count(), 8);
        assert!(!store.admit_try(&limits, noon()).await.unwrap());
        assert_eq!(ground.value("select tries from tries where name = 'wide'").await, "8");
        store.take_back_try(&["narrow".to_owned(), "nobody".to_owned()]).await.unwrap();
        assert!(store.admit_try(&limits, noon()).await.unwrap());
        assert!(store.admit_try(&limits, noon().plus_seconds(60)).await.unwrap());
        assert_eq!(ground.value("select tries from tries where name = 'wide'").await, "1");
        let (first, later) = (noon(), noon().plus_seconds(60));
        assert_eq!(store.sweep_tries(first, first).await.unwrap(), 0);
        assert_eq!(store.sweep_tries(later, first).await.unwrap(), 2);
    }

    async fn what_is_counted_by_the_day_is_not_swept_up_within_it(ground: &Ground) {
        let store = &ground.store;
        let day = 24 * 60 * 60;
        let limits = [TryLimit { name: "daily".to_owned(), most: 2, window_seconds: day }];
        let sweep = async |now: Instant| {
            let before = now.plus_seconds(-app::account::LONGEST_WINDOW);
            store.sweep_tries(before, before).await.unwrap();
        };
        assert!(store.admit_try(&limits, noon()).await.unwrap());
        for hour in 1..24 {
            let now = noon().plus_seconds(hour * 60 * 60);
            sweep(now).await;
            assert_eq!(store.admit_try(&limits, now).await.unwrap(), hour == 1, "hour {hour}");
        }
        let tomorrow = noon().plus_seconds(day);
        sweep(tomorrow).await;
        assert!(store.admit_try(&limits, tomorrow).await.unwrap());
    }

    async fn who_succeeded_is_known_for_a_while(ground: &Ground) {
        let store = &ground.store;
        let later = noon().plus_seconds(60);
        store.note_known("one", noon()).await.unwrap();
        assert!(store.is_known("one", noon()).await.unwrap());
        assert!(!store.is_known("one", later).await.unwrap());
        assert!(!store.is_known("another", noon()).await.unwrap());
        assert_eq!(store.sweep_tries(later, noon().plus_seconds(-1)).await.unwrap(), 0);
        store.note_known("one", later).await.unwrap();
        assert!(store.is_known("one", later).await.unwrap());
        assert_eq!(store.sweep_tries(later, later).await.unwrap(), 1);
        assert!(!store.is_known("one", noon()).await.unwrap());
    }

    async fn an_upload_that_nobody_served_is_given_up_and_then_removed(ground: &Ground) {
        let store = &ground.store;
        let upload = KeptUpload {
            id: fresh(),
            account: fresh(),
            sha256: "0".repeat(64),
            bytes: 3,
            mime: "application/pdf".to_owned(),
        };
        let hours = |hours: i64| noon().plus_seconds(hours * 3_600);
        store.keep_upload(&upload, noon()).await.unwrap();
        let large = KeptUpload { id: fresh(), bytes: 5 << 32, ..upload.clone() };
        store.keep_upload(&large, noon()).await.unwrap();
        assert_eq!(store.uploaded_by(upload.account).await.unwrap(), (5 << 32) + 3);
        assert_eq!(store.uploaded_by(fresh()).await.unwrap(), 0);
        assert_eq!(store.sweep_uploads(hours(23)).await.unwrap(), 0);
        assert_eq!(store.upload(upload.id).await.unwrap(), Some(upload.clone()));
        assert_eq!(store.sweep_uploads(hours(24)).await.unwrap(), 0);
        let given_up = store.upload(upload.id).await.unwrap().unwrap();
        assert_ne!(given_up.account, upload.account, "nobody can begin to serve it");
        assert_eq!(store.uploaded_by(upload.account).await.unwrap(), 0);
        assert_eq!(store.sweep_uploads(hours(24)).await.unwrap(), 0, "somebody may have begun");
        store.sweep_uploads(hours(25)).await.unwrap();
        assert_eq!(store.upload(upload.id).await.unwrap(), None);
    }

    async fn the_copy_that_says_a_document_is_superseded_belongs_to_the_record(ground: &Ground) {
        let store = &ground.store;
        let (paper, warrant) = (Paper::new(), Warrant::new());
        let sha256 = store.put(b"%PDF-1.7\nno longer applies".to_vec()).await.unwrap();
        append(store, warrant.stream(), vec![
            warrant.requested(&paper, fresh(), fresh()),
            warrant.made(),
            warrant.superseded(),
            warrant.marked(&sha256),
        ])
        .await
        .unwrap();
        // Somebody who read it sends it, and serves it nowhere.
        let upload = KeptUpload {
            id: fresh(),
            account: fresh(),
            sha256: sha256.clone(),
            bytes: 26,
            mime: "application/pdf".to_owned(),
        };
        let hours = |hours: i64| noon().plus_seconds(hours * 3_600);
        store.keep_upload(&upload, noon()).await.unwrap();
        store.sweep_uploads(hours(24)).await.unwrap();
        store.sweep_uploads(hours(25)).await.unwrap();
        // Bytes of nobody's would still be waited for, because they are fresh.
        assert_eq!(store.upload(upload.id).await.unwrap(), None);
        assert!(store.get(&sha256).await.unwrap().is_some());
    }

    async fn a_machine_is_known_by_the_hash_of_its_secret(ground: &Ground) {
        let machine: MachineId = fresh();
        ground.store.set_machine_secret(machine, "first").await.unwrap();
        ground.store.set_machine_secret(machine, "second").await.unwrap();
        assert_eq!(ground.store.machine_by_secret("second").await.unwrap(), Some(machine));
        assert_eq!(ground.store.machine_by_secret("first").await.unwrap(), None);
    }

    async fn a_draft_is_saved_over_what_was_seen_and_never_over_somebody_elses(ground: &Ground) {
        let store = &ground.store;
        let hearing: HearingId = fresh();
        assert_eq!(store.draft(hearing).await.unwrap(), None);
        let mine = draft("Rhiannon Ford", "fine 250");
        assert_eq!(store.save_draft(hearing, 0, mine.clone()).await.unwrap(), DraftSaving::Saved(1));
        assert_eq!(store.draft(hearing).await.unwrap(), Some(KeptDraft { revision: 1, ..mine.clone() }));
        // Somebody who had seen nothing is told whose is newer.
        let theirs = draft("Tomos Pugh", "costs 85");
        let conflict = store.save_draft(hearing, 0, theirs.clone()).await.unwrap();
        assert_eq!(conflict, DraftSaving::Conflict(KeptDraft { revision: 1, ..mine.clone() }));
        assert_eq!(store.save_draft(hearing, 1, theirs.clone()).await.unwrap(), DraftSaving::Saved(2));
        assert!(matches!(store.save_draft(hearing, 1, mine).await.unwrap(), DraftSaving::Conflict(_)));
        // The same saving again, because its answer was lost.
        assert_eq!(store.save_draft(hearing, 1, theirs.clone()).await.unwrap(), DraftSaving::Saved(2));
        assert_eq!(store.draft(hearing).await.unwrap().unwrap().by, "Tomos Pugh");
    }

    async fn of_many_who_save_at_once_one_saves(ground: &Ground) {
        let hearing: HearingId = fresh();
        let savings = join_all((0..12).map(|n| {
            ground.store.save_draft(hearing, 0, draft(&format!("Person {n}"), "x"))
        }))
        .await;
        let saved =
            savings.iter().filter(|s| matches!(s.as_ref().unwrap(), DraftSaving::Saved(1))).count();
        assert_eq!(saved, 1);
    }

    async fn an_upload_is_kept_once(ground: &Ground) {
        let upload = KeptUpload {
            id: fresh(),
            account: fresh(),
            sha256: "0".repeat(64),
            bytes: 3_000_000_000,
            mime: "application/pdf".to_owned(),
        };
        for _ in 0..2 {
            ground.store.keep_upload(&upload, noon()).await.unwrap();
        }
        assert_eq!(ground.store.upload(upload.id).await.unwrap(), Some(upload));
        assert_eq!(ground.store.upload(fresh()).await.unwrap(), None);
    }

    async fn what_was_seen_of_a_case_never_goes_back(ground: &Ground) {
        let store = &ground.store;
        let (account, case, other): (AccountId, CaseId, CaseId) = (fresh(), fresh(), fresh());
        assert_eq!(store.seen(account, case).await.unwrap(), 0);
        for (version, wanted) in [(3, 3), (2, 3), (7, 7)] {
            store.mark_seen(account, case, version).await.unwrap();
            assert_eq!(store.seen(account, case).await.unwrap(), wanted);
        }
        store.mark_seen(account, other, 1).await.unwrap();
        assert_eq!(store.seen_all(account).await.unwrap(), [(case, 7), (other, 1)]);
        assert_eq!(store.seen_all(fresh()).await.unwrap(), []);
    }
}
