//! The server is killed (-9) while it delivers: nothing is lost, and nothing is
//! applied twice by the partner, however often it is called.

use super::until;
use app::account::{choose_route, organisation_named};
use domain::account::Route;
use server::{State, config::Config};
use std::time::Duration;
use testkit::{Answer, Asked, MailServer, Partner, Plan, Program, SETTINGS, ask_for, drain};
use vocabulary::DeliveryState;

const TODAY: &str = "2026-11-23";
const PRISON: &str = "HMP & YOI Larkstoke";
const DELIVERIES: usize = 80;

/// The record of the program, opened here while nobody serves it.
async fn record(program: &Program) -> State {
    let config = Config {
        today: Some(TODAY.parse().unwrap()),
        ..Config::in_folder(program.folder())
    };
    State::open(&config).await.unwrap()
}

async fn states(program: &Program, asked: &[Asked]) -> Vec<DeliveryState> {
    let state = record(program).await;
    let ids: Vec<_> = asked.iter().map(|one| one.document).collect();
    let documents = state.app.ledger.documents(&ids).await.unwrap();
    let states = documents.iter().flat_map(|one| &one.deliveries);
    let states = states.map(|delivery| delivery.state).collect();
    state.store.close().await.unwrap();
    states
}

async fn ask(program: &Program) -> Vec<Asked> {
    let state = record(program).await;
    let prison = organisation_named(&state.app, PRISON).await.unwrap();
    let asked = ask_for(&state.app, &[prison], DELIVERIES).await;
    state.store.close().await.unwrap();
    asked
}

#[tokio::test]
async fn a_server_killed_in_the_middle_loses_no_delivery_and_doubles_none() {
    let partner = Partner::start();
    let mut program = Program::idle(TODAY).await;
    program.set("callbacks_to_private = true\ncarry_seconds = 1\n");
    let (seeded, said) = program.run(&["seed", "--cases", "2"]);
    assert!(seeded, "{said}");
    let (settled, said) = program.run(&[
        "organisation",
        "channel",
        "--organisation",
        PRISON,
        "--webhook",
        &partner.url(),
    ]);
    assert!(settled, "{said}");
    said.lines()
        .last()
        .unwrap()
        .clone_into(&mut partner.book().secret);
    let asked = ask(&program).await;
    partner.book().usual = Some(Answer::TakesSlowly(40));
    for kill in 1..=3 {
        // The first of these only starts it.
        program.kill().await;
        until("some deliveries", || async {
            (partner.book().applied.len() >= kill * DELIVERIES / 5).then_some(())
        })
        .await;
    }
    program.kill().await;
    until("every delivery", || async {
        (partner.book().applied.len() == DELIVERIES).then_some(())
    })
    .await;
    // What was on its way at a kill is called for again when its claim lapses.
    let state = record(&program).await;
    until("the record of every delivery", || async {
        let waiting = state.app.carrying.waiting().await.unwrap();
        waiting.is_empty().then_some(())
    })
    .await;
    state.store.close().await.unwrap();
    program.end().await;
    assert!(program.kills >= 3);
    {
        let book = partner.book();
        assert!(book.wrong.is_empty(), "{:?}", book.wrong);
        assert_eq!(book.applied.len(), asked.len());
        for one in &asked {
            assert!(book.applied.contains_key(&one.delivery.to_string()));
        }
    }
    let states = states(&program, &asked).await;
    assert_eq!(states.len(), DELIVERIES);
    assert!(
        states.iter().all(|state| *state == DeliveryState::Received),
        "{states:?}"
    );
    let (whole, said) = program.run(&["ledger", "verify"]);
    assert!(whole, "{said}");
}

#[tokio::test]
async fn a_bounce_at_the_command_line_makes_a_dead_letter_that_is_tried_again() {
    let mail = MailServer::start();
    let mut program = Program::idle(TODAY).await;
    program.set(&format!(
        "smtp_host = \"127.0.0.1\"\nsmtp_port = {}\nsmtp_tls = \"none\"\n\
         mail_from = \"documents@court.example.test\"\n",
        mail.port()
    ));
    let (seeded, said) = program.run(&["seed", "--cases", "2"]);
    assert!(seeded, "{said}");
    let channel = |address: &'static str| {
        let flags = ["organisation", "channel", "--organisation", PRISON];
        flags
            .into_iter()
            .chain(["--email", address])
            .collect::<Vec<_>>()
    };
    let (settled, said) = program.run(&channel("no mailbox"));
    assert!(!settled && said.contains("for instance"), "{said}");
    let (settled, said) = program.run(&channel("warrants@larkstoke.example.test"));
    assert!(settled, "{said}");
    let state = record(&program).await;
    let prison = organisation_named(&state.app, PRISON).await.unwrap();
    let asked = ask_for(&state.app, &[prison], 1).await[0];
    state.store.close().await.unwrap();
    program.kill().await;
    let id = asked.delivery.to_string();
    until("the message", || async {
        (mail.messages().len() == 1).then_some(())
    })
    .await;
    until("the record of it", || async {
        let (_, said) = program.run(&["deliveries", "retry", &id]);
        // A delivery that was sent did not fail; one that waits did not either.
        said.contains("did not fail").then_some(())
    })
    .await;
    let metrics = reqwest::get(format!("http://{}/metrics", program.address())).await;
    let metrics = metrics.unwrap().text().await.unwrap();
    for told in [
        r#"delivery_attempts_total{channel="email",outcome="taken"} 1"#,
        "delivery_oldest_unsent_seconds",
        "deliveries_dead 0",
    ] {
        assert!(metrics.contains(told), "{told}: {metrics}");
    }
    program.end().await;
    let message_id = format!("Message-ID: <{id}@court.example.test>");
    assert!(mail.messages()[0].contains(&message_id));

    // What its own mail server sends back.
    let file = program.folder().join("returned.eml");
    let returned = format!(
        "From: MAILER-DAEMON@larkstoke.example.test\r\nSubject: Returned\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nReturned.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; larkstoke.example.test\r\n\r\n\
         Final-Recipient: rfc822; warrants@larkstoke.example.test\r\n\
         Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 mailbox full\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\n{message_id}\r\n--b--\r\n"
    );
    std::fs::write(&file, returned).unwrap();
    let file = file.display().to_string();
    let (taken, said) = program.run(&["deliveries", "bounce", &file]);
    assert!(taken && said.contains("552 mailbox full"), "{said}");
    assert_eq!(states(&program, &[asked]).await, [DeliveryState::Failed]);
    let (_, said) = program.run(&["deliveries", "waiting"]);
    assert!(!said.contains(PRISON), "{said}");
    let (_, said) = program.run(&["deliveries", "dead"]);
    assert!(
        said.contains(&id) && said.contains("It came back"),
        "{said}"
    );
    let (again, said) = program.run(&["deliveries", "retry", &id]);
    assert!(again, "{said}");
    // The same message once more does not stop what is tried again.
    let (taken, said) = program.run(&["deliveries", "bounce", &file]);
    assert!(!taken && said.contains("waits to be sent"), "{said}");
    program.kill().await;
    until("it again", || async {
        (mail.messages().len() == 2).then_some(())
    })
    .await;

    // It comes back once more, and is tried again with all that failed on its way there.
    until("the record of it again", || async {
        let (_, said) = program.run(&["deliveries", "retry", &id]);
        said.contains("did not fail").then_some(())
    })
    .await;
    let (taken, said) = program.run(&["deliveries", "bounce", &file]);
    assert!(taken && said.contains("has failed"), "{said}");
    let (known, said) = program.run(&["deliveries", "retry", "--organisation", "HMP Nowhere"]);
    assert!(!known && said.contains("no organisation"), "{said}");
    let all = ["deliveries", "retry", "--organisation", PRISON];
    let (again, said) = program.run(&all);
    assert!(again && said.contains("1 delivery to"), "{said}");
    until("it a third time", || async {
        (mail.messages().len() == 3).then_some(())
    })
    .await;
    let (again, said) = program.run(&all);
    assert!(again && said.contains("had failed"), "{said}");
    let (neither, _) = program.run(&["deliveries", "retry"]);
    assert!(!neither);
    let (_, said) = program.run(&["deliveries", "bounce", "none.eml"]);
    assert!(said.contains("standard input"), "{said}");
}

#[tokio::test]
async fn a_channel_is_settled_for_an_organisation_that_is_there_and_an_address_that_is_one() {
    let program = Program::idle(TODAY).await;
    let (seeded, said) = program.run(&["seed", "--cases", "1"]);
    assert!(seeded, "{said}");
    let refused = |organisation: &str, flags: &[&str], why: &str| {
        let mut all = vec!["organisation", "channel", "--organisation", organisation];
        all.extend(flags);
        let (settled, said) = program.run(&all);
        assert!(!settled && said.contains(why), "{said}");
    };
    refused("HMP Nowhere", &["--inbox"], "account list");
    refused(PRISON, &[], "--inbox");
    refused(
        PRISON,
        &["--webhook", "http://partner.example.test/"],
        "https",
    );
    refused(
        PRISON,
        &["--webhook", "partner.example.test"],
        "whole address",
    );
    let (settled, said) = program.run(&[
        "organisation",
        "channel",
        "--organisation",
        PRISON,
        "--inbox",
    ]);
    assert!(settled && said.contains("in its inbox"), "{said}");
    let state = record(&program).await;
    let prison = organisation_named(&state.app, PRISON).await.unwrap();
    assert_eq!(prison.route, Route::Inbox);
    // A secret is kept sealed: nowhere in the database as it is.
    let url = Route::webhook("https://partner.example.test/").unwrap();
    let secret = choose_route(&state.app, &prison, url)
        .await
        .unwrap()
        .unwrap();
    let kept = state.app.carrying.secret(prison.id).await.unwrap().unwrap();
    let hexadecimal: String = kept.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hexadecimal, secret);
    state.store.close().await.unwrap();
    let file = std::fs::read(program.folder().join("record.db")).unwrap();
    assert!(!file.windows(kept.len()).any(|window| window == kept));
}

#[tokio::test]
async fn hundreds_of_deliveries_arrive_although_partners_fail_and_the_server_is_killed() {
    let mut program = Program::idle(TODAY).await;
    program.set(SETTINGS);
    let folder = program.folder().to_owned();
    let plan = Plan {
        deliveries: 600,
        partners: 4,
        failing: 20,
        // The clock of a fixed day begins anew at each start: claims lapse in the last life.
        kill_every: Duration::from_secs(4),
        kills: 2,
        away: Duration::from_secs(3),
    };
    let drained = drain(&folder, Some(TODAY), &plan, async || {
        program.kill().await;
        format!("http://{}", program.address())
    })
    .await;
    assert!(drained.is_good(), "{drained:?}");
    assert!(drained.kills > 0 && drained.again > 0, "{drained:?}");
    assert!(drained.calls > 660, "{drained:?}");
}
