//! All texts: those embedded at build, or those of a folder that somebody read.

use super::{OF_PRINTOUTS, Text, TextError};
use include_dir::{Dir, File, include_dir};
use std::collections::BTreeMap;

static TEXTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../reference/texts");

/// The name by which the text for all other documents is kept.
const ANY: &str = "*";

/// The texts, by the documents they are for.
#[derive(Debug, Clone)]
pub struct Catalogue {
    texts: Vec<Text>,
    by_now: BTreeMap<String, usize>,
    any: usize,
    welsh: BTreeMap<String, Text>,
    printouts: BTreeMap<String, Text>,
}

impl Catalogue {
    /// The texts embedded at build.
    ///
    /// # Errors
    /// With file and line, if one cannot be read; a test keeps that from happening.
    pub fn embedded() -> Result<Self, TextError> {
        Self::with(&BTreeMap::new())
    }

    /// The texts embedded at build, with others in their place by their path (`a.md`,
    /// `cy/a.md`, `printouts/a.md`).
    ///
    /// # Errors
    /// With file and line, if one cannot be read, or lies in no folder of texts.
    pub fn with(others: &BTreeMap<String, String>) -> Result<Self, TextError> {
        let known = |path: &&String| matches!(folder_of(path), "" | "cy" | "printouts");
        if let Some(path) = others.keys().find(|path| !known(path)) {
            return Err(TextError {
                file: path.clone(),
                line: 1,
                message: "texts lie in the folder itself, in `cy` or in `printouts`".to_owned(),
            });
        }
        Self::read(files("", others), files("cy", others))?
            .with_printouts(files("printouts", others))
    }

    /// The same with the texts of printouts: lists, registers, extracts, receipts.
    ///
    /// # Errors
    /// With file and line, if one cannot be read, names a parameter that no printout
    /// has, does not say to whom it may be shown, or is for the same as another.
    pub fn with_printouts<'a>(
        mut self,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, TextError> {
        for (name, source) in files {
            let file = format!("printouts/{name}");
            let wrong = |line: usize, message: String| TextError {
                file: file.clone(),
                line,
                message,
            };
            let text = Text::parse(&file, source)?;
            let known = |name: &str| OF_PRINTOUTS.iter().any(|(known, _)| *known == name);
            if let Some((name, line)) = text.parameters().find(|(name, _)| !known(name)) {
                return Err(wrong(
                    line,
                    format!("{{{name}}} is no parameter of a printout"),
                ));
            }
            if text.handling.is_none() {
                let message = "`handling:` must say to whom the printout may be shown";
                return Err(wrong(1, message.to_owned()));
            }
            for printout in text.nows.clone() {
                if self
                    .printouts
                    .insert(printout.clone(), text.clone())
                    .is_some()
                {
                    return Err(wrong(
                        1,
                        format!("another file is already for `{printout}`"),
                    ));
                }
            }
        }
        Ok(self)
    }

    /// The text of a printout, by its name.
    #[must_use]
    pub fn of_printout(&self, name: &str) -> Option<&Text> {
        self.printouts.get(name)
    }

    /// Every text of a printout.
    pub fn printouts(&self) -> impl Iterator<Item = &Text> {
        self.printouts.values()
    }

    /// The English and the Welsh texts of the files given, each with its name.
    ///
    /// # Errors
    /// With file and line, if one cannot be read, if two are for the same document, or if
    /// the one for all others is lacking.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        in_welsh: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, TextError> {
        let mut texts = Vec::new();
        let mut by_now = BTreeMap::new();
        for (name, source) in files {
            let text = Text::parse(name, source)?;
            for now in &text.nows {
                if by_now.insert(now.clone(), texts.len()).is_some() {
                    return Err(TextError {
                        file: name.to_owned(),
                        line: 1,
                        message: format!("another file is already for `{now}`"),
                    });
                }
            }
            texts.push(text);
        }
        let any = by_now.remove(ANY).ok_or_else(|| TextError {
            file: "_any.md".to_owned(),
            line: 1,
            message: "a text with `now: *` for every other document is lacking".to_owned(),
        })?;
        let mut welsh = BTreeMap::new();
        for (name, source) in in_welsh {
            let file = format!("cy/{name}");
            let text = Text::parse(&file, source)?;
            for now in &text.nows {
                let english = by_now.contains_key(now);
                if !english || welsh.insert(now.clone(), text.clone()).is_some() {
                    return Err(TextError {
                        file,
                        line: 1,
                        message: if english {
                            format!("another file is already for `{now}`")
                        } else {
                            format!("there is no English text for `{now}`")
                        },
                    });
                }
            }
        }
        Ok(Self {
            texts,
            by_now,
            any,
            welsh,
            printouts: BTreeMap::new(),
        })
    }

    /// The Welsh text of a document, if there is one.
    #[must_use]
    pub fn welsh_of(&self, now: &str) -> Option<&Text> {
        self.welsh.get(now)
    }

    /// Every Welsh text.
    pub fn in_welsh(&self) -> impl Iterator<Item = &Text> {
        self.welsh.values()
    }

    /// The text of a document, or the general one.
    #[must_use]
    pub fn of(&self, now: &str) -> &Text {
        &self.texts[self.by_now.get(now).copied().unwrap_or(self.any)]
    }

    /// Whether a document has a text of its own.
    #[must_use]
    pub fn has_own(&self, now: &str) -> bool {
        self.by_now.contains_key(now)
    }

    /// Every text.
    pub fn iter(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter()
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The files of one folder, each with its name: those given, and the others as embedded.
fn files<'a>(
    folder: &str,
    others: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let place = if folder.is_empty() {
        Some(&TEXTS)
    } else {
        TEXTS.get_dir(folder)
    };
    let mut files: BTreeMap<&str, &str> = place
        .into_iter()
        .flat_map(|place| place.files())
        .filter_map(text)
        .collect();
    for (path, source) in others.iter().filter(|(path, _)| folder_of(path) == folder) {
        let name = path
            .rsplit_once('/')
            .map_or(path.as_str(), |(_, name)| name);
        files.insert(name, source);
    }
    files.into_iter()
}

fn text(file: &'static File<'static>) -> Option<(&'static str, &'static str)> {
    let name = file.path().file_name()?.to_str()?;
    let is_text = name.ends_with(".md") && name != "README.md";
    is_text.then(|| Some((name, file.contents_utf8()?)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_text_can_be_read() {
        let catalogue = Catalogue::embedded().unwrap();
        assert!(catalogue.iter().count() >= 2);
        assert_eq!(catalogue.of("No such document").nows, [ANY]);
    }

    #[test]
    fn two_files_for_one_document_are_refused() {
        let text = "---\nnow: X\ntitle: X\nsource: none\n---\n# legal\nX.\n";
        let error = Catalogue::read([("a.md", text), ("b.md", text)], []).unwrap_err();
        assert_eq!(error.file, "b.md");
    }

    #[test]
    fn a_printout_with_an_unknown_parameter_or_without_an_audience_stops_the_start() {
        let any = "---\nnow: *\ntitle: X\nsource: none\n---\n# legal\nX.\n";
        let read = |text: &str| {
            Catalogue::read([("_any.md", any)], [])
                .unwrap()
                .with_printouts([("list.md", text)])
        };
        let good = "---\nnow: List\ntitle: List\nsource: none\nhandling: Anybody.\n---\n\
                    # legal\n{courtName}\n@record\n";
        assert!(read(good).unwrap().of_printout("List").is_some());
        let error = read(&good.replace("courtName", "judgeName")).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("printouts/list.md", 8));
        let error = read(&good.replace("handling: Anybody.\n", "")).unwrap_err();
        assert!(error.message.contains("handling"), "{error}");
    }

    #[test]
    fn a_welsh_text_stands_beside_an_english_one() {
        let any = "---\nnow: *\ntitle: X\nsource: none\n---\n# legal\nX.\n";
        let text = |now: &str| any.replace('*', now);
        let read = |welsh: &str| {
            Catalogue::read([("_any.md", any), ("a.md", &text("A"))], [("a.md", welsh)])
        };
        assert_eq!(
            read(&text("A")).unwrap().welsh_of("A").unwrap().file,
            "cy/a.md"
        );
        assert_eq!(read(&text("B")).unwrap_err().file, "cy/a.md");
    }
}
