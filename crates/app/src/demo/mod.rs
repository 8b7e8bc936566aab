//! The demo court: a fictional court with its organisations, people and cases,
//! made through the real use cases, with dates relative to a day. The same day,
//! number of cases and seed make the same court every time: ids, names and
//! what happened.
//!
//! `story` decides what cases there are, `submission` writes them in the
//! published format, intake takes them in, `stage` does what people would do, and
//! `handed_on` what became of the documents.

mod court;
mod handed_on;
mod idpc;
mod moment;
mod names;
mod offences;
mod people;
mod seed;
mod stage;
mod story;
mod submission;

pub use court::{
    CROWN, MAGISTRATES, POLICE, PRISON, PROSECUTOR as PROSECUTOR_OU_CODE, SECOND_MAGISTRATES,
    SECOND_PRISON, courtroom_id, is_invented,
};
pub(crate) use people::is_invented_person;
pub use people::{LEGAL_ADVISER, PROSECUTOR, SOLICITORS, caller_for};
pub use seed::{SeedOptions, Seeded, seed};
pub use story::PATH_URN;
