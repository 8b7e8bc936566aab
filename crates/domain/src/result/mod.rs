//! Results: what a court may order, what of it has been typed, what is still
//! missing, and what it says in writing. Nothing here reads files, knows the
//! clock or decides which documents follow (that is [`crate::now`]).
//!
//! How to use it: [`ResultCatalogue::search`] finds a definition, its
//! [`Field`]s say what to ask, [`read`] gives each answer its written form,
//! [`check`] says what is missing, [`judicial_results`] makes what is shared.

mod answer;
mod catalogue;
mod check;
mod definition;
mod field;
mod fixed_list;
pub mod grammar;
mod judicial;
mod law;
mod licence;
mod line;
mod penalty;
mod period;
mod prompt;
mod text;
mod time_limit;
mod tree;

pub use answer::{AnswerProblem, answered, over, problems, read, read_day, read_time};
pub use catalogue::ResultCatalogue;
pub use check::{
    DefendantInHearing, Finding, HearingFacts, OffenceInHearing, Proposal, RunningLimit, check,
    proposals, running_limit, shareable,
};
pub use definition::{
    Category, ChildRule, ChildTarget, CommonResult, Level, Origin, ResultDefinition, Rule,
    TypedDay, Unanswered,
};
pub use field::{Field, FieldKind, Part, fields_of};
pub use fixed_list::{FixedList, ListItem, in_force};
pub use judicial::{
    JudicialPrompt, JudicialResult, NextHearing, judicial_results, post_hearing_bail_status,
};
pub use law::{
    AgeRule, Asked, BailRow, CheckRule, Contradiction, DecidedBy, DefaultTerm, LawTables, Limit,
    NotificationRow, SurchargeRow,
};
pub use licence::{Licence, licence_after};
pub use line::ResultLine;
pub use penalty::{Fine, Penalty};
pub use period::{Period, Unit};
pub use prompt::{OF_THE_DIRECTORY, Printed, Prompt, PromptKind, chosen_among};
pub use text::{printed, result_text};
pub use time_limit::{Held, SetLimit, TimeLimit, TimeLimitRow, Waiting, time_limit};
pub use tree::{Node, Tree};
