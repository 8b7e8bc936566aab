//! The national catalogue as this service uses it: reads the files of
//! `reference/` (embedded, or a folder that overrides them), repairs them in
//! the open, and says what is missing. It decides nothing: the rules that read
//! the catalogue live in `domain`.
//!
//! How to use it: [`Catalogue::embedded`] once at the start;
//! [`Catalogue::check`] prints counts and gaps; [`examples`] holds a typical
//! set of lines for each result that must work to the last detail.

mod catalogue;
mod error;
pub mod examples;
mod filed;
mod holds;
mod law;
mod named;
mod nows;
mod passwords;
mod payment;
mod people;
mod reach;
mod recipients;
mod repairs;
mod report;
mod required;
mod results;
mod sections;
mod small;
mod source;
mod supplement;
mod table;
mod traits;
mod unnamed;
mod validation;
mod welsh;
mod without;

pub use catalogue::Catalogue;
pub use error::ReferenceError;
pub use nows::text_key;
pub use passwords::is_common_password;
pub use payment::WayToPay;
pub use people::{AccountLimits, OrganisationRole, PeopleRules, Terms};
pub use report::{Count, Gap, Report};
pub use sections::{BEFORE_ASSOCIATION, Section};
pub use small::{
    BankHoliday, CommunityRequirement, DocumentType, HearingType, ListWord, LogEvent,
    OffenceDefinition, PleaValue, ProblemCode, Prosecutor, VerdictType, WelshTerm, YouthTeam,
};
pub use welsh::FromTables;
