//! Mail to people, through a real mail server: it goes away and comes back, and what waits
//! holds no link.

use super::{ADMINISTRATOR, activate, code_of, firm, invite, number, people, register, row};
use crate::channels::{court, until};
use contract::{
    Code,
    activation::AskAgain,
    organisation::{Leave, Queue, Refuse, Resend, ShowLink},
};
use server::config::SmtpTls;
use testkit::{MailServer, TestCourt};
use vocabulary::Group;

const EMAIL: &str = "gita.rowe@thornevale.example.test";

async fn court_with_mail(mail: &MailServer) -> TestCourt {
    let port = mail.port();
    court(|config| {
        config.smtp_host = Some("127.0.0.1".to_owned());
        config.smtp_port = Some(port);
        config.smtp_tls = SmtpTls::None;
        config.mail_from = Some("Common Platform <accounts@court.example.test>".to_owned());
    })
    .await
}

/// The links in the mail to an address, in the order of nothing.
fn links(mail: &MailServer, to: &str) -> Vec<String> {
    let to = format!("To: {to}");
    let messages = mail.messages().into_iter().filter(|one| one.contains(&to));
    messages
        .filter_map(|message| {
            // A long line is broken with a `=` at its end, and `#` and `=` are written out.
            let text = message
                .replace("=\r\n", "")
                .replace("=\n", "")
                .replace("=3D", "=");
            let from = text.find("/activate#")?;
            let code = text[from + 10..].split_whitespace().next()?;
            Some(code.to_owned())
        })
        .collect()
}

#[tokio::test]
async fn a_joiner_gets_the_link_by_mail_and_nobody_else_sees_it() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let after = invite(&administrator, EMAIL, &[Group::DefenceLawyers])
        .await
        .unwrap();
    let account_id = row(&after, EMAIL).account_id;
    let link = until("the link", || async { links(&mail, EMAIL).pop() }).await;
    let shown = administrator
        .organisation_show_link(&ShowLink { account_id })
        .await;
    assert_eq!(code_of(shown), Code::Refused);
    let text = mail.messages().pop().unwrap();
    assert!(
        text.contains("Subject: Activate your Common Platform account"),
        "{text}"
    );
    assert!(text.contains("Auto-Submitted: auto-generated"));
    assert_eq!(activate(&court, &link).await.unwrap(), EMAIL);
}

#[tokio::test]
async fn a_link_that_is_sent_again_voids_the_one_before() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let after = invite(&administrator, EMAIL, &[Group::DefenceLawyers])
        .await
        .unwrap();
    let account_id = row(&after, EMAIL).account_id;
    let first = until("the link", || async { links(&mail, EMAIL).pop() }).await;
    administrator
        .organisation_resend(&Resend { account_id })
        .await
        .unwrap();
    // At once, not only when the next one has left.
    assert_eq!(code_of(activate(&court, &first).await), Code::Refused);
    let both = until("another", || async {
        Some(links(&mail, EMAIL)).filter(|links| links.len() == 2)
    })
    .await;
    let second = both.into_iter().find(|link| *link != first).unwrap();

    // The person asks by themselves, before they can sign in.
    let asked = AskAgain {
        email: EMAIL.to_uppercase(),
    };
    court.stranger().account_ask_again(&asked).await.unwrap();
    let all = until("a third", || async {
        Some(links(&mail, EMAIL)).filter(|links| links.len() == 3)
    })
    .await;
    let third = all
        .into_iter()
        .find(|link| *link != first && *link != second)
        .unwrap();
    assert_eq!(code_of(activate(&court, &second).await), Code::Refused);
    activate(&court, &third).await.unwrap();
}

/// As if something was done so many times today.
async fn counted(court: &TestCourt, what: &str, times: u64) {
    let limit = app::ports::TryLimit {
        name: app::account::token_hash(what),
        most: times,
        window_seconds: 24 * 60 * 60,
    };
    let (work, now) = (&court.state.app.work, court.state.app.chance.now());
    for _ in 0..times {
        let limits = std::slice::from_ref(&limit);
        assert!(work.admit_try(limits, now).await.unwrap());
    }
}

#[tokio::test]
async fn nobody_has_letters_sent_to_an_address_without_end() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let groups = [Group::DefenceLawyers];
    let after = invite(&administrator, EMAIL, &groups).await.unwrap();
    let account_id = row(&after, EMAIL).account_id;
    let letters = "select count(*) from account_mail";
    // Whoever asks in their name uses up nothing of the administrator's.
    counted(&court, &format!("a link for {EMAIL}"), 5).await;
    let resend = Resend { account_id };
    for _ in 1..5 {
        administrator.organisation_resend(&resend).await.unwrap();
    }
    let before = number(&court, letters).await;
    let sent = administrator.organisation_resend(&resend).await;
    assert_eq!(code_of(sent), Code::TooManyTries);
    // Nor by letting them go and inviting them anew; others are invited all the same.
    let leave = Leave {
        account_id,
        colleague: None,
        with_roles: false,
    };
    administrator.organisation_leave(&leave).await.unwrap();
    let again = invite(&administrator, EMAIL, &groups).await;
    assert_eq!(code_of(again), Code::TooManyTries);
    assert_eq!(number(&court, letters).await, before);
    let other = "other@thornevale.example.test";
    invite(&administrator, other, &groups).await.unwrap();
}

#[tokio::test]
async fn an_organisation_invites_so_many_people_within_a_day() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let head = people(&administrator).await.organisation_id;
    // As if almost all of them were invited already.
    counted(&court, &format!("invitations of {head}"), 199).await;
    let groups = [Group::DefenceLawyers];
    let email = |which: &str| format!("{which}@thornevale.example.test");
    invite(&administrator, &email("last"), &groups)
        .await
        .unwrap();
    let more = invite(&administrator, &email("more"), &groups).await;
    assert_eq!(code_of(more), Code::TooManyTries);
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_waited_for_also_by_a_server_that_starts_again() {
    let mut mail = MailServer::away();
    let court = court_with_mail(&mail).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    invite(&administrator, EMAIL, &[Group::DefenceLawyers])
        .await
        .unwrap();
    let tried = "select count(*) from account_mail where state = 'waiting' and tried > 0";
    until("a try", || async {
        (number(&court, tried).await == 1).then_some(())
    })
    .await;
    let waits = row(&people(&administrator).await, EMAIL).standing.clone();
    assert_eq!(waits, "invited");
    let court = court.restarted().await;
    mail.come(None);
    let link = until("the link", || async { links(&mail, EMAIL).pop() }).await;
    activate(&court, &link).await.unwrap();
    // Sent once, and not again by a rebuild.
    court.state.store.rebuild().await.unwrap();
    app::organisation::send_mail(&court.state.app)
        .await
        .unwrap();
    assert_eq!(mail.messages().len(), 1);
}

#[tokio::test]
async fn whoever_is_refused_is_told_why_by_mail() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    register(
        &court,
        firm(&court, "Pryce Adeyemi LLP", super::PARTNER).await,
    )
    .await;
    let staff = court.as_administrator().await;
    let organisation_id =
        staff.organisation_queue(&Queue {}).await.unwrap().items[0].organisation_id;
    let refuse = Refuse {
        organisation_id,
        reason: "The SRA knows no such firm.".to_owned(),
    };
    staff.organisation_refuse(&refuse).await.unwrap();
    let text = until("the refusal", || async { mail.messages().pop() }).await;
    assert!(
        text.contains(super::PARTNER) && text.contains("The SRA knows no such firm."),
        "{text}"
    );
}

#[tokio::test]
async fn an_address_that_a_mail_server_refuses_is_shown_to_whoever_invited_it() {
    let mut mail = MailServer::away();
    mail.come(Some(100));
    let court = court_with_mail(&mail).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let groups = [Group::DefenceLawyers];
    let after = invite(&administrator, EMAIL, &groups).await.unwrap();
    let account_id = row(&after, EMAIL).account_id;
    until("the refusal", || async {
        let text = row(&people(&administrator).await, EMAIL).text.clone();
        text.contains("refused the address").then_some(())
    })
    .await;
    // Sent again, it is another try.
    mail.come(None);
    let resend = Resend { account_id };
    administrator.organisation_resend(&resend).await.unwrap();
    let link = until("the link", || async { links(&mail, EMAIL).pop() }).await;
    activate(&court, &link).await.unwrap();
}
