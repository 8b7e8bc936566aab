//! The documents room: from a finished view to the bytes of a PDF.
//!
//! ```text
//! OrderView -> template -> layout (bands, pages, tree) -> emit (operators) -> finish (tags, metadata)
//! ```
//!
//! [`render`] is a pure function: the same view gives the same bytes, in every
//! process and on every machine. It takes no clock, no disk and no network, and
//! it decides nothing: totals, dates and every sentence arrive with the view.
//! The sentences come from the files in `reference/texts`, one for each
//! document, which [`text`] reads and fills.

mod emit;
mod error;
mod finish;
mod fonts;
mod layout;
mod shape;
mod template;
pub mod text;

pub use error::DocumentError;

use contract::document::OrderView;

/// Makes the PDF of a document.
///
/// # Errors
/// Only for faults of this program, such as a damaged font; never because of
/// what a view says.
pub fn render(view: &OrderView) -> Result<Vec<u8>, DocumentError> {
    let mut galley = template::compose(view)?;
    let mut pages = layout::paginate(&mut galley, template::SHEET);
    template::furnish(view, &mut galley.setter, &mut pages)?;
    let emitted = emit::emit(&pages, &galley.tree, &galley.setter.used, template::SHEET)?;
    finish::finish(view, &galley.tree, &emitted)
}

/// How many pages a PDF has; none, if it is no PDF that can be read.
#[must_use]
pub fn pages(pdf: &[u8]) -> Option<usize> {
    let document = lopdf::Document::load_mem(pdf).ok()?;
    Some(document.get_pages().len())
}
