//! Signing in and out, and who is signed in.

mod about;
mod activate;
mod add_organisation;
mod code;
mod current;
mod devices;
mod factor_letter;
pub mod letter;
mod machine;
mod new_password;
mod noted;
mod open;
pub mod passkey;
mod password;
pub(crate) mod proof;
mod provider;
mod record;
mod route;
mod second_factor;
mod session;
mod sign_in;
mod sign_out;
mod signing_in;
mod tries;

pub use add_organisation::{NewOrganisation, add_organisation};
pub use factor_letter::sign_in_code;
pub use machine::{
    MACHINE_TOKEN_LASTS, Sender, issue_machine, machine_of, machine_token, revoke_machine,
};
pub use noted::end_all_sessions;
pub use open::{NewAccount, open_account};
pub use password::password_code;
pub use route::{choose_route, organisation_named};
pub use session::{as_of, is_to_be_noted, note_use, signed_in, token_hash, used_since};
pub use signing_in::{require_second_factor, set_provider};
pub(crate) use tries::DAY;
pub use tries::{KNOWN_FOR, LONGEST_WINDOW, neighbourhood};
