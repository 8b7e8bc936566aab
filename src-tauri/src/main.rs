//! The desktop binary. Everything is in the library, so that tests can reach it.
#![cfg_attr(
    not(debug_assertions),
    // Without this a release build opens a console window beside the real one on Windows.
    windows_subsystem = "windows"
)]

fn main() -> std::process::ExitCode {
    common_platform_desktop::run()
}
