//! The steps that people take, for every journey.

use app::demo::PATH_URN;
use client::{Client, LiveStream};
use contract::{
    case::{CaseAtAGlance, Find, View},
    hearing::{self, LogEvent, SaveDraft, ShareResults},
    material,
};
use domain::result::ResultLine;
use std::{io::Write, time::Duration};
use testkit::TestCourt;
use vocabulary::{Attendance, CaseId, HearingId, UploadId};

/// A PDF whose first bytes say so, as large as asked.
pub(crate) fn pdf(bytes: usize) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".pdf").tempfile().unwrap();
    file.write_all(b"%PDF-1.7\n").unwrap();
    file.write_all(&vec![b' '; bytes]).unwrap();
    file.write_all(b"\n%%EOF\n").unwrap();
    file
}

/// Says something that is read though the test passes: what the test's harness catches of
/// `eprintln!` is shown only when it fails.
pub(crate) fn say(words: &str) {
    let mut errors = std::io::stderr();
    errors.write_all(format!("{words}\n").as_bytes()).unwrap();
}

pub(crate) async fn find(client: &Client, typed: &str) -> CaseId {
    let reference = typed.to_owned();
    client.case_find(&Find { reference }).await.unwrap().case_id
}

pub(crate) async fn view(client: &Client, case_id: CaseId) -> CaseAtAGlance {
    client.case_view(&View { case_id }).await.unwrap()
}

/// Uploads and serves a file in the first defendant's IDPC section.
pub(crate) async fn serve(client: &Client, case: &CaseAtAGlance, name: &str, size: usize) {
    serve_in(client, case, "IDPC bundle", (name, size)).await;
}

/// The same in a section of its own.
pub(crate) async fn serve_in(
    client: &Client,
    case: &CaseAtAGlance,
    section: &str,
    (name, size): (&str, usize),
) {
    let file = pdf(size);
    let upload_id = UploadId(uuid::Uuid::now_v7());
    client
        .upload(
            file.path(),
            upload_id,
            |_, _| {},
            &client::CancellationToken::new(),
        )
        .await
        .unwrap();
    client
        .material_serve(&material::Serve {
            case_id: case.case_id,
            defendant_id: Some(case.defendants[0].defendant_id),
            section: section.to_owned(),
            name: name.to_owned(),
            upload_id,
        })
        .await
        .unwrap();
}

/// Starts a hearing and says everybody is there.
pub(crate) async fn start(client: &Client, hearing_id: HearingId) {
    let view = look(client, hearing_id).await;
    let choice = view
        .log_choices
        .iter()
        .find(|c| c.control.as_deref() == Some("start"));
    let mut version = client
        .hearing_log_event(&LogEvent {
            hearing_id,
            version: view.version,
            definition_id: choice.unwrap().definition_id,
            defendant_id: None,
            note: None,
        })
        .await
        .unwrap()
        .version;
    for defendant in &view.defendants {
        version = client
            .hearing_record_attendance(&hearing::RecordAttendance {
                hearing_id,
                version,
                defendant_id: defendant.defendant_id,
                attendance: Attendance::InPerson,
            })
            .await
            .unwrap()
            .version;
    }
}

/// Enters a plea of guilty to everything.
pub(crate) async fn all_guilty(client: &Client, hearing_id: HearingId) {
    let view = look(client, hearing_id).await;
    for offence in view.defendants.iter().flat_map(|d| &d.offences) {
        client
            .hearing_enter_plea(&hearing::EnterPlea {
                hearing_id,
                version: view.version,
                offence_id: offence.offence_id,
                plea: "GUILTY".to_owned(),
            })
            .await
            .unwrap();
    }
}

pub(crate) fn typed(line: ResultLine) -> hearing::Line {
    hearing::Line {
        line_id: line.id,
        definition_id: line.definition,
        defendant_id: line.defendant,
        offence_id: line.offence,
        parent: line.parent,
        answers: line.answers,
    }
}

/// The lines of an example for one offence of a hearing.
pub(crate) fn example(
    court: &TestCourt,
    name: &str,
    view: &hearing::HearingView,
    offence: usize,
) -> Vec<hearing::Line> {
    let defendant = &view.defendants[0];
    let offence = &defendant.offences[offence];
    reference::examples::example(
        &court.state.app.catalogue,
        name,
        defendant.defendant_id,
        offence.offence_id,
        view.day,
    )
    .expect("an example of this name")
    .into_iter()
    .map(typed)
    .collect()
}

pub(crate) async fn path_case(client: &Client) -> (CaseId, HearingId) {
    let reference = PATH_URN.to_owned();
    let case_id = client.case_find(&Find { reference }).await.unwrap().case_id;
    let view = client.case_view(&View { case_id }).await.unwrap();
    (case_id, view.hearings[0].hearing_id)
}

pub(crate) async fn look(client: &Client, hearing_id: HearingId) -> hearing::HearingView {
    client
        .hearing_view(&hearing::View { hearing_id })
        .await
        .unwrap()
}

/// Saves lines over the revision that was seen.
pub(crate) async fn save(
    client: &Client,
    hearing_id: HearingId,
    revision: u64,
    lines: Vec<hearing::Line>,
) -> hearing::Draft {
    let saving = SaveDraft {
        hearing_id,
        revision,
        lines,
        unresolved: Vec::new(),
    };
    client.hearing_save_draft(&saving).await.unwrap().draft
}

/// Shares a saved draft of the hearing as it was seen.
pub(crate) async fn share(
    client: &Client,
    seen: &hearing::HearingView,
    draft: &hearing::Draft,
) -> hearing::Shared {
    let sharing = ShareResults {
        hearing_id: seen.hearing_id,
        version: seen.version,
        revision: draft.revision,
        targets: None,
    };
    client.hearing_share_results(&sharing).await.unwrap()
}

/// As long as it takes at most until a window has heard something.
pub(crate) const SOON: Duration = Duration::from_secs(5);

/// Whether a window hears something within a time.
pub(crate) async fn hears(live: &mut LiveStream, tag: &str, within: Duration) -> bool {
    let heard = tokio::time::timeout(within, async {
        while !live
            .next_live()
            .await
            .unwrap()
            .stale
            .contains(&tag.to_owned())
        {}
    });
    heard.await.is_ok()
}
