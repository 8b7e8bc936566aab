//! Of which cases somebody's open window hears: of those that the policies would let them
//! open without being asked why. What was asked why is heard of by the reason that was given.

use crate::{App, caller::SignedIn, relation};
use access::{Action, Facts};
use vocabulary::{CourtId, OrganisationKind};

/// Of which cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hears {
    /// None: whoever only looks after an organisation's people opens no case.
    NoCase,
    /// Those of their organisation, and what was given to themselves.
    Own,
    /// Those and what this court hears.
    Court(CourtId),
    /// Those and what any court hears.
    AnyCourt,
}

/// Asks the policies, with nothing but how well the person could stand to a case.
#[must_use]
pub fn hears(app: &App, person: &SignedIn) -> Hears {
    let opens = |facts: &Facts| {
        let who = relation::who(person);
        app.access.decide(who, Action::ViewCase, facts).allowed
    };
    let house = person.organisation.court.as_ref();
    if person.organisation.kind == OrganisationKind::Court {
        let elsewhere = Facts {
            elsewhere: house.is_some(),
            ..Facts::default()
        };
        if opens(&elsewhere) {
            return Hears::AnyCourt;
        }
        let here = Facts {
            sitting: true,
            ..Facts::default()
        };
        if let Some(house) = house.filter(|_| opens(&here)) {
            return Hears::Court(house.id);
        }
    }
    let at_best = Facts {
        prosecuting: true,
        associated: true,
        granted: true,
        instructed: true,
        assigned: true,
        permitted: true,
        ..Facts::default()
    };
    if opens(&at_best) {
        Hears::Own
    } else {
        Hears::NoCase
    }
}
