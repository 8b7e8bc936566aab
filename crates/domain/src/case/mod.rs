//! A prosecution case: defendants, offences, papers, who represents whom.

mod access;
mod advocate;
mod amended;
mod as_of;
mod associate;
mod conflict;
mod custody;
mod disassociate;
mod event;
mod grant;
mod order;
mod parts;
mod plea;
mod restrict;
mod same;
mod serve;
mod state;
mod team;
mod veil;
mod verdict;

pub use access::{
    AccessChange, CaseAccess, Holder, LONGEST_REASON, Permission, Permitting, give_permission,
    reason, set_sensitive, take_permission_back,
};
pub use advocate::{ASSIGNED_FOR, Assigning, LONGEST_ASSIGNED, assign_advocate, remove_advocate};
pub use as_of::Found;
pub use associate::{Association, Change, associate};
pub use conflict::{
    Conflict, Party as ConflictParty, confirm, conflicts, conflicts_of_advocate, conflicts_of_firm,
};
pub use custody::in_custody;
pub use disassociate::{Ending, disassociate};
pub use event::CaseEvent;
pub use grant::{Granting, Person, end_instruction, grant, instruct, remove};
pub use order::{
    Order, awaited_firm, contract_number, firm_registered, make_order, withdraw_order,
};
pub use parts::*;
pub use plea::enter_plea;
pub use restrict::restrict_listing;
pub use same::{
    are_told_apart, are_written_together, confirm_same_person, is_same_person, may_be_same_person,
    tell_apart,
};
pub use serve::{NewMaterial, serve_material};
pub use state::{BailSet, Case, DefendantState, Material, OffenceState, Plea, Representation};
pub use team::{ACT_BY_NAME, Assignment, Barred, Former, Grant, Instruction, RepresentationOrder};
pub use veil::{SENSITIVE, veiled_notice};
pub use verdict::{Allows, Majority, Outcome, Verdict, enter_verdict, take_verdict_back};
