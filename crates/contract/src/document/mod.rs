//! A finished document: everything a notice, order or warrant prints, already
//! decided, already in words. It derives no legal fact, and whoever renders it
//! derives none either: the same view is always the same page.

mod block;
mod charge;
mod money;
mod party;
mod standing;
mod view;

pub use block::{Block, CellPart, Fact, NextHearing, PlainPart, PlainSection, TableColumn, Tongue};
pub use charge::{ChargeRow, PrintedResult};
pub use money::{MoneyLine, MoneyTable};
pub use party::{Addressee, CourtHeading, DefendantHeading};
pub use standing::{ReplacesMark, Standing, SupersededMark, View, WelshMark};
pub use view::{OrderView, PrintLanguage, Replaced, Superseded, WelshText};
