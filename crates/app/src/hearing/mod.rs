//! The court room.

mod amend;
mod apart;
mod approve;
mod attendance;
mod closed;
mod compare;
mod day_list;
mod differing;
mod documents;
pub(crate) mod draft;
mod enter;
mod joined;
mod known;
mod left;
mod log;
mod next;
mod parted;
mod permitted;
mod plea;
mod present;
mod preview;
mod reshare;
mod room;
mod share;
mod together;
mod untranslated;
mod verdict;
mod versions;
mod view;

pub(crate) use amend::released;
pub(crate) use next::starts_at;
pub(crate) use room::{Room, lines};

use crate::caller::SignedIn;
use domain::hearing::Officer;

/// A person as the record of an amendment names them.
pub(crate) fn officer(person: &SignedIn) -> Officer {
    Officer {
        account: person.account.id,
        name: person.account.name.clone(),
    }
}
