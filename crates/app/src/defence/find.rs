//! Finding a case that a firm may take on. It is no look-up of who is charged: the
//! answer is one case, none or several, and what is not this person's to find is none.
//! Whatever the answer, the same statements are run, and nothing is opened to give it but what
//! whoever asks acts in already.

use crate::{
    App, Caller, Error, UseCase, caller::SignedIn, case::sight, ports::Candidate, reading, relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    defence::{CaseMatch, Find, FindAnswer, Outcome},
};
use domain::{
    case::Case,
    reading::{Asked, ReadingEvent},
};
use std::collections::BTreeSet;
use vocabulary::{CaseId, RepresentationBasis, Urn, name_fits, name_keys};

/// The longest name that is looked for.
const LONGEST: usize = 200;

/// What a search came to, before it is put in words.
pub(super) struct Searched {
    pub(super) outcome: Outcome,
    pub(super) found: Option<CaseMatch>,
    policy: String,
}

#[async_trait]
impl UseCase for Find {
    /// One, none or several.
    async fn answer(self, app: &App, who: &Caller) -> Result<FindAnswer, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ListCases, &Facts::default())?;
        sight::count_search(app, who).await?;
        let searched = search(app, person, &self).await?;
        reading::searched(app, person, searched.event(person, &self)).await?;
        let hint = match (&searched.found, searched.outcome) {
            (Some(found), _) if found.replaces => {
                "Another firm is on record. If the client has instructed you in its place, give notice of the change."
            }
            (Some(found), _) if found.closed => {
                "Nobody is on record for the defendant, and the case is closed to all who do not act in it. If the client has instructed you, go on record here: it opens to you then."
            }
            (_, Outcome::One) => "Look at the case, then go on record if you act in it.",
            (_, Outcome::None) => {
                "No case open to you fits. Check the reference, the spelling and the day of the hearing. If another firm is on record, ask it or the court."
            }
            (_, Outcome::Several) => {
                "More than one case fits. Add the case reference or the date of birth."
            }
        };
        Ok(FindAnswer {
            outcome: searched.outcome,
            found: searched.found,
            hint: hint.to_owned(),
        })
    }
}

/// Looks among the defendants whom the words could mean.
pub(super) async fn search(app: &App, person: &SignedIn, asked: &Find) -> Result<Searched, Error> {
    let name = asked.name.trim();
    if name.len() > LONGEST {
        return Err(bad("A name has at most 200 characters."));
    }
    let typed = asked.reference.trim();
    let urn = if typed.is_empty() {
        None
    } else {
        Some(Urn::parse(typed).map_err(|_| bad("That is not a case reference."))?)
    };
    let candidates = match (&urn, asked.hearing_day) {
        (Some(urn), _) => {
            let mut urns = vec![urn.clone()];
            // A slip is forgiven only to somebody who knows whose case it is: on which days
            // courts sit everybody knows, and one search would be of two hundred references.
            if !name.is_empty() {
                urns.extend(urn.one_slip_away());
            }
            app.index.candidates_by_reference(&urns).await?
        }
        (None, Some(day)) if !name.is_empty() => {
            app.index.candidates_by_name(day, &name_keys(name)).await?
        }
        (None, _) => {
            return Err(bad(
                "Give the case reference, or the defendant's name with the day of the hearing.",
            ));
        }
    };
    let fits = |one: &&Candidate| {
        (name.is_empty() || one.names.iter().any(|own| name_fits(name, own)))
            && asked.hearing_day.is_none_or(|day| one.days.contains(&day))
            && asked
                .date_of_birth
                .is_none_or(|day| one.date_of_birth == Some(day))
    };
    let own = acted_in(app, person, &candidates).await?;
    let all_named = urn.is_some() && !name.is_empty() && asked.hearing_day.is_some();
    let mut matches: Vec<(CaseMatch, String)> = Vec::new();
    for one in candidates.iter().filter(fits) {
        // A slip is forgiven to nobody who asks for a sensitive case.
        let named = all_named && Some(&one.urn) == urn.as_ref();
        let theirs = own.iter().find(|case| case.id == one.case_id);
        let facts = match theirs {
            Some(case) => relation::to_defendant(person, case, Some(one.defendant_id)),
            None => facts(person, one),
        };
        let facts = Facts { named, ..facts };
        // Others of whom a sensitive case is not hear that there is one, never whose it is: so they
        // find it by its reference and by nothing that says who is charged.
        let says_whose = !name.is_empty() || asked.date_of_birth.is_some();
        let stranger = !person.is_defence() && !facts.prosecuting;
        if one.sensitive
            && stranger
            && says_whose
            && !relation::may(app, person, Action::ViewCase, &facts).allowed
        {
            continue;
        }
        let decision = relation::may(app, person, Action::FindCase, &facts);
        let replaces = all_named && !decision.allowed && gives_way(app, person, one);
        let closed = decision.allowed
            && one.sensitive
            && one.firm.is_none()
            && person.is_defence()
            && !relation::may(app, person, Action::ViewCase, &facts).allowed;
        if decision.allowed || replaces {
            let found = CaseMatch {
                case_id: one.case_id,
                urn: one.urn.clone(),
                defendant_id: (!name.is_empty()).then_some(one.defendant_id),
                replaces,
                closed,
            };
            matches.push((found, decision.policy()));
        }
    }
    let cases: BTreeSet<CaseId> = matches.iter().map(|(found, _)| found.case_id).collect();
    // The reference itself, if it is among its slips, is what was meant.
    let exact = matches
        .iter()
        .position(|(found, _)| Some(&found.urn) == urn.as_ref());
    Ok(match (cases.len(), exact) {
        (0, _) => Searched {
            outcome: Outcome::None,
            found: None,
            policy: String::new(),
        },
        (1, _) | (_, Some(_)) => {
            let (mut found, policy) = matches.swap_remove(exact.unwrap_or(0));
            let of_case = |(other, _): &&(CaseMatch, String)| other.case_id == found.case_id;
            if matches.iter().filter(of_case).count() > 0 {
                // Two defendants of it fit: whom to act for is chosen in the case.
                found.defendant_id = None;
                found.replaces = false;
                found.closed = false;
            }
            Searched {
                outcome: Outcome::One,
                found: Some(found),
                policy,
            }
        }
        _ => Searched {
            outcome: Outcome::Several,
            found: None,
            policy: String::new(),
        },
    })
}

impl Searched {
    /// What is recorded of it.
    pub(super) fn event(&self, person: &SignedIn, asked: &Find) -> ReadingEvent {
        let words = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        ReadingEvent::CaseSearched {
            asked: Asked {
                reference: words(&asked.reference),
                name: words(&asked.name),
                hearing_day: asked.hearing_day,
                date_of_birth: asked.date_of_birth,
            },
            outcome: match self.outcome {
                Outcome::One => "one",
                Outcome::None => "none",
                Outcome::Several => "several",
            }
            .to_owned(),
            case_id: self.found.as_ref().map(|found| found.case_id),
            organisation: person.organisation.id,
            policy: self.policy.clone(),
        }
    }
}

/// The cases among them in which the person acts by name, or their chambers do: to them their own
/// case is found like any other of theirs.
async fn acted_in(
    app: &App,
    person: &SignedIn,
    candidates: &[Candidate],
) -> Result<Vec<Case>, Error> {
    let among: BTreeSet<CaseId> = candidates.iter().map(|one| one.case_id).collect();
    let among: Vec<CaseId> = among.into_iter().collect();
    let who = (person.account.id, person.organisation.id);
    let own = app.index.acts_in(who, person.today(), &among).await?;
    match own.is_empty() {
        true => Ok(Vec::new()),
        false => Ok(app.ledger.cases(&own).await?),
    }
}

/// How the person stands to a defendant, from the index alone.
fn facts(person: &SignedIn, one: &Candidate) -> Facts {
    Facts {
        prosecuting: person.organisation.ou_code.as_deref() == Some(&one.prosecutor_ou),
        associated: one.firm == Some(person.organisation.id),
        unrepresented: one.firm.is_none(),
        sensitive: one.sensitive,
        ..Facts::default()
    }
}

/// Whether another firm is on record that gives way to a notice of this one.
fn gives_way(app: &App, person: &SignedIn, one: &Candidate) -> bool {
    let free = matches!(
        one.basis,
        Some(RepresentationBasis::Private | RepresentationBasis::ProBono)
    );
    let could = Facts {
        unrepresented: true,
        ..Facts::default()
    };
    // A sensitive case changes hands by the court alone.
    free && !one.locked
        && !one.sensitive
        && relation::may(app, person, Action::AssociateDefence, &could).allowed
}

fn bad(what: &str) -> Error {
    Problem::new(
        Code::BadRequest,
        what,
        "A reference has 4 to 16 letters and digits, for instance 76GD6405821; a name is first and last name.",
    )
    .into()
}
