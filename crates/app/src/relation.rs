//! How a person stands to a case, a paper or a document: the facts that the
//! policies decide on, worked out from the record.

use crate::{App, Error, caller::SignedIn};
use access::{Action, Decision, Facts, Layer, Who};
use contract::{Code, Problem};
use domain::{
    account::Organisation,
    case::{Case, Holder},
    document::Document,
    hearing::Hearing,
};
use vocabulary::{CourtId, Day, DefendantId, HearingState, OrganisationId, OrganisationKind};

/// Facts about a case as a whole.
#[must_use]
pub(crate) fn to_case(person: &SignedIn, case: &Case) -> Facts {
    let own = person.organisation.id;
    let (account, on) = ((person.account.id, own), person.today());
    Facts {
        prosecuting: prosecutes(person, case),
        granted: case.granted_at(account, None, on),
        instructed: case.instructed(own, None),
        assigned: case.assigned(account, on),
        associated: !case.bars(account) && case.defendants.iter().any(|d| represents(d, own)),
        unrepresented: case.defendants.iter().any(|d| d.represented_by.is_none()),
        partly: holder(person, case).is_some_and(|(who, today)| case.permits_in_part(who, today)),
        ..to_all(person, case)
    }
}

/// As whom and on which day permission on the case is looked for, if there is any: it is given to
/// people of courts, and to whoever prosecutes the case while they do. It stays where they had it
/// when they go elsewhere.
fn holder<'a>(person: &'a SignedIn, case: &Case) -> Option<(Holder<'a>, Day)> {
    let today = person.circumstances.today?;
    if case.access.permissions.is_empty() {
        return None;
    }
    let own = person.organisation.id;
    let prosecutes_at = match person.organisation.kind {
        OrganisationKind::Court => None,
        _ if prosecutes(person, case) || case.assigned((person.account.id, own), today) => {
            Some(own)
        }
        _ => return None,
    };
    let who = Holder {
        account: person.account.id,
        groups: &person.account.groups,
        prosecutes_at,
    };
    Some((who, today))
}

/// Whether somebody has permission on the whole case or, if one is named, on a defendant of it.
fn permitted(person: &SignedIn, case: &Case, defendant: Option<DefendantId>) -> bool {
    holder(person, case).is_some_and(|(who, today)| case.permits(who, defendant, today))
}

/// Facts that are the same for a case and for each defendant of it.
fn to_all(person: &SignedIn, case: &Case) -> Facts {
    let circumstances = &person.circumstances;
    let court = person.organisation.court.as_ref();
    let sitting = court.is_some_and(|court| case.courts.contains(&court.id));
    Facts {
        sitting,
        elsewhere: court.is_some() && !sitting && !case.courts.is_empty(),
        stated: circumstances.stated.contains(&case.id),
        permitted: permitted(person, case, None),
        sensitive: case.access.sensitive.is_some(),
        reasoned: circumstances.reasoned.contains(&case.id),
        ..Facts::default()
    }
}

/// Facts about one defendant's part of a case; none means the whole case. Whoever it names
/// that is no defendant of it is represented by nobody, acted for by nobody, and free to
/// nobody: to the defence they are as one whom another represents.
#[must_use]
pub(crate) fn to_defendant(
    person: &SignedIn,
    case: &Case,
    defendant: Option<DefendantId>,
) -> Facts {
    let Some(named) = defendant else {
        return to_case(person, case);
    };
    let own = person.organisation.id;
    let (account, on) = ((person.account.id, own), person.today());
    let found = case.defendant(named);
    let id = found.map(|defendant| defendant.charged.id);
    Facts {
        prosecuting: prosecutes(person, case),
        granted: id.is_some() && case.granted_at(account, id, on),
        instructed: id.is_some() && case.instructed(own, id),
        assigned: case.assigned(account, on),
        associated: !case.bars(account)
            && found.is_some_and(|defendant| represents(defendant, own)),
        unrepresented: found.is_some_and(|defendant| defendant.represented_by.is_none()),
        permitted: permitted(person, case, id),
        ..to_all(person, case)
    }
}

/// Facts about papers in a section.
#[must_use]
pub(crate) fn to_section(
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

/// Facts about a document as it stands in one of its cases: of its defendant there, and whether
/// it was sent to them.
#[must_use]
pub(crate) fn to_document(person: &SignedIn, case: &Case, document: &Document) -> Facts {
    let defendant = document.defendant_in(case.id);
    let mut facts = to_defendant(person, case, Some(defendant));
    facts.recipient = received(person, case, document);
    // What the court writes to a protected person, or to those who look after them, may say where
    // they live: the side of the defendant reads it only if it was sent to them.
    let theirs = case.defendant(defendant);
    if theirs.is_some_and(|own| document.is_for_others(&own.charged.addressees())) {
        facts.associated = false;
        facts.granted = false;
        facts.instructed = false;
    }
    facts
}

/// Whether a document was sent to where the person works; nothing was to whoever the case is
/// closed to there. Of a document of several cases each must be asked.
#[must_use]
pub(crate) fn received(person: &SignedIn, case: &Case, document: &Document) -> bool {
    let own = person.organisation.id;
    let mut deliveries = document.deliveries.iter();
    !case.bars((person.account.id, own)) && deliveries.any(|d| d.request.organisation == Some(own))
}

/// Somebody of a court, standing as well as they can: whoever may not do something even so
/// may do it nowhere, and is told so before anything is looked up.
#[must_use]
pub(crate) fn at_best() -> Facts {
    Facts {
        sitting: true,
        permitted: true,
        ..Facts::default()
    }
}

/// Facts about what a hearing made: whether the person's court sits in it.
#[must_use]
pub(crate) fn to_hearing(person: &SignedIn, hearing: &Hearing) -> Facts {
    to_court(person, hearing.court_id)
}

/// Facts about what a court does: whether it is the person's own.
#[must_use]
pub(crate) fn to_court(person: &SignedIn, id: CourtId) -> Facts {
    let court = person.organisation.court.as_ref();
    Facts {
        sitting: court.is_some_and(|court| court.id == id),
        ..Facts::default()
    }
}

/// Facts about a hearing as it is opened, with the cases before it: one permission lets
/// in to it, one sensitive case closes it to those who may not see that case.
#[must_use]
pub(crate) fn to_hearing_of(person: &SignedIn, hearing: &Hearing, cases: &[Case]) -> Facts {
    let mut facts = to_hearing(person, hearing);
    let closed = |own: &Facts| own.sensitive && !(own.permitted || own.reasoned);
    let of_cases: Vec<Facts> = cases.iter().map(|case| to_all(person, case)).collect();
    facts.permitted = of_cases.iter().any(|own| own.permitted);
    // A hearing is of another court if it is there and none of its cases is heard here.
    let mut theirs = of_cases.iter().filter(|own| own.elsewhere);
    let all = !of_cases.is_empty() && theirs.clone().count() == of_cases.len();
    // One that was taken out of the list before it began is nobody's of the house any more.
    let sits = facts.sitting && hearing.state != HearingState::Vacated;
    facts.elsewhere = all && !sits;
    facts.stated = theirs.all(|own| own.stated || own.reasoned);
    if of_cases.iter().any(closed) {
        facts.permitted = false;
        facts.sensitive = true;
    }
    facts
}

fn prosecutes(person: &SignedIn, case: &Case) -> bool {
    brought(&person.organisation, case)
}

/// Whether this is the authority that prosecutes the case.
#[must_use]
pub(crate) fn brought(own: &Organisation, case: &Case) -> bool {
    // A code that somebody else's organisation was registered with opens nothing.
    own.kind == OrganisationKind::Prosecutor
        && own
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

/// The person as the policies see them.
#[must_use]
pub(crate) fn who(person: &SignedIn) -> Who<'_> {
    Who {
        account: person.account.id,
        organisation: person.organisation.id,
        kind: person.organisation.kind,
        groups: &person.account.groups,
    }
}

/// Asks the policies.
#[must_use]
pub(crate) fn may(app: &App, person: &SignedIn, action: Action, facts: &Facts) -> Decision {
    person.circumstances.asked.about(action);
    app.access.decide(who(person), action, facts)
}

/// Whether the person may, and if so that it is noted with what they do.
#[must_use]
pub(crate) fn passes(app: &App, person: &SignedIn, action: Action, facts: &Facts) -> bool {
    let decision = may(app, person, action, facts);
    if decision.allowed {
        person.circumstances.passed(&decision.policies);
    }
    decision.allowed
}

/// Lets the person pass or gives the one answer for what does not exist: whoever
/// may not see a thing is not told that it is there.
///
/// # Errors
/// [`Problem::not_found`].
pub(crate) fn must_see(
    app: &App,
    person: &SignedIn,
    action: Action,
    facts: &Facts,
) -> Result<Decision, Error> {
    let decision = may(app, person, action, facts);
    if decision.allowed {
        person.circumstances.passed(&decision.policies);
        return Ok(decision);
    }
    Err(challenge(app, person, action, facts).unwrap_or_else(|| Problem::not_found().into()))
}

/// What somebody is asked who would be let in if they gave a reason: only to them is it
/// told that there is such a case, as it is to others who work on it.
fn challenge(app: &App, person: &SignedIn, action: Action, facts: &Facts) -> Option<Error> {
    let reasoned = Facts {
        reasoned: true,
        stated: true,
        ..facts.clone()
    };
    if !(facts.sensitive || facts.elsewhere) || !may(app, person, action, &reasoned).allowed {
        return None;
    }
    let why = app.access.explain(who(person), action, facts);
    let (title, hint) = if facts.sensitive {
        (
            "This case is sensitive, and you have no permission on it.",
            "If you must open it, say why. Whoever reviews it is told at once, and so is whoever brought the case. The case stays open to you for four hours.",
        )
    } else {
        (
            "Another court hears this case.",
            "Say why you open it. That is recorded; the case stays open to you for four hours.",
        )
    };
    // A hearing opens with its cases: there is where the reason is given.
    let hint = match action {
        Action::ViewHearing => "Open its cases first, and say why.",
        _ => hint,
    };
    let mut problem = Problem::new(Code::ReasonNeeded, title, hint);
    problem.reference = Some(why.reference());
    problem.why = Some(why.sentence.into());
    Some(problem.into())
}

/// Lets the person pass or says that they may not do this to what they can see.
///
/// # Errors
/// `not_permitted`, naming the action.
pub(crate) fn must(
    app: &App,
    person: &SignedIn,
    action: Action,
    facts: &Facts,
) -> Result<Decision, Error> {
    let decision = may(app, person, action, facts);
    if decision.allowed {
        person.circumstances.passed(&decision.policies);
        return Ok(decision);
    }
    tracing::info!(action = action.as_str(), "refused");
    if let Some(challenge) = challenge(app, person, action, facts) {
        return Err(challenge);
    }
    let why = app.access.explain(who(person), action, facts);
    let mut problem = Problem::new(
        Code::NotPermitted,
        match why.layer {
            Some(Layer::Relation | Layer::Section | Layer::Context) => "You may not do this here.",
            _ => "Your role does not allow this.",
        },
        "Ask your organisation's administrator if you should be able to do it.",
    );
    problem.reference = Some(why.reference());
    problem.why = Some(why.sentence.into());
    Err(problem.into())
}
