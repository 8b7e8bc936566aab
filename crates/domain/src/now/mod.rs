//! Notices, orders and warrants: which of them the results of a defendant call
//! for, what each prints, and who gets it. The engine knows no document and no
//! result by name: everything comes from the definitions and subscriptions.
//! It makes no text and sends nothing.

mod addressed;
mod definition;
mod ends;
mod facts;
mod limits;
mod recipients;
mod required;
mod select;
mod split;
mod unreached;
mod untold;

pub use definition::{
    KnownAddress, NowDefinition, RecipientSource, ResultRef, Subscription, VOCABULARY,
};
pub use ends::{BAIL_MONITOR, Ends, is_condition, monitors_bail};
pub use facts::{DefendantFacts, Party};
pub use limits::{DeliveryLimit, Limits, limits_for};
pub use recipients::Recipient;
pub use required::{Directory, Needs, Requirement, missing_recipients, only};
pub use select::{DocumentCalledFor, documents_called_for};
pub use untold::{Untold, untold_results};

use recipients::RecipientsOf;
