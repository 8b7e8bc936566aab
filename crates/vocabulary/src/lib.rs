//! The words that every room shares: ids, closed vocabularies, civil dates,
//! instants, money and the way a case reference is written. It decides nothing.

mod closed;
mod dates;
mod file_type;
mod fold;
mod group;
mod ids;
mod money;
mod printout;
mod sound;
mod urn;

pub use closed::*;
pub use dates::{Day, Instant};
pub use file_type::{extension, mime_of};
pub use fold::fold_name;
pub use ids::*;
pub use money::Pence;
pub use printout::{ListKind, NoPrintout, Printout};
pub use sound::{name_fits, name_keys, sound};
pub use urn::{Urn, UrnError};
