//! The sentences of documents: files that a lawyer can edit, read and filled.
//!
//! ```text
//! ---
//! now: Conditional Discharge          the exact name in the catalogue; one line for each
//! title: Conditional discharge        as printed
//! title-if: result.CODE Other title   in its place if that parameter has a value
//! handling: Not for publication.      of a printout: to whom it may be shown, on every page
//! nothing: Nobody is listed.          of a printout: what it says if the record holds nothing
//! title-cy: Rhyddhad Amodol           only a checked Welsh title
//! welsh: awaiting translation check   the Welsh text is still owed
//! source: Sentencing Act 2020 s.80 [K]      where the law in it comes from
//! unverified: the longest period            what must be confirmed before use
//! ---
//! # plain
//! ## What the court decided
//! A line is a paragraph, with a {parameter}, and [[ a part that vanishes without its {other} ]].
//!
//! - an item of a list
//!
//! # legal
//! ## A heading
//! = Label: {parameter}
//! @offences
//! ```
//!
//! A parameter is the reference of a prompt of the results that call for the
//! document, or one of [`STANDARD`]. `[[?name ...]]` stays if the parameter has
//! a value, `[[!name ...]]` if it has none; of several conditions (`[[?one !other ...]]`)
//! each must hold. `?name=word` asks whether the value says the word, in English. `result.CODE` has
//! a value if the result was given. A heading without anything left under it vanishes. A list
//! item that is nothing but a parameter becomes an item for each line of its value.

mod catalogue;
mod fill;
mod parse;
mod template;

pub use catalogue::Catalogue;
pub use fill::{Filled, Record, Signature, fill, one_line};

use parse::{Directive, Front, Part, Section};
use std::collections::{BTreeMap, BTreeSet};
use template::Template;

/// Parameters that every document may use, with what they hold.
pub const STANDARD: &[(&str, &str)] = &[
    ("addresseeName", "to whom this copy goes"),
    ("amendedDate", "the day of the last amendment, in words"),
    (
        "amendmentReason",
        "why results were amended, in a notice that a document ended",
    ),
    ("bailConditions", "the conditions of bail, a line each"),
    (
        "careFor",
        "the offences for which a local authority places the defendant, if there are others of custody",
    ),
    ("caseReferences", "the case references, with commas"),
    (
        "communityRequirements",
        "the requirements of a community or suspended sentence order, a line each",
    ),
    ("courtAddress", "the address of the court, on one line"),
    ("courtName", "the name of the court"),
    ("crownCourt", "yes, if the court is the Crown Court"),
    (
        "custodyTimeLimit",
        "the day on which the custody time limit expires, in words",
    ),
    (
        "custodyFor",
        "the offences for which the defendant is in custody, if there are others of such care",
    ),
    (
        "defendantAddress",
        "the address of the defendant, on one line",
    ),
    ("defendantDateOfBirth", "the date of birth, in words"),
    ("defendantName", "the name of the defendant"),
    ("endedDocument", "the name of a document that ended"),
    (
        "endedDocumentDate",
        "the day on which it was issued, in words",
    ),
    ("endedDocumentId", "its id"),
    (
        "finesOffice",
        "the fines office that collects here, with its address, on one line",
    ),
    (
        "forOthers",
        "yes, if the defendant is not among those who get this copy",
    ),
    (
        "inCare",
        "yes, if a result that is printed has a local authority place the defendant",
    ),
    (
        "inCustody",
        "yes, if the defendant leaves the court in custody",
    ),
    ("legalAdviser", "who recorded the results"),
    (
        "licenceEnds",
        "yes, if a disqualification that is printed is for a fixed period that ends a driving licence",
    ),
    (
        "licenceRevives",
        "yes, if each that is for a fixed period is so short that the licence has effect again",
    ),
    ("localJusticeArea", "the local justice area with its code"),
    (
        "magistratesCourt",
        "yes, if the court is a magistrates' court",
    ),
    (
        "nextHearing",
        "day, time, court and room of the next hearing, in one phrase",
    ),
    ("nextHearingCourt", "the court of the next hearing"),
    ("nextHearingDate", "the day of the next hearing, in words"),
    ("nextHearingTime", "the time of the next hearing"),
    ("offenceTitles", "the titles of the offences, with commas"),
    ("orderDate", "the day of the order, in words"),
    (
        "organisation",
        "yes, if the defendant is a company or another organisation",
    ),
    ("paymentTerms", "the terms of payment, a sentence"),
    ("prosecutorName", "the prosecuting authority"),
    ("resultList", "every result with its text, a line each"),
    ("resultSummary", "the labels of the results, with commas"),
    (
        "seenByVideo",
        "yes, if the defendant was before the court by video, and stays where they are held",
    ),
    ("totalToPay", "all sums together, in pounds"),
    ("waysToPay", "the published ways to pay, a line each"),
    ("youth", "yes, if the defendant is under 18"),
];

/// Parameters that the text of a printout may use, with what they hold.
pub const OF_PRINTOUTS: &[(&str, &str)] = &[
    ("caseReferences", "the case reference"),
    ("courtName", "the name of the court"),
    ("crownCourt", "yes, if the court is the Crown Court"),
    ("day", "the day in court, in words"),
    ("defendantName", "the name of the defendant"),
    ("madeFor", "the organisation that it was made for"),
    (
        "magistratesCourt",
        "yes, if the court is a magistrates' court",
    ),
    ("paperName", "the name of what was served"),
    ("prosecutorName", "the prosecuting authority"),
    ("roomName", "the court room, if it is about one only"),
    (
        "stoodAt",
        "the moment at which the record stood so, in words",
    ),
    ("teamCode", "the code of the youth offending team"),
    ("teamName", "the youth offending team of the court house"),
];

/// A text that could not be read, with the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct TextError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// The text of one document, or of several that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The file it was read from.
    pub file: String,
    /// The names in the catalogue of notices, orders and warrants; `*` for every other.
    pub nows: Vec<String>,
    /// The title as printed.
    pub title: String,
    /// Titles in its place where a parameter has a value, each with its line.
    titles_if: Vec<(String, String, usize)>,
    /// The title in Welsh, if a checked one exists.
    pub title_welsh: Option<String>,
    /// Whether a Welsh text is still owed.
    pub welsh_awaited: bool,
    /// The file as it is written: whoever has read it has read these words.
    pub written: String,
    /// Where the law in it comes from.
    pub sources: Vec<String>,
    /// What must be confirmed before the text is used in earnest.
    pub unverified: Vec<String>,
    /// To whom a printout may be shown.
    pub handling: Option<String>,
    /// What a printout says if the record holds nothing for it.
    pub nothing: Option<String>,
    plain: Vec<Section>,
    legal: Vec<Part>,
}

impl Text {
    /// Reads a text.
    ///
    /// # Errors
    /// With the line, if it is not written as the head of this module says.
    pub fn parse(file: &str, source: &str) -> Result<Self, TextError> {
        let (front, plain, legal) = parse::parse(file, source)?;
        let Front {
            nows,
            title,
            titles_if,
            title_welsh,
            welsh_awaited,
            sources,
            unverified,
            handling,
            nothing,
        } = front;
        Ok(Self {
            file: file.to_owned(),
            written: source.to_owned(),
            nows,
            title,
            titles_if,
            title_welsh,
            welsh_awaited,
            sources,
            unverified,
            handling,
            nothing,
            plain,
            legal,
        })
    }

    /// The title of a document with these values.
    #[must_use]
    pub fn title_of(&self, values: &BTreeMap<String, String>) -> &str {
        let mut titles = self.titles_if.iter();
        let own = titles.find(|(name, ..)| values.get(name).is_some_and(|v| !v.trim().is_empty()));
        own.map_or(&self.title, |(_, title, _)| title)
    }

    /// Checks that every parameter is known: standard, a result of the catalogue, or `allowed`.
    ///
    /// # Errors
    /// With the line of the first that is not.
    pub fn check(&self, allowed: &BTreeSet<String>) -> Result<(), TextError> {
        for (name, line) in self.parameters() {
            let standard = STANDARD.iter().any(|(known, _)| *known == name);
            if !standard && !allowed.contains(name) {
                return Err(TextError {
                    file: self.file.clone(),
                    line,
                    message: format!(
                        "{{{name}}} is neither a standard parameter nor a prompt of a result that \
                         calls for this document"
                    ),
                });
            }
        }
        Ok(())
    }

    /// The parameters that are not standard: the results of its document must ask them.
    pub fn asks(&self) -> impl Iterator<Item = &str> {
        let standard = |name: &str| STANDARD.iter().any(|(known, _)| *known == name);
        let names = self.parameters().map(|(name, _)| name);
        names.filter(move |name| !standard(name))
    }

    /// Whether it has a place for the offences. One that has none is for somebody who need not
    /// know what the defendant did.
    #[must_use]
    pub fn prints_offences(&self) -> bool {
        self.has(Directive::Offences)
    }

    /// Whether it has a place for what the court ordered.
    #[must_use]
    pub fn prints_orders(&self) -> bool {
        let places = [Directive::Offences, Directive::Results, Directive::Orders];
        places.into_iter().any(|place| self.has(place))
    }

    fn has(&self, place: Directive) -> bool {
        self.legal.contains(&Part::Place(place))
    }

    /// Every parameter with the line it stands on.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, usize)> {
        let plain = self.plain.iter().flat_map(|section| {
            let parts = section.parts.iter().flat_map(Part::templates);
            std::iter::once(&section.heading).chain(parts)
        });
        let legal = self.legal.iter().flat_map(Part::templates);
        let titles = self.titles_if.iter();
        let titles = titles.map(|(name, _, line)| (name.as_str(), *line));
        titles.chain(plain.chain(legal).flat_map(Template::parameters))
    }
}
