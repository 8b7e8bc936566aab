//! Bytes on their way to a case: who may send any at all, and what an upload
//! that is sent again must be. What they are served as is decided when they are
//! served (`material::serve`); here only those are turned away who could serve
//! nothing anywhere.

use crate::{App, Error, caller::SignedIn, ports::KeptUpload, relation};
use access::{Action, Facts};
use contract::{Code, Problem};

/// The most bytes that one person sends within a day: thirty-two files of the largest size.
const MOST_OF_A_DAY: u64 = 64 << 30;

/// Lets a person send bytes if there could be a case and a section into which
/// the policies let them serve.
///
/// # Errors
/// `not_permitted`, if there is none.
pub fn must_upload(app: &App, person: &SignedIn) -> Result<(), Error> {
    let mut uploaders: Vec<String> = app
        .catalogue
        .sections
        .iter()
        .flat_map(|section| section.uploaders.iter().cloned())
        .collect();
    uploaders.sort();
    uploaders.dedup();
    let at_best = Facts {
        prosecuting: true,
        associated: true,
        uploaders: uploaders.into(),
        ..Facts::default()
    };
    relation::must(app, person, Action::ServeMaterial, &at_best).map(|_| ())
}

/// Lets a person send so many bytes more. Whoever sends and serves nothing would otherwise
/// fill the disk on which the court's record lies, four files at a time.
///
/// # Errors
/// `too_many_tries`, if they have sent as much within a day as anybody needs.
pub async fn must_have_room(app: &App, person: &SignedIn, bytes: u64) -> Result<(), Error> {
    let sent = app.work.uploaded_by(person.account.id).await?;
    if sent.saturating_add(bytes) <= MOST_OF_A_DAY {
        return Ok(());
    }
    Err(Problem::new(
        Code::TooManyTries,
        "You have sent 64 GiB of files within a day.",
        "Go on tomorrow, or ask a colleague to send this one. If papers must be served today, tell the service centre.",
    )
    .because("Nothing of this file was kept.")
    .into())
}

/// The upload of this id, sent again: the bytes are here already, if they are
/// the same bytes.
///
/// # Errors
/// `not_found` for another's upload, `wrong_hash` for another file.
pub fn sent_again(
    kept: &KeptUpload,
    person: &SignedIn,
    sha256: Option<&str>,
    bytes: Option<u64>,
) -> Result<(), Error> {
    if kept.account != person.account.id {
        return Err(Problem::not_found().into());
    }
    let same = sha256.is_none_or(|sha256| sha256.eq_ignore_ascii_case(&kept.sha256))
        && bytes.is_none_or(|bytes| bytes == kept.bytes);
    if same {
        return Ok(());
    }
    Err(Problem::new(
        Code::WrongHash,
        "Another file was sent under this upload's id before.",
        "Choose the file again, so that it is sent under an id of its own.",
    )
    .because("The first file is kept as it was. Nothing was served.")
    .into())
}
