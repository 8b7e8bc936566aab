//! How many uploads are on their way at once: each has threads of its own, so
//! that one person, or many, cannot have as many as they like.

use contract::{Code, Problem};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use vocabulary::AccountId;

/// Of one person.
const OF_ONE: usize = 4;
/// Of all together.
const OF_ALL: usize = 100;

/// Who is sending how many.
#[derive(Debug, Default)]
pub(crate) struct Uploading {
    sending: Mutex<HashMap<AccountId, usize>>,
}

/// An upload that is on its way until this is dropped.
#[derive(Debug)]
pub(crate) struct OnItsWay {
    all: Arc<Uploading>,
    account: AccountId,
}

impl Uploading {
    /// Lets an upload begin.
    ///
    /// # Errors
    /// `too_many_tries`, if there are enough on their way.
    pub(crate) fn begin(self: &Arc<Self>, account: AccountId) -> Result<OnItsWay, Problem> {
        let mut sending = self.sending.lock().unwrap_or_else(PoisonError::into_inner);
        let own = sending.get(&account).copied().unwrap_or_default();
        if own >= OF_ONE {
            return Err(refused(format!(
                "{OF_ONE} of your files are on their way already."
            )));
        }
        if sending.values().sum::<usize>() >= OF_ALL {
            return Err(refused(
                "Many people are sending files at this moment.".to_owned(),
            ));
        }
        sending.insert(account, own + 1);
        Ok(OnItsWay {
            all: Arc::clone(self),
            account,
        })
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        let mut sending = self
            .all
            .sending
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match sending.get_mut(&self.account) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                sending.remove(&self.account);
            }
        }
    }
}

fn refused(title: String) -> Problem {
    Problem::new(
        Code::TooManyTries,
        title,
        "Wait until one of them has arrived, then send this one again.",
    )
    .because("Nothing of this file was kept.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn one_person_sends_four_at_once_and_another_still_can() {
        let all = Arc::new(Uploading::default());
        let (one, other) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        let mut on_their_way: Vec<_> = (0..OF_ONE).map(|_| all.begin(one).unwrap()).collect();
        assert_eq!(all.begin(one).unwrap_err().code, Code::TooManyTries);
        let _theirs = all.begin(other).unwrap();
        on_their_way.pop();
        on_their_way.push(all.begin(one).unwrap());
        drop(on_their_way);
        assert_eq!(all.sending.lock().unwrap().len(), 1);
    }

    #[test]
    fn all_together_are_bounded_too() {
        let all = Arc::new(Uploading::default());
        let people = (0..).map(|n| AccountId(Uuid::from_u128(n)));
        let held: Vec<_> = people.map_while(|person| all.begin(person).ok()).collect();
        assert_eq!(held.len(), OF_ALL);
    }
}
