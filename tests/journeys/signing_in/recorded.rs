//! Signing in is in the record: who came in and how they proved who they are, who left, what
//! they changed about it, from where; and who tried to be somebody and was not let in. What
//! proves somebody is in none of it.

use super::{
    ADVISER, NEW, PROSECUTOR, court_of,
    factors::{Authenticator, enrolled},
    signed_in, with_password,
};
use crate::audit::{line, lines, of_person};
use app::{account::end_all_sessions, ports::Audited};
use client::Client;
use contract::{
    account::{SignIn, SignOut, SignOutEverywhere, SignedIn},
    activation::Activation,
    audit::AuditLine,
    security::{
        ChangePassword, ConfirmSignIn, EndOtherSessions, EndSession, Lock, Prove,
        RemoveSecondFactor, RenewRecoveryCodes, ResetPassword, ViewSecurity,
    },
};
use domain::{Event, Recorded, reading::ReadingEvent};
use testkit::TestCourt;

async fn with_code(court: &TestCourt, code: &str) -> Option<SignedIn> {
    let confirm = ConfirmSignIn {
        email: ADVISER.to_owned(),
        password: court.config.demo_password.clone(),
        code: code.to_owned(),
    };
    let answer = court.stranger().account_confirm_sign_in(&confirm).await;
    answer.ok()
}

async fn prove(client: &Client, password: &str) -> Option<SignedIn> {
    let prove = Prove {
        password: Some(password.to_owned()),
        code: None,
    };
    client.account_prove(&prove).await.ok()
}

/// Everything that the ledger holds.
async fn everything(court: &TestCourt) -> Vec<Recorded> {
    let all = Audited {
        limit: 100_000,
        ..Audited::default()
    };
    court.state.app.ledger.audited(all).await.unwrap()
}

fn whats(lines: &[AuditLine]) -> Vec<&str> {
    lines.iter().map(|line| line.what.as_str()).collect()
}

#[tokio::test]
async fn who_comes_in_leaves_and_changes_how_they_sign_in_is_in_the_record() {
    let court = court_of::<2>().await;
    let old = court.config.demo_password.clone();
    let (here, first) = signed_in(&court, ADVISER).await;
    here.account_lock(&Lock {}).await.unwrap();
    assert!(prove(&here, "not it at all").await.is_none());
    let proven = prove(&here, &old).await.unwrap();
    let here = court.stranger().with_token(&proven.token);
    let (authenticator, codes) = enrolled(&court, &here).await;
    let by_code = with_code(&court, &authenticator.shows(&court, 0)).await;
    let by_recovery = with_code(&court, &codes[0]).await;
    here.account_renew_recovery_codes(&RenewRecoveryCodes {})
        .await
        .unwrap();
    let devices = here.account_security(&ViewSecurity {}).await.unwrap();
    let other = devices.devices.iter().find(|device| !device.current);
    let session_id = other.unwrap().session_id;
    here.account_end_session(&EndSession { session_id })
        .await
        .unwrap();
    here.account_end_other_sessions(&EndOtherSessions {})
        .await
        .unwrap();
    here.account_remove_second_factor(&RemoveSecondFactor {})
        .await
        .unwrap();
    let change = ChangePassword {
        current: old.clone(),
        new: NEW.to_owned(),
    };
    here.account_change_password(&change).await.unwrap();
    here.account_sign_out(&SignOut {}).await.unwrap();
    let last = with_password(&court, ADVISER, NEW).await.unwrap();
    let last = court.stranger().with_token(&last.token);
    last.account_sign_out_everywhere(&SignOutEverywhere {})
        .await
        .unwrap();
    let app = &court.state.app;
    let account = app.index.account_by_email(ADVISER).await.unwrap().unwrap();
    end_all_sessions(app, &account).await.unwrap();

    let recorded = of_person(&court, ADVISER).await;
    let own: Vec<AuditLine> = recorded
        .into_iter()
        .filter(|line| {
            !["account ", "asked for"]
                .iter()
                .any(|own| line.what.starts_with(own))
        })
        .collect();
    assert_eq!(line(&own, "refused").what, "refused: account.prove");
    let own: Vec<AuditLine> = own
        .into_iter()
        .filter(|line| !line.what.starts_with("refused"))
        .collect();
    assert_eq!(
        whats(&own),
        [
            "signed in",
            "window locked",
            "proved again who they are",
            "authenticator added",
            "signed in",
            "signed in",
            "recovery codes renewed",
            "another session ended",
            "all other sessions ended",
            "authenticator removed",
            "password changed",
            "signed out",
            "signed in",
            "signed out everywhere",
            "signed out everywhere",
        ]
    );
    let why: Vec<&str> = lines(&own, "signed in")
        .iter()
        .map(|line| line.why.as_str())
        .collect();
    assert_eq!(
        why,
        [
            "password",
            "code of an authenticator",
            "recovery code",
            "password"
        ]
    );
    assert_eq!(line(&own, "proved again").why, "password");
    for line in own
        .iter()
        .filter(|line| line.what != "signed out everywhere")
    {
        assert_eq!(line.who, "Ada Wren", "{line:?}");
        assert!(line.from.starts_with("127.0.0.1"), "{line:?}");
    }
    // By themselves, then by whoever runs the service.
    let everywhere = lines(&own, "signed out everywhere");
    let who: Vec<&str> = everywhere.iter().map(|line| line.who.as_str()).collect();
    assert_eq!(who, ["Ada Wren", "Common Platform"]);
    // The session that began is the one that ended.
    let session = |what: &str| {
        let to = &lines(&own, what)[0].to;
        to.rsplit("session ").next().unwrap().to_owned()
    };
    assert_eq!(session("signed in"), session("signed out"));
    assert!(everywhere.iter().all(|line| line.to.contains(ADVISER)));

    // What proves somebody is in none of it.
    let text = serde_json::to_string(&everything(&court).await).unwrap();
    let tokens = [Some(first), Some(proven), by_code, by_recovery].map(|own| own.unwrap().token);
    for secret in tokens.iter().chain(&codes).chain([&old, &NEW.to_owned()]) {
        assert!(!text.contains(secret.as_str()), "a secret is in the record");
    }
    assert!(court.state.store.verify().await.unwrap().bad.is_none());
}

#[tokio::test]
async fn whoever_tries_to_be_somebody_is_in_the_record_of_that_person() {
    let court = court_of::<2>().await;
    for _ in 0..3 {
        with_password(&court, ADVISER, "not it at all")
            .await
            .unwrap_err();
    }
    let (here, _) = signed_in(&court, ADVISER).await;
    let _: (Authenticator, _) = enrolled(&court, &here).await;
    assert!(with_code(&court, "000000").await.is_none());
    // That the right password alone is not enough is no refusal yet.
    let old = court.config.demo_password.clone();
    with_password(&court, ADVISER, &old).await.unwrap_err();
    // Of nobody; and with a password typed where the address belongs.
    for email in ["nobody@court.example.test", "three fictional words"] {
        with_password(&court, email, "x").await.unwrap_err();
    }
    let code = "2345-6789-ABCD-EFGH-JKLM-NPQR-ST".to_owned();
    let stranger = court.stranger();
    let link = Activation { code: code.clone() };
    stranger.account_activation(&link).await.unwrap_err();
    let new = NEW.to_owned();
    let reset = ResetPassword { code, new };
    stranger.account_reset_password(&reset).await.unwrap_err();

    let recorded = of_person(&court, ADVISER).await;
    let wrong = line(&recorded, "refused: account.sign_in, 3 times");
    assert_eq!(
        (wrong.who.as_str(), wrong.to.as_str(), wrong.why.as_str()),
        ("nobody signed in", ADVISER, "wrong_password")
    );
    assert_eq!(wrong.from, "127.0.0.1");
    let code = line(&recorded, "refused: account.confirm_sign_in");
    assert_eq!(code.why, "second_factor_needed");
    assert_eq!(lines(&recorded, "refused").len(), 2, "{recorded:#?}");
    // Nobody else's report has it.
    let other = of_person(&court, PROSECUTOR).await;
    assert!(lines(&other, "refused").is_empty(), "{other:#?}");

    let counted: Vec<(String, String)> = everything(&court)
        .await
        .into_iter()
        .filter_map(|one| match one.event {
            Event::Reading(ReadingEvent::Refused { refusals, .. }) => Some(refusals),
            _ => None,
        })
        .flatten()
        .map(|one| (one.asked, one.about))
        .collect();
    for way in [
        "account.sign_in",
        "account.activation",
        "account.reset_password",
    ] {
        let of_nobody = (way.to_owned(), String::new());
        assert!(counted.contains(&of_nobody), "{way}: {counted:?}");
    }
    let text = format!("{counted:?}");
    assert!(
        !text.contains("fictional") && !text.contains("nobody@"),
        "{text}"
    );
}

#[tokio::test]
async fn a_suspended_account_that_somebody_tries_is_named_to_the_auditor_and_to_nobody_else() {
    let court = court_of::<2>().await;
    let staff = court.as_administrator().await;
    let app = &court.state.app;
    let account = app.index.account_by_email(PROSECUTOR).await.unwrap();
    let account_id = account.unwrap().id;
    let suspend = contract::organisation::Suspend { account_id };
    staff.organisation_suspend(&suspend).await.unwrap();
    let sign_in = |email: &str| SignIn {
        email: email.to_owned(),
        password: court.config.demo_password.clone(),
    };
    let stranger = court.stranger();
    let there = stranger.account_sign_in(&sign_in(PROSECUTOR)).await;
    let nowhere = stranger
        .account_sign_in(&sign_in("nobody@court.example.test"))
        .await;
    assert_eq!(there.unwrap_err(), nowhere.unwrap_err());
    let recorded = of_person(&court, PROSECUTOR).await;
    assert_eq!(line(&recorded, "refused: account.sign_in").to, PROSECUTOR);
}
