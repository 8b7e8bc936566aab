//! `access`: what deciding who may do what adds to a request, with the full set of policies, and
//! what it adds with everything that it rests on, gathered from a real record; what filtering a
//! list of 200 papers takes against asking Cedar about each; and whether any of a million random
//! requests is decided differently by what is remembered, by what is decided for many at once,
//! and by Cedar asked anew.

use crate::{
    Outcome, machine,
    report::{Goal, Report, percentile, rounded},
    rounds::interleaved,
};
use access::{Access, Action, FLAGS, Facts, Who};
use app::{
    App,
    caller::{Circumstances, SignedIn},
    permission,
};
use contract::case::List;
use domain::case::Case;
use reference::Catalogue;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};
use testkit::TestCourt;
use uuid::Uuid;
use vocabulary::{AccountId, Group, OrganisationId, OrganisationKind};

/// Papers in a list.
const PAPERS: usize = 200;
/// Defendants that they belong to, beside the case.
const DEFENDANTS: usize = 3;
/// Lists filtered in a round.
const LISTS: usize = 20;
/// Requests in a round.
const REQUESTS: usize = 2_000;
/// Decisions that are compared.
const COMPARED: usize = 1_000_000;
/// One request in so many comes from somebody who stands in a way that nobody stood before:
/// there are some hundred ways, and many thousand requests a day.
const NEW_IN: usize = 500;

/// Somebody, and a case as they stand to it.
struct Asking {
    kind: OrganisationKind,
    groups: Vec<Group>,
    facts: Facts,
}

impl Asking {
    fn random(dice: &mut fastrand::Rng) -> Self {
        let mut facts = Facts::default();
        for flag in FLAGS {
            (flag.set)(&mut facts, dice.u8(..3) == 0);
        }
        let mut groups: Vec<Group> = (0..=dice.usize(..2))
            .map(|_| Group::ALL[dice.usize(..Group::ALL.len())])
            .collect();
        groups.dedup();
        Self {
            kind: OrganisationKind::ALL[dice.usize(..OrganisationKind::ALL.len())],
            groups,
            facts,
        }
    }

    fn who(&self) -> Who<'_> {
        Who {
            account: AccountId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            kind: self.kind,
            groups: &self.groups,
        }
    }
}

pub(crate) async fn run() -> Outcome {
    let catalogue = Catalogue::embedded()?;
    differing(&catalogue)?;
    request(&catalogue)?;
    added().await?;
    list(&catalogue).await
}

fn section(catalogue: &Catalogue, place: usize, facts: &Facts) -> Facts {
    let section = &catalogue.sections[place % catalogue.sections.len()];
    Facts {
        readers: section.readers.clone(),
        uploaders: section.uploaders.clone(),
        ..facts.clone()
    }
}

/// A million random requests: three ways to decide, no differing decision.
fn differing(catalogue: &Catalogue) -> Outcome {
    let access = Access::embedded()?;
    let mut dice = fastrand::Rng::with_seed(14);
    let (mut compared, mut differing, mut allowed) = (0, 0, 0);
    while compared < COMPARED {
        let asking = Asking::random(&mut dice);
        let action = Action::ALL[dice.usize(..Action::ALL.len())];
        let mut many = access.many(asking.who(), action);
        for _ in 0..10 {
            let place = dice.usize(..catalogue.sections.len());
            let facts = section(catalogue, place, &asking.facts);
            let naive = access.decide_anew(asking.who(), action, &facts);
            let same = access.decide(asking.who(), action, &facts) == naive
                && many.allows(place, || facts) == naive.allowed;
            differing += usize::from(!same);
            allowed += usize::from(naive.allowed);
            compared += 1;
        }
    }
    tell(&serde_json::json!({
        "bench": "access_differential", "n": compared, "allowed": allowed,
        "differing": differing, "goal": "differing = 0", "met": differing == 0
    }));
    agreed(differing, compared)
}

/// One decision that differs is one too many: the run fails.
fn agreed(differing: usize, compared: usize) -> Outcome {
    match differing {
        0 => Ok(()),
        some => {
            Err(format!("{some} of {compared} random requests were decided differently").into())
        }
    }
}

/// What deciding adds to one request for a case: to see it, each of its defendants, each
/// section, its documents, and what is permitted next. One in 500 is asked by somebody
/// who stands as nobody did before, so that Cedar itself decides.
fn request(catalogue: &Catalogue) -> Outcome {
    let access = Access::embedded()?;
    let mut dice = fastrand::Rng::with_seed(15);
    let known: Vec<Asking> = (0..40).map(|_| Asking::random(&mut dice)).collect();
    let mut all = Vec::with_capacity(REQUESTS * 10);
    let mut cold = Vec::new();
    for asking in &known {
        black_box(decided(&access, catalogue, asking));
    }
    for number in 0..REQUESTS * 10 {
        let fresh;
        let asking = if number % NEW_IN == 0 {
            // One group more makes a question of its own of everything.
            let mut asking = Asking::random(&mut dice);
            asking.groups.push(Group::ALL[number % Group::ALL.len()]);
            fresh = asking;
            &fresh
        } else {
            &known[number % known.len()]
        };
        let begun = Instant::now();
        black_box(decided(&access, catalogue, asking));
        let took = micros(begun.elapsed());
        if number % NEW_IN == 0 {
            cold.push(took);
        }
        all.push(took);
    }
    // A single command asks one thing.
    let mut one = Vec::with_capacity(REQUESTS * 10);
    for number in 0..REQUESTS * 10 {
        let asking = Asking::random(&mut dice);
        let action = Action::ALL[number % Action::ALL.len()];
        let begun = Instant::now();
        black_box(access.decide(asking.who(), action, &asking.facts));
        one.push(micros(begun.elapsed()));
    }
    let (p50, p99) = (percentile(&all, 50), percentile(&all, 99));
    let (one50, one99) = (percentile(&one, 50), percentile(&one, 99));
    tell(&serde_json::json!({
        "bench": "access_request", "unit": "us", "n": all.len(),
        "p50": rounded(p50), "p99": rounded(p99),
        "cold_p50": rounded(percentile(&cold, 50)),
        "command_of_anybody_p50": rounded(one50), "command_of_anybody_p99": rounded(one99),
        "goal": "p50 <= 40 and p99 <= 100, of a case and of a command",
        "met": p50 <= 40.0 && p99 <= 100.0 && one50 <= 40.0 && one99 <= 100.0
    }));
    Ok(())
}

fn decided(access: &Access, catalogue: &Catalogue, asking: &Asking) -> usize {
    let who = asking.who();
    let mut open = usize::from(access.decide(who, Action::ViewCase, &asking.facts).allowed);
    for _ in 0..DEFENDANTS {
        open += usize::from(access.decide(who, Action::ViewCase, &asking.facts).allowed);
    }
    let mut papers = access.many(who, Action::ReadMaterial);
    for place in 0..catalogue.sections.len() {
        let facts = || section(catalogue, place, &asking.facts);
        open += usize::from(papers.allows(place, facts));
    }
    for action in [
        Action::ReadDocument,
        Action::ViewHearing,
        Action::AssociateDefence,
    ] {
        open += usize::from(access.decide(who, action, &asking.facts).allowed);
    }
    open
}

/// Who asks a real record, one of each way to stand to its cases.
const ASKING: [&str; 6] = [
    "ada.wren@court.example.test",
    "helena.strand@court.example.test",
    "imogen.vasey@court.example.test",
    "rafe.oduya@court.example.test",
    "kofi.marsh@cps-ashmere.example.test",
    "iris.thorne@thornevale.example.test",
];

/// What access adds to a real request for a case, gathered from a real record and decided: how
/// somebody stands to the case, to each defendant and to each section follows from the case, which
/// the request reads anyway. Who they are is known before, and with that whether they gave a reason
/// that still counts: only then it is read from the database. Here one in six gave one, which is
/// more than any court has.
async fn added() -> Outcome {
    let court = TestCourt::open().await;
    let state = &court.state.app;
    let mut people = Vec::with_capacity(ASKING.len());
    for email in ASKING {
        let token = court.token(email).await;
        let person = app::account::signed_in(state, &token).await;
        let person = person.map_err(|error| format!("{error:?}"))?;
        people.push(person.ok_or("nobody is signed in")?);
    }
    let list = court.as_legal_adviser().await.case_list(&List {}).await;
    let list = list.map_err(|problem| format!("{problem:?}"))?;
    let ids: Vec<_> = list.cases.iter().map(|row| row.case_id).collect();
    let cases = state.ledger.cases(&ids).await;
    let cases = cases.map_err(|error| format!("{error:?}"))?;
    let known = people.len() * cases.len();
    let (mut all, mut read) = (Vec::new(), Vec::new());
    for number in 0..known + REQUESTS * 10 {
        // What a request begins with: nobody has been asked about anything.
        let mut circumstances = Circumstances::default();
        circumstances.today = Some(state.chance.now().day());
        let person = SignedIn {
            circumstances,
            ..people[number % people.len()].clone()
        };
        let case = &cases[number / people.len() % cases.len()];
        let begun = Instant::now();
        let gave = number % people.len() == 0;
        let person = if gave {
            let person = app::account::as_of(state, person).await;
            person.map_err(|error| format!("{error:?}"))?
        } else {
            person
        };
        let reasons = begun.elapsed();
        black_box(opened(state, &person, case));
        let took = begun.elapsed();
        // Of the first round everybody is new.
        if number >= known {
            if gave {
                read.push(micros(reasons));
            }
            all.push(micros(took));
        }
    }
    let (p50, p99) = (percentile(&all, 50), percentile(&all, 99));
    tell(&serde_json::json!({
        "bench": "access_added", "unit": "us", "n": all.len(), "cases": cases.len(),
        "p50": rounded(p50), "p99": rounded(p99),
        "reasons_read_p50": rounded(percentile(&read, 50)),
        "reasons_read_p99": rounded(percentile(&read, 99)),
        "goal": "p50 <= 40 and p99 <= 100, facts gathered and decided",
        "met": p50 <= 40.0 && p99 <= 100.0
    }));
    Ok(())
}

/// What is asked when somebody opens a case, as the view of it asks: which defendants they see,
/// into which sections they serve, what they may do next, and the papers of each section.
fn opened(state: &App, person: &SignedIn, case: &Case) -> usize {
    let own = permission::opened(state, person, case);
    let sections = state.catalogue.sections.iter();
    let read = sections.filter(|section| own.reads(None, &section.name));
    read.count() + own.defendants.len() + own.sections.len() + own.may.len()
}

/// A list of 200 papers, filtered for people who stand in random ways, for the first time.
async fn list(catalogue: &Catalogue) -> Outcome {
    let mut dice = fastrand::Rng::with_seed(16);
    let askings: Vec<Asking> = (0..LISTS).map(|_| Asking::random(&mut dice)).collect();
    let papers: Vec<(usize, usize)> = (0..PAPERS)
        .map(|_| {
            let place = dice.usize(..catalogue.sections.len());
            (dice.usize(..=DEFENDANTS), place)
        })
        .collect();
    // Of the defendants, the first is represented by whoever asks.
    let of = |asking: &Asking, (whose, place): (usize, usize)| {
        let mut facts = section(catalogue, place, &asking.facts);
        facts.associated &= whose <= 1;
        facts
    };
    let one_by_one = Access::embedded()?;
    let mut all = Vec::new();
    let rounds = interleaved(
        "access_list",
        &[],
        async || {
            let begun = machine::thread_cpu();
            for asking in &askings {
                for paper in &papers {
                    let facts = of(asking, *paper);
                    let who = asking.who();
                    black_box(one_by_one.decide_anew(who, Action::ReadMaterial, &facts));
                }
            }
            Ok(millis(begun) / LISTS as f64)
        },
        async || {
            // Nothing is remembered from another round.
            let access = Access::embedded()?;
            let mut round = Vec::with_capacity(LISTS);
            for asking in &askings {
                let begun = machine::thread_cpu();
                let mut many = access.many(asking.who(), Action::ReadMaterial);
                for paper in &papers {
                    black_box(many.allows(*paper, || of(asking, *paper)));
                }
                round.push(millis(begun));
            }
            all.extend_from_slice(&round);
            Ok(percentile(&round, 50))
        },
    )
    .await?;
    let p50 = percentile(&all, 50);
    Report::new(
        "access_list",
        "ms",
        &rounds,
        all.len(),
        Goal::AtMost(1.0 / 8.0),
    )
    .and("value <= 1 ms", p50 <= 1.0)
    .with("papers", PAPERS)
    .with("p99_ms", rounded(percentile(&all, 99)))
    .print();
    Ok(())
}

#[allow(clippy::print_stdout, reason = "the line is what this program is for")]
fn tell(line: &serde_json::Value) {
    println!("{line}");
}

fn micros(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000_000.0
}

fn millis(begun: Duration) -> f64 {
    (machine::thread_cpu() - begun).as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::agreed;

    #[test]
    fn one_decision_that_differs_fails_the_run() {
        assert!(agreed(0, 1_000_000).is_ok());
        let no = agreed(1, 1_000_000).err().map(|error| error.to_string());
        assert_eq!(
            no.as_deref(),
            Some("1 of 1000000 random requests were decided differently")
        );
    }
}
