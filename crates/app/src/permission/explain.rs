//! Why somebody may do something or not: the sentence that the command line and the
//! application both say. About a case that the person may not see nothing is said but
//! what is said of a case that does not exist; whoever runs the service, on the command
//! line, is told.

use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::{
        sight,
        veil::{CasesOf, is_of_the_sender},
    },
    relation,
};
use access::{Action, Explanation, Facts};
use async_trait::async_trait;
use contract::access::{Explain, Explained, Refused};
use domain::{case::Case, document::Document, hearing::Hearing};
use vocabulary::CaseId;

/// What is asked about a person and an action.
#[derive(Debug)]
pub enum Asked<'a> {
    /// Nothing in particular: their own screens and lists.
    Nothing,
    /// A case.
    Case(&'a Case),
    /// A paper of a case: its section and whose it is.
    Material(&'a Case, &'a domain::case::Material),
    /// A notice, order or warrant, with its cases and the hearing that made it.
    Document(&'a CasesOf, &'a Document, Option<&'a Hearing>),
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
        Asked::Case(case) => {
            // Whoever served any of its papers has the receipt of that one.
            let mut papers = case.materials.iter();
            Facts {
                served: papers.any(|own| own.organisation == person.organisation.id),
                ..relation::to_case(person, case)
            }
        }
        Asked::Material(case, material) => Facts {
            served: material.organisation == person.organisation.id,
            ..relation::to_section(app, person, case, material.defendant_id, &material.section)
        },
        Asked::Document(cases, document, hearing) => {
            // What the court does that sent it, the court of its hearing does.
            let sends = hearing.filter(|_| is_of_the_sender(action));
            let sits = sends.map(|hearing| relation::to_hearing(person, hearing).sitting);
            let asked = cases.asked(app, person, action, document, sits);
            asked.map(|(_, facts)| facts).unwrap_or_default()
        }
        Asked::Hearing(hearing, cases) => Facts {
            amender: hearing.amender() == Some(person.account.id),
            ..relation::to_hearing_of(person, hearing, cases)
        },
    };
    app.access.explain(relation::who(person), action, &facts)
}

/// What is done on a case, besides opening it.
const ON_A_CASE: [Action; 15] = [
    Action::AssociateDefence,
    Action::DisassociateDefence,
    Action::InstructCounsel,
    Action::GrantAccess,
    Action::ViewPeople,
    Action::RecordOrder,
    Action::AssignAdvocate,
    Action::ReadDocument,
    Action::ReadExtract,
    Action::ReadMemorandum,
    Action::ReadReceipt,
    Action::RestrictListing,
    Action::GiveAccess,
    Action::GiveProsecutionAccess,
    Action::LiftSensitivity,
];
/// What is done in a hearing of it, or with what that made.
const IN_A_HEARING: [Action; 13] = [
    Action::ViewHearing,
    Action::LogEvent,
    Action::RecordAttendance,
    Action::HearTogether,
    Action::EnterPlea,
    Action::EnterVerdict,
    Action::EditResults,
    Action::ShareResults,
    Action::AmendResults,
    Action::DecideAmendment,
    Action::UnlockResults,
    Action::HandleAlarm,
    Action::Translate,
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
        refused.extend(in_hearings(app, person, &case).await?);
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

/// What they may not do in the hearings of a case: asked of each, and said once if it is the
/// same in all.
async fn in_hearings(app: &App, person: &SignedIn, case: &Case) -> Result<Vec<Refused>, Error> {
    let hearings = app.ledger.hearings(&case.hearings).await?;
    let parties = hearings.iter().flat_map(|own| &own.parties);
    let mut ids: Vec<CaseId> = parties.map(|party| party.case_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let cases = app.ledger.cases(&ids).await?;
    let before: Vec<(&Hearing, Vec<Case>)> = hearings
        .iter()
        .map(|hearing| {
            let theirs = |own: &&Case| hearing.parties.iter().any(|party| party.case_id == own.id);
            (hearing, cases.iter().filter(theirs).cloned().collect())
        })
        .collect();
    let mut refused = Vec::new();
    for action in IN_A_HEARING {
        let mut lines: Vec<Refused> = before
            .iter()
            .filter_map(|(hearing, cases)| {
                let why = explain(app, person, action, &Asked::Hearing(hearing, cases));
                Some(Refused {
                    hearing_id: Some(hearing.id),
                    hearing: Some(hearing.starts_at.day().in_words()),
                    ..line(action, None, why)?
                })
            })
            .collect();
        let same = |own: &Refused| own.reference == lines[0].reference && own.why == lines[0].why;
        if !lines.is_empty() && lines.len() == before.len() && lines.iter().all(same) {
            lines.truncate(1);
            lines[0].hearing = None;
        }
        refused.extend(lines);
    }
    Ok(refused)
}

fn line(action: Action, section: Option<String>, why: Explanation) -> Option<Refused> {
    (!why.allowed).then(|| Refused {
        action: action.as_str().to_owned(),
        section,
        hearing_id: None,
        hearing: None,
        reference: why.reference(),
        why: why.sentence,
    })
}
