//! `typst`: the two-page order set by this program and, from the same view and in the
//! same fonts, by Typst, tagged too: CPU time of the whole process for one document.
//! Typst is the floor; it remembers what it has set before, which is taken from it
//! between two documents, because no two orders say the same.

#[allow(dead_code, reason = "the golden tests use the rest")]
#[path = "../../../tests/golden/fixtures.rs"]
mod fixtures;

use crate::{
    Outcome, machine,
    report::{Goal, Report, percentile, rounded},
    rounds::interleaved,
};
use contract::document::{Block, Fact, OrderView, PlainPart};
use std::{fmt::Write, fs, path::Path, time::Duration};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// Documents in a round.
const MADE: usize = 40;
/// How many milliseconds of CPU one page may take.
const A_PAGE: f64 = 5.0;
/// How many bytes a tagged order may have.
const LARGEST: usize = 40_000;

pub(crate) async fn run() -> Outcome {
    let view = fixtures::two_pages();
    let ours = documents::render(&view)?;
    let pages = lopdf::Document::load_mem(&ours)?.get_pages().len();
    let shop = Shop::open(&view)?;
    let theirs = shop.set()?;
    let their_pages = lopdf::Document::load_mem(&theirs)?.get_pages().len();
    let mut all = Vec::new();
    let rounds = interleaved(
        "typst",
        &[],
        async || {
            let mut round = Vec::with_capacity(MADE);
            for _ in 0..MADE {
                typst::comemo::evict(0);
                let begun = machine::process_cpu();
                std::hint::black_box(shop.set()?);
                round.push(millis(begun));
            }
            Ok(percentile(&round, 50))
        },
        async || {
            let mut round = Vec::with_capacity(MADE);
            for _ in 0..MADE {
                let begun = machine::process_cpu();
                std::hint::black_box(documents::render(&view)?);
                round.push(millis(begun));
            }
            all.extend_from_slice(&round);
            Ok(percentile(&round, 50))
        },
    )
    .await?;
    let a_page = percentile(&all, 50) / pages as f64;
    Report::new("typst", "ms", &rounds, all.len(), Goal::AtMost(1.0 / 3.0))
        .and("a page in 5 ms of CPU", a_page <= A_PAGE)
        .and("at most 40 kB", ours.len() <= LARGEST)
        .and("as many pages", pages == their_pages)
        .with("a_page_ms", rounded(a_page))
        .with("bytes", ours.len())
        .with("typst_bytes", theirs.len())
        .with("pages", pages)
        .print();
    Ok(())
}

fn millis(begun: Duration) -> f64 {
    (machine::process_cpu() - begun).as_secs_f64() * 1_000.0
}

/// What Typst works with: one text and our fonts.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Source,
}

impl Shop {
    fn open(view: &OrderView) -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../documents/fonts");
        let mut fonts = Vec::new();
        for name in ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"] {
            fonts.extend(Font::iter(Bytes::new(fs::read(folder.join(name))?)));
        }
        Ok(Self {
            library: LazyHash::new(<Library as LibraryExt>::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            source: Source::detached(text_of(view)),
        })
    }

    fn set(&self) -> Outcome<Vec<u8>> {
        let document: PagedDocument = typst::compile(self)
            .output
            .map_err(|errors| format!("Typst refused: {errors:?}"))?;
        typst_pdf::pdf(&document, &PdfOptions::default())
            .map_err(|errors| format!("Typst made no PDF: {errors:?}").into())
    }
}

impl World for Shop {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, _id: FileId) -> FileResult<Source> {
        Ok(self.source.clone())
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<typst::foundations::Duration>) -> Option<Datetime> {
        None
    }
}

/// The order in Typst's own words: as close to our pages as headings, lists and tables come.
fn text_of(view: &OrderView) -> String {
    let mut text = String::from(
        "#set page(paper: \"a4\", margin: 20mm, footer: context [Page #counter(page).display() of \
         #counter(page).final().first()])\n#set text(font: \"Noto Sans\", size: 9.5pt, lang: \"en\")\n",
    );
    let _ = writeln!(text, "#set document(title: {})", said(&view.title));
    let _ = writeln!(text, "#strong({})\n", said(&view.court.name));
    paragraph(&mut text, &view.court.address.join(", "));
    paragraph(&mut text, &view.addressee.name);
    for line in &view.addressee.address {
        paragraph(&mut text, line);
    }
    heading(&mut text, 1, &view.title);
    facts(
        &mut text,
        &[
            Fact::new("Defendant", view.defendant.name.as_str()),
            Fact::new("Address", view.defendant.address.join(", ")),
            Fact::new("Case reference", view.case_references.join(", ")),
            Fact::new("Recorded by", view.legal_adviser.as_str()),
        ],
    );
    for section in &view.plain {
        heading(&mut text, 2, &section.heading);
        for part in &section.parts {
            match part {
                PlainPart::Paragraph { text: said } => paragraph(&mut text, said),
                PlainPart::List { items } => list(&mut text, items),
            }
        }
    }
    text.push_str("#pagebreak()\n");
    heading(&mut text, 2, "The order in full");
    for block in &view.legal {
        set_block(&mut text, block);
    }
    text
}

fn set_block(text: &mut String, block: &Block) {
    match block {
        Block::Heading { text: said } => heading(text, 3, said),
        Block::Paragraph { text: said, .. } => paragraph(text, said),
        Block::List { items, .. } => list(text, items),
        Block::Facts { facts: all, .. } => facts(text, all),
        Block::Charges { rows } => {
            let mut cells = vec!["No.".to_owned(), "Offence".into(), "Ordered".into()];
            for row in rows {
                let plea = row.plea.as_deref().unwrap_or_default();
                let law = row.legislation.as_deref().unwrap_or_default();
                let ordered = row
                    .results
                    .iter()
                    .map(|r| format!("{}: {}", r.label, r.text));
                cells.push(row.number.to_string());
                cells.push(format!("{} {} {law} Plea: {plea}", row.title, row.wording));
                cells.push(ordered.collect::<Vec<_>>().join(" "));
            }
            table(text, "(1fr, 10fr, 8fr)", 3, &cells);
        }
        Block::Money { table: money } => {
            let mut cells = vec!["What for".to_owned(), "Details".into(), "Amount".into()];
            for line in &money.lines {
                cells.push(line.label.clone());
                cells.push(line.detail.clone().unwrap_or_default());
                cells.push(line.amount.to_string());
            }
            table(text, "(4fr, 8fr, 3fr)", 3, &cells);
            list(text, &money.terms);
        }
        Block::Signature { name, office, .. } => {
            paragraph(text, name);
            paragraph(text, office);
        }
        Block::Results { .. } | Block::Table { .. } | Block::NextHearing { .. } => {}
    }
}

fn heading(text: &mut String, level: usize, said_: &str) {
    let _ = writeln!(text, "#heading(level: {level}, {})\n", said(said_));
}

fn paragraph(text: &mut String, said_: &str) {
    let _ = writeln!(text, "#par({})\n", said(said_));
}

fn list(text: &mut String, items: &[String]) {
    let items: Vec<String> = items.iter().map(|item| said(item)).collect();
    let _ = writeln!(text, "#list({})\n", items.join(", "));
}

fn facts(text: &mut String, facts: &[Fact]) {
    let cells: Vec<String> = facts
        .iter()
        .flat_map(|fact| [said(&fact.label), said(&fact.value)])
        .collect();
    let _ = writeln!(text, "#table(columns: (1fr, 2fr), {})\n", cells.join(", "));
}

/// A table whose first row is its head, repeated on every page.
fn table(text: &mut String, columns: &str, across: usize, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| said(cell)).collect();
    let (head, rows) = cells.split_at(across);
    let _ = writeln!(
        text,
        "#table(columns: {columns}, table.header({}), {})\n",
        head.join(", "),
        rows.join(", ")
    );
}

/// A text as Typst takes it literally.
fn said(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
