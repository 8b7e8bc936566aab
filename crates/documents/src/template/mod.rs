//! How a document looks: from the finished view to the column of text, and
//! what stands in the margins once the pages are counted. It adds no words of
//! law; those come with the view.

mod blocks;
mod furniture;
mod heading;
mod plain;
mod printout;
mod words;

pub(crate) use furniture::{Margins, furnish};
pub(crate) use printout::compose_printout;
pub use words::{OWN_WORDS, OwnWord};

use crate::{
    DocumentError,
    layout::{Galley, Geometry, NodeId, Placement, Role, Span, Style, ink},
};
use contract::document::{Block, OrderView, PrintLanguage, Tongue, WelshText};
use vocabulary::DocumentKind;
use words::{MARKED, Tongues};

/// The sheet that documents are printed on.
pub(crate) const SHEET: Geometry = Geometry::A4;

/// Sets the whole document in one column.
///
/// # Errors
/// If a face cannot be read.
pub(crate) fn compose(view: &OrderView) -> Result<Galley, DocumentError> {
    let mut galley = Galley::new();
    let tongues = tongues(view);
    heading::compose(view, tongues, &mut galley)?;
    plain::compose(&view.plain, &mut galley)?;
    // A page for nothing but a signature would show nobody what was signed.
    let in_full = |block: &Block| !matches!(block, Block::Signature { .. });
    if !view.plain.is_empty() && view.legal.iter().any(in_full) {
        galley.leave_first_page();
        let text = match view.kind {
            DocumentKind::Notice => "The notice in full",
            DocumentKind::Order => "The order in full",
            DocumentKind::Warrant => "The warrant in full",
            DocumentKind::Edt => "The notification in full",
        };
        galley.block(
            Role::Heading(2),
            &[Span::new(&tongues.say(text), Style::HEADING)],
            full(14.0, true),
        )?;
    }
    for block in &view.legal {
        blocks::compose(block, tongues, &mut galley)?;
    }
    if tongues == Tongues::Both {
        // It stands on the page of the last words that may have the mark.
        galley.hold();
        galley.block(
            Role::Paragraph,
            &[Span::new(MARKED, Style::LABEL)],
            full(14.0, false),
        )?;
    }
    if let Some(text) = &view.welsh {
        welsh(text, &mut galley)?;
    }
    Ok(galley)
}

/// In which languages the document's own words stand.
fn tongues(view: &OrderView) -> Tongues {
    match view.language {
        PrintLanguage::English => Tongues::English,
        PrintLanguage::Bilingual => Tongues::Both,
    }
}

/// The Welsh text, after the English: read aloud as Welsh, all but the English
/// half of its mark.
fn welsh(text: &WelshText, galley: &mut Galley) -> Result<(), DocumentError> {
    galley.rule(SHEET.left, SHEET.measure(), 1.5, 22.0, ink::NAVY);
    let first = galley.tree.nodes.len();
    galley.block(
        Role::Heading(2),
        &[Span::new(&text.title, Style::TITLE_WELSH)],
        full(8.0, true),
    )?;
    let mut english = None;
    if text.unchecked {
        galley.block(
            Role::Paragraph,
            &[Span::new("Yn aros am wiriad cyfieithu", Style::STRONG)],
            full(4.0, true),
        )?;
        let mark = "Awaiting translation check: until a qualified translator has read the Welsh \
                    text, the English text counts.";
        let node = galley.block(
            Role::Paragraph,
            &[Span::new(mark, Style::BODY)],
            full(2.0, true),
        )?;
        english = Some(node);
    }
    plain::compose(&text.plain, galley)?;
    for block in &text.legal {
        blocks::compose(block, Tongues::Welsh, galley)?;
    }
    for node in (first..galley.tree.nodes.len()).map(NodeId) {
        if Some(node) != english {
            galley.tree.set_welsh(node);
        }
    }
    Ok(())
}

/// The full width of the text.
pub(crate) fn full(above: f64, keep: bool) -> Placement {
    Placement {
        x: SHEET.left,
        width: SHEET.measure(),
        above,
        keep,
    }
}

/// Marks the node as Welsh if the text is.
fn speak(galley: &mut Galley, node: NodeId, tongue: Tongue) {
    if tongue == Tongue::Welsh {
        galley.tree.set_welsh(node);
    }
}
