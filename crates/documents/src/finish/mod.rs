//! What the PDF library leaves out, written into what it made: the tree of
//! meaning, the outline, the document's language and metadata, exact widths, small streams.
//! No conformance to PDF/A or PDF/UA is claimed; no validator has confirmed it.

mod metadata;
mod outline;
mod streams;
mod tags;
mod widths;

use crate::{
    DocumentError,
    emit::Emitted,
    layout::{Page, Tree},
};
use contract::{document::OrderView, printout::PrintoutView};
use lopdf::{Dictionary, Document, Object, SaveOptions};
use printpdf::PdfSaveOptions;
use vocabulary::{DocumentId, Instant};

/// What a file says of itself.
pub(crate) struct Identity<'a> {
    id: DocumentId,
    title: &'a str,
    case: Option<&'a str>,
    author: &'a str,
    subject: &'a str,
    at: Instant,
}

impl<'a> Identity<'a> {
    pub(crate) fn of_order(view: &'a OrderView) -> Self {
        Self {
            id: view.document_id,
            title: &view.title,
            case: view.case_references.first().map(String::as_str),
            author: &view.court.name,
            subject: &view.now_name,
            at: view.issued_at,
        }
    }

    pub(crate) fn of_printout(view: &'a PrintoutView) -> Self {
        Self {
            id: view.document_id,
            title: &view.title,
            case: view.case_references.first().map(String::as_str),
            author: &view.court.name,
            subject: &view.name,
            at: view.stood_at,
        }
    }
}

/// The bytes of the finished document.
///
/// # Errors
/// If the library's document does not have the expected shape.
pub(crate) fn finish(
    identity: &Identity<'_>,
    tree: &Tree,
    pages: &[Page],
    emitted: &Emitted,
) -> Result<Vec<u8>, DocumentError> {
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        ..PdfSaveOptions::default()
    };
    let mut document = emitted
        .document
        .to_lopdf_document(&options, &mut Vec::new());
    document.version = "1.7".to_owned();
    widths::write(&mut document, &emitted.widths)?;
    tags::write(&mut document, tree, &emitted.sequences)?;
    outline::write(&mut document, tree, pages)?;
    metadata::write(&mut document, identity)?;
    streams::tidy(&mut document)?;
    save(document)
}

fn save(mut document: Document) -> Result<Vec<u8>, DocumentError> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(1000)
        .compression_level(6)
        .build();
    let mut bytes = Vec::with_capacity(64 * 1024);
    document
        .save_with_options(&mut bytes, options)
        .map_err(|e| DocumentError::Write(e.to_string()))?;
    Ok(bytes)
}

/// The catalog.
fn catalog(document: &mut Document) -> Result<&mut Dictionary, DocumentError> {
    document
        .catalog_mut()
        .map_err(|_| DocumentError::Structure("catalog"))
}

/// Text as PDF writes it outside of pages: plain if it can be, else UTF-16 with its mark.
fn string(text: &str) -> Object {
    lopdf::text_string(text)
}
