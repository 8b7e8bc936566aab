//! How a person stands to a case, a paper or a document: the facts that the
//! policies decide on, worked out from the record.

use crate::{App, Error, caller::SignedIn};
use access::{Action, Decision, Facts, Who};
use contract::{Code, Problem};
use domain::{case::Case, document::Document, hearing::Hearing};
use vocabulary::{DefendantId, OrganisationId};

/// Facts about a case as a whole.
#[must_use]
pub fn to_case(person: &SignedIn, case: &Case) -> Facts {
    let own = person.organisation.id;
    Facts {
        prosecuting: prosecutes(person, case),
        associated: case.defendants.iter().any(|d| represents(d, own)),
        unrepresented: case.defendants.iter().any(|d| d.represented_by.is_none()),
        ..Facts::default()
    }
}

/// Facts about one defendant's part of a case; none means the whole case.
#[must_use]
pub fn to_defendant(person: &SignedIn, case: &Case, defendant: Option<DefendantId>) -> Facts {
    let Some(defendant) = defendant.and_then(|id| case.defendant(id)) else {
        return to_case(person, case);
    };
    Facts {
        prosecuting: prosecutes(person, case),
        associated: represents(defendant, person.organisation.id),
        unrepresented: defendant.represented_by.is_none(),
        ..Facts::default()
    }
}

/// Facts about papers in a section.
#[must_use]
pub fn to_section(
    app: &App,
    person: &SignedIn,
    case: &Case,
    defendant: Option<DefendantId>,
    section: &str,
) -> Facts {
    let mut facts = to_defendant(person, case, defendant);
    if let Some(section) = app.catalogue.section(section) {
        facts.readers.clone_from(&section.readers);
        facts.uploaders.clone_from(&section.uploaders);
    }
    facts
}

/// Facts about a document: of its defendant, and whether it was sent to them.
#[must_use]
pub fn to_document(person: &SignedIn, case: &Case, document: &Document) -> Facts {
    let mut facts = to_defendant(person, case, Some(document.defendant_id));
    facts.recipient = document
        .deliveries
        .iter()
        .any(|d| d.request.organisation == Some(person.organisation.id));
    facts
}

/// Facts about what a hearing made: whether the person's court sits in it.
#[must_use]
pub fn to_hearing(person: &SignedIn, hearing: &Hearing) -> Facts {
    let court = person.organisation.court.as_ref();
    Facts {
        sitting: court.is_some_and(|court| court.id == hearing.court_id),
        ..Facts::default()
    }
}

fn prosecutes(person: &SignedIn, case: &Case) -> bool {
    person
        .organisation
        .ou_code
        .as_deref()
        .is_some_and(|ou| ou == case.prosecutor.ou_code)
}

fn represents(defendant: &domain::case::DefendantState, organisation: OrganisationId) -> bool {
    defendant
        .represented_by
        .as_ref()
        .is_some_and(|r| r.organisation == organisation)
}

/// Asks the policies.
#[must_use]
pub fn may(app: &App, person: &SignedIn, action: Action, facts: &Facts) -> Decision {
    app.access.decide(
        Who {
            account: person.account.id,
            organisation: person.organisation.id,
            kind: person.organisation.kind,
            groups: &person.account.groups,
        },
        action,
        facts,
    )
}

/// Lets the person pass or gives the one answer for what does not exist: whoever
/// may not see a thing is not told that it is there.
///
/// # Errors
/// [`Problem::not_found`].
pub fn must_see(
    app: &App,
    person: &SignedIn,
    action: Action,
    facts: &Facts,
) -> Result<Decision, Error> {
    let decision = may(app, person, action, facts);
    if decision.allowed {
        Ok(decision)
    } else {
        Err(Problem::not_found().into())
    }
}

/// Lets the person pass or says that they may not do this to what they can see.
///
/// # Errors
/// `not_permitted`, naming the action.
pub fn must(
    app: &App,
    person: &SignedIn,
    action: Action,
    facts: &Facts,
) -> Result<Decision, Error> {
    let decision = may(app, person, action, facts);
    if decision.allowed {
        return Ok(decision);
    }
    tracing::info!(action = action.as_str(), "refused");
    let mut problem = Problem::new(
        Code::NotPermitted,
        "Your role does not allow this.",
        "Ask your organisation's administrator if you should be able to do it.",
    );
    problem.reference = Some(format!("no policy permits {}", action.as_str()));
    Err(problem.into())
}
