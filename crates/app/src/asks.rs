//! Which actions each command asks the policies about, as it was heard to ask: what was asked
//! for every answer that was no refusal, and what was ever asked. The table of that is
//! `reference/access_commands.csv`; the tests hold what is heard here against it, so that a
//! command that asks something else, or nothing, does not pass. Nothing is decided here.

use crate::Caller;
use access::Action;
use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

const _: () = assert!(
    Action::ALL.len() <= 64,
    "a request notes its actions in 64 bits"
);

fn bit(action: Action) -> u64 {
    1 << (action as u64)
}

fn actions(bits: u64) -> Vec<Action> {
    let all = Action::ALL.iter().copied();
    all.filter(|action| bits & bit(*action) != 0).collect()
}

/// The actions that one request has asked about so far.
#[derive(Debug, Default)]
pub(crate) struct Asking {
    actions: AtomicU64,
    repeats: AtomicBool,
}

impl Asking {
    pub(crate) fn about(&self, action: Action) {
        self.actions.fetch_or(bit(action), Ordering::Relaxed);
    }

    /// It is answered as when it was first recorded; that was asked then.
    pub(crate) fn repeats(&self) {
        self.repeats.store(true, Ordering::Relaxed);
    }

    fn bits(&self) -> u64 {
        self.actions.load(Ordering::Relaxed)
    }
}

/// What one command was heard to ask.
#[derive(Debug, Clone, Copy)]
struct Heard {
    always: u64,
    ever: u64,
    answers: u64,
}

/// What one command was heard to ask, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsksOf {
    /// Asked for every answer that was no refusal.
    pub always: Vec<Action>,
    /// Ever asked.
    pub ever: Vec<Action>,
    /// How many answers were no refusal.
    pub answers: u64,
}

/// What every command was heard to ask since the server began.
#[derive(Debug, Default)]
pub struct Asks(Mutex<BTreeMap<String, Heard>>);

impl Asks {
    /// A request was answered, or refused.
    pub fn heard(&self, what: &str, who: &Caller, answered: bool) {
        let person = who.person.as_ref();
        let asked: Option<&Asking> = person.map(|person| person.circumstances.asked.as_ref());
        let bits = asked.map_or(0, Asking::bits);
        let repeats = asked.is_some_and(|asked| asked.repeats.load(Ordering::Relaxed));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains_key(what) {
            let nothing = Heard {
                always: u64::MAX,
                ever: 0,
                answers: 0,
            };
            all.insert(what.to_owned(), nothing);
        }
        if let Some(own) = all.get_mut(what) {
            own.ever |= bits;
            if answered && !repeats {
                own.always &= bits;
                own.answers += 1;
            }
        }
    }

    /// What each was heard to ask.
    #[must_use]
    pub fn all(&self) -> BTreeMap<String, AsksOf> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |own: &Heard| AsksOf {
            always: if own.answers == 0 {
                Vec::new()
            } else {
                actions(own.always)
            },
            ever: actions(own.ever),
            answers: own.answers,
        };
        all.iter()
            .map(|(what, own)| (what.clone(), of(own)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::caller_for;

    #[test]
    fn what_is_asked_for_every_answer_is_apart_from_what_is_ever_asked() {
        let asks = Asks::default();
        let ask = |actions: &[Action], answered| {
            let ada = caller_for("ada.wren@court.example.test", "x").unwrap();
            let person = ada.person.as_ref().unwrap();
            for action in actions {
                person.circumstances.asked.about(*action);
            }
            asks.heard("case.view", &ada, answered);
        };
        ask(&[Action::AnswerHelp], false);
        assert_eq!(asks.all()["case.view"].always, []);
        ask(&[Action::ViewCase, Action::ReadMaterial], true);
        ask(&[Action::ViewCase], true);
        let own = &asks.all()["case.view"];
        assert_eq!(own.always, [Action::ViewCase]);
        let ever = [Action::ViewCase, Action::ReadMaterial, Action::AnswerHelp];
        assert_eq!(own.ever, ever);
        assert_eq!(own.answers, 2);
        let ada = caller_for("ada.wren@court.example.test", "x").unwrap();
        ada.person.as_ref().unwrap().circumstances.asked.repeats();
        asks.heard("case.view", &ada, true);
        assert_eq!(&asks.all()["case.view"], own);
    }
}
