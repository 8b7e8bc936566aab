//! Native notifications, raised on a thread of their own: a slow or missing
//! notification service never holds up anything else.

use contract::notice::Notice;
use notify_rust::Notification;
use std::{
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

/// Where notices go to be shown, in order.
#[derive(Debug, Clone)]
pub(crate) struct Notifications {
    queue: Option<Sender<(String, String)>>,
}

impl Notifications {
    /// Starts the thread. It ends when the last handle is dropped.
    pub(crate) fn start() -> Self {
        let (queue, waiting) = mpsc::channel();
        let started = thread::Builder::new()
            .name("notifications".to_owned())
            .spawn(move || show_all(&waiting));
        if started.is_err() {
            tracing::warn!("notifications cannot be shown: no thread for them");
        }
        Self {
            queue: started.is_ok().then_some(queue),
        }
    }

    /// Shows a notice soon. Its words come finished from the server.
    pub(crate) fn raise(&self, notice: &Notice) {
        if let Some(queue) = &self.queue
            && queue
                .send((notice.title.clone(), notice.body.clone()))
                .is_err()
        {
            tracing::debug!("the thread for notifications has ended");
        }
    }
}

fn show_all(waiting: &Receiver<(String, String)>) {
    let mut markup = None;
    let mut failed = false;
    while let Ok((title, body)) = waiting.recv() {
        if markup.is_none() {
            markup = understands_markup();
        }
        let body = if markup == Some(true) {
            without_markup(&body)
        } else {
            body
        };
        let shown = Notification::new()
            .appname("Common Platform")
            .summary(&title)
            .body(&body)
            .show();
        // Once is enough: without a notification service every one of them fails.
        if shown.is_err() && !std::mem::replace(&mut failed, true) {
            tracing::warn!("notifications cannot be shown on this computer");
        }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn understands_markup() -> Option<bool> {
    let all = notify_rust::get_capabilities().ok()?;
    Some(all.iter().any(|one| one == "body-markup"))
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn understands_markup() -> Option<bool> {
    Some(false)
}

/// A firm called `A & B <Law>` is shown as it is called.
fn without_markup(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_they_are_written() {
        assert_eq!(without_markup("A & B <Law>"), "A &amp; B &lt;Law&gt;");
    }
}
