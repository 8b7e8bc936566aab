//! The window's build step: icons, capabilities and the embedded front end.
fn main() {
    tauri_build::build();
}
