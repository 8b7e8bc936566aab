//! A second factor that was lost together with the recovery codes: whoever administers its person
//! takes it away, and gains nothing by it. What is asked for in its place comes by letter.

use super::{
    answered, court_of,
    factors::{Authenticator, enrolled},
    later, signed_in, with_password,
};
use crate::{
    audit::{line, lines, of_person},
    channels::{court_with_mail, until},
    people::{ADMINISTRATOR, SOLICITOR, people, row},
};
use app::account::{organisation_named, require_second_factor, sign_in_code};
use client::Client;
use contract::{
    Code, Problem,
    account::SignedIn,
    case,
    organisation::{ChangeRoles, PeopleOf, TakeFactorAway},
    security::{ConfirmSignIn, Prove},
};
use testkit::{MailServer, TestCourt};
use vocabulary::{AccountId, Group};

const WHY: &str = "Telephone and codes were stolen; she stood before me";
const CAN: &str = "take_factor_away";

async fn take_away(client: &Client, account_id: AccountId) -> Result<PeopleOf, Problem> {
    let reason = WHY.to_owned();
    let asked = TakeFactorAway { account_id, reason };
    client.organisation_take_factor_away(&asked).await
}

async fn code_of(client: &Client, account_id: AccountId) -> Result<(), Code> {
    let taken = take_away(client, account_id).await;
    taken.map(|_| ()).map_err(|problem| problem.code)
}

async fn with_code(court: &TestCourt, email: &str, code: &str) -> Result<SignedIn, Code> {
    let confirm = ConfirmSignIn {
        email: email.to_owned(),
        password: court.config.demo_password.clone(),
        code: code.to_owned(),
    };
    let answer = court.stranger().account_confirm_sign_in(&confirm).await;
    answer.map_err(|problem| problem.code)
}

async fn by_password(court: &TestCourt, email: &str) -> Problem {
    let password = court.config.demo_password.clone();
    with_password(court, email, &password).await.unwrap_err()
}

/// The letters to an address, whole.
fn to(mail: &MailServer, email: &str) -> Vec<String> {
    let mut all = mail.messages();
    all.retain(|letter| letter.contains(&format!("To: {email}")));
    all
}

async fn code_by_letter(mail: &MailServer, email: &str, known: &[String]) -> String {
    until("a letter with a code", || async {
        let letters = to(mail, email);
        let codes = letters.iter().filter_map(|letter| {
            let (_, after) = letter.split_once("Your code is ")?;
            Some(after.split_whitespace().next()?.to_owned())
        });
        codes.into_iter().find(|code| !known.contains(code))
    })
    .await
}

/// Somebody with a second factor, who is signed in.
async fn with_factor(
    court: &TestCourt,
    email: &str,
) -> (AccountId, Client, Authenticator, Vec<String>) {
    let (client, signed_in) = signed_in(court, email).await;
    let (authenticator, codes) = enrolled(court, &client).await;
    (signed_in.person.account_id, client, authenticator, codes)
}

#[tokio::test]
async fn what_was_lost_is_taken_away_and_the_person_comes_back_by_a_letter_alone() {
    let mail = MailServer::start();
    let court = court_with_mail(&mail).await;
    let (iris, at_work, authenticator, recovery) = with_factor(&court, SOLICITOR).await;
    let hal = court.sign_in(ADMINISTRATOR).await;
    let seen = people(&hal).await;
    assert!(row(&seen, SOLICITOR).may.iter().any(|one| one == CAN));
    assert!(!row(&seen, ADMINISTRATOR).may.iter().any(|one| one == CAN));

    let after = take_away(&hal, iris).await.unwrap();
    assert!(!row(&after, SOLICITOR).may.iter().any(|one| one == CAN));
    assert_eq!(answered(&at_work).await, Err(Code::SignedOut));

    // Neither the password alone nor what was lost opens anything.
    let asked = by_password(&court, SOLICITOR).await;
    assert_eq!(asked.code, Code::SecondFactorNeeded);
    assert!(asked.title.contains("was taken away"), "{}", asked.title);
    let lost = [authenticator.shows(&court, 0), recovery[0].clone()];
    for code in &lost {
        let refused = with_code(&court, SOLICITOR, code).await;
        assert_eq!(refused.unwrap_err(), Code::SecondFactorNeeded);
    }
    let code = code_by_letter(&mail, SOLICITOR, &[]).await;
    // It is hers: nobody else signs in with it, and it is not used up by that.
    let theirs = with_code(&court, ADMINISTRATOR, &code).await;
    assert!(theirs.is_ok(), "the administrator has no second factor");
    let back = with_code(&court, SOLICITOR, &code).await.unwrap();
    let back = court.stranger().with_token(&back.token);
    back.case_list(&case::List {}).await.unwrap();
    let again = with_code(&court, SOLICITOR, &code).await;
    assert_eq!(again.unwrap_err(), Code::SecondFactorNeeded);

    // Until there is another, each sign-in asks for a letter.
    let asked = by_password(&court, SOLICITOR).await;
    assert!(asked.title.contains("was taken away"), "{}", asked.title);
    let unused = code_by_letter(&mail, SOLICITOR, std::slice::from_ref(&code)).await;
    let (authenticator, _) = enrolled(&court, &back).await;
    let refused = with_code(&court, SOLICITOR, &unused).await;
    assert_eq!(refused.unwrap_err(), Code::SecondFactorNeeded);
    let shown = authenticator.shows(&court, 0);
    assert!(with_code(&court, SOLICITOR, &shown).await.is_ok());

    until("she is told", || async {
        let letters = to(&mail, SOLICITOR);
        let told = |letter: &String| letter.contains("Subject: Your second factor was taken away");
        letters.iter().any(told).then_some(())
    })
    .await;
    let told = to(&mail, ADMINISTRATOR);
    assert!(told.iter().all(|letter| !letter.contains("Your code is")));
    let recorded = of_person(&court, SOLICITOR).await;
    let taken = line(&recorded, "every second factor taken away");
    assert!(taken.to.contains(WHY), "{}", taken.to);
    assert_eq!(taken.who, "Hal Corbin");
    let by_letter = |line: &&contract::audit::AuditLine| line.why == "code by letter";
    let ways = lines(&recorded, "signed in");
    assert_eq!(ways.into_iter().filter(by_letter).count(), 1);
}

#[tokio::test]
async fn who_must_have_a_second_factor_sets_up_another_before_anything_else() {
    let court = court_of::<2>().await;
    let (iris, ..) = with_factor(&court, SOLICITOR).await;
    let app = &court.state.app;
    let account = app.index.account(iris).await.unwrap().unwrap();
    let own = app.index.organisation(account.organisation).await.unwrap();
    let own = organisation_named(app, &own.unwrap().name).await.unwrap();
    let hal = court.sign_in(ADMINISTRATOR).await;
    take_away(&hal, iris).await.unwrap();
    require_second_factor(app, &own, true).await.unwrap();

    // No mail leaves this court: whoever runs it makes the code.
    let asked = by_password(&court, SOLICITOR).await;
    assert!(asked.hint.contains("whoever runs it"), "{}", asked.hint);
    assert!(sign_in_code(app, ADMINISTRATOR).await.is_err());
    let (code, minutes) = sign_in_code(app, SOLICITOR).await.unwrap();
    assert_eq!(minutes, 30);
    // Whoever enters the password first is asked for that code, which is good still.
    by_password(&court, SOLICITOR).await;
    let back = with_code(&court, SOLICITOR, &code).await.unwrap();
    assert!(back.person.second_factor_missing);
    let back = court.stranger().with_token(&back.token);
    let list = back.case_list(&case::List {}).await;
    assert_eq!(list.unwrap_err().code, Code::SecondFactorMissing);
    enrolled(&court, &back).await;
    back.case_list(&case::List {}).await.unwrap();
    let recorded = of_person(&court, SOLICITOR).await;
    line(&recorded, "code to sign in once made");
}

#[tokio::test]
async fn nobody_takes_away_their_own_or_anothers_or_without_proving_anew_who_they_are() {
    let court = court_of::<26>().await;
    let (iris, at_work, ..) = with_factor(&court, SOLICITOR).await;
    let hal = court.sign_in(ADMINISTRATOR).await;
    // A firm's own people are its own administrator's, and no other administers them.
    let noor = court.person(Group::SystemAdministrators, 0).await;
    assert_eq!(code_of(&noor, iris).await, Err(Code::Refused));
    let joel = court.sign_in("joel.hart@hartfieldlaw.example.test").await;
    assert_eq!(code_of(&joel, iris).await, Err(Code::NotPermitted));
    assert_eq!(code_of(&at_work, iris).await, Err(Code::NotPermitted));

    later::<26>(16);
    assert_eq!(code_of(&hal, iris).await, Err(Code::ProofNeeded));
    assert_eq!(answered(&at_work).await, Ok(()));
    let prove = Prove {
        password: Some(court.config.demo_password.clone()),
        code: None,
    };
    let proved = hal.account_prove(&prove).await.unwrap();
    let hal = court.stranger().with_token(&proved.token);
    let both = ChangeRoles {
        account_id: iris,
        role: "Partner".to_owned(),
        groups: vec![Group::DefenceLawyers, Group::OrganisationAdministrator],
        organisation_id: people(&hal).await.organisation_id,
    };
    hal.organisation_change_roles(&both).await.unwrap();
    assert_eq!(code_of(&at_work, iris).await, Err(Code::Refused), "her own");

    // Who administers an organisation may be alone in it: the service does it for them, and
    // whoever administers beside them is told.
    let proved = noor.account_prove(&prove).await.unwrap();
    let noor = court.stranger().with_token(&proved.token);
    take_away(&noor, iris).await.unwrap();
    assert_eq!(answered(&at_work).await, Err(Code::SignedOut));
    let now = court.state.app.chance.now();
    let letters = until("the letters", || async {
        // The server's own round claims them as well, and puts them off.
        let sign_ins = &court.state.app.sign_ins;
        let until = now.plus_seconds(1);
        let claimed = sign_ins
            .claim_letters(now.plus_seconds(3_600), until, 20)
            .await;
        let claimed = claimed.unwrap();
        let told = claimed.iter().any(|letter| letter.to == ADMINISTRATOR);
        told.then_some(claimed)
    })
    .await;
    let told = letters.iter().find(|letter| letter.to == ADMINISTRATOR);
    assert_eq!(told.unwrap().subject, "A second factor was taken away");
    assert_eq!(code_of(&noor, iris).await, Err(Code::Refused), "it is gone");
}
