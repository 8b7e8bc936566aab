//! A prosecution case: defendants, offences, papers, who represents whom.

mod access;
mod amended;
mod associate;
mod custody;
mod event;
mod parts;
mod plea;
mod restrict;
mod serve;
mod state;

pub use access::{
    AccessChange, CaseAccess, LONGEST_REASON, Permission, give_permission, reason, set_sensitive,
    take_permission_back,
};
pub use associate::{Association, associate};
pub use custody::in_custody;
pub use event::CaseEvent;
pub use parts::*;
pub use plea::enter_plea;
pub use restrict::restrict_listing;
pub use serve::{NewMaterial, serve_material};
pub use state::{BailSet, Case, DefendantState, Material, OffenceState};
