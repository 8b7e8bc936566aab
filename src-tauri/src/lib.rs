//! The desktop host: one window, and what the computer gives to it.
//!
//! * `rpc` hands a line of the contract's list to the server, and nothing else.
//! * `host` is the desktop's own short list: signing in, files, previews, drafts.
//! * the scheme `cp` brings bytes: papers, documents, pictures of previews.
//! * events tell the window what changed: see `listening`.
//!
//! The host decides nothing about courts or access. The token of the session is
//! in the keyring and in this process; the window never sees it.

mod arguments;
mod browser;
mod bytes;
mod desktop;
mod display;
mod embedded;
mod file;
mod folder;
mod host;
mod keep;
mod listening;
mod logs;
mod notification;
mod painting;
mod passkey;
mod picture;
mod place;
mod preview;
mod rpc;
mod secret;
mod session;
mod upload;
mod window;

use arguments::Arguments;
use clap::Parser;
use desktop::Desktop;
use std::process::ExitCode;
use tauri::{Manager, RunEvent};

/// Runs the application until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    painting::choose();
    logs::begin(&arguments.data());
    let builder = tauri::Builder::default()
        .register_asynchronous_uri_scheme_protocol(bytes::SCHEME, bytes::answer)
        .invoke_handler(tauri::generate_handler![rpc::rpc, host::host])
        .setup(move |app| {
            app.manage(Desktop::new(app.handle().clone(), arguments.clone()));
            window::open(app.handle(), &arguments.title())?;
            desktop::warm_up(app.handle().clone());
            desktop::leave_when_told(app.handle().clone());
            Ok(())
        });
    let app = match display::open(|| builder.build(tauri::generate_context!())) {
        Ok(app) => app,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::FAILURE;
        }
    };
    let code = app.run_return(|app, event| {
        if let RunEvent::Exit = event {
            tauri::async_runtime::block_on(app.state::<Desktop>().close());
        }
    });
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}
