//! Notices, orders and warrants: their views, their making, their delivery, and
//! whether they still stand.

mod carry;
mod dead;
mod deliver;
mod held;
mod make;
mod money;
mod next_hearing;
mod post;
mod result;
mod setback;
mod source;
mod standing;
mod texts;
mod verify;
mod view;
mod welsh;

pub use carry::{Round, carry_to};
pub use dead::{DeadLetter, bounced, dead_letters, retry, retry_all};
pub(crate) use deliver::deliver;
pub use deliver::{deliver_due, deliver_waiting};
pub(crate) use make::make;
pub use make::{make_due, make_waiting};
pub use post::{Batch, Sheet, What, post_batch, posted};
pub(crate) use result::printed;
pub use setback::Setbacks;
pub(crate) use source::{Amends, Ended, Source};
pub(crate) use standing::{others_of, replaces, superseded};
pub use texts::texts;
pub use verify::{Genuine, verify};
pub(crate) use view::{Viewed, code_of, view};
pub(crate) use welsh::WelshHalf;
