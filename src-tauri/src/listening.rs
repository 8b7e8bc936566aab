//! The ear: while somebody is signed in, what the server tells becomes events of
//! the window (`live`, `connection`, `signed_out`) and native notifications.

use crate::desktop::Desktop;
use client::{Client, Heard};
use contract::{
    live::Live,
    notice::{List, Notice},
};
use serde::Serialize;
use std::collections::HashSet;
use tauri::{AppHandle, Manager, async_runtime::JoinHandle};
use vocabulary::NoticeId;

/// A task that listens for one session. Dropping this hangs up.
pub(crate) struct Listening(JoinHandle<()>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[derive(Serialize, Clone)]
struct Connection {
    up: bool,
}

impl Listening {
    pub(crate) fn start(app: AppHandle, client: Client) -> Self {
        Self(tauri::async_runtime::spawn(async move {
            let desktop = app.state::<Desktop>();
            let mut told = Told::default();
            let mut stream = client.live(None);
            while let Some(heard) = stream.next().await {
                match heard {
                    Heard::Up => desktop.tell("connection", Connection { up: true }),
                    Heard::Down => desktop.tell("connection", Connection { up: false }),
                    Heard::Live(live) => hear(&desktop, &client, &mut told, live).await,
                    Heard::SignedOut(problem) => desktop.heed(&problem, &client),
                }
            }
        }))
    }
}

async fn hear(desktop: &Desktop, client: &Client, told: &mut Told, live: Live) {
    let notice = live.notice.clone();
    let after_a_gap = live.stale.iter().any(|tag| tag == "everything");
    desktop.tell("live", live);
    if let Some(notice) = notice
        && told.is_new(&notice)
    {
        desktop.notifications.raise(&notice);
    }
    // What was announced while nobody could hear it is raised now.
    if after_a_gap {
        match client.notice_list(&List {}).await {
            Ok(notices) => {
                for notice in told.missed(notices.items) {
                    desktop.notifications.raise(&notice);
                }
            }
            Err(problem) => desktop.heed(&problem, client),
        }
    }
}

/// Which notices need no native notification any more.
#[derive(Default)]
struct Told {
    raised: HashSet<NoticeId>,
    /// What there was when listening began, or at the last look.
    known: Option<HashSet<NoticeId>>,
}

impl Told {
    /// Whether a notice that was just heard is still to be raised.
    fn is_new(&mut self, notice: &Notice) -> bool {
        self.raised.insert(notice.notice_id)
    }

    /// Unread notices that came since the last look and were not heard, oldest
    /// first. The first look only learns what there is: it was there before.
    fn missed(&mut self, all: Vec<Notice>) -> Vec<Notice> {
        let ids = all.iter().map(|notice| notice.notice_id).collect();
        let Some(known) = self.known.replace(ids) else {
            return Vec::new();
        };
        let mut missed: Vec<Notice> = all
            .into_iter()
            .filter(|notice| !notice.read && !known.contains(&notice.notice_id))
            .filter(|notice| self.raised.insert(notice.notice_id))
            .collect();
        missed.sort_by_key(|notice| notice.at);
        missed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(number: u8, read: bool) -> Notice {
        Notice {
            notice_id: format!("018f6f00-0000-7000-8000-0000000000{number:02}")
                .parse()
                .unwrap(),
            at: format!("2026-11-23T10:00:{number:02}Z").parse().unwrap(),
            title: String::new(),
            body: String::new(),
            case_id: None,
            hearing_id: None,
            read,
        }
    }

    #[test]
    fn what_was_there_before_signing_in_is_not_raised() {
        let mut told = Told::default();
        assert!(told.missed(vec![notice(1, false)]).is_empty());
    }

    #[test]
    fn what_came_during_a_gap_is_raised_once_and_in_order() {
        let mut told = Told::default();
        told.missed(vec![notice(1, false)]);
        let missed = told.missed(vec![notice(3, false), notice(2, false), notice(1, false)]);
        assert_eq!(missed, [notice(2, false), notice(3, false)]);
        assert!(
            told.missed(vec![notice(3, false), notice(2, false)])
                .is_empty()
        );
        assert!(!told.is_new(&notice(3, false)));
    }

    #[test]
    fn what_was_heard_or_read_elsewhere_is_not_raised_after_a_gap() {
        let mut told = Told::default();
        told.missed(Vec::new());
        assert!(told.is_new(&notice(1, false)));
        assert!(!told.is_new(&notice(1, false)));
        assert!(
            told.missed(vec![notice(2, true), notice(1, false)])
                .is_empty()
        );
    }

    #[test]
    fn a_notice_that_comes_between_the_first_look_and_its_event_is_still_raised() {
        let mut told = Told::default();
        told.missed(vec![notice(1, false)]);
        assert!(told.is_new(&notice(1, false)));
    }
}
