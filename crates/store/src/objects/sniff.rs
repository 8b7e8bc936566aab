//! What bytes are, read from their beginning, and whether a file's name says
//! the same. It does not look for harm: that is a scanner's work.

use vocabulary::{extension, mime_of};

/// How many of the first bytes are looked at.
pub(super) const HEAD: usize = 4_096;

/// What the bytes look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    Pdf,
    Jpeg,
    Png,
    Gif,
    Tiff,
    Zip,
    OldOffice,
    Mp4,
    Mp3,
    Wav,
    Rtf,
    Text,
    Unknown,
}

impl Looks {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Tiff => "TIFF",
            Self::Zip => "a ZIP or Office document",
            Self::OldOffice => "an older Office document",
            Self::Mp4 => "MP4",
            Self::Mp3 => "MP3",
            Self::Wav => "WAV",
            Self::Rtf => "RTF",
            Self::Text => "plain text",
            Self::Unknown => "something unknown",
        }
    }
}

/// What the bytes of each kind of file look like, by extension.
const TAKEN: &[(&str, Looks)] = &[
    ("pdf", Looks::Pdf),
    ("jpg", Looks::Jpeg),
    ("jpeg", Looks::Jpeg),
    ("png", Looks::Png),
    ("gif", Looks::Gif),
    ("tif", Looks::Tiff),
    ("tiff", Looks::Tiff),
    ("docx", Looks::Zip),
    ("xlsx", Looks::Zip),
    ("pptx", Looks::Zip),
    ("zip", Looks::Zip),
    ("doc", Looks::OldOffice),
    ("xls", Looks::OldOffice),
    ("msg", Looks::OldOffice),
    ("mp4", Looks::Mp4),
    ("mp3", Looks::Mp3),
    ("wav", Looks::Wav),
    ("rtf", Looks::Rtf),
    ("txt", Looks::Text),
    ("csv", Looks::Text),
];

/// The MIME type of a file whose bytes fit its name; else the extension and
/// what the bytes look like instead.
pub(super) fn fitting(name: &str, head: &[u8]) -> Result<&'static str, (String, String)> {
    let named = extension(name);
    let looks = looks(head);
    TAKEN
        .iter()
        .find(|(extension, wanted)| *extension == named && *wanted == looks)
        .and_then(|_| mime_of(name))
        .ok_or_else(|| (named, looks.as_str().to_owned()))
}

fn looks(head: &[u8]) -> Looks {
    let starts = |magic: &[u8]| head.starts_with(magic);
    // A PDF may have a few bytes before its header; its readers allow a kibibyte.
    if head[..head.len().min(1024)]
        .windows(5)
        .any(|w| w == b"%PDF-")
    {
        Looks::Pdf
    } else if starts(&[0xff, 0xd8, 0xff]) {
        Looks::Jpeg
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        Looks::Png
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Looks::Gif
    } else if starts(b"II*\0") || starts(b"MM\0*") {
        Looks::Tiff
    } else if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Looks::Zip
    } else if starts(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        Looks::OldOffice
    } else if head.get(4..8) == Some(b"ftyp") {
        Looks::Mp4
    } else if starts(b"ID3") || matches!(head, [0xff, second, ..] if second & 0xe6 == 0xe2) {
        Looks::Mp3
    } else if starts(b"RIFF") && head.get(8..12) == Some(b"WAVE") {
        Looks::Wav
    } else if starts(b"{\\rtf") {
        Looks::Rtf
    } else if is_text(head) {
        Looks::Text
    } else {
        Looks::Unknown
    }
}

/// UTF-8 without control characters; a letter cut in two at the end is fine.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty()
        && text
            .chars()
            .all(|c| !c.is_control() || "\t\r\n\u{c}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_name_says_or_it_is_not_taken() {
        assert_eq!(fitting("IDPC.PDF", b"%PDF-1.7\n"), Ok("application/pdf"));
        assert_eq!(fitting("note.txt", "Siân\r\n".as_bytes()), Ok("text/plain"));
        assert_eq!(
            fitting("statement.docx", b"PK\x03\x04rest"),
            Ok(mime_of("x.docx").unwrap())
        );
        let wrong = fitting("IDPC.pdf", b"MZ\x90\0\x03");
        assert_eq!(
            wrong,
            Err(("pdf".to_owned(), "something unknown".to_owned()))
        );
        assert_eq!(
            fitting("photo.png", &[0xff, 0xd8, 0xff, 0xe0]),
            Err(("png".to_owned(), "JPEG".to_owned()))
        );
        assert!(fitting("run.exe", b"MZ\x90\0").is_err());
        assert!(fitting("no extension", b"%PDF-1.7").is_err());
        assert!(fitting("empty.txt", b"").is_err());
    }

    #[test]
    fn a_letter_cut_in_two_by_the_end_of_the_sample_is_still_text() {
        assert!(is_text(&"Siâ".as_bytes()[..3]));
        assert!(!is_text(&[b'a', 0xff, b'b']));
        assert!(!is_text(b"a\0b"));
    }
}
