//! The one window.

use tauri::{AppHandle, Runtime, Url, WebviewUrl, WebviewWindowBuilder};

/// Its label; capabilities and the byte scheme know it by this.
pub(crate) const LABEL: &str = "main";

/// Opens it. It shows its own waiting page at once: the court behind it may
/// still be starting.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>, title: &str) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title(title)
        .inner_size(1280.0, 860.0)
        .min_inner_size(1000.0, 680.0)
        .on_navigation(stays_at_home)
        .build()?;
    Ok(())
}

/// The window shows this application and nothing of the web: whatever was
/// loaded there could otherwise call the host.
fn stays_at_home(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "about" | "blob" => true,
        "http" | "https" => {
            url.host_str() == Some("tauri.localhost")
                || (tauri::is_dev() && url.host_str() == Some("localhost"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_never_leaves_the_application() {
        let stays = |url: &str| stays_at_home(&url.parse().unwrap());
        assert!(stays("tauri://localhost/index.html#/cases"));
        assert!(stays("http://tauri.localhost/"));
        assert!(stays("about:blank"));
        assert!(!stays("https://example.org/"));
        assert!(!stays("http://tauri.localhost.example.org/"));
        assert!(!stays("tauri://elsewhere/"));
        assert!(!stays("file:///etc/passwd"));
        assert!(!stays("cp://localhost/document/1"));
    }
}
