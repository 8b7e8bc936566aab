//! A request whose last byte is held back while its sender loses what they had: it is answered
//! as if it had been asked when it was whole.

use super::{ADVISER, PROSECUTOR, SOON, connected};
use crate::steps::path_case;
use app::account::{issue_machine, revoke_machine};
use contract::{
    account::SignOutEverywhere,
    organisation::{ChangeRoles, Suspend},
    security::Lock,
};
use serde_json::json;
use testkit::TestCourt;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use vocabulary::Group;

/// A request of which all but the last byte has come, and that the server reads: it has
/// found out who asks, and asked for the body.
struct Held {
    stream: TcpStream,
    last: Vec<u8>,
}

impl Held {
    async fn begin(court: &TestCourt, asked: &str, token: &str, body: &[u8]) -> Self {
        let mut stream = connected(court).await;
        let head = format!(
            "{asked} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\nfile-name: a.pdf\r\ncontent-length: {}\r\n\
             expect: 100-continue\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut said = [0; 25];
        timeout(SOON, stream.read_exact(&mut said))
            .await
            .expect("the body is asked for")
            .unwrap();
        assert_eq!(&said, b"HTTP/1.1 100 Continue\r\n\r\n");
        let (all_but, last) = body.split_at(body.len() - 1);
        stream.write_all(all_but).await.unwrap();
        Self {
            stream,
            last: last.to_vec(),
        }
    }

    /// The status of the answer, once the last byte has come.
    async fn end(mut self) -> u16 {
        self.stream.write_all(&self.last).await.unwrap();
        let mut answer = Vec::new();
        timeout(SOON, self.stream.read_to_end(&mut answer))
            .await
            .expect("an answer")
            .unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.split(' ').nth(1).unwrap_or_default();
        status.parse().unwrap_or_else(|_| panic!("{answer}"))
    }
}

#[tokio::test]
async fn whoever_loses_their_session_while_a_request_is_held_is_not_answered() {
    let court = TestCourt::open().await;
    let (case_id, _) = path_case(&court.as_legal_adviser().await).await;
    let body = json!({ "case_id": case_id }).to_string().into_bytes();
    let held = async |token: &str| Held::begin(&court, "POST /rpc/case.view", token, &body).await;
    let token = court.token(ADVISER).await;
    assert_eq!(
        held(&token).await.end().await,
        200,
        "a slow line is no offence"
    );

    let request = held(&token).await;
    let client = court.stranger().with_token(&token);
    client.account_lock(&Lock {}).await.unwrap();
    assert_eq!(request.end().await, 423, "locked");

    let token = court.token(ADVISER).await;
    let request = held(&token).await;
    let client = court.stranger().with_token(&token);
    let everywhere = SignOutEverywhere {};
    client
        .account_sign_out_everywhere(&everywhere)
        .await
        .unwrap();
    assert_eq!(request.end().await, 401, "signed out everywhere");

    let token = court.token(PROSECUTOR).await;
    let account = court.state.app.index.account_by_email(PROSECUTOR).await;
    let account = account.unwrap().unwrap();
    let staff = court.as_administrator().await;
    let request = held(&token).await;
    let other = ChangeRoles {
        account_id: account.id,
        role: "Office manager".to_owned(),
        groups: vec![Group::OrganisationAdministrator],
        organisation_id: account.organisation,
    };
    staff.organisation_change_roles(&other).await.unwrap();
    let status = request.end().await;
    assert!([401, 403, 404].contains(&status), "another role: {status}");

    let token = court.token(PROSECUTOR).await;
    let body = b"{}".to_vec();
    let request = Held::begin(&court, "POST /rpc/account.current", &token, &body).await;
    let suspend = Suspend {
        account_id: account.id,
    };
    staff.organisation_suspend(&suspend).await.unwrap();
    assert_eq!(request.end().await, 401, "suspended");
}

#[tokio::test]
async fn an_upload_that_is_held_is_not_kept_for_whoever_lost_their_session() {
    let court = TestCourt::open().await;
    let mut paper = b"%PDF-1.7\n".to_vec();
    paper.resize(900, b' ');
    let kept = async || super::number(&court, "select count(*) from upload").await;
    let before = kept().await;
    let token = court.token(PROSECUTOR).await;
    let asked = || format!("PUT /uploads/{}", uuid::Uuid::now_v7());
    let request = Held::begin(&court, &asked(), &token, &paper).await;
    assert_eq!(request.end().await, 200);
    assert_eq!(kept().await, before + 1);
    let request = Held::begin(&court, &asked(), &token, &paper).await;
    let client = court.stranger().with_token(&token);
    client.account_lock(&Lock {}).await.unwrap();
    assert_eq!(request.end().await, 423);
    assert_eq!(kept().await, before + 1);
}

#[tokio::test]
async fn a_system_whose_credential_is_revoked_while_a_request_is_held_sends_nothing() {
    let court = TestCourt::open().await;
    let app = &court.state.app;
    for asked in [
        "POST /v2/prosecutions/GAAAA01",
        "POST /api/validation/validate",
        "POST /pcr/0.1.0/internal/hearing-results",
        "PUT /pcr/0.1.0/internal/hearings/0191d7a4-0000-7000-8000-000000000001/details",
    ] {
        let (machine, secret) = issue_machine(app, "A test's system", "GAAAA01")
            .await
            .unwrap();
        let request = Held::begin(&court, asked, &secret, b"{}").await;
        assert_eq!(request.end().await, 400, "{asked}: in no format, but heard");
        let request = Held::begin(&court, asked, &secret, b"{}").await;
        revoke_machine(app, machine.id).await.unwrap();
        assert_eq!(request.end().await, 401, "{asked}");
    }
}
