//! Results typed by keyboard, as a legal adviser types them: short code, Enter,
//! then an answer for each question.

use crate::harness::{Trouble, Window};
use contract::hearing::HearingView;
use domain::result::{ResultLine, read};
use reference::{Catalogue, examples};
use std::{collections::BTreeMap, time::Duration};
use thirtyfour::Key;
use vocabulary::DefinitionId;

/// Parts of an address, answered by the name before them.
const PARTS: [&str; 5] = [
    "Address1",
    "Address2",
    "Address3",
    "PostCode",
    "EmailAddress1",
];

/// Somebody at the keyboard of an open hearing.
pub(crate) struct Typist<'a> {
    window: &'a Window,
    catalogue: Catalogue,
}

impl<'a> Typist<'a> {
    pub(crate) fn at(window: &'a Window) -> Result<Self, Trouble> {
        let catalogue = Catalogue::embedded().map_err(|error| Trouble(error.to_string()))?;
        Ok(Self { window, catalogue })
    }

    /// Whether a question is a part of an address.
    pub(crate) fn is_part(reference: &str) -> bool {
        PARTS.iter().any(|end| reference.ends_with(end))
    }

    /// The lines of an example for one offence of the first defendant.
    pub(crate) fn lines(&self, view: &HearingView, name: &str, offence: usize) -> Vec<ResultLine> {
        let defendant = &view.defendants[0];
        examples::example(
            &self.catalogue,
            name,
            defendant.defendant_id,
            defendant.offences[offence].offence_id,
            view.day,
        )
        .unwrap_or_default()
    }

    /// The short code of a line.
    pub(crate) fn code(&self, line: &ResultLine) -> String {
        let definition = self.catalogue.results.definition(line.definition);
        definition.map(|own| own.code.clone()).unwrap_or_default()
    }

    /// An answer in its written form, whichever of its forms was typed.
    pub(crate) fn written(&self, of: DefinitionId, reference: &str, answer: &str) -> String {
        let definition = self.catalogue.results.definition(of);
        definition
            .and_then(|own| own.field(reference))
            .and_then(|field| read(field, answer).ok())
            .unwrap_or_else(|| answer.to_owned())
    }

    /// Types an example for one offence.
    pub(crate) async fn example(
        &self,
        view: &HearingView,
        name: &str,
        offence: usize,
    ) -> Result<(), Trouble> {
        let number = view.defendants[0].offences[offence].number;
        for line in self.lines(view, name, offence) {
            let target = match line.offence {
                Some(_) => number.to_string(),
                None => "defendant".to_owned(),
            };
            self.line(&target, &self.code(&line), &line.answers).await?;
        }
        Ok(())
    }

    /// Types results with their answers in one line, and takes them once the
    /// window shows that all of it is understood.
    pub(crate) async fn in_one_line(
        &self,
        target: &str,
        text: &str,
        codes: &[&str],
        before_enter: impl AsyncFn() -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let window = self.window;
        let entry = format!("[data-test='result-entry-{target}']");
        window.type_into(&entry, text).await?;
        self.understood(target, codes).await?;
        before_enter().await?;
        window.press(Key::Enter).await?;
        for code in codes {
            window.find(&format!("[data-line='{code}']")).await?;
        }
        let left = window
            .script(
                "return document.querySelector(arguments[0]).value;",
                vec![entry.into()],
            )
            .await?;
        if left.as_str() == Some("") {
            Ok(())
        } else {
            Err(Trouble(format!("{left} was left in the line")))
        }
    }

    /// Waits until the window shows that all of a line is understood.
    pub(crate) async fn understood(&self, target: &str, codes: &[&str]) -> Result<(), Trouble> {
        for code in codes {
            self.window
                .find(&format!(
                    "[data-test='target-{target}'] [data-test='piece'][data-code='{code}'][data-complete='true']"
                ))
                .await?;
        }
        Ok(())
    }

    async fn line(
        &self,
        target: &str,
        code: &str,
        answers: &BTreeMap<String, String>,
    ) -> Result<(), Trouble> {
        let window = self.window;
        let line = format!("[data-test='target-{target}'] [data-line='{code}']");
        if window.all(&line).await?.is_empty() {
            let entry = format!("[data-test='result-entry-{target}']");
            window.type_into(&entry, &code.to_lowercase()).await?;
            window
                .find(&format!("[data-test='option'][data-code='{code}']"))
                .await?;
            window.press(Key::Enter).await?;
        }
        window.find(&line).await?;
        for (reference, answer) in answers {
            let field = format!("{line} [data-field='{reference}']");
            if !Self::is_part(reference) {
                self.show(&line, &field).await?;
            }
            if Self::is_part(reference) && window.all(&field).await?.is_empty() {
                continue;
            }
            let tick = window
                .script(
                    "const f = document.querySelector(arguments[0]); return f !== null && f.type === 'checkbox';",
                    vec![field.clone().into()],
                )
                .await?;
            if tick.as_bool() == Some(true) {
                if answer == "yes" {
                    window.click(&field).await?;
                }
                continue;
            }
            // The demo court's police convey its prisoners; the directory knows them.
            let answer = match reference.as_str() {
                "conveyorcustodiannameOrganisationName" => "Marches Constabulary",
                _ => answer,
            };
            for (nth, item) in answer.split("; ").enumerate() {
                if nth == 0 {
                    window.type_into(&field, item).await?;
                } else {
                    // Erasing in an empty field would take the last choice back.
                    window.find(&field).await?.send_keys(item).await?;
                }
                tokio::time::sleep(Duration::from_millis(150)).await;
                window.press(Key::Enter).await?;
            }
        }
        Ok(())
    }

    /// Waits for a question, asking for the rarer ones where it is one of them.
    async fn show(&self, line: &str, field: &str) -> Result<(), Trouble> {
        let more = format!("{line} [data-test='more-questions']");
        for _ in 0..300 {
            if !self.window.all(field).await?.is_empty() {
                return Ok(());
            }
            if let Some(more) = self.window.all(&more).await?.first() {
                // By keyboard: the first question's list may lie over it.
                more.send_keys(Key::Enter + "").await?;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(Trouble(format!("no `{field}` appeared")))
    }

    /// Takes every line of one offence, and those of the whole defendant, away again.
    pub(crate) async fn clear(&self, number: u32) -> Result<(), Trouble> {
        for target in [number.to_string(), "defendant".to_owned()] {
            let place = format!("[data-test='target-{target}']");
            // A tab just opened shows no lines yet; a typing line ends each place.
            self.window.find(&format!("{place} [data-entry]")).await?;
            let remove = format!("{place} [data-test='remove-line']");
            // By keyboard: a pointer cannot reach what is scrolled away under the tabs.
            while let Some(button) = self.window.all(&remove).await?.first() {
                button.send_keys(Key::Enter + "").await?;
            }
        }
        Ok(())
    }
}
