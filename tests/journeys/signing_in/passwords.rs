//! Choosing a password: which ones, and what it ends.

use super::{ADVISER, NEW, answered, court_of, signed_in, with_password};
use contract::{Code, security::ChangePassword};

fn change(current: &str, new: &str) -> ChangePassword {
    ChangePassword {
        current: current.to_owned(),
        new: new.to_owned(),
    }
}

#[tokio::test]
async fn another_password_ends_every_session_but_the_one_that_chose_it() {
    let court = court_of::<0>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (elsewhere, _) = signed_in(&court, ADVISER).await;
    let (other_person, _) = signed_in(&court, super::PROSECUTOR).await;
    let old = court.config.demo_password.clone();

    let changed = here.account_change_password(&change(&old, NEW)).await;
    assert_eq!(changed.unwrap().ended, 1);

    assert_eq!(answered(&here).await, Ok(()));
    assert_eq!(answered(&elsewhere).await, Err(Code::SignedOut));
    assert_eq!(answered(&other_person).await, Ok(()));
    let with_old = with_password(&court, ADVISER, &old).await.unwrap_err();
    assert_eq!(with_old.code, Code::WrongPassword);
    assert!(with_password(&court, ADVISER, NEW).await.is_ok());
}

#[tokio::test]
async fn a_password_that_is_tried_first_is_refused_and_nothing_is_changed() {
    let court = court_of::<0>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let old = court.config.demo_password.clone();
    for (bad, said) in [
        ("heron brass", "fewer than 12"),
        ("Qwerty123456", "tried first"),
        ("Password2026!", "tried first"),
        ("aaaaaaaaaaaaaaaa", "tried first"),
        (ADVISER, "your e-mail address"),
    ] {
        let refused = here.account_change_password(&change(&old, bad)).await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.code, Code::Refused, "{bad}");
        assert!(refused.title.contains(said), "{bad}: {}", refused.title);
    }
    let wrong = here.account_change_password(&change(NEW, NEW)).await;
    assert_eq!(wrong.unwrap_err().code, Code::WrongPassword);
    assert!(with_password(&court, ADVISER, &old).await.is_ok());
}

#[tokio::test]
async fn whoever_sits_at_an_open_window_cannot_guess_the_password_to_change_it() {
    let court = court_of::<0>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut last = Code::WrongPassword;
    for _ in 0..9 {
        let refused = here
            .account_change_password(&change("not it at all", NEW))
            .await;
        last = refused.unwrap_err().code;
    }
    assert_eq!(last, Code::TooManyTries);
    let old = court.config.demo_password.clone();
    let right = here.account_change_password(&change(&old, NEW)).await;
    assert_eq!(right.unwrap_err().code, Code::TooManyTries);
}
