//! A file on this computer that a person chose, or whose path they typed.

use crate::{folder, window};
use contract::{Code, Problem, material::MOST_BYTES};
use serde::Serialize;
use std::{io, path::Path};
use tauri::{AppHandle, Manager};

/// A file that can be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LocalFile {
    path: String,
    name: String,
    bytes: u64,
}

/// Opens the system's dialog. Nothing if the person closes it.
pub(crate) async fn pick(app: &AppHandle) -> Result<Option<LocalFile>, Problem> {
    let mut dialog = rfd::AsyncFileDialog::new();
    if let Some(window) = app.get_webview_window(window::LABEL) {
        dialog = dialog.set_parent(&window);
    }
    match dialog.pick_file().await {
        Some(file) => look(file.path()).map(Some),
        None => Ok(None),
    }
}

/// Checks a path as typed.
pub(crate) fn check(typed: &str) -> Result<LocalFile, Problem> {
    look(&folder::typed(typed))
}

fn look(path: &Path) -> Result<LocalFile, Problem> {
    let (Some(text), Some(name)) = (
        path.to_str(),
        path.file_name().and_then(|name| name.to_str()),
    ) else {
        return Err(unusable("That is not the path of a file."));
    };
    let about = std::fs::metadata(path).map_err(|error| {
        unusable(match error.kind() {
            io::ErrorKind::PermissionDenied => "This computer does not let you read that file.",
            _ => "There is no such file.",
        })
    })?;
    if about.is_dir() {
        return Err(unusable("That is a folder, not a file."));
    }
    if !about.is_file() {
        return Err(unusable("That is not an ordinary file."));
    }
    if about.len() == 0 {
        return Err(unusable("That file is empty."));
    }
    if about.len() > MOST_BYTES {
        return Err(Problem::new(
            Code::TooLarge,
            "That file is larger than 2 GiB.",
            "Split it into parts, and add each of them.",
        ));
    }
    Ok(LocalFile {
        path: text.to_owned(),
        name: name.to_owned(),
        bytes: about.len(),
    })
}

fn unusable(title: &str) -> Problem {
    Problem::new(
        Code::BadRequest,
        title,
        "Check the path, or choose the file with the button.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{env, fs, process};

    fn refusal(path: &Path) -> String {
        look(path).unwrap_err().title
    }

    #[test]
    fn a_file_is_known_by_its_name_and_size() {
        let path = env::temp_dir().join(format!("bundle ŵ {}.pdf", process::id()));
        fs::write(&path, b"%PDF-").unwrap();
        let file = check(&format!(" {} ", path.display())).unwrap();
        assert_eq!(file.bytes, 5);
        assert_eq!(Some(file.name.as_str()), path.file_name().unwrap().to_str());
        fs::write(&path, b"").unwrap();
        assert_eq!(refusal(&path), "That file is empty.");
        fs::remove_file(&path).unwrap();
        assert_eq!(refusal(&path), "There is no such file.");
    }

    #[test]
    fn a_folder_is_no_file() {
        assert_eq!(refusal(&env::temp_dir()), "That is a folder, not a file.");
        assert_eq!(refusal(Path::new("")), "That is not the path of a file.");
    }

    #[test]
    fn a_file_over_the_limit_is_refused_before_it_is_read() {
        let path = env::temp_dir().join(format!("large {}.pdf", process::id()));
        // A hole in the file: it has the size and takes no room.
        fs::File::create(&path)
            .unwrap()
            .set_len(MOST_BYTES + 1)
            .unwrap();
        let problem = look(&path).unwrap_err();
        fs::remove_file(&path).unwrap();
        assert_eq!(problem.code, Code::TooLarge);
    }
}
