//! What a court still owes in Welsh: the list, one document with its values, and what a
//! translator gives.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{DocumentId, HearingId, Instant, Urn};

/// What of ours waits for Welsh?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct List {}

/// The documents of the person's court that wait: those first with which letters wait, and of
/// these the oldest.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Translations {
    /// Documents.
    pub items: Vec<TranslationItem>,
    /// How many there are, should they be more than are listed.
    #[ts(type = "number")]
    pub total: u64,
    /// How many of all nobody has taken on.
    #[ts(type = "number")]
    pub unowned: u64,
}

/// One document that waits.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TranslationItem {
    /// Document.
    pub document_id: DocumentId,
    /// Its name.
    pub name: String,
    /// Hearing.
    pub hearing_id: HearingId,
    /// Defendant.
    pub defendant: String,
    /// Case reference.
    pub case: Urn,
    /// When the results were shared.
    pub since: Instant,
    /// How long it has waited, and what waits with it: one sentence.
    pub text: String,
    /// Whether letters wait with it.
    pub held: bool,
    /// Whether they have waited beyond their limit.
    pub overdue: bool,
    /// How many values have no Welsh.
    #[ts(type = "number")]
    pub left: u64,
    /// How many there were.
    #[ts(type = "number")]
    pub all: u64,
    /// Who took it on, and when.
    pub owner: Option<String>,
    /// Whether that is the person who asks.
    pub mine: bool,
    /// Whether this person may open it.
    pub may_open: bool,
}

/// One document with its values.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct View {
    /// Document.
    pub document_id: DocumentId,
}

/// One document as a translator has it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Translation {
    /// The document, as it is listed.
    pub item: TranslationItem,
    /// The values without Welsh, in the order of the document.
    pub values: Vec<WelshValue>,
    /// The Welsh text as it would be printed; what is missing stands in brackets, in English.
    pub draft: Vec<String>,
    /// The copy in both languages, once everything was given.
    pub followed: Option<DocumentId>,
}

/// One value without Welsh.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WelshValue {
    /// Its place in this document.
    #[ts(type = "number")]
    pub place: u64,
    /// What it is, in words.
    pub kind: String,
    /// The question under which it stands.
    pub about: Option<String>,
    /// The English.
    pub english: String,
    /// What it might be, from a source that is not certain.
    pub suggested: Option<String>,
    /// What was given.
    pub given: Option<String>,
    /// A Welsh text that is to be read, and not written: whoever has read it says so.
    pub check: bool,
    /// Whether it is asked for once, and known from then on.
    pub remembered: bool,
}

/// I see to this.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Take {
    /// Document.
    pub document_id: DocumentId,
}

/// The Welsh of some or all values. When none is left the copy in both languages is made, and
/// goes to whoever waits for it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Give {
    /// Document.
    pub document_id: DocumentId,
    /// Values.
    pub values: Vec<GivenWelsh>,
}

/// The Welsh of one value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GivenWelsh {
    /// Its place in the document.
    #[ts(type = "number")]
    pub place: u64,
    /// The Welsh; of a text that was read, anything.
    pub welsh: String,
}
