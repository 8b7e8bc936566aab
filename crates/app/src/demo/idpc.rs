//! The initial details of the prosecution case of the demo court: a small PDF,
//! valid and the same every time. Real bundles are uploaded; this one is there
//! so that a seeded case has papers to read.

use std::fmt::Write;

/// A PDF with one page a section.
pub(super) fn bundle(urn: &str) -> Vec<u8> {
    let pages = [
        vec![
            "Initial details of the prosecution case",
            urn,
            "CPS Ashmere and Marches",
            "Fictional: demo court",
        ],
        vec!["Charges", "As set out in the charge sheet of this case."],
        vec![
            "Case summary",
            "The prosecution relies on the evidence of the officer in the case",
            "and on what the witnesses saw and heard.",
        ],
        vec!["Previous convictions", "As cited by the prosecutor."],
    ];
    pdf(&pages)
}

/// Writes pages of plain ASCII lines as a PDF 1.7 file with its cross-reference table.
fn pdf(pages: &[Vec<&str>]) -> Vec<u8> {
    // 1 catalogue, 2 page tree, 3 font, then two objects a page.
    let kids: String = (0..pages.len()).fold(String::new(), |mut kids, page| {
        // Writing to a string cannot fail.
        let _ = write!(kids, "{} 0 R ", 4 + 2 * page);
        kids
    });
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for (page, lines) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * page
        ));
        let mut content = String::from("BT /F1 16 Tf 72 760 Td 24 TL");
        for line in lines {
            let safe = line
                .replace('\\', "\\\\")
                .replace('(', "\\(")
                .replace(')', "\\)");
            let _ = write!(content, " ({safe}) Tj T* /F1 11 Tf");
        }
        content.push_str(" ET");
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut file = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(file, "{offset:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_table_points_at_its_object() {
        let file = String::from_utf8(bundle("29GD7410126")).unwrap();
        let start: usize = file
            .rsplit("startxref\n")
            .next()
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!(file[start..].starts_with("xref"));
        for (at, line) in file[start..].lines().skip(3).take(11).enumerate() {
            let offset: usize = line[..10].parse().unwrap();
            assert!(
                file[offset..].starts_with(&format!("{} 0 obj", at + 1)),
                "{line}"
            );
        }
    }
}
