//! Title, language, dates and ids, all from the record and none from the clock.

use super::{catalog, string};
use crate::DocumentError;
use contract::document::OrderView;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

const PRODUCER: &str = "Common Platform";

/// Writes the language, the metadata in both their forms and the file's id.
pub(super) fn write(document: &mut Document, view: &OrderView) -> Result<(), DocumentError> {
    let title = match view.case_references.first() {
        Some(case) => format!("{} – {case}", view.title),
        None => view.title.clone(),
    };
    let xmp = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        xmp(view, &title).into_bytes(),
    );
    let metadata = document.add_object(xmp);
    let catalog = catalog(document)?;
    catalog.set("Lang", Object::string_literal("en-GB"));
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    catalog.set("Metadata", metadata);
    info(document, view, &title)?;
    let id = Object::String(
        view.document_id.0.as_bytes().to_vec(),
        StringFormat::Hexadecimal,
    );
    document.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

fn info(document: &mut Document, view: &OrderView, title: &str) -> Result<(), DocumentError> {
    let lack = || DocumentError::Structure("information");
    let id = document
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .map_err(|_| lack())?;
    let date = view.issued_at.0.strftime("D:%Y%m%d%H%M%SZ").to_string();
    let mut info = Dictionary::new();
    info.set("Title", string(title));
    info.set("Author", string(&view.court.name));
    info.set("Subject", string(&view.now_name));
    info.set("Creator", string(PRODUCER));
    info.set("Producer", string(PRODUCER));
    info.set("CreationDate", Object::string_literal(date.clone()));
    info.set("ModDate", Object::string_literal(date));
    document.set_object(id, info);
    Ok(())
}

fn xmp(view: &OrderView, title: &str) -> String {
    let date = view.issued_at.0.strftime("%Y-%m-%dT%H:%M:%SZ");
    let id = view.document_id;
    let [title, court, subject] =
        [title, view.court.name.as_str(), view.now_name.as_str()].map(escaped);
    format!(
        r#"<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{court}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{id}</xmpMM:InstanceID>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"#,
        mark = '\u{FEFF}'
    )
}

fn escaped(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_court_with_an_ampersand_does_not_break_the_metadata() {
        assert_eq!(
            escaped("Ash & Elm <Court>\u{0}"),
            "Ash &amp; Elm &lt;Court&gt;"
        );
    }
}
