//! The one command for the desktop's own list. The list is closed: a call that is
//! not on it, or carries anything that it should not, is refused.

use crate::{desktop::Desktop, file, keep, preview, rpc::bad_request};
use contract::{Problem, document::OrderView};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tauri::State;
use vocabulary::{HearingId, UploadId};

/// What the window may ask of the computer. No `Debug`: one of them is a password.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Call {
    /// Signs in and keeps the session in the keyring. Answers who.
    SignIn {
        email: String,
        password: String,
        code: Option<String>,
    },
    /// Signs in by the organisation's own provider, in the system's browser. Answers who.
    SignInByProvider { email: String },
    /// Adds a passkey, in the system's browser. Answers how one signs in now.
    AddPasskey { name: String },
    /// Signs in with a passkey after the password, in the system's browser. Answers who.
    SignInByPasskey { email: String, password: String },
    /// Proves by a passkey who is here, in the system's browser. Answers who.
    ProveByPasskey {},
    /// Waits no longer for the browser.
    StopBrowsing {},
    /// Locks the window.
    Lock {},
    /// Proves who is here, by password or by a code. Answers who.
    Prove {
        password: Option<String>,
        code: Option<String>,
    },
    /// Ends the session.
    SignOut {},
    /// Takes up the session that the keyring kept. Answers who, or nobody.
    Restore {},
    /// Where the server is.
    Server {},
    /// Lets the person choose a file. Answers the file, or nothing.
    PickFile {},
    /// Checks a path that was typed. Answers the file.
    File { path: String },
    /// Sends a file; `upload-progress` tells how far it is. Answers what arrived.
    Upload { path: String, upload_id: UploadId },
    /// Ends an upload.
    CancelUpload { upload_id: UploadId },
    /// Has a printout made and keeps it as a file. Answers the file's name, or nothing.
    KeepPrintout { printout: String, name: String },
    /// Keeps a text as a file. Answers the file's name, or nothing.
    KeepText { text: String, name: String },
    /// Makes the PDF of a view. Answers its key, and what its pages say; their pictures are
    /// under `cp://localhost/picture/`.
    Preview { view: Box<OrderView> },
    /// Keeps what is being typed on this computer.
    KeepDraft { hearing_id: HearingId, draft: Value },
    /// What was kept, newest first.
    KeptDrafts { hearing_id: HearingId },
    /// Forgets it, because it is recorded.
    DropDraft { hearing_id: HearingId },
    /// Keeps what is typed beside the results, by its place; no words forget it.
    KeepWords {
        hearing_id: HearingId,
        place: String,
        text: String,
    },
    /// What was kept, by its place.
    KeptWords { hearing_id: HearingId },
    /// Leaves with the court what is kept of hearings that are closed to this person now.
    LeaveDrafts {},
}

#[derive(Serialize)]
struct Server<'a> {
    url: &'a str,
    embedded: bool,
    version: &'static str,
}

/// Asks the computer something on the desktop's own list.
#[tauri::command]
pub(crate) async fn host(desktop: State<'_, Desktop>, call: Value) -> Result<Value, Problem> {
    let desktop = desktop.inner();
    match read(call)? {
        Call::SignIn {
            email,
            password,
            code,
        } => answer(desktop.sign_in(email, password, code).await?),
        Call::SignInByProvider { email } => answer(desktop.sign_in_by_provider(email).await?),
        Call::AddPasskey { name } => answer(desktop.add_passkey(name).await?),
        Call::SignInByPasskey { email, password } => {
            answer(desktop.sign_in_by_passkey(email, password).await?)
        }
        Call::ProveByPasskey {} => answer(desktop.prove_by_passkey().await?),
        Call::StopBrowsing {} => {
            desktop.browsing.stop();
            answer(())
        }
        Call::Lock {} => answer(desktop.lock().await?),
        Call::Prove { password, code } => answer(desktop.prove(password, code).await?),
        Call::SignOut {} => {
            desktop.sign_out().await?;
            answer(())
        }
        Call::Restore {} => answer(desktop.restore().await?),
        Call::Server {} => {
            let place = desktop.place().await?;
            answer(Server {
                url: &place.url,
                embedded: place.is_embedded,
                version: env!("CARGO_PKG_VERSION"),
            })
        }
        Call::PickFile {} => answer(file::pick(&desktop.app).await?),
        Call::File { path } => answer(file::check(&path)?),
        Call::Upload { path, upload_id } => answer(desktop.upload(&path, upload_id).await?),
        Call::CancelUpload { upload_id } => {
            desktop.uploads.cancel(upload_id);
            answer(())
        }
        Call::KeepPrintout { printout, name } => {
            answer(keep::printout(desktop, &printout, &name).await?)
        }
        Call::KeepText { text, name } => answer(keep::text(desktop, text, &name).await?),
        Call::Preview { view } => answer(preview::make(&desktop.previews, view).await?),
        Call::KeepDraft { hearing_id, draft } => {
            let account = desktop.sessions.account()?;
            let local = desktop.local().await?;
            local.keep_draft(hearing_id, account, &draft).await?;
            answer(())
        }
        Call::KeptDrafts { hearing_id } => {
            let account = desktop.sessions.account()?;
            answer(
                desktop
                    .local()
                    .await?
                    .kept_drafts(hearing_id, account)
                    .await?,
            )
        }
        Call::KeepWords {
            hearing_id,
            place,
            text,
        } => {
            let whose = (hearing_id, desktop.sessions.account()?);
            let local = desktop.local().await?;
            local.keep_words(whose, &place, &text).await?;
            answer(())
        }
        Call::KeptWords { hearing_id } => {
            let whose = (hearing_id, desktop.sessions.account()?);
            answer(desktop.local().await?.kept_words(whose).await?)
        }
        Call::LeaveDrafts {} => {
            let (client, account) = (desktop.client().await?, desktop.sessions.account()?);
            desktop.forget_lost(client, account);
            answer(())
        }
        Call::DropDraft { hearing_id } => {
            let account = desktop.sessions.account()?;
            let local = desktop.local().await?;
            local.drop_draft(hearing_id, account).await?;
            answer(())
        }
    }
}

fn read(call: Value) -> Result<Call, Problem> {
    // What serde says may repeat what was sent, so it is not passed on.
    serde_json::from_value(call).map_err(|_| {
        bad_request("The window asked the computer for something that is not on the list.")
    })
}

fn answer<T: Serialize>(given: T) -> Result<Value, Problem> {
    serde_json::to_value(given).map_err(|_| bad_request("The answer could not be written."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "018f6f00-0000-7000-8000-000000000001";

    #[test]
    fn every_call_of_the_list_is_understood() {
        let calls = [
            json!({ "do": "sign_in", "email": "a@b.example", "password": "x" }),
            json!({ "do": "sign_in", "email": "a@b.example", "password": "x", "code": "123456" }),
            json!({ "do": "sign_in_by_provider", "email": "a@b.example" }),
            json!({ "do": "add_passkey", "name": "Work laptop" }),
            json!({ "do": "sign_in_by_passkey", "email": "a@b.example", "password": "x" }),
            json!({ "do": "prove_by_passkey" }),
            json!({ "do": "stop_browsing" }),
            json!({ "do": "lock" }),
            json!({ "do": "prove", "password": "x" }),
            json!({ "do": "prove", "code": "123456" }),
            json!({ "do": "sign_out" }),
            json!({ "do": "restore" }),
            json!({ "do": "server" }),
            json!({ "do": "pick_file" }),
            json!({ "do": "file", "path": "/a.pdf" }),
            json!({ "do": "upload", "path": "/a.pdf", "upload_id": ID }),
            json!({ "do": "cancel_upload", "upload_id": ID }),
            json!({ "do": "keep_printout", "printout": "receipt.x", "name": "a.pdf" }),
            json!({ "do": "keep_draft", "hearing_id": ID, "draft": { "lines": [] } }),
            json!({ "do": "kept_drafts", "hearing_id": ID }),
            json!({ "do": "drop_draft", "hearing_id": ID }),
            json!({ "do": "keep_words", "hearing_id": ID, "place": "log", "text": "x" }),
            json!({ "do": "kept_words", "hearing_id": ID }),
            json!({ "do": "leave_drafts" }),
        ];
        for call in calls {
            assert!(read(call.clone()).is_ok(), "{call}");
        }
    }

    #[test]
    fn a_call_that_is_not_on_the_list_is_refused() {
        let calls = [
            json!({ "do": "run", "path": "/bin/sh" }),
            json!({ "do": "SignOut" }),
            json!({ "do": "read_file", "path": "/etc/passwd" }),
            json!({}),
            json!("sign_out"),
            json!({ "do": "file" }),
            json!({ "do": "sign_out", "and": "more" }),
            json!({ "do": "upload", "path": "/a.pdf", "upload_id": "../1" }),
        ];
        for call in calls {
            let problem = read(call.clone()).err().unwrap();
            assert_eq!(problem.code, contract::Code::BadRequest, "{call}");
        }
    }

    #[test]
    fn a_refused_sign_in_does_not_repeat_the_password() {
        let call = json!({ "do": "sign_in", "email": 1, "password": "hunter2" });
        let problem = read(call).err().unwrap();
        assert!(!format!("{problem:?}").contains("hunter2"));
    }
}
