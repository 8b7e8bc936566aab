//! Whoever runs the server, at the command line: what is mistyped is refused with
//! what to do next, and nothing is believed of the record that was not looked at.

use std::fs;
use testkit::Program;

const TODAY: &str = "2026-11-23";

/// What the program said; it must have ended with this status.
fn said(program: &Program, status: i32, arguments: &[&str]) -> String {
    let (ended, said) = program.ended(arguments);
    assert_eq!(ended, Some(status), "{arguments:?}: {said}");
    said
}

#[tokio::test]
async fn a_reference_folder_that_overrides_nothing_is_refused_and_one_that_does_is_told() {
    let program = Program::idle(TODAY).await;
    let folder = program.folder().join("tables");
    let given = folder.display().to_string();
    let check = ["reference", "check", "--reference", &given];
    let missing = said(&program, 1, &check);
    assert!(missing.contains("there is no folder"), "{missing}");
    assert!(missing.contains("leave it out"), "{missing}");

    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("ofences.csv"), "code\n").unwrap();
    let misspelt = said(&program, 1, &check);
    assert!(misspelt.contains("none of the tables"), "{misspelt}");
    let served = said(&program, 1, &["serve", "--reference", &given]);
    assert!(served.contains("none of the tables"), "{served}");

    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../reference/offences.csv");
    fs::copy(own, folder.join("offences.csv")).unwrap();
    let told = said(&program, 0, &check);
    assert!(told.contains("offences.csv"), "{told}");
    assert!(told.contains("override"), "{told}");
}

#[tokio::test]
async fn a_ledger_without_its_checkpoint_is_not_called_whole_nor_altered() {
    let program = Program::idle(TODAY).await;
    said(&program, 0, &["seed", "--cases", "2"]);
    let whole = said(&program, 0, &["ledger", "verify"]);
    assert!(whole.contains("nothing was removed"), "{whole}");
    let signed = program.folder().join("keys/checkpoint.json");
    let text = fs::read_to_string(&signed).unwrap();

    fs::remove_file(&signed).unwrap();
    let open = said(&program, 3, &["ledger", "verify"]);
    assert!(open.contains("the end is not proven"), "{open}");
    assert!(open.contains("What to do"), "{open}");

    fs::write(&signed, &text[..20]).unwrap();
    let damaged = said(&program, 1, &["ledger", "verify"]);
    assert!(damaged.contains("put it back"), "{damaged}");

    // Another ledger than the one that was signed.
    let other = Program::idle(TODAY).await;
    said(&other, 0, &["migrate"]);
    fs::write(other.folder().join("keys/checkpoint.json"), text).unwrap();
    let altered = said(&other, 1, &["ledger", "verify"]);
    assert!(altered.contains("not whole"), "{altered}");
    assert!(altered.contains("What to do"), "{altered}");
}

#[tokio::test]
async fn nothing_is_rebuilt_while_a_server_is_at_work() {
    let mut program = Program::start(2, TODAY).await;
    let refused = said(&program, 1, &["ledger", "rebuild"]);
    assert!(refused.contains("a server is at work"), "{refused}");
    assert!(refused.contains("Stop every server"), "{refused}");
    program.end().await;
    let made = said(&program, 0, &["ledger", "rebuild"]);
    assert!(made.contains("made again from"), "{made}");
    said(&program, 0, &["ledger", "verify"]);
}
