//! The second factor: set up with an authenticator, asked for at the next sign-in, good
//! once, and replaced by recovery codes when it is lost.

use super::{ADVISER, NEW, answered, court_of, later, signed_in};
use app::account::{organisation_named, require_second_factor};
use client::Client;
use contract::{
    Code, Problem,
    account::{SignIn, SignedIn},
    case,
    security::{
        ChangePassword, ConfirmSecondFactor, ConfirmSignIn, EnrolSecondFactor, Prove,
        RemoveSecondFactor, RenewRecoveryCodes, ViewSecurity,
    },
};
use testkit::TestCourt;
use totp_rs::{Builder, Secret, Totp};

/// An authenticator that holds one secret.
pub(crate) struct Authenticator(Totp);

impl Authenticator {
    pub(crate) fn of(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    /// What it shows so many steps of half a minute from now on.
    pub(crate) fn shows(&self, court: &TestCourt, steps: i64) -> String {
        let seconds = court.chance().outside().micros() / 1_000_000 + steps * 30;
        self.0.generate(u64::try_from(seconds).unwrap()).to_string()
    }
}

/// Sets a second factor up: the authenticator, and the recovery codes.
pub(crate) async fn enrolled(court: &TestCourt, client: &Client) -> (Authenticator, Vec<String>) {
    let enrolment = client
        .account_enrol_second_factor(&EnrolSecondFactor {})
        .await
        .unwrap();
    assert!(
        enrolment
            .uri
            .contains(&format!("secret={}", enrolment.secret))
    );
    let authenticator = Authenticator::of(&enrolment.secret);
    let code = authenticator.shows(court, -1);
    let codes = client
        .account_confirm_second_factor(&ConfirmSecondFactor { code })
        .await
        .unwrap()
        .codes;
    (authenticator, codes)
}

async fn with_code(court: &TestCourt, code: &str) -> Result<SignedIn, Problem> {
    let confirm = ConfirmSignIn {
        email: ADVISER.to_owned(),
        password: court.config.demo_password.clone(),
        code: code.to_owned(),
    };
    court.stranger().account_confirm_sign_in(&confirm).await
}

async fn code_of(court: &TestCourt, code: &str) -> Result<(), Code> {
    with_code(court, code)
        .await
        .map(|_| ())
        .map_err(|problem| problem.code)
}

#[tokio::test]
async fn a_code_is_asked_for_after_the_password_and_is_good_once() {
    let court = court_of::<2>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (elsewhere, _) = signed_in(&court, ADVISER).await;
    let (authenticator, _) = enrolled(&court, &here).await;
    assert_eq!(answered(&here).await, Ok(()));
    assert_eq!(answered(&elsewhere).await, Err(Code::SignedOut));

    let password = court.config.demo_password.clone();
    let right = super::with_password(&court, ADVISER, &password).await;
    assert_eq!(right.unwrap_err().code, Code::SecondFactorNeeded);
    // Whoever does not have the password is not told that there is a second factor.
    let wrong = super::with_password(&court, ADVISER, NEW).await;
    assert_eq!(wrong.unwrap_err().code, Code::WrongPassword);

    let code = authenticator.shows(&court, 0);
    assert_eq!(
        code_of(&court, &format!("{} {}", &code[..3], &code[3..])).await,
        Ok(())
    );
    assert_eq!(
        code_of(&court, &code).await,
        Err(Code::SecondFactorNeeded),
        "again"
    );
    let next = authenticator.shows(&court, 1);
    assert_eq!(code_of(&court, &next).await, Ok(()));
    // One from before the last that was taken is no good, though its time is not over.
    assert_eq!(code_of(&court, &code).await, Err(Code::SecondFactorNeeded));
    let far = authenticator.shows(&court, 9);
    assert_eq!(code_of(&court, &far).await, Err(Code::SecondFactorNeeded));
}

#[tokio::test]
async fn of_the_same_code_twice_at_once_one_is_taken() {
    let court = court_of::<2>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (authenticator, _) = enrolled(&court, &here).await;
    let code = authenticator.shows(&court, 1);
    let both = tokio::join!(with_code(&court, &code), with_code(&court, &code));
    assert!(both.0.is_ok() != both.1.is_ok());
}

#[tokio::test]
async fn codes_are_not_guessed() {
    let court = court_of::<2>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (authenticator, _) = enrolled(&court, &here).await;
    let mut last = Ok(());
    for _ in 0..6 {
        last = code_of(&court, "000000").await;
    }
    assert_eq!(last, Err(Code::TooManyTries));
    let right = authenticator.shows(&court, 1);
    assert_eq!(code_of(&court, &right).await, Err(Code::TooManyTries));
}

#[tokio::test]
async fn a_recovery_code_is_good_once_and_new_ones_take_the_place_of_the_old() {
    let court = court_of::<2>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (_, codes) = enrolled(&court, &here).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(code_of(&court, &codes[0].to_uppercase()).await, Ok(()));
    assert_eq!(
        code_of(&court, &codes[0]).await,
        Err(Code::SecondFactorNeeded)
    );
    let security = here.account_security(&ViewSecurity {}).await.unwrap();
    assert_eq!(security.recovery_codes, 9);
    let kept = "select count(*) from recovery_code where code_hash like '%-%'";
    assert_eq!(crate::attacks::number(&court, kept).await, 0);

    let renewed = here
        .account_renew_recovery_codes(&RenewRecoveryCodes {})
        .await;
    let renewed = renewed.unwrap().codes;
    assert_eq!(
        code_of(&court, &codes[1]).await,
        Err(Code::SecondFactorNeeded)
    );
    assert_eq!(code_of(&court, &renewed[1]).await, Ok(()));

    here.account_remove_second_factor(&RemoveSecondFactor {})
        .await
        .unwrap();
    let password = court.config.demo_password.clone();
    assert!(
        super::with_password(&court, ADVISER, &password)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn setting_one_up_or_taking_it_away_asks_for_a_proof_that_is_fresh() {
    let court = court_of::<3>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    later::<3>(16);
    let stolen = here
        .account_enrol_second_factor(&EnrolSecondFactor {})
        .await;
    assert_eq!(stolen.unwrap_err().code, Code::ProofNeeded);
    let prove = Prove {
        password: Some(court.config.demo_password.clone()),
        code: None,
    };
    let here = court
        .stranger()
        .with_token(&here.account_prove(&prove).await.unwrap().token);
    let (authenticator, _) = enrolled(&court, &here).await;
    later::<3>(16);
    let removed = here
        .account_remove_second_factor(&RemoveSecondFactor {})
        .await;
    assert_eq!(removed.unwrap_err().code, Code::StrongProofNeeded);
    // None comes on top of the one that is there.
    let here = proving(&court, &here, &authenticator.shows(&court, 1)).await;
    let second = here
        .account_enrol_second_factor(&EnrolSecondFactor {})
        .await;
    assert_eq!(second.unwrap_err().code, Code::Refused);
}

/// Whoever has somebody's session and password has neither their telephone nor the paper with
/// their recovery codes: what opens the account stays as it is.
#[tokio::test]
async fn beside_a_second_factor_the_password_alone_changes_nothing_that_opens_the_account() {
    let court = court_of::<16>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (authenticator, codes) = enrolled(&court, &here).await;
    later::<16>(16);
    let password = court.config.demo_password.clone();
    let by_password = Prove {
        password: Some(password.clone()),
        code: None,
    };
    let token = here.account_prove(&by_password).await.unwrap().token;
    let stolen = court.stranger().with_token(&token);
    let change = ChangePassword {
        current: password.clone(),
        new: NEW.to_owned(),
    };
    let refused = [
        stolen
            .account_renew_recovery_codes(&RenewRecoveryCodes {})
            .await
            .unwrap_err(),
        stolen
            .account_remove_second_factor(&RemoveSecondFactor {})
            .await
            .unwrap_err(),
        stolen
            .account_enrol_second_factor(&EnrolSecondFactor {})
            .await
            .unwrap_err(),
        stolen.account_change_password(&change).await.unwrap_err(),
    ];
    for problem in refused {
        assert_eq!(problem.code, Code::StrongProofNeeded);
        assert!(problem.title.contains("your password is not enough"));
        assert!(problem.hint.contains("authenticator shows"));
    }
    // What else asks for a proof is content with the password, as before.
    stolen
        .account_end_other_sessions(&contract::security::EndOtherSessions {})
        .await
        .unwrap();

    let here = proving(&court, &stolen, &authenticator.shows(&court, 1)).await;
    here.account_change_password(&change).await.unwrap();
    // A proof by the password takes nothing from one by the code that is still fresh.
    let by_password = Prove {
        password: Some(NEW.to_owned()),
        code: None,
    };
    let token = here.account_prove(&by_password).await.unwrap().token;
    let here = court.stranger().with_token(&token);
    here.account_remove_second_factor(&RemoveSecondFactor {})
        .await
        .unwrap();
    let (_, renewed) = enrolled(&court, &here).await;
    assert_ne!(renewed, codes);
    // Where the authenticator is lost, a recovery code is such a proof, once.
    later::<16>(16);
    let spent = renewed[0].clone();
    let here = proving(&court, &here, &spent).await;
    let again = Prove {
        password: None,
        code: Some(spent),
    };
    let again = here.account_prove(&again).await.unwrap_err();
    assert_eq!(again.code, Code::SecondFactorNeeded);
    here.account_remove_second_factor(&RemoveSecondFactor {})
        .await
        .unwrap();
}

/// The session of somebody who proved by a code that it is them.
async fn proving(court: &TestCourt, client: &Client, code: &str) -> Client {
    let prove = Prove {
        password: None,
        code: Some(code.to_owned()),
    };
    let token = client.account_prove(&prove).await.unwrap().token;
    court.stranger().with_token(&token)
}

#[tokio::test]
async fn where_an_organisation_asks_for_one_nothing_is_done_without_it() {
    let court = court_of::<2>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let app = &court.state.app;
    let found = app.index.account_by_email(ADVISER).await.unwrap().unwrap();
    let all = app.index.organisations().await.unwrap();
    let own = all.iter().find(|one| one.id == found.organisation).unwrap();
    let own = organisation_named(app, &own.name).await.unwrap();
    require_second_factor(app, &own, true).await.unwrap();

    // From the very next request on, whoever is signed in already included.
    let list = here.case_list(&case::List {}).await;
    assert_eq!(list.unwrap_err().code, Code::SecondFactorMissing);
    let (again, signed_in) = signed_in(&court, ADVISER).await;
    assert!(signed_in.person.second_factor_missing);
    assert!(signed_in.person.screens.is_empty());
    let current = ChangePassword {
        current: court.config.demo_password.clone(),
        new: NEW.to_owned(),
    };
    again.account_change_password(&current).await.unwrap();
    enrolled(&court, &again).await;
    again.case_list(&case::List {}).await.unwrap();
    // Others are asked for nothing.
    let (other, _) = super::signed_in(&court, super::PROSECUTOR).await;
    other.case_list(&case::List {}).await.unwrap();
    let with = SignIn {
        email: ADVISER.to_owned(),
        password: NEW.to_owned(),
    };
    let code = court
        .stranger()
        .account_sign_in(&with)
        .await
        .unwrap_err()
        .code;
    assert_eq!(code, Code::SecondFactorNeeded);
}
