//! What a document in both languages lacks in Welsh, who may have waited for it, and the Welsh
//! that translators gave, which is known from then on. How a document is worded in Welsh is no
//! business of this room, and nothing here makes Welsh of its own.

mod hold;
mod owed;
mod word;
mod words;

pub use hold::{Going, Hold, HoldRow, hold_for};
pub use owed::{Missing, Owed, filled, hole};
pub use word::{Kind, Word};
pub use words::{Known, WORDS, Words, WordsEvent};
