//! A result as a document prints it: its label and its answers. Where the question is in words of
//! the court's staff alone, a document that is sent has it in its readers' words
//! (`question_traits.csv`); the court's own record keeps those in which it was asked.

use super::Source;
use contract::document::{Fact, PrintedResult};
use domain::result::JudicialResult;

/// A result with its answers, as it was asked.
pub(crate) fn printed(result: &JudicialResult) -> PrintedResult {
    PrintedResult {
        label: result.label.clone(),
        text: String::new(),
        prompts: result
            .prompts
            .iter()
            .map(|prompt| {
                let value = if prompt.value.is_empty() {
                    "Yes"
                } else {
                    &prompt.value
                };
                Fact::new(prompt.label.clone(), value)
            })
            .collect(),
    }
}

impl Source<'_> {
    /// The same in the words of whoever reads the document.
    pub(super) fn told(&self, result: &JudicialResult) -> PrintedResult {
        let results = &self.app.catalogue.results;
        let definition = results.definition(result.definition);
        let fields = definition.map_or(&[][..], |own| own.fields.as_slice());
        let mut told = printed(result);
        for (prompt, fact) in result.prompts.iter().zip(&mut told.prompts) {
            let mut asked = fields.iter().filter(|own| own.key == prompt.reference);
            if let Some(said) = asked.find_map(|field| field.said.as_ref()) {
                fact.label.clone_from(said);
            }
        }
        told
    }
}
