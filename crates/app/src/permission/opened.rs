//! What of a case is somebody's to see and to do, once they have opened it: how they stand to it is
//! gathered from the record once, and the policies decide. Whether they may open it at all is for
//! `case/sight.rs`.

use crate::{App, caller::SignedIn, case::papers::Papers, relation};
use access::{Action, Facts};
use domain::case::Case;
use vocabulary::DefendantId;

/// A case, to one person.
pub struct Opened<'a> {
    papers: Papers<'a>,
    /// The defendants whom they see.
    pub defendants: Vec<DefendantId>,
    /// Sections into which they may serve papers.
    pub sections: Vec<String>,
    /// What they may do next.
    pub may: Vec<String>,
}

impl Opened<'_> {
    /// Whether papers of this section, of the case or of one defendant, are open to them.
    #[must_use]
    pub fn reads(&self, defendant: Option<DefendantId>, section: &str) -> bool {
        self.papers.open(defendant, section)
    }
}

/// Decides it.
#[must_use]
pub fn opened<'a>(app: &'a App, person: &'a SignedIn, case: &'a Case) -> Opened<'a> {
    let facts = relation::to_case(person, case);
    let ids = case.defendants.iter().map(|own| own.charged.id);
    let sees = |id: &DefendantId| {
        let facts = relation::to_defendant(person, case, Some(*id));
        relation::may(app, person, Action::ViewCase, &facts).allowed
    };
    let sections = sections(app, person, &facts);
    Opened {
        papers: Papers::of(app, person, case),
        defendants: ids.filter(sees).collect(),
        may: may(app, person, &facts, !sections.is_empty()),
        sections,
    }
}

fn may(app: &App, person: &SignedIn, facts: &Facts, serves: bool) -> Vec<String> {
    let mut may = Vec::new();
    if relation::may(app, person, Action::ViewPeople, facts).allowed {
        may.push("view_people".to_owned());
    }
    let associates = relation::may(app, person, Action::AssociateDefence, facts).allowed;
    if associates && facts.unrepresented {
        may.push("associate".to_owned());
    }
    if serves {
        may.push("serve_material".to_owned());
    }
    may
}

/// Sections into which the person may serve papers of this case: how they stand to it is the same
/// for all of them.
fn sections(app: &App, person: &SignedIn, facts: &Facts) -> Vec<String> {
    let mut facts = facts.clone();
    let mut serves = |section: &&reference::Section| {
        facts.readers.clone_from(&section.readers);
        facts.uploaders.clone_from(&section.uploaders);
        relation::may(app, person, Action::ServeMaterial, &facts).allowed
    };
    let all = app.catalogue.sections.iter();
    let own = all.filter(|section| serves(section));
    own.map(|section| section.name.clone()).collect()
}
