//! What a server logs: lines that a machine reads, and in none of them anything about a
//! person or a case. Taken from the program as it is installed, at the level at which it
//! serves, while people work and things go wrong.

use crate::{
    kills::{TODAY, WorstDay, find, glance},
    steps::pdf,
};
use app::demo::PATH_URN;
use client::Client;
use contract::{Code, account::SignIn, case::Find, defence::Associate, material};
use domain::case::Party;
use server::{State, config::Config};
use std::{collections::BTreeSet, time::Duration};
use testkit::{Program, Submission};
use vocabulary::{RepresentationBasis, UploadId};

const PASSWORD: &str = "a fictional court";

/// Everything in the record that says who somebody is, where they live or which case it is.
async fn personal(program: &Program) -> BTreeSet<String> {
    let config = Config::in_folder(program.folder());
    let state = State::open(&config).await.unwrap();
    let mut words = BTreeSet::from([PASSWORD.to_owned()]);
    for account in state.app.index.accounts().await.unwrap() {
        words.extend([account.email, account.name]);
    }
    let mut cases = BTreeSet::new();
    for organisation in state.app.index.organisations().await.unwrap() {
        words.extend([organisation.email.unwrap_or_default(), organisation.name]);
        words.extend(organisation.address.postcode);
        let ou_code = organisation.ou_code.as_deref();
        let own = state.app.index.cases_of(organisation.id, ou_code, 1_000);
        cases.extend(own.await.unwrap().into_iter().map(|case| case.case_id));
    }
    assert!(cases.len() > 10, "{} cases", cases.len());
    for case in cases {
        let case = state.app.ledger.case(case).await.unwrap().unwrap();
        words.insert(case.urn.to_string());
        words.extend(case.materials.iter().map(|paper| paper.name.clone()));
        for defendant in &case.defendants {
            let charged = &defendant.charged;
            words.extend(charged.email.clone());
            words.extend(charged.telephone.clone());
            words.extend(charged.address.postcode.clone());
            words.extend(charged.address.lines.first().cloned());
            words.extend(charged.asn.clone());
            words.insert(charged.party.name());
            if let Party::Person { name, .. } = &charged.party {
                words.insert(name.surname.clone());
            }
        }
    }
    state.store.close().await.unwrap();
    words.retain(|word| word.len() > 3);
    words
}

/// Whether a word stands in a text by itself, whatever its case.
fn stands_in(word: &str, text: &str) -> bool {
    let (word, text) = (word.to_lowercase(), text.to_lowercase());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(&word).any(|(at, found)| {
        let (before, after) = (&text[..at], &text[at + found.len()..]);
        !letter(before.chars().next_back()) && !letter(after.chars().next())
    })
}

/// A prosecutor's system submits a case; one more, with problems.
async fn submit(program: &Program, url: &str) {
    let (worked, said) = program.run(&[
        "account",
        "create-machine",
        "--name",
        "A test's system",
        "--ou-code",
        "GAAAA01",
    ]);
    assert!(worked, "{said}");
    let secret = said.lines().last().unwrap();
    let today = TODAY.parse().unwrap();
    let right = Submission::charge("29GD7410778", today);
    let wrong = Submission::charge("29GD7410779", today).heard_on("2020-01-06".parse().unwrap());
    for submission in [right, wrong] {
        let sent = reqwest::Client::new()
            .post(format!("{url}/v2/prosecutions/GAAAA01"))
            .bearer_auth(secret)
            .header(
                "content-type",
                "application/vnd.hmcts.cjs.charge-prosecution.v2+json",
            )
            .body(submission.body())
            .send()
            .await
            .unwrap();
        assert_eq!(sent.status(), 202);
    }
}

/// What goes wrong on any day: a wrong password, a case that is not there, a file that
/// is none, a command of somebody who may not, something that breaks.
async fn go_wrong(url: &str, prosecutor: &Client, hearing_id: vocabulary::HearingId) {
    let wrong = SignIn {
        email: "ada.wren@court.example.test".to_owned(),
        password: "Ada's cat Bramble".to_owned(),
    };
    let refused = Client::new(url).account_sign_in(&wrong).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongPassword);
    let nowhere = Find {
        reference: "29GD7999999".to_owned(),
    };
    assert!(prosecutor.case_find(&nowhere).await.is_err());
    let no_pdf = tempfile::Builder::new().suffix(".pdf").tempfile().unwrap();
    std::fs::write(no_pdf.path(), "Rowan Tilbury saw it all.").unwrap();
    let id = UploadId(uuid::Uuid::now_v7());
    let cancel = client::CancellationToken::new();
    let sent = prosecutor.upload(no_pdf.path(), id, |_, _| {}, &cancel);
    assert_eq!(sent.await.unwrap_err().code, Code::WrongType);
    let theirs = contract::hearing::SaveDraft {
        hearing_id,
        revision: 0,
        lines: Vec::new(),
        unresolved: Vec::new(),
    };
    assert!(prosecutor.hearing_save_draft(&theirs).await.is_err());
}

#[tokio::test]
async fn no_line_of_the_log_says_anything_about_a_person_or_a_case() {
    let mut program = Program::idle(TODAY).await;
    program.set("json_logs = true\n");
    let log = program.keep_log();
    program.open(14).await;
    let url = format!("http://{}", program.address());
    submit(&program, &url).await;

    let day = WorstDay::begin(program, &[]).await;
    let prosecutor = day.sign_in("kofi.marsh@cps-ashmere.example.test").await;
    let case = glance(&prosecutor, find(&prosecutor, PATH_URN).await).await;
    let hearing_id = case.hearings[0].hearing_id;
    let upload_id = UploadId(uuid::Uuid::now_v7());
    let cancel = client::CancellationToken::new();
    prosecutor
        .upload(pdf(20_000).path(), upload_id, |_, _| {}, &cancel)
        .await
        .unwrap();
    let serving = material::Serve {
        case_id: case.case_id,
        defendant_id: Some(case.defendants[0].defendant_id),
        section: "IDPC bundle".to_owned(),
        name: "Statement of Rowan Tilbury.pdf".to_owned(),
        upload_id,
    };
    prosecutor.material_serve(&serving).await.unwrap();
    go_wrong(&url, &prosecutor, hearing_id).await;
    let defence = day.sign_in("iris.thorne@thornevale.example.test").await;
    find(&defence, PATH_URN).await;
    defence
        .defence_associate(&Associate {
            case_id: case.case_id,
            defendant_id: case.defendants[0].defendant_id,
            basis: RepresentationBasis::Private,
            instructed_on: None,
            confirmed: true,
        })
        .await
        .unwrap();
    let adviser = day.sign_in("ada.wren@court.example.test").await;
    day.hear(&adviser, hearing_id).await;
    let prison = day.sign_in("mina.oak@fallowdene.example.test").await;
    day.acknowledge(&prison, "Warrant for custodial sentence")
        .await;

    // The folder of files is gone for a moment, and somebody asks.
    let mut program = day.program.lock().await;
    let objects = program.folder().join("objects");
    let aside = program.folder().join("aside");
    std::fs::rename(&objects, &aside).unwrap();
    let ready = reqwest::get(format!("{url}/health/ready")).await.unwrap();
    assert_eq!(ready.status(), 503);
    std::fs::rename(&aside, &objects).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    program.end().await;

    let text = std::fs::read_to_string(&log).unwrap();
    let mut said = BTreeSet::new();
    for line in text.lines() {
        let line: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let message = line["fields"]["message"].as_str();
        said.insert(message.unwrap_or_else(|| panic!("{line}")).to_owned());
        assert!(line["timestamp"].is_string() && line["level"].is_string());
    }
    // It is the log of that day: what was done and what went wrong is there.
    for words in [
        "results shared",
        "refused",
        "not ready: the folder of files",
    ] {
        assert!(said.contains(words), "{words}: {said:?}");
    }
    let mut words = personal(&program).await;
    words.extend(["Bramble", "Rowan Tilbury", "29GD7999999"].map(str::to_owned));
    for word in words {
        for line in text.lines() {
            assert!(!stands_in(&word, line), "{word:?} in {line}");
        }
    }
}
