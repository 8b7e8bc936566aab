//! The parts a document's text is made of.

use super::{ChargeRow, MoneyTable, PrintedResult};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::Day;

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}

impl Fact {
    /// A label with its value.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableColumn {
    /// What stands over it.
    pub title: String,
    /// Its share of the width; of which whole, the other columns say.
    pub share: u32,
}

impl TableColumn {
    /// A column.
    #[must_use]
    pub fn new(title: &str, share: u32) -> Self {
        Self {
            title: title.to_owned(),
            share,
        }
    }
}

/// A paragraph of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CellPart {
    /// What it says.
    pub text: String,
    /// Whether it is what one looks for first.
    pub strong: bool,
}

impl CellPart {
    /// What one looks for first.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            strong: true,
        }
    }

    /// The rest.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            strong: false,
        }
    }
}

/// The language of one part, for those who have the document read to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// Welsh.
    Welsh,
}

/// A section of the first page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlainSection {
    /// Such as `What you must do`.
    pub heading: String,
    /// What it says.
    pub parts: Vec<PlainPart>,
    /// The language it is written in.
    #[serde(default)]
    pub tongue: Tongue,
}

/// A part of a section of the first page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum PlainPart {
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
    },
    /// A list with bullets.
    List {
        /// Its items.
        items: Vec<String>,
    },
}

/// When and where the case is next heard.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NextHearing {
    /// The court.
    pub court: String,
    /// The court's address, a line each.
    pub address: Vec<String>,
    /// The court room.
    pub room: Option<String>,
    /// The day, if one is fixed.
    pub day: Option<Day>,
    /// The time on the court's clock, `10:00`.
    pub time: Option<String>,
    /// The first day of the week in which it will be listed, if only that is known.
    pub week_commencing: Option<Day>,
    /// The type of hearing.
    pub hearing_type: Option<String>,
    /// Whether the defendant must come, and anything else to be known.
    pub notes: Vec<String>,
}

/// A part of the legal text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading {
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
        /// The language it is written in.
        #[serde(default)]
        tongue: Tongue,
    },
    /// A list.
    List {
        /// Numbered, or with bullets.
        numbered: bool,
        /// Its items.
        items: Vec<String>,
    },
    /// Facts side by side with their labels.
    Facts {
        /// A heading over them.
        heading: Option<String>,
        /// The facts.
        facts: Vec<Fact>,
    },
    /// The offences, each with its results.
    Charges {
        /// A row for each offence.
        rows: Vec<ChargeRow>,
    },
    /// Results that belong to the defendant or the case, not to one offence.
    Results {
        /// A heading over them.
        heading: Option<String>,
        /// A row for each result.
        rows: Vec<PrintedResult>,
    },
    /// A table of the record: a list, a register.
    Table {
        /// Its columns.
        columns: Vec<TableColumn>,
        /// A row, of a cell for each column, of a paragraph for each part of it.
        rows: Vec<Vec<Vec<CellPart>>>,
    },
    /// When and where the case is next heard.
    NextHearing {
        /// The hearing.
        hearing: NextHearing,
    },
    /// What is to be paid.
    Money {
        /// The sums and their total.
        table: MoneyTable,
    },
    /// By whose authority; never parted by the end of a page.
    Signature {
        /// The printed name.
        name: String,
        /// The office held.
        office: String,
        /// The day.
        on: Day,
        /// Further lines, such as those to whom a warrant is directed.
        lines: Vec<String>,
    },
}

impl Block {
    /// A paragraph in English.
    #[must_use]
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph {
            text: text.into(),
            tongue: Tongue::English,
        }
    }
}
