//! Empty resources go, glyph strings are joined, streams are deflated.

use crate::DocumentError;
use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Document, Object, ObjectId};
use std::io::Write;

/// Makes the document as small as it can be without a change to what it shows.
pub(super) fn tidy(document: &mut Document) -> Result<(), DocumentError> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for page in pages {
        page_without_rests(document, page)?;
        join_glyphs(document, page);
    }
    document.prune_objects();
    document.renumber_objects();
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            // Metadata stay readable for whoever looks for them without a PDF library.
            let metadata =
                stream.dict.get(b"Type").and_then(Object::as_name).ok() == Some(b"Metadata");
            if metadata || stream.dict.has(b"Filter") {
                continue;
            }
            let deflated =
                deflate(&stream.content).map_err(|e| DocumentError::Write(e.to_string()))?;
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(deflated);
        }
    }
    Ok(())
}

fn deflate(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 2), Compression::new(6));
    encoder.write_all(content)?;
    encoder.finish()
}

/// Takes away what the library writes for things a document does not have.
fn page_without_rests(document: &mut Document, page: ObjectId) -> Result<(), DocumentError> {
    let lack = |_| DocumentError::Structure("page");
    let page = document.get_dictionary_mut(page).map_err(lack)?;
    page.remove(b"Annots");
    page.remove(b"TrimBox");
    page.remove(b"CropBox");
    let resources = page
        .get(b"Resources")
        .and_then(Object::as_reference)
        .map_err(lack)?;
    let resources = document.get_dictionary_mut(resources).map_err(lack)?;
    for empty in [b"XObject".as_slice(), b"ExtGState", b"Shading"] {
        resources.remove(empty);
    }
    Ok(())
}

/// The library writes each glyph as a string of its own; neighbours become one string.
fn join_glyphs(document: &mut Document, page: ObjectId) {
    for id in document.get_page_contents(page) {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
            let joined = joined(&stream.content);
            stream.set_content(joined);
        }
    }
}

fn joined(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut array = false;
    let mut rest = content;
    while let Some(byte) = rest.first() {
        // Only glyph strings stand in arrays here, so `><` within one is always a seam.
        if array && rest.starts_with(b"><") {
            rest = &rest[2..];
            continue;
        }
        array = match byte {
            b'[' => true,
            b']' => false,
            _ => array,
        };
        out.push(*byte);
        rest = &rest[1..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn neighbouring_glyphs_share_a_string_and_properties_stay_apart() {
        let before = b"/P<</MCID 0>>BDC [<0001><0002> -20 <0003>]TJ";
        let after = b"/P<</MCID 0>>BDC [<00010002> -20 <0003>]TJ";
        assert_eq!(joined(before), after);
    }
}
