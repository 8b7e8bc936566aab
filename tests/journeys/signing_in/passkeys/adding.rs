//! Adding passkeys and removing them.

use super::{ADVISER, Page, add, begin, court, end, password_alone, recorded, sign_in, signed_in};
use crate::signing_in::{answered, factors, later};
use app::account::{organisation_named, require_second_factor};
use contract::{
    Code, case,
    passkey::RemovePasskey,
    security::{ConfirmSignIn, Prove, RemoveSecondFactor, ViewSecurity},
};
use domain::account::PasskeyChange;
use serde_json::Value;
use tests::browser::device;

#[tokio::test]
async fn a_passkey_is_added_under_a_name_and_recorded_with_its_public_key_alone() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (elsewhere, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    let added = add(&here, "  Work   laptop ", &mut laptop).await;
    assert_eq!(added.codes.len(), 10);
    assert_eq!(added.security.recovery_codes, 10);
    assert_eq!(answered(&elsewhere).await, Err(Code::SignedOut));

    // A second gives no more codes, and signs nobody out.
    let (_, again) = (device(), begin(&here, "work laptop").await);
    assert_eq!(again.unwrap_err().code, Code::Refused, "the name is taken");
    let second = add(&here, "Telephone", &mut device()).await;
    assert!(second.codes.is_empty());
    let names: Vec<_> = second
        .security
        .passkeys
        .iter()
        .map(|one| &*one.name)
        .collect();
    assert_eq!(names, ["Work laptop", "Telephone"]);
    assert_eq!(second.security.passkeys[0].used_at, None);
    sign_in(&court, &mut laptop).await.unwrap();
    let security = here.account_security(&ViewSecurity {}).await.unwrap();
    assert!(security.passkeys[0].used_at.is_some() && security.passkeys[1].used_at.is_none());

    let removed = RemovePasskey {
        passkey_id: security.passkeys[1].passkey_id,
    };
    here.account_remove_passkey(&removed).await.unwrap();
    let events = recorded(&court).await;
    let PasskeyChange::Added {
        credential,
        public_key,
    } = &events[0].change
    else {
        panic!("{events:?}");
    };
    let public_key: Value = serde_json::from_str(public_key).unwrap();
    assert_eq!(public_key["type_"], "ES256");
    assert!(credential.len() >= 16);
    assert_eq!(events[0].name, "Work laptop");
    assert!(matches!(events[1].change, PasskeyChange::Added { .. }));
    assert_eq!(events[2].change, PasskeyChange::Removed);
    assert_eq!(events[2].passkey, events[1].passkey);
    assert_eq!(events.len(), 3, "that one was used is no event");
}

#[tokio::test]
async fn a_device_is_told_which_passkeys_there_are_already() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    add(&here, "Laptop", &mut device()).await;
    let begun = begin(&here, "Laptop again").await.unwrap();
    let asked = Page::open(&begun).look().await.unwrap();
    assert_eq!(asked["purpose"], "enrolment");
    assert_eq!(asked["email"], ADVISER);
    let options = &asked["options"]["publicKey"];
    assert_eq!(options["rp"]["id"], "localhost");
    assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(
        options["authenticatorSelection"]["userVerification"],
        "required"
    );
}

#[tokio::test]
async fn adding_one_or_taking_it_away_asks_for_a_proof_that_is_fresh() {
    let court = court::<11>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let added = add(&here, "Laptop", &mut device()).await;
    later::<11>(16);
    let stolen = begin(&here, "Thief's").await;
    assert_eq!(stolen.unwrap_err().code, Code::StrongProofNeeded);
    let remove = RemovePasskey {
        passkey_id: added.security.passkeys[0].passkey_id,
    };
    let stolen = here.account_remove_passkey(&remove).await;
    assert_eq!(stolen.unwrap_err().code, Code::StrongProofNeeded);
    let prove = Prove {
        password: Some(court.config.demo_password.clone()),
        code: None,
    };
    let token = here.account_prove(&prove).await.unwrap().token;
    let here = court.stranger().with_token(&token);
    let stolen = here.account_remove_passkey(&remove).await.unwrap_err();
    assert_eq!(stolen.code, Code::StrongProofNeeded, "the password alone");
    assert!(stolen.hint.starts_with("Use your passkey"));
    let prove = Prove {
        password: None,
        code: Some(added.codes[0].clone()),
    };
    let token = here.account_prove(&prove).await.unwrap().token;
    let here = court.stranger().with_token(&token);
    let security = here.account_remove_passkey(&remove).await.unwrap();
    assert!(security.passkeys.is_empty());
    // Another's is not there.
    let gone = here.account_remove_passkey(&remove).await;
    assert_eq!(gone.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn with_the_last_second_factor_go_the_recovery_codes_and_not_before() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (_, codes) = factors::enrolled(&court, &here).await;
    assert_eq!(codes.len(), 10);
    // The second factor that comes second gives none, whichever it is.
    let added = add(&here, "Laptop", &mut device()).await;
    assert!(added.codes.is_empty());
    let security = here
        .account_remove_second_factor(&RemoveSecondFactor {})
        .await
        .unwrap();
    assert_eq!(security.recovery_codes, 10);
    let confirm = ConfirmSignIn {
        email: ADVISER.to_owned(),
        password: court.config.demo_password.clone(),
        code: codes[0].clone(),
    };
    let by_code = court.stranger().account_confirm_sign_in(&confirm).await;
    assert!(by_code.is_ok());
    let (_, codes) = factors::enrolled(&court, &here).await;
    assert!(codes.is_empty());
    let remove = RemovePasskey {
        passkey_id: added.security.passkeys[0].passkey_id,
    };
    let security = here.account_remove_passkey(&remove).await.unwrap();
    assert_eq!(security.recovery_codes, 9);
    assert_eq!(
        password_alone(&court).await.unwrap_err(),
        Code::SecondFactorNeeded
    );

    here.account_remove_second_factor(&RemoveSecondFactor {})
        .await
        .unwrap();
    let last = add(&here, "Laptop", &mut device()).await;
    assert_eq!(last.codes.len(), 10);
    let remove = RemovePasskey {
        passkey_id: last.security.passkeys[0].passkey_id,
    };
    let security = here.account_remove_passkey(&remove).await.unwrap();
    assert_eq!(security.recovery_codes, 0);
    assert!(password_alone(&court).await.is_ok());
}

#[tokio::test]
async fn a_passkey_is_the_second_factor_that_an_organisation_asks_for() {
    let court = court::<10>().await;
    let app = &court.state.app;
    let found = app.index.account_by_email(ADVISER).await.unwrap().unwrap();
    let all = app.index.organisations().await.unwrap();
    let own = all.iter().find(|one| one.id == found.organisation).unwrap();
    let own = organisation_named(app, &own.name).await.unwrap();
    require_second_factor(app, &own, true).await.unwrap();
    let (here, who) = signed_in(&court, ADVISER).await;
    assert!(who.person.second_factor_missing && !who.person.by_passkey);
    let list = here.case_list(&case::List {}).await;
    assert_eq!(list.unwrap_err().code, Code::SecondFactorMissing);

    let mut laptop = device();
    let added = add(&here, "Laptop", &mut laptop).await;
    here.case_list(&case::List {}).await.unwrap();
    let who = sign_in(&court, &mut laptop).await.unwrap();
    assert!(!who.person.second_factor_missing && who.person.by_passkey);
    let remove = RemovePasskey {
        passkey_id: added.security.passkeys[0].passkey_id,
    };
    here.account_remove_passkey(&remove).await.unwrap();
    let list = here.case_list(&case::List {}).await;
    assert_eq!(list.unwrap_err().code, Code::SecondFactorMissing);
}

#[tokio::test]
async fn where_the_service_has_no_name_there_are_no_passkeys() {
    let court = testkit::TestCourt::with(testkit::Setting {
        configure: |config| config.public_url = "http://192.0.2.1:8420".to_owned(),
        cases: 0,
        ..Default::default()
    })
    .await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let security = here.account_security(&ViewSecurity {}).await.unwrap();
    assert!(!security.passkeys_possible);
    let refused = begin(&here, "Laptop").await.unwrap_err();
    assert!(refused.title.contains("its address is no name"));
}

#[tokio::test]
async fn an_eleventh_is_refused_and_so_is_a_name_that_two_at_once_took() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (first, second) = (
        begin(&here, "Laptop").await.unwrap(),
        begin(&here, "Laptop").await.unwrap(),
    );
    let mut laptop = device();
    let one = Page::open(&first).with(&mut laptop).await.unwrap();
    let two = Page::open(&second).with(&mut laptop).await.unwrap();
    end(&here, &first.secret, &one).await.unwrap();
    let taken = end(&here, &second.secret, &two).await.unwrap_err();
    assert!(taken.title.contains("called Laptop already"));
    for nth in 1..10 {
        add(&here, &format!("Key {nth}"), &mut device()).await;
    }
    let eleventh = begin(&here, "One more").await.unwrap_err();
    assert!(eleventh.title.contains("may have no more"));
}
