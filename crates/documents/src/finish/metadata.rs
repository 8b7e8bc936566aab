//! Title and dates, all from the record and none from the clock.

use super::{
    Identity,
    file::{File, Number, text},
};
use crate::DocumentError;

const PRODUCER: &str = "Common Platform";

/// Writes the metadata in both their forms; the answer is the newer form and the older.
pub(super) fn write(file: &mut File, of: &Identity<'_>) -> Result<(Number, Number), DocumentError> {
    let title = match of.case {
        Some(case) => format!("{} – {case}", of.title),
        None => of.title.to_owned(),
    };
    // They stay readable for whoever looks for them without a PDF library.
    let metadata = file.reserve();
    let xmp = xmp(of, &title);
    file.stream(metadata, b"/Type/Metadata/Subtype/XML", xmp.as_bytes());
    let date = of.at.0.strftime("D:%Y%m%d%H%M%SZ").to_string();
    let information = file.add(|out| {
        out.extend(b"<<");
        for (key, value) in [
            ("/Title", title.as_str()),
            ("/Author", of.author),
            ("/Subject", of.subject),
            ("/Creator", PRODUCER),
            ("/Producer", PRODUCER),
            ("/CreationDate", date.as_str()),
            ("/ModDate", date.as_str()),
        ] {
            out.extend(key.as_bytes());
            text(out, value);
        }
        out.extend(b">>");
    })?;
    Ok((metadata, information))
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
