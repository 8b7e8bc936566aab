//! How a person's application talks to a server, and what it keeps on the
//! computer it runs on.
//!
//! ```ignore
//! let client = Client::new("http://127.0.0.1:4800");
//! let signed_in = client.account_sign_in(&SignIn { email, password }).await?;
//! let client = client.with_token(&signed_in.token);
//! let found = client.case_find(&case::Find { reference }).await?;
//! ```
//!
//! * [`Client`] has one method for every line of [`contract::endpoints!`], and
//!   [`Client::call`] for the desktop, which knows names only.
//! * [`Client::upload`] and [`Client::download`] move bytes; [`Client::live`]
//!   hears what changes.
//! * [`Local`] keeps drafts in a file, so that nothing typed is lost.
//!
//! Everything that goes wrong comes back as a [`contract::Problem`], finished
//! for people. No case data is kept on the computer: there is no cache yet, and
//! without a server nothing is shown. It decides nothing about courts or access.

mod download;
mod list;
mod live;
mod local;
mod patience;
mod percent;
mod send;
mod trouble;
mod upload;

pub use download::{Bytes, Download};
pub use list::{Listed, listed};
pub use live::{Heard, LiveStream};
pub use local::Local;
pub use patience::Patience;
pub use send::{Client, is_this_computer};
pub use tokio_util::sync::CancellationToken;
