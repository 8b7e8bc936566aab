//! Accounts that nobody signs in with: warned at dated limits, suspended, never deleted.

use super::{ADMINISTRATOR, code_of, colleague, people, row, sign_in, try_sign_in};
use app::organisation::{watch_idle, watch_idle_by};
use contract::{Code, notice, organisation::Reactivate};
use testkit::TestCourt;

const EMAIL: &str = "gita.rowe@thornevale.example.test";

/// The same court so many days later.
async fn later(mut court: TestCourt, days: i64) -> TestCourt {
    court.config.today = Some(court.today().plus_days(days));
    court.restarted().await
}

async fn standing(court: &TestCourt) -> String {
    let administrator = court.sign_in(ADMINISTRATOR).await;
    row(&people(&administrator).await, EMAIL).standing.clone()
}

#[tokio::test]
async fn an_idle_account_is_warned_three_times_then_suspended_and_comes_back_with_everything() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let account_id = colleague(&court, &administrator, EMAIL).await.account_id;
    sign_in(&court, EMAIL).await;
    let warned = async |court: &TestCourt| {
        let app = &court.state.app;
        watch_idle(app).await.unwrap();
        let account = app.index.account(account_id).await.unwrap().unwrap();
        account.life.warned.map(|warned| warned.days)
    };
    let mut court = later(court, 59).await;
    assert_eq!(warned(&court).await, None);
    for (days, stage) in [(1, 60), (10, 60), (5, 75), (10, 85), (4, 85)] {
        court = later(court, days).await;
        assert_eq!(warned(&court).await, Some(stage));
        assert_eq!(standing(&court).await, "active");
    }
    court = later(court, 1).await;
    watch_idle(&court.state.app).await.unwrap();
    assert_eq!(standing(&court).await, "idle");
    assert_eq!(
        code_of(try_sign_in(&court, EMAIL).await),
        Code::WrongPassword
    );
    // The invented people of the demo court stay.
    court.as_legal_adviser().await;

    let administrator = court.sign_in(ADMINISTRATOR).await;
    administrator
        .organisation_reactivate(&Reactivate { account_id })
        .await
        .unwrap();
    let gita = sign_in(&court, EMAIL).await;
    let told = gita.notice_list(&notice::List {}).await.unwrap().items;
    let warnings = told
        .iter()
        .filter(|own| own.title == "Your account will be suspended");
    assert_eq!(warnings.count(), 3);
    watch_idle(&court.state.app).await.unwrap();
    assert_eq!(standing(&court).await, "active");
}

#[tokio::test]
async fn those_who_were_idle_for_longest_stand_before_nobody_else() {
    let court = TestCourt::open().await;
    // The invented people of the demo court are idle from now on, and stay.
    watch_idle(&court.state.app).await.unwrap();
    let court = later(court, 1).await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let account_id = colleague(&court, &administrator, EMAIL).await.account_id;
    let court = later(court, 65).await;
    watch_idle_by(&court.state.app, 2).await.unwrap();
    let account = court.state.app.index.account(account_id).await.unwrap();
    assert_eq!(account.unwrap().life.warned.map(|own| own.days), Some(60));
}

#[tokio::test]
async fn whoever_signs_in_in_time_is_left_alone() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    colleague(&court, &administrator, EMAIL).await;
    let court = later(court, 80).await;
    watch_idle(&court.state.app).await.unwrap();
    sign_in(&court, EMAIL).await;
    let court = later(court, 20).await;
    watch_idle(&court.state.app).await.unwrap();
    assert_eq!(standing(&court).await, "active");
}

#[tokio::test]
async fn nobody_is_suspended_without_a_warning_however_long_the_server_stood_still() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    colleague(&court, &administrator, EMAIL).await;
    let court = later(court, 200).await;
    watch_idle(&court.state.app).await.unwrap();
    watch_idle(&court.state.app).await.unwrap();
    assert_eq!(standing(&court).await, "active");
    let court = later(court, 6).await;
    watch_idle(&court.state.app).await.unwrap();
    assert_eq!(standing(&court).await, "idle");
}
