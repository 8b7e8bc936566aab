//! The finished file. The PDF library has written the operators of the pages and the fonts;
//! here they become a file, with what it leaves out or cannot write small: the tree of
//! meaning, the outline, the document's language and metadata.
//! No conformance to PDF/A or PDF/UA is claimed; no validator has confirmed it.

mod file;
mod metadata;
mod outline;
mod tags;

use crate::{
    DocumentError,
    emit::Emitted,
    fonts::resource,
    layout::{Page, Tree},
    template::SHEET,
};
use contract::{document::OrderView, printout::PrintoutView};
use file::{File, Number, reference};
use lopdf::Object;
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
    let mut file = File::new();
    let made = contents(emitted, &mut file)?;
    if made.len() != emitted.sequences.len() {
        return Err(DocumentError::Structure("pages"));
    }
    let resources = resources(emitted, &mut file)?;
    let parent = file.reserve();
    let numbers: Vec<Number> = made.iter().map(|_| file.reserve()).collect();
    let (wide, high) = (SHEET.width, SHEET.height);
    for (key, (number, content)) in (0_i64..).zip(numbers.iter().zip(made)) {
        file.object(*number, |out| {
            out.extend(b"<</Type/Page/Parent");
            reference(out, parent);
            out.extend(format!("/MediaBox[0 0 {wide} {high}]/Resources").as_bytes());
            reference(out, resources);
            out.extend(b"/Contents");
            reference(out, content);
            out.extend(format!("/StructParents {key}/Tabs/S>>").as_bytes());
        })?;
    }
    file.object(parent, |out| {
        out.extend(format!("<</Type/Pages/Count {}/Kids[", numbers.len()).as_bytes());
        numbers.iter().for_each(|page| reference(out, *page));
        out.extend(b"]>>");
    })?;
    let meaning = tags::write(&mut file, tree, &emitted.sequences, &numbers)?;
    let outline = outline::write(&mut file, tree, pages, &numbers)?;
    let (metadata, information) = metadata::write(&mut file, identity)?;
    let catalog = file.add(|out| {
        out.extend(b"<</Type/Catalog/Lang(en-GB)/PageLayout/OneColumn/Pages");
        reference(out, parent);
        out.extend(b"/ViewerPreferences<</DisplayDocTitle true>>/Metadata");
        reference(out, metadata);
        out.extend(b"/MarkInfo<</Marked true>>/StructTreeRoot");
        reference(out, meaning);
        if let Some(outline) = outline {
            out.extend(b"/PageMode/UseOutlines/Outlines");
            reference(out, outline);
        }
        out.extend(b">>");
    })?;
    file.end(catalog, information, identity.id.0.as_bytes())
}

/// The operators of each page, as the library writes them.
fn contents(emitted: &Emitted, file: &mut File) -> Result<Vec<Number>, DocumentError> {
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        // It takes for unknown how we show glyphs.
        secure: false,
        ..PdfSaveOptions::default()
    };
    let made = emitted
        .document
        .to_lopdf_document(&options, &mut Vec::new());
    let mut numbers = Vec::with_capacity(emitted.sequences.len());
    for page in made.page_iter() {
        for content in made.get_page_contents(page) {
            let content = made.get_object(content).and_then(Object::as_stream);
            let content = content.map_err(|_| DocumentError::Structure("pages"))?;
            numbers.push(file.deflated(&content.content)?);
        }
    }
    Ok(numbers)
}

/// The faces that pages show, by their names there.
fn resources(emitted: &Emitted, file: &mut File) -> Result<Number, DocumentError> {
    let mut faces = Vec::with_capacity(emitted.programs.len());
    for (face, program) in &emitted.programs {
        faces.push((resource(*face), file.import(&program.objects)?));
    }
    file.add(|out| {
        out.extend(b"<</Font<<");
        for (name, face) in &faces {
            out.push(b'/');
            out.extend(name.0.as_bytes());
            reference(out, *face);
        }
        out.extend(b">>>>");
    })
}
