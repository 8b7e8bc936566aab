//! A password that is being checked while it stops being one: checking takes a moment, and
//! whoever knows the old password could try all the time.

use super::{ADVISER, problem, sign_in};
use app::ports::{Fault, Passwords};
use contract::{
    Code,
    organisation::{Reactivate, Suspend},
    security::ChangePassword,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use testkit::{Setting, TestCourt};
use tokio::sync::Notify;

const NEW: &str = "heron brass lintel";

/// Whether the next password that fits is held.
static ARMED: AtomicBool = AtomicBool::new(false);
/// One is held.
static REACHED: Notify = Notify::const_new();
/// It may go on.
static GO: Notify = Notify::const_new();

/// Passwords as they are, of which one is held after it was found to fit.
struct Slow(Arc<dyn Passwords>);

#[async_trait::async_trait]
impl Passwords for Slow {
    fn hash(&self, password: &str) -> Result<String, Fault> {
        self.0.hash(password)
    }

    async fn fits(&self, password: &str, phc: Option<&str>) -> bool {
        let fits = self.0.fits(password, phc).await;
        if fits && ARMED.swap(false, Ordering::SeqCst) {
            REACHED.notify_one();
            GO.notified().await;
        }
        fits
    }
}

/// The sessions of the adviser.
async fn sessions(court: &TestCourt) -> i64 {
    let own = "select count(*) from session s join account_index a \
               on a.account_id = s.account_id where a.email = 'ada.wren@court.example.test'";
    super::number(court, own).await
}

#[tokio::test]
async fn a_sign_in_on_its_way_opens_nothing_after_another_password_or_a_suspension() {
    let court = TestCourt::with(Setting {
        prepare: |state| {
            state.app.passwords = Arc::new(Slow(Arc::clone(&state.app.passwords)));
        },
        ..Setting::default()
    })
    .await;
    let old = court.config.demo_password.clone();
    let here = court.stranger().with_token(&court.token(ADVISER).await);
    let before = sessions(&court).await;

    ARMED.store(true, Ordering::SeqCst);
    let change = async {
        REACHED.notified().await;
        let change = ChangePassword {
            current: old.clone(),
            new: NEW.to_owned(),
        };
        here.account_change_password(&change).await.unwrap();
        GO.notify_one();
    };
    let (answer, ()) = tokio::join!(problem(sign_in(&court, ADVISER, &old)), change);
    assert_eq!(answer.1.code, Code::WrongPassword);
    let left = sessions(&court).await;
    assert!(
        (1..=before).contains(&left),
        "the one that chose it: {left}"
    );

    let account = court.state.app.index.account_by_email(ADVISER).await;
    let account_id = account.unwrap().unwrap().id;
    let staff = court.as_administrator().await;
    ARMED.store(true, Ordering::SeqCst);
    let suspend = async {
        REACHED.notified().await;
        let suspend = Suspend { account_id };
        staff.organisation_suspend(&suspend).await.unwrap();
        GO.notify_one();
    };
    let (answer, ()) = tokio::join!(problem(sign_in(&court, ADVISER, NEW)), suspend);
    assert_eq!(answer.1.code, Code::WrongPassword);
    // What was opened meanwhile would come alive here.
    let reactivate = Reactivate { account_id };
    staff.organisation_reactivate(&reactivate).await.unwrap();
    assert_eq!(sessions(&court).await, 0);
}
