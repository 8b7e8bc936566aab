//! The kinds of files that papers may be, by the ending of their name.

/// MIME type by extension; other files are not taken.
const TYPES: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("zip", "application/zip"),
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("msg", "application/vnd.ms-outlook"),
    ("mp4", "video/mp4"),
    ("mp3", "audio/mpeg"),
    ("wav", "audio/wav"),
    ("rtf", "application/rtf"),
    ("txt", "text/plain"),
    ("csv", "text/csv"),
];

/// The extension of a file name, in lower case; empty if it has none.
#[must_use]
pub fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, after)| after.to_lowercase())
        .unwrap_or_default()
}

/// The MIME type that a file of this name must have; `None` if such files are not taken.
#[must_use]
pub fn mime_of(name: &str) -> Option<&'static str> {
    let named = extension(name);
    TYPES
        .iter()
        .find(|(extension, _)| *extension == named)
        .map(|(_, mime)| *mime)
}
