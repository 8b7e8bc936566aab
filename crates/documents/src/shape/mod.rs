//! From text to glyphs: which face, which direction, which forms.
//! It knows no lines and no pages.

mod glyphs;
mod itemise;
mod sanitise;

pub(crate) use glyphs::{Glyph, Run, shape};
pub(crate) use sanitise::drawable;
