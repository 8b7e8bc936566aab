//! Cases: listing, finding, seeing.

mod changes;
mod find;
mod list;
mod mark_seen;
pub(crate) mod papers;
pub(crate) mod present;
mod restrict;
pub(crate) mod sight;
mod view;

use crate::{App, caller::SignedIn, relation};
use access::Action;
use domain::case::Case;

/// What lists show of a case that is closed to the person.
pub(crate) const SENSITIVE: &str = "Sensitive case";

/// Whether a case is sensitive and the person may not open it as things stand.
pub(crate) fn is_closed(app: &App, person: &SignedIn, case: &Case) -> bool {
    case.access.sensitive.is_some() && {
        let facts = relation::to_case(person, case);
        !relation::may(app, person, Action::ViewCase, &facts).allowed
    }
}
