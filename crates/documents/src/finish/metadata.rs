//! Title, language, dates and ids, all from the record and none from the clock.

use super::{Identity, catalog, string};
use crate::DocumentError;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

const PRODUCER: &str = "Common Platform";

/// Writes the language, the metadata in both their forms and the file's id.
pub(super) fn write(document: &mut Document, of: &Identity<'_>) -> Result<(), DocumentError> {
    let title = match of.case {
        Some(case) => format!("{} – {case}", of.title),
        None => of.title.to_owned(),
    };
    let xmp = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        xmp(of, &title).into_bytes(),
    );
    let metadata = document.add_object(xmp);
    let catalog = catalog(document)?;
    catalog.set("Lang", Object::string_literal("en-GB"));
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    catalog.set("Metadata", metadata);
    info(document, of, &title)?;
    let id = Object::String(of.id.0.as_bytes().to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

fn info(document: &mut Document, of: &Identity<'_>, title: &str) -> Result<(), DocumentError> {
    let lack = || DocumentError::Structure("information");
    let id = document
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .map_err(|_| lack())?;
    let date = of.at.0.strftime("D:%Y%m%d%H%M%SZ").to_string();
    let mut info = Dictionary::new();
    info.set("Title", string(title));
    info.set("Author", string(of.author));
    info.set("Subject", string(of.subject));
    info.set("Creator", string(PRODUCER));
    info.set("Producer", string(PRODUCER));
    info.set("CreationDate", Object::string_literal(date.clone()));
    info.set("ModDate", Object::string_literal(date));
    document.set_object(id, info);
    Ok(())
}

fn xmp(of: &Identity<'_>, title: &str) -> String {
    let date = of.at.0.strftime("%Y-%m-%dT%H:%M:%SZ");
    let id = of.id;
    let [title, court, subject] = [title, of.author, of.subject].map(escaped);
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
