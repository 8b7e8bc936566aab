//! Who paints the window on Linux. WebKitGTK gives painting to the graphics card, and where
//! there is none (a virtual machine, a remote desktop, a virtual display) to a program that
//! pretends to be one, which takes many times as long as painting without. There the
//! processor is told to paint. What somebody has set in the environment stands.

/// The switch of WebKitGTK, read by its processes when they start.
#[cfg(target_os = "linux")]
const BY_PROCESSOR: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";

/// Chooses, before there is a web view or a second thread.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    let chosen = std::env::var_os(BY_PROCESSOR).is_some();
    if !chosen && !has_card(std::path::Path::new("/dev/dri")) {
        // It fails only for a name that is none.
        let _ = glib::setenv(BY_PROCESSOR, "1", false);
    }
}

/// Elsewhere the system's own web view knows best.
#[cfg(not(target_os = "linux"))]
pub(crate) fn choose() {}

/// Whether there is a card that draws: the kernel shows each as `renderD` with a number.
#[cfg(target_os = "linux")]
fn has_card(devices: &std::path::Path) -> bool {
    std::fs::read_dir(devices).is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
        })
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_computer_without_a_card_that_draws_has_none() {
        let folder = std::env::temp_dir().join(format!("cards-{}", std::process::id()));
        assert!(!has_card(&folder));
        std::fs::create_dir_all(&folder).unwrap();
        // A screen alone draws nothing.
        std::fs::write(folder.join("card0"), "").unwrap();
        assert!(!has_card(&folder));
        std::fs::write(folder.join("renderD128"), "").unwrap();
        assert!(has_card(&folder));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
