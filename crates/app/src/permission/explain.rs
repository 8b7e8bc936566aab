//! Why somebody may do something or not: the sentence that the command line and the
//! application both say. About a case that the person may not see nothing is said but
//! what is said of a case that does not exist; whoever runs the service, on the command
//! line, is told.

use crate::{App, Caller, Error, UseCase, caller::SignedIn, case::sight, relation};
use access::{Action, Explanation, Facts};
use async_trait::async_trait;
use contract::access::{Explain, Explained, Refused};
use domain::{case::Case, document::Document, hearing::Hearing};

/// What is asked about a person and an action.
#[derive(Debug)]
pub enum Asked<'a> {
    /// Nothing in particular: their own screens and lists.
    Nothing,
    /// A case.
    Case(&'a Case),
    /// A paper of a case: its section and whose it is.
    Material(&'a Case, &'a domain::case::Material),
    /// A notice, order or warrant.
    Document(&'a Case, &'a Document),
    /// A hearing with its cases.
    Hearing(&'a Hearing, &'a [Case]),
}

/// Why a person may do something, or why not.
#[must_use]
pub fn explain(app: &App, person: &SignedIn, action: Action, about: &Asked<'_>) -> Explanation {
    let facts = match about {
        Asked::Nothing => Facts {
            sitting: true,
            ..Facts::default()
        },
        Asked::Case(case) => relation::to_case(person, case),
        Asked::Material(case, material) => {
            relation::to_section(app, person, case, material.defendant_id, &material.section)
        }
        Asked::Document(case, document) => relation::to_document(person, case, document),
        Asked::Hearing(hearing, cases) => Facts {
            amender: hearing.amender() == Some(person.account.id),
            ..relation::to_hearing_of(person, hearing, cases)
        },
    };
    app.access.explain(relation::who(person), action, &facts)
}

/// What is done on a case, besides opening it.
const ON_A_CASE: [Action; 20] = [
    Action::AssociateDefence,
    Action::DisassociateDefence,
    Action::InstructCounsel,
    Action::GrantAccess,
    Action::AssignAdvocate,
    Action::ReadDocument,
    Action::ReadExtract,
    Action::ReadMemorandum,
    Action::RestrictListing,
    Action::GiveAccess,
    Action::ViewHearing,
    Action::LogEvent,
    Action::RecordAttendance,
    Action::EnterPlea,
    Action::EnterVerdict,
    Action::EditResults,
    Action::ShareResults,
    Action::AmendResults,
    Action::DecideAmendment,
    Action::UnlockResults,
];

#[async_trait]
impl UseCase for Explain {
    /// What the person may not do on a case that they can see, each with its reason.
    async fn answer(self, app: &App, who: &Caller) -> Result<Explained, Error> {
        let person = who.person()?;
        let (case, ..) = sight::case(app, person, self.case_id).await?;
        let mut refused: Vec<Refused> = ON_A_CASE
            .iter()
            .filter_map(|action| {
                let why = explain(app, person, *action, &Asked::Case(&case));
                line(*action, None, why)
            })
            .collect();
        for action in [Action::ReadMaterial, Action::ServeMaterial] {
            for section in &app.catalogue.sections {
                let facts = relation::to_section(app, person, &case, None, &section.name);
                let why = app.access.explain(relation::who(person), action, &facts);
                refused.extend(line(action, Some(section.name.clone()), why));
            }
        }
        Ok(Explained { refused })
    }
}

fn line(action: Action, section: Option<String>, why: Explanation) -> Option<Refused> {
    (!why.allowed).then(|| Refused {
        action: action.as_str().to_owned(),
        section,
        reference: why.reference(),
        why: why.sentence,
    })
}
