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
