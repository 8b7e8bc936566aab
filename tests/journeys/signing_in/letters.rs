//! A password that was forgotten: a code by letter, through a real mail server.

use super::{ADVISER, NEW, answered, factors::enrolled, signed_in, with_password};
use crate::channels::{court, until};
use app::account::password_code;
use contract::{
    Code,
    activation::AskAgain,
    security::{RequestReset, ResetPassword},
};
use server::config::SmtpTls;
use testkit::{MailServer, TestCourt};

async fn court_with_mail(mail: &MailServer) -> TestCourt {
    let port = mail.port();
    court(|config| {
        config.smtp_host = Some("127.0.0.1".to_owned());
        config.smtp_port = Some(port);
        config.smtp_tls = SmtpTls::None;
        config.mail_from = Some("The court <documents@court.example.test>".to_owned());
    })
    .await
}

async fn ask(court: &TestCourt, email: &str) {
    let request = RequestReset {
        email: email.to_owned(),
    };
    let asked = court.stranger().account_request_reset(&request).await;
    let asked = asked.unwrap();
    let mail = court.state.app.mailer.is_set_up();
    assert_eq!((asked.minutes, asked.mail), (30, mail));
}

#[tokio::test]
async fn where_no_mail_leaves_it_is_said_and_whoever_runs_the_service_makes_the_code() {
    let court = super::court_of::<1>().await;
    assert!(!court.state.app.mailer.is_set_up());
    // Said to everybody alike.
    for email in ["nobody@court.example.test", ADVISER] {
        ask(&court, email).await;
        let again = AskAgain {
            email: email.to_owned(),
        };
        let asked = court.stranger().account_ask_again(&again).await.unwrap();
        assert!(!asked.mail);
    }
    let app = &court.state.app;
    let nobody = password_code(app, "nobody@court.example.test").await;
    assert!(nobody.is_err());
    let (code, minutes) = password_code(app, ADVISER).await.unwrap();
    assert_eq!(minutes, 30);
    reset(&court, &code, NEW).await.unwrap();
    assert!(with_password(&court, ADVISER, NEW).await.is_ok());
    let again = reset(&court, &code, "another fictional one").await;
    assert_eq!(again, Err(Code::Refused));
}

async fn reset(court: &TestCourt, code: &str, new: &str) -> Result<(), Code> {
    let with = ResetPassword {
        code: code.to_owned(),
        new: new.to_owned(),
    };
    let answer = court.stranger().account_reset_password(&with).await;
    answer.map(|_| ()).map_err(|problem| problem.code)
}

/// The codes of the letters that came, oldest first is not told: a letter has one.
fn codes(mail: &MailServer) -> Vec<String> {
    let messages = mail.messages();
    let code = |message: &String| {
        let (_, after) = message.split_once("Your code is ")?;
        Some(after.split_whitespace().next()?.to_owned())
    };
    messages.iter().filter_map(code).collect()
}

async fn code(mail: &MailServer, known: &[String]) -> String {
    until("a letter with a code", || async {
        codes(mail).into_iter().find(|code| !known.contains(code))
    })
    .await
}

#[tokio::test]
async fn a_code_by_letter_chooses_a_new_password_once() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    let (before, _) = signed_in(&court, ADVISER).await;
    ask(&court, "  ADA.Wren@court.example.test ").await;
    let first = code(&mail, &[]).await;
    assert!(
        mail.messages()
            .iter()
            .all(|letter| letter.contains(&format!("To: {ADVISER}")))
    );

    // A bad password does not use the code up.
    assert_eq!(
        reset(&court, &first, "Qwerty123456").await,
        Err(Code::Refused)
    );
    assert_eq!(reset(&court, &first.to_uppercase(), NEW).await, Ok(()));
    assert_eq!(
        reset(&court, &first, "another heron lintel").await,
        Err(Code::Refused)
    );

    assert_eq!(answered(&before).await, Err(Code::SignedOut));
    assert!(with_password(&court, ADVISER, NEW).await.is_ok());
    until("the letter that tells of it", || async {
        let told = |letter: &String| letter.contains("Subject: Your password was changed");
        mail.messages().iter().any(told).then_some(())
    })
    .await;
}

#[tokio::test]
async fn of_two_codes_only_the_later_one_is_good() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    ask(&court, ADVISER).await;
    let first = code(&mail, &[]).await;
    ask(&court, ADVISER).await;
    let second = code(&mail, std::slice::from_ref(&first)).await;
    assert_eq!(reset(&court, &first, NEW).await, Err(Code::Refused));
    assert_eq!(reset(&court, &second, NEW).await, Ok(()));
}

#[tokio::test]
async fn a_code_that_has_expired_opens_nothing_and_neither_does_a_guess() {
    let court = super::court_of::<1>().await;
    ask(&court, ADVISER).await;
    let secret = court.state.app.chance.secret();
    assert_eq!(
        reset(&court, &hex::encode(secret)[..16], NEW).await,
        Err(Code::Refused)
    );
    assert_eq!(reset(&court, "", NEW).await, Err(Code::Refused));
    // The letter waits unsent: no mail server is set up. Its code is read off the outbox.
    let now = court.state.app.chance.now();
    let sign_ins = &court.state.app.sign_ins;
    let code = until("the letter", || async {
        // The server's own round claims it as well, and puts it off.
        let until = now.plus_seconds(1);
        let claimed = sign_ins.claim_letters(now.plus_seconds(60), until, 9).await;
        let letter = claimed
            .unwrap()
            .into_iter()
            .find(|letter| letter.to == ADVISER)?;
        let (_, after) = letter.text.split_once("Your code is ")?;
        Some(after.split_whitespace().next()?.to_owned())
    })
    .await;
    super::later::<1>(31);
    assert_eq!(reset(&court, &code, NEW).await, Err(Code::Refused));
    let old = court.config.demo_password.clone();
    assert!(with_password(&court, ADVISER, &old).await.is_ok());
}

#[tokio::test]
async fn whoever_asks_learns_nothing_of_who_has_an_account() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    // The same answer, and the same rows are written: only the address differs.
    for email in ["nobody@court.example.test", ADVISER] {
        ask(&court, email).await;
    }
    code(&mail, &[]).await;
    until("what is for nobody is thrown away", || async {
        let sql = "select count(*) from account_letter";
        let left = crate::attacks::number(&court, sql).await;
        (left == 0).then_some(())
    })
    .await;
    assert_eq!(mail.messages().len(), 1);
    let kept = crate::attacks::number(&court, "select count(*) from account_code").await;
    assert_eq!(kept, 2);
    // And both are counted alike.
    let mut ends = Vec::new();
    for email in ["nobody@court.example.test", ADVISER] {
        let mut asked = 1;
        let email = email.to_owned();
        let request = RequestReset { email };
        while court
            .stranger()
            .account_request_reset(&request)
            .await
            .is_ok()
        {
            asked += 1;
        }
        ends.push(asked);
    }
    assert_eq!(ends, [5, 5]);
}

#[tokio::test]
async fn a_password_that_was_chosen_by_letter_passes_no_second_factor_by() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    let (here, _) = signed_in(&court, ADVISER).await;
    enrolled(&court, &here).await;
    ask(&court, ADVISER).await;
    let code = code(&mail, &[]).await;
    assert_eq!(reset(&court, &code, NEW).await, Ok(()));
    let refused = with_password(&court, ADVISER, NEW).await.unwrap_err();
    assert_eq!(refused.code, Code::SecondFactorNeeded);
}
