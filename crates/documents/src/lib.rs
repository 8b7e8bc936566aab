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

mod deflate;
mod emit;
mod error;
mod finish;
mod fonts;
mod layout;
mod reading;
mod shape;
mod template;
pub mod text;

pub use error::DocumentError;
pub use reading::{Block, Piece, Reading};
pub use template::{OWN_WORDS, OwnWord};

use finish::Identity;
use layout::{Galley, Page};
use template::Margins;

use contract::{document::OrderView, printout::PrintoutView};

/// How many pages the bytes of a PDF say that it has; none if they are no PDF that
/// can be read.
#[must_use]
pub fn pages(bytes: &[u8]) -> Option<usize> {
    let document = lopdf::Document::load_mem(bytes).ok()?;
    Some(document.get_pages().len()).filter(|pages| *pages > 0)
}

/// Makes the PDF of a document.
///
/// # Errors
/// Only for faults of this program, such as a damaged font; never because of
/// what a view says.
pub fn render(view: &OrderView) -> Result<Vec<u8>, DocumentError> {
    let set = Set::of_order(view)?;
    set.finish(&Identity::of_order(view))
}

/// Makes the PDF of a document, and says what stands on its pages.
///
/// # Errors
/// As [`render`].
pub fn render_to_read(view: &OrderView) -> Result<(Vec<u8>, Vec<Reading>), DocumentError> {
    let set = Set::of_order(view)?;
    let (tree, used) = (&set.galley.tree, &set.galley.setter.used);
    let reading = reading::read(&set.pages, tree, used, template::SHEET);
    Ok((set.finish(&Identity::of_order(view))?, reading))
}

/// A document in pages, before it is written.
struct Set {
    galley: Galley,
    pages: Vec<Page>,
}

impl Set {
    fn of_order(view: &OrderView) -> Result<Self, DocumentError> {
        Self::new(template::compose(view)?, &Margins::of_order(view))
    }

    fn new(mut galley: Galley, margins: &Margins) -> Result<Self, DocumentError> {
        let mut pages = layout::paginate(&mut galley, template::SHEET);
        template::furnish(margins, &mut galley.setter, &mut pages)?;
        Ok(Self { galley, pages })
    }

    fn finish(&self, identity: &Identity<'_>) -> Result<Vec<u8>, DocumentError> {
        let (tree, used) = (&self.galley.tree, &self.galley.setter.used);
        let emitted = emit::emit(&self.pages, tree, used, template::SHEET)?;
        finish::finish(identity, tree, &self.pages, &emitted)
    }
}

/// Makes the PDF of a printout: a list, a register, an extract, a receipt.
///
/// # Errors
/// As [`render`].
pub fn render_printout(view: &PrintoutView) -> Result<Vec<u8>, DocumentError> {
    let galley = template::compose_printout(view)?;
    let set = Set::new(galley, &Margins::of_printout(view))?;
    set.finish(&Identity::of_printout(view))
}
