//! The last steps of the path: the term was recorded wrongly, the legal adviser
//! amends it, and the prison, which had acknowledged the old warrant, reads the new.

use crate::{
    harness::Trouble,
    path::{Journey, PRISON},
};
use app::demo::LEGAL_ADVISER;
use thirtyfour::Key;

impl Journey {
    /// Amends by keyboard and shares again.
    pub(crate) async fn legal_adviser_amends(&self) -> Result<(), Trouble> {
        let window = &self.window;
        self.sign_in(LEGAL_ADVISER).await?;
        self.open_hearing().await?;
        window.click("[data-test='tab-results']").await?;
        window.click("[data-test='amend']").await?;
        window.click("[data-test='amend-kind-ADMIN_ERROR']").await?;
        window
            .click("[data-test='amend-reason-RECORDED_WRONGLY']")
            .await?;
        window
            .type_into(
                "[data-test='amend-note']",
                "The bench said eight months, not nine.",
            )
            .await?;
        self.picture("19-why-results-are-amended").await?;
        window.click("[data-test='amend-begin']").await?;
        for field in ["imprisonmentPeriod", "totalCustodialPeriod"] {
            window
                .type_into(&format!("[data-field='{field}']"), "8m")
                .await?;
            window.press(Key::Enter).await?;
        }
        window
            .find("[data-test='saving'][data-status='saved']")
            .await?;
        window.click("[data-test='show-changes']").await?;
        window
            .find("[data-test='compared'][data-change='changed'][data-code='IMP']")
            .await?;
        self.picture("20-was-and-is-side-by-side").await?;
        window.click("[data-test='share']").await?;
        window.find("[data-test='share-confirm']").await?;
        self.picture("20-sharing-again-is-confirmed").await?;
        window.click("[data-test='share-confirm']").await?;
        window.find("[data-test='shared']").await?;
        let warrant = "[data-test='document'][data-name='Warrant for custodial sentence']";
        window
            .find(&format!(
                "{warrant}[data-superseded='false'] [data-test='delivery'][data-recipient='HMP Fallowdene'][data-state='received']"
            ))
            .await?;
        window
            .find(&format!("{warrant}[data-superseded='true']"))
            .await?;
        self.picture("21-replaced-and-delivered").await?;
        self.keep_documents("amended").await?;
        window.click("[data-test='tab-results']").await?;
        window
            .click("[data-test='version'][data-version='1'] [data-test='show-version']")
            .await?;
        window
            .find("[data-test='version'][data-version='1'] [data-test='compared']")
            .await?;
        self.picture("22-the-first-version-stays-readable").await
    }

    /// The old warrant says that it no longer applies, and leads to the new one.
    pub(crate) async fn prison_learns_that_its_warrant_was_replaced(&self) -> Result<(), Trouble> {
        let window = &self.window;
        self.sign_in(PRISON).await?;
        window
            .click("[data-test='inbox-item'][data-superseded='true'][data-name='Warrant for custodial sentence']")
            .await?;
        window.find("[data-test='superseded-banner']").await?;
        self.page_is_drawn().await?;
        self.picture("23-prison-opens-the-old-warrant").await?;
        window.click("[data-test='read-instead']").await?;
        window
            .wait_until_gone("[data-test='superseded-banner']")
            .await?;
        self.page_is_drawn().await?;
        self.picture("24-prison-reads-the-new-warrant").await?;
        window.click("[data-test='acknowledge']").await?;
        window.find("[data-test='acknowledged']").await?;
        Ok(())
    }
}
