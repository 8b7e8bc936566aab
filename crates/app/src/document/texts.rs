//! The texts of documents, held against the catalogue when they are loaded: a text for a
//! document that does not exist, or with a parameter that no result of its document asks, is
//! refused with file and line before anything is printed from it. Where files come from is
//! nobody's business here.

use documents::text::{Catalogue as Texts, Text, TextError};
use domain::{
    now::{NowDefinition, ResultRef},
    result::{ChildTarget, ResultDefinition},
};
use reference::Catalogue;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The texts built in, with those of a folder in their place by their path
/// (`community_order.md`, `cy/community_order.md`).
///
/// # Errors
/// With file and line, if one of them is not as it should be.
pub fn texts(catalogue: &Catalogue, folder: &BTreeMap<String, String>) -> Result<Texts, TextError> {
    let texts = Texts::with(folder)?;
    let asked = Asked::of(catalogue);
    for text in texts.iter().chain(texts.in_welsh()) {
        asked.check(text, catalogue)?;
    }
    Ok(texts)
}

/// The definitions by how documents name them.
struct Asked<'a> {
    all: &'a [ResultDefinition],
    by_code: HashMap<String, Vec<&'a ResultDefinition>>,
    by_group: HashMap<String, Vec<&'a ResultDefinition>>,
}

impl<'a> Asked<'a> {
    fn of(catalogue: &'a Catalogue) -> Self {
        let all = catalogue.results.definitions();
        let mut by_code: HashMap<String, Vec<&ResultDefinition>> = HashMap::new();
        let mut by_group: HashMap<String, Vec<&ResultDefinition>> = HashMap::new();
        for definition in all {
            let code = definition.code.to_lowercase();
            by_code.entry(code).or_default().push(definition);
            for group in &definition.groups {
                let group = group.to_lowercase();
                by_group.entry(group).or_default().push(definition);
            }
        }
        Self {
            all,
            by_code,
            by_group,
        }
    }

    fn check(&self, text: &Text, catalogue: &Catalogue) -> Result<(), TextError> {
        let named = |now: &&String| now.as_str() != "*";
        let mut nows = Vec::new();
        for name in text.nows.iter().filter(named) {
            let found = catalogue.nows.iter().find(|own| own.name == *name);
            nows.push(found.ok_or_else(|| TextError {
                file: text.file.clone(),
                line: 2,
                message: format!("there is no document `{name}` in nows.csv or nows_ours.csv"),
            })?);
        }
        let mut unknown: HashSet<&str> = text.asks().collect();
        for now in nows {
            if unknown.is_empty() {
                break;
            }
            self.strike(now, &mut unknown);
        }
        let known = text.asks().filter(|name| !unknown.contains(name));
        text.check(&known.map(str::to_owned).collect())
    }

    /// Strikes out what the results of a document ask, and those results themselves.
    fn strike(&self, now: &NowDefinition, unknown: &mut HashSet<&str>) {
        let named = now.triggers.iter().chain(&now.roots).chain(&now.children);
        let mut open: Vec<&ResultDefinition> = named.flat_map(|own| self.named(own)).collect();
        let mut seen = HashSet::new();
        while let Some(definition) = open.pop() {
            if unknown.is_empty() || !seen.insert(definition.id) {
                continue;
            }
            let result = format!("result.{}", definition.code);
            unknown.remove(result.as_str());
            for field in &definition.fields {
                unknown.remove(field.key.as_str());
                for reference in field.references() {
                    unknown.remove(reference);
                }
            }
            for child in &definition.children {
                match &child.target {
                    ChildTarget::Code(code) => open.extend(self.coded(code)),
                    ChildTarget::Id(id) => {
                        open.extend(self.all.iter().filter(|own| own.id == *id));
                    }
                }
            }
        }
    }

    fn coded(&self, code: &str) -> impl Iterator<Item = &'a ResultDefinition> {
        let found = self.by_code.get(&code.to_lowercase());
        found.into_iter().flatten().copied()
    }

    fn named(&self, own: &ResultRef) -> Vec<&'a ResultDefinition> {
        match own {
            ResultRef::Code(code) => self.coded(code).collect(),
            ResultRef::Group(group) => {
                let found = self.by_group.get(&group.to_lowercase());
                found.into_iter().flatten().copied().collect()
            }
            ResultRef::Any => self.all.iter().collect(),
            ResultRef::IdPrefix(prefix) => {
                let begins = |own: &&ResultDefinition| own.id.to_string().starts_with(prefix);
                self.all.iter().filter(begins).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "---\nnow: Absolute Discharge\ntitle: Absolute discharge\n\
                          source: Sentencing Act 2020 s.79\n---\n# legal\n@offences\n";

    fn with(path: &str, source: &str) -> Result<Texts, TextError> {
        let catalogue = Catalogue::embedded().unwrap();
        texts(
            &catalogue,
            &BTreeMap::from([(path.to_owned(), source.to_owned())]),
        )
    }

    #[test]
    fn a_changed_text_takes_the_place_of_the_one_built_in() {
        let changed = GOOD.replace("title: Absolute", "title: An absolute");
        let texts = with("absolute_discharge.md", &changed).unwrap();
        assert_eq!(
            texts.of("Absolute Discharge").title,
            "An absolute discharge"
        );
        assert!(texts.of("Community order").title.contains("ommunity"));
    }

    #[test]
    fn an_unknown_parameter_is_refused_with_file_and_line_when_texts_are_loaded() {
        let wrong = format!("{GOOD}= Period: {{periodOfNothing}}\n");
        let error = with("absolute_discharge.md", &wrong).unwrap_err();
        assert_eq!(
            (error.file.as_str(), error.line),
            ("absolute_discharge.md", 8)
        );
        assert!(error.message.contains("{periodOfNothing}"), "{error}");
        // What another document's results ask is unknown to this one.
        let elsewhere = format!("{GOOD}= Prison: {{prisonOrganisationName}}\n");
        assert_eq!(
            with("absolute_discharge.md", &elsewhere).unwrap_err().line,
            8
        );
        // In Welsh too.
        let error = with("cy/absolute_discharge.md", &wrong).unwrap_err();
        assert_eq!(error.file, "cy/absolute_discharge.md");
    }

    #[test]
    fn a_text_for_a_document_that_there_is_not_is_refused() {
        let wrong = GOOD.replace("now: Absolute Discharge", "now: Relative Discharge");
        let error = with("relative_discharge.md", &wrong).unwrap_err();
        assert!(error.message.contains("Relative Discharge"), "{error}");
    }
}
