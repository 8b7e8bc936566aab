//! The first page in ordinary language.

use super::{full, speak};
use crate::{
    DocumentError,
    layout::{Galley, Role, Span, Style},
};
use contract::document::{PlainPart, PlainSection};

/// Sets the sections of the first page.
pub(super) fn compose(sections: &[PlainSection], galley: &mut Galley) -> Result<(), DocumentError> {
    for section in sections {
        let node = galley.block(
            Role::Heading(2),
            &[Span::new(&section.heading, Style::HEADING)],
            full(15.0, true),
        )?;
        speak(galley, node, section.tongue);
        for part in &section.parts {
            let node = match part {
                PlainPart::Paragraph { text } => galley.block(
                    Role::Paragraph,
                    &[Span::new(text, Style::BODY)],
                    full(4.0, false),
                )?,
                PlainPart::List { items } => {
                    galley.list(items, false, Style::BODY, full(4.0, false))?
                }
            };
            speak(galley, node, section.tongue);
        }
    }
    Ok(())
}
