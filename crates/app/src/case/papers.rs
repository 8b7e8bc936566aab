//! Which papers of a case are open to a person: decided once for each section and
//! whose papers they are, however many there are.

use crate::{App, caller::SignedIn, relation};
use access::{Action, Many};
use domain::case::Case;
use std::cell::RefCell;
use vocabulary::DefendantId;

/// A case's papers, to one person.
pub(crate) struct Papers<'a> {
    app: &'a App,
    person: &'a SignedIn,
    case: &'a Case,
    /// By whose papers they are, and the place of the section in the catalogue.
    decided: RefCell<Many<'a, (Option<DefendantId>, Option<usize>)>>,
}

impl<'a> Papers<'a> {
    pub(crate) fn of(app: &'a App, person: &'a SignedIn, case: &'a Case) -> Self {
        person.circumstances.asked.about(Action::ReadMaterial);
        let decided = app.access.many(relation::who(person), Action::ReadMaterial);
        Self {
            app,
            person,
            case,
            decided: RefCell::new(decided),
        }
    }

    /// Whether papers of this section, of the case or of one defendant, are open to them.
    pub(crate) fn open(&self, defendant: Option<DefendantId>, section: &str) -> bool {
        let sections = &self.app.catalogue.sections;
        let place = sections.iter().position(|own| own.name == section);
        self.decided.borrow_mut().allows((defendant, place), || {
            relation::to_section(self.app, self.person, self.case, defendant, section)
        })
    }
}
