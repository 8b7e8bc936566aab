//! Signing in and out, and who is signed in.

mod about;
mod activate;
mod add_organisation;
mod current;
mod machine;
mod new_password;
mod open;
mod route;
mod session;
mod sign_in;
mod sign_out;

pub use add_organisation::{NewOrganisation, add_organisation};
pub use machine::{issue_machine, machine_of, revoke_machine};
pub use open::{NewAccount, open_account};
pub use route::{choose_route, organisation_named};
pub use session::{as_of, signed_in, token_hash};
pub use sign_in::{KNOWN_FOR, LONGEST_WINDOW};
