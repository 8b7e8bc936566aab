//! The real window, driven as a person would drive it: started through tauri-driver, read and typed
//! into by WebDriver, photographed, and checked by axe.
//!
//! Every wait ends, and a wait that ends badly leaves a picture, the page and the driver's log in
//! target/e2e-failure/. One window at a time: the driver's ports, the keyring and the notification
//! daemon are shared. There is no test in this file and no word of a court.
//!
//! ```ignore
//! let window = Window::open(Launch::default().argument("--today").argument("2026-11-23")).await?;
//! window.type_into("#username", "a.solicitor").await?;
//! window.click_text("button", "Sign in").await?;
//! window.wait_for_text("h1", "Your cases").await?;
//! assert_eq!(window.axe().await?, [""; 0]);
//! window.screenshot("02-your-cases").await?;
//! window.close().await
//! ```
#![allow(
    dead_code,
    unused_imports,
    reason = "a set of tools: no journey uses every one of them"
)]

mod driver;
mod evidence;
mod notifications;

pub(crate) use evidence::{pictures, root, screenshot_of_the_screen};
pub(crate) use notifications::{
    Shown, notifications, notifications_on_screen, wait_for_a_notification,
};

use driver::{Driver, application};
use serde_json::{Value, json};
use std::{
    fmt::{self, Debug, Display},
    fs,
    path::PathBuf,
    time::Duration,
};
use thirtyfour::{
    By, Capabilities, Key, TypingData, WebDriver, WebElement, error::WebDriverError,
    error::WebDriverResult,
};
use tokio::{
    sync::{Mutex, MutexGuard},
    time,
};

/// How long a thing may take to appear. Far longer than it should: a busy machine is no failure,
/// and how fast the window is gets measured elsewhere.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// How long the app may take to open its window, seeding the demo court included.
const START: Duration = Duration::from_secs(120);
/// How long one request to the driver may take.
const REQUEST: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(80);

static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// What stopped a journey, in a sentence.
pub(crate) struct Trouble(pub(crate) String);

impl Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// What a test that returns an error prints is this.
impl Debug for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

impl std::error::Error for Trouble {}

impl From<WebDriverError> for Trouble {
    fn from(error: WebDriverError) -> Self {
        Self(format!("the driver: {error}"))
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// How the app is started.
#[derive(Default, Clone)]
pub(crate) struct Launch {
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

impl Launch {
    /// One more argument on its command line.
    pub(crate) fn argument(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// One more variable in its environment.
    pub(crate) fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }
}

/// The open window of the app.
pub(crate) struct Window {
    driver: Session,
    process: Driver,
    /// None for a window beside another, whose turn it is.
    _turn: Option<MutexGuard<'static, ()>>,
}

impl Window {
    /// Starts the app and waits until it has drawn something.
    ///
    /// # Errors
    /// When there is no desktop, the app was not built, or no window appears in time.
    pub(crate) async fn open(launch: Launch) -> Result<Self, Trouble> {
        let turn = ONE_AT_A_TIME.lock().await;
        Self::start(launch, "driver", Some(turn)).await
    }

    /// Starts the app once more, beside this window: the same keyring, notification daemon and
    /// screen, a driver of its own.
    ///
    /// # Errors
    /// When no window appears in time.
    pub(crate) async fn open_beside(&self, launch: Launch) -> Result<Self, Trouble> {
        Self::start(launch, "driver-beside", None).await
    }

    async fn start(
        launch: Launch,
        log: &str,
        turn: Option<MutexGuard<'static, ()>>,
    ) -> Result<Self, Trouble> {
        let application = application()?;
        let process = Driver::start(&launch.environment, log)?;
        process.wait_until_listening().await?;

        let mut capabilities = Capabilities::new();
        capabilities.set(
            "tauri:options",
            json!({ "application": application, "args": launch.arguments }),
        )?;
        let address = format!("http://127.0.0.1:{}", process.port);
        let connecting = WebDriver::builder(address, capabilities)
            .request_timeout(REQUEST)
            .connect();
        let driver = match time::timeout(START, connecting).await {
            Ok(Ok(driver)) => driver,
            Ok(Err(error)) => {
                return Err(process.failed_to_open(&format!("the window did not open: {error}")));
            }
            Err(_) => return Err(process.failed_to_open("the window did not open in time")),
        };
        let driver = Session(driver);
        driver.0.set_script_timeout(REQUEST).await?;

        let window = Self {
            driver,
            process,
            _turn: turn,
        };
        window
            .until("the window stayed empty", START, async || {
                let script = "return document.readyState === 'complete' \
                              && document.body !== null && document.body.innerText.trim() !== '';";
                let drawn = window.driver.0.execute(script, Vec::new()).await?;
                Ok(drawn.json().as_bool().unwrap_or(false).then_some(()))
            })
            .await?;
        Ok(window)
    }

    /// Closes the window and everything that was started for it.
    ///
    /// # Errors
    /// When the driver does not answer; the processes are ended all the same.
    pub(crate) async fn close(self) -> Result<(), Trouble> {
        let Self {
            driver,
            process,
            _turn,
        } = self;
        let ended = time::timeout(Duration::from_secs(15), driver.0.clone().quit()).await;
        drop(process);
        match ended {
            Ok(done) => Ok(done?),
            Err(_) => Err(Trouble("the window did not close in time".to_owned())),
        }
    }

    /// Ends the app at once, as a power cut would, and leaves the driver running.
    ///
    /// # Errors
    /// When the app is not running.
    pub(crate) fn kill_app(&self) -> Result<(), Trouble> {
        self.process.kill_app()
    }

    /// WebDriver itself, for what is not offered here.
    pub(crate) fn driver(&self) -> &WebDriver {
        &self.driver.0
    }

    /// The first element that matches, as soon as there is one.
    ///
    /// # Errors
    /// When none appears in time.
    pub(crate) async fn find(&self, css: &str) -> Result<WebElement, Trouble> {
        self.until(&format!("no `{css}` appeared"), PATIENCE, async || {
            self.first(css).await
        })
        .await
    }

    /// Every element that matches now; perhaps none.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub(crate) async fn all(&self, css: &str) -> Result<Vec<WebElement>, Trouble> {
        Ok(self.driver.0.find_all(By::Css(css)).await?)
    }

    /// The first element that matches and shows this text, or text that contains it.
    ///
    /// # Errors
    /// When none appears in time.
    pub(crate) async fn wait_for_text(&self, css: &str, text: &str) -> Result<WebElement, Trouble> {
        let what = format!("no `{css}` with the text \"{text}\" appeared");
        self.until(&what, PATIENCE, async || {
            self.first_with_text(css, text).await
        })
        .await
    }

    /// Waits until nothing matches any more.
    ///
    /// # Errors
    /// When something still matches in the end.
    pub(crate) async fn wait_until_gone(&self, css: &str) -> Result<(), Trouble> {
        self.until(&format!("`{css}` is still there"), PATIENCE, async || {
            Ok(self
                .driver
                .0
                .find_all(By::Css(css))
                .await?
                .is_empty()
                .then_some(()))
        })
        .await
    }

    /// The visible text of the first element that matches.
    ///
    /// # Errors
    /// When none appears in time.
    pub(crate) async fn text(&self, css: &str) -> Result<String, Trouble> {
        self.until(
            &format!("no `{css}` to read"),
            PATIENCE,
            async || match self.first(css).await? {
                Some(element) => Ok(Some(element.text().await?)),
                None => Ok(None),
            },
        )
        .await
    }

    /// Clicks the first element that matches, again if it moved away under the pointer.
    ///
    /// # Errors
    /// When it cannot be clicked in time.
    pub(crate) async fn click(&self, css: &str) -> Result<(), Trouble> {
        self.until(
            &format!("`{css}` could not be clicked"),
            PATIENCE,
            async || click(self.first(css).await?).await,
        )
        .await
    }

    /// Clicks the first element that matches and contains this text.
    ///
    /// # Errors
    /// When it cannot be clicked in time.
    pub(crate) async fn click_text(&self, css: &str, text: &str) -> Result<(), Trouble> {
        let what = format!("`{css}` with the text \"{text}\" could not be clicked");
        self.until(&what, PATIENCE, async || {
            click(self.first_with_text(css, text).await?).await
        })
        .await
    }

    /// Replaces what a field holds by this text, key by key.
    ///
    /// It selects and deletes instead of using WebDriver's Clear, which fires no `input` event in
    /// WebKit, so that the page would keep the old text.
    ///
    /// # Errors
    /// When the field cannot be typed into in time.
    pub(crate) async fn type_into(&self, css: &str, text: &str) -> Result<(), Trouble> {
        self.until(
            &format!("`{css}` could not be typed into"),
            PATIENCE,
            async || {
                let Some(field) = self.first(css).await? else {
                    return Ok(None);
                };
                field.send_keys(Key::Control + "a").await?;
                field.send_keys(TypingData::from(Key::Backspace)).await?;
                if !text.is_empty() {
                    field.send_keys(text).await?;
                }
                Ok(Some(()))
            },
        )
        .await
    }

    /// Types keys wherever the focus is: `Key::Tab`, `Key::Control + "k"`, `"bail"`.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) -> Result<(), Trouble> {
        let focused = self.driver.0.active_element().await?;
        Ok(focused.send_keys(keys).await?)
    }

    /// What a script returns.
    ///
    /// # Errors
    /// When the script throws or the driver does not answer.
    pub(crate) async fn script(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<Value, Trouble> {
        Ok(self
            .driver
            .0
            .execute(script, arguments)
            .await?
            .json()
            .clone())
    }

    /// Waits until what the page holds has been painted: after the next frame but one.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub(crate) async fn painted(&self) -> Result<(), Trouble> {
        let frames = "const done = arguments[0]; \
                      requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        self.driver.0.execute_async(frames, Vec::new()).await?;
        Ok(())
    }

    /// A picture of the page: in `TOUR_DIR` on the guided tour, else in target/e2e/.
    ///
    /// # Errors
    /// When the driver does not answer or the file cannot be written.
    pub(crate) async fn screenshot(&self, name: &str) -> Result<PathBuf, Trouble> {
        let path = pictures()?.join(format!("{name}.png"));
        self.painted().await?;
        fs::write(&path, self.driver.0.screenshot_as_png().await?)?;
        Ok(path)
    }

    /// What axe finds against accessibility on the page as it stands; nothing is the only good
    /// answer.
    ///
    /// # Errors
    /// When axe is not installed or does not finish.
    pub(crate) async fn axe(&self) -> Result<Vec<String>, Trouble> {
        let source = fs::read_to_string(root().join("ui/node_modules/axe-core/axe.min.js"))
            .map_err(|error| Trouble(format!("axe-core is not in ui/node_modules: {error}")))?;
        self.driver.0.execute(source, Vec::new()).await?;
        let run = "const done = arguments[0]; \
                   window.axe.run(document).then( \
                     (found) => done({ violations: found.violations.map((one) => \
                       one.id + ' (' + one.impact + '): ' + one.help + ' at ' + \
                       one.nodes.map((node) => node.target.join(' ')).join(', ')) }), \
                     (error) => done({ error: String(error) }));";
        let answer = self.driver.0.execute_async(run, Vec::new()).await?;
        if let Some(error) = answer.json()["error"].as_str() {
            return Err(Trouble(format!("axe did not finish: {error}")));
        }
        Ok(serde_json::from_value(answer.json()["violations"].clone())?)
    }

    /// Asks again and again until there is an answer. An error counts as "not yet": the page may
    /// be drawing itself anew.
    ///
    /// # Errors
    /// When there is no answer in time: `what`, with where the picture of it is.
    pub(crate) async fn until<T>(
        &self,
        what: &str,
        patience: Duration,
        ask: impl AsyncFn() -> WebDriverResult<Option<T>>,
    ) -> Result<T, Trouble> {
        let last = Mutex::new(None);
        let asking = async {
            loop {
                match ask().await {
                    Ok(Some(answer)) => return answer,
                    Ok(None) => {}
                    Err(error) => *last.lock().await = Some(error),
                }
                time::sleep(POLL).await;
            }
        };
        if let Ok(answer) = time::timeout(patience, asking).await {
            return Ok(answer);
        }
        let detail = match last.lock().await.as_ref() {
            Some(error) => format!(" (last: {error})"),
            None => String::new(),
        };
        Err(self
            .report(&format!("{what} within {} s{detail}", patience.as_secs()))
            .await)
    }

    /// Leaves a picture, the page and the driver's log, and says where.
    pub(crate) async fn report(&self, what: &str) -> Trouble {
        let Ok(stem) = evidence::stem(what) else {
            return Trouble(what.to_owned());
        };
        let moment = Duration::from_secs(10);
        if let Ok(Ok(picture)) = time::timeout(moment, self.driver.0.screenshot_as_png()).await {
            let _ = fs::write(stem.with_extension("png"), picture);
        }
        if let Ok(Ok(page)) = time::timeout(moment, self.driver.0.source()).await {
            let _ = fs::write(stem.with_extension("html"), page);
        }
        let _ = fs::copy(&self.process.log, stem.with_extension("log"));
        Trouble(format!("{what}; see {}.*", stem.display()))
    }

    async fn first(&self, css: &str) -> WebDriverResult<Option<WebElement>> {
        Ok(self
            .driver
            .0
            .find_all(By::Css(css))
            .await?
            .into_iter()
            .next())
    }

    async fn first_with_text(&self, css: &str, text: &str) -> WebDriverResult<Option<WebElement>> {
        for element in self.driver.0.find_all(By::Css(css)).await? {
            if element.text().await?.contains(text) {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }
}

async fn click(element: Option<WebElement>) -> WebDriverResult<Option<()>> {
    match element {
        Some(element) => {
            let clicked = element.click().await;
            if clicked.is_err() {
                // The driver does not always bring what is further down into view by itself, and
                // an item of a closed list has no place of its own.
                match element.find(By::XPath("ancestor::select")).await {
                    Ok(list) => list.scroll_into_view().await?,
                    Err(_) => element.scroll_into_view().await?,
                };
            }
            clicked.map(Some)
        }
        None => Ok(None),
    }
}

/// A session that is given up without a word when it was not closed: asking a driver that no longer
/// answers would hold a failed test up for a minute, and the processes are ended anyway.
struct Session(WebDriver);

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.0.clone().leak();
    }
}
