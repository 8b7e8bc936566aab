//! Organisations that register, and their people: from the registration by a stranger to the
//! leaver. Administrators and what they may not do are in `people/administering.rs`, the
//! onboarding form in `people/importing.rs`, accounts that nobody uses in `people/idle.rs`,
//! mail in `people/mail.rs`, names in `people/naming.rs`, announcements and help in `people/support.rs`.

mod administering;
mod idle;
mod importing;
mod kinds;
mod leaving;
mod mail;
mod naming;
mod own_roles;
mod sees;
mod support;
mod support_roles;

use client::Client;
use contract::{
    Code, Problem,
    account::{Current, SignIn, SignedIn},
    activation::{Activate, Activation, AskAgain},
    organisation::{
        Invite, Link, People, PeopleOf, PersonRow, Queue, Refuse, Register, Said, ShowLink, Status,
        Terms, Validate,
    },
};
use testkit::TestCourt;
use vocabulary::{Group, Jurisdiction, OrganisationKind};

pub(crate) const PASSWORD: &str = "three fictional words";
/// The administrator of a firm of the demo court.
pub(crate) const ADMINISTRATOR: &str = "hal.corbin@thornevale.example.test";
pub(crate) const SOLICITOR: &str = "iris.thorne@thornevale.example.test";

/// A firm that says all it must.
pub(crate) async fn firm(court: &TestCourt, name: &str, email: &str) -> Said {
    let terms = court
        .stranger()
        .organisation_terms(&Terms {})
        .await
        .unwrap();
    Said {
        kind: OrganisationKind::DefenceFirm,
        name: name.to_owned(),
        address: vec!["8 Weir Street".to_owned(), "Ashmere".to_owned()],
        postcode: "AM2 7PA".to_owned(),
        email: "office@pryceadeyemi.example.test".to_owned(),
        phone: "01632 960001".to_owned(),
        laa_contracts: vec!["0A123B".to_owned()],
        regulator_number: Some("612345".to_owned()),
        ou_code: None,
        sole_practitioner: false,
        jurisdiction: None,
        local_justice_area: None,
        courtrooms: 0,
        accountable_name: "Bola Adeyemi".to_owned(),
        accountable_email: email.to_owned(),
        accountable_role: "Partner".to_owned(),
        terms: terms.version,
    }
}

pub(crate) const PARTNER: &str = "bola@pryceadeyemi.example.test";

/// Registers it; gives its reference.
pub(crate) async fn register(court: &TestCourt, said: Said) -> String {
    let stranger = court.stranger();
    let registered = stranger
        .organisation_register(&Register { said })
        .await
        .unwrap();
    assert_eq!(registered.wrong, []);
    registered.reference.unwrap()
}

/// Validates the one registration of a name; gives the link that no mail brings.
pub(crate) async fn validate(court: &TestCourt, name: &str) -> Option<Link> {
    let staff = court.as_administrator().await;
    let queue = staff.organisation_queue(&Queue {}).await.unwrap();
    let waiting = queue.items.iter().find(|item| item.name == name).unwrap();
    let organisation_id = waiting.organisation_id;
    let after = staff
        .organisation_validate(&Validate { organisation_id })
        .await;
    after.unwrap().link
}

pub(crate) async fn activate(court: &TestCourt, code: &str) -> Result<String, Problem> {
    let stranger = court.stranger();
    let code = code.to_owned();
    let invitation = stranger
        .account_activation(&Activation { code: code.clone() })
        .await?;
    let taken = stranger
        .account_activate(&Activate {
            code,
            password: PASSWORD.to_owned(),
            terms: invitation.terms_version,
        })
        .await?;
    Ok(taken.email)
}

pub(crate) async fn try_sign_in(court: &TestCourt, email: &str) -> Result<SignedIn, Problem> {
    let sign_in = SignIn {
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
    };
    court.stranger().account_sign_in(&sign_in).await
}

pub(crate) async fn sign_in(court: &TestCourt, email: &str) -> Client {
    let signed_in = try_sign_in(court, email).await.unwrap();
    court.stranger().with_token(&signed_in.token)
}

/// A firm that registered, was validated, and whose partner signed in.
pub(crate) async fn joined(court: &TestCourt, name: &str) -> Client {
    register(court, firm(court, name, PARTNER).await).await;
    let link = validate(court, name).await.unwrap();
    activate(court, &link.link).await.unwrap();
    sign_in(court, PARTNER).await
}

pub(crate) async fn people(client: &Client) -> PeopleOf {
    let own = People {
        organisation_id: None,
    };
    client.organisation_people(&own).await.unwrap()
}

pub(crate) fn row<'a>(people: &'a PeopleOf, email: &str) -> &'a PersonRow {
    people.people.iter().find(|row| row.email == email).unwrap()
}

/// Invites somebody into one's own organisation.
pub(crate) async fn invite(
    client: &Client,
    email: &str,
    groups: &[Group],
) -> Result<PeopleOf, Problem> {
    let organisation_id = people(client).await.organisation_id;
    client
        .organisation_invite(&Invite {
            organisation_id,
            email: email.to_owned(),
            name: "Gita Rowe".to_owned(),
            role: "Solicitor".to_owned(),
            groups: groups.to_vec(),
        })
        .await
}

/// Invites, hands the link over and activates; gives the account of the new colleague.
pub(crate) async fn colleague(court: &TestCourt, client: &Client, email: &str) -> PersonRow {
    let after = invite(client, email, &[Group::DefenceLawyers])
        .await
        .unwrap();
    let invited = row(&after, email).clone();
    let account_id = invited.account_id;
    let link = client
        .organisation_show_link(&ShowLink { account_id })
        .await;
    activate(court, &link.unwrap().link).await.unwrap();
    invited
}

/// A number that no client can see.
pub(crate) async fn number(court: &TestCourt, sql: &'static str) -> i64 {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&court.config.database_url)
        .await
        .unwrap();
    let found = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
    pool.close().await;
    found
}

pub(crate) fn code_of<T: std::fmt::Debug>(outcome: Result<T, Problem>) -> Code {
    outcome.unwrap_err().code
}

#[tokio::test]
async fn a_firm_registers_is_validated_and_its_partner_activates_and_signs_in() {
    let court = TestCourt::open().await;
    let reference = register(&court, firm(&court, "Pryce Adeyemi LLP", PARTNER).await).await;
    let status = async || {
        let reference = reference.to_lowercase();
        let (stranger, asked) = (court.stranger(), Status { reference });
        stranger.organisation_registration(&asked).await.unwrap()
    };
    assert_eq!(status().await.standing, "waiting");
    // Nobody finds it before it is validated, and its partner cannot sign in.
    let known = court.state.app.index.organisations().await.unwrap();
    assert!(!known.iter().any(|own| own.name == "Pryce Adeyemi LLP"));
    assert_eq!(
        code_of(try_sign_in(&court, PARTNER).await),
        Code::WrongPassword
    );

    let link = validate(&court, "Pryce Adeyemi LLP").await.unwrap();
    assert_eq!(link.email, PARTNER);
    assert_eq!(status().await.standing, "validated");
    assert_eq!(
        code_of(try_sign_in(&court, PARTNER).await),
        Code::WrongPassword
    );
    assert_eq!(activate(&court, &link.link).await.unwrap(), PARTNER);

    let partner = sign_in(&court, PARTNER).await;
    let person = partner.account_current(&Current {}).await.unwrap();
    assert_eq!(person.groups, [Group::OrganisationAdministrator]);
    assert_eq!(person.organisation, "Pryce Adeyemi LLP");
    assert!(person.screens.contains(&"people".to_owned()));
    // The terms that were accepted are in the record.
    let account = court
        .state
        .app
        .index
        .account(person.account_id)
        .await
        .unwrap();
    assert!(account.unwrap().life.terms.is_some());
}

#[tokio::test]
async fn a_sole_practitioner_is_advocate_and_administers_the_organisation_of_one() {
    let court = TestCourt::open().await;
    let mut said = firm(&court, "Gwen Tolliver", "gwen@tolliver.example.test").await;
    said.kind = OrganisationKind::Chambers;
    said.sole_practitioner = true;
    register(&court, said).await;
    let link = validate(&court, "Gwen Tolliver").await.unwrap();
    let email = activate(&court, &link.link).await.unwrap();
    let person = sign_in(&court, &email)
        .await
        .account_current(&Current {})
        .await
        .unwrap();
    assert!(person.groups.contains(&Group::Advocates));
    assert!(person.groups.contains(&Group::OrganisationAdministrator));
}

#[tokio::test]
async fn a_court_registers_with_its_rooms_and_others_find_them() {
    let court = TestCourt::open().await;
    let mut said = firm(&court, "Llanfair Magistrates' Court", PARTNER).await;
    said.kind = OrganisationKind::Court;
    said.regulator_number = None;
    said.laa_contracts = Vec::new();
    said.ou_code = Some("B29LF00".to_owned());
    said.jurisdiction = Some(Jurisdiction::Magistrates);
    said.courtrooms = 2;
    register(&court, said).await;
    validate(&court, "Llanfair Magistrates' Court").await;
    let adviser = court.as_legal_adviser().await;
    let rooms = contract::hearing::Courtrooms {};
    let rooms = adviser.hearing_courtrooms(&rooms).await.unwrap();
    let house = rooms
        .courts
        .iter()
        .find(|own| own.name.starts_with("Llanfair"));
    assert_eq!(house.unwrap().rooms.len(), 2);
}

#[tokio::test]
async fn what_is_wrong_is_said_field_by_field_and_nothing_waits() {
    let court = TestCourt::open().await;
    let mut said = firm(&court, "", "bola").await;
    said.terms = String::new();
    let registered = court
        .stranger()
        .organisation_register(&Register { said })
        .await
        .unwrap();
    assert_eq!(registered.reference, None);
    let fields: Vec<_> = registered
        .wrong
        .iter()
        .map(|own| own.field.as_str())
        .collect();
    assert_eq!(fields, ["name", "accountable_email", "terms"]);
    let staff = court.as_administrator().await;
    assert_eq!(staff.organisation_queue(&Queue {}).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_refusal_has_a_reason_which_whoever_registered_reads_and_is_the_only_decision() {
    let court = TestCourt::open().await;
    let reference = register(&court, firm(&court, "Pryce Adeyemi LLP", PARTNER).await).await;
    let staff = court.as_administrator().await;
    let organisation_id =
        staff.organisation_queue(&Queue {}).await.unwrap().items[0].organisation_id;
    let refuse = |reason: &str| Refuse {
        organisation_id,
        reason: reason.to_owned(),
    };
    assert_eq!(
        code_of(staff.organisation_refuse(&refuse(" ")).await),
        Code::Refused
    );
    let reason = "The SRA knows no firm of this number.";
    let after = staff.organisation_refuse(&refuse(reason)).await.unwrap();
    assert_eq!(after.total, 0);
    let status = court
        .stranger()
        .organisation_registration(&Status { reference })
        .await
        .unwrap();
    assert_eq!(status.standing, "refused");
    assert!(status.text.contains(reason));
    let twice = staff
        .organisation_validate(&Validate { organisation_id })
        .await;
    assert_eq!(code_of(twice), Code::Refused);
    assert_eq!(
        code_of(staff.organisation_refuse(&refuse(reason)).await),
        Code::Refused
    );
}

#[tokio::test]
async fn whoever_registers_learns_nothing_of_who_is_here_and_staff_are_told() {
    let court = TestCourt::open().await;
    // A name and an address that are here, and ones that are not: the same answer.
    let known = register(
        &court,
        firm(&court, "Thorne & Vale Solicitors", SOLICITOR).await,
    )
    .await;
    let other = register(&court, firm(&court, "Pryce Adeyemi LLP", PARTNER).await).await;
    assert_eq!(known.len(), other.len());
    let staff = court.as_administrator().await;
    let queue = staff.organisation_queue(&Queue {}).await.unwrap();
    let warnings = |name: &str| {
        let item = queue.items.iter().find(|own| own.name == name).unwrap();
        item.warnings.join(" ")
    };
    let told = warnings("Thorne & Vale Solicitors");
    assert!(
        told.contains("is here already") && told.contains("has an account"),
        "{told}"
    );
    assert!(!warnings("Pryce Adeyemi LLP").contains("already"));
    // And it cannot be validated by oversight.
    let organisation_id = queue
        .items
        .iter()
        .find(|own| own.name.starts_with("Thorne"));
    let organisation_id = organisation_id.unwrap().organisation_id;
    let outcome = staff
        .organisation_validate(&Validate { organisation_id })
        .await;
    assert_eq!(code_of(outcome), Code::Refused);
    // A reference that nobody was given says nothing.
    let guess = Status {
        reference: "R-2345-6789-ABCD-EFGH".to_owned(),
    };
    let guess = court.stranger().organisation_registration(&guess).await;
    assert_eq!(code_of(guess), Code::NotFound);
}

#[tokio::test]
async fn only_staff_of_the_service_decide_on_registrations() {
    let court = TestCourt::open().await;
    register(&court, firm(&court, "Pryce Adeyemi LLP", PARTNER).await).await;
    let staff = court.as_administrator().await;
    let organisation_id =
        staff.organisation_queue(&Queue {}).await.unwrap().items[0].organisation_id;
    let firm = court.sign_in(ADMINISTRATOR).await;
    for client in [court.as_legal_adviser().await, firm, court.as_cps().await] {
        assert_eq!(
            code_of(client.organisation_queue(&Queue {}).await),
            Code::NotPermitted
        );
        let outcome = client
            .organisation_validate(&Validate { organisation_id })
            .await;
        assert_eq!(code_of(outcome), Code::NotPermitted);
    }
    let outcome = court.stranger().organisation_queue(&Queue {}).await;
    assert_eq!(code_of(outcome), Code::SignedOut);
}

#[tokio::test]
async fn a_link_works_once_until_it_expires_and_only_the_newest() {
    let court = TestCourt::open().await;
    let administrator = court.sign_in(ADMINISTRATOR).await;
    let email = "gita.rowe@thornevale.example.test";
    let after = invite(&administrator, email, &[Group::DefenceLawyers])
        .await
        .unwrap();
    let account_id = row(&after, email).account_id;
    let show = async || {
        let shown = administrator
            .organisation_show_link(&ShowLink { account_id })
            .await;
        shown.unwrap()
    };
    let (first, second) = (show().await, show().await);
    let old = activate(&court, &first.link).await.unwrap_err();
    // Used, replaced, expired, never made: told the same.
    let never = activate(&court, "2345-6789-ABCD-EFGH-JKLM-NPQR-ST")
        .await
        .unwrap_err();
    assert_eq!(old, never);
    let days = (second.until.micros() - court.chance().now().micros()) / 86_400_000_000;
    assert_eq!(days, 27, "28 days, less the moment since");
    // What the person can put right does not use it up.
    let weak = Activate {
        code: second.link.clone(),
        password: "short".to_owned(),
        terms: "2026-11".to_owned(),
    };
    let stranger = court.stranger();
    assert_eq!(
        code_of(stranger.account_activate(&weak).await),
        Code::Refused
    );
    let other_terms = Activate {
        password: PASSWORD.to_owned(),
        terms: "1999".to_owned(),
        ..weak
    };
    assert_eq!(
        code_of(stranger.account_activate(&other_terms).await),
        Code::Refused
    );
    assert_eq!(activate(&court, &second.link).await.unwrap(), email);
    assert_eq!(activate(&court, &second.link).await.unwrap_err(), never);

    let email = "late@thornevale.example.test";
    let after = invite(&administrator, email, &[Group::DefenceLawyers])
        .await
        .unwrap();
    let account_id = row(&after, email).account_id;
    let link = administrator
        .organisation_show_link(&ShowLink { account_id })
        .await
        .unwrap();
    let app = &court.state.app;
    let hash = app::account::token_hash(&format!(
        "activation {}",
        link.link.rsplit('#').next().unwrap().replace('-', "")
    ));
    let after = |days: i64| link.until.plus_seconds((days - 28) * 86_400);
    assert!(app.people.code(&hash, after(27)).await.unwrap().is_some());
    assert!(app.people.code(&hash, after(28)).await.unwrap().is_none());
    // What is kept is no link.
    let as_hashes = "select count(*) from activation_code where length(code_hash) = 64";
    let all = "select count(*) from activation_code";
    assert_eq!(number(&court, as_hashes).await, number(&court, all).await);
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_activates() {
    let court = TestCourt::open().await;
    register(&court, firm(&court, "Pryce Adeyemi LLP", PARTNER).await).await;
    let link = validate(&court, "Pryce Adeyemi LLP").await.unwrap();
    let both = tokio::join!(activate(&court, &link.link), activate(&court, &link.link));
    let worked = [both.0.is_ok(), both.1.is_ok()];
    assert_eq!(worked.iter().filter(|own| **own).count(), 1, "{worked:?}");
}

#[tokio::test]
async fn asking_for_a_link_is_answered_and_done_alike_for_everybody() {
    let court = TestCourt::open().await;
    let stranger = court.stranger();
    for email in [
        SOLICITOR,
        "nobody@example.test",
        "no address",
        "\0@example.test",
    ] {
        let email = email.to_owned();
        let asked = stranger
            .account_ask_again(&AskAgain { email })
            .await
            .unwrap();
        // That no mail leaves here is said to everybody.
        let alike = serde_json::json!({"mail": false});
        assert_eq!(serde_json::to_value(asked).unwrap(), alike);
    }
    // Over the limit nothing is said either.
    for _ in 0..8 {
        let email = SOLICITOR.to_owned();
        stranger
            .account_ask_again(&AskAgain { email })
            .await
            .unwrap();
    }
    // Nothing came of it for an account that is active.
    app::organisation::send_mail(&court.state.app)
        .await
        .unwrap();
    let waiting = "select count(*) from account_mail";
    assert_eq!(number(&court, waiting).await, 0);
    let asked = "select count(*) from activation_asked";
    assert_eq!(number(&court, asked).await, 0);
}

#[tokio::test]
async fn strangers_cannot_fill_the_queue() {
    let court = TestCourt::open().await;
    let said = firm(&court, "Pryce Adeyemi LLP", PARTNER).await;
    for _ in 0..10 {
        register(&court, said.clone()).await;
    }
    let outcome = court
        .stranger()
        .organisation_register(&Register { said })
        .await;
    assert_eq!(code_of(outcome), Code::TooManyTries);
}

#[tokio::test]
async fn a_registration_says_only_what_it_may_say() {
    let court = TestCourt::open().await;
    let said = firm(&court, "Pryce Adeyemi LLP", PARTNER).await;
    let mut body = serde_json::to_value(Register { said }).unwrap();
    let post = async |body: &serde_json::Value| {
        let url = format!("{}/rpc/organisation.register", court.url);
        let sent = reqwest::Client::new()
            .post(url)
            .json(body)
            .send()
            .await
            .unwrap();
        sent.status().as_u16()
    };
    for (field, value) in [
        (
            "id",
            serde_json::json!("00000000-0000-0000-0000-000000000001"),
        ),
        ("groups", serde_json::json!(["System Administrators"])),
        ("standing", serde_json::json!({ "is": "validated" })),
        (
            "office_of",
            serde_json::json!("00000000-0000-0000-0000-000000000001"),
        ),
    ] {
        let mut more = body.clone();
        more["said"][field] = value.clone();
        assert_eq!(post(&more).await, 400, "{field} inside");
        let mut more = body.clone();
        more[field] = value;
        assert_eq!(post(&more).await, 400, "{field} beside");
    }
    body["said"]["kind"] = serde_json::json!("service");
    assert_eq!(post(&body).await, 200, "said to be wrong, field by field");
    let staff = court.as_administrator().await;
    assert_eq!(staff.organisation_queue(&Queue {}).await.unwrap().total, 0);
}
