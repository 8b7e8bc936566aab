//! Doors beside the one that is guarded: a password from before an organisation had its own
//! provider, an office beside its head, a live stream that nobody sits at.

use super::factors::enrolled;
use super::{ADVISER, PROSECUTOR, answered, court_of, later, signed_in, with_password};
use crate::people::{PARTNER, activate, firm, invite, register, row, sign_in, validate};
use app::account::{organisation_named, require_second_factor, set_provider};
use contract::{
    Code,
    activation::{Activate, Activation},
    organisation::{People, RegisterOffice, ShowLink},
    security::{Prove, RequestReset},
};
use domain::account::{Organisation, Provider};
use std::time::Duration;
use testkit::TestCourt;
use vocabulary::Group;

const IRIS: &str = "iris.thorne@thornevale.example.test";

async fn organisation_of(court: &TestCourt, email: &str) -> Organisation {
    let app = &court.state.app;
    let account = app.index.account_by_email(email).await.unwrap().unwrap();
    let own = app.index.organisation(account.organisation).await.unwrap();
    own.unwrap()
}

/// Somebody joins a firm whose own provider signs its people in: they are asked for no password,
/// which no door would take.
#[tokio::test]
async fn a_joiner_whose_firm_signs_them_in_chooses_no_password() {
    const JOINER: &str = "gita.rowe@thornevale.example.test";
    let court = court_of::<14>().await;
    let firm = organisation_of(&court, IRIS).await;
    let manager = court.sign_in(crate::people::ADMINISTRATOR).await;
    let people = invite(&manager, JOINER, &[Group::DefenceLawyers]).await;
    let account_id = row(&people.unwrap(), JOINER).account_id;
    let shown = manager
        .organisation_show_link(&ShowLink { account_id })
        .await;
    let code = shown.unwrap().link;
    let domains = ["thornevale.example.test".to_owned()];
    let issuer = "https://id.thornevale.example.test";
    let own = Provider::new(issuer, "common-platform", &domains).unwrap();
    let app = &court.state.app;
    set_provider(app, &firm, Some(own)).await.unwrap();

    let stranger = court.stranger();
    let asked = Activation { code: code.clone() };
    let invitation = stranger.account_activation(&asked).await.unwrap();
    assert!(invitation.by_provider);
    let taken = Activate {
        code,
        password: String::new(),
        terms: invitation.terms_version,
    };
    let taken = stranger.account_activate(&taken).await.unwrap();
    assert_eq!(taken.email, JOINER);
    // Their provider finds an account that is active; no password is kept beside it.
    let account = app.index.account_by_email(JOINER).await.unwrap().unwrap();
    assert!(account.active);
    set_provider(app, &firm, None).await.unwrap();
    assert!(with_password(&court, JOINER, "").await.is_err());
}

#[tokio::test]
async fn a_password_from_before_does_not_open_beside_an_organisations_own_provider() {
    let court = court_of::<14>().await;
    let (here, _) = signed_in(&court, IRIS).await;
    let (authenticator, _) = enrolled(&court, &here).await;
    let firm = organisation_of(&court, IRIS).await;
    let domains = ["thornevale.example.test".to_owned()];
    let issuer = "https://id.thornevale.example.test";
    let own = Provider::new(issuer, "common-platform", &domains).unwrap();
    set_provider(&court.state.app, &firm, Some(own))
        .await
        .unwrap();

    let password = court.config.demo_password.clone();
    let refused = with_password(&court, IRIS, &password).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert!(
        refused.hint.contains("with your organisation"),
        "{refused:?}"
    );
    // Nor does it unlock what was open before.
    let prove = Prove {
        password: Some(password.clone()),
        code: None,
    };
    let refused = here.account_prove(&prove).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    // Nor a code of the authenticator that she had then.
    let prove = Prove {
        password: None,
        code: Some(authenticator.shows(&court, 0)),
    };
    let refused = here.account_prove(&prove).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert!(
        refused.hint.contains("with your organisation"),
        "{refused:?}"
    );
    // Whoever has not the password is told what everybody is told: nothing of a provider.
    let guessed = with_password(&court, IRIS, "not the password").await;
    let unknown = with_password(&court, "nobody@thornevale.example.test", &password).await;
    assert_eq!(guessed.unwrap_err(), unknown.unwrap_err());
    let ask = RequestReset {
        email: IRIS.to_owned(),
    };
    assert!(court.stranger().account_request_reset(&ask).await.is_ok());
    // Other organisations' passwords open as before, and hers again without a provider.
    assert!(with_password(&court, ADVISER, &password).await.is_ok());
    set_provider(&court.state.app, &firm, None).await.unwrap();
    let asked = with_password(&court, IRIS, &password).await;
    assert_eq!(asked.unwrap_err().code, Code::SecondFactorNeeded);
}

#[tokio::test]
async fn an_office_asks_for_the_second_factor_that_its_head_office_asks_for() {
    let court = TestCourt::open().await;
    let app = &court.state.app;
    let name = "Pryce Adeyemi LLP";
    register(&court, firm(&court, name, PARTNER).await).await;
    let link = validate(&court, name).await.unwrap();
    activate(&court, &link.link).await.unwrap();
    let partner = sign_in(&court, PARTNER).await;
    let open = async |name: &str| {
        let said = firm(&court, name, "other@else.example.test").await;
        let office = RegisterOffice { said };
        partner.organisation_register_office(&office).await.unwrap();
    };
    let asks = async |name: &str| {
        let found = organisation_named(app, name).await.unwrap();
        found.signing_in.second_factor
    };
    let (first, second) = (
        "Pryce Adeyemi LLP, Porthgarreg",
        "Pryce Adeyemi LLP, Ashmere",
    );
    open(first).await;
    open(second).await;
    validate(&court, first).await;
    assert!(!asks(first).await);
    // The head asks from now on: of the office that is there, and of the one to come.
    let head = organisation_named(app, name).await.unwrap();
    require_second_factor(app, &head, true).await.unwrap();
    assert!(asks(first).await);
    validate(&court, second).await;
    assert!(asks(second).await);
    let refused = partner
        .organisation_people(&People {
            organisation_id: None,
        })
        .await;
    assert_eq!(refused.unwrap_err().code, Code::SecondFactorMissing);
    // What an office asks for, its head does not take back; and nobody else is asked.
    let head = organisation_named(app, name).await.unwrap();
    require_second_factor(app, &head, false).await.unwrap();
    assert!(!asks(name).await && asks(first).await);
    assert!(!organisation_of(&court, IRIS).await.signing_in.second_factor);
}

#[tokio::test]
async fn an_office_signs_its_people_in_as_its_head_office_does() {
    let court = TestCourt::open().await;
    let app = &court.state.app;
    let name = "Pryce Adeyemi LLP";
    register(&court, firm(&court, name, PARTNER).await).await;
    let link = validate(&court, name).await.unwrap();
    activate(&court, &link.link).await.unwrap();
    let partner = sign_in(&court, PARTNER).await;
    let (first, second) = (
        "Pryce Adeyemi LLP, Porthgarreg",
        "Pryce Adeyemi LLP, Ashmere",
    );
    for name in [first, second] {
        let said = firm(&court, name, "other@else.example.test").await;
        let office = RegisterOffice { said };
        partner.organisation_register_office(&office).await.unwrap();
    }
    let by = async |name: &str| {
        let found = organisation_named(app, name).await.unwrap();
        found.signing_in.provider.map(|own| own.issuer)
    };
    validate(&court, first).await;
    let issuer = |which: u8| format!("https://id{which}.pryceadeyemi.example.test");
    let provider = |which| {
        let domains = ["pryceadeyemi.example.test".to_owned()];
        Provider::new(&issuer(which), "common-platform", &domains).unwrap()
    };
    let head = organisation_named(app, name).await.unwrap();
    set_provider(app, &head, Some(provider(1))).await.unwrap();
    assert_eq!(by(first).await, Some(issuer(1)));
    validate(&court, second).await;
    assert_eq!(by(second).await, Some(issuer(1)));
    // An office that has another keeps it when the head office has none any more.
    let office = organisation_named(app, second).await.unwrap();
    set_provider(app, &office, Some(provider(2))).await.unwrap();
    let head = organisation_named(app, name).await.unwrap();
    set_provider(app, &head, None).await.unwrap();
    let now = (by(name).await, by(first).await, by(second).await);
    assert_eq!(now, (None, None, Some(issuer(2))));
}

#[tokio::test]
async fn a_live_stream_that_nobody_sits_at_ends_when_its_session_locks_itself() {
    let court = court_of::<15>().await;
    let (idle, _) = signed_in(&court, ADVISER).await;
    let (used, _) = signed_in(&court, PROSECUTOR).await;
    let (mut left, mut heard) = (idle.live(None), used.live(None));
    assert!(left.next_live().await.is_some());
    assert!(heard.next_live().await.is_some());
    for _ in 0..3 {
        later::<15>(7);
        assert_eq!(answered(&used).await, Ok(()));
        // That it is used is noted apart: nobody waits for it.
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let cut = tokio::time::timeout(Duration::from_millis(2_500), async {
        while left.next_live().await.is_some() {}
    });
    cut.await.expect("the stream is cut");
    let still = tokio::time::timeout(Duration::from_millis(1_500), async {
        while heard.next_live().await.is_some() {}
    });
    assert!(still.await.is_err(), "whoever works goes on hearing");
}
