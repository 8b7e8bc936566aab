//! What is wrong with a registration, field by field.

use super::*;

fn firm() -> Application {
    Application {
        kind: OrganisationKind::DefenceFirm,
        name: "  Pryce   Adeyemi LLP ".to_owned(),
        address: Address {
            lines: vec![" 8 Weir Street ".to_owned(), String::new()],
            postcode: Some("am2 7pa".to_owned()),
        },
        email: "Office@PryceAdeyemi.example.test ".to_owned(),
        phone: "01632 960001".to_owned(),
        profile: Profile {
            laa_contracts: vec!["0a123b".to_owned()],
            regulator_number: Some("612 345".to_owned()),
            ..Profile::default()
        },
        ou_code: None,
        court: None,
        accountable: Accountable {
            name: "Bola Adeyemi".to_owned(),
            email: "Bola@PryceAdeyemi.example.test".to_owned(),
            role: "Partner".to_owned(),
        },
        terms: "1".to_owned(),
    }
}

fn fields(application: Application) -> Vec<&'static str> {
    let wrong = application.tidied().wrong("1");
    wrong.into_iter().map(|wrong| wrong.field).collect()
}

#[test]
fn a_firm_that_says_all_it_must_is_right_and_tidied() {
    let tidied = firm().tidied();
    assert_eq!(tidied.wrong("1"), []);
    assert_eq!(tidied.name, "Pryce Adeyemi LLP");
    assert_eq!(tidied.address.lines, ["8 Weir Street"]);
    assert_eq!(tidied.address.postcode.as_deref(), Some("AM2 7PA"));
    assert_eq!(tidied.profile.laa_contracts, ["0A123B"]);
    assert_eq!(tidied.profile.regulator_number.as_deref(), Some("612345"));
    assert_eq!(tidied.accountable.email, "bola@pryceadeyemi.example.test");
}

#[test]
fn no_name_looks_like_another_by_signs_that_nobody_sees_or_letters_of_another_alphabet() {
    // A mark of direction, a joiner and a soft hyphen, in the name and in the person's.
    let mut unseen = firm();
    unseen.name = "\u{202E}Pryce\u{200B} Ade\u{AD}yemi\u{2060} LLP".to_owned();
    unseen.accountable.name = "Bola\u{FEFF} Adeyemi\u{E0041}".to_owned();
    let tidied = unseen.tidied();
    assert_eq!(tidied.name, "Pryce Adeyemi LLP");
    assert_eq!(tidied.accountable.name, "Bola Adeyemi");
    for (name, fits) in [
        // A Greek rho, a Cyrillic a, an i without its dot, an l that is a click.
        ("\u{3A1}ryce Adeyemi LLP", false),
        ("Pryce \u{410}deyemi LLP", false),
        ("Pryce Adeyem\u{131} LLP", false),
        ("Pryce Adeyemi L\u{1C0}P", false),
        // Marks, and letters that look like no other.
        ("Cyfreithwyr Ŵyn a Siân", true),
        ("Łukasz & Bjørn, 2nd Floor (Ashmere)", true),
    ] {
        let mut named = firm();
        named.name = name.to_owned();
        let wrong: &[&str] = if fits { &[] } else { &["name"] };
        assert_eq!(fields(named), wrong, "{name}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let mut wrong = firm();
    wrong.name = " ".to_owned();
    wrong.phone = "ring me".to_owned();
    wrong.address.postcode = Some("AM27PA".to_owned());
    wrong.accountable.email = "bola".to_owned();
    wrong.profile.regulator_number = None;
    wrong.terms = String::new();
    assert_eq!(
        fields(wrong),
        [
            "name",
            "postcode",
            "phone",
            "accountable_email",
            "terms",
            "regulator_number"
        ]
    );
}

#[test]
fn terms_of_an_earlier_version_are_not_these_terms() {
    assert_eq!(firm().tidied().wrong("2").len(), 1);
}

#[test]
fn a_court_has_rooms_and_a_firm_has_none() {
    let court = CourtSaid {
        jurisdiction: Jurisdiction::Magistrates,
        local_justice_area: None,
        rooms: 3,
    };
    let mut house = firm();
    house.kind = OrganisationKind::Court;
    house.ou_code = Some("b29xx00".to_owned());
    assert_eq!(fields(house.clone()), ["jurisdiction"]);
    house.court = Some(CourtSaid {
        rooms: 0,
        ..court.clone()
    });
    assert_eq!(fields(house.clone()), ["courtrooms"]);
    house.court = Some(court.clone());
    assert!(fields(house.clone()).is_empty());
    let organisation = house
        .tidied()
        .organisation(OrganisationId(uuid::Uuid::nil()));
    assert_eq!(organisation.court.unwrap().rooms.len(), 3);
    assert_eq!(organisation.ou_code.as_deref(), Some("B29XX00"));
    let mut not_one = firm();
    not_one.court = Some(court);
    assert_eq!(fields(not_one), ["jurisdiction"]);
}

#[test]
fn a_prosecutor_has_an_ou_code_and_the_service_does_not_register() {
    let mut one = firm();
    one.kind = OrganisationKind::Prosecutor;
    assert_eq!(fields(one.clone()), ["ou_code"]);
    one.kind = OrganisationKind::Service;
    assert_eq!(fields(one), ["kind"]);
}

#[test]
fn a_refusal_has_a_reason_and_a_second_decision_is_none() {
    assert!(reason(" The SRA does not know this number. ").is_ok());
    for empty in ["", "  ", "no"] {
        assert!(reason(empty).is_err());
    }
    let mut registration = Registration {
        id: OrganisationId(uuid::Uuid::nil()),
        reference: "R".to_owned(),
        said: firm(),
        standing: RegistrationStanding::Waiting,
    };
    assert!(registration.must_wait().is_ok());
    registration.standing = RegistrationStanding::Validated;
    assert!(registration.must_wait().is_err());
}
