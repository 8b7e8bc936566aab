//! New material, as the solicitor's desktop tells of it: a native notification and an
//! unread mark, within a second of the answer to whoever served it.
//!
//! The page times the mark and the test the notification, so that the pace of the driver
//! counts for neither. What does count is one more asking of the notification daemon, and
//! that is measured in the same run. A slow second on a busy machine is measured again;
//! three slow ones are slow.

use crate::{
    harness::{
        Trouble, notifications, notifications_on_screen, screenshot_of_the_screen,
        wait_for_a_notification,
    },
    path::{Journey, large_pdf, told},
};
use app::demo::{PATH_URN, PROSECUTOR};
use client::{CancellationToken, Client};
use contract::{
    case::{CaseAtAGlance, Find, View},
    material::Serve,
};
use std::{
    io::Write,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use vocabulary::UploadId;

const SECOND: Duration = Duration::from_secs(1);
const TRIES: usize = 3;

/// Notes by the clock of this computer when something is first on the page.
const WATCH: &str = "
    const [css] = arguments;
    window.__marked = null;
    const look = () => {
      if (window.__marked === null && document.querySelector(css)) window.__marked = Date.now();
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    look();";
const MARKED: &str = "return window.__marked;";

/// How long after the answer each was there.
struct Took {
    notification: Duration,
    mark: Duration,
}

impl Journey {
    pub(crate) async fn solicitor_is_notified_of_new_material(&self) -> Result<(), Trouble> {
        let prosecutor = self.person(PROSECUTOR).await?;
        let reference = PATH_URN.to_owned();
        let found = prosecutor.case_find(&Find { reference }).await;
        let case_id = found.map_err(told)?.case_id;
        let glance = prosecutor.case_view(&View { case_id }).await;
        let glance = glance.map_err(told)?;
        let mut slow = String::new();
        for nth in 1..=TRIES {
            let name = match nth {
                1 => "Further statement.pdf".to_owned(),
                _ => format!("Further statement {nth}.pdf"),
            };
            let before = notifications()?.len();
            let began = Instant::now();
            notifications_on_screen()?;
            let asking = began.elapsed();
            let took = self.serve_and_wait(&prosecutor, &glance, &name).await?;
            let said = format!(
                "new material: the notification {} ms, the unread mark {} ms after the answer \
                 (asking the daemon takes {} ms)",
                took.notification.as_millis(),
                took.mark.as_millis(),
                asking.as_millis()
            );
            writeln!(std::io::stderr(), "{said}")?;
            self.window.painted().await?;
            screenshot_of_the_screen("06-solicitor-is-notified")?;
            self.passes_axe("06-solicitor-is-notified").await?;
            let shown = notifications()?;
            let ours = shown.iter().any(|one| one.summary.contains(PATH_URN));
            if shown.len() != before + 1 || !ours {
                return Err(Trouble(format!(
                    "{} notifications instead of one more than {before}, or none names the case",
                    shown.len()
                )));
            }
            if took.notification <= SECOND + asking && took.mark <= SECOND {
                return Ok(());
            }
            slow = said;
        }
        Err(Trouble(format!("slow {TRIES} times; {slow}")))
    }

    /// Serves a paper as the prosecutor's client and waits until this window has told of it.
    async fn serve_and_wait(
        &self,
        prosecutor: &Client,
        glance: &CaseAtAGlance,
        name: &str,
    ) -> Result<Took, Trouble> {
        let file = self.folder.join(name);
        large_pdf(&file, 40_000)?;
        let upload_id = UploadId(uuid::Uuid::now_v7());
        prosecutor
            .upload(&file, upload_id, |_, _| {}, &CancellationToken::new())
            .await
            .map_err(told)?;
        let marked = format!("[data-test='material'][data-name='{name}'][data-unread='true']");
        let css = vec![marked.clone().into()];
        self.window.script(WATCH, css).await?;
        prosecutor
            .material_serve(&Serve {
                case_id: glance.case_id,
                defendant_id: glance.defendants.first().map(|d| d.defendant_id),
                section: "Witness statements".to_owned(),
                name: name.to_owned(),
                upload_id,
            })
            .await
            .map_err(told)?;
        let answered = now()?;
        let notification = wait_for_a_notification(Duration::from_secs(5)).await?;
        self.window.find(&marked).await?;
        let at = self.window.script(MARKED, Vec::new()).await?;
        let at = at
            .as_u64()
            .ok_or_else(|| Trouble("the page saw no mark".to_owned()))?;
        Ok(Took {
            notification,
            // The mark may be there before the answer has arrived.
            mark: Duration::from_millis(at).saturating_sub(answered),
        })
    }
}

/// The clock that the page goes by.
fn now() -> Result<Duration, Trouble> {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_err(|error| Trouble(error.to_string()))
}
