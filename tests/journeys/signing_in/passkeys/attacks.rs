//! What is refused: stolen links and codes, what was used before, what comes too late, what
//! is another's, what comes from elsewhere, whoever was not verified, and copies.

use super::{
    ADVISER, Back, Page, add, begin, begin_sign_in, court, end, end_sign_in, password_alone,
    recorded, sign_in, signed_in,
};
use crate::signing_in::{PROSECUTOR, later};
use contract::{
    Code,
    passkey::BeginPasskey,
    security::{ConfirmSignIn, ViewSecurity},
};
use domain::account::PasskeyChange;
use reqwest::StatusCode;
use serde_json::json;
use tests::browser::{copied, device, made, used};

#[tokio::test]
async fn a_stolen_link_gives_its_thief_nothing_and_spends_itself() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let begun = begin(&here, "Laptop").await.unwrap();
    assert!(!begun.url.contains(&begun.secret));
    // The thief makes a passkey of their own, and gets a code without the secret.
    let of_thief = Page::at(&begun.url).with(&mut device()).await.unwrap();
    let (thief, _) = signed_in(&court, PROSECUTOR).await;
    for secret in ["", "0000", of_thief.code.as_str(), of_thief.state.as_str()] {
        let refused = end(&thief, secret, &of_thief).await.unwrap_err();
        assert_eq!(refused.code, Code::Refused);
    }
    // Whoever began has the secret without the code, and one guess.
    let guessed = Back {
        code: "0".repeat(64),
        ..of_thief.clone()
    };
    let refused = end(&here, &begun.secret, &guessed).await;
    assert_eq!(refused.unwrap_err().code, Code::Refused);
    let late = end(&here, &begun.secret, &of_thief).await;
    assert_eq!(late.unwrap_err().code, Code::Refused);
    assert!(recorded(&court).await.is_empty());
}

#[tokio::test]
async fn whoever_talks_somebody_into_opening_a_link_has_no_code() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    add(&here, "Laptop", &mut laptop).await;
    // With the password alone somebody begins, and its owner's browser answers.
    let begun = begin_sign_in(&court, ADVISER).await.unwrap();
    let back = Page::open(&begun).with(&mut laptop).await.unwrap();
    let without = Back {
        code: String::new(),
        ..back
    };
    let refused = end_sign_in(&court, &begun.secret, &without).await;
    assert_eq!(refused.unwrap_err().code, Code::Refused);
    // The code goes to the owner's own computer, never to an address elsewhere.
    for redirect in [
        "https://evil.example.test/signed-in",
        "http://127.0.0.1:1@evil.example.test/signed-in",
        "http://localhost:49152/signed-in",
    ] {
        let elsewhere = BeginPasskey {
            name: "Telephone".to_owned(),
            redirect: redirect.to_owned(),
        };
        let refused = here.account_begin_passkey(&elsewhere).await;
        assert_eq!(refused.unwrap_err().code, Code::BadRequest, "{redirect}");
    }
}

#[tokio::test]
async fn what_was_used_before_is_refused() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    let begun = begin(&here, "Laptop").await.unwrap();
    let page = Page::open(&begun);
    let asked = page.look().await.unwrap();
    let made = made(&mut laptop, &page.origin(), &asked["options"]);
    let back = page.give(&made).await.unwrap();
    assert!(page.look().await.unwrap_err().says("not any more"));
    assert!(page.give(&made).await.unwrap_err().says("not any more"));
    end(&here, &begun.secret, &back).await.unwrap();
    let again = end(&here, &begun.secret, &back).await;
    assert_eq!(again.unwrap_err().code, Code::Refused);

    let begun = begin_sign_in(&court, ADVISER).await.unwrap();
    let page = Page::open(&begun);
    let asked = page.look().await.unwrap();
    let answer = used(&mut laptop, &page.origin(), &asked["options"]);
    let back = page.give(&answer).await.unwrap();
    assert!(page.give(&answer).await.unwrap_err().says("not any more"));
    end_sign_in(&court, &begun.secret, &back).await.unwrap();
    let again = end_sign_in(&court, &begun.secret, &back).await;
    assert_eq!(again.unwrap_err().code, Code::Refused);
    // An answer to another challenge is none to this one.
    let other = begin_sign_in(&court, ADVISER).await.unwrap();
    let refused = Page::open(&other).give(&answer).await.unwrap_err();
    assert!(refused.says("not accepted"), "{refused:?}");
    // And it was this link's one answer.
    let late = Page::open(&other).with(&mut laptop).await.unwrap_err();
    assert!(late.says("not any more"));
    assert!(
        recorded(&court).await.len() == 1,
        "none was taken for a copy"
    );
}

#[tokio::test]
async fn what_comes_too_late_is_refused() {
    let court = court::<13>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    add(&here, "Laptop", &mut laptop).await;
    let begun = begin_sign_in(&court, ADVISER).await.unwrap();
    let page = Page::open(&begun);
    let asked = page.look().await.unwrap();
    let answer = used(&mut laptop, &page.origin(), &asked["options"]);
    let answered = begin_sign_in(&court, ADVISER).await.unwrap();
    let back = Page::open(&answered).with(&mut laptop).await.unwrap();
    later::<13>(5);
    assert!(page.look().await.unwrap_err().says("not any more"));
    assert!(page.give(&answer).await.unwrap_err().says("not any more"));
    let late = end_sign_in(&court, &answered.secret, &back).await;
    assert_eq!(late.unwrap_err().code, Code::Refused);
    assert!(sign_in(&court, &mut laptop).await.is_ok(), "begun again");
}

#[tokio::test]
async fn what_is_another_persons_is_refused() {
    let court = court::<10>().await;
    let (ada, _) = signed_in(&court, ADVISER).await;
    let (kofi, _) = signed_in(&court, PROSECUTOR).await;
    let (mut adas, mut kofis) = (device(), device());
    // With ticket, secret and code: it is still not this person's.
    let begun = begin(&ada, "Laptop").await.unwrap();
    let back = Page::open(&begun).with(&mut adas).await.unwrap();
    let stolen = end(&kofi, &begun.secret, &back).await;
    assert_eq!(stolen.unwrap_err().code, Code::Refused);
    add(&ada, "Laptop", &mut adas).await;
    add(&kofi, "Laptop", &mut kofis).await;

    // Another's passkey does not sign this person in, whatever the browser was asked.
    let of_kofi = begin_sign_in(&court, PROSECUTOR).await.unwrap();
    let asked_of_kofi = Page::open(&of_kofi).look().await.unwrap();
    let begun = begin_sign_in(&court, ADVISER).await.unwrap();
    let page = Page::open(&begun);
    let mut options = page.look().await.unwrap()["options"].clone();
    options["publicKey"]["allowCredentials"] =
        asked_of_kofi["options"]["publicKey"]["allowCredentials"].clone();
    let answer = used(&mut kofis, &page.origin(), &options);
    let refused = page.give(&answer).await.unwrap_err();
    assert!(refused.says("not accepted"), "{refused:?}");
    assert!(sign_in(&court, &mut adas).await.is_ok());
}

#[tokio::test]
async fn what_comes_from_elsewhere_is_refused() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    add(&here, "Laptop", &mut laptop).await;
    // Another program on this computer had the browser ask, at its own port.
    for origin in ["http://localhost:9", "https://localhost"] {
        let origin = origin.parse().unwrap();
        let begun = begin_sign_in(&court, ADVISER).await.unwrap();
        let page = Page::open(&begun);
        let asked = page.look().await.unwrap();
        let answer = used(&mut laptop, &origin, &asked["options"]);
        let refused = page.give(&answer).await.unwrap_err();
        assert!(refused.says("not accepted"), "{refused:?}");
        let begun = begin(&here, "Telephone").await.unwrap();
        let page = Page::open(&begun);
        let asked = page.look().await.unwrap();
        let answer = made(&mut laptop, &origin, &asked["options"]);
        let refused = page.give(&answer).await.unwrap_err();
        assert!(refused.says("not accepted"), "{refused:?}");
    }
    // A page of another site cannot even ask; nor can our page ask for anything else.
    let begun = begin_sign_in(&court, ADVISER).await.unwrap();
    let page = Page::open(&begun);
    let own = page.origin().origin().ascii_serialization();
    let body = json!({ "ticket": begun.url.split('#').next_back().unwrap() });
    let evil = page.asks("look", &body, "https://evil.example.test").await;
    assert_eq!(evil.status(), StatusCode::FORBIDDEN);
    let ours = page.asks("look", &body, &own).await;
    assert_eq!(ours.status(), StatusCode::OK);
    let rpc = reqwest::Client::new()
        .post(format!("{}/rpc/account.about", court.url))
        .header("origin", own)
        .header("content-type", "application/json")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(rpc.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_was_not_verified_by_their_device_is_refused() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    let begun = begin(&here, "Laptop").await.unwrap();
    let page = Page::open(&begun);
    let mut options = page.look().await.unwrap()["options"].clone();
    options["publicKey"]["authenticatorSelection"]["userVerification"] = json!("discouraged");
    let answer = made(&mut laptop, &page.origin(), &options);
    let refused = page.give(&answer).await.unwrap_err();
    assert!(refused.says("not accepted"), "{refused:?}");

    add(&here, "Laptop", &mut laptop).await;
    let begun = begin_sign_in(&court, ADVISER).await.unwrap();
    let page = Page::open(&begun);
    let mut options = page.look().await.unwrap()["options"].clone();
    options["publicKey"]["userVerification"] = json!("discouraged");
    let answer = used(&mut laptop, &page.origin(), &options);
    let refused = page.give(&answer).await.unwrap_err();
    assert!(refused.says("not accepted"), "{refused:?}");
}

#[tokio::test]
async fn a_copy_of_a_passkey_is_refused_recorded_and_its_original_good_no_more() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    let added = add(&here, "Laptop", &mut laptop).await;
    let mut copy = copied(&laptop);
    sign_in(&court, &mut laptop).await.unwrap();
    sign_in(&court, &mut laptop).await.unwrap();
    let refused = sign_in(&court, &mut copy).await.unwrap_err();
    assert!(refused.contains("may have a copy"), "{refused}");

    let events = recorded(&court).await;
    let last = events.last().unwrap();
    let refused = PasskeyChange::Refused {
        known: 2,
        came: Some(1),
    };
    assert_eq!((&*last.name, &last.change), ("Laptop", &refused));
    let security = here.account_security(&ViewSecurity {}).await.unwrap();
    assert!(security.passkeys[0].refused_at.is_some());
    // Nobody knows which of the two is the copy; and the password is not enough since.
    let original = sign_in(&court, &mut laptop).await.unwrap_err();
    assert!(original.contains("no passkey that is good"), "{original}");
    assert_eq!(
        password_alone(&court).await.unwrap_err(),
        Code::SecondFactorNeeded
    );
    let by_code = ConfirmSignIn {
        email: ADVISER.to_owned(),
        password: court.config.demo_password.clone(),
        code: added.codes[0].clone(),
    };
    let who = court.stranger().account_confirm_sign_in(&by_code).await;
    assert!(!who.unwrap().person.by_passkey);
}

#[tokio::test]
async fn of_two_with_the_same_count_at_once_one_is_a_copy() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    add(&here, "Laptop", &mut laptop).await;
    let mut copy = copied(&laptop);
    // Both begin before either answers: each is asked when the count is still the same.
    let first = begin_sign_in(&court, ADVISER).await.unwrap();
    let second = begin_sign_in(&court, ADVISER).await.unwrap();
    Page::open(&first).with(&mut laptop).await.unwrap();
    let refused = Page::open(&second).with(&mut copy).await.unwrap_err();
    assert!(refused.says("may have a copy"), "{refused:?}");
    let events = recorded(&court).await;
    let refused = PasskeyChange::Refused {
        known: 1,
        came: Some(1),
    };
    assert_eq!(events.last().unwrap().change, refused);
}

#[tokio::test]
async fn whoever_removed_the_passkey_meanwhile_is_not_let_in() {
    let court = court::<10>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let mut laptop = device();
    let added = add(&here, "Laptop", &mut laptop).await;
    let begun = begin_sign_in(&court, ADVISER).await.unwrap();
    let back = Page::open(&begun).with(&mut laptop).await.unwrap();
    let remove = contract::passkey::RemovePasskey {
        passkey_id: added.security.passkeys[0].passkey_id,
    };
    here.account_remove_passkey(&remove).await.unwrap();
    let gone = end_sign_in(&court, &begun.secret, &back).await;
    assert_eq!(gone.unwrap_err().code, Code::Refused);
}

#[tokio::test]
async fn the_page_runs_its_own_script_alone_and_holds_nothing_of_anybody() {
    let court = court::<10>().await;
    let page = reqwest::get(format!("{}/passkey", court.url))
        .await
        .unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(page.headers()["cache-control"], "no-store");
    assert_eq!(page.headers()["referrer-policy"], "same-origin");
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"));
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
    let text = page.text().await.unwrap();
    assert!(!text.contains("style=") && !text.contains("onclick"));
    assert_eq!(text.matches("<script").count(), 1);
    for (part, kind) in [("page.js", "text/javascript"), ("page.css", "text/css")] {
        assert!(text.contains(&format!("\"passkey/{part}\"")));
        let part = reqwest::get(format!("{}/passkey/{part}", court.url));
        let part = part.await.unwrap();
        let given = part.headers()["content-type"].to_str().unwrap();
        assert_eq!(given, format!("{kind}; charset=utf-8"));
    }
    for (body, kind) in [
        ("{}", "application/json"),
        ("{\"ticket\":\"x\"}", "text/plain"),
    ] {
        let wrong = reqwest::Client::new()
            .post(format!("{}/passkey/look", court.url))
            .header("content-type", kind)
            .body(body);
        let wrong = wrong.send().await.unwrap();
        assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
    }
}
