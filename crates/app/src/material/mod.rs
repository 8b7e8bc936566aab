//! Papers: serving and reading them.

mod read;
mod serve;

pub use read::{Readable, document_to_read, material_to_read};
