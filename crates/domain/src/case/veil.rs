//! The words that stand in the place of a sensitive case. Who is shown them, and who the
//! real ones, is decided where something is shown (`app`); here is only what they are, so
//! that a list, a register, an alarm and a notice cannot differ.

use super::Case;
use vocabulary::Urn;

/// What stands where the names would.
pub const SENSITIVE: &str = "Sensitive case";

impl Case {
    /// Whether it is closed to all but those who have it.
    #[must_use]
    pub const fn is_sensitive(&self) -> bool {
        self.access.sensitive.is_some()
    }
}

/// Title and body of a notice about a sensitive case. A notice lies on screens and comes up
/// in the corner of others: it names nobody, whoever reads it.
#[must_use]
pub fn veiled_notice(urn: &Urn) -> (String, String) {
    (
        format!("{SENSITIVE} {urn}"),
        "There is news in it. Whoever may open it sees what.".to_owned(),
    )
}
