//! What the operator settles on the command line about how an organisation's people
//! sign in.

use crate::audit::line;
use client::Client;
use contract::{
    account::SignIn,
    audit::{Report, Subject},
};
use testkit::Program;

async fn seeded() -> Program {
    let program = Program::idle("2026-11-23").await;
    let (worked, said) = program.run(&["seed", "--cases", "0"]);
    assert!(worked, "{said}");
    program
}

/// The name of Iris's firm, as the record has it.
fn firm(program: &Program) -> String {
    let (_, list) = program.run(&["account", "list"]);
    let before = list.split("iris.thorne@").next().unwrap_or_default();
    let line = before
        .lines()
        .rev()
        .find(|line| !line.starts_with(' ') && line.contains(" ("));
    let name = line.and_then(|line| line.rsplit_once(" ("));
    name.expect("the firm is listed").0.to_owned()
}

#[tokio::test]
async fn the_operator_names_an_organisations_provider_and_asks_for_a_second_factor() {
    let program = seeded().await;
    let firm = firm(&program);
    let run = |arguments: &[&str]| {
        let organisation = ["--organisation", firm.as_str()];
        program.run(&[&["organisation"], arguments, &organisation].concat())
    };
    let provider = |issuer: &'static str, domain: &'static str| {
        vec![
            "identity-provider",
            "--issuer",
            issuer,
            "--client-id",
            "common-platform",
            "--domain",
            domain,
        ]
    };
    let (worked, said) = run(&provider(
        "https://id.firm.example.test",
        "firm.example.test",
    ));
    assert!(
        worked && said.contains("signs its people in by https://id.firm"),
        "{said}"
    );
    for (issuer, domain, next) in [
        (
            "http://id.firm.example.test",
            "firm.example.test",
            "for instance https://",
        ),
        (
            "https://id.firm.example.test",
            "firm",
            "Give each as firm.example.test",
        ),
    ] {
        let (worked, said) = run(&provider(issuer, domain));
        assert!(!worked && said.contains(next), "{said}");
    }
    let (worked, said) = run(&["identity-provider"]);
    assert!(!worked && said.contains("--issuer"), "{said}");
    let (worked, said) = run(&["identity-provider", "--none"]);
    assert!(worked && said.contains("by password"), "{said}");
    for (required, next) in [
        ("yes", "for a second factor"),
        ("no", "for no second factor"),
    ] {
        let (worked, said) = run(&["second-factor", "--required", required]);
        assert!(worked && said.contains(next), "{said}");
    }
    let (worked, said) = run(&["second-factor", "--required", "perhaps"]);
    assert!(!worked && said.contains("yes"), "{said}");
}

#[tokio::test]
async fn what_the_operator_does_is_in_the_record_under_their_own_name() {
    let mut program = seeded().await;
    let ended = program.run(&["account", "end-sessions", super::ADVISER]);
    assert!(ended.0, "{}", ended.1);
    let made = program.run(&["account", "password-code", super::ADVISER]);
    assert!(made.0 && made.1.contains("good once"), "{}", made.1);
    let nobody = program.run(&["account", "password-code", "nobody@example.test"]);
    assert!(
        !nobody.0 && nobody.1.contains("account list"),
        "{}",
        nobody.1
    );
    // Nobody's second factor was taken away here: no code stands in its place.
    let (worked, said) = program.run(&["account", "sign-in-code", super::ADVISER]);
    let next = "takes the second factor away first";
    assert!(!worked && said.contains(next), "{said}");
    program.serve().await;
    let url = format!("http://{}", program.address());
    let sign_in = SignIn {
        email: "yusuf.bramall@example.test".to_owned(),
        password: "a fictional court".to_owned(),
    };
    let auditor = Client::new(&url);
    let signed_in = auditor.account_sign_in(&sign_in).await.unwrap();
    let auditor = auditor.with_token(&signed_in.token);
    let day = "2026-11-23".parse().unwrap();
    let asked = Report {
        about: Subject::Person,
        which: super::ADVISER.to_owned(),
        from: day,
        to: day,
        after: None,
    };
    let report = auditor.audit_report(&asked).await.unwrap();
    line(&report.lines, "code for a new password made");
    let line = line(&report.lines, "signed out everywhere");
    let names = ["SUDO_USER", "USER", "LOGNAME", "USERNAME"];
    let own = names.iter().find_map(|name| std::env::var(name).ok());
    let own = own.unwrap_or_else(|| "unknown".to_owned());
    assert_eq!(line.who, format!("operator {own}"));
    assert_eq!(line.from, "the server's command line");
    program.end().await;
}
