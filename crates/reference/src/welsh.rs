//! The Welsh that the tables have for an English value. What a source gives once, or not for
//! certain, is no answer: it is offered to a translator. Pairings that are wrong in the source
//! are neither. No Welsh is made here.

use crate::{Gap, ReferenceError, small::WelshTerm, source::Source};
use domain::translation::{Kind, Word};
use std::collections::{HashMap, HashSet};

/// The terms by kind and English.
#[derive(Debug, Default)]
pub(crate) struct WelshIndex {
    certain: HashMap<(Kind, String), String>,
    doubtful: HashMap<(Kind, String), String>,
    wrong: HashSet<(String, String)>,
}

/// What the tables know of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromTables {
    /// Its Welsh.
    Certain(String),
    /// What it might be.
    Perhaps(String),
    /// Nothing.
    Unknown,
}

/// Contexts whose rows are labels of results.
const ORDERS: [&str; 7] = [
    "order",
    "sentence",
    "requirement",
    "remand",
    "notice",
    "warrant",
    "result wording",
];

/// As whom the rows of one context may stand.
fn kinds(context: &str) -> &'static [Kind] {
    let begins = |word: &str| context.starts_with(word);
    if begins("court name") || context == "court" || begins("court or body name") {
        &[Kind::Court]
    } else if begins("result or prompt label") {
        &[Kind::Label, Kind::Question]
    } else if begins("result prompt value") {
        &[Kind::Choice]
    } else if begins("offence title") {
        &[Kind::Offence]
    } else if ORDERS.contains(&context) {
        &[Kind::Label]
    } else {
        &[]
    }
}

/// Small letters, and one kind of apostrophe.
fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace('\u{2019}', "'")
}

impl WelshIndex {
    /// From the terms, and from the names of courts that are ours.
    pub(crate) fn load(
        source: &Source,
        terms: &[WelshTerm],
        gaps: &mut Vec<Gap>,
    ) -> Result<Self, ReferenceError> {
        const COURTS: &str = "welsh_courts.csv";
        let mut index = Self::new(terms);
        for row in source.table(COURTS)?.rows() {
            let (english, welsh) = (row.text("english")?, row.text("welsh")?);
            if row.flag("unverified")? {
                gaps.push(Gap::unverified(
                    "the Welsh name of a court",
                    COURTS,
                    row.number,
                    english.clone(),
                ));
            }
            index.certain.insert((Kind::Court, folded(&english)), welsh);
        }
        Ok(index)
    }

    fn new(terms: &[WelshTerm]) -> Self {
        let mut index = Self::default();
        for term in terms {
            let english = folded(&term.english);
            if term.is_wrong() {
                index.wrong.insert((english, folded(&term.welsh)));
                continue;
            }
            let into = if term.is_certain() {
                &mut index.certain
            } else {
                &mut index.doubtful
            };
            for kind in kinds(&term.context) {
                into.entry((*kind, english.clone()))
                    .or_insert_with(|| term.welsh.clone());
            }
        }
        index
    }

    /// A pairing that the source itself shows to be wrong.
    pub(crate) fn is_wrong(&self, english: &str, welsh: &str) -> bool {
        self.wrong.contains(&(folded(english), folded(welsh)))
    }

    pub(crate) fn of(&self, word: &Word) -> FromTables {
        let key = (word.kind, folded(&word.english));
        if let Some(welsh) = self.certain.get(&key) {
            return FromTables::Certain(welsh.clone());
        }
        match self.doubtful.get(&key) {
            Some(welsh) => FromTables::Perhaps(welsh.clone()),
            None => FromTables::Unknown,
        }
    }
}
