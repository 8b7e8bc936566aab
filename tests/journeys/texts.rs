//! The texts of documents that somebody edited, as a server takes them, and what a text says
//! by what the court decided.

use crate::steps::{all_guilty, example, look, path_case, start};
use contract::hearing::Preview;
use std::fs;
use testkit::{Program, TestCourt};

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

/// Road Traffic Offenders Act 1988 s.37(1), (1A): of the two sentences only the right one.
#[tokio::test]
async fn a_disqualification_says_what_becomes_of_the_licence_by_its_length() {
    const ENDED: &str = "so your licence has ended";
    const KEPT: &str = "so your licence is kept on record";
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let room = look(&adviser, hearing_id).await;
    let extension = "extensionPeriodSection35AImmediateCustodialSentence";
    for (period, extended, says, says_not) in [
        ("55 days", None, KEPT, ENDED),
        ("56 days", None, ENDED, KEPT),
        ("1 month", None, KEPT, ENDED),
        ("16 months", None, ENDED, KEPT),
        ("1 month", Some("6 months"), ENDED, KEPT),
    ] {
        let mut lines = example(&court, "driving_disqualification", &room, 0);
        let mut set = 0;
        for line in &mut lines {
            if let Some(own) = line.answers.get_mut("disqualificationPeriod") {
                period.clone_into(own);
                set += 1;
                if let Some(extended) = extended {
                    line.answers
                        .insert(extension.to_owned(), extended.to_owned());
                }
            }
        }
        assert_eq!(set, 1);
        let previewing = Preview { hearing_id, lines };
        let seen = adviser.hearing_preview(&previewing).await.unwrap();
        let name = "Notice of disqualification from driving";
        let mut documents = seen.documents.into_iter();
        let notice = documents.find(|one| one.name == name).unwrap();
        let said = serde_json::to_string(&notice.view).unwrap();
        assert!(said.contains(says), "{period}: {said}");
        assert!(!said.contains(says_not), "{period}: {said}");
    }
}
