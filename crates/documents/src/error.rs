//! What can go wrong while a document is made. None of it is a court's refusal:
//! a view that arrives here is already lawful, so each is a fault of ours.

/// A document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A face that ships with this program cannot be read.
    #[error("the font {0} that ships with this program cannot be read")]
    Font(&'static str),
    /// A run of text could not be shaped.
    #[error("a piece of text could not be set: {0}")]
    Shaping(String),
    /// The glyphs in use could not be cut out of a face.
    #[error("the glyphs of the font {0} could not be embedded: {1}")]
    Subset(&'static str, String),
    /// What the PDF library made does not have the shape that the tags are written into.
    #[error("the finished document lacks its {0}")]
    Structure(&'static str),
    /// Writing the bytes failed.
    #[error("the document could not be written: {0}")]
    Write(String),
}
