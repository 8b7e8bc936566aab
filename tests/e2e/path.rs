//! The path itself, a step for each person.

use crate::{
    harness::{PATIENCE, Trouble, Window, pictures},
    typing::Typist,
};
use app::demo::{LEGAL_ADVISER, PATH_URN, PROSECUTOR, SOLICITORS};
use client::{Bytes, Client};
use contract::{
    account::SignIn,
    case::{Find, View},
    hearing, inbox,
};
use std::{
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use thirtyfour::Key;

pub(crate) const PASSWORD: &str = "a fictional court";
pub(crate) const PRISON: &str = "mina.oak@fallowdene.example.test";

/// Notes every share of the sending that the page shows, however short it stands there.
const WATCH_PROGRESS: &str = "
    window.__progress = [];
    const look = () => {
      const bar = document.querySelector(`[data-test='serve-progress'] [role='progressbar']`);
      const now = bar && Number(bar.getAttribute('aria-valuenow'));
      if (bar && window.__progress.at(-1) !== now) window.__progress.push(now);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });";
const SHOWN_PROGRESS: &str = "return window.__progress;";

/// One window, one demo court, everybody in turn.
pub(crate) struct Journey {
    pub(crate) window: Window,
    pub(crate) url: String,
    pub(crate) folder: PathBuf,
}

impl Journey {
    /// A window at a backend that is known.
    pub(crate) fn at(window: Window, url: &str, data: &Path) -> Self {
        Self {
            window,
            url: url.to_owned(),
            folder: data.to_path_buf(),
        }
    }

    /// Finds the backend that the window started.
    pub(crate) async fn new(window: Window, data: &Path) -> Result<Self, Trouble> {
        let file = std::fs::read_to_string(data.join("server.json"))?;
        let announced: serde_json::Value = serde_json::from_str(&file)?;
        let url = announced["url"].as_str().unwrap_or_default();
        Ok(Self::at(window, url, data))
    }

    /// Everybody in turn.
    pub(crate) async fn walk(&self) -> Result<(), Trouble> {
        self.window.find("[data-test='sign-in-email']").await?;
        self.picture("01-sign-in").await?;
        self.prosecutor_serves().await?;
        self.solicitor_finds_reads_and_goes_on_record().await?;
        self.solicitor_is_notified_of_new_material().await?;
        self.sign_out().await?;
        self.legal_adviser_results_and_shares().await?;
        self.sign_out().await?;
        self.prison_opens_and_acknowledges().await?;
        self.sign_out().await?;
        self.legal_adviser_sees_the_acknowledgement().await?;
        self.sign_out().await?;
        self.solicitor_sees_what_changed().await?;
        self.sign_out().await?;
        self.legal_adviser_amends().await?;
        self.sign_out().await?;
        self.prison_learns_that_its_warrant_was_replaced().await
    }

    pub(crate) async fn close(self) -> Result<(), Trouble> {
        self.window.close().await
    }

    pub(crate) async fn report(&self, what: &str) -> Trouble {
        self.window.report(what).await
    }

    /// A picture of a page on which axe finds nothing.
    pub(crate) async fn picture(&self, name: &str) -> Result<(), Trouble> {
        self.window.screenshot(name).await?;
        self.passes_axe(name).await
    }

    /// Axe finds nothing on the page as it stands.
    pub(crate) async fn passes_axe(&self, name: &str) -> Result<(), Trouble> {
        let found = self.window.axe().await?;
        if found.is_empty() {
            Ok(())
        } else {
            Err(Trouble(format!("axe on {name}: {}", found.join("; "))))
        }
    }

    pub(crate) async fn sign_in(&self, email: &str) -> Result<(), Trouble> {
        let window = &self.window;
        window
            .type_into("[data-test='sign-in-email']", email)
            .await?;
        window
            .type_into("[data-test='sign-in-password']", PASSWORD)
            .await?;
        window.press(Key::Enter).await?;
        window.find("[data-test='person']").await?;
        Ok(())
    }

    pub(crate) async fn sign_out(&self) -> Result<(), Trouble> {
        self.window.click("[data-test='sign-out']").await?;
        self.window.find("[data-test='sign-in-email']").await?;
        Ok(())
    }

    /// Another person's client, beside the window.
    pub(crate) async fn person(&self, email: &str) -> Result<Client, Trouble> {
        let client = Client::new(&self.url);
        let sign_in = SignIn {
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
        };
        let signed_in = client.account_sign_in(&sign_in).await.map_err(told)?;
        Ok(client.with_token(&signed_in.token))
    }

    pub(crate) async fn find_case(&self, typed: &str) -> Result<(), Trouble> {
        let window = &self.window;
        window.click("[data-test='nav-cases']").await?;
        window
            .type_into("[data-test='find-reference']", typed)
            .await?;
        window.press(Key::Enter).await?;
        window
            .wait_for_text("[data-test='case-urn']", PATH_URN)
            .await?;
        Ok(())
    }

    async fn prosecutor_serves(&self) -> Result<(), Trouble> {
        let window = &self.window;
        let bundle = self.folder.join("IDPC bundle.pdf");
        large_pdf(&bundle, 30 * 1024 * 1024)?;
        self.sign_in(PROSECUTOR).await?;
        self.find_case(PATH_URN).await?;
        window
            .click_text("[data-test='serve-section'] option", "IDPC bundle")
            .await?;
        window
            .type_into("[data-test='serve-path']", &bundle.display().to_string())
            .await?;
        window.script(WATCH_PROGRESS, Vec::new()).await?;
        window.click("[data-test='serve']").await?;
        window
            .find("[data-test='material'][data-name='IDPC bundle.pdf'] [data-test='open-material']")
            .await?;
        self.progress_was_shown().await?;
        self.picture("02-prosecutor-has-served-the-idpc").await?;
        self.sign_out().await
    }

    /// While the bundle was sent, the bar showed how far it was.
    async fn progress_was_shown(&self) -> Result<(), Trouble> {
        let shown = self.window.script(SHOWN_PROGRESS, Vec::new()).await?;
        let shown: Vec<u32> = serde_json::from_value(shown)?;
        let on_the_way = shown.iter().any(|percent| (1..100).contains(percent));
        if on_the_way && shown.is_sorted() {
            Ok(())
        } else {
            Err(Trouble(format!("the progress shown was {shown:?}")))
        }
    }

    async fn solicitor_finds_reads_and_goes_on_record(&self) -> Result<(), Trouble> {
        let window = &self.window;
        self.sign_in(SOLICITORS[0]).await?;
        self.picture("03-solicitor-cases").await?;
        self.find_case(" 29 gd 741 0126 ").await?;
        window
            .click(
                "[data-test='material'][data-name='IDPC bundle.pdf'] [data-test='open-material']",
            )
            .await?;
        self.page_is_drawn().await?;
        self.picture("04-solicitor-reads-the-idpc").await?;
        window.click("[data-test='back']").await?;
        window
            .click("[data-test='basis-REPRESENTATION_ORDER_APPLIED_FOR']")
            .await?;
        window.click("[data-test='associate']").await?;
        window
            .wait_for_text("[data-test='on-record']", "Thorne & Vale")
            .await?;
        self.picture("05-solicitor-is-on-record").await
    }

    pub(crate) async fn open_hearing(&self) -> Result<(), Trouble> {
        let window = &self.window;
        window.click("[data-test='nav-hearings']").await?;
        window
            .click(&format!("[data-test='open-hearing-{PATH_URN}']"))
            .await?;
        window.find("[data-test='tab-results']").await?;
        Ok(())
    }

    async fn legal_adviser_results_and_shares(&self) -> Result<(), Trouble> {
        let window = &self.window;
        self.sign_in(LEGAL_ADVISER).await?;
        window
            .find(&format!("[data-test='open-hearing-{PATH_URN}']"))
            .await?;
        self.picture("07-todays-list").await?;
        self.open_hearing().await?;
        window.click("[data-control='start']").await?;
        window.find("[data-control='end']").await?;
        window.click("[data-test='tab-log']").await?;
        window
            .type_into("[data-test='log-find']", "Defendant identified")
            .await?;
        window.press(Key::Enter).await?;
        window
            .find("[data-test='log-entry'][data-label^='Defendant identified']")
            .await?;
        self.picture("08-court-log").await?;
        window.click("[data-test='tab-pleas']").await?;
        window.click("[data-test='attendance-IN_PERSON']").await?;
        window
            .find("[data-test='attendance-IN_PERSON'][aria-pressed='true']")
            .await?;
        let offences = self.offences().await?;
        let first = offences[0];
        for number in offences {
            let field = format!("[data-test='plea-{number}']");
            // What is withdrawn was denied.
            let plea = if number == first {
                "Guilty"
            } else {
                "Not guilty"
            };
            window.type_into(&field, plea).await?;
            window.press(Key::Enter).await?;
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
        self.picture("09-pleas").await?;
        window.click("[data-test='tab-results']").await?;
        self.type_results().await?;
        window
            .find("[data-test='readiness'][data-ready='true']")
            .await?;
        self.picture("10-results-ready").await?;
        window.click("[data-test='tab-documents']").await?;
        window.find("[data-test='preview-document']").await?;
        window.click("[data-test='preview-document']").await?;
        self.page_is_drawn().await?;
        self.picture("11-live-preview").await?;
        window.click("[data-test='tab-results']").await?;
        window.click("[data-test='share']").await?;
        window.find("[data-test='share-confirm']").await?;
        self.picture("11-sharing-is-confirmed").await?;
        window.click("[data-test='share-confirm']").await?;
        window.find("[data-test='shared']").await?;
        window.click("[data-test='tab-documents']").await?;
        for recipient in [
            "Ashmere Probation",
            "Marches Fines Office",
            "HMP Fallowdene",
        ] {
            window
                .find(&format!(
                    "[data-test='delivery'][data-recipient='{recipient}'][data-state='received']"
                ))
                .await?;
        }
        self.picture("12-shared-and-delivered").await?;
        self.keep_documents("shared").await
    }

    /// The first page of whatever is open can be read.
    pub(crate) async fn page_is_drawn(&self) -> Result<(), Trouble> {
        self.window
            .find("[data-test='viewer'][data-ready='true']")
            .await?;
        self.window
            .find("[data-test='page'][data-page='1'] .textLayer span")
            .await?;
        self.window
            .find("[data-test='page'][data-page='1'][data-drawn='true']")
            .await?;
        Ok(())
    }

    /// The offence numbers of the case.
    async fn offences(&self) -> Result<Vec<u32>, Trouble> {
        let adviser = self.person(LEGAL_ADVISER).await?;
        Ok(self.hearing(&adviser).await?.defendants[0]
            .offences
            .iter()
            .map(|offence| offence.number)
            .collect())
    }

    pub(crate) async fn hearing(&self, client: &Client) -> Result<hearing::HearingView, Trouble> {
        let reference = PATH_URN.to_owned();
        let case_id = client
            .case_find(&Find { reference })
            .await
            .map_err(told)?
            .case_id;
        let glance = client.case_view(&View { case_id }).await.map_err(told)?;
        let hearing_id = glance.hearings[0].hearing_id;
        client
            .hearing_view(&hearing::View { hearing_id })
            .await
            .map_err(told)
    }

    /// Imprisonment on the first offence, question by question; the others
    /// withdrawn, each in one line of the typing grammar.
    async fn type_results(&self) -> Result<(), Trouble> {
        let adviser = self.person(LEGAL_ADVISER).await?;
        let view = self.hearing(&adviser).await?;
        let typist = Typist::at(&self.window)?;
        typist.example(&view, "imprisonment", 0).await?;
        for (nth, other) in view.defendants[0].offences.iter().enumerate().skip(1) {
            let text = "WDRN not in the public interest reasons=\"The sample was spoilt before it could be analysed\"";
            let target = other.number.to_string();
            typist
                .in_one_line(&target, text, &["WDRN"], async || {
                    if nth == 1 {
                        self.picture("10-typing-in-one-line").await?;
                    }
                    Ok(())
                })
                .await?;
        }
        self.grammar_is_explained().await
    }

    /// The page that explains the grammar, by keyboard and back.
    async fn grammar_is_explained(&self) -> Result<(), Trouble> {
        let window = &self.window;
        window.click("[data-test='result-entry-1']").await?;
        window.press(Key::F1).await?;
        window.find("[data-test='grammar-help']").await?;
        self.picture("10-how-to-type-results").await?;
        window.press(Key::Escape).await?;
        window.wait_until_gone("[data-test='grammar-help']").await?;
        let back = window
            .script(
                "return document.activeElement.dataset.test ?? '';",
                Vec::new(),
            )
            .await?;
        if back.as_str() == Some("result-entry-1") {
            Ok(())
        } else {
            Err(Trouble(format!("the cursor is at {back}")))
        }
    }

    /// Every PDF of the hearing, beside the pictures, each under a number of its own: a
    /// document that was split by person comes more than once.
    pub(crate) async fn keep_documents(&self, when: &str) -> Result<(), Trouble> {
        let adviser = self.person(LEGAL_ADVISER).await?;
        let mut documents = self.hearing(&adviser).await?.documents;
        let end = Instant::now() + PATIENCE;
        while !documents.iter().all(|document| document.made) {
            if Instant::now() > end {
                return Err(Trouble("a document was not made in time".to_owned()));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            documents = self.hearing(&adviser).await?.documents;
        }
        for (nth, document) in documents.iter().enumerate() {
            let id = document.document_id.to_string();
            let pdf = adviser.download(Bytes::Document, &id).await.map_err(told)?;
            let pdf = pdf.all(20_000_000).await.map_err(told)?;
            if !pdf.starts_with(b"%PDF-") {
                return Err(Trouble(format!("{} is no PDF", document.name)));
            }
            let name = format!("{when}-{:02} {}.pdf", nth + 1, document.name);
            std::fs::write(pictures()?.join(name), pdf)?;
        }
        Ok(())
    }

    async fn prison_opens_and_acknowledges(&self) -> Result<(), Trouble> {
        let window = &self.window;
        self.sign_in(PRISON).await?;
        let name = self.defendant().await?;
        let item = format!(
            "[data-test='inbox-item'][data-name='Warrant for custodial sentence'][data-defendant='{name}']"
        );
        window.click(&item).await?;
        self.page_is_drawn().await?;
        self.picture("13-prison-reads-the-warrant").await?;
        window.click("[data-test='acknowledge']").await?;
        window.find("[data-test='acknowledged']").await?;
        self.picture("14-prison-has-acknowledged").await
    }

    async fn defendant(&self) -> Result<String, Trouble> {
        let adviser = self.person(LEGAL_ADVISER).await?;
        Ok(self.hearing(&adviser).await?.defendants[0].name.clone())
    }

    async fn legal_adviser_sees_the_acknowledgement(&self) -> Result<(), Trouble> {
        let window = &self.window;
        self.sign_in(LEGAL_ADVISER).await?;
        self.open_hearing().await?;
        window.click("[data-test='tab-documents']").await?;
        window
            .find("[data-test='delivery'][data-recipient='HMP Fallowdene'][data-state='acknowledged']")
            .await?;
        self.picture("15-court-sees-the-acknowledgement").await?;
        // Probation does the same with its notification.
        let probation = self
            .person("tom.reed@ashmere-probation.example.test")
            .await?;
        let items = probation
            .inbox_list(&inbox::List {})
            .await
            .map_err(told)?
            .items;
        let ours = items
            .iter()
            .find(|item| item.cases.iter().any(|urn| urn.as_str() == PATH_URN));
        let item = ours.ok_or_else(|| Trouble("probation was told nothing".to_owned()))?;
        let delivery_id = item.delivery_id;
        probation
            .inbox_open(&inbox::Open { delivery_id })
            .await
            .map_err(told)?;
        probation
            .inbox_acknowledge(&inbox::Acknowledge { delivery_id })
            .await
            .map_err(told)?;
        window
            .find("[data-test='delivery'][data-recipient='Ashmere Probation'][data-state='acknowledged']")
            .await?;
        Ok(())
    }

    async fn solicitor_sees_what_changed(&self) -> Result<(), Trouble> {
        let window = &self.window;
        self.sign_in(SOLICITORS[0]).await?;
        window.click("[data-test='nav-notices']").await?;
        window
            .find(&format!(
                "[data-test='notice'][data-title='Results in {PATH_URN}']"
            ))
            .await?;
        self.picture("16-solicitor-notices").await?;
        self.find_case(PATH_URN).await?;
        window
            .find("[data-test='change'][data-kind='result']")
            .await?;
        self.picture("17-what-has-changed").await?;
        window
            .click(
                "[data-test='document'][data-name='Notice of Financial Penalty'] \
                 [data-test='open-document']",
            )
            .await?;
        self.page_is_drawn().await?;
        self.picture("18-solicitor-reads-the-order").await
    }
}

pub(crate) fn told(problem: contract::Problem) -> Trouble {
    Trouble(problem.to_string())
}

/// A real PDF of one page with an attachment of noise, as large as asked.
pub(crate) fn large_pdf(path: &Path, bytes: usize) -> Result<(), Trouble> {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
    });
    let text = b"BT /F1 24 Tf 72 720 Td (Initial details of the prosecution case) Tj ET".to_vec();
    let content = document.add_object(Stream::new(dictionary! {}, text));
    let mut noise = vec![0_u8; bytes];
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for byte in &mut noise {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        *byte = (seed >> 24) as u8;
    }
    document.add_object(Stream::new(dictionary! {}, noise));
    let page = document.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    document.objects.insert(
        pages,
        Object::Dictionary(dictionary! {
            "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1,
        }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut file = std::fs::File::create(path)?;
    let mut written = Vec::new();
    document.save_to(&mut written)?;
    file.write_all(&written)?;
    Ok(())
}
