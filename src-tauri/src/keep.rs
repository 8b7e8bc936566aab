//! A printout kept as a file, where the person says. The server records that it was
//! made; what becomes of the file on this computer is the person's to answer for.

use crate::{desktop::Desktop, window};
use client::Bytes;
use contract::{Code, Problem};
use tauri::Manager;
use vocabulary::Printout;

/// The most bytes that a list or register has.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Asks where to, has the printout made, and writes it. Nothing if the person closes
/// the dialog: then nothing is made either.
pub(crate) async fn printout(
    desktop: &Desktop,
    printout: &str,
    name: &str,
) -> Result<Option<String>, Problem> {
    // Only what is a printout reaches the server's address.
    let printout: Printout = printout.parse().map_err(|_| Problem::not_found())?;
    let Some(place) = ask(desktop, name).await else {
        return Ok(None);
    };
    let client = desktop.client().await?;
    let reading = async {
        let word = printout.to_string();
        let download = client.download(Bytes::Printout, &word).await?;
        download.all(MOST_BYTES).await
    };
    let bytes = reading
        .await
        .inspect_err(|problem| desktop.heed(problem, &client))?;
    write(&place, &bytes).await
}

/// Asks where to, and writes a text that the window shows. Nothing if the person closes
/// the dialog.
pub(crate) async fn text(
    desktop: &Desktop,
    text: String,
    name: &str,
) -> Result<Option<String>, Problem> {
    match ask(desktop, name).await {
        Some(place) => write(&place, text.as_bytes()).await,
        None => Ok(None),
    }
}

async fn ask(desktop: &Desktop, name: &str) -> Option<rfd::FileHandle> {
    let mut dialog = rfd::AsyncFileDialog::new().set_file_name(plain(name));
    if let Some(window) = desktop.app.get_webview_window(window::LABEL) {
        dialog = dialog.set_parent(&window);
    }
    dialog.save_file().await
}

async fn write(place: &rfd::FileHandle, bytes: &[u8]) -> Result<Option<String>, Problem> {
    place.write(bytes).await.map_err(|error| {
        Problem::new(
            Code::Refused,
            "The file could not be written there.",
            "Choose another folder, and check that the disk is not full.",
        )
        .because(error.to_string())
    })?;
    Ok(Some(place.file_name()))
}

/// The name without signs that lead out of a folder or that no system takes.
fn plain(name: &str) -> String {
    name.chars()
        .map(|sign| match sign {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            sign if sign.is_control() => '-',
            sign => sign,
        })
        .take(180)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_leads_nowhere() {
        assert_eq!(plain("../a: b?.csv"), "..-a- b-.csv");
        assert_eq!(
            plain("Court list, 2026-11-26.pdf"),
            "Court list, 2026-11-26.pdf"
        );
    }
}
