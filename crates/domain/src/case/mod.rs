//! A prosecution case: defendants, offences, papers, who represents whom.

mod amended;
mod associate;
mod custody;
mod event;
mod parts;
mod plea;
mod restrict;
mod serve;
mod state;

pub use associate::{Association, associate};
pub use custody::in_custody;
pub use event::CaseEvent;
pub use parts::*;
pub use plea::enter_plea;
pub use restrict::restrict_listing;
pub use serve::{NewMaterial, serve_material};
pub use state::{BailSet, Case, DefendantState, Material, OffenceState};
