//! The texts of documents that somebody edited, as a server takes them.

use std::fs;
use testkit::Program;

const DISCHARGE: &str = "---\nnow: Absolute Discharge\ntitle: Absolute discharge\n\
                         source: Sentencing Act 2020 s.79\n---\n# legal\n@offences\n";

#[tokio::test]
async fn a_text_with_an_unknown_parameter_is_refused_with_file_and_line_before_anything_is_served()
{
    let program = Program::idle("2026-11-23").await;
    let folder = program.folder().join("own");
    fs::create_dir_all(folder.join("texts")).unwrap();
    let text = folder.join("texts/absolute_discharge.md");
    let given = folder.display().to_string();

    fs::write(&text, format!("{DISCHARGE}= Period: {{periodOfNothing}}\n")).unwrap();
    for command in [
        &["reference", "check", "--reference", &given][..],
        &["serve", "--reference", &given],
    ] {
        let (status, said) = program.ended(command);
        assert_eq!(status, Some(1), "{said}");
        assert!(said.contains("absolute_discharge.md:8"), "{said}");
        assert!(said.contains("{periodOfNothing}"), "{said}");
        assert!(said.contains("Correct that line"), "{said}");
    }

    // Put right, it is taken; the folder needs no table for that.
    fs::write(&text, DISCHARGE).unwrap();
    let (status, said) = program.ended(&["reference", "check", "--reference", &given]);
    assert_eq!(status, Some(0), "{said}");
    // A folder that holds neither is refused as before.
    fs::remove_file(&text).unwrap();
    let (status, said) = program.ended(&["reference", "check", "--reference", &given]);
    assert_eq!(status, Some(1), "{said}");
}
