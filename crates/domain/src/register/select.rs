//! Which defendants of a hearing a register is called for, in the order of the
//! event: those of its cases, then those who are there only as the subject of an
//! application. A company is never among them: no prison holds one.

use super::{
    PrisonRegister, PublishedSubscription, RegisterEntry, entry,
    facts::{CustodyFacts, facts_of},
    resulted::{
        Application, Case, Defendant, Hearing, HearingResulted, JudicialResult, Offence,
        PersonDefendant,
    },
    sheet,
};
use uuid::Uuid;

/// Somebody for whom a register may be called for, however the event names them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) case_urn: &'a str,
    pub(super) case: Option<&'a Case>,
    /// The application by which they are reached, where no case names them.
    pub(super) application: Option<&'a Application>,
    pub(super) defendant: Option<&'a Defendant>,
    pub(super) id: Uuid,
    pub(super) master: Option<&'a str>,
    pub(super) is_youth: Option<bool>,
    pub(super) person: Option<&'a PersonDefendant>,
    pub(super) offences: &'a [Offence],
    pub(super) case_results: &'a [JudicialResult],
}

/// What a hearing came to for the prisons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registers {
    /// A register for each defendant for whom one is called for.
    pub called_for: Vec<RegisterEntry>,
    /// Reference and defendant of those for whom none is.
    pub not_called_for: Vec<(String, Uuid)>,
}

impl Registers {
    /// The published registers alone.
    pub fn published(&self) -> impl Iterator<Item = &PrisonRegister> {
        self.called_for.iter().map(|entry| &entry.register)
    }
}

/// The registers that a hearing calls for: one for each defendant in each case,
/// if any subscription asks for it. Several subscriptions make no second one.
#[must_use]
pub fn registers_called_for(
    event: &HearingResulted,
    subscriptions: &[PublishedSubscription],
) -> Registers {
    registers_so_far(event, subscriptions, |_| false)
}

/// The same while some defendants wait for results of theirs.
#[must_use]
pub fn registers_so_far(
    event: &HearingResulted,
    subscriptions: &[PublishedSubscription],
    waits: impl Fn(Uuid) -> bool,
) -> Registers {
    let hearing = &event.hearing;
    let mut registers = Registers::default();
    for candidate in candidates(hearing) {
        let facts = CustodyFacts {
            waits: waits(candidate.id),
            ..facts_of(&candidate, hearing)
        };
        let results = registered_results(&candidate, hearing);
        if subscriptions
            .iter()
            .any(|one| one.calls_for(&facts, &results))
        {
            registers.called_for.push(RegisterEntry {
                register: entry::register(&candidate, event),
                sheet: sheet::sheet(&candidate, event),
            });
        } else {
            registers
                .not_called_for
                .push((candidate.case_urn.to_owned(), candidate.id));
        }
    }
    registers
}

/// What the rules about prompts and results are asked of: the results of the
/// defendant's offences, and those of the applications about them.
fn registered_results<'a>(
    candidate: &Candidate<'a>,
    hearing: &'a Hearing,
) -> Vec<&'a JudicialResult> {
    let direct = candidate.offences.iter().flat_map(|o| &o.judicial_results);
    let linked = hearing
        .applications_about(candidate.master)
        .flat_map(|application| {
            application
                .judicial_results
                .iter()
                .chain(application.offences().flat_map(|o| &o.judicial_results))
        });
    direct
        .chain(linked)
        .filter(|result| result.is_registered())
        .collect()
}

/// Everybody, each once for each case.
fn candidates(hearing: &Hearing) -> Vec<Candidate<'_>> {
    let mut found: Vec<Candidate<'_>> = Vec::new();
    for case in &hearing.prosecution_cases {
        for defendant in &case.defendants {
            let Some(one) = in_case(case, defendant) else {
                continue;
            };
            let known = |own: &Candidate<'_>| own.id == one.id && own.case_urn == one.case_urn;
            if !found.iter().any(known) {
                found.push(one);
            }
        }
    }
    for application in &hearing.court_applications {
        let Some(one) = by_application(application) else {
            continue;
        };
        let is_there = found
            .iter()
            .any(|own| own.id == one.id || (own.master.is_some() && own.master == one.master));
        if !is_there {
            found.push(one);
        }
    }
    found
}

fn in_case<'a>(case: &'a Case, defendant: &'a Defendant) -> Option<Candidate<'a>> {
    let identifier = case.prosecution_case_identifier.as_ref()?;
    let case_urn = identifier
        .case_urn
        .as_deref()
        .or(identifier.authority_reference.as_deref())?;
    Some(Candidate {
        case_urn,
        case: Some(case),
        application: None,
        defendant: Some(defendant),
        id: defendant.id,
        master: defendant.master_defendant_id.as_deref(),
        is_youth: defendant.is_youth,
        person: Some(defendant.person_defendant.as_ref()?),
        offences: &defendant.offences,
        case_results: &defendant.defendant_case_judicial_results,
    })
}

/// The subject of an application without their case: their reference is that of
/// the application, and what they are charged with stands under it.
fn by_application(application: &Application) -> Option<Candidate<'_>> {
    let subject = application.subject()?;
    Some(Candidate {
        case_urn: application.application_reference.as_deref()?,
        case: None,
        application: Some(application),
        defendant: None,
        id: application.defendant_id()?,
        master: subject.master_defendant_id.as_deref(),
        is_youth: subject.is_youth,
        person: Some(subject.person_defendant.as_ref()?),
        offences: &[],
        case_results: &[],
    })
}
