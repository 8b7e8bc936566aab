//! Signing in with a passkey, and proving with one who is here.

use super::{ADVISER, Back, Page, REDIRECT, add, court, password_alone, sign_in, signed_in};
use crate::audit::{lines, of_person};
use crate::signing_in::{NEW, PROSECUTOR, answered, factors, later, with_password};
use client::Client;
use contract::{
    Code, Problem,
    account::SignedIn,
    passkey::{BeginPasskeyProof, EndPasskeyProof, PasskeyCeremony},
    security::{ConfirmSignIn, Lock, RenewRecoveryCodes},
};
use tests::browser::device;

async fn begin_proof(client: &Client) -> Result<PasskeyCeremony, Problem> {
    let redirect = REDIRECT.to_owned();
    let begin = BeginPasskeyProof { redirect };
    client.account_begin_passkey_proof(&begin).await
}

async fn end_proof(client: &Client, secret: &str, back: &Back) -> Result<SignedIn, Problem> {
    let end = EndPasskeyProof {
        secret: secret.to_owned(),
        state: back.state.clone(),
        code: back.code.clone(),
    };
    client.account_end_passkey_proof(&end).await
}

#[tokio::test]
async fn a_passkey_is_asked_for_after_the_password_and_told_of_to_nobody_without_it() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    let added = add(&here, "Laptop", &mut laptop).await;
    assert_eq!(
        password_alone(&court).await.unwrap_err(),
        Code::PasskeyNeeded
    );
    let wrong = with_password(&court, ADVISER, NEW).await.unwrap_err();
    assert_eq!(wrong.code, Code::WrongPassword);

    for _ in 0..2 {
        let who = sign_in(&court, &mut laptop).await.unwrap();
        assert_eq!(who.person.email, ADVISER);
        let client = court.stranger().with_token(&who.token);
        assert_eq!(answered(&client).await, Ok(()));
    }
    let by_passkey = of_person(&court, ADVISER).await;
    let by_passkey: Vec<_> = lines(&by_passkey, "signed in")
        .into_iter()
        .map(|line| line.why.as_str())
        .collect();
    assert_eq!(by_passkey, ["password", "passkey", "passkey"]);
    // Where it is lost, a recovery code goes too, once.
    let by_code = ConfirmSignIn {
        email: ADVISER.to_owned(),
        password: court.config.demo_password.clone(),
        code: added.codes[3].clone(),
    };
    let stranger = court.stranger();
    stranger.account_confirm_sign_in(&by_code).await.unwrap();
    let again = stranger.account_confirm_sign_in(&by_code).await;
    assert_eq!(again.unwrap_err().code, Code::SecondFactorNeeded);
    let renewed = here
        .account_renew_recovery_codes(&RenewRecoveryCodes {})
        .await;
    assert_eq!(renewed.unwrap().codes.len(), 10);
}

#[tokio::test]
async fn beside_an_authenticator_either_is_enough() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (authenticator, _) = factors::enrolled(&court, &here).await;
    let mut laptop = device();
    add(&here, "Laptop", &mut laptop).await;
    assert_eq!(
        password_alone(&court).await.unwrap_err(),
        Code::PasskeyNeeded
    );
    sign_in(&court, &mut laptop).await.unwrap();
    let by_code = ConfirmSignIn {
        email: ADVISER.to_owned(),
        password: court.config.demo_password.clone(),
        code: authenticator.shows(&court, 1),
    };
    let stranger = court.stranger();
    stranger.account_confirm_sign_in(&by_code).await.unwrap();
}

#[tokio::test]
async fn whoever_has_no_passkey_is_sent_to_no_browser() {
    let court = court::<10>().await;
    let refused = super::begin_sign_in(&court, PROSECUTOR).await;
    assert!(refused.unwrap_err().title.contains("no passkey"));
    let (here, _) = signed_in(&court, PROSECUTOR).await;
    assert_eq!(begin_proof(&here).await.unwrap_err().code, Code::Refused);
}

#[tokio::test]
async fn a_passkey_opens_the_lock_under_another_token() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    add(&here, "Laptop", &mut laptop).await;
    here.account_lock(&Lock {}).await.unwrap();
    assert_eq!(answered(&here).await, Err(Code::Locked));

    let begun = begin_proof(&here).await.unwrap();
    let asked = Page::open(&begun).look().await.unwrap();
    assert_eq!(asked["purpose"], "proof");
    assert!(
        asked["device"]
            .as_str()
            .unwrap()
            .contains("Common Platform")
    );
    let back = Page::open(&begun).with(&mut laptop).await.unwrap();
    assert_eq!(answered(&here).await, Err(Code::Locked), "not yet");
    let proven = end_proof(&here, &begun.secret, &back).await.unwrap();
    assert_eq!(answered(&here).await, Err(Code::SignedOut));
    let here = court.stranger().with_token(&proven.token);
    assert_eq!(answered(&here).await, Ok(()));
}

#[tokio::test]
async fn a_passkey_is_a_proof_that_is_fresh() {
    let court = court::<12>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    add(&here, "Laptop", &mut laptop).await;
    later::<12>(16);
    let stale = super::begin(&here, "Telephone").await;
    assert_eq!(stale.unwrap_err().code, Code::StrongProofNeeded);
    let begun = begin_proof(&here).await.unwrap();
    let back = Page::open(&begun).with(&mut laptop).await.unwrap();
    let proven = end_proof(&here, &begun.secret, &back).await.unwrap();
    let here = court.stranger().with_token(&proven.token);
    add(&here, "Telephone", &mut device()).await;
}

#[tokio::test]
async fn a_proof_is_of_the_session_that_asked_for_it_alone() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    add(&here, "Laptop", &mut laptop).await;
    let there = sign_in(&court, &mut laptop).await.unwrap();
    let there = court.stranger().with_token(&there.token);
    there.account_lock(&Lock {}).await.unwrap();

    let begun = begin_proof(&here).await.unwrap();
    let back = Page::open(&begun).with(&mut laptop).await.unwrap();
    let other = end_proof(&there, &begun.secret, &back).await;
    assert_eq!(other.unwrap_err().code, Code::Refused);
    assert_eq!(answered(&there).await, Err(Code::Locked));
    // And it is good for nothing else either: a proof signs nobody in.
    let begun = begin_proof(&here).await.unwrap();
    let back = Page::open(&begun).with(&mut laptop).await.unwrap();
    let signed_in = super::end_sign_in(&court, &begun.secret, &back).await;
    assert_eq!(signed_in.unwrap_err().code, Code::Refused);
}
