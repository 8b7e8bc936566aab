//! The Welsh of one value: as a translator gave it, as a table has it, or a hole in the text and
//! an entry in the list of what is missing. Names of people and places stay as they are.

use crate::App;
use documents::text::Text;
use domain::{
    case::Offence,
    result::{Field, FieldKind, JudicialResult, OF_THE_DIRECTORY, Period, read},
    translation::{Kind, Missing, Word, Words, hole},
};
use reference::FromTables;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use vocabulary::Day;

/// Gathers what is missing while a text is made.
pub(super) struct Gathering<'a> {
    app: &'a App,
    words: &'a Words,
    pub(super) missing: Vec<Missing>,
    places: HashMap<Word, usize>,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(app: &'a App, words: &'a Words) -> Self {
        Self {
            app,
            words,
            missing: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// The Welsh of a value, or the hole in which it will stand. What a translator gave goes
    /// before a table: it may correct it.
    pub(super) fn word(&mut self, word: Word, beside: Option<&str>) -> String {
        if let Some(welsh) = self.words.of(&word) {
            return welsh.to_owned();
        }
        let catalogue = &self.app.catalogue;
        if let Some(welsh) = catalogue.welsh_beside(&word.english, beside) {
            return welsh.to_owned();
        }
        let perhaps = match catalogue.welsh_of(&word) {
            FromTables::Certain(welsh) => return welsh,
            FromTables::Perhaps(welsh) => Some(welsh),
            FromTables::Unknown => None,
        };
        hole(self.place(word, perhaps))
    }

    fn place(&mut self, word: Word, suggested: Option<String>) -> usize {
        if let Some(place) = self.places.get(&word) {
            return *place;
        }
        let place = self.missing.len();
        self.places.insert(word.clone(), place);
        self.missing.push(Missing {
            word,
            suggested,
            given: None,
        });
        place
    }

    /// Whether a qualified translator has read a Welsh text of ours, as it stands.
    pub(super) fn checked(&mut self, text: &Text) -> bool {
        let version = hex::encode(Sha256::digest(&text.written));
        let word = Word::about(Kind::Check, version, &text.file);
        if self.words.of(&word).is_some() {
            return true;
        }
        self.place(word, None);
        false
    }

    /// The name of a court.
    pub(super) fn court(&mut self, name: &str) -> String {
        if name.is_empty() {
            return String::new();
        }
        self.word(Word::new(Kind::Court, name), None)
    }

    /// The label of a result.
    pub(super) fn label(&mut self, result: &JudicialResult) -> String {
        let word = Word::new(Kind::Label, &result.label);
        self.word(word, result.welsh_label.as_deref())
    }

    /// What a result asks.
    pub(super) fn question(&mut self, field: Option<&Field>, label: &str) -> String {
        let beside = field.and_then(|field| field.welsh_label.as_deref());
        self.word(Word::new(Kind::Question, label), beside)
    }

    /// The title of an offence: as the prosecutor gave it, or as the tables have it.
    pub(super) fn offence(&mut self, charged: &Offence) -> String {
        let of_table = self.app.catalogue.offence(&charged.code);
        let of_table = of_table.and_then(|own| own.welsh_title.clone());
        let beside = charged.title_welsh.clone().or(of_table);
        self.word(Word::new(Kind::Offence, &charged.title), beside.as_deref())
    }

    /// An answer as it is printed in English, in Welsh.
    pub(super) fn answer(
        &mut self,
        result: &JudicialResult,
        (field, label): (Option<&Field>, &str),
        english: &str,
    ) -> String {
        let Some(field) = field else {
            return self.free(label, english);
        };
        match &field.kind {
            FieldKind::YesNo => self.word(Word::about(Kind::Choice, label, english), None),
            FieldKind::Duration { .. } => self.period(english),
            FieldKind::List { .. } => self.chosen(result, field, english),
            FieldKind::NameAddress { parts } => {
                let mut names = parts.iter().filter(|part| part.part == "OrganisationName");
                let name = names.find_map(|part| result.answers.get(&part.reference));
                let courts = of_courts(field);
                match name.filter(|_| courts) {
                    Some(name) if english.starts_with(name.as_str()) => {
                        let rest = &english[name.len()..];
                        format!("{}{rest}", self.court(name))
                    }
                    _ => english.to_owned(),
                }
            }
            FieldKind::Text { .. }
            | FieldKind::Number { .. }
            | FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Time => self.free(label, english),
        }
    }

    /// `12 months`: a number changes the word after it, so that each phrase is asked for once and
    /// never put together.
    fn period(&mut self, english: &str) -> String {
        if nothing_to_translate(english) {
            return english.to_owned();
        }
        self.word(Word::new(Kind::Choice, english), None)
    }

    /// Words of a list, each by itself.
    fn chosen(&mut self, result: &JudicialResult, field: &Field, english: &str) -> String {
        let FieldKind::List { list, other, .. } = &field.kind else {
            return self.free(&field.label, english);
        };
        let typed = result.answers.get(&field.key);
        let written = typed.and_then(|typed| read(field, typed).ok());
        let written = written.unwrap_or_else(|| english.to_owned());
        let each = written.split("; ").filter(|own| !own.is_empty());
        let all: Vec<String> = each
            .map(|own| {
                if nothing_to_translate(own) {
                    return own.to_owned();
                }
                let item = list.as_ref().and_then(|list| list.item(own));
                if of_courts(field) {
                    return self.court(own);
                }
                if item.is_none() && *other {
                    return self.free(&field.label, own);
                }
                let kinds = self.app.catalogue.hearing_types.iter();
                let mut kinds =
                    kinds.filter(|kind| field.key == "HTYPE" && kind.description == own);
                let of_kind = kinds.find_map(|kind| kind.welsh_description.clone());
                let beside = item.and_then(|item| item.welsh_value.clone()).or(of_kind);
                let word = Word::about(Kind::Choice, &field.label, own);
                self.word(word, beside.as_deref())
            })
            .collect();
        all.join(", ")
    }

    /// What somebody typed: of this case, and never known from another.
    pub(super) fn free(&mut self, about: &str, english: &str) -> String {
        if nothing_to_translate(english) {
            return english.to_owned();
        }
        if let Some(day) = day_in_words(english) {
            return day.in_welsh();
        }
        if Period::parse(english, None).is_some() {
            return self.period(english);
        }
        hole(self.place(Word::about(Kind::Free, about, english), None))
    }
}

/// Whether a field's words are names of courts.
fn of_courts(field: &Field) -> bool {
    let key = field.reference_data_key.as_deref();
    let named = key.is_some_and(|key| key != "HCROOM" && OF_THE_DIRECTORY.contains(&key));
    named || field.key == "hCHOUSE"
}

/// Numbers, sums, times, e-mail addresses: the same in both languages.
fn nothing_to_translate(text: &str) -> bool {
    let text = text.trim();
    !text.chars().any(char::is_alphabetic) || (text.contains('@') && !text.contains(' '))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `21 November 2026`.
pub(super) fn day_in_words(text: &str) -> Option<Day> {
    let mut parts = text.split(' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let month = MONTHS.iter().position(|own| *own == month)? + 1;
    let (day, year): (u8, u16) = (day.parse().ok()?, year.parse().ok()?);
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_words_is_read_and_nothing_else_is() {
        let day = day_in_words("3 February 2029").unwrap();
        assert_eq!(day.in_welsh(), "3 Chwefror 2029");
        for other in [
            "February 2029",
            "3 Feb 2029",
            "31 February 2029",
            "3 February 2029 at 10",
        ] {
            assert_eq!(day_in_words(other), None, "{other}");
        }
    }

    #[test]
    fn numbers_sums_times_and_addresses_of_mail_are_the_same_in_both_languages() {
        for own in ["£85.00", "10:00", "120", "", "clerk@court.example.test"] {
            assert!(nothing_to_translate(own), "{own}");
        }
        assert!(!nothing_to_translate("12 months"));
    }
}
