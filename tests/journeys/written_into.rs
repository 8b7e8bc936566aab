//! Somebody writes into the database or the files behind the server's back and touches no
//! event: the chains are whole, and what they wrote is named or refused all the same.

use crate::{
    steps::{path_case, serve, view},
    uploads::walk,
};
use client::Bytes;
use sqlx::{AssertSqlSafe, Executor};
use std::fs;
use testkit::{Program, TestCourt};

const TODAY: &str = "2026-11-23";

/// What `ledger ...` said; it must have ended with this status.
fn said(program: &Program, status: i32, what: &str) -> String {
    let (ended, said) = program.ended(&["ledger", what]);
    assert_eq!(ended, Some(status), "{what}: {said}");
    said
}

async fn write(program: &Program, sql: &str) {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&program.database_url())
        .await
        .unwrap();
    let done = pool.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
    pool.close().await;
}

async fn seeded() -> Program {
    let program = Program::idle(TODAY).await;
    let (worked, told) = program.run(&["seed", "--cases", "2"]);
    assert!(worked, "{told}");
    program
}

#[tokio::test]
async fn whoever_writes_themselves_a_role_or_a_reason_is_named_by_the_comparison() {
    let program = seeded().await;
    let whole = said(&program, 0, "compare");
    assert!(whole.contains("Every list says"), "{whole}");

    // A solicitor who would be of the court, with the roles of its administrators.
    write(
        &program,
        "update account_index set \
         organisation_id = (select organisation_id from account_index \
             where email = 'ada.wren@court.example.test'), \
         body = (select replace(replace(a.body, a.account_id, account_index.account_id), \
             a.email, account_index.email) from account_index a \
             where a.email = 'ada.wren@court.example.test') \
         where email = 'joel.hart@hartfieldlaw.example.test'",
    )
    .await;
    // And a reason that nobody gave, for every case.
    write(
        &program,
        "insert into case_opening (opening_id, case_id, account_id, name, reason, at, kind, until) \
         select c.case_id, c.case_id, a.account_id, 'Nobody', 'None', 1, 'glass', \
             8000000000000000 \
         from case_index c, account_index a \
         where a.email = 'joel.hart@hartfieldlaw.example.test'",
    )
    .await;
    // No event was touched.
    said(&program, 0, "verify");
    let told = said(&program, 1, "compare");
    for named in [
        "account_index: 1 rows",
        "case_opening: 2 rows",
        "What to do",
    ] {
        assert!(told.contains(named), "{named}: {told}");
    }
    assert!(!told.contains("Hart"), "ids alone: {told}");

    said(&program, 0, "rebuild");
    said(&program, 0, "compare");
    said(&program, 0, "verify");
}

#[tokio::test]
async fn a_session_into_which_nobody_signed_in_is_named_by_the_comparison() {
    let mut program = Program::start(2, TODAY).await;
    let url = format!("http://{}", program.address());
    let of_joel = "account_id = (select account_id from account_index \
         where email = 'joel.hart@hartfieldlaw.example.test')";
    let client = client::Client::new(&url);
    let signed_in = client
        .account_sign_in(&contract::account::SignIn {
            email: "joel.hart@hartfieldlaw.example.test".to_owned(),
            password: "a fictional court".to_owned(),
        })
        .await
        .unwrap();
    assert_eq!(signed_in.person.name, "Joel Hart");
    program.end().await;
    // Whoever signed in did so, says the record.
    said(&program, 0, "compare");
    // His session becomes a judge's, with the token that he has.
    write(
        &program,
        &format!(
            "update session set account_id = (select account_id from account_index \
             where email = 'helena.strand@court.example.test') where {of_joel}"
        ),
    )
    .await;
    said(&program, 0, "verify");
    let told = said(&program, 1, "compare");
    assert!(told.contains("session: into 1 of them"), "{told}");
}

#[tokio::test]
async fn a_case_that_somebody_made_unreadable_is_not_a_case_that_was_forgotten() {
    let program = seeded().await;
    write(
        &program,
        "update data_key set destroyed_at = 1 \
         where owner = (select min(case_id) from case_index)",
    )
    .await;
    let told = said(&program, 1, "verify");
    assert!(told.contains("not by this server"), "{told}");
    assert!(told.contains("What to do"), "{told}");
}

#[tokio::test]
async fn a_paper_that_somebody_exchanged_in_its_folder_reaches_nobody_whole() {
    let court = TestCourt::open().await;
    let (cps, adviser) = (court.as_cps().await, court.as_legal_adviser().await);
    let (case_id, _) = path_case(&cps).await;
    let glance = view(&cps, case_id).await;
    // One that is looked at before anything is said, and one that is on its way by then.
    for (name, size) in [("Small.pdf", 2_000), ("Large.pdf", 3_000_000)] {
        serve(&cps, &glance, name, size).await;
        let seen = view(&adviser, case_id).await;
        let paper = seen.materials.iter().find(|own| own.name == name).unwrap();
        let id = paper.material_id.to_string();
        let read = async || {
            let download = adviser.download(Bytes::Material, &id).await?;
            download.all(10_000_000).await
        };
        let bytes = read().await.unwrap();
        assert!(bytes.len() >= size, "{name}");

        let files = walk(&court.config.objects);
        let is_it = |file: &&std::path::PathBuf| fs::read(file).unwrap() == bytes;
        let file = files.iter().find(is_it).unwrap();
        let mut other = bytes.clone();
        other[size / 2] ^= 1;
        fs::write(file, &other).unwrap();
        let refused = read().await;
        assert!(refused.is_err(), "{name}");
        fs::write(file, &bytes).unwrap();
        assert_eq!(read().await.unwrap(), bytes, "{name} is put back");
    }
}
